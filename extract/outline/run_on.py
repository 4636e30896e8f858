"""Task tables that plain text prints a row a line, without a sign between the cells.

序号重点任务牵头单位配合单位年度目标 stands over 1开展培训。市司法局市财政局、各县区政府培训1000人。

A row is read where its cells can be told apart: the measure closes with a full stop, the units of a
column end where a unit of the next one follows without a sign, and what the last column says is no
unit. Anything less certain is left unread (contract, tasks 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract import lazy as regex
from extract.clean.heads import UNIT_KINDS, run_together
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.outline.labels import read_label
from extract.outline.task_rows import TargetCell, TaskRow, UnitCell
from extract.outline.tree import Span
from extract.rules.units.unit_words import is_unit, known_end


class RunOnHeads(NamedTuple):
    """A line of heads without a sign between them: its span in the text, and the kinds of its
    columns in order; none where some of its words are no head."""

    span: Span
    kinds: tuple[str, ...]


_UNITS = alternation(
    w for kind in UNIT_KINDS for w in terms("table_heads", "term", kind=kind) if len(w) > 3
)
_HEADS_LINE = regex.compile(rf"(?m)^(?=\p{{Han}}{{8,40}}$)\p{{Han}}{{0,32}}?{_UNITS}\p{{Han}}*$")
_SIDE_BY_SIDE = regex.compile(_UNITS + _UNITS)
_TEXTS = ("task", "measure")
_LEAST_KINDS = 3


def run_on_heads(text: str, start: int, end: int) -> RunOnHeads | None:
    """The first line of heads that ran together between two offsets."""
    for line in _HEADS_LINE.finditer(text, start, end):
        kinds = run_together(line[0])
        said = set(kinds)
        if len(kinds) >= _LEAST_KINDS and said & {*UNIT_KINDS} and said & {*_TEXTS}:
            return RunOnHeads(line.span(), kinds)
        if _SIDE_BY_SIDE.search(line[0]):
            return RunOnHeads(line.span(), ())
    return None


_ROW = regex.compile(
    r"(?P<group>[一二三四五六七八九十]{1,3}、[^\d。]{2,40}?)?(?P<number>\d{1,3})(?=[\p{Han}“《])(?![年月日个项条])"
)
_GROUP = regex.compile(r"[一二三四五六七八九十]{1,3}、[^\d。]{2,40}")


def run_on_rows(text: str, heads: RunOnHeads, end: int) -> tuple[list[TaskRow], list[Span], int]:
    """The rows below such heads, the lines whose cells could not be told apart, and where the table
    ends: at the first line that does not count on."""
    reader = _Reader(heads.kinds)
    stop = heads.span[1]
    for a, b in _lines(text, heads.span[1], end):
        if not reader.takes(View(text, a, b)):
            break
        stop = b
    return reader.rows, reader.unread, stop


class _Reader:
    """Reads lines one after another, counting on, under the group that was named last."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        self.rows: list[TaskRow] = []
        self.unread: list[Span] = []
        self.last = 0
        self.group = ""
        self.figures: tuple[int, ...] = ()

    def takes(self, view: View) -> bool:
        """Whether a line is of the table: a group's name, or rows that count on."""
        at = 0
        while at < len(view.text):
            found = _ROW.match(view.text, at)
            if found is None and at == 0 and _GROUP.fullmatch(view.text):
                self._open(view.text)
                return True
            if found is None or int(found["number"]) not in (1, self.last + 1):
                return at > 0
            if found["group"]:
                self._open(found["group"])
            self.last = int(found["number"])
            read = _row(view, found.end(), self.kinds, self.last + 1)
            if read is None:
                self.unread.append(view.span(at, len(view.text)))
                return True
            row, at = read
            row.label = found["number"]
            row.figures = (*self.figures, self.last)
            row.group_words = self.group
            self.rows.append(row)
        return True

    def _open(self, words: str) -> None:
        if label := read_label(words):
            self.group, self.figures = words[label.j :], (label.number,)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines with words in them between two offsets."""
    for line in regex.finditer(r"[^\n]+", text, pos=start, endpos=end):
        if line[0].strip():
            yield line.span()


def _row(view: View, at: int, kinds: tuple[str, ...], after: int) -> tuple[TaskRow, int] | None:
    """The row whose measure begins at an index of its line, and where it ends; None where its cells
    are not clear. `after` is the number of the row that may follow in the line."""
    columns = [kind for kind in kinds if kind not in ("number", "group")] or [""]
    units = [kind for kind in columns if kind in UNIT_KINDS]
    tail = columns[1 + len(units) :]
    if columns[1 : 1 + len(units)] != units or columns[0] not in _TEXTS or len(tail) > 1:
        return None
    following = regex.compile(
        rf"(?<=。|^){after}(?=\p{{Han}})" if tail else rf"{after}(?=\p{{Han}})"
    )
    for stop in regex.finditer("。", view.text, pos=at):
        lists = _unit_lists(view.text, stop.end(), len(units) if tail else _MOST_LISTS)
        if len(lists) < len(units) or _TOLD.match(view.text, lists[-1][1]):
            continue
        end = rest = lists[-1][1]
        if tail:
            end = len(view.text)
            if rest == end or following.search(view.text, rest):
                return None
        elif rest < len(view.text) and not following.match(view.text, rest):
            continue
        measure = view.span(at, stop.end())
        row = TaskRow(0, cell=measure, text=measure)
        roles = units if len(lists) == len(units) else [None] * len(lists)
        row.units = [
            UnitCell(role, view.span(i, j), spanning=False)
            for role, (i, j) in zip(roles, lists, strict=True)
        ]
        if tail == ["target"]:
            row.targets = [TargetCell(view.span(rest, end), None)]
        elif tail == ["deadline"]:
            row.deadlines = [view.span(rest, end)]
        return row, end
    return None


_MOST_LISTS = 12
"""Of units without a sign between them: more than the columns where a cell held one a line."""
_TOLD = regex.compile(r"要|应|须|负责|牵头|会同|配合|按照?职责")
"""Behind a unit that a sentence tells to act, and not at the end of its cell."""
_SIGN = regex.compile(r"[、,;]|[和及与](?=[市县区省各])")
_ETC = regex.compile(r"等(?:(?:有关|相关|其他)*(?:部门|单位))?")


def _unit_lists(text: str, at: int, most: int) -> list[tuple[int, int]]:
    """The lists of units that follow one another without a sign, from an index on, up to `most`."""
    lists: list[tuple[int, int]] = []
    begin = at
    while len(lists) < most and (end := _unit_end(text, at)) > at:
        if etc := _ETC.match(text, end):
            end = etc.end()
        sign = _SIGN.match(text, end)
        if sign and _unit_end(text, sign.end()) > sign.end():
            at = sign.end()
            continue
        lists.append((begin, end))
        begin = at = end
    return lists


_LONGEST = 24
_STOP = regex.compile(r"各?(?:[^、,;。:()\n等各]|\([^()\n]{0,12}\))*")
_ACTS = regex.compile(alternation(terms("action_verbs")))
_CLASS_OF = regex.compile(r"(?:各|有关|相关|所属|直属)*(?:部门|单位|科室|企业)")
_EACH = regex.compile(
    r"(?:各|有关|相关)(?:[市州县区旗乡镇、]|街道|\([^()\n]{1,12}\))*(?:人民政府|政府|有关部门|部门|单位|管委会)"
)
_CENTRAL_AND_OWN = regex.compile(r"中、?省(?:、\p{Han})?驻?\p{Han}{0,3}(?:有关|相关)?单位")


def _unit_end(text: str, at: int) -> int:
    """Where the unit ends that begins at an index: a known name, or the longest words that can be
    one and say nothing of acting; the index itself for none."""
    if told := _CENTRAL_AND_OWN.match(text, at) or _EACH.match(text, at):
        return told.end()
    known = known_end(text, at)
    if known > at:
        of = _CLASS_OF.match(text, known)
        return of.end() if of else known
    stop = _STOP.match(text, at, min(len(text), at + _LONGEST))
    last = stop.end() if stop else at
    for end in range(last, at + 1, -1):
        if is_unit(text[at:end]) and not _ACTS.search(text, at + 1, end):
            return end
    return at
