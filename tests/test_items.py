"""Which items of a paper are tasks, with their paths, titles, texts and units (contract, tasks)."""

from __future__ import annotations

import pytest

from extract import extract_text
from extract.outline.headings import section_kind
from extract.result import Extraction

TITLE = "某市提升服务质量实施方案\n\n"


def plan(*paragraphs: str) -> Extraction:
    """A plan of these paragraphs."""
    return extract_text(TITLE + "\n\n".join(paragraphs) + "\n")


def tasks(result: Extraction) -> list[tuple[str | None, str | None]]:
    """Path and title of each task."""
    return [(task.path, task.title) for task in result.tasks]


def answers(result: Extraction, place: int) -> list[str]:
    """role basis unit of the answers to a task, by the task's place."""
    wanted = result.tasks[place].task_id
    return [
        f"{row.role} {row.basis} {row.unit}"
        for row in result.responsibilities
        if row.task_id == wanted
    ]


def test_headings_that_have_run_into_the_line_before_them_begin_their_parts() -> None:
    result = plan(
        "一、工作目标",
        "2025年底前，实现证照免提交。二、重点任务（一）梳理清单。市司法局要梳理清单。",
        "（二）统一标准。市数据局要统一标准。",
        "三、保障措施",
        "（三）加强协调。34.2024年底前，市司法局要召开会议。",
    )
    assert [task.path for task in result.tasks] == ["2.1", "2.2", "3.3"]


def test_an_item_behind_a_statement_may_begin_with_a_year() -> None:
    result = plan(
        "1.完善准入机制。（市发展改革委负责）2.2024年2月底前，组织开展排查。（市财政局负责）",
        "3.清理收费。（市财政局负责）",
    )
    assert [task.text for task in result.tasks] == [
        "完善准入机制。",
        "2024年2月底前，组织开展排查。",
        "清理收费。",
    ]


def test_a_blanket_says_nothing_new_of_units_that_its_own_list_has() -> None:
    result = plan(
        "一、加强培训。开展培训。（市司法局，各县（区）人民政府负责，以下工作均需县（区）人民政府落实，不再列出）",
        "二、建设平台。建成平台。（市数据局负责）",
    )
    assert answers(result, 0) == [
        "responsible assigned 市司法局",
        "responsible assigned 各县（区）人民政府",
    ]
    assert answers(result, 1) == [
        "responsible assigned 市数据局",
        "responsible inherited 县（区）人民政府",
    ]


def test_a_date_leads_in_the_figures_of_the_lines_below_it() -> None:
    result = plan(
        "一、总体要求",
        "到2028年，力争实现：",
        "——培育龙头企业10家；",
        "——制度更加健全。",
        "——覆盖率达到90%以上。",
        "其他事项另行安排。",
        "覆盖面积达到50平方公里。",
        "二、重点任务",
        "（一）优化服务。建立管理制度。",
    )
    due = {row.deadline_id: row.quote for row in result.deadlines}
    assert [(row.quote, due.get(row.deadline_id or "")) for row in result.targets] == [
        ("10家", "到2028年"),
        ("90%以上", "到2028年"),
        ("50平方公里", None),
    ]


def test_an_organ_told_twice_under_two_names_is_one_row() -> None:
    result = extract_text(
        "大同市人民政府关于印发大同市提升服务质量实施方案的通知\n\n一、重点任务\n\n"
        "（一）优化服务。大同市司法局要组织培训。市司法局要加强检查。\n"
    )
    assert answers(result, 0) == ["responsible subject 大同市司法局"]


def test_lowest_items_are_tasks_and_numbers_are_taken_as_printed() -> None:
    result = plan(
        "一、总体要求",
        "到2025年底，服务质量明显提升。",
        "二、重点任务",
        "（一）优化服务",
        "3．加强培训。组织开展业务培训。",
        "4．完善制度。建立健全管理制度。",
        "（二）强化监管",
        "5．规范检查。严格检查程序。",
        "三、保障措施",
        "（一）加强领导。建立工作机制。",
    )
    assert tasks(result) == [
        ("2.1.3", "加强培训"),
        ("2.1.4", "完善制度"),
        ("2.2.5", "规范检查"),
        ("3.1", "加强领导"),
    ]
    assert [task.kind for task in result.tasks] == ["main", "main", "main", "safeguard"]
    assert [row.end_on.isoformat() for row in result.deadlines if row.end_on] == ["2025-12-31"]
    assert result.deadlines[0].task_id is None


def test_each_part_that_closes_with_a_statement_is_a_task_of_the_item() -> None:
    result = plan(
        "一、优化环境。简化办事流程，压缩时限。（责任单位：市司法局）推行网上办理，减少材料。"
        "（责任单位：市财政局、民政局）",
        "二、加强宣传。做好宣传引导。（责任单位：市教育局）",
    )
    assert tasks(result) == [("1", "优化环境"), ("1", None), ("2", "加强宣传")]
    assert result.tasks[1].text == "推行网上办理，减少材料。"
    assert answers(result, 1) == ["responsible assigned 市财政局", "responsible assigned 市民政局"]


def test_an_upper_item_with_a_statement_is_the_parent_of_those_below() -> None:
    result = plan(
        "一、优化服务。统筹推进各项服务。（牵头单位：市司法局）",
        "（一）加强培训。组织业务培训。",
        "（二）完善制度。建立管理制度。",
    )
    assert tasks(result) == [("1", "优化服务"), ("1.1", "加强培训"), ("1.2", "完善制度")]
    upper = result.tasks[0].task_id
    assert [task.parent_task_id for task in result.tasks] == [None, upper, upper]


def test_a_list_of_conditions_belongs_to_the_item_above() -> None:
    result = plan(
        "一、办理登记。符合下列条件之一的，可到学校登记：",
        "1.在本区居住满一年；",
        "2.在本区缴纳社会保险。",
        "二、加强监督。市教育局要加强监督检查。",
    )
    assert [task.path for task in result.tasks] == ["1", "2"]
    assert "缴纳社会保险" in result.tasks[0].text


def test_what_is_granted_stands_under_a_heading_of_whom() -> None:
    result = plan(
        "一、补贴对象和补贴标准",
        "（一）补贴对象",
        "从事农业生产的农民和组织。",
        "（二）补贴标准",
        "1.组织分档测算。由省农业农村厅组织测算。",
        "2.单机补贴限额。严格执行限额，一般机具补贴不超过5万元。",
    )
    assert [task.path for task in result.tasks] == ["1.2.1", "1.2.2"]


