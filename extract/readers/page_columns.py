"""Lines of a page in reading order, also where the text is set in two columns."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

from extract.readers.page_lines import Char, PrintedLine, lines_of

_LEAST_ROWS = 12
_left = attrgetter("x0")
_right = attrgetter("x1")


def in_reading_order(chars: list[Char]) -> list[PrintedLine]:
    """The lines of a page; in a two-column page the left column first, between lines that span."""
    gutter = _gutter(chars)
    lines = lines_of(chars)
    if gutter is None:
        return lines
    left = lines_of(char for char in chars if (char.x0 + char.x1) / 2 < gutter)
    right = lines_of(char for char in chars if (char.x0 + char.x1) / 2 >= gutter)
    spanning = [line for line in lines if _spans(line, chars, gutter)]
    if not spanning:
        return left + right
    ordered: list[PrintedLine] = []
    bounds = [0.0, *(line.base for line in spanning), float("inf")]
    for i, (above, below) in enumerate(pairwise(bounds)):
        for column in (left, right):
            ordered += [
                line for line in column if above + 0.4 * line.em < line.base < below - 0.4 * line.em
            ]
        if i < len(spanning):
            ordered.append(spanning[i])
    return ordered


def _spans(line: PrintedLine, chars: list[Char], gutter: float) -> bool:
    """Whether a line runs across the gutter."""
    return any(
        abs(char.base - line.base) < 0.4 * line.em and char.x0 < gutter - 1 and char.x1 > gutter + 1
        for char in chars
        if not char.text.isspace()
    )


def _gutter(chars: list[Char]) -> float | None:
    """The middle of the empty strip between two columns, None where there is none."""
    seen = [char for char in chars if not char.text.isspace()]
    if sum(len(char.text) for char in seen) < 200:
        return None
    places = [round(char.base / 4) for char in seen]
    if len(places) - len(set(places)) < _LEAST_ROWS:  # too few have another beside them
        return None
    x0, x1 = min(map(_left, seen)), max(map(_right, seen))
    rows: dict[int, list[Char]] = {}
    for place, char in zip(places, seen, strict=True):
        rows.setdefault(place, []).append(char)
    extents = [_extent(row) for row in rows.values()]
    if sum(bool(gaps) for _, _, gaps in extents) < _LEAST_ROWS:
        return None
    best, middle = 0, None
    for step in range(35, 66):
        x = x0 + (x1 - x0) * step / 100
        crossing = [gaps for start, end, gaps in extents if start < x < end]
        both = sum(any(start < x < end for start, end in gaps) for gaps in crossing)
        if both >= _LEAST_ROWS and both > 4 * (len(crossing) - both) and both > best:
            best, middle = both, x
    return middle


def _extent(row: list[Char]) -> tuple[float, float, list[tuple[float, float]]]:
    """Where a row begins and ends, and its gaps that are as wide as a character."""
    row.sort(key=_left)
    gaps = []
    end = row[0].x1
    for char in row[1:]:
        if char.x0 - end > 0.9 * row[0].em:
            gaps.append((end, char.x0))
        end = max(end, char.x1)
    return row[0].x0, end, gaps
