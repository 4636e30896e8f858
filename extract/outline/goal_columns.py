"""The columns of a table whose cells are figures to be reached, and the goals read from them.

A column's head says whether its figures are to be reached (2025年目标值) or are (2020年现状). A
bare year is a goal from the plan's first year on. A goal may be said in a sentence
(较上年增加，2025年达到80%).
Source: contract, targets (deadline_id: a year's column in a table).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extract import lazy as regex
from extract.model import Setting
from extract.outline.columns import Heads, Span, TableCell
from extract.rules.figures.goal_cells import GoalFigure, is_unit, read_goal


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure to be reached: row, span, what it measures, the year in its column's head."""

    row: int
    figure: GoalFigure
    span: Span
    indicator: str
    year: Span | None


@dataclass(frozen=True, slots=True)
class SaidGoal:
    """A goal's cell that is a sentence: span, what it measures, the year in its column's head."""

    span: Span
    indicator: str
    year: Span | None


@dataclass(slots=True)
class IndicatorTable:
    """The goals of a table in reading order, `said` those in sentences, and what could not be read
    of it: cells with digits, columns of the years on average or added up, columns of units that
    answer for the figures. `of_tasks`: the table also says what is to be done, so that its
    goals are its tasks'."""

    of_tasks: bool
    goals: list[Goal] = field(default_factory=list)
    said: list[SaidGoal] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    averages: list[Span] = field(default_factory=list)
    answering: list[Span] = field(default_factory=list)


INDICATOR_NAME = regex.compile(r"指标(?:名称|内容|项目?)?(?:\([^()]*\))?$")
_SENTENCE = regex.compile(
    "达|增[加长]|提[高升]|下降|降低|控制|不[低少高超]|力争|实现|完成|每年|[≥≤]"
)
BASE = regex.compile(
    "现状|基期|基数|基准|完成|实际|实绩|现值|已整治|已达|上年|去年|往年|初值|执行|达到情况|统计"
)
GOAL = regex.compile("目标|规划|计划|任务|预期|力争|指标值|评价标准")
AVERAGE = regex.compile("年均|累计|增速|增长|增幅|合计|总计|完成率|进度|排名")
"""Heads of what the figures of other columns come to."""
UNIT_HEAD = regex.compile(r"(?:计量|指标)?单位")
"""The head of the column of units of measure."""
_OTHER = regex.compile("属性|性质|来源|备注|说明|类型|部门|责任|牵头|依据")
_FIRST = regex.compile(r"20(\d\d)")
_FIVE_YEARS = {"一": 2005, "二": 2010, "三": 2015, "四": 2020, "五": 2025, "六": 2030}
_PERIOD = regex.compile("十([一二三四五六])五")
_UNIT_BEHIND = regex.compile(r"[(,](?P<unit>[^(),]{1,10})\)$")
_NUMBERED = regex.compile(r"^\(?\d{1,2}[.、)]")
_JULY = 7


def says_tasks(heads: Heads) -> bool:
    """Whether a column holds what is to be done, and not only the names of indicators."""
    return any(
        kind == "measure" or (kind == "task" and not INDICATOR_NAME.search(heads.words(column)))
        for column, kind in heads.kinds.items()
    )


class GoalColumns:
    """What each column of an indicator table holds."""

    def __init__(self, heads: Heads, cells: Sequence[TableCell], setting: Setting) -> None:
        self.heads = heads
        self.setting = setting
        self.body: dict[tuple[int, int], TableCell] = {}
        for cell in cells:
            if cell.row not in heads.rows and cell.view.text:
                for row in range(cell.row, cell.row + cell.rows):
                    for column in range(cell.column, cell.column + cell.columns):
                        self.body[row, column] = cell
        self.years = {c: year for c in heads.cells if (year := _last_year(heads.words(c)))}

    def is_goal(self, column: int) -> bool:
        """Whether the figures of a column are to be reached."""
        words = self.heads.words(column)
        if BASE.search(words) or AVERAGE.search(words) or _OTHER.search(words):
            return False
        year = self.years.get(column)
        if GOAL.search(words):
            return year is None or not self._is_past(year)
        return year is not None and self._is_planned(year)

    def _is_past(self, year: int) -> bool:
        """Whether a goal's year lies before the plan: what the last plan had aimed at."""
        start = self.setting.plan_start
        return start is not None and year < start

    def _is_planned(self, year: int) -> bool:
        """Whether a bare year is one of the plan: from its first year, or after the paper's date;
        in a paper without either, the last year of a table that has an earlier one."""
        if self.setting.plan_start is not None:
            return year >= self.setting.plan_start
        written = self.setting.written_on
        if written is not None:
            return year > written.year or (year == written.year and written.month < _JULY)
        years = set(self.years.values())
        return len(years) > 1 and year == max(years)

    def unit_column(self) -> int | None:
        """The column of the units of measure."""
        for column in self.heads.cells:
            if UNIT_HEAD.fullmatch(self.heads.words(column)):
                return column
        return None


