"""Lines of a page in reading order, also where the text is set in two columns."""

from __future__ import annotations

from itertools import pairwise

from extract.readers.page_lines import Char, PrintedLine, lines_of

_LEAST_ROWS = 12


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
    if len(seen) < 200:
        return None
    x0, x1 = min(c.x0 for c in seen), max(c.x1 for c in seen)
    rows: dict[int, list[Char]] = {}
    for char in seen:
        rows.setdefault(round(char.base / 4), []).append(char)
    best, middle = 0, None
    for step in range(35, 66):
        x = x0 + (x1 - x0) * step / 100
        both = crossed = 0
        for row in rows.values():
            gap_left = max((c.x1 for c in row if c.x0 < x), default=None)
            gap_right = min((c.x0 for c in row if c.x1 > x), default=None)
            if gap_left is None or gap_right is None:
                continue
            if gap_left < x < gap_right and gap_right - gap_left > 0.9 * row[0].em:
                both += 1
            else:
                crossed += 1
        if both >= _LEAST_ROWS and both > 4 * crossed and both > best:
            best, middle = both, x
    return middle
