"""A table's cells and heads: which rows are heads, and what each column holds.

Columns are named by their heads (`table_heads.tsv`). A head may take two rows: 责任分工 over
牵头单位 and 配合单位, 目标 over 2024年 and 2025年.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extract import lazy as regex
from extract.clean.heads import UNIT_KINDS, kinds, of_its_year
from extract.lens import View
from extract.model import Canonical
from extract.rules.directives import directs

Span = tuple[int, int]


class TableCell(NamedTuple):
    """A filled cell: where it stands in the text and in the grid, and how much it spans."""

    span: Span
    view: View
    row: int
    column: int
    rows: int
    columns: int

    def covers(self, column: int) -> bool:
        """Whether the cell stands in or spans a column."""
        return self.column <= column < self.column + self.columns

    @property
    def number(self) -> regex.Match[str] | None:
        """The number that is all that the cell says: 12, (3)."""
        text = self.view.text
        return _NUMBER.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None


_LONGEST_NUMBER = 6
_NUMBER = regex.compile(r"(?P<label>(?P<inner>\()?(?P<figure>\d{1,3})(?(inner)\)))[.、]?")


@dataclass(slots=True)
class Heads:
    """The rows that hold heads (also where a page repeats them), each column's kind, and the head
    cells over it from the outer to the inner."""

    rows: set[int] = field(default_factory=set)
    kinds: dict[int, str] = field(default_factory=dict)
    cells: dict[int, list[TableCell]] = field(default_factory=dict)

    def year(self, column: int) -> Span | None:
        """Where the heads over a column name its year."""
        for cell in reversed(self.cells.get(column, ())):
            match = YEAR.search(cell.view.text)
            if match:
                return cell.view.span(match.start(), match.end())
        return None

    def words(self, column: int) -> str:
        """What the heads over a column say, without spaces."""
        return "".join(cell.view.text for cell in self.cells.get(column, ())).replace(" ", "")


class Table(NamedTuple):
    """A table's cells in reading order, and its heads."""

    cells: list[TableCell]
    heads: Heads


YEAR = regex.compile(
    r"(?:到|至|截至)?(?:20\d\d年?-)?20\d\d(?!\d)(?:年度|年)?(?:[年底末]|上半年|下半年|\d{1,2}月底?)?"
    r"|“?十[一二三四五六]五”?(?:末|期末|期间)?"
)
"""The year or the five years that a column's head names."""

_YEAR_WORDS = regex.compile(
    r"(?:其中:)?(?:年度|规划|计划|预期|力争)?(?:目标|任务|指标)?[:(]?"
    rf"(?:{YEAR.pattern})"
    r"[)]?(?:年度|规划|计划|预期|力争|阶段性?|建设|工作)*(?:目标|任务|指标)?(?:值|数|量|任务)?"
)
_PERIOD = regex.compile(
    r"(?:第?[一二三四1-4]季度|[上下]半年|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)"
    r"(?:工作|进度|计划|推进)*(?:目标|任务|安排|内容|情况)?"
)
"""A column for a part of the year, where the row's work is told step by step."""
_ASKED = regex.compile("目标|任务|指标|计划|规划|预期")
_OFFICE = regex.compile("[处科]室")
_BRACKETS = regex.compile(r"\([^()]*\)")
_LONGEST_HEAD = 16
_FIRST_ROWS = 4


def read_table(canonical: Canonical, number: int) -> Table:
    """A table of the text, by its number."""
    cells = [
        TableCell(
            (s.start, s.end),
            View(canonical.text, s.start, s.end),
            s.row,
            s.column,
            s.row_span,
            s.column_span,
        )
        for s in canonical.stretches
        if s.table == number
    ]
    return Table(cells, read_heads(cells))


@lru_cache(maxsize=4096)
def head_kind(words: str) -> str | None:
    """The kind of a column by its head's words; the longest head word in them decides."""
    named = kinds()
    plain = words.replace(" ", "").replace("\n", "")
    if is_year(plain):
        return "target" if _ASKED.search(plain) else "year"
    plain = of_its_year(_BRACKETS.sub("", plain))
    if plain in named:
        return named[plain]
    if _PERIOD.fullmatch(plain):
        return "other"
    inside = [term for term in named if term in plain and len(plain) <= len(term) + 6]
    return named[max(inside, key=len)] if inside else None


def is_year(words: str) -> bool:
    """Whether a head names a year and what it is that the year should see: 2025年, 2025年目标值."""
    return bool(_YEAR_WORDS.fullmatch(words) or _YEAR_WORDS.fullmatch(_BRACKETS.sub("", words)))


