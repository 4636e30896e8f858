"""Runs that end before their time: signals, a full disk, a second run, --limit and --fail-fast."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from growing import BROKEN, at_once, manifest, packed, paper
from killable import Run
from test_kill import seen

import pipelines.run
import pipelines.store.folder
from pipelines import open_output
from pipelines.inputs import find_inputs
from pipelines.run import Options, Quiet, run
from pipelines.store import StoreError
from pipelines.work.frames import Limits

DOCUMENTS_A_PART = 2


@pytest.fixture(autouse=True)
def many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.store.changes.DOCUMENTS_A_PART", DOCUMENTS_A_PART)


class Reads(Quiet):
    """Which documents a run reads."""

    def __init__(self) -> None:
        self.sources: list[str] = []

    def finished(self, wanted: Any, packed: Any) -> None:
        self.sources.append(wanted.source)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A first night of two papers is published; twenty more wait."""
    folder = tmp_path / "raw"
    folder.mkdir()
    write(folder, range(2))
    run(find_inputs([str(folder)]), tmp_path / "out")
    write(folder, range(2, 22))
    return folder


def write(raw: Path, numbers: range) -> None:
    for n in numbers:
        (raw / f"{n:02}.txt").write_bytes(paper(n, cites=[n + 1]))
        os.utime(raw / f"{n:02}.txt", (10**9, 10**9))


def goes_on(raw: Path, *already: str) -> None:
    """One more run ends well, and reads nothing that is read already."""
    reads = Reads()
    run(find_inputs([str(raw)]), raw.parent / "out", watcher=reads)
    assert not {*reads.sources} & {*already}
    assert manifest(raw.parent / "out") == at_once(raw, raw.parent / "fresh")


def read_by(run: Run) -> list[str]:
    return [event.removeprefix("read ") for event in run.events if event.startswith("read ")]


def ends(group: int) -> bool:
    """Whether all processes of a group end within some seconds."""
    late = time.monotonic() + 20
    while time.monotonic() < late:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


# --- signals --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_publishes_what_is_read(raw: Path, number: int) -> None:
    out = raw.parent / "out"
    (raw / "02.pdf").write_bytes(BROKEN)
    with Run(raw, out, Options(), DOCUMENTS_A_PART) as run:
        run.wait_for("read 02.txt")
        run.signal(number)
        assert run.end() == 0
    read = read_by(run)
    assert 8 <= len(read) < 21
    sources = set(open_output(out).frame("documents").source)
    assert sources == {"00.txt", "01.txt", *read}
    assert seen(out)
    goes_on(raw, *read)


def test_a_signal_after_a_failed_paper(raw: Path) -> None:
    class Interrupts(Reads):
        def finished(self, wanted: Any, packed: Any) -> None:
            if not self.sources:
                signal.raise_signal(signal.SIGINT)
            super().finished(wanted, packed)

    (raw / "02.pdf").write_bytes(BROKEN)
    reads = Interrupts()
    gc.disable()  # the failure's frames stay, and with them whatever they hold open
    try:
        run(find_inputs([str(raw)]), raw.parent / "out", watcher=reads)
    finally:
        gc.enable()
    assert 8 <= len(reads.sources) < 21
    assert seen(raw.parent / "out")
    goes_on(raw, *reads.sources)


def test_a_signal_before_anything_is_read_makes_no_empty_tables(raw: Path) -> None:
    class Ended(Quiet):
        def stage(self, name: str, seconds: float) -> None:
            if name == "list":
                signal.raise_signal(signal.SIGTERM)

    place, before = raw.parent / "new", manifest(raw.parent / "out")
    summary = run(find_inputs([str(raw)]), place, watcher=Ended())
    assert (summary.signal, summary.published) == (signal.SIGTERM, False)
    assert seen(place) is None
    run(find_inputs([str(raw)]), raw.parent / "out", watcher=Ended())
    assert seen(raw.parent / "out") == before
    goes_on(raw)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", [0, 2])
