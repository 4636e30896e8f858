"""Heads of a table whose words plain text broke over lines: 责任分 / 工, 任务 / 分类."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract import lazy as regex
from extract.clean import heads
from extract.clean.printed import Printed
from extract.model import Cell, Line

_SENTENCE = regex.compile(r"[,。;:!?、《》“”\d|\t]|[一二三四五六七八九十]、")
_LONGEST_LINE = 48
_MOST_LINES = 24
_LONGEST_QUALIFIER = 3
_SIDES = {
    "units": ("responsible", "lead", "support"),
    "deadline": ("deadline",),
    "measure": ("measure", "task"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A head's words and the pieces of lines that they were printed on."""

    text: str
    kind: str
    pieces: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head words that stand at a place, in printed order, and the place after them."""

    found: tuple[Word, ...]
    end: int

    @property
    def words(self) -> frozenset[str]:
        """The words, for comparing the heads of two pages."""
        return frozenset(word.text for word in self.found)

    def cells(self, labels: int, sides: Sequence[str]) -> list[Cell]:
        """The head row of a table with so many columns of labels, then these side columns.

        A word more than there are columns is a head over the others and is left out.
        """
        rest = list(self.found)
        named: dict[int, Word] = {}
        for place, side in enumerate(sides):
            word = _take(rest, _SIDES[side])
            if word:
                named[labels + place] = word
        for place, word in enumerate(rest[-labels:] if labels else []):
            named[place] = word
        return [Cell(0, column, named[column].pieces) for column in sorted(named)]


def _take(rest: list[Word], kinds: Sequence[str]) -> Word | None:
    for kind in kinds:
        for word in rest:
            if word.kind == kind:
                rest.remove(word)
                return word
    return None


def read_head(lines: Sequence[Printed], at: int) -> Head | None:
    """The head that begins at a line: two or more head words and hardly anything else."""
    if not _may_be_head(lines[at]) or not _begins(lines, at):
        return None
    span = at
    while span < min(len(lines), at + _MOST_LINES) and _may_be_head(lines[span]):
        span += 1
    signs = [
        (sign, place, offset)
        for place in range(at, span)
        for offset, sign in enumerate(lines[place].folded)
        if sign != " "
    ]
    words, used = _tile("".join(sign for sign, _, _ in signs))
    if len({kind for _, _, kind in words}) < 2 or len(words) < 2:
        return None
    end = signs[used - 1][1]
    if used < len(signs) and signs[used][1] == end:
        return None
    if any(_has_run_together(signs, a, b) for a, b in pairwise(words)):
        return None
    found = tuple(_word(lines, signs[i:j], kind) for i, j, kind in words)
    return Head(found, end + 1)


def _has_run_together(
    signs: Sequence[tuple[str, int, int]], one: tuple[int, int, str], other: tuple[int, int, str]
) -> bool:
    """Whether two columns of units have one head: 牵头部门责任单位. What stands in either cannot be
    told from the other."""
    (_, line, last), (_, below, first) = signs[one[1] - 1], signs[other[0]]
    both = one[2] != other[2] and {one[2], other[2]} <= set(_SIDES["units"])
    return both and line == below and first == last + 1


def _begins(lines: Sequence[Printed], at: int) -> bool:
    """Whether a head word begins right here, behind a short qualifier at most."""
    start = "".join(line.folded for line in lines[at : at + 4]).replace(" ", "")
    return _next_head(start, 0) is not None


def _next_head(text: str, at: int) -> regex.Match[str] | None:
    """The head word that begins at a place, behind a short qualifier at most; a search would go on
    through the line."""
    end = at + _LONGEST_QUALIFIER + 14
    for start in range(at, min(at + _LONGEST_QUALIFIER + 1, len(text))):
        if found := heads.pattern().match(text, start, end):
            return found
    return None


def _may_be_head(line: Printed) -> bool:
    return line.width <= _LONGEST_LINE and not _SENTENCE.search(line.folded)


def _tile(text: str) -> tuple[list[tuple[int, int, str]], int]:
    """Head words one after another from the text's start, short qualifiers let pass."""
    words: list[tuple[int, int, str]] = []
    at = 0
    while True:
        found = _next_head(text, at)
        if found is None:
            return words, at
        words.append((at, found.end(), heads.kinds()[found[0]]))
        at = found.end()


def _word(lines: Sequence[Printed], signs: Sequence[tuple[str, int, int]], kind: str) -> Word:
    pieces = []
    for place in sorted({place for _, place, _ in signs}):
        offsets = [offset for _, p, offset in signs if p == place]
        whole = lines[place].line
        text = lines[place].text[offsets[0] : offsets[-1] + 1]
        pieces.append(Line(text, whole.page, whole.box))
    return Word("".join(sign for sign, _, _ in signs), kind, tuple(pieces))
