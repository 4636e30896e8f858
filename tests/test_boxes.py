"""The boxes of a PDF's lines: the characters of a quote stand under them on the page."""

from __future__ import annotations

import io
from functools import cache

import printing
import pypdfium2
import pytest
from likeness import TABLES_WITH_SPANS, read
from papers import RAW
from reportlab.lib.pagesizes import A4, B5
from reportlab.pdfgen.canvas import Canvas

from extract.model import PrintedLine

SEEDS = sorted(RAW.glob("*.txt"))


class Reader:
    """What stands in a box on a page, as PDFium reads the page."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    @cache  # noqa: B019
    def _chars(self, number: int) -> list[tuple[str, float, float]]:
        """Each character with its middle, in points from the top left of the page as shown."""
        page = self._document[number - 1]
        x0, y0, x1, y1 = page.get_bbox()
        width, height = x1 - x0, y1 - y0
        text = page.get_textpage()
        chars = []
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i)
            x, y = (left + right) / 2 - x0, (bottom + top) / 2 - y0
            shown = {
                0: (x, height - y),
                90: (y, x),
                180: (width - x, y),
                270: (height - y, width - x),
            }
            chars.append((text.get_text_range(i, 1), *shown[page.get_rotation()]))
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


LINES = (
    "明城市提升服务质量实施方案",
    "一、重点任务",
    "1.加强培训。市司法局要组织培训，2024年6月底前完成。",
    "2.完善制度。每年组织一次考试，覆盖率达到95%。",
)


def turned(angle: int, cut: tuple[int, int, int, int] = (0, 0, 0, 0)) -> bytes:
    """A page that is drawn turned and stands upright again by its /Rotate; so much is cut off at
    the left, bottom, right and top of it as drawn."""
    width, height = A4
    size = (height, width) if angle in (90, 270) else A4
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    places = {0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}
    canvas.translate(*places[angle])
    canvas.rotate(angle)
    canvas.setFont(printing.font_name(), 16)
    for number, line in enumerate(LINES):
        canvas.drawString(90, height - 90 - 40 * number, line)
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    document[0].set_rotation(angle)
    left, bottom, right, top = cut
    document[0].set_cropbox(left, bottom, size[0] - right, size[1] - top)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("cut", [(0, 0, 0, 0), (20, 30, 40, 10)], ids=["whole", "cropped"])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_boxes_of_a_turned_page_are_those_of_the_page_as_shown(
    angle: int, cut: tuple[int, int, int, int]
) -> None:
    data = turned(angle, cut)
    result = read(data, "paper.pdf")
    page = Reader(data)
    assert result.document.text == "\n".join(LINES)
    assert [plain(page.under(line)) for line in result.lines] == [plain(line) for line in LINES]
    first = result.lines[0]
    left, bottom, right, top = cut
    x, y = {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}[angle]
    assert (first.x0, first.y0) == pytest.approx((90 - x, 76 - y), abs=3)
    assert {d.quote for d in result.deadlines} == {"2024年6月底前", "每年"}
