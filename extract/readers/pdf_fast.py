"""Characters of a PDF page as PDFium reads them, some twenty times as fast as pdfminer does.

Only for pages whose text stands upright; every other page is for pdfplumber. What PDFium says of
each character goes into arrays, and characters set solid are put together before Python sees them:
a page has ten times fewer stretches than characters.
"""

from __future__ import annotations

import ctypes
from collections import deque
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from extract.readers import pdfium_calls as calls
from extract.readers.page_lines import Char, single
from extract.readers.pdf_drawn import box_of

_HYPHEN, _HYPHEN_IN_TEXT = 2, 0xFFFE
_BREAKS, _SPACE = (10, 13), 32
_HAN = (0x4E00, 0xA000)
_FULL = (0x2E80, 0xFFDC)
_WIDE_SPACE = 0x3000
_IS_BLANK = np.array([chr(code).isspace() for code in range(_WIDE_SPACE + 2)])
_ASLANT = 0.02
_STEEP = 1.5
_OVERHANG = 0.15
_SLIM = 0.01
_SOLID = 0.1
_EQUAL = 0.001
_NARROW, _WIDE = 0.05, 0.42
Numbers = Any


class _Chars(NamedTuple):
    """The characters of a page: their codes, sides, baselines from the top, and ems."""

    codes: Numbers
    x0: Numbers
    x1: Numbers
    base: Numbers
    em: Numbers

    def taken(self, which: Numbers) -> _Chars:
        """Those at these places, or where this is true."""
        return _Chars(*(each[which] for each in self))

    def text(self) -> str:
        return bytes(self.codes.astype("<u4")).decode("utf-32-le")


class _Found(NamedTuple):
    """What PDFium's text page tells: its address, and for each character shown the place there, the
    code, the box and the text that it belongs to; then before which of them PDFium adds a space."""

    at: int
    places: list[int]
    codes: Numbers
    boxes: Numbers
    runs: Numbers
    after: Numbers


def chars_of(page: Any, text: Any, texts: list[int]) -> list[Char] | None:
    """The characters of a page with its text page and texts (PDFium's objects), doubles left out;
    None where the page is turned or cropped, or has characters that stand aslant or have no
    Unicode value."""
    chars = _measured(page, text, texts)
    return None if chars is None else single(_one_by_one(chars))


def stretches_of(page: Any, text: Any, texts: list[int]) -> list[Char] | None:
    """The same, characters set solid in one size on one baseline put together as one."""
    chars = _measured(page, text, texts)
    if chars is None:
        return None
    rows = _in_rows(chars) if len(chars.codes) else None
    return single(_one_by_one(chars)) if rows is None else _together(*rows)


def _one_by_one(chars: _Chars) -> list[Char]:
    return list(map(Char, chars.text(), *(side.tolist() for side in chars[1:])))


def _measured(page: Any, text: Any, texts: list[int]) -> _Chars | None:
    """The characters in the order of the file, without those that PDFium adds; None as above."""
    box, found = box_of(page), _found(text)
    if box is None or _lacks_code(found):
        return None
    stands = _stands(found)
    if stands is None:
        return None
    left, bottom, right, top = box
    x0, x1, base, size = found.boxes[:, 0] - left, found.boxes[:, 2] - left, *stands
    base = top - base
    seen = (x1 > 0) & (x0 < right - left) & (size >= 2) & (base > 0) & (base < top - bottom + size)
    chars = _Chars(found.codes, x0, x1, base, _ems(found.codes, x1 - x0, size))
    if _has_spaces_below(chars):
        empty = texts
    elif _has_narrow_gaps(chars, found.after):
        empty = list(set(texts).difference(found.runs.tolist()))
    else:
        empty = []
    chars = chars if seen.all() else chars.taken(seen)
    blanks = _blanks(empty, left, top) if empty else []
    return _Chars(*map(np.append, chars, zip(*blanks, strict=True))) if blanks else chars


