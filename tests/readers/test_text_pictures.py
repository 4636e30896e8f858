"""Pictures among the text of a PDF: found by their parts, read in their place, or told of."""

from __future__ import annotations

import hashlib
import importlib
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from making import Placed, pdf, texts

from extract import readers
from extract.model import Cell, Grid, Line
from extract.readers import pdf_pictures, read, scans
from extract.readers.joined_boxes import joined
from extract.readers.page_lines import PrintedLine
from extract.readers.pages import Page
from pipelines.work.frames import Wanted
from pipelines.work.reader import Reader

DOT = "BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
PROSE: list[Placed] = [(90.0, 100.0 + 20 * i, 16.0, "第一段的文字写在这里。") for i in range(3)]


def image(width: float, height: float, x: float, y: float) -> str:
    """A picture of this size in points, its bottom left at x, y from the page's."""
    return f"q {width} 0 0 {height} {x} {y} cm {DOT}\n"


BOX = image(400, 200, 90, 500)
SCALED = f"q 0.5 0 0 0.5 0 0 cm q 800 0 0 400 180 1000 cm {DOT} Q\n"
STRIPS = "".join(image(400, 20, 90, 500 + 20 * i) for i in range(10))
TILES = "".join(image(100, 100, 90 + 100 * i, y) for i in range(4) for y in (500, 600))
DOTS = "".join(image(3, 3, 20 + 8 * (i % 70), 20 + 8 * (i // 70)) for i in range(350))
FRAME = image(555, 4, 20, 20) + image(555, 4, 20, 818) + image(4, 802, 20, 20)
SHEET = image(595, 842, 0, 0)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: None)


def with_ocr(
    monkeypatch: pytest.MonkeyPatch, read_page: Callable[..., tuple[Page, list[Any]]]
) -> None:
    """OCR as installed, with this function for its own."""
    stub = SimpleNamespace(read_page=read_page)
    monkeypatch.setattr(scans, "find_spec", lambda name: object())
    monkeypatch.setitem(sys.modules, "extract.readers.ocr", stub)  # type: ignore[arg-type]
    monkeypatch.setattr(readers, "ocr", stub, raising=False)


def gaps(drawn: str, text: list[Placed] | None = None, **more: Any) -> list[tuple[str, str]]:
    """Code and begin of each gap of a page with these drawings."""
    source = read(pdf([PROSE if text is None else text], extra=drawn, **more), "a.pdf")
    return [(gap.code, gap.message.partition(",")[0]) for gap in source.gaps]


WHOLE = [("picture_not_read", "page 1 holds a picture of 400 by 200 points")]


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(
    "drawn",
    [
        BOX,
        SCALED,
        STRIPS,
        TILES,
        DOTS + BOX,
        image(390, 190, 90, 510) + image(390, 190, 100, 500),
        BOX + BOX,
        SHEET + BOX,
        SHEET + STRIPS,
        FRAME + BOX,
    ],
    ids=[
        "plain", "scaled", "strips", "tiles", "dots before it", "with its shadow", "twice",
        "on a background", "strips on a background", "in a frame about the page",
    ],
)  # fmt: skip
def test_without_ocr_a_picture_among_text_is_told_of_once(drawn: str) -> None:
    assert gaps(drawn) == WHOLE


@pytest.mark.usefixtures("without")
def test_the_gap_says_the_place_and_the_command() -> None:
    (gap,) = read(pdf([PROSE], extra=BOX), "a.pdf").gaps
    assert gap.message.startswith("page 1 holds a picture of 400 by 200 points, 142 from the top")
    assert "pip install 'gongwen[ocr]'" in gap.message


OVER: Placed = (100.0, 250.0, 16.0, "写在图上的文字就是全部")


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (image(90, 90, 90, 500), PROSE),
        (image(400, 20, 90, 500), PROSE),
        (DOTS, PROSE),
        (BOX, [*PROSE, OVER]),
        (STRIPS, [*PROSE, OVER]),
        (FRAME, PROSE),
        (image(400, 200, 700, 500), PROSE),
    ],
    ids=["seal", "rule", "dots", "background", "scan in strips", "frame", "off the page"],
)
def test_seals_rules_and_backgrounds_are_no_pictures_to_read(
    drawn: str, text: list[Placed]
) -> None:
    assert gaps(drawn, text) == []


