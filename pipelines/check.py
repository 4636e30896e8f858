"""Whether an output is what it should be: files, schema, keys between tables, spans and ids.

Read part by part, the texts some documents at a time; only ids are held for the whole output.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from extract.model import TABLES, schema
from pipelines.remote import plain
from pipelines.store import Entry, Output, open_output

IDS = {
    "documents": "doc_id",
    "sections": "section_id",
    "tasks": "task_id",
    "responsibilities": "responsibility_id",
    "deadlines": "deadline_id",
    "targets": "target_id",
    "citations": "citation_id",
    "units": "unit_id",
}
"""The column that names a row; lines and diagnostics have none."""
KEYS = {
    "parent_id": "sections",
    "section_id": "sections",
    "task_id": "tasks",
    "parent_task_id": "tasks",
    "deadline_id": "deadlines",
}
"""Columns that name a row of the same document, and its table."""
EVERYWHERE = {"same_paper_as": "documents", "cited_doc_id": "documents", "unit_id": "units"}
"""Columns that name a row anywhere in the output."""
_KEYS = {*IDS.values(), *KEYS, *EVERYWHERE}
_ID = 16
_BLOCK = 1 << 20
_TEXTS = 1024
_SAID = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: the table, the row's id or the file's name, and how it should be."""

    table: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.where}: {self.what}"


def check(out: str | os.PathLike[str]) -> Iterator[Fault]:
    """What is wrong with the published version of an output; nothing where all is well.

    Files that are missing or spoilt, or that the manifest does not name, come first; where there
    are such, rows are not looked at. Raises StoreError where there is no output.
    """
    place = plain(os.fspath(out))
    output = open_output(place)
    spoilt = False
    for table in TABLES:
        for fault in _check_files(output, table):
            spoilt = True
            yield fault
        if output.filesystem is None and (shown := Path(place, table)).resolve() != Path(
            output.root, table
        ):
            yield Fault(table, str(shown), "is not the folder of the published version")
    if not spoilt:
        yield from _check_rows(output)


def print_faults(faults: Iterable[Fault]) -> int:
    """A line a fault, the first hundred in words; how many there are."""
    count = 0
    for count, fault in enumerate(faults, 1):
        if count <= _SAID:
            print(ascii(str(fault)) if not str(fault).isprintable() else fault)
    if count > _SAID:
        print(f"and {count - _SAID} more")
    return count


# --- files --------------------------------------------------------------------------------------


def _check_files(output: Output, table: str) -> Iterator[Fault]:
    files = output.filesystem or fsspec.filesystem("file")
    entries = output.manifest.tables.get(table)
    if not entries:
        yield Fault(table, "manifest", "names no file of this table")
        return
    for entry, path in zip(entries, output.files(table), strict=True):
        if not files.isfile(path):
            yield Fault(table, entry.file, "is named in the manifest but is not there")
        elif _sha256(files, path) != entry.sha256:
            yield Fault(table, entry.file, "has not the SHA-256 that the manifest says")
        else:
            with files.open(path, "rb") as source:
                yield from _check_file(source, table, entry)
    folder = f"{output.root}/{table}"
    named = {entry.file for entry in entries}
    for path in sorted(files.find(folder)):
        name = posixpath.relpath(path, files._strip_protocol(folder))
        if name not in named:
            yield Fault(table, name, "is not named in the manifest; the next run may clear it")


def _check_file(source: Any, table: str, entry: Entry) -> Iterator[Fault]:
    try:
        file = pq.ParquetFile(source)
    except pa.ArrowInvalid as error:
        yield Fault(table, entry.file, f"is no Parquet file ({error})")
        return
    if file.metadata.num_rows != entry.rows:
        yield Fault(
            table, entry.file, f"has {file.metadata.num_rows} rows, the manifest says {entry.rows}"
        )
    if not file.schema_arrow.equals(schema(table), check_metadata=False):
        said = _differences(file.schema_arrow, schema(table))
        yield Fault(table, entry.file, f"has not the columns of this gongwen: {said}")


def _differences(found: pa.Schema, expected: pa.Schema) -> str:
    names = dict.fromkeys([*expected.names, *found.names])
    pairs = [(_column(found, name), _column(expected, name)) for name in names]
    said = [f"{a or 'nothing'} instead of {b or 'nothing'}" for a, b in pairs if a != b]
    return "; ".join(said) or "other order"


def _column(columns: pa.Schema, name: str) -> str:
    if name not in columns.names:
        return ""
    column = columns.field(name)
    return f"{name} {column.type}{'' if column.nullable else ' not null'}"


