"""The roles of units told to act, and the B of A会同B."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract import lazy as regex
from extract.lens import View
from extract.rules.subjects.predicates import ADVERBS, Predicate, predicate_at
from extract.rules.subjects.subject_names import LONGEST, subject_units
from extract.rules.subjects.unit_ends import ends
from extract.rules.units.role_cues import WITH
from extract.rules.units.units import UnitMention


class SubjectMention(NamedTuple):
    """A unit told to act. role: lead, responsible or support; `governs`: it stands in the task's
    main statement (`main_statement`), so that it is the task's assigned unit."""

    unit: UnitMention
    role: str
    governs: bool = False


_ROLE_IN_NAME = {"牵头": "lead", "配合": "support", "协办": "support", "协助": "support"}
_LEADS = regex.compile(rf"牵头(?!单位|部门|机关|人|机构|实施部门|、|的)|{WITH.pattern}")
_OTHERS = regex.compile(r"督促|指导|配合|协助|由|部门|单位|机关|机构|政府|[局厅委办]")
_SUPPORTS = regex.compile(
    rf"(?:{ADVERBS}|要|应当?|须|必须|负责){{0,6}}?"
    r"(?:做好(?:[^,]{0,8}(?:协调|协同|支持))?配合|配合|协助|予以配合|给予配合)"
)
TOGETHER_FIRST = regex.compile(rf"(?:{ADVERBS}|要|应当?|须|积极){{0,6}}会同(?!县)")
_CLAUSE_END = regex.compile(r"[,。;:\n]|(?<=牵头|审核|审批|初审|复审|复核)、|$")


def with_roles(
    view: View, units: list[UnitMention], predicate: Predicate, end: int
) -> Iterator[SubjectMention]:
    """The units in the role that the predicate's clause gives them, then the B of A会同B."""
    text = view.masked
    close = _CLAUSE_END.search(text, max(end, predicate.end))
    end = min(close.start() if close else end, predicate.end + LONGEST)
    leads = _LEADS.search(text, predicate.start, end)
    if leads and _OTHERS.search(text, predicate.start, leads.start()):
        leads = None
    said = text[predicate.start : end]
    helps = not leads and ("配合" in said or "协助" in said)
    supports = helps and _SUPPORTS.match(text, predicate.start, end)
    role = "lead" if leads else "support" if supports else "responsible"
    for unit in units:
        yield SubjectMention(unit, _ROLE_IN_NAME.get(unit.unit.removeprefix("各")[:2], role))
    together = WITH.search(text, predicate.start, end) if leads else None
    if together:
        for unit in partners(view, together.end(), end):
            yield SubjectMention(unit, "support")


def partners(view: View, start: int, end: int) -> list[UnitMention]:
    text = view.masked
    for at in ends(text, start, end):
        if at == end or predicate_at(text, at, end):
            units = subject_units(view, start, at, True)
            if units:
                return units
    return []