CROPPED = "/CropBox[40 10 595 772]"
LOWER = [("picture_not_read", WHOLE[0][1].replace("142", "72"))]
UPRIGHT = {90: "0 1 -1 0 842 0 cm\n", 180: "-1 0 0 -1 595 842 cm\n", 270: "0 -1 1 0 0 595 cm\n"}
"""What draws a page so that it is upright once it is turned."""


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(
    ("drawn", "more", "told"),
    [
        (BOX, {}, WHOLE),
        (BOX, {"inherited": True}, WHOLE),
        (BOX, {"entries": CROPPED}, LOWER),
        (BOX, {"entries": CROPPED, "inherited": True}, LOWER),
        (image(90, 600, 400, 100), {}, []),
        (image(90, 90, 90, 500), {}, []),
        (BOX, {"text": [*PROSE, OVER]}, []),
        (BOX, {"text": [*PROSE, OVER], "entries": CROPPED}, []),
    ],
    ids=[
        "picture", "inherited", "cropped", "cropped, inherited", "narrow", "seal", "background",
        "background, cropped",
    ],
)  # fmt: skip
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pictures_of_pages_turned_or_cropped_have_their_place(
    rotate: int, drawn: str, more: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    """The text is printed so that it stands upright on the page as it was before it was turned."""
    assert gaps(drawn, rotate=rotate, **more) == told


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("rotate", [90, 180, 270])
@pytest.mark.parametrize(
    ("entries", "top"),
    [("", {}), ("/CropBox[30 20 790 570]", {90: 112, 180: 122, 270: 90})],
    ids=["whole", "cropped"],
)
def test_pictures_of_pages_that_stand_upright_once_turned(
    rotate: int, entries: str, top: dict[int, int]
) -> None:
    size = (595, 842) if rotate == 180 else (842, 595)
    data = pdf([PROSE], extra=UPRIGHT[rotate] + BOX, rotate=rotate, size=size, entries=entries)
    (gap,) = read(data, "a.pdf").gaps
    assert gap.code == "picture_not_read"
    assert f"400 by 200 points, {top.get(rotate, 142)} from the top" in gap.message


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_ocr_sees_a_picture_as_its_page_is_read(
    monkeypatch: pytest.MonkeyPatch, rotate: int
) -> None:
    asked = []

    def read_page(pixels: Any, points: float, *more: Any) -> tuple[Page, list[Any]]:
        asked.append([round(side * points) for side in pixels.shape[:2]])
        assert pixels.max() == 0
        return _nothing(pixels, points, *more)

    with_ocr(monkeypatch, read_page)
    assert gaps(BOX, rotate=rotate, entries=CROPPED) == []
    assert asked == [[200, 400]]


UNPLACED = [("picture_in_text", "page 1 holds pictures whose words")]


@pytest.mark.usefixtures("without")
def test_images_without_end_are_one_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pictures, "_MOST", 300)
    assert gaps(DOTS) == UNPLACED
    assert gaps(DOTS, rotate=90) == UNPLACED


@pytest.mark.usefixtures("without")
def test_pictures_that_cannot_be_looked_for_leave_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pdf_file.pictures_on", lambda *given: 1 / 0)
    source = read(pdf([PROSE], extra=BOX), "a.pdf")
    assert [gap.code for gap in source.gaps] == ["picture_in_text"]
    assert texts(source) == [text for *_, text in PROSE]


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("depth", [1, 2])
def test_a_picture_inside_forms_has_its_place(depth: int) -> None:
    data = pdf([[]], extra=image(800, 400, 200, 1000), size=(1190, 1684))
    for _ in range(depth - 1):
        data = _as_form(data, pdf([[]], size=(1190, 1684)), pypdfium2.PdfMatrix())
    half = pypdfium2.PdfMatrix().scale(0.5, 0.5).translate(-10, -30)
    (gap,) = read(_as_form(data, pdf([PROSE]), half), "a.pdf").gaps
    assert gap.message.startswith("page 1 holds a picture of 400 by 200 points, 172 from the top")


