"""Tables that plain text keeps as one cell a line."""

from __future__ import annotations

import pytest
from pace import paces
from test_clean_join import source
from test_clean_tables import rows

from extract import extract_text
from extract.clean import clean
from extract.result import Extraction


def stacked(cells: str) -> str:
    """Cells parted by |, one a line."""
    return cells.replace("|", "\n")


def units_of(result: Extraction, column: str) -> dict[str, list[str]]:
    """The units of each task, each behind a column of its row."""
    units: dict[str, list[str]] = {}
    for row in result.responsibilities:
        units.setdefault(row.task_id, []).append(f"{getattr(row, column)} {row.unit}")
    return units


def answers(result: Extraction, size: int) -> list[tuple[str | None, str, list[str]]]:
    """Path, opening words and units with their roles, of each task."""
    units = units_of(result, "role")
    return [(task.path, task.text[:size], units[task.task_id]) for task in result.tasks]


TASKS = stacked(
    "序号|重点任务|工作措施|责任单位|完成时限|备注"
    "|1|压减时间|开办时间压缩至1个工作日以内。|市行政审批局、市市场监管局|2024年6月底前"
    "|2|优化服务|推行非接触式办税。|每季度开展一次调查。|市税务局|2024年12月底前"
    "|3|规范收费|开展专项检查。|市财政局|各县（区）人民政府|长期坚持"
)


def test_each_row_starts_at_its_number() -> None:
    found = clean(source(f"某市任务分工表\n\n{TASKS}\n注：市直各单位抓好落实。"))
    assert found.flattened == frozenset({0})
    assert rows(found) == [
        ["0 序号", "1 重点任务", "2 工作措施", "3 责任单位", "4 完成时限", "5 备注"],
        [
            "0 1",
            "1 压减时间",
            "2 开办时间压缩至1个工作日以内。",
            "3 市行政审批局、市市场监管局",
            "4 2024年6月底前",
        ],
        [
            "0 2",
            "1 优化服务",
            "2 推行非接触式办税。每季度开展一次调查。",
            "3 市税务局",
            "4 2024年12月底前",
        ],
        [
            "0 3",
            "1 规范收费",
            "2 开展专项检查。",
            "3 市财政局 各县（区）人民政府",
            "4 长期坚持",
        ],
    ]
    assert found.text.endswith("\n注：市直各单位抓好落实。")


def test_the_rows_become_tasks() -> None:
    result = extract_text(f"某市任务分工表\n\n{TASKS}\n")
    assert [(t.label, t.title, t.text) for t in result.tasks] == [
        ("1", "压减时间", "开办时间压缩至1个工作日以内。"),
        ("2", "优化服务", "推行非接触式办税。每季度开展一次调查。"),
        ("3", "规范收费", "开展专项检查。"),
    ]
    assert [r.unit for r in result.responsibilities] == [
        "市行政审批局",
        "市市场监管局",
        "市税务局",
        "市财政局",
        "各县（区）人民政府",
    ]


def test_a_broken_head_groups_over_rows_and_figures() -> None:
    text = stacked(
        "序号|类别|主要指标|单位|2020年|现状|2025年|目标|指标|属性"
        "|1|综合|治理|内涝防治达标率|%|——|95|约束性"
        "|2|城市防洪达标率|%|80|95|约束性"
        "|3|数字|赋能|智能化监测率|%|——|重点城市≥30|一般城市≥15|预期性"
        "|4|海绵|城市|达标面积比例|%|25|55|预期性"
    )
    assert rows(clean(source(text + "\n二、主要任务"))) == [
        ["0 序号", "1 类别", "2 主要指标", "3 单位", "4 2020年现状", "5 2025年目标", "6 指标属性"],
        ["0 1", "1x2 综合治理", "2 内涝防治达标率", "3 %", "4 ——", "5 95", "6 约束性"],
        ["0 2", "2 城市防洪达标率", "3 %", "4 80", "5 95", "6 约束性"],
        [
            "0 3",
            "1 数字赋能",
            "2 智能化监测率",
            "3 %",
            "4 ——",
            "5 重点城市≥30一般城市≥15",
            "6 预期性",
        ],
        ["0 4", "1 海绵城市", "2 达标面积比例", "3 %", "4 25", "5 55", "6 预期性"],
    ]


