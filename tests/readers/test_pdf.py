"""PDF pages to printed lines, tables and gaps."""

from __future__ import annotations

import math
import zlib

import pytest
from making import Placed, cells, pdf, texts

from extract.model import Grid, Source
from extract.readers import ReadError, read
from extract.readers.page_lines import Char, lines_of, single
from extract.readers.page_tables import Table, grid_of

LINE = "各县区要切实加强组织领导，健全工作机制，细化工作措施"


def body(first: int, count: int, left: float = 90, top: float = 120) -> list[Placed]:
    return [(left, top + 28 * i, 16, f"{LINE}{first + i}") for i in range(count)]


def all_lines(source: Source) -> list[str]:
    return [x.text for b in source.blocks if not isinstance(b, Grid) for x in b.lines]


def test_lines_have_page_and_box() -> None:
    source = read(pdf([[(90, 100, 22, "关于工作的通知")], [(90, 100, 16, "第二页。")]]), "a.pdf")
    assert source.pages == 2
    lines = [line for block in source.blocks for line in block.lines]  # type: ignore[union-attr]
    assert [(line.text, line.page) for line in lines] == [("关于工作的通知", 1), ("第二页。", 2)]
    assert lines[0].box == pytest.approx((90, 81, 244, 103), abs=1)
    assert not any(block.complete for block in source.blocks)  # type: ignore[union-attr]


def test_indent_centre_and_space_between() -> None:
    page: list[Placed] = [
        (206, 100, 22, "关于工作的通知"),
        *body(0, 2, top=180),
        (122, 236, 16, "一、总体要求"),
        *body(2, 2, top=264),
    ]
    assert all_lines(read(pdf([page]), "a.pdf")) == [
        "　" * 5 + "关于工作的通知",
        "",
        f"{LINE}0",
        f"{LINE}1",
        "　　一、总体要求",
        f"{LINE}2",
        f"{LINE}3",
    ]


FEET = [
    [f"— {i} —" for i in range(1, 4)],
    [f"- {i} -" for i in range(1, 4)],
    [f"{i}" for i in range(1, 4)],
    [f"第{i}页 共3页" for i in range(1, 4)],
    [f"{i}/3" for i in range(1, 4)],
    ["明城市司法局文件汇编"] * 3,
    [f"https://www.example.gov.cn/art/{i}.html" for i in range(1, 4)],
]


@pytest.mark.parametrize("feet", FEET)
def test_feet_are_dropped(feet: list[str]) -> None:
    pages = [[*body(10 * i, 10), (280.0, 790.0, 14.0, foot)] for i, foot in enumerate(feet)]
    assert all_lines(read(pdf(pages), "a.pdf")) == [f"{LINE}{i}" for i in range(30)]


def test_a_year_alone_inside_the_page_stays() -> None:
    page: list[Placed] = [*body(0, 5), (90, 260, 16, "2024"), *body(5, 5, top=288)]
    assert "2024" in all_lines(read(pdf([page]), "a.pdf"))


def test_type_of_two_sizes_is_one_line() -> None:
    page: list[Placed] = [
        (90, 100, 16, "浙政发〔"),
        (154, 97, 14, "2025"),
        (184, 100, 16, "〕10号"),
    ]
    assert all_lines(read(pdf([page]), "a.pdf")) == ["浙政发〔2025〕10号"]


def test_wide_gap_is_kept() -> None:
    page: list[Placed] = [(90, 100, 16, "明城市人民政府办公室"), (346, 100, 16, "2024年3月1日印发")]
    assert all_lines(read(pdf([page]), "a.pdf")) == [
        "明城市人民政府办公室　　　　　　2024年3月1日印发"
    ]


def test_text_printed_twice_and_off_the_page() -> None:
    page: list[Placed] = [(90, 100, 16, "重复"), (90.4, 100.3, 16, "重复"), (900, 100, 16, "页外")]
    assert all_lines(read(pdf([page]), "a.pdf")) == ["重复"]


def test_rules_drawn_with_glyphs() -> None:
    page: list[Placed] = [(90, 100, 16, "通知"), (90, 130, 8, "欗" * 40), (90, 160, 16, "甲。")]
    assert [line for line in all_lines(read(pdf([page]), "a.pdf")) if line] == ["通知", "甲。"]


