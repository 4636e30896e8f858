"""Tables of indicators of one cell a line without numbers of rows, each closed by its figures."""

from __future__ import annotations

import pytest
from test_clean_join import source
from test_clean_tables import rows

from extract import extract_text
from extract.clean import clean

TABLE = (
    "类别\n指标\n2019年\n2022年目标\n"
    "一、经济规模\n增加值（亿元）\n7200\n10000\n占比（%）\n51\n56\n"
    "二、数字产业\n百强企业数（家）\n1\n1-2\n平台数（个）\n-\n30\n"
)
PLAN = "明城市数字经济发展行动计划\n\n一、发展目标\n\n到2022年，建成数字城市。\n\n表1 发展目标\n\n"


def test_a_row_is_a_name_and_its_figures() -> None:
    found = clean(source(f"表1 发展目标\n{TABLE}二、重点任务\n推进建设。"))
    assert rows(found) == [
        ["0 类别", "1 指标", "2 2019年", "3 2022年目标"],
        ["0x2 一、经济规模", "1 增加值（亿元）", "2 7200", "3 10000"],
        ["1 占比（%）", "2 51", "3 56"],
        ["0x2 二、数字产业", "1 百强企业数（家）", "2 1", "3 1-2"],
        ["1 平台数（个）", "2 -", "3 30"],
    ]
    assert found.text.endswith("二、重点任务\n推进建设。")


def test_the_goal_year_s_figures_are_targets() -> None:
    result = extract_text(PLAN + TABLE)
    assert [(t.indicator, t.value, t.value_max, t.unit) for t in result.targets] == [
        ("增加值", 1e12, None, "元"),
        ("占比", 56.0, None, "%"),
        ("百强企业数", 1.0, 2.0, "家"),
        ("平台数", 30.0, None, "个"),
    ]


def test_groups_across_where_one_column_has_names() -> None:
    found = clean(source(TABLE.removeprefix("类别\n")))
    assert rows(found)[1:3] == [["0 一、经济规模"], ["0 增加值（亿元）", "1 7200", "2 10000"]]


CLOSED = (
    "类别\n指标\n2020年\n2025年\n指标属性\n"
    "数字产业化\n增加值占GDP比重（%）\n7.3\n＞10\n预期性\n标识注册量（亿）\n1.04\n15\n预期性\n"
    "产业数字化\n智能工厂数（个）\n426\n[550]\n约束性\n学位授权点（个）\n[20]\n预期性\n"
)


def test_a_kind_closes_each_row_and_its_first_figure_may_be_lost() -> None:
    assert rows(clean(source(CLOSED))) == [
        ["0 类别", "1 指标", "2 2020年", "3 2025年", "4 指标属性"],
        ["0x2 数字产业化", "1 增加值占GDP比重（%）", "2 7.3", "3 ＞10", "4 预期性"],
        ["1 标识注册量（亿）", "2 1.04", "3 15", "4 预期性"],
        ["0x2 产业数字化", "1 智能工厂数（个）", "2 426", "3 [550]", "4 约束性"],
        ["1 学位授权点（个）", "3 [20]", "4 预期性"],
    ]
    assert [(t.indicator, t.op, t.value, t.unit) for t in extract_text(PLAN + CLOSED).targets] == [
        ("增加值占GDP比重", ">", 10.0, "%"),
        ("标识注册量", "=", 15e8, None),
        ("智能工厂数", "=", 550.0, "个"),
        ("学位授权点", "=", 20.0, "个"),
    ]


def test_the_unit_is_a_column_of_its_own() -> None:
    table = (
        "指标\n单位\n2020年\n2025年\n属性\n绿化率\n%\n38\n40\n约束性\n"
        "床位\n万张\n3\n3.5\n预期性\n寿命\n岁\n78\n80\n预期性\n"
    )
    found = [(t.indicator, t.value, t.unit) for t in extract_text(PLAN + table).targets]
    assert found == [("绿化率", 40.0, "%"), ("床位", 35000.0, "张"), ("寿命", 80.0, "岁")]


@pytest.mark.parametrize(
    "text",
    [
        # two rows prove nothing
        "指标\n2019年\n2022年目标\n增加值（亿元）\n7200\n10000\n占比（%）\n51\n56\n",
        # more figures than years
        "指标\n2019年\n2022年\n甲\n1\n2\n3\n乙\n1\n2\n3\n丙\n1\n2\n3\n",
        # a kind that is none closes no row
        CLOSED.replace("预期性", "市统计局").replace("约束性", "市统计局"),
        # no head
        "2019年\n2022年\n甲\n1\n2\n乙\n1\n2\n丙\n1\n2\n",
    ],
)
def test_what_is_not_sure_stays_text(text: str) -> None:
    assert clean(source(text)).flattened == frozenset()
