"""Characters of a PDF page as PDFium reads them, some twenty times as fast as pdfminer does.

Only for pages on which a look at the drawn paths proves that there is no ruled table, and whose
text stands upright; every other page is for pdfplumber.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extract.readers.page_lines import Char, em_of, single

_NEAR = 3.0
_LONG = 60.0
_FLAT = 0.5
_MAX_PATHS = 400
_MAX_SEGMENTS = 5
_MANY_PATHS = 200
_HYPHEN = 2
_DRAWN = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn on a page: `plain` where that proves that there is no table, `pictured` where
    pictures or drawings cover a good part of it."""

    plain: bool
    pictured: bool


def look_at(page: Any) -> Look:
    """A look at the objects of a page, without its text.

    Plain is a page whose paths enclose fewer than two columns or two rows, and on which there are
    fewer than three long rules, one above the other.
    """
    across: set[int] = set()
    down: set[int] = set()
    long_rules: set[int] = set()
    paths, covered, plain = 0, 0.0, True
    for i in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and plain:
            plain = not _is_without_shape(item)
        if kind not in _DRAWN:
            continue
        left, bottom, right, top = _bounds(item)
        wide, high = right - left, top - bottom
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            covered += wide * high
            plain = plain and kind == pdfium.FPDF_PAGEOBJ_IMAGE
            continue
        paths += 1
        plain = plain and paths <= _MAX_PATHS
        plain = plain and pdfium.FPDFPath_CountSegments(item) <= _MAX_SEGMENTS
        if high > _NEAR:
            across |= {round(left / _NEAR), round(right / _NEAR)}
        if wide > _NEAR:
            down |= {round(bottom / _NEAR), round(top / _NEAR)}
        if wide > _LONG:
            long_rules |= {round(bottom / _NEAR)}
    plain = plain and min(len(across), len(down)) < 3 and len(long_rules) < 3
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    return Look(plain, covered > 0.2 * area or paths > _MANY_PATHS)


def _is_without_shape(text: Any) -> bool:
    """Whether a text's font lies neither in the file nor on this machine: PDFium then takes short
    texts below one another for doubles and leaves them out."""
    if pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text)):
        return False
    _, bottom, _, top = _bounds(text)
    return top - bottom < _FLAT


def _bounds(item: Any) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def chars_of(page: Any, text: Any) -> list[Char] | None:
    """The characters of a page with its text page, doubles left out; None where the page is turned,
    cropped, or has characters that stand aslant or have no Unicode value."""
    box = _whole(page)
    if box is None or pdfium.FPDFPage_GetRotation(page):
        return None
    x0, y0, x1, y1 = box
    chars: list[Char] = []
    place, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    last, size = 0, 0.0
    code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    origin_of, run_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = code_of(text, i)
        if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(text, i)):
            continue
        if code == 0 or 0xD800 <= code < 0xE000:
            return None
        run = ctypes.cast(run_of(text, i), ctypes.c_void_p).value or 0
        if run != last or not 0x4E00 <= code < 0xA000:
            pdfium.FPDFText_GetMatrix(text, i, matrix)
            aslant = matrix.a <= 0 or abs(matrix.b) > 0.02 * matrix.a
            if aslant or pdfium.FPDFText_HasUnicodeMapError(text, i):
                return None
            last, size = run, pdfium.FPDFText_GetFontSize(text, i) * matrix.d
        box_of(text, i, place)
        origin_of(text, i, x, y)
        left, right, base = place.left - x0, place.right - x0, y1 - y.value
        if right <= 0 or left >= x1 - x0 or size < 2 or not 0 < base < y1 - y0 + size:
            continue
        char = "-" if code == _HYPHEN else chr(code)
        chars.append(Char(char, left, right, base, em_of(char, right - left, size)))
    return single(chars)


def _whole(page: Any) -> tuple[float, float, float, float] | None:
    """The page's box in its own coordinates; None where a part of it is cut off."""
    media = [ctypes.c_float() for _ in range(4)]
    crop = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPage_GetMediaBox(page, *media):
        return None
    if pdfium.FPDFPage_GetCropBox(page, *crop) and any(
        abs(a.value - b.value) > 0.5 for a, b in zip(media, crop, strict=True)
    ):
        return None
    left, bottom, right, top = (side.value for side in media)
    return (left, bottom, right, top) if right > left and top > bottom else None
