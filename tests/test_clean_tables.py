"""Tables: grids made one over their pages, and tables that plain text had flattened."""

from __future__ import annotations

from pathlib import Path

import pytest
from pace import paces
from test_clean_join import source

from extract.clean import clean
from extract.clean.heads import is_head_row, kind
from extract.model import Canonical, Cell, Grid, Line, Paragraph, Source

RAW = Path(__file__).parent.parent / "data" / "raw"


def rows(found: Canonical, table: int = 0) -> list[list[str]]:
    """The cells of a table by row: column, spans where they are more than one, text."""
    by_row: dict[int, list[str]] = {}
    for s in found.stretches:
        if s.table == table:
            span = f"x{s.row_span}" if s.row_span > 1 else ""
            cell = f"{s.column}{span} {found.text[s.start : s.end]}"
            by_row.setdefault(s.row, []).append(cell)
    return [by_row[row] for row in sorted(by_row)]


TABBED = """任务分解表

重点任务\t主要措施\t责任单位
(一) 提高能力\t加强建设，完善机制。\t市司法局 市财政局
\t加强防控。\t市司法局

— 2 —
重点任务\t主要措施\t责任单位
二、规范执法（共2项）\t\t
(二) 规范执法\t7 组织培训。\t市司法局
\t8 开展轮训。\t

抄送：市纪委监委。"""


def test_tabbed_rows_are_one_table_over_its_pages() -> None:
    found = clean(source(TABBED))
    assert found.flattened == frozenset({0})
    assert rows(found) == [
        ["0 重点任务", "1 主要措施", "2 责任单位"],
        ["0x2 (一) 提高能力", "1 加强建设，完善机制。", "2 市司法局 市财政局"],
        ["1 加强防控。", "2 市司法局"],
        ["0 二、规范执法（共2项）"],
        ["0x2 (二) 规范执法", "1 7 组织培训。", "2 市司法局"],
        ["1 8 开展轮训。"],
    ]
    assert [found.text[s.start : s.end] for s in found.stretches if s.table is None] == [
        "任务分解表",
        "抄送：市纪委监委。",
    ]


def test_a_roster_between_bars_is_a_table() -> None:
    text = "- | | |\n|-----|-----|\n| 组 长: 李某 | 副市长 |\n| 成 员: 王某 | 市司法局局长 |"
    found = clean(source(text))
    assert rows(found) == [["0 组 长: 李某", "1 副市长"], ["0 成 员: 王某", "1 市司法局局长"]]


BROKEN = """工作任务

具体举措
责任分

工
任务

分类
省级指标 市级指标

一、
全面
提升

1.着力提
高能力

（1）加强基层
党组织建设

县直各执法部门及各乡镇要把加强党的建设放在首位，充分发挥党建引
领作用
。

县司法

局、县

直各部

门负责

（2）突出培训

运用政治轮训、专题党课、辅导讲座等多种方式，深入学习党的精神，
推动队伍建设。
— 2 —

工作任务

具体举措
责任分工
任务分类
省级指标 市级指标

二、
规范
执法

2. 加 强
管理

（3）推进平台

按照统一安排推进行政执法和行政执法监督一体化平台集约化建设和部
署应用。 县司法局、

县财政局
负责

附件2"""


def test_cells_broken_over_lines_are_rebuilt() -> None:
    found = clean(source(BROKEN))
    assert found.flattened == frozenset({0})
    assert rows(found) == [
        ["0 任务分类", "1 省级指标", "2 市级指标", "3 具体举措", "4 责任分工"],
        [
            "0x2 一、全面提升",
            "1x2 1.着力提高能力",
            "2 （1）加强基层党组织建设",
            "3 县直各执法部门及各乡镇要把加强党的建设放在首位，充分发挥党建引领作用。",
            "4x2 县司法局、县直各部门负责",
        ],
        [
            "2 （2）突出培训",
            "3 运用政治轮训、专题党课、辅导讲座等多种方式，深入学习党的精神，推动队伍建设。",
        ],
        [
            "0 二、规范执法",
            "1 2. 加 强管理",
            "2 （3）推进平台",
            "3 按照统一安排推进行政执法和行政执法监督一体化平台集约化建设和部署应用。",
            "4 县司法局、县财政局负责",
        ],
    ]
    assert found.text.endswith("\n附件2")


