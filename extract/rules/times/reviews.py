"""Which parts of a paper look back: 工作回顾, 发展基础, 主要成效.

What they count and date is neither a target nor a deadline. Source: contract, deadlines rule 3 and
targets rule 2 (look-backs).
"""

from __future__ import annotations

from functools import lru_cache

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.rule import rule

_WORDS = (
    r"(?:回顾(?=[。：:\n]|$|[与和及](?!展望))|发展基础(?=[与和及、。:\n]|$|[较良雄坚]|扎实|进一步|不断|有待|条件)|现实基础|工作基础|发展现状|现状(?:与|和|及)\p{Han}{2,6}|主要成[效就绩]|工作成[效就绩]"
    r"|发展成[就效]|取得(?:的)?(?:主要|显著|积极|重大|历史性)?(?:成绩|成效|成就|进展)|实施情况|完成情况"
    r"|面临(?:的)?(?:\p{Han}{2}和)?(?:形势|挑战|机遇)|发展形势|形势分析|形势要求|形势与挑战|发展环境|(?:存在|面临)(?:的)?(?:主要|突出)?(?:问题|(?:不足|短板|困难)(?=[。：:\n]|$|[与和及、])))"
)
_DIRECTIVE = (
    r"(?:不断|进一步|切实|着力|持续|全面|积极|努力|大力|共同)*"
    rf"(?!发展|取得){alternation(terms('action_verbs'))}"
)
REVIEW = rule(
    "heading of a part that looks back",
    rf"^(?!{_DIRECTIVE})[^,，。；;：:\n]{{0,16}}?(?:{_WORDS}[^,，。；;：:\n]{{0,8}}(?:[。：:\n]|$)|工作回顾)",
    source="contract: look-backs are no deadlines and no targets",
    examples=(
        "⟦发展基础\n⟧",
        "⟦2023年工作回顾⟧过去一年,是",
        "⟦“十三五”取得的主要成就。⟧",
        "⟦“十三五”发展回顾\n⟧",
        "⟦存在不足\n⟧",
    ),
    counter=(
        "发展目标\n",
        "优化发展环境\n",
        "进一步夯实发展基础\n",
        "解决存在问题,完善制度",
        "夯实发展基础设施\n",
        "发展基础赋能平台\n",
        "组织回顾座谈,总结经验",
    ),
)
_AHEAD = regex.compile(
    r"^[ \u3000]*[^\p{Han}\n]{0,6}[一二三四五六七八九十]{0,2}[^\p{Han}\n]{0,3}"
    r"(?:总体(?:目标|要求|思路)|指导思想|基本原则|(?:发展|主要|工作|规划)目标|(?:重点|主要|工作)任务|保障措施)",
    regex.MULTILINE,
)
_LABEL = regex.compile(
    r"^[ \u3000]*(?:第[一二三四五六七八九十百]+(?:(?P<a>[编篇章])|(?P<b>节|部分))[ \u3000]*"
    r"|(?P<c>[一二三四五六七八九十]+、)|(?P<d>[（(][一二三四五六七八九十]+[）)])|(?P<e>\d{1,2}[.．、﹒](?!\d)))",
    regex.MULTILINE,
)
_CUE = regex.compile(r"回顾|基础|现状|成[效就绩]|进展|情况|形势|挑战|机遇|环境|问题|不足|短板|困难")
_LONGEST = 40


@lru_cache(maxsize=4)
def review_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a canonical text that stand under a heading which looks back."""
    spans = []
    open_at, level = None, ""
    for label in _LABEL.finditer(text):
        depth = label.lastgroup or ""
        if open_at is not None and depth <= level:
            spans.append((open_at, label.start()))
            open_at = None
        head = text[label.end() : label.end() + _LONGEST]
        if open_at is None and _CUE.search(head) and REVIEW.match(head):
            open_at, level = label.start(), depth
    if open_at is not None:
        spans.append((open_at, len(text)))
    return tuple((start, _turn(text, start, end)) for start, end in spans)


def _turn(text: str, start: int, end: int) -> int:
    """Where a part that looks back turns to what is to be done, at its end at the latest."""
    ahead = _AHEAD.search(text, start, end)
    return ahead.start() if ahead else end


def looks_back(text: str, offset: int) -> bool:
    """Whether the place stands in a part of the paper that looks back."""
    return any(start <= offset < end for start, end in review_spans(text))