def test_a_paper_called_the_first_of_the_year_gives_tasks() -> None:
    result = extract_text(
        "2026年中央一号文件\n\n中央一号文件2月3日由新华社受权发布，对乡村全面振兴进行了部署。\n\n"
        "一、提升质量效益\n\n（一）稳定粮油生产。粮食产量稳定在1.4万亿斤左右。\n\n（二）加强耕地保护。严守红线。\n"
    )
    assert [task.path for task in result.tasks] == ["1.1", "1.2"]


def test_an_item_that_only_says_that_conditions_follow_is_no_task() -> None:
    result = plan(
        "一、研发机构一般应符合以下条件。",
        "（一）具有独立法人资格，内控制度健全完善。",
        "（二）主要开展基础研究，提供研发服务。",
        "二、建设研发机构。支持科研院所建设平台。",
    )
    assert [task.path for task in result.tasks] == ["2"]


@pytest.mark.parametrize(
    "closing",
    [
        "本方案自印发之日起施行，有效期3年。",
        "本方案由市司法局负责解释。",
        "征求意见时间：2026年3月20日至4月19日。",
    ],
)
def test_what_says_only_when_it_holds_is_outside(closing: str) -> None:
    result = plan("一、加强培训。组织业务培训。", "二、完善制度。建立管理制度。", closing)
    assert result.tasks[-1].text.endswith("建立管理制度。")


def test_a_short_last_item_is_not_hidden_by_the_words_behind_it() -> None:
    result = plan(
        "一、加强培训。组织业务培训。", "二、建设社区。鼓励建设社区。", "自公布之日起施行。"
    )
    assert [task.path for task in result.tasks] == ["1", "2"]


def test_a_run_on_line_is_cut_at_its_labels() -> None:
    text = (
        "国务院办公厅关于优化服务的实施意见国办发〔2020〕24号\n\n"
        "各省、自治区、直辖市人民政府："
        + "为优化服务，经国务院同意，现提出以下意见。"
        * 20
        + "一、优化审批"
        "（一）简化流程。优化审批流程。（国家发展改革委牵头，国务院相关部门按职责分工负责）"
        "（二）压缩时限。压缩办理时限。（司法部负责）二、加强监管"
        "（三）规范检查。规范检查行为。（公安部负责）\n"
    )
    result = extract_text(text)
    assert tasks(result) == [("1.1", "简化流程"), ("1.2", "压缩时限"), ("2.3", "规范检查")]
    assert answers(result, 0) == [
        "lead assigned 国家发展改革委",
        "responsible assigned 国务院相关部门",
    ]


def test_a_run_on_line_goes_on_counting_over_a_page() -> None:
    filler = "健全工作制度，明确工作责任。" * 40
    heads = ["一、优化环境（一）简化流程。", "（二）降低税负。", "二、促进就业（三）扩大就业。"]
    first = "".join(head + filler for head in heads)
    heads = ["（四）加强培训。", "三、推动转型（五）创新方式。", "（六）深化应用。"]
    second = "".join(head + filler for head in [*heads, "四、扩大开放（七）加强合作。"])
    assert [path for path, _ in tasks(plan(first, second))] == [
        "1.1",
        "1.2",
        "2.3",
        "2.4",
        "3.5",
        "3.6",
        "4.7",
    ]


def test_a_run_on_line_is_cut_at_its_digits() -> None:
    line = (
        "（一）加强管理。1.各学校要公布招生计划，接受社会监督。"
        + "建立管理制度，落实工作责任。" * 30
        + "2.各区县要开展检查。3.市教育局要组织督导，通报结果。"
    )
    assert [path for path, _ in tasks(plan("一、重点任务", line))] == ["1.1.1", "1.1.2", "1.1.3"]
    short = "（一）提交材料。建立台账。1.身份证。2.户口簿。"
    assert [path for path, _ in tasks(plan("一、重点任务", short))] == ["1.1"]


def test_a_closing_statement_ends_its_item_where_the_break_was_lost() -> None:
    line = (
        "7.推进能源建设。加快项目落地。（责任单位：市发展改革委，各县（区）政府）"
        "8.补齐设施短板。推进管道改造。[责任单位：市住房城乡建设局]"
        "（三）加强监管。组织检查（每月一次）2次以上。（市公安局负责）二、组织保障"
    )
    result = plan("一、重点任务", "（一）优化布局", line, "（一）加强领导。建立工作专班。")
    assert tasks(result) == [
        ("1.1.7", "推进能源建设"),
        ("1.1.8", "补齐设施短板"),
        ("1.3", "加强监管"),
        ("2.1", "加强领导"),
    ]


def test_contents_before_a_preface_are_no_items() -> None:
    contents = ["一、规划背景", "二、重点任务", "（一）提升就业服务能力", "（二）加强资金保障"]
    result = plan(
        *contents,
        "本规划依据国家规划编制，是今后五年工作的依据。",
        "一、规划背景",
        "五年来，工作取得成效。",
        "二、重点任务",
        "（一）提升就业服务能力",
        "组织开展培训。",
        "（二）加强资金保障",
        "安排专项资金。",
    )
    assert tasks(result) == [("2.1", "提升就业服务能力"), ("2.2", "加强资金保障")]


def test_a_heading_run_into_its_text_names_its_section() -> None:
    result = plan(
        "一、2023年工作回顾过去一年，各地区建立管理制度，推进改革。",
        "二、2024年经济社会发展总体要求和政策取向今年要推进改革，建立制度。",
        "三、重点任务",
        "（一）加强培训。组织业务培训。",
    )
    assert tasks(result) == [("3.1", "加强培训")]


def test_an_order_rule_holds_for_every_later_list() -> None:
    result = plan(
        "一、加强培训。组织培训。（责任单位：市司法局、市财政局。列第一位的为牵头单位，下同）",
        "二、完善制度。建立制度。（责任单位：市教育局、市民政局）",
        "三、加强监督。开展监督。（责任单位：市公安局）",
    )
    assert answers(result, 1)[0] == "lead assigned 市教育局"
    assert answers(result, 2) == ["lead assigned 市公安局"]


def test_an_order_rule_in_a_paragraph_of_its_own_holds_for_all() -> None:
    result = plan(
        "为落实工作，制定本方案（排在第一位的为牵头单位）。",
        "一、加强培训。组织培训。（责任单位：市司法局、市财政局）",
    )
    assert answers(result, 0) == ["lead assigned 市司法局", "responsible assigned 市财政局"]


def test_a_blanket_statement_is_inherited_by_later_statements() -> None:
    result = plan(
        "一、加强培训。组织培训。（责任单位：市司法局；以下均需各县〔市、区〕政府落实，不再逐一列出）",
        "二、完善制度。建立制度。（责任单位：市教育局）",
        "三、加强监督。开展监督。",
    )
    assert "responsible assigned 各县〔市、区〕政府" in answers(result, 0)
    assert "responsible inherited 各县〔市、区〕政府" in answers(result, 1)
    assert answers(result, 2) == []


