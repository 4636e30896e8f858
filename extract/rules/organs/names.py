"""A unit's full name, function and place: contract, responsibilities, rule 6, and table `units`.

A unit's words are read from the left: whose it is (市, 省委, 罗湖区, 团市委, nothing), then which
department. What is known of departments is data (`departments.tsv`, `central_organs.tsv`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.model import Place, Setting
from extract.rules.organs.classes import generic_stem, is_class, is_class_head, is_other
from extract.rules.organs.departments import (
    Form,
    find_central,
    find_form,
    find_room,
    find_vertical,
    function_of,
)
from extract.rules.organs.owners import RELATIVE, Owner, read_owner, relative_place
from extract.rules.organs.places import (
    NATION,
    match_district,
    match_place,
    match_short,
    short_name,
)
from extract.rules.organs.zones import NAMELESS, ZONE, board, department_of_zone


@dataclass(frozen=True, slots=True)
class Named:
    """A unit normalised. `known`: its department is in the tables, or needs none (a class, a firm,
    a zone, a place); else normalising kept its own words."""

    name: str
    function: str | None
    unit_type: str
    region_code: str | None
    admin_level: str | None
    known: bool


_LEAGUE = regex.compile(
    r"(?:共青团|团)(?P<place>省|市|县|区|州|盟|旗|自治区|\p{Han}{2,}?)委(?:员会|机关)?"
)
_TOWNSHIP = regex.compile(r"\p{Han}{2,8}(?:镇|乡|街道)(?:人民政府|政府|办事处|党委|党工委)?")
_BRACKET = regex.compile(r"\([^()]*\)?|\)$")
_ANY_HOUSE_ROOM = regex.compile(alternation(terms("name_heads", kind="room")))
_DEPARTMENT = regex.compile(
    r"(?!(?:中国|民航|长江|黄河|淮河|珠江|海河|松辽|太湖|南水北调|华[东北南中]|[西东][南北]|中央|国家|国务院|全国))"
    r"(?!\p{Han}*[省市县区州盟旗镇乡])\p{Han}{2,12}(?:(?<!结)局|委|办(?:公室)?|中心|[支大]队)"
)
"""A department that no table knows; rivers and regions have departments of the nation."""
_BODY = regex.compile(alternation(terms("name_heads", kind="body")) + "$")


@lru_cache(maxsize=4096)
def normalise(unit: str, setting: Setting) -> Named:
    """A unit as spelled out in the paper to its full name; the setting says whose 市 and 县 are
    and which form was in force."""
    folded = View(unit).text.replace(" ", "")
    if is_class(folded):
        return _collective(unit, folded)
    plain = _BRACKET.sub("", folded)
    if not plain:
        return _kept(unit, setting)
    central = find_central(plain, setting.place == NATION, setting.written_on)
    if central:
        return Named(central.name, central.function, "organ", NATION.code, "national", True)
    if league := _LEAGUE.fullmatch(plain):
        return _league(unit, league["place"], setting)
    if vertical := _vertical(plain, setting):
        return vertical
    owner = read_owner(plain, setting)
    if owner is None or _is_class_here(plain, owner):
        return _collective(unit, folded)
    if is_other(plain):
        return Named(plain, None, "other", None, None, True)
    if both := _BOTH.fullmatch(owner.rest) if owner.party else None:
        return _of_both(plain, owner, both["rest"])
    named = _organ(plain, owner, setting)
    return named if named.known else _first_of_two(plain, setting) or named


_BOTH = regex.compile(r"[、和]?[省市县区州旗](?:人民)?政府(?P<rest>\p{Han}{2,12})")


def _of_both(plain: str, owner: Owner, rest: str) -> Named:
    """县委县政府督查室: one organ of committee and government."""
    where = _place_name(owner)
    level = owner.place.admin_level if owner.place else None
    form = find_form(rest, False, level, None)
    long_form = form.long_form.removeprefix("人民政府") if form else rest
    name = f"中共{where}委{where}人民政府{long_form}" if owner.place else plain
    return _named(name, form.function if form else None, owner.place, form is not None)


_SEAM = regex.compile(r"(?<=[局委办厅部])(?=[省市县区州旗盟])")


def _first_of_two(plain: str, setting: Setting) -> Named | None:
    """市经信局市新经济委: two names of one place printed as one go by the first known."""
    for seam in _SEAM.finditer(plain):
        first = plain[: seam.start()]
        if plain[seam.start()] == first[0]:
            named = normalise(first, setting)
            if named.known and named.unit_type == "organ":
                return named
    return None


def _collective(unit: str, folded: str) -> Named:
    return Named(unit, _class_function(folded), "collective", None, None, True)


def _class_function(folded: str) -> str | None:
    """The department family that a class is of: 司法 of 各县(市、区)司法局 and 司法行政部门."""
    for words in (folded, _last_word(folded)):
        if stem := generic_stem(words):
            return function_of(stem)
        if form := find_form(words, False, None, None):
            return form.function
    return None


_SCOPED = regex.compile(r"(?:各|有关|相关|省|市|县|区|州|旗|级|以上|两|三|[()、和])+")


def _last_word(folded: str) -> str:
    """A class's words without its scope: 司法局 of 各县(市、区)司法局."""
    found = _SCOPED.match(folded)
    return folded[found.end() :] if found else folded


