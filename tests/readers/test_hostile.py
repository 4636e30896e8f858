"""Files made to break a reader: each is read within bounds or says why not."""

from __future__ import annotations

import io
import zipfile
import zlib
from itertools import pairwise

import openpyxl
import printing
import pytest
from making import W, docx, ofd, p, pdf, zipped
from pace import paces
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract import extract_bytes
from extract.model import Diagnostic, Document
from extract.result import Extraction

LINE = "各县区要切实加强组织领导，健全工作机制，细化工作措施"


def document(data: bytes, name: str, within: float = 60) -> Document:
    """What becomes of a file, within so many paces."""
    found: list[Document] = []
    assert paces(lambda: found.append(extract_bytes(data, name).document)) < within
    return found[0]


def read_gaps(found: Extraction) -> list[Diagnostic]:
    return [gap for gap in found.diagnostics if gap.stage == "read"]


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
    assert found.document.status == "partial"
    assert [gap.code for gap in found.diagnostics if gap.stage == "read"] == ["too_many_pages"]


def test_page_of_a_hundred_thousand_characters() -> None:
    rows = [(10.0, 2.2 * i + 8, 2.0, LINE * 11) for i in range(370)]
    found = document(pdf([rows]), "a.pdf", within=180)
    assert found.chars is not None
    assert found.chars >= 100_000


def test_deep_html() -> None:
    data = ("<html><body>" + "<div>" * 100_000 + f"<p>{LINE}。</p>").encode()
    assert document(data, "a.html").text == LINE + "。"


@pytest.mark.parametrize("said", ["a{}", "a{}=x", "a{}='x y'"])
def test_element_of_a_hundred_thousand_attributes(said: str) -> None:
    many = " ".join(said.format(i) for i in range(100_000))
    data = f"<html><body><div {many}><p {many}>{LINE}。</p></div></body></html>".encode()
    assert document(data, "a.html", within=20).text == LINE + "。"


def test_long_attributes_are_kept() -> None:
    shown = f"<p title='{LINE * 4000}'>{LINE}。</p>"
    hidden = f"<div title='{'一 ' * 40_000}' style='display:none'>{LINE}，不见。</div>"
    assert document(f"<body>{shown}{hidden}</body>".encode(), "a.html").text == LINE + "。"