def test_a_department_as_heading_answers_for_the_item() -> None:
    result = plan("一、职责分工", "1.市教育局：负责组织开展培训。", "2.市财政局：负责保障经费。")
    assert answers(result, 0) == ["responsible subject 市教育局"]


def test_an_item_that_says_what_an_organ_does_is_a_task() -> None:
    result = plan(
        "一、职责分工",
        "1.市市场监管局加强散煤销售点检查。",
        "2.市公安局依法打击违法行为。",
        "3.各区开展巡查。",
        "4.散煤销售点共有30个。",
    )
    assert [task.path for task in result.tasks] == ["1.1", "1.2", "1.3"]
    assert [answers(result, place) for place in range(3)] == [
        ["responsible subject 市市场监管局"],
        ["responsible subject 市公安局"],
        ["responsible subject 各区"],
    ]


def test_what_a_department_looks_at_is_its_task() -> None:
    result = plan(
        "一、检查事项",
        "（一）气象部门：是否建立防雷制度；是否定期开展检测。",
        "（二）消防部门：现场抽查灭火器材。",
        "（三）市教育局：联系人张三，电话6543210。",
        "（四）财政部门：三个。",
    )
    assert [task.path for task in result.tasks] == ["1.1", "1.2"]
    assert [answers(result, place) for place in range(2)] == [
        ["responsible subject 气象部门"],
        ["responsible subject 消防部门"],
    ]


def test_a_heading_of_duties_names_who_answers_for_the_items_below() -> None:
    result = plan(
        "一、职责分工",
        "（一）市教育部门主要职责。",
        "1.制订招生工作政策。",
        "2.负责招生计划的审批。（责任单位：市教育局）",
        "（二）工作职责。",
        "3.制订招生方案。",
        "（三）生产经营单位主要职责。",
        "4.落实安全制度。",
    )
    assert answers(result, 0) == ["responsible inherited 市教育部门"]
    assert answers(result, 1) == ["responsible assigned 市教育局"]
    assert answers(result, 2) == []
    assert answers(result, 3) == []


def test_a_heading_that_tells_somebody_to_act_is_no_title() -> None:
    result = plan(
        "一、督查和处罚",
        "1.教育部门要明确划定招生范围。学校不得跨区域招生。",
        "2.要切实加强组织领导。各区县制订工作方案。",
        "3.市教育督导部门将对招生工作进行督查。督查结果纳入考核。",
    )
    assert tasks(result) == [("1.1", None), ("1.2", "要切实加强组织领导"), ("1.3", None)]
    assert {task.kind for task in result.tasks} == {"safeguard"}


@pytest.mark.parametrize(
    ("part", "first", "kind"),
    [
        ("健全工作机制", "加强组织领导", "safeguard"),
        ("围绕机制建设强化监督", "强化组织保障", "safeguard"),
        ("健全工作机制", "加强基层党组织建设", "main"),
        ("主要任务", "加强组织领导", "main"),
    ],
)
def test_a_part_that_begins_with_its_leadership_safeguards(
    part: str, first: str, kind: str
) -> None:
    result = plan(
        "一、重点任务",
        "（一）加强培训。市司法局要组织培训。",
        f"二、{part}",
        f"（二）{first}。完善制度。",
        "（三）强化资金保障。落实资金。",
    )
    assert [task.kind for task in result.tasks] == ["main", kind, kind]


@pytest.mark.parametrize(
    "lines",
    [
        ("责任单位：", "市财政局、市司法局"),
        ("（责任单位：", "市财政局、", "市司法局）"),
        ("（责任单位：市财政局、", "市司法局）"),
    ],
)
def test_who_answers_on_lines_of_its_own(lines: tuple[str, ...]) -> None:
    result = plan(
        "一、重点任务", "1.加强培训。组织培训，提高能力。", *lines, "2.开展检查。完善制度。"
    )
    assert answers(result, 0) == ["responsible assigned 市财政局", "responsible assigned 市司法局"]
    assert result.tasks[0].text == "加强培训。组织培训，提高能力。"


def test_an_item_that_ran_into_a_statement_without_its_bracket() -> None:
    result = plan(
        "一、重点任务",
        "（1）加强培训。组织培训。（责任单位：市司法局，各县（市）区（2）开展检查。完善制度。（责任单位：市财政局）",
        "（3）落实要求。按照（2）的要求落实。（责任单位：市教育局）",
    )
    assert [task.label for task in result.tasks] == ["（1）", "（2）", "（3）"]
    assert answers(result, 0) == [
        "responsible assigned 市司法局",
        "responsible assigned 各县（市）区",
    ]
    assert answers(result, 1) == ["responsible assigned 市财政局"]


def test_words_of_who_answers_that_are_left_are_told() -> None:
    result = plan(
        "一、重点任务", "1.加强培训，责任单位：市司法局组织培训", "2.开展检查。（市司法局牵头）"
    )
    told = [gap for gap in result.diagnostics if gap.code == "statement_not_read"]
    assert [gap.quote for gap in told] == ["责任单位："]


def test_a_label_alone_on_its_line_takes_the_next() -> None:
    result = plan(
        "一、重点任务", "（一）", "加强培训。市司法局要组织培训。", "（二）", "开展检查。完善制度。"
    )
    assert tasks(result) == [("1.1", "加强培训"), ("1.2", "开展检查")]


def test_articles_of_a_regulation_are_sections() -> None:
    result = extract_text(
        "某市信息公开规定\n\n第一条 为规范公开工作，制定本规定。\n\n第二条 行政机关应当公开信息。\n"
    )
    assert result.tasks == []
    assert [s.label for s in result.sections if s.label] == ["第一条", "第二条"]


def test_articles_of_measures_are_items() -> None:
    result = extract_text(
        "某区支持发展若干措施\n\n第一条 空间支持\n\n为企业提供空间。（责任单位：区科技局）\n\n"
        "第二条 人才支持\n\n对人才给予补贴。（责任单位：区人力资源局）\n"
    )
    assert tasks(result) == [("1", "空间支持"), ("2", "人才支持")]


def test_the_purpose_and_the_scope_of_measures_direct_nobody() -> None:
    result = extract_text(
        "某区支持发展若干措施\n\n第一条 为加快产业发展，推进要素集聚，特制定本措施。\n\n"
        "第二条 【适用范围】\n\n本措施适用于本区企业，支持经区科技局认定的机构。\n\n"
        "第三条 【空间支持】\n\n为企业提供空间，推进载体建设。\n"
    )
    assert [task.path for task in result.tasks] == ["3"]


