"""What `make compare` counts: spans and values of other systems beside the banks' own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "compare"))
import compare
from answers import Answer


def test_every_line_of_the_table_has_rows() -> None:
    _, times = compare.read_times()
    _, figures = compare.read_figures()
    lines = {item.line for item in times + figures}
    assert lines == {*compare.TIMES.values(), *compare.FIGURES.values(), compare.NUMBERS}
    assert len(times) >= 250
    assert len(figures) >= 400


@pytest.mark.parametrize(
    ("text", "kind", "core"),
    [
        ("到2025年底前完成", "by", "2025年底"),
        ("在2024年6月底前完成", "by", "2024年6月底"),
        ("每年4月15日前报送", "recurring", "每年"),
        ("自印发之日起30个工作日内", "within", "30个工作日"),
        ("自2025年3月1日起", "from", "2025年3月1日"),
    ],
)
def test_the_core_of_a_time(text: str, kind: str, core: str) -> None:
    end = len(text.removesuffix("完成").removesuffix("报送"))
    start, stop = compare._core_of_time(text, (0, end), kind)
    assert text[start:stop] == core


@pytest.mark.parametrize(
    ("text", "bare", "core"),
    [
        ("不少于60学时", False, "60学时"),
        ("不少于60学时", True, "60"),
        ("100亿元以上", False, "100亿元"),
        ("至少组织一次", True, "一"),
    ],
)
def test_the_core_of_a_figure(text: str, bare: bool, core: str) -> None:
    start, stop = compare._core_of_figure(text, (0, len(text)), bare)
    assert text[start:stop] == core


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [(0, 8, True), (1, 7, True), (1, 8, True), (2, 7, False), (1, 9, False)],
)
def test_a_span_holds_the_core_and_nothing_outside(start: int, end: int, right: bool) -> None:
    item = compare.Item(0, "by", (0, 8), (1, 7), ("by", "", "2025-12-31", "", ""))
    assert compare._is_span(item, Answer(start=start, end=end)) is right


@pytest.mark.parametrize(
    ("line", "value", "answer", "right"),
    [
        ("by", ("by", "", "2024-06-30", "", ""), {"ends": ["2024-07-01", "2024-06-30"]}, True),
        ("by", ("by", "", "2024-06-30", "", ""), {"ends": ["2024-06-01"]}, False),
        ("in", ("in", "2024-01-01", "2024-12-31", "", ""), {"ends": ["2024-12-31"]}, False),
        ("within", ("within", "", "", "", "P6M"), {"durations": ["P0.5Y"]}, True),
        ("within", ("within", "", "", "", "P14D"), {"durations": ["P2W"]}, True),
        ("within", ("within", "", "", "", "P6M"), {"durations": ["PT6M"]}, False),
        ("recurring", ("recurring", "", "", "YEARLY;1", ""), {"frequency": "YEARLY;1"}, True),
        ("recurring", ("recurring", "", "", "MONTHLY;6", ""), {"frequency": "YEARLY;1"}, False),
        ("money", ("30000",), {"value": 30000.0, "unit": "元"}, True),
        ("money", ("30000",), {"value": 30000.0, "unit": ""}, False),
        ("money", ("10000", "30000"), {"value": 30000.0, "unit": "元"}, False),
    ],
)
def test_values(line: str, value: tuple[str, ...], answer: dict[str, object], right: bool) -> None:
    item = compare.Item(0, line, (0, 5), (0, 5), value)
    given = {"start": 1, "end": 5, "starts": [], "ends": [], **answer}
    assert compare._is_value(item, [given]) is right
