"""The batch: inputs in, tables out, one bad file never stops it."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract import Extraction, extract_bytes, unreadable
from extract.model import TABLES, Document
from extract.readers import ReadError
from extract.readers.archive import is_archive, members
from extract.result import to_arrow
from pipelines.inputs import Input
from pipelines.link import link_citations, link_same_papers, merge_units
from pipelines.store import check_output, write_tables


@dataclass(slots=True)
class Summary:
    """What a run did: documents by status, rows by table, seconds, reasons of failed files."""

    statuses: Counter[str] = field(default_factory=Counter)
    rows: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    failures: list[tuple[str, str]] = field(default_factory=list)


Progress = Callable[[Document], None]
Content = bytes | OSError | ReadError
"""A file's bytes, or why there are none."""


def run(
    inputs: Sequence[Input],
    out: Path,
    progress: Progress | None = None,
    password: str | None = None,
) -> Summary:
    """Read every input and write the ten tables below `out`; raises StoreError for the folder.

    Rows stand in the order of doc_id, so the bytes do not depend on the order of the inputs.
    `progress` is called after each document; `password` opens the files that have one.
    """
    started = time.monotonic()
    check_output(out)
    results = [_read(places, data, progress, password) for places, data in _by_content(inputs)]
    results.sort(key=lambda result: result.document.doc_id)
    rows = _rows(results)
    write_tables(out, {name: to_arrow(name, rows[name]) for name in TABLES})
    summary = Summary(seconds=time.monotonic() - started)
    for document in rows["documents"]:
        summary.statuses[document.status] += 1
        if document.status == "failed":
            summary.failures.append((document.source, document.error or ""))
    summary.rows = {name: len(rows[name]) for name in TABLES}
    return summary


def _by_content(inputs: Iterable[Input]) -> list[tuple[list[str], Content]]:
    """The inputs' bytes, files of the same bytes together under all their places."""
    places: dict[str, list[str]] = defaultdict(list)
    contents: dict[str, Content] = {}
    for item in inputs:
        for source, data in _contents(item):
            if isinstance(data, bytes):
                key = hashlib.sha256(data).hexdigest()
            else:
                key = f"unreadable {source}"
            contents[key] = data
            places[key].append(source)
    return [(sorted(set(places[key])), contents[key]) for key in contents]


def _contents(item: Input) -> Iterator[tuple[str, Content]]:
    """What an input holds: itself, or the files of an archive as `a.zip!/b.docx`."""
    try:
        data = item.path.read_bytes()
    except OSError as error:
        yield item.source, error
        return
    if not is_archive(data):
        yield item.source, data
        return
    empty = True
    try:
        for name, content in members(data, item.source):
            empty = False
            yield f"{item.source}!/{name}", content
    except ReadError as error:
        yield item.source, error
    else:
        if empty:
            yield item.source, ReadError("empty_file", "the archive holds no files; get it again")


def _read(
    places: list[str], data: Content, progress: Progress | None, password: str | None
) -> Extraction:
    """One document; whatever goes wrong inside becomes its `failed` row."""
    source, *others = places
    if isinstance(data, OSError):
        reason = data.strerror or str(data)
        result = unreadable(source, f"cannot open: {reason}; check that it exists and its rights")
    elif isinstance(data, ReadError):
        result = unreadable(source, data.message)
    else:
        try:
            result = extract_bytes(data, source, password)
        except Exception as error:  # one bad file must not stop the batch
            where = traceback.extract_tb(error.__traceback__)[-1]
            result = unreadable(
                source,
                f"{type(error).__name__} in {where.name}: {error}; this is a fault of gongwen, "
                "please report it with the file",
                data,
            )
    result.document.also_at = others
    if progress is not None:
        progress(result.document)
    return result


def _rows(results: Sequence[Extraction]) -> dict[str, list[Any]]:
    """The rows of all documents, table by table, with what only the whole output shows."""
    rows: dict[str, list[Any]] = {
        name: [row for result in results for row in getattr(result, name)] for name in TABLES
    }
    rows["units"] = merge_units(rows["units"])
    link_same_papers(rows["documents"])
    link_citations(rows["documents"], rows["citations"])
    return rows