def test_a_plan_in_the_articles_of_a_regulation_is_one() -> None:
    articles = [
        "第一条 本方案适用于在本市就业人员的子女。",
        "第二条 本方案中的子女是指未满18周岁的儿童。",
        "第三条 申请人必须年满6周岁，并向学校提出申请。",
        "第四条 在本市参加志愿服务的，每次2分，最高不超过20分。",
        "第五条 本方案由市教育局负责解释。",
    ]
    assert tasks(plan(*articles)) == []
    measures = ["第一条 办公空间支持。提供免费工位，建设服务专区。", *articles[2:], articles[0]]
    assert tasks(plan(*measures)) != []
    supported = [*articles[:2], "第三条 【空间支持】建设服务专区。", *articles[3:]]
    named = extract_text("某区支持发展若干措施\n\n" + "\n\n".join(supported) + "\n")
    assert [task.path for task in named.tasks] == ["3", "4"]


def test_what_defines_a_word_is_no_task() -> None:
    result = plan(
        "一、服务对象认定",
        "（一）认定标准。本措施所称一人公司，采用广义认定，支持个人创业。",
        "（二）一人公司，指个人在技术协助下设立的公司，给予支持。",
        "二、重点任务",
        "（一）加强培训。组织业务培训。",
        "（二）公租房管理。公租房是指政府提供的住房。市住建局要建立制度。",
    )
    assert tasks(result) == [("2.1", "加强培训"), ("2.2", "公租房管理")]


def test_a_place_as_heading_says_where_and_not_who() -> None:
    result = plan(
        "一、空间布局",
        "（一）滨海湾新区：侧重国际应用，建设服务中心。",
        "（二）滨海湾新区管委会：负责建设服务中心。",
        "（三）经济开发区：负责建设服务中心。",
    )
    assert [answers(result, place) for place in (0, 1, 2)] == [
        [],
        ["responsible subject 滨海湾新区管委会"],
        ["responsible subject 经济开发区"],
    ]


def test_a_list_of_what_is_forbidden_gives_no_tasks_and_its_figures_ask_for_nothing() -> None:
    result = plan(
        "一、违规行为",
        "（一）学校在招生中，以下行为属违规行为：",
        "1.组织考试选拔学生的；",
        "2.招收借读学生20人以上的；",
        "二、重点任务",
        "（一）加强培训。组织业务培训10场。",
    )
    assert [task.path for task in result.tasks] == ["2.1"]
    assert [target.quote for target in result.targets] == ["10场"]


def test_news_gives_nothing() -> None:
    result = extract_text(
        "本报讯 记者1月14日从会议上获悉，去年全市企业突破1000家，增长20%。\n\n"
        "会议指出，要加强服务，到2025年底实现全覆盖。\n"
    )
    assert (result.tasks, result.deadlines, result.targets) == ([], [], [])
    assert [gap.code for gap in result.diagnostics] == ["no_official_paper"]
    assert [gap.code for gap in extract_text(" \n ").diagnostics] == ["empty_file"]


UNNUMBERED = """某市支持创业发展的若干措施
为贯彻落实中央、省、市关于创业工作的决策部署，营造良好创业生态，结合实际，制定本措施。
提供免费办公空间。
鼓励专业化载体设立服务区，提供一站式服务，给予一定补助。
支持购买算力服务。
对符合条件的企业，按照实际费用的30%给予补贴，每家最高10万元。
经评审，结果向社会公布。
加强融资服务
发挥引导基金作用，设立总规模5000万元的专项基金，由市财政局负责。
""".replace("\n", "\n\n")


def test_items_that_lost_their_numbers_stand_under_their_headings() -> None:
    found = extract_text(UNNUMBERED)
    assert [(task.label, task.path, task.title) for task in found.tasks] == [
        (None, None, "提供免费办公空间"),
        (None, None, "支持购买算力服务"),
        (None, None, "加强融资服务"),
    ]
    assert found.tasks[1].text.endswith("向社会公布。")
    assert [target.task_id for target in found.targets] == [
        found.tasks[1].task_id,
        found.tasks[1].task_id,
        found.tasks[2].task_id,
    ]


def test_short_lines_and_a_book_below_unnumbered_headings_are_none() -> None:
    told = "鼓励专业化载体设立"
    lines = "补贴标准\n\n", "（市科技局）\n\n《创业办法》\n\n", "加强空间服务。"
    for below in (line + told for line in lines):
        found = extract_text(UNNUMBERED.replace(told, below))
        assert [task.title for task in found.tasks] == [
            "提供免费办公空间",
            "支持购买算力服务",
            "加强融资服务",
        ]


def test_two_in_three_unnumbered_headings_say_what_to_do() -> None:
    one = UNNUMBERED.replace("提供免费办公空间。", "创业空间服务内容")
    assert extract_text(one).tasks[0].title == "创业空间服务内容"
    two = one.replace("支持购买算力服务。", "算力服务补贴对象")
    assert [task.label for task in extract_text(two).tasks if task.label is None] == []


@pytest.mark.parametrize(
    "text",
    [
        UNNUMBERED.replace("若干措施\n\n", "管理办法\n\n").replace("本措施", "本办法"),
        UNNUMBERED.replace("支持购买算力服务。\n\n", ""),
        UNNUMBERED.replace("提供免费", "（一）提供免费"),
        UNNUMBERED.replace("加强融资服务", "加强组织领导"),
        UNNUMBERED.replace("购买算力服务。\n\n", "购买算力服务。\n\n扩大开放范围。\n\n"),
    ],
    ids=[
        "regulation",
        "two headings",
        "one number",
        "a safeguard",
        "two headings upon one another",
    ],
)
def test_what_is_not_made_of_unnumbered_items_has_none(text: str) -> None:
    assert [task.label for task in extract_text(text).tasks if task.label is None] == []


def test_a_plan_without_a_title_calls_itself_one() -> None:
    text = (
        "全面提升服务水平是增强发展动力的关键。为扎实开展活动，现提出如下实施意见。\n\n"
        "一、重点任务\n\n（一）优化流程。推进网上办理。\n\n（二）加强监管。组织检查。\n"
    )
    assert [task.path for task in extract_text(text).tasks] == ["1.1", "1.2"]
    told = text.replace("现提出如下实施意见", "记者采访了有关部门")
    assert extract_text(told).tasks == []


def test_a_plan_without_items_says_so() -> None:
    result = plan("为做好工作，制定本方案。", "各单位结合实际抓好落实。")
    assert [gap.code for gap in result.diagnostics] == ["no_task_found"]


