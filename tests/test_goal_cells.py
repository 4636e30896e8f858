"""Figures in the cells of indicator tables."""

from __future__ import annotations

import pytest

from extract.lens import View
from extract.rules.figures.goal_cells import is_unit, read_goal, read_unit


@pytest.mark.parametrize(
    ("cell", "unit", "found"),
    [
        ("95", "%", ["95 = 95 %"]),
        ("≥95", "%", ["≥95 >= 95 %"]),
        ("＞85", "%", ["＞85 > 85 %"]),
        ("≤0.8", "‰", ["≤0.8 <= 0.8 ‰"]),
        ("150个以上", "", ["150个以上 >= 150 个"]),
        ("80（含）以上", "%", ["80（含）以上 >= 80 %"]),
        ("〔20〕", "万人", ["〔20〕 = 200000 人"]),
        ("1,200", "万人", ["1,200 = 12000000 人"]),
        ("3－5", "%", ["3－5 range 3-5 %"]),
        ("3.5%左右", "", ["3.5%左右 ~ 3.5 % hedged"]),
        ("力争达到70", "%", ["70 = 70 % hedged"]),
        ("突破2万台", "", ["突破2万台 > 20000 台"]),
        ("-13.5", "%", ["-13.5 = -13.5 %"]),
        ("10万以上", "户", ["10万以上 >= 100000 户"]),
        ("12", "亿元", ["12 = 1200000000 元"]),
        ("38.5", "微克/立方米", ["38.5 = 38.5 微克/立方米"]),
        ("200", "--", ["200 = 200 None"]),
        ("设区市≥25县级市≥20", "%", ["≥25 >= 25 % 设区市", "≥20 >= 20 % 县级市"]),
        ("——", "%", []),
        ("2025年", "", []),
        ("前10位", "", []),
        ("1：2", "", []),
        ("达到国家要求", "%", []),
        ("完成省下达的任务100%并持续改善", "", []),
        ("4条（个）以上", "", ["4条（个）以上 >= 4 条(个)"]),
    ],
)
def test_cells(cell: str, unit: str, found: list[str]) -> None:
    view = View(cell)
    said = []
    for goal in read_goal(view, unit):
        value = f"{goal.value:.10g}" + (f"-{goal.value_max:.10g}" if goal.value_max else "")
        words = [view.quote(goal.start, goal.end), goal.op, value, str(goal.unit)]
        said.append(" ".join([*words, *(["hedged"] * goal.hedged), *([goal.who] * bool(goal.who))]))
    assert said == found


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("万人", (10000.0, "人")),
        ("亿元", (1e8, "元")),
        ("千瓦时", (1.0, "千瓦时")),
        ("亿", (1e8, None)),
        ("万亿", (1e12, None)),
        ("平方米/人", (1.0, "平方米/人")),
        ("/", (1.0, None)),
        ("标准当量", (1.0, "标准当量")),
    ],
)
def test_units(words: str, read: tuple[float, str | None]) -> None:
    assert read_unit(words) == read


def test_what_brackets_hold_is_a_unit_only_where_the_list_knows_it() -> None:
    assert [is_unit(words) for words in ("%", "万人", "平方米/人", "含县城", "累计")] == [
        True,
        True,
        True,
        False,
        False,
    ]
