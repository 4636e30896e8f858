"""Tables that plain text keeps as one cell a line, without a column of numbers.

工作任务 / 内容 / 完成时间 / 责任单位 / 1.编制计划 / 出台计划。 / 5月底前 / 市司法局: what closes a
row is a line that is a date alone beside lines of units, in the order of the heads. A row without
a cell for its task shares the one above it. Without a column of dates nothing proves the rows, and
the lines stay text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract import lazy as regex
from extract.clean import heads
from extract.clean.fitting import WRONG, Column
from extract.clean.printed import Printed
from extract.clean.rebuild import Run, rebuild
from extract.model import Cell, Grid

_TEXTS = ("task", "measure")
_LEAST_HEADS = 3
_MOST_HEADS = 6
_LEAST_ROWS = 3
_MOST_TEXTS = 16
_LONGEST_DATE = 24
_DATE = regex.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:[上中下]旬|年?底|第?[一二三四]季度|[上下]半年)?"
    r"(?:以?前|之前|完成|前完成)?|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:(?:以|之)?前|完成|前完成)|长期\p{Han}{0,4}|持续\p{Han}{0,4}|全年|常年|常态化?\p{Han}{0,4}"
    r"|每[年月周季][^。;]{0,12}|年[底内]前?|即时|立即\p{Han}{0,4}|已完成"
)
_GROUP = regex.compile(r"[一二三四五六七八九十]{1,3}、[^。;]{2,40}")
_LONGEST_GROUP = 24
_STOP = regex.compile(
    r"备?注[:1-9]|说明:|附件|合 ?计|总 ?计|填表|制表|\([一二三四五六七八九十]+\)|请各|以上"
)
_EMPTY = regex.compile(r"[-—/\\]+|无")
_UNITS_LINE = regex.compile(
    r"(?:[市县区省各州](?:[^,、。;\d]{1,16}?)(?:[局厅委办部院府会]|中心|公司|部门|单位)(?:\([^()]*\))?[、,]?)+"
)
_NUMBERED = regex.compile(r"(?:\d{1,3}[.、]|\(\d{1,3}\))(?!\d)")
_GOES_ON = regex.compile("[、,]$")


class _Head(NamedTuple):
    """The columns of a head: how many hold texts, and those that close a row, in order."""

    columns: tuple[Column, ...]
    texts: int
    date: int

    @property
    def before(self) -> tuple[Column, ...]:
        """The columns of units before the date."""
        return self.columns[self.texts : self.date]

    @property
    def behind(self) -> tuple[Column, ...]:
        """The columns of units behind the date."""
        return self.columns[self.date + 1 :]


class _Row(NamedTuple):
    """A row's lines: of a group's name above it, of its texts, of each column that closes it."""

    group: Printed | None
    texts: Sequence[Printed]
    closing: tuple[Sequence[Printed], ...]
    end: int


def split_closed(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with such tables rebuilt, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid, int] | None:
    head = _head(lines, at)
    rows = _rows(head, lines, at + len(head.columns)) if head else []
    if head is None or len(rows) < _LEAST_ROWS:
        return None
    return _grid(head, rows), rows[-1].end


def _head(lines: Sequence[Printed], at: int) -> _Head | None:
    """The head whose first line stands at a place: texts, then a date and units."""
    columns: list[Column] = []
    while len(columns) < _MOST_HEADS and at + len(columns) < len(lines):
        line = lines[at + len(columns)]
        if heads.kind(line.text) is None:
            break
        columns.append(Column((line,)))
    if not columns or (at and heads.kind(lines[at - 1].text)):
        return None
    kinds = [column.kind for column in columns]
    texts = next((n for n, kind in enumerate(kinds) if kind not in _TEXTS), len(kinds))
    closing = kinds[texts:]
    if not 1 <= texts <= len(_TEXTS) or len(closing) < 2 or closing.count("deadline") != 1:
        return None
    if any(kind not in (*heads.UNIT_KINDS, "deadline") for kind in closing):
        return None
    return _Head(tuple(columns), texts, texts + closing.index("deadline"))


def _rows(head: _Head, lines: Sequence[Printed], at: int) -> list[_Row]:
    """The rows from a place on, as long as each closes."""
    rows: list[_Row] = []
    while row := _row(head, lines, at):
        rows.append(row)
        at = row.end
    return rows


def _row(head: _Head, lines: Sequence[Printed], at: int) -> _Row | None:
    """The row that begins at a place: up to its date, with the units before and behind that."""
    group = _group(lines, at)
    first = at + (group is not None)
    least = first + 1 + len(head.before)
    if first >= len(lines) or any(map(_ends_table, lines[at:least])):
        return None
    for place in range(least, min(len(lines), least + _MOST_TEXTS)):
        if _ends_table(lines[place]):
            return None
        if not _is_date(lines[place]):
            continue
        begin = place - len(head.before)
        units = [[line] for line in lines[begin:place]]
        end = place + 1
        for number in range(1, len(head.behind) + 1):
            stop = _end_of_units(lines, end, last=number == len(head.behind))
            units.append(list(lines[end:stop]))
            end = stop
        columns = (*head.before, *head.behind)
        if not _are_texts(lines[first:begin]):
            return None
        if all(map(_holds, columns, units)) and len(units) == len(columns):
            units.insert(len(head.before), [lines[place]])
            return _Row(group, lines[first:begin], tuple(units), end)
    return None


def _ends_table(line: Printed) -> bool:
    """Whether a line stands behind a table or opens another: a note, a sum, a head, （一）."""
    return _STOP.match(line.folded) is not None or heads.plain(line.text) in heads.kinds()


def _are_texts(lines: Sequence[Printed]) -> bool:
    """Whether lines can be one row's task and measure: none is a cell of another kind or opens the
    next row."""
    return not any(
        _EMPTY.fullmatch(line.folded) or _is_date(line) or _is_units(line) for line in lines
    ) and not any(_NUMBERED.match(line.folded) for line in lines[1:])


def _is_units(line: Printed) -> bool:
    return _UNITS_LINE.fullmatch(line.folded) is not None


def _group(lines: Sequence[Printed], at: int) -> Printed | None:
    """The name of a group at a place: 一、优化服务, or a line above one with a number."""
    if at + 1 >= len(lines):
        return None
    words = lines[at].folded
    above = len(words) <= _LONGEST_GROUP and not (_NUMBERED.match(words) or _is_units(lines[at]))
    named = above and _NUMBERED.match(lines[at + 1].folded)
    return lines[at] if named or _GROUP.fullmatch(words) else None


def _is_date(line: Printed) -> bool:
    words = line.folded.replace(" ", "")
    return 0 < len(words) <= _LONGEST_DATE and _DATE.fullmatch(words) is not None


def _end_of_units(lines: Sequence[Printed], at: int, *, last: bool) -> int:
    """Where a cell of units ends that may be broken behind its commas, or, the row's last, hold a
    unit a line."""
    end = min(at + 1, len(lines))
    while at < end < len(lines) and (
        _GOES_ON.search(lines[end - 1].folded) or (last and _is_units(lines[end]))
    ):
        end += 1
    return end


def _holds(column: Column, lines: Sequence[Printed]) -> bool:
    """Whether a column may hold a cell of these lines."""
    costs = list(column.costs(lines))
    return bool(lines) and len(costs) > len(lines) and costs[len(lines)] < WRONG


def _grid(head: _Head, rows: Sequence[_Row]) -> Grid:
    """The table, a group's name across it, a task's cell over the rows that have none."""
    cells = [
        Cell(0, place, tuple(line.line for line in column.lines))
        for place, column in enumerate(head.columns)
    ]
    numbered = any(row.texts and _NUMBERED.match(row.texts[0].folded) for row in rows)
    task: int | None = None
    at = 1
    for row in rows:
        if row.group:
            cells.append(Cell(at, 0, (row.group.line,), 1, len(head.columns)))
            at += 1
            task = None
        named = head.texts > 1 and _names_task(row.texts, numbered=numbered)
        if named:
            task = len(cells)
            cells.append(Cell(at, 0, (row.texts[0].line,)))
        elif head.texts > 1 and task is not None:
            cells[task] = replace(cells[task], row_span=at - cells[task].row + 1)
        texts = row.texts[1:] if named else row.texts
        cells.append(Cell(at, head.texts - 1, tuple(line.line for line in texts)))
        for place, lines in enumerate(row.closing, head.texts):
            cells.append(Cell(at, place, tuple(line.line for line in lines)))
        at += 1
    return Grid(tuple(cells))


def _names_task(texts: Sequence[Printed], *, numbered: bool) -> bool:
    """Whether a row's first line is its task's name, and others say what is to be done."""
    if len(texts) < 2:
        return False
    return not numbered or _NUMBERED.match(texts[0].folded) is not None