def _found(text: Any) -> _Found:
    """The characters of a text page, in as few calls as may be."""
    at, count = calls.address_of(text), pdfium.FPDFText_CountChars(text)
    units = np.zeros(count + 1, np.uint16)
    room = units.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    if pdfium.FPDFText_GetText(text, 0, count, room) != count + 1:
        units = np.fromiter(map(calls.code_at, repeat(at), range(count)), np.uint32, count)
    codes = units[:count].astype(np.uint32)
    codes[(codes == _HYPHEN) | (codes == _HYPHEN_IN_TEXT)] = ord("-")
    shown = (codes != _BREAKS[0]) & (codes != _BREAKS[1])
    spaces = np.flatnonzero(codes == _SPACE).tolist()
    added = [i for i in spaces if calls.is_generated(at, i)]
    shown[added] = False
    places = np.flatnonzero(shown)
    after = np.searchsorted(places, added)
    at_each = places.tolist()
    boxes = np.empty((len(at_each), 4), np.float32)
    deque(map(calls.loose_box_at, repeat(at), at_each, _rows_of(boxes)), maxlen=0)
    _part_ligatures(boxes)
    runs = np.fromiter(map(calls.run_at, repeat(at), at_each), np.uint64, len(at_each))
    return _Found(at, at_each, codes[shown], boxes.astype(float), runs, after[after > 0])


def _lacks_code(found: _Found) -> bool:
    """Whether some character has no Unicode value, or one that only stands for its glyph."""
    codes = found.codes
    if ((codes == 0) | ((codes >= 0xD800) & (codes < 0xE000))).any():
        return True
    doubtful = _begins(found.runs) | (codes < _HAN[0]) | (codes >= _HAN[1])
    places = (found.places[i] for i in np.flatnonzero(doubtful).tolist())
    return any(map(calls.is_unmapped, repeat(found.at), places))


def _begins(runs: Numbers) -> Numbers:
    """Where a run begins."""
    return np.append(True, runs[1:] != runs[:-1])[: len(runs)]


def _stands(found: _Found) -> tuple[Numbers, Numbers] | None:
    """Where each character stands (y from below) and its size, as the first of its run has them;
    None where one stands aslant or above another. Boxes, which may follow the ink, are made to
    follow the type where it counts."""
    at, boxes, new = found.at, found.boxes, _begins(found.runs)
    firsts = [found.places[i] for i in np.flatnonzero(new).tolist()]
    matrices = np.empty((len(firsts), 6), np.float32)
    deque(map(calls.matrix_at, repeat(at), firsts, _rows_of(matrices)), maxlen=0)
    a, b, _, d, x, y = matrices.T.astype(float)
    size = np.fromiter(map(calls.size_at, repeat(at), firsts), float, len(firsts)) * d
    which = np.cumsum(new) - 1
    above = (abs(np.diff(boxes[:, 1])) > _STEEP * size[which[1:]]) & ~new[1:]
    if (a <= 0).any() or (abs(b) > _ASLANT * a).any() or above.any():
        return None
    ink = boxes[new, 0] - x
    narrow = (ink > _SLIM * size)[which]
    boxes[new, 0] -= np.where(abs(ink) < _OVERHANG * size, ink, 0)
    over = np.append((found.codes[1:] == _SPACE) & (boxes[1:, 0] < boxes[:-1, 2]), False)
    over[found.after - 1] = True
    _as_type(found, np.flatnonzero(narrow | over[: len(new)] & (found.codes < _FULL[0])).tolist())
    return y[which], size[which]


def _rows_of(table: Numbers, column: int = 0) -> range:
    """The addresses of the rows of a table, or of a column of it, for PDFium to write to."""
    start, row = table.ctypes.data + table.itemsize * column, table.itemsize * table.shape[1]
    return range(start, start + row * len(table), row)


def _as_type(found: _Found, which: list[int]) -> None:
    """Make boxes that follow the ink as wide as the type: those of fonts without heights, and those
    of ink that may hang over a space."""
    origin, matrix, width = (ctypes.c_double * 2)(), pdfium.FS_MATRIX(), ctypes.c_float()
    x_room = ctypes.addressof(origin)
    for i in which:
        place = found.places[i]
        calls.origin_at(found.at, place, x_room, x_room + 8)
        calls.matrix_at(found.at, place, ctypes.addressof(matrix))
        font, size = calls.font_of(int(found.runs[i])), calls.size_at(found.at, place)
        calls.width_in(font, found.codes[i], size, ctypes.addressof(width))
        if width.value > 0:
            found.boxes[i, [0, 2]] = origin[0], origin[0] + width.value * matrix.a


