"""Coordinated names spelled out: what one item of a list leaves to the items beside it.

A list of units says once what holds for several of them: a place (市司法局、财政局), a head
(市、县(区)司法局), an ending (忻州、长治市人民政府; 县财政、民政等部门). Here every item gets back
what it left out (contract, responsibilities, rules 1 to 3 and 9).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extract import lazy as regex
from extract.rules.units.carrying import Carry, carry_place
from extract.rules.units.piece import TOGETHER, Piece, field_ending, opening
from extract.rules.units.shared_words import (
    share_class,
    share_company,
    share_each_class,
    share_each_level,
    share_each_place,
    share_each_school,
    share_house,
    share_kind_of_place,
    share_party_place,
)
from extract.rules.units.unit_words import (
    head_of,
    is_bare_class,
    is_department,
    is_unit,
    kind_end,
    level_of,
    names_work,
    place_end,
)


def spell_out(pieces: list[Piece], carry: Carry) -> list[Piece]:
    """The items with what they left out; `carry` is the place said before, and is kept up."""
    pieces = _merge_counties(_merge_levels(_merge_classes(pieces)))
    for number, piece in enumerate(pieces):
        piece.item = number
    if len(pieces) > 1:
        _share_heads(pieces)
        _share_kinds(pieces)
        pieces = _share_fields(pieces)
        _share_endings(pieces)
        pieces = _share_levels_on(pieces)
        share_party_place(pieces)
        share_kind_of_place(pieces)
        share_company(pieces)
        share_class(pieces)
        share_each_level(pieces)
        # asked before: few lists speak of each of something
        if any(piece.text.startswith(("各", "全部", "有关", "相关")) for piece in pieces):
            share_each_class(pieces)
            share_each_place(pieces)
            share_each_school(pieces)
        share_house(pieces)
    rooms = len(pieces) > 1 and _are_rooms(pieces)
    for piece in pieces:
        if not rooms or is_department(piece.text) or level_of(piece.text) or place_end(piece.text):
            carry_place(piece, carry)
    return pieces


def _joined(run: list[Piece], between: str) -> Piece:
    first, last = run[0], run[-1]
    text = first.text + "".join((p.mark or between) + p.text for p in run[1:])
    return Piece(first.start, last.end, text, first.mark, noted=first.noted, whole=True)


def _merge_classes(pieces: list[Piece]) -> list[Piece]:
    """市直各部门、单位 and 有关部门和单位 are one."""
    merged: list[Piece] = []
    for piece in pieces:
        head = head_of(merged[-1].text) if merged else None
        if (
            head is not None
            and head.kind == "class"
            and piece.mark != "等"
            and is_bare_class(piece.text)
        ):
            merged[-1] = _joined([merged[-1], piece], "、")
        else:
            merged.append(piece)
    return merged


_LEVELS_TOGETHER = regex.compile(r"(?:各)?[两二三四]级")


def _is_level(text: str) -> bool:
    level = level_of(text)
    return level is not None and text[level.end :] in ("", "级")


def _merge_levels(pieces: list[Piece]) -> list[Piece]:
    """市、县两级司法行政部门 and 各省、自治区、直辖市人民政府 are one class each."""
    merged: list[Piece] = []
    for piece in pieces:
        level = level_of(piece.text)
        run = len(merged)
        if level is not None and _LEVELS_TOGETHER.match(piece.text, level.end):
            while run and _is_level(merged[run - 1].text):
                run -= 1
        elif piece.text.startswith("直辖市") and _are_provinces(merged[-2:]):
            run -= 2
        else:
            merged.append(piece)
            continue
        merged[run:] = [_joined([*merged[run:], piece], "、")]
    return merged


_EACH_COUNTY = frozenset(("各县", "各区", "各旗"))
_COUNTY_LEVEL = regex.compile(r"[县区旗市](?![(直属级])")


def _merge_counties(pieces: list[Piece]) -> list[Piece]:
    """各县、市、区政府 is one class: three kinds of division, all of the county level; a city that
    stands first is of the level above: 各市、县、区政府 are three."""
    merged: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        goes_on = bool(run) and _is_level(run[-1].text) and piece.mark == "、"
        if not (goes_on and _COUNTY_LEVEL.match(piece.text) and level_of(piece.text)):
            merged += _as_counties(run)
            run = []
        (run if run or piece.text in _EACH_COUNTY else merged).append(piece)
    return merged + _as_counties(run)


def _as_counties(run: list[Piece]) -> list[Piece]:
    return [_joined(run, "、")] if len(run) > 2 else run


def _are_provinces(pieces: list[Piece]) -> bool:
    texts = [piece.text for piece in pieces]
    return (
        len(texts) == 2 and texts[0] in ("省", "各省", "有关省", "相关省") and texts[1] == "自治区"
    )


_AND = ("及", "和", "与", "以及")
_OF_ZONES = regex.compile(r"(?:功能区|开发区|园区)(?P<head>\p{Han}{2,12}部门)")
"""各区县(市)及功能区教育部门: what the zones have stands for the divisions too."""


def _share_heads(pieces: list[Piece]) -> None:
    """市、县(区)司法局: the level alone takes the head of the next; 各 holds for all of them."""
    for before, piece in pairwise(pieces):
        level = level_of(piece.text)
        if before.text in ("国家", "中央") and level is not None and level.end < len(piece.text):
            before.tail = piece.text[level.end :].removeprefix("级")
        zone = _OF_ZONES.fullmatch(piece.text) if _is_level(before.text) else None
        if zone and piece.mark in _AND:
            before.tail = zone["head"]
    start = 0
    while start < len(pieces):
        end = start
        while end < len(pieces) and _is_level(pieces[end].text) and not pieces[end].whole:
            end += 1
        if end > start:
            _share_head(pieces[start:end], pieces[end] if end < len(pieces) else None)
        start = end + 1


def _share_head(levels: list[Piece], last: Piece | None) -> None:
    first = level_of(levels[0].text)
    assert first is not None
    if last is not None and _shares(levels, last):
        level = level_of(last.text)
        assert level is not None
        head = last.text[level.end :]
        for piece in levels:
            piece.tail = head.removeprefix("级") if piece.text.endswith("级") else head
            piece.item = levels[0].item
        last.item = levels[0].item
        levels = [*levels, last]
    if first.each:
        for piece in levels[1:]:
            if not piece.text.startswith(first.each):
                piece.lead = first.each
                piece.item = levels[0].item


def _share_levels_on(pieces: list[Piece]) -> list[Piece]:
    """各市、县(区)市场监管局、审批服务管理局: a department behind levels that share a head is of
    all of them."""
    kept: list[Piece] = []
    levels: list[Piece] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before and before.item == piece.item and level_of(piece.text):
            levels = [*(levels or [before]), piece]
        elif not (levels and piece.mark in TOGETHER and _of_levels(piece.text)):
            levels = []
        if levels and piece is not levels[-1]:
            kept.extend(replace(piece, lead=_level_words(level)) for level in levels)
        else:
            kept.append(piece)
    return kept


def _of_levels(text: str) -> bool:
    """Whether a level has such a department; a board without its zone is no division's."""
    return is_department(text) and _OF_ZONE.fullmatch(text) is None


