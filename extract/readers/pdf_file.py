"""A PDF opened twice: with PDFium, which is fast, and with pdfplumber once a page needs it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, Self

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from extract.model import Box
from extract.readers import pdf_drawn, pdf_fast, pdf_slow
from extract.readers.errors import ReadError
from extract.readers.page_lines import Char
from extract.readers.ruled_lines import cells_of
from extract.readers.scans import LONGEST_SIDE, has_ocr
from extract.readers.three_line_tables import cells_between

_MAX_CHARS = 60_000
_MAX_SCALE = 4.0
_PASSWORD = 4
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


class PdfFile:
    """The pages of a PDF by number, from 1; raises ReadError where it cannot be opened."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data = data
        self._password = password
        self._fast: Any = None
        try:
            self._fast = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                raise _encrypted(password) from error

    def __enter__(self) -> Self:
        len(self)
        return self

    def __exit__(self, *error: object) -> None:
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

    @contextmanager
    def page(self, number: int) -> Iterator[PdfPage]:
        """A page, closed when done with."""
        fast = None
        with suppress(pypdfium2.PdfiumError):
            fast = self._fast[number - 1] if self._fast is not None else None
        page = PdfPage(self, fast, number)
        try:
            yield page
        finally:
            page.close()


class PdfPage:
    """A page: its characters, the cells of its tables, its picture."""

    def __init__(self, file: PdfFile, fast: Any, number: int) -> None:
        self.number = number
        self._file = file
        self._fast = fast
        self._look = pdf_drawn.look_at(fast.raw) if fast is not None else None
        self._is_fast = False

    def close(self) -> None:
        """Give back what the page holds."""
        if "_slow" in self.__dict__:
            self._slow.close()
        if self._fast is not None:
            self._fast.close()

    @cached_property
    def _slow(self) -> Any:
        return self._file.slow.pages[self.number - 1]

    def chars(self) -> list[Char]:
        """The characters that a reader sees."""
        if self._fast is not None and self._look is not None:
            text = self._fast.get_textpage()
            try:
                chars = self._quick_chars(text)
            finally:
                text.close()
            if chars is not None:
                self._is_fast = True
                return chars
        return pdf_slow.chars_of(self._slow)

    def _quick_chars(self, text: Any) -> list[Char] | None:
        """The characters of a text page; None where only pdfplumber reads them rightly, unless
        they are too many for it."""
        look = self._look
        if look is not None and look.plain:
            return pdf_fast.stretches_of(self._fast.raw, text.raw, look.texts)
        if look is None or (look.edges is None and text.count_chars() <= _MAX_CHARS):
            return None
        return pdf_fast.chars_of(self._fast.raw, text.raw, look.texts)

    def is_pictured(self) -> bool:
        """Whether pictures or drawings cover a good part of the page."""
        return self._look.pictured if self._look is not None else bool(self._slow.images)

    def size(self) -> tuple[float, float]:
        """Width and height in points, as the page is seen."""
        if self._fast is not None:
            width, height = self._fast.get_size()
            return float(width), float(height)
        return float(self._slow.width), float(self._slow.height)

    def cells(self, chars: list[Char]) -> list[list[Box]]:
        """The cells of each table, ruled or set between three rules."""
        if self._look is not None and self._is_fast:
            edges = self._look.edges or []
            if self._look.plain or len(chars) > _MAX_CHARS:
                return []
        else:
            edges = pdf_slow.edges_of(self._slow)
        return cells_of(edges) or cells_between(edges, chars)

    def pixels(self) -> tuple[Any, float] | None:
        """The page's picture as rows of BGR and its points a pixel, for OCR; None without it."""
        if self._fast is None or not has_ocr():
            return None
        scale = min(LONGEST_SIDE / max(self._fast.get_size()), _MAX_SCALE)
        return self._fast.render(scale=scale).to_numpy(), 1 / scale


def _encrypted(password: str | None) -> ReadError:
    wrong = "the password given does not open it" if password else "give it with --password"
    return ReadError(
        "encrypted",
        f"the PDF is protected by a password; {wrong}, or print it to a new PDF and give that",
        "pdf",
    )
