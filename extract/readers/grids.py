"""Tables whose first rows are their heading: the heading becomes paragraphs before the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract import lazy as regex
from extract.model import Block, Cell, Grid, Paragraph

_GROUP = regex.compile(
    r"\s*(?:[一二三四五六七八九十]+\s?、|[（(][一二三四五六七八九十]+[)）]|\d+\s?[.、．])"
)
_NOTE = regex.compile(r"\s*(?:备\s?)?注\s?(?:[：:]|\d)|\s*说\s?明\s?[：:]")


def headed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with rows at a table's top that one cell fills, and notes at its foot, as
    paragraphs; a row that opens a group (一、…) stays. A table with text in one column is none."""
    for block in blocks:
        if isinstance(block, Grid):
            yield from _split(block)
        else:
            yield block


def _split(grid: Grid) -> Iterator[Block]:
    if len({cell.column for cell in grid.cells if cell.lines}) < 2:
        yield from _paragraphs([cell] for cell in grid.cells)
        return
    rows = _rows(grid)
    width = max((cell.column + cell.column_span for cell in grid.cells), default=0)
    numbers = sorted(rows)
    first, last = 0, len(numbers)
    while first < last and _is_heading(rows[numbers[first]], width):
        first += 1
    while last > first and _is_note(rows[numbers[last - 1]], width):
        last -= 1
    if width < 2 or last - first < 1:
        yield grid
        return
    yield from _paragraphs(rows[number] for number in numbers[:first])
    top = numbers[first]
    kept = (cell for number in numbers[first:last] for cell in rows[number])
    yield Grid(tuple(replace(cell, row=cell.row - top) for cell in kept))
    yield from _paragraphs(rows[number] for number in numbers[last:])


def _rows(grid: Grid) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _is_heading(row: list[Cell], width: int) -> bool:
    filled = _only(row, width)
    return filled is not None and not (filled.lines and _GROUP.match(filled.lines[0].text))


def _is_note(row: list[Cell], width: int) -> bool:
    filled = _only(row, width)
    return filled is not None and bool(filled.lines and _NOTE.match(filled.lines[0].text))


def _only(row: list[Cell], width: int) -> Cell | None:
    """The cell that fills a row alone."""
    cell = row[0]
    return cell if len(row) == 1 and cell.column_span >= width and cell.row_span == 1 else None


def _paragraphs(rows: Iterable[list[Cell]]) -> Iterator[Block]:
    for row in rows:
        for line in row[0].lines:
            yield Paragraph((line,))
