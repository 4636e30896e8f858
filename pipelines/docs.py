"""`docs/tables.md` from the declarations in `extract.model`: `python -m pipelines.docs FILE`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pyarrow as pa

from extract.model import TABLES, schema

_HEAD = """\
# The tables

Made by `make docs` from `extract/model.py`; a test fails when it is stale.

A run writes one Parquet dataset a table, `<out>/<table>/*.parquet`. Offsets count Unicode code
points of `documents.text`; every row with a `quote` holds
`documents.text[char_start:char_end] == quote`. What is not known is null.
"""


def tables_markdown() -> str:
    """The whole page: a heading, a sentence and a table of columns for each table."""
    return "\n".join([_HEAD, *(_table(name) for name in TABLES)])


def _table(name: str) -> str:
    rows = [
        f"| {field.name} | `{_type(field.type)}` | {'yes' if field.nullable else ''} | "
        f"{field.metadata[b'description'].decode()} |"
        for field in schema(name)
    ]
    meaning = inspect.cleandoc(TABLES[name].__doc__ or "")
    head = ["| column | type | may be null | meaning |", "|---|---|---|---|"]
    return "\n".join([f"## {name}", "", meaning, "", *head, *rows, ""])


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list<{kind.value_type}>"
    return str(kind).removesuffix("[day]")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(tables_markdown(), encoding="utf-8")