def test_the_second_signal_stops_at_once(
    raw: Path, number: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = raw.parent / "out"
    before = manifest(out)
    for n in range(2):
        (raw / f"x{n}.txt").write_bytes(paper(n) * 5_000)
    options = Options(workers=workers, limits=Limits(seconds=300))
    with Run(raw, out, options, DOCUMENTS_A_PART) as run:
        run.wait_for("read 02.txt")
        time.sleep(0.5)
        run.signal(number)
        time.sleep(0.5)
        run.signal(number)
        assert run.end() == 1
    assert "end read" not in run.events
    assert ends(run.group)
    assert seen(out) == before
    for n in range(2):
        (raw / f"x{n}.txt").unlink()
    goes_on(raw, *read_by(run))


def test_readers_do_not_outlive_a_run(raw: Path) -> None:
    with Run(raw, raw.parent / "out", Options(workers=2), DOCUMENTS_A_PART) as run:
        run.wait_for("begin read")
        os.kill(run.group, signal.SIGKILL)
        assert run.end() == -signal.SIGKILL
        assert ends(run.group)
    goes_on(raw, *read_by(run))


# --- the disk -------------------------------------------------------------------------------------


class Nth:
    """A function that fails the nth time it is called and ever after."""

    def __init__(self, real: Callable[..., Any], after: int, error: Exception) -> None:
        self._real, self._left, self._error = real, after, error

    def __get__(self, instance: Any, owner: Any) -> Callable[..., Any]:
        return lambda *args, **kwargs: self(instance, *args, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._left -= 1
        if self._left < 0:
            raise self._error
        return self._real(*args, **kwargs)


PLACES: list[tuple[object, str, int]] = [
    (pipelines.run, "note_inputs", 0),
    (pipelines.run, "note_places", 0),
    (pipelines.run, "keep", 0),
    (pipelines.run, "keep", 2),
    (pipelines.store.folder.Folder, "put", 0),
    (pipelines.store.folder.Folder, "put", 20),
    (pyarrow.parquet, "write_table", 7),
    (pyarrow.parquet, "ParquetWriter", 0),
    (pipelines.store.publish, "save_state", 0),
    (os, "link", 0),
    (pipelines.store.folder, "_link", 0),
]


@pytest.mark.parametrize(("owner", "name", "after"), PLACES)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_cannot_be_written(
    raw: Path, owner: object, name: str, after: int, number: int
) -> None:
    out = raw.parent / "out"
    before, reads = manifest(out), Reads()
    error = OSError(number, os.strerror(number))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, Nth(getattr(owner, name), after, error))
        refused = pytest.raises(StoreError, match=rf"{os.strerror(number)}; check free space.*kept")
        with refused:
            run(find_inputs([str(raw)]), out, watcher=reads)
    assert seen(out) == before
    goes_on(raw, *reads.sources)


def test_a_report_that_cannot_be_written_is_said_and_the_tables_stand(raw: Path) -> None:
    out, fresh = raw.parent / "out", raw.parent / "fresh"
    write(raw, [30])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipelines.run, "note_run", Nth(None, 0, OSError(errno.ENOSPC, "no space")))
        with pytest.raises(StoreError, match=r"tables are published.*no space.*free space"):
            run(find_inputs([str(raw)]), out)
    assert seen(out) == at_once(raw, fresh)


