"""What was filled into the fields of a PDF's form (ISO 32000-1, 12.7): no page's text has it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfFormEnv

from extract.model import Box
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
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_LINES = 1 << 12
"""The flag of a field that holds more than a line."""
_LARGEST, _SMALLEST = 16.0, 2.0
_PITCH, _OF_HEIGHT, _BELOW_MIDDLE = 1.2, 0.75, 0.36
_MOST_FIELDS = 5000
_LONGEST, _MOST_CHARS = 20_000, 60_000
"""Characters of one field, and from how many on in all a page is no paper's."""


class _Field(NamedTuple):
    """A filled field: its words, place (left, bottom, right, top), size of type in points (0: as
    fits), and whether it may hold several lines."""

    words: str
    place: Box
    size: float
    lines: bool


def filled_in(page: Any, form: PdfFormEnv, frame: Box, angle: int) -> list[Char]:
    """The characters that stand in the fields of PDFium's page, on the page turned by this
    angle; `frame`: what is shown of it."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)
    if not count:
        return []
    chars: list[Char] = []
    with _known_to(form, page):
        for number in range(count):
            with closing(_Annotation(page, number)) as annotation:
                if field := annotation.field(form):
                    chars += _set(field, placed_on(field.place, frame, angle))
            if len(chars) > _MOST_CHARS:
                raise ReadError("too_large", "its fields hold more words than a page", "pdf")
    return chars


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

    def close(self) -> None:
        pdfium.FPDFPage_CloseAnnot(self._raw)

    def field(self, form: PdfFormEnv) -> _Field | None:
        """The field that it shows; None where it shows none, or an empty one."""
        if pdfium.FPDFAnnot_GetSubtype(self._raw) != pdfium.FPDF_ANNOT_WIDGET:
            return None
        words, rect, size = self._words(form.raw), pdfium.FS_RECTF(), ctypes.c_float()
        unseen = pdfium.FPDFAnnot_GetFlags(self._raw) & _UNSEEN
        if unseen or not words.strip() or not pdfium.FPDFAnnot_GetRect(self._raw, rect):
            return None
        pdfium.FPDFAnnot_GetFontSize(form.raw, self._raw, size)
        place = (rect.left, rect.bottom, rect.right, rect.top)
        flags = pdfium.FPDFAnnot_GetFormFieldFlags(form.raw, self._raw)
        return _Field(words, place, size.value, bool(flags & _LINES))

    def _words(self, form: Any) -> str:
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, self._raw)
        if kind in _TICKED:
            return _TICK if pdfium.FPDFAnnot_IsChecked(form, self._raw) else ""
        if kind not in _WRITTEN:
            return ""
        room = (ctypes.c_ushort * _LONGEST)()
        size = pdfium.FPDFAnnot_GetFormFieldValue(form, self._raw, room, ctypes.sizeof(room))
        return bytes(room)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _set(field: _Field, box: Box) -> Iterator[Char]:
    """The words of a field as a viewer sets them into its box: one line in the middle, more from
    the top; in smaller type where they are too long."""
    x0, top, x1, bottom = box
    em = field.size or min(_LARGEST, _OF_HEIGHT * (bottom - top))
    lines = _cut(field, x1 - x0, em)
    while em > _SMALLEST and len(lines) * _PITCH * em > max(bottom - top, _PITCH * em):
        em *= 0.9
        lines = _cut(field, x1 - x0, em)
    base = top + em if field.lines else (top + bottom) / 2 + _BELOW_MIDDLE * em
    for line in lines:
        x = x0
        for char in line:
            wide = _wide(char) * em
            yield Char(char, x, x + wide, base, em)
            x += wide
        base += _PITCH * em


def _cut(field: _Field, width: float, em: float) -> list[str]:
    """The lines of a field so wide."""
    if not field.lines:
        return [" ".join(field.words.split())]
    lines = []
    for paragraph in field.words.splitlines():
        lines.append("")
        wide = 0.0
        for char in paragraph.strip():
            wide += _wide(char) * em
            if wide > max(width, em):
                lines.append("")
                wide = _wide(char) * em
            lines[-1] += char
    return lines


def _wide(char: str) -> float:
    """How wide a character is, in ems."""
    return 1.0 if char >= "\u2e80" else 0.5
