"""Tables from every format: the same cells, spans and words as in the paper that was printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import printing
import pytest
from fonts import font_name
from papers import RAW
from printing import Piece, Table
from reportlab.lib.pagesizes import A4, B5, landscape
from reportlab.pdfgen.canvas import Canvas
from written import TABLE

from extract.clean import clean
from extract.readers import read

Cells = list[tuple[int, int, int, int, str]]

TWO_ROW_HEAD = Table(
    (
        (0, 0, 2, 1, "序号"),
        (0, 1, 2, 1, "指标名称"),
        (0, 2, 1, 3, "年度目标"),
        (1, 2, 1, 1, "2025年"),
        (1, 3, 1, 1, "2026年"),
        (1, 4, 1, 1, "2027年"),
        (2, 0, 1, 5, "一、服务能力"),
        (3, 0, 1, 1, "1"),
        (3, 1, 1, 1, "护理型床位占比"),
        (3, 2, 1, 1, "55%"),
        (3, 3, 1, 1, "60%"),
        (3, 4, 1, 1, "65%"),
        (4, 0, 1, 1, "2"),
        (4, 1, 1, 1, "助餐点数量"),
        (4, 2, 1, 3, "每年新增20个"),
    )
)
MANY_ROWS = Table(
    (
        *((0, i, 1, 1, head) for i, head in enumerate(("领域", "任务", "单位", "时限"))),
        *(
            cell
            for group in range(8)
            for cell in [
                (1 + 5 * group, 0, 5, 1, f"第{group}类"),
                *(
                    (1 + 5 * group + i, 1, 1, 1, f"完成第{group}类第{i}项任务，形成工作机制。")
                    for i in range(5)
                ),
                (1 + 5 * group, 2, 3, 1, "市司法局、市财政局"),
                (4 + 5 * group, 2, 2, 1, "市民政局"),
                *((1 + 5 * group + i, 3, 1, 1, f"202{i}年底前") for i in range(5)),
            ]
        ),
    )
)


def seed_table(number: str) -> Table:
    text = next(RAW.glob(f"{number}_*")).read_text(encoding="utf-8")
    tables = [piece for piece in printing.pieces(text) if isinstance(piece, Table)]
    return max(tables, key=lambda table: len(table.cells))


TABLES: dict[str, Callable[[], Table]] = {
    "simple": lambda: printing.table(TABLE),
    "two-row head": lambda: TWO_ROW_HEAD,
    "over pages": lambda: MANY_ROWS,
    "003": lambda: seed_table("003"),
    "004": lambda: seed_table("004"),
}
WRITERS: dict[str, Callable[[list[Piece]], bytes]] = {
    "html": printing.as_html,
    "docx": printing.as_docx,
    "rtf": printing.as_rtf,
    "ofd": printing.as_ofd,
    "a4.pdf": lambda paper: printing.as_pdf(paper, A4),
    "b5.pdf": lambda paper: printing.as_pdf(paper, B5),
    "broad.pdf": lambda paper: printing.as_pdf(paper, landscape(A4)),
}


UNRULED: dict[str, Callable[[list[Piece]], bytes]] = {
    "a4.pdf": lambda paper: printing.as_pdf(paper, A4, ruled=False),
    "broad.pdf": lambda paper: printing.as_pdf(paper, landscape(A4), ruled=False),
    "ofd": lambda paper: printing.as_ofd(paper, ruled=False),
}


def cells_of(data: bytes, name: str) -> Cells:
    """The cells of a paper's largest table, white space aside."""
    canonical = clean(read(data, name))
    tables: dict[int, Cells] = {}
    for s in canonical.stretches:
        if s.table is not None:
            words = "".join(canonical.text[s.start : s.end].split())
            cell = (s.row, s.column, s.row_span, s.column_span, words)
            tables.setdefault(s.table, []).append(cell)
    return max(tables.values(), key=len)


def plain(table: Table) -> Cells:
    return sorted((*cell[:4], "".join(cell[4].split())) for cell in table.cells)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("form", WRITERS)
