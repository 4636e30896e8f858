"""Tables of a page as grids, a merged cell once, for the formats that know only places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from extract.model import Box, Cell, Grid, Line
from extract.readers.page_lines import Char, lines_of
from extract.readers.ruled_lines import cells_of
from extract.readers.three_line_tables import cells_between
from extract.readers.unruled_tables import UnruledTables

_NEAR = 3.0
Places = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: its outline and its cells' boxes."""

    box: Box
    cells: tuple[Box, ...]


def tables_on(
    edges: list[dict[str, Any]], chars: list[Char], number: int, unruled: UnruledTables
) -> list[Table]:
    """The tables of a page by its rules: by those about each cell, by three that span a table, or,
    where there are neither, by the columns of its heads."""
    found = cells_of(edges) or cells_between(edges, chars) or unruled.cells(chars, number)
    return tables_of(found, chars)


def tables_of(found: Iterable[list[Box]], chars: list[Char]) -> list[Table]:
    """The tables, given by their cells, that hold text in rows and columns; frames of a layout
    are none."""
    tables = []
    for cells in found:
        if cells:
            box = (
                min(cell[0] for cell in cells),
                min(cell[1] for cell in cells),
                max(cell[2] for cell in cells),
                max(cell[3] for cell in cells),
            )
            table = Table(box, tuple(cells))
            if _is_table(table, chars):
                tables.append(table)
    return tables


def _is_table(table: Table, chars: list[Char]) -> bool:
    xs, ys = _edges(table)
    if len(xs) < 3 or len(ys) < 2 or len(xs) + len(ys) < 6:
        return False
    places = _middles([char for char in chars if not char.text.isspace()])
    inside = int(_in(places, table.box).sum())
    counts = [int(_in(places, cell).sum()) for cell in table.cells]
    filled = [count for count in counts if count]
    if len(filled) < 3:
        return False
    return max(filled) < 600 or max(filled) < 0.7 * inside


def _middles(chars: list[Char]) -> Places:
    """The middle of each character, across and down, as two arrays."""
    across = np.array([(char.x0 + char.x1) / 2 for char in chars])
    return across, np.array([char.base - 0.35 * char.em for char in chars])


def _in(places: Places, box: Box) -> Any:
    """Which of the places lie in a box."""
    x, y = places
    return (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])


def _edges(table: Table) -> tuple[list[float], list[float]]:
    xs = _merged([x for cell in table.cells for x in (cell[0], cell[2])])
    return xs, _merged([y for cell in table.cells for y in (cell[1], cell[3])])


def _merged(values: list[float]) -> list[float]:
    """Sorted places, those nearer than a rule's thickness taken as one."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _NEAR:
            merged.append(value)
    return merged


def grid_of(table: Table, chars: list[Char], page: int) -> tuple[Grid, list[Char]]:
    """The grid, and the characters that stand in no cell of the table."""
    xs, ys = _edges(table)
    held: dict[Box, list[Char]] = {cell: [] for cell in table.cells}
    smallest = sorted(table.cells, key=lambda c: (c[2] - c[0]) * (c[3] - c[1]))
    places, owner = _middles(chars), np.full(len(chars), -1)
    for i, cell in reversed(list(enumerate(smallest))):
        owner[_in(places, cell)] = i
    rest: list[Char] = []
    for char, i in zip(chars, owner.tolist(), strict=True):
        (rest if i < 0 else held[smallest[i]]).append(char)
    cells = []
    for box, inside in held.items():
        row, column = _index(ys, box[1]), _index(xs, box[0])
        lines = tuple(Line(line.text, page, line.box) for line in lines_of(inside))
        cells.append(
            Cell(
                row,
                column,
                lines,
                max(_index(ys, box[3]) - row, 1),
                max(_index(xs, box[2]) - column, 1),
            )
        )
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))), rest


def _index(places: list[float], value: float) -> int:
    return max(bisect_left(places, value + 0.01) - 1, 0)