def _sha256(files: Any, path: str) -> str:
    digest = hashlib.sha256()
    with files.open(path, "rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


# --- rows ---------------------------------------------------------------------------------------


def _check_rows(output: Output) -> Iterator[Fault]:
    known = {
        table: output.table(table, [IDS[table]])[IDS[table]].combine_chunks()
        for table in ("documents", "units")
    }
    for table, ids in known.items():
        yield from _repeated(table, ids)
    for path in output.files("units"):
        rows = _open(output, "units", path).to_table(columns=["unit_id"])
        yield from _unsorted("units", rows, "unit_id", path)
    for files in _parts(output).values():
        keys = {
            table: _open(output, table, path).to_table(columns=_keys_of(table))
            for table, path in files.items()
        }
        for table, rows in keys.items():
            yield from _unsorted(table, rows, "doc_id", files[table])
            yield from _check_keys(table, rows, keys, known)
        if "documents" in files:
            yield from _check_texts(output, files)


def _parts(output: Output) -> dict[str, dict[str, str]]:
    """The files that belong together: of one hive folder, of one beginning of doc_id."""
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for table in TABLES:
        if table != "units":
            for entry, path in zip(output.manifest.tables[table], output.files(table), strict=True):
                if entry.rows:
                    parts[entry.file.rpartition("-")[0]][table] = path
    return parts


def _open(output: Output, table: str, path: str) -> ds.Dataset:
    return ds.dataset(path, schema=schema(table), format="parquet", filesystem=output.filesystem)


def _keys_of(table: str) -> list[str]:
    own = {"line"} if table == "lines" else set()
    return [name for name in schema(table).names if name in _KEYS | own]


def _check_keys(
    table: str, rows: pa.Table, keys: Mapping[str, pa.Table], known: Mapping[str, pa.Array]
) -> Iterator[Fault]:
    """A part's own ids, and the rows that its keys name: in this part, or anywhere."""
    nothing = pa.array([], pa.string())
    if table in IDS and table != "documents":
        yield from _repeated(table, rows[IDS[table]])
        yield from _of_others(table, rows, IDS[table])
    for column in rows.column_names:
        if column in EVERYWHERE:
            other = EVERYWHERE[column]
            yield from _unknown(table, rows, column, other, known[other])
        elif column == "doc_id" or (column in KEYS and column != IDS.get(table)):
            other = KEYS.get(column, "documents")
            there = keys[other][IDS[other]] if other in keys else nothing
            yield from _unknown(table, rows, column, other, there)
            yield from _of_others(table, rows, column)


def _repeated(table: str, ids: Any) -> Iterator[Fault]:
    for found in ids.value_counts().to_pylist() if len(ids) else []:
        if found["counts"] > 1:
            yield Fault(table, str(found["values"]), f"stands {found['counts']} times")


def _unsorted(table: str, rows: pa.Table, column: str, path: str) -> Iterator[Fault]:
    ids = rows[column].combine_chunks()
    if len(ids) > 1 and not pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py():
        yield Fault(table, posixpath.basename(path), f"is not sorted by {column}")


def _unknown(table: str, rows: pa.Table, column: str, other: str, there: Any) -> Iterator[Fault]:
    wrong = pc.and_(pc.is_valid(rows[column]), pc.invert(pc.is_in(rows[column], there)))
    for row in rows.filter(wrong).to_pylist():
        yield Fault(table, _name(table, row), f"{column} {row[column]} is no row of {other}")


def _of_others(table: str, rows: pa.Table, column: str) -> Iterator[Fault]:
    """Ids and keys that begin with another document's id than the row's own."""
    begin = pc.utf8_slice_codeunits(rows[column], 0, _ID)
    for row in rows.filter(pc.not_equal(begin, rows["doc_id"])).to_pylist():
        yield Fault(table, _name(table, row), f"{column} {row[column]} is of another document")


def _name(table: str, row: Mapping[str, Any]) -> str:
    if table in IDS:
        return str(row[IDS[table]])
    return f"{row['doc_id']} line {row['line']}" if table == "lines" else str(row["doc_id"])


# --- texts --------------------------------------------------------------------------------------


def _check_texts(output: Output, files: Mapping[str, str]) -> Iterator[Fault]:
    """The documents of a part, some at a time: their ids, and the quotes from their texts."""
    columns = ["doc_id", "source", "sha256", "status", "text", "chars"]
    documents = _open(output, "documents", files["documents"])
    for batch in documents.to_batches(columns=columns, batch_size=_TEXTS, batch_readahead=1):
        rows = batch.to_pylist()
        for row in rows:
            yield from _check_document(row)
        texts = {row["doc_id"]: row["text"] or "" for row in rows}
        for table, path in files.items():
            if texts and "char_start" in schema(table).names:
                yield from _check_spans(_open(output, table, path), table, texts)


def _check_document(row: Mapping[str, Any]) -> Iterator[Fault]:
    """doc_id is the beginning of the bytes' SHA-256, of the source's where there were none."""
    sha256 = row["sha256"]
    if sha256 is None:
        sha256 = hashlib.sha256(row["source"].encode("utf-8", "surrogateescape")).hexdigest()
        if row["status"] != "failed":
            yield Fault("documents", row["doc_id"], f"is {row['status']} without a sha256")
    if sha256[:_ID] != row["doc_id"]:
        yield Fault("documents", row["doc_id"], f"is not the beginning of the SHA-256 {sha256}")
    if (row["chars"] or 0) != len(row["text"] or ""):
        yield Fault("documents", row["doc_id"], f"has not {row['chars']} chars")


def _check_spans(rows: ds.Dataset, table: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    names = [*_keys_of(table), "char_start", "char_end"]
    names += [name for name in ("quote",) if name in schema(table).names]
    near = (pc.field("doc_id") >= min(texts)) & (pc.field("doc_id") <= max(texts))
    for batch in rows.to_batches(columns=names, filter=near, batch_readahead=1):
        for row in batch.to_pylist():
            text = texts.get(row["doc_id"])
            if text is not None and (wrong := _wrong_span(row, text)):
                yield Fault(table, _name(table, row), wrong)


def _wrong_span(row: Mapping[str, Any], text: str) -> str:
    """What is wrong with a row's place in its text; empty where it is right."""
    start, end = row["char_start"], row["char_end"]
    if start is None or end is None:
        return "" if (start, end, row.get("quote")) == (None, None, None) else "has half a place"
    if not 0 <= start <= end <= len(text):
        return f"{start}:{end} lies outside the text of {len(text)} characters"
    if "quote" in row and text[start:end] != row["quote"]:
        return f"the text at {start}:{end} is {text[start:end][:40]!r}, not {row['quote']!r}"[:200]
    return ""
