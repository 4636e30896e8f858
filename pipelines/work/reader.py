"""Reads one file after another: what it holds (`look`), and the rows of a paper (`read`).

The same code works in this process and, behind a pipe, in a process of its own with limits of time
and memory (`sandbox`): `python -m pipelines.work.reader`.
"""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import IO

from extract import extract_bytes, unreadable
from extract.readers import ReadError
from extract.readers.archive import is_archive, members
from pipelines.inputs import read_bytes
from pipelines.work.frames import (
    OUT_OF_MEMORY,
    Answer,
    Place,
    Wanted,
    read_request,
    read_setting,
    write_answer,
)
from pipelines.work.packed import Packed, pack

_LOCKED = "encrypted"
_UNSEEN = "page_without_text"


class ChangedError(Exception):
    """The file no longer holds the bytes that were seen in it."""


class Reader:
    """Reads in this process; keeps the archive of the last member open for the next."""

    def __init__(self, password: str | None = None) -> None:
        self._password = password
        self._archive: tuple[str, Iterator[tuple[str, bytes]]] | None = None

    def look(self, path: str) -> list[Place]:
        """The documents that a file holds: itself, or the members of an archive in its order."""
        try:
            data = read_bytes(path)
        except OSError as error:
            return [Place("", None, _cannot_open(error), passing=True)]
        if not is_archive(data):
            return [Place("", hashlib.sha256(data).hexdigest())]
        places: list[Place] = []
        try:
            for name, content in members(data):
                places.append(Place(_clean(name), hashlib.sha256(content).hexdigest()))
        except ReadError as error:
            places.append(Place("", None, error.message))
        return places or [Place("", None, "the archive holds no files; get it again")]

    def read(self, wanted: Wanted) -> Packed:
        """The rows of a document; whatever goes wrong inside becomes its `failed` row.

        Raises ChangedError where the file has other bytes by now or is gone.
        """
        started = time.monotonic()
        if wanted.sha256 is None:
            result = unreadable(wanted.source, wanted.problem or "cannot be read")
            return pack(result, seconds=time.monotonic() - started)
        data = self._bytes(wanted)
        try:
            result = extract_bytes(data, wanted.source, self._password)
        except MemoryError:
            raise
        except Exception as error:  # one bad file must not stop the batch
            where = traceback.extract_tb(error.__traceback__)[-1]
            message = (
                f"{type(error).__name__} in {where.name}: {error}; this is a fault of gongwen, "
                "please report it with the file"
            )
            result = unreadable(wanted.source, message, wanted.sha256, "internal_error")
        codes = {gap.code for gap in result.diagnostics}
        wants = None
        if _LOCKED in codes:
            wants = password_mark(self._password)
        elif _UNSEEN in codes and not can_ocr():
            wants = "ocr"
        return pack(result, wants, time.monotonic() - started)

    def _bytes(self, wanted: Wanted) -> bytes:
        try:
            data = self._member(wanted) if wanted.member else read_bytes(wanted.path)
        except (OSError, ReadError) as error:
            raise ChangedError(wanted.path) from error
        if data is None or hashlib.sha256(data).hexdigest() != wanted.sha256:
            raise ChangedError(wanted.path)
        return data

    def _member(self, wanted: Wanted) -> bytes | None:
        """A member's bytes, found onwards from the last one, else from the archive's begin."""
        kept, self._archive = self._archive, None
        walks = [kept[1]] if kept and kept[0] == wanted.path else []
        while True:
            walk = walks.pop() if walks else None
            fresh = walk is None
            if walk is None:
                walk = members(read_bytes(wanted.path))
            for name, content in walk:
                if _clean(name) == wanted.member:
                    self._archive = (wanted.path, walk)
                    return content
            if fresh:
                return None


def suffix(source: str) -> str:
    """What of a name helps to tell its format: the lower-case suffix."""
    return PurePosixPath(source).suffix.lower()


def can_ocr() -> bool:
    """Whether pages without text can be read here."""
    return find_spec("rapidocr") is not None


def password_mark(password: str | None) -> str:
    """Which password was tried, without saying it."""
    tried = hashlib.sha256(password.encode()).hexdigest()[:16] if password else "none"
    return f"password:{tried}"


def _clean(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _cannot_open(error: OSError) -> str:
    return f"cannot open: {error.strerror or error}; check that it exists and its rights"


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer requests until there are none; past a limit this process ends, and the asker sees it.

    The alarm's default action ends a process also inside C code and without its parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limits, password = read_setting(requests)
    resource.setrlimit(resource.RLIMIT_DATA, (limits.megabytes << 20, limits.megabytes << 20))
    reader = Reader(password)
    while (request := read_request(requests)) is not None:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        try:
            if isinstance(request, Wanted):
                answer: Answer = reader.read(request)
            else:
                answer = reader.look(request)
        except ChangedError:
            answer = None
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_answer(replies, answer)


if __name__ == "__main__":
    # What a library prints must not fall between the replies.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, out)
