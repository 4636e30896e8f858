"""Files made to break a reader: each is read within bounds or says why not."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from making import W, p, pdf, zipped
from pace import paces
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract import extract_bytes
from extract.model import Document

LINE = "各县区要切实加强组织领导，健全工作机制，细化工作措施"


def document(data: bytes, name: str, within: float = 60) -> Document:
    """What becomes of a file, within so many paces."""
    found: list[Document] = []
    assert paces(lambda: found.append(extract_bytes(data, name).document)) < within
    return found[0]


def word(body: str, head: str = "") -> bytes:
    text = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": text})


def test_many_pages() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(400):
        canvas.drawString(90, 700, f"page {number} of this paper")
        canvas.showPage()
    canvas.save()
    assert (document(out.getvalue(), "a.pdf").pages, document(out.getvalue(), "a").status) == (
        400,
        "ok",
    )


def test_more_pages_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.pdf._MAX_PAGES", 2)
    found = extract_bytes(pdf([[(90, 100, 16, f"第{i}件事情。")] for i in range(5)]), "a.pdf")
    assert (found.document.pages, found.document.text) == (5, "第0件事情。\n第1件事情。")
    assert [gap.code for gap in found.diagnostics if gap.stage == "read"] == ["too_many_pages"]


def test_page_of_a_hundred_thousand_characters() -> None:
    rows = [(10.0, 2.2 * i + 8, 2.0, LINE * 11) for i in range(370)]
    found = document(pdf([rows]), "a.pdf", within=180)
    assert found.chars is not None
    assert found.chars >= 100_000


def test_deep_html() -> None:
    data = ("<html><body>" + "<div>" * 100_000 + f"<p>{LINE}。</p>").encode()
    assert document(data, "a.html").text == LINE + "。"


def test_cells_that_claim_to_span_millions() -> None:
    cell = f"<td rowspan=65000 colspan=1000>{LINE}</td>"
    data = f"<html><body><table>{f'<tr>{cell}{cell}</tr>' * 100}</table>".encode()
    assert document(data, "a.html").status == "ok"


def test_entities_are_not_expanded() -> None:
    names = "abcdefghi"
    bomb = f'<!ENTITY a "{LINE * 10}">' + "".join(
        f'<!ENTITY {name} "{f"&{above};" * 10}">' for above, name in pairwise(names)
    )
    body = p("甲。") + p("&i;")
    found = document(word(body, f"<!DOCTYPE w [{bomb}]>"), "a.docx")
    assert found.text == "甲。"


def test_external_entities_are_not_fetched(tmp_path: object) -> None:
    head = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{__file__}">]>'
    assert document(word(p("甲。") + p("&x;"), head), "a.docx").text == "甲。"


def test_zip_bomb_in_a_paper() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(520):
            part.write(bytes(1 << 20))
    found = document(out.getvalue(), "a.docx")
    assert (found.status, found.text) == ("failed", None)
    assert "unpacks to 520 MB" in str(found.error)


def test_font_without_unicode_values_offers_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.scans.find_spec", lambda name: None)
    named = pdf([[(90, 100 + 30 * i, 16, LINE) for i in range(9)]])
    data = named.replace(b"UniGB-UCS2-H", b"Identity-H  ").replace(b"(GB1)", b"(XXX)")
    result = extract_bytes(data, "a.pdf")
    assert result.document.status == "partial"
    gap = next(gap for gap in result.diagnostics if gap.stage == "read")
    assert "font gives no Unicode values" in gap.message
    assert "gongwen[ocr]" in gap.message


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_cut_files_say_so(cut: float) -> None:
    for data, name in (
        (pdf([[(90, 100, 16, LINE)]] * 9), "a.pdf"),
        (word(p(LINE) * 400), "a.docx"),
    ):
        found = document(data[: int(len(data) * cut)], name)
        assert found.status == "failed"
        assert "cut or damaged" in str(found.error)


@pytest.mark.parametrize(
    ("part", "words"), [("Encryptions.xml", "is encrypted"), ("Other.xml", "names no page")]
)
def test_ofd_without_readable_pages(part: str, words: str) -> None:
    data = zipped({"OFD.xml": "<OFD/>", part: "<x/>", "Doc_0/Document.xml": b"\x00\x01\x02"})
    found = document(data, "a.ofd")
    assert (found.status, found.format) == ("failed", "ofd")
    assert words in str(found.error)
