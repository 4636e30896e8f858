"""Heads of a table that plain text keeps as one cell a line: every way to read their lines.

A head's words may be broken (指标 / 属性, 总投资 / （万元）), and a head may name several columns
(责任分工 over 牵头单位 / 配合单位). Which way is right, the rows decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from extract import lazy as regex
from extract.clean import heads
from extract.clean.fitting import YEAR_HEAD, Column
from extract.clean.printed import Break, Printed, display
from extract.model import Cell

_NUMBER = regex.compile(r"(?P<inner>\()?(?P<figure>\d{1,3})(?(inner)\)|[.、]?)")
HAN_NUMBER = regex.compile("[一二三四五六七八九十]{1,3}[、.]?")
"""The number of a group, in a cell of its own."""
_NO_HEAD = regex.compile(r"[。;,!?《》]")
_YEAR_WORD = regex.compile(
    r"20\d\d年?(?:现状|目标|规划|计划|完成|实际|任务|预期)(?:值|数|量|情况|目标)?"
)
_BRACKET = regex.compile(r"\([^()]*\)")
_LONGEST = 30
_LONGEST_REST = 12
_MOST_LINES = 16
_LEAST_LINES = 3
_LONGEST_QUALIFIED = 6
"""Characters of a head word with what qualifies it: 县级 / 责任单位."""
_MOST_JOINTS = 6


@dataclass(frozen=True, slots=True)
class Head:
    """One way to read a head: its line for the row's number, its other columns, a line over some
    of them (with the first and the last), the lines of a group before the first row, its cost."""

    number: Printed
    columns: tuple[Column, ...]
    over: tuple[Printed, int, int] | None
    group: tuple[Printed, ...]
    cost: float

    def cells(self) -> list[Cell]:
        """The head's rows: one, or two where a line stands over several columns."""
        deep = 2 if self.over else 1
        cells = [Cell(0, 0, (self.number.line,), deep)]
        inner = range(self.over[1], self.over[2] + 1) if self.over else range(0)
        for place, column in enumerate(self.columns):
            if self.over and place == self.over[1]:
                cells.append(Cell(0, place + 1, (self.over[0].line,), 1, len(inner)))
            if place not in inner:
                lines = tuple(line.line for line in column.lines)
                cells.append(Cell(0, place + 1, lines, deep))
        for place in inner:
            lines = tuple(line.line for line in self.columns[place].lines)
            cells.append(Cell(1, place + 1, lines))
        return cells


class RowNumber(NamedTuple):
    """A row's number; `inner`: in brackets, a part of the row above it."""

    figure: int
    inner: bool

    @property
    def next(self) -> tuple[RowNumber, ...]:
        """What numbers the next row of the same list: 2 or (1) after 1, (2) after (1)."""
        following = RowNumber(self.figure + 1, self.inner)
        return (following,) if self.inner else (following, RowNumber(1, True))


def number_of(line: Printed) -> RowNumber | None:
    """The row's number that a line is; None where it is more or less."""
    match = _NUMBER.fullmatch(line.folded.replace(" ", ""))
    return RowNumber(int(match["figure"]), match["inner"] is not None) if match else None


def opens(line: Printed) -> bool:
    """Whether a line is the word that heads the column of numbers."""
    return line.width <= _LONGEST and heads.kinds().get(heads.plain_folded(line.folded)) == "number"


def first_row(lines: Sequence[Printed], at: int) -> int | None:
    """Where the first row's number stands, behind a head of short lines that begins at a line."""
    for place in range(at + 1, min(len(lines), at + _MOST_LINES)):
        if number_of(lines[place]) is not None:
            return place if place - at >= _LEAST_LINES else None
        if _NO_HEAD.search(lines[place].folded):
            return None
    return None


def readings(lines: Sequence[Printed]) -> Iterator[Head]:
    """Every way to read a head's lines, the last of which may be a group's name, or its number and
    its name."""
    spaced = sum(line.before is Break.BLANK for line in lines[1:]) * 2 > len(lines) - 1
    for group in (0, 1, 2):
        body = lines[1 : len(lines) - group]
        if group == 2 and not HAN_NUMBER.fullmatch(lines[-2].folded):
            continue
        if group and heads.kind(lines[-1].folded):
            continue
        if any(line.width > _LONGEST for line in body):
            continue
        sure = {i for i in range(len(body) - 1) if body[i + 1].folded.startswith("(")}
        may = [i for i in range(len(body) - 1) if i not in sure and _may_join(*body[i : i + 2])]
        for count in range(len(may[:_MOST_JOINTS]) + 1):
            for chosen in combinations(may[:_MOST_JOINTS], count):
                parts = _joined(body, sure | set(chosen))
                named = tuple(lines[len(lines) - group :])
                price = sum(_price(part) for part in parts)
                yield from _ways(lines[0], parts, named, price + 0.6 * bool(group), spaced)


