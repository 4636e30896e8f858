"""An output folder on a disk: versions side by side, and one link that says which is current.

    OUT/tasks -> .gongwen/current/tasks        a link a table, made once
    OUT/.gongwen/current -> versions/3fa9…     the one step that publishes: this link is replaced
    OUT/.gongwen/versions/3fa9…/tasks/part-….parquet

Files that did not change are hard links into the version before. A reader who opened that version
keeps it until the next run but one.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.model import TABLES
from pipelines.store.base import INPUTS, RUNS, Store, StoreError, spoilt, work_in
from pipelines.store.manifest import MANIFEST, Entry, Manifest, ManifestError

HIDDEN = ".gongwen"
STATE = "state.sqlite"
_NOBODYS = (".gitkeep", ".DS_Store")
_EARLIER = "part-*.parquet"


class Folder(Store):
    """A folder on a disk of this machine."""

    def __init__(self, out: str, work: str | None = None) -> None:
        self.out = out
        self._root = Path(out)
        self._hidden = self._root / HIDDEN
        self._current = self._hidden / "current"
        self._versions = self._hidden / "versions"
        _check(self._root)
        self.work = work_in(work, self._root.resolve()) if work else self._hidden / "work"
        self._next, self._old = self._hidden / "next", self._hidden / "old"
        self.work.mkdir(parents=True, exist_ok=True)

    @property
    def manifest(self) -> Manifest | None:
        try:
            return Manifest.from_bytes((self._current / MANIFEST).read_bytes())
        except FileNotFoundError:
            return None
        except ManifestError as error:
            raise StoreError(f"{self.out}: {error}") from error

    def state(self) -> Path | None:
        file = self._current / STATE
        return file if file.is_file() else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        # released by the system however the run ends
        with (self._hidden / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StoreError(
                    f"another run is writing {self.out}; wait for its end, or name another folder"
                ) from error
            shutil.rmtree(self._next, ignore_errors=True)
            shutil.rmtree(self._old, ignore_errors=True)
            yield

    def open(self, table: str, entry: Entry) -> pa.Table:
        path = self._current / table / entry.file
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            digest = ""
        if digest != entry.sha256:
            raise spoilt(self.out, table, entry)
        return pq.read_table(path, partitioning=None)

    def put(self, table: str, file: str, data: bytes) -> None:
        if table in TABLES and (self._current / table / file).is_file():
            return  # the same bytes, as the name says; publishing links it
        path = self._next / table / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())

    def publish(self, manifest: Manifest, state: Path, inputs: Path) -> None:
        version = self._versions / manifest.version
        listed = f"{INPUTS}/{INPUTS}.parquet"
        self.put(INPUTS, f"{INPUTS}.parquet", inputs.read_bytes())
        shutil.copyfile(state, self._next / STATE)
        if version.is_dir():
            os.replace(self._next / STATE, version / STATE)
            os.replace(self._next / listed, version / listed)
        else:
            self._complete(manifest)
            self._versions.mkdir(exist_ok=True)
            os.replace(self._next, version)
        before = os.readlink(self._current) if self._current.is_symlink() else ""
        self._expose()
        _link(self._current, f"versions/{manifest.version}")
        self._clear({manifest.version, Path(before).name})

    def _complete(self, manifest: Manifest) -> None:
        """Bring into the next version what has not changed, and its manifest."""
        for table, entries in manifest.tables.items():
            for entry in entries:
                new = self._next / table / entry.file
                if not new.exists():
                    new.parent.mkdir(parents=True, exist_ok=True)
                    _same_file(self._current / table / entry.file, new)
            named = {self._next / table / entry.file for entry in entries}
            for file in (self._next / table).rglob("*.parquet"):
                if file not in named:
                    file.unlink()
        (self._next / MANIFEST).write_bytes(manifest.to_bytes())

    def _expose(self) -> None:
        """The links that readers follow; they stand still once they are made."""
        for name in (*TABLES, INPUTS, MANIFEST):
            shown = self._root / name
            if shown.is_dir() and not shown.is_symlink():
                shutil.rmtree(shown)
            if not shown.is_symlink():
                _link(shown, f"{HIDDEN}/current/{name}")

    def _clear(self, kept: set[str]) -> None:
        for version in self._versions.iterdir():
            if version.name not in kept:
                # moved away first: a broken-off clearing must not leave half a version
                os.replace(version, self._old)
                shutil.rmtree(self._old)

    def read_runs(self) -> pa.Table | None:
        file = self._root / RUNS / f"{RUNS}.parquet"
        return pq.read_table(file, partitioning=None) if file.is_file() else None

    def write_runs(self, data: bytes) -> None:
        file = self._root / RUNS / f"{RUNS}.parquet"
        file.parent.mkdir(exist_ok=True)
        new = self._hidden / f"{RUNS}.parquet"
        new.write_bytes(data)
        os.replace(new, file)


def _link(place: Path, target: str) -> None:
    """Make or replace a link in one step."""
    new = place.with_name(f".{place.name}.new")
    with suppress(FileNotFoundError):
        new.unlink()
    new.symlink_to(target)
    os.replace(new, place)


def _same_file(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK):
            raise
        shutil.copyfile(old, new)


def _check(out: Path) -> None:
    """Refuse a folder that cannot be written or holds something else; raises StoreError."""
    if out.exists() and not out.is_dir():
        raise StoreError(f"{out} is a file; name a folder for the output")
    try:
        foreign = sorted(entry.name for entry in out.iterdir() if not _is_ours(entry))
    except FileNotFoundError:
        foreign = []
    except OSError as error:
        raise StoreError(f"cannot open {out}: {error.strerror}; check its rights") from error
    if foreign and not (out / HIDDEN).is_dir() and not (out / MANIFEST).is_file():
        raise StoreError(
            f"{out} holds something else ({foreign[0]}, no {MANIFEST}); "
            "name an empty or a new folder, so that nothing of yours is overwritten"
        )
    try:
        (out / HIDDEN).mkdir(parents=True, exist_ok=True)
        probe = out / HIDDEN / "probe"
        probe.write_bytes(b"")
        # another run may do the same just now
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot write to {out}: {error.strerror}; check its rights and free space, "
            "or name another folder with -o"
        ) from error


def _is_ours(entry: Path) -> bool:
    """Whether an earlier run, also one that was broken off, may have left it."""
    if entry.name in (HIDDEN, MANIFEST, INPUTS, RUNS, *_NOBODYS):
        return True
    return entry.name in TABLES and (
        entry.is_symlink() or all(file.match(_EARLIER) for file in entry.iterdir())
    )
