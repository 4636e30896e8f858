"""A file that hangs, crashes or eats the memory costs one row, and its neighbours nothing."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from growing import at_once, manifest, paper

from pipelines import open_output
from pipelines.inputs import find_inputs
from pipelines.run import Options, Quiet, Summary, run
from pipelines.work import sandbox
from pipelines.work.frames import Limits, Place

LIMITS = Limits(seconds=4, megabytes=256)


@pytest.fixture
def tries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file in which the hostile reader notes each attempt."""
    hostile = Path(__file__).with_name("hostile_reader.py")
    monkeypatch.setattr(sandbox, "_READER", (sys.executable, "-P", str(hostile)))
    monkeypatch.setenv("HOSTILE_TRIES", str(tmp_path / "tries"))
    (tmp_path / "tries").touch()
    sandbox.close_all()
    yield tmp_path / "tries"
    sandbox.close_all()


def write(raw: Path, *worst: str) -> None:
    raw.mkdir(exist_ok=True)
    for number in range(4):
        (raw / f"good{number}.txt").write_bytes(paper(number))
    for words in worst:
        (raw / f"{words.replace(' ', '-')}.txt").write_text(words, encoding="ascii")
    for path in raw.iterdir():
        os.utime(path, (10**9, 10**9))


def over(raw: Path, limits: Limits = LIMITS) -> tuple[Summary, pd.DataFrame]:
    out = raw.parent / "out"
    summary = run(find_inputs([str(raw)]), out, Options(workers=2, limits=limits))
    documents = open_output(out).frame("documents").set_index("source")
    codes = open_output(out).frame("diagnostics").set_index("doc_id").code
    documents["code"] = [codes.get(doc_id) for doc_id in documents.doc_id]
    return summary, documents


EXPECTED = {
    "read loop": ("time_limit", "longer than 4 s; .*--time-limit"),
    "read sleep": ("time_limit", "longer than 4 s; .*--time-limit"),
    "read eat": ("memory_limit", "more than 256 MB of memory; .*--memory-limit"),
    "read segv": ("crash", "signal 11"),
    "read kill": ("crash", "signal 9"),
    "read leave": ("crash", "exit status 3"),
}


def test_each_costs_one_row_and_who_took_its_time_is_tried_once(
    tries: Path, tmp_path: Path
) -> None:
    write(tmp_path / "raw", *EXPECTED, "read shout")
    summary, documents = over(tmp_path / "raw")
    assert len(documents) == 4 + len(EXPECTED) + 1
    for words, (code, reason) in EXPECTED.items():
        row = documents.loc[words.replace(" ", "-") + ".txt"]
        assert (row.status, row.code) == ("failed", code), words
        assert pd.Series([row.error]).str.contains(reason, regex=True).all(), row.error
    assert summary.report.failures == Counter(code for code, _ in EXPECTED.values())
    good = [name for name in documents.index if name.startswith("good")]
    assert set(documents.status[[*good, "read-shout.txt"]]) == {"ok"}
    each = Counter(words.split()[1] for words in EXPECTED)
    each += Counter(w.split()[1] for w, (code, _) in EXPECTED.items() if code != "time_limit")
    assert Counter(tries.read_text().split()) == each + Counter(["shout"])

    for words in (*EXPECTED, "read shout"):
        (tmp_path / "raw" / f"{words.replace(' ', '-')}.txt").rename(tmp_path / words)
    over(tmp_path / "raw")
    assert manifest(tmp_path / "out") == at_once(tmp_path / "raw", tmp_path / "fresh")


def test_not_tried_the_next_night_but_with_a_larger_limit(tries: Path, tmp_path: Path) -> None:
    write(tmp_path / "raw", "read sleep", "read kill", "look kill")
    limits = Limits(seconds=2, megabytes=256)
    _, first = over(tmp_path / "raw", limits)
    once = Counter({"sleep": 1, "kill": 4})
    assert Counter(tries.read_text().split()) == once
    row = first.loc["look-kill.txt"]
    assert row.status == "failed"
    assert "ended twice (signal 9" in row.error
    summary, again = over(tmp_path / "raw", limits)
    assert Counter(tries.read_text().split()) == once
    assert summary.report.pending == 0
    pd.testing.assert_frame_equal(again, first)
    summary, larger = over(tmp_path / "raw", Limits(seconds=2.5, megabytes=256))
    assert summary.report.pending == 1
    assert Counter(tries.read_text().split()) == once + Counter({"sleep": 1})
    assert "longer than 2.5 s" in larger.error["read-sleep.txt"]


def test_readers_that_the_system_kills(tmp_path: Path) -> None:
    class Kills(Quiet):
        left = 2

        def finished(self, *_: Any) -> None:
            for each in list(sandbox._all) if self.left else []:
                if each._process is not None and each._process.poll() is None:
                    each._process.send_signal(signal.SIGKILL)
                    self.left -= 1

    raw, kills = tmp_path / "raw", Kills()
    raw.mkdir()
    for number in range(40):
        (raw / f"{number}.txt").write_bytes(paper(number))
    options = Options(workers=2, limits=Limits(seconds=60, megabytes=256))
    summary = run(find_inputs([str(raw)]), tmp_path / "out", options, kills)
    assert kills.left <= 0
    assert summary.statuses == {"ok": 40}
    assert manifest(tmp_path / "out") == at_once(raw, tmp_path / "fresh")


def test_ctrl_c_and_sigterm_are_not_for_readers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(paper(1))
    box = sandbox.Sandbox(Limits(seconds=60, megabytes=256), None)
    process = box._running()
    for _ in range(3):
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        (place,) = box.ask(str(tmp_path / "a.txt"))  # type: ignore[misc, union-attr]
        assert isinstance(place, Place)
        assert place.sha256 == hashlib.sha256(paper(1)).hexdigest()
    assert box._process is process
    box.close()


def test_a_paper_larger_than_the_memory(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_bytes(paper(1))
    (raw / "large.txt").write_bytes(
        "市司法局要组织培训，2024年6月底前完成。\n".encode() * 1_000_000
    )
    # less than the libraries of a reader take: the limit is for the file
    options = Options(workers=1, limits=Limits(seconds=60, megabytes=128))
    summary = run(find_inputs([str(raw)]), tmp_path / "out", options)
    assert summary.statuses == {"ok": 1, "failed": 1}
    assert summary.report.failures == {"memory_limit": 1}
