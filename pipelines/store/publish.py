"""Write the next version: only the files that changes touch, then one step that shows them all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.model import TABLES, schema
from pipelines.link import cite_key
from pipelines.store.base import Store
from pipelines.store.changes import UNITS_A_PART, digits, settle
from pipelines.store.manifest import Entry, Manifest
from pipelines.work.ledger import UNSURE, mark_version, save_state, settle_on
from pipelines.work.packed import ROWS, from_bytes

_INPUTS = pa.schema(
    [
        pa.field("source", pa.string(), False, {"description": "as in documents"}),
        pa.field("path", pa.string(), False, {"description": "where the file lies"}),
        pa.field("bytes", pa.int64(), True, {"description": "size of the file"}),
        pa.field("doc_ids", pa.list_(pa.string()), False, {"description": "documents it holds"}),
        pa.field("first_seen", pa.date32(), False, {"description": "day of the first run over it"}),
        pa.field("removed_on", pa.date32(), True, {"description": "day when it was gone; or null"}),
    ]
)
_BATCH = 10_000


def publish(db: sqlite3.Connection, store: Store, partition_by: Sequence[str]) -> Manifest:
    """Publish what the ledger and the finished documents hold; the manifest that shows it.

    Until the last step the version before stands as it is; what is broken off begins anew.
    """
    old = store.manifest
    mark_version(db, UNSURE)
    changed = settle(db, partition_by)
    if old is None or changed or old.partition_by != tuple(partition_by):
        manifest = Manifest(_write(db, store, old), tuple(partition_by))
    else:
        manifest = old
    state, inputs = store.work / "next.sqlite", store.work / "inputs.parquet"
    save_state(db, state, manifest.version)
    _write_inputs(db, inputs)
    store.publish(manifest, state, inputs)
    # published is published: what cannot be tidied up now, the next run does
    with suppress(OSError, sqlite3.OperationalError):
        settle_on(db, manifest.version)
        state.unlink()
        inputs.unlink()
    return manifest


def _write(
    db: sqlite3.Connection, store: Store, old: Manifest | None
) -> dict[str, tuple[Entry, ...]]:
    known = _by_part(old)
    tables: dict[str, list[Entry]] = {name: [] for name in TABLES}
    for (part,) in db.execute("SELECT DISTINCT part FROM docs ORDER BY part").fetchall():
        for name in ROWS:
            entry = known.get((name, part))
            if _is_dirty(db, part, name):
                rows = _rows(db, store, known, name, part)
                if name == "responsibilities":
                    _note_organs(db, part, rows)
                entry = store.write(name, part, rows) if rows.num_rows else None
            if entry is not None and entry.rows:
                tables[name].append(entry)
    db.execute("DELETE FROM organs WHERE part NOT IN (SELECT part FROM docs)")
    db.commit()
    tables["units"] = _write_units(db, store)
    for name, entries in tables.items():
        if not entries:
            entries.append(store.write(name, "", schema(name).empty_table()))
    return {name: tuple(entries) for name, entries in tables.items()}


def _by_part(manifest: Manifest | None) -> dict[tuple[str, str], Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for name, entries in (manifest.tables if manifest else {}).items():
        for entry in entries:
            folder, slash, file = entry.file.rpartition("/")
            prefix = file.removeprefix("part-").rpartition("-")[0]
            found[name, folder + slash + prefix] = entry
    return found


def _is_dirty(db: sqlite3.Connection, part: str, name: str) -> bool:
    found = db.execute("SELECT 1 FROM dirty WHERE part = ? AND name = ?", (part, name)).fetchone()
    return found is not None


def _rows(
    db: sqlite3.Connection,
    store: Store,
    known: dict[tuple[str, str], Entry],
    name: str,
    part: str,
) -> pa.Table:
    """A table's rows of a part: of the finished documents, and of the others where they lie now."""
    fresh = db.execute(
        "SELECT data FROM docs JOIN finished.batches USING (doc_id) "
        "WHERE part = ? AND name = ? AND doc_id IN fresh ORDER BY doc_id",
        (part, name),
    )
    found = [pa.Table.from_batches((from_bytes(name, data) for (data,) in fresh), schema(name))]
    places = db.execute(
        "SELECT lies.part, json_group_array(doc_id) FROM docs JOIN lies USING (doc_id) "
        "WHERE docs.part = ? GROUP BY lies.part ORDER BY lies.part",
        (part,),
    ).fetchall()
    for place, doc_ids in places:
        entry = known.get((name, place))
        if entry is not None and entry.rows:
            rows = store.open(name, entry)
            found.append(rows.filter(pc.is_in(rows["doc_id"], pa.array(json.loads(doc_ids)))))
    whole = pa.concat_tables(rows.cast(schema(name)) for rows in found)
    whole = whole.sort_by("doc_id")
    if name == "documents":
        return _with_places(db, whole)
    return _with_cited(db, whole) if name == "citations" else whole


