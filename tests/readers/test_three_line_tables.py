"""Tables without upright rules, as programs print them; the rules of scans, which lie aslant."""

from __future__ import annotations

import io
from typing import Any

import pytest
from fonts import font_name
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract.clean import clean
from extract.readers import read
from extract.readers.ruled_lines import between_rules, cells_of, edge

Cells = list[tuple[int, int, int, int, str]]
EM, PITCH, PAD = 12.0, 17.0, 4.0
LEFTS = (80.0, 130.0, 330.0, 440.0)
RIGHT = 520.0
HEADS = ("序号", "工作任务", "责任单位", "时限")
TASKS = [
    ("1", "组织开展执法培训,/完善工作机制,/定期通报进展。", "市司法局", "2025年"),
    ("2", "建成平台。", "市数据局、/市司法局", "2026年"),
    ("3", "加强监督。", "市司法局", "2025年"),
    ("4", "开展执法评议,/公开评议结果。", "市司法局", "2026年"),
]


class Sheet:
    """Pages on which a table is printed row by row, from the top down."""

    def __init__(self, top: float) -> None:
        self.out = io.BytesIO()
        self.canvas: Any = Canvas(self.out, pagesize=A4)
        self.y = top

    def rule(self, left: float = LEFTS[0], right: float = RIGHT) -> None:
        self.canvas.line(left, self.y, right, self.y)

    def row(self, texts: tuple[str, ...], place: str, lefts: tuple[float, ...] = LEFTS) -> None:
        """A row whose cells, their lines parted by /, stand at the top or in the middle."""
        self.canvas.setFont(font_name(), EM)
        cells = [text.split("/") for text in texts]
        high = max(map(len, cells))
        for left, lines in zip(lefts, cells, strict=True):
            free = (high - len(lines)) * PITCH / (2 if place == "middle" else high * PITCH)
            for i, line in enumerate(lines):
                self.canvas.drawString(left, self.y - PAD - free - i * PITCH - 0.88 * EM, line)
        self.y -= 2 * PAD + high * PITCH - (PITCH - EM)

    def turn(self) -> None:
        self.canvas.setFont(font_name(), EM)
        self.canvas.drawString(280, 40, "— 1 —")
        self.canvas.showPage()
        self.y = 780.0

    def read(self) -> Cells:
        self.canvas.save()
        found = clean(read(self.out.getvalue(), "a.pdf"))
        assert {s.table for s in found.stretches if s.table is not None} <= {0}
        return [
            (s.row, s.column, s.row_span, s.column_span, found.text[s.start : s.end])
            for s in found.stretches
            if s.table is not None
        ]


def plain(rows: list[tuple[str, ...]], first: int = 0) -> Cells:
    return [
        (first + i, j, 1, 1, text.replace("/", ""))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    ]