def test_a_head_over_others_and_a_row_that_nobody_can_read() -> None:
    text = stacked(
        "序号|工作任务|责任分工|牵头单位|配合单位|完成时限"
        "|1|推进小区改造|县住建局|县发改局|2024年底"
        "|2|实施道路提升|县交通局|县财政局|2024年6月底"
        "|3|开展河道清淤|县水利局|2024年10月底"
    )
    assert rows(clean(source(text))) == [
        ["0x2 序号", "1x2 工作任务", "2 责任分工", "4x2 完成时限"],
        ["2 牵头单位", "3 配合单位"],
        ["0 1", "1 推进小区改造", "2 县住建局", "3 县发改局", "4 2024年底"],
        ["0 2", "1 实施道路提升", "2 县交通局", "3 县财政局", "4 2024年6月底"],
        ["0 3开展河道清淤县水利局2024年10月底"],
    ]
    result = extract_text(f"某县重点任务分解表\n\n{text}\n")
    assert [(r.role, r.unit) for r in result.responsibilities] == [
        ("lead", "县住建局"),
        ("support", "县发改局"),
        ("lead", "县交通局"),
        ("support", "县财政局"),
    ]
    assert [g.quote for g in result.diagnostics if g.code == "row_not_read"] == [
        "3开展河道清淤县水利局2024年10月底"
    ]


def test_groups_sums_and_parts_of_a_row() -> None:
    text = stacked(
        "序号|项目名称|建设内容|建设地点|项目起止|总投资|（万元）|河道整治工程/（个）"
        "|1|一号港清淤工程|清淤2600米。|上城区|2021-2022|240"
        "|2|二号港清淤工程|清淤2800米。|上城区|2021-2022|1"
        "|小  计|2|241|泵站工程/（座）"
        "|1|一号泵站工程|新建泵站1座。|拱墅区|2023-2025|390"
        "|（1）|一号泵站配套工程|新建管网3公里。|拱墅区|2021-2022|60"
        "|合  计|3|691"
    )
    assert rows(clean(source(text + "\n附表2")))[1:] == [
        ["0 河道整治工程/（个）"],
        ["0 1", "1 一号港清淤工程", "2 清淤2600米。", "3 上城区", "4 2021-2022", "5 240"],
        ["0 2", "1 二号港清淤工程", "2 清淤2800米。", "3 上城区", "4 2021-2022", "5 1"],
        ["0 小  计", "4 2", "5 241"],
        ["0 泵站工程/（座）"],
        ["0 1", "1 一号泵站工程", "2 新建泵站1座。", "3 拱墅区", "4 2023-2025", "5 390"],
        ["0 （1）", "1 一号泵站配套工程", "2 新建管网3公里。", "3 拱墅区", "4 2021-2022", "5 60"],
        ["0 合  计", "4 3", "5 691"],
    ]
    result = extract_text(f"某市重大项目清单\n\n{text}\n附表2")
    assert [(t.path, t.label, t.title) for t in result.tasks] == [
        ("1", "1", "一号港清淤工程"),
        ("2", "2", "二号港清淤工程"),
        ("1", "1", "一号泵站工程"),
        ("1.1", "（1）", "一号泵站配套工程"),
    ]


