"""The place of a paper that names none at its head: what its text says of its own (全市, 我市), and
the one government of that level that its opening names (中共广州市委、广州市人民政府), or the one
place whose branches of central organs it names (人民银行湖北省分行), or the one that its title
ends on and its branches are called by (…盐都行动方案 and 盐都公安分局)."""

from __future__ import annotations

from collections import Counter

from extract import lazy as regex
from extract.lens import View
from extract.model import Place
from extract.rules.organs.places import called, find_place

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
_TITLE_END = regex.compile(
    r"(?P<name>\p{Han}{2,4})(?:(?:三年)?(?:行动|工作|实施)|专项行动)?(?:方案|计划|意见|措施|细则)"
    r"(?:\([^()]{1,30}\))?\Z"
)
_BRANCH_OF = r"(?<!\p{Han})%s(?:区(?!域|间|块)|[市县旗]|\p{Han}{0,6}(?:分局|局|供电|税务|中心))"
_CONGRESS = regex.compile(
    r"在(?P<place>\p{Han}{2,12}?)第[一二三四五六七八九十\d]{1,3}届人民代表大会"
    r"(?:第[一二三四五六七八九十]{1,3}次|\p{Han}{2,8})会议上"
)
_HEAD = 400
_WHOLE = 20_000
_OPENING = 1500
_LEAST = 2
_TIMES = 3


def place_of_congress(text: str) -> Place | None:
    """The place before whose people's congress a report was given, as its head says:
    在某市第十九届人民代表大会第二次会议上."""
    head = View(text, 0, min(len(text), _HEAD)).text
    found = _CONGRESS.search(head)
    return find_place(found["place"]) if found else None


def own_place(text: str, title: str = "") -> Place | None:
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
    named = _only(_GOVERNMENT, opening, level) or _only(_BRANCH, whole, level)
    return named or _of_title(title, whole, level)


def _of_title(title: str, text: str, level: str) -> Place | None:
    """The place of a level whose short name a title ends on, where the text has a body of that
    name: words that are a place's name by chance (乡村|振兴|方案) have none."""
    found = _TITLE_END.search(View(title).text.replace(" ", ""))
    for size in range(len(found["name"]), 1, -1) if found else ():
        name = found["name"][-size:] if found else ""
        place = called(name, level)
        if place and regex.search(_BRANCH_OF % name, text):
            return place
    return None


def _only(pattern: regex.Pattern[str], text: str, level: str) -> Place | None:
    """The one place of a level that the pattern finds; None where it finds none or several."""
    named = {
        place.code: place
        for found in pattern.finditer(text)
        if (place := find_place(found["place"])) and place.name.endswith(level)
    }
    return next(iter(named.values())) if len(named) == 1 else None
