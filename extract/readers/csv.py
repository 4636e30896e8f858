"""CSV: one table, whatever separates its columns.

A quotation mark that is never closed would take all rows behind it into one cell: they are read as
they stand, and told.
"""

from __future__ import annotations

import csv
import io

from extract import lazy as regex
from extract.model import Cell, Gap, Grid, Line, Source
from extract.readers.charset import decode

_SEPARATORS = ",\t;|，"
_STATED = regex.compile(r"\ufeff?sep=([,\t;|，])\r?\n", regex.IGNORECASE)
"""The line with which a file tells Excel what parts its columns."""
_AT_THE_END = "end of data"
"""What the library says where the file ends between quotation marks."""
csv.field_size_limit(2**31 - 1)  # for the whole process: the library has no other way


def read(data: bytes, name: str = "") -> Source:
    """A CSV file as one grid; lines behind a mark that is not closed are a gap."""
    decoded = decode(data)
    stated = _STATED.match(decoded.text)
    text = decoded.text[stated.end() :] if stated else decoded.text
    head = text[:20_000]
    separator = stated[1] if stated else max(_SEPARATORS, key=head.count)
    cells = []
    rows, plain = _rows(list(io.StringIO(text, newline="")), separator)
    for row, fields in enumerate(rows):
        for column, value in enumerate(fields):
            kept = tuple(Line(part.strip()) for part in value.splitlines() if part.strip())
            cells.append(Cell(row, column, kept))
    blocks = (Grid(tuple(cells)),) if cells else ()
    return Source("csv", blocks, gaps=(*decoded.gaps, *_open_quotes(plain)))


def _rows(lines: list[str], separator: str) -> tuple[list[list[str]], list[int]]:
    """The rows that have a text; and the lines, from 0, that were read without quotation marks."""
    rows: list[list[str]] = []
    plain: list[int] = []
    at = 0
    while at < len(lines):
        rest = map(lines.__getitem__, range(at, len(lines)))
        reader = csv.reader(rest, delimiter=separator, strict=True)
        first = at
        try:
            for row in reader:
                rows.append(row)
                first = at + reader.line_num
            break
        except csv.Error as error:
            last = at + reader.line_num - 1
            is_open = last > first or _AT_THE_END in str(error)
        # the last line may be right by itself; one that is not, 甲 in "甲"乙, is read leniently
        at = max(last, first + 1)
        if is_open:
            rows += csv.reader(lines[first:at], delimiter=separator, quoting=csv.QUOTE_NONE)
            plain += range(first, at)
        else:
            rows += csv.reader(lines[first:at], delimiter=separator)
    return [row for row in rows if any(value.strip() for value in row)], plain


def _open_quotes(plain: list[int]) -> list[Gap]:
    """A gap where lines were read without quotation marks."""
    if not plain:
        return []
    message = (
        f"line {plain[0] + 1} opens a quotation mark that is not closed as CSV has it; "
        f"{len(plain)} line(s) were read as they stand, a row each: compare them with the file, or "
        "save the table as XLSX and give that"
    )
    return [Gap("read", "file_cut", message)]
