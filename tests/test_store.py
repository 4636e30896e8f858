"""Tables on disk: what lies in the output folder, and that it is whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from extract.model import TABLES, Task
from extract.result import to_arrow
from pipelines.store import StoreError, check_output, write_tables


def write(out: Path, *titles: str) -> None:
    tasks = [Task(task_id=title, doc_id="d", title=title) for title in titles]
    check_output(out)
    write_tables(out, {name: to_arrow(name, tasks if name == "tasks" else []) for name in TABLES})


def test_one_file_a_table_named_by_its_content(tmp_path: Path) -> None:
    write(tmp_path / "new" / "out", "甲", "乙")
    out = tmp_path / "new" / "out"
    assert sorted(entry.name for entry in out.iterdir()) == sorted([*TABLES, "manifest.json"])
    for name in TABLES:
        (file,) = (out / name).iterdir()
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert file.name == f"part-{digest[:16]}.parquet"
    assert list(pd.read_parquet(out / "tasks").title) == ["甲", "乙"]


def test_the_manifest_names_files_and_rows(tmp_path: Path) -> None:
    write(tmp_path, "甲", "乙")
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["tables"]) == list(TABLES)
    for name, files in manifest["tables"].items():
        (entry,) = files
        written = pq.read_metadata(tmp_path / name / entry["file"])
        assert entry["rows"] == written.num_rows == (2 if name == "tasks" else 0)


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    write(tmp_path, "甲")
    write(tmp_path, "乙")
    assert list(pd.read_parquet(tmp_path / "tasks").title) == ["乙"]
    assert len(list((tmp_path / "tasks").iterdir())) == 1


def test_beside_a_manifest_other_things_may_stand(tmp_path: Path) -> None:
    write(tmp_path, "甲")
    (tmp_path / "notes.md").write_text("mine")
    write(tmp_path, "乙")
    assert (tmp_path / "notes.md").read_text() == "mine"


def test_a_folder_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StoreError, match=r"cannot open .*Permission denied; check its rights"):
        check_output(tmp_path)
