"""Responsibility statements: where they stand in running text, and what they say.

`closing_statements` finds the parentheses and lines that close a task or a part of one. A sentence
that assigns a task (由市司法局组织实施) is found among its subjects, see `main_statement`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container
from dataclasses import replace

from extract import lazy as regex
from extract.lens import View, fold
from extract.rules.units.reading_rules import Order, OrderRule, find_order
from extract.rules.units.role_cues import (
    HOSTS,
    MEMBERS,
    Role,
    due_label_end,
    label_at,
    statement_start,
)
from extract.rules.units.statement_grammar import (
    Statement,
    apply_order,
    read_blanket,
    read_statement,
)
from extract.rules.units.unit_words import is_department, known_end, level_of
from extract.rules.units.units import UnitMention, read_units

__all__ = [
    "Order",
    "OrderRule",
    "Role",
    "Statement",
    "apply_order",
    "closing_statements",
    "read_statement",
]

_CUE = regex.compile(
    r"(?:单位|部门|机关|主体|科室|处室|牵头|责任|配合)\)?:|(?<=\()(?:责任|牵头|配合|主办)(?:单位|部门)(?!的)|牵头|负责|配合|参[加与]|落实|协[办助]|主办|承办|职责分工|指导\)|实施[,;)]|推进\)|为责任主体"
)
_STRAY = regex.compile(r"。|\([^()]*$")
"""Between a bracket and its first cue: the bracket belongs to other words before the statement."""
_NOTED = regex.compile(r"\((?:牵头|配合|主办|协办)\)(?=[、,;和及])")
"""The cue is a note behind a unit of the list: (市司法局(牵头)、市财政局)."""
_BRACKET = regex.compile(r"[()]")
_LINE_START = regex.compile(
    r"(?:\n(?P<bullet> ?(?:-{1,4}|[●○■□◆◇•▪▲△★☆※➢►✓◎·*]))|[\n。;)-]) ?"
    r"(?=\(?\p{Han}{2,12}(?:\([^()]*\))?\)?:)|\n(?=\(\p{Han}{2,8}\)\p{Han})"
    r"|(?P<lost>(?![各的为其等由定明关属个])\p{Han}|,)(?=(?:责任|牵头)(?:单位|部门):)"
    r"|(?P<lost>,)(?=(?:实施|落实|配合|承办)(?:单位|部门):)"
)
"""Where a line begins; `lost`: its break was lost before the label (…监管范围内责任单位：…)."""
_LINE_END = regex.compile(r"\n|。(?![^。\n]{0,16}(?:第一|首位|下同|不再))|$")


def closing_statements(view: View, opens: Container[str] = ()) -> list[tuple[int, int, Statement]]:
    """The responsibility statements in a paragraph: view offsets, brackets included, and what each
    says, in order. A bracket may lack its partner. `opens`: the weak labels (主办, 成员) that a
    line here may begin with."""
    text = view.text
    found: list[tuple[int, int, Statement]] = []
    if _CUE.search(text):
        found = _in_brackets(view)
        found += _lines(view, _taken(text, found), opens)
    found += _bare_lists(view, _taken(text, found))
    return sorted(found, key=lambda item: item[0])


def _taken(text: str, found: list[tuple[int, int, Statement]]) -> bytearray:
    """For each character, whether it stands in one of the statements."""
    taken = bytearray(len(text))
    for i, j, _ in found:
        taken[i:j] = b"\1" * (j - i)
    return taken


def _in_brackets(view: View) -> list[tuple[int, int, Statement]]:
    """Brackets that say a role, outer before inner."""
    text = view.text
    found = []
    end = 0
    for i, j in _brackets(text):
        cue = _CUE.search(text, i, j) if i >= end else None
        stray = _STRAY.search(text, i + 1, cue.start()) if cue else None
        if cue and stray and _NOTED.match(text, cue.start() - 1):
            stray = None
        if cue and (stray is None or _is_list(view, i + 1, stray.start())):
            statement = read_statement(view.part(i, j), acting=_CLOSES.match(text, j) is not None)
            if statement.is_statement:
                statement, end = _with_note(view, j, statement)
                found.append((i, end, statement))
    return found


_CLOSES = regex.compile(r"[。;]?(?:\n|$)")


def _with_note(view: View, j: int, statement: Statement) -> tuple[Statement, int]:
    """A statement that ends at an offset with what a bracket of its own behind it says, and where
    that ends: how the list is to be read (排在首位的为牵头单位), who answers for all that follows
    (以下均涉及各县区政府,不再列出)."""
    note = _NOTE.match(view.text, j)
    if note is None:
        return statement, j
    if statement.order is None and (said := find_order(view, *note.span())):
        return replace(statement, order=said[0]), note.end()
    if not statement.blanket and (blanket := read_blanket(view, *note.span(), statement)):
        return replace(statement, blanket=blanket), note.end()
    return statement, j


_NOTE = regex.compile(r"\((?:[^()\n]|\([^()\n]{1,12}\)){6,60}\)")


def _is_list(view: View, i: int, j: int) -> bool:
    """Whether nothing but units stands before a full stop in a bracket: (市财政局、市司法局。
    逗号前为牵头单位,下同)."""
    found = read_units(view, i, j)
    return len(found.units) > 1 and not found.unread


_BARE_LIST = regex.compile(
    r"(?<=[。;!])\(([^()。“”]++(?:\([^()]*\))?)++\)(?=。?(?:\n|$|\p{Han}|\((?:以下|后续|下列)))"
)


def _bare_lists(view: View, taken: bytearray) -> list[tuple[int, int, Statement]]:
    """Parentheses behind a full stop that hold nothing but units and when they are to be done:
    those that close the text or a part of it, none of which is taken. One unit alone closes if it
    is a department of the place (市司法局) or a class of each (各县区政府), and inside the text
    beside longer lists, taken or not."""
    spans = [found.span() for found in _BARE_LIST.finditer(view.text)] if ")" in view.text else []
    free = [span for span in spans if not any(taken[slice(*span)])]
    found: list[tuple[int, int, Statement]] = []
    alone: list[tuple[int, int, Statement]] = []
    for i, j in free:
        statement, end, closes = _bare_list(view, i, j)
        if closes is not None and not any(taken[j:end]):
            (found if closes else alone).append((i, end, statement))
    if alone and not found and not any(_bare_list(view, i, j)[2] for i, j in spans):
        return []
    return found + alone


def _bare_list(view: View, i: int, j: int) -> tuple[Statement, int, bool | None]:
    """A parenthesis as a list, where it ends, and whether it closes by itself; None for no list."""
    statement = read_statement(view.part(i, j), "responsible", cell=False)
    statement, end = _with_note(view, j, statement)
    units = [unit for unit, _ in statement.mentions]
    if not units or not all(_CLASS.fullmatch(fold(view.source[a:b])) for a, b in statement.unread):
        return statement, end, None
    if statement.unread:
        return replace(statement, is_statement=True), end, _CLOSES.match(view.text, end) is not None
    if len(units) > 1:
        return statement, end, True
    if any(map(_answers_alone, units)):
        return statement, end, not view.text[end : end + 2].strip("。\n")
    return statement, end, None


_CLASS = regex.compile(r"各[省市州县区旗乡镇](?!级)\p{Han}{2,14}")
"""A class of bodies whose kind is not known, beside units that are: 各市房地产融资协调机制."""
_CENTRAL = ("部", "委", "局", "署", "会", "银行", "办")


def _answers_alone(mention: UnitMention) -> bool:
    name = fold(mention.unit)
    if name.startswith(("地方各级", "各级")):
        return True
    level = level_of(name)
    if level is None:
        return name.endswith(_CENTRAL) and known_end(name, 0) == len(name)
    if level.each:
        return level.each == "各"
    return not mention.generic and is_department(_ITS_OFFICE.sub("", name[level.end :]))


_ITS_OFFICE = regex.compile(r"(?<=[局委厅部])\p{Han}{2,6}[处科股室]$")
"""区经济发展局农业处."""
_MOST_OPEN = 8
"""Brackets that stand open at a time. Where there are more, the outermost is none, so that no
character stands in more than so many."""


def _brackets(text: str) -> list[tuple[int, int]]:
    """Pairs of brackets, outer before inner; one that stays open reaches to the end of its line."""
    pairs: list[tuple[int, int]] = []
    opened: deque[int] = deque()
    for sign in _BRACKET.finditer(text):
        if sign[0] == "(":
            opened.append(sign.start())
        elif opened:
            pairs.append((opened.pop(), sign.end()))
        if len(opened) > _MOST_OPEN:
            at = opened.popleft()
            line = text.find("\n", at, sign.start())
            pairs += [(at, line)] if line >= 0 else []
    for at in opened:
        line = text.find("\n", at)
        pairs.append((at, len(text) if line < 0 else line))
    return sorted(pairs)


def _lines(view: View, taken: bytearray, opens: Container[str]) -> list[tuple[int, int, Statement]]:
    """Statements without brackets: 责任单位：…, to the end of their line or sentence, with the
    bullet before them; none begins at a character that is taken."""
    text = view.text
    found: list[tuple[int, int, Statement]] = []
    end = stop = 0
    # the text's start is one more line's start; asked for by itself it would cost at each character
    for start in _LINE_START.finditer("\n" + text):
        at = start.end() - 1
        if at < end:
            continue
        stop = stop if at < stop else _line_end(text, at)
        beside = (*HOSTS, MEMBERS) if found and at - end <= 1 else opens
        i = statement_start(text, at, stop, beside)
        if i < 0 or taken[i] or (start["lost"] and stop - i > _LONGEST_LOST):
            continue
        begin = start.start("bullet") - 1 if start["bullet"] and i == at else i
        end = stop
        while (text[end : end + 1] == "\n" and label_at(text, end + 1)) or _due_behind(text, end):
            end = _line_end(text, _due_behind(text, end) or end + 1)
        role = "responsible" if MEMBERS in beside else None
        statement = read_statement(view.part(i, end), role, cell=False)
        if start["lost"] and statement.unread:
            end = i
        elif statement.is_statement:
            found.append((begin, end, statement))
    return found


_LONGEST_LOST = 200
"""Characters of the longest statement that is read behind a break which was lost."""


def _line_end(text: str, i: int) -> int:
    stop = _LINE_END.search(text, i)
    return stop.start() if stop else len(text)


def _due_behind(text: str, end: int) -> int:
    """Where the words begin that say by when behind a statement: 责任单位：…。完成时限：6月底;
    0 where none do."""
    label = _NEXT_LABEL.match(text, end)
    due = due_label_end(text, label.end()) if label else 0
    return due + 1 if text[due : due + 1] == "\n" else due


_NEXT_LABEL = regex.compile(r"[。;][\n ]?|\n")
