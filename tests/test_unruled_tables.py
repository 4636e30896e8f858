"""A table of tasks that no rule parts, set by reportlab over two pages with cells of several lines,
empty cells and text about it; its label is the grid it was written as, and the measure is TEDS."""

from __future__ import annotations

import io
from typing import NamedTuple

import pytest
from fonts import true_type
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
from table_recognition_metric import TEDS

from pipelines.measure.bench_tables import GOAL, Label, markup, nearest, placed, tables_of, words

TITLE = "便民服务提升行动任务分解表"
BEFORE = "为做好今年的工作，现将任务分解如下，请抓好落实。"
BEHIND = "各单位要加强协调。"
WRITTEN = """序号|重点任务|工作措施|牵头单位|配合单位|完成时限
1|完善便民服务点布局|在老旧小区和城乡结合部新设便民服务点二十个，统一标识和服务清单。|市民政局|各县（区）政府|2025年6月底
2|开展适老化改造|对五百户特殊困难老年人家庭实施居家适老化改造。|市民政局|市住房和城乡建设局|2025年12月底
3|推行“一件事一次办”|梳理新生儿出生、企业开办等高频事项，减少申请材料。|市数据局||持续推进
4|建设社区食堂||市商务局|市市场监管局、市财政局|2026年
5|提升接诉即办质量|建立诉求分类派单和限时回访机制，每月通报一次办理情况。|市政务服务局|市有关部门|每月
6|规范物业收费|公布收费项目和标准，设置举报电话。|市发展改革委|市市场监管局|
7|增加停车泊位|利用闲置地块和桥下空间建设公共停车场，新增泊位三千个，推动机关停车场错时开放。|市城市管理局|市公安局、市自然资源局|2025年底
8|整治飞线充电|新建电动自行车充电桩一万个。|市消防救援局||
9|更新老旧电梯|分批更新使用十五年以上的住宅电梯，优先安排故障率高的。|市市场监管局|市住房和城乡建设局|2026年底
10|优化公交线网|调整线路二十条，开通社区微循环线路。|市交通运输局|市公安局|2025年9月
11|畅通就医转诊|二级以上医院向基层预留三成号源。|市卫生健康委|市医保局|2025年
12|加强托育服务|新增普惠托位两千个，每个街道至少建成一所托育机构。|市卫生健康委|市教育局、各县（区）政府|2026年6月底"""
ROWS = [row.split("|") for row in WRITTEN.splitlines()]
NUMBERED = (30, 75, 150, 70, 80, 70)
UNNUMBERED = (75, 170, 80, 80, 70)


class Look(NamedTuple):
    """How the table is set: where text stands in its cells (down and across), the space above and
    below it, its size, and whether its head is repeated."""

    down: str = "TOP"
    across: int = 0
    space: int = 4
    size: int = 10
    repeated: bool = True


def printed(rows: list[list[str]], widths: tuple[int, ...], look: Look) -> bytes:
    said = "".join(map("".join, rows)) + TITLE + BEFORE + BEHIND
    pdfmetrics.registerFont(TTFont("Table", io.BytesIO(true_type(said, "Table"))))
    text = ParagraphStyle("text", fontName="Table", fontSize=14, leading=24, wordWrap="CJK")
    cell = ParagraphStyle("cell", text, fontSize=look.size, leading=1.3 * look.size)
    cell.alignment = look.across
    style = [
        ("VALIGN", (0, 0), (-1, -1), look.down),
        ("TOPPADDING", (0, 0), (-1, -1), look.space),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.space),
    ]
    set_so = [[Paragraph(each, cell) for each in row] for row in rows]
    table = Table(set_so, colWidths=widths, repeatRows=int(look.repeated), style=style)
    out = io.BytesIO()
    page = SimpleDocTemplate(out, pagesize=A4, leftMargin=55, rightMargin=55, invariant=1)
    before = [Paragraph(TITLE, text), Paragraph(BEFORE * 6, text), Spacer(0, 260)]
    page.build([*before, table, Spacer(0, 30), Paragraph(BEHIND, text)])
    return out.getvalue()


def likeness(rows: list[list[str]], widths: tuple[int, ...], look: Look) -> float:
    """TEDS of the table as read, next to the label."""
    label = Label("own", "own.pdf", False, placed(rows, words))
    found = nearest(tables_of(printed(rows, widths, look), "own.pdf"), label)
    teds: float = TEDS()(markup(found), markup(label.cells))
    return teds


@pytest.mark.parametrize(
    "look",
    [
        Look(),
        Look(down="MIDDLE", across=1),
        Look(repeated=False),
        Look(space=1),
        Look(space=0),
        Look(space=0, down="MIDDLE"),
        Look(size=14, space=0),
    ],
    ids=str,
)
def test_numbered_rows(look: Look) -> None:
    """Rows of two lines whose numbers stand at their tops were taken for rows of one and of three
    about their numbers, where nothing but the other cells' lines tells."""
    assert likeness(ROWS, NUMBERED, look) == 1


@pytest.mark.parametrize("look", [Look(), Look(down="MIDDLE", space=2), Look(space=1)], ids=str)
def test_rows_without_numbers(look: Look) -> None:
    assert likeness([row[1:] for row in ROWS], UNNUMBERED, look) == 1


@pytest.mark.xfail(
    strict=True, reason="no space parts the rows, and no number says where one begins"
)
def test_rows_without_numbers_that_no_space_parts() -> None:
    assert likeness([row[1:] for row in ROWS], UNNUMBERED, Look(space=0)) >= GOAL


@pytest.mark.xfail(
    strict=True,
    reason="a full stop that hangs over its column's edge leaves less than 0.8 em to the next",
)
def test_punctuation_that_hangs_over_a_column() -> None:
    assert likeness([row[1:] for row in ROWS], UNNUMBERED, Look(size=12, space=2)) >= GOAL
