"""Words that annotations print on a PDF's page (ISO 32000-1, 12.5): no page's text has them.

What was filled into the fields of a form (12.7) and text typed onto the page (FreeText) are read.
Words in the drawing of a stamp are only counted: PDFium does not tell them, and they are seldom the
paper's. Notes, links and marks over the text print no words.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfFormEnv

from extract import lazy as regex
from extract.model import Box
from extract.readers import pdfium_calls as calls
from extract.readers.boxed_words import BoxedWords, set_into
from extract.readers.errors import ReadError
from extract.readers.page_lines import Char
from extract.readers.turned import placed_on

_WRITTEN = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_TICKED = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_TICK = "√"
_TYPED = pdfium.FPDF_ANNOT_FREETEXT
_DRAWN = (
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_WATERMARK,
    pdfium.FPDF_ANNOT_LINE,
    pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_POLYLINE,
)
"""Kinds whose drawings may hold words; those of lines and shapes are captions."""
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_LINES = 1 << 12
"""The flag of a field that holds more than a line."""
_SIZE = regex.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s{1,4}Tf\b")
_FLAT = 0.01
_MOST = 5000
_MOST_CHARS = 60_000
"""Characters from which on in all a page is no paper's."""
_MOST_DRAWN, _MOST_PARTS = 200, 10_000
"""Drawings of a page that are opened, and parts of one that are looked at."""


class Annotations(NamedTuple):
    """The characters that a page's annotations print, and how many more of them show words that
    are not read."""

    chars: list[Char]
    unread: int


NONE = Annotations([], 0)


def printed_on(
    page: Any, form: PdfFormEnv | None, frame: Box, angle: int, endless: Callable[[], bool]
) -> Annotations:
    """What annotations print on PDFium's page, turned by this angle; `frame`: what is shown of it;
    `form`: where the file has fields; `endless`: whether some drawing of the file shows itself
    without end, so that none is to be opened. Raises ReadError for more words than a page has."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)
    chars: list[Char] = []
    opened = unread = 0
    with _known_to(form, page) if form else nullcontext():
        for number in range(count):
            with closing(_Annotation(page, number)) as annotation:
                if boxed := annotation.words(form):
                    chars += set_into(placed_on(boxed.place, frame, angle), boxed)
                elif annotation.is_drawn():
                    opened += 1
                    unread += opened > _MOST_DRAWN or endless() or annotation.draws_words()
            if len(chars) > _MOST_CHARS:
                raise _too_large()
    return Annotations(chars, unread)


def _too_large() -> ReadError:
    return ReadError("too_large", "its fields and annotations hold more words than a page", "pdf")


@contextmanager
def _known_to(form: PdfFormEnv, page: Any) -> Iterator[None]:
    """While the form knows of the page: before, PDFium does not tell which boxes are ticked."""
    pdfium.FORM_OnAfterLoadPage(page, form.raw)
    try:
        yield
    finally:
        pdfium.FORM_OnBeforeClosePage(page, form.raw)


class _Annotation:
    """PDFium's annotation of a page by its number."""

    def __init__(self, page: Any, number: int) -> None:
        self._raw = pdfium.FPDFPage_GetAnnot(page, number)
        self._kind = pdfium.FPDFAnnot_GetSubtype(self._raw)

    def close(self) -> None:
        pdfium.FPDFPage_CloseAnnot(self._raw)

    def words(self, form: PdfFormEnv | None) -> BoxedWords | None:
        """The words filled into it or typed there; None where it shows none."""
        if self._kind == _TYPED:
            boxed = self._typed()
        elif self._kind == pdfium.FPDF_ANNOT_WIDGET and form:
            boxed = self._filled(form.raw)
        else:
            return None
        return boxed if boxed.words.strip() and self._is_seen() and any(boxed.place) else None

    def _typed(self) -> BoxedWords:
        size = _SIZE.search(self._said(b"DA"))
        words = self._said(b"Contents")
        return BoxedWords(words, self._place(), float(size[1]) if size else 0.0, True)

    def _filled(self, form: Any) -> BoxedWords:
        size = ctypes.c_float()
        pdfium.FPDFAnnot_GetFontSize(form, self._raw, size)
        flags = pdfium.FPDFAnnot_GetFormFieldFlags(form, self._raw)
        return BoxedWords(self._value(form), self._place(), size.value, bool(flags & _LINES))

    def _value(self, form: Any) -> str:
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, self._raw)
        if kind in _TICKED:
            return _TICK if pdfium.FPDFAnnot_IsChecked(form, self._raw) else ""
        if kind not in _WRITTEN:
            return ""
        return _text(pdfium.FPDFAnnot_GetFormFieldValue, form, self._raw)

    def _said(self, key: bytes) -> str:
        return _text(pdfium.FPDFAnnot_GetStringValue, self._raw, key)

    def _place(self) -> Box:
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(self._raw, rect)
        return (rect.left, rect.bottom, rect.right, rect.top)

    def _is_seen(self) -> bool:
        return not pdfium.FPDFAnnot_GetFlags(self._raw) & _UNSEEN

    def is_drawn(self) -> bool:
        """Whether it is shown, and of a kind whose drawing may hold words."""
        return self._kind in _DRAWN and self._is_seen()

    def draws_words(self) -> bool:
        """Whether its drawing holds words, be it in a form."""
        count = min(pdfium.FPDFAnnot_GetObjectCount(self._raw), _MOST_PARTS)
        held = [calls.address_of(pdfium.FPDFAnnot_GetObject(self._raw, i)) for i in range(count)]
        for part in held:
            kind = calls.kind_of(part)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT and _prints(part):
                return True
            if kind == pdfium.FPDF_PAGEOBJ_FORM and len(held) < _MOST_PARTS:
                held += calls.held_by(part)
        return False


def _prints(text: int) -> bool:
    """Whether a text is of more than spaces."""
    box = calls.sides_by(calls.bounds_of, text)
    return box is not None and max(box[2] - box[0], box[3] - box[1]) > _FLAT


def _text(function: Any, *given: Any) -> str:
    """What one of PDFium's functions writes as text."""
    size = function(*given, None, 0)
    if size > 2 * _MOST_CHARS:
        raise _too_large()
    room = (ctypes.c_ushort * (size // 2 + 1))()
    function(*given, room, size)
    return bytes(room)[:size].decode("utf-16-le", "replace").rstrip("\0")
