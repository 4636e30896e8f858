"""The way into spaCy: `spacy.blank("zh").add_pipe("gongwen")`.

The component extracts from the document's text and gives back a document over the canonical text,
with `doc.spans["tasks"]`, `["units"]`, `["deadlines"]`, `["targets"]` and `["citations"]`; each
span's record is `span._.record`, the document's id in the tables `doc._.doc_id`. Both are kept when
the document is serialised; the whole extraction, `doc._.gongwen`, is not.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extract import extract_text
from extract.model import TABLES, schema
from extract.result import Extraction

SPANNED = {
    "tasks": ("tasks", "task_id", "kind"),
    "units": ("responsibilities", "responsibility_id", "role"),
    "deadlines": ("deadlines", "deadline_id", "kind"),
    "targets": ("targets", "target_id", "nature"),
    "citations": ("citations", "citation_id", "relation"),
}
"""Span group to table, its id column, and the column that labels the spans."""
_RECORDS = "gongwen records"
_DOC_ID = "gongwen doc_id"
_EXTRACTIONS: WeakKeyDictionary[Doc, Extraction] = WeakKeyDictionary()
"""What each document was made from; not in `user_data`, which is written with the document."""


def to_doc(nlp: Language, result: Extraction) -> Doc:
    """A spaCy document over the canonical text of an extraction, with its rows as span groups."""
    rows = {table: map(_plain, getattr(result, table)) for table, _, _ in SPANNED.values()}
    doc = doc_from_rows(nlp, result.document.doc_id, result.document.text or "", rows)
    _EXTRACTIONS[doc] = result
    return doc


def doc_from_rows(
    nlp: Language, doc_id: str, text: str, rows: Mapping[str, Iterable[Mapping[str, Any]]]
) -> Doc:
    """A spaCy document over a canonical text; `rows`: table name to its rows, column to value."""
    doc = nlp.make_doc(text)
    records: dict[str, Any] = {}
    for key, (table, id_column, label) in SPANNED.items():
        spans = []
        for row in rows.get(table, ()):
            start, end = row["char_start"], row["char_end"]
            span = doc.char_span(start, end, label=row[label], alignment_mode="expand")
            if span is not None:
                span.id_ = row[id_column]
                records[span.id_] = [table, {name: _packed(cell) for name, cell in row.items()}]
                spans.append(span)
        doc.spans[key] = SpanGroup(doc, name=key, spans=spans)
    doc.user_data[_RECORDS] = records
    doc.user_data[_DOC_ID] = doc_id
    return doc


def _plain(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}


def _packed(cell: Any) -> Any:
    """A cell as msgpack, which spaCy writes `user_data` with, can hold it."""
    return cell.isoformat() if isinstance(cell, date) else cell


def _record(span: Span) -> Any:
    """The row of a span as the record of its table; None for a span of somebody else's."""
    found = span.doc.user_data.get(_RECORDS, {}).get(span.id_)
    if found is None:
        return None
    table, cells = found
    dates = [f.name for f in schema(table) if pa.types.is_date(f.type) and cells[f.name]]
    return TABLES[table](**{**cells, **{name: date.fromisoformat(cells[name]) for name in dates}})


def _register() -> None:
    if not Span.has_extension("record"):
        Span.set_extension("record", getter=_record)
    if not Doc.has_extension("gongwen"):
        Doc.set_extension("gongwen", getter=_EXTRACTIONS.get)
    if not Doc.has_extension("doc_id"):
        Doc.set_extension("doc_id", getter=lambda doc: doc.user_data.get(_DOC_ID))


_register()


@Language.factory("gongwen")
def make_gongwen(nlp: Language, name: str) -> _Gongwen:
    """The component for a pipeline."""
    return _Gongwen(nlp)


class _Gongwen:
    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        return to_doc(self.nlp, extract_text(doc.text))
