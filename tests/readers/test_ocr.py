"""Scanned pages: read by OCR where it is installed, else a gap that names the command."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from typing import Any

import pypdfium2
import pytest
from making import pdf
from PIL import Image, ImageDraw, ImageFont

from extract import extract_bytes, readers
from extract.model import Gap, Grid, Source
from extract.readers import ReadError, read, scans
from extract.readers.page_lines import PrintedLine
from extract.readers.pages import Page

PICTURE = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"
LINES = ("明城市人民政府公文", "一、全市司法局要公平正大", "二、市文化局正月十五日完成")


def drawn(lines: tuple[str, ...] = LINES, blur: int = 1) -> Image.Image:
    """A white A4 page at 150 dpi with these lines, 20 points high."""
    fonts = pytest.importorskip("notojp_matplotlib").__path__[0]
    from pathlib import Path

    font = ImageFont.truetype(str(next(Path(fonts).rglob("*.[ot]tf"))), 42)
    page = Image.new("RGB", (1240, 1754), "white")
    for i, line in enumerate(lines):
        ImageDraw.Draw(page).text((150, 200 + 90 * i), line, "black", font)
    return page.resize((1240 // blur, 1754 // blur)).resize((1240, 1754)) if blur > 1 else page


def saved(page: Image.Image, form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    page.save(out, form, dpi=(150, 150), **more)
    return out.getvalue()


def text(source: Source) -> list[str]:
    return [
        line.text.strip()
        for block in source.blocks
        if not isinstance(block, Grid)
        for line in block.lines
        if line.text.strip()
    ]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: None)


@pytest.fixture
def engine() -> None:
    pytest.importorskip("rapidocr")
    pytest.importorskip("onnxruntime")


@pytest.mark.usefixtures("without")
def test_without_ocr_a_scanned_page_names_the_command() -> None:
    source = read(pdf([[], [(90, 100, 16, "第二页的文字")]], extra=PICTURE), "a.pdf")
    assert [(gap.code, gap.message[:6]) for gap in source.gaps] == [
        ("page_without_text", "page 1"),
        ("page_without_text", "page 2"),
    ]
    assert "pip install 'gongwen[ocr]'" in source.gaps[0].message
    assert source.pages == 2


@pytest.mark.usefixtures("engine")
def test_a_picture_among_text_is_read_where_it_stands() -> None:
    around = [(90.0, 100.0, 16.0, "前一段的文字。"), (90.0, 600.0, 16.0, "后一段的文字。")]
    source = read(_with_picture(pdf([around]), drawn().crop((100, 150, 1100, 500))), "a.pdf")
    assert source.gaps == ()
    assert text(source) == ["前一段的文字。", *LINES, "后一段的文字。"]
    boxes = [box for block in source.blocks for line in block.lines if (box := line.box)]
    assert [box[1] for box in boxes] == sorted(box[1] for box in boxes)
    assert 200 < boxes[1][1] < boxes[3][3] < 370


def _with_picture(data: bytes, picture: Image.Image) -> bytes:
    """The first page of a PDF with a picture on it, 450 by 157 points, 210 from the top."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(saved(picture, "JPEG")), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(450, 157).translate(70, 475))
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.usefixtures("without")
def test_without_ocr_each_frame_of_a_picture_is_a_gap() -> None:
    white = Image.new("RGB", (100, 140), "white")
    data = saved(white, "TIFF", save_all=True, append_images=[white])
    source = read(data, "a.tif")
    assert (source.format, source.pages, source.blocks) == ("image", 2, ())
    assert [gap.code for gap in source.gaps] == ["page_without_text"] * 2


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "PDF"])
def test_scan_is_read(form: str) -> None:
    more = {"resolution": 150.0} if form == "PDF" else {}
    source = read(saved(drawn(), form, **more), "scan")
    assert text(source) == list(LINES)
    assert source.gaps == ()
    first = source.blocks[0].lines[0]  # type: ignore[union-attr]
    assert first.page == 1
    assert first.box == pytest.approx((72, 98, 254, 123), abs=8)


