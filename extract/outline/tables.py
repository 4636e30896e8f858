"""Task tables: which columns say what, and what each row holds (contract, tasks 4).

Columns are named by their heads (`table_heads.tsv`). Where a page lost a column line, what stands
in a cell decides: a bare figure is the row's number, a list of units is no measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import regex

from extract.lens import View
from extract.lexicon import load, spellings
from extract.model import Canonical
from extract.outline.headings import LONGEST_TITLE
from extract.outline.labels import Label, read_label
from extract.rules.units.units import cut_units

Span = tuple[int, int]
UNIT_KINDS = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of units: the role its column gives (None: columns had run into one), its rows."""

    role: str | None
    span: Span
    spanning: bool


@dataclass(slots=True)
class TaskRow:
    """One row: measure cell, the words after a number printed in it, label, title, groups' figures.

    `group_words`: the words of the innermost group, for finding the body's item.
    """

    cell: Span
    text: Span
    label: str | None = None
    title: Span | None = None
    figures: tuple[int, ...] = ()
    group_words: str = ""
    units: list[UnitCell] = field(default_factory=list)
    deadlines: list[Span] = field(default_factory=list)
    targets: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cell:
    span: Span
    view: View
    row: int
    column: int
    rows: int
    columns: int


_OFFICE = regex.compile("[处科]室")
_BARE_NUMBER = regex.compile(r"\d{1,3}[.、]?")
_OWN_NUMBER = regex.compile(r"\d{1,3} ?(?=\p{Han})")
_NUMBER_THEN_TEXT = regex.compile(r"(\d{1,3})[ .、]*(?=[^\d%.年月日个项])")


@cache
def head_kinds() -> dict[str, str]:
    """Head word to column kind, from `table_heads.tsv`."""
    return {term: row["kind"] for row in load("table_heads") for term in spellings(row["term"])}


@lru_cache(maxsize=4096)
def head_kind(words: str) -> str | None:
    """The kind of a column by its head's words; the longest head word in them decides."""
    kinds = head_kinds()
    plain = words.replace(" ", "").replace("\n", "")
    plain = regex.sub(r"\([^()]*\)", "", plain)
    if plain in kinds:
        return kinds[plain]
    inside = [term for term in kinds if term in plain and len(plain) <= len(term) + 6]
    return kinds[max(inside, key=len)] if inside else None


