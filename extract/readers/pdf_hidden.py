"""Texts of a PDF page that the page does not show: drawn without ink, white on white, or of a layer
that is switched off. They are taken from PDFium's page before it is read."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from itertools import compress
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.model import Box
from extract.readers import pdfium_calls as calls
from extract.readers.pdf_drawn import WHITE, Look
from extract.readers.pdf_pieces import rows_of
from extract.readers.turned import placed_on

_FILLED = pdfium.FPDF_TEXTRENDERMODE_FILL
_WITHOUT_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FLAT = 0.01
_SCALE, _MOST_PIXELS = 2.0, 2000
_PAPER = 250
_LONGEST_NAME = 200


class Hidden(NamedTuple):
    """Texts that a page does not show, PDFium's addresses of them, their words, and the places on
    the page as shown where nothing but bare paper is seen of them."""

    texts: frozenset[int]
    words: str
    blank: list[Box]


NOTHING = Hidden(frozenset(), "", [])


def hidden_on(
    page: Any, look: Look, layers: frozenset[str], draw: Callable[[float], Any]
) -> Hidden:
    """What PDFium's page does not show of its texts; `layers`: the names of those that are switched
    off; `draw`: the page as shown in shades of grey, so many pixels a point, asked for only where
    it counts. What stands on a picture or on a colour counts as shown."""
    off = {text for text in look.texts if _is_on(text, layers)} if layers else set()
    pictures = [calls.sides_by(calls.bounds_of, image) for image in look.images]
    doubtful = {
        text: box
        for text in (*off, *_without_ink(look.texts))
        if (box := _place(text)) and not _stands_on(box, pictures)
    }
    blank = []
    drawn = _drawn(page, draw) if doubtful else None
    angle = 90 * pdfium.FPDFPage_GetRotation(page)
    for text, place in doubtful.items():
        box = placed_on(place, look.box, angle)
        if drawn and _is_blank(*drawn, box):
            off.add(text)
            blank.append(box)
    texts = [text for text in look.texts if text in off]
    return Hidden(frozenset(texts), _words_of(page, texts) if texts else "", blank)


def _words_of(page: Any, texts: Iterable[int]) -> str:
    """The words of some texts of PDFium's page."""
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
    modes = np.fromiter(map(calls.mode_of, texts), int, len(texts))
    colors = np.zeros((len(texts), 4), np.uint32)
    deque(map(calls.fill_of, texts, *(rows_of(colors, i).tolist() for i in range(4))), maxlen=0)
    white = (colors[:, :3] >= WHITE).all(axis=1) | (colors[:, 3] == 0)
    known = colors.any(axis=1)  # a pattern has no colour to tell
    return compress(texts, np.isin(modes, _WITHOUT_INK) | ((modes == _FILLED) & white & known))


def _place(text: int) -> Box | None:
    """Where a text stands, with the size of its type where its font lies nowhere and PDFium knows
    only where its characters begin; None where it prints nothing, as one of spaces does."""
    box = calls.sides_by(calls.bounds_of, text)
    if box is None or box[2] - box[0] < _FLAT:
        return None
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    calls.size_of(text, ctypes.addressof(size))
    calls.matrix_of(text, ctypes.addressof(matrix))
    left, bottom, right, top = box
    if top - bottom > _FLAT:
        return box
    return (left, bottom, right + size.value * matrix.a, bottom + size.value * matrix.d)


def _stands_on(box: Box, pictures: Iterable[Box | None]) -> bool:
    left, bottom, right, top = box
    return any(
        each and each[0] < right and left < each[2] and each[1] < top and bottom < each[3]
        for each in pictures
    )


def _drawn(page: Any, draw: Callable[[float], Any]) -> tuple[Any, float]:
    """The page as drawn, in shades of grey, and its pixels a point."""
    longest = max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    scale = min(_SCALE, _MOST_PIXELS / longest)
    return draw(scale), scale


def _is_blank(pixels: Any, scale: float, box: Box) -> bool:
    """Whether a part of the drawn page is bare paper."""
    x0, y0, x1, y1 = (max(round(side * scale), 0) for side in box)
    part = pixels[y0 : y1 + 1, x0 : x1 + 1]
    return part.size > 0 and int(part.min()) >= _PAPER


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
