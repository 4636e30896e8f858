"""Word 97-2003 files by their own structures."""

from __future__ import annotations

import struct

import pytest
from making import cells, doc, ole, texts

from extract.model import Grid
from extract.readers import ReadError, read

CELL = struct.pack("<HB", 0x2416, 1)


def row_end(sides: list[int], flags: list[int]) -> bytes:
    """The properties of a row's end: its cells' sides in twips and their merge flags."""
    definition = bytes([len(flags)]) + struct.pack(f"<{len(sides)}h", *sides)
    definition += b"".join(struct.pack("<H", flag) + bytes(18) for flag in flags)
    return CELL + struct.pack("<HBHH", 0x2417, 1, 0xD608, len(definition) + 1) + definition


def test_paragraphs() -> None:
    paragraphs = [
        ("关于印发方案的通知\r", b""),
        ("\r", b""),
        ("　　各县（区）：\v现印发给你们。\r", b""),
        ("明城市\v某事的通知\r", struct.pack("<HB", 0x2403, 1)),
    ]
    source = read(doc(paragraphs), "a.doc")
    assert source.format == "doc"
    assert texts(source) == [
        "关于印发方案的通知",
        "　　各县（区）：",
        "现印发给你们。",
        "明城市⏎某事的通知",
    ]


def test_fields_keep_their_result() -> None:
    text = "见\x13 HYPERLINK \x14附件\x15。\x13 PAGE \x15完\x01\x08\r"
    assert texts(read(doc([(text, b"")]), "a.doc")) == ["见附件。完"]


def test_table_with_merged_cells() -> None:
    paragraphs = [
        ("表\r", b""),
        ("序号\x07", CELL),
        ("任务\x07", CELL),
        ("\x07", row_end([0, 1000, 5000], [0x60, 0])),
        ("\x07", CELL),
        ("培训\r", CELL),
        ("考核\x07", CELL),
        ("司法局\x07", CELL),
        ("\x07", row_end([0, 1000, 3000, 5000], [0x20, 0, 0])),
        ("完\r", b""),
    ]
    source = read(doc(paragraphs), "a.doc")
    assert [isinstance(block, Grid) for block in source.blocks] == [False, True, False]
    assert cells(source) == [
        (0, 0, 2, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 1, 1, 1, "培训/考核"),
        (1, 2, 1, 1, "司法局"),
    ]


def test_text_boxes_stand_where_they_hang_and_notes_after_the_text() -> None:
    paragraphs = [
        ("关于印发方案的通知\r", b""),
        ("正文\x02一段。\r", b""),
        ("序号\x07", CELL),
        ("任务\x07", CELL),
        ("\x07", row_end([0, 1000, 5000], [0, 0])),
        ("末段。\r", b""),
        ("\x02脚注一。\r", b""),
        ("页眉\r", b""),
        ("某市人民政府文件\r", b""),
        ("框中的话\r", b""),
    ]
    boxes = [(0, len("某市人民政府文件\r")), (len("关于印发方案的通知\r正文\x02一段。\r序号"), 5)]
    source = read(doc(paragraphs, others=(6, 3, 14), boxes=boxes), "a.doc")
    assert texts(source) == [
        "某市人民政府文件",
        "关于印发方案的通知",
        "正文一段。",
        "框中的话",
        "序号 | 任务",
        "末段。",
        "脚注一。",
    ]


def test_text_boxes_without_a_place_stand_before_the_text() -> None:
    paragraphs = [("正文。\r", b""), ("框中的话\r", b"")]
    assert texts(read(doc(paragraphs, others=(0, 0, 5)), "a.doc")) == ["框中的话", "正文。"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (doc([("密\r", b"")], flags=0x0300), "encrypted"),
        (
            ole({"WordDocument": struct.pack("<HH", 0xA5DC, 0x65) + bytes(900)}),
            "unsupported_format",
        ),
        (ole({"WordDocument": struct.pack("<HH", 0xA5EC, 0xC1) + bytes(900)}), "broken_file"),
        (doc([("断\r", b"")])[:3000], "broken_file"),
    ],
    ids=["encrypted", "Word 6", "no table stream", "cut"],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, "a.doc")
    assert caught.value.code == code
    assert caught.value.format == "doc"
