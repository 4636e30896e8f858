"""XLS (Excel 97-2003): each visible sheet a table, as in XLSX."""

from __future__ import annotations

import xlrd

from extract.model import Block, Line, Paragraph, Source
from extract.readers.errors import ReadError
from extract.readers.sheets import Span, Value, grid_of, is_plain_name, shown

_DATE, _NUMBER, _TRUTH = 3, 2, 4


def read(data: bytes, name: str = "") -> Source:
    """A workbook's visible sheets as grids."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Nowhere())
    except xlrd.XLRDError as error:
        locked = "encrypted" in str(error).lower()
        raise ReadError(
            "encrypted" if locked else "broken_file",
            "the XLS file is protected by a password or damaged; open it in Excel or WPS and save "
            "it as XLSX without a password",
            "xls",
        ) from error
    blocks: list[Block] = []
    for sheet in book.sheets():
        if sheet.visibility:
            continue
        grid = grid_of(_values(book, sheet), _spans(sheet))
        if grid.cells:
            if not is_plain_name(sheet.name):
                blocks.append(Paragraph((Line(sheet.name),)))
            blocks.append(grid)
    return Source("xls", tuple(blocks))


class _Nowhere:
    """Takes the parser's messages, which go to the terminal else."""

    def write(self, text: str) -> None:
        pass


def _values(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> dict[tuple[int, int], str]:
    found = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            value: Value = cell.value
            if cell.ctype == _DATE:
                value = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
            elif cell.ctype not in (1, _NUMBER, _TRUTH):
                continue
            style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            found[row, column] = shown(value, style)
    return found


def _spans(sheet: xlrd.sheet.Sheet) -> dict[tuple[int, int], Span]:
    return {(top, left): (bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells}
