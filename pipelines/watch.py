"""Watching: runs whenever files have come, changed or gone."""

from __future__ import annotations

import hashlib
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipelines.inputs import Input, InputError, find_inputs
from pipelines.run import Options, Summary, Watcher, run

_LOOK_ANYWAY = 10.0
"""Seconds after which the inputs are listed also without an event: network disks and object stores
send none. A new file is in the tables after that, the time to settle and the run itself."""
_SETTLE = 1.0
"""Seconds without an event until what is being copied counts as there, at most ten times that."""


def watch(
    given: Sequence[str],
    out: str,
    options: Options,
    watcher: Watcher,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    after: Callable[[Summary], None] = lambda summary: None,
) -> Summary | None:
    """Run over the inputs now and whenever they change, until Ctrl-C or SIGTERM: the last summary.

    `after` is called with the summary of each run. While there are no files at all, the tables stay
    as they are. Raises StoreError for the output.
    """
    seen, summary = None, None
    try:
        with _sigterm_as_ctrl_c():
            while True:
                now = _fingerprint(given, out, include, exclude)
                if now is not None and now != seen:
                    summary = run(find_inputs(given, out, include, exclude), out, options, watcher)
                    after(summary)
                    if summary.stopped:
                        return summary
                    seen = now
                _wait([name for name in given if "://" not in name and Path(name).exists()])
    except KeyboardInterrupt:
        return summary


@contextmanager
def _sigterm_as_ctrl_c() -> Iterator[None]:
    """Within, between runs, SIGTERM interrupts as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _fingerprint(
    given: Sequence[str], out: str, include: Sequence[str], exclude: Sequence[str]
) -> str | None:
    """A hash of names, sizes and times of all inputs; none where there are no files."""
    try:
        return _hash(find_inputs(given, out, include, exclude))
    except InputError:
        return None


def _hash(inputs: Iterable[Input]) -> str:
    whole = 0
    for item in inputs:
        line = f"{item.path}\0{item.size}\0{item.stamp}".encode("utf-8", "surrogateescape")
        # a sum, as the order in which a folder lists its files may turn
        whole += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest(), "big")
    return f"{whole % 2**128:032x}"


def _wait(folders: Sequence[str]) -> None:
    """Until something has happened and settled, or it is time to look anyway."""
    try:
        from watchfiles import watch as events
    except ImportError:
        time.sleep(_LOOK_ANYWAY)
        return
    if not folders:
        time.sleep(_LOOK_ANYWAY)
        return
    for _ in events(
        *folders,
        watch_filter=None,
        debounce=round(_SETTLE * 10_000),
        step=round(_SETTLE * 1000),
        rust_timeout=round(_LOOK_ANYWAY * 1000),
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        return