def _with_places(db: sqlite3.Connection, rows: pa.Table) -> pa.Table:
    """Documents with what only the whole output knows: their places, and the same paper."""
    source, also_at, same_as = [], [], []
    for doc_id in rows["doc_id"].to_pylist():
        sources, same = db.execute(
            "SELECT sources, same_as FROM docs WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        first, *others = json.loads(sources)
        source.append(first)
        also_at.append(others)
        same_as.append(same)
    rows = _replaced(rows, "source", source)
    rows = _replaced(rows, "also_at", also_at)
    return _replaced(rows, "same_paper_as", same_as)


def _with_cited(db: sqlite3.Connection, rows: pa.Table) -> pa.Table:
    """Citations with the papers of this output that they name: by number, else by title."""
    found: dict[tuple[str, int], str | None] = {}

    def paper(column: str, text: str | None) -> str | None:
        key = cite_key(text)
        if key is None:
            return None
        if (column, key) not in found:
            row = db.execute(
                f"SELECT coalesce(same_as, doc_id) FROM docs WHERE {column} = ? "
                "ORDER BY doc_id LIMIT 1",
                (key,),
            ).fetchone()
            found[column, key] = row[0] if row else None
        return found[column, key]

    columns = (rows[name].to_pylist() for name in ("doc_id", "doc_number", "title"))
    cited = []
    for doc_id, number, title in zip(*columns, strict=True):
        target = paper("number", number) or paper("title", title)
        cited.append(None if target == doc_id else target)
    return _replaced(rows, "cited_doc_id", cited)


def _replaced(rows: pa.Table, name: str, values: Iterable[object]) -> pa.Table:
    place = rows.schema.get_field_index(name)
    field = rows.schema.field(place)
    return rows.set_column(place, field, pa.array(values, field.type))


_ORGAN = ("name", "function", "region_code", "admin_level")


def _note_organs(db: sqlite3.Connection, part: str, rows: pa.Table) -> None:
    """The organs that a part's responsibilities name, with the words that name them."""
    named = rows.filter(pc.is_valid(rows["unit_id"])).group_by(
        ["unit_id", "unit"], use_threads=False
    )
    found = named.aggregate([(column, "first") for column in ("doc_id", *_ORGAN)])
    columns = [found[name].to_pylist() for name in ("unit_id", "unit", "doc_id_first")]
    columns += [found[f"{name}_first"].to_pylist() for name in _ORGAN]
    db.execute("DELETE FROM organs WHERE part = ?", (part,))
    db.executemany(
        "INSERT INTO organs (unit_id, alias, doc_id, name, function, region_code, admin_level, "
        "part) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row, part) for row in zip(*columns, strict=True)),
    )


def _write_units(db: sqlite3.Connection, store: Store) -> list[Entry]:
    """One row a distinct organ; its words of all papers together, the rest as in the first one."""
    (count,) = db.execute("SELECT count(DISTINCT unit_id) FROM organs").fetchone()
    width = digits(count, UNITS_A_PART)
    entries = []
    for prefix in _prefixes(width):
        rows = db.execute(
            "SELECT unit_id, name, function, region_code, admin_level, sorted_list(alias), "
            "min(doc_id || ' ' || alias) FROM organs WHERE unit_id >= ? AND unit_id < ? "
            "GROUP BY unit_id ORDER BY unit_id",
            (prefix, prefix + "g"),
        ).fetchall()
        if rows:
            *columns, aliases, _ = zip(*rows, strict=True)
            whole = [*columns, [json.loads(words) for words in aliases]]
            table = pa.table(
                [pa.array(c, f.type) for c, f in zip(whole, schema("units"), strict=True)],
                schema=schema("units"),
            )
            entries.append(store.write("units", prefix, table))
    return entries


def _prefixes(width: int) -> list[str]:
    return [f"{i:0{width}x}" for i in range(16**width)] if width else [""]


def _write_inputs(db: sqlite3.Connection, path: Path) -> None:
    """The files that were seen, with marks of those that are gone."""
    rows = db.execute(
        "SELECT source, path, size, (SELECT sorted_list(doc_id) FROM places "
        "WHERE places.path = files.path), first_seen, removed_on FROM files ORDER BY path"
    )
    with pq.ParquetWriter(path, _INPUTS, compression="zstd") as sink:
        sink.write_table(_INPUTS.empty_table())
        while some := rows.fetchmany(_BATCH):
            sources, paths, sizes, doc_ids, first, removed = zip(*some, strict=True)
            columns = [
                sources,
                [place.decode("utf-8", "backslashreplace") for place in paths],
                [None if size < 0 else size for size in sizes],
                [json.loads(ids or "[]") for ids in doc_ids],
                [date.fromisoformat(day) for day in first],
                [day and date.fromisoformat(day) for day in removed],
            ]
            arrays = [pa.array(c, f.type) for c, f in zip(columns, _INPUTS, strict=True)]
            sink.write_table(pa.table(arrays, schema=_INPUTS))
