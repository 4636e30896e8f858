"""What a run asks of the place where its tables lie."""

from __future__ import annotations

import hashlib
import io
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.store.manifest import Entry, Manifest

ROW_GROUP = 65_536
_ROW_GROUPS = {"documents": 1024}
"""Rows together in a file: many for columns that are scanned, few where a row holds a text."""
RUNS = "runs"
INPUTS = "inputs"


class StoreError(RuntimeError):
    """An output that cannot be used; the message says why and what to do."""


class Store(ABC):
    """An output place: the version published, and the next one on its way."""

    out: str
    work: Path
    """A local folder for what is under way."""

    @property
    @abstractmethod
    def manifest(self) -> Manifest | None:
        """Of the published version; none where there is no output yet."""

    @abstractmethod
    def state(self) -> Path | None:
        """The ledger published with that version, as a local file."""

    @abstractmethod
    def locked(self) -> AbstractContextManager[None]:
        """Hold the output alone; raises StoreError where another run does."""

    @abstractmethod
    def open(self, table: str, entry: Entry) -> pa.Table:
        """A published file, whole; raises StoreError where it is gone or has other bytes."""

    @abstractmethod
    def put(self, table: str, file: str, data: bytes) -> None:
        """Write a file of the next version."""

    @abstractmethod
    def publish(self, manifest: Manifest, state: Path, inputs: Path) -> None:
        """Make the next version the one that readers see, by one atomic step."""

    @abstractmethod
    def read_runs(self) -> pa.Table | None:
        """The reports of earlier runs."""

    @abstractmethod
    def write_runs(self, data: bytes) -> None:
        """Replace the reports of runs by these."""

    def write(self, table: str, part: str, rows: pa.Table) -> Entry:
        """Write rows as a Parquet file of the next version, named by the hash of its bytes."""
        data = parquet(rows, _ROW_GROUPS.get(table, ROW_GROUP))
        digest = hashlib.sha256(data).hexdigest()
        folder, _, prefix = part.rpartition("/")
        name = "-".join(word for word in ("part", prefix, digest[:16]) if word) + ".parquet"
        file = f"{folder}/{name}" if folder else name
        self.put(table, file, data)
        return Entry(file, rows.num_rows, digest)


def spoilt(out: str, table: str, entry: Entry) -> StoreError:
    """A published file is gone, or was changed by another hand."""
    return StoreError(
        f"{out}: {table}/{entry.file} is gone or is not as it was written; this run changed "
        "nothing. Run into a new folder, or remove this one and run again: all is read anew"
    )


def work_in(folder: str | Path, out: str | Path) -> Path:
    """An output's own place in a folder for work that several may share."""
    return (
        Path(folder) / hashlib.sha256(str(out).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    )


def parquet(rows: pa.Table, row_group: int = ROW_GROUP) -> bytes:
    """A table as the bytes of a Parquet file: equal rows, equal bytes."""
    sink = io.BytesIO()
    # one chunk a column, or page borders would follow from where the rows came from
    pq.write_table(rows.combine_chunks(), sink, compression="zstd", row_group_size=row_group)
    return sink.getvalue()
