"""Tables on disk: one Parquet dataset a table, the same bytes for the same rows."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.model import TABLES

MANIFEST = "manifest.json"
_FORMAT = "gongwen tables 1"
_PART = "part-*.parquet"
_STAGING = ".writing-"
_NOBODYS = (".gitkeep", ".DS_Store")


class StoreError(RuntimeError):
    """An output folder that cannot be used; the message says why and what to do."""


def check_output(out: Path) -> None:
    """Refuse a folder that cannot be written or holds something else; raises StoreError."""
    if out.exists() and not out.is_dir():
        raise StoreError(f"{out} is a file; name a folder for the output")
    try:
        foreign = sorted(entry.name for entry in out.iterdir() if not _is_ours(entry))
    except FileNotFoundError:
        foreign = []
    except OSError as error:
        raise StoreError(f"cannot open {out}: {error.strerror}; check its rights") from error
    if foreign and not (out / MANIFEST).is_file():
        raise StoreError(
            f"{out} holds something else ({foreign[0]}, no {MANIFEST}); "
            "name an empty or a new folder, so that nothing of yours is overwritten"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise StoreError(
            f"cannot write to {out}: {error.strerror}; check its rights and free space, "
            "or name another folder with -o"
        ) from error


def _is_ours(entry: Path) -> bool:
    """Whether an earlier run, also one that was broken off, may have left it."""
    if entry.name in TABLES and entry.is_dir():
        return all(file.match(_PART) for file in entry.iterdir())
    return entry.name in (MANIFEST, *_NOBODYS) or entry.name.startswith(_STAGING)


def write_tables(out: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write all tables of a run: new files first, then one manifest, then the old files go.

    A file's name carries the hash of its content, so that a reader never mixes two runs.
    """
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=out))
    try:
        named = {name: _stage(staging, name, tables[name]) for name in TABLES}
        for name, file in named.items():
            (out / name).mkdir(exist_ok=True)
            os.replace(staging / f"{name}.parquet", out / name / file)
        manifest = {
            "format": _FORMAT,
            "tables": {
                name: [{"file": file, "rows": tables[name].num_rows}]
                for name, file in named.items()
            },
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        (staging / MANIFEST).write_text(text, encoding="utf-8")
        os.replace(staging / MANIFEST, out / MANIFEST)
        for name, file in named.items():
            for old in (out / name).glob(_PART):
                if old.name != file:
                    old.unlink()
    except OSError as error:
        raise StoreError(
            f"cannot write to {out}: {error.strerror}; check free space and rights, then run again"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage(staging: Path, name: str, table: pa.Table) -> str:
    """Write a table beside its place; its final file name, from the hash of its bytes."""
    path = staging / f"{name}.parquet"
    pq.write_table(table, path, compression="zstd", row_group_size=100_000)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"part-{digest[:16]}.parquet"
