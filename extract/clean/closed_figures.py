"""Tables of indicators that plain text keeps as one cell a line, without a column of numbers.

指标 / 2019年 / 2022年目标 / 一、经济规模 / 增加值（亿元） / 7200 / 10000: a row is a name and as
many figures as the head has years; a line more before a name is the group of what follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract import lazy as regex
from extract.clean import heads
from extract.clean.fitting import YEAR_HEAD
from extract.clean.printed import Printed
from extract.clean.rebuild import Run, rebuild
from extract.model import Cell, Grid

_NAMES = ("indicator", "group", "task", "measure", "other")
_LEAST_YEARS = 2
_LEAST_ROWS = 3
_MOST_HEADS = 7
_MOST_NAMES = 2
_LONGEST_NAME = 40
_YEAR = regex.compile(r"(?:20\d\d年?)?\p{Han}{0,8}(?:\([^()]{1,8}\))?")
_FIGURE = regex.compile(r"[-/]+|[<>≤≥约超]?\d[\d.,]*(?:-\d[\d.]*)?[%％]?\p{Han}{0,4}|全覆盖|左右")


class _Row(NamedTuple):
    """A row's lines: a group's name above it, its own, its figures; and where it ends."""

    group: Printed | None
    name: Printed
    figures: Sequence[Printed]
    end: int


def split_figures(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with such tables rebuilt, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid, int] | None:
    head = _head(lines, at)
    rows = _rows(head, lines, at + len(head)) if head else []
    return (_grid(head, rows), rows[-1].end) if len(rows) >= _LEAST_ROWS else None


def _head(lines: Sequence[Printed], at: int) -> Sequence[Printed]:
    """The lines of the head that begins at a place: one or two names, then years; none else."""
    names = 0
    while names < _MOST_NAMES and at + names < len(lines) and _is_name(lines[at + names]):
        names += 1
    if not names:
        return ()
    end = at + names
    while end < len(lines) and end - at < _MOST_HEADS and _is_year(lines[end]):
        end += 1
    return lines[at:end] if end - at - names >= _LEAST_YEARS else ()


def _is_name(line: Printed) -> bool:
    return heads.kind(line.text) in _NAMES and not _is_year(line)


def _is_year(line: Printed) -> bool:
    words = line.folded.replace(" ", "")
    return YEAR_HEAD.search(words) is not None and _YEAR.fullmatch(words) is not None


def _rows(head: Sequence[Printed], lines: Sequence[Printed], at: int) -> list[_Row]:
    years = sum(map(_is_year, head))
    rows: list[_Row] = []
    while row := _row(lines, at, years):
        rows.append(row)
        at = row.end
    return rows


def _row(lines: Sequence[Printed], at: int, years: int) -> _Row | None:
    """The row that begins at a place: a name, with its group's above it, and its figures."""
    for names in (1, 2):
        first, end = at + names, at + names + years
        if end > len(lines) or any(map(_is_figure, lines[at:first])):
            return None
        if all(map(_is_figure, lines[first:end])) and not _goes_on(lines, end):
            group = lines[at] if names > 1 else None
            name = lines[first - 1]
            fits = name.width <= 2 * _LONGEST_NAME
            return _Row(group, name, lines[first:end], end) if fits else None
    return None


def _is_figure(line: Printed) -> bool:
    return _FIGURE.fullmatch(line.folded.replace(" ", "")) is not None


def _goes_on(lines: Sequence[Printed], at: int) -> bool:
    """Whether more figures follow than the head has years."""
    return at < len(lines) and _is_figure(lines[at])


def _grid(head: Sequence[Printed], rows: Sequence[_Row]) -> Grid:
    """The table: a group's name in the first of two columns of names, else across it."""
    cells = [Cell(0, place, (line.line,)) for place, line in enumerate(head)]
    names = len(head) - sum(map(_is_year, head))
    group: int | None = None
    at = 1
    for row in rows:
        if row.group and names == 1:
            cells.append(Cell(at, 0, (row.group.line,), 1, len(head)))
            at += 1
        elif row.group:
            group = len(cells)
            cells.append(Cell(at, 0, (row.group.line,)))
        elif group is not None:
            cells[group] = replace(cells[group], row_span=at - cells[group].row + 1)
        cells.append(Cell(at, names - 1, (row.name.line,)))
        for place, line in enumerate(row.figures, names):
            cells.append(Cell(at, place, (line.line,)))
        at += 1
    return Grid(tuple(cells))
