"""Head words of task tables (`table_heads.tsv`), and which cells and rows are heads."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby

from extract import lazy as regex
from extract.lens import fold
from extract.lexicon import alternation, load, spellings

UNIT_KINDS = ("lead", "responsible", "support")
"""The kinds of column that name who answers."""


@cache
def kinds() -> dict[str, str]:
    """Head word to the kind of its column."""
    return {
        term: entry["kind"] for entry in load("table_heads") for term in spellings(entry["term"])
    }


@cache
def pattern() -> regex.Pattern[str]:
    """Any head word, the longest first."""
    return regex.compile(alternation(kinds()))


def plain(text: str) -> str:
    """A cell's words for comparison: folded, without spaces and what stands in brackets."""
    return plain_folded(fold(text))


def plain_folded(text: str) -> str:
    """As `plain`, of folded words."""
    folded = text.replace(" ", "").replace("\n", "")
    return _BRACKET.sub("", folded) if "(" in folded else folded


def run_together(words: str) -> tuple[str, ...]:
    """The kinds of the head words that a line consists of, 序号工作任务责任单位, one for those side
    by side of a kind; none where some of it is no head."""
    found: list[str] = []
    at = 0
    while at < len(words):
        match = pattern().match(words, at + (words[at] in "和及与"))
        if match is None:
            return ()
        found.append(kinds()[match[0]])
        at = match.end()
    return tuple(kind for kind, _ in groupby(found))


def of_its_year(words: str) -> str:
    """A head's words without the year of what it heads: 2024年推进任务; 2025年目标 keeps it, as the
    year is what tells such columns apart."""
    return _ITS_YEAR.sub("", words)


_ITS_YEAR = regex.compile(
    r"^20\d\d年度?(?=\p{Han}{2,8}$)(?!\p{Han}*(?:目标|指标|计划|规划|预期|现状|完成))"
)
_BRACKET = regex.compile(r"\([^()]*\)")


@lru_cache(maxsize=1024)
def kind(text: str) -> str | None:
    """The kind of column that a head cell names, a short qualifier before it (县级) let pass. Each
    reader of flattened tables asks it of each line and its neighbours, so answers are kept."""
    words = plain(text)
    if not words or len(words) > 14:
        return None
    if words in kinds():
        return kinds()[words]
    for at in range(1, min(5, len(words) - 1)):
        if words[at:] in kinds():
            return kinds()[words[at:]]
    return None


def is_head_row(cells: list[str]) -> bool:
    """Whether a row's cells are heads: two or more name a column, and hardly one does not."""
    filled = [cell for cell in cells if cell.strip()]
    named = sum(kind(cell) is not None for cell in filled)
    return named >= 2 and named * 3 >= len(filled) * 2
