"""Columns that white strips part on a page, and rows by what stands in the first of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from statistics import median

from extract.readers.page_lines import Char

_NEAR = 3.0
_LEAST_GAP = 0.8
_CLOSING = tuple("，。、；：）》”")
_HALF = 0.5
_LEAST_ROWS = 3
_MIDDLE = 0.38
"""Of a character's height: from its base line to its middle."""
Strip = tuple[float, float]
"""A column's left and right side, or a row's top and bottom."""


def columns_of(chars: list[Char], left: float, right: float) -> list[Strip]:
    """The columns of text, cut in the middle of the white strips between them."""
    if not chars:
        return []
    least = _LEAST_GAP * median(char.em for char in chars)
    cuts, end = [left - 1], None
    for char in sorted(chars, key=lambda char: char.x0):
        if end is not None and char.x0 - end > least:
            cuts.append((char.x0 + end) / 2)
        end = max(end or char.x0, ink_end(char))
    return list(pairwise([*cuts, right + 1]))


def strips_of(sides: Iterable[Strip], least: float) -> list[Strip]:
    """The strips that sides cover, those nearer to one another than `least` as one."""
    strips: list[Strip] = []
    for left, right in sorted(sides):
        if strips and left - strips[-1][1] <= least:
            strips[-1] = strips[-1][0], max(strips[-1][1], right)
        else:
            strips.append((left, right))
    return strips


def ink_end(char: Char) -> float:
    """The right side of what is printed: closing punctuation may hang over its column."""
    return char.x1 - _HALF * char.em if char.text[-1:] in _CLOSING else char.x1


def rows_of(chars: list[Char], columns: list[Strip], places: list[float]) -> list[Strip]:
    """The rows: between rules where each row has its rule, else one for each line in the first
    column, which stands in the middle of its row or at its top: where that leaves fewer wide gaps
    inside cells, or else fewer cells that stand otherwise."""
    ems = {char.base: char.em for char in chars if columns and char.x1 <= columns[0][1]}
    if not ems:
        return []
    if len(places) > _LEAST_ROWS:
        return list(pairwise(places))
    firsts = [base for base in sorted(ems) if base > places[1]]
    firsts = [
        base for last, base in pairwise([0.0, *firsts]) if not last or base - last > 0.5 * ems[base]
    ]
    ways = [
        ([*_middles(firsts, ems, places, chars), places[-1]], _middle),
        ([*_tops(firsts, ems, places), places[-1]], _top),
    ]
    found = [
        (_wide_gaps(cells), _apart_from_first(cells, place), cuts)
        for cuts, place in ways
        if len(cuts) > 1 and (cells := _cells(chars, columns, cuts))
    ]
    *_, cuts = min(found, key=lambda way: way[:2])
    return list(pairwise([places[0], *cuts]))


def _cells(chars: list[Char], columns: list[Strip], cuts: list[float]) -> list[list[list[float]]]:
    """The baselines of each cell of each row, from top to bottom."""
    return [
        [
            sorted({c.base for c in chars if top < c.base <= bottom and left <= c.x0 <= right})
            for left, right in columns
        ]
        for top, bottom in pairwise(cuts)
    ]


def _wide_gaps(rows: list[list[list[float]]]) -> int:
    """How many lines of cells stand further below the one before than lines usually do: each is
    the first of another row."""
    gaps = [below - above for row in rows for bases in row for above, below in pairwise(bases)]
    usual = min((gap for gap in gaps if gap > _NEAR), default=0.0)
    return sum(gap > 1.15 * usual for gap in gaps)


def _apart_from_first(rows: list[list[list[float]]], place: Callable[[list[float]], float]) -> int:
    """How many cells do not stand beside the first one of their row, by this place of each."""
    beside = [[place(bases) for bases in row if bases] for row in rows]
    return sum(abs(each - row[0]) > _NEAR for row in beside for each in row)


def _top(bases: list[float]) -> float:
    return bases[0]


def _middle(bases: list[float]) -> float:
    return (bases[0] + bases[-1]) / 2


def _middles(
    firsts: list[float], ems: dict[float, float], places: list[float], chars: list[Char]
) -> list[float]:
    """Where rows begin whose first cells stand in their middle: each row ends as far below the
    middle as it begins above it, and the last one at the last rule; none where that is not so."""
    cuts = [places[1]]
    for base in firsts:
        cuts.append(2 * (base - _MIDDLE * ems[base]) - cuts[-1])
    em = median(ems.values())
    if abs(cuts.pop() - places[-1]) > 0.6 * em:
        return []
    for top, bottom in pairwise([*cuts, places[-1]]):
        bases = [char.base for char in chars if top < char.base <= bottom]
        middle = (min(bases) + max(bases)) / 2 - _MIDDLE * em if bases else top
        if bottom - top < 0.9 * em or abs(middle - (top + bottom) / 2) > 0.6 * em:
            return []
    return cuts


def _tops(firsts: list[float], ems: dict[float, float], places: list[float]) -> list[float]:
    """Where rows begin whose first cells stand at their top."""
    cuts = [base - 1.1 * ems[base] for base in firsts]
    return [places[1], *(cut for cut in cuts if cut > places[1] + ems[firsts[0]])]
