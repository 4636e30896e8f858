"""Figures in the cells of an indicator table: 95, ≥95, 150个以上, (20), 3-5, 设区市≥25县级市≥20.

Such a cell is a figure and nothing else; its unit often stands in a column of its own (万人, %) or
in brackets behind the indicator. Source: contract, targets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, load, spellings, terms
from extract.rules.figures.figures import UNITS
from extract.rules.numerals import ARABIC, parse_number
from extract.rules.rule import rule

_OPS = {
    word: entry["op"].replace("about", "~")
    for entry in load("comparators")
    for word in spellings(entry["term"])
} | {"〉": ">", "〈": "<"}
_BEFORE = alternation((*terms("comparators", side="before"), "〉", "〈"))
_AFTER = alternation(terms("comparators", side="after"))
_UNIT = alternation(UNITS)
_NUMBER = rf"{ARABIC}[十百千]?[万亿]*+"

GOAL = rule(
    "figure of a goal's cell",
    rf"""(?x)
    (?P<who>(?!第|前|全[国省市]第|[\p{{Han}}]*第)\p{{Han}}[\p{{Han}}、“”]{{0,11}}?:?)??
    (?:力争|争取|确保|累计|新增|实现|达到?|为)*+
    (?P<quote>
      (?P<before>{_BEFORE})?=?
      [(\[]?(?P<sign>(?<![\d%])-)?
      (?:(?P<low>{_NUMBER})(?:%|{_UNIT})?-{{1,2}}(?=\d))?(?P<number>{_NUMBER})
      (?P<unit>(?:{_UNIT})(?:/(?:{_UNIT}|[a-zA-Zμ\p{{Han}}]{{1,3}}[²³]?))?)?
      [)\]]?(?P<after>{_AFTER})?
    )
    (?:\([^()\d]{{1,12}}\))?[,;、/。 ]*+
    """,
    source="indicator tables of plans: 目标值",
    examples=(
        "⟦95⟧",
        "⟦≥95⟧",
        "⟦150个以上⟧",
        "⟦(20)⟧",
        "⟦[550]⟧",
        "⟦3-5⟧",
        "⟦设区市≥25⟧县级市≥20",
        "⟦突破2万台⟧",
        "⟦力争达到70%以上⟧",
        "⟦-13.5⟧",
        "⟦10万m³/小时⟧",
    ),
    counter=("——", "达到国家要求", "约束性"),
)

_HEDGE = regex.compile("力争|争取|左右|上下|约")
_CLASS = regex.compile(r"(?:[市县区镇乡村城户人校州盟旗]|城镇|农村|企业|地区|单位|机构)$")
_FACTOR = regex.compile(
    r"(?P<factor>[万亿]{1,2})(?P<unit>)|(?P<factor>[十百千万亿]{1,6})(?P<unit>.+)"
)
_NO_UNIT = regex.compile(r"[-/\\*.·]*")
_CALENDAR = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class GoalFigure:
    """A cell's figure: view offsets of comparator to unit, its meaning, the class of things that
    it holds for (设区市)."""

    start: int
    end: int
    op: str
    value: float
    value_max: float | None
    unit: str | None
    hedged: bool
    who: str


def read_goal(view: View, unit: str) -> list[GoalFigure]:
    """The figures of a cell that holds nothing else; `unit` is what its column or its indicator
    says (万人). Empty where the cell says more than figures."""
    text = view.text
    if not any(char.isdigit() for char in text):
        return []
    found = []
    at = 0
    for match in _matches(text):
        if match.start() != at:
            return []
        at = match.end()
        figure = _figure(match, unit)
        if figure is None:
            return []
        found.append(figure)
    return found if at == len(text) else []


def _matches(text: str) -> Iterator[regex.Match[str]]:
    at = 0
    while at < len(text) and (match := GOAL.match(text, at)):
        yield match
        at = match.end()


def _figure(match: regex.Match[str], outside: str) -> GoalFigure | None:
    factor, unit = read_unit(match["unit"] or outside)
    scaled = regex.search("[十百千万亿]$", match["number"]) is not None
    if match["unit"] or scaled:
        factor = 1.0
    high = _value(match["number"], factor)
    low = None if match["low"] is None else _value(match["low"], factor)
    if high is None or (low is not None and low >= high):
        return None
    if high in _CALENDAR and match["unit"] == "年":
        return None
    if match["sign"]:
        high = -high
    who = (match["who"] or "").rstrip(":")
    return GoalFigure(
        match.start("quote"),
        match.end("quote"),
        "range" if low is not None else _op(match),
        high if low is None else low,
        None if low is None else high,
        unit,
        _HEDGE.search(match[0]) is not None,
        who if _CLASS.search(who) else "",
    )


def _value(number: str, factor: float) -> float | None:
    value = parse_number(number)
    return None if value is None else value * factor


def _op(match: regex.Match[str]) -> str:
    for word in (match["after"], match["before"]):
        for op in sorted(_OPS, key=len, reverse=True):
            if word and op in word:
                return _OPS[op]
    return "="


@lru_cache(maxsize=1024)
def read_unit(words: str) -> tuple[float, str | None]:
    """The factor and the unit of a unit's cell: 万人 is 10000 and 人; 万m³/小时 10000, 立方米/小时.

    A mark of nothing (-, /) is no unit; one that the list of units does not know stays as printed.
    """
    if _NO_UNIT.fullmatch(words):
        return 1.0, None
    if words in UNITS:
        return 1.0, UNITS[words]["unit"]
    match = _FACTOR.fullmatch(words)
    first, mark, rest = (match["unit"] if match else words).partition("/")
    unit = (UNITS[first]["unit"] if first in UNITS else first) + mark + rest
    scale = parse_number("1" + match["factor"]) if match else None
    return float(scale or 1), unit or None


def is_unit(words: str) -> bool:
    """Whether words in brackets are a unit that the list knows: %, 万人, 平方米/人."""
    match = _FACTOR.fullmatch(words)
    first = words.partition("/")[0]
    return first in UNITS or bool(match and match["unit"].partition("/")[0] in ("", *UNITS))
