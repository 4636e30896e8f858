"""What a run says while it works, on stderr, and at its end, on stdout."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from pipelines.run import Quiet, Summary, Watcher
from pipelines.work.frames import Wanted
from pipelines.work.listed import Listing
from pipelines.work.packed import Packed


@contextmanager
def watching(as_json: bool) -> Iterator[Watcher]:
    """A bar on a terminal; else a line a document, plain or JSON (both on stderr)."""
    console = Console(stderr=True)
    if as_json:
        yield JsonLines()
    elif console.is_terminal:
        with _bar(console) as bar:
            yield Bar(bar)
    else:
        yield Lines()


class Lines(Quiet):
    """A line a document; names are quoted, so that none can break a line."""

    def __init__(self) -> None:
        self._done = self._pending = 0

    def begun(self, listing: Listing, pending: int) -> None:
        """Say what lies there."""
        self._pending = pending
        print(
            f"{listing.files} files: {listing.new} new, {listing.changed} changed, "
            f"{listing.removed} removed; {pending} documents to read",
            file=sys.stderr,
        )

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        """Say that a document is read."""
        self._done += 1
        print(
            f"{self._done}/{self._pending} {packed.status} {wanted.source!r} "
            f"{packed.seconds:.2f} s",
            file=sys.stderr,
        )


class JsonLines(Quiet):
    """A JSON object a line: time, event, stage, seconds and, for a document, what it is."""

    def begun(self, listing: Listing, pending: int) -> None:
        """Say what lies there."""
        self._say(
            "listed", stage="list", files=listing.files, new=listing.new, changed=listing.changed,
            removed=listing.removed, pending=pending,
        )  # fmt: skip

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        """Say that a document is read."""
        self._say(
            "document", stage="read", seconds=round(packed.seconds, 4), document=packed.doc_id,
            source=wanted.source, status=packed.status, chars=packed.chars, code=packed.code,
            error=packed.error,
        )  # fmt: skip

    def stage(self, name: str, seconds: float) -> None:
        """Say that a stage is over."""
        self._say("stage", stage=name, seconds=round(seconds, 4))

    def _say(self, event: str, **values: Any) -> None:
        now = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds")
        # ASCII only: a name that is no UTF-8 or holds a line end stays inside its line
        print(json.dumps({"time": now, "event": event, **values}), file=sys.stderr)


class Bar(Quiet):
    """A bar with rate and time left."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("looking", total=None, rate="")
        self._started = time.monotonic()
        self._done = 0

    def begun(self, listing: Listing, pending: int) -> None:
        """Show how much there is to do."""
        self._started = time.monotonic()
        self._bar.update(self._task, total=pending, description="reading")

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        """Show that a document is read."""
        self._done += 1
        rate = self._done / max(time.monotonic() - self._started, 1e-3)
        self._bar.update(
            self._task,
            advance=1,
            description=escape(ascii(wanted.source[-40:]) if not wanted.source.isprintable()
                               else wanted.source[-40:]),
            rate=f"{rate:.1f}/s",
        )  # fmt: skip


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
    )


_COUNTED = ("tasks", "responsibilities", "deadlines", "targets", "citations")
_SAID = 20
_UNPUBLISHED = "nothing was published by this run"


def print_summary(summary: Summary, out: str) -> None:
    """What the output holds, what the run did, and the failed files with their reasons."""
    console = Console(soft_wrap=True)
    table = Table(title=f"gongwen: {out}", title_justify="left")
    table.add_column("what")
    table.add_column("count", justify="right")
    for status in ("ok", "partial", "failed"):
        table.add_row(f"documents {status}", str(summary.statuses[status]))
    for name in _COUNTED:
        table.add_row(name, str(summary.rows[name]))
    table.add_row("gaps", str(summary.rows["diagnostics"]))
    console.print(table)
    _print_work(console, summary)
    if summary.failure:
        _print_failure(console, *summary.failure)
        console.print(
            _UNPUBLISHED + "; mend the file or leave it out with --exclude, then run again"
        )
        return
    if not summary.published:
        console.print(_UNPUBLISHED + ": it ended before it had read a document; run again")
    for failure in summary.failures[:_SAID]:
        _print_failure(console, *failure)
    more = summary.statuses["failed"] - _SAID
    if more > 0:
        console.print(f"and {more} more: see documents where status is failed", highlight=False)


def _print_failure(console: Console, source: str, reason: str) -> None:
    console.print(f"failed: {source!r}: {reason}", markup=False, highlight=False)


def _print_work(console: Console, summary: Summary) -> None:
    """The run itself, in a few lines."""
    report = summary.report
    listing = report.listing
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in report.stages.items())
    done = (
        f"{report.status}: {listing.files} files ({listing.new} new, {listing.changed} changed, "
        f"{listing.removed} removed), {report.statuses.total()} documents read in "
        f"{report.seconds:.1f} s ({stages})"
    )
    lines = [done]
    left = report.pending - report.statuses.total()
    if left > 0:
        lines.append(f"{left} documents are left; run again to go on")
    if summary.laid_out:
        before, now = (",".join(keys) or "none" for keys in summary.laid_out)
        lines.append(f"laid out anew: folders by {now}, before by {before} (--partition-by)")
    if report.failures:
        lines.append("failures: " + ", ".join(f"{c} {n}" for c, n in report.failures.most_common()))
    if report.slowest:
        seconds, source = max(report.slowest)
        lines.append(f"slowest: {source!r} {seconds:.1f} s")
    for line in lines:
        console.print(line, markup=False, highlight=False)
