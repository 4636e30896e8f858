"""An output made by hand: the tables of some papers, and the manifest that names their files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extract import Extraction, extract_text
from extract.model import TABLES
from extract.result import to_arrow
from pipelines.store import Entry, Manifest
from pipelines.store.base import parquet
from pipelines.store.manifest import MANIFEST

PLAN = """大同市人民政府办公室关于印发大同市便民服务三年行动计划（2024-2026年）的通知
同政办发〔2024〕90号
各县（区）人民政府，市政府有关部门：
现将《大同市便民服务三年行动计划（2024-2026年）》印发给你们，请认真贯彻落实。
大同市人民政府办公室
2024年3月20日
大同市便民服务三年行动计划
（2024-2026年）
一、工作目标
便民服务更加规范。到2025年底，全市便民服务点达到90个。
二、重点任务
1.编制目录。编制服务事项目录，2024年6月底前向社会公布。（责任单位：市司法局）
2.建立专班。通知印发之日起30日内组建工作专班。（牵头单位：市财政局，配合单位：市教育局、市民政局）
3.每年组织一次业务培训。（责任单位：市人力资源社会保障局）
4.开展检查。每半年开展一次检查。（责任单位：市市场监管局）
5.通报进展。每季度通报一次进展情况。（责任单位：市司法局）
6.更新数据。每月更新一次数据。（责任单位：市政务服务局）
7.召开例会。每周召开一次工作例会。（责任单位：市司法局）
8.报送报告。市审计局要在每年4月15日前报送上年度工作报告。
9.修订指南。每两年修订一次服务指南。（责任单位：市司法局）
10.加强宣传。长期坚持开展宣传活动。（责任单位：市委宣传部）
11.优化流程。2026年第三季度完成流程优化。（责任单位：市司法局）
12.核对名册。每月5日前核对名册，每季度末汇总。（责任单位：市民政局）
"""
"""A plan of 2024-03-20 for 2024 to 2026, with every kind of time."""


def plan() -> Extraction:
    """The rows of PLAN."""
    return extract_text(PLAN, "plan.txt")


def copy_of(paper: Extraction) -> Extraction:
    """The rows of the same notice in another file."""
    copy = extract_text(PLAN.replace("同政办发〔2024〕90号\n", ""), "copy.txt")
    copy.document.same_paper_as = paper.document.doc_id
    return copy


def publish(out: Path, *papers: Extraction) -> Path:
    """Write the papers' tables below `out`, a file a table."""
    entries = {}
    for name in TABLES:
        rows = [row for paper in papers for row in getattr(paper, name)]
        if name == "units":
            rows = list({row.unit_id: row for row in rows}.values())
        entries[name] = (_write(out / name, name, rows),)
    (out / MANIFEST).write_bytes(Manifest(entries).to_bytes())
    return out


def _write(folder: Path, name: str, rows: Sequence[Any]) -> Entry:
    folder.mkdir(parents=True)
    data = parquet(to_arrow(name, list(rows)))
    (folder / "part.parquet").write_bytes(data)
    return Entry("part.parquet", len(rows), hashlib.sha256(data).hexdigest())
