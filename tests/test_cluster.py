"""A Dask cluster of several processes on the loopback: the bytes of a local run, whoever dies."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, KilledWorker, LocalCluster
from growing import BROKEN, at_once, manifest, packed, paper
from typer.testing import CliRunner

import pipelines
from pipelines import open_output
from pipelines.cli import app
from pipelines.inputs import find_inputs
from pipelines.run import InProcess, Options, Quiet, run
from pipelines.store import StoreError
from pipelines.work.frames import Wanted
from pipelines.work.jobs import WorkersError
from pipelines.work.packed import Packed

DOCUMENTS = 43


@pytest.fixture(scope="module")
def processes() -> Iterator[LocalCluster]:
    """Three workers in processes of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(pipelines.__file__).parents[1]))
        with on_loopback(workers=3) as cluster:
            yield cluster


def on_loopback(workers: int) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    for number in range(DOCUMENTS - 3):
        (folder / f"{number}.txt").write_bytes(paper(number, cites=[number + 1]))
    (folder / "broken.pdf").write_bytes(BROKEN)
    (folder / "z.zip").write_bytes(packed(("m.txt", paper(100)), ("n.txt", paper(101))))
    return folder


@pytest.fixture(scope="module")
def expected(raw: Path) -> bytes:
    """The manifest of a run in one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        return at_once(raw, raw.parent / "local")


class Reads(Quiet):
    """Counts what is read; does something once a few are."""

    def __init__(self, then: Any = None) -> None:
        self.sources: list[str] = []
        self._then = then

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        self.sources.append(wanted.source)
        if self._then is not None and len(self.sources) == 1:
            self._then()


def readers(cluster: LocalCluster) -> list[psutil.Process]:
    """The reader processes of the workers."""
    found = []
    for worker in workers(cluster):
        for child in worker.children(recursive=True):
            if "pipelines.work.reader" in child.cmdline():
                found.append(child)
    return found


def workers(cluster: LocalCluster) -> list[psutil.Process]:
    with Client(cluster, set_as_default=False) as client:
        return [psutil.Process(pid) for pid in client.run(os.getpid).values()]


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all have ended, at most a few seconds later."""
    return not psutil.wait_procs(processes, timeout=10)[1]


