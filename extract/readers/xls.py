"""XLS (Excel 97-2003): each visible sheet a table, as in XLSX."""

from __future__ import annotations

import xlrd

from extract.model import Source
from extract.readers.errors import ReadError
from extract.readers.sheets import Place, Sheet, Span, Value, shown, source_of

_TEXT, _NUMBER, _DATE, _TRUTH = 1, 2, 3, 4


def read(data: bytes, name: str = "") -> Source:
    """A workbook's visible sheets as grids."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Nowhere()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise ReadError(
                "encrypted",
                "the XLS file is protected by a password; give it with --password, or take it off "
                "in Excel or WPS and save the file",
            ) from error
        raise ReadError(
            "broken_file", "the XLS file is damaged; open it in Excel or WPS and save it as XLSX"
        ) from error
    return source_of(
        "xls",
        (
            Sheet(
                sheet.name,
                _values(book, sheet),
                _spans(sheet),
                sheet.visibility != 0,
                {row + 1 for row, shape in sheet.rowinfo_map.items() if shape.hidden},
            )
            for sheet in book.sheets()
        ),
    )


class _Nowhere:
    """Takes the parser's messages, which go to the terminal else."""

    def write(self, text: str) -> None:
        pass


def _values(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> dict[Place, str]:
    """The texts of a sheet's filled cells, rows counted from 1 as on the screen."""
    found = {}
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind not in (_TEXT, _NUMBER, _DATE, _TRUTH):
                continue
            cell = sheet.cell(row, column)
            value: Value = cell.value
            if kind == _DATE:
                value = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
            style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            found[row + 1, column] = shown(value, style)
    return found


def _spans(sheet: xlrd.sheet.Sheet) -> dict[Place, Span]:
    return {(top + 1, left): (bottom, right - 1) for top, bottom, left, right in sheet.merged_cells}
