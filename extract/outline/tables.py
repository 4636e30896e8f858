"""Task tables: which columns say what, and what each row holds (contract, tasks 4).

What the columns hold, `columns` says. Where a page lost a column line, what stands in a cell
decides: a bare figure is the row's number, a list of units is no measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import lazy as regex
from extract.clean.heads import UNIT_KINDS
from extract.outline.columns import Heads, Span, Table, TableCell
from extract.outline.headings import LONGEST_TITLE
from extract.outline.labels import Label, read_label
from extract.outline.task_rows import TargetCell, TaskRow, UnitCell
from extract.rules.units.statements import Statement, closing_statements
from extract.rules.units.units import cut_units


@dataclass(frozen=True, slots=True)
class _Group:
    """What rows share: the words of its cell before who answers, its label, and who answers."""

    words: str
    label: Label | None
    statements: list[Statement]

    @classmethod
    def of(cls, cell: TableCell) -> _Group:
        """The group that a cell names: 医疗健康(牵头单位:省卫生健康委)."""
        found = closing_statements(cell.view)
        words = cell.view.text[: found[0][0]] if found else cell.view.text
        return cls(words, read_label(words), [statement for _, _, statement in found])


_HELD = regex.compile("(?:具体|活动|工作)?(?:时间|日期)")
"""Heads of a schedule: when something takes place, not by when it is due."""
_RUN_TOGETHER = regex.compile(r"(?:\d{1,3}|\(\d{1,3}\))(?![.、年月]|\d)")
_SUM = regex.compile("[合小总共] ?计|总分")
_POINTS = regex.compile(r"[\d.]+分?")
_BONUS = regex.compile("(?:[加减奖扣]{1,2}分|附加)(?:项目?|事项|指标|因素)?")
_NOTE = regex.compile("[备附]?注[:1-9]|说明[:]|填表")
_OWN_NUMBER = regex.compile(r"\d{1,3} ?(?=\p{Han})")
_NUMBER_THEN_TEXT = regex.compile(r"(\d{1,3})[ .、]*(?=[^\d%.年月日个项])")


def task_rows(table: Table) -> tuple[list[TaskRow], list[Span]]:
    """The rows of a task table in reading order, empty when the table is none; and the numbered
    rows whose cells could not be told apart."""
    cells, heads = table
    if not _is_task_table(heads.kinds):
        return [], []
    by_row: dict[int, list[TableCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    spanning = _spanning_columns(cells, heads.rows)
    reader = _RowReader(heads, spanning, cells)
    rows = []
    for number in sorted(by_row):
        if number in heads.rows:
            continue
        row = reader.read(number, by_row[number])
        if row is not None:
            rows.append(row)
    return rows, reader.unread


def _is_task_table(kinds: dict[int, str]) -> bool:
    said = set(kinds.values())
    return bool(said & {"task", "measure"}) and bool(said & {*UNIT_KINDS, "assessor", "deadline"})


def _spanning_columns(cells: Sequence[TableCell], head_rows: set[int]) -> set[int]:
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


def _own_label(cell: TableCell) -> Label | None:
    """The Chinese number that is all that a cell says."""
    text = cell.view.text
    label = read_label(text + "、" if _HAN.fullmatch(text) else text)
    whole = label is not None and label.kind in _OF_GROUPS and label.j >= len(text)
    return replace(label, j=len(text)) if label and whole else None


_HAN = regex.compile("[一二三四五六七八九十]{1,3}")
_OF_GROUPS = ("han", "han_paren")


class _RowReader:
    """Reads rows one after another, keeping the groups that are open."""

    def __init__(self, heads: Heads, spanning: set[int], cells: Sequence[TableCell]) -> None:
        self.heads = heads
        self.kinds = heads.kinds
        self.spanning = spanning
        self.width = max((cell.column + cell.columns for cell in cells), default=0)
        self.known: dict[Span, bool] = {}
        self.standing: dict[int, list[TableCell]] = {}
        for cell in cells:
            if cell.view.text:
                for number in range(cell.row, cell.row + cell.rows):
                    self.standing.setdefault(number, []).append(cell)
        self.measure_column = self._measure_column()
        # rows are numbered 1, 2, so that 一 beside a name alone numbers a group
        self.counted = any(cell.number for cell in cells if self._is_number(cell))
        self.units: dict[Span, bool] = {}
        self.unread: list[Span] = []
        self.number: int | None = None
        self.bands: list[_Group] = []
        self.groups: dict[int, _Group] = {}

    def _measure_column(self) -> int:
        for wanted in ("measure", "task", "target"):
            columns = [c for c, kind in self.kinds.items() if kind == wanted]
            own = [c for c in columns if c not in self.spanning]
            if columns:
                return max(own or columns)
        return 0

    def read(self, number: int, cells: list[TableCell]) -> TaskRow | None:
        filled = [c for c in cells if c.view.text]
        if not filled or _SUM.fullmatch(filled[0].view.text):
            return None
        if self._is_across(filled[0]) and _RUN_TOGETHER.match(filled[0].view.text):
            self.unread.append(filled[0].span)
            return None
        band = _Group.of(filled[0]) if self._is_band(filled) else self._numbered_band(filled)
        if band:
            outer = self.bands[:1] if band.label is None else []
            self.bands = [*(each for each in outer if each.label), band]
            self.groups = {}
            return None
        if self._is_across(filled[0]):
            return None
        measure = self._measure(filled)
        if measure is None:
            self._open_groups(filled, None)
            return None
        if any(_BONUS.fullmatch(cell.view.text) for cell in filled):
            return None
        if opening := self._opening(filled):
            self.bands = [opening]
            self.groups = {}
        self._open_groups(filled, measure)
        return self._row(number, filled, measure)

    def _is_band(self, filled: list[TableCell]) -> bool:
        """A row that only names the group of those that follow."""
        if len(filled) > 1 or len(self.kinds) < 3:
            return False
        words = filled[0].view.text
        if "。" in words or _NOTE.match(words):
            return False
        if self._is_across(filled[0]):
            return len(words) <= LONGEST_TITLE
        return read_label(words) is not None and len(words) <= 60

    def _numbered_band(self, filled: list[TableCell]) -> _Group | None:
        """The group that a row names whose number has a cell of its own, and whose measure is
        empty: 一、 | 巩固成果 | 31分."""
        words = [cell for cell in filled if not _POINTS.fullmatch(cell.view.text)]
        if len(words) != 2:
            return None
        label = _own_label(words[0])
        named = words[1].column < self.measure_column or (
            self.counted and words[1].column == self.measure_column
        )
        measured = self.counted or self.kinds.get(self.measure_column) == "measure"
        if label is None or not measured or not named:
            return None
        return replace(_Group.of(words[1]), label=replace(label, i=0, j=0))

    def _opening(self, filled: list[TableCell]) -> _Group | None:
        """The group that a row opens which is also its first task: 三、 | 推进措施 | 落实责任."""
        label = _own_label(filled[0]) if self._is_number(filled[0]) else None
        label = label or self._label_across(filled[0])
        return _Group("", replace(label, i=0, j=0), []) if label else None

    def _label_across(self, cell: TableCell) -> Label | None:
        """The Chinese number before a task's name in one cell with it (一、扩大就业), where rows
        below are numbered 1, 2."""
        over_number = self.kinds.get(cell.column) == "number" and cell.columns > 1
        label = read_label(cell.view.text) if over_number and self.counted else None
        return label if label and label.kind in _OF_GROUPS else None

    def _is_number(self, cell: TableCell) -> bool:
        """Whether a cell stands under the head of the rows' numbers, none of which spans rows."""
        return self.kinds.get(cell.column) == "number" and cell.column not in self.spanning

    def _is_across(self, cell: TableCell) -> bool:
        """Whether a cell spans the whole table, or all of it that no cell from above covers: a
        group's name or a note, no row."""
        if cell.columns == self.width >= 3:
            return True
        if cell.column or cell.columns < 2:
            return False
        above = [c for c in self._covering(cell.row) if c.row < cell.row]
        covered = {at for c in above for at in range(c.column, c.column + c.columns)}
        return covered >= {*range(cell.columns, self.width)}

    def _measure(self, filled: list[TableCell]) -> TableCell | None:
        """The measure cell: under its head, the task's name where that is empty, or the longest
        text where columns have moved."""
        texts = [c for c in filled if not c.number]
        for cell in texts:
            if cell.covers(self.measure_column) and (
                not self._is_units(cell) or self._are_units_in_place(cell)
            ):
                return cell
        for cell in texts:
            if self._is_named(cell):
                return cell
        moved = (
            c
            for c in sorted(texts, key=lambda c: -len(c.view.text))
            if c.column != 0 or _NUMBER_THEN_TEXT.match(c.view.text)
            if self.kinds.get(c.column) != "deadline" and not self._is_units(c)
        )
        return next(moved, None)

    def _are_units_in_place(self, measure: TableCell) -> bool:
        """Whether all columns of units hold units beside a measure that reads like one itself
        (推进一网通办, 新建学校): the columns have not moved."""
        columns = {c for c, kind in self.kinds.items() if kind in UNIT_KINDS}
        beside = [c for c in self._covering(measure.row) if c is not measure and self._is_units(c)]
        return bool(columns) and columns <= {c.column for c in beside}

    def _is_units(self, cell: TableCell) -> bool:
        if cell.span not in self.units:
            self.units[cell.span] = self._names_units(cell)
        return self.units[cell.span]

    def _names_units(self, cell: TableCell) -> bool:
        """Whether a cell holds a list of units and little else."""
        text = cell.view.text
        if len(text) > 120 or "。" in text or ";" in text or any(map(str.isdigit, text)):
            return False
        found = cut_units(cell.view, 0, len(text))
        return bool(found) and sum(u.char_end - u.char_start for u in found) * 10 >= len(text) * 7

    def _open_groups(self, filled: list[TableCell], measure: TableCell | None) -> None:
        for cell in filled:
            left = measure is None or cell.column < measure.column
            kind = self.kinds.get(cell.column, "group")
            groups = kind not in (*UNIT_KINDS, "deadline", "number")
            groups = groups and not cell.number
            if left and cell is not measure and self._is_own(cell, measure):
                self.groups = {c: g for c, g in self.groups.items() if c < cell.column}
            if left and cell is not measure and groups and self._is_group(cell, measure):
                self.groups = {c: g for c, g in self.groups.items() if c < cell.column}
                self.groups[cell.column] = _Group.of(cell)

    def _is_group(self, cell: TableCell, measure: TableCell | None) -> bool:
        """Whether a cell left of the measure names a group: its column spans rows, or the row has
        a number of its own beside the cell's label."""
        if cell.column in self.spanning or measure is None:
            return cell.column in self.spanning and not self._is_own(cell, measure)
        return self._is_numbered(measure) and read_label(cell.view.text) is not None

    def _is_numbered(self, measure: TableCell) -> bool:
        """Whether a row has a number in a cell of its own, or before its measure."""
        return bool(_OWN_NUMBER.match(measure.view.text)) or any(
            c.number for c in self._covering(measure.row) if c.column < measure.column
        )

    def _is_own(self, cell: TableCell, measure: TableCell | None) -> bool:
        """Whether a cell of a column in which others span rows names its own row alone."""
        if cell.rows > 1 or self.kinds.get(cell.column) != "task" or measure is None:
            return False
        below = self._covering(cell.row + 1)
        closed = not below or any(c.column == cell.column for c in below)
        labelled = read_label(cell.view.text) and not read_label(measure.view.text)
        return bool(closed and labelled) and not self._is_numbered(measure)

    def _row(self, number: int, filled: list[TableCell], measure: TableCell) -> TaskRow:
        row = TaskRow(number, cell=measure.span, text=measure.span)
        figures = []
        for group in [*self.bands, *self._open_groups_in_order()]:
            row.group_words = group.words[group.label.j :] if group.label else group.words
            row.shared += group.statements
            if group.label:
                figures.append(group.label.number)
        self._label(row, filled, measure, figures)
        row.figures = tuple(figures)
        self._unit_cells(row, number, measure)
        moved = self._is_moved(measure)
        for cell in self._covering(number):
            kind = self.kinds.get(cell.column)
            if moved and cell.column > measure.column:
                kind = None if self._is_units(cell) else "deadline"
            if kind == "deadline" and cell is not measure:
                held = _HELD.fullmatch(self.heads.words(cell.column))
                (row.dates if held else row.deadlines).append(cell.span)
            elif kind in ("target", "indicator") and cell.column > measure.column:
                row.targets.append(TargetCell(cell.span, self.heads.year(cell.column)))
        return row

    def _is_moved(self, measure: TableCell) -> bool:
        """Whether the measure does not stand under its own head: the columns have moved."""
        return not (measure.covers(self.measure_column) or self._is_named(measure))

    def _is_named(self, cell: TableCell) -> bool:
        """Whether a cell is the name of a task whose measure is empty."""
        if self.kinds.get(cell.column) != "task" or cell.column in self.spanning:
            return False
        sides = (*UNIT_KINDS, "deadline")
        beside = [c for c in self._covering(cell.row) if self.kinds.get(c.column) not in sides]
        return not self._is_units(cell) and not any(
            c.covers(self.measure_column) or len(c.view.text) > len(cell.view.text) for c in beside
        )

    def _open_groups_in_order(self) -> list[_Group]:
        return [self.groups[column] for column in sorted(self.groups)]

    def _label(
        self, row: TaskRow, filled: list[TableCell], measure: TableCell, figures: list[int]
    ) -> None:
        """The row's own number: in a cell of its own, in the title cell or before the measure."""
        for cell in self._covering(measure.row):
            number = cell.number
            if self.kinds.get(cell.column) == "target":
                continue
            if self._is_number(cell) and _own_label(cell):
                row.label = cell.view.quote(0, len(cell.view.text))
                break
            if cell.column < measure.column and number:
                row.label = cell.view.quote(0, number.end("label"))
                if not number["inner"]:
                    self.number = int(number["figure"])
                elif self.number is not None:
                    figures.append(self.number)
                figures.append(int(number["figure"]))
                break
        for cell in filled:
            shared = cell.column in {*self.groups, *self.spanning} and not self._is_own(
                cell, measure
            )
            if cell.column >= measure.column or shared:
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

    def _leading_number(self, row: TaskRow, measure: TableCell, figures: list[int]) -> None:
        found = _NUMBER_THEN_TEXT.match(measure.view.text)
        label = read_label(measure.view.text)
        if label and label.j < len(measure.view.text):
            row.label = measure.view.quote(label.i, label.j).strip()
            if not self._label_across(measure):  # its group has the figure already
                figures.append(label.number)
            row.text = measure.view.span(label.j, len(measure.view.text))
        elif found:
            row.label = found[1]
            figures.append(int(found[1]))
            row.text = measure.view.span(found.end(), len(measure.view.text))

    def _covering(self, number: int) -> Sequence[TableCell]:
        """Filled cells that stand in a row or span down into it."""
        return self.standing.get(number, ())

    def _unit_cells(self, row: TaskRow, number: int, measure: TableCell) -> None:
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
            and not c.number
        ]
        for place, cell in enumerate(sorted(cells, key=lambda c: c.column)):
            role: str | None = self.kinds.get(cell.column)
            if moved:
                role = self.kinds[heads[place]] if len(cells) == len(heads) else None
            over = tuple(head.span for head in self.heads.cells.get(cell.column, ()))
            row.units.append(UnitCell(role, cell.span, cell.rows > 1, over))
