"""The batch: inputs in, tables out; only what is new is read, and one bad file never stops it."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from extract import rules_version
from extract.model import TABLES
from pipelines.cluster import check_dask, cluster
from pipelines.inputs import Input
from pipelines.runs import Report, note_run
from pipelines.store import Store, StoreError, store_at
from pipelines.store.changes import PARTITIONS
from pipelines.store.manifest import Manifest
from pipelines.store.publish import publish
from pipelines.work.frames import Answer, Limits, Wanted
from pipelines.work.jobs import Job, WorkersError, do_all
from pipelines.work.ledger import NONE, anything_new, anything_read, open_ledger
from pipelines.work.listed import (
    Listing,
    look_again,
    look_at_all_again,
    note_inputs,
    note_places,
    note_unsteady,
    to_look,
)
from pipelines.work.packed import Packed
from pipelines.work.pending import (
    READ_TOGETHER,
    Means,
    count_pending,
    drop_failed,
    drop_unfit,
    keep,
    to_read,
)
from pipelines.work.sandbox import abandoning

_NAMED = 100
_DISK = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
)
_KIND = 0xFF
"""Of an SQLite error code, the part that says its kind."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works. `workers`: reader processes; 0 reads in this process, without limits.

    `limit`: documents to read at most; `fail_fast`: end at the first one that fails and publish
    nothing; `scheduler`: address of a Dask cluster; `work`: folder for what is under way, needed
    only where the output is no local folder.
    """

    workers: int = 0
    limits: Limits = Limits()
    password: str | None = None
    partition_by: tuple[str, ...] = ()
    limit: int | None = None
    fail_fast: bool = False
    scheduler: str | None = None
    work: str | None = None


@dataclass(slots=True)
class Summary:
    """What an output holds after a run, and what the run did.

    `statuses`: documents by status; `rows`: by table; `failures`: the first hundred failed
    documents with their reasons; `report`: the run's row of `runs`; `stopped`: it was to end
    before its time, be it that all was done by then: by `signal`, or by `failure`, the document at
    which a `fail_fast` run ended, with its reason; `published`: the tables are those of this run or
    were so before; `laid_out`: the keys of folders before and now, where these have changed.
    """

    statuses: Counter[str]
    rows: dict[str, int]
    failures: list[tuple[str, str]]
    report: Report
    stopped: bool = False
    signal: int | None = None
    failure: tuple[str, str] | None = None
    published: bool = True
    laid_out: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return self.report.seconds


def available_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Watcher(Protocol):
    """Is told what a run does."""

    def begun(self, listing: Listing, pending: int) -> None:
        """The inputs are listed; so many documents are to be read."""

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        """A document is read."""

    def stage(self, name: str, seconds: float) -> None:
        """A stage is over: list, look, read or publish."""


class Quiet:
    """A watcher that says nothing."""

    def begun(self, listing: Listing, pending: int) -> None:
        """Nothing."""

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        """Nothing."""

    def stage(self, name: str, seconds: float) -> None:
        """Nothing."""


def run(
    inputs: Iterable[Input],
    out: str | os.PathLike[str],
    options: Options | None = None,
    watcher: Watcher | None = None,
    executor: Executor | None = None,
) -> Summary:
    """Read what is new among the inputs and publish the tables at `out`, a folder or URL.

    The output holds the papers of these inputs and no others: the same set of papers gives the same
    bytes, whatever runs were before. `executor`: any of `concurrent.futures`; else the options say.
    Raises StoreError for an output that cannot be used; what is read by then is kept for the next.
    """
    options = options or Options()
    if unknown := [key for key in options.partition_by if key not in PARTITIONS]:
        raise StoreError(f"cannot partition by {unknown[0]}; the keys are {', '.join(PARTITIONS)}")
    if options.scheduler:
        check_dask()  # before a folder is made
    store = store_at(os.fspath(out), options.work)
    try:
        with store.locked(), _executor(options, executor) as (doing, ahead):
            return _Run(store, options, watcher or Quiet(), doing, ahead)(inputs)
    except (OSError, sqlite3.OperationalError) as error:
        if (
            isinstance(error, sqlite3.OperationalError)
            and error.sqlite_errorcode & _KIND not in _DISK
        ):
            raise
        raise StoreError(
            f"cannot write to {out}: {error}; check free space and rights, then run again: "
            "the tables stand as they were, and what was read is kept"
        ) from error
    except WorkersError as error:
        raise StoreError(
            f"{error}; then run again: the tables stand as they were, and what was read is kept"
        ) from error


@dataclass
class _Run:
    store: Store
    options: Options
    watcher: Watcher
    executor: Executor
    ahead: Callable[[], int]
    stopped: bool = False
    signal: int | None = None
    failure: tuple[str, str] | None = None
    report: Report = field(default_factory=Report)

    def __call__(self, inputs: Iterable[Input]) -> Summary:
        self.report.begin(self.options)
        manifest = self.store.manifest
        version = manifest.version if manifest else NONE
        with (
            closing(open_ledger(self.store.work, version, self.store.state)) as db,
            _first_signal(self._stop),
        ):
            means = Means(rules_version(), self.options.password, self._limits())
            look_at_all_again(db, means.made_by)
            with self._stage("list"):
                listing = note_inputs(db, inputs, _today())
            with self._stage("look"):
                listing = replace(listing, changed=self._look(db))
            drop_unfit(db, means)
            if self.options.fail_fast:
                drop_failed(db)
            pending = count_pending(db, means)
            self.watcher.begun(listing, pending)
            with self._stage("read"):
                self._read_all(db, means)
            self.report.listed(listing, pending)
            summary = Summary(Counter(), {}, [], self.report)
            with self._stage("publish"):
                manifest = self._publish(db, manifest, summary)
            summary.statuses, summary.failures = _documents(db)
            summary.rows = {name: manifest.rows(name) if manifest else 0 for name in TABLES}
            self.report.end(summary.rows, "stopped" if self.stopped else "finished")
            self._note()
        # only here is it sure that no signal comes between
        summary.stopped, summary.signal, summary.failure = self.stopped, self.signal, self.failure
        return summary

    def _publish(
        self, db: sqlite3.Connection, old: Manifest | None, summary: Summary
    ) -> Manifest | None:
        """The manifest of the tables that readers see from now on."""
        keys = self.options.partition_by
        unread = old is None and self.stopped and not anything_read(db)
        summary.published = self.failure is None and not unread
        if not summary.published:
            return old
        if old is not None and old.partition_by != keys:
            summary.laid_out = (old.partition_by, keys)
        if old is None or summary.laid_out or anything_new(db):
            return publish(db, self.store, keys)
        return old

    def _note(self) -> None:
        try:
            note_run(self.store, self.report)
        except OSError as error:
            raise StoreError(
                f"the tables are published, but this run's row of `runs` could not be written: "
                f"{error}; check free space and rights"
            ) from error

    def _look(self, db: sqlite3.Connection) -> int:
        """Look into new and doubtful files; how many known ones have changed."""
        changed = 0
        for job, answers in self._done(to_look(db)):
            looked = zip(job.requests, answers, strict=True)
            changed += note_places(db, [(str(path), places) for path, places in looked], _today())  # type: ignore[misc]
        return changed

    def _read_all(self, db: sqlite3.Connection, means: Means) -> None:
        """Read, and once more what has changed under way; what will not stand still fails."""
        if self._read(db, means, look_again):
            self._look(db)
            if self._read(db, means, note_unsteady):
                self._read(db, means, note_unsteady)

    def _read(
        self,
        db: sqlite3.Connection,
        means: Means,
        changed: Callable[[sqlite3.Connection, str], None],
    ) -> bool:
        """Read what is pending; whether files had other bytes by now, as `changed` was told."""
        any_changed = False
        for job, answers in self._done(to_read(db, means, self._left(), self._together())):
            finished = []
            for wanted, answer in zip(job.requests, answers, strict=True):
                assert isinstance(wanted, Wanted)
                if isinstance(answer, Packed):
                    finished.append((wanted, answer))
                else:
                    any_changed = True
                    changed(db, wanted.path)
            keep(db, means, finished)
            for wanted, packed in finished:
                self.report.finished(wanted, packed)
                self.watcher.finished(wanted, packed)
                if packed.status == "failed" and self.options.fail_fast:
                    self.failure = self.failure or (wanted.source, packed.error or "")
                    self.stopped = True
        return any_changed

    def _done(
        self, wanted: Generator[tuple[Any, ...], None, None]
    ) -> Iterator[tuple[Job, list[Answer]]]:
        # closed when the run is stopped: an open query would lock its table
        with closing(wanted) as requests:
            jobs = (self._job(some) for some in requests)
            yield from do_all(self.executor, jobs, self.ahead, lambda: self.stopped)

    def _job(self, requests: tuple[Any, ...]) -> Job:
        return Job(requests, self._limits(), rules_version(), self.options.password)

    def _left(self) -> int | None:
        """How many documents this run may still read."""
        limit = self.options.limit
        return None if limit is None else max(0, limit - self.report.statuses.total())

    def _together(self) -> int:
        """How many documents a worker is given at a time: what it has, it finishes."""
        return 1 if self.options.fail_fast else READ_TOGETHER

    def _limits(self) -> Limits | None:
        return None if isinstance(self.executor, InProcess) else self.options.limits

    def _stop(self, number: int) -> None:
        self.stopped, self.signal = True, number

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        seconds = time.monotonic() - started
        self.report.stages[name] = seconds
        self.watcher.stage(name, seconds)


Doing = tuple[Executor, Callable[[], int]]


class InProcess(Executor):
    """Does each job at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of a call."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def _executor(options: Options, given: Executor | None) -> Iterator[Doing]:
    """The executor, and how many jobs are under way at a time."""
    if given is not None:
        yield given, lambda: 2 * max(1, options.workers)
    elif options.scheduler:
        with cluster(options.scheduler, rules_version()) as doing:
            yield doing
    elif options.workers:
        # threads only wait: each has a reader process of its own
        with ThreadPoolExecutor(options.workers) as executor:
            try:
                yield executor, lambda: 2 * options.workers
            except BaseException:
                with abandoning():
                    executor.shutdown(cancel_futures=True)
                raise
    else:
        yield InProcess(), lambda: 1


@contextmanager
def _first_signal(stop: Callable[[int], None]) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM calls `stop` with its number; the second interrupts as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in signals}

    def first(number: int, _: Any) -> None:
        for each in signals:
            signal.signal(each, signal.default_int_handler)
        stop(number)

    for number in signals:
        signal.signal(number, first)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _documents(db: sqlite3.Connection) -> tuple[Counter[str], list[tuple[str, str]]]:
    """The published documents by status, and the first failed ones with their reasons."""
    statuses = dict(db.execute("SELECT status, count(*) FROM docs GROUP BY status").fetchall())
    failures = db.execute(
        "SELECT json_extract(sources, '$[0]'), coalesce(error, '') FROM docs "
        "WHERE status = 'failed' ORDER BY 1 LIMIT ?",
        (_NAMED,),
    ).fetchall()
    return Counter(statuses), failures


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
