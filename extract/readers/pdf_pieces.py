"""The text of PDF pages as PDFium's text pages tell it, in as few calls as may be.

PDFium answers for one character at a time, and to ask for all takes as long as it took to read the
page. So most are not asked for. A font gives one character one width, and between the characters
of a text object PDFium itself adds a space where a sixth of an em is empty: full-width characters
of one object and one width, without a space between them, are a piece if its ends stand as far
apart as their number demands. Several pages are taken at once, as the arrays of one are so short
that to set numpy to work costs more than the work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from extract.readers import pdfium_calls as calls

SPACE, WIDE_SPACE = 32, 0x3000
FULL = (0x2E80, 0xFFDC)
SOLID = 0.1
EQUAL = 0.001
_SAME = 0.0002
_HYPHEN, _HYPHEN_IN_TEXT = 2, 0xFFFE
_BREAKS = (10, 13)
_SURE = ((0x3000, 0x3040), (0x4E00, 0xA000), (0xFF00, 0xFFF0))
"""Chinese characters and full-width punctuation. PDFium gives a character without Unicode value its
code in the font, which seldom lies here, and others on its page do not."""
_CODES, _FONTS = 0x10000, 8
_FROM_THE_RIGHT = ((0x590, 0x900), (0xFB1D, 0xFE00), (0xFE70, 0xFEFD))
"""Scripts that run from the right: PDFium changes the order of their characters."""
Numbers = Any


class Chars(NamedTuple):
    """Characters in the order of the file: their codes, the pages they are on, and where PDFium has
    them: the address of the text page and the place there."""

    codes: Numbers
    page: Numbers
    at: Numbers
    place: Numbers

    def taken(self, which: Numbers) -> Chars:
        """Those at these places, or where this is true."""
        return Chars(*(each[which] for each in self))

    def asked(self, function: Any, which: Numbers, *rooms: Numbers) -> map[Any]:
        """What one of PDFium's functions says of some of them, or writes to these addresses."""
        given = (self.at[which], self.place[which], *rooms)
        return map(function, *(each.tolist() for each in given))


class Runs(NamedTuple):
    """PDFium's text objects in the order of the file: their addresses, the first character of each,
    the matrix and size of it."""

    objects: Numbers
    firsts: Numbers
    matrices: Numbers
    sizes: Numbers


class Pieces(NamedTuple):
    """The text that is shown on some pages and its pieces: where each starts and ends in the text,
    its first character with the box, the right side of its last character, and which of the runs it
    is of; after which of them PDFium adds a space; and which pages have characters without Unicode
    value."""

    text: str
    starts: Numbers
    ends: Numbers
    chars: Chars
    boxes: Numbers
    rights: Numbers
    of: Numbers
    runs: Runs
    before: Numbers
    lost: Numbers


def pieces_of(texts: Sequence[Any], few: bool) -> Pieces:
    """The pieces of some text pages (PDFium's), as `few` as may be or a character each."""
    chars = _chars(texts)
    codes = chars.codes
    lost = np.zeros(len(texts), bool)
    lost[chars.page[(codes == 0) | ((codes >= 0xD800) & (codes < 0xE000))]] = True
    chars, added = _shown(chars)
    codes = chars.codes
    runs, of = _runs(chars)
    doubtful = ~_is_in(codes, _SURE)
    doubtful[runs.firsts] = True
    which = np.flatnonzero(doubtful)
    unmapped = np.fromiter(chars.asked(calls.is_unmapped, which), bool, len(which))
    lost[chars.page[which[unmapped]]] = True
    boxes = _Boxes(chars)
    firsts, lasts = _ends(chars, runs, of, boxes, few)
    own = boxes.of(firsts)
    part_ligatures(own, chars.page[firsts])
    rights = np.where(lasts > firsts, boxes.of(lasts)[:, 2], own[:, 2]).astype(float)
    before = np.searchsorted(firsts, added, side="right") - 1
    text = bytes(codes.astype("<u4")).decode("utf-32-le", "surrogatepass")
    first = chars.taken(firsts)
    return Pieces(
        text, firsts, lasts + 1, first, own.astype(float), rights, of[firsts], runs, before, lost
    )


