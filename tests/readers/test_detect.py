"""The format is chosen by content, then by suffix; what is no paper is refused with a next step."""

from __future__ import annotations

import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from making import docx, ofd, ole, p, pdf, zipped

from extract import extract_bytes
from extract.readers import ReadError, detect, read
from pipelines.store.manifest import Manifest

PAGE = "<html><body><p>各县（区）人民政府：现将方案印发给你们。</p></body></html>".encode()

FORMATS = [
    ("关于印发方案的通知".encode(), "a.txt", "txt"),
    ("关于印发方案的通知".encode(), "", "txt"),
    ("# 关于印发方案的通知".encode(), "a.md", "md"),
    (PAGE, "a.html", "html"),
    (PAGE, "a.txt", "html"),
    (PAGE, "a.pdf", "html"),
    (PAGE, "a.doc", "html"),
    (PAGE.decode().encode("utf-16"), "a.htm", "html"),
    ("<div><p>一、总体要求</p></div>".encode(), "a.htm", "html"),
    ("全文没有标签".encode(), "a.htm", "txt"),
    ("面积<5亩的，x<y。".encode(), "a.txt", "txt"),
    (pdf([[(90, 100, 16, "通知")]]), "a.doc", "pdf"),
    (b"\r\n" * 2000 + pdf([[(90, 100, 16, "通知")]]), "a.pdf", "pdf"),
    (docx(p("通知")), "a.doc", "docx"),
    (ofd([""]), "a.pdf", "ofd"),
    (zipped({"xl/workbook.xml": "<workbook/>"}), "a.docx", "xlsx"),
    (ole({"WordDocument": b"x"}), "a.wps", "doc"),
    (ole({"Workbook": b"x"}), "a.et", "xls"),
    (b"{\\rtf1\\ansi text}", "a.doc", "rtf"),
    ("序号,任务\n1,完成".encode(), "a.csv", "csv"),
    (b"From: a@b.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\ntext", "a.eml", "eml"),
    (
        b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n",
        "a.mht",
        "mhtml",
    ),
    (b"\x89PNG\r\n\x1a\n0000", "a.txt", "image"),
]


@pytest.mark.parametrize(("data", "name", "expected"), FORMATS)
def test_format(data: bytes, name: str, expected: str) -> None:
    assert detect(data, name) == expected


EXCEL_XML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
REFUSED = [
    (b"", "a.txt", "empty_file", "get it again"),
    (b"\xef\xbb\xbf \r\n\x00", "a.txt", "empty_file", "get it again"),
    (bytes(range(256)) * 20, "a.txt", "binary_file", "save it as"),
    (b"\x7fELF" + bytes(3000), "a.txt", "binary_file", "save it as"),
    (zipped({"a.docx": b"x", "b.txt": b"y"}), "a.zip", "archive", "gongwen run"),
    (gzip.compress(b"text"), "a.gz", "archive", "unpack"),
    (b"7z\xbc\xaf\x27\x1c0000", "a.txt", "archive", "unpack"),
    (docx(p("通知"))[:200], "a.docx", "broken_file", "get it again"),
    (ole({"EncryptedPackage": b"x"}), "a.docx", "encrypted", "password"),
    (ole({"Contents": b"x"}), "a.doc", "unknown_format", "save it as DOCX"),
    (ole({"Workbook": b"x"}), "a.xls", "broken_file", "XLSX"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "a.doc", "broken_file", "get it again"),
    (b"%PDF-1.4\nnothing", "a.pdf", "broken_file", "get it again"),
    (EXCEL_XML, "台账.xls", "unknown_format", "save it as XLSX"),
]


@pytest.mark.parametrize(("data", "name", "code", "step"), REFUSED)
def test_refused(data: bytes, name: str, code: str, step: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name)
    assert caught.value.code == code
    assert step in caught.value.message


def parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"task": ["加强培训"]}), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (parquet(), "Parquet"),
        (bytes(8) + b"DUCK" + bytes(4000), "DuckDB"),
        (b"SQLite format 3\x00" + bytes(4000), "SQLite"),
        (Manifest({}).to_bytes(), "the manifest of an output"),
    ],
)
def test_a_table_of_data_is_no_paper(data: bytes, kind: str) -> None:
    found = extract_bytes(data, "tasks/part-0.parquet").document
    assert found.status == "failed"
    assert f"the file holds data ({kind}), no paper" in str(found.error)
    assert "give the files that it was made from" in str(found.error)


def test_error_names_the_format() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"%PDF-1.4\nnothing", "a.pdf")
    assert caught.value.format == "pdf"


def test_text_without_chinese_is_a_gap() -> None:
    source = read(b"Notice on something\n", "a.txt")
    assert [gap.code for gap in source.gaps] == ["no_chinese"]
    assert [line.text for block in source.blocks for line in block.lines] == ["Notice on something"]
