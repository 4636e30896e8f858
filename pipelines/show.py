"""One paper on the terminal: its tree with tasks, units, dates and figures."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from extract import Extraction
from extract.model import Deadline, Responsibility, Target, Task

_UNCUT = 500  # columns of a file or pipe, where nothing has to be broken
_ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


def print_paper(result: Extraction, pages: bool = False) -> None:
    """Print the paper's columns, its sections with their tasks, and its gaps; `pages` names the
    page on which each task begins."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_UNCUT)
    _print_document(console, result)
    tree = Tree(Text("tasks", style="bold"))
    branches: dict[str | None, Tree] = {None: tree}
    sections = {section.section_id: section for section in result.sections}
    rows = _by_task(result)
    for task in result.tasks:
        section = sections.get(task.section_id or "")
        above = sections.get(section.parent_id or "") if section else None
        key = above.section_id if above else None
        if key not in branches and above is not None:
            heading = Text(f"{above.label or ''} {above.heading or ''}".strip(), style="bold")
            branches[key] = tree.add(heading)
        page = _page(result, task) if pages else ""
        _add_task(branches[key], task, rows[task.task_id], page)
    console.print(tree)
    for row in rows[None]:
        if isinstance(row, Deadline):
            console.print(Text(f"outside tasks: {_deadline(row)}", style="green"))
        elif isinstance(row, Target):
            console.print(Text(f"outside tasks: {_target(row)}", style="magenta"))
    for gap in result.diagnostics:
        place = f" “{gap.quote[:40]}”" if gap.quote else ""
        console.print(Text(f"gap: {gap.code}{place}: {gap.message}", style="yellow"))


def _print_document(console: Console, result: Extraction) -> None:
    document = result.document
    console.print(Text(document.title or document.source, style="bold"))
    facts = [
        document.doc_number,
        " · ".join(document.issuers),
        document.region_name,
        document.genre,
        document.signed_on and f"{document.signed_on} 成文",
        document.disclosure,
        f"status {document.status}",
        document.error,
    ]
    console.print(Text(" | ".join(str(fact) for fact in facts if fact)))


def _by_task(result: Extraction) -> dict[str | None, list[Any]]:
    rows: dict[str | None, list[Any]] = defaultdict(list)
    for found in (result.responsibilities, result.deadlines, result.targets):
        for row in found:
            rows[row.task_id].append(row)
    return rows


def _page(result: Extraction, task: Task) -> str:
    """The page of a task's first character, where its format has pages."""
    lines = (line for line in result.lines if line.char_end > task.char_start)
    page = next((line.page for line in lines), None)
    return "" if page is None else f"  [page {page}]"


def _add_task(branch: Tree, task: Task, rows: list[Any], page: str) -> None:
    words = task.title or task.text[:30].replace("\n", " ")
    leaf = branch.add(Text(f"{task.path or ''} {words}{page}"))
    for row in rows:
        if isinstance(row, Responsibility):
            note = "" if row.basis == "assigned" else f" ({row.basis})"
            leaf.add(Text(f"{_ROLES[row.role]} {row.unit} = {row.name}{note}", style="cyan"))
        elif isinstance(row, Deadline):
            leaf.add(Text(_deadline(row), style="green"))
        elif isinstance(row, Target):
            leaf.add(Text(_target(row), style="magenta"))


def _deadline(row: Deadline) -> str:
    dates = " – ".join(str(day) for day in (row.start_on, row.end_on) if day)
    counted = "working days" if row.working_days else None
    since = f"from {row.anchor}" if row.anchor else None
    ongoing = "ongoing" if row.ongoing else None
    more = [dates, row.recurrence, row.duration, counted, since, ongoing]
    return f"“{row.quote}” {row.kind} " + " ".join(str(part) for part in more if part)


def _target(row: Target) -> str:
    value = _figure(row.value)
    upper = "" if row.value_max is None else f" to {_figure(row.value_max)}"
    per = f" {row.per}" if row.per else ""
    return f"{row.indicator or '?'}: {row.op} {value}{upper} {row.unit or ''}{per} “{row.quote}”"


def _figure(value: float) -> str:
    return f"{value:,.10g}"
