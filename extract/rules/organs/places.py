"""Places of GB/T 2260: codes, names, and which place a text's opening words name.

Names are looked up in tables, never searched with a pattern: there are some four thousand.
A name that several places bear (鼓楼区) is a place only where the words before it or a place near
by settle which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import resources

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, load, spellings, terms
from extract.model import Place

NATION = Place("000000", "全国", "全国", "national")
_MUNICIPAL = ("11", "12", "31", "50")
_COMMON = frozenset({"城区", "郊区", "矿区", "新城区", "市中区", "城中区", "城关区"})
_SIDES = frozenset({"新区", "东区", "西区"})
"""Districts whose names are also what any city calls a part of itself."""
_KINDS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区")
_ETHNIC = regex.compile(
    rf"(?:{alternation(terms('peoples'))}族|维吾尔|哈萨克|柯尔克孜|蒙古){{1,6}}$"
)
_TOWNSHIP = regex.compile(
    r"(?P<name>\p{Han}{1,6}?(?:街道|镇|乡))(?=人民政府|政府|办事处|党委|党工委|委员会)"
)
_ORGAN = regex.compile(r"人民|政府|委(?!托)|人大|政协|[\p{Han}]{1,12}局")
_LONGEST = 16


def _rows(name: str) -> Iterator[tuple[str, ...]]:
    """A place table's rows; read plainly, since the loader's checks cost more than the table."""
    text = resources.files("extract.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    next(lines)
    return (tuple(line.split("\t")) for line in lines)


@cache
def _names() -> dict[str, str]:
    """Code to name, also of divisions that are no more."""
    past = {code: name for code, name, _, _ in _rows("place_changes")}
    past.update((code, name) for code, name in _rows("places"))
    return past


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Name to the codes that bear it; a division that is no more counts if none bears it now."""
    now: dict[str, tuple[str, ...]] = {}
    for code, name in _rows("places"):
        now[name] = (*now.get(name, ()), code)
    past: dict[str, tuple[str, ...]] = {}
    for code, name, _, _ in _rows("place_changes"):
        if name not in now and code not in past.get(name, ()):
            past[name] = (*past.get(name, ()), code)
    return past | now


@cache
def _gone() -> dict[str, tuple[str, ...]]:
    """Name to the codes of the divisions that bore it and are no more, the last of them first."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name, *_ in sorted(_rows("place_changes"), key=lambda row: row[3]):
        found[name] = (code, *found.get(name, ()))
    return found


@cache
def _shorts() -> dict[str, str]:
    """Short name to code where it is one place's: 大同, 内蒙古, 甘孜, 甘孜州."""
    found: dict[str, str] = {entry["short"]: entry["code"] for entry in load("provinces")}
    for rank in ("prefecture", "county"):
        seen: dict[str, str | None] = {}
        for code, name in _rows("places"):
            if admin_level(code) == rank:
                for short in _shortened(name):
                    shared = short in seen or (rank == "county" and short in _districts())
                    seen[short] = None if shared else code
        for short, one in seen.items():
            if one and short not in found and short not in _codes():
                found[short] = one
    return found


@cache
def _districts() -> dict[str, tuple[str, ...]]:
    """What a district's or a county's zone opens with (栖霞高新区) to the codes that bear it, for
    each stem that some district has."""
    found: dict[str, list[str]] = {}
    for code, name in _rows("places"):
        if admin_level(code) == "county" and len(name) > 2:
            found.setdefault(name[:-1], []).append(code)
    names = _names()
    return {
        stem: tuple(codes)
        for stem, codes in found.items()
        if any(names[code].endswith("区") for code in codes)
    }


def _shortened(name: str) -> list[str]:
    """The short forms of a division's name; none for a district, whose name is said whole."""
    kind = next((kind for kind in _KINDS if name.endswith(kind)), name[-1])
    if kind in ("区", "林区", "特区"):
        return []
    stem = name[: -len(kind)]
    bare = _ETHNIC.sub("", stem) or stem
    forms = [bare, bare + kind[-1]] if bare != stem or kind.startswith("自治") else [bare]
    return [form for form in forms if len(form) > 1]


