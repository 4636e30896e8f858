"""The place that a list of units says once for the names behind it (contract, rule 1): 市司法局、
财政局; and the names that take none over, since they say theirs (盐都生态环境局)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract import lazy as regex
from extract.lexicon import load
from extract.rules.units.piece import Piece
from extract.rules.units.unit_words import (
    AREA_NAME,
    bare,
    departments,
    has_place,
    head_of,
    is_department,
    is_party,
    level_of,
    place_end,
)


@dataclass(slots=True)
class Carry:
    """The place that a list carries on: 市 or 罗湖区; said of a party committee or not; the town
    that stood last (镇)."""

    place: str = ""
    party: bool = False
    town: str = ""


_OF_TOWN = regex.compile("(?:镇|乡|街道|镇街|苏木)$")
_OF_EACH = regex.compile(
    r"(?:人民政府|政府|管理委员会|管委会|党工委管委会|党工委|工委|办事处|党委)$"
)


def carry_place(piece: Piece, carry: Carry) -> None:
    """Give an item the place said before it, or remember its own (contract, rule 1). A town stands
    beside its county: 县财政局、镇人民政府、教育局."""
    text = bare(piece.full)
    level = level_of(piece.full)
    said = piece.full if level else text
    end = level.end if level else place_end(text)
    if end:
        rest = bare(said[end:])
        of_each = level and level.each and _OF_EACH.search(text)
        if rest and not of_each and rest[0] != "级":
            _remember(carry, said[:end], rest)
        elif rest and not carry.place and level and not level.each:
            carry.place = said[:end]
    elif piece.lead or piece.after_etc:
        return
    elif carry.town and is_of_town(text) and not _NO_CARRY.match(text):
        piece.lead = carry.town
    elif carry.place and takes_place(text):
        own_party = is_party(text, only=not carry.party) and (carry.party or text[-1] in "部委")
        piece.lead = carry.place + ("委" if own_party else "")


def _remember(carry: Carry, place: str, rest: str) -> None:
    """Keep the place that an item says, `rest` the words behind it."""
    of_town = _OF_TOWN.search(place) is not None
    carry.town = place if of_town else ""
    if not of_town or not carry.place or _OF_TOWN.search(carry.place):
        carry.place = place
        carry.party = rest[0] == "委" and len(rest) > 1


_NO_CARRY = regex.compile(
    r"机关党委|机关纪委|机关工会|国家|中央|国务院|全国|中国|中共|中华|人民银行|人行|国网|南网|中[铁交建冶核石粮化](?!\p{Han}?办)|驻|团[省市县区州]委|武警|海关|各|有关|相关|"
    r"其[他它]|所有|全[省市县区]|本级|同级|上级|下级|较大的市|街道办(?:事处)?$|街道办事处"
)


_SEVERAL = regex.compile("[两二三四五六七八九十][省市县区州]")
"""Several places by their short names: 长株潭三市人民政府."""
_GROUP_OF_PLACE = regex.compile("(?:水务|公交|城投|交投|文旅|燃气)集团(?:公司)?")
_BRANCH = regex.compile(
    r"民航\p{Han}{2,4}(?:监管|管理)局|(?:自然资源|交通运输|生态环境|水利|财政|商务)部\p{Han}{2,8}(?:局|中心|院)"
    r"|(?:华[东北南中]|[东西][南北]|[东南北黄]海|长江|黄河|淮河|珠江|海河|太湖|松辽)\p{Han}{2,10}|.{2,}(?:办公室|局|公司|银行|中心)\p{Han}{2,3}(?:办事处|分局|分公司|分行|支行|分中心)"
)
"""A branch that says itself where it is: 通信基础设施建设管理办公室青浦办事处."""


_TOWN = regex.compile(r"\p{Han}{1,8}(?:镇|乡|街道)(?:人民政府|政府|办事处|党委|党工委)")
"""A town's own name and its organ: 沱江镇人民政府."""


def is_of_town(text: str) -> bool:
    """Whether a name without a place is one of a town's offices: 水利站, 财政所."""
    head = head_of(text)
    return head is not None and head.of_town


def takes_place(text: str) -> bool:
    """Whether a name without a place takes over the one before it in a list."""
    group = "集团" in text and not _GROUP_OF_PLACE.fullmatch(text)
    if (
        _NO_CARRY.match(text)
        or group
        or "所在" in text
        or _SEVERAL.search(text)
        or _BRANCH.fullmatch(text)
    ):
        return False
    if has_place(text) or AREA_NAME.match(text) or _TOWN.fullmatch(text) or _of_county(text):
        return False
    head = head_of(text)
    return is_department(text) or (head is not None and head.carries)


@cache
def _county_stems() -> frozenset[str]:
    """What counties and districts are called by in the names of branches (盐都, 临沭), but for the
    words that departments' names are made of (公安, 资源)."""
    names = "\n".join(departments()[0])
    stems = {e["name"][:-1] for e in load("places") if not e["code"].endswith("00")}
    return frozenset(stem for stem in stems if 1 < len(stem) < 4 and stem not in names)


def _of_county(text: str) -> bool:
    """Whether a name opens with the short name of a county that it is a branch in, and goes on
    with what is a department's: 盐都生态环境局, 临沭公路事业发展中心."""
    if is_department(text):
        return False
    stems = _county_stems()
    return any(text[:n] in stems and _is_branch(text[n:]) for n in (2, 3))


def _is_branch(text: str) -> bool:
    return is_department(text) or _SERVICE.fullmatch(text) is not None


_SERVICE = regex.compile(r"(?:供电|电力|供水|燃气|邮政|烟草|通信)\p{Han}{0,6}(?:中心|公司|局)")
