"""Files that stand in the text of a DOCX file, and its endnotes."""

from __future__ import annotations

import io
import zipfile

import pytest
from making import docx, p, texts

from extract.readers import read

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_chunk(kind: str, target: str, data: bytes | None) -> bytes:
    """A document in whose text a file of this kind stands between two paragraphs."""
    place = f'<w:{kind} xmlns:r="{KINDS}" r:id="rId1"/>'
    name = "aFChunk" if kind == "altChunk" else "subDocument"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{KINDS}/{name}" Target="{target}"/></Relationships>'
    )
    made = io.BytesIO(docx(p("前文。") + place + p("后文。")))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", links)
        if data is not None:
            archive.writestr("word/chunk.bin", data)
    return made.getvalue()


PAGE = "<html><meta charset='gbk'><body><p>网页的一段。</p></body></html>".encode("gbk")
LETTER = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b'Content-Type: text/html; charset="gbk"\r\n\r\n' + PAGE + b"\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("target", "data", "text"),
    [
        ("chunk.bin", PAGE, "网页的一段。"),
        ("/word/chunk.bin", LETTER, "网页的一段。"),
        ("chunk.bin", docx(p("文档的一段。")), "文档的一段。"),
        ("chunk.bin", "文本的一段。".encode(), "文本的一段。"),
    ],
    ids=["page", "letter", "document", "text"],
)
def test_a_file_that_stands_in_the_text_is_read_there(target: str, data: bytes, text: str) -> None:
    """It was passed over in silence."""
    source = read(with_chunk("altChunk", target, data), "a.docx")
    assert texts(source) == ["前文。", text, "后文。"]
    assert not source.gaps


@pytest.mark.parametrize(
    ("kind", "data"),
    [("altChunk", None), ("altChunk", b"PK\x03\x04 no zip"), ("altChunk", b""), ("subDoc", PAGE)],
    ids=["missing", "damaged", "empty", "beside"],
)
def test_a_file_that_cannot_be_read_is_told(kind: str, data: bytes | None) -> None:
    source = read(with_chunk(kind, "chunk.bin", data), "a.docx")
    assert texts(source) == ["前文。", "后文。"]
    (gap,) = source.gaps
    assert gap.code == "attachment_not_read"
    assert gap.message.startswith("1 part(s) of the text are files of their own")


def test_what_such_a_file_lacks_is_told() -> None:
    source = read(with_chunk("altChunk", "chunk.bin", with_chunk("altChunk", "x", None)), "a.docx")
    assert texts(source) == ["前文。", "前文。", "后文。", "后文。"]
    assert [gap.code for gap in source.gaps] == ["attachment_not_read"]


def naming(times: int, target: str = "chunk.bin", data: bytes | None = None) -> bytes:
    """A document in whose text one file stands so many times."""
    once = with_chunk("altChunk", target, data)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(once)) as held, zipfile.ZipFile(made, "w") as archive:
        for name in held.namelist():
            text = held.read(name)
            if name == "word/document.xml":
                at, end = text.index(b"<w:altChunk"), text.index(b"<w:p>", text.index(b"Chunk"))
                text = text[:at] + text[at:end] * times + text[end:]
            archive.writestr(name, text)
    return made.getvalue()


def test_a_file_that_stands_in_the_text_often_is_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file of 2 KB took its ten minutes, and told 3000 times of one gap."""
    monkeypatch.setattr("extract.readers.docx_chunks._MOST_AGAIN", 20)
    source = read(naming(3000, data=PAGE), "a.docx")
    assert texts(source) == ["前文。", *["网页的一段。"] * 3, "后文。"]
    (gap,) = source.gaps
    assert gap.message.startswith("2997 part(s) of the text")
    damaged = naming(1, data=docx(p("文档的一段。"), footnotes="<w:foot"))
    assert len(read(damaged, "a.docx").gaps) == 1
    assert len(read(naming(2, data=docx(p("文。"), footnotes="<w:foot")), "a.docx").gaps) == 1


def test_files_in_files_that_name_each_other_often_stay_small() -> None:
    data = docx(p("一" * 999))
    for _ in range(8):
        data = naming(10, data=data)
    source = read(data, "a.docx")
    assert sum(len(text) for text in texts(source)) < 2_000_000
    assert {gap.code for gap in source.gaps} == {"attachment_not_read"}


@pytest.mark.parametrize("target", ["document.xml", "/word/document.xml"])
def test_a_document_that_stands_in_itself_is_told(target: str) -> None:
    """Its tags became words of the paper."""
    source = read(naming(1, target), "a.docx")
    assert texts(source) == ["前文。", "后文。"]
    (gap,) = source.gaps
    assert gap.message.startswith("1 part(s) of the text")


def test_endnotes_follow_as_footnotes_do() -> None:
    notes = (
        f'<w:endnote w:type="separator">{p("线")}</w:endnote><w:endnote>{p("尾注。")}</w:endnote>'
    )
    data = docx(p("正文。"), footnotes=f"<w:footnote>{p('脚注。')}</w:footnote>", endnotes=notes)
    assert texts(read(data, "a.docx")) == ["正文。", "脚注。", "尾注。"]
