"""Rows that a page's end cut, and tables whose columns differ from page to page."""

from __future__ import annotations

import pytest

from extract.clean.cut_rows import is_cut_row
from extract.clean.grids import merge_grids, text_of
from extract.model import Cell, Grid, Line

NUMBERED = (
    "1|完成改造，改善居住条件。|60|市司法局",
    "2|新建公园十处并加强管护。|20|市财政局",
    "3|建成停车泊位三千个以上。|15|市司法局",
)
LONG = tuple(f"{i}|组织开展执法培训工作。|市司法局会同市财政局。" for i in range(1, 6))
LAST = "4|1.清理台账，按月通报（10分）；|15|市水利局"


def cells(*rows: str, page: int = 1) -> list[Cell]:
    """Cells of rows; parts are parted by |, and a part that ends with ×2 covers two rows."""
    return [
        Cell(
            row,
            column,
            (Line(words, page),) if words else (),
            int(high) if high else 1,
        )
        for row, line in enumerate(rows)
        for column, part in enumerate(line.split("|"))
        for words, _, high in [part.partition("×")]
    ]


@pytest.mark.parametrize(
    ("above", "first", "cut"),
    [
        (("1|推进信息系统建设和|市司法局",), "|部署应用。|", True),
        (("1|推进信息系统建设。|市司法局",), "|加强部署应用。|", False),
        (("1|推进建设和|市司法局",), "|部署应用。|", False),
        (("2月25日|家长到有关部门补办（更",), "前|正）。", True),
        (("2月25日|家长到有关部门补办。",), "前|正）。", False),
        (("5月21日—5月22|全市公办小学报名验证",), "日|", True),
        (("5月21日—5月22日|全市公办小学报名验证",), "6月1日|报名", False),
        (("6月15－18|各区公示服务范围、招生",), "日|计划", True),
        (("6月15－18|各区公示服务范围、招生",), "日|1.计划", False),
        (("12|市司法局（牵头",), "13|市财政局）", True),
        (("12|市司法局",), "13|市财政局", False),
        (("12|市司法局",), "13|（牵头）市财政局", False),
        (("甲区|市司法局",), "、乙区|市财政局", True),
        ((*NUMBERED, LAST), "|2.严格监管水域（5分）。||", True),
        ((*NUMBERED, LAST), "|||县水利局", False),
        ((*NUMBERED[1:], LAST), "|2.严格监管水域（5分）。||", False),
        ((*NUMBERED, LAST), "5|2.严格监管水域（5分）。||", False),
        ((*NUMBERED, LAST), "|2.严格监管水域（5分）。|15|县水利局", False),
        ((*NUMBERED, LAST), "×2|2.严格监管水域（5分）。|×2|×2", False),
        ((*NUMBERED, LAST), "|||", False),
        (LONG, "|加强部署应用工作。|市司法局会同市数据局。", False),
        (LONG, "|加强部署应用工作。|", True),
    ],
)
def test_a_first_row_that_is_the_rest_of_one(above: tuple[str, ...], first: str, cut: bool) -> None:
    assert is_cut_row(cells(*above), cells(first, page=2)) is cut


def joined(*pages: list[Cell]) -> list[list[tuple[int, int, int, str]]]:
    """The one table that pages make, by row: column, rows and columns covered, text."""
    (grid,) = merge_grids([Grid(tuple(page)) for page in pages])
    rows: dict[int, list[tuple[int, int, int, str]]] = {}
    for cell in grid.cells:
        found = (cell.column, cell.row_span, cell.column_span, text_of(cell))
        rows.setdefault(cell.row, []).append(found)
    return [rows[row] for row in sorted(rows)]


def test_a_merged_cell_beside_a_cut_row_is_a_row_shorter() -> None:
    first = cells("一|以在申请地服务的一方情况|市司法局×2", page=1)
    first += [Cell(1, 0, (Line("二", 1),)), Cell(1, 1, (Line("以在申请地服务的一方", 1),))]
    rest = [
        Cell(0, 0, ()),
        Cell(0, 1, (Line("情况进行积分", 2),)),
        Cell(0, 2, (), 2),
        Cell(1, 0, (Line("三", 2),)),
        Cell(1, 1, (Line("不积分", 2),)),
    ]
    assert joined(first, rest) == [
        [(0, 1, 1, "一"), (1, 1, 1, "以在申请地服务的一方情况"), (2, 3, 1, "市司法局")],
        [(0, 1, 1, "二"), (1, 1, 1, "以在申请地服务的一方情况进行积分")],
        [(0, 1, 1, "三"), (1, 1, 1, "不积分")],
    ]


def test_a_cut_cell_that_goes_on_over_the_next_row_covers_it() -> None:
    first = cells("一|初级工作人员，须提供|职业资格（专业技术职称或执业", page=1)
    rest = [
        Cell(0, 0, ()),
        Cell(0, 1, (Line("证书。", 2),)),
        Cell(0, 2, (Line("资格）", 2),), 2),
        Cell(1, 0, (Line("二", 2),)),
        Cell(1, 1, (Line("中级工作人员", 2),)),
    ]
    assert joined(first, rest) == [
        [
            (0, 1, 1, "一"),
            (1, 1, 1, "初级工作人员，须提供证书。"),
            (2, 2, 1, "职业资格（专业技术职称或执业资格）"),
        ],
        [(0, 1, 1, "二"), (1, 1, 1, "中级工作人员")],
    ]


HEAD = "序号|考核项目|分值"


def test_pages_whose_heads_agree_have_the_columns_of_the_widest() -> None:
    first = cells(HEAD, "1|组织领导|8")
    second = [
        Cell(0, 0, (Line("序号", 2),)),
        Cell(0, 1, (Line("考核项目", 2),), 1, 2),
        Cell(0, 3, (Line("分值", 2),)),
        Cell(1, 0, (Line("2", 2),)),
        Cell(1, 1, (Line("重点部门", 2),)),
        Cell(1, 2, (Line("县水利局", 2),)),
        Cell(1, 3, (Line("60", 2),)),
    ]
    expected = [
        [(0, 1, 1, "序号"), (1, 1, 2, "考核项目"), (3, 1, 1, "分值")],
        [(0, 1, 1, "1"), (1, 1, 2, "组织领导"), (3, 1, 1, "8")],
        [(0, 1, 1, "2"), (1, 1, 1, "重点部门"), (2, 1, 1, "县水利局"), (3, 1, 1, "60")],
    ]
    assert joined(first, second) == expected
    turned = joined(second, cells(HEAD, "3|日常工作|7", page=3))
    assert turned[-1] == [(0, 1, 1, "3"), (1, 1, 2, "日常工作"), (3, 1, 1, "7")]


def test_pages_with_other_columns_and_other_heads_are_two_tables() -> None:
    first, second = (
        cells(HEAD, "1|组织领导|8"),
        cells("姓名|职务|电话|备注", "李某|科长|8|无", page=2),
    )
    assert len(merge_grids([Grid(tuple(first)), Grid(tuple(second))])) == 2