def test_an_unnumbered_heading_closes_the_numbers_before_it() -> None:
    result = extract_text(
        "某区支持发展若干措施\n\n第一条 空间支持\n\n为企业提供空间。（责任单位：区科技局）\n\n"
        "附则\n\n"
        "（一）适用范围\n\n本措施适用于本区企业。\n\n（二）组织实施\n\n由区科技局组织实施本措施。\n"
    )
    assert [task.path for task in result.tasks] == ["1", "2"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("“十三五”以来取得的成效", "background"),
        ("存在问题与成因分析", "background"),
        ("新时代推进改革的重大意义", "goal"),
        ("2024年经济社会发展总体要求和政策取向", "goal"),
        ("招生原则", "goal"),
        ("招生范围", "task"),
        ("(适用范围)", "other"),
        ("(一站式)服务", "task"),
        ("发展环境", "background"),
        ("打造包容普惠创新的发展环境", "task"),
        ("进一步优化人才发展环境", "task"),
        ("支持海外仓建设布局", "task"),
        ("推进企业兼并重组的指导思想和目标", "goal"),
        ("推动整治工作取得明显成效", "task"),
        ("全面整改存在问题和不足", "task"),
        ("巩固脱贫成效和经验推广", "task"),
        ("持续稳控社会面消防安全形势", "task"),
        ("面临的形势", "background"),
    ],
)
def test_what_a_heading_says_of_its_section(heading: str, kind: str) -> None:
    assert section_kind(heading) == kind


def test_a_statement_that_lost_its_bracket_still_ends_its_item() -> None:
    result = plan(
        "一、重点任务",
        "1.提升服务。组织招聘活动。（市人社局负责，2025年6月底前完成"
        "2.加强监管。开展专项检查。（市财政局牵头，持续推进3.强化宣传。做好政策宣传。（市司法局负责）",
    )
    assert [(task.label, task.title) for task in result.tasks] == [
        ("1.", "提升服务"),
        ("2.", "加强监管"),
        ("3.", "强化宣传"),
    ]
    assert [(row.unit, row.role) for row in result.responsibilities] == [
        ("市人社局", "responsible"),
        ("市财政局", "lead"),
        ("市司法局", "responsible"),
    ]


@pytest.mark.parametrize(
    ("closing", "kept"),
    [
        ("本措施自印发之日起实施，执行期限至2025年12月31日。", ""),
        ("本措施自2025年5月1日起施行。有效期2年。由市司法局负责解释。", ""),
        ("本措施自印发之日起施行。此前规定与本措施不一致的，按照本措施执行。", ""),
        ("本措施自印发之日起施行。各县区要抓好落实。", None),
        ("自2025年起实施培训行动。", None),
    ],
)
def test_what_says_when_a_paper_takes_effect_is_no_part_of_its_last_item(
    closing: str, kept: str | None
) -> None:
    item = "二、强化宣传。做好政策宣传。"
    result = plan("一、提升服务。组织招聘活动。", item + closing)
    words = item.removeprefix("二、") + (closing if kept is None else kept)
    assert result.tasks[-1].text == words


@pytest.mark.parametrize(
    "closing",
    [
        ("二、实施时间。本措施自2025年5月1日起实施。",),
        ("二、附则", "本措施自印发之日起试行，有效期两年。申报条件以年度申报通知为准。"),
    ],
    ids=["in one line", "under a heading of its own"],
)
def test_an_item_that_says_only_when_a_paper_takes_effect_is_no_task(
    closing: tuple[str, ...],
) -> None:
    result = plan("一、提升服务。组织招聘活动。", *closing)
    assert [task.label for task in result.tasks] == ["一、"]


def test_a_closing_heading_whose_text_directs_is_a_task() -> None:
    result = plan("一、提升服务。组织招聘活动。", "二、附则", "各区要加强监督检查，建立台账。")
    assert tasks(result) == [("1", "提升服务"), ("2", "附则")]


def test_who_organises_something_every_year_is_told_so() -> None:
    result = plan("一、提升服务。组织招聘活动。", "二、市科技局每年组织开展社区认定工作。")
    assert [task.path for task in result.tasks] == ["1", "2"]
    assert answers(result, 1) == ["responsible subject 市科技局"]


def test_heads_without_a_sign_between_them_give_no_rows() -> None:
    """Where two columns of units have one head, nothing tells who leads: a gap says so."""
    result = extract_text(
        "明城市2024年责任清单\n\n序号\n重点任务\n主要内容牵头部门责任单位\n1.优化企业开\n"
        "办服务推进电子营业执照应用。\n市市场监管局市数据局、市司法局试点推动企业电子证照关联。\n"
        "市市场监管局市人社局2.提高项目开\n工效率持续实施审批政策。\n市住建局市数据局\n"
    )
    assert not result.tasks
    assert not result.responsibilities
    assert "row_not_read" in {gap.code for gap in result.diagnostics}


def test_heads_without_a_sign_between_them_end_only_their_own_annex() -> None:
    result = extract_text(
        "明城市行动方案\n\n一、优化审批。压减材料。（责任单位：市数据局）\n\n附件1\n\n"
        "明城市责任清单\n\n序号\n重点任务\n主要内容牵头部门责任单位\n1.推进持续实施。\n市住建局市数据局\n\n"
        "附件2\n\n明城市督查工作方案\n\n一、开展督查。组织专项督查。（责任单位：市审计局）\n"
    )
    assert [r.unit for r in result.responsibilities] == ["市数据局", "市审计局"]


def test_when_it_is_due_behind_who_answers_is_no_part_of_the_text() -> None:
    """牵头单位：…。完成时限：… closes an item, on one line or on lines of their own."""
    for closing in (
        "责任单位：市数据局。完成时限：2025年12月。",
        "责任单位：市数据局\n\n完成时限：2025年12月",
        "责任单位：市数据局。完成时限：\n\n2025年12月。",
    ):
        result = plan(f"一、提升服务。组织招聘活动。\n\n{closing}", "二、强化宣传。做好宣传。")
        assert result.tasks[0].text == "提升服务。组织招聘活动。"
        assert [(d.kind, str(d.end_on)) for d in result.deadlines] == [("in", "2025-12-31")]
    ongoing = plan("一、提升服务。组织招聘活动。\n\n责任单位：市数据局。完成时限：持续推进。")
    assert [(d.kind, d.ongoing) for d in ongoing.deadlines] == [("ongoing", True)]


def test_an_item_that_has_run_into_the_line_of_its_due_date_is_one_of_its_own() -> None:
    result = plan(
        "1.优化服务。组织招聘活动。\n\n责任单位：市民政局完成时限：2025年6月底前2.强化宣传。做好政策宣传。",
        "责任单位：市财政局完成时限：2025年12月底前",
    )
    assert [task.path for task in result.tasks] == ["1", "2"]
    assert [(r.unit, r.task_id[-4:]) for r in result.responsibilities] == [
        ("市民政局", "0000"),
        ("市财政局", "0001"),
    ]


