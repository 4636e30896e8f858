"""PDFium's quick reading of plain pages: the same text as pdfplumber's, and never on a table."""

from __future__ import annotations

from dataclasses import replace

import printing
import pypdfium2
import pytest
from making import pdf
from reportlab.lib.pagesizes import A4
from written import NOTICE

from extract.model import Grid, Source
from extract.readers import pdf_fast, read
from extract.readers.pdf_fast import Look, look_at


def look(data: bytes) -> Look:
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    try:
        return look_at(page.raw)
    finally:
        page.close()
        document.close()


FRAME = "60 60 470 700 re S\n"
RED_LINE = "1 0 0 RG 90 600 m 500 600 l S\n"
LADDER = "".join(f"90 {y} m 500 {y} l S\n" for y in (600, 570, 300))
LINES = "".join(f"90 {y} m 500 {y} l S\n" for y in (600, 570, 540)) + "".join(
    f"{x} 540 m {x} 600 l S\n" for x in (90, 200, 500)
)
BOXES = "".join(f"{x} {y} 100 20 re S\n" for x in (90, 190) for y in (500, 520))
ONE_PATH = "90 500 m 290 500 l 90 520 m 290 520 l 90 540 m 290 540 l 190 500 m 190 540 l S\n"


@pytest.mark.parametrize(
    ("drawn", "plain"),
    [
        ("", True),
        (FRAME, True),
        (RED_LINE, True),
        (FRAME + RED_LINE, True),
        (LADDER, False),
        (LINES, False),
        (BOXES, False),
        (ONE_PATH, False),
    ],
)
def test_plain_is_proven(drawn: str, plain: bool) -> None:
    assert look(pdf([[]], extra=drawn)).plain is plain


def test_font_that_is_nowhere_is_not_plain() -> None:
    assert not look(pdf([[(90, 100, 16, "关于工作的通知")]])).plain


def lines_of(source: Source) -> list[tuple[str, int | None]]:
    return [
        (line.text, line.page)
        for block in source.blocks
        if not isinstance(block, Grid)
        for line in block.lines
    ]


def places_of(source: Source) -> list[float]:
    return [
        side
        for block in source.blocks
        if not isinstance(block, Grid)
        for line in block.lines
        for side in line.box or ()
    ]


def test_same_text_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    data = printing.as_pdf(printing.pieces(NOTICE), A4)
    assert look(data).plain
    fast = read(data, "a.pdf")
    monkeypatch.setattr(pdf_fast, "look_at", lambda page: replace(look_at(page), plain=False))
    slow = read(data, "a.pdf")
    assert fast.pages == slow.pages == 3
    assert lines_of(fast) == lines_of(slow)
    assert places_of(fast) == pytest.approx(places_of(slow), abs=3)


def test_text_aslant_is_left_to_pdfplumber() -> None:
    stamp = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <4fdd5bc6> Tj ET\n"
    source = read(pdf([[(90, 100, 16, "关于工作的通知")]], extra=stamp), "a.pdf")
    assert [text for text, _ in lines_of(source)] == ["关于工作的通知"]
