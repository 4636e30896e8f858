"""DOCX (and .docm, .dotx): paragraphs and tables in order, as printed with all changes accepted.

Automatic numbers are rebuilt, field results kept, headers and footers left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from extract import lazy as regex
from extract.model import Block, Cell, Grid, Line, Paragraph, Source
from extract.readers.docx_chunks import CHUNKS, Chunks
from extract.readers.docx_numbering import Numbering, W
from extract.readers.docx_pictures import count_pictures
from extract.readers.docx_walk import outermost
from extract.readers.errors import ReadError
from extract.readers.package import Package
from extract.readers.pictures import unread_pictures

_STRICT = regex.compile(rb"http://purl\.oclc\.org/ooxml/(\w{1,40})/")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset(
    [W + n for n in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sectPr")]
    + [_MC + "Fallback"]
)
_BLOCKS = frozenset((W + "p", W + "tbl"))
_BOX = frozenset((W + "txbxContent",))
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_ROW = frozenset((W + "tr",))
_CELL = frozenset((W + "tc",))
_INNER = _SKIPPED | {W + "tbl"}
"""What a table's own rows and cells are not looked for in."""
_MAX_SPAN = 1000


def read(data: bytes, name: str = "") -> Source:
    """A DOCX file as read; raises ReadError when it has no document part."""
    package = Package(data, "docx")
    document = _part(package, "word/document.xml")
    if document is None:
        main = next((n for n in sorted(package.names) if _is_main(n)), "")
        document = _part(package, main)
    if document is None or document.find(W + "body") is None:
        raise ReadError(
            "broken_file",
            "the DOCX file has no text part; open it in Word or WPS and save it again",
            "docx",
        )
    others = ("word/numbering.xml", "word/styles.xml", *_NOTES)
    parts = {each: _part(package, each) for each in others}
    source = from_parts({"word/document.xml": document, **parts}, Chunks(package))
    return replace(source, gaps=(*package.gaps.values(), *source.gaps))


