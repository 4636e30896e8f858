"""A、B分别达到X、Y: which of the names before 分别 a figure behind it answers to.

Source: contract, targets: each figure has the indicator that the text gives it.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.figures import FIGURE
from extract.rules.figures.rates import BASELINE
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

RESPECTIVE = rule(
    "names that share 分别",
    r"^(?P<names>[^,。;:]+?)(?:总体|力争|要|应|均)?分别(?!给予|奖|补|资助|发放|按(?![^,。;]{2,20}的\d)|安排|享受)",
    source="contract, targets: indicator",
    examples=(
        "⟦宽带普及率、入户率分别⟧不低于90%、75%",
        "⟦巩固率、毛入学率分别⟧达到97%、93%",
        "⟦城镇和农村居民收入分别⟧增长6%",
    ),
    counter=("对国家级、省级平台分别给予50万元", "分别达到90%"),
)
_BETWEEN = regex.compile("[、与]|(?<!总|饱|(?<!公)共)和(?!谐)|(?<![普涉触])及(?![时格早])")
_MEASURE = regex.compile(r"(?:率|比|比重|比例|数|额|标准|收入|面积|浓度|规模|量|值|率分别)$")
_CUT_MEASURE = regex.compile("\\p{Han}?化?率")
_WORD = 2
"""Characters of what is done, where the names measure it: 种植, 收获 of 机械化率."""
_JOINED = regex.compile("(?:以上|以内|左右)?[、和与及]|以及")


def respective(clause: Clause, at: int, opened: int) -> str | None:
    """The name that the figure at `at` answers to; `opened` is where the clause's names begin.
    None where 分别 does not share out as many names as there are figures."""
    if clause.text.find("分别", clause.start, at) < 0:
        return None
    text = clause.text[opened : clause.end]
    found = RESPECTIVE.match(text)
    if found is None or opened + found.end() > at:
        return None
    names = _BETWEEN.split(BASELINE.sub("", found["names"]))
    begun = opened + found.end()
    since = BASELINE.match(clause.text, begun)
    figures = _figures(clause.text, since.end() if since else begun, clause.end)
    place = next((n for n, start in enumerate(figures) if start == at), None)
    alike = 1 < len(names) == len(figures)
    if place is None or not alike or not all(names):
        return None
    if place < len(names) - 1:
        return names[place] + _shared_end(names)
    return _shared_front(names) + names[place]


def share_of(clause: Clause, at: int) -> tuple[int, int] | None:
    """Which figure of how many behind 分别 the one at `at` is; None where it is none of them."""
    shared = clause.text.find("分别", clause.start, at)
    if shared < 0:
        return None
    figures = _figures(clause.text, shared, clause.end)
    return (figures.index(at), len(figures)) if at in figures else None


def _figures(text: str, at: int, end: int) -> list[int]:
    """Where the figures of one list begin: they stand side by side behind the first."""
    starts: list[int] = []
    last = at
    for found in FIGURE.finditer(text, at, end):
        if starts and _JOINED.match(text, last) is None:
            break
        starts.append(found.start())
        last = found.end()
    return starts


def _shared_end(names: list[str]) -> str:
    """What the last name says for all: 低保标准 of 城市、农村低保标准; nothing where each name
    measures something by itself."""
    *others, last = names
    if any(_MEASURE.search(name) for name in others):
        return ""
    own = last.find(others[-1][-1], 0, 6) + 1 or len(others[-1])
    if _CUT_MEASURE.fullmatch(last, own):
        own = _WORD
    return last[own:] if 0 < own < len(last) else ""


def _shared_front(names: list[str]) -> str:
    """What the first name says for all: 花生 of 花生种植、收获机械化率."""
    *others, last = names
    if any(_MEASURE.search(name) for name in others):
        return ""
    whole = len(others[0]) > _WORD and _CUT_MEASURE.fullmatch(last, len(others[-1]))
    return others[0][:-_WORD] if whole else ""
