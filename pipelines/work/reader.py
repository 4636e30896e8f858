"""Reads one file after another: what it holds (`look`), and the rows of a paper (`read`).

The same code works in this process and, behind a pipe, in a process of its own with limits of time
and memory (`sandbox`): `python -m pipelines.work.reader`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import IO

from extract import Extraction, extract_bytes, unreadable
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
_UNSEEN = frozenset({"page_without_text", "picture_not_read"})


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
            return [Place("", _sha256(data))]
        places: list[Place] = []
        try:
            for name, content in members(data, _own_name(path)):
                places.append(Place(_clean(name), _sha256(content)))
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
            return pack(result, self._wants(result), time.monotonic() - started)
        except Exception as error:  # one bad file must not stop the batch
            if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
                raise MemoryError from error
            where = traceback.extract_tb(error.__traceback__)[-1]
            message = (
                f"{type(error).__name__} in {where.name}: {error}; this is a fault of gongwen, "
                "please report it with the file"
            )
            result = unreadable(wanted.source, message, wanted.sha256, "internal_error")
            return pack(result, seconds=time.monotonic() - started)

    def _wants(self, result: Extraction) -> str | None:
        """What would let more of a document be read."""
        codes = {gap.code for gap in result.diagnostics}
        if _LOCKED in codes:
            return password_mark(self._password)
        return "ocr" if _UNSEEN & codes and not can_ocr() else None

    def _bytes(self, wanted: Wanted) -> bytes:
        try:
            data = self._member(wanted) if wanted.member else read_bytes(wanted.path)
        except (OSError, ReadError) as error:
            raise ChangedError(wanted.path) from error
        if data is None or _sha256(data) != wanted.sha256:
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
                walk = members(read_bytes(wanted.path), _own_name(wanted.path))
            for name, content in walk:
                # names may repeat
                if _clean(name) == wanted.member and _sha256(content) == wanted.sha256:
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


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _own_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _clean(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _cannot_open(error: OSError) -> str:
    why = error.strerror or str(error)
    return f"cannot open: {why}" + ("" if "; " in why else "; check that it exists and its rights")


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer requests until there are none; past a limit this process ends, and the asker sees it.

    The alarm's default action ends a process also inside C code and without its parent.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limits, password = read_setting(requests)
    most = _taken() + (limits.megabytes << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
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
        try:
            write_answer(replies, answer)
        except BrokenPipeError:  # the run was killed; nobody waits any more
            os._exit(0)


def _taken() -> int:
    """Bytes of data of this process, as RLIMIT_DATA counts them: libraries alone reserve many."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


if __name__ == "__main__":
    # What a library prints must not fall between the replies.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, out)
