"""The data that a site states beside a paper, in whatever way it is set and saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from making import docx, p, pdf, texts

from extract import extract_bytes
from extract.readers import read
from extract.readers.fields import pairs_in

TITLE = "明城市提升服务质量实施方案"
BODY = [
    TITLE,
    "各县区人民政府，市直各部门：",
    "为提升服务质量，制定本方案。",
    "一、重点任务",
    "（一）加强培训。市教育局要组织培训。（责任单位：市教育局）",
]
PAIRS = [
    ("索引号", "000014349/2024-12"),
    ("发布机构", "明城市人民政府办公室"),
    ("成文日期", "2024年03月01日"),
    ("文号", "明政办发〔2024〕5号"),
]


def joined(sign: str, gap: str) -> str:
    return gap.join(f"{label}{sign}{value}" for label, value in PAIRS)


ONE_LINE = {
    "colons": joined("：", " "),
    "no-break spaces": joined("：", "\u00a0\u00a0"),
    "run together": joined("：", ""),
    "semicolons": joined("：", "；"),
    "bars": joined("：", " | "),
    "spaces": joined(" ", " "),
    "wide spaces": joined("\u3000", "\u3000\u3000"),
    "an empty value": joined("：", " ").replace(" 成文", " 主题分类： 成文"),
}


def as_page(lines: list[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<meta charset=utf-8><title>{TITLE}</title><div>{body}</div>".encode()


def as_text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def as_word(lines: list[str]) -> bytes:
    return docx("".join(map(p, lines)))


def as_pdf(lines: list[str]) -> bytes:
    return pdf([[(60, 60 + 20 * i, 7, line) for i, line in enumerate(lines)]])


Saved = Callable[[list[str]], bytes]
FORMATS: dict[str, Saved] = {
    "a.html": as_page,
    "a.txt": as_text,
    "a.docx": as_word,
    "a.pdf": as_pdf,
}


def assert_stated(data: bytes, name: str) -> None:
    found = extract_bytes(data, name)
    said = found.document
    assert (said.title, said.doc_number) == (TITLE, PAIRS[3][1])
    assert (said.issuers, said.signed_on) == ([PAIRS[1][1]], date(2024, 3, 1))
    assert [task.title for task in found.tasks] == ["加强培训"]


@pytest.mark.parametrize("line", ONE_LINE.values(), ids=ONE_LINE)
@pytest.mark.parametrize("name", FORMATS)
def test_fields_on_one_line(name: str, line: str) -> None:
    """Without colons or spaces between them they were a line of the paper, in plain text always."""
    assert_stated(FORMATS[name]([line, *BODY]), name)


@pytest.mark.parametrize("gap", [" ", "　", "    "])
@pytest.mark.parametrize("name", FORMATS)
def test_a_field_a_line_parted_by_spaces(name: str, gap: str) -> None:
    assert_stated(FORMATS[name]([*(f"{a}{gap}{b}" for a, b in PAIRS), *BODY]), name)


def test_fields_below_the_title_of_plain_text() -> None:
    data = as_text([TITLE, ONE_LINE["colons"], *BODY[1:]])
    assert_stated(data, "a.txt")
    assert all(value in extract_bytes(data, "a.txt").document.text for _, value in PAIRS)


def word_table(rows: list[list[str]]) -> bytes:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return docx(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>" + as_body())


def as_body() -> str:
    return "".join(map(p, BODY))


@pytest.mark.parametrize("sign", ["", "："])
def test_fields_in_a_table_of_word(sign: str) -> None:
    cells = [words for label, value in PAIRS for words in (label + sign, value)]
    assert_stated(word_table([cells[:4], cells[4:]]), "a.docx")


def test_a_list_of_papers_is_no_table_of_fields() -> None:
    rows = [["文号", "名称", "发文日期"], ["明政发〔2020〕1号", "关于甲的通知", "2020年1月1日"]]
    rows += [["明政发〔2020〕2号", "关于乙的通知", "2020年2月1日"]]
    source = read(word_table(rows), "a.docx")
    assert not source.printed
    assert "关于乙的通知" in texts(source)[0]


def test_a_summary_among_the_fields_does_not_take_the_paper_with_it() -> None:
    """The whole of a short page, its data and its text in one element, was left out."""
    line = ONE_LINE["colons"] + " 内容概述：为提升服务质量，制定方案。"
    assert_stated(as_page([line, *BODY]), "a.html")


@pytest.mark.parametrize(
    "text",
    ["文号由办公室编号 成文日期以签发日期为准", "关于 文号 管理的通知", "时间 地点 来源 本站"],
)
def test_words_that_are_no_labels(text: str) -> None:
    assert pairs_in([text]) == [("", text)]