def _pages(*drawn: bytes) -> bytes:
    """A PDF of pages with these contents, packed, in a font that is not in the file."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(drawn)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(drawn)}/MediaBox[0 0 595 842]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, content in enumerate(drawn):
        packed = zlib.compress(content, 9)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * i)
        )
        head = b"<</Filter/FlateDecode/Length %d>>" % len(packed)
        objects.append(head + b"stream\n" + packed + b"\nendstream")
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 99/Root 1 0 R>>\n%%EOF"


WORD = b"BT /F1 16 Tf 90 700 Td (A paper) Tj ET\n"


@pytest.mark.parametrize("part", [b"9 9 m 99 99 l S\n", b"BT /F1 1 Tf 9 9 Td (a) Tj ET\n"])
def test_page_that_unpacks_to_millions_of_parts(part: bytes) -> None:
    data = _pages(WORD, part * 2_000_000, WORD)
    assert len(data) < 200_000
    assert document(data, "a.pdf", within=60).status == "partial"
    found = extract_bytes(data, "a.pdf")
    assert found.document.text == "A paper\nA paper"
    (gap,) = read_gaps(found)
    assert gap.message.startswith("page 2 could not be read (it is drawn with 2000000 parts, more")


def test_many_texts_that_stand_on_one_place() -> None:
    data = _pages(WORD + b"BT /F1 9 Tf 9 9 Td (a) Tj ET\n" * 200_000)
    assert "A paper" in str(document(data, "a.pdf", within=30).text)


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
    data = word(body, f"<!DOCTYPE w [{bomb}]>")
    assert document(data, "a.docx").text == "甲。"
    assert [gap.code for gap in read_gaps(extract_bytes(data, "a"))] == ["entities_not_expanded"]


def test_external_entities_are_not_fetched(tmp_path: object) -> None:
    head = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{__file__}">]>'
    found = extract_bytes(word(p("甲。") + p("&x;"), head), "a.docx")
    assert found.document.text == "甲。"
    assert [gap.code for gap in read_gaps(found)] == ["entities_not_expanded"]


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


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("name", ["a.rtf", "a.mht"])
def test_cut_files_are_read_as_far_as_they_go(name: str, cut: float) -> None:
    paper = printing.pieces("\n".join(f"{i}.{LINE}。" for i in range(60)))
    data = printing.as_rtf(paper) if name == "a.rtf" else printing.as_mail(paper)
    whole, found = (extract_bytes(data[:end], name) for end in (len(data), int(len(data) * cut)))
    assert (whole.document.status, read_gaps(whole)) == ("ok", [])
    assert found.document.status == "partial"
    text = str(found.document.text)[:-2]
    assert len(text) > (cut - 0.2) * len(str(whole.document.text))
    assert str(whole.document.text).startswith(text)
    assert any("is cut" in gap.message for gap in read_gaps(found))


def test_bytes_of_a_picture_in_rtf_are_no_braces() -> None:
    picture = rb"{\pict\bin9 {{{\par{{ }"
    data = rb"{\rtf1\ansi " + LINE.encode("gb18030") + picture + LINE.encode("gb18030") + rb"\par}"
    found = extract_bytes(data, "a.rtf")
    assert (found.document.status, found.document.text) == ("ok", LINE + LINE)


@pytest.mark.parametrize(
    ("part", "words"), [("Encryptions.xml", "is encrypted"), ("Other.xml", "names no page")]
)
def test_ofd_without_readable_pages(part: str, words: str) -> None:
    data = zipped({"OFD.xml": "<OFD/>", part: "<x/>", "Doc_0/Document.xml": b"\x00\x01\x02"})
    found = document(data, "a.ofd")
    assert (found.status, found.format) == ("failed", "ofd")
    assert words in str(found.error)


Damage = tuple[str, str, str, str]
DAMAGED: list[Damage] = [
    ("甲&a;乙", "entities_not_expanded", "line 2", "甲乙"),
    ("甲&nbsp;乙", "entities_not_expanded", "line 2", "甲乙"),
    ("甲AT&T乙", "damaged_xml", "line 2, column", "甲AT"),
    ("甲<<&&乙", "damaged_xml", "line 2, column", "甲"),
]


@pytest.mark.parametrize(("words", "code", "place", "kept"), DAMAGED)
def test_damaged_xml_is_read_and_said(words: str, code: str, place: str, kept: str) -> None:
    data = word("\n" + p(words) + p("丙"), '<!DOCTYPE w [<!ENTITY a "文">]>')
    found = extract_bytes(data, "a.docx")
    assert (found.document.status, found.document.text) == ("partial", f"{kept}\n丙")
    (gap,) = read_gaps(found)
    assert gap.code == code
    assert gap.message.startswith(f"word/document.xml, {place}")
    assert "open it in Word or WPS and save it again" in gap.message


@pytest.mark.parametrize("end", ["丙".encode()[:2], b"", b"</w", "丙</w:t>".encode()])
def test_cut_xml_is_said(end: bytes) -> None:
    head = f'<w:document xmlns:w="{W}"><w:body>{p("甲")}<w:p><w:r><w:t>乙'.encode()
    found = extract_bytes(zipped({"word/document.xml": head + end}), "a.docx")
    assert found.document.status == "partial"
    assert (found.document.text or "").startswith("甲")
    assert [gap.code for gap in read_gaps(found)] == ["damaged_xml"]


def test_faults_that_cost_no_word_are_no_gaps() -> None:
    data = word(p("甲\x0b乙") + '<w:p w:a="1" w:a="2"><w:r><w:t>丁</w:t></w:r></w:p>')
    found = extract_bytes(data, "a.docx")
    assert (found.document.status, found.document.text) == ("ok", "甲乙\n丁")
    assert not read_gaps(found)


def test_damaged_list_of_numbers_is_said() -> None:
    found = extract_bytes(docx(p("甲"), numbering="<w:num"), "a.docx")
    assert found.document.status == "partial"
    assert "word/numbering.xml, line 1" in read_gaps(found)[0].message


def test_word_xml_whose_text_stands_in_entities() -> None:
    head = '<?xml version="1.0"?>\n<!DOCTYPE w [<!ENTITY a "文">]>\n'
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    body = f'<w:wordDocument xmlns:w="{space}"><w:body>{p("甲&a;")}</w:body></w:wordDocument>'
    found = extract_bytes((head + body).encode(), "a.xml")
    assert (found.document.status, found.document.text) == ("partial", "甲")
    (gap,) = read_gaps(found)
    assert gap.code == "entities_not_expanded"
    assert gap.message.startswith("the file, line 3")


def test_elements_deeper_than_a_parser_goes() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("乙") + "</w:sdtContent></w:sdt>" * 3000
    found = extract_bytes(word(p("甲") + deep), "a.docx")
    assert (found.document.status, found.document.text) == ("partial", "甲")
    assert [gap.code for gap in read_gaps(found)] == ["deep_nesting"]


def test_damaged_page_is_no_picture() -> None:
    page = "<ofd:Content><ofd:Layer><ofd:ImageObject/><ofd:TextObj"
    found = extract_bytes(ofd([page]), "a.ofd")
    assert (found.document.status, found.document.pages) == ("partial", 1)
    assert [gap.code for gap in found.diagnostics] == ["damaged_xml"]
    assert "open it in an OFD reader" in found.diagnostics[0].message


def nested_letters(depth: int) -> bytes:
    letter = "Content-Type: text/plain; charset=utf-8\n\n一、任务\n"
    for i in range(depth):
        letter = f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n{letter}\n--b{i}--\n'
    return f"From: a@b.cn\nMIME-Version: 1.0\n{letter}".encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (word("<w:tbl><w:tr><w:tc>" * 600 + p(LINE) + "</w:tc></w:tr></w:tbl>" * 600), "a.docx"),
        (nested_letters(2000), "a.eml"),
    ],
    ids=["tables", "letters"],
)
def test_tables_and_letters_that_nest_too_deep(data: bytes, name: str) -> None:
    found = document(data, name)
    assert found.status == "failed"
    assert found.error == (
        "the file nests too deep (tables in tables, letters in letters); copy its text into a new "
        "file and give that"
    )


def test_row_beyond_any_sheet() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append([LINE])
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b' r="A1"', b' r="ZZZZZZ99999999999"')
    found = document(zipped(parts), "a.xlsx")
    assert found.status == "failed"
    assert "Error" not in str(found.error)
    assert "open it in the program that made it" in str(found.error)


def test_span_of_five_thousand_digits() -> None:
    row = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{"9" * 5000}"/></w:tcPr>{p("甲")}</w:tc>'
    body = f"<w:tbl>{row}<w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    assert document(word(body), "a.docx").text == "甲\n乙"
