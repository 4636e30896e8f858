"""Reading an output: one version, pinned over all its tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds

from extract.model import schema
from pipelines.remote import is_url, open_url, plain, plain_errors
from pipelines.store.base import StoreError
from pipelines.store.manifest import MANIFEST, Manifest, ManifestError
from pipelines.store.objects import published

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Output:
    """One version of an output's tables. It stays as it is while later runs publish; on a disk its
    files last until the next run but one, in an object store until the next."""

    manifest: Manifest
    root: str
    filesystem: Any = field(default=None, repr=False)

    @property
    def tables(self) -> list[str]:
        """Their names."""
        return list(self.manifest.tables)

    def files(self, table: str) -> list[str]:
        """The paths of a table's Parquet files, below `filesystem` where that is given.

        Raises StoreError for a table that there is not.
        """
        _check_names("table", [table], self.manifest.tables)
        return [f"{self.root}/{table}/{entry.file}" for entry in self.manifest.tables[table]]

    def dataset(self, table: str) -> ds.Dataset:
        """A table as an Arrow dataset, to be scanned in batches."""
        return ds.dataset(
            self.files(table), schema=schema(table), format="parquet", filesystem=self.filesystem
        )

    def table(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table, or some of its columns, in memory; raises StoreError for one there is not."""
        _check_names("table", [table], self.manifest.tables)
        _check_names("column", columns or (), schema(table).names)
        return self.dataset(table).to_table(columns=None if columns is None else list(columns))

    def frame(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table as a pandas data frame."""
        frame: pd.DataFrame = self.table(table, columns).to_pandas()
        return frame


def _check_names(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise StoreError(f"no {kind} {name!r}; there are {', '.join(known)}")


def open_output(out: str | os.PathLike[str]) -> Output:
    """The version of an output that is published now; a folder or a URL.

    Raises StoreError where there is none.
    """
    place = plain(os.fspath(out))
    if is_url(place):
        return _at_url(place)
    # the link to the current version is followed once, so all tables are of one version
    version = (Path(place) / MANIFEST).resolve().parent
    try:
        manifest = Manifest.from_bytes((version / MANIFEST).read_bytes())
    except ManifestError as error:
        raise StoreError(f"{place}: {error}") from error
    except OSError:
        raise _nothing(place) from None
    return Output(manifest, str(version))


def _at_url(place: str) -> Output:
    try:
        with plain_errors():
            files, root = open_url(place.rstrip("/"))
        manifest = published(files, root)
    except (OSError, ManifestError) as error:
        raise StoreError(f"cannot open {place}: {error}") from error
    if manifest is None:
        raise _nothing(place)
    return Output(manifest, root, files)


def _nothing(place: str) -> StoreError:
    return StoreError(
        f"{place} holds no output of gongwen (no {MANIFEST}); run `gongwen run … -o {place}` first"
    )
