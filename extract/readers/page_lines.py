"""Characters on a page to printed lines, in reading order, by the baseline they stand on.

Heights of glyph boxes differ between fonts (a body font may claim twice its size), so lines are
found by baseline and widths, as a reader's eye does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import Any

import regex

from extract.model import Box
from extract.readers.radicals import RADICALS

_LATIN = regex.compile(r"[A-Za-z0-9,.;:()\[\]%]")
_RULE = regex.compile(r"(.)\1{7,}")
_PRIVATE = regex.compile(r"\p{Co}")
_UNMAPPED = regex.compile(r"\(cid:|[\x00-\x08]")
_DECIMAL_MARK = "\ue010"
_left = attrgetter("x0")
_place = attrgetter("base", "x0")


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character: its box's sides, its baseline from the page's top, its width as em."""

    text: str
    x0: float
    x1: float
    base: float
    em: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line of text with its baseline and its em, in points."""

    text: str
    box: Box
    base: float
    em: float


def chars_of(page: Any) -> list[Char]:
    """The characters of a pdfplumber page that a reader sees, doubles and watermarks left out; a
    page printed sideways or upside down is turned."""
    turns = [_turn(char["matrix"]) for char in page.chars]
    usual = Counter(turns).most_common(1)[0][0] if turns else 0
    chars = (
        _char(char, page, turn)
        for char, turn in zip(page.chars, turns, strict=True)
        if turn is not None and turn == usual
    )
    return single([char for char in chars if char is not None])


def _turn(matrix: tuple[float, ...]) -> int | None:
    """How a character is turned, in degrees counter-clockwise; None where it stands aslant."""
    a, b = matrix[0], matrix[1]
    if abs(b) <= 0.2 * abs(a):
        return 0 if a >= 0 else 180
    return (90 if b > 0 else 270) if abs(a) <= 0.2 * abs(b) else None


def _char(char: dict[str, Any], page: Any, turn: int) -> Char | None:
    x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
    size = char["size"]
    if x1 <= 0 or bottom <= 0 or x0 >= page.width or top >= page.height or size < 2:
        return None
    across, down = char["matrix"][4], top + char["y1"] - char["matrix"][5]
    if turn == 90:
        x0, x1, base = page.height - bottom, page.height - top, across
    elif turn == 180:
        x0, x1, base = page.width - x1, page.width - x0, page.height - down
    elif turn == 270:
        x0, x1, base = top, bottom, page.width - across
    else:
        base = down
    text = "\ufffd" if _UNMAPPED.match(char["text"]) else char["text"]
    return Char(text, x0, x1, base, em_of(text, x1 - x0, size))


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
    for row in _rows(chars):
        row.sort(key=_left)
        for last, char in pairwise(row):
            if char.x0 - last.x0 < 0.3 * char.em + 0.5 and char.text == last.text != " ":
                return True
    return False


def lines_of(chars: Iterable[Char]) -> list[PrintedLine]:
    """The printed lines from top to bottom."""
    lines = [_line(row) for row in _joined(_rows(chars))]
    return [line for line in lines if line is not None]


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
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
    for row in rows:
        if joined and _fits(joined[-1], row):
            joined[-1].extend(row)
        else:
            joined.append(row)
    return joined


def _fits(upper: list[Char], lower: list[Char]) -> bool:
    a = [char for char in upper if not char.text.isspace()]
    b = [char for char in lower if not char.text.isspace()]
    if not a or not b:
        return False
    big = max(char.em for char in (*a, *b))
    if min(c.base for c in b) - max(c.base for c in a) > 0.45 * big:
        return False
    return not any(min(p.x1, q.x1) - max(p.x0, q.x0) > 0.35 * min(p.em, q.em) for p in a for q in b)


def _line(row: list[Char]) -> PrintedLine | None:
    row = sorted(row, key=_left)
    seen = [char for char in row if not char.text.isspace()]
    if not seen:
        return None
    em = median(char.em for char in seen)
    base = median(char.base for char in seen)
    text = _undecorated(_text(row, em))
    if not text:
        return None
    big = max(char.em for char in seen)
    box = (
        round(min(char.x0 for char in seen), 2),
        round(base - 0.86 * big, 2),
        round(max(char.x1 for char in seen), 2),
        round(base + 0.14 * big, 2),
    )
    return PrintedLine(text, box, base, em)


def _text(row: list[Char], em: float) -> str:
    """The characters of a line with its wide gaps as spaces."""
    parts: list[str] = []
    last: Char | None = None
    spaced = False
    for char in row:
        if char.text.isspace():
            spaced = spaced or not _covered(char, row)
            continue
        if last is not None:
            parts.append(_gap(last, char, em, spaced))
        parts.append(char.text)
        last, spaced = char, False
    return "".join(parts).strip()


def _covered(space: Char, row: list[Char]) -> bool:
    """Whether another character is printed over a space."""
    return any(
        min(char.x1, space.x1) - max(char.x0, space.x0) > 0.5 * max(space.x1 - space.x0, 0.1)
        for char in row
        if not char.text.isspace()
    )


def _gap(last: Char, char: Char, em: float, spaced: bool) -> str:
    """What stands between two characters: nothing, a space, or one full-width space an em."""
    width = char.x0 - last.x1
    if width >= 0.9 * em:
        return "\u3000" * max(1, min(round(width / em), 60))
    if width > 0.42 * em or (spaced and width > 0.05 * em):
        return " "
    both = _LATIN.match(last.text) and _LATIN.match(char.text)
    return " " if both and width > 0.22 * em else ""


def _undecorated(text: str) -> str:
    """The line without rules drawn with glyphs; radicals and private-use characters that fonts give
    for a character or a decimal point become what is printed."""
    if _RULE.fullmatch(text.replace(" ", "")) or (len(text) > 3 and set(text) <= {"书"}):
        return ""
    text = text.translate(RADICALS)
    if not _PRIVATE.search(text):
        return text
    text = regex.sub(rf"(?<=[0-9０-９]) ?{_DECIMAL_MARK} ?(?=[0-9０-９])", "．", text)
    return _PRIVATE.sub("", text).strip()