def _as_form(data: bytes, onto: bytes, matrix: pypdfium2.PdfMatrix) -> bytes:
    """A PDF whose first page holds that of another as a form."""
    document, other = pypdfium2.PdfDocument(onto), pypdfium2.PdfDocument(data)
    form = other.page_as_xobject(0, document).as_pageobject()
    form.set_matrix(matrix)
    page = document[0]
    page.insert_obj(form)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _nothing(pixels: Any, points: float, number: int, corner: Any) -> tuple[Page, list[Any]]:
    return Page(number, 1, 1, [], []), []


def test_a_picture_and_its_shadow_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read_page(pixels: Any, points: float, *more: Any) -> tuple[Page, list[Any]]:
        asked.append([round(side * points) for side in pixels.shape[:2]])
        return _nothing(pixels, points, *more)

    with_ocr(monkeypatch, read_page)
    assert gaps(image(390, 190, 90, 510) + image(390, 190, 100, 500)) == []
    assert asked == [[200, 400]]


def test_ocr_that_fails_on_a_picture_costs_neither_text_nor_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_page(pixels: Any, points: float, *more: Any) -> tuple[Page, list[Any]]:
        if pixels.shape[0] * points > 150:
            raise ValueError
        page, _ = _nothing(pixels, points, *more)
        page.lines.append(PrintedLine("图中的文字", (100, 500, 200, 516), 513, 16))
        return page, []

    with_ocr(monkeypatch, read_page)
    source = read(pdf([PROSE], extra=BOX + image(400, 100, 90, 300)), "a.pdf")
    (gap,) = source.gaps
    assert gap.message == (
        "page 1 holds a picture of 400 by 200 points, 142 from the top, which OCR could not read "
        "(ValueError); look at the page itself"
    )
    assert texts(source) == [*(text for *_, text in PROSE), "图中的文字"]


def test_a_picture_that_cannot_be_drawn_is_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    with_ocr(monkeypatch, _nothing)
    monkeypatch.setattr("extract.readers.pdf_file._MAX_SCALE", 0.0)
    source = read(pdf([PROSE], extra=BOX), "a.pdf")
    assert [gap.code for gap in source.gaps] == ["picture_not_read"]
    assert texts(source) == [text for *_, text in PROSE]


