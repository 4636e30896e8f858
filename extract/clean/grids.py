"""Tables that go on over pages, made one; a cell that a page's end cut, made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.clean import heads
from extract.clean.cut_rows import fill, is_cut_row, last_in_column, text_of
from extract.model import Cell, Grid, Paragraph


def merge_grids(grids: Sequence[Grid]) -> list[Grid]:
    """Grids that follow one another without text between: those of one table are made one."""
    merged: list[Grid] = []
    for grid in grids:
        if not grid.cells:
            continue
        above, below = _aligned(merged[-1], grid) if merged else (None, grid)
        if above is not None and _goes_on(above, below):
            merged[-1] = _append(above, below)
        else:
            merged.append(grid)
    return [Grid(tuple(span_down(grid.cells))) for grid in merged]


def span_down(cells: Sequence[Cell]) -> list[Cell]:
    """The filled cells; one in the first column spans the rows below it whose first cell is empty,
    where it stands in a row with others (a group) and holds no sentence (a measure); a number no
    rows that have lost their own."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        if text_of(cell):
            rows.setdefault(cell.row, []).append(cell)
    lost = _without_number(rows)
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
        elif group is not None and row >= covered and row not in lost:
            covered = row + 1
            spanned[group] = replace(spanned[group], row_span=covered - spanned[group].row)
        spanned.extend(rows[row])
    return spanned


def _without_number(rows: dict[int, list[Cell]]) -> set[int]:
    """The rows that have lost their numbers: just as many as the numbers above and below them
    leave out (1, …, …, 4)."""
    lost: set[int] = set()
    first = {row: text_of(cells[0]) for row, cells in rows.items() if cells[0].column == 0}
    for above, below in pairwise(sorted(first)):
        between = {row for row in rows if above < row < below}
        figures = [first[above].rstrip("."), first[below].rstrip(".")]
        if between and all(figure.isdecimal() and len(figure) <= 3 for figure in figures):
            left_out = int(figures[1]) - int(figures[0]) - 1
            lost |= between if left_out == len(between) else set()
    return lost


def as_paragraphs(grid: Grid) -> list[Paragraph] | None:
    """The lines of a grid with one column, which is a frame and no table; None for a table."""
    if not grid.cells or _columns(grid) > 1:
        return None
    return [Paragraph(cell.lines) for cell in grid.cells]


def _columns(grid: Grid) -> int:
    return max(cell.column + cell.column_span for cell in grid.cells)


def _rows(grid: Grid) -> int:
    return max(cell.row + cell.row_span for cell in grid.cells)


def _row(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.cells if cell.row == row]


def _words(grid: Grid, row: int) -> list[tuple[int, str]]:
    return [(cell.column, heads.plain(text_of(cell))) for cell in _row(grid, row) if text_of(cell)]


def _aligned(above: Grid, below: Grid) -> tuple[Grid, Grid]:
    """Two grids with the columns of the one that has more, where their heads say the same: a page
    on which no row parts what stands under a head has a column less there."""
    ups, downs = _head_edges(above), _head_edges(below)
    if _columns(above) == _columns(below) or [text for text, *_ in ups] != [t for t, *_ in downs]:
        return above, below
    if _columns(above) < _columns(below):
        return _widened(above, ups, downs), below
    return above, _widened(below, downs, ups)


def _head_edges(grid: Grid) -> list[tuple[str, int, int]]:
    """The words of a grid's first row, with the columns where each cell begins and ends."""
    head = _row(grid, min(cell.row for cell in grid.cells))
    return [
        (heads.plain(text_of(cell)), cell.column, cell.column + cell.column_span)
        for cell in sorted(head, key=lambda cell: cell.column)
    ]


def _widened(
    grid: Grid, own: list[tuple[str, int, int]], other: list[tuple[str, int, int]]
) -> Grid:
    """The grid with the other head's columns; as it is where its cells part its head otherwise."""
    places = {
        start: start_there for (_, start, _), (_, start_there, _) in zip(own, other, strict=True)
    }
    places |= {end: end_there for (_, _, end), (_, _, end_there) in zip(own, other, strict=True)}
    if any({c.column, c.column + c.column_span} - places.keys() for c in grid.cells):
        return grid
    return Grid(
        tuple(
            replace(
                cell,
                column=places[cell.column],
                column_span=places[cell.column + cell.column_span] - places[cell.column],
            )
            for cell in grid.cells
        )
    )


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
    cut = [cell for cell in cells if cell.row == skip]
    if is_cut_row(kept, cut):
        fill(kept, cut)
        cells = [cell for cell in cells if cell.row > skip] + _lower(cut)
        skip += 1
    base = _rows(above) - skip
    cells = _without_rests(kept, cells, skip, _rows(above))
    kept.extend(replace(cell, row=cell.row + base) for cell in cells)
    return Grid(tuple(kept))


def _lower(cut: list[Cell]) -> list[Cell]:
    """The empty merged cells of a cut row, which go on in the row below it."""
    return [
        replace(cell, row=cell.row + 1, row_span=cell.row_span - 1)
        for cell in cut
        if cell.row_span > 1 and not text_of(cell)
    ]


def _without_rests(above: list[Cell], cells: list[Cell], first: int, last: int) -> list[Cell]:
    """A page's cells without the rest of merged cells, which the cells above them span then: the
    empty ones at its top, in columns that have merged cells."""
    merging = {cell.column for cell in (*above, *cells) if cell.row_span > 1}
    rest = []
    for cell in cells:
        at = last_in_column(above, cell.column) if cell.row == first else None
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
