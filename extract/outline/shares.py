"""Tables that share a task out: 县区 | 任务数(亩), 地市 | 整治计划 over years; or names and figures
side by side, without a head, below what they share out (…招生计划, 单位:人).

Source: contract, targets (deadline_id: a year's column in a table).
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import View
from extract.model import Setting
from extract.outline.columns import Table
from extract.outline.goal_columns import (
    GOAL,
    Goal,
    GoalColumns,
    GoalReader,
    IndicatorTable,
    says_tasks,
)
from extract.rules.figures.goal_cells import read_goal

_PLACES = regex.compile(
    r"(?:行政)?(?:地市|地区|县区|区县|县市区?|市县|市州|州市|盟市|旗县区?|乡镇|镇街|镇乡|街道|区域|市别|县别"
    r"|[市县]\(.{1,8}\)|各[市县区])(?:名称)?"
)
"""The head of a column of places, each of which has its share of a task."""
_HEAD_YEAR = regex.compile(r"20\d\d年?度?|\([^()]*\)")
_BARE_TASK = regex.compile(r"(?:年度|目标|任务|计划|指标|分解|下达|建设)+(?:数量?|值)?")
_CAPTION = regex.compile(
    r"(?P<of>[^\n。;:]{4,40}(?:计划|任务|目标|指标|名额)(?:数)?)(?:分解|分配|安排)?表?"
)
_CAPTION_UNIT = regex.compile(r"\(?单位:(?P<unit>[^()\n]{1,10})\)?")
_ABOVE = 160
"""Characters above a table among which its caption is looked for."""
_ANNEX_AHEAD = regex.compile(r"^(?:附[件表]?|表)\d{0,2}[:.、]?")
_PLACE_AHEAD = regex.compile(r"^(?:全|\p{Han}{1,8}?)[省市县区州盟旗](?=\p{Han}{2,}|20\d\d)")
_FEWEST_SHARES = 4


def read_shares(table: Table, setting: Setting) -> IndicatorTable | None:
    """What each place or body is to do of a task; None where a table shares nothing out."""
    heads = table.heads
    places = [c for c in heads.cells if _PLACES.fullmatch(heads.words(c))]
    return _below_heads(table, places[0], setting) if places else _in_pairs(table)


def _below_heads(table: Table, places: int, setting: Setting) -> IndicatorTable | None:
    """县区 | 任务数(个), 地市 | 整治计划 over years."""
    columns = GoalColumns(table.heads, table.cells, setting)
    caption, unit = _caption(table)
    goals = {}
    for column in sorted(table.heads.cells):
        words = table.heads.words(column)
        if column > places and GOAL.search(words) and columns.is_goal(column):
            named = _HEAD_YEAR.sub("", words)
            goals[column] = caption if _BARE_TASK.fullmatch(named) else named
    found = IndicatorTable(says_tasks(table.heads))
    reader = GoalReader(columns, places, found, goals, unit)
    for cell in table.cells:
        if cell.row not in table.heads.rows and cell.column in goals and cell.view.text:
            reader.read(cell)
    return found if len(found.goals) > 2 * len(found.unread) else None


def _in_pairs(table: Table) -> IndicatorTable | None:
    """Names and figures side by side without a head, below what they share out."""
    caption, unit = _caption(table)
    if not caption or not unit or table.heads.cells:
        return None
    found = IndicatorTable(False)
    filled = [cell for cell in table.cells if cell.view.text]
    for name, cell in zip(filled[::2], filled[1::2], strict=False):
        figures = read_goal(cell.view, unit)
        if len(figures) != 1 or name.row != cell.row or any(c.isdigit() for c in name.view.text):
            return None
        span = cell.view.span(figures[0].start, figures[0].end)
        found.goals.append(Goal(cell.row, figures[0], span, name.view.text + caption, None))
    return found if len(filled) % 2 == 0 and len(found.goals) >= _FEWEST_SHARES else None


def _caption(table: Table) -> tuple[str, str]:
    """What the lines above a table say that it shares out, and in which unit."""
    if not table.cells:
        return "", ""
    start = min(cell.span[0] for cell in table.cells)
    above = View(table.cells[0].view.source, max(0, start - _ABOVE), start).text.strip()
    unit = ""
    for line in reversed(above.split("\n")[-3:]):
        if found := _CAPTION_UNIT.fullmatch(line.replace(" ", "")):
            unit = found["unit"]
        elif caption := _CAPTION.fullmatch(line.replace(" ", "")):
            return _own_words(caption["of"]), unit
        else:
            break
    return "", unit


def _own_words(caption: str) -> str:
    """A caption without the number of its annex and the place that heads it."""
    return _PLACE_AHEAD.sub("", _ANNEX_AHEAD.sub("", caption))
