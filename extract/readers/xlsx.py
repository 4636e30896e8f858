"""XLSX: each visible sheet a table, merged cells once, under the sheet's name."""

from __future__ import annotations

import io

import openpyxl

from extract.model import Block, Gap, Line, Paragraph, Source
from extract.readers.package import Package
from extract.readers.sheets import grid_of, is_plain_name, shown

_MAX_CELLS = 2_000_000


def read(data: bytes, name: str = "") -> Source:
    """A workbook's visible sheets as grids, values as they were last computed."""
    Package(data, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    blocks: list[Block] = []
    gaps: list[Gap] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if sheet.max_row * sheet.max_column > _MAX_CELLS:
            message = f"sheet {sheet.title} has too many cells for a paper and was left out"
            gaps.append(Gap("read", "sheet_too_large", message))
            continue
        values = {
            (cell.row, cell.column): shown(cell.value, cell.number_format or "")
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        spans = {(m.min_row, m.min_col): (m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
        grid = grid_of(values, spans)
        if grid.cells:
            if not is_plain_name(sheet.title):
                blocks.append(Paragraph((Line(sheet.title),)))
            blocks.append(grid)
    return Source("xlsx", tuple(blocks), gaps=tuple(gaps))
