"""Indicator tables: 指标 | 单位 | 2020年 | 2025年 | 属性, each cell of a goal's year a figure.

Tables that give marks (分值, 评分标准) assess, they set no goals.
Source: contract, targets (deadline_id: a year's column in a table).
"""

from __future__ import annotations

from extract import lazy as regex
from extract.clean.heads import UNIT_KINDS
from extract.model import Setting
from extract.outline.columns import Heads, Table
from extract.outline.goal_columns import (
    AVERAGE,
    BASE,
    INDICATOR_NAME,
    UNIT_HEAD,
    GoalColumns,
    GoalReader,
    IndicatorTable,
    says_tasks,
)
from extract.outline.shares import read_shares

_MARKS = regex.compile("分值|权重|得分|标准分|评分|计分|扣分|赋分|考核标准|考核内容|满分")
_STANDARD = regex.compile("评价标准")
"""A head over goals or over what earns marks: the cells tell which."""
_MARKED = regex.compile(r"[得扣加计]\d*\.?\d*分|\d分(?!钟|之|区|[中支]心|局|院|类|级)")


def read_indicator_table(table: Table, setting: Setting) -> IndicatorTable | None:
    """The goals of an indicator table; None where the table is none."""
    cells, heads = table
    names = [c for c in heads.kinds if INDICATOR_NAME.search(heads.words(c))]
    if any(_MARKS.search(heads.words(c)) for c in heads.cells):
        return None
    if not names:
        return read_shares(table, setting)
    assesses = any(_STANDARD.search(heads.words(c)) for c in heads.cells)
    if assesses and any(_MARKED.search(cell.view.text) for cell in cells):
        return None
    columns = GoalColumns(heads, cells, setting)
    goals = [c for c in sorted(heads.cells) if c > max(names) and columns.is_goal(c)]
    if not goals:
        return None
    found = IndicatorTable(says_tasks(heads))
    reader = GoalReader(columns, max(names), found)
    for cell in cells:
        if cell.row not in heads.rows and cell.column in goals and cell.view.text:
            reader.read(cell)
    read = len(found.goals) + len(found.said)
    if not read or len(found.unread) > read:
        return None
    _note_columns(found, heads)
    return found


def _note_columns(found: IndicatorTable, heads: Heads) -> None:
    for column, cells in heads.cells.items():
        if heads.kinds.get(column) in UNIT_KINDS and not UNIT_HEAD.fullmatch(heads.words(column)):
            found.answering.append(cells[-1].span)
        elif AVERAGE.search(heads.words(column)) and not BASE.search(heads.words(column)):
            found.averages.append(cells[-1].span)
