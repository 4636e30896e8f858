"""Words of a PDF that its page does not show: left out and told."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from fonts import font_name
from making import pdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from test_pdf import all_lines

from extract.model import Source
from extract.readers import read

SEEN, UNSEEN = "各县区要健全机制", "要加强组织领导"
WHITE = (1.0, 1.0, 1.0)
Drawing = Callable[[Canvas], object]


def words(
    text: str, y: float, mode: int = 0, color: tuple[float, float, float] = (0, 0, 0)
) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*color)
        line = canvas.beginText(90, y)
        line.setFont(font_name(), 16)
        line.setTextRenderMode(mode)
        line.textOut(text)
        canvas.drawText(line)
        canvas.restoreState()

    return draw


def drawn(*each: Drawing) -> Source:
    """A page drawn with a font that lies in the file."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for draw in (words(SEEN, 500), *each):
        draw(canvas)
    canvas.save()
    return read(out.getvalue(), "a.pdf")


def lines(source: Source) -> list[str]:
    return [line for line in all_lines(source) if line]


def assert_told(source: Source, unseen: str = UNSEEN) -> None:
    (gap,) = source.gaps
    assert gap.code == "hidden_text"
    assert gap.message.startswith("page 1 holds words that it does not show")
    assert unseen in gap.message


def turn(canvas: Canvas) -> None:
    canvas.setPageRotation(90)


def band(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 1)
    canvas.rect(50, 380, 400, 60, fill=1, stroke=0)


@pytest.mark.parametrize("hidden", [{"mode": 3}, {"mode": 7}, {"color": WHITE}])
@pytest.mark.parametrize("before", [[], [turn]], ids=["upright", "turned"])
def test_words_that_nobody_sees_are_left_out(
    hidden: dict[str, object], before: list[Drawing]
) -> None:
    """They were read as text, and nothing told."""
    source = drawn(*before, words(UNSEEN, 400, **hidden))  # type: ignore[arg-type]
    assert lines(source) == [SEEN]
    assert_told(source)


@pytest.mark.parametrize(
    "shown",
    [[band, words(UNSEEN, 400, color=WHITE)], [words(UNSEEN, 400, color=(0.9, 0.9, 0.9))]],
    ids=["white on a colour", "pale"],
)
def test_pale_words_are_read(shown: list[Drawing]) -> None:
    source = drawn(*shown)
    assert lines(source) == [SEEN, UNSEEN]
    assert not source.gaps


CODE = UNSEEN.encode("utf-16-be").hex()
PICTURE = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"


def beside_others(before: str, behind: str = "") -> bytes:
    """A page in a font that lies nowhere, with hidden words between these commands."""
    extra = f"q {before} BT /F1 16 Tf 1 0 0 1 90 600 Tm <{CODE}> Tj ET {behind} Q\n"
    page = [(90.0, 100.0, 16.0, SEEN * 3)]
    return pdf([page], extra=extra.replace("\xff", "~"))


@pytest.mark.parametrize("before", ["3 Tr", "1 g", "1 1 1 rg", "0 0 0 0 k"])
def test_words_without_ink_in_a_font_that_lies_nowhere(before: str) -> None:
    source = read(beside_others(before), "a.pdf")
    assert lines(source) == [SEEN * 3]
    assert_told(source)


def test_the_text_layer_of_a_scan_is_read() -> None:
    source = read(beside_others(PICTURE + "3 Tr"), "a.pdf")
    assert UNSEEN in lines(source)
    assert "hidden_text" not in {gap.code for gap in source.gaps}


