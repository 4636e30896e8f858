"""The measure of tables: how labels are read, and that each label is a whole table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.measure.bench_tables import (
    Cell,
    Label,
    digest,
    markup,
    nearest,
    placed,
    read_labels,
    words,
)

GRIDS = Path(__file__).parent / "gold" / "grids"


def test_cells_are_placed_as_in_html() -> None:
    rows = [[["任务", 2, 1], ["单位", 1, 2]], ["牵头", "配合"], ["一", "", "市司法局"]]
    assert placed(rows, str) == (
        Cell(0, 0, 2, 1, "任务"),
        Cell(0, 1, 1, 2, "单位"),
        Cell(1, 1, 1, 1, "牵头"),
        Cell(1, 2, 1, 1, "配合"),
        Cell(2, 0, 1, 1, "一"),
        Cell(2, 2, 1, 1, "市司法局"),
    )


def test_places_without_text_are_empty_cells_of_their_own() -> None:
    cells = [Cell(0, 0, 1, 2, "甲<乙"), Cell(1, 1, 1, 1, "丙")]
    assert markup(cells) == (
        '<html><body><table><tr><td rowspan="1" colspan="2">甲&lt;乙</td></tr>'
        '<tr><td rowspan="1" colspan="1"></td><td rowspan="1" colspan="1">丙</td></tr>'
        "</table></body></html>"
    )


def test_words_are_compared_folded_and_without_spaces() -> None:
    assert words("２０２５ 年（含）\n底前") == words("2025年(含)底前") == "2025年(含)底前"


def test_a_label_of_digests_finds_its_table_and_tells_other_words() -> None:
    label = Label("a", "a.pdf", True, placed([[digest("任务")], [digest("建成平台")]], str))
    right = (Cell(0, 0, 1, 1, "任务"), Cell(1, 0, 1, 1, "建成平台"))
    other = (Cell(0, 0, 1, 1, "任务"), Cell(1, 0, 1, 1, "建成平合"))
    assert nearest([other, right], label) == label.cells
    assert nearest([other], label) != label.cells
    assert nearest([], label) == ()


def test_a_large_table_of_figures_is_not_taken_for_a_small_one() -> None:
    label = Label("a", "a.txt", False, placed([["1", "杭州", "8"], ["2", "宁波", "38"]], str))
    large = placed([[str(n), str(n + 1)] for n in range(1, 60, 2)], str)
    small = placed([["1", "杭州", "8"]], str)
    assert nearest([large, small], label) == small


@pytest.mark.parametrize("path", sorted(GRIDS.glob("*.json")), ids=lambda path: path.stem)
def test_labels_are_whole_tables(path: Path) -> None:
    """Each row covers all columns: a span or a cell that is forgotten shows."""
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    covered: dict[int, int] = {}
    for row, stated in enumerate(rows):
        for cell in stated:
            _, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
            for below in range(row, row + down):
                covered[below] = covered.get(below, 0) + across
    assert sorted(covered) == list(range(len(rows)))
    assert len(set(covered.values())) == 1


def test_labels_without_digests_hold_text() -> None:
    labels = read_labels(str(GRIDS))
    assert len(labels) == 26
    for label in labels:
        plain = any("\u4e00" <= char <= "\u9fff" for cell in label.cells for char in cell.words)
        assert plain is not label.digested