def test_radicals_become_characters() -> None:
    assert all_lines(read(pdf([[(90, 100, 16, "⼈⼒资源⻘年⾼⽅")]]), "a.pdf")) == [
        "人力资源青年高方"
    ]


def test_two_columns() -> None:
    page: list[Placed] = [(60, 60, 22, "跨栏的大标题跨栏的大标题跨栏的大标题")]
    for i in range(20):
        page.append((60, 100 + 24 * i, 12, f"左栏文字左栏文字左栏文{i:02d}"))
        page.append((320, 100 + 24 * i, 12, f"右栏文字右栏文字右栏文{i:02d}"))
    lines = [line.strip("　") for line in all_lines(read(pdf([page]), "a.pdf")) if line]
    assert lines[0] == "跨栏的大标题跨栏的大标题跨栏的大标题"
    assert lines[1:] == [f"{s}栏文字{s}栏文字{s}栏文{i:02d}" for s in "左右" for i in range(20)]


def test_ruled_table_with_merged_cells() -> None:
    page: list[Placed] = [
        (90, 80, 16, "任务分工表"),
        (100, 125, 12, "序号"),
        (200, 125, 12, "任务"),
        (350, 125, 12, "单位"),
        (100, 165, 12, "1"),
        (200, 160, 12, "开展"),
        (200, 176, 12, "培训"),
        (350, 185, 12, "司法局"),
        (100, 205, 12, "2"),
        (200, 205, 12, "监督"),
        (90, 260, 16, "表后。"),
    ]
    rules = [(90, y, 450, y) for y in (110, 145, 220)] + [(90, 190, 340, 190)]
    rules += [(x, 110, x, 220) for x in (90, 190, 340, 450)]
    source = read(pdf([page], [rules]), "a.pdf")
    assert cells(source) == [
        (0, 0, 1, 1, "序号"),
        (0, 1, 1, 1, "任务"),
        (0, 2, 1, 1, "单位"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "开展/培训"),
        (1, 2, 2, 1, "司法局"),
        (2, 0, 1, 1, "2"),
        (2, 1, 1, 1, "监督"),
    ]
    assert [texts(source)[0].strip("　"), texts(source)[-1]] == ["任务分工表", "表后。"]


def test_frame_around_the_page_is_no_table() -> None:
    rules = [(50, 50, 545, 50), (50, 800, 545, 800), (50, 50, 50, 800), (545, 50, 545, 800)]
    source = read(pdf([body(0, 10)], [rules]), "a.pdf")
    assert len(texts(source)) == 10


