"""Plain text to the letter, whatever it is encoded in."""

from __future__ import annotations

import codecs

import pytest
from making import texts
from pace import paces

from extract.model import Line, Paragraph
from extract.readers import read
from extract.readers.text import split_lines

WANT = [
    "大同市人民政府办公室关于印发方案的通知",
    "同政办发〔2024〕5号",
    "　　一、提升能力。㎡①②、２０２４年",
]
NOTICE = "\n".join([*WANT, ""])

ENCODED = [
    NOTICE.encode("utf-8"),
    codecs.BOM_UTF8 + NOTICE.encode("utf-8"),
    NOTICE.encode("gb18030"),
    NOTICE.encode("utf-16"),
    NOTICE.encode("utf-16-le"),
    NOTICE.encode("utf-16-be"),
    codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-be"),
    NOTICE.replace("\n", "\r\n").encode("utf-8"),
    NOTICE.replace("\n", "\r").encode("gb18030"),
]


@pytest.mark.parametrize("data", ENCODED)
def test_encodings(data: bytes) -> None:
    source = read(data, "a.txt")
    assert source.format == "txt"
    assert [line.text for block in source.blocks for line in block.lines] == WANT
    assert source.gaps == ()


def test_big5() -> None:
    text = "臺北市政府關於辦理資訊公開的通知，請各機關依照規定辦理。\n" * 3
    assert texts(read(text.encode("big5"), "a.txt"))[0] == text.split("\n", maxsplit=1)[0]


def test_rare_characters_of_gb18030() -> None:
    text = "𫟼同志任职的通知，各县区人民政府，市直各部门：现予公布。\n"
    assert texts(read(text.encode("gb18030"), "a.txt")) == [text.strip()]


def test_damaged_bytes_are_a_gap() -> None:
    data = ("关于印发方案的通知，" * 100).encode("utf-8")
    source = read(data[:300] + b"\xff" + data[300:], "a.txt")
    assert [gap.code for gap in source.gaps] == ["undecoded_bytes"]
    assert texts(source)[0].count("\ufffd") == 1


LINES = [
    ("a\nb", ["a", "b"]),
    ("a\r\nb\rc\n", ["a", "b", "c"]),
    ("a\n\nb\n", ["a", "", "b"]),
    ("a\n\fb", ["a", "", "b"]),
    ("a\fb", ["a", "", "b"]),
    ("  a\t \n", ["  a\t "]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_physical_lines(text: str, expected: list[str]) -> None:
    assert split_lines(text) == expected


def test_each_line_is_open() -> None:
    source = read("　　甲\n\n乙\t丙 ".encode(), "a.txt")
    assert source.blocks == (
        Paragraph((Line("　　甲"),), complete=False),
        Paragraph((Line(""),), complete=False),
        Paragraph((Line("乙\t丙 "),), complete=False),
    )


def test_million_character_line_is_fast() -> None:
    text = "各县区要切实加强组织领导，" * 80_000
    assert texts(read(text.encode(), "a.txt")) == [text]
    assert paces(lambda: read(text.encode(), "a.txt")) < 2


def test_markdown_marks() -> None:
    text = (
        "---\ntitle: x\n---\n# 关于印发方案的通知\n## 一、总体要求 ##\n**目标**：到2025年*\n2*3\n"
    )
    source = read(text.encode(), "a.md")
    assert source.format == "md"
    assert texts(source) == ["关于印发方案的通知", "一、总体要求", "目标：到2025年*", "2*3"]