@pytest.mark.parametrize("place", ["top", "middle"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_rows_of_several_lines(place: str, count: int) -> None:
    sheet = Sheet(700)
    sheet.rule()
    sheet.row(HEADS, place)
    sheet.rule()
    for row in TASKS[:count]:
        sheet.row(row, place)
    sheet.rule()
    assert sheet.read() == plain([HEADS, *TASKS[:count]])


def test_equal_rows_at_the_top_are_not_taken_for_rows_in_the_middle() -> None:
    sheet = Sheet(700)
    rows = [(str(i), *TASKS[0][1:]) for i in range(1, 5)]
    sheet.rule()
    sheet.row(HEADS, "top")
    sheet.rule()
    for row in rows:
        sheet.row(row, "top")
    sheet.rule()
    assert sheet.read() == plain([HEADS, *rows])


def test_heads_above_heads() -> None:
    sheet = Sheet(700)
    lefts = (80.0, 200.0, 290.0, 380.0)
    rows = [
        ("市区", "10", "12", "市司法局"),
        ("县区", "8", "9", "市数据局"),
        ("各区", "6", "7", "市司法局"),
    ]
    sheet.rule()
    sheet.canvas.setFont(font_name(), EM)
    for left, drop, word in ((80, 22, "区"), (240, 12, "指标"), (380, 22, "责任单位")):
        sheet.canvas.drawString(left, sheet.y - drop, word)
    sheet.y -= 18
    sheet.rule(190, 350)
    sheet.canvas.drawString(200, sheet.y - 14, "2024年")
    sheet.canvas.drawString(290, sheet.y - 14, "2025年")
    sheet.y -= 20
    sheet.rule()
    for row in rows:
        sheet.row(row, "top", lefts)
    sheet.rule()
    assert sheet.read() == [
        (0, 0, 2, 1, "区"),
        (0, 1, 1, 2, "指标"),
        (0, 3, 2, 1, "责任单位"),
        (1, 1, 1, 1, "2024年"),
        (1, 2, 1, 1, "2025年"),
        *plain(rows, 2),
    ]


@pytest.mark.parametrize("pages", [2, 3])
def test_a_table_that_goes_on_has_its_last_rule_on_its_last_page(pages: int) -> None:
    sheet = Sheet(300)
    rows = [(str(i + 1), *TASKS[i % 4][1:]) for i in range(4 * pages)]
    for i, row in enumerate(rows):
        if i % 4 == 0:
            if i:
                sheet.turn()
            sheet.rule()
            sheet.row(HEADS, "top")
            sheet.rule()
        sheet.row(row, "top")
    sheet.rule()
    assert sheet.read() == plain([HEADS, *rows])


@pytest.mark.parametrize(
    "rows",
    [
        [("抄送：", "市司法局、市数据局", "市各部门", "")],
        [HEADS, ("组织开展执法培训，完善工作机制，定期通报进展，建成平台，加强监督。", "", "", "")]
        * 3,
        [("甲", "乙", "", ""), *TASKS],
        [("甲", "乙", "", ""), *((*row[:2], "", "") for row in TASKS)],
    ],
    ids=["closing block", "prose", "a column without a head", "two columns"],
)
def test_two_rules_about_no_head_make_no_table(rows: list[tuple[str, ...]]) -> None:
    sheet = Sheet(700)
    sheet.rule()
    sheet.row(rows[0], "top")
    sheet.rule()
    for row in rows[1:]:
        sheet.row(row, "top")
    assert sheet.read() == []


@pytest.mark.parametrize(
    "rows",
    [[(HEADS[0], HEADS[1], "", ""), *TASKS], [(*row[:2], "", "") for row in (HEADS, *TASKS)]],
    ids=["a column without a head", "two columns"],
)
def test_two_rules_about_known_heads_make_a_table(rows: list[tuple[str, ...]]) -> None:
    sheet = Sheet(700)
    sheet.rule()
    sheet.row(rows[0], "top")
    sheet.rule()
    for row in rows[1:]:
        sheet.row(row, "top")
    assert sheet.read() == [cell for cell in plain(rows) if cell[4]]


def test_a_rule_just_beside_the_ends_of_others_closes_a_table() -> None:
    down = [edge((x, 100, x, 163.2), flat=False) for x in (50, 150, 250)]
    across = [edge((50, y, 250, y), flat=True) for y in (100, 130, 160)]
    (cells,) = cells_of([*down, *across])
    assert {(y0, y1) for _, y0, _, y1 in cells} == {(100, 130), (130, 160)}


@pytest.mark.parametrize(
    ("box", "cut"),
    [
        ((64.0, 20.0, 132.0, 34.0), (72.0, 20.0, 132.0, 34.0)),
        ((10.0, 20.0, 79.0, 34.0), (10.0, 20.0, 72.0, 34.0)),
        ((10.0, 20.0, 132.0, 34.0), (10.0, 20.0, 132.0, 34.0)),
        ((64.0, 70.0, 132.0, 84.0), (64.0, 70.0, 132.0, 84.0)),
        ((68.0, 20.0, 76.0, 34.0), (68.0, 20.0, 76.0, 34.0)),
    ],
    ids=["into the left cell", "into the right cell", "across", "below the rule", "on the rule"],
)
def test_a_line_read_a_little_over_a_rule(
    box: tuple[float, float, float, float], cut: tuple[float, float, float, float]
) -> None:
    assert between_rules(box, [edge((72, 0, 72, 60), flat=False)], 14.0) == cut
