"""Tables of one cell a line without numbers of rows, each closed by its date and units."""

from __future__ import annotations

import pytest
from test_clean_join import source
from test_clean_tables import rows

from extract import extract_text
from extract.clean import clean
from extract.result import Extraction

HEADS = "工作任务\n内容\n完成时间\n责任单位\n"
TABLE = HEADS + (
    "一、强化引领\n"
    "1.编制计划\n出台三年行动计划\n5月底前\n市司法局（排名第一位的为牵头单位，下同）、市财政局\n"
    "2.梳理清单\n梳理权力清单\n6月20日前\n市委编办，各区县（市）政府\n"
    "梳理服务清单\n8月20日前\n市民政局、\n市教育局\n"
    "二、规范服务\n"
    "3.精简材料\n清理办事材料。\n减少材料30%以上\n全年\n市政务服务局\n"
)
PLAN = (
    "明城市人民政府办公室关于印发分工的通知\n\n各区县（市）人民政府：\n\n现印发给你们。\n\n"
    "明城市人民政府办公室\n\n2024年3月13日\n\n2024年工作任务分工\n\n"
)


def read(table: str) -> Extraction:
    return extract_text(PLAN + table)


def test_a_row_closes_with_its_date_and_units() -> None:
    found = clean(source(TABLE))
    assert found.flattened == frozenset({0})
    assert rows(found) == [
        ["0 工作任务", "1 内容", "2 完成时间", "3 责任单位"],
        ["0 一、强化引领"],
        [
            "0 1.编制计划",
            "1 出台三年行动计划",
            "2 5月底前",
            "3 市司法局（排名第一位的为牵头单位，下同）、市财政局",
        ],
        ["0x2 2.梳理清单", "1 梳理权力清单", "2 6月20日前", "3 市委编办，各区县（市）政府"],
        ["1 梳理服务清单", "2 8月20日前", "3 市民政局、市教育局"],
        ["0 二、规范服务"],
        [
            "0 3.精简材料",
            "1 清理办事材料。减少材料30%以上",
            "2 全年",
            "3 市政务服务局",
        ],
    ]


def test_rows_of_one_task_share_its_number_and_a_row_alone_has_it() -> None:
    result = read(TABLE)
    assert [(t.path, t.label, t.title, t.text[:6]) for t in result.tasks] == [
        ("1.1", "1.", "编制计划", "出台三年行动"),
        ("1.2", None, None, "梳理权力清单"),
        ("1.2", None, None, "梳理服务清单"),
        ("2.3", "3.", "精简材料", "清理办事材料"),
    ]
    paths = {t.task_id: t.text[:6] for t in result.tasks}
    assert [f"{paths[r.task_id]} {r.role} {r.unit}" for r in result.responsibilities] == [
        "出台三年行动 lead 市司法局",
        "出台三年行动 responsible 市财政局",
        "梳理权力清单 lead 市委编办",
        "梳理权力清单 responsible 各区县（市）政府",
        "梳理服务清单 lead 市民政局",
        "梳理服务清单 responsible 市教育局",
        "清理办事材料 lead 市政务服务局",
    ]
    assert [str(d.end_on) for d in result.deadlines][:3] == [
        "2024-05-31",
        "2024-06-20",
        "2024-08-20",
    ]


def test_two_tables_and_what_stands_between() -> None:
    second = (
        "2024年创新项目\n" + HEADS + "5个创新应用\n1.建设平台\n平台上线运行\n10月底前\n市大数据局\n"
    )
    more = "2.开发系统\n上线系统\n11月底前\n市统计局\n3.推广应用\n推广系统\n12月底前\n市财政局\n"
    result = read(TABLE + "\n备注：由市政府办公室解释。\n\n" + second + more)
    assert [t.text for t in result.tasks][-3:] == ["平台上线运行", "上线系统", "推广系统"]
    assert "备注：由市政府办公室解释。" in result.document.text


def test_names_of_tasks_without_numbers() -> None:
    table = (
        HEADS + "编制计划\n出台计划\n5月底前\n市司法局\n梳理清单\n梳理服务清单\n6月底前\n市民政局\n"
    )
    found = read(table + "精简材料\n清理材料\n年底前\n市财政局\n")
    assert [(t.title, t.text) for t in found.tasks] == [
        ("编制计划", "出台计划"),
        ("梳理清单", "梳理服务清单"),
        ("精简材料", "清理材料"),
    ]