def test_character_in_a_cell_within_a_cell_is_in_the_smaller() -> None:
    table = Table((0, 0, 90, 90), ((0, 0, 90, 90), (0, 0, 40, 40), (0, 0, 60, 60)))
    chars = [Char(text, x, x + 10, x + 8, 10) for text, x in (("甲", 10), ("乙", 45), ("丙", 95))]
    grid, rest = grid_of(table, chars, 1)
    assert [line.text for cell in grid.cells for line in cell.lines] == ["甲", "乙"]
    assert [(cell.row_span, [line.text for line in cell.lines]) for cell in grid.cells] == [
        (3, []),
        (1, ["甲"]),
        (2, ["乙"]),
    ]
    assert [char.text for char in rest] == ["丙"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_rotated_page(rotate: int) -> None:
    assert "通知" in "".join(
        all_lines(read(pdf([[(90, 100, 16, "通知")]], rotate=rotate), "a.pdf"))
    )


SIDEWAYS = {90: "0 1 -1 0 595 0 cm\n", 180: "-1 0 0 -1 595 842 cm\n", 270: "0 -1 1 0 0 842 cm\n"}


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_printed_sideways(angle: int) -> None:
    """The page is not marked as turned; its text and its rules are."""
    rules = [(50.0, y, 350.0, y) for y in (300, 330, 360)]
    rules += [(x, 300.0, x, 360.0) for x in (50, 200, 350)]
    words = [(60.0, 320.0, 12.0, "任务"), (210.0, 320.0, 12.0, "单位")]
    words += [(60.0, 350.0, 12.0, "培训"), (210.0, 350.0, 12.0, "司法局")]
    found = cells(read(pdf([words], [rules], extra=SIDEWAYS[angle]), "a.pdf"))
    assert found == [
        (0, 0, 1, 1, "任务"),
        (0, 1, 1, 1, "单位"),
        (1, 0, 1, 1, "培训"),
        (1, 1, 1, 1, "司法局"),
    ]


DUTIES = ["各县区人民政府市直各部门", "为提升服务质量制定本方案", "加强组织领导健全工作机制"]


def aslant(degrees: float) -> str:
    """What turns a page about a corner of it, counter-clockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} 60 -40 cm\n"


@pytest.mark.parametrize("degrees", [-9, -4, 2, 5, 10])
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_that_stands_aslant_is_straightened(degrees: float, rotate: int) -> None:
    """Its lines were mixed character by character, and nothing told."""
    page: list[Placed] = [(150, 200 + 28 * i, 16, words) for i, words in enumerate(DUTIES)]
    source = read(pdf([page], extra=aslant(degrees), rotate=rotate), "a.pdf")
    assert all_lines(source) == DUTIES
    (gap,) = source.gaps
    assert gap.code == "page_aslant"
    assert f"aslant by {abs(degrees):.1f} degrees" in gap.message


def test_a_page_that_stands_aslant_by_a_hair_is_read_as_it_is() -> None:
    page: list[Placed] = [(150, 200 + 28 * i, 16, words) for i, words in enumerate(DUTIES)]
    source = read(pdf([page], extra=aslant(0.4)), "a.pdf")
    assert all_lines(source) == DUTIES
    assert not source.gaps


def test_words_that_stand_sideways_to_the_others_are_told() -> None:
    code = "装订线内".encode("utf-16-be").hex()
    beside = f"BT /F1 16 Tf 0 1 -1 0 40 300 Tm <{code}> Tj ET\n"
    source = read(pdf([body(0, 3)], extra=beside), "a.pdf")
    assert all_lines(source) == [f"{LINE}{i}" for i in range(3)]
    (gap,) = source.gaps
    assert (gap.code, "装订线内" in gap.message) == ("sideways_text", True)


SET_DOWN = [
    pdf([[(400.0 - 30 * i, 100.0, 16.0, words) for i, words in enumerate(DUTIES)]]).replace(
        b"UniGB-UCS2-H", b"UniGB-UCS2-V"
    ),
    pdf(
        [
            [
                (400.0 - 30 * i, 100.0 + 18 * j, 16.0, char)
                for i, words in enumerate(DUTIES)
                for j, char in enumerate(words)
            ]
        ]
    ),
]


@pytest.mark.parametrize("data", SET_DOWN, ids=["by the font", "character by character"])
def test_columns_from_top_to_bottom(data: bytes) -> None:
    """They were read across, a character of each column after the other."""
    source = read(data, "a.pdf")
    assert all_lines(source) == DUTIES
    assert [gap.code for gap in source.gaps] == ["vertical_text"]


def test_cells_of_a_character_a_line_are_no_columns() -> None:
    page: list[Placed] = [(90.0, 100.0 + 18 * j, 16.0, char) for j, char in enumerate(DUTIES[0])]
    page += [(130.0, 100.0 + 28 * i, 16.0, words) for i, words in enumerate(DUTIES)]
    assert not read(pdf([page]), "a.pdf").gaps


CROPPED = "/CropBox[60 42 595 782]"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_cropped_page_is_what_is_shown_of_it(rotate: int) -> None:
    lines: list[Placed] = [
        (90, 40, 16, "裁掉的文字"),
        (90, 160, 16, "留下的文字"),
        (90, 830, 16, "裁掉的也是"),
    ]
    source = read(pdf([lines], rotate=rotate, entries=CROPPED), "a.pdf")
    assert all_lines(source) == ["留下的文字"]
    box = source.blocks[0].lines[0].box  # type: ignore[union-attr]
    assert box == pytest.approx((30, 86, 110, 102), abs=4)


def test_scanned_page_is_a_gap() -> None:
    image = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"
    source = read(pdf([[]], extra=image), "a.pdf")
    assert [gap.code for gap in source.gaps] == ["page_without_text"]
    assert "page 1" in source.gaps[0].message
    assert "OCR" in source.gaps[0].message


def test_drawing_with_few_words_is_no_page_without_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.scans.find_spec", lambda name: None)
    image = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"
    source = read(pdf([[(90, 100, 16, "关于印发方案的通知")]], extra=image), "a.pdf")
    assert all_lines(source) == ["关于印发方案的通知"]
    assert "whose text layer has only 9 characters" in source.gaps[0].message


def test_printed_web_page() -> None:
    page: list[Placed] = [
        (40, 30, 9, "2024/3/5 10:20"),
        (90, 70, 9, "首页"),
        (190, 70, 9, "政务公开"),
        (300, 70, 9, "互动交流"),
        (90, 90, 9, "当前位置：首页 > 政策法规 > 文件"),
        (90, 110, 9, "索引号：0069/2024-3"),
        (300, 110, 9, "发布机构：明城市政府"),
        *body(0, 10, top=150),
        (90, 790, 9, "https://www.example.gov.cn/a.html"),
        (500, 790, 9, "1/1"),
    ]
    source = read(pdf([page]), "a.pdf")
    assert [line for line in all_lines(source) if line] == [f"{LINE}{i}" for i in range(10)]
    assert source.printed == {"索引号": "0069/2024-3", "发布机构": "明城市政府"}


def test_encrypted() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]/Root" % (
        b"00" * 32,
        b"11" * 32,
    )
    data = pdf([[(90, 100, 16, "通知")]]).replace(b"/Root", lock)
    with pytest.raises(ReadError) as caught:
        read(data, "a.pdf")
    assert caught.value.code == "encrypted"


def test_cut_file() -> None:
    with pytest.raises(ReadError) as caught:
        read(pdf([body(0, 10)])[:600], "a.pdf")
    assert caught.value.code == "broken_file"


def test_superscript_stays_in_its_line() -> None:
    chars = [Char("面", 0, 16, 100, 16), Char("m", 16, 24, 100, 16), Char("2", 24, 28, 95, 8)]
    assert [line.text for line in lines_of(single(chars))] == ["面m2"]


def test_same_lines_on_one_page_are_no_running_head() -> None:
    page: list[Placed] = [(90, 40 + 20 * i, 12, "同一行文字。") for i in range(6)]
    assert all_lines(read(pdf([page]), "a.pdf")) == ["同一行文字。"] * 6


def drawn_by(stream: bytes, entries: bytes = b"") -> bytes:
    """A PDF of two pages, of which what draws the second is this stream with these entries; none
    where it is empty."""
    data = pdf([[(90, 100, 16, "留下的文字")], [(90, 100, 16, "另一页文字")]])
    head, mark, rest = data.rpartition(b"<</Length")
    _, end, tail = rest.partition(b"endstream")
    if not stream:
        return data.replace(b"/Contents 6 0 R", b"/Contents 99 0 R")
    return head + mark + b" %d%s>>stream\n%s\n" % (len(stream), entries, stream) + end + tail


WORDS = b"BT /F1 16 Tf 1 0 0 1 90 700 Tm <7b2c4e8c9875> Tj ET\n"
PACKED = zlib.compress(WORDS * 40 + bytes(range(256)))
FLATE = b"/Filter/FlateDecode"
DAMAGED = [
    (b"", b""),
    (b"\x01\x02\x03" * 30, FLATE),
    (PACKED, b"/Filter/NoSuch"),
    (PACKED[:20], FLATE),
    (PACKED[:-60], FLATE),
]


@pytest.mark.parametrize(
    ("stream", "entries"), DAMAGED, ids=["missing", "junk", "no filter", "cut", "cut behind words"]
)
def test_what_draws_a_page_is_damaged(stream: bytes, entries: bytes) -> None:
    source = read(drawn_by(stream, entries), "a.pdf")
    assert all_lines(source)[0] == "留下的文字"
    (gap,) = source.gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("what draws page 2 is missing or damaged in the file")


@pytest.mark.parametrize(
    ("stream", "entries"),
    [(b"q Q", b""), (b"\n", b""), (zlib.compress(b"q Q"), FLATE), (PACKED[:-4], FLATE)],
    ids=["idle", "blank", "packed", "without its sum"],
)
def test_what_draws_a_page_is_whole(stream: bytes, entries: bytes) -> None:
    assert not read(drawn_by(stream, entries), "a.pdf").gaps


@pytest.mark.parametrize("drawn", ["0.8 0.6 -0.6 0.8 100 -100", "1 0 0 1 9000 0", "1 0 0 1 0 -900"])
def test_text_of_which_none_is_seen_is_told(drawn: str) -> None:
    stream = f"q {drawn} cm ".encode() + WORDS + b"Q"
    source = read(drawn_by(stream), "a.pdf")
    assert all_lines(source) == ["留下的文字"]
    (gap,) = source.gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("page 2 has text, but none that stands upright on what is shown")


@pytest.mark.parametrize(
    "page",
    [
        [(90, 100, 0.4, "各县区要健全机制")],
        [(90, 100, 0, "各县区要健全机制")],
        [(90, 100, 0.4, "各县区要健全机制"), (90, 130, 16, "see page 2")],
    ],
    ids=["small", "of no size", "beside others"],
)
def test_words_too_small_to_be_seen_are_told(page: list[Placed]) -> None:
    """It was said that they are beside the page, or that the file holds no Chinese."""
    (gap,) = read(pdf([page]), "a.pdf").gaps
    assert gap.code == "page_unreadable"
    assert gap.message.startswith("page 1 has text in type smaller than 2 points only")


def test_small_marks_beside_chinese_are_nothing_to_tell() -> None:
    page: list[Placed] = [(90, 100, 16, "留下的文字"), (90, 130, 0.4, "暗记"), (90, 160, 16, "abc")]
    assert not read(pdf([page]), "a.pdf").gaps


def with_entry(entry: bytes, *objects: bytes) -> bytes:
    """A PDF of one page whose catalog says this, with these objects from number 20 on."""
    data = pdf([[(90, 100, 16, "见附件。")]])
    data = data.replace(b"/Type/Catalog", b"/Type/Catalog" + entry)
    added = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 20))
    return data.replace(b"xref\n0", added + b"xref\n0", 1).replace(
        b"startxref", b"startxref\n0\n%", 1
    )


def test_files_that_a_pdf_carries_are_named() -> None:
    """They were passed over in silence."""
    source = read(
        with_entry(
            b"/Names<</EmbeddedFiles<</Names[(a) 20 0 R]>>>>",
            b"<</Type/Filespec/F(plan.docx)/UF(plan.docx)/EF<</F 21 0 R>>>>",
            b"<</Type/EmbeddedFile/Length 4>>stream\nwords\nendstream",
        ),
        "a.pdf",
    )
    assert all_lines(source) == ["见附件。"]
    (gap,) = source.gaps
    assert gap.code == "attachment_not_read"
    assert gap.message.startswith("the PDF carries other files (plan.docx), which were not read")


@pytest.mark.parametrize("needed", [True, False])
def test_a_form_that_a_program_draws_is_told(needed: bool) -> None:
    rendering = b"/NeedsRendering true" if needed else b""
    entry = b"/AcroForm<</Fields[]/XFA[(template) 20 0 R]>>" + rendering
    gaps = read(with_entry(entry, b"<</Length 5>>stream\n<xdp>\nendstream"), "a.pdf").gaps
    assert [gap.code for gap in gaps] == ["text_elsewhere"] * needed


@pytest.mark.parametrize("box", ["595 842 0 0", "595 0 0 842", "0 842 595 0"])
@pytest.mark.parametrize("rotate", [0, 90])
def test_corners_of_a_page_in_any_order(box: str, rotate: int) -> None:
    lines: list[Placed] = [(90, 100, 16, "留下的文字"), (90, 130, 16, "下一行的字")]
    usual = pdf([lines], rotate=rotate)
    source = read(usual.replace(b"[0 0 595 842]", f"[{box}]".encode()), "a.pdf")
    assert source.blocks == read(usual, "a.pdf").blocks
    assert all_lines(source) == ["留下的文字", "下一行的字"]