def test_units_of_a_cell_that_spans_rows_stand_once_and_groups_nest() -> None:
    text = stacked(
        "序号|工作任务|推进单位"
        "|行动一：再造新极行动（综合区域更新行动）"
        "|1|推进东片区整体更新|区规划资源局、区发展改革委"
        "|2|推进西片区规划研究|区规划资源局、区商务委"
        "|行动二：美丽新居行动（人居环境提升行动）|旧区改造"
        "|3|全面完成零星旧房改造|区“两旧”专班、区房管局"
        "|旧住房更新"
        "|4|推进老旧住房成套改造，基本完成改造任务。"
        "|5|完成多层住宅加装电梯700台"
        "|行动三：空间优化行动（公共设施提升行动）|服务设施改造"
        "|6|率先建成3个示范街镇|区规划资源局、各相关街镇"
        "|7|完成应急场所建设14万平方米。|绿色节能改造"
        "|8|完成建筑节能改造9万平方米|区建设管理委"
    )
    result = extract_text(f"重点任务清单\n\n{text}\n")
    units = units_of(result, "basis")
    found = [(t.path, t.text[:8], units.get(t.task_id)) for t in result.tasks]
    assert found == [
        ("1.1", "推进东片区整体更", ["assigned 区规划资源局", "assigned 区发展改革委"]),
        ("1.2", "推进西片区规划研", ["assigned 区规划资源局", "assigned 区商务委"]),
        ("2.3", "全面完成零星旧房", ["inherited 区“两旧”专班", "inherited 区房管局"]),
        ("2.4", "推进老旧住房成套", ["inherited 区“两旧”专班", "inherited 区房管局"]),
        ("2.5", "完成多层住宅加装", ["inherited 区“两旧”专班", "inherited 区房管局"]),
        ("3.6", "率先建成3个示范", ["inherited 区规划资源局", "inherited 各相关街镇"]),
        ("3.7", "完成应急场所建设", ["inherited 区规划资源局", "inherited 各相关街镇"]),
        ("3.8", "完成建筑节能改造", ["assigned 区建设管理委"]),
    ]
    assert not [gap for gap in result.diagnostics if gap.code == "row_not_read"]


def test_groups_in_a_column_under_a_head_with_its_year() -> None:
    text = stacked(
        "序号|领域|2024年推进任务|牵头责任部门"
        "|一、实施设备更新行动"
        "|1|工业|组织实施技术改造项目1000个以上。|市工信局"
        "|2|新建10家绿色工厂。|市工信局、市发改委"
        "|3|能源与环境|技术改造煤电机组规模355万千瓦以上。|市发改委"
        "|4|加快支撑性电源项目730万千瓦机组建设。"
        "|5|医疗卫生|更新医疗相关设备7000台（套）左右。|市卫生健康委"
        "|二、实施以旧换新行动"
        "|6|车辆|开展汽车“以旧换新”活动。|市商务局"
    )
    result = extract_text(f"任务清单\n\n{text}\n")
    units = units_of(result, "basis")
    assert [(t.path, units[t.task_id]) for t in result.tasks] == [
        ("1.1", ["assigned 市工信局"]),
        ("1.2", ["assigned 市工信局", "assigned 市发改委"]),
        ("1.3", ["inherited 市发改委"]),
        ("1.4", ["inherited 市发改委"]),
        ("1.5", ["assigned 市卫生健康委"]),
        ("2.6", ["assigned 市商务局"]),
    ]


def test_a_missing_cell_beside_other_units_is_empty() -> None:
    text = stacked(
        "序号|工作任务|牵头单位|配合单位"
        "|1|推进小区改造|县住建局|县发改局"
        "|2|实施道路提升|县交通局"
        "|3|开展河道清淤|县水利局|县财政局"
    )
    result = extract_text(f"重点任务清单\n\n{text}\n")
    assert all(row.basis == "assigned" for row in result.responsibilities)


AREAS = stacked(
    "序号|城市|整治数量|2021年计划|2022年计划|1|临江市|24|14|10|2|东丰县|38|20|18|3|南河县|51|26|25"
)


def test_the_last_row_ends_before_the_prose_behind_it() -> None:
    """It took all lines up to (二), and the prose was no text of the paper."""
    prose = "经调研分析，短板主要表现在以下两方面：\n1.设施标准偏低。目前部分老城区标准仅为1年。"
    found = clean(source(f"{AREAS}\n{prose}\n（二）面临形势"))
    assert rows(found)[-1] == ["0 3", "1 南河县", "2 51", "3 26", "4 25"]
    assert found.text.endswith(f"{prose}\n（二）面临形势")