def _may_join(above: Printed, below: Printed) -> bool:
    """Whether two lines may be one head: a whole word together, or the rest of a full line."""
    if HAN_NUMBER.fullmatch(below.folded):
        return False
    if _is_word(above, below):
        return True
    if heads.kind(above.text) and heads.kind(below.text):
        return False
    return display(_BRACKET.sub("", below.folded)) <= min(above.width, _LONGEST_REST)


def _is_word(*lines: Printed) -> bool:
    """Whether lines together are a head word, or a year with what the year should see."""
    words = heads.plain("".join(line.text for line in lines))
    return words in heads.kinds() or _YEAR_WORD.fullmatch(words) is not None


def _price(part: Sequence[Printed]) -> float:
    """What speaks against lines being one head: together they are no word that heads use."""
    joints = len(part) - 1 - sum(line.folded.startswith("(") for line in part[1:])
    if joints <= 0 or _is_word(*part):
        return 0.1 * min(joints, 1)
    whole = len("".join(line.folded for line in part)) <= _LONGEST_QUALIFIED
    return (0.3 if whole or not any(map(_names_column, part)) else 2.5) * joints


def _names_column(line: Printed) -> bool:
    """Whether a line alone heads a column of words: 简要描述; 目标 may end one of figures."""
    return heads.kinds().get(heads.plain_folded(line.folded), "other") not in ("target", "other")


def _joined(body: Sequence[Printed], joints: set[int]) -> list[list[Printed]]:
    parts: list[list[Printed]] = []
    for place, line in enumerate(body):
        if place - 1 in joints:
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _ways(
    number: Printed,
    parts: list[list[Printed]],
    group: tuple[Printed, ...],
    cost: float,
    spaced: bool,
) -> Iterator[Head]:
    """A head's columns side by side, and with one of them over those that follow."""
    columns = _columns(parts, spaced)
    known = sum(bool(c.kind or YEAR_HEAD.search(c.words)) for c in columns)
    if len(columns) < _LEAST_LINES - 1 or not known:
        return
    yield Head(number, columns, None, group, cost)
    if names := _names_over_rows(parts, spaced):
        yield Head(number, names, None, group, cost + 0.6)
    for place, column in enumerate(columns):
        end = place + 1
        while end < len(columns) and _is_inner(columns[end], columns[place + 1]):
            end += 1
        if end - place > 2 and _may_be_over(column, columns[place + 1]):
            inner = (*columns[:place], *columns[place + 1 :])
            yield Head(number, inner, (column.lines[0], place, end - 2), group, cost + 0.2)


def _columns(parts: list[list[Printed]], spaced: bool) -> tuple[Column, ...]:
    columns = tuple(Column(tuple(part), spaced) for part in parts)
    measured = any(column.kind == "measure" for column in columns)
    for column in columns:
        column.beside = measured and column.kind in ("group", "task")
    return columns


def _names_over_rows(parts: list[list[Printed]], spaced: bool) -> tuple[Column, ...]:
    """The columns where a task's name stands once for several measures; none without both."""
    columns = _columns(parts, spaced)
    if not any(column.kind == "task" and column.beside for column in columns):
        return ()
    for column in columns:
        column.kind = "group" if column.kind == "task" else column.kind
    return columns


def _may_be_over(column: Column, first: Column) -> bool:
    """Whether a head may stand over others: 目标 over years, 责任分工 over kinds of units."""
    kinds = ("", "target", "deadline") if YEAR_HEAD.search(first.words) else ("", *heads.UNIT_KINDS)
    return len(column.lines) == 1 and column.kind in kinds


def _is_inner(column: Column, first: Column) -> bool:
    """Whether a column may stand under one head together with the first of them."""
    if YEAR_HEAD.search(first.words):
        return YEAR_HEAD.search(column.words) is not None
    return first.kind in heads.UNIT_KINDS and column.kind in heads.UNIT_KINDS
