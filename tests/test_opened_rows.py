"""Tables of one cell a line whose rows have no number and open with who answers."""

from __future__ import annotations

import pytest
from test_stacked_tables import stacked, units_of

from extract import extract_text

DUTIES = (
    "部门|工作重点领域|对应因素"
    "|宣传部（融媒体中心）|把健康文化纳入创建活动规划，动员全社会参与。"
    "|加大政策宣传力度，倡导健康文化氛围。|健康环境、健康文化"
    "|发展改革局、|财政局|加大对健康领域的规划和投资。|健康资源"
    "|工会、团委、妇联等|动员广大职工和妇女参与健康促进活动。|健康环境"
    "|教育局|改善学校卫生环境，预防控制疾病。|健康素养"
)

SUPPORTED = (
    "责任单位|工作任务|配合单位|市教育局|加强学校巡查。|市财政局|市水务局|落实防汛措施。|市应急局"
    "|市公安局|加强道路巡查工作。|市交通局|市民政局|做好救助安置。|市司法局"
)


def test_each_row_begins_with_its_units() -> None:
    result = extract_text(f"某县健康工作方案\n\n附件1\n重点领域\n{stacked(DUTIES)}\n")
    units = units_of(result, "basis")
    assert [(task.source, task.text[:8], units[task.task_id]) for task in result.tasks] == [
        ("table", "把健康文化纳入创", ["assigned 宣传部（融媒体中心）"]),
        ("table", "加大对健康领域的", ["assigned 发展改革局", "assigned 财政局"]),
        ("table", "动员广大职工和妇", ["assigned 工会", "assigned 团委", "assigned 妇联"]),
        ("table", "改善学校卫生环境", ["assigned 教育局"]),
    ]
    assert "加大政策宣传力度" in result.tasks[0].text


def test_prose_behind_the_table_is_no_row() -> None:
    behind = "各部门要加强领导，按时报送情况。"
    result = extract_text(f"某县健康工作方案\n\n{stacked(DUTIES)}\n\n{behind}\n")
    assert len(result.tasks) == 4
    assert all("按时报送" not in task.text for task in result.tasks)


@pytest.mark.parametrize(
    "lines",
    [
        "部门|市教育局|市财政局|市水务局|市应急局",
        SUPPORTED,
        "部门|领导姓名|市教育局|张某|市财政局|李某|市水务局|王某",
        "部门|工作职责|市教育局|加强学校卫生工作。",
    ],
)
def test_lists_of_names_are_no_such_table(lines: str) -> None:
    result = extract_text(f"某县健康工作方案\n\n{stacked(lines)}\n")
    assert not [task for task in result.tasks if task.source == "table"]


def test_rows_may_open_with_a_day() -> None:
    days = stacked(
        "日期|内容|2月25日前|家长对入学信息比对确认。|2月29日|公布招生入学工作的实施意见。"
        "|4月9日—4月23日|适龄儿童进行入学信息登记。|5月7日|民办小学进行学生面谈。"
    )
    result = extract_text(f"某区2016年招生入学工作方案\n\n{days}\n某区教育局\n2016年1月5日\n")
    assert [(d.quote, d.kind) for d in result.deadlines] == [
        ("2月25日前", "by"),
        ("2月29日", "in"),
        ("4月9日—4月23日", "in"),
        ("5月7日", "in"),
    ]
    assert result.tasks[0].text == "家长对入学信息比对确认。"
