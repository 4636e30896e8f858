"""Who is told to act in a task's text: 市司法局要组建工作专班 (contract, responsibilities 7 to 9).

A clause is read from its start: an opener (2024年底前, 原则上), a list of units and nothing else,
then what they are to do. 由X提出 is read from 由. A unit inside a clause that begins otherwise is
merely mentioned, or one whom another is to urge: 督促各县区…, 报市司法局.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from extract import lazy as regex
from extract.lens import View
from extract.rules.organs.places import match_short
from extract.rules.subjects.agents import agents
from extract.rules.subjects.founded import founded, led_by
from extract.rules.subjects.main_statement import main_statement
from extract.rules.subjects.members import members
from extract.rules.subjects.places_told import AREAS, each_has_its_part, only_pays
from extract.rules.subjects.predicates import TIME, Predicate
from extract.rules.subjects.subject_clauses import ACTS, Clauses, cut_clauses
from extract.rules.subjects.subject_names import describes, subject_units
from extract.rules.subjects.subject_roles import (
    JOINTLY_FIRST,
    TOGETHER_FIRST,
    SubjectMention,
    led_before,
    partners,
    with_roles,
)
from extract.rules.subjects.unit_ends import JOINT, ends
from extract.rules.units.units import UnitMention


def find_subjects(view: View) -> list[SubjectMention]:
    """The units told to act in a task's text, each once, in order of their first mention."""
    found: dict[str, SubjectMention] = {}
    clauses = cut_clauses(view.masked)
    by_agents = "由" in clauses.text
    by = [
        list(agents(view, clauses, number)) if by_agents else []
        for number in range(len(clauses.spans))
    ]
    said: list[list[SubjectMention]] = []
    for number, told in enumerate(by):
        goes_on = clauses.goes_on_listing(number) and not said[number - 1]
        said.append([] if goes_on else _told_in(view, clauses, number, told))
    main = main_statement(clauses, [bool(m) for m in said], [bool(m) for m in by])
    last: list[SubjectMention] = []
    for number, mentions in enumerate(said):
        companions = list(_companions(view, clauses, number))
        # who is told before them leads: A要…;会同B…
        leads = [told._replace(role="lead") for told in last] if companions else []
        for mention in (*leads, *mentions, *companions):
            _note(found, mention._replace(governs=number in main))
        last = [told for told in mentions if told.role != "support"] or last
    for unit, role in led_by(view):
        _note(found, SubjectMention(unit, role))
    names = list(found)
    return [one for at, one in enumerate(found.values()) if not _is_of_each(one.unit, names[:at])]


def _note(found: dict[str, SubjectMention], told: SubjectMention) -> None:
    """Add a mention; a unit that is told twice leads where either says so."""
    known = found.setdefault(told.unit.unit, told)
    if told.role == "lead" != known.role:
        found[told.unit.unit] = known._replace(role="lead")


def _is_of_each(unit: UnitMention, before: Collection[str]) -> bool:
    """Whether a body without a place is one of those told before: 各级公共资源交易中心应当…,
    公共资源交易中心不得…."""
    whole = "地方各级" + unit.unit in before
    return whole or (
        not unit.generic and any(each + unit.unit in before for each in ("各级", "各"))
    )


def _told_in(
    view: View, clauses: Clauses, number: int, agents: list[SubjectMention]
) -> list[SubjectMention]:
    """Who is told to act in a clause: its subject, then the agents behind 由."""
    told = list(members(view, clauses, number)) or list(_subjects(view, clauses, number))
    if told:
        told = [*_listed_before(view, clauses, number, told[0]), *told]
    told += agents
    if body := founded(view, clauses, number):
        told.append(SubjectMention(body, "responsible"))
    return told


# --- the subject of a clause ---------------------------------------------------------------------


