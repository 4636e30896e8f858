"""Whether a 由X… governs a whole task, so that X is its assigned unit (contract, rules 7 and 8).

入学工作由区政府统一领导，区教育局负责实施。 is the main statement of its task; in 各校要…。个案由
区教育局解决。 the 由 covers a part only.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract import lazy as regex
from extract.rules.subjects.predicates import predicate_at
from extract.rules.subjects.subject_clauses import ACTS, Clauses

AGENT = regex.compile(r"(?<![自事缘来原经])(?<!(?<![管处办审清代受整治])理)由(?![于此来])")
"""管理由市财政局负责 has an agent, 理由 none."""
_DIRECTS = regex.compile(
    "予以|给予|(?<![相对响效])应(?!用|急|届|当前)|须|不得|安排|办理|审核|执行|实行|参加"
)
_STATES = regex.compile(
    "(?<![成作])为(?!了|民|本|主|确|加|进|贯|推|规)[^,。;]{0,24}(?:时限|期限|标准|时间|对象|范围)"
)
_OF_A_CASE = regex.compile("的(?:部分)?$")
"""跨盟市迁移户口的,由派出所审批; 超过5000万元的部分,由县承担: it covers that case only."""
_HEADING = 40
_ALL_WORK = regex.compile(r"工作由")
_LEADS = regex.compile("牵头|工作由")


def main_statement(
    clauses: Clauses, told: Sequence[bool], by_agent: Sequence[bool]
) -> frozenset[int]:
    """The numbers of the clauses that say who answers for the task as a whole; empty where no 由
    does. `told`: whether somebody is told to act in a clause; `by_agent`: and 由 says who."""
    if AGENT.search(clauses.text) is None:
        return frozenset()
    sentences = _without_heading(clauses, _said(clauses), told)
    if len(sentences) == 1 and (closing := _closed_by_agent(clauses, sentences[0], told, by_agent)):
        return frozenset(closing)
    if not sentences or not _opens_with_agent(clauses, sentences[0], told, by_agent):
        return frozenset()
    if len(sentences) > 1 and not _leaves_nothing(clauses, sentences, told):
        return frozenset()
    return frozenset(sentences[0])


def _sentences(clauses: Clauses) -> list[list[int]]:
    sentences: list[list[int]] = [[]]
    for number, (_, end) in enumerate(clauses.spans):
        sentences[-1].append(number)
        if clauses.text[end : end + 1] in ("。", "\n", "!", "?"):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


_FORMULA = regex.compile(r"\s*特此\p{Han}{2,6}")


def _said(clauses: Clauses) -> list[list[int]]:
    """The sentences without the formula that closes a letter: 特此通知."""
    return [
        sentence
        for sentence in _sentences(clauses)
        if not (
            len(sentence) == 1 and _FORMULA.fullmatch(clauses.text, *clauses.spans[sentence[0]])
        )
    ]


_IN_CHARGE = regex.compile(
    r"(?:具体|总)?(?:牵头|负责)(?:负责|抓总|统筹)?(?:组织)?(?:实施|落实|推进)?$|组织实施$"
)


def _closed_by_agent(
    clauses: Clauses, sentence: list[int], told: Sequence[bool], by_agent: Sequence[bool]
) -> list[int]:
    """The clauses that say at the end of a task's only sentence who has it in hand, and of nothing
    else: 开展专项检查,由市规划局牵头,市公安局配合. Whoever is told before has a part of his own."""
    for place, number in enumerate(sentence):
        if by_agent[number]:
            begins, ends = clauses.spans[number]
            alone = _OF_IT_ALL.match(clauses.text, begins) and _IN_CHARGE.search(
                clauses.text, begins, ends
            )
            rest = sentence[place:]
            return rest if alone and all(told[n] for n in rest) else []
        if told[number] or _ONE_CASE.match(clauses.text, clauses.spans[number][0]):
            return []
    return []


_OF_IT_ALL = regex.compile(r"\s*(?:(?:该|此|本|上述|以上)项?(?:工作|任务)|具体工作)?由")
_ONE_CASE = regex.compile(r"\s*(?:如|若|涉及|遇有?|其中|凡|对)")
"""如涉及用地,由市自然资源局负责: a part only, as is 所需经费由市财政局负责."""


def _without_heading(
    clauses: Clauses, sentences: list[list[int]], told: Sequence[bool]
) -> list[list[int]]:
    """The sentences behind the heading: a short one before others that tells nobody to act, or
    场景认定:."""
    first = sentences[0]
    end = clauses.spans[first[-1]][1]
    colon = next((n for n in first if clauses.text[clauses.spans[n][1] :][:1] == ":"), None)
    if colon is not None and colon != first[-1] and clauses.spans[colon][1] <= _HEADING:
        return [first[first.index(colon) + 1 :], *sentences[1:]]
    if len(sentences) > 1 and end <= _HEADING and not any(told[number] for number in first):
        return sentences[1:]
    return sentences


def _opens_with_agent(
    clauses: Clauses, sentence: list[int], told: Sequence[bool], by_agent: Sequence[bool]
) -> bool:
    """Whether the first clause of the sentence that directs is one with 由, and whoever else it
    tells works at the same: 由省级部门推荐,生态环境部确定 is two acts."""
    for place, number in enumerate(sentence):
        start, end = clauses.spans[number]
        if AGENT.search(clauses.text, start, end):
            others = any(told[n] and not by_agent[n] for n in sentence[place + 1 :])
            return by_agent[number] and (
                not others or _LEADS.search(clauses.text, start, end) is not None
            )
        opening = predicate_at(clauses.text, start, end)
        if told[number] or (opening is not None and opening.kind in ACTS):
            return False
        if _OF_A_CASE.search(clauses.text, start, end):
            return False
        if _DIRECTS.search(clauses.text, start, end) or _STATES.search(clauses.text, start, end):
            return False
    return False


def _leaves_nothing(clauses: Clauses, sentences: list[list[int]], told: Sequence[bool]) -> bool:
    """Whether the first sentence speaks of all the work and each other tells somebody else."""
    start, end = clauses.spans[sentences[0][0]]
    if _ALL_WORK.search(clauses.text, start, end) is None:
        return False
    return all(any(told[number] for number in sentence) for sentence in sentences[1:])