@pytest.mark.parametrize("pages", [20, 40, 60])
def test_a_ledger_that_cannot_grow(raw: Path, pages: int, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        db = connect(*args, **kwargs)
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    out, reads = raw.parent / "out", Reads()
    before = manifest(out)
    write(raw, range(30, 60))
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        with pytest.raises(StoreError, match="full; check free space"):
            run(find_inputs([str(raw)]), out, watcher=reads)
    assert seen(out) == before
    goes_on(raw, *reads.sources)


def test_files_that_may_not_grow(raw: Path) -> None:
    out = raw.parent / "out"
    before, ends, read = manifest(out), [], []
    for kilobytes in (0, 1, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 400, 600):
        with Run(raw, out, Options(), DOCUMENTS_A_PART, kilobytes << 10) as run:
            ends.append(run.end())
        (said,) = [e for e in run.events if e.startswith("refused")] or [""]
        read += read_by(run)
        if ends[-1]:
            assert "check" in said
            assert seen(out) == before
    assert ends[0] == 3
    assert ends[-1] == 0
    assert set(ends) == {0, 3}
    assert len(read) == len(set(read))
    goes_on(raw, *read)


# --- two at once, and runs cut short ----------------------------------------------------------


def test_a_second_run_is_refused_and_harms_nothing(raw: Path) -> None:
    out = raw.parent / "out"
    with Run(raw, out, Options(), DOCUMENTS_A_PART) as first:
        first.wait_for("begin read")
        first.signal(signal.SIGSTOP)
        with pytest.raises(StoreError, match=r"another run is writing .*wait for its end"):
            run(find_inputs([str(raw)]), out)
        first.signal(signal.SIGCONT)
        assert first.end() == 0
    assert len(read_by(first)) == 20
    assert manifest(out) == at_once(raw, raw.parent / "fresh")


def test_limit(raw: Path) -> None:
    (raw / "z.zip").write_bytes(packed(*((f"{n}.txt", paper(n)) for n in range(30, 34))))
    out, reads = raw.parent / "out", Reads()
    counts = []
    while len(counts) < 10:
        summary = run(find_inputs([str(raw)]), out, Options(limit=5), reads)
        assert seen(out)
        counts.append(summary.report.statuses.total())
    assert counts == [5, 5, 5, 5, 4, 0, 0, 0, 0, 0]
    assert len(reads.sources) == len(set(reads.sources)) == 24
    goes_on(raw, *reads.sources)


def test_the_old_rows_of_a_changed_paper_stay_until_it_is_read(raw: Path) -> None:
    def put(first: int, third: int, *members: tuple[str, int]) -> None:
        (raw / "00.txt").write_bytes(paper(first))
        (raw / "03.txt").write_bytes(paper(third))
        (raw / "01.zip").write_bytes(packed(*((name, paper(n)) for name, n in members)))

    def texts() -> dict[str, str]:
        rows = open_output(out).table("documents", ["source", "text"]).to_pylist()
        assert len({row["source"] for row in rows}) == len(rows)
        return {row["source"]: row["text"] for row in rows}

    out = raw.parent / "out"
    put(0, 3, ("a.txt", 40), ("b.txt", 41), ("c.txt", 42))
    run(find_inputs([str(raw)]), out)
    before = texts()
    put(50, 53, ("a.txt", 60), ("b.txt", 61))
    (raw / "02.txt").unlink()
    changed = ["00.txt", "01.zip!/a.txt", "01.zip!/b.txt", "03.txt"]
    for read in range(1, 5):
        run(find_inputs([str(raw)]), out, Options(limit=1))
        after = texts()
        assert before.keys() - after.keys() == {"02.txt", "01.zip!/c.txt"}
        assert [name for name in after if after[name] == before[name]] == sorted(
            after.keys() - {*changed[:read]}, key=list(after).index
        )
    goes_on(raw)


def test_fail_fast_publishes_nothing(raw: Path) -> None:
    out, reads = raw.parent / "out", Reads()
    before = manifest(out)
    (raw / "03.pdf").write_bytes(BROKEN)
    (raw / "00.txt").unlink()
    for _ in range(2):
        # in the order of names, and none after the one that failed
        summary = run(find_inputs([str(raw)]), out, Options(fail_fast=True), reads)
        assert seen(out) == before
        assert summary.failure
        assert summary.failure[0] == "03.pdf"
        assert "damaged" in summary.failure[1]
    assert reads.sources == ["02.txt", "03.pdf", "03.pdf"]
    goes_on(raw, *reads.sources)


def test_fail_fast_lets_readers_finish_what_they_have(raw: Path) -> None:
    reads = Reads()
    (raw / "03.pdf").write_bytes(BROKEN)
    options = Options(fail_fast=True, workers=1)
    run(find_inputs([str(raw)]), raw.parent / "out", options, reads)
    assert reads.sources in (["02.txt", "03.pdf"], ["02.txt", "03.pdf", "03.txt"])
