"""The words that say who answers: labels (牵头单位：) and verbs (A牵头，B配合), from
lexicon/role_cues.tsv, with the grammar around them."""

from __future__ import annotations

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


_STEM = cues("stem")
LABEL = regex.compile(
    rf"(?:(?P<skip>{cues('skip')})|(?:[省市县区]级|[省市县区])?(?P<stem>{_STEM})"
    rf"(?:(?:和|及|、|/|或)(?:{_STEM}))?(?:\({_STEM}\))?{cues('noun')}|(?P<bare>{cues('bare')})|(?P<scope>(?<=^\(?)[省市县区]?(?:级|本级)?(?:分工方案|分工|层面|级)))"
    r"(?:\([^()]{0,20}\))?\s?(?:(?::|(?<=(?:^|\n)\(\(?[^()]{1,12})\)):?"
    r"|(?<=^\(.{1,8}(?:单位|部门|[处科]室))[;、, ]?(?=(?:各?[省市县区州]|国家)(?![场级])\p{Han})"
    r"|(?<=时[间限]|期限|日期) ?(?=20\d\d年))"
)
"""A label: 牵头单位: , 完成时限: , also set in brackets of its own, (责任单位); `scope` opens a
list and says no role (市分工方案: )."""


def label_at(text: str, i: int) -> bool:
    """Whether a line of its own may open with the label at text[i]: 责任单位：; 主办单位： in such
    a place is the foot of a web page."""
    found = LABEL.match(text, i + (text[i : i + 1] == "("))
    return found is not None and (found["stem"] or found["bare"]) not in (None, *_HOSTS)


def due_label_end(text: str, i: int) -> int:
    """Where the label ends that stands at text[i] and says by when: 完成时限：; 0 for none."""
    found = LABEL.match(text, i)
    said = found is not None and found["skip"] and _SAYS_WHEN.search(found["skip"])
    return found.end() if found and said else 0


_SAYS_WHEN = regex.compile("(?:时限|时间|期限|日期|节点|进度)(?:要求|安排)?$")
_HOSTS = ("主办", "承办", "协办", "支持")
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
    r",?(?:会同(?!县)|(?<!协)会商(?!会))|(?<=[局委办厅心部会门])[会商](?=[省市县区州][\p{Han}]{2,12}?[局委办厅部院]|有关|相关|同级)"
)
"""A会同B, also said A会B."""
TIME = regex.compile(
    r"\d年|\d月|季度|半年|年[底末内初]|持续|长期|完成|推进|进度|优化|适时|及时|每年|时限|期限"
)
