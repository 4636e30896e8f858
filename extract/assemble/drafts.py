"""Drafts: the tasks of a paper before anything is said about them, from items and table rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from extract.assemble.paper import Paper, Range
from extract.lens import View
from extract.model import Task
from extract.outline.dated_rows import dated_rows, is_dated
from extract.outline.goal_columns import Goal, IndicatorTable
from extract.outline.items import Item, items_of
from extract.outline.run_on import RunOnHeads, run_on_heads, run_on_rows
from extract.outline.tables import task_rows
from extract.outline.task_rows import TargetCell, TaskRow, UnitCell
from extract.outline.tree import Node, Span
from extract.rules.units.statements import Statement


@dataclass(slots=True)
class Draft:
    """A task row with what is still to be read: its text, statements, cells.

    `shared`: who answers for a table row's groups; `group`: the words of the innermost one;
    `details`: the body's draft that the row details.
    """

    task: Task
    node: Node
    views: list[View]
    title: Span | None = None
    statements: list[Statement] = field(default_factory=list)
    units: list[UnitCell] = field(default_factory=list)
    shared: list[Statement] = field(default_factory=list)
    deadlines: list[View] = field(default_factory=list)
    dates: list[View] = field(default_factory=list)
    targets: list[TargetCell] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    group: str = ""
    details: Draft | None = None


def draft_tasks(paper: Paper, indicators: Mapping[int, IndicatorTable]) -> list[Draft]:
    """The drafts of every range of the paper, numbered in reading order; `indicators` are the
    paper's indicator tables by their numbers."""
    body: list[Draft] = []
    rows: list[Draft] = []
    since = 0
    for part in paper.ranges:
        items = items_of(paper.text, part.root, tasks=part.tasks)
        made = {id(item): _from_item(paper, item) for item in items}
        for item in items:
            if item.parent is not None:
                made[id(item)].task.parent_task_id = made[id(item.parent)].task.task_id
        here = [*made.values()]
        ruled = _rows_of(paper, part, indicators)
        if heads := run_on_heads(paper.text, since, part.end):
            rows += _run_on(paper, part, heads)
            here, ruled = _outside(paper.run_on[-1], here), _outside(paper.run_on[-1], ruled)
        since = part.end
        body += here
        rows += ruled
    headings = _Body(body)
    for row in rows:
        row.details = headings.detailed_by(row)
    tasks = sorted(body + rows, key=lambda draft: draft.task.char_start)
    _number(paper, tasks)
    return tasks


def _run_on(paper: Paper, part: Range, heads: RunOnHeads) -> list[Draft]:
    """The rows of a table whose cells ran together; notes the stretch that it takes of the text."""
    if is_dated(heads.kinds):
        rows, unread, stop = dated_rows(paper.text, heads.kinds, heads.span[1], part.end)
    else:
        rows, unread, stop = run_on_rows(paper.text, heads, part.end)
    for span in unread if rows else ():
        paper.gap("assemble", "row_not_read", _RUN_TOGETHER, span)
    if not rows:
        paper.gap("assemble", "row_not_read", _HEADS_RUN_ON, heads.span)
    paper.run_on.append((heads.span[0], stop if rows else part.end))
    drafts = [_from_row(paper, part, part.root, row) for row in rows]
    for draft in drafts:  # what the last cell says is text as the measure is
        draft.views += [View(paper.text, *cell.span) for cell in draft.targets]
        draft.targets = []
    return drafts


def _outside(stretch: Span, drafts: list[Draft]) -> list[Draft]:
    start, end = stretch
    return [draft for draft in drafts if not start <= draft.task.char_start < end]


def _number(paper: Paper, tasks: list[Draft]) -> None:
    """Ids by place in the document; parents by their new ids."""
    ids = {}
    for seq, draft in enumerate(tasks):
        ids[draft.task.task_id] = f"{paper.doc_id}-t{seq:04d}"
        draft.task.seq = seq
    for draft in tasks:
        parent = draft.details.task.task_id if draft.details else draft.task.parent_task_id
        draft.task.parent_task_id = ids[parent] if parent else None
    for draft in tasks:
        draft.task.task_id = ids[draft.task.task_id]


