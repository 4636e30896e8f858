"""Task tables that plain text prints a row a line, a date between the measure and the units."""

from __future__ import annotations

import pytest

from extract import extract_text
from extract.result import Extraction

PLAN = (
    "明城市教育局办公室关于印发工作要点的通知\n\n各区教育局：\n\n现印发给你们。\n\n"
    "明城市教育局办公室\n\n2024年6月24日\n\n2024年工作要点\n\n一、主要任务\n\n"
    "（一）优化智慧服务。推动事项接入平台。\n\n（二）加强组织领导。各区要落实责任。\n\n"
    "附件：任务分工表\n\n附件\n\n任务分工表\n\n"
)
HEADS = "序号工作任务具体指标完成时间责任单位\n"
ROWS = (
    "1优化智慧服务做好全国教师资格网与全国政务服务一体化平台对接之后的全面应用2024年5月人事处、考试院，各区教育局\n"
    "义务教育阶段学生入学报名、幼儿园儿童入园报名、中高考优待实现掌上办理并全面应用2024年6月底前法规处、教研室，各区教育局\n"
    "2组织领导组建办公室，2024年年底前开展评估2024年9月办公室、法规处\n"
)


def read(table: str) -> Extraction:
    return extract_text(PLAN + table)


def test_a_row_a_line_with_the_rows_of_one_task() -> None:
    result = read(HEADS + ROWS)
    table = [t for t in result.tasks if t.source == "table"]
    assert [(t.path, t.label, t.title, t.text) for t in table] == [
        ("A1:1", None, None, "做好全国教师资格网与全国政务服务一体化平台对接之后的全面应用"),
        (
            "A1:1",
            None,
            None,
            "义务教育阶段学生入学报名、幼儿园儿童入园报名、中高考优待实现掌上办理并全面应用",
        ),
        ("A1:2", "2", "组织领导", "组建办公室，2024年年底前开展评估"),
    ]
    by_task = {t.task_id: t.text[:4] for t in table}
    units = [
        f"{by_task[r.task_id]} {r.unit}" for r in result.responsibilities if r.task_id in by_task
    ]
    assert units == [
        "做好全国 人事处",
        "做好全国 考试院",
        "做好全国 各区教育局",
        "义务教育 法规处",
        "义务教育 教研室",
        "义务教育 各区教育局",
        "组建办公 办公室",
        "组建办公 法规处",
    ]
    dates = [(d.quote, str(d.end_on)) for d in result.deadlines if d.task_id in by_task]
    assert dates == [
        ("2024年5月", "2024-05-31"),
        ("2024年6月底前", "2024-06-30"),
        ("2024年年底前", "2024-12-31"),
        ("2024年9月", "2024-09-30"),
    ]


def test_a_name_that_no_heading_has_stays_with_its_measure() -> None:
    result = read(HEADS + "1推进改革开展培训2024年5月人事处\n2加强监管开展检查2024年6月法规处\n")
    assert [t.text for t in result.tasks if t.source == "table"] == [
        "推进改革开展培训",
        "加强监管开展检查",
    ]


def test_a_line_that_cannot_be_parted_is_told_of_and_the_next_are_read() -> None:
    rows = "1开展培训2024年5月人事处\n2开展检查2024年6月完成。\n3开展评估2024年7月法规处\n"
    result = read(HEADS + rows)
    assert [t.text for t in result.tasks if t.source == "table"] == ["开展培训", "开展评估"]
    unread = [gap.quote for gap in result.diagnostics if gap.code == "row_not_read"]
    assert unread == ["2开展检查2024年6月完成。"]


def test_the_table_ends_where_lines_are_no_rows() -> None:
    rows = "1开展培训2024年5月人事处\n2开展检查2024年6月法规处\n\n以上任务请认真落实。\n"
    result = read(HEADS + rows)
    assert [t.text for t in result.tasks if t.source == "table"] == ["开展培训", "开展检查"]
    assert "以上任务请认真落实。" in result.document.text


def test_a_row_over_two_lines_keeps_to_itself() -> None:
    rows = (
        "1编制全市智慧教育发展工作方案，明确各项重点任务和时间节点，完善督促检查的工作机制，\n"
        "落实各方责任2024年5月人事处\n2开展检查2024年6月法规处\n3开展评估2024年7月办公室\n"
    )
    table = [t for t in read(HEADS + rows).tasks if t.source == "table"]
    assert [t.text[:6] for t in table] == ["编制全市智慧", "开展检查", "开展评估"]


def test_a_note_is_no_row() -> None:
    rows = "1开展培训2024年5月人事处\n2开展检查2024年6月法规处\n备注：2024年12月市政府办公室\n"
    table = [t.text for t in read(HEADS + rows).tasks if t.source == "table"]
    assert table == ["开展培训", "开展检查"]


@pytest.mark.parametrize(
    ("when", "who"),
    [("年底前", "人事处、各县"), ("长期", "考试院、教研所"), ("2024年第三季度", "市教育局、各镇")],
)
def test_cleaning_knows_the_dates_and_names_that_close_a_row(when: str, who: str) -> None:
    long = "做好全国教师资格网与全国政务服务一体化平台对接之后的全面应用并定期通报运行情况"
    rows = f"1{long}{when}{who}\n2{long}{when}{who}\n3{long}{when}{who}\n"
    table = [t for t in read(HEADS + rows).tasks if t.source == "table"]
    assert [t.text for t in table] == [long] * 3
