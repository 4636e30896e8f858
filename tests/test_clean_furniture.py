"""Furniture: page numbers and running heads go, what only looks like them stays."""

from __future__ import annotations

import pytest
from test_clean_join import paragraphs

from extract.clean import clean
from extract.model import Line, Paragraph, Source


@pytest.mark.parametrize(
    "line",
    [
        "— 2 —",
        "－２－",
        "- 12 -",
        "—3—",
        "第2页 共9页",
        "第 3 页",
        "共 9 页 第 2 页",
        "Page 3 of 9",
    ],
)
def test_page_numbers_go(line: str) -> None:
    assert paragraphs(f"一、总体要求\n{line}\n二、重点任务") == ["一、总体要求", "二、重点任务"]


@pytest.mark.parametrize("line", ["3", "2024年", "第三页内容", "-5%", "12345", "（2）"])
def test_other_short_lines_stay(line: str) -> None:
    text = f"一、总体要求\n\n{line}\n\n二、重点任务"
    assert paragraphs(text) == ["一、总体要求", line, "二、重点任务"]


def test_running_heads_and_bare_numbers_at_a_pages_edge_go() -> None:
    texts = ["各部门要加强领导，落实责任", "，完善机制，形成合力", "，抓好落实。"]
    lines = []
    for page, text in enumerate(texts, 1):
        for at, words in enumerate((f"市公报 2024年第{page}期", text, str(page))):
            lines.append(
                Line(words, page, (90.0, 50.0 * at, 90 + 12.0 * len(words), 50.0 * at + 12))
            )
    found = clean(Source("pdf", (Paragraph(tuple(lines), complete=False),), pages=3))
    assert found.text == "".join(texts)


def _printed(pages: list[list[str]]) -> str:
    lines = [
        Line(words, page, (90.0, 50.0 * at, 90 + 12.0 * len(words), 50.0 * at + 12))
        for page, texts in enumerate(pages, 1)
        for at, words in enumerate(texts)
    ]
    found = clean(Source("pdf", (Paragraph(tuple(lines), complete=False),), pages=len(pages)))
    return found.text.replace("\n", "")


@pytest.mark.parametrize(
    "edge",
    [
        "责任单位：市教育局",
        "完成时限：2024年{0}月底前",
        "新建学校达到{1}个",
        "各部门要抓好落实。",
    ],
)
def test_what_says_something_stays_on_however_many_pages(edge: str) -> None:
    last = [edge.format(4 + n, (12, 8, 31, 7, 5)[n]) for n in range(5)]
    pages = [[f"工作任务第{'一二三四五'[n]}项", "开展专项检查和培训", last[n]] for n in range(5)]
    assert all(words in _printed(pages) for words in last)


def test_pages_that_are_alike_keep_their_words() -> None:
    assert "各县区要开展培训" in _printed([["工作通知", "各县区要开展培训"]] * 4)
    assert "开展第3项培训" in _printed([[f"开展第{n}项培训"] for n in range(1, 6)])


def test_mark_up_and_control_characters_go() -> None:
    text = "<p>一、总体\x07要求</p>\n\x1b二、重点&nbsp;任务<br/>"
    assert paragraphs(text) == ["一、总体要求", "二、重点 任务"]


def test_figures_in_angle_brackets_stay() -> None:
    assert paragraphs("控制在a<b的范围内，不得超过。") == ["控制在a<b的范围内，不得超过。"]