def read_heads(cells: Sequence[TableCell]) -> Heads:
    """The heads of a table.

    Columns for offices inside a unit (牵头处室) beside columns for units say nothing of units.
    Units that guide or support answer where the table names no others (指导部门). Duties may stand
    under a head that says nothing of them.
    """
    by_row: dict[int, list[TableCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    heads = Heads()
    offices: set[int] = set()
    last = -1
    for number in sorted(by_row):
        row = by_row[number]
        if number <= last or _is_head(row, heads, number):
            first = not heads.rows
            heads.rows.add(number)
            last = max(last, _depth(row) - 1 if first else last)
            if first or number - 1 in heads.rows:
                offices |= _name_columns(heads, row)
        elif not heads.rows and number > _FIRST_ROWS:
            break
    units = {column for column, kind in heads.kinds.items() if kind in UNIT_KINDS}
    if units - offices:
        heads.kinds.update(dict.fromkeys(offices, "other"))
    if {heads.kinds[column] for column in units} == {"support"}:
        heads.kinds.update(dict.fromkeys(units, "responsible"))
    _tell_duties(heads, cells)
    return heads


def _tell_duties(heads: Heads, cells: Sequence[TableCell]) -> None:
    """Duties under a head that the lexicon does not know, beside who has them, or under one for
    goals, beside who assesses them: the column most of whose cells say what to do (部门 |
    政策开发重点领域; 考核项目 | 考核指标 | 考核部门)."""
    for column in _unsaid(heads, cells):
        filled = [
            cell.view
            for cell in cells
            if cell.column == column and cell.row not in heads.rows and cell.view.text
        ]
        told = sum(len(view.text) >= _SHORTEST_DUTY and directs(view) for view in filled)
        if len(filled) >= _FEWEST_DUTIES and told * 10 >= len(filled) * 7:
            heads.kinds[column] = "measure"
            return


def _unsaid(heads: Heads, cells: Sequence[TableCell]) -> list[int]:
    """The columns that may hold duties though their heads do not say so."""
    said = set(heads.kinds.values())
    columns = dict.fromkeys(cell.column for cell in cells)
    if said & set(UNIT_KINDS):
        known = said & {"task", "measure", "indicator", "target"}
        return [] if known else [c for c in columns if heads.kinds.get(c, "group") == "group"]
    if "assessor" in said and "measure" not in said:
        return [c for c in columns if heads.kinds.get(c, "group") in ("group", "target")]
    return []


_FEWEST_DUTIES = 3
_SHORTEST_DUTY = 10


def _is_head(row: Sequence[TableCell], heads: Heads, number: int) -> bool:
    """Whether most of a row's cells name a column. Years name one in the first row, and below a
    head that spans them; elsewhere a row may hold years as its values."""
    filled = [cell for cell in row if cell.view.text]
    named = [cell for cell in filled if _kind(cell) not in (None, "year")]
    years = [cell for cell in filled if _kind(cell) == "year"]
    below = number - 1 in heads.rows and all(
        any(head.columns > 1 for head in heads.cells.get(cell.column, ())) for cell in filled
    )
    if below and len(named) + len(years) == len(filled) >= 2:
        return True
    if not heads.rows and len(named) >= 1:
        named += years
    return len(named) >= 2 and len(named) * 2 > len(filled)


def _kind(cell: TableCell) -> str | None:
    return head_kind(cell.view.text) if len(cell.view.text) <= _LONGEST_HEAD else None


def _depth(row: Sequence[TableCell]) -> int:
    """The row after the heads, by the rows that at least two of the first row's cells span."""
    ends = sorted((cell.row + cell.rows for cell in row), reverse=True)
    parted = any(cell.columns > 1 and cell.row + cell.rows < ends[0] for cell in row)
    return ends[0] if parted and ends.count(ends[0]) >= 2 else row[0].row + 1


_MOST_OVER = 6
"""Head cells that stand over one column."""


def _name_columns(heads: Heads, row: Sequence[TableCell]) -> set[int]:
    """Note a head row's words and kinds; the columns among them that are for offices."""
    offices: set[int] = set()
    for cell in row:
        kind = _kind(cell)
        columns = range(cell.column, cell.column + cell.columns)
        for column in columns:
            if cell.view.text and len(heads.cells.get(column, ())) < _MOST_OVER:
                heads.cells.setdefault(column, []).append(cell)
            if kind == "year" and heads.kinds.get(column, "year") != "year":
                continue
            if kind:
                heads.kinds[column] = kind
        if kind and _OFFICE.search(cell.view.text):
            offices |= set(columns)
    return offices
