"""The way into spaCy: `spacy.blank("zh").add_pipe("gongwen")`.

The component extracts from the document's text and gives back a document over the canonical text,
with `doc.spans["tasks"]`, `["units"]`, `["deadlines"]`, `["targets"]` and `["citations"]`; each
span's record is `span._.record`, the whole extraction `doc._.gongwen` (lost when serialised).
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extract import extract_text
from extract.result import Extraction

_KEYS = {
    "tasks": ("tasks", "task_id", "kind"),
    "units": ("responsibilities", "responsibility_id", "role"),
    "deadlines": ("deadlines", "deadline_id", "kind"),
    "targets": ("targets", "target_id", "nature"),
    "citations": ("citations", "citation_id", "relation"),
}
"""Span group to table, its id column, and the column that labels the spans."""


def _record(span: Span) -> Any:
    return span.doc.user_data.get("gongwen records", {}).get(span.id_)


def _register() -> None:
    if not Span.has_extension("record"):
        Span.set_extension("record", getter=_record)
    if not Doc.has_extension("gongwen"):
        Doc.set_extension("gongwen", default=None)


_register()


def to_doc(nlp: Language, result: Extraction) -> Doc:
    """A spaCy document over the canonical text of an extraction, with its rows as span groups."""
    doc = nlp.make_doc(result.document.text or "")
    doc._.gongwen = result
    records: dict[str, Any] = {}
    for key, (table, id_column, label) in _KEYS.items():
        spans = []
        for row in getattr(result, table):
            span = doc.char_span(
                row.char_start, row.char_end, label=getattr(row, label), alignment_mode="expand"
            )
            if span is not None:
                span.id_ = getattr(row, id_column)
                records[span.id_] = row
                spans.append(span)
        doc.spans[key] = SpanGroup(doc, name=key, spans=spans)
    doc.user_data["gongwen records"] = records
    return doc


@Language.factory("gongwen")
def make_gongwen(nlp: Language, name: str) -> _Gongwen:
    """The component for a pipeline."""
    return _Gongwen(nlp)


class _Gongwen:
    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        return to_doc(self.nlp, extract_text(doc.text))
