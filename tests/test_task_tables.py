"""Task tables: what each row says, also where columns have moved (contract, tasks 4 and 5)."""

from __future__ import annotations

import pytest
from making import html_table

from extract import extract_bytes, extract_text
from extract.result import Extraction

BODY = (
    "某市提升服务质量实施方案\n\n一、重点任务\n\n"
    "1.加强培训。组织业务培训。（牵头单位：市司法局；责任单位：各县区人民政府）\n\n"
    "2.完善制度。建立管理制度。（牵头单位：市财政局；责任单位：市民政局）\n\n"
    "附件：某市提升服务质量任务分解表\n\n附件\n\n某市提升服务质量任务分解表\n\n"
)
HEADS = "重点任务\t主要措施\t牵头单位\t责任单位\t完成时限\n"


def rows(table: str) -> tuple[Extraction, list[str]]:
    """The extraction of the plan with this table, and path, label and text of each row."""
    result = extract_text(BODY + HEADS + table)
    return result, [
        f"{task.path} {task.label} {task.text}" for task in result.tasks if task.source == "table"
    ]


def answers(result: Extraction, text: str) -> list[str]:
    ids = {task.task_id for task in result.tasks if task.text.startswith(text)}
    return [f"{r.role} {r.basis} {r.unit}" for r in result.responsibilities if r.task_id in ids]


TABLE = (
    "(一)加强培训\t1 开展专业培训。\t市司法局 市财政局\t各县区人民政府\t2024年底\n"
    "\t2 每年组织一次考试。\t市司法局\t\t2025年完成并长期坚持\n"
    "(二)完善制度\t3 建立制度。\t市财政局\t市民政局\t2024年第三季度\n"
)


def test_rows_have_their_groups_path_and_their_own_label() -> None:
    _, found = rows(TABLE)
    assert found == [
        "A1:1.1 1 开展专业培训。",
        "A1:1.2 2 每年组织一次考试。",
        "A1:2.3 3 建立制度。",
    ]


def test_units_take_their_roles_from_the_heads_and_an_empty_cell_gives_none() -> None:
    result, _ = rows(TABLE)
    assert answers(result, "开展专业培训") == [
        "lead assigned 市司法局",
        "lead assigned 市财政局",
        "responsible assigned 各县区人民政府",
    ]
    assert answers(result, "每年组织") == ["lead assigned 市司法局"]


def test_deadlines_of_the_column_and_of_the_measure() -> None:
    result, _ = rows(TABLE)
    ids = {task.task_id: task.label for task in result.tasks if task.source == "table"}
    found = [
        (ids[d.task_id], d.kind, str(d.end_on), d.ongoing)
        for d in result.deadlines
        if d.task_id in ids
    ]
    assert found == [
        ("1", "by", "2024-12-31", False),
        ("2", "recurring", "None", False),
        ("2", "by", "2025-12-31", True),
        ("3", "in", "2024-09-30", False),
    ]


def test_a_row_details_the_bodys_item_of_its_group() -> None:
    result, _ = rows(TABLE)
    titles = {task.task_id: task.title for task in result.tasks}
    parents = [titles.get(t.parent_task_id or "") for t in result.tasks if t.source == "table"]
    assert parents == ["加强培训", "加强培训", "完善制度"]


PLAN = BODY[BODY.index("一、") : BODY.index("附件")]


@pytest.mark.parametrize(
    "before", ["某市提升服务质量实施方案\n\n", "附件1\n\n某市提升服务质量任务分解表\n\n"]
)
@pytest.mark.parametrize("between", ["", "附件2\n\n某市提升服务质量实施方案\n\n"])
def test_rows_before_the_plan_are_read_and_lead_to_the_items_behind(
    before: str, between: str
) -> None:
    result = extract_text(before + HEADS + TABLE + "\n" + between + PLAN)
    first, second = (task.task_id for task in result.tasks if task.source == "body")
    rows = [task.parent_task_id for task in result.tasks if task.source == "table"]
    assert rows == [first, first, second]
    assert len({task.task_id for task in result.tasks}) == 5


