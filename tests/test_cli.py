"""The command: what it prints, where, and its exit status."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from conftest import SEEDS
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.report import Lines

OK, FAILED, WRONG_USE = 0, 1, 2
SEED = str(sorted(SEEDS.glob("*.txt"))[0])


@pytest.fixture
def cli() -> CliRunner:
    return CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"})


def test_run_writes_tables_and_a_summary(cli: CliRunner, tmp_path: Path) -> None:
    result = cli.invoke(app, ["run", str(SEEDS), "-o", str(tmp_path / "out")])
    assert result.exit_code == OK
    lines = result.stderr.splitlines()
    assert lines[0] == "5 files: 5 new, 0 changed, 0 removed; 5 documents to read"
    assert [line.split()[0] for line in lines[1:]] == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    cells = [line.split("│")[1:3] for line in result.stdout.splitlines() if "│" in line]
    counts = {name.strip(): value.strip() for name, value in cells}
    assert counts["documents ok"] == "5"
    assert counts["documents partial"] == counts["documents failed"] == "0"
    out = tmp_path / "out"
    for name in ("tasks", "responsibilities", "deadlines", "targets", "citations"):
        assert counts[name] == str(len(pd.read_parquet(out / name)))
    assert counts["gaps"] == str(len(pd.read_parquet(out / "diagnostics")))
    assert "finished: 5 files (5 new, 0 changed, 0 removed), 5 documents read in" in result.stdout


def test_a_failed_file_gives_exit_status_1_and_its_reason(cli: CliRunner, tmp_path: Path) -> None:
    empty = tmp_path / "[b]empty.txt"
    empty.touch()
    result = cli.invoke(app, ["run", SEED, str(empty), "-o", str(tmp_path / "out")])
    assert result.exit_code == FAILED
    assert "failed: '[b]empty.txt': the file is empty" in result.stdout
    assert len(pd.read_parquet(tmp_path / "out" / "documents")) == 2


def test_fail_fast_names_the_file_and_says_that_nothing_is_published(
    cli: CliRunner, tmp_path: Path
) -> None:
    empty = tmp_path / "[b]empty.txt"
    empty.touch()
    given = ["run", str(empty), SEED, "-o", str(tmp_path / "out"), "--fail-fast"]
    result = cli.invoke(app, [*given, "--workers", "0"])
    assert result.exit_code == FAILED
    assert "failed: '[b]empty.txt': the file is empty" in result.stdout
    assert "nothing was published" in result.stdout
    assert not (tmp_path / "out" / "documents").exists()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_gives_its_exit_status(
    cli: CliRunner, number: int, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lines, "begun", lambda *_: signal.raise_signal(number))
    result = cli.invoke(app, ["run", SEED, "-o", str(tmp_path / "out"), "--workers", "0"])
    assert result.exit_code == status
    assert "nothing was published by this run" in result.stdout
    assert "1 documents are left; run again to go on" in result.stdout


def test_another_layout_of_folders_is_said(cli: CliRunner, tmp_path: Path) -> None:
    given = ["run", SEED, "-o", str(tmp_path / "out"), "--workers", "0"]
    said = []
    for more in (["--partition-by", "region,year"], [], []):
        lines = cli.invoke(app, [*given, *more]).stdout.splitlines()
        said.append([line for line in lines if line.startswith("laid out anew")])
    expected = "laid out anew: folders by none, before by region,year (--partition-by)"
    assert said == [[], [expected], []]


def test_a_partial_document_keeps_exit_status_0(
    cli: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipelines.work.reader

    whole = pipelines.work.reader.extract_bytes

    def half(data: bytes, source: str, password: str | None = None) -> object:
        result = whole(data, source, password)
        result.document.status = "partial"
        return result

    monkeypatch.setattr(pipelines.work.reader, "extract_bytes", half)
    result = cli.invoke(app, ["run", SEED, "-o", str(tmp_path / "out"), "--workers", "0"])
    assert result.exit_code == OK
    assert list(pd.read_parquet(tmp_path / "out" / "documents").status) == ["partial"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "no/such/folder", "-o", "out"], "no/such/folder: no such file"),
        (["run", SEED, "-o", SEED], "is a file; name a folder"),
        (["run", SEED], "Missing option"),
        (["run", "-o", "out"], "Missing argument"),
        (["show", "no_such_file.txt"], "no such file; name one paper"),
        (["score", "no_gold", "no_tables"], "folder that `gongwen run` has written"),
        (["show", str(SEEDS)], f"is a folder; name one paper, or read all: gongwen run {SEEDS}"),
        (["walk"], "No such command"),
    ],
)
def test_wrong_use_is_told_and_gives_exit_status_2(
    cli: CliRunner, arguments: list[str], says: str
) -> None:
    result = cli.invoke(app, arguments)
    assert result.exit_code == WRONG_USE
    assert says in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", SEED, "-o", "hdfs://namenode:8020/tables"],
        ["run", "hdfs://namenode:8020/notices", "-o", "OUT"],
        ["check", "hdfs://namenode:8020/tables"],
    ],
)
def test_hdfs_without_hadoop_is_told_in_one_line(
    cli: CliRunner, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("Unable to load libjvm: " + "\ndlopen(libjvm.so) failed" * 366)

    monkeypatch.setattr("fsspec.filesystem", refuse)
    for name in ("HADOOP_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLASSPATH", "x.jar")
    given = [str(tmp_path / "out") if word == "OUT" else word for word in arguments]
    result = cli.invoke(app, given)
    assert result.exit_code == WRONG_USE
    assert "Unable to load libjvm; HDFS needs" in result.stderr
    assert "not set here: HADOOP_HOME, JAVA_HOME" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_show_prints_the_paper(cli: CliRunner) -> None:
    result = cli.invoke(app, ["show", SEED])
    assert result.exit_code == OK
    for words in (
        "同政办发〔2024〕5号",
        "2.1.2 提升法治能力",
        "责任 市司法局 = 大同市司法局",
        "“2024年6月底前” by 2024-06-30",
        ">= 60 学时 每人每年",
        "outside tasks: “到2025年底” by 2025-12-31",
    ):
        assert words in result.stdout


def test_show_prints_sums_and_terms_as_people_write_them(cli: CliRunner, tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(
        "某市教育局关于做好工作的通知\n\n各区教育局：\n\n一、开展工作\n\n"
        "（一）建设学校。给予最高120万元补助。收到申请之日起30个工作日内办结。\n",
        encoding="utf-8",
    )
    shown = " ".join(cli.invoke(app, ["show", str(paper)]).output.split())
    assert "补助: <= 1,200,000 元" in shown
    assert "P30D working days from 收到申请之日" in shown


def test_show_of_a_file_that_cannot_be_read(cli: CliRunner, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = cli.invoke(app, ["show", str(empty)])
    assert result.exit_code == FAILED
    assert "the file is empty" in result.stdout


def test_score_prints_every_layer(cli: CliRunner, seed_tables: Path) -> None:
    gold = Path(__file__).parent / "gold"
    result = cli.invoke(app, ["score", str(gold), str(seed_tables), "--errors"])
    assert result.exit_code == OK
    assert "\ntask_extent  " in result.stdout
    assert "spans that do not give back their quote: 0" in result.stdout


def test_score_without_gold(cli: CliRunner, seed_tables: Path, tmp_path: Path) -> None:
    for gold, says in ((tmp_path, "holds no JSON files"), (tmp_path / "no", "is no folder")):
        result = cli.invoke(app, ["score", str(gold), str(seed_tables)])
        assert result.exit_code == WRONG_USE
        assert f"{gold} {says}; name a folder of gold papers" in result.stderr


def test_help_and_version(cli: CliRunner) -> None:
    result = cli.invoke(app, ["--help"])
    assert result.exit_code == OK
    for command in ("run", "show", "score"):
        assert command in result.stdout
    assert cli.invoke(app, ["--version"]).stdout.startswith("gongwen 0.")
    for command in ("run", "show", "score"):
        assert "Example: gongwen" in cli.invoke(app, [command, "--help"]).stdout


def test_help_and_version_load_neither_rules_nor_pandas() -> None:
    code = "import sys, pipelines.cli; print({'extract', 'pandas', 'pyarrow'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_python_m_pipelines_is_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipelines", "run", SEED, "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\n1/1 ok " in done.stderr


def test_a_terminal_gets_a_bar(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipelines", "run", SEED, "-o", str(tmp_path / "out")]
    leader, follower = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=follower) as process:
        os.close(follower)
        shown = ""
        with suppress(OSError):  # the terminal's end
            while some := os.read(leader, 4096):
                shown += some.decode(errors="replace")
    os.close(leader)
    assert process.returncode == OK
    assert "━" in shown
    assert "1/1" in shown
    assert "1/1 ok" not in shown
