"""Texts of a PDF page that the page does not show: drawn without ink, white on white, or of a layer
that is switched off. They are taken from PDFium's page before it is read."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from itertools import compress, islice
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.model import Box
from extract.readers import pdfium_calls as calls
from extract.readers.page_lines import Char
from extract.readers.pdf_drawn import WHITE, Look
from extract.readers.pdf_held import AS_IT_IS, Held, Matrix, held_on, matrix_of, moved
from extract.readers.turned import placed_on

_FILLED = pdfium.FPDF_TEXTRENDERMODE_FILL
_WITHOUT_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
"""What is not known to be bare paper where it is white; of forms those too deep to look into."""
_BLACK = bytes((ctypes.c_uint * 4)(0, 0, 0, 255))
_FLAT = 0.01
_SCALE, _MOST_PIXELS = 2.0, 2000
_PAPER = 250
_LONGEST_NAME = 200
_MIDDLE = 0.36
_MOST, _NAMED = 5000, 50
"""Texts of a page that are looked at, or taken away, and those whose words are told."""
_MOST_HELD = 50_000
"""Objects in forms that are looked at."""


class Hidden(NamedTuple):
    """Texts that a page does not show: PDFium's addresses of those that are the page's own, the
    words of the first ones, in forms too, and the places on the page as shown where nothing but
    bare paper is seen of them."""

    texts: frozenset[int]
    words: str
    blank: list[Box]


NOTHING = Hidden(frozenset(), "", [])


def hidden_on(
    page: Any, look: Look, layers: frozenset[str], draw: Callable[[float], Any]
) -> Hidden:
    """What PDFium's page does not show of its texts; `layers`: the names of those that are switched
    off; `draw`: the page as shown in shades of grey, so many pixels a point, asked for only where
    it counts. What stands on a picture or on a colour counts as shown. Of what forms hold, which
    cannot be taken away, only the places are told."""
    held = list(islice(held_on(look.images), _MOST_HELD)) if look.images else []
    inner = {each.item: each.matrix for each in held if each.kind == pdfium.FPDF_PAGEOBJ_TEXT}
    off = _of_layers(look.texts, layers)
    doubtful = dict.fromkeys([*off, *_without_ink(look.texts)], AS_IT_IS)
    if inner:
        texts = list(inner)
        doubtful |= {t: inner[t] for t in (*_of_layers(texts, layers), *_without_ink(texts))}
    if not doubtful:
        return NOTHING
    drawn = _Drawn(page, look, held, draw)
    places = ((text, _place(text, matrix)) for text, matrix in doubtful.items())
    boxes = {text: drawn.shown(place) for text, place in places if place}
    blank = {text: box for text, box in boxes.items() if drawn.is_blank(box)}
    texts = list(dict.fromkeys([*off, *blank]))
    words = _words_of(page, texts[:_NAMED]) if texts else ""
    return Hidden(frozenset(texts) - inner.keys(), words, list(blank.values()))


def _of_layers(texts: list[int], layers: frozenset[str]) -> list[int]:
    """The texts that are marked as one of these layers."""
    return [text for text in texts if _is_on(text, layers)][:_MOST] if layers else []


def beside(chars: list[Char], boxes: list[Box]) -> list[Char]:
    """The characters whose middle stands in none of the boxes."""
    x = np.array([(char.x0 + char.x1) / 2 for char in chars])
    y = np.array([char.base - _MIDDLE * char.em for char in chars])
    inside = np.zeros(len(chars), bool)
    for x0, top, x1, bottom in boxes:
        inside |= (x >= x0) & (x <= x1) & (y >= top) & (y <= bottom)
    return list(compress(chars, ~inside))


def _words_of(page: Any, texts: Iterable[int]) -> str:
    """The words of some texts of PDFium's page; each is looked for among all of its words."""
    found = []
    all_words = pdfium.FPDFText_LoadPage(page)
    if not all_words:
        raise pypdfium2.PdfiumError("the text page cannot be loaded")
    try:
        for text in texts:
            at = ctypes.cast(text, pdfium.FPDF_PAGEOBJECT)
            size = pdfium.FPDFTextObj_GetText(at, all_words, None, 0)
            room = (ctypes.c_ushort * (size // 2 + 1))()
            pdfium.FPDFTextObj_GetText(at, all_words, room, size)
            found.append(bytes(room)[:size].decode("utf-16-le", "replace").rstrip("\0"))
    finally:
        pdfium.FPDFText_ClosePage(all_words)
    return "".join(" ".join(found).split())


def take_away(page: Any, texts: Iterable[int]) -> None:
    """Take texts from PDFium's page; the file stays as it is."""
    for text in texts:
        at = ctypes.cast(text, pdfium.FPDF_PAGEOBJECT)
        if pdfium.FPDFPage_RemoveObject(page, at):
            pdfium.FPDFPageObj_Destroy(at)


def _without_ink(texts: list[int]) -> Iterable[int]:
    """The texts that are drawn without ink, in white, or wholly transparent."""
    modes = list(map(calls.mode_of, texts))
    fills = _fills(texts)
    if fills == _BLACK * len(texts) and not any(modes):
        return ()  # as on most pages: to set numpy to work would cost more than all before
    colors = np.frombuffer(fills, np.uint32).reshape(-1, 4)
    white = (colors[:, :3] >= WHITE).all(axis=1) | (colors[:, 3] == 0)
    known = colors.any(axis=1)  # a pattern has no colour to tell
    filled = np.array(modes) == _FILLED
    unseen = np.isin(modes, _WITHOUT_INK) | (filled & white & known)
    return islice(compress(texts, unseen), _MOST)


def _fills(texts: list[int]) -> bytes:
    """What the texts are filled with: red, green, blue and how opaque, of 32 bits each."""
    room = (ctypes.c_uint * (4 * len(texts)))()
    start = ctypes.addressof(room)
    columns = (range(start + at, start + 16 * len(texts), 16) for at in (0, 4, 8, 12))
    deque(map(calls.fill_of, texts, *columns), maxlen=0)
    return bytes(room)


def _place(text: int, matrix: Matrix) -> Box | None:
    """Where a text stands on the page, on which this matrix places it, with the size of its type
    where its font lies nowhere and PDFium knows only where its characters begin; None where it
    prints nothing, as one of spaces does."""
    box = calls.sides_by(calls.bounds_of, text)
    if box is None or box[2] - box[0] < _FLAT:
        return None
    left, bottom, right, top = box
    if top - bottom <= _FLAT:
        size, own = ctypes.c_float(), matrix_of(text)
        calls.size_of(text, ctypes.addressof(size))
        box = (left, bottom, right + size.value * own[0], bottom + size.value * own[3])
    return moved(box, matrix)


class _Drawn:
    """A page as drawn, which tells quickly of any part of it whether that is bare paper."""

    def __init__(
        self, page: Any, look: Look, held: list[Held], draw: Callable[[float], Any]
    ) -> None:
        longest = max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        self._scale = min(_SCALE, _MOST_PIXELS / longest)
        self._box, self._angle = look.box, 90 * pdfium.FPDFPage_GetRotation(page)
        pixels = draw(self._scale)
        inked = pixels.reshape(pixels.shape[:2]) < _PAPER
        images = (each for each in held if each.kind in _PICTURES)
        for image in islice(images, _MOST):
            if place := calls.sides_by(calls.bounds_of, image.item):
                x0, y0, x1, y1 = self._pixels(self.shown(moved(place, image.matrix)))
                inked[y0:y1, x0:x1] = True
        self._sums = np.zeros((inked.shape[0] + 1, inked.shape[1] + 1), np.int64)
        self._sums[1:, 1:] = inked.cumsum(axis=0).cumsum(axis=1)

    def shown(self, place: Box) -> Box:
        """The box on the page as shown of a place in the page's own coordinates."""
        return placed_on(place, self._box, self._angle)

    def _pixels(self, box: Box) -> tuple[int, ...]:
        return tuple(max(round(side * self._scale), 0) for side in box)

    def is_blank(self, box: Box) -> bool:
        """Whether a box on the page as shown has no ink and no picture in it."""
        high, wide = self._sums.shape
        x0, y0, x1, y1 = self._pixels(box)
        x0, x1 = min(x0, wide - 1), min(x1 + 1, wide - 1)
        y0, y1 = min(y0, high - 1), min(y1 + 1, high - 1)
        sums = self._sums
        inked = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        return bool(x0 < x1 and y0 < y1 and inked == 0)


def _is_on(text: int, layers: frozenset[str]) -> bool:
    """Whether a text is marked as one of these layers."""
    at = ctypes.cast(text, pdfium.FPDF_PAGEOBJECT)
    marks = (pdfium.FPDFPageObj_GetMark(at, i) for i in range(pdfium.FPDFPageObj_CountMarks(at)))
    name = pdfium.FPDFPageObjMark_GetName
    return any(_said(name, mark) == "OC" and _layer(mark) in layers for mark in marks)


def _layer(mark: Any) -> str:
    """The name of the layer that a mark stands for."""
    return _said(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name")


def _said(function: Any, *given: Any) -> str:
    """What one of PDFium's functions writes as text."""
    room, size = (ctypes.c_ushort * _LONGEST_NAME)(), ctypes.c_ulong()
    if not function(*given, room, ctypes.sizeof(room), size):
        return ""
    return bytes(room)[: size.value].decode("utf-16-le", "replace").rstrip("\0")
