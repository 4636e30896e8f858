"""What spreadsheets have in common: values as shown, merged cells, empty rows and columns.

A sheet is known by its filled cells and its merged ones, never by its outer size: one cell that was
coloured by mistake in the last row makes a sheet of a million rows.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from extract import lazy as regex
from extract.model import Block, Cell, Gap, Grid, Line, Paragraph, Source

Place = tuple[int, int]
"""A row and a column."""
Span = tuple[int, int]
"""The last row and column of a merged cell."""
Value = str | float | bool | datetime.date | datetime.time | None

MAX_CELLS = 2_000_000
"""Cells of the largest grid that is made of a sheet."""
_MOST_NAMED = 10
_PLAIN_NAME = regex.compile(r"(?:sheet|工作表|表|chart)\s*\d*", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the texts of its filled cells (None: too many to be read), its merged
    cells by their first row and column, whether it is hidden, which of its rows are, and how many
    of its formulas have no value in the file."""

    name: str
    values: Mapping[Place, str] | None
    spans: Mapping[Place, Span]
    is_hidden: bool
    hidden_rows: Collection[int]
    valueless: int = 0


def source_of(format: str, sheets: Iterable[Sheet]) -> Source:
    """A workbook's sheets as grids, each under its name, hidden rows too; one that is hidden or too
    large is a gap."""
    blocks: list[Block] = []
    gaps: list[Gap] = []
    unseen: list[str] = []
    for sheet in sheets:
        if sheet.is_hidden:
            unseen += [sheet.name] if sheet.values is None or sheet.values else []
            continue
        if sheet.values is None or _is_too_large(sheet.values):
            message = (
                f"sheet {sheet.name} has too many cells for a paper and was left out; delete the "
                "rows and columns that belong to no table, or save its table as a file of its own"
            )
            gaps.append(Gap("read", "sheet_too_large", message))
            continue
        grid, hidden = grid_of(sheet.values, sheet.spans)
        if hidden:
            message = (
                f"{hidden} cell(s) of sheet {sheet.name} hold a text that the merged cells over "
                "them hide, and were left out as on the screen; take the merging back to have them"
            )
            gaps.append(Gap("read", "hidden_cells", message))
        gaps += _hidden_rows(sheet.name, sheet.values, sheet.hidden_rows)
        if sheet.valueless:
            message = (
                f"{sheet.valueless} formula(s) of sheet {sheet.name} have no value in the file and "
                "were left out; open it in Excel or WPS and save it, which stores them"
            )
            gaps.append(Gap("read", "formula_without_value", message))
        if grid.cells:
            if not is_plain_name(sheet.name):
                blocks.append(Paragraph((Line(sheet.name),)))
            blocks.append(grid)
    if unseen:
        message = (
            f"hidden sheet(s) {', '.join(unseen)} were left out, as on the screen; show them in "
            "Excel or WPS and save the file if they belong to the paper"
        )
        gaps.append(Gap("read", "hidden_sheet", message))
    return Source(format, tuple(blocks), gaps=tuple(gaps))


def _hidden_rows(name: str, values: Mapping[Place, str], hidden: Collection[int]) -> list[Gap]:
    """A gap that names the rows with text that the screen does not show."""
    rows = sorted({row for row, _ in values if row in hidden})
    if not rows:
        return []
    listed = ", ".join(map(str, rows[:_MOST_NAMED])) + (" …" if len(rows) > _MOST_NAMED else "")
    message = (
        f"{len(rows)} row(s) of sheet {name} are hidden and were read with the others ({listed}); "
        "delete them from the file if they are no part of the paper"
    )
    return [Gap("read", "hidden_rows", message)]


def _is_too_large(values: Mapping[Place, str]) -> bool:
    rows, columns = {row for row, _ in values}, {column for _, column in values}
    return len(rows) * len(columns) > MAX_CELLS


def is_plain_name(name: str) -> bool:
    """Whether a sheet's name is the program's own: Sheet1, 工作表2."""
    return _PLAIN_NAME.fullmatch(name.strip()) is not None


def shown(value: Value, style: str) -> str:
    """A value as the sheet shows it, for the kinds that papers use; `style`: its number format."""
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return f"{value * 100:.10g}%" if "%" in style else f"{value:.15g}"
    return "" if value is None else str(value)


def grid_of(values: Mapping[Place, str], spans: Mapping[Place, Span]) -> tuple[Grid, int]:
    """The cells of a sheet, a merged one once; rows and columns without any text are left out. And
    how many cells have another text than the merged one that hides them."""
    lines = {
        place: tuple(Line(part.strip()) for part in text.splitlines() if part.strip())
        for place, text in values.items()
        if text.strip()
    }
    inner = _inner(lines, spans)
    hidden = sum(place in inner and lines[place] != lines.get(inner[place]) for place in lines)
    whole = set(inner.values())
    lines = {place: text for place, text in lines.items() if inner.get(place, place) == place}
    rows, columns = _rows_and_columns(lines)
    cells = []
    for row_at, row in enumerate(rows):
        for column_at, column in enumerate(columns):
            place = row, column
            if inner.get(place, place) != place:
                continue
            bottom, right = spans[place] if place in whole else place
            down = bisect_right(rows, bottom) - row_at
            across = bisect_right(columns, right) - column_at
            cells.append(Cell(row_at, column_at, lines.get(place, ()), down, across))
    return Grid(tuple(cells)), hidden


def _inner(filled: Iterable[Place], spans: Mapping[Place, Span]) -> dict[Place, Place]:
    """The merged cell of each place under one, its first place too, in rows and columns with a
    filled cell. Merged cells that overlap are none, as no program that shows sheets has them."""
    rows, columns = _rows_and_columns(filled)
    found: dict[Place, Place] = {}
    wrong: set[Place] = set()
    for (top, left), (bottom, right) in spans.items():
        down = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
        across = columns[bisect_left(columns, left) : bisect_right(columns, right)]
        others = next((found[place] for place in product(down, across) if place in found), None)
        if others is None:
            found.update(dict.fromkeys(product(down, across), (top, left)))
        else:
            wrong |= {others, (top, left)}
    return {place: merged for place, merged in found.items() if merged not in wrong}


def _rows_and_columns(places: Iterable[Place]) -> tuple[list[int], list[int]]:
    """The rows and the columns that have one of the places, in order."""
    known = list(places)
    return sorted({row for row, _ in known}), sorted({column for _, column in known})
