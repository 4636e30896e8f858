"""Word's XML in one file: Word 2003 (w:wordDocument) and flat packages (pkg:package)."""

from __future__ import annotations

from typing import Any

from extract.model import Source
from extract.readers import docx
from extract.readers.docx_numbering import W
from extract.readers.errors import ReadError
from extract.readers.package import parse_xml

_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def read(data: bytes, name: str = "") -> Source:
    """The paper in a Word XML file; automatic numbers of Word 2003 are not rebuilt."""
    parts = _parts(data)
    document = parts.get("word/document.xml")
    if document is None or document.find(W + "body") is None:
        raise ReadError(
            "broken_file", "the Word XML file is damaged; open it in Word and save it as DOCX"
        )
    return docx.from_parts(parts)


def _parts(data: bytes) -> dict[str, Any]:
    root = parse_xml(data.replace(_WORD_2003, W[1:-1].encode()))
    if root is None:
        return {}
    if root.tag == W + "wordDocument":
        return {"word/document.xml": root}
    return {
        (part.get(_PKG + "name") or "").lstrip("/"): content[0]
        for part in root.iter(_PKG + "part")
        for content in part.iter(_PKG + "xmlData")
        if len(content)
    }
