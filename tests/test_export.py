"""One DuckDB database: the tables with keys, comments and three views."""

from __future__ import annotations

import builtins
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from published import copy_of, plan, publish

from extract.model import TABLES, schema
from pipelines.downstream import export
from pipelines.downstream.due import SCHEMA, DueError
from pipelines.downstream.export import ExportError, export_duckdb
from pipelines.store import StoreError

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paper = plan()
    return publish(tmp_path_factory.mktemp("out"), paper, copy_of(paper))


@pytest.fixture(scope="module")
def file(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("database") / "papers.duckdb"
    export_duckdb(out, file, FIRST, LAST)
    return file


def ask(file: Path, query: str) -> list[Any]:
    with duckdb.connect(file, read_only=True) as database:
        return database.execute(query).fetchall()


def test_every_table_with_its_rows(file: Path, out: Path) -> None:
    names = ask(file, "select table_name from duckdb_tables() order by 1")
    assert [name for (name,) in names] == sorted([*TABLES, "due", "about"])
    for table in TABLES:
        columns = ", ".join(schema(table).names)
        inside = ask(file, f"select {columns} from {table} order by all")
        parquet = f"select {columns} from '{out}/{table}/*.parquet' order by all"
        assert inside == duckdb.sql(parquet).fetchall()
    assert ask(file, "select count(*), min(due_on), max(due_on) from due") == [
        (253, date(2024, 3, 24), LAST)
    ]
    assert dict(ask(file, "select * from about"))["due_from"] == "2024-01-01"


KEYS = {
    "citations": {"citation_id", "doc_id", "section_id", "cited_doc_id"},
    "deadlines": {"deadline_id", "doc_id", "section_id", "task_id"},
    "diagnostics": {"doc_id"},
    "documents": {"doc_id"},
    "due": {"due_id", "doc_id", "task_id", "deadline_id"},
    "lines": {"doc_id, line", "doc_id"},
    "responsibilities": {"responsibility_id", "doc_id", "task_id", "unit_id"},
    "sections": {"section_id", "doc_id"},
    "targets": {"target_id", "doc_id", "section_id", "task_id", "deadline_id"},
    "tasks": {"task_id", "doc_id", "section_id"},
    "units": {"unit_id"},
}


def test_keys_stand_in_the_database(file: Path) -> None:
    found: dict[str, set[str]] = {}
    query = """
        select table_name, constraint_column_names from duckdb_constraints()
        where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') and table_name <> 'about'
    """
    for table, columns in ask(file, query):
        found.setdefault(table, set()).add(", ".join(columns))
    assert found == KEYS


def test_each_column_is_explained(file: Path) -> None:
    found = {
        (table, column): comment
        for table, column, comment in ask(
            file, "select table_name, column_name, comment from duckdb_columns()"
        )
        if table in TABLES or table == "due"
    }
    declared = {(table, field): field for table in TABLES for field in schema(table)}
    declared |= {("due", field): field for field in SCHEMA}
    assert found == {
        (table, field.name): field.metadata[b"description"].decode() for table, field in declared
    }
    comments = dict(ask(file, "select table_name, comment from duckdb_tables()"))
    assert comments["tasks"] == "What is to be done."


def test_tasks_by_unit(file: Path) -> None:
    rows = ask(
        file,
        "select role, basis, task, path, doc_number, place from tasks_by_unit "
        "where unit = '大同市民政局' order by path",
    )
    paper = ("同政办发〔2024〕90号", "山西省大同市")
    assert rows == [
        ("responsible", "assigned", "核对名册", "2.12", *paper),
        ("support", "assigned", "建立专班", "2.2", *paper),
    ]


def test_due_next(file: Path) -> None:
    ((today,),) = duckdb.sql("select current_date").fetchall()
    days = [day for (day,) in ask(file, "select due_on from due_next")]
    assert days == sorted(days)
    later = ask(file, f"select count(*) from due where due_on >= date '{today}'")
    assert later == [(len(days),)]


def test_due_next_leaves_out_what_is_past(out: Path, tmp_path: Path) -> None:
    export_duckdb(out, tmp_path / "a.duckdb", FIRST, date(2024, 12, 31))
    assert ask(tmp_path / "a.duckdb", "select count(*) > 40 from due") == [(True,)]
    assert ask(tmp_path / "a.duckdb", "select * from due_next") == []


def test_targets_by_paper(file: Path) -> None:
    query = """
        select op, value, unit, reached_by, deadline, task, doc_number from targets_by_paper
        where value = 90
    """
    row = ("=", 90.0, "个", date(2025, 12, 31), "到2025年底", None, "同政办发〔2024〕90号")
    assert ask(file, query) == [row]


def test_a_later_export_replaces_an_earlier_one(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "papers.duckdb"
    export_duckdb(out, file, FIRST, LAST)
    export_duckdb(publish(tmp_path / "alone", plan()), file, FIRST, LAST)
    assert ask(file, "select count(*) from documents") == [(1,)]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["alone", "papers.duckdb"]


def test_what_others_made_is_left_alone(out: Path, tmp_path: Path) -> None:
    text, foreign = tmp_path / "notes.duckdb", tmp_path / "other.duckdb"
    text.write_text("mine")
    duckdb.connect(foreign).execute("create table about (key varchar, value varchar)").close()
    for file in (text, foreign):
        before = file.read_bytes()
        with pytest.raises(ExportError, match=r"no database of gongwen export.*name another file"):
            export_duckdb(out, file, FIRST, LAST)
        assert file.read_bytes() == before


def test_a_database_that_is_being_written_is_left_alone(out: Path, tmp_path: Path) -> None:
    """Its journal would be played into the new file."""
    file = tmp_path / "papers.duckdb"
    export_duckdb(out, file, FIRST, LAST)
    before = file.read_bytes()
    (tmp_path / "papers.duckdb.wal").write_bytes(b"x")
    with pytest.raises(ExportError, match=r"open in another program.*close it first"):
        export_duckdb(out, file, FIRST, LAST)
    assert file.read_bytes() == before


def test_a_broken_key_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    paper = plan()
    paper.responsibilities[0].task_id = "nowhere"
    out = publish(tmp_path / "out", paper)
    with pytest.raises(ExportError, match=r"nowhere.*gongwen check"):
        export_duckdb(out, tmp_path / "papers.duckdb", FIRST, LAST)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_an_interrupted_export_keeps_the_old_file(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "papers.duckdb"
    export_duckdb(out, file, FIRST, LAST)
    before = file.read_bytes()

    def stop(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "_sign", stop)
    with pytest.raises(ExportError, match=r"No space left.*free space"):
        export_duckdb(out, file, FIRST, LAST)
    assert file.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["papers.duckdb"]


def test_without_duckdb_the_command_is_named(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *given: Any, **named: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name)
        return real(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ExportError, match=r"python -m pip install 'gongwen\[duckdb\]'"):
        export_duckdb(out, tmp_path / "papers.duckdb", FIRST, LAST)


def test_wrong_use(out: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no output"):
        export_duckdb(tmp_path, tmp_path / "papers.duckdb", FIRST, LAST)
    with pytest.raises(DueError, match="turn them round"):
        export_duckdb(out, tmp_path / "papers.duckdb", LAST, FIRST)
    with pytest.raises(ExportError, match="cannot make"):
        export_duckdb(out, tmp_path / "no" / "papers.duckdb", FIRST, LAST)


def test_odd_names_of_folders(tmp_path: Path) -> None:
    """None of them is read as a pattern or as SQL."""
    out = tmp_path / "it's [1]*"
    out.mkdir()
    export_duckdb(publish(out / "out", plan()), out / "new's.duckdb", FIRST, LAST)
    assert ask(out / "new's.duckdb", "select count(*) from documents") == [(1,)]
