"""The roles of units told to act, and the B of A会同B."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract import lazy as regex
from extract.lens import View
from extract.rules.subjects.predicates import ADVERBS, Predicate, first_verb, predicate_at
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
_ROLE_OF_WORK = _ROLE_IN_NAME | {"主办": "lead", "参与": "support", "参加": "support"}
_LEADS = regex.compile(
    r"牵头(?!单位|部门|机关|人|机构|实施部门|、|的)"
    rf"|(?!会商(?:研判|研究|机制|[,。;、]|$))(?:{WITH.pattern})"
)
_OTHERS = regex.compile(r"督促|指导|配合|协助|由|部门|单位|机关|机构|政府|[局厅委办]")
_SUPPORTS = regex.compile(
    rf"(?:{ADVERBS}|要|应当?|须|必须|负责|按照?(?:各自)?(?:职责|职能)(?:分工)?){{0,6}}?"
    r"(?:做好(?:[^,]{0,8}(?:协调|协同|支持))?配合|(?:参与)?配合|协助|予以配合|给予配合)"
)
_TAKES_PART = regex.compile(
    rf"(?:作为[^,。;]{{2,8}})?(?:{ADVERBS}|要|应当?|须|必须|共同){{0,6}}?(?:参与|参加)"
)
"""Beside a unit that leads, to take part is to support: 由县水利局牵头,县公安局参加."""
_AS_WHAT = regex.compile(
    r"(?:均|都|作)?[为是][^,。;的]{0,10}?"
    rf"(?P<role>{'|'.join(_ROLE_OF_WORK)})(?:责任)?(?:单位|部门|机关)"
)
"""What a unit is said to be: 作为牵头部门,要…."""
JOINTLY_FIRST = regex.compile("联合(?!体(?!育)|会(?!计)|执法|发文|惩戒|检查|督查)")
"""Behind who leads: 由县公安局牵头,联合县交通运输局开展检查."""
TOGETHER_FIRST = regex.compile(
    rf"(?:{ADVERBS}|要|应当?|须|积极){{0,6}}会同"
    r"(?:(?!县)|(?<=[,要当须极]会同)(?!县(?:人民)?(?:政府|委)?(?:要|应|须|负责)))"
)
"""会同县 is a county too, unless a comma or a modal stands before: …牵头,会同县财政局制定."""
_CLAUSE_END = regex.compile(r"[,。;:\n]|(?<=牵头|抓总|审核|审批|初审|复审|复核)、|$")
_SENTENCE = "。;\n"


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
    role = "lead" if leads else _role_beside(text, predicate, end)
    for unit in units:
        yield SubjectMention(unit, _ROLE_IN_NAME.get(unit.unit.removeprefix("各")[:2], role))
    together = WITH.search(text, predicate.start, end) if leads else None
    if together:
        for unit in partners(view, together.end(), end):
            yield SubjectMention(unit, "support")


def _role_beside(text: str, predicate: Predicate, end: int) -> str:
    """The role of units that do not lead: support where they are to help, or to take part in what
    the sentence says that others lead; what they are said to be (作为配合部门) before all."""
    if said := _AS_WHAT.match(text, predicate.start, end):
        return _ROLE_OF_WORK[said["role"]]
    words = text[predicate.start : end]
    helps = "配合" in words or "协助" in words
    if helps and _SUPPORTS.match(text, predicate.start, end):
        return "support"
    takes_part = ("参与" in words or "参加" in words) and _TAKES_PART.match(
        text, predicate.start, end
    )
    return "support" if takes_part and led_before(text, predicate.start) else "responsible"


def led_before(text: str, at: int) -> bool:
    """Whether the sentence says before a place that somebody leads."""
    start = max(text.rfind(sign, 0, at) for sign in _SENTENCE) + 1
    return _LED.search(text, start, at) is not None


_LED = regex.compile(r"牵头(?!单位|部门|机关|人|机构)(?=[^,。;:的]{0,8}[,、])")


def partners(view: View, start: int, end: int) -> list[UnitMention]:
    """The units from a place on, as far as what they are to do; a verb that no list has is looked
    for only where no other follows."""
    text = view.masked
    stops = list(ends(text, start, end))
    told = [at for at in stops if at == end or predicate_at(text, at, end)]
    found = _first_read(view, start, told)
    acting = [at for at in stops if at < end and first_verb(text[at : min(end, at + _AHEAD)])]
    nearer = _first_read(view, start, acting)
    if found and not (nearer and _holds_more(found[-1].unit, nearer[-1].unit)):
        return found
    return nearer


def _first_read(view: View, start: int, stops: list[int]) -> list[UnitMention]:
    found = (subject_units(view, start, at, True) for at in stops)
    return next((units for units in found if units), [])


def _holds_more(whole: str, name: str) -> bool:
    """Whether a name that is whole by itself begins a longer one, whose rest is what it does:
    市公安局约谈相关单位."""
    rest = whole.removeprefix(name)
    return len(rest) > 2 and rest != whole and name.endswith(_OFFICES) and rest[-2:] in _OBJECTS


_OFFICES = ("局", "委", "厅", "办", "院", "部", "政府")
_OBJECTS = ("单位", "学校", "机构", "企业", "部门", "医院", "人员", "园区")
_AHEAD = 8
