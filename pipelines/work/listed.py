"""Which files are new, changed or gone since the last run, and which documents they hold."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

from pipelines.inputs import Input
from pipelines.work.frames import Place
from pipelines.work.ledger import mark_unpublished

_FRESH = 2.0
"""Seconds: a file this young may change again without a new stamp, so it is not trusted yet."""
_LOOKED_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Listing:
    """Counts of files: all, new, changed (known, and now with other documents), removed."""

    files: int
    new: int
    changed: int
    removed: int


def note_inputs(db: sqlite3.Connection, inputs: Iterable[Input], today: str) -> Listing:
    """Note what lies there now; files that are gone lose their documents and keep a mark.

    Which files have changed is known when they have been looked into (`note_places`).
    """
    now = time.time_ns()
    db.execute("DROP TABLE IF EXISTS temp.listed")
    db.execute(
        "CREATE TEMP TABLE listed (path BLOB PRIMARY KEY, source TEXT, size INTEGER, stamp TEXT) "
        "WITHOUT ROWID"
    )
    rows = ((os.fsencode(i.path), i.source, i.size, _trusted(i.stamp, now)) for i in inputs)
    with db:
        db.executemany(
            "INSERT INTO listed VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET source = min(source, excluded.source)",
            rows,
        )
        (files,) = db.execute("SELECT count(*) FROM listed").fetchone()
        new, doubtful = _count_changes(db)
        removed = db.execute(
            "UPDATE files SET removed_on = ? WHERE removed_on IS NULL "
            "AND path NOT IN (SELECT path FROM listed)",
            (today,),
        ).rowcount
        if new or doubtful or removed:
            mark_unpublished(db)
        if removed:
            for table in ("places", "held"):
                db.execute(
                    f"DELETE FROM {table} WHERE path IN "
                    "(SELECT path FROM files WHERE removed_on IS NOT NULL)"
                )
    return Listing(files, new, 0, removed)


def _trusted(stamp: str, now: int) -> str:
    """The stamp, unless it is a clock's of just now."""
    if stamp.isdigit() and now - int(stamp) < _FRESH * 1e9:
        return ""
    return stamp


def _count_changes(db: sqlite3.Connection) -> tuple[int, int]:
    """New files, and known ones that are to be looked into again."""
    new, doubtful = db.execute(
        "SELECT count(*) FILTER (WHERE files.path IS NULL OR files.removed_on IS NOT NULL), "
        f"count(*) FILTER (WHERE files.path IS NOT NULL AND {_CHANGED}) "
        "FROM listed LEFT JOIN files USING (path)"
    ).fetchone()
    return new, doubtful


_CHANGED = (
    "(files.removed_on IS NOT NULL OR files.size <> listed.size OR files.source <> listed.source "
    "OR files.stamp <> listed.stamp OR files.stamp = '')"
)


def look_at_all_again(db: sqlite3.Connection, made_by: str) -> None:
    """Look into files again that other rules have looked into: the rules say what an archive is."""
    with db:
        found = db.execute("SELECT value FROM meta WHERE key = 'looked_by'").fetchone()
        if found != (made_by,):
            db.execute("UPDATE files SET stamp = ''")
            db.execute("INSERT OR REPLACE INTO meta VALUES ('looked_by', ?)", (made_by,))


def to_look(db: sqlite3.Connection) -> Generator[tuple[str, ...], None, None]:
    """Paths of new and changed files, some at a time."""
    last = b""
    # a query a batch: one left open would keep SQLite from ever shortening its journal
    while paths := db.execute(
        "SELECT listed.path FROM listed LEFT JOIN files USING (path) "
        f"WHERE listed.path > ? AND (files.path IS NULL OR {_CHANGED}) "
        "ORDER BY listed.path LIMIT ?",
        (last, _LOOKED_TOGETHER),
    ).fetchall():
        (last,) = paths[-1]
        yield tuple(os.fsdecode(path) for (path,) in paths)


def note_places(
    db: sqlite3.Connection, looked: Sequence[tuple[str, list[Place]]], today: str
) -> int:
    """Note the documents that files hold; how many known files hold others than before."""
    changed = 0
    with db:
        for path, places in looked:
            key = os.fsencode(path)
            (source,) = db.execute("SELECT source FROM listed WHERE path = ?", (key,)).fetchone()
            passing = any(place.passing for place in places)
            rows = [_row(key, n, source, place) for n, place in enumerate(places)]
            changed += _has_changed(db, key, rows)
            _forget(db, key)
            db.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            db.execute(
                "INSERT INTO files SELECT path, source, size, iif(?, '', stamp), ?, NULL "
                "FROM listed WHERE path = ? ON CONFLICT (path) DO UPDATE SET "
                "source = excluded.source, size = excluded.size, stamp = excluded.stamp, "
                "removed_on = NULL",
                (passing, today, key),
            )
    return changed


def _has_changed(db: sqlite3.Connection, path: bytes, rows: Sequence[tuple[object, ...]]) -> bool:
    known = "SELECT 1 FROM files WHERE path = ? AND removed_on IS NULL"
    if db.execute(known, (path,)).fetchone() is None:
        return False
    before = db.execute("SELECT member, doc_id FROM places WHERE path = ?", (path,)).fetchall()
    return set(before) != {(member, doc_id) for _, _, member, _, doc_id, _, _ in rows}


def _row(path: bytes, number: int, source: str, place: Place) -> tuple[object, ...]:
    whole = f"{source}!/{place.member}" if place.member else source
    known = place.sha256 or hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()
    return path, number, place.member, whole, known[:16], place.sha256, place.problem


def note_unsteady(db: sqlite3.Connection, path: str) -> None:
    """A file has changed under way again: one failed document, the next run looks again."""
    message = "the file changes while it is read; run again when it stands still"
    note_places(db, [(path, [Place("", None, message, passing=True)])], "")


def look_again(db: sqlite3.Connection, path: str) -> None:
    """A file has changed under way: forget its documents, so that it is looked at again."""
    key = os.fsencode(path)
    with db:
        db.execute("UPDATE files SET stamp = '' WHERE path = ?", (key,))
        _forget(db, key)


def _forget(db: sqlite3.Connection, path: bytes) -> None:
    """Forget which documents a file holds; those that are published stay until others are read."""
    db.execute(
        "INSERT OR IGNORE INTO held SELECT path, member, doc_id FROM places "
        "WHERE path = ? AND doc_id IN (SELECT doc_id FROM docs)",
        (path,),
    )
    db.execute("DELETE FROM places WHERE path = ?", (path,))
