"""The notebook runs over the tables of data/raw and answers its three questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "01_first_look.ipynb"


@pytest.fixture(scope="module")
def outputs(seed_tables: Path) -> list[Any]:
    """What the cells of the notebook print and draw, in order."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGWEN_TABLES", str(seed_tables))
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": "."}})
        client.execute()
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def texts(outputs: list[Any]) -> str:
    shown = [o.get("data", {}).get("text/plain", "") + o.get("text", "") for o in outputs]
    return "\n".join(shown)


def test_two_plots_and_no_warning(outputs: list[Any]) -> None:
    """A glyph that the font lacks would be a warning on stderr."""
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    assert [o.text for o in outputs if o.get("name") == "stderr"] == []


def test_the_answers_stand_in_the_output(outputs: list[Any], seed_tables: Path) -> None:
    shown = texts(outputs)
    rows = pd.read_parquet(seed_tables / "responsibilities")
    stated = rows[rows.basis != "subject"]
    tasks = stated.groupby("name").task_id.nunique()
    assert f"{tasks.idxmax()} " in shown
    due = pd.read_parquet(seed_tables / "deadlines")
    ends = pd.to_datetime(due[due.task_id.notna() & due.end_on.notna()].end_on)
    assert f"2025-12 {(ends.dt.strftime('%Y-%m') == '2025-12').sum():>5}" in shown
    assert "学时" in shown


def test_it_is_kept_without_outputs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)