def test_the_command(
    processes: LocalCluster,
    raw: Path,
    expected: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bytes of a local run; its paths are relative to a folder in which no worker stands."""
    monkeypatch.chdir(raw.parent)
    out = tmp_path / "out"
    given = ["run", raw.name, "-o", str(out), "--scheduler", processes.scheduler_address]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 1, result.output  # for broken.pdf
    assert manifest(out) == expected
    assert readers(processes) == []
    again = Reads()
    run(find_inputs([raw.name]), out, Options(scheduler=processes.scheduler_address), again)
    assert again.sources == []


def test_a_worker_killed_in_the_middle(
    processes: LocalCluster, raw: Path, expected: bytes, tmp_path: Path
) -> None:
    seen: list[psutil.Process] = []

    def kill() -> None:
        seen.extend(readers(processes))
        victim = seen[0].parent()
        assert victim is not None
        seen.append(victim)
        os.kill(victim.pid, signal.SIGKILL)

    reads = Reads(kill)
    options = Options(scheduler=processes.scheduler_address)
    summary = run(find_inputs([str(raw)]), tmp_path / "out", options, reads)
    assert sorted(reads.sources) == sorted(set(reads.sources))
    assert len(reads.sources) == DOCUMENTS
    assert summary.statuses == {"ok": DOCUMENTS - 1, "failed": 1}
    assert manifest(tmp_path / "out") == expected
    assert len(seen) == 4
    assert gone(seen)
    assert readers(processes) == []


def test_workers_that_come_late_and_a_scheduler_that_goes(
    raw: Path, expected: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come as on SLURM, when its queue lets them."""
    monkeypatch.setattr("pipelines.cluster._ANSWERS", "2s")
    with on_loopback(workers=0) as cluster:

        class Late(Reads):
            def begun(self, *_: Any) -> None:
                assert workers(cluster) != []

        # nobody looks into files until there is a worker
        timer = threading.Timer(0.5, cluster.scale, [1])
        timer.start()
        reads = Late(cluster.close)
        options = Options(scheduler=cluster.scheduler_address)
        with pytest.raises(StoreError, match=r"are gone; then run again.*is kept"):
            run(find_inputs([str(raw)]), tmp_path / "out", options, reads)
    assert 0 < len(reads.sources) < DOCUMENTS
    rest = Reads()
    run(find_inputs([str(raw)]), tmp_path / "out", watcher=rest)
    assert sorted(reads.sources + rest.sources) == sorted({*reads.sources, *rest.sources})
    assert len(reads.sources + rest.sources) == DOCUMENTS
    assert manifest(tmp_path / "out") == expected


def test_workers_with_another_gongwen(
    processes: LocalCluster, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.run.rules_version", lambda: "mine")
    options = Options(scheduler=processes.scheduler_address)
    with pytest.raises(StoreError, match=r"another version of gongwen \(rules \w{16}, here mine\)"):
        run(find_inputs([str(raw)]), tmp_path / "out", options)


def test_no_scheduler_there(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.cluster._ANSWERS", "500ms")
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(StoreError, match=f"no Dask scheduler answers at {address}"):
            run(find_inputs([str(raw)]), tmp_path / "out", Options(scheduler=address))


def test_without_dask_no_folder_is_made(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.cluster.find_spec", lambda name: None)
    with pytest.raises(StoreError, match=r'a cluster needs Dask: pip install "gongwen\[cluster\]"'):
        run(find_inputs([str(raw)]), tmp_path / "out", Options(scheduler="tcp://127.0.0.1:9"))
    assert not (tmp_path / "out").exists()


# --- an executor that fails -----------------------------------------------------------------------


class Failing(InProcess):
    """Fails each job over a file of this name."""

    def __init__(self, name: str, error: BaseException) -> None:
        self._name, self._error = name, error
        self.jobs: list[int] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        (job,) = args
        names = [Path(getattr(request, "path", "")).name for request in job.requests]
        if self._name not in names:
            return super().submit(fn, *args, **kwargs)
        self.jobs.append(len(names))
        future: Future[Any] = Future()
        if isinstance(self._error, CancelledError):
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_exception(self._error)
        return future


def test_a_file_that_no_worker_survives(raw: Path, tmp_path: Path) -> None:
    executor = Failing("7.txt", KilledWorker("do-1", None, 3))
    summary = run(find_inputs([str(raw)]), tmp_path / "out", executor=executor)
    assert executor.jobs == [8, 1, 1]
    assert summary.statuses == {"ok": DOCUMENTS - 2, "failed": 2}
    gaps = open_output(tmp_path / "out").frame("diagnostics")
    (message,) = gaps[gaps.code == "worker_lost"].message
    assert message.startswith("the workers that read it were lost 3 times (KilledWorker); look at")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (CancelledError(), "the workers, or who sends them the jobs, are gone"),
        (BrokenProcessPool("a child died"), "the workers are gone: a child died"),
        (ModuleNotFoundError("No module named 'regex'"), "not whole on the workers: No module"),
        (WorkersError("the workers have another version"), "another version"),
    ],
)
def test_what_any_other_job_would_meet_ends_the_run(
    error: BaseException, says: str, raw: Path, expected: bytes, tmp_path: Path
) -> None:
    executor = Failing("7.txt", error)
    with pytest.raises(StoreError, match=f"{says}.*what was read is kept"):
        run(find_inputs([str(raw)]), tmp_path / "out", executor=executor)
    run(find_inputs([str(raw)]), tmp_path / "out")
    assert manifest(tmp_path / "out") == expected
