"""Lists of units: cut into names, each spelled out as the text would say it in full.

Reads 市、县（区）司法局，市委组织部、财政局等部门 (contract, responsibilities, rules 1 to 6 and 9).
The cut is made here; what items of a list share is given back in `coordination`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from extract import lazy as regex
from extract.lens import View
from extract.rules.units.carrying import Carry
from extract.rules.units.coordination import spell_out
from extract.rules.units.piece import Piece
from extract.rules.units.unit_words import (
    is_bare_class,
    is_department,
    is_generic,
    is_inside_name,
    is_unit,
    joined_departments,
    kind_end,
    level_of,
    names_work,
)


class UnitMention(NamedTuple):
    """A unit named in the text. `unit`: spelled out, own characters; `char_start`, `char_end`: what
    names it (for a coordinated one its own part); `item`: its place in the written list, the same
    for those that one written item stands for (市、县司法局); `noted`: the role that a note gives
    (* and (牵头): lead, (配合): support)."""

    unit: str
    char_start: int
    char_end: int
    open_set: bool = False
    noted: str = ""
    generic: bool = False
    item: int = 0

    def moved(self, by: int) -> UnitMention:
        """The same words so many characters further on."""
        return self._replace(char_start=self.char_start + by, char_end=self.char_end + by)


class UnitList(NamedTuple):
    """The units of a list and the view offsets of the pieces that are none."""

    units: tuple[UnitMention, ...]
    unread: tuple[tuple[int, int], ...] = ()


def cut_units(view: View, i: int, j: int) -> list[UnitMention]:
    """The units of the list in view.text[i:j], in its order."""
    return list(read_units(view, i, j).units)


def read_units(
    view: View, i: int, j: int, carry: Carry | None = None, cell: bool = False
) -> UnitList:
    """As `cut_units`, with what could not be read. `carry`: the place an earlier list has said;
    `cell`: the list is a table cell, whose lines may have run together."""
    found = _pieces(view.text, i, j)
    if cell:
        found = [part for piece in found for part in _run_together(view.text, piece)]
    spelled = spell_out(found, carry if carry is not None else Carry())
    pieces = [part for piece in spelled for part in _with_its_own(piece)]
    units: list[UnitMention] = []
    unread: list[tuple[int, int]] = []
    for piece in pieces:
        if is_unit(piece.full):
            units.append(_mention(view, i, j, piece))
        elif not (piece.after_etc and is_bare_class(piece.text)):
            unread.append((piece.start, piece.end))
    return UnitList(tuple(units), tuple(unread))


def _mention(view: View, i: int, j: int, piece: Piece) -> UnitMention:
    start, end = view.span(piece.start, piece.end)
    own = piece.text
    if len(own) == piece.end - piece.start:
        own = "".join(view.quote(piece.start, piece.end).split())
    defined = "(" in piece.text and len(own) == len(piece.text)
    for found in _DEFINED.finditer(piece.text) if defined else ():
        own = own[: found.start()] + own[found.end() :]
    return UnitMention(
        _as_printed(view, i, j, piece.lead) + own + _as_printed(view, i, j, piece.tail),
        start,
        end,
        piece.open_set,
        piece.noted,
        is_generic(piece.full),
        piece.item,
    )


_DEFINED = regex.compile(r"\((?:含|包括|不含|以下|下同|简称|即)[^()]*\)(?=\p{Han})")


def _as_printed(view: View, i: int, j: int, borrowed: str) -> str:
    """Words of the list that an item borrows, with their brackets as the paper has them."""
    if "(" not in borrowed:
        return borrowed
    own = borrowed.removeprefix("各")
    at = view.text.find(own, i, j)
    if at < 0:
        return borrowed
    return borrowed[: -len(own)] + "".join(view.quote(at, at + len(own)).split())


# --- the cut ------------------------------------------------------------------------------------

_MARK = regex.compile(
    r"(?=[()〈〉、,;·/ \n。以\d①-⑳及和与或等组])"  # asked first: few characters are marks
    r"(?:[()〈〉]|以及|[、,;·/ \n。]|(?<=\p{Han})(?:\d{1,2}[.)](?=\p{Han})|[①-⑳])"
    r"|及(?!时|其(?![他它余]))|和|(?<!参)与|或者?|等|(?<=政府|[局委厅办])组织(?=各|有关|相关))"
)
_ONE_NAME = regex.compile(r"各(?:有关|相关)?(?:部、)?委、(?:办、)?局|各委办、?局|各部、委")
_QUOTED = regex.compile(r"“[^“”\n]{1,20}”")
_ETC = regex.compile(
    r"(?<![高中初平同对均特优])等"
    r"(?=$|[、,;· \n/)。]|以及|[和与及]|(?:\d+|[多一二三四五六七八九十]+)?个?"
    r"(?:有关|相关|各|国务院|中央|省|市|县|区|州|盟|旗|镇|乡|[厅局委][直属]|\p{Han}{2,8}领域|部门|单位|机关|机构|群团|群众团体|人民团体|企业|处室|科室|成员|责任|职能|行业|行政|主管|管理|监管|金融机构)"
    r"|\p{Han}{2,14}(?:部门|单位|机构)(?=$|[、,;·)]|[和与及]))"
)
_DEFINING = regex.compile(
    r"[(〈](?:含|包括|以下|下同|简称|即|不含)|(?:除外|下同)[)〉]$|以下(?:统)?称"
)
_LEADING = regex.compile(
    r"(?:[\s*★☆※▲]|\d{1,2}[.)]|[①-⑳]|由(?=\p{Han})|[:。,、]|"
    r"(?:以及|[和与及])(?=各|有关|相关|所在|地方))+"
)
_TRAILING = regex.compile(r"(?r)[\s*★☆※▲。.:]+")
_NOTE = regex.compile(
    r"[(〈](?:(?P<lead>总?牵头|主办|主责)|(?P<support>配合|协助|协办|参与))(?:单位|部门)?[)〉]$"
)


def _pieces(text: str, i: int, j: int) -> list[Piece]:
    """The items between the separators of the list, 等 resolved."""
    pieces: list[Piece] = []
    closed = 0
    for a, b, mark in _cut(text, i, j):
        piece = _trim(text, a, b, mark)
        if mark == "等":
            for earlier in pieces[closed:]:
                earlier.open_set = True
            closed = len(pieces)
        if piece is None:
            continue
        piece.after_etc = mark == "等"
        pieces.append(piece)
    return pieces


_ITS_OWN = regex.compile(
    r"(?P<head>.*(?:政府|党委))及其(?P<own>(?:有关|相关|所属|职能|工作|各)*(?:部门|单位|机构))"
)


_SIDE_BY_SIDE = regex.compile(
    r"(?P<first>各(?!级)[^各、]{0,11}[区县市镇道乡地旗州\)])(?P<second>各(?:有关|相关|职能)?(?:部门|单位).{0,8})"
)
"""各地各部门, 各县(区)各有关单位: two classes without a mark between them."""


def _with_its_own(piece: Piece) -> list[Piece]:
    """县级以上政府及其有关部门: the governments, and the departments that they have."""
    each = piece.text.startswith("各")
    if each and (beside := _SIDE_BY_SIDE.fullmatch(piece.text)):
        return _apart(piece, beside["first"], beside["second"])
    whose = piece.tail or piece.text
    found = _ITS_OWN.fullmatch(whose) if "及其" in whose else None
    if found is None:
        return [piece]
    head, whole = found["head"], found["head"] + found["own"]
    if piece.tail:
        return [replace(piece, tail=head), replace(piece, tail=whole)]
    return [replace(piece, text=head), replace(piece, text=whole)]


def _apart(piece: Piece, first: str, second: str) -> list[Piece]:
    """Two classes that one piece names; where a space stood in it, both have its span."""
    if len(piece.text) < piece.end - piece.start:
        return [replace(piece, text=first), replace(piece, text=second)]
    at = piece.start + len(first)
    return [replace(piece, text=first, end=at), replace(piece, text=second, start=at)]


def _cut(text: str, i: int, j: int) -> list[tuple[int, int, str]]:
    """Start, end and the mark before it of each item; brackets are kept whole."""
    cuts: list[tuple[int, int, str]] = []
    kept: list[tuple[int, int]] | None = None  # looked for at the first mark: most lists have none
    start, mark, depth, skip = i, "", 0, i
    for found in _MARK.finditer(text, i, j):
        a, b = found.span()
        sign = found[0]
        if sign in "(〈":
            depth += 1
        elif sign in ")〉":
            depth = max(0, depth - 1)
        if sign in "()〈〉" or a < skip or (depth and _closes(text, a, j)):
            continue
        if kept is None:
            kept = _kept_spans(text, i, j)
        inside = next((end for begin, end in kept if begin <= a < end), 0) if kept else 0
        if inside:
            skip = inside
            continue
        if _separates(text, start, found, j):
            depth = 0
            cuts.append((start, a, mark))
            start, mark = b, sign
    cuts.append((start, j, mark))
    return cuts


_JOINING = "、和与及"
_CENTRAL_AND_OWN = regex.compile(r"中、省(?:、\p{Han})?(?=驻)")
_HELD_BY = {"各": _ONE_NAME, "“": _QUOTED, "中": _CENTRAL_AND_OWN}
"""Names that hold a separator, by the sign that they begin with."""


def _kept_spans(text: str, i: int, j: int) -> list[tuple[int, int]]:
    """Spans that hold a separator and are one name: 工业和信息化, 各委、办、局, “人、财、物”."""
    if not any(text.find(sign, i, j) >= 0 for sign in _JOINING):
        return []
    patterns = [pattern for sign, pattern in _HELD_BY.items() if text.find(sign, i, j) >= 0]
    patterns.append(joined_departments())
    return [found.span() for pattern in patterns for found in pattern.finditer(text, i, j)]


def _closes(text: str, at: int, j: int) -> bool:
    """Whether the bracket that is open at `at` closes before the list ends."""
    depth = 1
    for found in _BRACKET.finditer(text, at, j):
        depth += 1 if found[0] in "(〈" else -1
        if not depth:
            return True
    return False


_BRACKET = regex.compile(r"[()〈〉]")
_ITEM_END = regex.compile(r"[、,;·()〈〉 \n。]|以及|及|和|与|或者?|等")


_GENERIC_END = regex.compile(r"(?:主管|行政)?部门$")


_OTHERS_THAT = regex.compile(r"其[他它]\p{Han}{2,16}的(?:部门|单位|机构|组织|企业)")
"""智库和其他承担科研任务的单位: what follows is a class of its own."""
_ENDS_OTHERWISE = regex.compile("的|其[他它]")


def _separates(text: str, start: int, found: regex.Match[str], j: int) -> bool:
    """Whether the sign ends an item: a word like 和 only between names, a space only after one."""
    sign = found[0]
    a, b = found.span()
    if sign in "、,;·/。" or (not sign[0].isalpha() and sign not in " \n()〈〉"):
        return True
    if is_inside_name(text, start, a):
        return False
    if sign == "等":
        return _ETC.match(text, a, j) is not None
    left = text[start:a].lstrip("*★ ")
    if sign in " \n":
        return is_unit(left.rstrip("*★)")) or left.endswith(("*", "★"))
    stop = _ITEM_END.search(text, b, j)
    right = text[b : stop.start() if stop else j]
    widened = stop is not None and stop[0] in "(〈"
    if is_bare_class(right) or (len(right) < 2 and not widened):
        return False
    if _OTHERS_THAT.match(right) and not _ENDS_OTHERWISE.search(left):
        return True
    if kind_end(left) == len(left) or (left in ("国家", "中央") and level_of(right)):
        return True
    level = level_of(left)
    if names_work(left[level.end if level else 0 :]):
        return names_work(_GENERIC_END.sub("", right))
    if is_bare_class(left) and text[:start].endswith("等"):
        return True
    return is_unit(left) or (level is not None and left[level.end :] in ("", "级"))


def _trim(text: str, a: int, b: int, mark: str) -> Piece | None:
    """The item without marks around it, list numbers and parentheses that define; None if empty."""
    noted = ""
    # a letter at either end, as most items have, is no mark; only these words lead in
    plain = a < b and text[a].isalpha() and text[a] not in "由以和与及"
    lead = None if plain else _LEADING.match(text, a, b)
    if lead:
        noted = "lead" if any(c in "*★" for c in lead[0]) else ""
        a = lead.end()
    while a < b and not text[b - 1].isalpha():
        if text[b - 1] in ")〉" and not _last_paren(text, a, b):
            b -= 1
            continue
        trail = _TRAILING.match(text, a, b)
        if trail:
            noted = "lead" if any(c in "*★" for c in trail[0]) else noted
            b = trail.start()
            continue
        paren = _last_paren(text, a, b)
        if not paren:
            break
        note = text[paren:b]
        if said := _NOTE.match(note):
            noted = str(said.lastgroup)
        elif not _DEFINING.search(note):
            break
        b = paren
    if a >= b:
        return None
    return Piece(a, b, text[a:b].replace(" ", "").replace("\n", ""), mark, noted=noted)


_SEAM = regex.compile(r"[局委办厅院部会署](?=[省市县区州旗])")


def _run_together(text: str, piece: Piece) -> list[Piece]:
    """市司法局市财政局 (lines of a cell, run together) are two; anything less certain stays one."""
    for seam in _SEAM.finditer(text, piece.start, piece.end):
        at = seam.end()
        if _is_plain(text[piece.start : at]) and _is_last(text[at : piece.end]):
            first = replace(piece, end=at, text=text[piece.start : at])
            return [first, replace(piece, start=at, text=text[at : piece.end], mark="")]
        if _is_plain(text[piece.start : at]):
            first = replace(piece, end=at, text=text[piece.start : at])
            rest = _run_together(text, replace(piece, start=at, text=text[at : piece.end], mark=""))
            if len(rest) > 1:
                return [first, *rest]
    return [piece]


def _is_plain(name: str) -> bool:
    level = level_of(name)
    return level is not None and is_department(name[level.end :])


def _is_last(name: str) -> bool:
    """Whether a name with its level can follow another one; not where a third begins inside it."""
    return is_unit(name) and (_is_plain(name) or _SEAM.search(name) is None)


def _last_paren(text: str, a: int, b: int) -> int:
    """Where the parenthesis that closes text[a:b] begins; 0 for none."""
    if text[b - 1] not in ")〉":
        return 0
    depth = 0
    for at in range(b - 1, a - 1, -1):
        depth += (text[at] in ")〉") - (text[at] in "(〈")
        if not depth:
            return at
    return 0
