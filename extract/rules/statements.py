"""Responsibility statements: where they stand in running text, and what they say.

`closing_statements` finds the parentheses and lines that close a task or a part of one;
`assigning_clauses` the sentences that assign it: 由市司法局会同市财政局组织实施.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.coordination import Carry
from extract.rules.reading_rules import OrderRule
from extract.rules.role_cues import Role, label_at
from extract.rules.rule import rule
from extract.rules.statement_grammar import Statement, apply_order, read_statement
from extract.rules.units import UnitMention, read_units

__all__ = [
    "Assignment",
    "OrderRule",
    "Role",
    "Statement",
    "apply_order",
    "assigning_clauses",
    "closing_statements",
    "read_statement",
]

_CUE = regex.compile(
    r"(?:单位|部门|机关|主体|牵头|责任|配合)\)?:|牵头|负责|配合|参[加与]|落实|协[办助]|主办|承办|职责分工"
)
_STRAY = regex.compile(r"。|\([^()]*$")
"""Between a bracket and its first cue: the bracket belongs to other words before the statement."""
_BRACKET = regex.compile(r"[()]")
_LINE_START = regex.compile(r"(?:^|[\n。;)])[ ]?(?=\(?\p{Han}{2,12}(?:\([^()]*\))?\)?:)")
_LINE_END = regex.compile(r"\n|。(?![^。\n]{0,16}(?:第一|首位|下同|不再))|$")


def closing_statements(view: View) -> list[tuple[int, int, Statement]]:
    """The responsibility statements in a paragraph: view offsets, brackets included, and what each
    says, in order. A bracket may lack its partner."""
    text = view.text
    found = _bare_lists(view)
    if _CUE.search(text) is None:
        return found
    end = 0
    for i, j in _brackets(text):
        cue = _CUE.search(text, i, j) if i >= end else None
        if cue and not _STRAY.search(text, i + 1, cue.start()):
            statement = read_statement(view.part(i, j))
            if statement.is_statement:
                found.append((i, j, statement))
                end = j
    found += _lines(view, found)
    return sorted(found, key=lambda item: item[0])


_BARE_LIST = regex.compile(r"(?<=[。;!])\(([^()。:;“”]++(?:\([^()]*\))?)++\)(?=。?(?:\n|$))")


def _bare_lists(view: View) -> list[tuple[int, int, Statement]]:
    """A parenthesis behind the last full stop that holds nothing but two units or more."""
    found = []
    for match in _BARE_LIST.finditer(view.text) if ")" in view.text[-2:] else ():
        i, j = match.span()
        listed = read_units(view, i + 1, j - 1)
        plain = [u for u in listed.units if not u.generic]
        if not listed.unread and len(listed.units) > 1 and plain:
            mentions = tuple((unit, "responsible") for unit in listed.units)
            found.append((i, j, Statement(True, mentions)))
    return found


def _brackets(text: str) -> list[tuple[int, int]]:
    """Pairs of brackets, outer before inner; one that stays open reaches to the end of its line."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for sign in _BRACKET.finditer(text):
        if sign[0] == "(":
            opened.append(sign.start())
        elif opened:
            pairs.append((opened.pop(), sign.end()))
    for at in opened:
        line = text.find("\n", at)
        pairs.append((at, len(text) if line < 0 else line))
    return sorted(pairs)


def _lines(view: View, taken: list[tuple[int, int, Statement]]) -> list[tuple[int, int, Statement]]:
    """Statements without brackets: 责任单位：…, to the end of their line or sentence."""
    text = view.text
    found: list[tuple[int, int, Statement]] = []
    end = 0
    for start in _LINE_START.finditer(text):
        i = start.end()
        if i < end or any(a <= i < b for a, b, _ in taken) or not label_at(text, i):
            continue
        stop = _LINE_END.search(text, i)
        end = stop.start() if stop else len(text)
        while stop and text[end : end + 1] == "\n" and label_at(text, end + 1):
            stop = _LINE_END.search(text, end + 1)
            end = stop.start() if stop else len(text)
        statement = read_statement(view.part(i, end))
        if statement.is_statement:
            found.append((i, end, statement))
    return found


# --- sentences ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assignment:
    """A clause that says who does it: its view offsets, what is done (牵头, 组织开展), and the
    units with their roles."""

    start: int
    end: int
    act: str
    mentions: tuple[tuple[UnitMention, Role], ...]


_ACT = (
    r"(?:共同|统一|具体|分别|统筹|另行|抓紧|研究|依法|按照?职责(?:分工)?|联合|牵头)*"
    r"(?:牵头|负责(?!人|同志)|组织|统筹|协调|承担|制[定订]|实施|推进|落实|提出|办理|研究|指导|开展|确定|审核|建立|建设|编制|汇总)"
)
_BY = rule(
    "assigned_by",
    rf"(?<![自理缘事来因])由(?!于|此|来|原|衷)(?P<units>[^。;:“”《》\n]{{2,80}}?)(?:,?(?:会同|商)(?P<with>[^。;:“”《》\n]{{2,60}}?))?"
    rf"(?:,)?(?P<act>{_ACT})(?P<after>[^。;\n]*)",
    source="contract, responsibilities, rule 8",
    examples=(
        "专项检查⟦由市司法局会同市财政局组织开展⟧。",
        "⟦由区住房建设局牵头，区财政局配合⟧。",
        "⟦由上述支持措施责任单位制定实施细则⟧。",
    ),
    counter=("由于责任不清，影响落实", "自由组织活动"),
)
_FOLLOWING = regex.compile(
    r"[,、]?(?P<units>[^,。;:]{2,60}?)(?:等)?(?:做好|积极|共同)?"
    rf"(?P<verb>{alternation(terms('role_cues', 'cue', kind='verb', role='support'))})"
    r"(?=[,。;\n]|$)"
)


def assigning_clauses(view: View) -> list[Assignment]:
    """The clauses that name with 由 who is to act, with roles: lead for who leads or
    acts together with others, support for these. Whether a clause governs the whole task is for
    the caller to decide."""
    text = view.masked
    if "由" not in text:
        return []
    found = []
    for clause in _BY.finditer(text):
        mentions = _clause_mentions(view, clause)
        if mentions:
            found.append(Assignment(*clause.span(), clause["act"], tuple(mentions)))
    return found


def _clause_mentions(view: View, clause: regex.Match[str]) -> list[tuple[UnitMention, Role]]:
    carry = Carry()
    units = read_units(view, *clause.span("units"), carry)
    if units.unread:
        return []
    lead = "牵头" in clause["act"] or clause["with"] is not None
    mentions: list[tuple[UnitMention, Role]] = [
        (unit, "lead" if lead else "responsible") for unit in units.units
    ]
    if clause["with"] is not None:
        helpers = read_units(view, *clause.span("with"), carry)
        mentions += [(unit, "support") for unit in helpers.units]
    following = _FOLLOWING.match(view.text, clause.start("after"))
    if following and mentions:
        helpers = read_units(view, *following.span("units"), carry)
        if not helpers.unread:
            mentions += [(unit, "support") for unit in helpers.units]
    return mentions
