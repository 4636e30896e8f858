"""Goals of indicator tables: which tables a paper has, and each goal tied to its task and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.assemble.deadlines import Timed
from extract.assemble.drafts import Draft
from extract.assemble.paper import Paper
from extract.lens import View
from extract.outline.goal_columns import Goal, IndicatorTable
from extract.outline.indicator_tables import read_indicator_table
from extract.outline.tree import Span
from extract.rules.times.dates import TimeMention, read_times


class Aim(NamedTuple):
    """A goal with the task that it is set for, if any, and the time of its column's year."""

    task_id: str | None
    goal: Goal
    time: TimeMention | None


def indicator_tables(paper: Paper) -> dict[int, IndicatorTable]:
    """The indicator tables of a paper by number; what was not read of them becomes gaps."""
    found = {}
    for part in paper.ranges:
        for node in part.root.walk():
            for table in node.tables:
                read = read_indicator_table(paper.table(table), paper.setting)
                if read is not None:
                    found[table] = read
                    _note_gaps(paper, read)
    return found


def _note_gaps(paper: Paper, table: IndicatorTable) -> None:
    for span in table.unread:
        paper.gap("find", "goal_not_read", "a goal's cell that is no plain figure; read it", span)
    for span in table.averages:
        message = "yearly averages and sums of an indicator table are no rows; read this column"
        paper.gap("assemble", "averages_not_read", message, span)
    if not table.of_tasks:
        for span in table.answering:
            message = "who answers for the figures of this table is no row; read this column"
            paper.gap("assemble", "indicator_units_not_read", message, span)


def aims(paper: Paper, drafts: Sequence[Draft], tables: Mapping[int, IndicatorTable]) -> list[Aim]:
    """Every goal of the tables: those of a task table's row belong to its task."""
    owners = {goal.span: draft.task.task_id for draft in drafts for goal in draft.goals}
    return [
        Aim(owners.get(goal.span), goal, time_of_head(paper, goal.year))
        for table in tables.values()
        for goal in table.goals
    ]


def time_of_head(paper: Paper, year: Span | None) -> TimeMention | None:
    """The time that a column's head names: its figures are to be reached by the year's end."""
    if year is None:
        return None
    found, _ = read_times(View(paper.text, *year), paper.setting, "due")
    if not found or found[0].kind != "in":
        return found[0] if found else None
    return replace(found[0], kind="by", start_on=None)


def said_goals(paper: Paper, tables: Mapping[int, IndicatorTable]) -> Iterator[Timed]:
    """The goals that are sentences, with the times that they name; those of a task table's rows are
    read with their tasks."""
    for table in tables.values():
        for goal in () if table.of_tasks else table.said:
            view = View(paper.text, *goal.span)
            times, unvalued = read_times(view, paper.setting)
            dated = [time for time in times if time.kind != "recurring"]
            head = None if dated else time_of_head(paper, goal.year)
            yield Timed(view, dated, unvalued, head, goal.indicator)


def times_of_aims(paper: Paper, found: Sequence[Aim]) -> Iterator[tuple[str | None, Timed]]:
    """The times of the goals' columns, each once for a task and once for all other goals."""
    seen = set()
    for aim in found:
        if aim.time is None or (aim.task_id, aim.time.char_start) in seen:
            continue
        seen.add((aim.task_id, aim.time.char_start))
        yield (
            aim.task_id,
            Timed(View(paper.text, aim.time.char_start, aim.time.char_end), [aim.time]),
        )
