"""An output behind a URL (s3://, gs://, hdfs://, …) by fsspec: files under names that carry their
hash, and one manifest whose replacement publishes.

An object store knows no rename and no links, so a listing of a table's folder can show the files of
two versions while a run publishes; `open_output` reads the manifest and never does.
"""

from __future__ import annotations

import io
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
import platformdirs
import pyarrow as pa
import pyarrow.parquet as pq

from extract.model import TABLES
from pipelines.store.base import INPUTS, RUNS, Store, StoreError, work_in
from pipelines.store.manifest import MANIFEST, Entry, Manifest, ManifestError

_HIDDEN = ".gongwen"
_LOCK = f"{_HIDDEN}/lock.json"
_RENEWED = 15.0
_STALE = 90.0
"""Seconds between signs of life of a run, and without one until its lock counts for nothing."""


class Objects(Store):
    """A URL that fsspec and its drivers can open."""

    def __init__(self, out: str, work: str | None = None) -> None:
        self.out = out.rstrip("/")
        try:
            self._files, self._root = fsspec.core.url_to_fs(self.out)
        except (ImportError, ValueError) as error:
            raise StoreError(f"{out}: {error}; install its driver or check the URL") from error
        self.work = work_in(work or platformdirs.user_cache_path("gongwen") / "work", self.out)
        self.work.mkdir(parents=True, exist_ok=True)
        self._check()

    @property
    def manifest(self) -> Manifest | None:
        data = self._get(MANIFEST)
        try:
            return None if data is None else Manifest.from_bytes(data)
        except ManifestError as error:
            raise StoreError(f"{self.out}: {error}") from error

    def state(self) -> Path | None:
        manifest = self.manifest
        data = None if manifest is None else self._get(_state_of(manifest))
        if data is None:
            return None
        local = self.work / "published.sqlite"
        local.write_bytes(data)
        return local

    @contextmanager
    def locked(self) -> Iterator[None]:
        mine = {"host": socket.gethostname(), "pid": os.getpid()}
        self._claim(mine)
        over = threading.Event()

        def renew() -> None:
            while not over.wait(_RENEWED):
                self._put(_LOCK, json.dumps({**mine, "at": time.time()}).encode())

        alive = threading.Thread(target=renew, daemon=True)
        alive.start()
        try:
            yield
        finally:
            over.set()
            alive.join()
            self._files.rm_file(self._at(_LOCK))

    def _claim(self, mine: dict[str, Any]) -> None:
        data = self._get(_LOCK)
        if data is not None:
            other = json.loads(data)
            here = other["host"] == mine["host"]
            if _lives(other["pid"]) if here else time.time() - other["at"] < _STALE:
                raise StoreError(
                    f"another run is writing {self.out} (process {other['pid']} on "
                    f"{other['host']}); wait for its end, or name another place"
                )
        self._put(_LOCK, json.dumps({**mine, "at": time.time()}).encode())

    def open(self, table: str, entry: Entry) -> pa.Table:
        data = self._files.cat_file(self._at(f"{table}/{entry.file}"))
        return pq.read_table(io.BytesIO(data))

    def put(self, table: str, file: str, data: bytes) -> None:
        self._put(f"{table}/{file}", data)

    def publish(self, manifest: Manifest, state: Path, inputs: Path) -> None:
        before = self.manifest
        self._put(_state_of(manifest), state.read_bytes())
        self._put(f"{INPUTS}/{INPUTS}.parquet", inputs.read_bytes())
        self._put(MANIFEST, manifest.to_bytes())
        self._clear(manifest, before)

    def _clear(self, manifest: Manifest, before: Manifest | None) -> None:
        """Files that the manifest does not name, those of broken-off runs too."""
        for table in TABLES:
            named = {self._at(f"{table}/{e.file}") for e in manifest.tables.get(table, ())}
            for path in self._files.find(self._at(table)):
                if path not in named:
                    self._files.rm_file(path)
        if before is not None and before.version != manifest.version:
            self._files.rm_file(self._at(_state_of(before)))

    def read_runs(self) -> pa.Table | None:
        data = self._get(f"{RUNS}/{RUNS}.parquet")
        return None if data is None else pq.read_table(io.BytesIO(data))

    def write_runs(self, data: bytes) -> None:
        self._put(f"{RUNS}/{RUNS}.parquet", data)

    def _check(self) -> None:
        try:
            self._files.invalidate_cache()
            here = (
                self._files.ls(self._root, detail=False) if self._files.exists(self._root) else []
            )
        except OSError as error:
            raise StoreError(
                f"cannot open {self.out}: {error}; check the URL and its rights"
            ) from error
        names = {path.rstrip("/").rsplit("/", 1)[-1] for path in here if path != self._root}
        foreign = sorted(names - {*TABLES, _HIDDEN, INPUTS, RUNS, MANIFEST})
        if foreign and not names & {MANIFEST, _HIDDEN}:
            raise StoreError(
                f"{self.out} holds something else ({foreign[0]}, no {MANIFEST}); "
                "name an empty or a new place, so that nothing of yours is overwritten"
            )

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _get(self, name: str) -> bytes | None:
        self._files.invalidate_cache()
        try:
            data: bytes = self._files.cat_file(self._at(name))
        except FileNotFoundError:
            return None
        return data

    def _put(self, name: str, data: bytes) -> None:
        self._files.makedirs(self._at(name).rsplit("/", 1)[0], exist_ok=True)
        self._files.pipe_file(self._at(name), data)


def _state_of(manifest: Manifest) -> str:
    return f"{_HIDDEN}/state-{manifest.version}.sqlite"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
