"""Characters of a PDF page as PDFium reads them, some twenty times as fast as pdfminer does.

Only for pages on which a look at the drawn paths proves that there is no ruled table, and whose
text stands upright; every other page is for pdfplumber.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from extract.readers.page_lines import Char, em_of, single

_NEAR = 3.0
_LONG = 60.0
_MAX_PATHS = 400
_MAX_SEGMENTS = 5
_HYPHEN = 2


def has_no_table(page: Any) -> bool:
    """Whether the paths drawn on a page cannot enclose two columns by two rows, nor are three long
    rules above one another; True means proven."""
    across: set[int] = set()
    down: set[int] = set()
    long_rules: set[int] = set()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    count = pdfium.FPDFPage_CountObjects(page)
    paths = 0
    for i in range(count):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            return False
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        paths += 1
        if paths > _MAX_PATHS or pdfium.FPDFPath_CountSegments(item) > _MAX_SEGMENTS:
            return False
        pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        wide, high = right.value - left.value, top.value - bottom.value
        if high > _NEAR:
            across |= {round(left.value / _NEAR), round(right.value / _NEAR)}
        if wide > _NEAR:
            down |= {round(bottom.value / _NEAR), round(top.value / _NEAR)}
        if wide > _LONG:
            long_rules |= {round(bottom.value / _NEAR)}
    return min(len(across), len(down)) < 3 and len(long_rules) < 3


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
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(text, i)):
            continue
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        if (
            code == 0
            or 0xD800 <= code < 0xE000
            or matrix.a <= 0
            or abs(matrix.b) > 0.02 * matrix.a
            or pdfium.FPDFText_HasUnicodeMapError(text, i)
        ):
            return None
        pdfium.FPDFText_GetLooseCharBox(text, i, place)
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        size = pdfium.FPDFText_GetFontSize(text, i) * matrix.d
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
