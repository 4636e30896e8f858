"""Characters that print nothing, inside words."""

from __future__ import annotations

import pytest
from making import docx, p, pdf

from extract import extract_bytes
from extract.readers import read

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e"
    "\u2060\u2061\u2066\u2069\u206f\u3164\ufe00\ufe0e\ufe0f\ufeff\uffa0\ufff9\ufffc\U000e0001\U000e0100"
)
TASK = "1.加强培训。市司法局要组织培训，{0}2024年6{0}月底前完成。（责任单位：市教{0}育局）"


@pytest.mark.parametrize("char", INVISIBLE, ids=lambda char: f"{ord(char):04x}")
def test_words_with_one_inside_are_found(char: str) -> None:
    said = TASK.format(char)
    files = {
        "a.txt": f"一、重点任务\n{said}".encode(),
        "a.html": f"<p>一、重点任务</p><p>{said}</p>".encode(),
        "a.docx": docx(p("一、重点任务") + p(said)),
    }
    for name, data in files.items():
        found = extract_bytes(data, name)
        assert char not in (found.document.text or "")
        assert [d.quote for d in found.deadlines] == ["2024年6月底前"], name
        assert "市教育局" in [unit.unit for unit in found.responsibilities], name


@pytest.mark.parametrize("char", "\u200c\ufe0f\u3164")
def test_cells_with_one_inside_are_read(char: str) -> None:
    heads = f"<tr><td>序{char}号</td><td>重点{char}任务</td><td>责任{char}单位</td></tr>"
    rows = "".join(f"<tr><td>{n}</td><td>推进{n}</td><td>市司{char}法局</td></tr>" for n in (1, 2))
    found = extract_bytes(f"<table>{heads}{rows}</table>".encode(), "a.html")
    assert [unit.unit for unit in found.responsibilities] == ["市司法局"] * 2
    table = docx(
        "<w:tbl>"
        + "".join(
            "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for row in (
                ("序号", "重点任务", "责任单位"),
                ("1", "推进", f"市司{char}法局"),
                ("2", "检查", "市财政局"),
            )
        )
        + "</w:tbl>"
    )
    found = extract_bytes(table, "a.docx")
    assert [unit.unit for unit in found.responsibilities] == ["市司法局", "市财政局"]


def test_the_place_on_the_page_is_kept() -> None:
    data = pdf([[(90, 100, 16, "市司\u200d法局要在2024年6\ufe0f月底前完成。")]])
    (block,) = read(data, "a.pdf").blocks
    (line,) = block.lines  # type: ignore[union-attr]
    assert line.text == "市司法局要在2024年6月底前完成。"
    assert line.page == 1
    assert line.box is not None


def test_characters_that_print_stay() -> None:
    said = "“①②…—·℃㎡％〇々ＡＢ　２０２４·㈠”"
    assert said in (extract_bytes(f"一、任务{said}完毕。".encode(), "a.txt").document.text or "")
