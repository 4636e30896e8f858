"""Words that stand on a page of a PDF and that nobody sees there."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from extract.readers import pdfium_calls as calls
from extract.readers.pdf_fast import PageText

SMALLEST = 2.0
"""The size of type in points below which nobody can read it."""
_HAN = range(0x4E00, 0xA000)
_MOST = 20_000
"""Characters and texts that are looked at."""


def unseen_words(page: PageText, are_others_seen: bool) -> str:
    """How words of a page stand there, of which none is seen: `small`, in type too small,
    `elsewhere`, aslant or beside the page; empty where there are none. Where others are seen, only
    Chinese ones count, and only in small type: what stands aslant is a watermark. The words of text
    objects whose size is 0 PDFium does not tell."""
    at, count = calls.address_of(page.text), pdfium.FPDFText_CountChars(page.text)
    codes = [calls.code_at(at, i) for i in range(min(count, _MOST))]
    if are_others_seen:
        unseen = [i for i, code in enumerate(codes) if code in _HAN]
    else:
        unseen = [i for i, code in enumerate(codes) if not chr(code).isspace()]
    if unseen and all(_size_at(at, i) < SMALLEST for i in unseen):
        return "small"
    if are_others_seen:
        return ""
    sizeless = any(map(_is_sizeless, page.objects[:_MOST]))
    return "elsewhere" if unseen else "small" if sizeless else ""


def _size_at(at: int, place: int) -> float:
    """The size of a text page's character, as it is drawn."""
    matrix = pdfium.FS_MATRIX()
    calls.matrix_at(at, place, ctypes.addressof(matrix))
    size: float = calls.size_at(at, place)
    scale: float = max(abs(matrix.b), abs(matrix.d))
    return size * scale


def _is_sizeless(text: int) -> bool:
    size = ctypes.c_float()
    calls.size_of(text, ctypes.addressof(size))
    return size.value == 0
