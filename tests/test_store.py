"""Tables on disk: what lies in the output folder, and that it is whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from outputs import publish_rows

from extract.model import TABLES, Task
from pipelines import open_output
from pipelines.store import StoreError, store_at


def write(out: Path, *titles: str) -> None:
    publish_rows(out, {"tasks": [Task(task_id=title, doc_id="d", title=title) for title in titles]})


def test_one_file_a_table_named_by_its_content(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    write(out, "甲", "乙")
    shown = {entry.name for entry in out.iterdir() if not entry.name.startswith(".")}
    assert shown == {*TABLES, "manifest.json", "inputs"}
    for name in TABLES:
        (file,) = (out / name).iterdir()
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert file.name == f"part-{digest[:16]}.parquet"
    assert list(pd.read_parquet(out / "tasks").title) == ["甲", "乙"]


def test_the_manifest_names_files_rows_and_hashes(tmp_path: Path) -> None:
    write(tmp_path, "甲", "乙")
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["tables"]) == list(TABLES)
    for name, files in manifest["tables"].items():
        (entry,) = files
        file = tmp_path / name / entry["file"]
        assert entry["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert entry["rows"] == pq.read_metadata(file).num_rows == (2 if name == "tasks" else 0)


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    write(tmp_path, "甲")
    write(tmp_path, "乙")
    assert list(pd.read_parquet(tmp_path / "tasks").title) == ["乙"]
    assert len(list((tmp_path / "tasks").iterdir())) == 1


def test_an_opened_output_stays_as_it_was_while_one_more_run_publishes(tmp_path: Path) -> None:
    write(tmp_path, "甲")
    before = open_output(tmp_path)
    write(tmp_path, "乙")
    assert list(before.frame("tasks").title) == ["甲"]
    assert list(open_output(tmp_path).frame("tasks").title) == ["乙"]
    write(tmp_path, "丙")
    with pytest.raises(FileNotFoundError):
        before.frame("tasks")


def test_beside_a_manifest_other_things_may_stand(tmp_path: Path) -> None:
    write(tmp_path, "甲")
    (tmp_path / "notes.md").write_text("mine")
    write(tmp_path, "乙")
    assert (tmp_path / "notes.md").read_text() == "mine"


def test_two_runs_on_one_output(tmp_path: Path) -> None:
    first, second = store_at(str(tmp_path)), store_at(str(tmp_path))
    refused = pytest.raises(StoreError, match=r"another run is writing .*wait for its end")
    with first.locked(), refused, second.locked():
        pass
    with second.locked():
        pass


def test_names_of_tables_and_columns_that_there_are_not(tmp_path: Path) -> None:
    write(tmp_path, "甲")
    output = open_output(tmp_path)
    with pytest.raises(StoreError, match=r"^no table 'foo'; there are documents, sections, .*$"):
        output.frame("foo")
    with pytest.raises(StoreError, match=r"^no table 'foo'; there are documents, "):
        output.dataset("foo")
    with pytest.raises(StoreError, match=r"^no column 'foo'; there are task_id, .*$"):
        output.frame("tasks", columns=["title", "foo"])
    assert list(output.frame("tasks", columns=["title"]).title) == ["甲"]


def test_a_folder_without_output(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"holds no output of gongwen .*gongwen run"):
        open_output(tmp_path)


def test_a_folder_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StoreError, match=r"cannot open .*Permission denied; check its rights"):
        store_at(str(tmp_path))
