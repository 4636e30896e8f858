"""Who is told to act in a task's text: 市司法局要组建工作专班 (contract, responsibilities 7 to 9).

A clause is read from its start: an opener (2024年底前, 原则上), a list of units and nothing else,
then what they are to do. 由X提出 is read from 由. A unit inside a clause that begins otherwise is
merely mentioned, or one whom another is to urge: 督促各县区…, 报市司法局.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.subjects.main_statement import AGENT, main_statement
from extract.rules.subjects.predicates import ADVERBS, Predicate, predicate_at, words
from extract.rules.subjects.subject_clauses import ACTS, Clauses, cut_clauses
from extract.rules.subjects.subject_names import LONGEST, describes, subject_units
from extract.rules.units.units import UnitMention


@dataclass(frozen=True, slots=True)
class SubjectMention:
    """A unit told to act. role: lead, responsible or support; `governs`: it stands in the task's
    main statement (`main_statement`), so that it is the task's assigned unit."""

    unit: UnitMention
    role: str
    governs: bool = False


def find_subjects(view: View) -> list[SubjectMention]:
    """The units told to act in a task's text, each once, in order of their first mention."""
    found: dict[str, SubjectMention] = {}
    clauses = cut_clauses(view.masked)
    said = [_told_in(view, clauses, number) for number in range(len(clauses.spans))]
    main = main_statement(clauses, [bool(mentions) for mentions in said])
    for number, mentions in enumerate(said):
        for mention in mentions:
            told = replace(mention, governs=number in main)
            known = found.setdefault(mention.unit.unit, told)
            if mention.role == "lead" != known.role:
                found[mention.unit.unit] = replace(known, role="lead")
    return list(found.values())


def _told_in(view: View, clauses: Clauses, number: int) -> list[SubjectMention]:
    """Who is told to act in a clause: its subject, then the agents behind 由."""
    told = list(_subjects(view, clauses, number))
    start, end = clauses.spans[number]
    if clauses.text.find("由", start, end) >= 0:
        told += _agents(view, start, end)
    if clauses.text.find("会同", start, end) >= 0:
        told += _companions(view, clauses, number)
    return told


# --- the subject of a clause ---------------------------------------------------------------------

_ALWAYS = (
    "局厅委科办部门关位构组府院校心区县市镇乡道站队级处署室省州盟旗方团社馆村地户班业行司联园狱协)"
)
_JOINT = regex.compile(
    rf"[{_ALWAYS}会织所学中体议员人等](?:(?<=[{_ALWAYS}])|(?<=(?<!社)会)|(?<=所)(?![在有属需涉称指得])"
    r"|(?<=[党联治团会济众性作业益愿术]组织|[小中大]学|[初高]中|[联共]体|会议|人员|个人)"
    r"|(?<=等)(?= ?(?:[要应须需]|必须)))"
)
"""A character that a unit's name ends with."""