def in_a_form(*each: Drawing) -> Source:
    """A page that shows a form in which this is drawn."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    words(SEEN, 500)(canvas)
    canvas.beginForm("F")
    for draw in each:
        draw(canvas)
    canvas.endForm()
    canvas.translate(20, -30)
    canvas.scale(0.8, 1.2)
    canvas.doForm("F")
    canvas.save()
    return read(out.getvalue(), "a.pdf")


@pytest.mark.parametrize("hidden", [{"mode": 3}, {"mode": 7}, {"color": WHITE}])
def test_words_of_a_form_that_nobody_sees_are_left_out(hidden: dict[str, object]) -> None:
    """Only those of the page itself were; pdfplumber reads a page with forms, and knows of none."""
    source = in_a_form(words("各县区健全机制", 300), words(UNSEEN, 400, **hidden))  # type: ignore[arg-type]
    assert lines(source) == [SEEN, "各县区健全机制"]
    assert_told(source)


@pytest.mark.parametrize(
    "shown",
    [[band, words(UNSEEN, 400, color=WHITE)], [words(UNSEEN, 400)]],
    ids=["white on a colour", "black"],
)
def test_words_of_a_form_that_are_seen_are_read(shown: list[Drawing]) -> None:
    source = in_a_form(*shown)
    assert lines(source) == [SEEN, UNSEEN]
    assert not source.gaps


def formed(inner: str, own: str = "") -> bytes:
    """A page in a font that lies nowhere, which shows a form with hidden words; commands before and
    behind them, parted by ‖, and the form's own entries."""
    before, _, behind = inner.partition("‖")
    text = f"{before} BT /F1 16 Tf 1 0 0 1 90 600 Tm <{CODE}> Tj ET {behind}".encode("latin-1")
    page = [(90.0, 100.0, 16.0, SEEN * 3)]
    return pdf([page], extra="/B Do\n", forms={"A": (own, text), "B": ("", b"q /A Do Q")})


@pytest.mark.parametrize("own", ["", "/Matrix[1 0 0 1 30 -40]", "/Matrix[.5 0 0 .5 0 0]"])
def test_hidden_words_of_a_form_in_a_form(own: str) -> None:
    source = read(formed("3 Tr", own), "a.pdf")
    assert lines(source) == [SEEN * 3]
    assert_told(source)


def test_the_text_layer_of_a_scan_in_a_form_is_read() -> None:
    source = read(formed(PICTURE + "3 Tr"), "a.pdf")
    assert UNSEEN in lines(source)
    assert "hidden_text" not in {gap.code for gap in source.gaps}


def test_a_layer_of_a_form_that_is_off_is_left_out() -> None:
    held = "/Resources<</Font<</F1 3 0 R>>/Properties<</L 40 0 R>>>>"
    data = with_layers(formed("/OC /L BDC‖EMC", held), "/OFF[40 0 R]", ("a", "b"))
    source = read(data, "a.pdf")
    assert lines(source) == [SEEN * 3]
    assert {gap.code for gap in source.gaps} == {"hidden_text", "hidden_layers"}


def layered(said: str, *, drawn_as: str = "/L", names: tuple[str, str] = ("a", "b")) -> bytes:
    """The page with a layer of hidden words; `said`: the catalog's usual state of layers 40 and 41;
    `drawn_as`: the layer or group that the words are of."""
    data = beside_others(f"/OC {drawn_as} BDC", "EMC")
    held = b"/Properties<</L 40 0 R/M 42 0 R>>"
    return with_layers(data.replace(b"/Resources<<", b"/Resources<<" + held), said, names)


def with_layers(data: bytes, said: str, names: tuple[str, str]) -> bytes:
    """A file with layers 40 and 41 of these names, and 42 as a group of the first."""
    data = data.replace(
        b"/Type/Catalog",
        f"/Type/Catalog/OCProperties<</OCGs[40 0 R 41 0 R]/D<<{said}>>>>".encode(),
    )
    added = "".join(
        f"{n} 0 obj\n<</Type/OCG/Name({name})>>\nendobj\n" for n, name in enumerate(names, 40)
    )
    added += "42 0 obj\n<</Type/OCMD/OCGs[40 0 R]>>\nendobj\n"
    return data.replace(b"xref\n0", added.encode() + b"xref\n0", 1).replace(
        b"startxref", b"startxref\n0\n%", 1
    )


@pytest.mark.parametrize("said", ["/OFF[40 0 R]", "/BaseState/OFF/ON[41 0 R]"])
def test_a_layer_that_is_off_is_left_out(said: str) -> None:
    source = read(layered(said), "a.pdf")
    assert lines(source) == [SEEN * 3]
    assert "hidden_text" in {gap.code for gap in source.gaps}


@pytest.mark.parametrize("said", ["", "/OFF[41 0 R]", "/OFF[]"])
def test_a_layer_that_is_on_is_read(said: str) -> None:
    source = read(layered(said), "a.pdf")
    assert UNSEEN in lines(source)
    assert not source.gaps


@pytest.mark.parametrize(
    "data",
    [layered("/OFF[40 0 R]", names=("a", "a")), layered("/OFF[40 0 R]", drawn_as="/M")],
    ids=["two of a name", "a group"],
)
def test_a_layer_that_is_not_known_by_name_is_told(data: bytes) -> None:
    (gap,) = read(data, "a.pdf").gaps
    assert gap.code == "hidden_layers"
