"""What follows a unit that is told to act: adverbials, then a modal, a verb or a preposition.

市司法局｜要组建…, 各县区｜每年至少完成…, 上级行政执法机关｜对下级…开展…. The words are data
(lexicon/directive_words.tsv); which of them a subject needs is asked in `subject_clauses`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extract import lazy as regex
from extract.lexicon import alternation, load
from extract.rules.rule import rule
from extract.rules.subjects.segment import tag


def words(kind: str, known: str = "(?!)") -> str:
    """A pattern for the words of one kind, longest first, each kept from what would make it
    another word. Those that `known` matches are left out: with two ways to read each of a run of
    words the time doubles with every one."""
    unless = {
        entry["term"]: entry["unless"]
        for entry in load("directive_words")
        if entry["kind"] == kind and not regex.fullmatch(known, entry["term"])
    }
    return alternation(unless, unless)


TIME = (
    r"(?:(?=[于在到至从自每今明当本次年\d])"  # asked first: words of time stand in many patterns
    r"(?:(?:于|在|到|至|从|自)?(?:\d{4}年|每(?:[两半]|[\d一三四五]{1,2})?年|每(?:半年|[\d一二两三四六]?个?(?:季度?(?!节)|月|周)|学期|学年|旬|[日天])(?:最后一个月|[首末]月|开学|放假)?|[今明当本次]年|(?<!年)年)"
    r"[\d一二三四五六七八九十上下午半季度年月日底初中末旬第-]{0,10}(?:[时点](?=以?前|之前))?(?:以?前|之?前|起|内|期间|开始)?"
    r"|(?:在|于)?\d{1,3}个?(?:工作日|自然日|小时|分钟|[日天])(?:之|以)?内|\d{1,2}月(?:(?:\d{1,2}日|底|中旬|上旬|下旬)?(?:以?前|起)|\d{1,2}日(?:[至到~—-](?:\d{1,2}月)?\d{1,2}日)?)|(?:每次|每季度末|每月底)前?))"
)
ADVERBS = rf"(?:{words('adverb', TIME)}|{TIME}|[\d一二两三四五]+次)"
_IS_NOUN = (
    r"(?!医院|学校|院校|高校|企业|单位|部门|机关|机构|主体|人员|情况|的(?!同时)|委(?!托)|部(?!门)|局|厅|人事|中心(?!城区|城市|镇|村|工作|任务)|"
    r"(?:行政|主管|管理){1,2}(?:部门|机构|单位|局)|(?<=开发|建设|规划|管理|发展|改革)\p{Han}{0,5}局(?=[、,;和及与]|负责|牵头|会同|[要应按]|$)|工作的|力度|成效|能力|水平|者|类|费|[了过着]|要(?!求)|须|应(?![急用]))"
)
_IS_NAME = r"(?!\p{Han}{0,6}(?:部门|机关|机构|单位|局|委员会|中心))"
_MODAL = words("modal")
_URGED = r"(?:指导|督促|组织|引导|帮助|推动|鼓励|支持|动员|协助)(?=企业(?!家))"
"""指导企业争取贷款: whom one urges; 试点企业 is a class."""
_VERB = rf"(?:{words('verb')}{_IS_NOUN}|{_URGED})"
_NOMINAL = words("nominal") + _IS_NOUN + _IS_NAME
VERBAL = rf"(?:{_MODAL}|{_VERB}|{_NOMINAL})"

_ALONE = (
    rf"(?P<whole>{words('whole')})|(?P<may>{words('may')})|(?P<modal>{_MODAL})|(?P<verb>{_VERB})"
    rf"|(?P<preposition>{words('preposition')})|(?P<nominal>{_NOMINAL})"
)
_BEHIND_ADVERBS = (
    rf"(?P<whole>{ADVERBS}{{0,6}}?{words('whole')})|(?P<may>{ADVERBS}{{0,6}}?{words('may')})"
    rf"|(?P<modal>{ADVERBS}{{0,6}}?{_MODAL})|(?P<verb>{_VERB})"
    rf"|{ADVERBS}{{1,6}}?(?:(?P<adverb>{_VERB}|{_NOMINAL})|(?P<preposition>{words('preposition')}))"
    rf"|(?P<preposition>{words('preposition')})|(?P<nominal>{_NOMINAL})"
)
_PLAIN = regex.compile(_ALONE)
_PREDICATE = rule(
    "predicate",
    _BEHIND_ADVERBS,
    source="contract, responsibilities 7",
    examples=("⟦要⟧组建工作专班", "⟦每年至少完成⟧一次轮训", "⟦依法对⟧下级进行监督", "⟦可⟧结合实际"),
    counter=("情况", "司法", "制定的"),
)


class Predicate(NamedTuple):
    """What a subject does. kind: whole (各司其职: needs nothing else), may, modal, verb, adverb (a
    verb behind an adverb), preposition, nominal (监督, 管理: a verb or a noun)."""

    kind: str
    start: int
    end: int


def predicate_at(text: str, at: int, end: int) -> Predicate | None:
    """The predicate that begins at a character; None where none does."""
    if text[at : at + 1] not in FIRST:
        return None
    adverbs = _ADVERBIAL.match(text, at, end) if text[at] in _FIRST_OF_ADVERB else None
    if adverbs is None and text[at : at + 2] not in _OPENINGS and text[at] not in _OPENINGS:
        return None
    found = (_PREDICATE if adverbs else _PLAIN).match(text, at, end)
    if found is not None:
        assert found.lastgroup is not None
        return Predicate(found.lastgroup, at, found.end())
    if adverbs is None:
        return None
    verb = first_verb(text[adverbs.end() : min(end, adverbs.end() + _AHEAD)])
    return Predicate("adverb", at, adverbs.end() + len(verb)) if verb else None


def first_characters(*kinds: str) -> frozenset[str]:
    """The characters that words of these kinds begin with."""
    return frozenset(
        entry["term"][0] for entry in load("directive_words") if entry["kind"] in kinds
    )


TIME_FIRST = frozenset("于在到至从自每今明当本次年0123456789")
"""Characters that `TIME` begins with."""
_FIRST_OF_ADVERB = first_characters("adverb") | TIME_FIRST | frozenset("一二两三四五")
_NOT_ADVERBS = ("whole", "may", "modal", "verb", "preposition", "nominal")
FIRST = _FIRST_OF_ADVERB | first_characters(*_NOT_ADVERBS)
"""Characters that a predicate begins with; asked first, to save time."""
_OPENINGS = frozenset(
    entry["term"][:2] for entry in load("directive_words") if entry["kind"] in _NOT_ADVERBS
)
"""What a predicate without adverbs begins with: two characters, of a shorter word its only one."""
_ADVERBIAL = regex.compile(rf"{ADVERBS}+")
_AHEAD = 8
_VERB_TAGS = ("v", "vi")


@lru_cache(maxsize=4096)
def first_verb(text: str) -> str:
    """The word that a few characters begin with, where jieba takes it for a verb."""
    words = tag(text)
    if len(words) < 2 or len(words[0][0]) < 2 or words[1][0] == "的":
        return ""
    return words[0][0] if words[0][1] in _VERB_TAGS else ""


@lru_cache(maxsize=4096)
def has_verb(text: str) -> bool:
    """Whether jieba finds a verb of two characters in the words behind a preposition."""
    return not text.endswith("的") and any(
        kind in _VERB_TAGS and len(word) > 1 for word, kind in tag(text)
    )
