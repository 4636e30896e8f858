"""PDF with a text layer: each printed line a paragraph with page and box, ruled tables as grids."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from extract.model import Block, Gap, Grid, Line, Paragraph, Source
from extract.readers.errors import ReadError
from extract.readers.pdf_columns import in_reading_order
from extract.readers.pdf_furniture import without_furniture
from extract.readers.pdf_lines import PrintedLine, chars_of
from extract.readers.pdf_tables import grid_of, tables_of

logging.getLogger("pdfminer").addHandler(logging.NullHandler())

_WIDE_GAP = 1.55


@dataclass(slots=True)
class Page:
    """What a page holds: printed lines and tables, each with the place of its top."""

    number: int
    width: float
    height: float
    lines: list[PrintedLine]
    grids: list[tuple[float, Grid]]


def read(data: bytes, name: str = "") -> Source:
    """A PDF as read; pages that are pictures become gaps, an encrypted or broken file raises."""
    pages: list[Page] = []
    gaps: list[Gap] = []
    with _opened(data) as document:
        for number, page in enumerate(document.pages, 1):
            try:
                read_page = _page(page, number, gaps)
            except (RecursionError, ValueError, TypeError, KeyError, AssertionError) as error:
                gaps.append(_unreadable(number, error))
            else:
                pages.append(read_page)
            page.close()
        count = len(document.pages)
    without_furniture(pages)
    blocks = _blocks(pages)
    return Source("pdf", tuple(blocks), pages=count, gaps=tuple(gaps))


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
    for table in tables_of(page, chars):
        grid, chars = grid_of(table, chars, number)
        grids.append((table.box[1], grid))
    lines = in_reading_order(chars)
    return Page(number, float(page.width), float(page.height), lines, grids)


def _pictured(page: Any) -> bool:
    """Whether pictures or drawings cover a good part of a page."""
    area = page.width * page.height
    covered = sum(abs(i["width"] * i["height"]) for i in page.images)
    return covered > 0.2 * area or len(page.curves) > 200


def _blocks(pages: list[Page]) -> list[Block]:
    pitch = _pitch(pages)
    blocks: list[Block] = []
    for page in pages:
        left = _left_margin([line for line in page.lines])
        grids = sorted(page.grids, key=lambda item: item[0])
        last: PrintedLine | None = None
        for line in page.lines:
            while grids and grids[0][0] < line.base and (last is None or last.base < line.base):
                blocks.append(grids.pop(0)[1])
                last = None
            if last is not None and line.base - last.base > _WIDE_GAP * max(
                pitch, 1.05 * min(line.em, last.em)
            ):
                blocks.append(Paragraph((Line("", page.number),), complete=False))
            blocks.append(_paragraph(line, left, page.number))
            last = line
        blocks += [grid for _, grid in grids]
    return blocks


def _paragraph(line: PrintedLine, left: float, page: int) -> Paragraph:
    """A line as a paragraph; its indent, if any, is full-width spaces as in typed text."""
    indent = (line.box[0] - left) / line.em
    text = "\u3000" * min(round(indent), 40) + line.text if indent >= 1.5 else line.text
    return Paragraph((Line(text, page, line.box),), complete=False)


def _pitch(pages: list[Page]) -> float:
    """The usual distance between baselines, in points."""
    steps = [
        b.base - a.base
        for page in pages
        for a, b in zip(page.lines, page.lines[1:], strict=False)
        if 0 < b.base - a.base < 6 * a.em
    ]
    return median(steps) if steps else 0.0


def _left_margin(lines: list[PrintedLine]) -> float:
    """Where the lines of a page begin that have no indent, in points."""
    if not lines:
        return 0.0
    counts: dict[int, int] = {}
    for line in lines:
        place = round(line.box[0] / 3)
        counts[place] = counts.get(place, 0) + 1
    least = max(2, len(lines) / 10)
    common = [place for place, count in counts.items() if count >= least]
    return 3.0 * min(common) if common else min(line.box[0] for line in lines)