@pytest.mark.usefixtures("engine")
def test_same_scan_same_text() -> None:
    data = saved(drawn(), "PNG")
    assert read(data, "a.png") == read(data, "a.png")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_scan_is_turned_back(angle: int) -> None:
    assert text(read(saved(drawn().rotate(angle, expand=True), "PNG"), "a.png")) == list(LINES)


@pytest.mark.usefixtures("engine")
def test_a_table_without_rules_in_a_scan() -> None:
    fonts = pytest.importorskip("notojp_matplotlib").__path__[0]
    from pathlib import Path

    font = ImageFont.truetype(str(next(Path(fonts).rglob("*.[ot]tf"))), 30)
    page = Image.new("RGB", (1240, 1754), "white")
    rows = [
        ("工作任务", "分工", "期限"),
        ("完成公文", "市司法局", "正月"),
        ("完成文化", "市文化局", "十月"),
    ]
    for i, row in enumerate(rows):
        for j, word in enumerate(row):
            ImageDraw.Draw(page).text((150 + 320 * j, 200 + 80 * i), word, "black", font)
    grids = [b for b in read(saved(page, "PNG"), "a.png").blocks if isinstance(b, Grid)]
    assert [[(c.row, c.column, c.lines[0].text) for c in grid.cells] for grid in grids] == [
        [(i, j, word) for i, row in enumerate(rows) for j, word in enumerate(row)]
    ]


@pytest.mark.usefixtures("engine")
def test_doubtful_line_is_a_gap_with_its_place() -> None:
    source = read(saved(drawn(blur=9), "PNG"), "a.png")
    doubts = [gap for gap in source.gaps if gap.code == "ocr_doubtful"]
    assert doubts
    assert doubts[0].message.startswith("page 1, ")
    assert "points from the left" in doubts[0].message


@pytest.mark.usefixtures("engine")
def test_ruled_table_in_a_scan() -> None:
    page = drawn(("明城市公文",))
    draw = ImageDraw.Draw(page)
    for y in (400, 500, 600):
        draw.line((150, y, 1050, y), "black", 3)
    for x in (150, 550, 1050):
        draw.line((x, 400, x, 600), "black", 3)
    fonts = pytest.importorskip("notojp_matplotlib").__path__[0]
    from pathlib import Path

    font = ImageFont.truetype(str(next(Path(fonts).rglob("*.[ot]tf"))), 42)
    for x, y, word in (
        (170, 420, "市司法局"),
        (570, 420, "市文化局"),
        (170, 520, "正月完成"),
        (570, 520, "十月完成"),
    ):
        draw.text((x, y), word, "black", font)
    source = read(saved(page, "PNG"), "a.png")
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    assert [[(c.row, c.column, c.lines[0].text) for c in grid.cells] for grid in grids] == [
        [(0, 0, "市司法局"), (0, 1, "市文化局"), (1, 0, "正月完成"), (1, 1, "十月完成")]
    ]


class _Stumbling:
    """OCR that fails on the second page and reads each other one as one line."""

    @staticmethod
    def read_page(pixels: Any, points: float, number: int) -> tuple[Page, list[Gap]]:
        if number == 2:
            raise ValueError
        line = PrintedLine(f"第{number}页的文字。", (90, 100, 300, 116), 113, 16)
        return Page(number, 595, 842, [line], []), []


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: object())
    monkeypatch.setitem(sys.modules, "extract.readers.ocr", _Stumbling)  # type: ignore[arg-type]
    monkeypatch.setattr(readers, "ocr", _Stumbling, raising=False)


def frames(count: int) -> bytes:
    white = Image.new("RGB", (100, 140), "white")
    return saved(white, "TIFF", save_all=True, append_images=[white] * (count - 1))


@pytest.mark.usefixtures("stumbling")
@pytest.mark.parametrize(
    ("data", "name"), [(pdf([[]] * 3, extra=PICTURE), "a.pdf"), (frames(3), "a.tif")]
)
def test_ocr_that_fails_on_a_page_costs_that_page_only(data: bytes, name: str) -> None:
    found = extract_bytes(data, name)
    assert (found.document.status, found.document.pages) == ("partial", 3)
    assert found.document.text == "第1页的文字。\n第3页的文字。"
    (gap,) = [gap for gap in found.diagnostics if gap.stage == "read"]
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("page 2 is a picture")
    assert gap.message.endswith("(ValueError); look at the page itself, or scan it again")