def _from_item(paper: Paper, item: Item) -> Draft:
    node = item.node
    start, end = item.quote
    task = Task(
        task_id=f"item {start}",
        doc_id=paper.doc_id,
        label=node.label,
        path=node.path,
        title=paper.closed_up(item.title),
        text="\n".join(paper.text[a:b] for a, b in item.texts),
        kind="safeguard" if node.section_kind == "safeguard" else "main",
        source="body",
        quote=paper.text[start:end],
        char_start=start,
        char_end=end,
    )
    views = [View(paper.text, a, b) for a, b in item.texts]
    return Draft(task, node, views, item.title, item.statements)


def _rows_of(paper: Paper, part: Range, indicators: Mapping[int, IndicatorTable]) -> list[Draft]:
    """The rows of task tables; one that says only what is to be measured has none."""
    drafts = []
    for node in part.root.walk():
        for table in node.tables:
            found = indicators.get(table)
            if part.tasks == "none" or (found and not found.of_tasks):
                continue
            rows, unread = task_rows(paper.table(table))
            for span in unread:
                paper.gap("assemble", "row_not_read", _RUN_TOGETHER, span)
            for row in rows:
                drafts.append(_from_row(paper, part, node, row))
                _take_goals(drafts[-1], row, found)
    return drafts


def _take_goals(draft: Draft, row: TaskRow, found: IndicatorTable | None) -> None:
    """Give a row the goals of its cells, which are then not read as text."""
    if found is None:
        return
    draft.goals = [goal for goal in found.goals if goal.row == row.number]
    taken = [goal.span for goal in draft.goals]
    draft.targets = [
        cell
        for cell in draft.targets
        if not any(cell.span[0] <= i and j <= cell.span[1] for i, j in taken)
    ]


def _from_row(paper: Paper, part: Range, node: Node, row: TaskRow) -> Draft:
    start, end = row.cell
    figures = ".".join(str(figure) for figure in row.figures)
    above = [node.path] if node.path else []
    path = ".".join([*above, figures]) if above and figures else part.prefix + figures
    task = Task(
        task_id=f"row {start}",
        doc_id=paper.doc_id,
        label=row.label,
        path=path if figures or above else None,
        title=paper.closed_up(row.title),
        text=paper.text[row.text[0] : row.text[1]],
        kind="safeguard" if node.section_kind == "safeguard" else "main",
        source="table",
        quote=paper.text[start:end],
        char_start=start,
        char_end=end,
    )
    return Draft(
        task,
        node,
        [View(paper.text, *row.text)],
        units=row.units,
        shared=row.shared,
        deadlines=[View(paper.text, *span) for span in row.deadlines],
        dates=[View(paper.text, *span) for span in row.dates],
        targets=row.targets,
        group=row.group_words,
    )


_HEADS_RUN_ON = (
    "the heads of a table stand here without a sign between them, and its cells have run together: "
    "no row from here on was read; get the paper with its table (the page itself, Word or PDF)"
)
_RUN_TOGETHER = "a row whose cells could not be told apart; read it on the paper"
_ALIKE = 0.6


class _Body:
    """Finds the body's item that a table row details: the same heading as its group or title, or as
    all that it says where only the body can tell the roles of its units."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.titles = [(View(draft.task.title or "").text, draft) for draft in drafts]
        self.known: dict[str, tuple[float, Draft | None]] = {}

    def detailed_by(self, row: Draft) -> Draft | None:
        alone = any(cell.role is None for cell in row.units) and row.task.text.rstrip("。")
        words = [View(word).text for word in (row.task.title, row.group, alone) if word]
        found = [self._best(word) for word in words]
        return max(found, key=lambda item: item[0])[1] if found else None

    def _best(self, word: str) -> tuple[float, Draft | None]:
        if word not in self.known:
            signs = set(word)
            scored = [(_likeness(word, signs, title), draft) for title, draft in self.titles]
            score, draft = max(scored, key=lambda item: item[0], default=(0.0, None))
            self.known[word] = (score, draft) if score >= _ALIKE else (0.0, None)
        return self.known[word]


def _likeness(a: str, signs: set[str], b: str) -> float:
    """How alike two headings are, 0 where it is less than `_ALIKE`; `signs`: the characters of the
    first."""
    if a == b:
        return 1.0
    if not a or not b or abs(len(a) - len(b)) > max(len(a), len(b)) // 2:
        return 0.0
    if 2 * (len(a) - len(signs.difference(b))) < _ALIKE * (len(a) + len(b)):
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
