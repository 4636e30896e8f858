"""Records, Arrow schema, Parquet files and docs/tables.md say the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.model import TABLES, columns, schema
from pipelines.docs import tables_markdown

ROOT = Path(__file__).parent.parent

CONTRACT = {
    "documents": """doc_id source also_at sha256 format rules_version same_paper_as status error
        text title doc_number issuers region_code region_name admin_level genre signed_on printed_on
        recipients cc disclosure plan_start plan_end pages chars""",
    "sections": """section_id doc_id parent_id seq level label path heading kind quote char_start
        char_end""",
    "tasks": """task_id doc_id section_id parent_task_id seq label path title text kind source
        quote char_start char_end""",
    "responsibilities": """responsibility_id doc_id task_id unit_id role basis unit name function
        unit_type open_set region_code admin_level quote char_start char_end""",
    "deadlines": """deadline_id doc_id section_id task_id kind start_on end_on recurrence anchor
        duration working_days ongoing inferred hedged quote char_start char_end""",
    "targets": """target_id doc_id section_id task_id deadline_id indicator op value value_max unit
        per change baseline nature hedged quote char_start char_end""",
    "citations": """citation_id doc_id section_id relation title doc_number cited_doc_id quote
        char_start char_end""",
    "units": "unit_id name function region_code admin_level aliases",
    "lines": "doc_id line char_start char_end page x0 y0 x1 y1",
    "diagnostics": "doc_id stage code message quote char_start char_end",
}
"""The columns that users, dashboards and the scorer read; to change one is a breaking change."""


def test_there_are_ten_tables() -> None:
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_the_contract_s(name: str) -> None:
    assert [column.name for column in columns(name)] == CONTRACT[name].split()


@pytest.mark.parametrize("name", TABLES)
def test_written_files_carry_types_and_descriptions(seed_tables: Path, name: str) -> None:
    (file,) = (seed_tables / name).iterdir()
    written = pq.read_schema(file)
    assert written.names == CONTRACT[name].split()
    for declared, field in zip(columns(name), written, strict=True):
        assert field.metadata[b"description"].decode() == declared.metadata["meaning"]
        assert len(declared.metadata["meaning"]) >= 4
    assert written.types == schema(name).types


def test_dates_lists_and_numbers_have_their_types(seed_tables: Path) -> None:
    def type_of(table: str, column: str) -> pa.DataType:
        (file,) = (seed_tables / table).iterdir()
        return pq.read_schema(file).field(column).type

    assert type_of("documents", "signed_on") == pa.date32()
    assert type_of("deadlines", "end_on") == pa.date32()
    assert type_of("documents", "recipients") == pa.list_(pa.string())
    assert type_of("units", "aliases") == pa.list_(pa.string())
    assert type_of("tasks", "seq") == pa.int32()
    assert type_of("targets", "value") == pa.float64()
    assert type_of("responsibilities", "open_set") == pa.bool_()


@pytest.mark.parametrize("name", TABLES)
def test_pandas_and_duckdb_read_a_table_alike(seed_tables: Path, name: str) -> None:
    frame = pd.read_parquet(seed_tables / name)
    rows = duckdb.sql(f"select * from '{seed_tables}/{name}/*.parquet'")
    assert rows.columns == list(frame.columns)
    assert len(rows.fetchall()) == len(frame)


def test_duckdb_sees_dates_and_lists(seed_tables: Path) -> None:
    query = f"""
        select title, year(signed_on), len(recipients) from '{seed_tables}/documents/*.parquet'
        where doc_number = '同政办发〔2024〕5号'"""
    ((title, year, recipients),) = duckdb.sql(query).fetchall()
    assert title.startswith("大同市人民政府办公室关于印发")
    assert (year, recipients) == (2024, 3)


def test_a_table_without_rows_has_its_file_and_schema(tmp_path: Path) -> None:
    from pipelines.inputs import find_inputs
    from pipelines.run import run

    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    run(find_inputs([str(tmp_path / "a.txt")]), tmp_path / "out")
    for name in ("tasks", "citations", "units"):
        frame = pd.read_parquet(tmp_path / "out" / name)
        assert (len(frame), list(frame.columns)) == (0, CONTRACT[name].split())


def test_docs_are_fresh() -> None:
    written = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert written == tables_markdown(), "stale: run `make docs`"


def test_docs_are_written_by_the_command(tmp_path: Path) -> None:
    target = tmp_path / "tables.md"
    subprocess.run([sys.executable, "-m", "pipelines.docs", str(target)], check=True, cwd=ROOT)
    assert target.read_text(encoding="utf-8") == tables_markdown()
