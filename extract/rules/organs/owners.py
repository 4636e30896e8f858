"""Whose a unit is: the place that its name opens with (市, 省委, 罗湖区), or the paper's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract import lazy as regex
from extract.model import Place, Setting
from extract.rules.organs.places import (
    NATION,
    above,
    by_code,
    match_place,
    match_short,
    match_zone,
    shared_name,
    short_name,
)
from extract.rules.organs.zones import ZONE, board


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a unit is: its place (None: not to be told), whether the party committee's, what is
    left of its words, how the place was printed, and whether as a short name (浙江证监局)."""

    place: Place | None
    party: bool
    rest: str
    printed: str = ""
    short: bool = False


RELATIVE = regex.compile(r"自治区|自治州|自治县|地区|省|市|州|盟|县|区|旗")
_OWN_WORDS = regex.compile(
    r"市(?:场|政(?!府|务|协|法|管局|数|研|策)|容|民(?!政|宗|委|族|防|营|航|革|盟|建|进|主)|监局)|"
    r"区(?:域|块)|县域|省(?:际)|州际|地方"
)
_PARTY = regex.compile(r"党?委(?:员会)?(?P<rest>.*)")


def read_owner(plain: str, setting: Setting) -> Owner | None:
    """Whose the unit is; None where the words mean every place of a level below the paper's."""
    body = plain.removeprefix("中共").removeprefix("中国共产党")
    if corps := _CORPS.match(body):
        return _with_party(_corps(), body[corps.end() :], corps[0])
    if found := match_place(body, 0, setting.place):
        return _with_party(found[0], body[found[1] :], body[: found[1]])
    if zone := _of_zone(body, setting):
        return zone
    relative = None if _OWN_WORDS.match(body) else RELATIVE.match(body)
    if relative:
        place, is_class_of = relative_place(relative[0], setting.place)
        if not is_class_of:
            return _with_party(place, body[relative.end() :], relative[0])
        return None
    if branch := _branch_here(body, setting.place):
        return branch
    if end := shared_name(body):
        return _with_party(None, body[end:], body[:end])
    if found := match_zone(body):
        return Owner(found[0], False, body, short=body.startswith(_stem(found[0])))
    if found := match_short(body, 0, setting.place):
        rest = body[found[1] :]
        said = rest.startswith(("委", "政府", "人民政府")) or ZONE.fullmatch(rest)
        if found[0].admin_level != "county" or said:
            return _short_owner(found[0], rest, body[: found[1]])
    if town := _TOWN_OFFICE.fullmatch(body):
        return _of_town(town, setting.place)
    return Owner(setting.place, False, body)


_ZONE_WORD = regex.compile(
    r"(?:园区|新区|高新区|开发区|经开区|示范区|实验区|试验区|合作区|度假区|区(?!域|块|间))"
    r"(?=\p{Han}{2})"
)


def _of_zone(body: str, setting: Setting) -> Owner | None:
    """What a zone's own paper calls it by the last word of its name: 区公安局 of 平潭综合实验区,
    园区消防救援大队 of 苏州工业园区; a district's paper means the district."""
    word = _ZONE_WORD.match(body) if setting.zone and setting.place else None
    if word is None or setting.place is None or not setting.zone.endswith(word[0]):
        return None
    if setting.place.name.endswith("区") and word[0] == "区":
        return None
    place = setting.place
    zone = Place(place.code, setting.zone, place.full_name + setting.zone, place.admin_level)
    rest = body[word.end() :]
    return _with_party(zone, board(rest) if rest in ("管委会", "管理委员会") else rest, word[0])


def _branch_here(body: str, place: Place | None) -> Owner | None:
    """A branch in the paper's county or district that is called by its short name keeps its name:
    盐都生态环境局, 临沭公路事业发展中心."""
    if place is None or place.admin_level != "county":
        return None
    name = short_name(place)
    name = name[:-1] if name == place.name else name
    rest = body[len(name) :]
    if len(name) < 2 or not body.startswith(name) or not _BRANCH_REST.fullmatch(rest):
        return None
    return Owner(place, False, rest, name, short=True)


_BRANCH_REST = regex.compile(
    r"(?!\p{Han}{0,10}区|县域)\p{Han}{2,12}(?:局|中心|[支大]队|公司|所|站|海事处)"
)


_TOWN_OFFICE = regex.compile(
    r"(?P<word>镇|乡(?!村|镇)|街道(?!办))(?P<rest>\p{Han}{0,12}(?:所|站|队|办|办公室|中心|学区|党委|政府))"
)


def _of_town(found: regex.Match[str], place: Place | None) -> Owner | None:
    """An office of the town whose paper it is (镇财政所); elsewhere every town has one."""
    if place is None:
        return Owner(None, False, found[0])
    if place.admin_level == "township" and place.name.endswith(found["word"]):
        return _with_party(place, found["rest"], found["word"])
    return None


_CORPS = regex.compile(r"(?:新疆生产建设)?兵团")


@cache
def _corps() -> Place:
    """新疆生产建设兵团, which GB/T 2260 gives no code of its own."""
    region = by_code("650000")
    assert region is not None
    name = "新疆生产建设兵团"
    return Place(region.code, name, name, "province")


def _stem(place: Place) -> str:
    """A place's name without its last character: 苏州 of 苏州市, which 苏州工业园区 opens with."""
    return place.name[:-1]


def _short_owner(place: Place, rest: str, printed: str) -> Owner:
    """A short place name before 市委's or a government's word counts as the place; else the name
    stays as printed (浙江证监局, 武汉投控集团)."""
    owner = _with_party(place, rest, printed)
    plain = owner.party or rest.startswith(("政府", "人民政府"))
    return owner if plain else Owner(place, False, rest, printed, short=True)


def _with_party(place: Place | None, rest: str, printed: str) -> Owner:
    found = _PARTY.fullmatch(rest)
    if not found:
        return Owner(place, False, rest, printed)
    return Owner(place, True, found["rest"] or "员会", printed)


def relative_place(word: str, place: Place | None) -> tuple[Place | None, bool]:
    """The place that 市, 省, 县 mean in a paper of `place`, and whether they mean a class."""
    if place is None:
        return None, False
    if place == NATION:
        return None, True
    here: Place | None = place
    while here is not None and here != NATION:
        if here.admin_level != "township" and _is_called(here, word):
            return by_code(here.code) or here, False
        here = above(here)
    return None, True


def _is_called(place: Place, word: str) -> bool:
    """Whether a place's own papers call it so: 广西 自治区, 大同市 市, 内蒙古's 旗 旗."""
    if word == "区" and place.admin_level != "county":
        return False
    if word == "自治区":
        return place.admin_level == "province" and place.name.endswith(word)
    if word == "州":
        return place.name.endswith("自治州")
    return place.name.endswith(word)
