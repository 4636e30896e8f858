"""Indicator tables: which cells are goals, what they measure, by when (contract, targets)."""

from __future__ import annotations

import pytest
from making import html_table

from extract import extract_bytes
from extract.result import Extraction

PLAN = "某市养老服务发展规划（2021-2025年）"


def read(*rows: str, title: str = PLAN) -> Extraction:
    """The extraction of a page that holds a plan and a table of these rows."""
    html = (
        f"<html><body><h1>{title}</h1><p>一、发展目标</p><p>到2025年，服务体系更加健全。</p>"
        f"{html_table(*rows)}<p>二、重点任务</p><p>（一）加强培训。组织业务培训。</p></body></html>"
    )
    return extract_bytes(html.encode("utf-8"), "plan.html")


def goals(result: Extraction) -> list[str]:
    """The targets of no task with quote, figure, unit, indicator and the end of their deadline."""
    ends = {d.deadline_id: d.end_on for d in result.deadlines}
    return [
        f"{t.quote} {t.op} {t.value:.10g} {t.unit} {t.indicator} {ends.get(t.deadline_id or '')}"
        for t in result.targets
        if t.task_id is None
    ]


def test_a_column_a_year() -> None:
    result = read(
        "序号|指标|单位|2020年|2025年|属性",
        "1|养老护理员|万人|1.2|2.5|预期性",
        "2|护理型床位占比|%|50|≥60|约束性",
        "3|人均预期寿命|岁|—|80|预期性",
    )
    assert goals(result) == [
        "2.5 = 25000 人 养老护理员 2025-12-31",
        "≥60 >= 60 % 护理型床位占比 2025-12-31",
        "80 = 80 岁 人均预期寿命 2025-12-31",
    ]
    assert [(d.quote, d.task_id) for d in result.deadlines] == [
        ("到2025年", None),
        ("2025年", None),
    ]
    assert [task.source for task in result.tasks] == ["body"]


def test_a_head_of_two_rows_with_goals_over_years() -> None:
    result = read(
        "_2序号|_2指标名称|_2单位|2020年|^2目标|_2属性",
        "现状值|2023年|2025年",
        "1|床位数|张|100|150|200|预期性",
        "2|助餐点|个|10|^2每年新增20个|预期性",
    )
    assert goals(result) == [
        "150 = 150 张 床位数 2023-12-31",
        "200 = 200 张 床位数 2025-12-31",
        "20个 = 20 个 助餐点 None",
    ]


def test_groups_units_in_brackets_and_classes_in_a_cell() -> None:
    result = read(
        "类别|主要指标|2020年现状|2025年目标|指标属性",
        "_2综合治理|达标率（%）|——|95|约束性",
        "建成区达标面积比例（%）|设区市≥25|设市城市≥55其他县城≥25|预期性",
        "^5二、数字赋能",
        "管控|智慧化覆盖率（%）|46|100|预期性",
    )
    assert goals(result) == [
        "95 = 95 % 达标率 2025-12-31",
        "≥55 >= 55 % 设市城市建成区达标面积比例 2025-12-31",
        "≥25 >= 25 % 其他县城建成区达标面积比例 2025-12-31",
        "100 = 100 % 智慧化覆盖率 2025-12-31",
    ]


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("指标|单位|目标值", 1),
        ("指标|单位|2025年规划目标", 1),
        ("指标|单位|计划任务", 1),
        ("指标|单位|2021年", 1),
        ("指标|单位|2020年", 0),
        ("指标|单位|2020年现状值", 0),
        ("指标|单位|2021年完成值", 0),
        ("指标|单位|基期值", 0),
        ("指标|单位|“十三五”规划目标", 0),
        ("指标|单位|年均增速", 0),
        ("项目|单位|2025年", 0),
    ],
)
def test_which_columns_are_goals(head: str, count: int) -> None:
    assert len(goals(read(head, "床位数|张|200", "护理员|人|300"))) == 2 * count


def test_without_a_date_only_the_last_of_several_years_is_a_goal() -> None:
    rows = ("指标|单位|2020年|2025年", "床位数|张|100|200")
    assert goals(read(*rows, title="某市养老服务发展规划")) == ["200 = 200 张 床位数 2025-12-31"]
    assert goals(read("指标|单位|2025年", "床位数|张|9", title="某市养老服务发展规划")) == []


def test_tables_that_give_marks_set_no_goals_and_no_tasks() -> None:
    result = read(
        "序号|考核指标|考核内容|分值|目标值|评分标准",
        "1|培训|组织培训。|10|95|每少1次扣2分",
        "2|巡查|开展巡查。|20|90|每少1次扣2分",
    )
    assert goals(result) == []
    assert [task.source for task in result.tasks] == ["body"]


def test_goals_said_in_sentences() -> None:
    result = read(
        "一级指标|二级指标|评价标准|指标含义",
        "签约数量|1.签约服务覆盖率|较上一年增加。2024年达到70%，力争2025年达到80%。|签约人数除以人口数*100%",
        "服务效果|2.签约居民满意率|较上一年增加，达到90%以上。|第三方调查",
        "服务效果|3.血压控制率|≥50%|系统抽查20份",
    )
    assert goals(result) == [
        "70% = 70 % 签约服务覆盖率 2024-12-31",
        "80% = 80 % 签约服务覆盖率 2025-12-31",
        "90%以上 >= 90 % 签约居民满意率 None",
        "≥50% >= 50 % 血压控制率 None",
    ]


def test_a_satisfaction_in_points_is_a_goal_and_no_mark() -> None:
    result = read("指标|单位|2025年目标", "公众满意度|分|95分以上", "床位|张|200")
    assert goals(result) == [
        "95分以上 >= 95 分 公众满意度 2025-12-31",
        "200 = 200 张 床位 2025-12-31",
    ]
    marked = read("指标|评价标准", "公众满意度|达到95%得5分", "床位|达到200张得5分")
    assert goals(marked) == []


