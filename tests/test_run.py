"""The batch: whatever lies among the inputs, every file gets its row and the others go on."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import SEEDS

import pipelines.work.reader
from extract.model import TABLES
from pipelines.inputs import InputError, find_inputs
from pipelines.run import Options, Quiet, Summary, run
from pipelines.store import StoreError
from pipelines.work.frames import Wanted
from pipelines.work.packed import Packed

PAPER = """某市人民政府办公室关于加强培训的通知

各县（区）人民政府：

一、重点任务

1. 加强培训。市司法局要组织培训，2024年6月底前完成，培训不少于60学时。（责任单位：市司法局）

某市人民政府办公室

2024年1月30日
"""


def run_over(files: Mapping[str, bytes], folder: Path) -> tuple[Summary, dict[str, pd.DataFrame]]:
    """A run over files written below a new folder, and its tables."""
    raw = folder / "raw"
    for name, data in files.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    summary = run(find_inputs([str(raw)]), folder / "out")
    return summary, tables(folder / "out")


def tables(out: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(out / name) for name in TABLES}


def row(table: pd.DataFrame, **where: str) -> Any:
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_a_good_paper_gives_its_rows(tmp_path: Path) -> None:
    summary, out = run_over({"a.txt": PAPER.encode()}, tmp_path)
    assert summary.statuses == {"ok": 1}
    assert summary.failures == []
    assert summary.rows == {name: len(table) for name, table in out.items()}
    assert list(out["tasks"].title) == ["加强培训"]
    assert list(out["deadlines"].end_on.astype(str)) == ["2024-06-30"]
    assert list(out["targets"].value) == [60.0]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "text"),
        ("unknown.xyz", b"\x7fELF\x02\x01\x01" + bytes(200), "save it as|not a"),
    ],
)
def test_bad_files_fail_with_a_reason_and_the_others_go_on(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    summary, out = run_over({"good.txt": PAPER.encode(), name: data}, tmp_path)
    assert summary.statuses == {"ok": 1, "failed": 1}
    bad = row(out["documents"], source=name)
    assert bad.status == "failed"
    assert pd.Series([bad.error]).str.contains(says).all(), bad.error
    assert bad.sha256 is not None
    assert row(out["diagnostics"], doc_id=bad.doc_id).message == bad.error
    assert summary.failures == [(name, bad.error)]
    assert len(out["tasks"]) == 1


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, out = run_over({"good.txt": PAPER.encode(), "secret.txt": b"x"}, tmp_path)
    bad = row(out["documents"], source="secret.txt")
    assert bad.status == "failed"
    assert pd.isna(bad.sha256)
    assert "Permission denied" in bad.error
    assert "rights" in bad.error
    assert row(out["diagnostics"], doc_id=bad.doc_id).code == "unreadable"
    assert row(out["documents"], source="good.txt").status == "ok"


@pytest.mark.parametrize("fault", [errno.EACCES, errno.ENAMETOOLONG])
def test_a_folder_that_cannot_be_listed(
    fault: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def refuse(folder: Any) -> Any:
        if str(folder).endswith("closed"):
            raise OSError(fault, os.strerror(fault), str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    _, out = run_over({"good.txt": PAPER.encode(), "closed/paper.txt": PAPER.encode()}, tmp_path)
    bad = row(out["documents"], source="closed")
    assert bad.status == "failed"
    assert "cannot be listed" in bad.error
    assert row(out["documents"], source="good.txt").status == "ok"


def test_a_fault_in_one_document_does_not_stop_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipelines.work.reader.extract_bytes

    def break_down(data: bytes, source: str, password: str | None = None) -> Any:
        if source == "odd.txt":
            raise ZeroDivisionError("division by zero")
        return whole(data, source, password)

    monkeypatch.setattr(pipelines.work.reader, "extract_bytes", break_down)
    _, out = run_over({"good.txt": PAPER.encode(), "odd.txt": b"x"}, tmp_path)
    bad = row(out["documents"], source="odd.txt")
    assert bad.status == "failed"
    assert "ZeroDivisionError" in bad.error
    assert "report" in bad.error
    assert bad.sha256 is not None
    assert len(out["tasks"]) == 1


def change_when_read(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let odd.txt have other bytes whenever it is about to be read, so many times."""
    read, left = pipelines.work.reader.Reader.read, [times]

    def late(self: Any, wanted: Wanted) -> Packed:
        if wanted.source == "odd.txt" and wanted.sha256 and left[0]:
            left[0] -= 1
            with open(wanted.path, "ab") as file:
                file.write("\n又及。\n".encode())
        return read(self, wanted)

    monkeypatch.setattr(pipelines.work.reader.Reader, "read", late)


