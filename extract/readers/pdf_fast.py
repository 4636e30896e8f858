"""Characters of a PDF page as PDFium reads them, some twenty times as fast as pdfminer does.

Only for pages whose text stands upright; every other page is for pdfplumber. What PDFium says goes
into arrays, and characters set solid are put together before Python sees them: a page has ten times
fewer stretches than characters.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from extract.model import Box
from extract.readers import pdfium_calls as calls
from extract.readers.page_lines import Char, single
from extract.readers.pdf_pieces import (
    EQUAL,
    FULL,
    SOLID,
    SPACE,
    WIDE_SPACE,
    Pieces,
    bounds_of,
    pieces_of,
    rows_of,
)

_IS_BLANK = np.array([chr(code).isspace() for code in range(WIDE_SPACE + 2)])
_ASLANT = 0.02
_STEEP = 1.5
_OVERHANG = 0.15
_SLIM = 0.01
_NARROW, _WIDE = 0.05, 0.42
_HALF = 0.5
Numbers = Any


class PageText(NamedTuple):
    """What PDFium has of a page: its text page, its text objects by address, and its box, None
    where it is turned."""

    text: Any
    objects: list[int]
    box: Box | None


class _Placed(NamedTuple):
    """The pieces of the text of some pages: the page, first code, sides, baseline from the top and
    em of each, and where it starts and ends in the text."""

    page: Numbers
    codes: Numbers
    x0: Numbers
    x1: Numbers
    base: Numbers
    em: Numbers
    starts: Numbers
    ends: Numbers

    def taken(self, which: Numbers) -> _Placed:
        """Those at these places, or where this is true."""
        return _Placed(*(each[which] for each in self))


def chars_of(page: PageText) -> list[Char] | None:
    """The characters of a page, doubles left out; None where the page is turned, or has characters
    that stand aslant or have no Unicode value."""
    placed, words, unread, _ = _placed([page], False)
    if unread[0]:
        return None
    texts = (words[i] for i in placed.starts.tolist())
    return single(list(map(Char, texts, *(side.tolist() for side in placed[2:6]))))


def stretches_of(pages: Sequence[PageText]) -> list[list[Char] | None]:
    """The same for each of some pages, characters set solid in one size on one baseline put
    together as one."""
    if not pages:
        return []
    placed, words, unread, unsure = _placed(pages, True)
    placed, row, hidden = _in_rows(placed)
    unsure[hidden] = True
    starts, chars = _together(placed, row, words)
    bounds = np.searchsorted(placed.page[starts], np.arange(len(pages) + 1)).tolist()
    found: list[list[Char] | None] = []
    for page, none, again, (a, b) in zip(pages, unread, unsure, pairwise(bounds), strict=True):
        found.append(None if none else chars_of(page) if again else chars[a:b])
    return found


def _placed(pages: Sequence[PageText], few: bool) -> tuple[_Placed, str, Numbers, Numbers]:
    """The characters without those that PDFium adds, in `few` pieces where that tells the same; the
    text they are of; which pages are for pdfplumber; and which are to be read again, a character
    each."""
    boxes = [page.box for page in pages]
    found = pieces_of([page.text for page in pages], few)
    page, of = found.chars.page, found.of
    unread = np.array([box is None for box in boxes]) | found.lost
    unread[_aslant(found)] = True
    left, bottom, right, top = np.array([box or (0.0,) * 4 for box in boxes]).T[:, page]
    size = (found.runs.sizes * found.runs.matrices[:, 3])[of]
    _follow_type(found, size)
    x0, x1 = found.boxes[:, 0] - left, found.boxes[:, 2] - left
    em = _ems(found.chars.codes, x1 - x0, size)
    joined = found.ends - found.starts > 1
    x1 = np.where(joined, found.rights - left, x1)
    base = top - found.runs.matrices[of, 5]
    placed = _Placed(page, found.chars.codes, x0, x1, base, em, found.starts, found.ends)
    blanks = _blanks(pages, placed, found)
    seen = (x1 > 0) & (x0 < right - left) & (size >= 2) & (base > 0) & (base < top - bottom + size)
    unsure = np.zeros(len(pages), bool)
    unsure[page[joined & seen & ((x0 < 0) | (x1 > right - left))]] = True
    placed = placed.taken(seen)
    if blanks:
        placed = _Placed(*map(np.append, placed, zip(*blanks, strict=True)))
    return placed, found.text + " ", unread, unsure


def _aslant(found: Pieces) -> Numbers:
    """The pages where a character stands aslant, or above another of its text."""
    a, b = found.runs.matrices[:, :2].T
    of, page = found.of, found.chars.page
    size = (found.runs.sizes * found.runs.matrices[:, 3])[of[1:]]
    above = (abs(np.diff(found.boxes[:, 1])) > _STEEP * size) & (of[1:] == of[:-1])
    slanted = (a <= 0) | (abs(b) > _ASLANT * a)
    return np.append(page[1:][above], page[slanted[of]])


def _follow_type(found: Pieces, size: Numbers) -> None:
    """Make boxes, which may follow the ink, follow the type where it counts: those that begin a
    text, those of fonts without heights, and those of ink that may hang over a space."""
    boxes, codes, of = found.boxes, found.chars.codes, found.of
    first = np.append(True, of[1:] != of[:-1])[: len(of)]
    ink = boxes[first, 0] - found.runs.matrices[:, 4]
    em = size[first]
    boxes[first, 0] -= np.where(abs(ink) < _OVERHANG * em, ink, 0)
    over = np.zeros(len(of), bool)
    over[:-1] = (codes[1:] == SPACE) & (boxes[1:, 0] < boxes[:-1, 2] - _SLIM)
    over[:-1] &= found.chars.page[1:] == found.chars.page[:-1]
    over[found.before] = True
    over &= codes < FULL[0]
    _as_type(found, np.flatnonzero(over | (ink > _SLIM * em)[of]).tolist())


def _as_type(found: Pieces, which: list[int]) -> None:
    """Make boxes as wide as the type."""
    chars, objects, of = found.chars, found.runs.objects, found.of
    origin, matrix, width = (ctypes.c_double * 2)(), pdfium.FS_MATRIX(), ctypes.c_float()
    x_room = ctypes.addressof(origin)
    told = (chars.at, chars.place, chars.codes, objects[of])
    for i, at, place, code, item in zip(
        which, *(each[which].tolist() for each in told), strict=True
    ):
        calls.origin_at(at, place, x_room, x_room + 8)
        calls.matrix_at(at, place, ctypes.addressof(matrix))
        font, size = calls.font_of(item), calls.size_at(at, place)
        calls.width_in(font, code, size, ctypes.addressof(width))
        if width.value > 0:
            found.boxes[i, [0, 2]] = origin[0], origin[0] + width.value * matrix.a


def _ems(codes: Numbers, width: Numbers, size: Numbers) -> Numbers:
    """The size of the type of each, as em_of in page_lines has it."""
    full = (codes >= FULL[0]) & (codes <= FULL[1]) & (codes != WIDE_SPACE)
    return np.where(full & (width > 0.3 * size) & (width < 2 * size), width, size)


def _with_spaces_below(placed: _Placed) -> set[int]:
    """The pages where a character is printed over a space: another space may then be missing, for
    of two in a row PDFium keeps one."""
    page, codes = placed.page, placed.codes
    below = placed.x0[1:] < placed.x1[:-1] - _NARROW * placed.em[1:]
    return set(page[1:][below & (codes[:-1] == SPACE) & (page[1:] == page[:-1])].tolist())


def _with_narrow_gaps(placed: _Placed, before: Numbers) -> set[int]:
    """The pages where a space that PDFium added, after these characters, stands in a gap so narrow
    that only a printed one counts: PDFium drops those that are a text by themselves."""
    before = before[before + 1 < len(placed.page)]
    gap, em = placed.x0[before + 1] - placed.x1[before], placed.em[before + 1]
    narrow = (gap > _NARROW * em) & (gap < _WIDE * em)
    narrow &= placed.page[before] == placed.page[before + 1]
    return set(placed.page[before[narrow]].tolist())


def _blanks(pages: Sequence[PageText], placed: _Placed, found: Pieces) -> list[tuple[float, ...]]:
    """Spaces that PDFium may have left out of the text."""
    below, narrow = _with_spaces_below(placed), _with_narrow_gaps(placed, found.before)
    objects = found.runs.objects
    known, printed = set(objects.tolist()), set(objects[found.of[placed.codes != SPACE]].tolist())
    asked = [
        (number, text)
        for number in sorted(below | narrow)
        for text in pages[number].objects
        if text not in (printed if number in below else known)
    ]
    at = len(found.text)
    blanks: list[tuple[float, ...]] = []
    for i, x, y, em in _empty([text for _, text in asked]):
        number = asked[i][0]
        left, _, _, top = pages[number].box or (0.0,) * 4
        blanks.append((number, SPACE, x - left, x - left, top - y, em, at, at + 1))
    return blanks


def _empty(texts: list[int]) -> list[tuple[int, float, float, float]]:
    """The first and last space of those of the texts that print nothing: which text, x, y, em."""
    bounds = np.zeros((len(texts), 4), np.float32)
    columns = (rows_of(bounds, i).tolist() for i in range(4))
    deque(map(calls.bounds_of, texts, *columns), maxlen=0)
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    spaces: list[tuple[int, float, float, float]] = []
    for i in np.flatnonzero(bounds[:, 3] - bounds[:, 1] < _SLIM).tolist():
        calls.matrix_of(texts[i], ctypes.addressof(matrix))
        calls.size_of(texts[i], ctypes.addressof(size))
        for x in bounds[i, [0, 2]].tolist():
            spaces.append((i, x, matrix.f, size.value * matrix.d))
    return spaces


def _in_rows(placed: _Placed) -> tuple[_Placed, Numbers, Numbers]:
    """The characters sorted by rows and in them from the left, and the row of each, as page_lines
    finds them; and the pages where some may be printed twice, or over a piece, where what they are
    over is not told."""
    order = np.lexsort((placed.x0, placed.base, placed.page))
    page, base, em = placed.page[order], placed.base[order], placed.em[order]
    row = np.zeros(len(order), int)
    apart = np.diff(base) >= 0.4 * np.minimum(em[1:], em[:-1]) + 0.5
    row[1:] = np.cumsum(apart | (page[1:] != page[:-1]))
    order = order[np.lexsort((placed.x0[order], row))]
    placed = placed.taken(order)
    same, em = row[1:] == row[:-1], placed.em[1:]
    twice = (placed.codes[1:] == placed.codes[:-1]) & (placed.codes[1:] != SPACE)
    twice &= np.diff(placed.x0) < 0.3 * em + 0.5
    # what hangs over half the last character, as pressed punctuation may, comes after it anyway
    over = (placed.ends - placed.starts > 1)[:-1]
    over &= placed.x0[1:] < placed.x1[:-1] - _HALF * placed.em[:-1]
    return placed, row, placed.page[1:][same & (twice | over)]


def _together(placed: _Placed, row: Numbers, words: str) -> tuple[Numbers, list[Char]]:
    """The characters with those joined between which nothing can stand, not even a space, and the
    first piece of each."""
    codes, em = placed.codes, placed.em[1:]
    blank = _IS_BLANK[np.minimum(codes, WIDE_SPACE + 1)]
    solid = (row[1:] == row[:-1]) & (placed.base[1:] == placed.base[:-1])
    solid &= (placed.x0[1:] - placed.x1[:-1] < SOLID * em) & (placed.x1[1:] >= placed.x1[:-1])
    solid &= ~(blank[1:] | blank[:-1]) & (abs(np.diff(placed.em)) < EQUAL * em)
    solid &= placed.starts[1:] == placed.ends[:-1]
    starts, ends = bounds_of(~solid, len(codes))
    bounds = zip(placed.starts[starts].tolist(), placed.ends[ends - 1].tolist(), strict=True)
    texts = (words[a:b] for a, b in bounds)
    sides = (placed.x0[starts], placed.x1[ends - 1], placed.base[starts])
    ems = np.maximum.reduceat(placed.em, starts) if len(starts) else placed.em
    return starts, list(map(Char, texts, *(each.tolist() for each in (*sides, ems))))
