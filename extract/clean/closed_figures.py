"""Tables of indicators that plain text keeps as one cell a line, without a column of numbers.

指标 / 2019年 / 2022年目标 / 一、经济规模 / 增加值（亿元） / 7200 / 10000: a row is a name and what
its head's other columns hold, its unit, its figures, its kind (预期性); a line more before a name
is the group of what follows. Where a kind closes each row, the first of its figures may be lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import lazy as regex
from extract.clean import heads
from extract.clean.fitting import YEAR_HEAD, Column
from extract.clean.printed import Printed
from extract.clean.rebuild import Run, rebuild
from extract.model import Cell, Grid

_NAMES = ("indicator", "group", "task", "measure", "other")
_TAIL = ("figure", "short", "bearer")
"""What the columns behind the names hold: figures, a unit, whether it binds (约束性)."""
_LEAST_TAIL = 2
_LEAST_ROWS = 3
_MOST_TAIL = 7
_MOST_NAMES = 2
_LONGEST_NAME = 40
_LONGEST_HEAD = 30
_YEAR = regex.compile(r"(?:20\d\d年?)?\p{Han}{0,8}(?:\([^()]{1,8}\))?")
_FIGURE = regex.compile(
    r"[-/]+|[(\[]?[<>〈〉≤≥约超]?\d[\d.,]*(?:-\d[\d.]*)?[%％]?[)\]]?\p{Han}{0,4}|全覆盖|左右"
)
_BEARER = regex.compile(r"[(\[]?(?:约束|预期|控制|导向|引导)(?:性|类|型)?[)\]]?")
_UNIT = regex.compile(r"[^\d。;,:]{1,8}")


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a head: so many names, then columns of what `tail` says."""

    lines: Sequence[Printed]
    names: int
    tail: tuple[str, ...]

    @property
    def closed(self) -> bool:
        """Whether a kind closes each row."""
        return self.tail[-1] == "bearer"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's lines: a group's name above it, its own, its other cells (None: lost); its end."""

    group: Printed | None
    name: Printed
    cells: Sequence[Printed | None]
    end: int


def split_figures(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with such tables rebuilt, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid, int] | None:
    head = _head(lines, at)
    rows = _rows(head, lines, at + len(head.lines)) if head else []
    return (_grid(head, rows), rows[-1].end) if head and len(rows) >= _LEAST_ROWS else None


def _head(lines: Sequence[Printed], at: int) -> _Head | None:
    """The head that begins at a place: one or two names, then a year and columns beside it."""
    names = 0
    while names < _MOST_NAMES and at + names < len(lines) and _is_name(lines[at + names]):
        names += 1
    if not names:
        return None
    tail: list[str] = []
    end = at + names
    while end < len(lines) and len(tail) < _MOST_TAIL and (kind := _kind(lines[end])):
        tail.append(kind)
        end += 1
        if kind == "bearer":
            break
    years = any(map(_is_year, lines[at + names : end]))
    if not years or len(tail) < _LEAST_TAIL or "figure" not in tail:
        return None
    return _Head(lines[at:end], names, tuple(tail))


def _is_name(line: Printed) -> bool:
    return heads.kind(line.text) in _NAMES and not _is_year(line) and not _kind(line)


def _kind(line: Printed) -> str | None:
    """What the column under a line holds; None where the line heads none behind the names."""
    if line.width > _LONGEST_HEAD:
        return None
    if _is_year(line):
        return "figure"
    wants = Column((line,)).wants
    return wants if wants in ("short", "bearer") else None


def _is_year(line: Printed) -> bool:
    words = line.folded.replace(" ", "")
    return YEAR_HEAD.search(words) is not None and _YEAR.fullmatch(words) is not None


def _rows(head: _Head, lines: Sequence[Printed], at: int) -> list[_Row]:
    rows: list[_Row] = []
    while row := _row(head, lines, at):
        rows.append(row)
        at = row.end
    return rows


def _row(head: _Head, lines: Sequence[Printed], at: int) -> _Row | None:
    """The row that begins at a place: a name, with its group's above it, and its other cells."""
    for names in (1, 2):
        first = at + names
        if first >= len(lines) or any(map(_is_figure, lines[at:first])):
            return None
        found = _cells(head, lines, first)
        if found and lines[first - 1].width <= 2 * _LONGEST_NAME:
            cells, end = found
            return _Row(lines[at] if names > 1 else None, lines[first - 1], cells, end)
    return None


def _cells(
    head: _Head, lines: Sequence[Printed], at: int
) -> tuple[Sequence[Printed | None], int] | None:
    """The cells behind a name, and where they end: all of them, or all but the first figures where
    a kind closes the row; None where the lines are others."""
    first = head.tail.index("figure")
    most = head.tail.count("figure") if head.closed else 1
    for lost in range(most):
        tail = (*head.tail[:first], *head.tail[first + lost :])
        own = lines[at : at + len(tail)]
        if len(own) == len(tail) and all(map(_fits, tail, own)):
            end = at + len(tail)
            whole = not lost and not head.closed and end < len(lines) and _is_figure(lines[end])
            return None if whole else ((*own[:first], *[None] * lost, *own[first:]), end)
    return None


def _fits(kind: str, line: Printed) -> bool:
    words = line.folded.replace(" ", "")
    if kind == "bearer":
        return _BEARER.fullmatch(words) is not None
    if kind == "short":
        return _UNIT.fullmatch(words) is not None
    return _is_figure(line)


def _is_figure(line: Printed) -> bool:
    return _FIGURE.fullmatch(line.folded.replace(" ", "")) is not None


def _grid(head: _Head, rows: Sequence[_Row]) -> Grid:
    """The table: a group's name in the first of two columns of names, else across it."""
    cells = [Cell(0, place, (line.line,)) for place, line in enumerate(head.lines)]
    group: int | None = None
    at = 1
    for row in rows:
        if row.group and head.names == 1:
            cells.append(Cell(at, 0, (row.group.line,), 1, len(head.lines)))
            at += 1
        elif row.group:
            group = len(cells)
            cells.append(Cell(at, 0, (row.group.line,)))
        elif group is not None:
            cells[group] = replace(cells[group], row_span=at - cells[group].row + 1)
        cells.append(Cell(at, head.names - 1, (row.name.line,)))
        for place, line in enumerate(row.cells, head.names):
            if line is not None:
                cells.append(Cell(at, place, (line.line,)))
        at += 1
    return Grid(tuple(cells))