@pytest.mark.parametrize("ocr", [True, False])
def test_a_document_has_so_many_pictures(monkeypatch: pytest.MonkeyPatch, ocr: bool) -> None:
    asked = []

    def read_page(*given: Any) -> tuple[Page, list[Any]]:
        asked.append(given)
        return _nothing(*given)

    with_ocr(monkeypatch, read_page)
    if not ocr:
        monkeypatch.setattr(scans, "find_spec", lambda name: None)
    eight = "".join(image(200, 100, 90 + 210 * (i % 2), 120 * (i // 2)) for i in range(8))
    source = read(pdf([PROSE] * 14, extra=eight), "a.pdf")
    assert len(asked) == 100 * ocr
    codes = [gap.code for gap in source.gaps]
    assert codes == ["picture_not_read"] * (0 if ocr else 100) + ["too_many_pictures"]
    assert source.gaps[-1].message.startswith("12 more pictures, from page 13 on, were not read")


@pytest.mark.usefixtures("without")
def test_pages_turned_count_among_the_pictures_of_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("extract.readers.text_pictures._MOST", 2)
    found = [gap.code for gap in read(pdf([PROSE] * 4, extra=BOX, rotate=180), "a.pdf").gaps]
    assert found == ["picture_not_read", "picture_not_read", "too_many_pictures"]


class _Engine:
    """An engine that sees two lines in whatever picture it is given, the second with doubt."""

    def __init__(self, **given: Any) -> None:
        pass

    def __call__(self, pixels: Any, *, use_det: bool, **given: Any) -> Any:
        if not use_det:
            return SimpleNamespace(cls_res=[("0", 1.0)])
        boxes = [_corners(40, 20 + 60 * i, 240, 60 + 60 * i) for i in range(2)]
        return SimpleNamespace(boxes=boxes, txts=("图中第一行", "图中第二行"), scores=(0.99, 0.7))


def _corners(x0: int, y0: int, x1: int, y1: int) -> list[tuple[int, int]]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The module of OCR with an engine that is made up, and without OpenCV."""
    stub = ModuleType("rapidocr")
    stub.RapidOCR = _Engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rapidocr", stub)
    monkeypatch.delitem(sys.modules, "extract.readers.ocr", raising=False)
    monkeypatch.delattr(readers, "ocr", raising=False)
    ocr = importlib.import_module("extract.readers.ocr")
    monkeypatch.setattr(ocr, "drawn_rules", lambda pixels, points: [])
    monkeypatch.setattr(scans, "find_spec", lambda name: object())
    yield
    sys.modules.pop("extract.readers.ocr")
    del readers.ocr  # type: ignore[attr-defined]


@pytest.mark.usefixtures("engine")
def test_words_of_a_picture_stand_in_its_place() -> None:
    around: list[Placed] = [
        (90.0, 100.0, 16.0, "前一段的文字，一共有二十个字还多。"),
        (90.0, 600.0, 16.0, "后一段的文字。"),
    ]
    source = read(pdf([around], extra=BOX), "a.pdf")
    assert texts(source) == [around[0][3], "图中第一行", "图中第二行", around[1][3]]
    lines = [line for block in source.blocks for line in block.lines if line.text.startswith("图")]
    a_pixel = 842 / 2000
    for i, line in enumerate(lines):
        assert line.box is not None
        top = 142 + (20 + 60 * i) * a_pixel
        assert line.box[:2] == pytest.approx((90 + 40 * a_pixel, top), abs=2)
        assert line.box[2:] == pytest.approx((90 + 240 * a_pixel, top + 40 * a_pixel), abs=2)
    (gap,) = source.gaps
    assert gap.code == "ocr_doubtful"
    assert gap.message.startswith("page 1, 107 points from the left and 176 from the top")


def test_a_page_moved_moves_lines_and_cells() -> None:
    cell = Cell(0, 0, (Line("甲", 1, (1, 2, 3, 4)), Line("乙")))
    line = PrintedLine("丙", (5, 6, 7, 8), 7.5, 2)
    page = Page(1, 50, 60, [line], [(2, Grid((cell,)))])
    moved = page.moved(100, 200)
    assert moved.lines == [PrintedLine("丙", (105, 206, 107, 208), 207.5, 2)]
    ((top, grid),) = moved.grids
    assert top == 202
    assert grid.cells[0].lines == (Line("甲", 1, (101, 202, 103, 204)), Line("乙"))
    assert page.moved(0, 0) is page


@pytest.mark.parametrize(
    ("boxes", "whole"),
    [
        ([(0, 0, 9, 9), (10, 0, 20, 9)], [(0, 0, 20, 9)]),
        ([(0, 0, 9, 9), (11, 0, 20, 9)], [(0, 0, 9, 9), (11, 0, 20, 9)]),
        ([(0, 0, 9, 9), (0, 11, 9, 20)], [(0, 0, 9, 9), (0, 11, 9, 20)]),
        ([(30, 0, 40, 5), (0, 10, 9, 40), (5, 20, 40, 30)], [(30, 0, 40, 5), (0, 10, 40, 40)]),
        ([(30, 0, 40, 15), (0, 20, 5, 22), (0, 23, 40, 30), (30, 16, 40, 19)], [(0, 0, 40, 30)]),
        ([(8, 0, 9, 9), (0, 20, 20, 22), (0, 5, 2, 21)], [(0, 0, 20, 22)]),
    ],
    ids=["side by side", "apart", "below", "overlapping", "a chain", "what grows reaches up"],
)
def test_boxes_that_touch_are_one(
    boxes: list[tuple[float, float, float, float]], whole: list[tuple[float, float, float, float]]
) -> None:
    assert joined(boxes) == joined(boxes[::-1]) == whole


def test_a_paper_with_a_picture_not_read_waits_for_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("extract.readers.scans", "pipelines.work.reader"):
        monkeypatch.setattr(f"{module}.find_spec", lambda name: None)
    path = tmp_path / "a.pdf"
    waits = []
    for drawn in (BOX, ""):
        path.write_bytes(pdf([PROSE], extra=drawn))
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        waits.append(Reader().read(Wanted("1", str(path), "", "a.pdf", sha)).wants)
    assert waits == ["ocr", None]