def test_columns_run_into_one_take_roles_from_the_bodys_item_and_say_so() -> None:
    result, found = rows(
        "(一)加强培训\t1\t开展专业培训。\t市司法局 各县区人民政府\t2024年底\n"
        "(二)完善制度\t2\t建立制度。\t市财政局\t2024年底\n"
    )
    assert found == ["A1:1.1 1 开展专业培训。", "A1:2.2 2 建立制度。"]
    assert answers(result, "开展专业培训") == [
        "lead assigned 市司法局",
        "responsible assigned 各县区人民政府",
    ]
    assert answers(result, "建立制度") == ["lead assigned 市财政局"]
    assert "roles_from_body" in {gap.code for gap in result.diagnostics}


def test_a_row_that_names_a_group_holds_for_those_below() -> None:
    _, found = rows(
        "一、优化服务（共1项）\t\t\t\t\n(一)加强培训\t1 开展培训。\t市司法局\t市财政局\t2024年底\n"
        "二、加强监管（共1项）\t\t\t\t\n(二)完善制度\t2 建立制度。\t市财政局\t市民政局\t2024年底\n"
    )
    assert found == ["A1:1.1.1 1 开展培训。", "A1:2.2.2 2 建立制度。"]


def test_who_assesses_is_no_responsible_unit() -> None:
    result = extract_text(
        "某县工作考核细则\n\n序号\t考核内容\t分值\t负责考核部门\n1\t加强河道保洁。\t10\t县水利局\n"
        "2\t开展巡查。\t10\t县环保局\n"
    )
    assert result.responsibilities == []


def test_a_project_list_has_its_names_as_titles() -> None:
    result = extract_text(
        "某省数据集建设行动方案\n\n序号\t领域\t项目名称\t简要描述\t责任单位\t投入运营时间\n"
        "1\t医疗\t诊疗数据集\t归集诊疗数据。\t省卫生健康委\t2025年12月\n"
        "2\t交通\t道路数据集\t归集道路数据。\t省交通运输厅\t2026年6月\n"
    )
    assert [(t.label, t.title, t.text) for t in result.tasks] == [
        ("1", "诊疗数据集", "归集诊疗数据。"),
        ("2", "道路数据集", "归集道路数据。"),
    ]
    assert [str(d.end_on) for d in result.deadlines] == ["2025-12-31", "2026-06-30"]


def page(*rows: str) -> Extraction:
    """The extraction of a page with a table of these rows."""
    html = f"<html><body><h1>某县重点任务分解表</h1>{html_table(*rows)}</body></html>"
    return extract_bytes(html.encode("utf-8"), "table.html")


def test_units_under_a_head_of_two_rows() -> None:
    result = page(
        "_2序号|_2工作任务|_2工作措施|^2责任分工|_2完成时限",
        "牵头单位|配合单位",
        "1|优化服务|推行网上办理。|县行政审批局|县司法局、县财政局|2024年6月底前",
        "2|加强监管|开展抽查。|县市场监管局|县税务局|2024年12月底前",
    )
    assert [(t.label, t.title, t.text) for t in result.tasks] == [
        ("1", "优化服务", "推行网上办理。"),
        ("2", "加强监管", "开展抽查。"),
    ]
    assert answers(result, "推行") == [
        "lead assigned 县行政审批局",
        "support assigned 县司法局",
        "support assigned 县财政局",
    ]
    assert [str(d.end_on) for d in result.deadlines] == ["2024-06-30", "2024-12-31"]


def test_goals_under_a_head_of_two_rows() -> None:
    result = page(
        "_2序号|_2重点任务|^2目标|_2责任单位",
        "2024年|2025年",
        "1|建设充电桩。|新建充电桩50个|新建充电桩80个|县发改局",
        "2|培训技能人才。|培训300人次|培训500人次|县人社局",
    )
    years = {d.deadline_id: (d.task_id, d.quote) for d in result.deadlines}
    titles = {task.task_id: task.label for task in result.tasks}
    found = [(titles[t.task_id or ""], t.value, years[t.deadline_id or ""]) for t in result.targets]
    ids = {label: task for task, label in titles.items()}
    assert found == [
        ("1", 50.0, (ids["1"], "2024年")),
        ("1", 80.0, (ids["1"], "2025年")),
        ("2", 300.0, (ids["2"], "2024年")),
        ("2", 500.0, (ids["2"], "2025年")),
    ]


