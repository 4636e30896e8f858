"""`gongwen check`: each thing that can be wrong with an output is broken once and named."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import regex
from growing import ARCHIVES, CONTENTS, Archive, at_once, paper
from typer.testing import CliRunner

from extract.model import TABLES, schema
from pipelines import open_output
from pipelines.check import EVERYWHERE, IDS, KEYS, check
from pipelines.cli import app
from pipelines.inputs import find_inputs
from pipelines.run import Options, run
from pipelines.store import StoreError
from pipelines.store.base import parquet

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output in one part of papers of every kind, also such as cannot be read."""
    archive = Archive(tmp_path_factory.mktemp("check") / "raw", random.Random(0))
    for number, data in enumerate([*CONTENTS, paper(7, cites=[0])]):
        archive.put(f"{number}.txt", data)
    archive.put("locked.zip", ARCHIVES[0])
    (archive.folder / "gone.txt").symlink_to("nowhere")
    at_once(archive.folder, archive.folder.parent / "out")
    return archive.folder.parent / "out"


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    """A copy, to be broken."""
    shutil.copytree(whole, tmp_path / "out", symlinks=True)
    return tmp_path / "out"


def faults(out: Path | str) -> list[str]:
    return [str(fault) for fault in check(out)]


def version(out: Path) -> Path:
    return (out / "manifest.json").resolve().parent


def note(out: Path, table: str, **values: Any) -> None:
    """Change what the manifest says of a table's file."""
    file = version(out) / "manifest.json"
    manifest = json.loads(file.read_bytes())
    manifest["tables"][table][0].update(values)
    file.write_text(json.dumps(manifest), encoding="utf-8")


def write(out: Path, table: str, data: bytes, rows: int) -> None:
    """Put a file in the place of a table's, and say so in the manifest."""
    (file,) = (version(out) / table).iterdir()
    file.unlink()  # a link of the other copies
    file.write_bytes(data)
    note(out, table, sha256=hashlib.sha256(data).hexdigest(), rows=rows)


def alter(out: Path, table: str, change: Callable[[Rows], object]) -> None:
    """Change rows, and the manifest with them."""
    rows = pq.read_table(version(out) / table, partitioning=None).to_pylist()
    change(rows)
    write(out, table, parquet(pa.Table.from_pylist(rows, schema(table))), len(rows))


def test_a_good_output_has_no_faults(whole: Path) -> None:
    assert faults(whole) == []
    rows = {name: pq.read_table(whole / name, partitioning=None) for name in TABLES}
    assert all(rows[name].num_rows for name in TABLES)
    for table, columns in rows.items():
        for column in {*KEYS, *EVERYWHERE} & {*columns.column_names}:
            # so that no check passes for want of a row
            wants = (table, column) not in {("tasks", "parent_task_id"), ("targets", "deadline_id")}
            assert not wants or columns[column].drop_null()


@pytest.mark.parametrize("keys", [(), ("region", "year")])
def test_an_output_in_many_parts(
    whole: Path, keys: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.store.changes.DOCUMENTS_A_PART", 2)
    monkeypatch.setattr("pipelines.store.publish.UNITS_A_PART", 3)
    at_once(whole.parent / "raw", tmp_path / "out", Options(partition_by=keys))
    assert len(list(version(tmp_path / "out").rglob("tasks/**/*.parquet"))) > 3
    assert faults(tmp_path / "out") == []


# --- files ----------------------------------------------------------------------------------------


def flip(out: Path) -> None:
    (file,) = (version(out) / "tasks").iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)


def other_columns(out: Path) -> None:
    rows = pq.read_table(version(out) / "tasks", partitioning=None)
    rows = rows.drop_columns("title").append_column("seq2", rows["seq"])
    rows = rows.set_column(4, "seq", rows["seq"].cast(pa.int64()))
    write(out, "tasks", parquet(rows), rows.num_rows)


def not_a_link(out: Path) -> None:
    (out / "tasks").unlink()
    shutil.copytree(version(out) / "tasks", out / "tasks")


