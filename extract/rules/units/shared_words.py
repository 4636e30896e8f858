"""Words that a list says once for the names behind: 党委's place, 各, the house of its rooms.

Source: contract, responsibilities, rules 1 to 3 and 9.
"""

from __future__ import annotations

from itertools import pairwise

from extract import lazy as regex
from extract.rules.organs.departments import ROOM
from extract.rules.units.piece import EACH_LEVEL, TOGETHER, Piece, field_ending, opening
from extract.rules.units.unit_words import (
    bare,
    head_of,
    is_department,
    is_field,
    is_unit,
    level_of,
    place_end,
)

_PARTY_COMMITTEE = regex.compile(r"(?<place>.{1,24})党(?:委|工委)")
_BESIDE_PARTY = ("政府", "人民政府", "管委会", "管理委员会", "办事处")


def share_party_place(pieces: list[Piece]) -> None:
    """各省(区、市)党委和政府, 临港新区党工委、管委会: what stands before 党委 holds for both."""
    for before, piece in pairwise(pieces):
        if piece.lead or piece.text not in _BESIDE_PARTY:
            continue
        if found := _PARTY_COMMITTEE.fullmatch(before.full):
            piece.lead = found["place"]


_ANY_ZONE = regex.compile(
    r"(?:开发|产业|工业|功能|园)*(?:园区|开发(?:\([^()]{2,4}\))?区|功能区)(?:管委会?|管理委员会|管理机构)?"
)


_ONE_OF_EACH = regex.compile(
    "(?:人民)?(?:法院|检察院|政府)|党委|工会|共青团|妇联|残联|工商联|科协|红十字会"
    "|(?:便民|政务|公共|党群)服务(?:中心|站|大厅)"
)


_ONE_LEVEL = regex.compile("国务院|[省市州县区乡镇]级")


def share_each_level(pieces: list[Piece]) -> None:
    """各级人民法院、人民检察院; 国务院教育部门、财政部门: an organ that every level has, and a
    department by its field alone, take what stands before."""
    for before, piece in pairwise(pieces):
        if piece.lead or piece.mark not in TOGETHER:
            continue
        each = EACH_LEVEL.match(before.full)
        if each is None:
            continue
        own = piece.text.partition("及其")[0].removesuffix("组织")
        bare_name = _ONE_OF_EACH.fullmatch(own) and not _ONE_LEVEL.fullmatch(each[0])
        if bare_name or (field_ending(piece.text)[-1:] in ("门", "关") and not opening(piece.text)):
            piece.lead = each[0]


_CARRIER = regex.compile(r"(?:电信|移动|联通|铁塔|广电|广电网络|供电|供水|燃气|热力|自来水)")


def share_company(pieces: list[Piece]) -> None:
    """市电信、移动、联通公司: carriers by their short names take the ending and the place."""
    for at, last in enumerate(pieces):
        if not last.text.endswith("司") or not _CARRIER.fullmatch(last.text.removesuffix("公司")):
            continue
        run = [last]
        for piece in reversed(pieces[:at]):
            place = opening(piece.text)
            if not _CARRIER.fullmatch(piece.text, place) or piece.tail:
                break
            piece.tail = "公司"
            for later in run if place else ():
                later.lead = piece.text[:place]
            run.append(piece)
            if place:
                break


_KIND_OF_PLACE = regex.compile(
    r"(?:省辖|省直管|有关|相关|设区的?|试点|沿\p{Han}{1,2})(?P<kind>[市州县区旗])(?P<ending>人民政府|政府)"
)


def share_kind_of_place(pieces: list[Piece]) -> None:
    """郑州、开封等省辖市政府: the places before 等 take the kind and the ending."""
    for at, last in enumerate(pieces):
        found = _KIND_OF_PLACE.fullmatch(last.text) if last.after_etc else None
        for piece in reversed(pieces[:at]) if found else ():
            if piece.after_etc or piece.tail or not found:
                break
            if place_end(piece.text) == len(piece.text):
                piece.tail = found["ending"]
            elif place_end(piece.text + found["kind"]) == len(piece.text) + 1:
                piece.tail = found["kind"] + found["ending"]
            else:
                break


_KIND_OF_CITY = regex.compile("计划单列市|直辖市|(?:副省级|省会|试点|地级)城?市")


def share_each_school(pieces: list[Piece]) -> None:
    """各小学、幼儿园: 各 and 全部 hold for the kinds of schools, hospitals, cities that follow."""
    for before, piece in pairwise(pieces):
        every = next((word for word in ("各", "全部") if before.full.startswith(word)), "")
        if not every or piece.lead or piece.mark not in TOGETHER:
            continue
        if _KIND_OF_CITY.fullmatch(piece.text):
            piece.lead = every
        first, head = head_of(before.full), head_of(piece.text)
        if first is None or head is None or not first.kind == head.kind == "school":
            continue
        if piece.text.removesuffix(head.text) in ("", "镇", "乡", "乡镇", "村"):
            piece.lead = every


_SOME = regex.compile("(?:有关|相关)(?=[省市县区州])")
"""相关区、管委会: which of them, said once."""
_NAMELESS = ("地方", "管委会", "管理委员会")