def _chars(texts: Sequence[Any]) -> Chars:
    """All characters of the text pages."""
    ats = list(map(calls.address_of, texts))
    counts = list(map(pdfium.FPDFText_CountChars, texts))
    starts = np.cumsum([0, *counts])
    codes = np.zeros(starts[-1] + 1, np.uint32)
    units = np.zeros(max(counts) + 1, np.uint16)
    for at, count, start in zip(ats, counts, starts.tolist(), strict=False):
        if calls.text_at(at, 0, count, units.ctypes.data) == count + 1:
            codes[start : start + count] = units[:count]
        else:
            codes[start : start + count] = [calls.code_at(at, i) for i in range(count)]
    codes = codes[:-1]
    codes[(codes == _HYPHEN) | (codes == _HYPHEN_IN_TEXT)] = ord("-")
    page = np.repeat(np.arange(len(ats)), counts)
    return Chars(codes, page, np.array(ats)[page], np.arange(len(codes)) - starts[page])


def _shown(chars: Chars) -> tuple[Chars, Numbers]:
    """The characters that are on the pages, and after which of them PDFium adds a space."""
    shown = (chars.codes != _BREAKS[0]) & (chars.codes != _BREAKS[1])
    spaces = np.flatnonzero(chars.codes == SPACE)
    added = np.fromiter(chars.asked(calls.is_generated, spaces), bool, len(spaces))
    shown[spaces[added]] = False
    kept = np.flatnonzero(shown)
    before = np.searchsorted(kept, spaces[added]) - 1
    on_page = chars.page[kept[before]] == chars.page[spaces[added]] if len(kept) else before < -1
    return chars.taken(kept), before[(before >= 0) & on_page]


def _runs(chars: Chars) -> tuple[Runs, Numbers]:
    """The text objects, and which of them each character is of. Where the first and last of
    characters in a row are of one, so are those between."""
    count = len(chars.codes)
    turned = _is_in(chars.codes, _FROM_THE_RIGHT)
    parted = (np.diff(chars.place) != 1) | (np.diff(chars.page) != 0) | turned[1:] | turned[:-1]
    starts, ends = bounds_of(parted, count)
    lengths = ends - starts
    heads = np.fromiter(chars.asked(calls.run_at, starts), np.uint64, len(starts))
    tails = np.fromiter(chars.asked(calls.run_at, ends - 1), np.uint64, len(starts))
    runs = np.repeat(heads, lengths)
    inner = np.flatnonzero(np.repeat(heads != tails, lengths))
    runs[inner] = np.fromiter(chars.asked(calls.run_at, inner), np.uint64, len(inner))
    firsts, _ = bounds_of((np.diff(chars.page) != 0) | (runs[1:] != runs[:-1]), count)
    of = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=count))
    matrices = np.empty((len(firsts), 6), np.float32)
    deque(chars.asked(calls.matrix_at, firsts, rows_of(matrices)), maxlen=0)
    sizes = np.fromiter(chars.asked(calls.size_at, firsts), float, len(firsts))
    return Runs(runs[firsts], firsts, matrices.astype(float), sizes), of


def _is_in(codes: Numbers, ranges: Sequence[tuple[int, int]]) -> Numbers:
    """Which of the codes lie in one of these ranges."""
    return np.logical_or.reduce([(codes >= low) & (codes < high) for low, high in ranges])