def _kept(unit: str, setting: Setting) -> Named:
    return Named(unit, None, "organ", None, None, False)


def _is_class_here(plain: str, owner: Owner) -> bool:
    """A class by its last word: 市行政执法部门, 司法行政部门 that no place owns; not 市财政部门."""
    if not is_class_head(plain) or plain.endswith(("人民政府", "市政府", "省政府", "县政府")):
        return False
    if owner.rest in ("政府", "人民政府", "纪委监委机关", "纪委机关", "纪检监察机关"):
        return False
    return not (owner.printed and (generic_stem(owner.rest) or _is_known(owner)))


def _is_known(owner: Owner) -> bool:
    level = owner.place.admin_level if owner.place else None
    return find_form(owner.rest, owner.party, level, None) is not None


def _league(unit: str, word: str, setting: Setting) -> Named:
    """共青团: 团市委 is 共青团 + place + 委员会."""
    place = relative_place(word, setting.place)[0]
    if place is None and (
        found := match_place(word, 0, setting.place) or match_short(word, 0, setting.place)
    ):
        place = found[0]
    if place is None:
        return Named(unit, "共青团", "organ", None, None, True)
    return _named(f"共青团{place.name}委员会", "共青团", place, True)


def _vertical(plain: str, setting: Setting) -> Named | None:
    """A central organ's organ in a place: 人行浙江省分行 is 中国人民银行浙江省分行, and so is
    人行省分行 in a paper of 浙江省."""
    opening = find_vertical(plain)
    if opening is None:
        return None
    organ, end = opening
    if found := match_place(plain, end, setting.place) or match_short(plain, end, setting.place):
        return _named(organ.official + _branch(plain[end:]), organ.function, found[0], True)
    relative = RELATIVE.match(plain, end)
    place = relative_place(relative[0], setting.place)[0] if relative else None
    if relative is None or place is None:
        return None
    branch = _branch(plain[relative.end() :])
    return _named(organ.official + place.name + branch, organ.function, place, True)


def _branch(words: str) -> str:
    """人行大同中支 is a 中心支行."""
    return words.removesuffix("中支") + "中心支行" if words.endswith("中支") else words


def _named(name: str, function: str | None, place: Place | None, known: bool) -> Named:
    code, level = (place.code, place.admin_level) if place else (None, None)
    return Named(name, function, "organ", code, level, known)


def _organ(plain: str, owner: Owner, setting: Setting) -> Named:
    place = owner.place
    if not owner.rest:
        return _named(place.name if place and owner.printed else plain, None, place, True)
    if owner.short:
        return _as_printed(plain, owner, setting)
    if not owner.printed and _ANY_HOUSE_ROOM.fullmatch(plain):
        return Named(plain, None, "organ", None, None, True)
    level = place.admin_level if place else None
    form = find_form(owner.rest, owner.party, level, setting.written_on)
    if form is None and not owner.party:
        form = find_room(owner.rest, level, setting.written_on)
    if form:
        return _formed(plain, owner, form)
    if owner.rest.startswith(("政府", "人民政府")):
        return _under_government(plain, owner, setting)
    if owner.party:
        return _under_party(plain, owner, setting)
    if not owner.printed and place and _TOWNSHIP.fullmatch(plain):
        return Named(plain, "政府", "organ", place.code, "township", True)
    if not owner.printed and not ZONE.fullmatch(owner.rest):
        if zoned := department_of_zone(plain, setting.place, setting.written_on):
            return _named(*zoned, True)
        if place and place != NATION and _DEPARTMENT.fullmatch(plain):
            return _named(place.name + plain, None, place, False)
        return Named(plain, None, "organ", None, None, bool(_BODY.search(plain)))
    return _own_words(owner, setting)


