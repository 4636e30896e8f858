"""The tables of an output folder as spaCy documents in one file: a `DocBin`."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import spacy
from spacy.tokens import Doc, DocBin

from extract.model import columns
from extract.spacy_pipe import SPANNED, doc_from_rows
from pipelines.store import StoreError, open_output

_BATCH = 200
"""Documents whose rows are in memory at one time."""


def write_docbin(out: str | os.PathLike[str], file: Path) -> int:
    """Write every document of an output that has text; how many they are.

    Read it with `DocBin(store_user_data=True).from_disk(file).get_docs(spacy.blank("zh").vocab)`:
    span groups, labels and `span._.record` are those that the component gives. Raises StoreError
    for a place that holds no output and a file that cannot be written.
    """
    bin_ = DocBin(store_user_data=True)
    for doc in read_docs(out):
        bin_.add(doc)
    try:
        bin_.to_disk(file)
    except OSError as error:
        raise StoreError(f"cannot write {file}: {error.strerror}; name another file") from error
    return len(bin_)


def read_docs(out: str | os.PathLike[str]) -> Iterator[Doc]:
    """The documents of an output as the spaCy component gives them, in its order."""
    nlp = spacy.blank("zh")
    output = open_output(out)
    tables = {table: output.dataset(table) for table, _, _ in SPANNED.values()}
    documents = output.dataset("documents")
    for batch in documents.to_batches(columns=["doc_id", "text"], batch_size=_BATCH):
        rows = {name: _by_document(name, table, batch["doc_id"]) for name, table in tables.items()}
        for row in batch.to_pylist():
            if row["text"]:
                mine = {name: found[row["doc_id"]] for name, found in rows.items()}
                yield doc_from_rows(nlp, row["doc_id"], row["text"], mine)


def _by_document(
    name: str, table: ds.Dataset, doc_ids: pa.Array
) -> defaultdict[str, list[dict[str, Any]]]:
    """The rows of some documents in a table, by document, columns of our own only."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = pc.field("doc_id").isin(doc_ids)
    names = [column.name for column in columns(name)]
    for row in table.to_table(columns=names, filter=wanted).to_pylist():
        found[row["doc_id"]].append(row)
    return found
