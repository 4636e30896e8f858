"""Who is told to act in a task's text: 市司法局要组建工作专班 (contract, responsibilities 7, 8 and 9).

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
from extract.rules.predicates import ADVERBS, TIME, VERBAL, Predicate, predicate_at
from extract.rules.subject_names import describes, subject_units
from extract.rules.units import UnitMention


@dataclass(frozen=True, slots=True)
class SubjectMention:
    """A unit told to act. role: lead, responsible or support; `governs`: it stands in a 由X… that
    is all the task says, so that it is the task's assigned unit."""

    unit: UnitMention
    role: str
    governs: bool = False


def find_subjects(view: View) -> list[SubjectMention]:
    """The units told to act in a task's text, each once, in order of their first mention."""
    found: dict[str, SubjectMention] = {}
    for mention in _mentions(view):
        known = found.get(mention.unit.unit)
        if known is None:
            found[mention.unit.unit] = mention
        elif mention.role == "lead" != known.role:
            found[mention.unit.unit] = SubjectMention(known.unit, "lead", known.governs)
    return list(found.values())


# --- clauses ------------------------------------------------------------------------------------

_CLAUSE = regex.compile(r"(?:\((?:[^()\n]|\([^()\n]*\))*\)|[^。;,:!?\n])++")
_OPENER = regex.compile(
    rf"(?:[\s“”\d.、①-⑳●■◆★※▲▪·-]|\([^()]*+\)|第[一二三四五六七八九十百]+[章节条款])*+(?:[一二三四五六七八九十]+是)?+"
    rf"(?:{alternation(terms('directive_words', kind='opener'))}|{TIME}|\s)*+"
)
_LONG_OPENER = regex.compile(
    r"(?:按照|根据|依据|围绕|结合|针对|在|对于?|自)[^,]{2,40}?"
    r"(?:要求|规定|部署|精神|原则|安排|基础上|期间|[中后前时下])(?=各|有关|相关)"
)
_JOINT = regex.compile(
    r"[局厅委办部门关位构组府院校心区县市镇乡道站队级处署室省州盟旗方团社馆村地户班业行司联协织)]|(?<!社)会|所(?![在有属需涉称指得])"
)


def _mentions(view: View) -> Iterator[SubjectMention]:
    clauses = [m.span() for m in _CLAUSE.finditer(view.masked)]
    for number in range(len(clauses)):
        yield from _clause_subjects(view, clauses, number)
        yield from _agents(view, *clauses[number])


def _clause_subjects(
    view: View, clauses: list[tuple[int, int]], number: int
) -> Iterator[SubjectMention]:
    """The subjects of the clause: the first list of units from its start that a predicate follows."""
    text = view.masked
    start, end = clauses[number]
    start = _OPENER.match(text, start, end).end()
    opener = _LONG_OPENER.match(text, start, end)
    if opener:
        start = opener.end()
    for joint in _JOINT.finditer(text, start + 1, end):
        predicate = _predicate_behind(text, joint.end(), clauses, number)
        if predicate is None or _is_longer(text, joint.end(), predicate, clauses, number):
            continue
        told = predicate.kind in ("modal", "may")
        units = subject_units(view, start, joint.end(), told)
        if not units:
            if predicate.kind in _MUST and not describes(text[start:end]):
                return
            continue
        if not told and _in_scope(text, clauses, number):
            return
        if _directs(text, predicate, clauses, number):
            yield from _with_roles(view, units, predicate, end)
        return


def _predicate_behind(
    text: str, at: int, clauses: list[tuple[int, int]], number: int
) -> Predicate | None:
    """The predicate right behind a unit, or behind the comma that closes a clause of units only."""
    end = clauses[number][1]
    if at < end:
        return predicate_at(text, at, end)
    if number + 1 == len(clauses) or text[end] != ",":
        return None
    start, end = clauses[number + 1]
    return predicate_at(text, start, end)


_DUTY = regex.compile(r"(?:承担|负责|履行|行使|从事|具有|实行|管理)[^,。;]{2,30}的[^的,。;]{2,10}")


def _is_longer(
    text: str, at: int, predicate: Predicate, clauses: list[tuple[int, int]], number: int
) -> bool:
    """Whether the verb only describes a unit further on: 各级执法机关承担监督职责的机构,要…"""
    end = clauses[number][1]
    if predicate.start != at or not _DUTY.match(text, at, end):
        return False
    for joint in _JOINT.finditer(text, at, end):
        behind = _predicate_behind(text, joint.end(), clauses, number)
        if behind is not None and (behind.kind == "modal" or behind.start > end):
            return "的" in text[at : joint.end()]
    return False


# --- what the clause says ------------------------------------------------------------------------

_SCOPE = regex.compile(
    rf"(?:{ADVERBS})*+(?:推动|推行|鼓励|支持|引导|允许|实行|试行|探索|实现|形成|构建|倡导)"
)
_PAST = regex.compile(r"近[几些]?年来?$|以来$|^(?:日前|近日)$")


def _in_scope(text: str, clauses: list[tuple[int, int]], number: int) -> bool:
    """Whether the clause still says what an earlier one of its sentence is to bring about:
    推行提前申报,企业提前办理,海关在…"""
    while number and text[clauses[number - 1][1]] in ",:":
        number -= 1
        clause = text[slice(*clauses[number])]
        if _SCOPE.match(clause) or _PAST.search(clause):
            return True
    return False


_VERB_LATER = regex.compile(rf"(?P<may>可以?(?!能))|{VERBAL}")
_SHARE = regex.compile(r"(?:牵头|配合|协助|参与)$")
_DONE = regex.compile(r"[^,]{0,5}(?<!为)了(?!解)")
_CONDITION = regex.compile(r"[的时后前]$")
_MUST = ("modal", "verb", "adverb")


