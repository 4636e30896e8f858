"""What a change of rules gained and lost: two outputs compared row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from extract.model import TABLES

_LEFT_OUT = {"lines", "units"}
_VERSIONS = {"rules_version", "doc_id"}


class DiffError(RuntimeError):
    """An output that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that only one of two outputs holds. what: gained or lost; values: column to value."""

    table: str
    source: str
    what: str
    values: tuple[tuple[str, str], ...]


def compare(old: Path, new: Path) -> list[Change]:
    """The rows that the outputs do not share, by table and paper; raises DiffError.

    Rows are compared by all columns but ids, so that a row that only moved in the order is equal.
    """
    changes = []
    names = [_sources(folder) for folder in (old, new)]
    for table in TABLES:
        if table in _LEFT_OUT:
            continue
        before, after = (
            _rows(folder, table, sources) for folder, sources in zip((old, new), names, strict=True)
        )
        changes += [_change(table, "lost", row) for row in (before - after).elements()]
        changes += [_change(table, "gained", row) for row in (after - before).elements()]
    return sorted(changes, key=lambda c: (c.source, c.table, c.what, c.values))


def _read(folder: Path, table: str) -> pd.DataFrame:
    try:
        return pd.read_parquet(folder / table)
    except (OSError, ValueError) as error:
        raise DiffError(
            f"cannot read the tables in {folder} ({error}); "
            "name a folder that `gongwen run` has written"
        ) from error


def _sources(folder: Path) -> dict[str, str]:
    documents = _read(folder, "documents")
    return dict(zip(documents.doc_id, documents.source, strict=True))


Row = tuple[str, tuple[tuple[str, str], ...]]


def _rows(folder: Path, table: str, sources: dict[str, str]) -> Counter[Row]:
    frame = _read(folder, table)
    columns = [c for c in frame.columns if c not in _VERSIONS and not c.endswith("_id")]
    columns = [c for c in columns if c != "seq"]
    rows: Counter[Row] = Counter()
    for doc_id, *values in frame[["doc_id", *columns]].itertuples(index=False):
        shown = tuple((c, _shown(v)) for c, v in zip(columns, values, strict=True))
        rows[sources[doc_id], tuple(item for item in shown if item[1])] += 1
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if hasattr(value, "tolist"):
        return " · ".join(str(item) for item in value)
    return "" if value is None or pd.isna(value) else str(value)


def _change(table: str, what: str, row: Row) -> Change:
    return Change(table, row[0], what, row[1])


_TOLD = {
    "tasks": ("path", "title"),
    "responsibilities": ("role", "basis", "unit", "name"),
    "deadlines": ("quote", "kind", "start_on", "end_on", "recurrence"),
    "targets": ("indicator", "op", "value", "unit", "per", "quote"),
    "citations": ("title", "doc_number"),
    "sections": ("path", "heading", "kind"),
    "diagnostics": ("code", "quote"),
}


def print_changes(changes: list[Change]) -> None:
    """A line a change: - lost, + gained; then how many of each."""
    for change in changes:
        values = dict(change.values)
        told = _TOLD.get(change.table, tuple(c for c in values if c not in ("text", "quote")))
        words = " ".join(values[c] for c in told if c in values)
        sign = "+" if change.what == "gained" else "-"
        print(f"{sign} {change.source} {change.table}: {words[:160]}")
    counts = Counter(change.what for change in changes)
    print(f"{counts['gained']} gained, {counts['lost']} lost")
