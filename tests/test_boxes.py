"""The boxes of a PDF's lines: the characters of a quote stand under them on the page."""

from __future__ import annotations

from functools import cache

import printing
import pypdfium2
import pytest
from likeness import TABLES_WITH_SPANS, read
from papers import RAW
from reportlab.lib.pagesizes import A4, B5

from extract.model import PrintedLine

SEEDS = sorted(RAW.glob("*.txt"))


class Reader:
    """What stands in a box on a page, as PDFium reads the page."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    @cache  # noqa: B019
    def _chars(self, number: int) -> list[tuple[str, float, float]]:
        """Each character with its middle, in points from the top left."""
        page = self._document[number - 1]
        text = page.get_textpage()
        chars = []
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i)
            x, y = (left + right) / 2, page.get_height() - (bottom + top) / 2
            chars.append((text.get_text_range(i, 1), x, y))
        return chars

    def under(self, line: PrintedLine) -> str:
        """The characters whose middle lies in a line's box."""
        assert line.page is not None
        x0, y0, x1, y1 = line.x0, line.y0, line.x1, line.y1
        assert x0 is not None and y0 is not None and x1 is not None and y1 is not None  # noqa: PT018
        return "".join(
            char for char, x, y in self._chars(line.page) if x0 <= x <= x1 and y0 <= y <= y1
        )


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("size", [A4, B5], ids=["A4", "B5"])
def test_every_tenth_quote_stands_under_its_boxes(path, size) -> None:  # type: ignore[no-untyped-def]
    data = printing.as_pdf(printing.pieces(path.read_text(encoding="utf-8")), size, 14)
    result = read(data, "paper.pdf")
    rows = [row for table in TABLES_WITH_SPANS for row in getattr(result, table)]
    page = Reader(data)
    for row in rows[::10]:
        lines = [
            line
            for line in result.lines
            if line.char_start < row.char_end and row.char_start < line.char_end
        ]
        assert plain(row.quote) in plain("".join(page.under(line) for line in lines))
    assert len(rows) > 100
