"""Task tables that plain text prints without a sign between their cells (contract, tasks 4)."""

from __future__ import annotations

import pytest

from extract import extract_text
from extract.outline.run_on import run_on_heads
from extract.result import Extraction

PLAN = (
    "明城市人民政府办公室关于印发明城市提升服务工作方案的通知\n\n各县区人民政府：\n\n现将方案印发给你们。\n\n"
    "附件：明城市提升服务重点任务台账\n\n明城市人民政府办公室\n\n2024年1月30日\n\n"
    "附件\n\n明城市提升服务重点任务台账\n\n"
)
HEADS = "序号重点任务和项目牵头单位配合单位年度目标\n"


def read(table: str) -> Extraction:
    return extract_text(PLAN + table)


def rows(result: Extraction) -> list[str]:
    return [f"{task.path} {task.label} {task.text}" for task in result.tasks]


def answers(result: Extraction) -> list[str]:
    labels = {task.task_id: task.path for task in result.tasks}
    return [f"{labels[r.task_id]} {r.role} {r.unit}" for r in result.responsibilities]


def unread(result: Extraction) -> list[str]:
    return [(gap.quote or "") for gap in result.diagnostics if gap.code == "row_not_read"]


def test_rows_of_a_line_each() -> None:
    result = read(
        HEADS
        + "一、优化服务1开展业务培训。加强指导。市司法局市财政局、各县（市、区）政府"
        + "2024年6月底前培训1000人。\n"
        + "2推行网上办理。市政务服务局市委网信办、市电信、移动公司等初步建成网上平台。\n"
        + "二、加强监管1开展检查。市市场监管局市公安局每季度检查1次。\n"
    )
    assert rows(result) == [
        "1.1 1 开展业务培训。加强指导。",
        "1.2 2 推行网上办理。",
        "2.1 1 开展检查。",
    ]
    assert answers(result) == [
        "1.1 lead 市司法局",
        "1.1 support 市财政局",
        "1.1 support 各县（市、区）政府",
        "1.2 lead 市政务服务局",
        "1.2 support 市委网信办",
        "1.2 support 市电信公司",
        "1.2 support 市移动公司",
        "2.1 lead 市市场监管局",
        "2.1 support 市公安局",
    ]
    assert [(str(d.end_on), d.recurrence) for d in result.deadlines] == [
        ("2024-06-30", None),
        ("None", "FREQ=MONTHLY;INTERVAL=3"),
    ]
    assert [(t.value, t.unit, t.task_id) for t in result.targets] == [
        (1000, "人", result.tasks[0].task_id),
        (1, "次", result.tasks[2].task_id),
    ]
    assert unread(result) == []


def test_rows_behind_one_another_in_a_line() -> None:
    result = read(
        "序号重点任务牵头单位配合单位\n"
        "一、优化服务1开展培训。市司法局市财政局，各县区政府2推行网上办理。市政务服务局市委网信办、"
        "市公安局等相关单位，各县区政府\n"
        "二、加强监管1开展检查。市市场监管局市公安局\n"
    )
    assert rows(result) == ["1.1 1 开展培训。", "1.2 2 推行网上办理。", "2.1 1 开展检查。"]
    assert answers(result)[3:7] == [
        "1.2 lead 市政务服务局",
        "1.2 support 市委网信办",
        "1.2 support 市公安局",
        "1.2 support 相关单位",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "3推行网上办理市政务服务局市委网信办",  # no end of the measure
        "3推行网上办理。市政务服务局要加强指导。",  # a sentence that tells a unit
        "3推行网上办理。",
    ],
)
def test_a_row_whose_cells_are_not_clear_is_told_of(line: str) -> None:
    result = read(
        f"序号重点任务牵头单位配合单位\n1开展培训。市司法局市财政局\n2开展检查。市公安局市财政局\n{line}\n"
    )
    assert [task.text for task in result.tasks] == ["开展培训。", "开展检查。"]
    assert unread(result) == [line]


def test_units_that_no_column_can_be_told_for_have_their_roles_from_the_body() -> None:
    table = "附件\n\n任务分工\n\n序号重点任务牵头单位配合单位\n1开展培训。市司法局市财政局\n"
    row = "2推行网上办理。市政务服务局市委网信办市公安局、市民政局\n"
    body = (
        "明城市提升服务实施方案\n\n一、重点任务\n\n（一）推行网上办理。建设统一平台。（牵头单位：市政务服务局、"
        "市委网信办；配合单位：市公安局、市民政局）\n\n（二）开展培训。培训人员。\n\n附件：任务分工\n\n"
    )
    result = extract_text(body + table + row)
    last = result.tasks[-1].task_id
    assert [(r.role, r.unit) for r in result.responsibilities if r.task_id == last] == [
        ("lead", "市政务服务局"),
        ("lead", "市委网信办"),
        ("support", "市公安局"),
        ("support", "市民政局"),
    ]
    assert "roles_from_body" in {gap.code for gap in result.diagnostics}
    alone = read("序号重点任务牵头单位配合单位\n1开展培训。市司法局市财政局\n" + row)
    assert [r.role for r in alone.responsibilities][2:] == ["responsible"] * 4
    assert "roles_unknown" in {gap.code for gap in alone.diagnostics}


def test_what_stands_behind_the_table_is_read_again() -> None:
    result = read(
        "序号重点任务牵头单位配合单位\n1开展培训。市司法局市财政局\n2开展检查。市公安局市财政局\n\n"
        "一、工作要求\n\n（一）加强领导。各县区要成立专班。\n"
    )
    assert [task.source for task in result.tasks] == ["table", "table", "body"]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("序号重点任务和项目牵头单位配合单位年度目标", "number task lead support target"),
        ("序号工作任务具体指标完成时间责任单位", "number task indicator deadline responsible"),
        ("工作任务说明情况牵头单位配合单位", ""),  # 说明情况 is no head of these
        ("牵头单位要会同责任单位加强协调配合", None),
        ("各责任单位要加强对重点任务的调度", None),
    ],
)
def test_lines_of_heads(line: str, kinds: str | None) -> None:
    found = run_on_heads(f"前言\n{line}\n1开展培训。", 0, 60)
    assert found is None if kinds is None else found and " ".join(found.kinds) == kinds
