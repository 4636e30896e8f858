"""Outputs made for tests: rows put down as a run would publish them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.model import TABLES
from extract.result import to_arrow
from pipelines.store import Manifest, store_at


def publish_rows(out: Path, rows: Mapping[str, list[Any]]) -> Manifest:
    """Publish records, table by table; tables not named are empty."""
    store = store_at(str(out))
    with store.locked():
        tables = {
            name: (store.write(name, "", to_arrow(name, rows.get(name, []))),) for name in TABLES
        }
        manifest = Manifest(tables)
        state, inputs = store.work / "state.sqlite", store.work / "inputs.parquet"
        sqlite3.connect(state).close()
        state.touch()
        inputs.touch()
        store.publish(manifest, state, inputs)
    return manifest
