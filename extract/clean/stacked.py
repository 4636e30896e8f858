"""Tables that plain text keeps as one cell a line, rebuilt where their heads prove the columns.

序号 / 重点任务 / 责任单位 / 完成时限 / 1 / … / 2 / …: a head opens with the word for the row's
number, each row with its number. How the lines of a row fall to the columns, `fitting` finds; a
table in which that is not clear for nearly every row is left as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extract import lazy as regex
from extract.clean import heads
from extract.clean.fitting import WRONG, Column, Fit, fit
from extract.clean.printed import Printed
from extract.clean.rebuild import Run, rebuild
from extract.clean.stackedheads import (
    HAN_NUMBER,
    Head,
    RowNumber,
    first_row,
    number_of,
    opens,
    readings,
)
from extract.model import Cell, Grid

_STOP = regex.compile(
    r"[附备]?注[:1-9]|附?[表件图]\d|附[表件图]?:|说明[:]|第[一二三四五六七八九十]+[章节条]"
    r"|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|填表"
)
_SUM = regex.compile("[合小总共] *计")
_FIGURE = regex.compile(r"[\d.,%/\- ]+")
_PROSE = regex.compile("[。:]$")
_MOST_EXTRA = 12
_MOST_PLACES = 3
_MOST_GROUP = 2
_SAMPLE = 8
_LEAST_ROWS = 2
_LEAST_SURE = 0.6


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's number and lines, how they fall to the columns, the lines of a sum or of the next
    group's name behind them, and the place of the next row's number, if there is one. `shared`: so
    many columns, and the number, are those of the row above."""

    number: Printed
    lines: Sequence[Printed]
    fit: Fit
    behind: Sequence[Printed]
    next: int | None
    end: int
    shared: int = 0


def split_stacked(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with the tables of one cell a line rebuilt, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid, int] | None:
    """The table whose head begins at a line, and the place after it; None where it is not sure."""
    first = first_row(lines, at) if opens(lines[at]) else None
    if first is None:
        return None
    best: tuple[float, Head] | None = None
    for head in readings(lines[at:first]):
        sample = list(_rows(head.columns, lines, first, _SAMPLE))
        cost = head.cost + sum(_doubt(row) for row in sample) / len(sample)
        if best is None or cost < best[0]:
            best = cost, head
    if best is None:
        return None
    head = best[1]
    rows = list(_rows(head.columns, lines, first))
    rows = [part for row in _fitted_again(head.columns, rows) for part in _parts(head.columns, row)]
    sure = sum(row.fit.sure for row in rows)
    columns = head.columns[1:] if _names_groups(head, rows) else head.columns
    empty = any(not (column.values or column.is_remark) for column in columns)
    typed = any(column.wants not in ("any", "text") for column in head.columns)
    least = _LEAST_SURE * len(rows) if typed else len(rows)
    if empty or sure < max(_LEAST_ROWS, least):
        return None
    rows += _left_over(head.columns, lines, rows[-1].end)
    return _grid(head, rows), rows[-1].end


def _names_groups(head: Head, rows: Sequence[_Row]) -> bool:
    """Whether the first column holds only the names of groups, each behind its number."""
    first = head.columns[0]
    groups = [head.group, *(row.behind for row in rows)]
    numbered = any(len(group) == 2 and HAN_NUMBER.fullmatch(group[0].folded) for group in groups)
    return numbered and not first.values and first.kind in ("task", "group")


def _doubt(row: _Row) -> float:
    """What a row says against a reading of the head."""
    loose = bool(row.behind) and not _SUM.fullmatch(row.behind[0].folded)
    return min(row.fit.cost, WRONG) + (not row.fit.clear) + loose


def _rows(
    columns: Sequence[Column], lines: Sequence[Printed], at: int, most: int | None = None
) -> Iterator[_Row]:
    """The rows from the place of a row's number on, `most` of them."""
    place: int | None = at
    count = 0
    outer: RowNumber | None = None
    while place is not None and (most is None or count < most):
        number = number_of(lines[place])
        outer = outer if number is None or number.inner else number
        row = _row(columns, lines, place, outer)
        # a row of an outer list may stand among what is behind: 小计, 城市排洪防涝工程, 1, 北排工程
        numbers = (number_of(line) for line in row.behind)
        outer = next((each for each in reversed([*numbers]) if each and not each.inner), outer)
        yield row
        place = row.next
        count += 1


