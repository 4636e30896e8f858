"""Nightly runs: any history gives the bytes of one run over the same files; only news is read."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from growing import ARCHIVES, BROKEN, Archive, at_once, manifest, packed, paper
from test_archives import locked

from pipelines import open_output
from pipelines.inputs import find_inputs
from pipelines.run import Options, Quiet, run
from pipelines.store import StoreError
from pipelines.store.folder import Folder
from pipelines.work.frames import Wanted
from pipelines.work.packed import Packed

NIGHTS = 5
PARTS = {"one part": (1024, 65_536), "16 parts": (2, 3), "256 parts": (0, 0)}
KEYS: list[tuple[str, ...]] = [(), (), ("region",), ("region", "year")]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug here, so nothing waits for the disk."""
    monkeypatch.setattr("os.fsync", lambda _: None)


class Broken(BaseException):
    """The run ends here, as by a second Ctrl-C."""


class Breaks(Quiet):
    """Ends a run at one of the moments that it is told of."""

    def __init__(self, after: int) -> None:
        self._left = after

    def begun(self, *_: Any) -> None:
        self._count()

    def finished(self, *_: Any) -> None:
        self._count()

    def stage(self, *_: Any) -> None:
        self._count()

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Broken


def broken_off(raw: Path, out: Path, options: Options, chance: random.Random) -> None:
    """A run that comes to nothing: stopped, out of disk, cut by --limit, or failed fast."""
    way = chance.randint(0, 3)
    files = find_inputs([str(raw)])
    if way == 0:
        with pytest.MonkeyPatch.context() as patch:
            left = iter(range(chance.randint(0, 12)))
            put = Folder.put

            def fills_up(*args: Any) -> None:
                if next(left, None) is None:
                    raise OSError(28, "No space left on device")
                put(*args)

            patch.setattr(Folder, "put", fills_up)
            try:
                run(files, out, options)
            except StoreError:
                return
    elif way == 1:
        try:
            run(files, out, options, Breaks(chance.randint(0, 8)))
        except Broken:
            return
    elif way == 2:
        run(files, out, Options(partition_by=options.partition_by, limit=chance.randint(1, 2)))
    else:
        run(files, out, Options(partition_by=options.partition_by, fail_fast=True))


