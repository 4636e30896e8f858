"""PDFium's functions that are called for each character or drawing of a page, for whole loops.

Given as plain numbers, addresses included, a call costs some 0.3 µs, two thirds of what one through
the typed bindings costs; with `map` the loop itself runs in C.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from extract.model import Box


def address_of(thing: Any) -> int:
    """The address behind a function or one of PDFium's handles, which the functions here take."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _quick(function: Any, result: Any, *given: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *given)(address_of(function))


_AT, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float

turn_of = _quick(pdfium.FPDFPage_GetRotation, _INT, _AT)
count_annotations = _quick(pdfium.FPDFPage_GetAnnotCount, _INT, _AT)

object_at = _quick(pdfium.FPDFPage_GetObject, _AT, _AT, _INT)
kind_of = _quick(pdfium.FPDFPageObj_GetType, _INT, _AT)
bounds_of = _quick(pdfium.FPDFPageObj_GetBounds, _INT, _AT, _AT, _AT, _AT, _AT)
matrix_of = _quick(pdfium.FPDFPageObj_GetMatrix, _INT, _AT, _AT)
font_of = _quick(pdfium.FPDFTextObj_GetFont, _AT, _AT)
size_of = _quick(pdfium.FPDFTextObj_GetFontSize, _INT, _AT, _AT)
mode_of = _quick(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _AT)
is_embedded = _quick(pdfium.FPDFFont_GetIsEmbedded, _INT, _AT)
width_in = _quick(pdfium.FPDFFont_GetGlyphWidth, _INT, _AT, ctypes.c_uint, _FLOAT, _AT)

drawn_how = _quick(pdfium.FPDFPath_GetDrawMode, _INT, _AT, _AT, _AT)
fill_of = _quick(pdfium.FPDFPageObj_GetFillColor, _INT, _AT, _AT, _AT, _AT, _AT)
count_segments = _quick(pdfium.FPDFPath_CountSegments, _INT, _AT)
segment_at = _quick(pdfium.FPDFPath_GetPathSegment, _AT, _AT, _INT)
segment_kind = _quick(pdfium.FPDFPathSegment_GetType, _INT, _AT)
segment_point = _quick(pdfium.FPDFPathSegment_GetPoint, _INT, _AT, _AT, _AT)
is_closing = _quick(pdfium.FPDFPathSegment_GetClose, _INT, _AT)

text_at = _quick(pdfium.FPDFText_GetText, _INT, _AT, _INT, _INT, _AT)
code_at = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _AT, _INT)
is_generated = _quick(pdfium.FPDFText_IsGenerated, _INT, _AT, _INT)
is_unmapped = _quick(pdfium.FPDFText_HasUnicodeMapError, _INT, _AT, _INT)
loose_box_at = _quick(pdfium.FPDFText_GetLooseCharBox, _INT, _AT, _INT, _AT)
origin_at = _quick(pdfium.FPDFText_GetCharOrigin, _INT, _AT, _INT, _AT, _AT)
matrix_at = _quick(pdfium.FPDFText_GetMatrix, _INT, _AT, _INT, _AT)
run_at = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_size_t, _AT, _INT)
size_at = _quick(pdfium.FPDFText_GetFontSize, ctypes.c_double, _AT, _INT)


def sides_by(function: Any, item: int) -> Box | None:
    """What a function of PDFium's writes to four places: left, bottom, right and top."""
    sides = (ctypes.c_float * 4)()
    at = ctypes.addressof(sides)
    if not function(item, at, at + 4, at + 8, at + 12):
        return None
    return (sides[0], sides[1], sides[2], sides[3])


def held_by(form: int) -> list[int]:
    """The objects inside a form, given by its address."""
    at = ctypes.cast(form, pdfium.FPDF_PAGEOBJECT)
    count = pdfium.FPDFFormObj_CountObjects(at)
    return [address_of(pdfium.FPDFFormObj_GetObject(at, i)) for i in range(count)]
