"""What extraction gives: the records of one document, table by table, and as data frames."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from extract import model

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(slots=True)
class Extraction:
    """The rows that one file gave, a list a table, each in reading order."""

    documents: list[model.Document] = field(default_factory=list)
    sections: list[model.Section] = field(default_factory=list)
    tasks: list[model.Task] = field(default_factory=list)
    responsibilities: list[model.Responsibility] = field(default_factory=list)
    deadlines: list[model.Deadline] = field(default_factory=list)
    targets: list[model.Target] = field(default_factory=list)
    citations: list[model.Citation] = field(default_factory=list)
    units: list[model.Unit] = field(default_factory=list)
    lines: list[model.PrintedLine] = field(default_factory=list)
    diagnostics: list[model.Diagnostic] = field(default_factory=list)

    @property
    def document(self) -> model.Document:
        """The one row of documents."""
        return self.documents[0]

    def table(self, name: str) -> pa.Table:
        """A table as Arrow, with the schema of `extract.model`."""
        return to_arrow(name, getattr(self, name))

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a pandas data frame."""
        frame: pd.DataFrame = self.table(name).to_pandas()
        return frame

    def frames(self) -> dict[str, pd.DataFrame]:
        """All ten tables as data frames, by name."""
        return {name: self.frame(name) for name in model.TABLES}


def to_arrow(name: str, rows: list[Any]) -> pa.Table:
    """Records of one table as an Arrow table."""
    import pyarrow as pa  # takes time that who reads one paper does not need

    schema = model.schema(name)
    columns = {
        f.name: [getattr(row, f.name) for row in rows]
        for f in dataclasses.fields(model.TABLES[name])
    }
    return pa.table([pa.array(columns[f.name], f.type) for f in schema], schema=schema)


@cache
def rules_version() -> str:
    """16 hex digits of the rules, words and code of this package, computed from their content."""
    digest = hashlib.sha256()
    for name, data in sorted(_sources(resources.files("extract"), "")):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _sources(entry, f"{name}/")
        elif name.endswith((".py", ".tsv")):
            found.append((name, entry.read_bytes()))
    return found
