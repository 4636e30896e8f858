"""What two readings of one paper must have in common, differences of mere printing taken away."""

from __future__ import annotations

from typing import Any, NamedTuple

from extract import Extraction, extract_bytes
from pipelines.measure.score_keys import deadline_keys, norm, norm_unit, target_keys

TABLES_WITH_SPANS = ("sections", "tasks", "responsibilities", "deadlines", "targets", "citations")


class Likeness(NamedTuple):
    """A task, or what lies outside all tasks, as the scorer compares it."""

    place: tuple[str, ...]
    title: str
    text: str
    units: tuple[tuple[str, ...], ...]
    deadlines: tuple[tuple[Any, ...], ...]
    targets: tuple[tuple[Any, ...], ...]


def read(text: str | bytes, name: str = "paper.txt") -> Extraction:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return extract_bytes(data, name)


def likeness(result: Extraction) -> list[Likeness]:
    """The tasks in reading order, then one entry for what lies outside them."""
    found = [
        Likeness(
            (task.source, task.kind, norm(task.path), norm(task.label)),
            norm(task.title),
            norm(task.text),
            *_rows(result, task.task_id),
        )
        for task in result.tasks
    ]
    return [*found, Likeness((), "", "", *_rows(result, None))]


def metadata(result: Extraction) -> list[str]:
    """The document's columns that the paper states."""
    document = result.document
    lists = (document.issuers, document.recipients, document.cc)
    return [
        *(norm(value) for value in (document.title, document.doc_number, document.region_code)),
        *(norm(value) for value in (document.signed_on, document.printed_on, document.genre)),
        *(norm(value) for values in lists for value in values),
    ]


def _rows(result: Extraction, task_id: str | None) -> tuple[tuple[Any, ...], ...]:
    units = tuple(
        sorted(
            (row.role, row.basis, norm_unit(row.unit), norm_unit(row.name))
            for row in result.responsibilities
            if row.task_id == task_id
        )
    )
    due = [_values(row) for row in result.deadlines if row.task_id == task_id]
    figures = [_values(row) for row in result.targets if row.task_id == task_id]
    measured = [norm(row["indicator"]) for row in figures]
    return (
        units,
        tuple(deadline_keys(due)),
        tuple(zip(target_keys(figures), measured, strict=True)),
    )


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def broken_spans(result: Extraction) -> list[str]:
    """Rows whose offsets do not give back their quote."""
    text = result.document.text or ""
    return [
        f"{name} {row.char_start}:{row.char_end} {row.quote[:20]!r}"
        for name in TABLES_WITH_SPANS
        for row in getattr(result, name)
        if not row.quote or text[row.char_start : row.char_end] != row.quote
    ]