@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("seed", range(4))
def test_any_history_gives_the_same_bytes(
    seed: int, parts: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, units = PARTS[parts]
    monkeypatch.setattr("pipelines.store.changes.DOCUMENTS_A_PART", documents)
    monkeypatch.setattr("pipelines.store.publish.UNITS_A_PART", units)
    chance = random.Random(f"{seed} {parts}")
    raw = tmp_path / "raw"
    archive = Archive(raw, chance)
    archive.put("a.txt", b"first")
    told: list[object] = []
    for night in range(NIGHTS):
        told += [night, *archive.night()]
        options = Options(partition_by=chance.choice(KEYS))
        while chance.random() < 0.4:
            told.append("broken off")
            broken_off(raw, tmp_path / "out", options, chance)
        run(find_inputs([str(raw)]), tmp_path / "out", options)
        fresh = at_once(raw, tmp_path / f"fresh-{night}", options)
        assert manifest(tmp_path / "out") == fresh, told


# --- what a night reads -----------------------------------------------------------------------


class Reads(Quiet):
    """Which documents a run reads."""

    def __init__(self) -> None:
        self.sources: list[str] = []

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        self.sources.append(wanted.source)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Six papers and an archive of two more."""
    archive = Archive(tmp_path / "raw", random.Random(0))
    for number in range(6):
        archive.put(f"{number}.txt", paper(number))
    archive.put("z.zip", packed(("m.txt", paper(6)), ("n.txt", paper(7))))
    return archive.folder


def night(raw: Path, **options: Any) -> list[str]:
    """The sources that a run over the files reads; its output is that of a run from nothing."""
    out, reads = raw.parent / "out", Reads()
    run(find_inputs([str(raw)]), out, Options(**options), reads)
    fresh = raw.parent / f"fresh-{len(list(raw.parent.iterdir()))}"
    assert manifest(out) == at_once(raw, fresh, Options(**options))
    return sorted(reads.sources)


def move(raw: Path, old: str, new: str) -> None:
    (raw / new).parent.mkdir(exist_ok=True)
    (raw / old).rename(raw / new)


def unpack(raw: Path) -> None:
    (raw / "z.zip").unlink()
    (raw / "m.txt").write_bytes(paper(6))
    (raw / "n.txt").write_bytes(paper(7))


def swap(raw: Path) -> None:
    move(raw, "0.txt", "hold")
    move(raw, "1.txt", "0.txt")
    move(raw, "hold", "1.txt")


NEW = packed(("m.txt", paper(6)), ("m.txt", paper(8)), ("n.txt", paper(7)))
CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "nothing": (lambda raw: None, []),
    "touched": (lambda raw: os.utime(raw / "0.txt"), []),
    "moved": (lambda raw: move(raw, "0.txt", "sub/x.txt"), []),
    "names swapped": (swap, []),
    "renamed to another format": (lambda raw: move(raw, "0.txt", "x.md"), ["x.md"]),
    "removed": (lambda raw: (raw / "0.txt").unlink(), []),
    "changed": (lambda raw: (raw / "0.txt").write_bytes(paper(8)), ["0.txt"]),
    "added": (lambda raw: (raw / "8.txt").write_bytes(paper(8)), ["8.txt"]),
    "the same bytes again": (lambda raw: (raw / "00.txt").write_bytes(paper(0)), []),
    "the same bytes under a smaller name of another format": (
        lambda raw: (raw / "0.md").write_bytes(paper(0)),
        ["0.md"],
    ),
    "in the archive too": (lambda raw: (raw / "m.txt").write_bytes(paper(6)), []),
    "unpacked": (unpack, []),
    "one more in the archive, of a name that is there": (
        lambda raw: (raw / "z.zip").write_bytes(NEW),
        ["z.zip!/m.txt"],
    ),
    "cannot be opened": (
        lambda raw: ((raw / "0.txt").unlink(), (raw / "0.txt").symlink_to("nowhere")),
        ["0.txt"],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_night_reads_only_what_is_new(change: str, raw: Path) -> None:
    act, expected = CHANGES[change]
    assert len(night(raw)) == 8
    act(raw)
    assert night(raw) == expected
    assert night(raw) == []


def test_changed_are_files_with_other_documents(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def counts() -> tuple[int, int, int]:
        listing = run(find_inputs([str(raw)]), raw.parent / "out").report.listing
        return listing.new, listing.changed, listing.removed

    (raw / "0.txt").touch()  # too young for its time to be trusted
    assert counts() == (7, 0, 0)
    (raw / "1.txt").unlink()
    assert counts() == (0, 0, 1)
    (raw / "1.txt").write_bytes(paper(1))
    (raw / "2.txt").write_bytes(paper(9))
    (raw / "z.zip").write_bytes(NEW)
    os.utime(raw / "3.txt")
    assert counts() == (1, 2, 0)
    _rules(monkeypatch, "after")
    assert counts() == (0, 0, 0)


def test_what_returns_is_read_again(raw: Path) -> None:
    night(raw)
    (raw / "0.txt").rename(raw.parent / "0.txt")
    night(raw)
    (raw.parent / "0.txt").rename(raw / "0.txt")
    assert night(raw) == ["0.txt"]


def test_another_reason_why_an_archive_cannot_be_read(raw: Path) -> None:
    plain = packed(("m.txt", b"words"))
    flags = plain.index(b"PK\x01\x02") + 8
    reasons = []
    for data in (plain[:flags] + b"\x01" + plain[flags + 1 :], plain.replace(b"words", b"Words")):
        (raw / "z.zip").write_bytes(data)
        night(raw)
        documents = open_output(raw.parent / "out").frame("documents")
        reasons += list(documents.error.dropna())
    assert [("password" in reason, "damaged" in reason) for reason in reasons] == [
        (True, False),
        (False, True),
    ]


def test_other_rules_read_all_again(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # rules that did not know archives yet
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.work.reader.is_archive", lambda _: False)
        _rules(patch, "before")
        assert len(night(raw)) == 7
    assert len(night(raw)) == 8
    _rules(monkeypatch, "after")
    assert len(night(raw)) == 8
    versions = open_output(raw.parent / "out").frame("documents").rules_version
    assert set(versions) == {"after"}


def test_a_ledger_of_another_format_counts_for_nothing(raw: Path) -> None:
    assert len(night(raw)) == 8
    for file in (raw.parent / "out").rglob("*.sqlite"):
        with closing(sqlite3.connect(file)) as db:
            db.execute("DROP TABLE IF EXISTS docs")
            db.execute("DROP TABLE IF EXISTS done")
            db.execute("PRAGMA user_version = 1")
    assert len(night(raw)) == 8
    assert night(raw) == []


def _rules(patch: pytest.MonkeyPatch, version: str) -> None:
    for place in ("extract.rules_version", "pipelines.run.rules_version"):
        patch.setattr(place, lambda: version)


def test_a_password_given_later_reads_the_locked_ones_again(raw: Path) -> None:
    (raw / "locked.pdf").write_bytes(locked("secret", "owner"))
    assert len(night(raw)) == 9
    assert night(raw) == []
    assert night(raw, password="wrong") == ["locked.pdf"]
    assert night(raw, password="wrong") == []
    assert night(raw, password="secret") == ["locked.pdf"]
    assert night(raw, password="secret") == []


def test_removed_inputs_are_marked(raw: Path) -> None:
    out = raw.parent / "out"

    def inputs() -> pd.DataFrame:
        return pd.read_parquet(out / "inputs").set_index("source")

    night(raw)
    first = inputs()
    assert list(first.index) == [*(f"{n}.txt" for n in range(6)), "z.zip"]
    assert first.removed_on.isna().all()
    assert [len(ids) for ids in first.doc_ids] == [1] * 6 + [2]
    (raw / "0.txt").rename(raw.parent / "0.txt")
    night(raw)
    gone = inputs()
    assert list(gone[gone.removed_on.notna()].index) == ["0.txt"]
    assert list(gone.doc_ids["0.txt"]) == []
    (raw.parent / "0.txt").rename(raw / "0.txt")
    night(raw)
    pd.testing.assert_frame_equal(inputs(), first)


@pytest.mark.parametrize("change", ["removed", "moved", "unpacked", "the same bytes again"])
@pytest.mark.parametrize("moment", range(5))
def test_a_change_seen_by_a_run_that_broke_off_is_published(
    raw: Path, change: str, moment: int
) -> None:
    night(raw)
    CHANGES[change][0](raw)
    for path in raw.iterdir():
        os.utime(path, (10**9, 10**9))
    with pytest.raises(Broken):
        run(find_inputs([str(raw)]), raw.parent / "out", watcher=Breaks(moment))
    assert night(raw) == []


def test_an_archive_that_changes_while_it_is_read(raw: Path) -> None:
    class Changes(Quiet):
        def finished(self, *_: Any) -> None:
            (raw / "z.zip").write_bytes(NEW)

    many = packed(*((f"{n}.txt", paper(n)) for n in range(10, 30)))
    (raw / "z.zip").write_bytes(many)
    run(find_inputs([str(raw)]), raw.parent / "out", watcher=Changes())
    assert night(raw) == []


# --- what a night writes ----------------------------------------------------------------------


def test_a_night_rewrites_only_what_it_touches(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.store.changes.DOCUMENTS_A_PART", 1)
    out = raw.parent / "out"
    for number in range(8, 40):
        (raw / f"{number}.txt").write_bytes(paper(number, cites=[number + 1]))
    night(raw)
    before = _files(out)
    (raw / "40.txt").write_bytes(paper(40))
    night(raw)
    written = {name for name, inode in _files(out).items() if before.get(name) != inode}
    ids = {s: d for d, s in _column(out, "documents", "source").items()}
    new, citing = (ids[name][:2] for name in ("40.txt", "39.txt"))
    touched = {name.rpartition("-")[0] for name in written}
    own = ("documents", "sections", "tasks", "responsibilities", "deadlines", "targets", "lines")
    assert touched == {*(f"{name}/part-{new}" for name in own), f"citations/part-{citing}"}
    assert len(before) > 100


def _files(out: Path) -> dict[str, int]:
    return {
        f"{path.parent.name}/{path.name}": path.stat().st_ino
        for path in (out / "manifest.json").resolve().parent.glob("*/part-*.parquet")
    }


def _column(out: Path, table: str, name: str) -> dict[str, str]:
    return dict(open_output(out).table(table, ["doc_id", name]).to_pandas().itertuples(index=False))


def test_a_number_shared_by_two_papers_is_a_night_for_both(raw: Path) -> None:
    night(raw)
    (raw / "twin.txt").write_bytes(paper(0, numbered=False))
    (raw / "cites.txt").write_bytes(paper(9, cites=[0]))
    assert night(raw) == ["cites.txt", "twin.txt"]
    frame = open_output(raw.parent / "out").frame("documents").set_index("source")
    twins = sorted(frame.doc_id[name] for name in ("0.txt", "twin.txt"))
    same = frame.same_paper_as[["0.txt", "twin.txt"]].dropna()
    assert list(same) == twins[:1]
    (raw / "0.txt").unlink()
    assert night(raw) == []
    frame = open_output(raw.parent / "out").frame("documents")
    assert frame.same_paper_as.isna().all()


# --- whoever does the work --------------------------------------------------------------------


@pytest.mark.parametrize("way", ["1 worker", "2 workers", "threads", "processes", "last first"])
def test_the_same_bytes_whoever_reads(way: str, raw: Path) -> None:
    for name, data in zip(("p.zip", "q.zip", "r.zip", "s.zip"), ARCHIVES, strict=True):
        (raw / name).write_bytes(data)
    (raw / "bad.pdf").write_bytes(BROKEN)
    (raw / "6.md").write_bytes(paper(6))
    inputs = list(find_inputs([str(raw)]))
    options, executor = Options(), _executor(way)
    if way.endswith(("worker", "workers")):
        options = Options(workers=int(way[0]))
    if way == "last first":
        inputs.reverse()
    try:
        run(inputs, raw.parent / "out", options, executor=executor)
    finally:
        if executor is not None:
            executor.shutdown()
    assert manifest(raw.parent / "out") == at_once(raw, raw.parent / "fresh")


def _executor(way: str) -> Executor | None:
    if way == "threads":
        return ThreadPoolExecutor(2)
    return ProcessPoolExecutor(2) if way == "processes" else None
