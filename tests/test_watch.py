"""Watching a folder: what comes is in the tables soon, and the end is clean."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

import pipelines.watch
from pipelines.run import Options, Quiet, Summary
from pipelines.watch import watch

PAPER = "某市人民政府关于培训的通知\n\n一、培训\n\n1. 加强培训。市司法局要组织培训{n}次。\n"
PATIENCE = 60.0


@contextmanager
def watching(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pipelines", "run", "--watch", "--json-log", *more]
    places = [str(folder / "in"), "-o", str(folder / "out")]
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, *places], stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def sources(out: Path) -> set[str]:
    try:
        return set(pd.read_parquet(out / "documents", columns=["source"]).source)
    except FileNotFoundError:
        return set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_comes_and_goes_is_seen_and_a_signal_ends_it(number: int, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    out = tmp_path / "out"
    with watching(tmp_path, "--workers", "1") as process:
        (tmp_path / "in" / "a.txt").write_text(PAPER.format(n=3), encoding="utf-8")
        until(lambda: sources(out) == {"a.txt"})
        (tmp_path / "in" / "b.txt").write_text(PAPER.format(n=4), encoding="utf-8")
        until(lambda: sources(out) == {"a.txt", "b.txt"})
        (tmp_path / "in" / "a.txt").unlink()
        until(lambda: sources(out) == {"b.txt"})
        time.sleep(0.5)  # it waits again
        process.send_signal(number)
        summary, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    assert "1 files (0 new, 0 changed, 1 removed), 0 documents read" in summary
    events = [json.loads(line) for line in said.splitlines()]
    read = [event["source"] for event in events if event["event"] == "document"]
    assert read == ["a.txt", "b.txt"]


def test_without_file_events_it_looks_from_time_to_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    (tmp_path / "in").mkdir()
    paper = tmp_path / "in" / "a.txt"
    paper.write_text(PAPER.format(n=3), encoding="utf-8")
    waits, runs = [], []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            (tmp_path / "in" / "b.txt").write_text(PAPER.format(n=4), encoding="utf-8")
        if len(waits) == 4:
            raise KeyboardInterrupt

    def after(summary: Summary) -> None:
        runs.append(summary.report.statuses.total())

    monkeypatch.setattr(pipelines.watch.time, "sleep", wait)
    watch([str(tmp_path / "in")], str(tmp_path / "out"), Options(), Quiet(), after=after)
    assert runs == [1, 1]
    assert sources(tmp_path / "out") == {"a.txt", "b.txt"}
