"""Word 97-2003 (.doc), after the public format description [MS-DOC]: text by its piece table,
paragraphs and tables by their properties, hidden and deleted text left out; text boxes where they
hang, notes after the text, headers, footers and comments left out."""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

import olefile

from extract import lazy as regex
from extract.model import Block, Cell, Gap, Grid, Line, Paragraph, Source
from extract.readers.doc_lists import Lists
from extract.readers.doc_structure import Document, NotWord97Error, RowCell
from extract.readers.errors import ReadError

_FIELD_BEGIN, _FIELD_MIDDLE, _FIELD_END = "\x13", "\x14", "\x15"
_DROPPED = regex.compile(r"[\x00-\x06\x08\x0e-\x12\x16-\x1d\x1f\ufffc]")
_NEAR = 60
_Lines = tuple[Line, ...]
_Row = tuple[list[_Lines], tuple[RowCell, ...]]


@dataclass(slots=True)
class _Mark:
    """A paragraph of the file: its text, where it ends, what its properties say of it."""

    text: str
    end: int = -1
    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    cell_end: bool = False
    centred: bool = False
    row: tuple[RowCell, ...] = ()


def read(data: bytes, name: str = "") -> Source:
    """A .doc file as read; raises ReadError for one that is encrypted, broken or older than 97."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            document = Document(container)
            marks = _marks(document)
    except NotWord97Error as error:
        raise ReadError(error.code, str(error), "doc") from error
    except (OSError, ValueError, IndexError, KeyError, struct.error) as error:
        raise ReadError(
            "broken_file",
            "the DOC file is cut or damaged; open it in Word or WPS and save it as DOCX",
            "doc",
        ) from error
    gaps: tuple[Gap, ...] = ()
    if not marks:
        gaps = (Gap("read", "no_text", "the DOC file holds no text; save it as DOCX"),)
    return Source("doc", tuple(_blocks(marks)), gaps=gaps)


def _marks(document: Document) -> list[_Mark]:
    """The main text's paragraphs, text boxes before the paragraph or table they hang on, notes
    after the text."""
    lists = Lists(document)
    marks = list(_paragraphs(document, lists, document.stories["main"]))
    for anchor, box in reversed(list(document.boxes())):
        place = _anchored(marks, 0 if anchor is None else anchor)
        marks[place:place] = _filled(_paragraphs(document, lists, box))
    for notes in ("footnotes", "endnotes"):
        marks += _filled(_paragraphs(document, lists, document.stories[notes]))
    return marks


def _anchored(marks: list[_Mark], anchor: int) -> int:
    """The paragraph that holds a character of the main text; for one in a table, the table."""
    place = next((i for i, mark in enumerate(marks) if mark.end >= anchor), len(marks))
    while 0 < place < len(marks) and marks[place].in_table and marks[place - 1].in_table:
        place -= 1
    return place


def _filled(marks: Iterator[_Mark]) -> list[_Mark]:
    """Paragraphs that hold text, out of any table."""
    return [replace(mark, in_table=False, end=-1) for mark in marks if mark.text.strip()]


def _paragraphs(document: Document, lists: Lists, story: range) -> Iterator[_Mark]:
    """The paragraphs and cell ends of a text with their properties."""
    start = story.start
    field = _Fields()
    text = document.text
    for end in regex.finditer(r"[\r\x07\x0c]", text, pos=story.start, endpos=story.stop):
        at = end.start()
        kept = [c for i, c in enumerate(text[start:at], start) if document.visible(i)]
        start = at + 1
        content = _plain(field.results("".join(kept))).replace("\x1e", "-")
        properties = document.properties(at)
        mark = _Mark(content, cell_end=end[0] == "\x07", end=at)
        mark.depth = properties.depth
        mark.in_table = properties.in_table or end[0] == "\x07"
        mark.row_end = properties.row_end
        mark.centred = properties.centred
        mark.row = properties.cells
        if content.strip():
            mark.text = lists.label(properties) + content
        yield mark
    rest = _plain(field.results(text[start : story.stop]))
    if rest.strip():
        yield _Mark(rest, end=story.stop)


def _plain(text: str) -> str:
    """Text without control characters, its halves of characters in UTF-16 put together again."""
    return _DROPPED.sub("", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


class _Fields:
    """Drops field instructions and keeps their results, also over several paragraphs."""

    def __init__(self) -> None:
        self.stack: list[bool] = []

    def results(self, text: str) -> str:
        if not self.stack and _FIELD_BEGIN not in text:
            return text
        kept = []
        for char in text:
            if char == _FIELD_BEGIN:
                self.stack.append(False)
            elif char == _FIELD_MIDDLE and self.stack:
                self.stack[-1] = True
            elif char == _FIELD_END and self.stack:
                self.stack.pop()
            elif all(self.stack):
                kept.append(char)
        return "".join(kept)


def _blocks(marks: list[_Mark]) -> Iterator[Block]:
    """Paragraphs and tables in order."""
    rows: list[_Row] = []
    cells: list[_Lines] = []
    lines: list[Line] = []
    for mark in marks:
        if not mark.in_table:
            if cells or lines:
                rows.append(([*cells, tuple(lines)] if lines else cells, ()))
                cells, lines = [], []
            if rows:
                yield from _table(rows)
                rows = []
            yield from _paragraph(mark)
            continue
        if mark.row_end and mark.depth <= 1:
            rows.append((cells, mark.row))
            cells, lines = [], []
            continue
        lines += [Line(part) for part in mark.text.split("\v") if part.strip()]
        if mark.cell_end and mark.depth <= 1:
            cells.append(tuple(lines))
            lines = []
    if cells or lines:
        rows.append(([*cells, tuple(lines)], ()))
    if rows:
        yield from _table(rows)


def _paragraph(mark: _Mark) -> Iterator[Block]:
    lines = [Line(part) for part in mark.text.split("\v")]
    if mark.centred:
        yield Paragraph(tuple(lines))
    else:
        for line in lines:
            yield Paragraph((line,))


def _table(rows: list[_Row]) -> Iterator[Block]:
    """A table as a Grid, or its paragraphs where no row has two cells."""
    if all(len(cells) <= 1 for cells, _ in rows):
        for cells, _ in rows:
            for lines in cells:
                for line in lines:
                    yield Paragraph((line,))
        return
    yield Grid(tuple(_grid(rows)))


def _grid(rows: list[_Row]) -> list[Cell]:
    """The cells, columns counted by the sides that any row has, merged ones put together."""
    sides = _sides(rows)
    grid: list[Cell] = []
    above: dict[int, int] = {}
    for number, (cells, places) in enumerate(rows):
        for i, lines in enumerate(cells):
            place = places[i] if i < len(places) else None
            first = i if place is None else _index(sides, place.left)
            span = 1 if place is None else max(_index(sides, place.right) - first, 1)
            if place and place.joins_left and grid and grid[-1].row == number:
                grid[-1] = _widened(grid[-1], lines, number, first + span)
            elif place and place.joins_above and first in above:
                held = grid[above[first]]
                grid[above[first]] = _widened(held, lines, number, held.column + held.column_span)
            else:
                above.pop(first, None)
                if place and place.opens_below:
                    above[first] = len(grid)
                grid.append(Cell(number, first, lines, 1, span))
    return grid


def _widened(cell: Cell, lines: _Lines, row: int, end: int) -> Cell:
    """A cell grown to reach a row and a column."""
    return Cell(
        cell.row, cell.column, cell.lines + lines, row - cell.row + 1, max(end - cell.column, 1)
    )


def _sides(rows: list[_Row]) -> list[int]:
    """Every side of a cell, in twips, those nearer than a rule's thickness taken as one."""
    sides: list[int] = []
    for side in sorted(
        {s for _, places in rows for cell in places for s in (cell.left, cell.right)}
    ):
        if not sides or side - sides[-1] > _NEAR:
            sides.append(side)
    return sides


def _index(sides: list[int], side: int) -> int:
    return max(bisect_right(sides, side) - 1, 0)
