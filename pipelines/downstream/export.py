"""The tables as one DuckDB database: keys, comments, the table `due`, three ready views."""

from __future__ import annotations

import inspect
import os
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from extract.model import TABLES, schema
from pipelines.downstream.due import SCHEMA as DUE
from pipelines.downstream.due import due_table
from pipelines.store import Output, open_output

if TYPE_CHECKING:
    import duckdb

MADE_BY = "gongwen export"
_OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": "false"}
_KEYS = {
    "documents": "doc_id",
    "units": "unit_id",
    "sections": "section_id",
    "tasks": "task_id",
    "responsibilities": "responsibility_id",
    "deadlines": "deadline_id",
    "targets": "target_id",
    "citations": "citation_id",
    "lines": "doc_id, line",
    "diagnostics": None,
    "due": "due_id",
}
"""Primary keys, each table after those that its rows name."""
_NAMED = {
    "doc_id": "documents",
    "cited_doc_id": "documents",
    "unit_id": "units",
    "section_id": "sections",
    "task_id": "tasks",
    "deadline_id": "deadlines",
}
"""Columns that name a row of another table. Rows of the same table (parent_id, parent_task_id,
same_paper_as) are left out: DuckDB cannot check them while it loads."""
_VIEWS = {
    "tasks_by_unit": (
        "who answers for what: one row a unit of a task; of copies the fullest one counts",
        """
        select r.name as unit, r.unit_id, r.function, r.role, r.basis,
               t.title as task, t.text, t.path, t.kind, d.title as paper, d.doc_number,
               d.region_name as place, d.region_code,
               coalesce(d.signed_on, d.printed_on) as doc_date, r.task_id, r.doc_id
        from responsibilities r
        join tasks t on t.task_id = r.task_id
        join documents d on d.doc_id = r.doc_id
        where d.same_paper_as is null
        order by unit, doc_date, r.responsibility_id
        """,
    ),
    "due_next": (
        "what falls due from today on, soonest first, as far as the table due reaches",
        "select * from due where due_on >= current_date order by due_on, due_id",
    ),
    "targets_by_paper": (
        "figures to be reached with their date, task and paper; of copies the fullest one counts",
        """
        select g.indicator, g.op, g.value, g.value_max, g.unit, g.per, g.change, g.baseline,
               g.nature, e.end_on as reached_by, e.quote as deadline, t.title as task, t.path,
               d.title as paper, d.doc_number, d.region_name as place, d.region_code,
               g.quote, g.target_id, g.task_id, g.doc_id
        from targets g
        join documents d on d.doc_id = g.doc_id
        left join tasks t on t.task_id = g.task_id
        left join deadlines e on e.deadline_id = g.deadline_id
        where d.same_paper_as is null
        order by g.target_id
        """,
    ),
}
_TYPES = {
    pa.string(): "varchar",
    pa.int32(): "integer",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.list_(pa.string()): "varchar[]",
}


class ExportError(RuntimeError):
    """A database that cannot be made; the message says why and what to do."""


def export_duckdb(out: str | os.PathLike[str], file: Path, since: date, until: date) -> None:
    """Write the tables of an output into one DuckDB file, `due` for the days from since to until.

    The file is replaced in one step; one that gongwen did not make is left alone. Raises
    ExportError, StoreError where there is no output, DueError for a window that ends before it
    begins.
    """
    try:
        import duckdb
    except ImportError as error:
        raise ExportError(
            "DuckDB is not installed; run: python -m pip install 'gongwen[duckdb]'"
        ) from error
    _check_file(file)
    output = open_output(out)
    due = due_table(output, since, until)
    try:
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=file.parent) as folder:
            new = Path(folder) / "new.duckdb"
            config = {**_OFFLINE, "temp_directory": folder}
            with duckdb.connect(new, config=config) as database:
                _fill(database, output, due)
                _add_views(database)
                _sign(database, since, until)
            os.replace(new, file)
    except duckdb.ConstraintException as error:
        raise ExportError(f"{error}; see what `gongwen check {out}` says") from error
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise ExportError(
            f"cannot make {file}: {error}; check its folder, rights and free space, then try again"
        ) from error


def _check_file(file: Path) -> None:
    """Refuse to replace what gongwen did not make or what another program has open."""
    import duckdb

    if not file.exists():
        return
    if file.with_name(f"{file.name}.wal").exists():
        raise ExportError(f"{file} is open in another program (its .wal is there); close it first")
    signed = "select value from about where key = 'made_by'"
    try:
        with duckdb.connect(file, read_only=True, config=_OFFLINE) as database:
            row = database.execute(signed).fetchone()
    except duckdb.Error:
        row = None
    if row != (MADE_BY,):
        raise ExportError(
            f"{file} is there and is no database of {MADE_BY}, or is open in another program; "
            "name another file"
        )


def _fill(database: duckdb.DuckDBPyConnection, output: Output, due: pa.Table) -> None:
    """Create each table with its keys and comments, and load it as its files are scanned."""
    for table, key in _KEYS.items():
        columns = DUE if table == "due" else schema(table)
        meaning = "what falls due on which day" if table == "due" else _meaning(table)
        database.execute(_create(table, columns, key))
        _comment(database, f"table {table}", meaning)
        for field in columns:
            meaning = field.metadata[b"description"].decode()
            _comment(database, f'column {table}."{field.name}"', meaning)
        rows = due if table == "due" else output.dataset(table)
        database.register("arriving", rows)
        database.execute(f"insert into {table} by name select * from arriving")
        database.unregister("arriving")


def _create(table: str, columns: pa.Schema, key: str | None) -> str:
    parts = [
        f'"{field.name}" {_TYPES[field.type]}{"" if field.nullable else " not null"}'
        for field in columns
    ]
    parts += [f"primary key ({key})"] if key else []
    parts += [
        f"foreign key ({column}) references {other} ({_KEYS[other]})"
        for column, other in _NAMED.items()
        if column in columns.names and other != table
    ]
    return f"create table {table} ({', '.join(parts)})"


def _meaning(table: str) -> str:
    return inspect.cleandoc(TABLES[table].__doc__ or "")


def _comment(database: duckdb.DuckDBPyConnection, thing: str, text: str) -> None:
    words = text.replace("'", "''")
    database.execute(f"comment on {thing} is '{words}'")


def _add_views(database: duckdb.DuckDBPyConnection) -> None:
    for view, (meaning, query) in _VIEWS.items():
        database.execute(f"create view {view} as {query}")
        _comment(database, f"view {view}", meaning)


def _sign(database: duckdb.DuckDBPyConnection, since: date, until: date) -> None:
    """The table `about`: who made the file, and for which window."""
    facts = {
        "made_by": MADE_BY,
        "version": version("gongwen"),
        "due_from": since.isoformat(),
        "due_until": until.isoformat(),
    }
    database.execute("create table about (key varchar primary key, value varchar)")
    database.executemany("insert into about values (?, ?)", list(facts.items()))
