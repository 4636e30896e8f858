"""XLSX: each sheet a table, merged cells once, under the sheet's name."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import regex

from extract.model import Block, Cell, Gap, Grid, Line, Paragraph, Source
from extract.readers.errors import ReadError
from extract.readers.package import Package

_MAX_CELLS = 2_000_000
_PLAIN_NAME = regex.compile(r"(?:sheet|工作表|表|chart)\s*\d*", regex.IGNORECASE)


def read(data: bytes, name: str = "") -> Source:
    """A workbook's visible sheets as grids, values as they were last computed."""
    Package(data, "xlsx")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:
        raise ReadError(
            "broken_file",
            "the XLSX file is cut or damaged; open it in Excel or WPS and save it again",
            "xlsx",
        ) from error
    blocks: list[Block] = []
    gaps: list[Gap] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if sheet.max_row * sheet.max_column > _MAX_CELLS:
            gaps.append(
                Gap("read", "sheet_too_large", f"sheet {sheet.title} is no paper; left out")
            )
            continue
        grid = _grid(sheet)
        if grid.cells:
            if not _PLAIN_NAME.fullmatch(sheet.title):
                blocks.append(Paragraph((Line(sheet.title),)))
            blocks.append(grid)
    return Source("xlsx", tuple(blocks), gaps=tuple(gaps))


def _grid(sheet: Any) -> Grid:
    """The sheet's used cells; rows and columns without a value are left out."""
    spans = {(m.min_row, m.min_col): (m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
    inner = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, min(bottom, sheet.max_row) + 1)
        for column in range(left, min(right, sheet.max_column) + 1)
        if (row, column) != (top, left)
    }
    values = {
        (cell.row, cell.column): lines
        for row in sheet.iter_rows()
        for cell in row
        if (lines := _lines(cell))
    }
    if not values:
        return Grid(())
    rows = {row: i for i, row in enumerate(sorted({row for row, _ in values}))}
    columns = {column: i for i, column in enumerate(sorted({column for _, column in values}))}
    cells = []
    for row, row_at in rows.items():
        for column, column_at in columns.items():
            if (row, column) in inner:
                continue
            bottom, right = spans.get((row, column), (row, column))
            down = sum(1 for other in rows if row <= other <= bottom)
            across = sum(1 for other in columns if column <= other <= right)
            lines = values.get((row, column), ())
            cells.append(Cell(row_at, column_at, lines, down, across))
    return Grid(tuple(cells))


def _lines(cell: Any) -> tuple[Line, ...]:
    value = cell.value
    if value is None:
        return ()
    return tuple(Line(part.strip()) for part in _shown(value, cell).splitlines() if part.strip())


def _shown(value: Any, cell: Any) -> str:
    """A value as the sheet shows it, for the kinds that papers use."""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        if "%" in (cell.number_format or ""):
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    return str(value)
