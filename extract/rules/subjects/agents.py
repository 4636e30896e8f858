"""The agent behind 由: the X of 由X提出."""

from __future__ import annotations

from collections.abc import Iterator

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.subjects.main_statement import AGENT
from extract.rules.subjects.predicates import Predicate, first_verb, words
from extract.rules.subjects.subject_clauses import Clauses
from extract.rules.subjects.subject_names import LONGEST, is_told_only, subject_units
from extract.rules.subjects.subject_roles import SubjectMention, partners, with_roles
from extract.rules.subjects.unit_ends import JOINT, ends, goes_on
from extract.rules.units.units import UnitMention

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


def agents(view: View, clauses: Clauses, number: int) -> Iterator[SubjectMention]:
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
            yield from with_roles(view, units, predicate, end)
            if jointly := _JOINTLY.match(text, predicate.start, end):
                for unit in partners(view, jointly.end(), end):
                    yield SubjectMention(unit, "responsible")


def _agent(
    view: View, clauses: Clauses, number: int, start: int
) -> tuple[list[UnitMention], Predicate | None]:
    """The units from a place on that a predicate follows, and the predicate."""
    text, end = clauses.text, clauses.spans[number][1]
    for stop in ends(text, start, end):
        predicate = clauses.predicate_behind(number, stop)
        if predicate is not None and predicate.kind != "may":
            if _ITS_HEAD.match(text, stop, end):
                return [], None
            units = subject_units(view, start, stop, True)
            if units:
                return [unit for unit in units if not is_told_only(unit.unit)], predicate
    return _agent_by_words(view, clauses, number, start)


def _agent_by_words(
    view: View, clauses: Clauses, number: int, start: int
) -> tuple[list[UnitMention], Predicate | None]:
    """The units from a place on behind which jieba finds a verb that no list has: 由医院｜会诊."""
    text, end = clauses.text, clauses.spans[number][1]
    for joint in JOINT.finditer(text, start + 1, min(end, start + LONGEST)):
        verb = first_verb(text[joint.end() : min(end, joint.end() + _A_WORD_OR_TWO)])
        others = (_MOVES, _ITS_HEAD)
        if not verb or any(each.match(text, joint.end(), end) for each in others):
            continue
        if goes_on(text, joint.end()):
            continue
        units = subject_units(view, start, joint.end(), True)
        named = [unit for unit in units if not is_told_only(unit.unit)]
        if named and _NO_NAME.fullmatch(named[-1].unit) is None:
            return named, Predicate("verb", joint.end(), joint.end() + len(verb))
    return [], None


_A_WORD_OR_TWO = 8
_MOVES = regex.compile(r"\p{Han}{1,2}[入向至到]")
"""由医院转诊至…, 由街道扩展到…: where something starts from, not who does it."""
_NO_NAME = regex.compile("地方|政府|各地")
"""由地方补充医疗保险基金支付: what such a word begins is more often another name."""


_MOST_AGENTS = 8


def _goes_on_with_agents(clauses: Clauses, number: int) -> bool:
    """Whether a clause is one of the next of 由市财政局初审、市科技局复核."""
    for place in range(number, max(number - _MOST_AGENTS, 0), -1):
        if clauses.text[clauses.spans[place][0] - 1] != "、":
            return False
        if AGENT.search(clauses.text, *clauses.spans[place - 1]):
            return True
    return False


_ITS_HEAD = regex.compile(
    r"(?:主要|分管|有关|相关){1,2}(?:\([^()]*\))?(?:领导|负责(?:同志|干部|人))|下属|所属|直属"
)
"""由市政府主要领导挂帅: a person, no unit."""