def test_rows_across_the_table_are_groups_sums_and_notes() -> None:
    result = page(
        "序号|工作任务|责任单位|完成时限",
        "^4优化营商环境",
        "1|推行网上办理。|县行政审批局|2024年6月底前",
        "^4二、加强监管",
        "2|开展抽查。|县市场监管局|2024年12月底前",
        "合计|2项||",
        "^4注：排在第一位的为牵头单位，各责任单位要按时完成。",
    )
    assert [(t.path, t.text) for t in result.tasks] == [
        ("1", "推行网上办理。"),
        ("2.2", "开展抽查。"),
    ]


def test_a_row_without_a_measure_is_the_task_that_it_names() -> None:
    result = page(
        "序号|项目名称|建设内容|责任单位|完成时限",
        "1|一号泵站工程|新建泵站1座。|县水利局|2024年6月底前",
        "2|二号泵站改造工程||县水利局|2025年6月底前",
    )
    assert [(t.title, t.text) for t in result.tasks] == [
        ("一号泵站工程", "新建泵站1座。"),
        (None, "二号泵站改造工程"),
    ]
    assert [r.role for r in result.responsibilities] == ["responsible", "responsible"]
    assert [str(d.end_on) for d in result.deadlines] == ["2024-06-30", "2025-06-30"]


def test_a_name_in_the_first_column_is_a_task_too() -> None:
    result = page(
        "工作任务|具体措施|责任单位|完成时限",
        "优化服务|推行网上办理。|县行政审批局|2024年6月底前",
        "开展双随机联合抽查||县市场监管局|2024年12月底前",
    )
    assert [(t.title, t.text) for t in result.tasks] == [
        ("优化服务", "推行网上办理。"),
        (None, "开展双随机联合抽查"),
    ]
    assert answers(result, "开展") == ["responsible assigned 县市场监管局"]


def test_a_cell_of_units_over_rows_is_inherited_by_each() -> None:
    result = page(
        "序号|工作任务|责任单位|完成时限",
        "1|推行网上办理。|_2县行政审批局|2024年6月底前",
        "2|开展抽查。|2024年12月底前",
    )
    assert answers(result, "推行") == ["responsible inherited 县行政审批局"]
    assert answers(result, "开展") == ["responsible inherited 县行政审批局"]


def test_tables_that_assess_are_no_task_tables() -> None:
    for head in ("考核项目|考核内容|分值|评分标准", "一级指标|二级指标|分值|评价标准"):
        result = page(f"序号|{head}", "1|培训|组织培训。|10|未组织的扣5分。")
        assert result.tasks == []


def test_duties_under_an_unknown_head_beside_who_has_them_are_tasks() -> None:
    table = (
        "部门|政策制定重点领域|对应的健康因素",
        "市教育局|提高学生健康素养，改善学校卫生环境。|健康素养",
        "市公安局|维护社会治安，加强交通安全管理。|社会环境",
        "市民政局|加强社区养老服务建设，开展困难救助。|社会救助",
    )
    assert answers(page(*table), "维护社会治安") == ["responsible assigned 市公安局"]
    roster = (
        "部门|联系人姓名和所在科室|电话",
        "市教育局|张三，安全稳定工作科科长|1",
        "市公安局|李四，治安管理支队政委|2",
        "市民政局|王五，社会救助科副科长|3",
    )
    assert page(*roster).tasks == []


def test_guidance_answers_where_the_table_names_no_other() -> None:
    heads = "序号|改革举措|主要内容|指导部门"
    result = page(heads, "1|知识产权审判|整合审判资源，实行集中审理。|最高人民法院")
    assert answers(result, "整合审判资源") == ["responsible assigned 最高人民法院"]
    beside = page(heads + "|责任单位", "1|改革|整合审判资源，集中审理。|市法院|市司法局")
    assert answers(beside, "整合审判资源") == [
        "support assigned 市法院",
        "responsible assigned 市司法局",
    ]