def _row(
    columns: Sequence[Column], lines: Sequence[Printed], at: int, outer: RowNumber | None
) -> _Row:
    """The row whose number stands at a place: up to the next number that leaves lines which fall to
    the columns best, or up to the table's end. `outer`: the last number without brackets."""
    number = number_of(lines[at])
    parts = _MOST_PARTS if any(column.beside for column in columns) else 1
    limit = _limit(lines, at + 1, parts * len(columns) + _MOST_EXTRA)
    wanted = [item for known in (number, outer) if known for item in known.next]
    nearest: list[int] = []
    for values, price in ((wanted, 0.0), ([RowNumber(1, False)], 1.0)):
        near = list(islice(_places(lines, at + 1, limit, values), _MOST_PLACES))
        cuts = [(place, *cut) for place in near for cut in _cut(columns, lines, at, place)]
        place, cost, row = min(cuts, key=lambda cut: cut[1], default=(0, WRONG, None))
        if price and not nearest and not (row and row.fit.sure):
            last = _last_row(columns, lines, at, limit)
            if last.fit.sure:
                return last
        if row is not None and cost + price < WRONG:
            return replace(row, next=place)
        nearest = nearest or near[:1]
    for place in nearest:
        lost = lines[at + 1 : place]
        return _Row(lines[at], lost, fit(columns, lost), (), place, place)
    return _last_row(columns, lines, at, limit)


def _places(
    lines: Sequence[Printed], start: int, end: int, values: Sequence[RowNumber]
) -> Iterator[int]:
    """Where one of these numbers stands and is no figure of a sum, nor of the row above one."""
    for place in range(start, end):
        if number_of(lines[place]) not in values or _is_summed(lines[start:place]):
            continue
        if place + 1 == len(lines) or not _SUM.fullmatch(lines[place + 1].folded):
            yield place


def _is_summed(before: Sequence[Printed]) -> bool:
    """Whether a number is one of the figures behind the word for a sum."""
    for line in reversed(before):
        if _SUM.fullmatch(line.folded):
            return True
        if not _is_figure(line):
            return False
    return False


def _limit(lines: Sequence[Printed], start: int, most: int) -> int:
    """The place up to which a row's lines may go: a new head ends it."""
    for place in range(start, min(len(lines), start + most)):
        if opens(lines[place]):
            return place
    return min(len(lines), start + most)


def _cut(
    columns: Sequence[Column], lines: Sequence[Printed], at: int, end: int
) -> Iterator[tuple[float, _Row]]:
    """The ways to part the lines after a row's number into its cells and what stands behind."""
    sums = [p for p in range(at + 1, end) if _SUM.fullmatch(lines[p].folded)]
    cuts = sums[:1] or [end - behind for behind in range(_MOST_GROUP + 1)]
    if (
        not sums
        and end - at > _MOST_GROUP + 2
        and HAN_NUMBER.fullmatch(lines[end - _MOST_GROUP - 1].folded)
    ):
        cuts.append(end - _MOST_GROUP - 1)
    for cut in cuts:
        names = sum(not _is_figure(line) for line in lines[cut:end]) - bool(sums)
        if cut <= at or names > _MOST_GROUP:
            continue
        own = lines[at + 1 : cut]
        found = fit(columns, own)
        price = 0.0 if sums else 0.7 * (end - cut)
        yield found.cost + price, _Row(lines[at], own, found, lines[cut:end], None, end)