def _part_ligatures(boxes: Numbers) -> None:
    """Share the box of a ligature, which PDFium gives to each of its letters, among them."""
    same = (boxes[1:] == boxes[:-1]).all(axis=1)
    for last in np.flatnonzero(np.append(same, False) & ~np.append(False, same)).tolist():
        count = 2 + int(np.argmin(np.append(same[last + 1 :], False)))
        x0, x1 = boxes[last, 0], boxes[last, 2]
        sides = np.linspace(x0, x1, count + 1)
        boxes[last : last + count, 0], boxes[last : last + count, 2] = sides[:-1], sides[1:]


def _ems(codes: Numbers, width: Numbers, size: Numbers) -> Numbers:
    """The size of the type of each, as em_of in page_lines has it."""
    full = (codes >= _FULL[0]) & (codes <= _FULL[1]) & (codes != _WIDE_SPACE)
    return np.where(full & (width > 0.3 * size) & (width < 2 * size), width, size)


def _has_spaces_below(chars: _Chars) -> bool:
    """Whether a character is printed over a space: another space may then be missing, for of two
    in a row PDFium keeps one."""
    after = chars.x0[1:] < chars.x1[:-1] - _NARROW * chars.em[1:]
    return bool((after & (chars.codes[:-1] == _SPACE)).any())


def _has_narrow_gaps(chars: _Chars, after: Numbers) -> bool:
    """Whether a space that PDFium added, before these characters, stands in a gap so narrow that
    only a printed one counts: PDFium drops those that are a text by themselves."""
    after = after[after < len(chars.codes)]
    gap = (chars.x0[after] - chars.x1[after - 1]) / chars.em[after]
    return bool(((gap > _NARROW) & (gap < _WIDE)).any())


def _blanks(texts: list[int], left: float, top: float) -> list[tuple[float, ...]]:
    """The first and last space of those of the texts that print nothing, without width: code,
    sides, baseline and em."""
    bounds = np.zeros((len(texts), 4), np.float32)
    deque(map(calls.bounds_of, texts, *(_rows_of(bounds, i) for i in range(4))), maxlen=0)
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    blanks: list[tuple[float, ...]] = []
    for i in np.flatnonzero(bounds[:, 3] - bounds[:, 1] < _SLIM).tolist():
        calls.matrix_of(texts[i], ctypes.addressof(matrix))
        calls.size_of(texts[i], ctypes.addressof(size))
        for x in (float(bounds[i, 0]) - left, float(bounds[i, 2]) - left):
            blanks.append((_SPACE, x, x, top - matrix.f, size.value * matrix.d))
    return blanks


def _in_rows(chars: _Chars) -> tuple[_Chars, Numbers] | None:
    """The characters sorted by rows and in them from the left, and the row of each, as page_lines
    finds them; None where some may be printed twice."""
    order = np.lexsort((chars.x0, chars.base))
    base, em = chars.base[order], chars.em[order]
    row = np.zeros(len(order), int)
    row[1:] = np.cumsum(np.diff(base) >= 0.4 * np.minimum(em[1:], em[:-1]) + 0.5)
    order = order[np.lexsort((chars.x0[order], row))]
    chars = chars.taken(order)
    same = (row[1:] == row[:-1]) & (chars.codes[1:] == chars.codes[:-1])
    near = np.diff(chars.x0) < 0.3 * chars.em[1:] + 0.5
    return None if (same & near & (chars.codes[1:] != _SPACE)).any() else (chars, row)


def _together(chars: _Chars, row: Numbers) -> list[Char]:
    """The characters with those joined between which nothing can stand, not even a space."""
    codes, em = chars.codes, chars.em[1:]
    blank = _IS_BLANK[np.minimum(codes, _WIDE_SPACE + 1)]
    solid = (row[1:] == row[:-1]) & (chars.base[1:] == chars.base[:-1])
    solid &= (chars.x0[1:] - chars.x1[:-1] < _SOLID * em) & (chars.x1[1:] >= chars.x1[:-1])
    solid &= ~(blank[1:] | blank[:-1]) & (abs(np.diff(chars.em)) < _EQUAL * em)
    starts = np.flatnonzero(np.append(True, ~solid))
    ends = np.append(starts[1:], len(codes))
    text = chars.text()
    texts = (text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True))
    sides = (chars.x0[starts], chars.x1[ends - 1], chars.base[starts])
    ems = np.maximum.reduceat(chars.em, starts)
    return list(map(Char, texts, *(each.tolist() for each in (*sides, ems))))