@cache
def _zones() -> dict[str, str]:
    return {zone: e["code"] for e in load("zones") for zone in spellings(e["zone"])}


@cache
def _zone_levels() -> dict[str, str]:
    """The rank of a zone's board where it is not that of the division it lies in."""
    return {zone: e["level"] for e in load("zones") for zone in spellings(e["zone"]) if e["level"]}


@cache
def _openings() -> frozenset[str]:
    """The first two characters of every name, so that most positions cost one look."""
    return frozenset(name[:2] for table in (_codes(), _shorts(), _zones()) for name in table)


def admin_level(code: str) -> str:
    """The level that a six-digit code stands for; a 省直辖 city is a county."""
    if code == "000000":
        return "national"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") and code[2:4] != "90" else "county"


@cache
def by_code(code: str) -> Place | None:
    """The place of a code, also of one that is no more; None for an unknown code."""
    if code == NATION.code:
        return NATION
    name = _names().get(code)
    if name is None:
        return None
    above = above_code(code)
    upper = by_code(above) if above != NATION.code else None
    return Place(code, name, (upper.full_name if upper else "") + name, admin_level(code))


def above_code(code: str) -> str:
    """The code of the division above: of 140427, 140400; of 429004 and 110101, the province."""
    if code.endswith("0000"):
        return NATION.code
    prefecture = code[:4] + "00"
    direct = code[:2] in _MUNICIPAL or prefecture == code or prefecture not in _names()
    return code[:2] + "0000" if direct else prefecture


def above(place: Place) -> Place | None:
    """The place above; the county above a township, None above the nation."""
    if place.admin_level == "township":
        return by_code(place.code)
    return by_code(above_code(place.code)) if place.code != NATION.code else None


def within(code: str, upper: str) -> bool:
    """Whether a code lies in (or is) the place of another code."""
    return upper == NATION.code or code.startswith(upper.rstrip("0").ljust(_depth(upper), "0"))


def _depth(code: str) -> int:
    return {"province": 2, "prefecture": 4}.get(admin_level(code), 6)


def _choose(codes: tuple[str, ...], near: Place | None, inside: Place | None) -> str | None:
    """The one code of several that is meant, or None."""
    if inside:
        codes = tuple(code for code in codes if within(code, inside.code) and code != inside.code)
    for depth in (6, 4, 2):
        if len(codes) > 1 and near and near.code != NATION.code:
            close = tuple(code for code in codes if code[:depth] == near.code[:depth])
            codes = close or codes
    return codes[0] if len(codes) == 1 else None


def _full(text: str, at: int, near: Place | None, inside: Place | None) -> tuple[Place, int] | None:
    codes = _codes()
    for end in range(min(len(text), at + _LONGEST), at + 1, -1):
        bearers = codes.get(text[at:end])
        if bearers is None or (text[at:end] in _COMMON and not _ORGAN.match(text, end)):
            continue
        if text[at:end] in _SIDES and not inside and near in (None, NATION):
            continue
        code = _choose(bearers, near, inside)
        if code is None and inside:  # 石家庄市桥东区, until 2014; others are called so still
            gone = _gone().get(text[at:end], ())
            code = next((c for c in gone if within(c, inside.code) and c != inside.code), None)
        if code and (place := by_code(code)):
            return place, end
    return None


def match_place(text: str, at: int = 0, near: Place | None = None) -> tuple[Place, int] | None:
    """The place whose full name stands at `at`, lowest of a chain (山西省大同市), and its end."""
    if text[at : at + 2] not in _openings():
        return None
    found = _full(text, at, near, None) or _short_chain(text, at)
    while found and (lower := _below(text, found, near)):
        found = lower
    if found and (town := _TOWNSHIP.match(text, found[1])):
        place, name = found[0], town["name"]
        return Place(place.code, name, place.full_name + name, "township"), town.end("name")
    return found