def test_one_class_with_and_without_brackets_stands_once() -> None:
    result = plan(
        "1.优化服务。组织招聘活动。（责任单位：各县（区）人民政府、市民政局，各县区人民政府）"
    )
    assert [r.unit for r in result.responsibilities] == ["各县（区）人民政府", "市民政局"]


def test_parts_of_a_paragraph_that_each_close_with_bare_units() -> None:
    """国务院 papers set who answers in brackets behind each part, without a word for the role."""
    result = plan(
        "1.降低门槛。全面清理审批事项。（发展改革委、商务部）简化注册登记。（工商总局）"
        "规范车辆管理。（地方各级人民政府）完善统计制度。（统计局、商务部、财政部）"
    )
    units: dict[str, list[str]] = {}
    for row in result.responsibilities:
        units.setdefault(row.task_id, []).append(row.unit)
    assert [(task.text, units[task.task_id]) for task in result.tasks] == [
        ("降低门槛。全面清理审批事项。", ["发展改革委", "商务部"]),
        ("简化注册登记。", ["工商总局"]),
        ("规范车辆管理。", ["地方各级人民政府"]),
        ("完善统计制度。", ["统计局", "商务部", "财政部"]),
    ]


def test_a_bracket_of_one_unit_inside_a_text_is_no_statement_alone() -> None:
    result = plan("1.降低门槛。全面清理审批事项。（商务部）网站公布清单。各地要做好落实。")
    assert not [r for r in result.responsibilities if r.basis == "assigned"]


def test_a_policy_in_articles_that_is_counted_has_tasks() -> None:
    result = extract_text(
        "某市某区加快新型基础设施建设十条\n\n"
        "第一条　为贯彻落实《方案》，加快建设，制定本政策（简称“新基建10条”）。\n"
        "本政策所称“新基建”是指以5G为代表的基础设施。\n本政策适用于区内企业。\n"
        "第二条　【大力建设新设施】加快建设数据中心。（责任单位：区工业和信息化局）\n"
        "第三条（引进项目）对新引进的企业给予奖励。\n"
        "第四条　统一建设基站。\n第五条　加强宣传。\n"
        "第六条　同一项目符合本区其他政策规定的，按照从高不重复的原则执行。\n"
    )
    assert tasks(result) == [
        ("2", "大力建设新设施"),
        ("3", "引进项目"),
        ("4", None),
        ("5", None),
    ]
    assert result.tasks[0].text == "【大力建设新设施】加快建设数据中心。"


def test_a_number_before_5g_is_a_label() -> None:
    result = extract_text(
        "某省数字经济工作方案\n\n（一）发展产业\n\n1.人工智能产业。推动芯片研发。\n"
        "2.5G产业。加快基站建设。\n3.网络安全产业。推进平台建设。\n"
    )
    assert tasks(result) == [
        ("1.1", "人工智能产业"),
        ("1.2", "5G产业"),
        ("1.3", "网络安全产业"),
    ]


def test_an_item_whose_heading_names_a_goal_directs_all_the_same() -> None:
    result = extract_text(
        "某市专项整治方案\n\n一、重点任务\n\n"
        "（一）明确整改目标。各县区要制定整改方案，报市司法局。（责任单位：市司法局）\n"
        "（二）明确目标任务。各县区要制定年度实施方案。\n"
    )
    assert [title for _, title in tasks(result)] == ["明确整改目标", "明确目标任务"]


