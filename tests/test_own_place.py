"""The place of a paper whose head names none: what the text calls its own."""

from __future__ import annotations

import pytest

from extract import extract_text
from extract.assemble.own_place import own_place, place_of_congress


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("根据《中共广州市委、广州市人民政府的决定》，全市推进。我市各区要落实。", "广州市"),
        ("平川区政府办发布。在全区开展整治，全区各部门要落实。", "平川区"),
        ("按照大同市委部署，全县落实。我县要推进。", None),  # the city above a county
        ("根据广州市政府、深圳市政府经验，全市推进，全市落实。", None),  # two of them
        ("按照广州市政府部署，全市推进，全省、全省联动。", None),  # two levels alike
        ("按照广州市政府部署，全市推进。", None),  # said once
        ("全市推进，全市落实，我市各区要落实。", None),  # no government named
        ("全省推进，全省落实。（省财政厅、人行湖北省分行）", "湖北省"),
        ("全市推进，我市落实。（市财政局、国家税务总局九江市税务局）", "九江市"),
        ("全市推进，我市落实。（市财政局、人行湖北省分行）", None),  # a branch of another level
        ("全省推进，全省落实。（人行湖北省分行、人行湖南省分行）", None),
        ("在广州市场监管部门指导下，全市场、全区域推进，全区域落实。", None),
    ],
)
def test_what_a_text_says_of_its_own(text: str, name: str | None) -> None:
    place = own_place(text)
    assert (place and place.name) == name


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("推进消费提质亭湖行动方案", "全区推进，我区落实。（亭湖生态环境局）", "亭湖区"),
        ("推进消费提质亭湖行动方案", "全区推进，我区落实。（亭湖区财政局）", "亭湖区"),
        ("推进消费提质莒县行动方案", "全县推进，我县落实。（县财政局）", None),
        ("推进消费提质亭湖行动方案", "全区推进，我区落实。（区财政局）", None),  # no body of it
        ("推进消费提质亭湖行动方案", "全市推进，我市落实。（亭湖生态环境局）", None),  # level
        ("推进乡村振兴实施方案", "全区推进，我区落实。（区乡村振兴局）", None),  # a word
        ("推进乡村振兴实施方案", "全区推进，我区落实。振兴区域经济", None),
    ],
)
def test_the_place_that_a_title_ends_on(title: str, text: str, name: str | None) -> None:
    place = own_place(f"{title}\n{text}", title)
    assert (place and place.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("政府工作报告\n——2023年1月5日在昆山市第十八届人民代表大会第二次会议上", "昆山市"),
        ("政府工作报告\n昆山市第十八届人民代表大会代表建议办理情况", None),
        ("政府工作报告\n在全市经济工作会议上", None),
    ],
)
def test_the_congress_before_which_a_report_was_given(text: str, name: str | None) -> None:
    place = place_of_congress(text)
    assert (place and place.name) == name


def test_a_place_taken_from_the_text_is_told_and_names_the_units() -> None:
    paper = (
        "关于推进人才集聚工程的实施意见\n\n根据《中共广州市委、广州市人民政府关于推进新型城市化的决定》，"
        "在全市推进人才工程。\n\n一、重点任务\n\n（一）引进人才。全市引进人才。（责任单位：市财政局）\n"
    )
    result = extract_text(paper)
    assert result.document.region_code == "440100"
    assert [r.name for r in result.responsibilities] == ["广州市财政局"]
    assert "place_from_text" in {gap.code for gap in result.diagnostics}
    headed = extract_text(paper.replace("关于推进", "深圳市关于推进", 1))
    assert headed.document.region_code == "440300"
    assert "place_from_text" not in {gap.code for gap in headed.diagnostics}
