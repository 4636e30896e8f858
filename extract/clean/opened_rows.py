"""Tables of one cell a line without numbers, each row of which opens with who answers or when.

部门 / 工作职责 / 市水务局 / 加强巡查。 / 市应急局 / …: the first head is one of units or of dates,
so that a line which names units, or a day, and nothing else opens a row. A table in which any row
is not clear is left as text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extract import lazy as regex
from extract.clean import heads
from extract.clean.fitting import WRONG, Column, Fit, fit
from extract.clean.printed import Printed
from extract.clean.rebuild import Run, rebuild
from extract.model import Cell, Grid

_NAME = regex.compile(
    r"\p{Han}{0,24}(?:[局厅委办部院府会站队]|委员会|办公室|单位|部门|公司|中心|乡镇|街道|法院|学校"
    r"|[妇残侨文]联|社科联|工商联|科协|各\p{Han}{0,4}(?:[区县市旗州镇乡]|园区))(?:\([^()]{1,30}\))?等?"
)
_DAY = regex.compile(
    r"(?=[^月]*\d{1,2} ?月)[\d年月日底初末旬上中下起止前后以之至到,、() -]{3,40}(?:\([^()]{1,8}\))?"
)
_BETWEEN = regex.compile("[、, ]")
_NO_HEAD = regex.compile(r"[。;,!?《》、]")
_DUTIES = regex.compile("职责|任务|内容|领域|措施|工作|分工|事项")
_LONGEST_HEAD = 28
"""Columns of the screen that a head takes at most; a Chinese character takes two."""
_LONGEST_UNITS = 80
_MOST_COLUMNS = 4
_MOST_LINES = 8
"""Lines of a row at most."""
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the lines of who answers or when, the others, and how these fall to the columns."""

    opening: Sequence[Printed]
    lines: Sequence[Printed]
    fit: Fit


def split_opened(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with the tables rebuilt whose rows open with who answers or when, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid, int] | None:
    """The table whose head begins at a line, and the place after it; None where it is not sure."""
    opens = _opener(lines[at])
    if opens is None:
        return None
    first = next(
        (p for p in range(at + 1, min(len(lines), at + 2 + _MOST_COLUMNS)) if opens(lines[p])), at
    )
    columns = tuple(Column((line,)) for line in lines[at + 1 : first])
    if not columns or not all(map(_is_head, lines[at:first])):
        return None
    kinds = {column.kind for column in columns}
    if kinds & {*heads.UNIT_KINDS, "deadline", "number"} or not any(
        _DUTIES.search(c.words) for c in columns
    ):
        return None
    rows = list(_rows(columns, lines, first, opens))
    for row in rows:
        if row.fit.sure and row.fit.cost <= WRONG / 3:
            for column, cell in zip(columns, row.fit.cells(row.lines), strict=True):
                column.learn(cell)
    rows = [_Row(row.opening, row.lines, fit(columns, row.lines)) for row in rows]
    if len(rows) < _LEAST_ROWS or not all(row.fit.sure for row in rows):
        return None
    end = first + sum(len(row.opening) + len(row.lines) for row in rows)
    return _grid(lines[at:first], rows), end


def _is_head(line: Printed) -> bool:
    return line.width <= _LONGEST_HEAD and not _NO_HEAD.search(line.folded)


def _opener(head: Printed) -> Callable[[Printed], bool] | None:
    """What tells that a line opens a row of the table whose first head this is; None where the
    head is neither of units nor of dates."""
    kind = heads.kind(head.folded) if _is_head(head) else None
    if kind in heads.UNIT_KINDS:
        return _names_units
    return _names_day if kind == "deadline" else None


def _names_day(line: Printed) -> bool:
    """Whether a line says a day or some days and nothing else."""
    return _DAY.fullmatch(line.folded) is not None


def _names_units(line: Printed) -> bool:
    """Whether a line names units and nothing else."""
    short = line.width <= _LONGEST_UNITS and line.folded not in heads.kinds()
    names = _BETWEEN.split(line.folded.rstrip("、, ")) if short else [""]
    return all(_NAME.fullmatch(name) for name in names)


def _rows(
    columns: Sequence[Column],
    lines: Sequence[Printed],
    at: int,
    opens: Callable[[Printed], bool],
) -> Iterator[_Row]:
    """The rows from the place of the first row's units or day on."""
    while at < len(lines) and opens(lines[at]):
        begin = at
        while at < len(lines) and opens(lines[at]):
            at += 1
        limit = min(len(lines), at + _MOST_LINES)
        end = next((place for place in range(at, limit) if opens(lines[place])), None)
        ends = [end] if end else range(at + 1, min(limit, at + len(columns) + 1) + 1)
        fits = [(fit(columns, lines[at:place]), place) for place in ends]
        found, end = min(fits, key=lambda item: item[0].cost, default=(None, at))
        if found is None:
            return
        yield _Row(lines[begin:at], lines[at:end], found)
        at = end


def _grid(head: Sequence[Printed], rows: Sequence[_Row]) -> Grid:
    cells = [Cell(0, column, (line.line,)) for column, line in enumerate(head)]
    for number, row in enumerate(rows, 1):
        for column, lines in enumerate((row.opening, *row.fit.cells(row.lines))):
            if lines:
                cells.append(Cell(number, column, tuple(line.line for line in lines)))
    return Grid(tuple(cells))