def test_cells_in_every_format(name: str, form: str) -> None:
    table = TABLES[name]()
    paper: list[Piece] = ["任务分工表", table, "本表由市司法局负责解释。"]
    assert sorted(cells_of(WRITERS[form](paper), f"paper.{form}")) == plain(table)


def drawn(rows: list[tuple[str, ...]], across: list[float], down: list[float]) -> bytes:
    """A PDF of rows 30 points apart, with rules at these heights across and, from the first to
    the last of them, at these places down."""
    out = io.BytesIO()
    canvas: Any = Canvas(out, pagesize=A4)
    canvas.setFont(font_name(), 12)
    for i, row in enumerate(rows):
        for j, word in enumerate(row):
            canvas.drawString(90 + 140 * j, 700 - 30 * i, word)
    for y in across:
        canvas.line(80, y, 500, y)
    for x in down:
        canvas.line(x, across[0], x, across[-1])
    canvas.save()
    return out.getvalue()


ROWS = [
    ("任务", "单位", "时限"),
    ("完成培训", "市司法局", "2025年"),
    ("建成平台", "市数据局", "2026年"),
]
WHOLE = [(i, j, 1, 1, word) for i, row in enumerate(ROWS) for j, word in enumerate(row)]


def test_three_rules() -> None:
    assert cells_of(drawn(ROWS, [718, 690, 630], []), "a.pdf") == WHOLE


def test_rules_between_rows_alone() -> None:
    assert cells_of(drawn(ROWS, [718, 690, 660, 630], []), "a.pdf") == WHOLE


def test_open_to_the_left_and_right() -> None:
    assert cells_of(drawn(ROWS, [718, 690, 660, 630], [220, 360]), "a.pdf") == WHOLE


def test_no_rule_at_all() -> None:
    assert cells_of(drawn(ROWS, [], []), "a.pdf") == WHOLE


@pytest.mark.parametrize("name", ["simple", "over pages", "004"])
@pytest.mark.parametrize("form", UNRULED)
def test_a_printed_table_without_any_rule(name: str, form: str) -> None:
    """Each cell at its place, over pages too; how far it reaches no rule says."""
    table = TABLES[name]()
    paper: list[Piece] = ["任务分工表", table, "本表由市司法局负责解释。"]
    found = cells_of(UNRULED[form](paper), f"paper.{form}")
    assert sorted(cell[:2] + cell[4:] for cell in found) == [
        cell[:2] + cell[4:] for cell in plain(table)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("任务", "单位", "时限")],
        [("任务", "单位", "时限"), ("加强组织领导，各单位要认真抓好落实，确保按时完成任务",)],
        [("组长", "副组长", "成员"), ("张某", "李某", "王某"), ("赵某", "钱某", "孙某")],
        [("任务要求",), ("一、组织领导", "3"), ("二、工作内容", "5"), ("三、时间安排", "8")],
    ],
)
def test_words_beside_one_another_are_no_table(rows: list[tuple[str, ...]]) -> None:
    assert all(
        stretch.table is None for stretch in clean(read(drawn(rows, [], []), "a.pdf")).stretches
    )


def test_rows_that_no_space_parts_stay_text() -> None:
    """Where a group has several tasks and all lines are as near, nothing says where one begins."""
    lines = [
        ("领域", "任务", "单位"),
        ("治理", "完成培训", "市司法局"),
        ("", "建成平台", "市数据局"),
    ]
    out = io.BytesIO()
    canvas: Any = Canvas(out, pagesize=A4)
    canvas.setFont(font_name(), 12)
    for i, row in enumerate([*lines, ("", "发布清单", "市财政局")]):
        for j, word in enumerate(row):
            canvas.drawString(90 + 140 * j, 700 - 14 * i, word)
    canvas.save()
    found = clean(read(out.getvalue(), "a.pdf"))
    assert all(stretch.table is None for stretch in found.stretches)


def test_rules_under_signatures_are_no_table() -> None:
    rows = [("签字：",), ("单位：",), ("日期：",)]
    source = read(drawn(rows, [695, 665, 635], []), "a.pdf")
    assert clean(source).text == "签字：\n单位：\n日期："
