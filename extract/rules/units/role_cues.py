"""The words that say who answers: labels (牵头单位：) and verbs (A牵头，B配合), from
lexicon/role_cues.tsv, with the grammar around them."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from extract import lazy as regex
from extract.lexicon import alternation, load, terms

Role = str
"""lead, responsible or support."""


@cache
def roles(kind: str) -> dict[str, Role]:
    return {entry["cue"]: entry["role"] for entry in load("role_cues") if entry["kind"] == kind}


def cues(kind: str) -> str:
    return alternation(terms("role_cues", "cue", kind=kind))


HOSTS = ("主办", "承办", "协办", "支持")
"""What a page's foot or an event says of who runs it: 主办单位：."""
MEMBERS = "成员"
"""Whom a body has; beside a label of who answers they answer too (牵头单位：…；成员单位：…)."""
VERBS_TOO = ("负责", "落实")
"""Labels in a bracket (负责：市司法局) that in a line say what somebody does."""
_STEM = cues("stem")
LABEL = regex.compile(
    rf"(?:(?P<skip>{cues('skip')})|(?:[省市县区]级|[省市县区])?(?P<stem>{_STEM})"
    rf"(?:(?:和|及|、|/|或)(?:{_STEM}))?(?:\({_STEM}\))?{cues('noun')}|(?P<bare>{cues('bare')})|(?P<scope>(?<=^\(?)[省市县区]?(?:级|本级)?(?:分工方案|分工|层面|级)))"
    r"(?:\([^()]{0,20}\))?\s?(?:(?::|(?<=(?:^|\n)\(\(?[^()]{1,12})\)):?"
    r"|(?<=^\(.{1,8}(?:单位|部门|[处科]室))[;、, ]?(?=(?:各?[省市县区州]|国家)(?![场级])\p{Han}"
    r"|同[上前](?:\)|$))"
    r"|(?<=时[间限]|期限|日期) ?(?=20\d\d年))"
)
"""A label: 牵头单位: , 完成时限: , also set in brackets of its own, (责任单位); `scope` opens a
list and says no role (市分工方案: )."""


def label_at(text: str, i: int, opens: Container[str] = ()) -> bool:
    """Whether a line of its own may open with the label at text[i]: 责任单位：; one of `HOSTS` or
    `MEMBERS` only where `opens` holds it."""
    found = LABEL.match(text, i + (text[i : i + 1] == "("))
    said = (found["stem"] or found["bare"]) if found else None
    if found is None or said is None or found["bare"] in VERBS_TOO:
        return False
    return said in opens or said not in (*HOSTS, MEMBERS)


def is_weak_label(line: str) -> bool:
    """Whether a line begins, behind its bullet, with a label that opens one only in its place."""
    found = _WEAK.match(line)
    return found is not None


_WEAK = regex.compile(rf"[^\p{{Han}}]{{0,4}}(?:{'|'.join((*HOSTS, MEMBERS))})\p{{Han}}{{0,4}}[:)]")


def statement_start(text: str, i: int, j: int, opens: Container[str] = ()) -> int:
    """Where the statement begins of a line that begins at text[i] and ends at j, or -1: at its
    label, at one of a person or a date before it (责任领导：李某某　责任单位：市司法局), or behind
    other fields (执行期限：长期　责任单位：市司法局)."""
    if label_at(text, i, opens):
        return i
    found = LABEL.match(text, i)
    if found is None or not found["skip"]:
        return -1
    near = min(j, found.end() + _FIELD)
    behind = (
        label.start() for label in LABEL.finditer(text, found.end(), near) if not label["skip"]
    )
    at = next((start for start in behind if label_at(text, start)), -1)
    ours = _PERSON.search(found["skip"]) or _SAYS_WHEN.search(found["skip"])
    return i if ours and at >= 0 else at


_FIELD = 80
"""Characters of the longest field before a label on its line."""


def is_person_line(text: str) -> bool:
    """Whether a line names who answers in person and says nothing else: 责任领导：李某某."""
    found = LABEL.match(text)
    person = found is not None and found["skip"] and _PERSON.search(found["skip"])
    return bool(person) and found is not None and _PERSONS.fullmatch(text, found.end()) is not None


_PERSONS = regex.compile(r"[^:。;]{2,40}[。;]?")
_PERSON = regex.compile("领导|人员?$|电话|联系方式")


def due_label_end(text: str, i: int) -> int:
    """Where the label ends that stands at text[i] and says by when: 完成时限：; 0 for none."""
    found = LABEL.match(text, i)
    said = found is not None and found["skip"] and _SAYS_WHEN.search(found["skip"])
    return found.end() if found and said else 0


_SAYS_WHEN = regex.compile("(?<!执行)(?:时限|时间|期限|日期|节点|进度)(?:要求|安排)?$")
_DUTY = (
    r"(?:,?(?:按照|依照|按|根据|依据|依)(?:各自|所承担)?的?(?:工作)?"
    r"(?:职责|职能|任务|分管领域)(?:分工|职能|权限|范围)*,?)"
)
VERB = regex.compile(
    rf"(?:并?(?P<duty>{_DUTY})?(?:要|应|将)?(?:分别|共同|具体|各自|直接|分工|积极|做好)*"
    rf"(?P<verb>(?!(?<=政)协办){cues('verb')})(?:等?(?:相关)?工作)?|(?P<alone>{_DUTY})"
    rf"|(?:均)?(?:为|是)(?:主要|总)?(?P<named>{_STEM}){cues('noun')})"
    r"(?=[,;。()、 \n]|$|(?<=牵头|主办)(?!单位|部门|考核|责任|机关))"
)
MAY_BE_VERB = regex.compile(rf"{cues('verb')}|职责|职能|任务|分管领域|[为是]")
"""What every `VERB` holds one of; asked first, as most lists have none behind them."""
WITH = regex.compile(
    r",?(?:会同(?!县)|(?<=[局委办厅部院会室组队心府头站将要应当须可并])会同(?=县)|(?<!协)会商(?!会))|(?<=[局委办厅心部会门])[会商](?=[省市县区州][\p{Han}]{2,12}?[局委办厅部院]|有关|相关|同级)"
)
"""A会同B, also said A会B."""
TIME = regex.compile(
    r"\d年|\d月|季度|半年|年[底末内初]|持续|长期|完成|推进|进度|优化|适时|及时|每年|时限|期限"
)
