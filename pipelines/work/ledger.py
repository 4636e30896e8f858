"""The ledger of a run on disk (SQLite): which files were seen, which documents they hold, what of
them is published, and the finished documents that wait to be published.

`state.sqlite` describes one published version of the tables and what has been seen since;
`finished.sqlite` keeps the rows of documents read but not yet published, so that a run that was
broken off goes on. Nothing is held in memory but SQLite's page cache.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pipelines.work.reader import suffix

_FORMAT = 2
NONE = "none"
UNSURE = "unsure"
"""No version published yet; a state that a publishing under way has changed."""
_STATE = "state.sqlite"
_FINISHED = "finished.sqlite"
_SCHEMA = f"""
PRAGMA user_version = {_FORMAT};
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
-- path: bytes, as names on disk need not be UTF-8; stamp '': look again
CREATE TABLE IF NOT EXISTS files (
  path BLOB PRIMARY KEY, source TEXT NOT NULL, size INTEGER NOT NULL, stamp TEXT NOT NULL,
  first_seen TEXT NOT NULL, removed_on TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS places (
  path BLOB, number INTEGER, member TEXT NOT NULL, source TEXT NOT NULL, doc_id TEXT NOT NULL,
  sha256 TEXT, problem TEXT, PRIMARY KEY (path, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS places_doc ON places (doc_id, source);
-- published documents of places that have changed, until what stands there now is read
CREATE TABLE IF NOT EXISTS held (
  path BLOB, member TEXT, doc_id TEXT, PRIMARY KEY (path, member, doc_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS held_doc ON held (doc_id);
-- what is published of each document
CREATE TABLE IF NOT EXISTS docs (
  doc_id TEXT PRIMARY KEY, made_by TEXT NOT NULL, suffix TEXT NOT NULL, status TEXT NOT NULL,
  code TEXT, error TEXT, wants TEXT, part TEXT NOT NULL, sources TEXT NOT NULL, same_as TEXT,
  number INTEGER, title INTEGER, dated TEXT NOT NULL, sketch BLOB NOT NULL,
  tasks INTEGER NOT NULL, chars INTEGER NOT NULL, region TEXT, year INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS docs_part ON docs (part);
CREATE INDEX IF NOT EXISTS docs_status ON docs (status);
CREATE INDEX IF NOT EXISTS docs_number ON docs (number);
CREATE INDEX IF NOT EXISTS docs_title ON docs (title, dated);
CREATE TABLE IF NOT EXISTS cites (
  key INTEGER, doc_id TEXT, PRIMARY KEY (key, doc_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cites_doc ON cites (doc_id);
-- the organs that each part of the tables names
CREATE TABLE IF NOT EXISTS organs (
  unit_id TEXT, part TEXT, alias TEXT, doc_id TEXT, name TEXT, function TEXT, region_code TEXT,
  admin_level TEXT, PRIMARY KEY (unit_id, part, alias)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS organs_part ON organs (part);
"""
_FINISHED_SCHEMA = f"""
PRAGMA finished.user_version = {_FORMAT};
CREATE TABLE IF NOT EXISTS finished.done (
  doc_id TEXT PRIMARY KEY, made_by TEXT NOT NULL, suffix TEXT NOT NULL, status TEXT NOT NULL,
  code TEXT, error TEXT, wants TEXT, number INTEGER, title INTEGER, dated TEXT NOT NULL,
  sketch BLOB NOT NULL, tasks INTEGER NOT NULL, chars INTEGER NOT NULL, cites TEXT NOT NULL,
  region TEXT, year INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS finished.batches (
  doc_id TEXT, name TEXT, data BLOB NOT NULL, PRIMARY KEY (doc_id, name));
"""


class LedgerError(RuntimeError):
    """The folder of work cannot be used; the message says why."""


def open_ledger(
    work: Path, version: str, published: Callable[[], Path | None]
) -> sqlite3.Connection:
    """The ledger in the folder `work` for the published `version` of the tables.

    `published` gives the state that was published with that version. It is asked where the folder
    has none of its own, or one that began from another version. Finished documents are kept. What
    another gongwen has written in another format counts for nothing: all is read anew.
    """
    work.mkdir(parents=True, exist_ok=True)
    state = work / _STATE
    if not _begins_from(state, version):
        _remove(state)
        given = published()
        if given is not None and _format(given) == _FORMAT:
            # renamed when whole: a copy broken off would pass for the state
            copy = work / f"{_STATE}.new"
            shutil.copyfile(given, copy)
            os.replace(copy, state)
    if _format(work / _FINISHED) != _FORMAT:
        _remove(work / _FINISHED)
    db = _connect(state)
    db.executescript(_SCHEMA)
    mark_version(db, version)
    db.execute("ATTACH ? AS finished", (str(work / _FINISHED),))
    db.execute("PRAGMA finished.journal_mode = WAL")
    db.execute("PRAGMA finished.synchronous = NORMAL")
    db.executescript(_FINISHED_SCHEMA)
    db.commit()
    return db


def mark_version(db: sqlite3.Connection, version: str) -> None:
    """Say which published version the state describes, or NONE, or UNSURE."""
    with db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (version,))


def mark_unpublished(db: sqlite3.Connection) -> None:
    """Say that the files noted are not yet those that the published tables show."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('unpublished', '')")


def anything_new(db: sqlite3.Connection) -> bool:
    """Whether files or finished documents wait to be published."""
    found = db.execute(
        "SELECT 1 FROM meta WHERE key = 'unpublished' UNION ALL SELECT 1 FROM finished.done"
    ).fetchone()
    return found is not None


def anything_read(db: sqlite3.Connection) -> bool:
    """Whether finished documents wait to be published."""
    return db.execute("SELECT 1 FROM finished.done").fetchone() is not None


def save_state(db: sqlite3.Connection, path: Path, version: str) -> None:
    """A copy of the ledger's state as a file of its own, to be published with a version."""
    _remove(path)
    with closing(sqlite3.connect(path)) as copy:
        db.backup(copy, name="main")
        copy.execute("PRAGMA journal_mode = DELETE")
        _mark_published(copy, version)


def settle_on(db: sqlite3.Connection, version: str) -> None:
    """The version is published: the state is that one's, and the finished documents go."""
    _mark_published(db, version)
    with db:
        db.execute("DELETE FROM finished.done")
        db.execute("DELETE FROM finished.batches")
    db.execute("VACUUM finished")


def _mark_published(db: sqlite3.Connection, version: str) -> None:
    with db:
        db.execute("DELETE FROM meta WHERE key = 'unpublished'")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (version,))


def _begins_from(state: Path, version: str) -> bool:
    if _format(state) != _FORMAT:
        return False
    with closing(sqlite3.connect(state)) as db:
        try:
            found = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        except sqlite3.DatabaseError:
            return False
    return bool(found == (version,))


def _format(file: Path) -> int | None:
    """In which format a file of the ledger is; none where it is no such file."""
    if not file.is_file():
        return None
    with closing(sqlite3.connect(file)) as db:
        try:
            (number,) = db.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError:
            return None
    return int(number)


def _remove(file: Path) -> None:
    """Remove a file of the ledger, with the journal of one that was broken off."""
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.create_function("suffix", 1, suffix, deterministic=True)
    db.create_aggregate("sorted_list", 1, _SortedList)  # type: ignore[arg-type]
    return db


class _SortedList:
    """SQL aggregate: distinct strings, sorted, as JSON."""

    def __init__(self) -> None:
        self._found: set[str] = set()

    def step(self, value: str) -> None:
        self._found.add(value)

    def finalize(self) -> str:
        return json.dumps(sorted(self._found), ensure_ascii=False)