def shared_name(text: str) -> int:
    """How long a name is that opens a text and that several places bear (鼓楼区); 0 for none."""
    for end in range(_LONGEST, _SHORTEST, -1):
        if len(_codes().get(text[:end], ())) > 1 and text[:end] not in _COMMON | _SIDES:
            return end
    return 0


def _short_chain(text: str, at: int) -> tuple[Place, int] | None:
    """A short name that a full one follows: 山西大同市, 成都高新区 is none."""
    upper = match_short(text, at)
    return _below(text, upper, None) if upper else None


def _below(text: str, upper: tuple[Place, int], near: Place | None) -> tuple[Place, int] | None:
    """The place that stands behind one in which it lies: 大理州|漾濞县."""
    place, at = upper
    if found := _full(text, at, near, place):
        return found
    short = _one_of(_shorts(), text, at)
    if short is None or text[short[1] - 1] != short[0].name[-1]:
        return None
    return short if within(short[0].code, place.code) and short[0].code != place.code else None


def short_name(place: Place) -> str:
    """What local organs of central ones are called by: 浙江, 内蒙古, 大同."""
    if place.code.endswith("0000"):
        return next(e["short"] for e in load("provinces") if e["code"] == place.code)
    return next(iter(_shortened(place.name)), place.name)


def match_short(text: str, at: int = 0, near: Place | None = None) -> tuple[Place, int] | None:
    """The place whose short name stands at `at` (浙江, 大同, 甘孜州), and its end; not where the
    place near by has a district of that name (朝阳 in a paper of 北京市)."""
    found = _one_of(_shorts(), text, at)
    if found and near not in (None, NATION, found[0]) and match_district(text[at:], near):
        return None if found[0].code[:4] != near.code[:4] else found
    return found


def called(short: str, level: str) -> Place | None:
    """The one place whose name is a short one and the word of its level: 盐都 and 区."""
    codes = _codes().get(short + level, ()) if len(short) > 1 else ()
    return by_code(codes[0]) if len(codes) == 1 else None


def match_district(text: str, near: Place | None) -> tuple[Place, int] | None:
    """The district whose short name opens a text and that lies in the place near by, or beside it
    in one prefecture; None where none or several do."""
    if near is None or near == NATION:
        return None
    around = near.code[:2] if near.admin_level == "province" else near.code[:4]
    for end in (4, 3, 2):
        bearers = [code for code in _districts().get(text[:end], ()) if code.startswith(around)]
        if len(bearers) == 1 and (place := by_code(bearers[0])):
            return place, end
    return None


def match_zone(text: str, at: int = 0) -> tuple[Place, int] | None:
    """The place of a zone whose name does not say it (临港新片区: 上海市), and the zone's end."""
    found = _one_of(_zones(), text, at)
    if found and (level := _zone_levels().get(text[at : found[1]])):
        return replace(found[0], admin_level=level), found[1]
    return found


def _one_of(table: dict[str, str], text: str, at: int) -> tuple[Place, int] | None:
    if text[at : at + 2] not in _openings():
        return None
    for end in range(min(len(text), at + _LONGEST), at + 1, -1):
        if (code := table.get(text[at:end])) and (place := by_code(code)):
            return place, end
    return None


@cache
def _central() -> frozenset[str]:
    """Every name of a central organ that may stand without the nation's papers around it."""
    rows = load("central_organs")
    return frozenset(w for e in rows for w in (e["name"], *spellings(e["also_called"])))


def central_prefix(text: str) -> int:
    """The length of the central organ's name that a text opens with; 0 if none (财政部门)."""
    words = _central()
    for end in range(min(len(text), 24), 1, -1):
        if text[:end] in words and text[end : end + 1] not in ("门", "属", "级"):
            return end
    return 0