def test_a_file_that_changes_under_way_is_read_as_it_is_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_when_read(monkeypatch, 1)
    _, out = run_over({"good.txt": PAPER.encode(), "odd.txt": PAPER.encode() + b"\n"}, tmp_path)
    odd = row(out["documents"], source="odd.txt")
    assert odd.status == "ok"
    assert odd.text.endswith("又及。")


def test_what_changed_under_way_counts_for_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("good", "odd", "third"):
        (raw / f"{name}.txt").write_text(PAPER + name, encoding="utf-8")
    change_when_read(monkeypatch, 1)
    summary = run(find_inputs([str(raw)]), tmp_path / "out", Options(limit=2))
    assert summary.report.statuses.total() == 2


def test_a_file_that_never_stands_still_fails_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_when_read(monkeypatch, 9)
    _, out = run_over({"good.txt": PAPER.encode(), "odd.txt": PAPER.encode() + b"\n"}, tmp_path)
    odd = row(out["documents"], source="odd.txt")
    assert odd.status == "failed"
    assert pd.isna(odd.sha256)
    assert "run again" in odd.error
    monkeypatch.undo()
    run(find_inputs([str(tmp_path / "raw")]), tmp_path / "out")
    odd = row(tables(tmp_path / "out")["documents"], source="odd.txt")
    assert odd.status == "ok"


def test_a_million_characters_on_one_line(tmp_path: Path) -> None:
    line = "市司法局要组织培训，2024年6月底前完成。" * 50_000
    _, out = run_over({"long.txt": line.encode(), "good.txt": PAPER.encode()}, tmp_path)
    long = row(out["documents"], source="long.txt")
    assert long.status in ("ok", "partial")
    assert long.chars >= 1_000_000
    assert row(out["documents"], source="good.txt").status == "ok"


def test_a_text_without_chinese_is_ok_with_a_diagnostic(tmp_path: Path) -> None:
    summary, out = run_over({"english.txt": b"Nothing to see here.\n"}, tmp_path)
    assert summary.statuses == {"ok": 1}
    gap = row(out["diagnostics"], code="no_chinese")
    assert gap.doc_id == out["documents"].doc_id[0]


def test_the_same_bytes_are_one_row(tmp_path: Path) -> None:
    files = {"b.txt": PAPER.encode(), "a/x.txt": PAPER.encode(), "c.txt": PAPER.encode()}
    summary, out = run_over(files, tmp_path)
    assert summary.statuses == {"ok": 1}
    assert out["documents"].source[0] == "a/x.txt"
    assert list(out["documents"].also_at[0]) == ["b.txt", "c.txt"]
    assert len(out["tasks"]) == 1


def test_the_same_bytes_of_output_in_any_order_and_again(tmp_path: Path) -> None:
    def files(out: Path) -> dict[str, bytes]:
        published = (out / "manifest.json").resolve().parent
        shown = [file for name in (*TABLES, "manifest.json") for file in _files(published / name)]
        return {str(file.relative_to(published)): file.read_bytes() for file in shown}

    inputs = list(find_inputs([str(SEEDS)]))
    run(inputs, tmp_path / "a")
    run(inputs[::-1], tmp_path / "b")
    first = files(tmp_path / "a")
    assert len(first) == len(TABLES) + 1
    assert files(tmp_path / "b") == first
    run(inputs, tmp_path / "a")
    assert files(tmp_path / "a") == first


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.iterdir())


def test_a_new_run_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    run_over({"a.txt": PAPER.encode()}, tmp_path)
    _, out = run_over({"a.txt": PAPER.replace("60学时", "70学时").encode()}, tmp_path)
    assert list(out["targets"].value) == [70.0]
    assert [len(list((tmp_path / "out" / name).iterdir())) for name in TABLES] == [1] * 10