def _last_year(words: str) -> int | None:
    """The last year that a head names; that of a five-year plan is its last."""
    years = [int("20" + year) for year in _FIRST.findall(words)]
    years += [_FIVE_YEARS[plan] + 5 for plan in _PERIOD.findall(words)]
    return max(years, default=None)


class GoalReader:
    """Reads the cells of the goals' columns one after another."""

    def __init__(
        self,
        columns: GoalColumns,
        name_column: int,
        found: IndicatorTable,
        measures: Mapping[int, str] | None = None,
        unit: str = "",
    ) -> None:
        self.measures = measures or {}
        self.unit_of_all = unit
        self.columns = columns
        self.name_column = name_column
        self.unit_column = columns.unit_column()
        self.found = found

    def read(self, cell: TableCell) -> None:
        """Note the goals of a cell, or that it was not read."""
        name = self._first(cell.row, range(self.name_column, -1, -1))
        if name is None or cell.covers(name.column) or name.view.text.isdigit():
            return
        indicator, inner = _without_unit(_NUMBERED.sub("", name.view.text).rstrip("。;"))
        indicator += self.measures.get(cell.column, "")
        figures = read_goal(cell.view, self._unit(cell, inner))
        if not figures or cell.rows > 1:
            self._not_plain(cell, indicator)
            return
        for figure in figures:
            self.found.goals.append(
                Goal(
                    cell.row,
                    figure,
                    cell.view.span(figure.start, figure.end),
                    figure.who + indicator,
                    self.columns.heads.year(cell.column) if cell.columns == 1 else None,
                )
            )

    def _not_plain(self, cell: TableCell, indicator: str) -> None:
        """Note a cell with digits that is more than its figure: a sentence, or not read."""
        if not any(char.isdigit() for char in cell.view.text):
            return
        if cell.rows == 1 and _SENTENCE.search(cell.view.text):
            year = self.columns.heads.year(cell.column) if cell.columns == 1 else None
            self.found.said.append(SaidGoal(cell.span, indicator, year))
        else:
            self.found.unread.append(cell.span)

    def _first(self, row: int, columns: Iterable[int]) -> TableCell | None:
        """The first filled cell that stands in a row or spans into it."""
        found = (self.columns.body.get((row, column)) for column in columns)
        return next((cell for cell in found if cell is not None), None)

    def _unit(self, cell: TableCell, inner: str) -> str:
        """The unit by the column of units, the indicator's or the head's brackets."""
        if self.unit_column is not None:
            found = self._first(cell.row, [self.unit_column])
            if found is not None and not found.covers(self.name_column):
                return found.view.text.strip("()")
        words = self.columns.heads.words(cell.column)
        return inner or _without_unit(_year_behind(words))[1] or self.unit_of_all


_YEAR_BEHIND = regex.compile(r"20\d\d年?度?$")


def _year_behind(words: str) -> str:
    """A head's words without the year of an inner head behind them: 整治计划(处)2021年."""
    return _YEAR_BEHIND.sub("", words)


def _without_unit(words: str) -> tuple[str, str]:
    """Words without the unit in brackets behind them, and the unit."""
    match = _UNIT_BEHIND.search(words)
    if match and is_unit(match["unit"]):
        return words[: match.start()] + words[match.end() :], match["unit"]
    return words, ""
