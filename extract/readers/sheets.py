"""What spreadsheets have in common: values as shown, merged cells, empty rows and columns."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import regex

from extract.model import Cell, Grid, Line

Span = tuple[int, int]
"""The last row and column of a merged cell."""
Value = str | float | bool | datetime.date | datetime.time | None

_PLAIN_NAME = regex.compile(r"(?:sheet|工作表|表|chart)\s*\d*", regex.IGNORECASE)


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


def grid_of(values: Mapping[tuple[int, int], str], spans: Mapping[tuple[int, int], Span]) -> Grid:
    """The cells of a sheet, a merged one once; rows and columns without any text are left out."""
    lines = {
        place: tuple(Line(part.strip()) for part in text.splitlines() if part.strip())
        for place, text in values.items()
        if text.strip()
    }
    rows = {row: i for i, row in enumerate(sorted({row for row, _ in lines}))}
    columns = {column: i for i, column in enumerate(sorted({column for _, column in lines}))}
    inner = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in rows
        if top <= row <= bottom
        for column in columns
        if left <= column <= right and (row, column) != (top, left)
    }
    cells = []
    for row, row_at in rows.items():
        for column, column_at in columns.items():
            if (row, column) in inner:
                continue
            bottom, right = spans.get((row, column), (row, column))
            down = sum(1 for other in rows if row <= other <= bottom)
            across = sum(1 for other in columns if column <= other <= right)
            cells.append(Cell(row_at, column_at, lines.get((row, column), ()), down, across))
    return Grid(tuple(cells))
