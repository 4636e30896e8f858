"""What a run says on the terminal: progress while it works, a summary table at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from extract.model import Document
from pipelines.run import Progress as OnDocument
from pipelines.run import Summary


@contextmanager
def announced(total: int) -> Iterator[OnDocument]:
    """A callback a document: a bar on a terminal, a plain line in a log (both on stderr).

    `total` counts files, and a document stands for all the files of its bytes.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        done = 0

        def line(document: Document) -> None:
            nonlocal done
            done += 1 + len(document.also_at)
            print(f"{done}/{total} {document.status} {document.source!r}", file=sys.stderr)

        yield line
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reading", total=total)

        def step(document: Document) -> None:
            done = 1 + len(document.also_at)
            bar.update(task, advance=done, description=escape(document.source[-40:]))

        yield step


_COUNTED = ("tasks", "responsibilities", "deadlines", "targets", "citations")


def print_summary(summary: Summary, out: Path) -> None:
    """The summary table, then the failed files with their reasons."""
    console = Console(soft_wrap=True)
    table = Table(title=f"gongwen: {out}", title_justify="left")
    table.add_column("what")
    table.add_column("count", justify="right")
    for status in ("ok", "partial", "failed"):
        table.add_row(f"documents {status}", str(summary.statuses[status]))
    for name in _COUNTED:
        table.add_row(name, str(summary.rows[name]))
    table.add_row("gaps", str(summary.rows["diagnostics"]))
    table.add_row("seconds", f"{summary.seconds:.1f}")
    console.print(table)
    for source, reason in summary.failures:
        console.print(f"failed: {source!r}: {reason}", markup=False, highlight=False)
