"""The scorer's figures: a small output against answers that agree and disagree with it by intent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.inputs import find_inputs
from pipelines.run import run
from pipelines.score import ScoreError, Scores, print_scores, score_output

PAPER = """大同市人民政府关于加强培训的通知

各县（区）人民政府，市人民政府各部门：

根据《山西省培训办法》（晋政发〔2023〕7号），到2025年底参训率达到90%，现通知如下：

一、重点任务

1. 加强培训。市司法局要组织培训，2024年6月底前完成，每人每年不少于60学时。（责任单位：市司法局、财政局）

2. 完善制度。制定目录，2024年底前公布。（牵头单位：市司法局；配合单位：市财政局）

3. 开展检查。每半年检查一次。（责任单位：市教育局）

大同市人民政府

2024年1月30日
"""


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
            "indicator": "组织培训",
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
    """A folder of gold and one of tables."""
    folder = tmp_path_factory.mktemp("score")
    (folder / "gold").mkdir()
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
    for name, gold in (("paper", GOLD), ("other", GOLD | {"source": "other.txt"})):
        file = folder / "gold" / f"{name}.json"
        file.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    run(find_inputs([str(folder / "paper.txt")]), folder / "out")
    return folder / "gold", folder / "out"


@pytest.fixture(scope="module")
def scores(folders: tuple[Path, Path]) -> Scores:
    return score_output(*folders)
