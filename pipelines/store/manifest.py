"""The manifest: which files make one version of the tables, with their rows and hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

MANIFEST = "manifest.json"
_FORMAT = "gongwen tables 2"


class ManifestError(ValueError):
    """Not a manifest of this version of gongwen; the message says so."""


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """A file of a table: name below the table's folder, rows, SHA-256 of its bytes."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of each table. `partition_by`: hive keys of their folders, usually none."""

    tables: Mapping[str, tuple[Entry, ...]]
    partition_by: tuple[str, ...] = field(default=())

    def to_bytes(self) -> bytes:
        """As JSON: equal tables, equal bytes."""
        tables = {name: [asdict(e) for e in sorted(files)] for name, files in self.tables.items()}
        whole = {"format": _FORMAT, "partition_by": list(self.partition_by), "tables": tables}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    @staticmethod
    def from_bytes(data: bytes) -> Manifest:
        """The manifest of JSON; raises ManifestError."""
        try:
            whole = json.loads(data)
            found = whole["format"]
            if found != _FORMAT:
                raise ManifestError(f"made by another version of gongwen ({found}); run it anew")
            tables = {
                name: tuple(Entry(**entry) for entry in files)
                for name, files in whole["tables"].items()
            }
            return Manifest(tables, tuple(whole["partition_by"]))
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, ManifestError):
                raise
            raise ManifestError(f"{MANIFEST} cannot be read ({error})") from error

    @property
    def version(self) -> str:
        """16 hex digits that name the version: of the manifest's bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:16]

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(entry.rows for entry in self.tables.get(table, ()))
