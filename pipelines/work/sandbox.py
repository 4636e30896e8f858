"""A reader behind a pipe: what hangs, crashes or eats the memory ends it, and nothing else."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pipelines
from extract import unreadable
from pipelines.work.frames import (
    OUT_OF_MEMORY,
    Answer,
    Limits,
    Place,
    Wanted,
    read_answer,
    write_request,
    write_setting,
)
from pipelines.work.packed import pack

_PACKAGES = Path(pipelines.__file__).parents[1]
# -P and the path: never a module that lies in the folder the user stands in;
# -W: what a library warns of is told as a gap, and is no line of the run's log
_READER = (sys.executable, "-P", "-W", "ignore", "-m", "pipelines.work.reader")
_SETTING = {"PYTHONPATH": str(_PACKAGES), "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Arrow's own pool takes a gigabyte at once, of which no limit would see the use."""
_TRIES = 2
"""A file that ends two readers is not tried a third time. The second try is for a reader that the
system ended, or that had less memory to give as papers before had left theirs in it."""


class AbandonedError(Exception):
    """The run was interrupted; nobody waits for the answer any more."""


class Sandbox:
    """One reader in a process of its own, begun anew whenever it has ended."""

    def __init__(self, limits: Limits, password: str | None) -> None:
        self._limits = limits
        self._password = password
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: Wanted | str) -> Answer:
        """The reader's answer; a failed document where the file ended it twice or took its time."""
        reason = ("crash", "")
        for _ in range(_TRIES):
            process = self._running()
            if _interrupted.is_set():
                process.kill()
                raise AbandonedError
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                write_request(process.stdin, request)
                return read_answer(process.stdout)
            except (EOFError, OSError):
                reason = self._why(process)
                if reason[0] == "time_limit":
                    break  # it would take as long again
        code, message = reason
        if isinstance(request, str):
            return [Place("", None, message)]
        wants = None if code == "crash" else self._limits.mark
        return pack(unreadable(request.source, message, request.sha256, code), wants)

    def kill(self) -> None:
        """End the reader; who waits for its answer sees that."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the reader, which nobody waits for."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = _begun()
            assert self._process.stdin is not None
            write_setting(self._process.stdin, self._limits, self._password)
        return self._process

    def _why(self, process: subprocess.Popen[bytes]) -> tuple[str, str]:
        """Code and message for a reader that has ended over a file."""
        status = process.wait()
        self._process = None
        if status == -signal.SIGALRM:
            return "time_limit", (
                f"reading took longer than {self._limits.seconds:g} s; "
                "look at the file, or run it again with a larger --time-limit"
            )
        if status == OUT_OF_MEMORY:
            return "memory_limit", (
                f"reading needs more than {self._limits.megabytes} MB of memory; "
                "look at the file, or run it again with a larger --memory-limit"
            )
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        return "crash", (
            f"its reader ended twice ({how}; 9 is the system's want of memory, 6 and 11 a fault "
            "in a library); open the file in the program that made it and save it again"
        )


def _begun() -> subprocess.Popen[bytes]:
    """A reader that leaves it to the run to answer Ctrl-C and SIGTERM, from its first moment."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        return subprocess.Popen(
            _READER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_SETTING},
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_interrupted = threading.Event()
_all: weakref.WeakSet[Sandbox] = weakref.WeakSet()
_idle: dict[tuple[Limits, str | None], list[Sandbox]] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def sandbox(limits: Limits, password: str | None) -> Iterator[Sandbox]:
    """A sandbox that nobody else uses; it stays for the next one who asks."""
    with _lock:
        waiting = _idle.setdefault((limits, password), [])
        taken = waiting.pop() if waiting else Sandbox(limits, password)
        _all.add(taken)
    try:
        yield taken
    finally:
        with _lock:
            waiting.append(taken)


@contextlib.contextmanager
def abandoning() -> Iterator[None]:
    """Within, whoever waits for an answer gets AbandonedError: the readers are ended at once."""
    _interrupted.set()
    for each in list(_all):
        each.kill()
    try:
        yield
    finally:
        _interrupted.clear()


def close_all() -> None:
    """End the idle readers of this process."""
    with _lock:
        for waiting in _idle.values():
            while waiting:
                waiting.pop().close()


atexit.register(close_all)
# a fork must not talk to the readers of its parent
os.register_at_fork(after_in_child=_idle.clear)
