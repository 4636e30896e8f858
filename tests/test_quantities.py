"""Targets: every row of the bank, offsets, deadlines, and what is no target."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.lens import View
from extract.model import Setting
from extract.rules.figures import (
    comparisons,
    conditions,
    demands,
    figures,
    indicators,
    past_years,
    quantities,
    rates,
    refusals,
)
from extract.rules.figures.figures import find_figures
from extract.rules.figures.quantities import TargetMention, find_targets
from extract.rules.rule import RULES
from extract.rules.times.dates import read_times

BANK = Path(__file__).parent / "banks" / "quantities.tsv"
MODULES = (
    comparisons,
    conditions,
    demands,
    figures,
    indicators,
    past_years,
    quantities,
    rates,
    refusals,
)


def _rows() -> list[list[str]]:
    lines = [line for line in BANK.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [([*line.split("\t"), ""])[:2] for line in lines[1:]]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _value(found: TargetMention) -> str:
    cells = [found.op, _number(found.value), _number(found.value_max), found.unit, found.per]
    cells += [found.indicator, found.nature, found.change, found.baseline]
    return "|".join(cell or "" for cell in cells)


def _find(text: str) -> list[TargetMention]:
    view = View(text)
    return find_targets(view, read_times(view, Setting())[0])


@pytest.mark.parametrize(("text", "expected"), _rows())
def test_bank(text: str, expected: str) -> None:
    before, _, rest = text.partition("⟦")
    quote, _, after = rest.partition("⟧")
    found = _find(before + quote + after)
    if not expected:
        assert [_value(mention) for mention in found] == []
        return
    here = [mention for mention in found if mention.char_start == len(before)]
    assert [(m.quote, _value(m)) for m in here] == [(quote, expected)]


def test_the_bank_is_large() -> None:
    rows = _rows()
    assert len(rows) >= 300
    assert sum(not expected for _, expected in rows) >= 80


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name, rule in RULES.items()
        if any(rule.pattern is value for module in MODULES for value in vars(module).values())
    ),
)
def test_rules_match_their_examples(name: str) -> None:
    assert RULES[name].failures() == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "给予最高100万元/项、50万元/项、10万元/项的奖励。",
            [("最高100万元/项", "<="), ("50万元/项", "<="), ("10万元/项", "<=")],
        ),
        (
            "原则上法制审核人员不少于总数的5%，且不少于1人。",
            [("不少于总数的5%", ">="), ("不少于1人", ">=")],
        ),
        ("每年至少组织一次专项检查、一次案卷评查。", [("至少组织一次", ">="), ("一次", ">=")]),
        ("就近入学比例分别达到94.1%和90.6%。", [("94.1%", "="), ("90.6%", "=")]),
        ("提供最高30万元、最长3年的创业担保贷款。", [("最高30万元", "<="), ("最长3年", "<=")]),
        ("每班最多不超过40人、不少于30人。", [("最多不超过40人", "<="), ("不少于30人", ">=")]),
    ],
)
def test_several_figures(text: str, quotes: list[tuple[str, str]]) -> None:
    assert [(found.quote, found.op) for found in _find(text)] == quotes


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("到2025年底，公示率达到100%。", "到2025年底"),
        ("2024年6月底前完成清理，到2027年培育100家企业。", "到2027年"),
        ("每年组织不少于2次培训。", None),
        ("公示率达到100%。到2025年建成平台。", None),
        ("到2028年，力争实现：\n——制度健全。\n——公示率达到90%。", "到2028年"),
        ("到2028年，力争实现：\n其他事项另行安排。\n公示率达到90%。", None),
        ("到2028年，建成平台。\n——公示率达到90%。", None),
    ],
)
def test_the_deadline_of_a_target(text: str, deadline: str | None) -> None:
    view = View(text)
    times = read_times(view, Setting())[0]
    (found,) = find_targets(view, times)
    assert (None if found.time is None else times[found.time].quote) == deadline


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("力争培育企业50家。", True),
        ("培育企业50家左右。", True),
        ("原则上每年培训不少于30学时。", True),
        ("培育企业50家。", False),
    ],
)
def test_hedged(text: str, hedged: bool) -> None:
    (found,) = _find(text)
    assert found.hedged is hedged


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2003年全市污水处理率达到42%，其中县城达到30%。", []),
        ("2002年该厂投资4800万元，建成了设施，每年节约900万元。", []),
        ("2003年全市污水处理率达到42%。2006年，力争达到60%。", [60.0]),
        ("2003年，要求提出后，应达到50%以上。", [50.0]),
        ("2006年污水处理率达到42%。", [42.0]),
        ("到2003年污水处理率达到42%。", [42.0]),
    ],
)
def test_what_a_year_before_the_paper_saw_is_no_target(text: str, values: list[float]) -> None:
    view = View(text)
    times = read_times(view, Setting(written_on=date(2005, 3, 3)))[0]
    assert [found.value for found in find_targets(view, times, 2005)] == values


def test_offsets_lead_to_the_papers_own_characters() -> None:
    text = "序言。每人每年接受不少于 ６０ 学时的培训。"
    (found,) = find_targets(View(text, 3), [])
    assert text[found.char_start : found.char_end] == found.quote == "不少于 ６０ 学时"
    assert found.value == 60


def test_what_stands_in_a_title_is_no_figure() -> None:
    assert _find("落实《培育100家企业行动计划》。") == []


_ALPHABET = "不少于至每年百分之一十万亿0159.,%-元个家(、)。率的达到给予最高\n"


@given(st.text(alphabet=_ALPHABET, max_size=60))
def test_any_text_gives_sound_rows(text: str) -> None:
    view = View(text)
    for found in find_targets(view, []):
        assert text[found.char_start : found.char_end] == found.quote
        assert found.value_max is None or found.value_max > found.value
        assert found.op in (">=", "<=", "=", ">", "<", "~", "range")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3万人", [(30000, None, "人")]),
        ("1.2亿元", [(120000000, None, "元")]),
        ("１,２００名", [(1200, None, "名")]),
        ("1-3万人次", [(10000, 30000, "人次")]),
        ("五至八个", [(5, 8, "个")]),
        ("百分之三十五", [(35, None, "%")]),
        ("三分之二", [(66.67, None, "%")]),
        ("两成以上", [(20, None, "%")]),
        ("一半", [(50, None, "%")]),
        ("半个月", [(0.5, None, "个月")]),
        ("5个百分点", [(5, None, "百分点")]),
        ("3000千瓦", [(3000, None, "千瓦")]),
        ("15个学时", [(15, None, "学时")]),
        ("10立方米/小时", [(10, None, "立方米/小时")]),
        ("2024年6月", []),
        ("4家庭医生", []),
        ("第3条", []),
        ("一次性", []),
        ("12345热线", []),
        ("千亿级", []),
    ],
)
def test_figures(text: str, values: list[tuple[float, float | None, str]]) -> None:
    found = [(f.value, f.value_max, f.unit) for f in find_figures(View(text).text)]
    assert found == values
