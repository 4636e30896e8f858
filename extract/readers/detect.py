"""Which format a file is, by its content; the suffix decides only between kinds of text."""

from __future__ import annotations

import io
import zipfile

import olefile

from extract import lazy as regex
from extract.readers.errors import ReadError

_IMAGES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
)
_ARCHIVES = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
)
_DATA = (
    (0, b"PAR1", "Parquet"),
    (8, b"DUCK", "DuckDB"),
    (0, b"SQLite format 3\x00", "SQLite"),
    (0, b'{\n "format": "gongwen tables', "the manifest of an output"),
)
"""Files of data: the place of a mark, the mark and the kind."""
_HTML_HEAD = regex.compile(
    rb"<!doctype\s+html|<(?:html|head|body|meta|title)[\s>]|<%@\s*page", regex.IGNORECASE
)
_HTML_TAG = regex.compile(
    rb"</(?:p|div|td|tr|table|span|a|li|ul|font|h[1-6])\s*>|<br\s*/?>", regex.IGNORECASE
)
_WORD_XML = (
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)
_EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_MAIL_HEADER = regex.compile(
    rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}"
)
_MAIL_FIELD = regex.compile(rb"^(?:mime-version|from|received|message-id):", regex.I | regex.M)


def detect(data: bytes, name: str = "") -> str:
    """txt, md, html, mhtml, eml, docx, rtf, doc, pdf, ofd, xlsx, xls, csv or image; word_xml for
    Word's XML in one file.

    Raises ReadError for an empty file, an archive, a file of data, an encrypted or an unknown
    container.
    """
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf"):
        raise ReadError("empty_file", "the file is empty; get it again from where it came from")
    if b"%PDF-" in data[:1024] or data.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(olefile.MAGIC):
        return _ole(data)
    if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"{\\rtf":
        return "rtf"
    if _image(data):
        return "image"
    for magic, kind in _ARCHIVES:
        if data.startswith(magic):
            raise ReadError(
                "archive", f"the file is a {kind} archive; unpack it and give the files in it"
            )
    for at, magic, kind in _DATA:
        if data.startswith(magic, at):
            raise ReadError("table_of_data", _NO_PAPER.format(kind))
    return _text(data, name.lower())


_NO_PAPER = (
    "the file holds data ({}), no paper, as gongwen itself writes it; give the files that it was "
    "made from, not the folder of the output"
)


def _image(data: bytes) -> bool:
    if data.startswith(b"BM"):
        return len(data) > 54 and int.from_bytes(data[2:6], "little") == len(data)
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith(_IMAGES)


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(
            "broken_file",
            "the file (DOCX, XLSX, OFD or ZIP) is cut or damaged; get it again from its origin",
        ) from error
    for member, kind in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "xlsx"),
        ("OFD.xml", "ofd"),
    ):
        if member in names:
            return kind
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    raise ReadError(
        "archive",
        "the file is an archive of files, not one paper; gongwen run reads what archives hold, "
        "three inside one another: unpack by hand what lies deeper",
    )


def _ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            names = {"/".join(path) for path in container.listdir()}
    except (OSError, ValueError, IndexError) as error:
        raise ReadError(
            "broken_file", "the Office 97-2003 file is cut or damaged; get it again", "doc"
        ) from error
    if "EncryptedPackage" in names:
        raise ReadError(
            "encrypted",
            "the file is protected by a password; give it with --password, or take it off in "
            "Word or WPS and save the file",
            "docx",
        )
    for stream, kind in (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls")):
        if stream in names:
            return kind
    raise ReadError(
        "unknown_format",
        "the file is an Office 97-2003 container without a text document; save it as DOCX",
    )


def _text(data: bytes, name: str) -> str:
    head = data[:4096]
    if b"\x00" in head:
        narrow = head.replace(b"\x00", b"")
        return "html" if _HTML_HEAD.search(narrow) else _by_suffix(name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<" and any(space in head for space in _WORD_XML):
        return "word_xml"
    if start[:1] == b"<" and _EXCEL_XML in head:
        raise ReadError(
            "unknown_format",
            "the file is a table in Excel's XML of 2003; open it in Excel or WPS and save it as "
            "XLSX",
        )
    headers = _MAIL_HEADER.match(start)
    if headers and _MAIL_FIELD.search(headers[0]):
        related = b"multipart/related" in headers[0].lower()
        return "mhtml" if related or name.endswith((".mht", ".mhtml")) else "eml"
    if start[:1] == b"<" and _HTML_HEAD.search(data[:65536]):
        return "html"
    marked = _HTML_HEAD.search(head)
    tags = len(_HTML_TAG.findall(data[: 1 << 20]))
    if name.endswith((".htm", ".html", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php")):
        return "html" if tags or marked else "txt"
    if name.endswith((".md", ".markdown")):
        return "md"
    return "html" if tags >= 8 and (marked or tags * 400 > len(data)) else _by_suffix(name)


def _by_suffix(name: str) -> str:
    if name.endswith(".csv"):
        return "csv"
    return "md" if name.endswith((".md", ".markdown")) else "txt"
