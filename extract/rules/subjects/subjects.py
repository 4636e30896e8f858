"""Who is told to act in a task's text: 市司法局要组建工作专班 (contract, responsibilities 7 to 9).

A clause is read from its start: an opener (2024年底前, 原则上), a list of units and nothing else,
then what they are to do. 由X提出 is read from 由. A unit inside a clause that begins otherwise is
merely mentioned, or one whom another is to urge: 督促各县区…, 报市司法局.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.organs.places import match_short
from extract.rules.subjects.founded import founded, led_by
from extract.rules.subjects.main_statement import AGENT, main_statement
from extract.rules.subjects.places_told import AREAS
from extract.rules.subjects.predicates import ADVERBS, FIRST, TIME, Predicate, predicate_at, words
from extract.rules.subjects.subject_clauses import ACTS, Clauses, cut_clauses
from extract.rules.subjects.subject_names import (
    LONGEST,
    describes,
    is_told_only,
    subject_units,
)
from extract.rules.subjects.work_bodies import work_end
from extract.rules.units.role_cues import WITH
from extract.rules.units.unit_words import known_end
from extract.rules.units.units import UnitMention


class SubjectMention(NamedTuple):
    """A unit told to act. role: lead, responsible or support; `governs`: it stands in the task's
    main statement (`main_statement`), so that it is the task's assigned unit."""

    unit: UnitMention
    role: str
    governs: bool = False


def find_subjects(view: View) -> list[SubjectMention]:
    """The units told to act in a task's text, each once, in order of their first mention."""
    found: dict[str, SubjectMention] = {}
    clauses = cut_clauses(view.masked)
    by_agents = "由" in clauses.text
    agents = [
        list(_agents(view, clauses, number)) if by_agents else []
        for number in range(len(clauses.spans))
    ]
    said = [_told_in(view, clauses, number, told) for number, told in enumerate(agents)]
    main = main_statement(clauses, [bool(m) for m in said], [bool(m) for m in agents])
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
    told = list(_subjects(view, clauses, number))
    if told:
        told = [*_listed_before(view, clauses, number, told[0]), *told]
    told += agents
    if body := founded(view, clauses, number):
        told.append(SubjectMention(body, "responsible"))
    return told


# --- the subject of a clause ---------------------------------------------------------------------

_ALWAYS = (
    "局厅委科办部门关位构组府院校心区县市镇乡道街站队级处署室"
    "省州盟旗方团社馆村地户班业行司联园狱协)"
)
_JOINT = regex.compile(
    rf"[{_ALWAYS}]|(?<!社)会|所(?![在有属需涉称指得])"
    r"|[织学中体议员人等场政面份块](?:(?<=[团农林]场|[级省市县区]财政|地方财政|中央财政|[闻属流众新]媒体|[党联治团会济众性作业益愿术]组织|[小中大]学|[初高]中|[联共]体|会议|人员|个人|层面|省份|[各关]方面)"
    r"|(?<=等)(?= ?(?:[要应须需]|必须))|(?<=等板块))"
)
"""A character that a unit's name ends with."""


_BEHIND_UNITS = FIRST | frozenset(" 之")
"""Characters that may stand behind units told to act: a predicate's first, or a gap before it."""
_OF_HOUSE = frozenset("省市县区州")
_ROOM_OF = regex.compile(r"[省市县区州](?:局|厅|委)\p{Han}{2,6}?处(?![理置罚在于])")
"""A room of the paper's own house: 省局督查处."""


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where the units that begin at a place may end: first the longest name of the registry, whose
    inside is not looked at (市住房和城乡建设管理局), then wherever a name can end and a predicate
    may follow."""
    room = _ROOM_OF.match(text, start, end) if text[start : start + 1] in _OF_HOUSE else None
    known = max(known_end(text, start), work_end(text, start, end), room.end() if room else 0)
    if start < known <= end:
        yield known
    for joint in _JOINT.finditer(text, max(start + 1, known), min(end, start + LONGEST)):
        stop = joint.end()
        # asked before the names are looked up: most characters that end a name end none
        if stop < end and text[stop] not in _BEHIND_UNITS:
            continue
        listed = text.rfind("、", start, stop - 1) + 1
        if listed <= start or known_end(text, listed) <= stop:
            yield stop


def _subjects(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The first list of units from the clause's start that a predicate follows."""
    text, end = clauses.text, clauses.spans[number][1]
    start = clauses.start_of_names(number)
    if cities := _bare_cities(view, clauses, number, start):
        yield from cities
        return
    if text.find("由", start, end) >= 0 and _WORK_OF_OTHERS.match(text, start, end):
        return
    for stop in _ends(text, start, end):
        predicate = clauses.predicate_behind(number, stop)
        if predicate is None or _goes_on(clauses, number, stop, predicate):
            continue
        told = predicate.kind in ("modal", "may") or clauses.must_later(number, predicate)
        told = told or _BY_ITSELF.match(text, predicate.start) is not None
        listed = text.find("等", start, stop) > 0
        told = told or (listed and AREAS.fullmatch(text, start, stop) is not None)
        units = subject_units(view, start, stop, told)
        if units:
            if (told or not clauses.in_scope(number)) and clauses.directs(number, predicate):
                yield from _with_roles(view, units, predicate, end)
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
    for joint in _JOINT.finditer(text, at, end):
        behind = clauses.predicate_behind(number, joint.end())
        if behind is not None and (behind.kind == "modal" or behind.start > end):
            return "的" in text[at : joint.end()]
    return False


