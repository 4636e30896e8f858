"""Ledgers: groups with a number and figures of their own, cells over two rows, numbers lost; the
same in a workbook, on a page and in Word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from printing import Table, as_docx, as_html, as_xlsx, table

from extract import Extraction, extract_bytes

HEADS = ["序号", "重点任务", "目标值", "责任单位", "完成时限"]
FIRST = ["1", "推进一网通办", "2项", "市政务服务局", "2024年6月底前"]
SECOND = ["2", "压缩审批时限", "3项", "市行政审批局", "2024年9月底前"]
THIRD = ["3", "改造老旧小区", "5000户", "市住建局", "2024年12月底前"]
FOURTH = ["4", "新建学校", "12所", "市教育局", "2024年11月底前"]
TITLE = "明城市重点任务分工表"

FORMATS: dict[str, Callable[[Table], bytes]] = {
    "a.xlsx": lambda ledger: as_xlsx(ledger, TITLE),
    "a.html": lambda ledger: as_html([TITLE, ledger]),
    "a.docx": lambda ledger: as_docx([TITLE, ledger]),
}


def numbered(found: Extraction) -> list[tuple[str | None, str]]:
    return [(task.path, task.text) for task in found.tasks]


def units(found: Extraction) -> list[str]:
    return [row.unit for row in found.responsibilities]


@pytest.fixture(params=FORMATS)
def read(request: pytest.FixtureRequest) -> Callable[[Table], Extraction]:
    return lambda ledger: extract_bytes(FORMATS[request.param](ledger), request.param)


Read = Callable[[Table], Extraction]


@pytest.mark.parametrize(("one", "two"), [("一", "二"), ("一、", "二、"), ("（一）", "（二）")])
def test_groups_with_a_number_and_a_figure(read: Read, one: str, two: str) -> None:
    """Those numbered （一） held no rows; a task that reads like a unit was one."""
    groups = [[one, "推进营商环境改革", "5项", "", ""], [two, "加强民生保障", "7项", "", ""]]
    rows = [HEADS, groups[0], FIRST, SECOND, groups[1], ["1", *THIRD[1:]], ["2", *FOURTH[1:]]]
    found = read(table(rows))
    assert numbered(found) == [
        ("1", "推进营商环境改革"),
        ("1.1", "推进一网通办"),
        ("1.2", "压缩审批时限"),
        ("2", "加强民生保障"),
        ("2.1", "改造老旧小区"),
        ("2.2", "新建学校"),
    ]
    assert units(found) == [row[3] for row in (FIRST, SECOND, THIRD, FOURTH)]
    assert len(found.deadlines) == 4


def test_groups_whose_name_spans_the_number(read: Read) -> None:
    """一、扩大就业 was told as the first task beside its rows, and 新建学校 was no row."""
    heads = ["序号", "工作任务", "2023年", "2024年", "责任单位"]
    rows = [["1", "新增就业", "60", "70", "市人社局"], ["2", "新建学校", "10", "12", "市教育局"]]
    cells = [(0, column, 1, 1, words) for column, words in enumerate(heads)]
    for at, group, figure in ((1, "一、扩大就业", "60"), (3, "二、提升教育", "10")):
        cells += [(at, 0, 1, 2, group), (at, 2, 1, 1, figure)]
        cells += [(at + 1, column, 1, 1, words) for column, words in enumerate(rows[at // 2])]
    found = read(Table(tuple(cells)))
    assert numbered(found) == [
        ("1", "扩大就业"),
        ("1.1", "新增就业"),
        ("2", "提升教育"),
        ("2.2", "新建学校"),
    ]
    assert [task.label for task in found.tasks] == ["一、", "1", "二、", "2"]
    assert units(found) == ["市人社局", "市教育局"]


def test_a_date_and_units_over_two_rows(read: Read) -> None:
    cells = [(0, column, 1, 1, words) for column, words in enumerate(HEADS)]
    cells += [(1, column, 1, 1, words) for column, words in enumerate(FIRST[:3])]
    cells += [(1, 3, 2, 1, FIRST[3]), (1, 4, 2, 1, FIRST[4])]
    cells += [(2, column, 1, 1, words) for column, words in enumerate(SECOND[:3])]
    cells += [(3, column, 1, 1, words) for column, words in enumerate(THIRD)]
    found = read(Table(tuple(cells)))
    assert units(found) == [FIRST[3], FIRST[3], THIRD[3]]
    assert [row.quote for row in found.deadlines] == [FIRST[4], FIRST[4], THIRD[4]]


def test_rows_that_lost_their_numbers_have_none(read: Read) -> None:
    """They had the number of the row above."""
    found = read(table([HEADS, FIRST, ["", *SECOND[1:]], ["", *THIRD[1:]], FOURTH]))
    assert [task.path for task in found.tasks] == ["1", None, None, "4"]
    assert units(found) == [row[3] for row in (FIRST, SECOND, THIRD, FOURTH)]


def test_rows_under_one_number_keep_it(read: Read) -> None:
    found = read(table([HEADS, FIRST, ["", *SECOND[1:]], ["2", *THIRD[1:]], ["3", *FOURTH[1:]]]))
    assert [task.path for task in found.tasks] == ["1", "1", "2", "3"]
