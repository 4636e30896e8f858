"""Clauses that only say in which role units work: 市公安局为成员单位 (contract, rule 7)."""

from __future__ import annotations

from collections.abc import Iterator

from extract import lazy as regex
from extract.lens import View
from extract.rules.rule import rule
from extract.rules.subjects.subject_clauses import Clauses
from extract.rules.subjects.subject_names import subject_units
from extract.rules.subjects.subject_roles import SubjectMention

_SAID = rule(
    "the role of units is all that a clause says",
    r"(?P<units>[^,。;:]{3,120}?)(?:(?:均|都)?[为是](?:本项工作的?|主要|总|第[一二三])?"
    r"(?:(?P<lead>牵头|主办)|(?P<support>配合|协办|协助|参与)|成员|责任|实施)(?:责任)?(?:单位|部门|机关)"
    r"|(?:共同|联合|积极)?(?P<formed>组成|参加))",
    source="contract, responsibilities 7 and 8",
    examples=("⟦市水利局为牵头单位⟧", "⟦市公安局、市财政局为成员单位⟧", "⟦县财政局、县公安局组成⟧"),
    counter=("牵头单位为市水利局", "组成督查组"),
)

_TURNED = rule(
    "the role before the units",
    r"(?:(?P<lead>总?牵头|主办)|(?P<support>配合|协办|协助|参与)|责任|主管|实施|成员)(?:责任)?(?:单位|部门|机关)[为是](?P<units>[^,。;:]{3,120})",
    source="contract, responsibilities 7",
    examples=("⟦牵头单位为市水利局⟧", "⟦配合单位是市公安局、市财政局⟧"),
    counter=("市水利局为牵头单位", "责任单位要履职"),
)


def members(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The units of such a clause; who joins (…参加, …组成) counts behind who leads, as support."""
    start, end = clauses.start_of_names(number), clauses.spans[number][1]
    if turned := _TURNED.fullmatch(clauses.text, start, end):
        role = "lead" if turned["lead"] else "support" if turned["support"] else "responsible"
        for unit in subject_units(view, *turned.span("units"), True):
            yield SubjectMention(unit, role)
        return
    if clauses.text[end - 1 : end] not in _LAST:
        return
    said = _SAID.fullmatch(clauses.text, start, end)
    if said is None or not _opens(clauses, number, led=bool(said["formed"])):
        return
    helps = said["support"] or said["formed"]
    role = "lead" if said["lead"] else "support" if helps else "responsible"
    for unit in subject_units(view, *said.span("units"), True):
        yield SubjectMention(unit, role)


def _opens(clauses: Clauses, number: int, *, led: bool) -> bool:
    """Whether a clause goes on with no list of the one before: that ends a sentence, or says whose
    role is another; `led`: it has to say who leads."""
    if number == 0:
        return not led
    start, end = clauses.spans[number - 1]
    if _ROLE.search(clauses.text, start, end):
        return clauses.text.find("牵头", start, end) >= 0 or not led
    return not led and clauses.text[end : end + 1] in "。;\n"


_ROLE = regex.compile("牵头|[为是][^,。;]{0,12}(?:单位|部门|机关)$")
_LAST = frozenset("位门关成加")
