"""Which documents are still to be read, and keeping those that are finished."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from pipelines.work.frames import Limits, Wanted
from pipelines.work.packed import Packed
from pipelines.work.reader import can_ocr, password_mark

READ_TOGETHER = 8
"""Documents in a job."""


@dataclass(frozen=True, slots=True)
class Means:
    """With what documents are read now: the version of the rules, the password, limits, OCR or not.

    Rows made with other rules are made anew, and so are those that wanted what there is now.
    """

    made_by: str
    password: str | None = None
    limits: Limits | None = None

    def parameters(self) -> dict[str, object]:
        """For the queries of this module."""
        tried = password_mark(self.password) if self.password else None
        limits = self.limits.mark if self.limits else None
        return {"made_by": self.made_by, "ocr": can_ocr(), "password": tried, "limits": limits}


_PRESENT = """
SELECT doc_id, path, number, member, source, sha256, problem FROM (
  SELECT *, row_number() OVER (PARTITION BY doc_id ORDER BY source, path, number) AS place
  FROM places) WHERE place = 1
"""
_FITS = """
({0}.made_by IS :made_by AND {0}.suffix IS suffix(present.source)
  AND (present.sha256 IS NOT NULL OR {0}.error IS present.problem) AND NOT (
  (coalesce({0}.wants, '') = 'ocr' AND :ocr)
  OR (coalesce({0}.wants, '') LIKE 'password:%' AND :password IS NOT NULL
      AND {0}.wants IS NOT :password)
  OR (coalesce({0}.wants, '') LIKE 'limits:%' AND :limits IS NOT NULL
      AND {0}.wants IS NOT :limits)))
"""
_PENDING = f"""
FROM ({_PRESENT}) AS present LEFT JOIN docs USING (doc_id) LEFT JOIN finished.done USING (doc_id)
WHERE NOT {_FITS.format("docs")} AND NOT {_FITS.format("done")}
"""


def count_pending(db: sqlite3.Connection, means: Means) -> int:
    """How many documents are to be read."""
    (count,) = db.execute(f"SELECT count(*) {_PENDING}", means.parameters()).fetchone()
    return int(count)


def to_read(
    db: sqlite3.Connection, means: Means, limit: int | None, together: int = READ_TOGETHER
) -> Generator[tuple[Wanted, ...], None, None]:
    """The documents to be read, so many at a time, those of one archive in its order."""
    db.execute("DROP TABLE IF EXISTS temp.pending")
    db.execute(
        "CREATE TEMP TABLE pending AS SELECT present.* "
        + _PENDING
        + " ORDER BY path, number LIMIT :limit",
        {**means.parameters(), "limit": -1 if limit is None else limit},
    )
    last = 0
    # a query a batch: one left open would keep SQLite from ever shortening its journal
    while some := db.execute(
        "SELECT rowid, doc_id, path, member, source, sha256, problem FROM pending "
        "WHERE rowid > ? ORDER BY rowid LIMIT ?",
        (last, together),
    ).fetchall():
        last = some[-1][0]
        yield tuple(Wanted(row[1], os.fsdecode(row[2]), *row[3:]) for row in some)


def drop_unfit(db: sqlite3.Connection, means: Means) -> None:
    """Drop finished documents that are gone or were made by other means."""
    with db:
        db.execute(
            "DELETE FROM finished.done WHERE doc_id NOT IN (SELECT present.doc_id "
            f"FROM ({_PRESENT}) AS present JOIN finished.done USING (doc_id) "
            f"WHERE {_FITS.format('done')})",
            means.parameters(),
        )
        db.execute(
            "DELETE FROM finished.batches WHERE doc_id NOT IN (SELECT doc_id FROM finished.done)"
        )


def drop_failed(db: sqlite3.Connection) -> None:
    """Drop finished documents that failed, so that a run which ends at a failed one meets them."""
    with db:
        db.execute(
            "DELETE FROM finished.batches "
            "WHERE doc_id IN (SELECT doc_id FROM finished.done WHERE status = 'failed')"
        )
        db.execute("DELETE FROM finished.done WHERE status = 'failed'")


def keep(db: sqlite3.Connection, means: Means, finished: Sequence[tuple[Wanted, Packed]]) -> None:
    """Keep the rows of finished documents until they are published."""
    with db:
        for wanted, packed in finished:
            mark = packed.marks
            db.execute(
                "INSERT OR REPLACE INTO finished.done "
                "VALUES (?, ?, suffix(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    wanted.doc_id, means.made_by, wanted.source, packed.status, packed.code,
                    packed.error, packed.wants, mark.number, mark.title, mark.dated, mark.sketch,
                    mark.tasks, mark.chars, json.dumps(mark.cites), packed.region, packed.year,
                ),
            )  # fmt: skip
            db.execute("DELETE FROM finished.batches WHERE doc_id = ?", (wanted.doc_id,))
            db.executemany(
                "INSERT INTO finished.batches VALUES (?, ?, ?)",
                ((wanted.doc_id, name, data) for name, data in packed.tables.items()),
            )
