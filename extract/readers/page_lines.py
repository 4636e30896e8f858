"""Characters on a page to printed lines, in reading order, by the baseline they stand on.

Heights of glyph boxes differ between fonts (a body font may claim twice its size), so lines are
found by baseline and widths, as a reader's eye does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from extract import lazy as regex
from extract.model import Box
from extract.readers.radicals import RADICALS

_LATIN = regex.compile(r"[A-Za-z0-9,.;:()\[\]%]")
_RULE = regex.compile(r"(.)\1{7,}")
_PRIVATE = regex.compile(r"\p{Co}")
# one look at the blocks of the radicals and for private use (each radical named is six times
# slower); every line is asked, and for one set re takes a third of regex's time
_ODD = re.compile("[\u2e80-\u2fdf\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_DECIMAL_MARK = "\ue010"
_left = attrgetter("x0")
_right = attrgetter("x1")
_base = attrgetter("base")
_em = attrgetter("em")
_place = attrgetter("base", "x0")


class Char(NamedTuple):
    """A printed character, or some set solid in one size on one baseline: the sides of the box,
    the baseline from the page's top, the size of the type as em."""

    text: str
    x0: float
    x1: float
    base: float
    em: float


@dataclass(slots=True)
class PrintedLine:
    """A printed line of text with its baseline and its em, in points."""

    text: str
    box: Box
    base: float
    em: float


def em_of(text: str, width: float, size: float) -> float:
    """The size of the type, from the width of a full-width character where it is one."""
    full = len(text) == 1 and "\u2e80" <= text <= "\uffdc" and text != "\u3000"
    return width if full and 0.3 * size < width < 2 * size else size


def single(chars: list[Char]) -> list[Char]:
    """The characters without those printed twice for a bold look, and without spaces that another
    character is printed over."""
    if not _has_doubles(chars):
        return chars
    seen: dict[tuple[str, int, int], list[Char]] = {}
    kept = []
    for char in chars:
        step = max(char.em * 0.3, 0.5)
        column, row = round(char.x0 / step), round(char.base / step)
        near = (
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in seen.get((char.text, column + i, row + j), ())
        )
        if not char.text.isspace() and any(
            abs(o.x0 - char.x0) < step and abs(o.base - char.base) < step for o in near
        ):
            continue
        seen.setdefault((char.text, column, row), []).append(char)
        kept.append(char)
    return kept


def _has_doubles(chars: list[Char]) -> bool:
    """Whether some character may be printed twice: a quick look along each row."""
    for row in in_rows(chars):
        row.sort(key=_left)
        for last, char in pairwise(row):
            if char.x0 - last.x0 < 0.3 * char.em + 0.5 and char.text == last.text != " ":
                return True
    return False


def lines_of(chars: Iterable[Char]) -> list[PrintedLine]:
    """The printed lines from top to bottom."""
    lines = [_line(row) for row in _joined(in_rows(chars))]
    return [line for line in lines if line is not None]


