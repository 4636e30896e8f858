"""`gongwen diff`: what one output has and the other has not."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.inputs import find_inputs
from pipelines.measure.diff import DiffError, compare
from pipelines.run import run

PLAN = "某市提升服务质量实施方案\n\n一、加强培训。{0}开展业务培训。（责任单位：市司法局）\n"


def output(folder: Path, name: str, text: str) -> Path:
    source = folder / name
    source.mkdir()
    (source / "plan.txt").write_text(text, encoding="utf-8")
    run(find_inputs([str(source)]), folder / f"{name} tables")
    return folder / f"{name} tables"


def test_the_same_papers_have_no_changes(tmp_path: Path) -> None:
    text = PLAN.format("")
    assert compare(output(tmp_path, "a", text), output(tmp_path, "b", text)) == []


def test_a_new_deadline_is_gained(tmp_path: Path) -> None:
    old = output(tmp_path, "old", PLAN.format("2024年12月31日前"))
    new = output(tmp_path, "new", PLAN.format("2025年12月31日前"))
    found = [
        (change.what, dict(change.values)["end_on"])
        for change in compare(old, new)
        if change.table == "deadlines"
    ]
    assert found == [("gained", "2025-12-31"), ("lost", "2024-12-31")]
    shown = CliRunner().invoke(app, ["diff", str(old), str(new)])
    assert shown.exit_code == 0
    assert "+ plan.txt deadlines: 2025年12月31日前 by 2025-12-31" in shown.output


def test_a_folder_without_tables_is_said(tmp_path: Path) -> None:
    with pytest.raises(DiffError, match="cannot read the tables"):
        compare(tmp_path, tmp_path)
    shown = CliRunner().invoke(app, ["diff", str(tmp_path), str(tmp_path)])
    assert shown.exit_code == 2
    assert "name a folder that `gongwen run` has written" in shown.stderr