def test_a_figure_of_the_last_row_starts_no_new_list() -> None:
    found = clean(source(f"{AREAS}|4|北山县|11|9|1\n合计|124|69|54".replace("|", "\n")))
    assert rows(found)[-2:] == [
        ["0 4", "1 北山县", "2 11", "3 9", "4 1"],
        ["0 合计", "2 124", "3 69", "4 54"],
    ]


def test_a_figure_before_a_sum_is_no_number_of_a_row() -> None:
    found = clean(source(f"{AREAS}|4|北山县|11|9|5\n小计|124|69|54".replace("|", "\n")))
    assert rows(found)[-2] == ["0 4", "1 北山县", "2 11", "3 9", "4 5"]


TWO = (
    "序号|重点任务|责任单位|完成时限"
    "|1|压减时间|市审批局|2024年6月底前|2|优化服务|市税务局|2024年9月底前"
)


@pytest.mark.parametrize(
    "behind",
    [
        "4|规范收费|市财政局|长期坚持",
        "4|规范收费|市财政局|长期坚持|5|清理证明|市公安局|2024年8月底前",
    ],
    ids=["one", "two"],
)
def test_rows_whose_numbers_do_not_follow_are_rows(behind: str) -> None:
    """They were lines of text, and nothing said that the table ended too soon."""
    prose = "各部门要加强组织领导，落实责任，确保各项任务按期完成。"
    result = extract_text(f"任务分工表\n\n{stacked(f'{TWO}|{behind}')}\n{prose}")
    assert [task.label for task in result.tasks] == ["1", "2", "4", "5"][: 2 + behind.count("局")]
    assert [unit.unit for unit in result.responsibilities][2] == "市财政局"
    assert not result.diagnostics
    assert (result.document.text or "").endswith(f"\n{prose}")


@pytest.mark.parametrize(
    "behind",
    ["注意：各部门|按时报送|2024年底前|不得迟延", "二、工作要求|各部门要加强领导|市司法局要督办"],
)
def test_prose_behind_the_table_is_no_row(behind: str) -> None:
    result = extract_text(f"任务分工表\n\n{stacked(f'{TWO}|{behind}')}")
    assert not [gap for gap in result.diagnostics if gap.code == "row_not_read"]


def test_a_figure_for_each_class_is_one_cell() -> None:
    """县级市≥20 goes on 设区市≥25; 100% after it does not."""
    text = stacked(
        "序号|项目类别|单位|规划目标|完成情况|完成率"
        "|1|新开河道|条|40|40|100%|2|建设管网|公里|2200|5000|227%|3|清淤管网|公里|750|1440|192%"
        "|4|海绵城市建设|平方公里|城市建成区≥20%|设区市≥25|县级市≥20|100%"
    )
    found = clean(source(f"{text}\n注：增加了计划数。"))
    assert rows(found)[-1] == [
        "0 4",
        "1 海绵城市建设",
        "2 平方公里",
        "3 城市建成区≥20%",
        "4 设区市≥25县级市≥20",
        "5 100%",
    ]


@pytest.mark.parametrize(
    "text",
    [
        stacked("序号|重点任务|责任单位|一、加强领导|各部门要加强领导。"),
        stacked("序号|姓名|职务|1|李某|2|王某|局长|3|赵某|副局长|科长|主任"),
        stacked("序号|重点任务|责任单位|1|各部门要加强领导，落实责任。"),
        stacked("重点任务|责任单位|1|推进建设|市司法局|2|加强培训|市财政局"),
    ],
    ids=["no number", "ragged", "one row", "no column of numbers"],
)
def test_what_the_head_does_not_prove_stays_text(text: str) -> None:
    found = clean(source(text))
    assert all(stretch.table is None for stretch in found.stretches)
    assert found.text.replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "序号\n任务\n责任单位\n" * 5_000,
        "序号\n任务\n责任单位\n" + "".join(f"{n}\n推进\n市司法局\n" for n in range(1, 900)),
        "序号\n任务\n责任单位\n" + "1\n" * 5_000,
        "序号\n任务\n责任单位\n" + "".join(f"{n}\n" for n in range(1, 999)),
        "\n".join(f"序号\n任务\n责任单位\n1\n{'推进' * 40}" for _ in range(1_000)),
    ],
    ids=["heads", "rows", "ones", "numbers", "tables"],
)
def test_strange_tables_are_read_in_linear_time(text: str) -> None:
    assert paces(lambda: clean(source(text))) < 30