def _last_row(columns: Sequence[Column], lines: Sequence[Printed], at: int, limit: int) -> _Row:
    """The last row: as many lines as fall to the columns best, and a sum behind them. Where a word
    that ends tables stands near, all lines up to it or to some line of prose before it."""
    stop = next((p for p in range(at + 1, limit) if _STOP.match(lines[p].folded)), limit)
    last = next((p for p in range(at + 1, stop) if _SUM.fullmatch(lines[p].folded)), stop)
    ends = [p for p in range(at + 1, last) if stop == limit or _PROSE.search(lines[p].folded)]
    fits = [(fit(columns, lines[at + 1 : end]), end) for end in (*ends, last)]
    found, end = min(fits, key=lambda item: item[0].cost)
    rest = end
    while rest < stop and end == last < stop and (rest == end or _is_figure(lines[rest])):
        rest += 1
    return _Row(lines[at], lines[at + 1 : end], found, lines[end:rest], None, rest)


def _left_over(columns: Sequence[Column], lines: Sequence[Printed], at: int) -> Iterator[_Row]:
    """The rows behind the last one whose numbers do not follow, as one is lost or wrong in the
    paper: each a number and lines that fall to all columns, with units or a date among them."""
    typed = any(column.wants in ("units", "date") for column in columns)
    while typed and at < len(lines) and number_of(lines[at]):
        first = at + 1 + len(columns)
        ends = range(first, min(len(lines), first + _MOST_GROUP) + 1)
        fits = [(fit(columns, lines[at + 1 : end]), end) for end in ends]
        found, end = next((each for each in fits if _is_whole(each[0])), (None, at))
        if found is None:
            return
        yield _Row(lines[at], lines[at + 1 : end], found, (), None, end)
        at = end


def _is_whole(found: Fit) -> bool:
    """Whether lines fall to all columns, none of them doubtful."""
    return found.sure and 0 not in found.deal and found.cost < WRONG / 3


def _is_figure(line: Printed) -> bool:
    return _FIGURE.fullmatch(line.folded) is not None


def _fitted_again(columns: Sequence[Column], rows: Sequence[_Row]) -> list[_Row]:
    """Rows dealt out once more, by what the sure ones say of their columns."""
    for row in rows:
        if row.fit.sure and row.fit.cost <= WRONG / 3:
            for column, lines in zip(columns, row.fit.cells(row.lines), strict=True):
                column.learn(lines)
    return [replace(row, fit=fit(columns, row.lines)) for row in rows]


def _parts(columns: Sequence[Column], row: _Row) -> list[_Row]:
    """A row, or the rows under one number and name that it holds: each has all other columns."""
    shared = next((i for i, column in enumerate(columns) if not column.beside), 0)
    if row.fit.sure or not shared or len(row.lines) <= len(columns):
        return [row]
    if any(number_of(line) for line in row.lines):
        return [row]
    if row.behind and not HAN_NUMBER.match(row.behind[0].folded):
        whole = _parts(columns, replace(row, lines=(*row.lines, *row.behind), behind=()))
        if len(whole) > 1:
            return whole
    ways: dict[int, tuple[float, list[_Row]]] = {0: (0.0, [])}
    for start in range(len(row.lines)):
        if start not in ways:
            continue
        cost, before = ways[start]
        own = shared if before else 0
        for end in range(start + 1, min(len(row.lines), start + len(columns) + 2) + 1):
            lines = row.lines[start:end]
            found = fit(columns[own:], lines)
            total = cost + found.cost + _A_PART
            if found.sure and 0 not in found.deal and (end not in ways or total < ways[end][0]):
                found = replace(found, deal=(*([0] * own), *found.deal))
                part = replace(row, lines=lines, fit=found, behind=(), shared=own)
                ways[end] = total, [*before, part]
    if len(row.lines) not in ways:
        return [row]
    _, parts = ways[len(row.lines)]
    return [*parts[:-1], replace(parts[-1], behind=row.behind)]


_MOST_PARTS = 4
_A_PART = 0.3
"""What a further row under one number costs, so that no more are made than are needed."""


