"""Words that annotations print on a page of a PDF: typed text is read, words of stamps are told."""

from __future__ import annotations

import pytest
from making import Placed, cells, pdf
from test_pdf import all_lines
from test_pdf_forms import words

from extract.readers import read

LABELS: list[Placed] = [(90.0, 100.0, 16.0, "填报单位："), (90.0, 140.0, 16.0, "各县区要健全机制")]
NAME = (180, 84, 400, 106)
Box = tuple[int, int, int, int]


def annotated(
    *annotations: str,
    page: list[Placed] | None = None,
    rules: list[tuple[float, float, float, float]] | None = None,
    drawing: bytes = b"",
    rotate: int = 0,
    extra: str = "",
) -> bytes:
    """A page of labels and these annotations, object 30 being a drawing for them."""
    data = pdf(
        [LABELS if page is None else page],
        [rules or []],
        rotate=rotate,
        extra=extra,
        entries=f"/Annots[{' '.join(annotations)}]",
    )
    form = b"30 0 obj\n<</Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject"
    form += b"<</A 31 0 R>>>>/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(drawing), drawing)
    inner = words("表单里的字", 600)
    form += b"31 0 obj\n<</Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject"
    form += b"<</A 31 0 R>>>>/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(inner), inner)
    return data.replace(b"xref\n0", form + b"xref\n0", 1).replace(
        b"startxref", b"startxref\n0\n%", 1
    )


def annotation(kind: str, box: Box, said: str, more: str = "/DA(/F1 16 Tf 0 g)") -> str:
    """An annotation at a place from the page's top left."""
    x0, y0, x1, y1 = box
    words = f"/Contents<FEFF{said.encode('utf-16-be').hex()}>" if said else ""
    return f"<</Type/Annot/Subtype/{kind}/Rect[{x0} {842 - y1} {x1} {842 - y0}]{words}{more}>>"


DRAWN = "/AP<</N 30 0 R>>"


def test_typed_text_stands_behind_its_label() -> None:
    """Text typed onto the page was lost in silence."""
    source = read(annotated(annotation("FreeText", NAME, "明城市司法局")), "a.pdf")
    assert all_lines(source) == ["填报单位： 明城市司法局", "各县区要健全机制"]
    assert not source.gaps


@pytest.mark.parametrize(
    "said", ["第一行文字\r第二行文字", "第一行文字第二行文字"], ids=["broken", "cut by its width"]
)
def test_typed_text_of_several_lines(said: str) -> None:
    source = read(annotated(annotation("FreeText", (90, 160, 180, 260), said)), "a.pdf")
    assert all_lines(source)[-2:] == ["第一行文字", "第二行文字"]


@pytest.mark.parametrize("more", ["", "/DA(0 g)", "/DA(/F1 0 Tf)"])
def test_typed_text_whose_size_is_not_told_fits_its_box(more: str) -> None:
    source = read(annotated(annotation("FreeText", NAME, "明城市司法局", more)), "a.pdf")
    assert all_lines(source)[0] == "填报单位： 明城市司法局"


def test_typed_text_in_a_cell_of_a_table() -> None:
    rules = [(80.0, y, 450.0, y) for y in (80.0, 110.0, 150.0)]
    rules += [(x, 80.0, x, 150.0) for x in (80.0, 175.0, 450.0)]
    data = annotated(annotation("FreeText", NAME, "明城市司法局"), rules=rules)
    found = cells(read(data, "a.pdf"))
    assert [text for *_, text in found][:2] == ["填报单位：", "明城市司法局"]


@pytest.mark.parametrize("rotate", [90, 180])
def test_typed_text_on_a_turned_page_turns_with_it(rotate: int) -> None:
    data = annotated(annotation("FreeText", NAME, "明城市司法局"), rotate=rotate)
    assert all_lines(read(data, "a.pdf"))[0] == "填报单位： 明城市司法局"


@pytest.mark.parametrize("kind", ["FreeText", "Stamp"])
@pytest.mark.parametrize("more", ["/F 2", "/F 32"], ids=["hidden", "not on the screen"])
def test_an_annotation_that_is_not_shown(kind: str, more: str) -> None:
    data = annotated(
        annotation(kind, NAME, "明城市司法局", more + DRAWN), drawing=words("受控文件", 600)
    )
    source = read(data, "a.pdf")
    assert all_lines(source) == ["填报单位：", "各县区要健全机制"]
    assert not source.gaps


@pytest.mark.parametrize("kind", ["Text", "Popup", "Highlight", "Link", "Underline", "Square"])
def test_notes_and_marks_print_no_words(kind: str) -> None:
    source = read(annotated(annotation(kind, NAME, "此处请核对")), "a.pdf")
    assert all_lines(source) == ["填报单位：", "各县区要健全机制"]
    assert not source.gaps


@pytest.mark.parametrize(
    ("drawing", "kind"),
    [
        (words("受控文件", 600), "Stamp"),
        (b"q /A Do Q", "Stamp"),
        (words("受控文件", 600), "Watermark"),
        (words("受控文件", 600), "FreeText"),
    ],
    ids=["stamp", "in a form", "watermark", "typed text without its words"],
)
def test_words_of_a_drawing_are_told(drawing: bytes, kind: str) -> None:
    source = read(annotated(annotation(kind, NAME, "", DRAWN), drawing=drawing), "a.pdf")
    assert all_lines(source) == ["填报单位：", "各县区要健全机制"]
    (gap,) = source.gaps
    assert gap.code == "annotation_not_read"
    assert gap.message.startswith("1 stamps or drawings that are laid over page 1")


@pytest.mark.parametrize(
    "drawing", [b"0 0 100 20 re S", b"", words(" ", 600)], ids=["lines", "nothing", "a space"]
)
def test_a_stamp_without_words_is_not_told(drawing: bytes) -> None:
    source = read(annotated(annotation("Stamp", NAME, "印章", DRAWN), drawing=drawing), "a.pdf")
    assert not source.gaps


def test_a_drawing_without_end_is_not_opened() -> None:
    data = annotated(annotation("Stamp", NAME, "", DRAWN), drawing=b"/A Do " * 9)
    inner = words("表单里的字", 600)
    (gap,) = read(data.replace(inner, b"/A Do /A Do".ljust(len(inner))), "a.pdf").gaps
    assert gap.code == "annotation_not_read"


def test_typed_text_does_not_hide_that_a_page_is_a_picture() -> None:
    """So much text beside a scan would have passed for its text layer."""
    said = "本件系扫描件由明城市司法局于二〇二四年补打文字说明"
    scan = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID ~ EI Q\n"
    data = annotated(annotation("FreeText", NAME, said), page=[], extra=scan)
    source = read(data, "a.pdf")
    assert "page_without_text" in {gap.code for gap in source.gaps}


def test_drawings_beyond_those_that_are_opened_are_told() -> None:
    """Thousands that share one drawing would each take the time to read it."""
    stamp = annotation("Stamp", NAME, "", DRAWN)
    assert not read(annotated(*[stamp] * 200, drawing=b"0 0 9 9 re S"), "a.pdf").gaps
    (gap,) = read(annotated(*[stamp] * 203, drawing=b"0 0 9 9 re S"), "a.pdf").gaps
    assert gap.message.startswith("3 stamps or drawings that are laid over page 1")
