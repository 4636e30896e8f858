"""What the next version changes: which documents came, went or moved, and so which files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from pipelines.link import Marks, same_papers
from pipelines.work.packed import ROWS

DOCUMENTS_A_PART = 1024
UNITS_A_PART = 65_536
PARTITIONS = ("region", "year")
_NONE = "__HIVE_DEFAULT_PARTITION__"


def settle(db: sqlite3.Connection, partition_by: Sequence[str] = ()) -> bool:
    """Bring the ledger's `docs` to what is to be published; whether there is anything to write.

    Leaves three temporary tables: `fresh` (documents whose rows are among the finished), `lies`
    (where the rows of the others lie now) and `dirty` (the files to be written: part, name).
    """
    for name in ("fresh", "lies", "dirty", "touched", "turned"):
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    db.execute("CREATE TEMP TABLE dirty (part TEXT, name TEXT, PRIMARY KEY (part, name))")
    db.execute("CREATE TEMP TABLE touched (doc_id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("CREATE TEMP TABLE turned (key INTEGER PRIMARY KEY)")
    # not those whose file has changed since they were read
    db.execute(
        "CREATE TEMP TABLE fresh AS SELECT doc_id FROM finished.done "
        "WHERE doc_id IN (SELECT doc_id FROM places)"
    )
    db.execute("CREATE UNIQUE INDEX temp.fresh_doc ON fresh (doc_id)")
    with db:
        _release(db)
        _let_go(db)
        _take_in(db)
        _place(db)
        _lay_out(db, partition_by)
        _link(db)
    (count,) = db.execute("SELECT count(*) FROM dirty").fetchone()
    return bool(count)


def _release(db: sqlite3.Connection) -> None:
    """Hold no longer what stood in a place before, once what stands there now is read."""
    db.execute(
        "DELETE FROM held WHERE path IN (SELECT path FROM places) "
        "AND (path, member) NOT IN (SELECT path, member FROM places WHERE doc_id NOT IN "
        "(SELECT doc_id FROM docs UNION SELECT doc_id FROM fresh))"
    )


def _let_go(db: sqlite3.Connection) -> None:
    """Documents that nothing holds, and the old rows of those that were read anew."""
    db.execute(
        "CREATE TEMP TABLE lies AS SELECT doc_id, part FROM docs "
        "WHERE doc_id NOT IN (SELECT doc_id FROM fresh) "
        "AND doc_id IN (SELECT doc_id FROM places UNION SELECT doc_id FROM held)"
    )
    db.execute("CREATE UNIQUE INDEX temp.lies_doc ON lies (doc_id)")
    _dirty(db, ROWS, "SELECT part FROM docs WHERE doc_id NOT IN (SELECT doc_id FROM lies)")
    _touch(db, "SELECT doc_id FROM docs WHERE doc_id NOT IN (SELECT doc_id FROM lies)")
    db.execute(
        "DELETE FROM cites WHERE doc_id IN "
        "(SELECT doc_id FROM docs WHERE doc_id NOT IN (SELECT doc_id FROM lies))"
    )
    db.execute("DELETE FROM docs WHERE doc_id NOT IN (SELECT doc_id FROM lies)")


def _touch(db: sqlite3.Connection, doc_ids: str) -> None:
    """Note documents whose likeness to others, and keys whose papers, are to be settled anew."""
    for own, other in (
        ("a.number", "b.number = a.number"),
        ("a.title", "b.title = a.title AND b.dated = a.dated"),
    ):
        db.execute(
            "INSERT OR IGNORE INTO touched SELECT b.doc_id FROM docs AS a JOIN docs AS b "
            f"ON {other} WHERE a.doc_id IN ({doc_ids})"
        )
        db.execute(
            f"INSERT OR IGNORE INTO turned SELECT {own} FROM docs AS a "
            f"WHERE {own} IS NOT NULL AND a.doc_id IN ({doc_ids})"
        )


def _take_in(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO docs SELECT doc_id, made_by, suffix, status, code, error, wants, "
        "'', '[]', NULL, number, title, dated, sketch, tasks, chars, region, year "
        "FROM finished.done WHERE doc_id IN fresh"
    )
    db.execute(
        "INSERT OR IGNORE INTO cites SELECT value, doc_id FROM finished.done, json_each(cites) "
        "WHERE doc_id IN fresh"
    )
    _touch(db, "SELECT doc_id FROM fresh")
    db.execute("INSERT OR IGNORE INTO touched SELECT doc_id FROM fresh")


def _place(db: sqlite3.Connection) -> None:
    """The places of each document; only `documents` says them."""
    moved = (
        "SELECT doc_id, found FROM docs JOIN (SELECT doc_id, sorted_list(source) AS found "
        "FROM places GROUP BY doc_id) USING (doc_id) WHERE found <> sources"
    )
    db.execute(f"CREATE TEMP TABLE moved AS {moved}")
    db.execute(
        "UPDATE docs SET sources = moved.found FROM temp.moved WHERE moved.doc_id = docs.doc_id"
    )
    _dirty(db, ("documents",), "SELECT part FROM lies WHERE doc_id IN (SELECT doc_id FROM moved)")
    db.execute("DROP TABLE temp.moved")


def _lay_out(db: sqlite3.Connection, partition_by: Sequence[str]) -> None:
    """The part of the tables in which each document's rows are to lie.

    The folders asked for, and in each the first digits of doc_id, as many as its count of documents
    asks for: a function of the set of papers, so no history shows, and no file grows without end.
    """
    keys = [f"'{key}=' || coalesce({key}, '{_NONE}') || '/' || " for key in partition_by]
    groups = f"PARTITION BY {', '.join(partition_by)}" if partition_by else ""
    db.create_function("digits", 1, lambda count: digits(count, DOCUMENTS_A_PART))
    next_part = f"{''.join(keys)}substr(doc_id, 1, digits(count(*) OVER ({groups})))"
    laid = f"SELECT doc_id, part, {next_part} AS next FROM docs"
    moves = f"SELECT * FROM ({laid}) WHERE part <> next OR doc_id IN fresh"
    db.execute(f"CREATE TEMP TABLE moves AS {moves}")
    db.execute("UPDATE docs SET part = moves.next FROM temp.moves WHERE moves.doc_id = docs.doc_id")
    _dirty(db, ROWS, "SELECT next AS part FROM moves")
    _dirty(db, ROWS, "SELECT part FROM moves WHERE doc_id IN (SELECT doc_id FROM lies)")
    db.execute("DROP TABLE temp.moves")


def digits(count: int, fits: int) -> int:
    """Hex digits that tell parts apart: none for a few, at most two (256 files a table)."""
    return 0 if count <= fits else 1 if count <= 16 * fits else 2


def _link(db: sqlite3.Connection) -> None:
    """Settle `same_as` wherever it may have turned, then who cites a paper that has."""
    db.execute(
        "DELETE FROM touched WHERE doc_id IN (SELECT a.doc_id FROM touched JOIN docs AS a "
        "USING (doc_id) WHERE a.same_as IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM docs AS b "
        "WHERE b.number = a.number AND b.doc_id <> a.doc_id) "
        "AND NOT EXISTS (SELECT 1 FROM docs AS b "
        "WHERE b.title = a.title AND b.dated = a.dated AND b.doc_id <> a.doc_id))"
    )
    while row := db.execute("SELECT doc_id FROM touched LIMIT 1").fetchone():
        members, before = _reached(db, row[0])
        for doc_id, top in same_papers(members).items():
            if top != before[doc_id]:
                db.execute("UPDATE docs SET same_as = ? WHERE doc_id = ?", (top, doc_id))
                _note_turned(db, doc_id)
        done = [(doc_id,) for doc_id in (row[0], *members)]
        db.executemany("DELETE FROM touched WHERE doc_id = ?", done)
    _dirty(
        db,
        ("citations",),
        "SELECT part FROM docs WHERE doc_id IN "
        "(SELECT doc_id FROM cites WHERE key IN (SELECT key FROM turned))",
    )


def _reached(db: sqlite3.Connection, doc_id: str) -> tuple[dict[str, Marks], dict[str, str | None]]:
    """The papers that shared numbers and titles lead to from one, and their `same_as` so far."""
    members: dict[str, Marks] = {}
    before: dict[str, str | None] = {}
    frontier: list[tuple[str, tuple[object, ...]]] = [("doc_id = ?", (doc_id,))]
    seen = set(frontier)
    while frontier:
        where, values = frontier.pop()
        for found, same_as, *mark in db.execute(
            f"SELECT doc_id, same_as, number, title, dated, sketch, tasks, chars FROM docs "
            f"WHERE {where}",
            values,
        ):
            number, title, dated, sketch, tasks, chars = mark
            members[found] = Marks(number, title, dated, sketch, (), tasks, chars)
            before[found] = same_as
            for step in (("number = ?", (number,)), ("title = ? AND dated = ?", (title, dated))):
                if step[1][0] is not None and step not in seen:
                    seen.add(step)
                    frontier.append(step)
    return members, before


def _note_turned(db: sqlite3.Connection, doc_id: str) -> None:
    _dirty(db, ("documents",), "SELECT part FROM docs WHERE doc_id = ?", doc_id)
    for key in ("number", "title"):
        db.execute(
            f"INSERT OR IGNORE INTO turned SELECT {key} FROM docs "
            f"WHERE doc_id = ? AND {key} IS NOT NULL",
            (doc_id,),
        )


def _dirty(db: sqlite3.Connection, names: Iterable[str], parts: str, *values: object) -> None:
    for name in names:
        db.execute(
            f"INSERT OR IGNORE INTO dirty SELECT DISTINCT part, ? FROM ({parts})", (name, *values)
        )