@pytest.mark.parametrize(
    "lines",
    [
        ("（责", "任单位：市司法局、市财政局、", "市教育局）"),
        ("〔牵头", "单位：市司法局、市财政局、", "市教育局〕"),
        ("（责任单", "位：市司法局、市财政局、市教育局"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_label_of_who_answers_that_a_line_cut_goes_on(
    lines: tuple[str, ...], between: str
) -> None:
    items = ("1.加强培训。组织业务培训。", *lines, "2.完善制度。建立管理制度。")
    result = extract_text("某市提升服务质量实施方案\n\n一、重点任务\n\n" + between.join(items))
    assert [answer.unit for answer in result.responsibilities] == [
        "市司法局",
        "市财政局",
        "市教育局",
    ]
    assert [task.text for task in result.tasks] == [
        "加强培训。组织业务培训。",
        "完善制度。建立管理制度。",
    ]


def test_numbers_inside_a_statement_begin_no_item() -> None:
    result = plan(
        "一、重点任务",
        "1.加强培训。组织业务培训。（责任单位：（1）市司法局；（2）市财政局）",
        "2.完善制度。建立管理制度。",
    )
    assert [task.path for task in result.tasks] == ["1.1", "1.2"]
    first, second = result.responsibilities
    assert (first.unit, second.unit[-4:]) == ("市司法局", "市财政局")


def test_each_unit_that_heads_a_paragraph_has_a_task() -> None:
    result = extract_text(
        "甲县人民政府办公室关于印发专项行动方案的通知\n\n各乡镇：\n\n"
        "一、责任分工\n\n县商务局：负责市场秩序整治，加强监督管理。\n\n"
        "县公安局：负责查处各类犯罪行为，并配合查处非法存储行为。\n\n"
        "县交通局、县水利局：依法查处擅自改装行为。\n\n各乡镇：负责摸排上报，落实责任。\n\n"
        "二、工作要求\n\n（一）加强领导。各单位要加强领导。\n\n"
        "甲县人民政府办公室\n\n2024年4月1日"
    )
    names = {t.task_id: (t.path, t.title) for t in result.tasks}
    assert list(names.values()) == [
        ("1", "县商务局"),
        ("1", "县公安局"),
        ("1", "县交通局、县水利局"),
        ("1", "各乡镇"),
        ("2.1", "加强领导"),
    ]
    headed = [(names[r.task_id][1], r.unit) for r in result.responsibilities][:4]
    assert {r.basis for r in result.responsibilities} == {"subject"}
    assert headed == [
        ("县商务局", "县商务局"),
        ("县公安局", "县公安局"),
        ("县交通局、县水利局", "县交通局"),
        ("县交通局、县水利局", "县水利局"),
    ]


def test_places_and_things_before_a_colon_head_no_tasks() -> None:
    result = extract_text(
        "甲市教育局关于做好招生工作的通知\n\n各区：\n\n一、咨询电话\n\n"
        "鼓楼区：负责本区咨询，提供服务。\n\n台江区：负责本区咨询，提供服务。\n\n"
        "仓山区：负责本区咨询，提供服务。\n\n甲市教育局\n\n2024年4月1日"
    )
    assert len(result.tasks) <= 1


def test_contents_may_begin_with_their_preface() -> None:
    heads = ["第一章 发展基础", "（一）取得成效", "第二章 重点任务", "（一）推进业务培训"]
    result = plan(
        "目　录",
        "序　言",
        *heads,
        "（二）建设数字平台",
        "序　言",
        "本规划依据国家规划编制，是今后五年工作的依据。",
        *heads,
        "组织开展培训。",
    )
    assert tasks(result) == [("2.1", "推进业务培训")]


def test_articles_may_stand_under_chinese_numbers() -> None:
    result = extract_text(
        "某县关于支持产业发展的实施意见\n\n一、政策支持\n\n第1条 设立引导资金，支持产业发展。\n\n"
        "二、支持范围\n\n（一）投资奖励\n\n第2条 对新上项目给予奖励。\n\n"
        "第3条 对重大项目实行一事一议。\n\n（二）鼓励企业创新\n\n第4条 鼓励研发，给予补助。\n\n"
        "三、组织保障\n\n第5条 成立领导小组，统筹推进工作。\n"
    )
    paths = [(task.path, task.kind) for task in result.tasks]
    assert paths == [
        ("1.1", "main"),
        ("2.1.2", "main"),
        ("2.1.3", "main"),
        ("2.2.4", "main"),
        ("3.5", "safeguard"),
    ]
    assert all("鼓励企业创新" not in task.text for task in result.tasks)


def test_what_only_describes_faults_is_no_task() -> None:
    result = plan(
        "一、治理内容",
        "1.建筑未按标准设置消防设施，或设置不符合标准。",
        "2.管道井内堆放杂物，检查门破损，日常维护管理不到位。",
        "3.未落实消防责任的单位，由消防部门督促整改。",
        "二、工作措施",
        "1.全面排查未设置消防设施的建筑，落实整改。",
    )
    assert [path for path, _ in tasks(result)] == ["1.3", "2.1"]


def test_a_heading_that_ends_in_a_material_lists_no_papers() -> None:
    result = plan(
        "一、工作措施",
        "（二）严格管控外保温材料",
        "1.结合改建工程，拆除可燃外保温材料，落实防范措施。",
        "2.督促业主制作警示标牌，严禁违规动火。",
        "（三）申报材料",
        "1.提交营业执照复印件。",
    )
    assert [path for path, _ in tasks(result)] == ["1.2.1", "1.2.2"]


LETTER = """明城市民政局关于{title}

各县区民政局：

{preface}

一、开展调查。请各县区民政局于3月底前组织调查。

二、报送结果。请各县区民政局及时报送结果。

明城市民政局

2025年3月1日
"""


@pytest.mark.parametrize(
    ("title", "preface", "expected"),
    [
        ("开展养老服务调查的函", "现将有关要求通知如下：", ["1", "2"]),
        ("开展养老服务调查的函", "为做好养老服务工作，商请如下：", ["1", "2"]),
        ("养老服务调查的复函", "来函收悉，现函复如下：", []),
        ("同意开展养老服务调查的批复", "来文收悉，现批复如下：", []),
    ],
)
def test_a_letter_that_tells_its_addressees_what_to_do_gives_tasks_a_reply_none(
    title: str, preface: str, expected: list[str]
) -> None:
    result = extract_text(LETTER.format(title=title, preface=preface))
    assert [task.path for task in result.tasks] == expected


HOSTS = ("主办单位：市文化局", "协办单位：市财政局")
PAIR = ["lead assigned 市文化局", "support assigned 市财政局"]


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (HOSTS, PAIR),
        (("主办：市文化局", "协办：市财政局"), PAIR),
        (("- 牵头单位：市文化局", "- 配合单位：市财政局"), PAIR),
        (("● 牵头单位：市文化局", "● 配合单位：市财政局"), PAIR),
        (("[牵头单位]市文化局", "[配合单位]市财政局"), PAIR),
        (("责任领导：李某某", "牵头单位：市文化局", "配合单位：市财政局"), PAIR),
        (("牵头单位：市文化局", "配合单位：市财政局", "责任人：李某某"), PAIR),
        (
            ("牵头单位：市文化局", "成员单位：市财政局"),
            ["lead assigned 市文化局", "responsible assigned 市财政局"],
        ),
        (("责任领导：李某某　　责任单位：市文化局",), ["responsible assigned 市文化局"]),
    ],
)
def test_lines_of_who_answers_are_no_text(lines: tuple[str, ...], first: list[str]) -> None:
    result = plan("一、重点任务", "1.建设场馆。新建文化馆。", *lines, "2.开展检查。完善制度。")
    assert answers(result, 0) == first
    assert [task.text for task in result.tasks] == [
        "建设场馆。新建文化馆。",
        "开展检查。完善制度。",
    ]


def test_who_runs_an_event_or_a_page_answers_for_no_task() -> None:
    event = plan("一、组织机构", *HOSTS, "二、重点任务", "1.建设场馆。新建文化馆。", *HOSTS)
    assert [(task.path, task.title) for task in event.tasks] == [("2.1", "建设场馆")]
    assert event.responsibilities == []


def test_whom_a_body_has_answers_for_nothing() -> None:
    result = plan("一、重点任务", "1.成立专班。负责协调。", "成员单位：市公安局、市气象局")
    assert result.responsibilities == []


@pytest.mark.parametrize("said", ["（责任单位：同上）", "（责任单位同上）"])
def test_the_same_units_as_above(said: str) -> None:
    result = plan(
        "一、重点任务",
        "1.建设场馆。新建文化馆。（市文化局牵头，市财政局配合）",
        f"2.开展检查。完善制度。{said}",
        "3.组织培训。加强宣传。",
    )
    assert answers(result, 1) == ["lead inherited 市文化局", "support inherited 市财政局"]
    assert answers(result, 2) == []
    assert result.tasks[1].text == "开展检查。完善制度。"
    assert result.diagnostics == []


def kinds(result: Extraction) -> list[tuple[str | None, str]]:
    return [(row.path, row.kind) for row in result.sections]


def test_who_attends_is_a_roster_and_no_task() -> None:
    result = plan(
        "一、会议时间和地点",
        "3月5日上午，市政府会议室。",
        "二、参会人员",
        "（一）市直各部门主要负责人；",
        "（二）各县区分管负责人，负责财务工作的同志。",
        "三、有关要求",
        "（一）请各单位于3月3日前报送名单。",
    )
    assert kinds(result) == [
        ("1", "other"),
        ("2", "roster"),
        ("2.1", "roster"),
        ("2.2", "roster"),
        ("3", "safeguard"),
        ("3.1", "safeguard"),
    ]
    assert [task.path for task in result.tasks] == ["3.1"]


def test_what_a_roster_asks_of_somebody_is_a_task() -> None:
    result = plan("一、参会人员", "各县区分管负责人。请各县区于3月3日前报送名单。")
    assert [task.path for task in result.tasks] == ["1"]


@pytest.mark.parametrize(
    ("paragraphs", "kind"),
    [
        (
            (
                "组　长：李某某　市长",
                "副组长：王某某",
                "成　员：张某某　市发改委主任",
                "　　赵某某",
            ),
            "roster",
        ),
        (("组长：李某某；副组长：王某某；成员：推进办主任张某某",), "roster"),
        (("组长：李某某", "副组长：王某某", "领导小组要定期召开会议，研究解决问题。"), "task"),
        (("由市长任组长，定期研究工作。",), "task"),
    ],
)
def test_a_list_of_posts_is_a_roster(paragraphs: tuple[str, ...], kind: str) -> None:
    result = plan("一、领导小组", *paragraphs, "二、重点任务", "1.建设场馆。新建文化馆。")
    assert result.sections[0].kind == kind
    assert [task.path for task in result.tasks] == (["2.1"] if kind == "roster" else ["1", "2.1"])


def test_duties_below_those_who_hold_the_posts_are_tasks() -> None:
    result = plan("一、组成人员", "（一）市发改委主任。", "（二）主要职责。负责统筹推进改革工作。")
    assert [task.path for task in result.tasks] == ["1.2"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("回顾与总结", "background"),
        ("2023年工作回顾", "background"),
        ("2023年工作总结", "background"),
        ("编制依据", "background"),
        ("认真做好工作总结", "task"),
        ("总结推广经验", "task"),
        ("参会人员", "roster"),
        ("领导小组组成人员", "roster"),
        ("参训人员管理", "task"),
        ("会议议程", "other"),
        ("会议安排", "task"),
        ("活动内容", "task"),
    ],
)
def test_headings_of_what_directs_nobody(heading: str, kind: str) -> None:
    assert section_kind(heading) == kind