def _directs(text: str, predicate: Predicate, clauses: list[tuple[int, int]], number: int) -> bool:
    """Whether the predicate tells to act, and does not leave it open or describe a case."""
    start, end = clauses[number]
    if predicate.start >= end:
        number += 1
        start, end = clauses[number]
    rest = text[predicate.end : end]
    if predicate.kind in ("may", "nominal"):
        return False
    if predicate.kind == "modal":
        return bool(rest)
    if _CONDITION.search(rest) and rest[-1] == "的":
        return _next_kind(text, clauses, number) == "modal"
    if predicate.kind in ("verb", "adverb"):
        if not rest:
            return _SHARE.search(text, start, end) is not None and text[end : end + 1] == ","
        return len(rest) > 1 and _DONE.match(rest) is None
    if text[predicate.start : predicate.end].endswith("是"):
        return "责任" in rest and _next_kind(text, clauses, number) == "modal"
    later = _VERB_LATER.search(rest)
    if later:
        return later["may"] is None
    if _next_kind(text, clauses, number) in _MUST:
        return True
    behind = _next_predicate(text, clauses, number)
    return (
        behind is not None
        and behind.kind == "preposition"
        and _directs(text, behind, clauses, number + 1)
    )


def _next_predicate(text: str, clauses: list[tuple[int, int]], number: int) -> Predicate | None:
    """The predicate that the sentence's next clause begins with."""
    if number + 1 == len(clauses) or text[clauses[number][1]] != ",":
        return None
    return predicate_at(text, *clauses[number + 1])


def _next_kind(text: str, clauses: list[tuple[int, int]], number: int) -> str:
    predicate = _next_predicate(text, clauses, number)
    return predicate.kind if predicate else ""


# --- roles ---------------------------------------------------------------------------------------

_ROLE_IN_NAME = {"牵头": "lead", "配合": "support", "协办": "support", "协助": "support"}
_LEADS = regex.compile(r"牵头(?!单位|部门|机关|人|机构|实施部门|、|的)|会同")
_OTHERS = regex.compile(r"督促|指导|配合|协助|由|部门|单位|机关|机构|政府|[局厅委办]")
_SUPPORTS = regex.compile(
    rf"(?:{ADVERBS}|要|应当?|须|必须|负责)*?(?:做好(?:[^,]{{0,8}}(?:协调|协同|支持))?配合|配合|协助|予以配合|给予配合)"
)


def _with_roles(
    view: View, units: list[UnitMention], predicate: Predicate, end: int
) -> Iterator[SubjectMention]:
    text = view.masked
    end = max(end, predicate.end)
    while end < len(text) and text[end] not in ",。;:\n":
        end += 1
    leads = _LEADS.search(text, predicate.start, end)
    if leads and _OTHERS.search(text, predicate.start, leads.start()):
        leads = None
    supports = not leads and _SUPPORTS.match(text, predicate.start, end)
    role = "lead" if leads else "support" if supports else "responsible"
    for unit in units:
        yield SubjectMention(unit, _ROLE_IN_NAME.get(unit.unit[:2], role))
    together = regex.search("会同", text, pos=predicate.start, endpos=end) if leads else None
    if together:
        for unit in _partners(view, together.end(), end):
            yield SubjectMention(unit, "support")


def _partners(view: View, start: int, end: int) -> list[UnitMention]:
    """B of A会同B."""
    text = view.masked
    for joint in _JOINT.finditer(text, start + 1, end):
        at = joint.end()
        if at == end or predicate_at(text, at, end):
            units = subject_units(view, start, at, True)
            if units:
                return units
    return []


# --- 由X提出 -------------------------------------------------------------------------------------

_AGENT = regex.compile(r"(?<![理自事缘来原经])由(?![于此来])")
_NO_AGENT = regex.compile(
    r"(?:推动|探索|鼓励|允许|支持|可以?|转|不再|变|倡导|引导|督促|实现|是|指|改|[建设成]立|组建|形成|构建|完善|健全)$"
)
_DEED_OF = regex.compile(
    rf"(?:(?!统一){alternation(terms('action_verbs'))}|配套|相应)*+的(?!同时|基础)|\p{{Han}}{{0,4}}(?:组成|解释|构成|主导)"
)


def _agents(view: View, start: int, end: int) -> Iterator[SubjectMention]:
    """The X of 由X提出; none where it only describes: 由X制定的标准, 建立由X牵头的机制."""
    text = view.masked
    if text[start] == "(":
        return
    for found in _AGENT.finditer(text, start, end):
        before = text[start : found.start()]
        if _NO_AGENT.search(before):
            continue
        for joint in _JOINT.finditer(text, found.end() + 1, end):
            predicate = predicate_at(text, joint.end(), end)
            if predicate is None or predicate.kind == "may":
                continue
            units = subject_units(view, found.end(), joint.end(), True)
            if not units:
                continue
            if not (_DEED_OF.match(text, predicate.end, end) or text.endswith("解释", 0, end)):
                governs = _governs(text, start, end)
                for mention in _with_roles(view, units, predicate, end):
                    yield replace(mention, governs=governs)
            break


_HEADING = 40


def _governs(text: str, start: int, end: int) -> bool:
    """Whether the clause opens the only sentence of the text, apart from its heading."""
    before = text[:start].rstrip("。: \n")
    stop = text.find("。", end)
    return (
        len(before) <= _HEADING
        and not regex.search("[。;,]", before)
        and text[start - 1 : start] in ("", "。", ":", "\n")
        and (stop < 0 or not text[stop + 1 :].strip())
    )
