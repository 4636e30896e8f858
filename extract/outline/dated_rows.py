"""Task tables that plain text prints a row a line, with a date between the measure and the units.

序号工作任务具体指标完成时间责任单位 stands over 1优化服务开展培训2024年5月市司法局、各县区政府, and
a row of the same task below it has no number: 推行网办2024年6月市司法局. The date parts the cells;
where the task ends and its first measure begins, only a heading of the same words before can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from extract import lazy as regex
from extract.clean.dated_lines import DATE, NO_UNITS, UNIT_LAST
from extract.clean.heads import UNIT_KINDS
from extract.lens import View
from extract.outline.task_rows import TaskRow, UnitCell
from extract.outline.tree import Span
from extract.rules.units.units import cut_units

_NUMBER = regex.compile(r"(?P<figure>\d{1,3})[.、]?(?=[\p{Han}“《])(?![年月日个项条])")
_SAYS_WHAT = ("measure", "indicator", "target")
_NOTE = regex.compile("备?注[:1-9]|说明:")
_BRACKETS = regex.compile(r"\([^()]*\)")
_SIGN = regex.compile("[、,]")
_NEAR = 3
_SHORTEST = 3
_LONGEST = 20


def is_dated(kinds: Sequence[str]) -> bool:
    """Whether a date stands between texts and one column of units, which close the row."""
    columns = [kind for kind in kinds if kind not in ("number", "group")]
    return (
        columns[-2:-1] == ["deadline"]
        and columns[-1] in UNIT_KINDS
        and 1 <= len(columns[:-2]) <= 2
        and not {*columns[:-2]} - {"task", *_SAYS_WHAT}
    )


def dated_rows(
    text: str, kinds: Sequence[str], start: int, end: int
) -> tuple[list[TaskRow], list[Span], int]:
    """The rows of the lines between two offsets, the numbered lines that could not be told apart,
    and where the table ends: at the first line that is no row."""
    shares = "task" in kinds and bool({*_SAYS_WHAT} & {*kinds})
    groups: list[list[TaskRow]] = []
    unread: list[Span] = []
    last, stop = 0, start
    for a, b in _lines(text, start, end):
        view = View(text, a, b)
        number = _NUMBER.match(view.text)
        if _NOTE.match(view.text):
            break
        counts = number is not None and int(number["figure"]) in (1, last + 1)
        begin = number.end() if number and counts else 0
        row = _row(view, begin, kinds[-1])
        if row is None and not counts and not _counts_on(text, b, end, last + 1):
            break
        stop = b
        if number and counts:
            last = int(number["figure"])
            groups.append([])
        if row is None:
            unread += [(a, b)] if groups else []
        elif groups:
            if number and counts and shares:
                _part(text, start, view, begin, row)
            row.figures = (last,)
            groups[-1].append(row)
    for rows in groups:
        _label(rows, text)
    return [row for rows in groups for row in rows], unread, stop


def _counts_on(text: str, at: int, end: int, number: int) -> bool:
    """Whether one of the next lines has the number that the table goes on with."""
    near = islice(_lines(text, at, end), _NEAR)
    found = [_NUMBER.match(View(text, *span).text) for span in near]
    return any(each is not None and int(each["figure"]) == number for each in found)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for line in regex.finditer(r"[^\n]+", text, pos=start, endpos=end):
        if line[0].strip():
            yield line.span()


def _row(view: View, at: int, kind: str) -> TaskRow | None:
    """The row whose texts begin at an index of its line: up to the last date behind which there is
    nothing but units; None where there is none."""
    for date in reversed(list(DATE.finditer(view.text, at + 1))):
        if _are_units(view, date.end()):
            cell = view.span(at, date.start())
            row = TaskRow(0, cell=cell, text=cell, deadlines=[view.span(*date.span())])
            units = view.span(date.end(), len(view.text))
            row.units = [UnitCell(kind, units, spanning=False)]
            return row
    return None


def _are_units(view: View, at: int) -> bool:
    """Whether a line holds names that end as units do, and nothing else, from an index on."""
    words = view.text[at:]
    if not words or NO_UNITS.search(words):
        return False
    names = [name for name in _SIGN.split(_BRACKETS.sub("", words)) if name]
    return all(map(UNIT_LAST.search, names)) and any(cut_units(view, at, len(view.text)))


def _part(text: str, start: int, view: View, at: int, row: TaskRow) -> None:
    """Take the task's name off the front of its first row, where a heading before the table has
    the same words: 优化服务 of 优化服务开展培训."""
    first = view.text[at : at + _LONGEST]
    for length in range(len(first) - 1, _SHORTEST, -1):
        name = view.quote(at, at + length)
        if regex.search(rf"{regex.escape(name)}[。\n]", text, endpos=start):
            row.group_words = first[:length]
            row.title = view.span(at, at + length)
            row.text = row.cell = (view.span(at + length, at + length)[0], row.cell[1])
            return


def _label(rows: list[TaskRow], text: str) -> None:
    """Give a row its task's number and name where it is the only one; else they are the group's."""
    for row in rows:
        if len(rows) == 1:
            row.label = str(row.figures[-1])
        else:
            row.title = None
            row.group_words = rows[0].group_words
