"""What the README and CONTRIBUTING say holds: code runs, output is real, files exist."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from extract.model import TABLES
from pipelines.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"))
def test_python_code_runs(code: str, seed_tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(code.replace("data/processed", str(seed_tables)), names)
    assert len(names) > 2


def test_sql_runs(seed_tables: Path) -> None:
    (query,) = blocks("sql")
    rows = duckdb.sql(query.replace("data/processed", str(seed_tables))).fetchall()
    assert len(rows) == 10
    assert rows[0][1] >= rows[-1][1] > 0


def test_the_output_shown_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (command,) = re.findall(r"`gongwen (show [^`]+)`:", README)
    shown = CliRunner().invoke(app, command.split()).stdout.splitlines()
    (lines,) = [block for block in blocks("text") if "公共法律知识培训" in block]
    places = [shown.index(line) for line in lines.splitlines()]
    assert len(places) == 10
    assert places == sorted(places)


def test_commands_named_exist() -> None:
    pages = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    made = re.findall(r"(?:`|^)make ([\w-]+)", pages, re.MULTILINE)
    assert len(set(made)) == 10
    targets = re.findall(
        r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(made) <= set(targets)
    listed = re.findall(r"^  (\w+) ", CliRunner().invoke(app, ["--help"]).stdout, re.MULTILINE)
    for command in re.findall(r"\bgongwen (run|show|check|due|export|score|diff) ", README):
        assert command in listed


def test_every_table_is_named() -> None:
    section = README.split("## The tables")[1].split("##")[0]
    assert re.findall(r"^\| (\w+) \|", section, re.MULTILINE)[1:] == list(TABLES)


def test_every_library_is_named() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    section = README.split("## Libraries and why")[1].split("##")[0]
    wanted = [re.split(r"[><=]", one)[0] for one in project["dependencies"]]
    wanted += [
        re.split(r"[><=]", one)[0]
        for extra in ("ocr", "notebook", "cluster", "watch", "duckdb")
        for one in project["optional-dependencies"][extra]
        if not one.startswith("gongwen")
    ]
    assert [name for name in wanted if name not in section] == []


@pytest.mark.parametrize("page", PAGES)
def test_files_named_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^)#:]+)\)", text)
    named += re.findall(
        r"`((?:extract|pipelines|tests|docs|notebooks|requirements)/[^`*<>]*)`", text
    )
    missing = [name for name in named if not (ROOT / name.split()[0]).exists()]
    assert missing == []