def test_blank_lines_part_cells_whose_lines_are_broken() -> None:
    cells = (
        "序号|任务类型|重点内容|责任单位|参考文件"
        "|1|城市\n建设管理|负责指导推进全区建设工作。|区建设委、区财政局、\n区水务局，\n各街镇|《工作指引》"
        "|2|系统\n方案|编制系统方案。|区建设委|《实施\n意见》\n（府发〔2024〕3号）"
        "|3|达标\n评估|有序推进达标评估。|区水务局、\n区交通委|《实施意见》"
    )
    result = extract_text("重点任务分解表\n\n" + cells.replace("|", "\n\n") + "\n")
    units = {task.task_id: task.text for task in result.tasks}
    assert [(units[row.task_id], row.unit) for row in result.responsibilities] == [
        ("负责指导推进全区建设工作。", "区建设委"),
        ("负责指导推进全区建设工作。", "区财政局"),
        ("负责指导推进全区建设工作。", "区水务局"),
        ("负责指导推进全区建设工作。", "各街镇"),
        ("编制系统方案。", "区建设委"),
        ("有序推进达标评估。", "区水务局"),
        ("有序推进达标评估。", "区交通委"),
    ]


def test_a_tasks_name_stands_once_for_several_measures() -> None:
    text = stacked(
        "序号|任务名称|任务内容|牵头部门|配合部门|时间节点"
        "|1|加强组织领导|召开动员大会，建立联席会议制度。|区政府办公室|各联席会议成员单位|2019年3月"
        "|2|将垃圾分类纳入专项督查。|区委组织部|区绿化市容局|2019年"
        "|3|完善街镇联席会议制度。|各街镇（园区）|各联席会议成员单位|2019年3月"
        "|4|推进基层建设|落实分析评价制度。|区民政局|各街镇（园区）|2019年"
        "|5|对接网格化管理机制。|各街镇（园区）|区绿化市容局、|区农业农村委|2019年"
    )
    result = extract_text(f"2019年工作任务清单\n\n{text}\n")
    units = units_of(result, "role")
    assert [units[task.task_id] for task in result.tasks] == [
        ["lead 区政府办公室", "support 各联席会议成员单位"],
        ["lead 区委组织部", "support 区绿化市容局"],
        ["lead 各街镇（园区）", "support 各联席会议成员单位"],
        ["lead 区民政局", "support 各街镇（园区）"],
        ["lead 各街镇（园区）", "support 区绿化市容局", "support 区农业农村委"],
    ]


def test_groups_with_a_number_of_their_own_fill_the_column_of_tasks() -> None:
    text = stacked(
        "序号|重点任务|具体工作|时间进度|责任部门"
        "|一|推进综合管理"
        "|1|明确年度工作任务，抓好目标进度|全年推进|区发展改革委、区商务委"
        "|2|编制排放清单，做好核查工作|年内完成|区生态环境局"
        "|二|加快能源转型"
        "|3|推动可再生能源发展，新增装机规模|与国家安排同步|北山园区"
        "|4|分解年度目标任务，制定考核细则|一季度完成|区发展改革委"
    )
    result = extract_text(f"2025年重点工作分工\n\n{text}\n")
    assert answers(result, 6) == [
        ("1.1", "明确年度工作", ["responsible 区发展改革委", "responsible 区商务委"]),
        ("1.2", "编制排放清单", ["responsible 区生态环境局"]),
        ("2.3", "推动可再生能", ["responsible 北山园区"]),
        ("2.4", "分解年度目标", ["responsible 区发展改革委"]),
    ]


