"""Forms of a PDF: drawings that pages and other forms show."""

from __future__ import annotations

import zlib

import pytest
from making import pdf
from test_pdf import all_lines

from extract.readers import read
from extract.readers.pdf_forms import endless_forms, forms_in


def words(text: str, y: int) -> bytes:
    return f"BT /F1 16 Tf 1 0 0 1 90 {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n".encode()


Forms = dict[str, tuple[str, bytes]]


def showing(name: str, forms: Forms) -> bytes:
    """A page that shows a form of these before its line, and one that shows none, both with all of
    them at hand."""
    data = pdf(
        [[(90, 100, 16, "留下的文字")], [(90, 100, 16, "另一页文字")]],
        extra="q Q     ",
        forms=forms,
    )
    return data.replace(b"q Q     ", f"/{name} Do".ljust(8).encode(), 1)


TWICE: Forms = {"A": ("", words("表单里的字", 600) + b"/A Do /A Do")}
EACH_OTHER: Forms = {"A": ("", b"/B Do /B Do"), "B": ("", b"/A Do")}
ALONE: Forms = {"A": ("/Resources none", b"/A Do /A Do")}
DOUBLED: Forms = {f"A{n}": ("", f"/A{n + 1} Do /A{n + 1} Do".encode()) for n in range(30)}
DOUBLED["A30"] = ("", words("底层的文字", 600))


@pytest.mark.parametrize(
    "forms",
    [TWICE, EACH_OTHER, ALONE, DOUBLED],
    ids=["itself", "each other", "without resources", "doubled"],
)
def test_forms_that_are_shown_without_end(forms: Forms) -> None:
    """PDFium's process died over them; the other pages are read."""
    source = read(showing(next(iter(forms)), forms), "a.pdf")
    assert all_lines(source) == ["另一页文字"]
    (gap,) = source.gaps
    assert gap.code == "page_unreadable"
    said = "page 1 could not be read (its drawings show one another without end)"
    assert gap.message.startswith(said)


@pytest.mark.parametrize(
    "forms",
    [
        {"A": ("", words("表单里的字", 600))},
        {"A": ("", words("表单里的字", 600) + b"/A Do")},
        {"A": ("", b"/B Do"), "B": ("", words("表单里的字", 600) + b"/A Do")},
        {"A": ("", b"/B Do " * 9), "B": ("", words("表单里的字", 600))},
    ],
    ids=["plain", "itself once", "each other once", "many"],
)
def test_forms_that_end_are_read(forms: Forms) -> None:
    data = showing("A", forms)
    assert not endless_forms(data, None)
    assert {"留下的文字", "表单里的字"} <= set(all_lines(read(data, "a.pdf")))


PACKED = zlib.compress(words("表单里的字", 600) * 40 + bytes(range(256)))
FLATE = "/Filter/FlateDecode"


@pytest.mark.parametrize(
    "stream", [PACKED[:20], PACKED[:-60], b"\x01\x02\x03" * 30], ids=["cut", "cut late", "junk"]
)
@pytest.mark.parametrize("inside", [False, True], ids=["on the page", "in a form"])
def test_a_damaged_form_is_told(stream: bytes, inside: bool) -> None:
    damaged: Forms = {"B": (FLATE, stream)}
    forms: Forms = {"A": ("", b"/B Do"), **damaged} if inside else damaged
    source = read(showing(next(iter(forms)), forms), "a.pdf")
    assert "留下的文字" in all_lines(source)
    (gap,) = source.gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("what draws page 1 is missing or damaged in the file")


def test_whole_forms_are_not_called_damaged() -> None:
    forms: Forms = {"A": (FLATE, PACKED), "B": ("/Filter[/FlateDecode]", PACKED[:-4])}
    assert not read(showing("A", forms), "a.pdf").gaps


def test_forms_are_found_in_the_bytes() -> None:
    data = showing("A", {"A": ("/Matrix[1 0 0 1 0 0]", b"q Q"), "B": ("", b"Q q")})
    assert [(n, data[at : at + 3]) for n, _, at in forms_in(data)] == [(4, b"q Q"), (5, b"Q q")]
