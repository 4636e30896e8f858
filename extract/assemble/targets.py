"""What is to be reached: the figures of tasks and of the rest of the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.assemble.deadlines import Timed
from extract.assemble.goals import Aim
from extract.assemble.paper import Paper
from extract.model import Deadline, Target
from extract.rules.figures.due import is_list_line, leads_in
from extract.rules.figures.quantities import TargetMention, find_targets
from extract.rules.figures.rates import PER, read_change
from extract.rules.times.dates import TimeMention


def targets(
    paper: Paper,
    timed: Sequence[tuple[str | None, Timed]],
    aimed: Sequence[Aim],
    due: Sequence[Deadline],
) -> list[Target]:
    """The rows in reading order, those of indicator tables (`aimed`) included, tied to the
    deadlines (`due`) by which they are to be reached: of the sentence, of a column's head, or of
    the line that leads a list in (到2028年，力争实现：)."""
    ids = {(row.task_id, row.char_start, row.char_end): row.deadline_id for row in due}
    rows = []
    first_year = _first_year(paper)
    lead: str | None = None
    for task_id, found in timed:
        if task_id is not None or found.times or not is_list_line(found.view):
            lead = None
        for mention in find_targets(found.view, found.times, first_year) if found.asks else ():
            time = found.head if mention.time is None else found.times[mention.time]
            rows.append(_row(paper, task_id, mention))
            rows[-1].indicator = found.measures or mention.indicator
            rows[-1].deadline_id = _tied(ids, task_id, time)
            if time is None and task_id is None:
                rows[-1].deadline_id = lead
        leading = leads_in(found.view, found.times) if task_id is None else None
        if leading is not None:
            lead = _tied(ids, None, found.times[leading])
    for aim in aimed:
        rows.append(_from_goal(paper, aim))
        rows[-1].deadline_id = _tied(ids, aim.task_id, aim.time)
    rows.sort(key=lambda row: (row.char_start, row.char_end))
    for number, row in enumerate(rows):
        row.target_id = f"{paper.doc_id}-g{number:04d}"
    return rows


def _first_year(paper: Paper) -> int | None:
    """The first year that the paper can ask for: its own, or an earlier one that its plan names."""
    written, start = paper.setting.written_on, paper.setting.plan_start
    years = [year for year in (written and written.year, start) if year]
    return min(years) if written and years else None


def _tied(
    ids: Mapping[tuple[str | None, int, int], str], task_id: str | None, time: TimeMention | None
) -> str | None:
    return ids.get((task_id, time.char_start, time.char_end)) if time else None


def _from_goal(paper: Paper, aim: Aim) -> Target:
    """A row of an indicator table's cell; its indicator says whether it is a change."""
    figure, (start, end) = aim.goal.figure, aim.goal.span
    words = aim.goal.indicator
    period = PER.match(words)
    return Target(
        doc_id=paper.doc_id,
        section_id=paper.section_at(start),
        task_id=aim.task_id,
        indicator=words[period.end() :] if period else words,
        op=figure.op,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        per=period[0] if period else None,
        change=read_change(words, figure.unit or ""),
        nature="goal",
        hedged=figure.hedged,
        quote=paper.text[start:end],
        char_start=start,
        char_end=end,
    )


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
