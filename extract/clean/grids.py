"""Tables that go on over pages, made one; a cell that a page's end cut, made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.clean import heads
from extract.clean.ends import is_finished
from extract.lens import fold
from extract.model import Cell, Grid, Line, Paragraph


def merge_grids(grids: Sequence[Grid]) -> list[Grid]:
    """Grids that follow one another without text between: those of one table are made one."""
    merged: list[Grid] = []
    for grid in grids:
        if not grid.cells:
            continue
        if merged and _goes_on(merged[-1], grid):
            merged[-1] = _append(merged[-1], grid)
        else:
            merged.append(grid)
    return [Grid(tuple(span_down(grid.cells))) for grid in merged]


def span_down(cells: Sequence[Cell]) -> list[Cell]:
    """The filled cells; one in the first column spans the rows below it whose first cell is empty,
    where it stands in a row with others (a group) and holds no sentence (a measure)."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        if text_of(cell):
            rows.setdefault(cell.row, []).append(cell)
    spanned: list[Cell] = []
    group: int | None = None
    covered = 0
    for row in sorted(rows):
        first = rows[row][0]
        if first.column == 0:
            shared = len(rows[row]) > 1 and not text_of(first).endswith("。")
            head = heads.is_head_row([text_of(cell) for cell in rows[row]])
            group = len(spanned) if shared and not head else None
            covered = row + first.row_span
        elif group is not None and row >= covered:
            covered = row + 1
            spanned[group] = replace(spanned[group], row_span=covered - spanned[group].row)
        spanned.extend(rows[row])
    return spanned


def as_paragraphs(grid: Grid) -> list[Paragraph] | None:
    """The lines of a grid with one column, which is a frame and no table; None for a table."""
    if _columns(grid) > 1 or not grid.cells:
        return None
    return [Paragraph(cell.lines) for cell in grid.cells]


def _columns(grid: Grid) -> int:
    return max(cell.column + cell.column_span for cell in grid.cells)


def _rows(grid: Grid) -> int:
    return max(cell.row + cell.row_span for cell in grid.cells)


def text_of(cell: Cell) -> str:
    """The cell's words, its lines joined."""
    return "".join(line.text.strip() for line in cell.lines)


def _row(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.cells if cell.row == row]


def _words(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(cell.column, heads.plain(text_of(cell))) for cell in _row(grid, row) if text_of(cell)]


def _goes_on(above: Grid, below: Grid) -> bool:
    """Whether a grid is the next page's part of the one before it."""
    if _columns(above) != _columns(below):
        return False
    first = min(cell.row for cell in below.cells)
    if _words(above, min(cell.row for cell in above.cells)) == _words(below, first):
        return True
    if heads.is_head_row([text_of(cell) for cell in _row(below, first)]):
        return False
    return _page(above.cells[-1]) != _page(below.cells[0]) or _page(below.cells[0]) is None


def _page(cell: Cell) -> int | None:
    return next((line.page for line in cell.lines if line.page is not None), None)


def _head_rows(above: Grid, below: Grid) -> int:
    """How many first rows of a grid repeat those of the one before it."""
    first = min(cell.row for cell in above.cells)
    start = min(cell.row for cell in below.cells)
    count = 0
    while count < 3 and _words(below, start + count) == _words(above, first + count) != []:
        count += 1
    return count


def _append(above: Grid, below: Grid) -> Grid:
    skip = min(cell.row for cell in below.cells) + _head_rows(above, below)
    cells = [cell for cell in below.cells if cell.row >= skip]
    if not cells:
        return above
    kept = list(above.cells)
    base = _rows(above) - skip
    cells = _without_rests(kept, cells, skip)
    cut = [cell for cell in cells if cell.row == skip]
    if _is_cut_row(kept, cut):
        _fill(kept, cut)
        cells = [cell for cell in cells if cell.row > skip]
        base -= 1
    kept.extend(replace(cell, row=cell.row + base) for cell in cells)
    return Grid(tuple(kept))


def _without_rests(above: list[Cell], cells: list[Cell], first: int) -> list[Cell]:
    """A page's cells without the rest of merged cells, which the cells above them span then: the
    empty ones at its top, in columns that have merged cells."""
    last = max(cell.row + cell.row_span for cell in above)
    merging = {cell.column for cell in (*above, *cells) if cell.row_span > 1}
    rest = []
    for cell in cells:
        at = _last_in_column(above, cell.column) if cell.row == first else None
        if (
            at is not None
            and cell.column in merging
            and not text_of(cell)
            and above[at].row + above[at].row_span == last
            and above[at].column_span == cell.column_span
        ):
            above[at] = replace(above[at], row_span=above[at].row_span + cell.row_span)
        else:
            rest.append(cell)
    return rest


def _last_in_column(cells: Sequence[Cell], column: int) -> int | None:
    for at in range(len(cells) - 1, -1, -1):
        if cells[at].column == column and text_of(cells[at]):
            return at
    return None


def _is_cut_row(above: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Whether a page's first row is the rest of the row before it: nothing in the first column, and
    under its longest cell a cell that stops in mid-sentence."""
    filled = [cell for cell in first if text_of(cell)]
    if not filled or any(cell.column == 0 for cell in filled):
        return False
    longest = max(filled, key=lambda cell: len(text_of(cell)))
    at = _last_in_column(above, longest.column)
    if at is None:
        return False
    text = fold(text_of(above[at]))
    return len(text) > 8 and not is_finished(text[-300:])


def _fill(above: list[Cell], rest: Sequence[Cell]) -> None:
    """Put the rest of cut cells into the cells above them."""
    last = max(cell.row + cell.row_span for cell in above) - 1
    for cell in rest:
        if not text_of(cell):
            continue
        at = _last_in_column(above, cell.column)
        if at is None or above[at].row + above[at].row_span - 1 < last:
            above.append(Cell(last, cell.column, cell.lines, 1, cell.column_span))
            continue
        lines: tuple[Line, ...] = (*above[at].lines, *cell.lines)
        above[at] = replace(above[at], lines=lines)
