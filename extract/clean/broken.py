"""Task tables whose cells plain text broke over lines, read as a grammar of labels and widths.

A page's columns come one after the other: narrow cells that begin with a label (一、 1. （1）, one
kind a column), the wide lines of the measure, the narrow lines of the units. Only what follows a
head of two or more column words is read so, and only if rows come of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract import lazy as regex
from extract.clean.brokenheads import Head, read_head
from extract.clean.ends import is_alone, is_finished, is_opener
from extract.clean.printed import Break, Printed
from extract.clean.rebuild import Run, rebuild
from extract.lens import fold
from extract.model import Cell, Grid, Line

_RANKS = ("han", "han_paren", "digit", "digit_paren", "circle")
_LABEL = regex.compile(
    r"(?P<han>[一二三四五六七八九十]{1,3} ?、)"
    r"|(?P<han_paren>\( ?[一二三四五六七八九十]{1,3} ?\))"
    r"|(?P<digit>\d(?: ?\d){0,2} ?(?:[.](?! ?\d)|、))"
    r"|(?P<digit_paren>\( ?\d(?: ?\d){0,2} ?\))"
    r"|(?P<circle>[①-⑳])"
)
_DATE = regex.compile(r"\d{4} ?年|长期|持续|每年|全年|常态")
_UNITS = regex.compile(
    r"[局厅委办部院府会室门处社团]|乡镇|街道|单位|企业|公司|中心|学校|按职责|负责"
)
_TAIL = regex.compile(r"(?<=[。!?])[ ]+(?=[^ 。]{2,16}$)")
_LEAST_ROWS = 2
_NARROW = 20


@dataclass(slots=True)
class _Row:
    """A row while it is read: its label cells by kind, measure, units, deadline."""

    labels: dict[str, list[Line]] = field(default_factory=dict)
    measure: list[Line] = field(default_factory=list)
    units: list[Line] = field(default_factory=list)
    deadline: list[Line] = field(default_factory=list)


def split_broken(lines: Sequence[Printed]) -> list[Run | Grid]:
    """Lines with the tables that were broken over them rebuilt, in order."""
    return rebuild(lines, _read_table)


def _read_table(lines: Sequence[Printed], at: int) -> tuple[Grid | None, int] | None:
    head = read_head(lines, at)
    return _Reader(lines, head).read() if head else None


class _Reader:
    """Reads a table's lines after its head, cell by cell."""

    def __init__(self, lines: Sequence[Printed], head: Head) -> None:
        self.lines = lines
        self.head = head
        self.at = head.end
        self.rows: list[_Row] = []
        self.pending = _Row()
        self.pending_at = head.end
        self.cell: list[Line] | None = None
        self.in_label = False
        self.fresh = True
        self.kinds: set[str] = set()
        self.wide = self._wide()

    def _wide(self) -> float:
        """The width from which a line belongs to the column of measures."""
        sample = sorted(line.width for line in self.lines[self.at : self.at + 300])
        long = [width for width in sample if width > _NARROW] or sample
        return 0.6 * long[len(long) * 3 // 4] if long else 0.0

    def read(self) -> tuple[Grid | None, int]:
        """The table and the place after it; None where the lines up to there make no rows."""
        end = self.at
        while self.at < len(self.lines):
            repeated = read_head(self.lines, self.at)
            if repeated and not repeated.words & self.head.words:
                break
            if repeated:
                self.at, self.fresh = repeated.end, True
                self.wide = self._wide()
                continue
            if not self._take(self.lines[self.at]):
                break
            self.at += 1
            self.fresh = False
            end = self.at
        if self.pending.labels and self._row_kind in self.pending.labels:
            self._close(self.pending)
        elif self.pending.labels:
            end = self.pending_at
        if sum(bool(row.measure) for row in self.rows) < _LEAST_ROWS:
            return None, self.at
        return self._grid(), end

    @property
    def _row_kind(self) -> str | None:
        """The kind of label that rows have: the innermost."""
        return max(self.kinds, key=_RANKS.index, default=None)

    def _close(self, row: _Row) -> None:
        self.rows.append(row)
        self.kinds.update(row.labels)
        self.pending = _Row()

    def _take(self, line: Printed) -> bool:
        """Put a line into its cell; False where the table ends before it."""
        if line.width > 4 * self.wide or is_alone(line.folded) or is_opener(line.folded):
            return False
        apart = self.fresh or line.before is not Break.NONE
        found = _LABEL.match(line.folded)
        if found and self._opens(found, apart):
            return self._open_label(found, line)
        if self.in_label and not apart and line.width < self.wide:
            assert self.cell is not None
            self.cell.append(line.line)
            return True
        if self.in_label:
            return self._open_measure(line)
        return self._go_on(line, apart)

    def _opens(self, found: regex.Match[str], apart: bool) -> bool:
        """Whether a label opens a cell: not in mid-sentence of a measure."""
        if apart or self.in_label or not self.rows or self.cell is not self.rows[-1].measure:
            return True
        return is_finished(_text(self.cell)[-300:])

    def _open_label(self, found: regex.Match[str], line: Printed) -> bool:
        kind = str(found.lastgroup)
        if self.kinds and _RANKS.index(kind) < min(map(_RANKS.index, self.kinds)):
            return False
        if kind in self.pending.labels:
            self._close(self.pending)
        if not self.pending.labels:
            self.pending_at = self.at
        if line.width >= self.wide and (self.pending.labels or kind == self._row_kind):
            return self._open_measure(line)
        self.cell = self.pending.labels.setdefault(kind, [])
        self.cell.append(line.line)
        self.in_label = True
        return True

    def _open_measure(self, line: Printed) -> bool:
        """A row begins with its measure."""
        kind = self._row_kind
        if len(self.rows) > 1 and kind is not None and kind not in self.pending.labels:
            return False
        self._close(self.pending)
        self.in_label = False
        self.cell = self.rows[-1].measure
        self._append_measure(line)
        return True

    def _go_on(self, line: Printed, apart: bool) -> bool:
        if self.cell is None or not self.rows:
            return False
        row = self.rows[-1]
        if self.cell is row.measure:
            if not (apart and is_finished(_text(self.cell)[-300:])):
                self._append_measure(line)
                return True
            return self._open_side(line, row)
        if line.width >= self.wide:
            return False
        if apart and self.cell is row.units and _DATE.match(line.folded) and not row.deadline:
            self.cell = row.deadline
        self.cell.append(line.line)
        return True

    def _open_side(self, line: Printed, row: _Row) -> bool:
        """A narrow cell beside the measure: units or a deadline; a wide one is more measure."""
        if line.width >= self.wide:
            row.measure.append(line.line)
            return True
        ahead = "".join(item.folded for item in self.lines[self.at : self.at + 12])
        if _DATE.match(line.folded):
            self.cell = row.deadline
        elif _UNITS.search(ahead):
            self.cell = row.units
        else:
            return False
        self.cell.append(line.line)
        return True

    def _append_measure(self, line: Printed) -> None:
        """Take a line of the measure; what stands after its full stop and a space, before narrow
        lines, begins the units' cell."""
        row = self.rows[-1]
        cut = _TAIL.search(line.folded)
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        narrow = following is not None and following.width < self.wide / 2
        if cut and narrow and _UNITS.search(line.folded, cut.end()):
            whole = line.line
            text = whole.text.strip()
            row.measure.append(Line(text[: cut.start()], whole.page, whole.box))
            row.units.append(Line(text[cut.end() :], whole.page, whole.box))
            self.cell = row.units
            return
        row.measure.append(line.line)

    def _grid(self) -> Grid:
        columns = sorted(self.kinds, key=_RANKS.index)
        sides = ["measure"]
        sides += [
            side for side in ("units", "deadline") if any(getattr(r, side) for r in self.rows)
        ]
        cells = self.head.cells(len(columns), sides)
        body: list[Cell] = []
        open_at: dict[int, int] = {}
        for number, row in enumerate(self.rows, 1):
            filled = [row.labels.get(kind, []) for kind in columns]
            filled += [getattr(row, side) for side in sides]
            for column, lines in enumerate(filled):
                if lines:
                    open_at[column] = len(body)
                    body.append(Cell(number, column, tuple(lines)))
                    _close_inner(open_at, column, len(columns))
                elif column in open_at and column != len(columns):
                    above = body[open_at[column]]
                    body[open_at[column]] = Cell(
                        above.row, column, above.lines, number - above.row + 1
                    )
        return Grid((*cells, *body))


def _close_inner(open_at: dict[int, int], column: int, labels: int) -> None:
    """A new outer group ends the inner groups above it."""
    if column < labels:
        for inner in range(column + 1, labels):
            open_at.pop(inner, None)


def _text(lines: Sequence[Line]) -> str:
    return fold("".join(line.text.strip() for line in lines[-12:]))
