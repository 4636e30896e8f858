"""A PDF opened twice: with PDFium, which is fast, and with pdfplumber once a page needs it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from typing import Any, Self

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from extract.model import Box
from extract.readers import (
    pdf_annotations,
    pdf_contents,
    pdf_drawn,
    pdf_fast,
    pdf_forms,
    pdf_hidden,
    pdf_layers,
    pdf_slow,
)
from extract.readers import pdfium_calls as calls
from extract.readers.errors import ReadError
from extract.readers.page_lines import Char
from extract.readers.page_tables import Table, tables_on
from extract.readers.pdf_fast import PageText
from extract.readers.pdf_pictures import pictures_on
from extract.readers.pdf_unseen import unseen_words
from extract.readers.scans import LONGEST_SIDE
from extract.readers.turned import turned, turned_size
from extract.readers.unruled_tables import UnruledTables

_MAX_CHARS = 60_000
_MAX_SCALE = 4.0
_TOGETHER = 96
_MOST_TOGETHER = 200_000
"""Pages that are read together, and the characters at which no other is added."""
_ASLANT = 0.5
"""Degrees from which on a page is straightened: its lines rise by half a line's height."""
_PASSWORD = 4
_MOST_ATTACHMENTS = 20
_WITH_FIELDS = (pdfium.FORMTYPE_ACRO_FORM, pdfium.FORMTYPE_XFA_FOREGROUND)
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


class PdfFile:
    """The pages of a PDF by number, from 1; raises ReadError where it cannot be opened."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data = data
        self._password = password
        self._fast: Any = None
        self._ahead: list[PdfPage] = []
        self.unruled = UnruledTables()
        try:
            self._fast = pypdfium2.PdfDocument(data, password=password)
            if self._fast.get_formtype() in _WITH_FIELDS:
                self._fast.init_forms()
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                raise _encrypted(password) from error

    def __enter__(self) -> Self:
        len(self)
        return self

    def __exit__(self, *error: object) -> None:
        for page in self._ahead:
            page.close()
        if self._fast is not None:
            self._fast.close()
        if "slow" in self.__dict__:
            self.slow.close()

    def __len__(self) -> int:
        return len(self._fast) if self._fast is not None else len(self.slow.pages)

    @cached_property
    def slow(self) -> Any:
        """The document as pdfplumber opens it."""
        try:
            document = pdfplumber.open(io.BytesIO(self._data), password=self._password or "")
            _ = document.pages
            return document
        except Exception as error:
            causes = (error, *error.args, error.__cause__, error.__context__)
            if any(
                isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes
            ):
                raise _encrypted(self._password) from error
            raise ReadError(
                "broken_file", "the PDF is cut or damaged; get it again from its origin", "pdf"
            ) from error

    @cached_property
    def endless_forms(self) -> frozenset[int]:
        """The numbers of the forms that show themselves without end."""
        return pdf_forms.endless_forms(self._data, self._password)

    @cached_property
    def endless(self) -> frozenset[int]:
        """The numbers of the pages that PDFium would draw without end."""
        forms = self.endless_forms
        pages = enumerate(self.slow.pages, 1) if forms else ()
        return frozenset(n for n, page in pages if pdf_forms.shows(page.page_obj, forms))

    @cached_property
    def broken(self) -> frozenset[int]:
        """The numbers of the streams that break off."""
        return pdf_contents.broken_streams(self._data)

    @cached_property
    def off_layers(self) -> pdf_layers.OffLayers:
        """The layers that are switched off."""
        return pdf_layers.off_layers(self._data, lambda: self.slow.doc.catalog)

    @property
    def form(self) -> pypdfium2.PdfFormEnv | None:
        """PDFium's environment for the fields of a form, where the file holds one."""
        return self._fast.formenv if self._fast is not None else None

    def attachments(self) -> list[str]:
        """The names of the files that the PDF carries beside its pages."""
        count = self._fast.count_attachments() if self._fast is not None else 0
        held = (self._fast.get_attachment(i) for i in range(min(count, _MOST_ATTACHMENTS)))
        return [each.get_name() or "without a name" for each in held]

    def is_dynamic_form(self) -> bool:
        """Whether what the PDF shows is made by a program in it (XFA)."""
        return self._fast is not None and self._fast.get_formtype() == pdfium.FORMTYPE_XFA_FULL

    def pages(self, count: int) -> Iterator[PdfPage]:
        """The first pages, so many; each is closed when the next is asked for."""
        first = 1
        while first <= count:
            self._read_ahead(range(first, min(first + _TOGETHER, count + 1)))
            first += len(self._ahead)
            for page in self._ahead:
                yield page
                page.close()

    def _read_ahead(self, numbers: range) -> None:
        """Open the first of these pages, the plain ones of them read together, which is quicker.
        What fails here is left: it fails again, and is told, when the page itself is read."""
        pages: list[PdfPage] = []
        self._ahead = pages
        plain, texts = [], []
        room = _MOST_TOGETHER
        with ExitStack() as opened:
            for number in numbers:
                pages.append(self._page(number))
                with suppress(Exception):
                    if pages[-1].is_plain:
                        texts.append(opened.enter_context(pages[-1].text()))
                        plain.append(pages[-1])
                        room -= pdfium.FPDFText_CountChars(texts[-1].text)
                if room < 0:
                    break
            with suppress(Exception):
                for page, stretches in zip(plain, pdf_fast.stretches_of(texts), strict=True):
                    page.stretches = stretches

    def _page(self, number: int) -> PdfPage:
        fast = None
        if self._fast is not None and number not in self.endless:
            fast = pdfium.FPDF_LoadPage(self._fast, number - 1) or None
        return PdfPage(self, fast, number)

    def drawn(self, number: int, scale: float, angle: int = 0, grey: bool = False) -> Any:
        """The picture of a page that PDFium opens, turned by this angle, as rows of BGR or grey."""
        with closing(self._fast[number - 1]) as page:
            return page.render(scale=scale, rotation=angle, grayscale=grey).to_numpy()