def from_parts(parts: Mapping[str, Any], chunks: Chunks | None = None) -> Source:
    """A document from the XML of its parts, by their names, and the files that stand in it."""
    chunks = chunks or Chunks(None)
    numbering = Numbering(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    reader = _Reader(numbering, chunks)
    blocks = list(reader.blocks(parts["word/document.xml"].find(W + "body")))
    for notes in (parts.get(name) for name in _NOTES):
        if notes is not None:
            blocks += reader.notes(notes)
    gaps = unread_pictures(count_pictures(parts["word/document.xml"]), "")
    return Source("docx", tuple(blocks), gaps=gaps + chunks.gaps)


def _is_main(name: str) -> bool:
    return name.startswith("word/document") and name.endswith(".xml")


def _part(package: Package, name: str) -> Any:
    data = package.read(name)
    if data is None:
        return None
    return package.parsed(name, transitional(data))


def transitional(data: bytes) -> bytes:
    """XML with the names of Strict OOXML, if it has them, as Word itself writes them."""
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


class _Reader:
    """Turns a document's XML into blocks; numbering counts on from block to block."""

    def __init__(self, numbering: Numbering, chunks: Chunks) -> None:
        self.numbering = numbering
        self.chunks = chunks

    def blocks(self, body: Any) -> Iterator[Block]:
        """The paragraphs and tables below an element, text boxes before the paragraph they hang
        on; a paragraph whose end mark was deleted runs on into the next."""
        carried: list[str] = []
        for element in outermost(body, _BLOCKS | CHUNKS, _SKIPPED):
            if element.tag in CHUNKS:
                yield from self.chunks.blocks(element)
                continue
            if element.tag == W + "tbl":
                yield from self.table(element)
                continue
            if self.numbering.is_contents(element):
                continue
            for box in outermost(element, _BOX, _SKIPPED):
                yield from self.blocks(box)
            lines = self.lines(element)
            if carried:
                lines[0] = carried.pop() + lines[0]
            if _mark_deleted(element):
                carried = ["".join(lines)]
                continue
            if _is_centred(element):
                yield Paragraph(tuple(Line(line) for line in lines))
            else:
                for line in lines:
                    yield Paragraph((Line(line),))
        if carried:
            yield Paragraph((Line(carried[0]),))

    def lines(self, paragraph: Any) -> list[str]:
        """The paragraph's text, number first, cut where a manual line break stands."""
        text = _text(paragraph)
        if text.strip() or not _mark_deleted(paragraph):
            label = self.numbering.label(paragraph)
            text = label + text if text.strip() else text
        return text.split("\n")

    def table(self, table: Any) -> Iterator[Block]:
        """A table as a Grid, or its paragraphs where it has one column only."""
        rows = list(_rows(table))
        if all(len(cells) <= 1 for _, cells in rows):
            for _, cells in rows:
                for cell in cells:
                    yield from self.blocks(cell)
            return
        yield self.grid(rows)

    def grid(self, rows: list[tuple[int, list[Any]]]) -> Grid:
        cells: list[Cell] = []
        open_cells: dict[int, int] = {}
        for number, (before, elements) in enumerate(rows):
            column = before
            for element in elements:
                across, merge = _spans(element)
                if merge == "continue" and column in open_cells:
                    at = open_cells[column]
                    cell = cells[at]
                    lines = cell.lines + self.cell_lines(element)
                    span = number - cell.row + 1
                    cells[at] = Cell(cell.row, cell.column, lines, span, cell.column_span)
                else:
                    open_cells.pop(column, None)
                    if merge:
                        open_cells[column] = len(cells)
                    cells.append(Cell(number, column, self.cell_lines(element), 1, across))
                column += across
        return Grid(tuple(cells))

    def cell_lines(self, cell: Any) -> tuple[Line, ...]:
        """The lines of a cell; a table inside it is read row by row."""
        lines = []
        for block in self.blocks(cell):
            parts = block.cells if isinstance(block, Grid) else (block,)
            lines += [line for part in parts for line in part.lines if line.text.strip()]
        return tuple(lines)

    def notes(self, notes: Any) -> list[Block]:
        """Footnotes or endnotes, after the text."""
        found: list[Block] = []
        for note in notes.iter(W + "footnote", W + "endnote"):
            if note.get(W + "type") in (None, "normal"):
                found += [b for b in self.blocks(note) if _filled(b)]
        return found


def _filled(block: Block) -> bool:
    return isinstance(block, Grid) or any(line.text.strip() for line in block.lines)


def _text(paragraph: Any) -> str:
    """The characters of a paragraph; a newline for a line break."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        tag = element.tag
        if tag in (W + "t", _MATH_TEXT):
            parts.append(element.text or "")
        elif tag == W + "tab":
            parts.append("\t")
        elif tag == W + "cr" or (
            tag == W + "br" and element.get(W + "type") in (None, "textWrapping")
        ):
            parts.append("\n")
        elif tag == W + "noBreakHyphen":
            parts.append("-")
        elif tag == W + "r" and _vanished(element):
            continue
        elif isinstance(tag, str) and tag not in _SKIPPED and tag not in _BOX:
            stack.append(iter(element))
    return "".join(parts)


def _vanished(run: Any) -> bool:
    properties = run.find(W + "rPr")
    return properties is not None and _on(properties.find(W + "vanish"))


def _on(element: Any) -> bool:
    return element is not None and element.get(W + "val") not in ("0", "false", "off")


def _mark_deleted(paragraph: Any) -> bool:
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _is_centred(paragraph: Any) -> bool:
    align = paragraph.find(f"{W}pPr/{W}jc")
    return align is not None and align.get(W + "val") == "center"


def _rows(table: Any) -> Iterator[tuple[int, list[Any]]]:
    """For each row the columns left out before it, and its cells."""
    for row in outermost(table, _ROW, _INNER):
        properties = row.find(W + "trPr")
        before = 0
        if properties is not None:
            if properties.find(W + "del") is not None:
                continue
            skipped = properties.find(W + "gridBefore")
            before = 0 if skipped is None else _number(skipped.get(W + "val"))
        yield before, list(outermost(row, _CELL, _INNER))


def _spans(cell: Any) -> tuple[int, str]:
    """Columns covered, and restart, continue or nothing for a vertical merge."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, ""
    span = properties.find(W + "gridSpan")
    merge = properties.find(W + "vMerge")
    across = 1 if span is None else max(_number(span.get(W + "val")), 1)
    if merge is None:
        return across, ""
    return across, "restart" if merge.get(W + "val") == "restart" else "continue"


def _number(text: str | None) -> int:
    """A printed number; of one of thousands of digits, which Python refuses, the first nine."""
    return min(int(text[:9]), _MAX_SPAN) if text and text.isdecimal() else 0