def test_who_answers_for_a_group_stands_in_its_cell() -> None:
    result = page(
        "领域|序号|数据集名称|简要描述|责任单位",
        "_2医疗健康（牵头单位：省卫生健康委）|1|临床数据集|归集诊疗数据。|市卫生健康委",
        "2|影像数据集|归集影像数据。|市数据局",
        "海洋经济|3|海洋数据集|归集海洋数据。|市数据局",
    )
    assert [answers(result, text) for text in ("归集诊疗", "归集影像", "归集海洋")] == [
        ["lead inherited 省卫生健康委", "responsible assigned 市卫生健康委"],
        ["lead inherited 省卫生健康委", "responsible assigned 市数据局"],
        ["responsible assigned 市数据局"],
    ]


def test_who_answers_for_a_band_of_rows_stands_in_it() -> None:
    result, found = rows(
        "一、优化服务（牵头单位：市司法局）\t\t\t\t\n"
        "(一)加强培训\t1 开展培训。\t\t市财政局\t2024年底\n"
        "二、加强监管\t\t\t\t\n(二)完善制度\t2 建立制度。\t\t市民政局\t2024年底\n"
    )
    assert found == ["A1:1.1.1 1 开展培训。", "A1:2.2.2 2 建立制度。"]
    assert answers(result, "开展培训")[0] == "lead inherited 市司法局"
    assert "lead inherited 市司法局" not in answers(result, "建立制度")


def test_a_groups_unit_that_is_not_understood_is_one_gap() -> None:
    result = page(
        "领域|序号|数据集名称|简要描述|责任单位",
        "_2医疗健康（牵头单位：省卫生健康委、甲乙丙丁）|1|临床数据集|归集诊疗数据。|市卫生健康委",
        "2|影像数据集|归集影像数据。|市数据局",
    )
    assert [gap.quote for gap in result.diagnostics if gap.code == "unit_not_read"] == ["甲乙丙丁"]


def test_what_is_assessed_is_a_task_and_who_assesses_answers_for_nothing() -> None:
    rows = html_table(
        "序号|考核项目|各项分值|考核指标|负责考核部门",
        "|总分|100||",
        "一、|夯实工作基础|40||",
        "1|健全组织体系|5|进一步健全组织体系，及时调整人员。|县林业局",
        "2|强化督查督办|35|推进巡查，得20分。建立台账，得15分。|县林业局",
        "二、|推进专项整治|60|落实管理责任，建立巡护队伍。|县水利局",
        "3|严格日常监管|30|2019年7月底前开展排查。|县水利局 县公安局",
        "三、|加分项目|10|获省级表彰的，加5分。|县林业局",
    )
    html = f"<html><body><h1>明县2019年度镇街工作目标考核细则</h1>{rows}</body></html>"
    result = extract_bytes(html.encode(), "kaohe.html")
    found = [(task.path, task.label, task.title, task.text) for task in result.tasks]
    assert found == [
        ("1.1", "1", "健全组织体系", "进一步健全组织体系，及时调整人员。"),
        ("1.2", "2", "强化督查督办", "推进巡查，得20分。建立台账，得15分。"),
        ("2", "二、", "推进专项整治", "落实管理责任，建立巡护队伍。"),
        ("2.3", "3", "严格日常监管", "2019年7月底前开展排查。"),
    ]
    assert result.responsibilities == []
    assert [d.quote for d in result.deadlines] == ["2019年7月底前"]


def test_a_list_of_duties_whose_table_gives_no_row_says_so() -> None:
    """考核内容 and 评分标准 name neither who does it nor who assesses it: a gap, not silence."""
    page = (
        "<h1>明城县2024年河长制工作责任单位考核细则</h1><table>"
        "<tr><td>序号</td><td>考核内容</td><td>评分标准</td></tr>"
        "<tr><td>1</td><td>组织领导</td><td>成立小组（1分）</td></tr>"
        "<tr><td>2</td><td>日常工作</td><td>上报信息（2分）</td></tr>"
        "<tr><td>3</td><td>宣传工作</td><td>制作展板（3分）</td></tr></table>"
    )
    result = extract_bytes(page.encode(), "paper.html")
    assert not result.tasks
    assert [gap.code for gap in result.diagnostics] == ["no_task_found"]