def bounds_of(parted: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Where parts of so many things start and end, by which of them are parted from the next."""
    cuts = np.flatnonzero(parted) + 1
    starts = np.concatenate((np.arange(min(count, 1)), cuts))
    return starts, np.append(starts[1:], np.full(min(count, 1), count))


def rows_of(table: Numbers, column: int = 0) -> Numbers:
    """The addresses of the rows of a table, or of a column of it, for PDFium to write to."""
    start, row = table.ctypes.data + table.itemsize * column, table.itemsize * table.shape[1]
    return start + row * np.arange(len(table))


def _ends(
    chars: Chars, runs: Runs, of: Numbers, boxes: _Boxes, few: bool
) -> tuple[Numbers, Numbers]:
    """The first and the last character of each piece. Pieces that turn out not to be set solid are
    parted."""
    count = len(chars.codes)
    if not few:
        return np.arange(count), np.arange(count)
    width = _widths(chars, runs, of, boxes)
    parted = ~(abs(np.diff(width)) < _SAME) | (of[1:] != of[:-1])
    parted |= (np.diff(chars.place) != 1) | _is_of_ink(runs, boxes)[of[1:]]
    while True:
        starts, ends = bounds_of(parted, count)
        first, last, steps = boxes.of(starts), boxes.of(ends - 1), ends - 1 - starts
        em = first[:, 2] - first[:, 0]
        rest = last[:, 0] - first[:, 0] - steps * em
        solid = (rest > -SOLID * em) & (rest < SOLID * steps * em)
        loose = (steps > 0) & ~(solid & (abs(last[:, 1] - first[:, 1]) < SOLID * em))
        if not loose.any():
            return starts, ends - 1
        parted |= np.repeat(loose, ends - starts)[1:]


def _is_of_ink(runs: Runs, boxes: _Boxes) -> Numbers:
    """In which text objects boxes follow the ink, as those of fonts without heights do."""
    ink = boxes.of(runs.firsts)[:, 0] - runs.matrices[:, 4]
    return abs(ink) > EQUAL * runs.sizes * abs(runs.matrices[:, 3])


def _widths(chars: Chars, runs: Runs, of: Numbers, boxes: _Boxes) -> Numbers:
    """How wide the full-width characters are in ems of the font, NaN for others; asked for each
    character of a font once (or oftener, where many fonts share its place in the table)."""
    codes = chars.codes
    full = np.flatnonzero((codes >= FULL[0]) & (codes <= FULL[1]) & (codes != WIDE_SPACE))
    fonts = np.fromiter(map(calls.font_of, runs.objects.tolist()), np.uint64, len(runs.objects))
    font = np.unique(fonts, return_inverse=True)[1][of[full]]
    key = font % _FONTS * _CODES + codes[full]
    table = np.empty(_FONTS * _CODES, np.int32)
    numbers = np.arange(len(full))
    table[key] = numbers
    like = np.where(font[table[key]] == font, table[key], numbers)
    asked = np.flatnonzero(like == numbers)
    box = boxes.of(full[asked])
    width, widths = np.empty(len(full)), np.full(len(codes), np.nan)
    em = (runs.sizes * runs.matrices[:, 0])[of[full[asked]]]
    width[asked] = np.divide(box[:, 2] - box[:, 0], em, where=em > 0, out=np.full(len(em), np.nan))
    widths[full] = width[like]
    return widths


class _Boxes:
    """The boxes of characters, each asked for but once."""

    def __init__(self, chars: Chars) -> None:
        self._chars = chars
        self._table = np.empty((len(chars.codes), 4), np.float32)
        self._rows = rows_of(self._table)
        self._missing = np.ones(len(chars.codes), bool)

    def of(self, which: Numbers) -> Numbers:
        """The boxes of some of the characters: left, bottom, right, top as 32-bit numbers."""
        wanted = np.zeros(len(self._missing), bool)
        wanted[which] = True
        new = np.flatnonzero(wanted & self._missing)
        deque(self._chars.asked(calls.loose_box_at, new, self._rows[new]), maxlen=0)
        self._missing[new] = False
        return self._table[which]


def part_ligatures(boxes: Numbers, page: Numbers) -> None:
    """Share the box of a ligature, which PDFium gives to each of its letters, among them."""
    same = (boxes[1:] == boxes[:-1]).all(axis=1) & (page[1:] == page[:-1])
    for last in np.flatnonzero(np.append(same, False) & ~np.append(False, same)).tolist():
        count = 2 + int(np.argmin(np.append(same[last + 1 :], False)))
        x0, x1 = boxes[last, 0], boxes[last, 2]
        sides = np.linspace(x0, x1, count + 1)
        boxes[last : last + count, 0], boxes[last : last + count, 2] = sides[:-1], sides[1:]
