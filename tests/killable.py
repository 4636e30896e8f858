"""A run in a process group of its own, begun in milliseconds and killed at any moment.

The processes are forks of a server that has everything loaded (`multiprocessing`, forkserver).
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

import pipelines.store.changes
from extract import extract_text
from pipelines.inputs import find_inputs
from pipelines.run import Options, Quiet, run
from pipelines.store import StoreError

# loads the words that a first paper loads
extract_text("一、任务\n1.加强培训。市司法局要组织培训，2024年6月底前完成。")

_SERVER = multiprocessing.get_context("forkserver")


@cache
def _serve() -> None:
    """Start the server with this module loaded; it takes its path from the environment alone."""
    _SERVER.set_forkserver_preload([__name__])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()


class Told(Quiet):
    """Tells the test what the run does: `begin list`, `read a.txt`, `end list` …"""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def begun(self, *_: Any) -> None:
        self._pipe.send("begin read")

    def finished(self, wanted: Any, packed: Any) -> None:
        self._pipe.send(f"read {wanted.source}")

    def stage(self, name: str, seconds: float) -> None:
        self._pipe.send(f"end {name}")


class Run:
    """A run under way; `events`: what it has told so far, the first one `begin`."""

    def __init__(
        self,
        raw: Path,
        out: Path,
        options: Options,
        documents_a_part: int,
        file_limit: int | None = None,
    ) -> None:
        _serve()
        self._pipe, theirs = _SERVER.Pipe(duplex=False)
        self._process = _SERVER.Process(
            target=_go, args=(theirs, (raw, out), options, documents_a_part, file_limit)
        )
        self._process.start()
        theirs.close()
        self.events: list[str] = []
        self.wait_for("begin")

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.signal(signal.SIGKILL)
        self.end()

    def wait_for(self, event: str) -> bool:
        """Wait until the run tells this; false where it ends first."""
        while event not in self.events:
            try:
                self.events.append(self._pipe.recv())
            except EOFError:
                return False
        return True

    def signal(self, number: int) -> None:
        """Send a signal to the run's whole process group."""
        if self._process.is_alive():
            os.killpg(self.group, number)

    @property
    def group(self) -> int:
        """The run's process group, and process."""
        assert self._process.pid is not None
        return self._process.pid

    def goes_on(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.is_alive()

    def end(self) -> int:
        """Wait for the end; the exit status, negative for a signal."""
        self.wait_for("never")
        self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode


def _go(
    pipe: Connection, files: tuple[Path, Path], options: Options, part: int, file_limit: int | None
) -> None:
    raw, out = files
    os.setsid()
    pipelines.store.changes.DOCUMENTS_A_PART = part
    if file_limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    pipe.send("begin")
    try:
        run(find_inputs([str(raw)]), out, options, Told(pipe))
    except StoreError as error:
        pipe.send(f"refused {error}")
        sys.exit(3)
    finally:
        pipe.close()