def share_each_class(pieces: list[Piece]) -> None:
    """各县(市、区)政府、开发区管委会; 各审批部门、公共服务单位; 各开发区、区县(市)政府: 各 holds
    for a zone without a name, a class that nothing else limits, levels beside one another."""
    for before, piece in pairwise(pieces):
        some = _SOME.match(before.full)
        if (
            some
            and piece.text in (*_NAMELESS, "部门", "单位")
            and not piece.lead
            and piece.mark in TOGETHER
        ):
            piece.lead = some[0]
        if not before.full.startswith("各") or before.full.startswith("各级") or piece.lead:
            continue
        of = _ROLE_OF_WORK.fullmatch(before.full)
        if of and _OTHER_ROLE.fullmatch(piece.text) and piece.mark in TOGETHER:
            piece.lead = of["lead"]
            continue
        nameless = piece.text in _NAMELESS or _ANY_ZONE.fullmatch(piece.text)
        beside = piece.mark in TOGETHER and is_unit(before.full)
        if nameless or (beside and (_FREE_CLASS.fullmatch(piece.text) or _levels(piece.text))):
            piece.lead = "各"


_ROLE = "(?:牵头|责任|主办|实施|配合|协办|参与|承办)(?:部门|单位)"
_ROLE_OF_WORK = regex.compile(rf"(?P<lead>各\p{{Han}}{{2,8}}?){_ROLE}")
_OTHER_ROLE = regex.compile(_ROLE)
"""各场景牵头部门和配合部门: what the one has its role in holds for the other too."""
_FREE_CLASS = regex.compile(
    r"(?!各|有关|相关|其[他它]|所有|全|本|该|上述|同级|上级|下级|[省市县区州盟旗镇乡]|国|中央|中省|驻|地方|基层|政府)"
    r"\p{Han}{2,8}(?:部门|单位|科室|处室)(?:\([^()]{1,8}\))?"
)


def _levels(text: str) -> bool:
    """Whether a name is that of an organ of several levels: 区县(市)政府."""
    level = level_of(text)
    return level is not None and not level.each and 1 < level.end < len(text)


_SHARED_CLASS = regex.compile(
    r"(?P<own>(?!各|有关|相关|其[他它]|所有|上述)\p{Han}{2,8}?)"
    r"(?P<class>(?:行政|业务)?(?:主管)?(?:部门|机构|单位)(?:\([^()]{1,8}\))?)"
)
_CLASSES = ("部门", "机构", "单位", ")")
"""What such names end with; asked first, to save time."""


def share_class(pieces: list[Piece]) -> None:
    """医保、医疗、医药主管部门; 各项任务牵头、责任单位: kinds of work that no lexicon knows share
    the class behind the last of them."""
    for at, last in enumerate(pieces):
        if last.lead or last.after_etc or not last.text.endswith(_CLASSES):
            continue
        found = _SHARED_CLASS.fullmatch(last.text)
        if found is None or is_field(found["own"]):
            continue
        for one, behind in zip(reversed(pieces[:at]), reversed(pieces[1 : at + 1]), strict=True):
            whole = one.text + found["class"]
            unclear = (
                is_unit(one.text) or one.tail or one.after_etc or not _WORK.fullmatch(one.text)
            )
            if behind.mark not in TOGETHER or unclear or not is_unit(whole):
                break
            one.tail = found["class"]


_WORK = regex.compile(r"\p{Han}{1,9}[\p{Han}--人者家方业员户队]", regex.V1)
"""A kind of work, not who does it: 采购人、采购代理机构."""


_OF_RANK = regex.compile(r"[市州盟县区旗](?:人民政府|政府|行政公署|行署)")
_EACH_OF_RANK = regex.compile(rf"各{_OF_RANK.pattern}")
"""各盟行政公署、市人民政府: two kinds of division of one rank, each of both."""


def share_each_place(pieces: list[Piece]) -> None:
    """各区政务服务局、区民政局: the department of a level without a name is one of each."""
    for before, piece in pairwise(pieces):
        first, level = level_of(before.full), level_of(piece.text)
        if first is None or level is None or not first.each or level.each:
            continue
        beside = _EACH_OF_RANK.fullmatch(before.full) and _OF_RANK.fullmatch(piece.text)
        if beside and first.rank == level.rank and piece.mark in TOGETHER:
            piece.lead = "各"
            continue
        each = "各" + piece.text[: level.end]
        whole = before.full.startswith(("级", "直", "属"), len(each))
        same = before.full.startswith(each) and not whole
        if same and not piece.lead and piece.mark in TOGETHER:
            piece.lead = "各"


def share_house(pieces: list[Piece]) -> None:
    """市场监管厅登记注册局、信用监督管理处: rooms without a house are of the one before."""
    house = ""
    for before, piece in pairwise(pieces):
        text = piece.text
        if piece.mark not in TOGETHER or not ROOM.fullmatch(text) or _stands(text):
            house = ""
            continue
        house = house or _house(bare(before.full))
        if house:
            piece.lead = house


def _stands(text: str) -> bool:
    """Whether a name has a place or a house, or is a department that needs none."""
    housed = bool(opening(text)) or _house_end(text, 0) > 0
    return housed or (is_department(text) and text[-2:] != "中心")


def _house(text: str) -> str:
    """The department whose room a name is: 省财政厅 of 省财政厅国库处; nothing for none."""
    end = _house_end(text, opening(text))
    own = end and ROOM.fullmatch(text, end) and not opening(text[end:])
    return text[:end] if own else ""


def _house_end(text: str, start: int) -> int:
    """Where the department ends that a name from a place on begins with; 0 for none."""
    for end in range(len(text) - 2, start + 2, -1):
        if text[end - 1] in "局厅委" and is_department(text[start:end]):
            return end
    return 0