def test_rows_under_one_number_and_name() -> None:
    text = stacked(
        "序号|工作事项|主要内容|牵头单位|配合单位"
        "|1|有序扩大来源|现有人员由全科医生组成，开展签约服务。|各区政府|市卫生健康委"
        "|推动人才资源向基层倾斜，优先保障用人。|各区政府|市卫生健康委、市人社局"
        "|引导医师到基层参与签约服务工作。|各区政府|/"
        "|2|优化服务团队|组建团队提供签约服务，做好管理。|各区政府|市卫生健康委"
        "|3|加强宣传引导|采取群众易于接受的方式做好宣传。|市卫生健康委|/"
    )
    result = extract_text(f"重点任务分工表\n\n{text}\n")
    assert answers(result, 4) == [
        ("1", "现有人员", ["lead 各区政府", "support 市卫生健康委"]),
        ("1", "推动人才", ["lead 各区政府", "support 市卫生健康委", "support 市人社局"]),
        ("1", "引导医师", ["lead 各区政府"]),
        ("2", "组建团队", ["lead 各区政府", "support 市卫生健康委"]),
        ("3", "采取群众", ["lead 市卫生健康委"]),
    ]


def test_heads_stay_apart_and_are_no_group() -> None:
    text = stacked(
        "序号|领域|数据集名称|建设主体|简要描述|应用场景|责任单位|完成时间"
        "|1|医疗健康|诊疗数据集|市卫生信息中心|归集治理诊疗数据，开展脱敏。|用于模型训练。|市卫生健康委|2025年12月"
        "|2|门诊数据集|市中医院|归集治理门诊数据。|用于失眠分析模型。|市卫生健康委|2025年12月"
        "|3|保险数据集|市卫生发展中心|归集检查检验数据，评估投保人。|用于核保。|市数据局|2026年6月"
        "|4|眼病数据集|市眼科医院|归集治理眼科影像。|用于筛查模型。|市卫生健康委|2026年6月"
    )
    result = extract_text(f"数据集建设清单\n\n{text}\n")
    units = units_of(result, "role")
    assert [(t.title, t.text[:6], units[t.task_id]) for t in result.tasks] == [
        ("诊疗数据集", "归集治理诊疗", ["responsible 市卫生健康委"]),
        ("门诊数据集", "归集治理门诊", ["responsible 市卫生健康委"]),
        ("保险数据集", "归集检查检验", ["responsible 市数据局"]),
        ("眼病数据集", "归集治理眼科", ["responsible 市卫生健康委"]),
    ]
    plain = stacked(
        "序号|领域|具体任务|责任单位|1|量子科技|推进通信网络建设，开展应用。|省经信厅"
        "|2|加速标志性产品产业化，推进应用。|省科技厅|3|推动医疗装备示范应用。|省卫生健康委"
    )
    found = extract_text(f"重点任务清单\n\n{plain}\n")
    assert list(units_of(found, "role").values()) == [
        ["responsible 省经信厅"],
        ["responsible 省科技厅"],
        ["responsible 省卫生健康委"],
    ]


def test_a_number_behind_a_sum_opens_the_outer_list_anew() -> None:
    text = stacked(
        "序号|项目名称|建设性质|建设内容|建设地点|总投资"
        "|1|导流河整治工程|新建|整治河道7公里，建设水闸2座。|东江区|47942"
        "|2|新城河治理工程|续建|治理河道6.5公里。|西山县|63370"
        "|小计|2|111312|排涝工程|1|扩大北排工程|522500"
        "|（1）|北排一通道工程|新建|整治河道8公里，建设泵站1座。|东江区|96800"
        "|（2）|北排二通道工程|新建|续建河道5公里。|东江区|42570"
        "|2|姚江西分工程|新建|新开河道3公里。|东江区|19320"
    )
    rows_ = rows(clean(source(f"{text}\n")))
    assert [row[1] for row in rows_ if len(row) == 6] == [
        "1 项目名称",
        "1 导流河整治工程",
        "1 新城河治理工程",
        "1 北排一通道工程",
        "1 北排二通道工程",
        "1 姚江西分工程",
    ]
