"""Hive folders, asked for by --partition-by: read with ** by DuckDB and pandas as they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from growing import paper

from extract.model import TABLES
from pipelines import open_output
from pipelines.inputs import find_inputs
from pipelines.run import Options, run
from pipelines.store import StoreError

KEYS = ("region", "year")
NO_PLACE = "关于做好工作的通知\n一、重点任务\n1.加强培训。市司法局要组织培训。\n".encode()
NONE = "__HIVE_DEFAULT_PARTITION__"
DOCUMENTS = {
    ("140200", 2023): 3,
    ("140100", 2024): 3,
    ("140400", 2023): 3,
    ("140500", 2024): 3,
    (None, None): 1,
}
"""Papers of growing.paper by region and year, and one that names neither."""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    for number in range(12):
        (folder / f"{number}.txt").write_bytes(paper(number))
    (folder / "no place.txt").write_bytes(NO_PLACE)
    return folder


@pytest.fixture(scope="module")
def out(raw: Path) -> Path:
    return partitioned(raw, raw.parent / "out", *KEYS)


def partitioned(raw: Path, out: Path, *keys: str) -> Path:
    run(find_inputs([str(raw)]), out, Options(partition_by=keys))
    return out


def files(out: Path, table: str) -> list[str]:
    root = (out / table).resolve()
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.parquet"))


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    frame = open_output(out).table(table)
    return sorted(frame.to_pylist(), key=str)


def test_a_folder_a_region_and_year(out: Path) -> None:
    folders = [path.rpartition("/")[0] for path in files(out, "documents")]
    expected = [f"region={region or NONE}/year={year or NONE}" for region, year in DOCUMENTS]
    assert sorted(folders) == sorted(expected)
    assert len(files(out, "units")) == 1


def test_duckdb_reads_them(out: Path) -> None:
    found = duckdb.sql(
        f"select region, year, count(*) from read_parquet('{out}/documents/**/*.parquet', "
        "hive_partitioning = true, hive_types = {region: varchar, year: int}) group by all"
    ).fetchall()
    assert {(region, year): count for region, year, count in found} == DOCUMENTS
    plain = duckdb.sql(f"select region from '{out}/documents/**/*.parquet'").fetchall()
    assert len(plain) == 13


def test_duckdb_reads_every_table(out: Path) -> None:
    manifest = open_output(out).manifest
    for table in TABLES:
        found = duckdb.sql(f"select count(*) from '{out}/{table}/**/*.parquet'").fetchall()
        assert found == [(manifest.rows(table),)]


HIVE = ds.partitioning(pa.schema([("region", pa.string()), ("year", pa.int32())]), flavor="hive")
"""Told to pandas, as Arrow cannot guess the type of a folder that stands for null."""


def test_pandas_reads_them(out: Path) -> None:
    frame = pd.read_parquet(out / "documents", partitioning=HIVE)
    found = frame.groupby(["region", "year"], dropna=False).size()
    assert {tuple(None if pd.isna(k) else k for k in key): n for key, n in found.items()} == (
        DOCUMENTS
    )
    assert set(frame.region.dropna()) == set(frame.region_code.dropna())
    some = pd.read_parquet(out / "tasks", partitioning=HIVE, filters=[("year", "=", 2023)])
    assert set(some.year) == {2023}
    for table in TABLES:
        frame = pd.read_parquet(out / table, partitioning=HIVE)
        assert len(frame) == open_output(out).manifest.rows(table)


def test_switched_on_and_off(raw: Path, out: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    plain = {}
    for keys in ((), KEYS, ("year",), ()):
        partitioned(raw, place, *keys)
        manifest = open_output(place).manifest.to_bytes()
        assert plain.setdefault(keys, manifest) == manifest
        assert rows(place, "tasks") == rows(out, "tasks")
        assert rows(place, "documents") == rows(out, "documents")
        assert files(place, "tasks") == sorted(
            entry.file for entry in open_output(place).manifest.tables["tasks"]
        )
    assert plain[KEYS] == open_output(out).manifest.to_bytes()
    assert all("year=" in path for path in files(partitioned(raw, place, "year"), "tasks"))


def test_a_folder_of_many_papers_has_several_files(
    raw: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that no file grows without end where half the archive is of one year."""
    monkeypatch.setattr("pipelines.store.changes.DOCUMENTS_A_PART", 2)
    place = partitioned(raw, tmp_path / "out", "year")
    found = files(place, "documents")
    years = [path.rpartition("/")[0] for path in found]
    assert 2 < years.count("year=2023") <= 6
    (alone,) = (path for path in found if NONE in path)
    assert alone.count("-") == 1, "no digit of doc_id where one file does"
    assert rows(place, "documents") == rows(out, "documents")


def test_other_keys_are_refused(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot partition by month; the keys are region, year"):
        partitioned(raw, tmp_path / "out", "month")
