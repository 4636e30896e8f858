"""A run killed with SIGKILL at any moment goes on where it was; readers never see half of it."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from growing import BROKEN, at_once, manifest, packed, paper
from killable import Run

from extract.model import TABLES
from pipelines import open_output
from pipelines.run import Options
from pipelines.store import StoreError

KILLS = 50
NIGHTS = 60
DOCUMENTS_A_PART = 1
STAGES = ("list", "look", "read", "publish")
HIT = ("look", "read", "publish")
"""Where kills must have come; chance may pass one by for a while, so nights go on until then."""
LASTS = {"list": 0.01, "look": 0.01, "read": 0.2, "publish": 1.2}
"""Seconds, about: a kill comes somewhere within."""


@pytest.fixture(autouse=True)
def many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.store.changes.DOCUMENTS_A_PART", DOCUMENTS_A_PART)


def change(raw: Path, night: int) -> None:
    """What comes, goes and moves in a night."""
    raw.mkdir(exist_ok=True)
    for n in range(night * 6, night * 6 + 6):
        (raw / f"{n}.txt").write_bytes(paper(n, cites=[n + 1, n - 2]))
    (raw / f"{night}.zip").write_bytes(
        packed(("a.txt", paper(100 + night)), ("b.txt", paper(night)), ("c.pdf", BROKEN))
    )
    if night:
        (raw / f"{night * 6 - 1}.txt").unlink()
        (raw / f"{night * 6 - 2}.txt").rename(raw / f"moved-{night}.txt")
        (raw / f"{night * 6 - 3}.txt").write_bytes(paper(night * 6 - 3, numbered=False))
    for path in raw.iterdir():
        os.utime(path, (10**9 + night, 10**9 + night))


def seen(out: Path) -> bytes | None:
    """The version that readers see, once it is sure that it is whole; none where there is none."""
    try:
        output = open_output(out)
    except StoreError:
        with pytest.raises(FileNotFoundError):
            pd.read_parquet(out / "tasks")
        return None
    frames = {}
    for table in TABLES:
        entries = output.manifest.tables[table]
        for path, entry in zip(output.files(table), entries, strict=True):
            assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == entry.sha256
        assert sorted(os.listdir(out / table)) == sorted(entry.file for entry in entries)
        frames[table] = pd.read_parquet(out / table)
        assert len(frames[table]) == sum(entry.rows for entry in entries)
    assert set(frames["tasks"].doc_id) <= set(frames["documents"].doc_id)
    assert (out / "manifest.json").read_bytes() == output.manifest.to_bytes()
    return output.manifest.to_bytes()


def kill_once(
    raw: Path, out: Path, options: Options, chance: random.Random
) -> tuple[str, list[str]]:
    """Kill a run at a random moment; in which stage (or `ended`), and what it had told."""
    stage = chance.choice(STAGES)
    before = {"list": "begin", "look": "end list", "read": "begin read", "publish": "end read"}
    with Run(raw, out, options, DOCUMENTS_A_PART) as run:
        run.wait_for(before[stage])
        time.sleep(chance.uniform(0, LASTS[stage]))
        run.signal(signal.SIGKILL)
        status = run.end()
    assert status in (0, -signal.SIGKILL)
    reached = [name for name, event in before.items() if event in run.events]
    return reached[-1] if status else "ended", run.events


def test_killed_at_random_moments(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    raw, out = tmp_path / "raw", tmp_path / "out"
    killed: Counter[str] = Counter()
    old, night = None, 0
    while night < NIGHTS and (sum(killed.values()) < KILLS or not all(map(killed.get, HIT))):
        change(raw, night)
        new = at_once(raw, tmp_path / f"fresh-{night}")
        read: list[str] = []
        for _ in range(9):
            stage, events = kill_once(raw, out, Options(), chance)
            read += [event for event in events if event.startswith("read ")]
            assert seen(out) in (old, new)
            if stage == "ended":
                break
            killed[stage] += 1
        with Run(raw, out, Options(), DOCUMENTS_A_PART) as run:
            assert run.end() == 0
        read += [event for event in run.events if event.startswith("read ")]
        assert len(read) == len(set(read))
        assert manifest(out) == seen(out) == new
        old, night = new, night + 1
    print(dict(killed))
    assert sum(killed.values()) >= KILLS
    assert all(map(killed.get, HIT))


def test_killed_with_its_readers(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    change(raw, 0)
    new = at_once(raw, tmp_path / "fresh")
    with Run(raw, out, Options(workers=2), DOCUMENTS_A_PART) as run:
        run.wait_for("read 3.txt")
        run.signal(signal.SIGKILL)
        assert run.end() == -signal.SIGKILL
    assert seen(out) in (None, new)
    with Run(raw, out, Options(workers=2), DOCUMENTS_A_PART) as again:
        assert again.end() == 0
    assert seen(out) == new
    read = [event for each in (run, again) for event in each.events if event.startswith("read ")]
    assert len(read) == len(set(read))


def test_a_clearing_that_was_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(BaseException):
        pass

    def half(path: Path, **_: object) -> None:
        for file in path.glob("tasks/*.parquet"):
            file.unlink()
            raise Broken

    raw, out = tmp_path / "raw", tmp_path / "out"
    change(raw, 0)
    first = at_once(raw, out)
    (raw / "1.txt").rename(tmp_path / "1.txt")
    at_once(raw, out)
    (raw / "2.txt").rename(tmp_path / "2.txt")
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.store.folder.shutil.rmtree", half)
        with pytest.raises(Broken):
            at_once(raw, out)
    assert seen(out) == manifest(out) != first
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).rename(raw / name)
    assert at_once(raw, out) == first
    assert seen(out) == first


def test_what_readers_see_while_runs_publish(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    change(raw, 0)
    old = at_once(raw, out)
    rows = {name: len(pd.read_parquet(out / name)) for name in TABLES}
    for night in range(1, 4):
        change(raw, night)
        new = at_once(raw, tmp_path / f"fresh-{night}")
        after = {name: len(pd.read_parquet(tmp_path / f"fresh-{night}" / name)) for name in TABLES}
        with Run(raw, out, Options(), DOCUMENTS_A_PART) as run:
            versions, looks = set(), 0
            while run.goes_on():
                pinned = open_output(out)
                tasks, documents = pinned.frame("tasks"), pinned.frame("documents")
                assert set(tasks.doc_id) <= set(documents.doc_id)
                versions.add(pinned.manifest.to_bytes())
                for name in ("tasks", "documents"):
                    try:
                        assert len(pd.read_parquet(out / name)) in (rows[name], after[name])
                    except FileNotFoundError:
                        continue  # listed just before the next version came
                looks += 1
            assert run.end() == 0
        assert versions <= {old, new}
        assert looks
        old, rows = new, after
        assert seen(out) == new
