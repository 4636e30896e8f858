"""CSV: one table, whatever separates its columns."""

from __future__ import annotations

import csv
import io

from extract.model import Cell, Grid, Line, Source
from extract.readers.charset import decode

_SEPARATORS = ",\t;|，"
_MAX_FIELD = 10_000_000


def read(data: bytes, name: str = "") -> Source:
    """A CSV file as one grid."""
    decoded = decode(data)
    text = decoded.text
    head = text[:20_000]
    separator = max(_SEPARATORS, key=head.count)
    cells = []
    lines = io.StringIO(text, newline="")
    for row, fields in enumerate(_rows(lines, separator)):
        for column, value in enumerate(fields):
            kept = tuple(Line(part.strip()) for part in value.splitlines() if part.strip())
            cells.append(Cell(row, column, kept))
    blocks = (Grid(tuple(cells)),) if cells else ()
    return Source("csv", blocks, gaps=decoded.gaps)


def _rows(lines: io.StringIO, separator: str) -> list[list[str]]:
    reader = csv.reader(lines, delimiter=separator, strict=False)
    rows = []
    while True:
        try:
            rows.append(next(reader))
        except StopIteration:
            return [row for row in rows if any(value.strip() for value in row)]
        except csv.Error:
            continue
