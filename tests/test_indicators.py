"""What a figure measures: the words before it, behind it, or the base of a share."""

from __future__ import annotations

import pytest

from extract.lens import View
from extract.rules.figures.quantities import find_targets


def _indicators(text: str) -> list[str | None]:
    return [found.indicator for found in find_targets(View(text), [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # before the figure
        ("确保行政许可等执法行为信息依法公示率100%。", ["行政许可等执法行为信息依法公示率"]),
        ("2020年底前将商标注册平均审查周期压缩至4个月以内。", ["商标注册平均审查周期"]),
        ("其中公共法律知识培训不少于30学时。", ["公共法律知识培训"]),
        ("企业享受贴息金额每年不超过1000万元。", ["企业享受贴息金额"]),
        ("组织开展引才活动不少于50场。", ["引才活动"]),
        ("小学和初中巩固率均达到90%。", ["小学和初中巩固率"]),
        # behind it
        ("到2027年培育30家百亿级龙头企业。", ["百亿级龙头企业"]),
        ("每年至少组织一次专项执法监督检查。", ["专项执法监督检查"]),
        ("培育100个标杆企业和1000个示范场景。", ["标杆企业", "示范场景"]),
        ("打造100亿元以上人工智能基金群。", ["人工智能基金群"]),
        ("每年发掘不少于50个技术前沿、潜力巨大的标杆项目。", ["标杆项目"]),
        ("建成1—2个具有一定规模，功能完善的防灾避险公园。", ["防灾避险公园"]),
        # a short word behind takes what stands before with it
        ("确保执法人员每人每年接受不少于60学时的培训。", ["执法人员接受培训"]),
        ("要对已下放的行政执法事项至少进行一次评估。", ["对已下放的行政执法事项评估"]),
        # a grant
        ("对示范项目分档给予最高15万元奖励。", ["示范项目奖励"]),
        ("对符合条件的单位给予最高200万元补助。", ["补助"]),
        ("给予100万元、50万元、20万元资助。", ["资助", "资助", "资助"]),
        ("给予2年且每月不超过2000元的免租优惠。", ["免租优惠", "免租优惠"]),
        ("给予获投企业股权投资扶持，单个项目不超过1000万元。", ["单个项目获投企业股权投资扶持"]),
        # a share of a base
        ("按照产品售价的15%，给予补助。", ["产品售价补助比例"]),
        ("按实付利息最高50%给予贴息支持。", ["实付利息贴息支持比例"]),
        ("法制审核人员不少于本单位人员总数的5%。", ["法制审核人员占本单位人员总数"]),
        # what the figure before measured
        (
            "每万人口全科医生数不低于4人，到2030年不低于5人。",
            ["每万人口全科医生数", "每万人口全科医生数"],
        ),
        ("开展业务培训，每年不少于2次。", ["业务培训"]),
    ],
)
def test_indicator(text: str, expected: list[str]) -> None:
    assert _indicators(text) == expected


def test_a_run_of_cells_is_no_indicator() -> None:
    text = "新增排涝能力35立方米南太湖新区2019-20229130016200"
    assert _indicators(text) == [None]