def _level_words(piece: Piece) -> str:
    level = level_of(piece.full)
    return piece.full[: level.end] if level else ""


_GOVERNMENTS = ("政府", "人民政府", "党委政府")


def _shares(levels: list[Piece], last: Piece) -> bool:
    """Whether a run of bare levels leaves its head to the next item: not 各县区、市直各部门."""
    level = level_of(last.text)
    first = level_of(levels[-1].text)
    if level is None or first is None or last.mark in (",", ";", "\n", "等"):
        return False
    rest = last.text[level.end :]
    if not rest or rest[0] in "直属" or (level.each and not first.each):
        return False
    if first.each and not level.each:
        one_each = len(levels[0].text) == 2 and rest in _GOVERNMENTS
        return level.rank >= first.rank or one_each
    return not (first.each and level.each)


_MIDDLE = regex.compile(r"(?P<of>\p{Han}*?)中")


def _share_kinds(pieces: list[Piece]) -> None:
    """公办、民办学校 and 普通中、小学: the kind alone takes the ending of the next."""
    for piece, last in reversed(list(pairwise(pieces))):
        kind = kind_end(last.text)
        middle = _MIDDLE.fullmatch(piece.text) if last.text == "小学" else None
        if kind and kind_end(piece.text) == len(piece.text):
            piece.tail = last.text[kind:] + last.tail
        elif middle:
            piece.tail = last.text[1:]
            last.lead = middle["of"]


_CLASS = regex.compile(
    r"(?P<some>有关|相关|各有关|各相关|\p{Han}{2,8}领域(?:有关|相关)?)?(?P<ending>(?:行政管理|行政主管|行业主管|行业管理|业务主管|主管|职能|管理)?(?:部门|单位|机关))"
    r"(?:[、和及](?:部门|单位|机构|机关))?"
)