def test_a_head_or_a_cell_says_who_of_its_list_leads() -> None:
    said = page(
        "序号|工作任务|责任单位（排第一位的为牵头单位）", "1|加强培训，提高能力|市司法局、市财政局"
    )
    lead = ["lead assigned 市司法局", "responsible assigned 市财政局"]
    assert answers(said, "加强培训") == lead
    said = page(
        "序号|工作任务|责任单位",
        "1|加强培训，提高能力|市司法局、市财政局（排第一位的为牵头单位，下同）",
        "2|开展检查，完善制度|市教育局、市民政局",
    )
    assert answers(said, "加强培训") == lead
    assert answers(said, "开展检查")[0] == "lead assigned 市教育局"


def test_columns_for_parts_of_the_year_leave_the_table_one_of_tasks() -> None:
    said = page(
        "序号|工作任务|责任单位|第一季度|第二季度|第三季度|第四季度",
        "1|加强培训，提高能力|市司法局|制定方案|开展培训|检查|总结",
    )
    assert answers(said, "加强培训") == ["responsible assigned 市司法局"]


@pytest.mark.parametrize("label", ["3.", "3、", "（3）", "③", "3．"])
def test_a_group_of_one_row_is_a_group_where_the_measure_has_a_label(label: str) -> None:
    page = (
        "<table><tr><td>工作任务</td><td>工作措施</td><td>责任单位</td></tr>"
        "<tr><td rowspan=2>一、优化服务</td><td>1.开展培训。</td><td>市司法局</td></tr>"
        "<tr><td>2.推行网办。</td><td>市民政局</td></tr>"
        f"<tr><td>二、强化监管</td><td>{label}开展检查。</td><td>市公安局</td></tr></table>"
    )
    result = extract_text(f"<html><body><p>明城市工作任务分工</p>{page}</body></html>")
    assert [(t.path, t.text) for t in result.tasks][-1] == ("2.3", "开展检查。")


def test_a_schedule_says_on_which_days_something_takes_place() -> None:
    cells = "日期|内容\n5月7日|组织学生面谈\n5月9日—5月10日|公布录取结果\n5月30日前|报送总结\n"
    schedule = "某市招生工作方案\n\n" + cells.replace("|", "\t") + "\n某市教育局\n\n2016年3月1日\n"
    result = extract_text(schedule)
    assert [(d.quote, d.kind, str(d.start_on), str(d.end_on)) for d in result.deadlines] == [
        ("5月7日", "in", "2016-05-07", "2016-05-07"),
        ("5月9日—5月10日", "in", "2016-05-09", "2016-05-10"),
        ("5月30日前", "by", "None", "2016-05-30"),
    ]
    due = extract_text(schedule.replace("日期\t", "完成时间\t"))
    assert [d.kind for d in due.deadlines] == ["by", "in", "by"]


def test_a_row_of_a_chinese_number_and_a_name_is_a_group_of_numbered_rows() -> None:
    result = page(
        "序号|重点任务|责任单位",
        "一|加强巡查|",
        "1|加强水库巡查，落实防汛措施。|市水务局",
        "2|加强河道巡查，落实防汛措施。|市水务局",
        "二|做好演练|",
        "3|组织应急演练，储备防汛物资。|市应急局",
    )
    assert [task.path for task in result.tasks] == ["1.1", "1.2", "2.3"]
    alone = page(
        "序号|重点任务|责任单位",
        "一|加强水库巡查，落实防汛措施。|市水务局",
        "二|组织应急演练，储备防汛物资。|市应急局",
    )
    assert [(task.path, task.label) for task in alone.tasks] == [("1", "一"), ("2", "二")]


def test_duties_are_tasks_of_who_has_them() -> None:
    result = page(
        "成员单位|主要职责",
        "市水务局|加强水库巡查，落实防汛措施。",
        "工会、妇联等|动员职工参与防汛，做好宣传。",
    )
    assert answers(result, "加强水库") == ["responsible assigned 市水务局"]
    assert answers(result, "动员职工") == ["responsible assigned 工会", "responsible assigned 妇联"]
