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


@pytest.mark.parametrize(
    "text",
    [
        # two rows prove nothing
        "指标\n2019年\n2022年目标\n增加值（亿元）\n7200\n10000\n占比（%）\n51\n56\n",
        # more figures than years
        "指标\n2019年\n2022年\n甲\n1\n2\n3\n乙\n1\n2\n3\n丙\n1\n2\n3\n",
        # no head
        "2019年\n2022年\n甲\n1\n2\n乙\n1\n2\n丙\n1\n2\n",
    ],
)
def test_what_is_not_sure_stays_text(text: str) -> None:
    assert clean(source(text)).flattened == frozenset()