def _share_fields(pieces: list[Piece]) -> list[Piece]:
    """县财政、政务服务管理等部门 and 发展改革、财政部门: fields of work that share an ending."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.after_etc and is_bare_class(piece.text):
            _give_ending(kept, piece.text.lstrip("0123456789多一二三四五六七八九十两个"))
            continue
        found = _CLASS.fullmatch(piece.text) if piece.after_etc else None
        if found:
            shared, _ = _give_ending(kept, found["ending"], only_fields=not _any_field(kept))
            if shared and not found["some"]:
                continue
        ending = field_ending(piece.text)
        if ending:
            _, place = _give_ending(kept, ending, only_fields=True)
            if place and not opening(piece.text):
                piece.lead = place
        kept.append(piece)
    return kept


_MOST_FIELDS = 40
"""Items of a list that one ending is shared among."""


def _any_field(pieces: list[Piece]) -> bool:
    return any(_is_field_item(piece.text, True) for piece in pieces[-_MOST_FIELDS:])


def _give_ending(pieces: list[Piece], ending: str, only_fields: bool = False) -> tuple[int, str]:
    """Give the ending to the fields that close the list so far, and their place to each of them;
    units among them keep their own. How many were given it, and the place."""
    fields: list[Piece] = []
    for piece in pieces[: -_MOST_FIELDS - 1 : -1]:
        if piece.tail or piece.after_etc:
            break
        if _is_field_item(piece.text, only_fields):
            fields.append(piece)
        elif not is_unit(piece.text):
            break
    place = ""
    for piece in reversed(fields):
        end = opening(piece.text)
        place = piece.text[:end] or place
        if not end:
            piece.lead = place
        piece.tail = ending.removeprefix("行政") if piece.text.endswith("行政") else ending
    return len(fields), place


_NAMED_BODY = regex.compile(
    r"(?:植物园|动物园|[研农林科社园]科?院|研究所|[指推防检]\p{Han}站|公司|集团|银行)$"
)
"""A body with a name of its own, though no table knows it: 上海植物园等单位."""


def _is_field_item(text: str, only_fields: bool) -> bool:
    stem = text[opening(text) :]
    if names_work(stem.removesuffix("行政")):
        return True
    if only_fields or _NAMED_BODY.search(text):
        return False
    return 2 <= len(stem) <= 10 and not is_unit(text) and is_unit(text + "部门")


_ENDING = regex.compile(r"(?:人民政府|政府|管理委员会|管委会|党工委管委会|党工委|工委|办事处)$")


_OF_ZONE = regex.compile("管理委员会|管委会")
"""The board of a zone; a division has a government: 浦东新区、临港新片区管委会."""


def _share_endings(pieces: list[Piece]) -> None:
    """忻州、长治市人民政府; 示范区、开发区管委会: places take the last one's ending."""
    for at in range(len(pieces) - 1, 0, -1):
        last = pieces[at]
        level = level_of(last.text)
        if level is not None or last.tail or last.after_etc:
            continue
        place = place_end(last.text)
        found = _ENDING.search(last.text)
        end = found.start() if found else place
        if not end or end == len(last.text):
            continue
        for piece in reversed(pieces[:at]):
            tail = _place_tail(piece, last.text, end, place)
            if not tail:
                break
            piece.tail = tail


def _place_tail(piece: Piece, last: str, end: int, place: int) -> str:
    """What a place takes from the last of its list; nothing where it is no place of that kind."""
    text = piece.text
    if piece.tail or level_of(text) is not None or text.startswith("各"):
        return ""
    if place and place_end(text + last[place - 1]) == len(text) + 1:
        return last[place - 1 :]
    if place_end(text) == len(text) and _OF_ZONE.search(last):
        return ""
    head = head_of(text)
    if head is None or head.kind not in ("place", "area") or not is_unit(text):
        return ""
    other = head_of(last[:end])
    return last[end:] if other is not None and other.kind in ("place", "area") else ""


_ROOM = regex.compile(r"\p{Han}{2,14}处")


def _are_rooms(pieces: list[Piece]) -> bool:
    """Whether a list is one of a house's rooms (质量发展处、计量处、省局信息中心), none of which
    takes a place that another of the list has."""
    rooms = [piece.text for piece in pieces if piece.text.endswith("处")]
    heads = [head_of(room) for room in rooms if _ROOM.fullmatch(room)]
    return sum(head is not None and not head.carries for head in heads) > 1