def test_the_seed_with_broken_cells_has_its_fifty_rows() -> None:
    path = next(RAW.glob("004_*.txt"))
    found = clean(source(path.read_text(encoding="utf-8")))
    cells = {
        (s.row, s.column): found.text[s.start : s.end] for s in found.stretches if s.table == 0
    }
    titles = [cells[row, 2] for row in range(1, 51)]
    assert [title.split("）")[0] for title in titles] == [f"（{n}" for n in range(1, 51)]
    assert all(cells[row, 3].endswith("。") for row in range(1, 51))
    assert [row for row, column in cells if column == 4 and row] == [
        1, 9, 21, 25, 27, 32, 36, 41, 44, 46, 49,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "重点任务\n责任单位要加强领导，落实责任。\n各部门要密切配合。",
        "二、重点任务\n三、责任分工\n市司法局要会同有关部门推进工作。",
        "工作任务\n责任分工\n各部门要加强领导，落实责任。\n各单位要密切配合。",
    ],
)
def test_head_words_alone_make_no_table(text: str) -> None:
    found = clean(source(text))
    assert all(s.table is None for s in found.stretches)
    assert found.text.replace("\n", "") == text.replace("\n", "")


def grid(*texts: str, page: int = 1) -> Grid:
    """A grid from rows of cells parted by |."""
    return Grid(
        tuple(
            Cell(row, column, (Line(text, page),))
            for row, line in enumerate(texts)
            for column, text in enumerate(line.split("|"))
        )
    )


def test_a_grid_goes_on_over_pages_with_its_head_once() -> None:
    first = grid("序号|工作任务|责任单位", "1|推进信息系统建设和|市司法局")
    second = grid("序号|工作任务|责任单位", "|部署应用。|", "2|加强培训。|市财政局", page=2)
    found = clean(Source("pdf", (first, Paragraph((Line("— 2 —", 2),), False), second)))
    assert found.flattened == frozenset()
    assert rows(found) == [
        ["0 序号", "1 工作任务", "2 责任单位"],
        ["0 1", "1 推进信息系统建设和部署应用。", "2 市司法局"],
        ["0 2", "1 加强培训。", "2 市财政局"],
    ]


def test_two_tables_with_heads_of_their_own_stay_two() -> None:
    first = grid("序号|工作任务|责任单位", "1|推进建设。|市司法局")
    second = grid("姓名|职务|备注", "李某|副市长|")
    found = clean(Source("docx", (first, second)))
    assert {s.table for s in found.stretches} == {0, 1}


def test_a_grid_without_cells_is_nothing() -> None:
    found = clean(Source("pdf", (Grid(()), Paragraph((Line("一、总体要求"),)))))
    assert found.text.strip() == "一、总体要求"


def test_lines_of_a_cell_are_joined_and_two_names_kept_apart() -> None:
    lines = (Line("县司法"), Line("局、县直"), Line("各部门"))
    names = (Line("市发展改革委"), Line("市财政局"))
    cells = (Cell(0, 0, lines), Cell(0, 1, names), Cell(1, 0, (Line("甲"),)))
    found = clean(Source("docx", (Grid(cells),)))
    assert found.text.split("\n") == ["县司法局、县直各部门", "市发展改革委 市财政局", "甲"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("责任单位", "responsible"),
        ("牵头 单位", "lead"),
        ("县级具体举措", "measure"),
        ("市级责任单位（排名第一的为牵头单位）", "responsible"),
        ("各县区人民政府", None),
        ("加强基层党组织建设", None),
    ],
)
def test_head_words(words: str, named: str | None) -> None:
    assert kind(words) == named


def test_head_rows() -> None:
    assert is_head_row(["序号", "重点任务", "", "完成时限"])
    assert not is_head_row(["1", "推进建设", "市司法局", "2025年底"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n　",
        "执法，" * 300_000,
        "（" * 300_000,
        "a\t" * 200_000,
        "任务\n单位\n" * 3_000,
        "任务\n责任单位\n" + "1.加强\n推进，落实。\n" * 3_000,
        "一、\n" * 10_000,
    ],
    ids=["empty", "blank", "long", "open", "tabs", "heads", "rows", "labels"],
)
def test_strange_text_is_read_in_linear_time(text: str) -> None:
    assert paces(lambda: clean(source(text))) < 25
    found = clean(source(text))
    assert "".join(found.text.split()) in ("", "".join(text.split())) or found.flattened