class PdfPage:
    """A page: its characters, the cells of its tables, its picture. All places are from the top
    left of the page as it is read: as shown, turned by `angle` where it is printed sideways, and
    straightened where most of its text stands aslant, by `slant` degrees counter-clockwise."""

    def __init__(self, file: PdfFile, fast: Any, number: int) -> None:
        """`fast`: the page as PDFium itself names it; None where PDFium cannot open it."""
        self.number = number
        self._file = file
        self._fast = fast
        self._is_fast = False
        self.angle = 0
        self.slant = 0.0
        self.sideways = ""
        self.hidden = pdf_hidden.NOTHING

    def close(self) -> None:
        """Give back what the page holds."""
        if "_slow" in self.__dict__:
            self._slow.close()
        if self._fast is not None:
            pdfium.FPDF_ClosePage(self._fast)
            self._fast = None

    @cached_property
    def _look(self) -> pdf_drawn.Look | None:
        """A look at what the page shows; what it does not show is taken away first."""
        if self._fast is None:
            return None
        look = pdf_drawn.look_at(self._fast)
        self.hidden = pdf_hidden.hidden_on(
            self._fast, look, self._file.off_layers.names, self._in_grey
        )
        if not self.hidden.texts:
            return look
        pdf_hidden.take_away(self._fast, self.hidden.texts)
        return replace(look, texts=[t for t in look.texts if t not in self.hidden.texts])

    def _in_grey(self, scale: float) -> Any:
        return self._file.drawn(self.number, scale, grey=True)

    @property
    def is_plain(self) -> bool:
        """Whether what is drawn proves that the page has no table."""
        return self._look is not None and self._look.plain

    @contextmanager
    def text(self) -> Iterator[PageText]:
        """What PDFium has of the page, its text page too; only for a page that it opened."""
        look = self._look  # takes away what is hidden
        text = pdfium.FPDFText_LoadPage(self._fast)
        if not text:
            raise pypdfium2.PdfiumError("the text page cannot be loaded")
        try:
            yield PageText(
                text, look.texts if look else [], look.box if look and not look.turned else None
            )
        finally:
            pdfium.FPDFText_ClosePage(text)

    @cached_property
    def _slow(self) -> Any:
        return pdf_slow.with_sorted_corners(self._file.slow.pages[self.number - 1])

    @cached_property
    def stretches(self) -> list[Char] | None:
        """The text of a plain page in stretches; None where only pdfplumber reads it rightly."""
        with self.text() as text:
            return pdf_fast.stretches_of([text])[0]

    def chars(self) -> list[Char]:
        """The characters that a reader sees, or stretches of them, without those of annotations."""
        if self.number in self._file.endless:
            raise ReadError("too_large", "its drawings show one another without end", "pdf")
        chars = self.stretches if self.is_plain else self._quick_chars()
        self._is_fast = chars is not None
        return self._slow_chars() if chars is None else chars

    def _slow_chars(self) -> list[Char]:
        """The characters as pdfplumber reads them, which does not know what is hidden."""
        chars, self.angle, slant, self.sideways = pdf_slow.text_of(self._slow)
        if self.hidden.blank:
            blank = [turned(box, self._shown(), self.angle) for box in self.hidden.blank]
            chars = pdf_hidden.beside(chars, blank)
        if abs(slant) < _ASLANT:
            return chars
        self.slant = slant
        return pdf_slow.straightened(chars, self.size(), slant)

    @cached_property
    def annotations(self) -> pdf_annotations.Annotations:
        """What annotations print on the page, fields of forms too; asked for after its characters,
        which tell how it is turned."""
        if self._look is None or not calls.count_annotations(calls.address_of(self._fast)):
            return pdf_annotations.NONE
        angle = 90 * pdfium.FPDFPage_GetRotation(self._fast) + self.angle
        return pdf_annotations.printed_on(
            self._fast,
            self._file.form,
            self._look.box,
            angle,
            lambda: bool(self._file.endless_forms),
        )

    def may_show_hidden_layers(self) -> bool:
        """Whether words of layers that are switched off may be among the characters."""
        off = self._file.off_layers
        return bool(off.numbers) and pdf_layers.holds_off(
            self._slow.page_obj, off, not self._is_fast
        )

    def _quick_chars(self) -> list[Char] | None:
        """The characters; None where only pdfplumber reads them rightly, unless they are too many
        for it."""
        if self._look is None:
            return None
        with self.text() as text:
            many = max(pdfium.FPDFText_CountChars(text.text), len(self._look.texts)) > _MAX_CHARS
            if self._look.edges is None and not many:
                return None
            return pdf_fast.chars_of(text)

    def is_pictured(self) -> bool:
        """Whether pictures or drawings cover a good part of the page."""
        return self._look.pictured if self._look is not None else bool(self._slow.images)

    def is_damaged(self) -> bool:
        """Whether what draws the page is missing or cannot be unpacked as a whole; only asked where
        PDFium finds nothing drawn or the file has streams that break off."""
        if self._fast is None or not (
            self._file.broken or pdfium.FPDFPage_CountObjects(self._fast) == 0
        ):
            return False
        try:
            return pdf_contents.is_damaged(self._slow.page_obj, self._file.broken)
        except Exception:  # a file that pdfminer does not open is no reason to lose the page
            return True

    def unseen_words(self, are_others_seen: bool) -> str:
        """How words of the page stand on it or beside it that are not seen (`pdf_unseen`)."""
        if self._fast is None:
            return ""
        with self.text() as text:
            return unseen_words(text, are_others_seen)

    def pictures(self, chars: list[Char]) -> list[Box] | None:
        """The boxes of the pictures among the text that may hold words of their own; None where
        there are some, but not known where: only pdfplumber can open the page, or its images are
        too many."""
        if self._look is None:
            return None if self._slow.images else []
        if not self._look.images:
            return []
        angle = (90 * pdfium.FPDFPage_GetRotation(self._fast) + self.angle) % 360
        return pictures_on(self._look.images, self._look.box, angle, chars)

    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        slow = self._fast is None
        return turned_size(pdf_slow.size_of(self._slow) if slow else self._shown(), self.angle)

    def _shown(self) -> tuple[float, float]:
        width = float(pdfium.FPDF_GetPageWidthF(self._fast))
        return width, float(pdfium.FPDF_GetPageHeightF(self._fast))

    def tables(self, chars: list[Char]) -> list[Table]:
        """The tables that stand on the page; none are looked for among too many characters."""
        if self._look is not None and self._is_fast:
            edges = self._look.edges or []
            if len(chars) > _MAX_CHARS:
                return []
        else:
            edges = pdf_slow.edges_of(self._slow, self.angle)
        return tables_on(edges, chars, self.number, self._file.unruled)

    def pixels(self, angle: int = 0) -> tuple[Any, float]:
        """The page's picture as shown, or turned by this angle, as rows of BGR, and its points a
        pixel, for OCR; only PDFium draws."""
        if self._fast is None:
            raise pypdfium2.PdfiumError("the page cannot be loaded")
        scale = min(LONGEST_SIDE / max(self._shown()), _MAX_SCALE)
        return self._file.drawn(self.number, scale, angle), 1 / scale


def _encrypted(password: str | None) -> ReadError:
    wrong = "the password given does not open it" if password else "give it with --password"
    return ReadError(
        "encrypted",
        f"the PDF is protected by a password; {wrong}, or print it to a new PDF and give that",
        "pdf",
    )
