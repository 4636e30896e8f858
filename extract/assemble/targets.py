"""What is to be reached: the figures of tasks and of the rest of the body."""

from __future__ import annotations

from collections.abc import Sequence

from extract.assemble.deadlines import Timed
from extract.assemble.paper import Paper
from extract.model import Deadline, Target
from extract.rules.figures.quantities import TargetMention, find_targets


def targets(
    paper: Paper, timed: Sequence[tuple[str | None, Timed]], due: Sequence[Deadline]
) -> list[Target]:
    """The rows in reading order, tied to the deadlines (`due`) by which they are to be reached."""
    ids = {(row.task_id, row.char_start, row.char_end): row.deadline_id for row in due}
    rows = []
    for task_id, found in timed:
        for mention in find_targets(found.view, found.times):
            row = _row(paper, task_id, mention)
            if mention.time is not None:
                time = found.times[mention.time]
                row.deadline_id = ids.get((task_id, time.char_start, time.char_end))
            rows.append(row)
    rows.sort(key=lambda row: (row.char_start, row.char_end))
    for number, row in enumerate(rows):
        row.target_id = f"{paper.doc_id}-g{number:04d}"
    return rows


def _row(paper: Paper, task_id: str | None, mention: TargetMention) -> Target:
    return Target(
        doc_id=paper.doc_id,
        section_id=paper.section_at(mention.char_start),
        task_id=task_id,
        indicator=mention.indicator,
        op=mention.op,
        value=mention.value,
        value_max=mention.value_max,
        unit=mention.unit,
        per=mention.per,
        change=mention.change,
        baseline=mention.baseline,
        nature=mention.nature,
        hedged=mention.hedged,
        quote=mention.quote,
        char_start=mention.char_start,
        char_end=mention.char_end,
    )
