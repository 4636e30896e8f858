"""The scorer: an output against answers that agree and disagree with it by intent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outputs import publish_rows

from extract.model import (
    TABLES,
    Citation,
    Deadline,
    Document,
    Responsibility,
    Target,
    Task,
)
from pipelines.measure.score import LAYERS, ScoreError, Scores, print_scores, score_output
from pipelines.measure.score_keys import norm, norm_unit

TEXT = """大同市人民政府关于加强培训的通知
根据《山西省培训办法》（晋政发〔2023〕7号），到2025年底参训率达到90%。
1. 加强培训。市司法局要组织培训，2024年6月底前完成，每人每年不少于60学时。
2. 完善制度。制定目录，2024年底前公布。
3. 开展检查。每半年检查一次。
"""


def at(words: str) -> dict[str, Any]:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return {"quote": words, "char_start": start, "char_end": start + len(words)}


def task(task_id: str, path: str, title: str, text: str, label: str) -> Task:
    return Task(
        task_id=task_id, doc_id="d", path=path, title=title, text=text, label=label, **at(text)
    )


def answer(
    task_id: str, role: str, unit: str, name: str, basis: str = "assigned"
) -> Responsibility:
    row = Responsibility(task_id=task_id, doc_id="d", role=role, unit=unit, name=name, **at("市"))
    row.basis = basis
    return row


def due(task_id: str | None, words: str, kind: str, end: date | None, rule: str | None) -> Deadline:
    row = Deadline(task_id=task_id, doc_id="d", kind=kind, end_on=end, **at(words))
    row.recurrence = rule
    return row


def figure(task_id: str | None, words: str, op: str, value: float, unit: str) -> Target:
    return Target(task_id=task_id, doc_id="d", op=op, value=value, unit=unit, **at(words))


DOCUMENT = Document(
    doc_id="d",
    source="in/paper.txt",
    text=TEXT,
    title="大同市人民政府关于加强培训的通知",
    issuers=["大同市人民政府"],
    region_code="140200",
    admin_level="prefecture",
    genre="通知",
    signed_on=date(2024, 1, 30),
    recipients=["各县〔区〕人民政府", "市人民政府各部门"],
)
HOURS = figure("t1", "不少于60学时", ">=", 60, "学时")
HOURS.per, HOURS.indicator = "每人每年", "培训时间"
ROWS: dict[str, list[Any]] = {name: [] for name in TABLES} | {
    "documents": [DOCUMENT],
    "tasks": [
        task("t1", "1.1", "加强培训", TEXT.split("\n")[2][3:], "1."),
        task("t2", "1.2", "完善制度", TEXT.split("\n")[3][3:], "2."),
        task("t3", "1.3", "开展检查", TEXT.split("\n")[4][3:], "3."),
    ],
    "responsibilities": [
        answer("t1", "responsible", "市司法局", "大同市司法局"),
        answer("t1", "responsible", "市财政局", "大同市财政局"),
        answer("t1", "lead", "市司法局", "大同市司法局", "subject"),
        answer("t2", "lead", "市司法局", "大同市司法局"),
        answer("t2", "support", "市财政局", "大同市财政局"),
        answer("t3", "responsible", "市教育局", "大同市教育局"),
    ],
    "deadlines": [
        due("t1", "2024年6月底前", "by", date(2024, 6, 30), None),
        due("t1", "每年", "recurring", None, "FREQ=YEARLY"),
        due("t2", "2024年底前", "by", date(2024, 12, 31), None),
        due("t3", "每半年", "recurring", None, "FREQ=MONTHLY;INTERVAL=6"),
        due(None, "到2025年底", "by", date(2025, 12, 31), None),
    ],
    "targets": [
        HOURS,
        figure("t3", "一次", "=", 1, "次"),
        figure(None, "90%", "=", 90, "%"),
    ],
    "citations": [
        Citation(doc_id="d", title="山西省培训办法", doc_number="晋政发〔2023〕7号", **at("根据"))
    ],
}


def unit(role: str, unit: str, name: str, basis: str = "assigned") -> dict[str, Any]:
    return {"role": role, "basis": basis, "unit": unit, "name": name, "unit_type": "organ"}


def by(end: str) -> dict[str, Any]:
    return {"kind": "by", "start": None, "end": end, "recurrence": None, "ongoing": False}


TRAINING = {
    "path": "1.1",
    "label": "1.",
    "title": "加强培训",
    "kind": "main",
    "source": "body",
    "head": "加强培训。市司法局要组织",
    "tail": "不少于60学时。",
    "units": [
        unit("responsible", "市司法局", "大同市司法局"),
        unit("responsible", "市财政局", "大同市财政厅") | {"also": ["大同市财政局"]},
        unit("responsible", "市司法局", "大同市司法局", "subject"),
    ],
    "deadlines": [by("2024-06-30")],
    "targets": [
        {
            "op": ">=",
            "value": 60,
            "value_max": None,
            "unit": "学时",
            "per": "每人",
            "indicator": "接受培训的时间",
            "nature": "goal",
        }
    ],
}
SYSTEM = {
    "path": "1.3",
    "label": "2.",
    "title": "完善制度",
    "kind": "main",
    "source": "body",
    "head": "完善制度。制定目录",
    "tail": "2024年底前印发。",
    "units": [
        unit("responsible", "市司法局", "大同市司法局"),
        unit("support", "市财政局", "大同市财政局"),
    ],
    "deadlines": [by("2024-11-30")],
    "targets": [],
}
NOT_THERE = {
    "path": "1.4",
    "label": "4.",
    "title": "没有这项",
    "kind": "main",
    "source": "body",
    "head": "没有这项任务的文字",
    "tail": "也没有结尾。",
    "units": [unit("lead", "市水利局", "大同市水利局")],
    "deadlines": [],
    "targets": [],
}
GOLD = {
    "source": "paper.txt",
    "document": {
        "title": "大同市人民政府关于加强培训的通知",
        "doc_number": "同政发〔2024〕1号",
        "issuers": ["大同市人民政府"],
        "region_code": "140200",
        "admin_level": "prefecture",
        "genre": "意见",
        "signed_on": "2024-01-30",
        "printed_on": None,
        "recipients": ["各县（区）人民政府", "市人民政府各部门"],
        "cc": [],
        "disclosure": None,
        "plan_start": None,
        "plan_end": None,
    },
    "tasks": [TRAINING, SYSTEM, NOT_THERE],
    "outside": {
        "deadlines": [by("2025-12-31")],
        "targets": [{"op": ">=", "value": 90, "value_max": None, "unit": "%"}],
    },
    "citations": [
        {"title": "山西省培训办法", "doc_number": "晋政发〔2023〕7号"},
        {"title": "没有引用的办法", "doc_number": None},
    ],
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of gold, of which the output holds one paper, and a folder of tables."""
    folder = tmp_path_factory.mktemp("score")
    gold, out = folder / "gold", folder / "out"
    gold.mkdir()
    out.mkdir()
    for name, paper in (("paper", GOLD), ("other", GOLD | {"source": "other.txt"})):
        text = json.dumps(paper, ensure_ascii=False)
        (gold / f"{name}.json").write_text(text, encoding="utf-8")
    publish_rows(out, ROWS)
    return gold, out


