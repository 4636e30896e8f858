"""The place of a paper that names none at its head: what its text says of its own (全市, 我市), and
the one government of that level that its opening names (中共广州市委、广州市人民政府), or the one
place whose branches of central organs it names (人民银行湖北省分行)."""

from __future__ import annotations

from collections import Counter

from extract import lazy as regex
from extract.lens import View
from extract.model import Place
from extract.rules.organs.places import find_place

_OWN = regex.compile(
    r"[全我](?P<level>[省县州旗]|市(?!场|值)|区(?!域|间|块)|(?<=我)[市区])(?!级以[上下])"
)
_GOVERNMENT = regex.compile(
    r"(?P<place>\p{Han}{2,10}?(?:省|市|县|区|州|旗))(?=委(?![托员会办])|人民政府|政府)"
)
_BRANCH = regex.compile(
    r"(?:人民银行|人行|税务总局|金融监管总局|金融监督管理总局|烟草专卖局|国网)"
    r"(?P<place>\p{Han}{2,10}?(?:省|市|县|区|州|旗))(?=分行|支行|中心支行|税务|监管|供电|电力|分局|营业)"
)
_WHOLE = 20_000
_OPENING = 1500
_LEAST = 2
_TIMES = 3


def own_place(text: str) -> Place | None:
    """The place that a paper speaks of as its own; None where its text leaves a doubt."""
    whole = View(text, 0, min(len(text), _WHOLE)).text
    levels = Counter(found["level"] for found in _OWN.finditer(whole))
    ranked = levels.most_common(2)
    if not ranked or ranked[0][1] < _LEAST:
        return None
    if len(ranked) > 1 and ranked[0][1] < _TIMES * ranked[1][1]:
        return None
    opening = View(text, 0, min(len(text), _OPENING)).text
    level = ranked[0][0]
    return _only(_GOVERNMENT, opening, level) or _only(_BRANCH, whole, level)


def _only(pattern: regex.Pattern[str], text: str, level: str) -> Place | None:
    """The one place of a level that the pattern finds; None where it finds none or several."""
    named = {
        place.code: place
        for found in pattern.finditer(text)
        if (place := find_place(found["place"])) and place.name.endswith(level)
    }
    return next(iter(named.values())) if len(named) == 1 else None
