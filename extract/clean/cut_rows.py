"""Rows that a page's end cut: how a page's first row tells that it is the rest of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract import lazy as regex
from extract.clean.ends import cannot_begin, is_finished, is_weak_opener, label_kind
from extract.lens import fold
from extract.model import Cell

_SHORT = 8
_LEAST_ROWS = 4
_LEAST_COLUMNS = 2
_BRACKET = regex.compile(r"[()]")
_DATE_TAIL = regex.compile(r"[年月日号时分][前底末起止]?|[前底末起止]")
_DATE_END = regex.compile(r"[\d年月日号]$")


def text_of(cell: Cell) -> str:
    """The cell's words, its lines joined."""
    return "".join(line.text.strip() for line in cell.lines)


def last_in_column(cells: Sequence[Cell], column: int) -> int | None:
    """Where the last filled cell of a column stands among the cells of a table."""
    for at in range(len(cells) - 1, -1, -1):
        if cells[at].column == column and text_of(cells[at]):
            return at
    return None


def is_cut_row(above: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Whether a page's first row is the rest of the last row above it.

    Either nothing stands in its first column, and its longest cell goes on from one that stops in
    mid-sentence, or columns that every row fills are empty: a new row would have a number and a
    unit. Or every cell goes on from an unfinished one, and one of them cannot begin a cell: 正）。
    under 补办（更, 日 under 5月21日—5月22.
    """
    filled = [cell for cell in first if text_of(cell)]
    if not filled:
        return False
    if any(cell.column == 0 for cell in filled):
        return _run_on(above, filled)
    return _stops_short(above, filled) or _lacks_what_rows_have(above, first, filled)


def _stops_short(above: Sequence[Cell], filled: Sequence[Cell]) -> bool:
    longest = max(filled, key=lambda cell: len(text_of(cell)))
    at = last_in_column(above, longest.column)
    if at is None:
        return False
    text = fold(text_of(above[at]))
    return len(text) > _SHORT and not is_finished(text[-300:])


def _run_on(above: Sequence[Cell], filled: Sequence[Cell]) -> bool:
    last = max(cell.row + cell.row_span for cell in above)
    ends = {c.column: fold(text_of(c)) for c in above if c.row + c.row_span == last}
    pairs = [(ends.get(cell.column, ""), fold(text_of(cell))) for cell in filled]
    if any(not end or is_finished(end) or _is_labelled(start) for end, start in pairs):
        return False
    return any(_cannot_begin(end, start) for end, start in pairs)


def _is_labelled(start: str) -> bool:
    return label_kind(start) is not None or is_weak_opener(start)


def _cannot_begin(end: str, start: str) -> bool:
    """Whether a text only makes sense as the rest of the one that ends before it."""
    bracket = _BRACKET.search(start)
    closes = bracket is not None and bracket[0] == ")" and end.count("(") > end.count(")")
    dated = _DATE_TAIL.fullmatch(start) and _DATE_END.search(end)
    return closes or bool(dated) or cannot_begin(start)


def _lacks_what_rows_have(
    above: Sequence[Cell], first: Sequence[Cell], filled: Sequence[Cell]
) -> bool:
    """Whether columns that each row above fills with a cell of its own are empty, while what is
    filled stands under texts of some length."""
    rows = {cell.row for cell in above if text_of(cell)}
    own: dict[int, set[int]] = {}
    for cell in above:
        if text_of(cell) and cell.row_span == cell.column_span == 1:
            own.setdefault(cell.column, set()).add(cell.row)
    lacking = sum(
        not text_of(cell) and cell.row_span == 1 and own.get(cell.column) == rows for cell in first
    )
    if len(rows) < _LEAST_ROWS or lacking < _LEAST_COLUMNS:
        return False
    last = max(rows)
    long = {c.column for c in above if c.row == last and len(text_of(c)) > _SHORT}
    return all(cell.column in long for cell in filled)


def fill(above: list[Cell], rest: Sequence[Cell]) -> None:
    """Put the rest of cut cells into the cells above them."""
    last = max(cell.row + cell.row_span for cell in above) - 1
    for cell in rest:
        if not text_of(cell):
            continue
        at = last_in_column(above, cell.column)
        if at is None or above[at].row + above[at].row_span - 1 < last:
            above.append(replace(cell, row=last))
            continue
        above[at] = replace(
            above[at],
            lines=(*above[at].lines, *cell.lines),
            row_span=above[at].row_span + cell.row_span - 1,
        )
