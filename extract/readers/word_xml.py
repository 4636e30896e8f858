"""Word's XML in one file: Word 2003 (w:wordDocument) and flat packages (pkg:package).

Word 2003 says nearly the same as DOCX with other words: they are put into those of DOCX, so that
one reader reads both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from extract.model import Gap, Source
from extract.readers import docx
from extract.readers.doc_lists import FORMATS
from extract.readers.docx_numbering import W
from extract.readers.errors import ReadError
from extract.readers.xml_parts import parse_xml

_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RENAMED = {
    "listDef": "abstractNum",
    "list": "num",
    "ilst": "abstractNumId",
    "listPr": "numPr",
    "ilfo": "numId",
    "nfc": "numFmt",
    "vmerge": "vMerge",
    "endnote": "footnote",
}
_RENAMED_ATTRIBUTES = {"listDefId": "abstractNumId", "ilfo": "numId"}


def read(data: bytes, name: str = "") -> Source:
    """The paper in a Word XML file; raises ReadError for one that holds none."""
    parts, gap = _parts(data)
    document = parts.get("word/document.xml")
    if document is None or document.find(W + "body") is None:
        raise ReadError(
            "broken_file", "the Word XML file is damaged; open it in Word and save it as DOCX"
        )
    source = docx.from_parts(parts)
    return replace(source, gaps=(gap, *source.gaps)) if gap else source


def _parts(data: bytes) -> tuple[dict[str, Any], Gap | None]:
    """The parts by their names as a DOCX file has them, and what the XML lacks."""
    data = docx.transitional(data.replace(_WORD_2003, W[1:-1].encode()))
    root, gap = parse_xml(data, "the file", "docx")
    if root is None:
        return {}, gap
    if root.tag == W + "wordDocument":
        return _parts_of_2003(root), gap
    parts = {
        (part.get(_PKG + "name") or "").lstrip("/"): content[0]
        for part in root.iter(_PKG + "part")
        for content in part.iter(_PKG + "xmlData")
        if len(content)
    }
    return parts, gap


def _parts_of_2003(root: Any) -> dict[str, Any]:
    """The parts of a Word 2003 file as DOCX would hold them: its lists, its styles, its notes,
    which stand in the middle of the text there."""
    for element in list(root.iter(f"{W}*")):
        local = element.tag[len(W) :]
        element.tag = W + _RENAMED.get(local, local)
        for old, new in _RENAMED_ATTRIBUTES.items():
            if element.get(W + old) is not None:
                element.set(W + new, element.get(W + old))
        value = element.get(W + "val") or ""
        if local == "nfc" and value.isdecimal():
            element.set(W + "val", FORMATS.get(int(value[:9]), "decimal"))
        elif local == "br" and element.get(W + "type") == "text-wrapping":
            element.set(W + "type", "textWrapping")
    return {
        "word/document.xml": root,
        "word/numbering.xml": root.find(W + "lists"),
        "word/styles.xml": root.find(W + "styles"),
        "word/footnotes.xml": _notes(root.find(W + "body")),
    }


def _notes(body: Any) -> Any:
    """The notes of a text, taken out of it."""
    notes = etree.Element(W + "footnotes")
    if body is not None:
        for note in list(body.iter(W + "footnote")):
            notes.append(note)
    return notes
