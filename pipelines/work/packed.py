"""A document's rows on their way from the reader to the tables: Arrow bytes and a few facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from extract import Extraction
from extract.model import TABLES, schema
from pipelines.link import Marks, marks

ROWS = tuple(name for name in TABLES if name != "units")
"""The tables that a document's rows go into; `units` follows from responsibilities."""
_CODEC = "zstd"
_SCHEMAS = {name: schema(name) for name in ROWS}


@dataclass(frozen=True, slots=True)
class Packed:
    """A finished document. `tables`: compressed Arrow record batches, those without rows left out;
    `code`: of its failure; `wants`: what would let more of it be read (ocr, password)."""

    doc_id: str
    status: str
    code: str | None
    error: str | None
    wants: str | None
    region: str | None
    year: int | None
    marks: Marks
    tables: Mapping[str, bytes]
    seconds: float = 0.0
    chars: int = 0


def pack(result: Extraction, wants: str | None = None, seconds: float = 0.0) -> Packed:
    """The rows of one document as bytes."""
    document = result.document
    batches = {name: getattr(result, name) for name in ROWS}
    return Packed(
        doc_id=document.doc_id,
        status=document.status,
        code=result.diagnostics[0].code if document.status == "failed" else None,
        error=document.error,
        wants=wants,
        region=document.region_code,
        year=document.signed_on.year if document.signed_on else None,
        marks=marks(document, result.citations, len(result.tasks)),
        tables={name: to_bytes(result.table(name)) for name, rows in batches.items() if rows},
        seconds=seconds,
        chars=document.chars or 0,
    )


def to_bytes(table: pa.Table) -> bytes:
    """A table as one compressed record batch, its schema left out, its length in front."""
    (batch,) = table.combine_chunks().to_batches()
    raw = batch.serialize()
    small: bytes = pa.compress(raw, codec=_CODEC, asbytes=True)
    return len(raw).to_bytes(8, "big") + small


def from_bytes(name: str, data: bytes) -> pa.RecordBatch:
    """The rows of `to_bytes` again, as a record batch of the table's schema."""
    raw = pa.decompress(data[8:], decompressed_size=int.from_bytes(data[:8], "big"), codec=_CODEC)
    return pa.ipc.read_record_batch(raw, _SCHEMAS[name])
