"""Tables whose rows plain text keeps as lines: cells parted by tabs or by | signs."""

from __future__ import annotations

from collections.abc import Sequence

from extract import lazy as regex
from extract.clean import heads
from extract.clean.grids import span_down
from extract.clean.printed import Printed
from extract.clean.rebuild import Run, rebuild
from extract.model import Cell, Grid, Line

_RULE = regex.compile(r"[-+| :=]+")
_LEAST_ROWS = 2


def split_rows(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with the tables of tabs and | signs taken out of them, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid | None, int] | None:
    end = _table_end(lines, at)
    return (_grid(lines[at:end]) if end - at >= _LEAST_ROWS else None, max(end, at + 1))


def _table_end(lines: Sequence[Printed], at: int) -> int:
    """Where the rows that begin at a line end; `at` where it is no row."""
    separator = _separator(lines[at])
    end = at
    while separator and end < len(lines) and _separator(lines[end]) == separator:
        end += 1
    return end


def _separator(line: Printed) -> str | None:
    text = line.line.text
    if "|" in text and text.count("|") >= 2 and text.strip().strip("- ").startswith("|"):
        return "|"
    tabs = text.count("\t")
    if tabs and (tabs > 1 or _filled(text.split("\t")) > 1):
        return "\t"
    return None


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _cells(line: Printed) -> list[str]:
    """A row's cells as printed."""
    if _separator(line) == "|":
        text = line.text.lstrip("- ").strip()
        return [cell.strip() for cell in text.strip("|").split("|")]
    return [cell.strip() for cell in line.line.text.strip(" \r").split("\t")]


def _grid(lines: Sequence[Printed]) -> Grid | None:
    """Rows as a grid: a head that a new page repeats is left out; None where it is no table."""
    if _separator(lines[0]) == "|":
        lines = [line for line in lines if not _RULE.fullmatch(line.folded)]
    rows = [(line, _cells(line)) for line in lines]
    widths = [0, *(len(cells) for _, cells in rows)]
    full = sum(_filled(cells) > 1 for _, cells in rows)
    thin = max(widths) == 2 and len(rows) < 3 and _separator(lines[0]) == "\t"
    if full < _LEAST_ROWS or full * 2 < len(rows) or thin:
        return None
    head = _words(rows[0][1]) if heads.is_head_row(rows[0][1]) else None
    kept = [
        (line, cells)
        for place, (line, cells) in enumerate(rows)
        if place == 0 or head is None or _words(cells) != head
    ]
    cells = [
        Cell(row, column, (Line(text, line.line.page, line.line.box),))
        for row, (line, texts) in enumerate(kept)
        for column, text in enumerate(texts)
    ]
    return Grid(tuple(span_down(cells)))


def _words(cells: Sequence[str]) -> list[str]:
    return [heads.plain(cell) for cell in cells if cell]
