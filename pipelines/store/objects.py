"""An output behind a URL (s3://, gs://, hdfs://, …) by fsspec: files under names that carry their
hash, and one manifest whose replacement publishes.

An object store knows no rename and no links, so a listing of a table's folder can show the files of
two versions while a run publishes; `open_output` reads the manifest and never does.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import platformdirs
import pyarrow as pa
import pyarrow.parquet as pq

from extract.model import TABLES
from pipelines.remote import open_url, plain_errors
from pipelines.store.base import INPUTS, RUNS, Store, StoreError, spoilt, work_in
from pipelines.store.manifest import MANIFEST, Entry, Manifest, ManifestError

_HIDDEN = ".gongwen"
_LOCK = f"{_HIDDEN}/lock.json"
_STATE = f"{_HIDDEN}/state-"
_COPY = f"{_HIDDEN}/{MANIFEST}"
"""The manifest once more, written first: where writing is not one step (HDFS), a reader or the next
run may meet a manifest half written, and takes this one."""
_RENEWED = 15.0
_STALE = 90.0
"""Seconds between signs of life of a run, and without one until its lock counts for nothing."""


class Objects(Store):
    """A URL that fsspec and its drivers can open."""

    def __init__(self, out: str, work: str | None = None) -> None:
        self.out = out.rstrip("/")
        try:
            self._files, self._root = open_url(self.out)
        except (ImportError, ValueError) as error:
            raise StoreError(f"{out}: {error}; install its driver or check the URL") from error
        except OSError as error:
            raise self._closed(error) from error
        self.work = work_in(work or platformdirs.user_cache_path("gongwen") / "work", self.out)
        self.work.mkdir(parents=True, exist_ok=True)
        self._me = {"host": socket.gethostname(), "pid": os.getpid(), "run": secrets.token_hex(8)}
        self._check()

    @property
    def manifest(self) -> Manifest | None:
        try:
            return published(self._files, self._root)
        except ManifestError as error:
            raise StoreError(f"{self.out}: {error}") from error

    def state(self) -> Path | None:
        manifest = self.manifest
        if manifest is None:
            return None
        local = self.work / "published.sqlite"
        try:
            with plain_errors():
                self._files.get_file(self._at(_state_of(manifest)), str(local))
        except FileNotFoundError:
            return None
        return local

    @contextmanager
    def locked(self) -> Iterator[None]:
        other = self._holder()
        if other is not None and _lives(other):
            raise self._taken(other)
        self._sign()
        if not self._is_mine():
            raise self._taken(self._holder() or {})
        over = threading.Event()
        alive = threading.Thread(target=self._renew, args=(over,), daemon=True)
        alive.start()
        try:
            yield
        finally:
            over.set()
            alive.join()
            with suppress(OSError):
                if self._is_mine():
                    self._remove(self._at(_LOCK))

    def _renew(self, over: threading.Event) -> None:
        while not over.wait(_RENEWED):
            # a network away for a moment: there are more signs of life until the lock is stale
            with suppress(OSError):
                if self._is_mine():
                    self._sign()

    def _sign(self) -> None:
        self._put(_LOCK, json.dumps({**self._me, "at": time.time()}).encode())

    def _holder(self) -> dict[str, Any] | None:
        data = self._get(_LOCK)
        try:
            return None if data is None else dict(json.loads(data))
        except ValueError:
            return None

    def _is_mine(self) -> bool:
        holder = self._holder()
        return holder is not None and holder["run"] == self._me["run"]

    def _taken(self, other: dict[str, Any]) -> StoreError:
        who = f" (process {other['pid']} on {other['host']})" if other else ""
        return StoreError(
            f"another run is writing {self.out}{who}; wait for its end, or name another place"
        )

    def open(self, table: str, entry: Entry) -> pa.Table:
        data = self._get(f"{table}/{entry.file}")
        if data is None or hashlib.sha256(data).hexdigest() != entry.sha256:
            raise spoilt(self.out, table, entry)
        return pq.read_table(io.BytesIO(data))

    def put(self, table: str, file: str, data: bytes) -> None:
        self._put(f"{table}/{file}", data)

    def publish(self, manifest: Manifest, state: Path, inputs: Path) -> None:
        self._put_file(_state_of(manifest), state)
        self._put_file(f"{INPUTS}/{INPUTS}.parquet", inputs)
        if not self._is_mine():
            # this one gave no sign of life for long, or both began in the same moment
            raise self._taken(self._holder() or {})
        self._put(_COPY, manifest.to_bytes())
        self._put(MANIFEST, manifest.to_bytes())
        self._clear(manifest)

    def _clear(self, manifest: Manifest) -> None:
        """Files that the manifest does not name, those of broken-off runs too."""
        for table in TABLES:
            named = {self._at(f"{table}/{e.file}") for e in manifest.tables.get(table, ())}
            for path in self._find(table):
                if path not in named:
                    self._remove(path)
        for path in self._find(_HIDDEN):
            if path.startswith(self._at(_STATE)) and path != self._at(_state_of(manifest)):
                self._remove(path)

    def read_runs(self) -> pa.Table | None:
        data = self._get(f"{RUNS}/{RUNS}.parquet")
        return None if data is None else pq.read_table(io.BytesIO(data))

    def write_runs(self, data: bytes) -> None:
        self._put(f"{RUNS}/{RUNS}.parquet", data)

    def _check(self) -> None:
        try:
            with plain_errors():
                self._files.invalidate_cache()
                found = self._files.exists(self._root)
                here = self._files.ls(self._root, detail=False) if found else []
        except OSError as error:
            raise self._closed(error) from error
        names = {path.rstrip("/").rsplit("/", 1)[-1] for path in here if path != self._root}
        foreign = sorted(names - {*TABLES, _HIDDEN, INPUTS, RUNS, MANIFEST})
        if foreign and not names & {MANIFEST, _HIDDEN}:
            raise StoreError(
                f"{self.out} holds something else ({foreign[0]}, no {MANIFEST}); "
                "name an empty or a new place, so that nothing of yours is overwritten"
            )

    def _closed(self, error: OSError) -> StoreError:
        return StoreError(
            f"cannot open {self.out}: {error}; check the URL, its rights and the network"
        )

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _find(self, folder: str) -> list[str]:
        with plain_errors():
            self._files.invalidate_cache()
            found: list[str] = self._files.find(self._at(folder))
        return found

    def _get(self, name: str) -> bytes | None:
        return read(self._files, self._at(name))

    def _put(self, name: str, data: bytes) -> None:
        with plain_errors():
            self._make_room(name)
            self._files.pipe_file(self._at(name), data)

    def _put_file(self, name: str, local: Path) -> None:
        """As `_put`, without the whole file in memory."""
        with plain_errors():
            self._make_room(name)
            self._files.put_file(str(local), self._at(name))

    def _make_room(self, name: str) -> None:
        # only where paths begin with /: object stores have no folders, and would make a bucket of
        # a name mistyped
        if self._root.startswith("/"):
            self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)

    def _remove(self, path: str) -> None:
        with plain_errors(), suppress(FileNotFoundError):
            self._files.rm_file(path)


def published(files: Any, root: str) -> Manifest | None:
    """The manifest of the version that readers see; none where there is no output.

    Raises OSError, and ManifestError for one that cannot be read.
    """
    data = read(files, f"{root}/{MANIFEST}")
    if data is None:
        return None
    try:
        return Manifest.from_bytes(data)
    except ManifestError:
        copy = read(files, f"{root}/{_COPY}")
        if copy is None:
            raise
        return Manifest.from_bytes(copy)


def read(files: Any, path: str) -> bytes | None:
    """The bytes of a file as it is now; none where there is none. Raises OSError."""
    with plain_errors():
        files.invalidate_cache()
        try:
            data: bytes = files.cat_file(path)
        except FileNotFoundError:
            return None
        return data


def _state_of(manifest: Manifest) -> str:
    return f"{_STATE}{manifest.version}.sqlite"


def _lives(holder: dict[str, Any]) -> bool:
    """Whether the run that holds a lock gives signs of life."""
    if time.time() - holder["at"] >= _STALE:
        return False
    if holder["host"] != socket.gethostname():
        return True
    try:
        os.kill(holder["pid"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