def test_progress_is_told_of_every_document(tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []

    class Listener(Quiet):
        def finished(self, wanted: Wanted, packed: Packed) -> None:
            told.append((wanted.source, packed.status))

    run(find_inputs([str(SEEDS)]), tmp_path, watcher=Listener())
    assert sorted(told) == [(path.name, "ok") for path in sorted(SEEDS.glob("*.txt"))]


# --- inputs ---------------------------------------------------------------------------------------


def test_sources_are_paths_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("b.txt", "sub/a.txt", ".hidden", "~$b.docx"):
        (tmp_path / "in" / name).write_text("x")
    folder = str(tmp_path / "in")
    assert [item.source for item in find_inputs([folder])] == ["b.txt", "sub/a.txt"]
    assert [item.source for item in find_inputs([f"{folder}/sub/a.txt"])] == ["a.txt"]
    found = {item.source for item in find_inputs([f"{folder}/**/*.txt"])}
    assert found == {"a.txt", "b.txt"}


@pytest.mark.parametrize("name", ["", "no_such_file.txt", "*.pdf"])
def test_a_name_without_files_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"no files; name one|check the path"):
        find_inputs([str(tmp_path / name) if name else str(tmp_path)])


def test_one_place_has_one_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to("in/sub")
    monkeypatch.chdir(tmp_path / "in" / "sub")
    for given in ("..", "../../in", "../a.txt", "../*.txt", str(tmp_path / "in" / "sub" / "..")):
        assert [item.path for item in find_inputs([given])] == [str(tmp_path / "in" / "a.txt")]
    # behind a link .. leads elsewhere
    monkeypatch.chdir(tmp_path)
    assert [item.path for item in find_inputs(["link/.."])] == [str(tmp_path / "link/../a.txt")]


def test_a_link_to_a_folder_elsewhere_is_told(tmp_path: Path) -> None:
    """The papers there were missing in silence."""
    for name in ("in/sub", "other/.hidden"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.txt").write_text(PAPER + name, encoding="utf-8")
    for link, target in (("up", ".."), ("self", "."), ("out", "../../other"), (".no", "../..")):
        (tmp_path / "in" / "sub" / link).symlink_to(target)
    given = [str(tmp_path / "in")]
    assert [item.source for item in find_inputs(given)] == ["sub/a.txt", "sub/out"]
    sources = [item.source for item in find_inputs([*given, str(tmp_path / "other" / ".hidden")])]
    assert sources == ["sub/a.txt", "sub/out", "a.txt"]
    everything = [str(tmp_path / "other" / "..")]
    assert "in/sub/out" not in {item.source for item in find_inputs(everything)}
    run(find_inputs(given), tmp_path / "out")
    documents = tables(tmp_path / "out")["documents"].set_index("source")
    assert documents.status["sub/out"] == "failed"
    assert documents.error["sub/out"] == (
        "cannot open: links to folders are not followed, and the papers there are not read; name "
        "the folder itself as an input too, or leave the link out with --exclude"
    )
    sources = [item.source for item in find_inputs(given, exclude=["sub/out"])]
    assert sources == ["sub/a.txt"]


def test_the_output_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAPER, encoding="utf-8")
    for _ in range(2):
        inputs = list(find_inputs([str(tmp_path)], tmp_path / "out"))
        assert [item.source for item in inputs] == ["a.txt"]
        run(inputs, tmp_path / "out")


def test_a_file_name_in_another_encoding(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "公文.txt".encode("gb18030")
    with open(name, "wb") as file:
        file.write(PAPER.encode())
    run(find_inputs([str(tmp_path)]), tmp_path / "out")
    assert list(tables(tmp_path / "out")["documents"].source) == ["公文.txt"]


# --- output ---------------------------------------------------------------------------------------


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(StoreError, match=r"something else \(thesis.docx.*new folder"):
        run(find_inputs([str(SEEDS)]), tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_table_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "mine.csv").write_text("x")
    with pytest.raises(StoreError, match=r"something else \(tasks"):
        run(find_inputs([str(SEEDS)]), tmp_path)


def test_what_a_broken_off_run_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "part-0000000000000000.parquet").write_bytes(b"old")
    (tmp_path / ".gongwen" / "next").mkdir(parents=True)
    (tmp_path / ".gitkeep").touch()
    run(find_inputs([str(SEEDS)]), tmp_path)
    assert len(tables(tmp_path)["documents"]) == 5


def test_a_file_as_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(StoreError, match="is a file; name a folder"):
        run(find_inputs([str(SEEDS)]), tmp_path / "out")


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(StoreError, match=r"Read-only file system.*name another folder"):
        run(find_inputs([str(SEEDS)]), tmp_path / "out")


def test_a_disk_that_fills_up_leaves_the_old_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_over({"a.txt": PAPER.encode()}, tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    with pytest.raises(StoreError, match=r"No space left on device.*free space"):
        run(find_inputs([str(SEEDS)]), tmp_path / "out")
    assert list(tables(tmp_path / "out")["tasks"].title) == ["加强培训"]