def unnamed(out: Path) -> None:
    file = version(out) / "manifest.json"
    manifest = json.loads(file.read_bytes())
    del manifest["tables"]["tasks"]
    file.write_text(json.dumps(manifest), encoding="utf-8")


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (
        lambda out: next((version(out) / "tasks").iterdir()).unlink(),
        r"tasks part-\w+.parquet: is named in the manifest but is not there",
    ),
    "a bit": (flip, r"tasks part-\w+.parquet: has not the SHA-256 that the manifest says"),
    "rows": (
        lambda out: note(out, "tasks", rows=7),
        r"tasks part-\w+.parquet: has \d+ rows, the manifest says 7",
    ),
    "no Parquet": (
        lambda out: write(out, "tasks", b"PAR1 and so on", 3),
        r"tasks part-\w+.parquet: is no Parquet file \(.*",
    ),
    "columns": (
        other_columns,
        r"tasks part-\w+.parquet: has not the columns .*: seq int64 instead of seq int32 .*",
    ),
    "a file more": (
        lambda out: (version(out) / "tasks" / "mine.csv").write_bytes(b""),
        r"tasks mine.csv: is not named in the manifest; the next run may clear it",
    ),
    "not in the manifest": (unnamed, r"tasks manifest: names no file of this table"),
    "a folder instead of the link": (
        not_a_link,
        r"tasks .*/out/tasks: is not the folder of the published version",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_files(case: str, out: Path) -> None:
    change, expected = FILES[case]
    change(out)
    (found,) = faults(out)
    assert regex.fullmatch(expected, found), found


@pytest.mark.parametrize("case", ["missing", "a bit"])
@pytest.mark.parametrize("place", ["folder", "URL"])
def test_a_run_does_not_take_over_a_spoilt_file(
    case: str, place: str, whole: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(whole.parent / "raw", raw, symlinks=True)
    out = str(tmp_path / "out") if place == "folder" else f"memory://{tmp_path.name}/spoilt"
    options = Options(work=str(tmp_path / "work"))
    run(find_inputs([str(raw)]), out, options)
    output = open_output(out)
    (file,) = output.files("tasks")
    files = output.filesystem or fsspec.filesystem("file")
    data = files.cat_file(file)
    files.rm_file(file)
    if case == "a bit":
        files.pipe_file(file, data[:50] + b"x" + data[51:])
    (raw / "new.txt").write_bytes(paper(70))
    with pytest.raises(StoreError, match=r"tasks/part-\w+.parquet is gone or .* new folder"):
        run(find_inputs([str(raw)]), out, options)
    assert open_output(out).manifest == output.manifest


# --- rows -----------------------------------------------------------------------------------------

WITHIN = [
    (table, column)
    for table in TABLES
    for column in schema(table).names
    if column in KEYS and column != IDS.get(table)
]
ANYWHERE = [
    (table, column)
    for table in TABLES
    for column in schema(table).names
    if column in EVERYWHERE and column != IDS.get(table)
]
WITH_IDS = [table for table in IDS if table not in ("documents", "units")]
QUOTED = [table for table in TABLES if "quote" in schema(table).names]


def test_which_keys_there_are() -> None:
    assert len(WITHIN) == 10
    assert len(ANYWHERE) == 3
    assert len(QUOTED) == 7


@pytest.mark.parametrize(("table", "column"), WITHIN)
def test_a_key_without_its_row(table: str, column: str, out: Path) -> None:
    def change(rows: Rows) -> None:
        rows[0][column] = rows[0]["doc_id"] + "x9"
        said.append(f"{table} {rows[0][IDS[table]]}: {column} {rows[0][column]} is no row of "
                    f"{KEYS[column]}")  # fmt: skip

    said: list[str] = []
    alter(out, table, change)
    assert faults(out) == said


@pytest.mark.parametrize(("table", "column"), WITHIN)
def test_a_key_of_another_document(table: str, column: str, out: Path) -> None:
    other = pq.read_table(out / KEYS[column], partitioning=None)[IDS[KEYS[column]]][-1].as_py()
    alter(out, table, lambda rows: rows[0].update({column: other}))
    (found,) = faults(out)
    assert found.startswith(f"{table} ")
    assert found.endswith(f": {column} {other} is of another document")


@pytest.mark.parametrize(("table", "column"), ANYWHERE)
def test_a_paper_or_organ_that_is_not_there(table: str, column: str, out: Path) -> None:
    alter(out, table, lambda rows: rows[0].update({column: "0" * 16}))
    (found,) = faults(out)
    assert found.startswith(f"{table} ")
    assert found.endswith(f": {column} {'0' * 16} is no row of {EVERYWHERE[column]}")


@pytest.mark.parametrize("table", WITH_IDS)
def test_an_id_twice(table: str, out: Path) -> None:
    (name,) = [
        pq.read_table(out / table, partitioning=None)[IDS[table]][0].as_py() for _ in range(1)
    ]
    alter(out, table, lambda rows: rows.insert(0, rows[0]))
    assert faults(out) == [f"{table} {name}: stands 2 times"]


@pytest.mark.parametrize("table", ["documents", "units"])
def test_a_document_or_organ_twice(table: str, out: Path) -> None:
    alter(out, table, lambda rows: rows.insert(0, rows[0]))
    assert regex.fullmatch(rf"{table} \w{{16}}: stands 2 times", "\n".join(faults(out)))


@pytest.mark.parametrize("table", ["responsibilities", "targets", "citations"])
def test_an_id_that_is_not_of_its_document(table: str, out: Path) -> None:
    alter(out, table, lambda rows: rows[0].update({IDS[table]: "0" * 16 + "x1"}))
    assert faults(out) == [
        f"{table} {'0' * 16}x1: {IDS[table]} {'0' * 16}x1 is of another document"
    ]


def test_rows_without_their_document(out: Path) -> None:
    gone = []
    alter(out, "documents", lambda rows: gone.append(rows.pop(0)["doc_id"]))
    found = faults(out)
    assert all(f"{gone[0]} is no row of documents" in fault for fault in found)
    assert {fault.split()[0] for fault in found} >= {"sections", "tasks", "lines"}


@pytest.mark.parametrize("table", [name for name in TABLES if name != "units"])
def test_rows_out_of_order(table: str, out: Path) -> None:
    alter(out, table, list.reverse)
    (found,) = faults(out)
    assert regex.fullmatch(rf"{table} part-\w+.parquet: is not sorted by doc_id", found)


def test_organs_out_of_order(out: Path) -> None:
    alter(out, "units", list.reverse)
    (found,) = faults(out)
    assert regex.fullmatch(r"units part-\w+.parquet: is not sorted by unit_id", found)


@pytest.mark.parametrize("table", [name for name in QUOTED if name != "diagnostics"])
def test_a_quote_that_the_text_does_not_say(table: str, out: Path) -> None:
    alter(out, table, lambda rows: rows[-1].update(char_start=rows[-1]["char_start"] + 1))
    (found,) = faults(out)
    assert regex.fullmatch(rf"{table} \S+: the text at \d+:\d+ is '.*', not '.*", found), found


SPANS: list[tuple[str, dict[str, Any], str]] = [
    ("tasks", {"char_end": 10**6}, r"tasks \S+: \d+:1000000 lies outside the text of \d+ char.*"),
    ("tasks", {"char_start": -1}, r"tasks \S+: -1:\d+ lies outside the text of \d+ characters"),
    ("lines", {"char_start": 9, "char_end": 8}, r"lines \w+ line \d+: 9:8 lies outside .*"),
    ("diagnostics", {"quote": "x"}, r"diagnostics \w+: has half a place"),
    ("diagnostics", {"char_start": 0}, r"diagnostics \w+: has half a place"),
    (
        "diagnostics",
        {"char_start": 0, "char_end": 0, "quote": "x"},
        r"diagnostics \w+: the text at 0:0 is '', not 'x'",
    ),
    ("documents", {"sha256": "0" * 64}, r"documents \w+: is not the beginning of the SHA-256 0+"),
    ("documents", {"chars": 1}, r"documents \w+: has not 1 chars"),
]


@pytest.mark.parametrize(("table", "values", "expected"), SPANS)
def test_places_and_hashes(table: str, values: dict[str, Any], expected: str, out: Path) -> None:
    alter(out, table, lambda rows: rows[0].update(values))
    (found,) = faults(out)
    assert regex.fullmatch(expected, found), found


def test_a_document_without_bytes(out: Path) -> None:
    def change(rows: Rows) -> None:
        (unread,) = [row for row in rows if row["sha256"] is None]
        unread["status"] = "ok"
        (row,) = [row for row in rows if row["source"] == "5.txt"]
        row["sha256"] = None

    alter(out, "documents", change)
    assert sorted(regex.sub(r"\w{16,}", "#", fault) for fault in faults(out)) == [
        "documents #: is not the beginning of the SHA-256 #",
        "documents #: is ok without a sha256",
        "documents #: is ok without a sha256",
    ]


# --- the command ----------------------------------------------------------------------------------


def test_exit_status(out: Path, tmp_path: Path) -> None:
    good = CliRunner().invoke(app, ["check", str(out)])
    assert (good.exit_code, good.output) == (0, "no faults\n")
    assert CliRunner().invoke(app, ["check", out.as_uri()]).output == "no faults\n"
    alter(out, "tasks", lambda rows: [row.update(char_start=-1) for row in rows * 10])
    count = pq.read_metadata(next((version(out) / "tasks").iterdir())).num_rows
    bad = CliRunner().invoke(app, ["check", str(out)])
    assert bad.exit_code == 1
    assert bad.output.splitlines()[-2] == f"{count} faults"
    assert "mended by no run: run into a new folder" in bad.output.splitlines()[-1]
    nothing = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert nothing.exit_code == 2
    assert "holds no output of gongwen" in nothing.output


def test_an_output_behind_a_url(whole: Path, tmp_path: Path) -> None:
    place = f"memory://{tmp_path.name}/out"
    run(find_inputs([str(whole.parent / "raw")]), place, Options(work=str(tmp_path)))
    assert faults(place) == []
    output = open_output(place)
    (file,) = output.files("tasks")
    output.filesystem.pipe_file(f"{output.root}/tasks/mine.csv", b"")
    output.filesystem.rm_file(file)
    assert [regex.sub(r"part-\w+", "part", fault) for fault in faults(place)] == [
        "tasks part.parquet: is named in the manifest but is not there",
        "tasks mine.csv: is not named in the manifest; the next run may clear it",
    ]
