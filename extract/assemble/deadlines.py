"""What is due: the times of tasks, of their deadline columns and of the rest of the body."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from extract.assemble.drafts import Draft
from extract.assemble.paper import Paper
from extract.lens import View
from extract.model import Deadline
from extract.outline.tree import Span
from extract.rules.times.dates import TimeMention, read_times


class Timed(NamedTuple):
    """A view and the times in it, for those who read the figures of the same view; `head` is the
    year in the head over a cell, `measures` what its row says that a cell's figures measure;
    `asks`: the figures of the view may ask for something."""

    view: View
    times: Sequence[TimeMention] = ()
    unvalued: Sequence[TimeMention] = ()
    head: TimeMention | None = None
    measures: str | None = None
    asks: bool = True

    @property
    def due(self) -> list[TimeMention]:
        """The times that are deadlines of the view's task."""
        return [*self.times, *([self.head] if self.head else [])]


def times_of(paper: Paper, draft: Draft) -> list[Timed]:
    """The times of a task: in its text, in its statements, in its column of deadlines or dates."""
    setting = paper.setting
    columns = [*draft.deadlines, *_in_statements(paper, draft)]
    return [
        *(Timed(view, *read_times(view, setting)) for view in draft.views),
        *(Timed(view, *read_times(view, setting, "due")) for view in columns),
        *(Timed(view, *read_times(view, setting, "held")) for view in draft.dates),
    ]


def times_outside(paper: Paper, spans: Sequence[Span], conditions: Collection[Span]) -> list[Timed]:
    """The times of paragraphs that belong to no task. A bare 每年 is a deadline only of an action
    in a task (contract, deadlines 2); beside a goal's figure it says per what."""
    found = []
    for span in spans:
        view = View(paper.text, *span)
        times, unvalued = read_times(view, paper.setting)
        dated = [time for time in times if time.kind != "recurring" or _names_day(time)]
        found.append(Timed(view, dated, unvalued, asks=span not in conditions))
    return found


def _names_day(time: TimeMention) -> bool:
    """Whether a rule of recurrence says on which days: 每年2月底前."""
    return ";BY" in (time.recurrence or "")


def _in_statements(paper: Paper, draft: Draft) -> Iterator[View]:
    for statement in draft.statements:
        for start, end in statement.rest:
            yield View(paper.text, start, end)


def deadlines(paper: Paper, timed: Sequence[tuple[str | None, Timed]]) -> list[Deadline]:
    """The rows in reading order; `timed`: task_id or None, and what was found for it."""
    # a column's head is the time of each of its cells, and one deadline of what they belong to
    told = {
        (task_id, mention.char_start, mention.char_end): mention
        for task_id, found in timed
        for mention in found.due
    }
    rows = [_row(paper, task_id, mention) for (task_id, *_), mention in told.items()]
    rows.sort(key=lambda row: (row.char_start, row.char_end, row.kind))
    for number, row in enumerate(rows):
        row.deadline_id = f"{paper.doc_id}-d{number:04d}"
    for _, found in timed:
        for mention in found.unvalued:
            paper.gap(
                "find",
                "time_without_value",
                "a time expression whose date could not be worked out; read it on the paper",
                (mention.char_start, mention.char_end),
            )
    return rows


def _row(paper: Paper, task_id: str | None, mention: TimeMention) -> Deadline:
    return Deadline(
        doc_id=paper.doc_id,
        section_id=paper.section_at(mention.char_start),
        task_id=task_id,
        kind=mention.kind,
        start_on=mention.start_on,
        end_on=mention.end_on,
        recurrence=mention.recurrence,
        anchor=mention.anchor,
        duration=mention.duration,
        working_days=mention.working_days,
        ongoing=mention.ongoing,
        inferred=mention.inferred,
        hedged=mention.hedged,
        quote=mention.quote,
        char_start=mention.char_start,
        char_end=mention.char_end,
    )