_NATIONAL = regex.compile(
    r"国务院|中共中央|党中央|中央|国家(?!级)|全国|中华人民共和国|中国(?=\p{Han})"
)
_PREFIXES = regex.compile(
    r"^(?:中共|中国共产党|共青团|国网|民盟|民建|民进|农工党|致公党|九三学社)?"
)


def find_place(text: str, near: Place | None = None) -> Place | None:
    """The place that an issuer's name or a title speaks for: 大同市人民政府办公室 is 大同市,
    国务院办公厅 the nation, 鼓楼区人民政府 None unless `near` settles it."""
    text = View(text.strip().lstrip("《“〈")).text
    central = central_prefix(text)
    start = central or _head(text)
    local = match_place(text, start, near) or match_zone(text, start) or match_short(text, start)
    if local and (local[0].admin_level != "county" or start or _county_short(text, local)):
        return _run_with(text, local) or _zone_inside(text, local) or local[0]
    if central or _NATIONAL.match(text):
        return NATION
    for at in range(min(len(text), 40)):
        if text[at : at + 2] not in _openings() or (found := match_place(text, at, near)) is None:
            continue
        if at and found[1] - at == _SHORTEST and not _BEFORE_NAME.search(text, 0, at):
            continue
        return found[0]
    return None


_SHORTEST = 2
_BEFORE_NAME = regex.compile(r"(?:\P{Han}|关于|印发|转发|[对在向为共省市州盟区于])$")
"""What a name of two characters stands behind; elsewhere they are part of another word: 丰宁县."""


def _run_with(text: str, found: tuple[Place, int]) -> Place | None:
    """The district that a zone is one office with: 杭州高新区(滨江), 广州开发区(黄埔区); that of a
    zone's part: 中关村科技园区延庆园."""
    place, end = found
    named = _TWO_IN_ONE.match(text, end)
    inside = match_district(named["district"], place) if named else None
    return inside[0] if inside and named and named["district"][inside[1] :] in ("", "区") else None


_TWO_IN_ONE = regex.compile(
    r"\p{Han}{0,8}(?:开发区|新区|园区|高新区)(?|\((?P<district>\p{Han}{2,5})\)|"
    r"(?P<district>\p{Han}{2,3})园(?!\p{Han}?区))"
)


def _zone_inside(text: str, found: tuple[Place, int]) -> Place | None:
    """The district that a zone is called by behind its city: 南京栖霞高新区."""
    place, end = found
    inside = match_district(text[end:], place) if place.admin_level != "county" else None
    return inside[0] if inside and _ZONE_BEHIND.match(text, end + inside[1]) else None


def _head(text: str) -> int:
    found = _PREFIXES.match(text)
    return found.end() if found else 0


_ZONE_BEHIND = regex.compile(r"\p{Han}{0,8}(?:开发区|新区|园区|高新区|管委会|海关)")


def _county_short(text: str, found: tuple[Place, int]) -> bool:
    """Whether a county's name was said whole, but for its peoples (丰宁县), or its short name
    stands before a zone's word."""
    place, end = found
    said = text[:end].endswith(place.name) or text[end - 1] == place.name[-1]
    return said or bool(_ZONE_BEHIND.match(text, end))


def by_number(prefix: str, *, of_province: bool = False) -> Place | None:
    """The place that a document number's opening letters speak for: 浙政发, 国办发; None where a
    city and a province share them (同政办发, 宁政发) and the paper is not known as a province's."""
    if prefix.startswith(("国发", "国办", "国函", "国令", "中办", "中发", "厅字", "国务院")):
        return NATION
    for entry in load("provinces"):
        said = [*spellings(entry["number"]), *(spellings(entry["letter"]) if of_province else ())]
        if prefix.startswith(tuple(said)):
            return by_code(entry["code"])
    return None