def test_units_before_the_date() -> None:
    heads = "工作任务\n牵头单位\n配合单位\n完成时限\n"
    body = "开展培训\n市司法局\n市财政局\n5月底前\n推行网上办理\n市民政局\n各区政府\n6月底前\n"
    result = read(heads + body + "开展检查\n市公安局\n市民政局\n年底前\n")
    assert [(r.role, r.unit) for r in result.responsibilities] == [
        ("lead", "市司法局"),
        ("support", "市财政局"),
        ("lead", "市民政局"),
        ("support", "各区政府"),
        ("lead", "市公安局"),
        ("support", "市民政局"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # two rows prove nothing
        HEADS + "编制计划\n出台计划\n5月底前\n市司法局\n梳理清单\n6月底前\n市民政局\n",
        # no column of dates
        "工作任务\n内容\n责任单位\n编制计划\n出台\n市司法局\n梳理\n清单\n市民政局\n公开\n清单\n市财政局\n",
        # dates without units behind them
        HEADS + "编制计划\n5月底前\n出台。\n梳理\n6月底前\n公布。\n检查\n7月底前\n通报。\n",
    ],
)
def test_what_is_not_sure_stays_text(text: str) -> None:
    assert clean(source(text)).flattened == frozenset()


PLAIN = (
    "工作任务\n责任单位\n完成时间\n编制\n市司法局\n5月底前\n"
    "梳理\n市民政局\n6月底前\n公开\n市财政局\n7月底前\n"
)


@pytest.mark.parametrize(
    "behind",
    [
        "请各单位认真抓好落实，每季度末报市政府办公室。\n新城市人民政府办公室\n2026年4月1日\n",
        "合计\n3项\n制表单位：市政府办公室\n2026年4月1日\n市政府办公室\n",
        "备注：排名不分先后。\n市政府办公室\n12月底前\n",
        "（一）加强领导。各区要成立专班。\n市政府办公室\n12月底前\n",
    ],
)
def test_what_stands_behind_the_table_is_no_row(behind: str) -> None:
    result = extract_text(PLAN + PLAIN + behind)
    assert [t.text for t in result.tasks if t.source == "table"] == ["编制", "梳理", "公开"]


def test_a_signature_behind_the_table_is_one() -> None:
    signed = "\n请各单位抓好落实。\n\n明城市人民政府办公室\n\n2026年4月1日\n"
    result = extract_text("明城市2026年工作任务分工\n\n" + PLAIN + signed)
    assert str(result.document.signed_on) == "2026-04-01"


@pytest.mark.parametrize(
    "odd",
    [
        "开展培训\n—\n市教育局\n8月底前\n",  # an empty cell
        "开展培训\n市教育局\n督促落实\n市政府督查室\n8月底前\n",  # no date in the first of two
        "开展培训\n8月底前\n市教育局\n9月底前\n",  # cells in another order
        "2.开展培训\n3.开展检查\n市教育局\n8月底前\n",  # two rows' names in one
    ],
)
def test_rows_are_never_poured_into_one_another(odd: str) -> None:
    result = extract_text(PLAN + PLAIN + odd)
    assert [t.text for t in result.tasks if t.source == "table"] == ["编制", "梳理", "公开"]


def test_units_a_line_each_are_one_cell() -> None:
    table = (
        HEADS
        + "1.编制\n出台计划\n5月底前\n市司法局\n市财政局\n2.梳理\n梳理清单\n6月底前\n市民政局\n"
    )
    found = read(table + "3.公开\n公开清单\n7月底前\n市教育局\n")
    assert [r.unit for r in found.responsibilities] == [
        "市司法局",
        "市财政局",
        "市民政局",
        "市教育局",
    ]


@pytest.mark.parametrize("more", ["牵头单位\n", "类别\n", "备注\n"])
def test_a_head_inside_a_longer_one_is_none(more: str) -> None:
    assert clean(source(more + PLAIN)).flattened == frozenset()


def test_a_head_that_is_repeated_opens_another_table() -> None:
    result = read(PLAIN + PLAIN.replace("编制", "统计"))
    texts = [t.text for t in result.tasks]
    assert texts == ["编制", "梳理", "公开", "统计", "梳理", "公开"]