@pytest.fixture(scope="module")
def scores(folders: tuple[Path, Path]) -> Scores:
    return score_output(*folders)


@pytest.mark.parametrize(
    ("layer", "hit", "false", "missed"),
    [
        ("tasks", 2, 1, 1),
        ("task_extent", 2, 1, 2),
        ("units", 3, 2, 2),
        ("unit_names", 3, 2, 2),
        ("subjects", 1, 0, 0),
        ("deadlines", 2, 3, 1),
        ("targets", 1, 2, 1),
        ("indicators", 1, 0, 0),
        ("citations", 1, 0, 1),
        ("details", 7, 1, 2),
        ("metadata", 7, 1, 2),
    ],
)
def test_figures(scores: Scores, layer: str, hit: int, false: int, missed: int) -> None:
    figures = scores.figures(layer)
    assert (figures.hit, figures.false, figures.missed) == (hit, false, missed)
    assert figures.precision == pytest.approx(hit / (hit + false))
    assert figures.recall == pytest.approx(hit / (hit + missed))
    assert figures.f1 == pytest.approx(2 * hit / (2 * hit + false + missed))
    assert scores.figures(layer, "paper") == figures


def test_every_layer_is_tested(scores: Scores) -> None:
    assert {layer for _, layer in scores.counts} == set(LAYERS)


def test_wrong_items_are_named(scores: Scores) -> None:
    assert ("paper", "metadata", "genre", "missed", "意见") in scores.wrong
    assert ("paper", "tasks", "", "missed", "没有这项任务的文字") in scores.wrong
    wrong = [item[1:4:2] for item in scores.wrong]
    for layer in LAYERS:
        figures = scores.figures(layer)
        assert wrong.count((layer, "missed")) == figures.missed
        assert wrong.count((layer, "false")) == figures.false


def test_papers_that_the_output_lacks_are_left_out(scores: Scores) -> None:
    assert scores.papers == ["paper"]
    assert scores.absent == ["other.txt"]


def test_nothing_found_and_nothing_wanted_is_right() -> None:
    nothing = Scores().figures("targets")
    assert (nothing.precision, nothing.recall, nothing.f1) == (1, 1, 1)


def test_what_is_printed(scores: Scores, capsys: pytest.CaptureFixture[str]) -> None:
    print_scores(scores, errors=True)
    shown = capsys.readouterr().out
    assert "\ndeadlines     0.400  0.667  0.500     2     3      1\n" in shown
    assert "spans that do not give back their quote: 0\n" in shown
    assert "not in the output: other.txt\n" in shown
    assert "paper\tmetadata\tgenre\tfalse\t通知\n" in shown


def test_a_broken_span_is_counted(folders: tuple[Path, Path], tmp_path: Path) -> None:
    broken = replace(HOURS, char_start=HOURS.char_start + 1)
    rows = ROWS | {"targets": [broken]}
    publish_rows(tmp_path, rows)
    (line,) = score_output(folders[0], tmp_path).broken_spans
    assert line.startswith("targets d ")


@pytest.mark.parametrize("missing", ["gold", "out"])
def test_what_cannot_be_read(folders: tuple[Path, Path], tmp_path: Path, missing: str) -> None:
    gold, out = folders
    says = "holds no JSON files" if missing == "gold" else "cannot read the tables"
    with pytest.raises(ScoreError, match=says):
        score_output(
            tmp_path if missing == "gold" else gold, out if missing == "gold" else tmp_path
        )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２０２４ 年", "2024年"),
        ("〔2024〕5号", "（2024）5号"),
        ("[甲]【乙】", "(甲)（乙）"),
        ("2023—2025", "2023-2025"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_differences_of_printing_do_not_count(one: object, other: object) -> None:
    assert norm(one) == norm(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("各县（市、区）政府", "各县市区人民政府", True),
        ("市司法局等", "市司法局", True),
        ("市司法局", "县司法局", False),
        ("市政府", "市人民政府办公室", False),
    ],
)
def test_units_compared(one: str, other: str, same: bool) -> None:
    assert (norm_unit(one) == norm_unit(other)) is same