def task_rows(canonical: Canonical, table: int) -> list[TaskRow]:
    """The rows of a task table in reading order; empty when the table is none."""
    cells = [
        _Cell(
            (s.start, s.end),
            View(canonical.text, s.start, s.end),
            s.row,
            s.column,
            s.row_span,
            s.column_span,
        )
        for s in canonical.stretches
        if s.table == table
    ]
    by_row: dict[int, list[_Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    head_rows, kinds = _head(by_row)
    if not _is_task_table(kinds):
        return []
    spanning = _spanning_columns(cells, head_rows)
    reader = _RowReader(kinds, spanning, cells)
    rows = []
    for number in sorted(by_row):
        if number in head_rows:
            continue
        row = reader.read(number, by_row[number])
        if row is not None:
            rows.append(row)
    return rows


def _head(by_row: dict[int, list[_Cell]]) -> tuple[set[int], dict[int, str]]:
    """Rows that hold the heads (also where a page repeats them), and each column's kind.

    Columns for offices inside a unit (牵头处室) beside columns for units say nothing of units.
    """
    kinds: dict[int, str] = {}
    offices: set[int] = set()
    rows: set[int] = set()
    for number in sorted(by_row):
        found = {c.column: head_kind(c.view.text) for c in by_row[number] if len(c.view.text) <= 16}
        named = {column: kind for column, kind in found.items() if kind}
        filled = [c for c in by_row[number] if c.view.text]
        if len(named) >= 2 and len(named) * 2 > len(filled):
            rows.add(number)
            if not kinds or number - 1 in rows:
                for cell in by_row[number]:
                    kind = named.get(cell.column)
                    if kind:
                        columns = range(cell.column, cell.column + cell.columns)
                        kinds.update(dict.fromkeys(columns, kind))
                        offices |= set(columns) if _OFFICE.search(cell.view.text) else set()
        elif not rows and number > 4:
            break
    units = {column for column, kind in kinds.items() if kind in UNIT_KINDS}
    if units - offices:
        kinds.update(dict.fromkeys(offices, "other"))
    return rows, kinds


def _is_task_table(kinds: dict[int, str]) -> bool:
    said = set(kinds.values())
    return bool(said & {"task", "measure"}) and bool(said & {*UNIT_KINDS, "deadline"})


def _spanning_columns(cells: Sequence[_Cell], head_rows: set[int]) -> set[int]:
    """Columns in which some cell covers several rows, by its span or by empty cells below it."""
    spanning = {c.column for c in cells if c.rows > 1 and c.row not in head_rows}
    empty = {(c.row, c.column) for c in cells if not c.view.text}
    filled_rows = {c.row for c in cells if c.view.text}
    for cell in cells:
        if cell.view.text and cell.row not in head_rows and (cell.row + 1, cell.column) in empty:
            others = {c.column for c in cells if c.row == cell.row + 1 and c.view.text}
            if cell.row + 1 in filled_rows and len(others) >= 2:
                spanning.add(cell.column)
    return spanning


class _RowReader:
    """Reads rows one after another, keeping the groups that are open."""

    def __init__(self, kinds: dict[int, str], spanning: set[int], cells: Sequence[_Cell]) -> None:
        self.kinds = kinds
        self.spanning = spanning
        self.known: dict[Span, bool] = {}
        self.standing: dict[int, list[_Cell]] = {}
        for cell in cells:
            if cell.view.text:
                for number in range(cell.row, cell.row + cell.rows):
                    self.standing.setdefault(number, []).append(cell)
        self.measure_column = self._measure_column()
        self.units: dict[Span, bool] = {}
        self.band: tuple[str, Label | None] | None = None
        self.groups: dict[int, tuple[str, Label | None]] = {}

    def _measure_column(self) -> int:
        for wanted in ("measure", "task", "target"):
            columns = [c for c, kind in self.kinds.items() if kind == wanted]
            own = [c for c in columns if c not in self.spanning]
            if columns:
                return max(own or columns)
        return 0

    def read(self, number: int, cells: list[_Cell]) -> TaskRow | None:
        filled = [c for c in cells if c.view.text]
        if not filled:
            return None
        if self._is_band(filled):
            words = filled[0].view.text
            self.band = (words, read_label(words))
            self.groups = {}
            return None
        measure = self._measure(filled)
        if measure is None:
            self._open_groups(filled, None)
            return None
        self._open_groups(filled, measure)
        return self._row(number, filled, measure)

    def _is_band(self, filled: list[_Cell]) -> bool:
        """A row that only names the group of those that follow."""
        if len(filled) > 1 or len(self.kinds) < 3:
            return False
        words = filled[0].view.text
        label = read_label(words)
        return label is not None and len(words) <= 60 and "。" not in words

    def _measure(self, filled: list[_Cell]) -> _Cell | None:
        """The measure cell: under its head, or the longest text where columns have moved."""
        texts = [c for c in filled if not _BARE_NUMBER.fullmatch(c.view.text)]
        for cell in texts:
            under = cell.column <= self.measure_column < cell.column + cell.columns
            if under and not self._is_units(cell):
                return cell
        moved = [
            c
            for c in texts
            if c.column != 0 or _NUMBER_THEN_TEXT.match(c.view.text)
            if not self._is_units(c) and self.kinds.get(c.column) != "deadline"
        ]
        return max(moved, key=lambda c: len(c.view.text), default=None)

    def _is_units(self, cell: _Cell) -> bool:
        if cell.span not in self.units:
            self.units[cell.span] = self._names_units(cell)
        return self.units[cell.span]

    def _names_units(self, cell: _Cell) -> bool:
        """Whether a cell holds a list of units and little else."""
        text = cell.view.text
        if any(mark in text for mark in "。;") or len(text) > 120:
            return False
        found = cut_units(cell.view, 0, len(text))
        return bool(found) and sum(u.char_end - u.char_start for u in found) * 10 >= len(text) * 7

    def _open_groups(self, filled: list[_Cell], measure: _Cell | None) -> None:
        for cell in filled:
            left = measure is None or cell.column < measure.column
            kind = self.kinds.get(cell.column, "group")
            groups = kind not in (*UNIT_KINDS, "deadline", "number")
            groups = groups and not _BARE_NUMBER.fullmatch(cell.view.text)
            if left and cell is not measure and groups and self._is_group(cell, measure, filled):
                self.groups = {c: g for c, g in self.groups.items() if c < cell.column}
                self.groups[cell.column] = (cell.view.text, read_label(cell.view.text))

    def _is_group(self, cell: _Cell, measure: _Cell | None, filled: list[_Cell]) -> bool:
        """Whether a cell left of the measure names a group: its column spans rows, or the row has
        a number of its own beside the cell's label."""
        if cell.column in self.spanning or measure is None:
            return cell.column in self.spanning
        numbered = bool(_OWN_NUMBER.match(measure.view.text)) or any(
            _BARE_NUMBER.fullmatch(c.view.text) for c in filled if c.column < measure.column
        )
        return numbered and read_label(cell.view.text) is not None

    def _row(self, number: int, filled: list[_Cell], measure: _Cell) -> TaskRow:
        row = TaskRow(cell=measure.span, text=measure.span)
        figures = []
        for words, label in [*([self.band] if self.band else []), *self._open_group_list()]:
            row.group_words = words
            if label:
                row.group_words = words[label.j :]
                figures.append(label.number)
        self._label(row, filled, measure, figures)
        row.figures = tuple(figures)
        self._unit_cells(row, number, measure)
        moved = self._is_moved(measure)
        for cell in self._covering(number):
            kind = self.kinds.get(cell.column)
            if moved and cell.column > measure.column:
                kind = None if self._is_units(cell) else "deadline"
            if kind == "deadline" and cell is not measure:
                row.deadlines.append(cell.span)
            elif kind == "target" and cell.column > measure.column:
                row.targets.append(cell.span)
        return row

    def _is_moved(self, measure: _Cell) -> bool:
        """Whether the measure does not stand under its own head: the columns have moved."""
        return not measure.column <= self.measure_column < measure.column + measure.columns

    def _open_group_list(self) -> list[tuple[str, Label | None]]:
        return [self.groups[column] for column in sorted(self.groups)]

    def _label(self, row: TaskRow, filled: list[_Cell], measure: _Cell, figures: list[int]) -> None:
        """The row's own number: in a cell of its own, in the title cell or before the measure."""
        for cell in self._covering(measure.row):
            text = cell.view.text
            if cell.column < measure.column and _BARE_NUMBER.fullmatch(text):
                row.label = text.rstrip(".、")
                figures.append(int(row.label))
                break
        for cell in filled:
            if cell.column >= measure.column or cell.column in {*self.groups, *self.spanning}:
                continue
            label = read_label(cell.view.text) if row.label is None else None
            if label and label.j < len(cell.view.text):
                row.label = cell.view.quote(label.i, label.j)
                row.title = cell.view.span(label.j, len(cell.view.text))
                figures.append(label.number)
            elif self.kinds.get(cell.column) == "task" and len(cell.view.text) <= LONGEST_TITLE:
                row.title = cell.span
        if row.label is None:
            self._leading_number(row, measure, figures)

    def _leading_number(self, row: TaskRow, measure: _Cell, figures: list[int]) -> None:
        found = _NUMBER_THEN_TEXT.match(measure.view.text)
        label = read_label(measure.view.text)
        if label and label.j < len(measure.view.text):
            row.label = measure.view.quote(label.i, label.j).strip()
            figures.append(label.number)
            row.text = measure.view.span(label.j, len(measure.view.text))
        elif found:
            row.label = found[1]
            figures.append(int(found[1]))
            row.text = measure.view.span(found.end(), len(measure.view.text))

    def _covering(self, number: int) -> Sequence[_Cell]:
        """Filled cells that stand in a row or span down into it."""
        return self.standing.get(number, ())

    def _unit_cells(self, row: TaskRow, number: int, measure: _Cell) -> None:
        """The cells of units and the roles that their columns give.

        Where the measure does not stand under its own head, columns have moved: as many cells of
        units as unit columns keep their order, fewer have run into one and say no role.
        """
        heads = [c for c in sorted(self.kinds) if self.kinds[c] in UNIT_KINDS]
        moved = self._is_moved(measure)
        cells = [
            c
            for c in self._covering(number)
            if c is not measure
            and (self.kinds.get(c.column) in UNIT_KINDS or (moved and self._is_units(c)))
            and not _BARE_NUMBER.fullmatch(c.view.text)
        ]
        for place, cell in enumerate(sorted(cells, key=lambda c: c.column)):
            role: str | None = self.kinds.get(cell.column)
            if moved:
                role = self.kinds[heads[place]] if len(cells) == len(heads) else None
            row.units.append(UnitCell(role, cell.span, cell.rows > 1))