@pytest.mark.usefixtures("stumbling")
def test_ocr_that_fails_leaves_the_few_words_of_the_text_layer() -> None:
    source = read(pdf([[], [(90, 100, 16, "关于印发方案的通知")]], extra=PICTURE), "a.pdf")
    assert text(source) == ["第1页的文字。", "关于印发方案的通知"]
    assert [gap.code for gap in source.gaps] == ["page_unreadable"]


@pytest.mark.usefixtures("stumbling")
def test_a_stamp_printed_sideways_does_not_turn_the_scan_below_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def read_page(pixels: Any, points: float, number: int) -> tuple[Page, list[Gap]]:
        asked.append([round(side * points) for side in pixels.shape[:2]])
        return Page(number, 595, 842, [], []), []

    monkeypatch.setattr(_Stumbling, "read_page", staticmethod(read_page))
    sideways = PICTURE + "0 1 -1 0 595 0 cm\n"
    read(pdf([[(90, 500, 16, "扫描")]], extra=sideways), "a.pdf")
    assert asked == [[842, 595]]


@pytest.mark.usefixtures("stumbling")
def test_a_page_that_cannot_be_drawn_costs_that_page_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pdf_file._MAX_SCALE", 0.0)
    source = read(pdf([[(90, 100, 16, "关于印发方案的通知")]], extra=PICTURE), "a.pdf")
    assert text(source) == ["关于印发方案的通知"]
    assert [gap.code for gap in source.gaps] == ["page_unreadable"]


@pytest.mark.usefixtures("stumbling")
@pytest.mark.parametrize(
    ("lost", "pages", "said"),
    [
        (b"", 3, []),
        (b"pixels", 3, ["page 1 could not be read: the picture is cut or damaged; scan the paper"]),
        (b"list", 1, ["page 2 and what follows could not be read: the picture is cut or damaged"]),
    ],
)
def test_a_damaged_frame_costs_that_frame_only(lost: bytes, pages: int, said: list[str]) -> None:
    data = _with_damage(frames(3), lost)
    source = read(data, "a.tif")
    told = [gap.message for gap in source.gaps if "OCR could not" not in gap.message]
    assert [message[: len(begin)] for message, begin in zip(told, said, strict=True)] == said
    assert source.pages == pages


def _with_damage(data: bytes, what: bytes) -> bytes:
    """A TIFF of some frames that says that the first one's pixels lie behind the file's end, or
    that is cut behind its first frame's list."""
    if not what:
        return data
    start = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, start)[0]
    end = start + 2 + 12 * count
    if what == b"list":
        return data[: struct.unpack_from("<I", data, end)[0] + 1]
    for at in range(start + 2, end, 12):
        if struct.unpack_from("<H", data, at)[0] == _STRIP_OFFSETS:
            return data[: at + 8] + struct.pack("<I", len(data) + 9) + data[at + 12 :]
    raise AssertionError


_STRIP_OFFSETS = 273


def test_a_picture_of_more_pages_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.image._MAX_FRAMES", 2)
    source = read(frames(3), "a.tif")
    assert (source.pages, source.gaps[-1].code) == (2, "too_many_pages")


def test_cut_picture() -> None:
    with pytest.raises(ReadError) as caught:
        read(saved(Image.new("RGB", (900, 900), "red"), "PNG")[:60], "a.png")
    assert caught.value.code == "broken_file"


def test_picture_of_too_many_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.image._MAX_PIXELS", 5000)
    with pytest.raises(ReadError) as caught:
        read(saved(Image.new("RGB", (100, 100), "white"), "PNG"), "a.png")
    assert caught.value.code == "too_large"


def test_picture_that_is_not_even_opened() -> None:
    small = saved(Image.new("RGB", (100, 100), "white"), "PNG")
    head = b"IHDR" + struct.pack(">II", 60_000, 60_000) + small[24:29]
    data = small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]
    with pytest.raises(ReadError, match="more than 150 million pixels") as caught:
        read(data, "a.png")
    assert caught.value.code == "too_large"