def test_a_sentence_in_a_task_tables_row_is_read_once() -> None:
    result = read(
        "序号|重点任务|主要指标|2025年目标值|责任单位",
        "1|建设养老床位。|床位数|每年递增，达到200张以上|市民政局",
        "2|组织培训。|场次|50场|市民政局",
    )
    assert [target.quote for target in result.targets] == ["200张以上", "50场"]
    assert all(target.task_id for target in result.targets)


def test_a_sentence_has_the_year_of_its_column() -> None:
    result = read(
        "指标|2025年目标值",
        "护理员|达到省定标准的95%并保持",
        "助餐点|较上年增长10%",
        "床位|200张",
    )
    assert goals(result) == [
        "95% = 95 % 护理员 2025-12-31",
        "10% = 10 % 助餐点 2025-12-31",
        "200张 = 200 张 床位 2025-12-31",
    ]
    assert [d.quote for d in result.deadlines] == ["到2025年", "2025年"]


def test_what_is_not_read_of_a_table_is_a_gap() -> None:
    result = read(
        "工作指标|2025年目标值|年均增速|责任单位",
        "床位数|200张|5|市民政局",
        "护理员|见省厅2024年文件|6|市民政局",
        "助餐点|30个|7|市民政局",
    )
    assert goals(result) == [
        "200张 = 200 张 床位数 2025-12-31",
        "30个 = 30 个 助餐点 2025-12-31",
    ]
    assert result.responsibilities == []
    assert {(gap.code, gap.quote) for gap in result.diagnostics} >= {
        ("goal_not_read", "见省厅2024年文件"),
        ("averages_not_read", "年均增速"),
        ("indicator_units_not_read", "责任单位"),
    }


def test_the_goals_of_a_task_tables_row_are_its_tasks() -> None:
    result = read(
        "序号|重点任务|主要指标|单位|2023年|2025年|责任单位",
        "1|建设养老床位。|床位数|张|150|200|市民政局",
        "2|培训护理员。|护理员|人|300|500|市民政局",
    )
    ends = {d.deadline_id: (d.task_id, str(d.end_on)) for d in result.deadlines}
    found = [
        (task.label, t.value, t.indicator, ends[t.deadline_id or ""])
        for task in result.tasks
        for t in result.targets
        if t.task_id == task.task_id and task.source == "table"
    ]
    ids = {task.label: task.task_id for task in result.tasks if task.source == "table"}
    assert found == [
        ("1", 150.0, "床位数", (ids["1"], "2023-12-31")),
        ("1", 200.0, "床位数", (ids["1"], "2025-12-31")),
        ("2", 300.0, "护理员", (ids["2"], "2023-12-31")),
        ("2", 500.0, "护理员", (ids["2"], "2025-12-31")),
    ]


def test_a_yearly_figure_and_a_change() -> None:
    result = read(
        "指标|2025年目标", "每年新增床位（张）|200", "单位能耗降低（%）|13.5", "空置率|5%以下"
    )
    found = [(t.indicator, t.per, t.change, t.op, t.value, t.unit) for t in result.targets]
    assert found == [
        ("新增床位", "每年", None, "=", 200.0, "张"),
        ("单位能耗降低", None, "decrease_by", "=", 13.5, "%"),
        ("空置率", None, None, "<=", 5.0, "%"),
    ]


def test_what_each_place_is_to_do_of_a_task() -> None:
    result = read(
        "_2序号|_2地市|_2易涝区域数量|^3整治计划(处)",
        "2020年(已整治)|2021年|2022年",
        "1|明州|8|3|4|1",
        "2|安州|38|25|6|7",
    )
    assert goals(result) == [
        "4 = 4 处 明州整治计划 2021-12-31",
        "1 = 1 处 明州整治计划 2022-12-31",
        "6 = 6 处 安州整治计划 2021-12-31",
        "7 = 7 处 安州整治计划 2022-12-31",
    ]


def _captioned(caption: str, *rows: str) -> list[str]:
    page = (
        "<p>某市教育局关于做好招生工作的通知</p><p>各县区教育局：</p><p>一、做好招生。按计划招生。</p>"
        "<p>某市教育局</p><p>2024年5月5日</p><p>附件1</p>" + caption + html_table(*rows)
    )
    return goals(extract_bytes(f"<html><body>{page}</body></html>".encode(), "notice.html"))


def test_shares_side_by_side_below_a_caption_that_names_the_task() -> None:
    rows = ("鼓山|9580|台江|4170", "晋江|9300|合计|23050")
    caption = "<p>福安市2024年小学招生计划</p><p>（单位：人）</p>"
    assert _captioned(caption, *rows) == [
        "9580 = 9580 人 鼓山2024年小学招生计划 None",
        "4170 = 4170 人 台江2024年小学招生计划 None",
        "9300 = 9300 人 晋江2024年小学招生计划 None",
        "23050 = 23050 人 合计2024年小学招生计划 None",
    ]
    assert _captioned(caption.replace("招生计划", "招生情况"), *rows) == []
    assert _captioned("<p>福安市2024年小学招生计划</p>", *rows) == []


def test_a_bare_head_of_shares_takes_the_caption() -> None:
    caption = "<p>福安市2024年高标准农田建设任务分解表</p>"
    rows = ("县区|任务数（亩）", "鼓山县|9580", "台江县|4170", "晋江县|9300")
    assert _captioned(caption, *rows)[0] == "9580 = 9580 亩 鼓山县2024年高标准农田建设任务 None"
    assert _captioned(caption, *(row.replace("任务数", "完成数") for row in rows)) == []