def _companions(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The B of a clause that goes on about its sentence's subject: …,会同B建立…."""
    if clauses.text.find("会同", *clauses.spans[number]) < 0:
        return
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
    r"|(?<=向)[^,。;]{1,10}(?:推广|延伸|拓展|扩展|转变|转移|扩大|覆盖|集聚|集中|下沉)"
)


_JOINTLY = regex.compile("联合(?!体(?!育)|会(?!计)|执法|发文|惩戒)")
"""由市科技局联合市财政局开展: both act alike."""


def _agents(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
    """The X of 由X提出; none where it only describes: 由X制定的标准, 建立由X牵头的机制."""
    text, (start, end) = clauses.text, clauses.spans[number]
    begins = [start] if _goes_on_with_agents(clauses, number) else []
    for found in AGENT.finditer(text, start, end):
        before = text[max(start, found.start() - _LONGEST_DESCRIBED) : found.start()]
        if not _DESCRIBED.search(before):
            begins.append(found.end())
    if not begins or text[start] == "(" or _EXPLAINS.search(text, start, end):
        return
    for begin in begins:
        units, predicate = _agent(view, clauses, number, begin)
        if predicate is not None and not _DEED_OF.match(text, predicate.end, end):
            yield from _with_roles(view, units, predicate, end)
            if jointly := _JOINTLY.match(text, predicate.start, end):
                for unit in _partners(view, jointly.end(), end):
                    yield SubjectMention(unit, "responsible")


def _agent(
    view: View, clauses: Clauses, number: int, start: int
) -> tuple[list[UnitMention], Predicate | None]:
    """The units from a place on that a predicate follows, and the predicate."""
    text, end = clauses.text, clauses.spans[number][1]
    for stop in _ends(text, start, end):
        predicate = clauses.predicate_behind(number, stop)
        if predicate is not None and predicate.kind != "may":
            if _ITS_HEAD.match(text, stop, end):
                return [], None
            units = subject_units(view, start, stop, True)
            if units:
                return [unit for unit in units if not is_told_only(unit.unit)], predicate
    return [], None


_MOST_AGENTS = 8


def _goes_on_with_agents(clauses: Clauses, number: int) -> bool:
    """Whether a clause is one of the next of 由市财政局初审、市科技局复核."""
    for place in range(number, max(number - _MOST_AGENTS, 0), -1):
        if clauses.text[clauses.spans[place][0] - 1] != "、":
            return False
        if AGENT.search(clauses.text, *clauses.spans[place - 1]):
            return True
    return False


_ITS_HEAD = regex.compile("(?:主要|分管|有关|相关)(?:领导|负责(?:同志|干部|人))")
"""由市政府主要领导挂帅: a person, no unit."""


# --- roles ---------------------------------------------------------------------------------------

_ROLE_IN_NAME = {"牵头": "lead", "配合": "support", "协办": "support", "协助": "support"}
_LEADS = regex.compile(rf"牵头(?!单位|部门|机关|人|机构|实施部门|、|的)|{WITH.pattern}")
_OTHERS = regex.compile(r"督促|指导|配合|协助|由|部门|单位|机关|机构|政府|[局厅委办]")
_SUPPORTS = regex.compile(
    rf"(?:{ADVERBS}|要|应当?|须|必须|负责){{0,6}}?"
    r"(?:做好(?:[^,]{0,8}(?:协调|协同|支持))?配合|配合|协助|予以配合|给予配合)"
)
_TOGETHER_FIRST = regex.compile(rf"(?:{ADVERBS}|要|应当?|须|积极){{0,6}}会同(?!县)")
_CLAUSE_END = regex.compile(r"[,。;:\n]|(?<=牵头|审核|审批|初审|复审|复核)、|$")


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
    said = text[predicate.start : end]
    helps = not leads and ("配合" in said or "协助" in said)
    supports = helps and _SUPPORTS.match(text, predicate.start, end)
    role = "lead" if leads else "support" if supports else "responsible"
    for unit in units:
        yield SubjectMention(unit, _ROLE_IN_NAME.get(unit.unit.removeprefix("各")[:2], role))
    together = WITH.search(text, predicate.start, end) if leads else None
    if together:
        for unit in _partners(view, together.end(), end):
            yield SubjectMention(unit, "support")


def _partners(view: View, start: int, end: int) -> list[UnitMention]:
    text = view.masked
    for at in _ends(text, start, end):
        if at == end or predicate_at(text, at, end):
            units = subject_units(view, start, at, True)
            if units:
                return units
    return []