def _subjects(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The first list of units from the clause's start that a predicate follows."""
    text, end = clauses.text, clauses.spans[number][1]
    start = clauses.start_of_names(number)
    if TOGETHER_FIRST.match(text, start, end):
        return
    if cities := _bare_cities(view, clauses, number, start):
        yield from cities
        return
    if text.find("由", start, end) >= 0 and _WORK_OF_OTHERS.match(text, start, end):
        return
    for stop in ends(text, start, end):
        predicate = clauses.predicate_behind(number, stop)
        if predicate is None or _goes_on(clauses, number, stop, predicate):
            continue
        told = predicate.kind in ("modal", "may") and not clauses.is_charge(number, predicate)
        told = told or clauses.must_later(number, predicate)
        told = told or each_has_its_part(text, start, stop)
        told = told or _BY_ITSELF.match(text, predicate.start) is not None
        told = told and (predicate.kind == "modal" or not only_pays(text, start, stop))
        listed = text.find("等", start, stop) > 0
        told = told or (listed and AREAS.fullmatch(text, start, stop) is not None)
        units = subject_units(view, start, stop, told)
        if units:
            if (told or not clauses.in_scope(number)) and clauses.directs(number, predicate):
                yield from with_roles(view, units, predicate, end)
                return
            if predicate.kind != "nominal":
                return
        if predicate.kind in ACTS and not describes(text[start:end]):
            return


_WORK_OF_OTHERS = regex.compile(r"[^,。;由]{2,40}工作(?:统一|原则上)?由")
"""乡镇政府推行清单制度工作由各省确定: only whose work it is."""


def _listed_before(
    view: View, clauses: Clauses, number: int, first: SubjectMention
) -> list[SubjectMention]:
    """The units of the clause before, where it holds nothing else, or only their day, and the list
    goes on behind its comma: 各县区政府,市直各部门要…."""
    start = clauses.start_of_names(number)
    if number == 0 or view.index(first.unit.char_start) != start:
        return []
    begin, end = clauses.start_of_names(number - 1), clauses.spans[number - 1][1]
    if begin >= end or end + 1 != clauses.spans[number][0] or clauses.text[end] not in ",、":
        return []
    if dated := _WITH_ITS_DATE.fullmatch(clauses.text, begin, end):
        units = subject_units(view, begin, dated.end("units"), True)
        return [first._replace(unit=unit) for unit in units]
    described = clauses.text.find("的", begin, end) >= 0
    if described or not _TOLD_BEHIND.match(clauses.text, *clauses.spans[number]):
        return []
    return [first._replace(unit=unit) for unit in subject_units(view, begin, end, True)]


_WITH_ITS_DATE = regex.compile(rf"(?P<units>[^,。;\d]{{2,40}}?)(?:原则上|应当?|要)?[于在]?{TIME}")
"""民办初中于7月20日前、民办小学于7月25日前完成: each with its own day."""
_TOLD_BEHIND = regex.compile(r"[^,]{2,40}?(?:要(?![求素点件])|应当?|须|必须)")
_BY_ITSELF = regex.compile(r"分别|各(?:自|新|完成|建|培)|将(?=[根按依结围在于]|[进全继])")
"""What tells a place to act as a modal does: 贵阳市、遵义市分别完成5宗, 静安区将根据…制定."""
_AND = regex.compile("[、和与]|以及")
_CITY_ACTS = regex.compile(r"(?:要|应当|应|须|必须|负责)(?!素|用|急|邀|对|届|变)|将(?=\p{Han}{2})")


def _bare_cities(view: View, clauses: Clauses, number: int, start: int) -> list[SubjectMention]:
    """Cities and provinces by their short names, told to act: 广州、深圳要…, 沈阳将…."""
    text, end = clauses.text, clauses.spans[number][1]
    found: list[SubjectMention] = []
    while place := match_short(text, start):
        i, j = view.span(start, place[1])
        unit = UnitMention(text[start : place[1]], i, j)
        found.append(SubjectMention(unit, "responsible"))
        joint = _AND.match(text, place[1], end)
        if joint is None:
            return _told_cities(view, clauses, number, place[1], found)
        start = joint.end()
    return []


_AND_OTHERS = regex.compile(
    r"等(?:地市?|(?P<ending>[市省])|省份|(?P<kind>\p{Han}{2,12}?(?:城市|地区|省份|省(?:\(区(?:、市)?\))?)))"
    r"(?![的、])"
)


def _told_cities(
    view: View, clauses: Clauses, number: int, at: int, found: list[SubjectMention]
) -> list[SubjectMention]:
    """The cities that end at a place where a modal follows, or a verb behind 等中心城市."""
    text, end = clauses.text, clauses.spans[number][1]
    others = _AND_OTHERS.match(text, at, end)
    if others is None:
        return found if _CITY_ACTS.match(text, at, end) else []
    predicate = clauses.predicate_behind(number, others.end())
    if predicate is None or predicate.kind not in ACTS or not clauses.directs(number, predicate):
        return []
    if others["ending"]:
        return [_ended(city, others["ending"]) for city in found]
    if others["kind"]:
        i, j = view.span(*others.span("kind"))
        name = "".join(view.quote(*others.span("kind")).split())
        unit = UnitMention(name, i, j, generic=True)
        found = [*found, SubjectMention(unit, "responsible")]
    return found


def _ended(city: SubjectMention, ending: str) -> SubjectMention:
    """黑龙江、湖南等省: each with the ending that they share (contract, rule 3)."""
    name = city.unit.unit.removesuffix(ending) + ending
    return city._replace(unit=city.unit._replace(unit=name))


_DUTY = regex.compile(r"(?:承担|负责|履行|行使|从事|具有|实行|管理)[^,。;]{2,30}的[^的,。;]{2,10}")


def _goes_on(clauses: Clauses, number: int, at: int, predicate: Predicate) -> bool:
    """Whether the verb only describes a unit further on: 各级执法机关承担监督职责的机构,要…"""
    text, end = clauses.text, clauses.spans[number][1]
    if predicate.start != at or not _DUTY.match(text, at, end):
        return False
    for joint in JOINT.finditer(text, at, end):
        behind = clauses.predicate_behind(number, joint.end())
        if behind is not None and (behind.kind == "modal" or behind.start > end):
            return "的" in text[at : joint.end()]
    return False


def _companions(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The B of a clause that goes on about its sentence's subject: …,会同B建立…."""
    begin, end = clauses.spans[number]
    if clauses.text.find("会同", begin, end) < 0 and clauses.text.find("联合", begin, end) < 0:
        return
    start = clauses.start_of_names(number)
    together = TOGETHER_FIRST.match(clauses.text, start, end)
    if together is None and led_before(clauses.text, start):
        together = JOINTLY_FIRST.match(clauses.text, start, end)
    if together and not clauses.in_scope(number):
        for unit in partners(view, together.end(), end):
            yield SubjectMention(unit, "support")