def test_what_only_looks_back_is_no_task_and_no_goal() -> None:
    result = plan(
        "一、回顾与总结",
        "全面完成各项任务，推进结构优化。",
        "（一）支持政策不断完善。出台政策文件，落实补贴资金。",
        "二、重点任务",
        "（一）建设场馆。新建文化馆。",
    )
    assert kinds(result)[:2] == [("1", "other"), ("1.1", "other")]
    assert [task.path for task in result.tasks] == ["2.1"]


@pytest.mark.parametrize("blank", [" ", ""])
def test_chapters_without_a_sign_stand_above_decimals(blank: str) -> None:
    result = extract_text(
        "\n".join(
            (
                "某市突发环境事件应急预案",
                f"1{blank}总则",
                f"1.1{blank}编制目的",
                "建立健全应对机制，科学应对事件。",
                f"1.2{blank}适用范围",
                "适用于本市行政区域。",
                f"2{blank}监测预警",
                f"2.1{blank}监测",
                "市生态环境局要加强日常监测。",
            )
        )
    )
    assert [(row.path, row.level, row.heading) for row in result.sections] == [
        ("1", 1, "总则"),
        ("1.1", 2, "编制目的"),
        ("1.2", 2, "适用范围"),
        ("2", 1, "监测预警"),
        ("2.1", 2, "监测"),
    ]
    assert [row.parent_id for row in result.sections[1:3]] == [result.sections[0].section_id] * 2


def test_a_line_with_a_figure_is_no_chapter_without_decimals() -> None:
    result = plan("一、重点任务", "1 总则", "（一）建设场馆。新建文化馆。")
    assert [row.path for row in result.sections] == ["1", "1.1"]


OWN = (
    "一、加强领导。各区水务局要于3月底前制定实施方案，明确责任分工。",
    "二、加强督导。各区水务局要每季度开展检查，报送工作进展情况。",
)
ISSUED = ("一、工作目标", "节水取得成效。", "二、重点任务", "（一）推广滴灌。建设高效节水农田。")


@pytest.mark.parametrize("head", [(), ("附件1",)])
def test_a_notice_that_issues_a_plan_may_direct_by_itself(head: tuple[str, ...]) -> None:
    result = extract_text(
        "\n".join(
            (
                "某市水务局关于印发《某市节水工作方案》的通知",
                "各区水务局：",
                "现将《某市节水工作方案》印发给你们，并就有关事项通知如下：",
                *OWN,
                "某市水务局",
                "2024年3月1日",
                *head,
                "某市节水工作方案",
                *ISSUED,
            )
        )
    )
    assert [task.path for task in result.tasks] == ["1", "2", "A1:2.1"]
    assert result.tasks[1].text == OWN[1].removeprefix("二、")


def test_a_notice_that_only_lists_what_it_issues_has_no_items() -> None:
    result = extract_text(
        "\n".join(
            (
                "某市水务局关于印发《某市节水工作方案》的通知",
                "各区水务局：",
                "现将《某市节水工作方案》印发给你们，请认真贯彻执行。",
                "附件：1.某市节水工作方案",
                "2.某市节水工作任务分工表",
                "某市水务局",
                "2024年3月1日",
                "某市节水工作方案",
                *ISSUED,
            )
        )
    )
    assert [task.path for task in result.tasks] == ["2.1"]


def test_a_part_headed_as_a_goal_s_whose_items_units_answer_for_is_one_of_tasks() -> None:
    result = plan(
        "一、目标任务",
        "（一）绿色村镇。完成绿化2000亩。（市林业局）",
        "（二）通道绿化。完成绿化1000亩。（市交通局公路处）",
        "二、工作目标",
        "（一）总体目标。到2025年，绿化面积达到2000亩。",
        "（二）年度目标。2024年，绿化面积达到1000亩。",
    )
    assert tasks(result) == [("1.1", "绿色村镇"), ("1.2", "通道绿化")]
    assert answers(result, 0) == ["responsible assigned 市林业局"]
    assert answers(result, 1) == ["responsible assigned 市交通局公路处"]


def test_who_answers_may_stand_behind_a_comma() -> None:
    result = plan(
        "一、主要任务",
        "1.完成造林1000亩，责任单位：市林业局、各县（区）政府。",
        "2.组织检查，实施单位：市林业局。",
        "3.严格落实责任，责任单位要加强管理，确保落实到位。",
    )
    assert [(task.title, task.text) for task in result.tasks] == [
        (None, "完成造林1000亩，"),
        (None, "组织检查，"),
        (None, "严格落实责任，责任单位要加强管理，确保落实到位。"),
    ]
    assert answers(result, 0) == [
        "responsible assigned 市林业局",
        "responsible assigned 各县（区）政府",
    ]
    assert answers(result, 1) == ["responsible assigned 市林业局"]