def _grid(head: Head, rows: Sequence[_Row]) -> Grid:
    """The table: a row that is not sure is one cell across it, and so is a group's name."""
    cells = head.cells()
    width = len(head.columns) + 1
    at = max(cell.row + cell.row_span for cell in cells)
    if head.group:
        cells += _named(head.group, at, width)
        at += 1
    open_at: dict[int, int] = {}
    first_of_units = _units_at_the_end(head.columns)
    units: list[int] = []
    for row in rows:
        if row.fit.sure:
            begins = len(cells)
            _put_row(cells, head.columns, row, at, open_at)
            own = [i for i in range(begins, len(cells)) if cells[i].column >= first_of_units]
            if units and not own:
                _span_down(cells, units, at)
            units = own or units
        else:
            whole = tuple(line.line for line in (row.number, *row.lines))
            cells.append(Cell(at, 0, whole, 1, width))
            units = []
        at += 1
        if row.behind:
            cells += _behind(row.behind, at, width)
            open_at = {}
            units = [] if _NUMBERED.match(row.behind[0].folded) else units
            at = cells[-1].row + 1
    return Grid(tuple(cells))


_NUMBERED = regex.compile(
    r"[合小总共] *计|\(?[一二三四五六七八九十]{1,3}[)、]"
    r"|\p{Han}{2,6}[一二三四五六七八九十]{1,3}[:、]"
)
"""A sum, or the name of an outer group: no cell spans it."""


def _units_at_the_end(columns: Sequence[Column]) -> int:
    """The first of the columns of units that close a row; the table's width where none does."""
    at = len(columns)
    while at and columns[at - 1].kind in heads.UNIT_KINDS:
        at -= 1
    return at + 1


def _span_down(cells: list[Cell], units: Sequence[int], row: int) -> None:
    """Let the cells of units cover a row that has none: it takes them from the row above. The name
    of a group between them leaves them their columns."""
    edge = min(cells[i].column for i in units)
    first = cells[units[0]].row
    for i, cell in enumerate(cells):
        if first < cell.row < row and cell.column + cell.column_span > edge:
            cells[i] = replace(cell, column_span=edge - cell.column)
    for i in units:
        cells[i] = replace(cells[i], row_span=row - cells[i].row + 1)


def _put_row(
    cells: list[Cell], columns: Sequence[Column], row: _Row, at: int, open_at: dict[int, int]
) -> None:
    """Append a row's cells; one that is missing under a group's cell is covered by that."""
    if not row.shared:
        open_at[-1] = len(cells)
        cells.append(Cell(at, 0, (row.number.line,)))
    for place in range(-1, row.shared) if row.shared else ():
        above = cells[open_at[place]]
        cells[open_at[place]] = replace(above, row_span=at - above.row + 1)
    for place, lines in enumerate(row.fit.cells(row.lines)):
        if lines:
            open_at[place] = len(cells)
            cells.append(Cell(at, place + 1, tuple(line.line for line in lines)))
        elif columns[place].kind == "group" and place in open_at:
            above = cells[open_at[place]]
            cells[open_at[place]] = replace(above, row_span=at - above.row + 1)


def _behind(lines: Sequence[Printed], at: int, width: int) -> list[Cell]:
    """A sum with its figures under the last columns, a group's name across the table."""
    cells: list[Cell] = []
    rest = list(lines)
    if _SUM.fullmatch(lines[0].folded):
        end = next((i for i in range(1, len(lines)) if not _is_figure(lines[i])), len(lines))
        first = max(width - end, 0) + 1
        cells.append(Cell(at, 0, (lines[0].line,)))
        cells += [Cell(at, first + i, (line.line,)) for i, line in enumerate(lines[1:end])]
        rest = rest[end:]
        at += 1
    names = [rest[:1], rest[1:]] if rest and _NUMBERED.match(rest[0].folded) else [rest]
    for row, name in enumerate(filter(None, names)):
        cells += _named(name, at + row, width)
    return cells


def _named(name: Sequence[Printed], row: int, width: int) -> list[Cell]:
    """A group's name across the table, behind its number where that is a cell of its own, and
    before its figure."""
    if len(name) > 1 and HAN_NUMBER.fullmatch(name[0].folded):
        across = 1 if len(name) > 2 else width - 1
        cells = [Cell(row, 0, (name[0].line,)), Cell(row, 1, (name[1].line,), 1, across)]
        return [*cells, *(Cell(row, 2 + i, (line.line,)) for i, line in enumerate(name[2:]))]
    return [Cell(row, 0, tuple(line.line for line in name), 1, width)]
