"""What is said between a run and its readers, and how it goes through a pipe.

Plain JSON and raw bytes: a reader meets strangers' files, so nothing that comes from it is ever
unpickled.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import IO, Any

from pipelines.link import Marks
from pipelines.work.packed import Packed

OUT_OF_MEMORY = 77
"""Exit status of a reader that came to its limit of memory."""
_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: `seconds` on the clock, `megabytes` of memory beside the reader's."""

    seconds: float = 600.0
    megabytes: int = 4096

    @property
    def mark(self) -> str:
        """For documents that wait for other limits."""
        return f"limits:{self.seconds:g} s {self.megabytes} MB"


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place: a file, or a member of an archive. `problem`: why there are no bytes;
    `passing`: of a kind that may be gone by the next run (rights, a disk that is away)."""

    member: str
    sha256: str | None
    problem: str | None = None
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: the file, its member, the name it has in the tables, the bytes expected.

    `source` is the smallest of the document's places; without `sha256` there are no bytes and
    `problem` says why.
    """

    doc_id: str
    path: str
    member: str
    source: str
    sha256: str | None
    problem: str | None = None


Answer = Packed | list[Place] | None
"""The rows of a document, the documents of a file, or none where the file has changed."""


def write_setting(pipe: IO[bytes], limits: Limits, password: str | None) -> None:
    """Tell a reader, once, its limits and the password that opens files."""
    _write(pipe, {"limits": dataclasses.asdict(limits), "password": password})


def read_setting(pipe: IO[bytes]) -> tuple[Limits, str | None]:
    """The limits and the password."""
    meta, _ = _expected(_read(pipe))
    return Limits(**meta["limits"]), meta["password"]


def write_request(pipe: IO[bytes], request: Wanted | str) -> None:
    """Ask for a document's rows, or what the file at a path holds."""
    if isinstance(request, str):
        _write(pipe, {"look": request})
    else:
        _write(pipe, {"read": dataclasses.asdict(request)})


def read_request(pipe: IO[bytes]) -> Wanted | str | None:
    """The next request; none at the end."""
    frame = _read(pipe)
    if frame is None:
        return None
    meta, _ = frame
    return Wanted(**meta["read"]) if "read" in meta else str(meta["look"])


def write_answer(pipe: IO[bytes], answer: Answer) -> None:
    """Answer a request."""
    if isinstance(answer, Packed):
        meta = {
            item.name: getattr(answer, item.name)
            for item in dataclasses.fields(Packed)
            if item.name not in ("marks", "tables")
        }
        mark = answer.marks
        meta["marks"] = [
            *(mark.number, mark.title, mark.dated),
            *(mark.cites, mark.tasks, mark.chars),
        ]
        meta["tables"] = list(answer.tables)
        _write(pipe, {"packed": meta}, mark.sketch, *answer.tables.values())
    else:
        places = None if answer is None else [dataclasses.astuple(place) for place in answer]
        _write(pipe, {"places": places})


def read_answer(pipe: IO[bytes]) -> Answer:
    """The answer; raises EOFError where the reader ended without one."""
    meta, blobs = _expected(_read(pipe))
    if "packed" in meta:
        fields = meta["packed"]
        number, title, dated, cites, tasks, chars = fields.pop("marks")
        sketch, *batches = blobs
        fields["tables"] = dict(zip(fields["tables"], batches, strict=True))
        mark = Marks(number, title, dated, sketch, tuple(cites), tasks, chars)
        return Packed(marks=mark, **fields)
    places = meta["places"]
    return None if places is None else [Place(*place) for place in places]


def _write(pipe: IO[bytes], meta: dict[str, Any], *blobs: bytes) -> None:
    parts = [json.dumps(meta).encode("ascii"), *blobs]
    pipe.write(len(parts).to_bytes(_WIDTH, "big"))
    for part in parts:
        pipe.write(len(part).to_bytes(_WIDTH, "big"))
        pipe.write(part)
    pipe.flush()


def _read(pipe: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    head = pipe.read(_WIDTH)
    if not head:
        return None
    parts = [
        _exactly(pipe, int.from_bytes(_exactly(pipe, _WIDTH), "big")) for _ in range(_int(head))
    ]
    return json.loads(parts[0]), parts[1:]


def _int(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _expected(
    frame: tuple[dict[str, Any], list[bytes]] | None,
) -> tuple[dict[str, Any], list[bytes]]:
    if frame is None:
        raise EOFError
    return frame
