"""HTML tables: a grid with spans, or a table that only lays out the page."""

from __future__ import annotations

from collections import deque
from itertools import accumulate

from lxml import etree

from extract import lazy as regex
from extract.model import Cell, Grid, Line
from extract.readers.html_tree import Element

_BREAKS = frozenset(
    (
        "p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dd", "dt",
    )
)  # fmt: skip
_SPACES = regex.compile(r"[ \t\r\n\f]+")
_MAX_SPAN = 500
_PROSE = 1200
_TINY = 24


def is_layout(table: Element) -> bool:
    """Whether a table only places blocks: it nests tables, has one column, or one cell holds
    most of a long text."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    rows = rows_of(table)
    if not rows or max(len(row) for row in rows) < 2:
        return True
    sizes = [_size(cell) for row in rows for cell in row]
    filled = sum(1 for row in rows if sum(_size(cell) > 0 for cell in row) >= 2)
    written = sum(1 for row in rows if any(_size(cell) for cell in row))
    if filled == 0 or (written == 1 and sum(sizes) <= _TINY):
        return True
    return max(sizes) > _PROSE and max(sizes) > 0.7 * sum(sizes)


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of each row that has some, of a table that nests no other."""
    return [row for row in _all_rows(table) if row]


def _all_rows(table: Element) -> list[list[Element]]:
    rows = table.iterdescendants("tr")
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]


def _size(cell: Element) -> int:
    return sum(len(text.strip()) for text in cell.itertext())


def grid(table: Element) -> Grid:
    """The table's cells, a merged one once. A row without cells of its own is no row, but a cell
    from above may count it among those that it covers."""
    rows = _all_rows(table)
    before = list(accumulate((bool(row) for row in rows), initial=0))
    covered: list[tuple[int, int, int]] = []  # first column, the one behind, last row
    cells = []
    for number, row in enumerate(rows):
        covered = sorted(each for each in covered if each[2] >= number)
        above = deque(covered)
        column = 0
        for element in row:
            while above and above[0][0] <= column:
                column = max(column, above.popleft()[1])
            end = min(number + _span(element, "rowspan"), len(rows))
            across = _span(element, "colspan")
            if end - number > 1:
                covered.append((column, column + across, end - 1))
            down = before[end] - before[number]
            cells.append(Cell(before[number], column, cell_lines(element), down, across))
            column += across
    return Grid(tuple(cells))


def _span(cell: Element, name: str) -> int:
    """Rows or columns covered; of a number of thousands of digits, which Python refuses, the
    first nine count."""
    value = (cell.get(name) or "1").strip()
    return min(max(int(value[:9]), 1), _MAX_SPAN) if value.isdecimal() else 1


def cell_lines(cell: Element) -> tuple[Line, ...]:
    """The paragraphs and broken lines of a cell, one line each."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            if element.tag in _BREAKS and element is not cell:
                parts.append("\n")
            parts.append(_SPACES.sub(" ", element.text or ""))
        elif element is not cell:
            if element.tag in _BREAKS and element.tag != "br":
                parts.append("\n")
            parts.append(_SPACES.sub(" ", element.tail or ""))
    lines = (line.strip(" \u3000\u00a0") for line in "".join(parts).split("\n"))
    return tuple(Line(line) for line in lines if line)