def in_rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters that stand on one baseline, or nearly so, from top to bottom."""
    rows: list[list[Char]] = []
    last: Char | None = None
    for char in sorted(chars, key=_place):
        if last is not None and char.base - last.base < 0.4 * min(char.em, last.em) + 0.5:
            rows[-1].append(char)
        else:
            rows.append([char])
        last = char
    return rows


def _joined(rows: list[list[Char]]) -> list[list[Char]]:
    """Rows of one printed line put together: smaller type beside larger type stands a little
    above or below its baseline, in gaps that the larger leaves."""
    joined: list[list[Char]] = []
    biggest = 0.0
    for row in rows:
        big = max(map(_em, row))
        biggest = max(biggest, big)
        near = joined and row[0].base - joined[-1][-1].base <= 0.45 * biggest
        if near and _fits(joined[-1], row):
            joined[-1].extend(row)
        else:
            joined.append(row)
            biggest = big
    return joined


def _fits(upper: list[Char], lower: list[Char]) -> bool:
    a = [char for char in upper if not char.text.isspace()]
    b = [char for char in lower if not char.text.isspace()]
    if not a or not b:
        return False
    big = max(char.em for char in (*a, *b))
    if min(c.base for c in b) - max(c.base for c in a) > 0.45 * big:
        return False
    above = _Beside(a)
    return not any(
        min(p.x1, q.x1) - max(p.x0, q.x0) > 0.35 * min(p.em, q.em) for q in b for p in above.near(q)
    )


def _line(row: list[Char]) -> PrintedLine | None:
    if len(row) == 1:  # as most lines are, set solid, where stretches were read
        return _printed(row[0].text.strip(), row[0], row[0].em)
    seen = [char for char in row if not char.text.isspace()]
    if len(seen) < 2:
        return _printed(seen[0].text.strip(), seen[0], seen[0].em) if seen else None
    left, right = min(map(_left, seen)), max(map(_right, seen))
    usual = Char("", left, right, _usual(seen, _base), _usual(seen, _em))
    text = _text(sorted(row, key=_left), usual.em)
    return _printed(text, usual, max(map(_em, seen)))


def _printed(text: str, char: Char, big: float) -> PrintedLine | None:
    """A line with the sides, baseline and em of a character, as high as its biggest em; None where
    nothing but decoration is printed."""
    text = _undecorated(text)
    if not text:
        return None
    top, bottom = char.base - 0.86 * big, char.base + 0.14 * big
    box = (round(char.x0, 2), round(top, 2), round(char.x1, 2), round(bottom, 2))
    return PrintedLine(text, box, char.base, char.em)


def _usual(chars: list[Char], measure: Callable[[Char], float]) -> float:
    """The median of a measure over single characters."""
    first = measure(chars[0])
    if all(measure(char) == first for char in chars):
        return first
    return median(measure(char) for char in chars for _ in char.text)


def _text(row: list[Char], em: float) -> str:
    """The characters of a line with its wide gaps as spaces."""
    parts: list[str] = []
    last: Char | None = None
    spaced = False
    printed: _Beside | None = None
    for char in row:
        if char.text.isspace():
            if last is not None and not spaced:
                printed = printed or _Beside([c for c in row if not c.text.isspace()])
                spaced = not _covered(char, printed)
            continue
        if last is not None:
            parts.append(_gap(last, char, em, spaced))
        parts.append(char.text)
        last, spaced = char, False
    return "".join(parts).strip()


def _covered(space: Char, printed: _Beside) -> bool:
    """Whether another character is printed over a space."""
    least = 0.5 * max(space.x1 - space.x0, 0.1)
    return any(
        min(char.x1, space.x1) - max(char.x0, space.x0) > least for char in printed.near(space)
    )


class _Beside:
    """Characters by their left sides, so that one is compared only with those near it."""

    def __init__(self, chars: Iterable[Char]) -> None:
        self.chars = sorted(chars, key=_left)
        self.lefts = [char.x0 for char in self.chars]
        self.widest = max((char.x1 - char.x0 for char in self.chars), default=0.0)
        self.known: dict[tuple[float, float], list[Char]] = {}

    def near(self, char: Char) -> list[Char]:
        """The characters that may stand over or under one."""
        place = char.x0, char.x1
        if place not in self.known:
            first = bisect_left(self.lefts, char.x0 - self.widest)
            self.known[place] = self.chars[first : bisect_right(self.lefts, char.x1)]
        return self.known[place]


def _gap(last: Char, char: Char, em: float, spaced: bool) -> str:
    """What stands between two characters: nothing, a space, or one full-width space an em."""
    width = char.x0 - last.x1
    if width >= 0.9 * em:
        return "\u3000" * max(1, min(round(width / em), 60))
    if width > 0.42 * em or (spaced and width > 0.05 * em):
        return " "
    both = _LATIN.match(last.text[-1:]) and _LATIN.match(char.text)
    return " " if both and width > 0.22 * em else ""


def _undecorated(text: str) -> str:
    """The line without rules drawn with glyphs; radicals and private-use characters that fonts give
    for a character or a decimal point become what is printed."""
    if text[:1] == text[-1:] and (
        _RULE.fullmatch(text.replace(" ", "")) or (len(text) > 3 and not text.strip("书"))
    ):
        return ""
    if not _ODD.search(text):
        return text
    text = text.translate(RADICALS)
    if not _PRIVATE.search(text):
        return text
    text = regex.sub(rf"(?<=[0-9０-９]) ?{_DECIMAL_MARK} ?(?=[0-9０-９])", "．", text)
    return _PRIVATE.sub("", text).strip()
