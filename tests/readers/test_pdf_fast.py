"""PDFium's quick reading of a page: the same text and tables as by pdfplumber's."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pdfplumber
import printing
import pypdfium2
import pytest
from fonts import font_name
from making import pdf
from papers import RAW
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from written import NOTICE, PLAN, TABLE

from extract.model import Grid, Source
from extract.readers import pdf_drawn, pdf_slow, read
from extract.readers import pdfium_calls as calls
from extract.readers.page_columns import in_reading_order
from extract.readers.pdf_drawn import Look, look_at
from extract.readers.pdf_fast import PageText, chars_of, stretches_of
from extract.readers.pdf_pieces import part_ligatures
from pipelines.measure import bench_files

SEEDS = [path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt"))]


@contextmanager
def first_page(data: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    try:
        yield page
    finally:
        page.close()
        document.close()


def look(data: bytes) -> Look:
    with first_page(data) as page:
        return look_at(page.raw)


def text_of(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage) -> PageText:
    seen = look_at(page.raw)
    return PageText(words.raw, seen.texts, seen.box)


def canvas(*draw: Callable[[Canvas], object]) -> bytes:
    """A page drawn with an embedded font of 20 points."""
    out = io.BytesIO()
    drawn = Canvas(out, pagesize=A4)
    drawn.setFont(font_name(), 20)
    for each in draw:
        each(drawn)
    drawn.save()
    return out.getvalue()


def text_at(x: float, y: float, text: str) -> Callable[[Canvas], object]:
    return lambda drawn: drawn.drawString(x, y, text)


def by_pdfplumber(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The source as it is where PDFium's look tells nothing."""
    with monkeypatch.context() as patched:
        patched.setattr(
            pdf_drawn,
            "look_at",
            lambda page: Look([], (0, 0, 595, 842), False, None, False, False, []),
        )
        return read(data, "a.pdf")


