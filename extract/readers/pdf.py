"""PDF with a text layer: each printed line a paragraph with page and box, ruled tables as grids."""

from __future__ import annotations

import io
import logging
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from extract.model import Box, Gap, Source
from extract.readers.errors import ReadError
from extract.readers.page_columns import in_reading_order
from extract.readers.page_furniture import without_furniture
from extract.readers.page_lines import chars_of
from extract.readers.page_tables import grid_of, tables_of
from extract.readers.pages import Page, blocks_of

_MAX_EDGES = 6000
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


def read(data: bytes, name: str = "") -> Source:
    """A PDF as read; pages that are pictures become gaps, an encrypted or broken file raises."""
    pages: list[Page] = []
    gaps: list[Gap] = []
    with _opened(data) as document:
        for number, page in enumerate(document.pages, 1):
            try:
                read_page = _page(page, number, gaps)
            except Exception as error:  # a page of a broken file can fail in pdfminer in any way
                gaps.append(_unreadable(number, error))
            else:
                pages.append(read_page)
            page.close()
        count = len(document.pages)
    without_furniture(pages)
    return Source("pdf", tuple(blocks_of(pages)), pages=count, gaps=tuple(gaps))


def _opened(data: bytes) -> Any:
    try:
        document = pdfplumber.open(io.BytesIO(data))
        _ = document.pages
        return document
    except Exception as error:
        causes = (error, *error.args, error.__cause__, error.__context__)
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes):
            raise ReadError(
                "encrypted",
                "the PDF is protected by a password; open it with the password, print it to a "
                "new PDF and give that",
                "pdf",
            ) from error
        raise ReadError(
            "broken_file", "the PDF is cut or damaged; get it again from its origin", "pdf"
        ) from error


def _unreadable(number: int, error: Exception) -> Gap:
    return Gap(
        "read",
        "page_unreadable",
        f"page {number} could not be read ({type(error).__name__}); print the PDF to a new PDF",
    )


def _page(page: Any, number: int, gaps: list[Gap]) -> Page:
    chars = chars_of(page)
    seen = [char for char in chars if not char.text.isspace()]
    if len(seen) < 20 and _pictured(page):
        gaps.append(
            Gap(
                "read",
                "page_without_text",
                f"page {number} is a picture without a text layer; run OCR on it",
            )
        )
    lost = sum(char.text == "\ufffd" for char in seen)
    if lost:
        gaps.append(
            Gap(
                "read",
                "glyphs_without_text",
                f"{lost} of {len(seen)} characters of page {number} have no Unicode value and "
                "stand as \ufffd; run OCR on the page",
            )
        )
    grids = []
    for table in tables_of(_cells(page), chars):
        grid, chars = grid_of(table, chars, number)
        grids.append((table.box[1], grid))
    lines = in_reading_order(chars)
    return Page(number, float(page.width), float(page.height), lines, grids)


def _pictured(page: Any) -> bool:
    """Whether pictures or drawings cover a good part of a page."""
    area = page.width * page.height
    covered = sum(abs(i["width"] * i["height"]) for i in page.images)
    return covered > 0.2 * area or len(page.curves) > 200


def _cells(page: Any) -> list[list[Box]]:
    """The cells of each ruled table of a page, as pdfplumber finds them."""
    if not 4 <= len(page.edges) <= _MAX_EDGES:
        return []
    return [[cell for cell in table.cells if cell is not None] for table in page.find_tables()]