def _as_printed(plain: str, owner: Owner, setting: Setting) -> Named:
    """A name that opens with a place's short name stays; only its department tells the function.
    An organ of a central one has its official name: 浙江证监局."""
    form = find_form(owner.rest, False, "short", setting.written_on)
    if form and "S" in form.long_form:
        return _formed(plain, owner, form)
    zone = ZONE.fullmatch(plain)
    name = zone["zone"] + board(zone["board"]) if zone else plain
    function = form.function if form else ("开发区" if zone else None)
    known = bool(form or zone or _BODY.search(plain))
    return _named(name, function, owner.place, known)


def _place_name(owner: Owner) -> str:
    """The place's own name, or the word printed where the paper's place is not known."""
    return owner.place.name if owner.place else owner.printed


def _formed(plain: str, owner: Owner, form: Form) -> Named:
    """Place and long form; a party organ is 中共 + place + 委 + long form."""
    relative = owner.place is None and RELATIVE.fullmatch(owner.printed)
    where = _place_name(owner)
    if owner.place == NATION or relative or not where:
        return Named(plain, form.function, "organ", None, None, owner.place is None)
    if "S" in form.long_form:
        if owner.place is None:
            return Named(plain, form.function, "organ", None, None, True)
        short = owner.printed if owner.short else short_name(owner.place)
        name = form.long_form.replace("S", short)
    elif "X" in form.long_form:
        name = form.long_form.replace("X", where)
    elif form.organ == "party" or owner.party:
        name = f"中共{where}委{form.long_form}"
    else:
        name = where + form.long_form
    return _named(name, form.function, owner.place, True)


def _under_government(plain: str, owner: Owner, setting: Setting) -> Named:
    """市政府金融办: the department's long form after 人民政府."""
    rest = owner.rest.removeprefix("人民").removeprefix("政府")
    level = owner.place.admin_level if owner.place else None
    form = find_form(rest, False, level, setting.written_on)
    if form and form.organ != "party":
        long_form = form.long_form.removeprefix("人民政府")
        where = _place_name(owner) + "人民政府"
        return _named(where + long_form, form.function, owner.place, True)
    return _named(_place_name(owner) + "人民政府" + rest, None, owner.place, False)


def _under_party(plain: str, owner: Owner, setting: Setting) -> Named:
    """市委信访局: a department that the tables know on the government's side only."""
    level = owner.place.admin_level if owner.place else None
    form = find_form(owner.rest, False, level, setting.written_on)
    where = _place_name(owner)
    long_form = form.long_form.removeprefix("人民政府") if form else owner.rest
    function = form.function if form else None
    return _named(f"中共{where}委{long_form}", function, owner.place, form is not None)


def _own_words(owner: Owner, setting: Setting) -> Named:
    """Place and own words: a zone (管委会 spelled out), 财政部门, a firm, an unknown department."""
    where = _place_name(owner)
    if zone := ZONE.fullmatch(owner.rest):
        return _zone(owner, setting.place, zone["zone"], board(zone["board"]))
    if stem := generic_stem(owner.rest):
        return _named(where + owner.rest, function_of(stem), owner.place, True)
    return _named(where + owner.rest, None, owner.place, bool(_BODY.search(owner.rest)))


def _zone(owner: Owner, here: Place | None, zone: str, board: str) -> Named:
    """A zone of the paper's place, in the district that it is called by (栖霞高新区); in a paper of
    the nation or a province a zone of its own name may lie anywhere."""
    place = owner.place
    if owner.printed or place is None or NAMELESS.fullmatch(zone):
        return _named(_place_name(owner) + zone + board, "开发区", place, True)
    found = match_district(zone, place)
    lower = found[0] if found and ZONE.fullmatch(zone[found[1] :]) else None
    if here is None or here.admin_level in ("national", "province"):
        return _named(zone + board, "开发区", lower or (place if place != here else None), True)
    return _named(place.name + zone + board, "开发区", lower or place, True)