def by_pdfium(data: bytes, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The source, read without pdfplumber."""
    with monkeypatch.context() as patched:
        patched.setattr(pdfplumber, "open", lambda *given, **more: pytest.fail("opened"))
        source = read(data, "a.pdf")
    assert not any(gap.code == "page_unreadable" for gap in source.gaps)
    return source


FRAME = "60 60 470 700 re S\n"
RED_LINE = "1 0 0 RG 90 600 m 500 600 l S\n"
LADDER = "".join(f"90 {y} m 500 {y} l S\n" for y in (600, 570, 300))
LINES = "".join(f"90 {y} m 500 {y} l S\n" for y in (600, 570, 540)) + "".join(
    f"{x} 540 m {x} 600 l S\n" for x in (90, 200, 500)
)
BOXES = "".join(f"{x} {y} 100 20 re S\n" for x in (90, 190) for y in (500, 520))
THIN = "".join(f"90 {y} 410 1.8 re f\n" for y in (600, 300))
HEADED = "".join(f"90 {y} m 500 {y} l S\n" for y in (600, 570))
TURNED = "q 0 1 -1 0 500 100 cm 0 0 400 60 re S 0 30 m 400 30 l S Q\n"
CURVED = "100 100 m 150 200 250 200 300 100 c 300 50 l 100 50 l h S\n"
SLANTED = "100 300 m 400 310 l S 100 400 m 400 401 l 400 403 l 100 402 l h f\n"
UNSEEN = "100 100 300 300 re W n 0 0 m 10 10 l n\n"
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
        (THIN, True),
        (HEADED, False),
        (TURNED, True),
    ],
)
def test_plain_is_proven(drawn: str, plain: bool) -> None:
    assert look(pdf([[]], extra=drawn)).plain is plain


@pytest.mark.parametrize("white", ["1 g", "1 1 1 rg", "0 0 0 0 k"])
def test_areas_filled_in_white_are_no_table(white: str) -> None:
    data = pdf([[]], extra=f"{white}\n" + "".join(f"90 {y} 415 20 re f\n" for y in (500, 520, 540)))
    assert look(data).edges == []
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert pdf_slow.edges_of(document.pages[0]) == []
    framed = data.replace(b" re f\n", b" re B\n")
    assert look(framed).edges


@pytest.mark.parametrize(
    ("more", "box"),
    [
        ({"inherited": True}, (0, 0, 595, 842)),
        ({"entries": "/CropBox[40 10 600 772]"}, (40, 10, 595, 772)),
        ({"entries": "/CropBox[0 0 0 0]"}, (0, 0, 595, 842)),
    ],
    ids=["inherited", "cropped", "cropped to nothing"],
)
def test_pages_of_any_box_are_for_pdfium(
    more: dict[str, Any], box: tuple[float, float, float, float]
) -> None:
    seen = look(pdf([[]], extra=FRAME, **more))
    assert (seen.box, seen.edges is None) == (box, False)


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


def grids_of(source: Source) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [
            (c.row, c.column, c.row_span, c.column_span, "/".join(line.text for line in c.lines))
            for c in block.cells
        ]
        for block in source.blocks
        if isinstance(block, Grid)
    ]


@pytest.mark.parametrize(
    "drawn",
    [FRAME, RED_LINE, LADDER, LINES, BOXES, ONE_PATH, THIN, TURNED, CURVED, SLANTED, UNSEEN],
)
def test_edges_are_those_of_pdfplumber(drawn: str) -> None:
    data = pdf([[]], extra=drawn)
    found = look(data).edges
    assert found is not None
    with pdfplumber.open(io.BytesIO(data)) as document:
        expected = [e for e in document.pages[0].edges if e["orientation"] in ("h", "v")]
        assert pdf_slow.edges_of(document.pages[0]) == expected
    for side in ("x0", "x1", "top", "bottom", "width", "height"):
        assert [e[side] for e in found] == pytest.approx([e[side] for e in expected], abs=0.01)
    assert [e["orientation"] for e in found] == [e["orientation"] for e in expected]


@pytest.mark.parametrize("text", [NOTICE, *SEEDS], ids=range(len(SEEDS) + 1))
def test_same_text_both_ways(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = printing.as_pdf(printing.pieces(text), A4)
    fast, slow = by_pdfium(data, monkeypatch), by_pdfplumber(data, monkeypatch)
    assert lines_of(fast) == lines_of(slow)
    assert places_of(fast) == pytest.approx(places_of(slow), abs=3)
    assert grids_of(fast) == grids_of(slow)
    assert len(lines_of(fast)) + sum(map(len, grids_of(fast))) > 40


def test_same_tables_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    data = printing.as_pdf([*printing.pieces(PLAN), printing.table(TABLE)], A4)
    fast, slow = by_pdfium(data, monkeypatch), by_pdfplumber(data, monkeypatch)
    assert len(grids_of(fast)) > 0
    assert grids_of(fast) == grids_of(slow)


@pytest.mark.parametrize("text", SEEDS, ids=range(len(SEEDS)))
def test_stretches_give_the_lines_that_single_characters_give(text: str) -> None:
    with first_page(printing.as_pdf(printing.pieces(text), A4)) as page:
        words = page.get_textpage()
        text = text_of(page, words)
        single, (joined,) = chars_of(text), stretches_of([text])
        words.close()
    assert single is not None
    assert joined is not None
    assert len(joined) * 4 < len(single)
    expected, found = in_reading_order(single), in_reading_order(joined)
    assert [(line.text, line.box) for line in found] == [(x.text, x.box) for x in expected]
    assert [line.em for line in found] == pytest.approx([line.em for line in expected], abs=0.001)


def shown(text: str, steps: dict[int, int], spacing: float = 0, x: float = 79) -> str:
    """A text at 700 points in 16 points, with so many thousandths of an em left empty before some
    of its characters and so many points after each."""
    parts = "".join(
        f"{-steps.get(i, 0)} <{char.encode('utf-16-be').hex()}> " for i, char in enumerate(text)
    )
    return f"BT /F1 16 Tf {spacing} Tc 1 0 0 1 {x} 700 Tm [{parts}] TJ ET\n"


KERNED = [
    ("solid", [shown("加强组织领导", {})], ["加强组织领导"]),
    ("a gap", [shown("加强组织领导", {3: 500})], ["加强组 织领导"]),
    ("a gap made good", [shown("加强组织领导", {2: 500, 4: -500})], ["加强 组织领导"]),
    ("a gap of an em", [shown("加强组织领导", {3: 1000})], ["加强组　织领导"]),
    ("a small gap", [shown("加强组织领导", {3: 150})], ["加强组织领导"]),
    ("pressed", [shown("加强，组织（领导）。", {3: -500, 5: -400})], ["加强，组织（领导）。"]),
    ("set wide", [shown("加强组织领导", {}, 9)], ["加 强 组 织 领 导"]),
    ("set a little wide", [shown("加强组织领导", {}, 0.5)], ["加强组织领导"]),
    ("figures within", [shown("到2025年底", {})], ["到2025年底"]),
    ("two texts", [shown("加强", {}), shown("组织", {}, x=111)], ["加强组织"]),
    ("a text over it", [shown("加强组织领导", {}), shown("织", {}, x=127)], ["加强组织领导"]),
    ("another text over it", [shown("加强领导", {}), shown("明确", {}, x=105)], ["加强明领确导"]),
    ("over an end", [shown("加强组织领导", {}), shown("导，", {}, x=158)], ["加强组织领导，"]),
    ("beyond the edge", [shown("加强组织领导", {}, x=-40)], ["组织领导"]),
]


@pytest.mark.parametrize(("drawn", "lines"), [row[1:] for row in KERNED])
def test_ends_tell_what_all_characters_tell(drawn: list[str], lines: list[str]) -> None:
    with first_page(bench_files.pdf_of(["".join(drawn)])) as page:
        words = page.get_textpage()
        text = text_of(page, words)
        single, (joined,) = chars_of(text), stretches_of([text])
        words.close()
    expected, found = in_reading_order(single or []), in_reading_order(joined or [])
    assert [line.text for line in found] == lines
    assert [line.text for line in expected] == lines
    for line, other in zip(found, expected, strict=True):
        assert line.box == pytest.approx(other.box, abs=0.011)


def test_character_wider_than_the_others() -> None:
    """A font may say that 情 is 1.024 ems wide, and the file move back by what is too much."""
    usual, odd = b"/DW 1000/W[32 126 500]", b"/W[24773[1024]]"
    data = bench_files.pdf_of([shown("落实有关情况要求", {5: -24})])
    assert data.count(usual) == 1
    with first_page(data.replace(usual, odd.ljust(len(usual)))) as page:
        words = page.get_textpage()
        text = text_of(page, words)
        (expected,), (found,) = map(in_reading_order, (chars_of(text), stretches_of([text])[0]))
        words.close()
    assert (found.text, found.box) == (expected.text, expected.box)
    assert found.box[3] - found.box[1] == pytest.approx(16 * 1.024, abs=0.011)


def test_pages_read_together_are_as_read_alone() -> None:
    document = pypdfium2.PdfDocument(bench_files.plain_pdf("\n".join(SEEDS[:2])))
    pages = list(document)[:9]
    words = [page.get_textpage() for page in pages]
    texts = [text_of(page, held) for page, held in zip(pages, words, strict=True)]
    assert stretches_of(texts) == [stretches_of([text])[0] for text in texts]
    assert sum(len(found or []) for found in stretches_of(texts)) > 9 * 20


def test_few_characters_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, quick = [], calls.loose_box_at
    monkeypatch.setattr(
        calls, "loose_box_at", lambda at, place, room: asked.append(place) or quick(at, place, room)
    )
    source = read(bench_files.plain_pdf(SEEDS[0]), "a.pdf")
    assert len(asked) < 0.35 * sum(len(text) for text, _ in lines_of(source))


SPACES = [
    ("a space by itself", [(100, "工作"), (140, " "), (146, "要求")], "工作 要求"),
    ("a narrow gap", [(100, "工作"), (145, "要求")], "工作要求"),
    ("a wide gap", [(100, "工作"), (150, "要求")], "工作 要求"),
    ("an em", [(100, "工作"), (160, "要求")], "工作　要求"),
    ("a space in the text", [(100, "工作 "), (146, "要求")], "工作 要求"),
    ("printed twice", [(100, "工作"), (100.5, "工作")], "工作"),
    ("printed twice in part", [(100, "工作"), (103, "工作要")], "工作要"),
    ("nothing", [(100, " ")], ""),
]


@pytest.mark.parametrize(("placed", "expected"), [row[1:] for row in SPACES])
def test_spaces(
    placed: list[tuple[float, str]], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = canvas(*(text_at(x, 700, text) for x, text in placed))
    for source in (by_pdfium(data, monkeypatch), by_pdfplumber(data, monkeypatch)):
        assert [text for text, _ in lines_of(source)] == ([expected] if expected else [])


def test_letters_of_a_ligature_share_its_box() -> None:
    boxes = np.array([[0, 0, 9, 9], [10, 0, 16, 9], [10, 0, 16, 9], [16, 0, 20, 9]], np.float32)
    part_ligatures(boxes, np.zeros(4, int))
    assert boxes[:, [0, 2]].tolist() == [[0, 9], [10, 13], [13, 16], [16, 20]]


def test_ligature_is_read_as_its_letters() -> None:
    assert lines_of(read(bench_files.plain_pdf("第ﬀ条"), "a.pdf")) == [("第ff条", 1)]


def test_a_stretch_is_of_one_size_and_baseline() -> None:
    def small(drawn: Canvas) -> None:
        drawn.setFont(font_name(), 12)
        drawn.drawString(140, 700, "要求")
        drawn.drawString(164, 703, "组织")

    with first_page(canvas(text_at(100, 700, "工作"), small)) as page:
        words = page.get_textpage()
        found = stretches_of([text_of(page, words)])[0] or []
        words.close()
    assert [(each.text, round(each.em)) for each in found] == [
        ("工作", 20),
        ("要求", 12),
        ("组织", 12),
    ]


def test_page_with_nothing_on_it() -> None:
    assert read(canvas(), "a.pdf").blocks == ()


def test_text_aslant_is_left_to_pdfplumber() -> None:
    stamp = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <4fdd5bc6> Tj ET\n"
    source = read(pdf([[(90, 100, 16, "关于工作的通知")]], extra=stamp), "a.pdf")
    assert [text for text, _ in lines_of(source)] == ["关于工作的通知"]