def _subjects(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The first list of units from the clause's start that a predicate follows."""
    text, end = clauses.text, clauses.spans[number][1]
    start = clauses.start_of_names(number)
    for joint in _JOINT.finditer(text, start + 1, min(end, start + LONGEST)):
        predicate = clauses.predicate_behind(number, joint.end())
        if predicate is None or _goes_on(clauses, number, joint.end(), predicate):
            continue
        told = predicate.kind in ("modal", "may")
        units = subject_units(view, start, joint.end(), told)
        if units:
            if (told or not clauses.in_scope(number)) and clauses.directs(number, predicate):
                yield from _with_roles(view, units, predicate, end)
            return
        if predicate.kind in ACTS and not describes(text[start:end]):
            return


_DUTY = regex.compile(r"(?:承担|负责|履行|行使|从事|具有|实行|管理)[^,。;]{2,30}的[^的,。;]{2,10}")


def _goes_on(clauses: Clauses, number: int, at: int, predicate: Predicate) -> bool:
    """Whether the verb only describes a unit further on: 各级执法机关承担监督职责的机构,要…"""
    text, end = clauses.text, clauses.spans[number][1]
    if predicate.start != at or not _DUTY.match(text, at, end):
        return False
    for joint in _JOINT.finditer(text, at, end):
        behind = clauses.predicate_behind(number, joint.end())
        if behind is not None and (behind.kind == "modal" or behind.start > end):
            return "的" in text[at : joint.end()]
    return False


def _companions(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The B of a clause that goes on about its sentence's subject: …,会同B建立…."""
    start = clauses.start_of_names(number)
    together = _TOGETHER_FIRST.match(clauses.text, start, clauses.spans[number][1])
    if together and not clauses.in_scope(number):
        for unit in _partners(view, together.end(), clauses.spans[number][1]):
            yield SubjectMention(unit, "support")


# --- the agent behind 由 --------------------------------------------------------------------------

_EXPLAINS = regex.compile("解释(?:$|[及和、])|负责(?:具体)?解释")
_DESCRIBED = regex.compile(words("description") + "$")
_LONGEST_DESCRIBED = 4
_DEED_OF = regex.compile(
    rf"(?:(?!统一){alternation(terms('action_verbs'))}|配套|相应)*+的(?!同时|基础)"
    r"|(?!统一)\p{Han}{0,2}的(?!同时|基础)|\p{Han}{0,4}(?:组成|解释|构成|主导)"
)


def _agents(view: View, start: int, end: int) -> Iterator[SubjectMention]:
    """The X of 由X提出; none where it only describes: 由X制定的标准, 建立由X牵头的机制."""
    text = view.masked
    if text[start] == "(" or _EXPLAINS.search(text, start, end):
        return
    for found in AGENT.finditer(text, start, end):
        before = text[max(start, found.start() - _LONGEST_DESCRIBED) : found.start()]
        if _DESCRIBED.search(before):
            continue
        units, predicate = _agent(view, found.end(), end)
        if predicate is not None and not _DEED_OF.match(text, predicate.end, end):
            yield from _with_roles(view, units, predicate, end)


def _agent(view: View, start: int, end: int) -> tuple[list[UnitMention], Predicate | None]:
    """The units from a place on that a predicate follows, and the predicate."""
    text = view.masked
    for joint in _JOINT.finditer(text, start + 1, min(end, start + LONGEST)):
        predicate = predicate_at(text, joint.end(), end)
        if predicate is not None and predicate.kind != "may":
            units = subject_units(view, start, joint.end(), True)
            if units:
                return units, predicate
    return [], None


# --- roles ---------------------------------------------------------------------------------------

_ROLE_IN_NAME = {"牵头": "lead", "配合": "support", "协办": "support", "协助": "support"}
_LEADS = regex.compile(r"牵头(?!单位|部门|机关|人|机构|实施部门|、|的)|会同")
_OTHERS = regex.compile(r"督促|指导|配合|协助|由|部门|单位|机关|机构|政府|[局厅委办]")
_SUPPORTS = regex.compile(
    rf"(?:{ADVERBS}|要|应当?|须|必须|负责)*?"
    r"(?:做好(?:[^,]{0,8}(?:协调|协同|支持))?配合|配合|协助|予以配合|给予配合)"
)
_TOGETHER = regex.compile("会同")
_TOGETHER_FIRST = regex.compile(rf"(?:{ADVERBS}|要|应当?|须|积极)*会同")
_CLAUSE_END = regex.compile(r"[,。;:\n]|$")


def _with_roles(
    view: View, units: list[UnitMention], predicate: Predicate, end: int
) -> Iterator[SubjectMention]:
    """The units in the role that the predicate's clause gives them, then the B of A会同B."""
    text = view.masked
    close = _CLAUSE_END.search(text, max(end, predicate.end))
    end = min(close.start() if close else end, predicate.end + LONGEST)
    leads = _LEADS.search(text, predicate.start, end)
    if leads and _OTHERS.search(text, predicate.start, leads.start()):
        leads = None
    supports = not leads and _SUPPORTS.match(text, predicate.start, end)
    role = "lead" if leads else "support" if supports else "responsible"
    for unit in units:
        yield SubjectMention(unit, _ROLE_IN_NAME.get(unit.unit[:2], role))
    together = _TOGETHER.search(text, predicate.start, end) if leads else None
    if together:
        for unit in _partners(view, together.end(), end):
            yield SubjectMention(unit, "support")


def _partners(view: View, start: int, end: int) -> list[UnitMention]:
    text = view.masked
    for joint in _JOINT.finditer(text, start + 1, min(end, start + LONGEST)):
        at = joint.end()
        if at == end or predicate_at(text, at, end):
            units = subject_units(view, start, at, True)
            if units:
                return units
    return []
