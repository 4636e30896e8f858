"""The batch: inputs in, tables out, one bad file never stops it."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract import Extraction, extract_bytes, unreadable
from extract.model import TABLES, Document
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


def run(inputs: Sequence[Input], out: Path, progress: Progress | None = None) -> Summary:
    """Read every input and write the ten tables below `out`; raises StoreError for the folder.

    Rows stand in the order of doc_id, so the bytes do not depend on the order of the inputs.
    `progress` is called after each document.
    """
    started = time.monotonic()
    check_output(out)
    results = [_read(places, data, progress) for places, data in _by_content(inputs)]
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


def _by_content(inputs: Iterable[Input]) -> list[tuple[list[str], bytes | OSError]]:
    """The inputs' bytes, files of the same bytes together under all their places."""
    places: dict[str, list[str]] = defaultdict(list)
    contents: dict[str, bytes | OSError] = {}
    for item in inputs:
        try:
            data: bytes | OSError = item.path.read_bytes()
            key = hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""
        except OSError as error:
            data = error
            key = f"unreadable {item.source}"
        contents[key] = data
        places[key].append(item.source)
    return [(sorted(set(places[key])), contents[key]) for key in contents]


def _read(places: list[str], data: bytes | OSError, progress: Progress | None) -> Extraction:
    """One document; whatever goes wrong inside becomes its `failed` row."""
    source, *others = places
    if isinstance(data, OSError):
        reason = data.strerror or str(data)
        result = unreadable(source, f"cannot open: {reason}; check that it exists and its rights")
    else:
        try:
            result = extract_bytes(data, source)
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
