"""Filled fields of PDF forms: read where they stand."""

from __future__ import annotations

import pytest
from making import cells, pdf
from pace import WORST, growth
from test_pdf import all_lines

from extract.readers import read

LABELS = [(90.0, 100.0, 16.0, "填报单位："), (90.0, 140.0, 16.0, "各县区要健全机制")]
NAME = (180, 84, 400, 106)


def form(*fields: str, rules: list[tuple[float, float, float, float]] | None = None) -> bytes:
    """A page of labels and these fields, which are the objects from number 40 on."""
    listed = " ".join(f"{number} 0 R" for number in range(40, 40 + len(fields)))
    data = pdf([list(LABELS)], [rules or []], entries=f"/Annots[{listed}]")
    shared = "/DA(/F1 16 Tf)/DR<</Font<</F1 3 0 R>>>>"
    data = data.replace(
        b"/Type/Catalog", f"/Type/Catalog/AcroForm<</Fields[{listed}]{shared}>>".encode()
    )
    added = "".join(f"{n} 0 obj\n{field}\nendobj\n" for n, field in enumerate(fields, 40))
    return data.replace(b"xref\n0", added.encode() + b"xref\n0", 1).replace(
        b"startxref", b"startxref\n0\n%", 1
    )


def field(box: tuple[int, int, int, int], words: str, more: str = "", kind: str = "Tx") -> str:
    """A field at a place from the page's top left, without an appearance of its own."""
    x0, y0, x1, y1 = box
    value = words if words.startswith("/") else f"<FEFF{words.encode('utf-16-be').hex()}>"
    return (
        f"<</Type/Annot/Subtype/Widget/FT/{kind}/T({x0}-{y0})/V{value}/F 4/DA(/F1 16 Tf 0 g)"
        f"/Rect[{x0} {842 - y1} {x1} {842 - y0}]{more}>>"
    )


def test_a_field_stands_behind_its_label() -> None:
    """What was filled in was lost in silence."""
    source = read(form(field(NAME, "明城市司法局")), "a.pdf")
    assert all_lines(source) == ["填报单位： 明城市司法局", "各县区要健全机制"]
    assert not source.gaps


@pytest.mark.parametrize(
    "words", ["第一行文字\r第二行文字", "第一行文字第二行文字"], ids=["broken", "cut by its width"]
)
def test_a_field_of_several_lines(words: str) -> None:
    source = read(form(field((90, 160, 180, 260), words, "/Ff 4096")), "a.pdf")
    assert all_lines(source)[-2:] == ["第一行文字", "第二行文字"]


def test_a_field_in_a_cell_of_a_table() -> None:
    rules = [(80.0, y, 450.0, y) for y in (80.0, 110.0, 150.0)]
    rules += [(x, 80.0, x, 150.0) for x in (80.0, 175.0, 450.0)]
    found = cells(read(form(field(NAME, "明城市司法局"), rules=rules), "a.pdf"))
    assert [words for *_, words in found][:2] == ["填报单位：", "明城市司法局"]


@pytest.mark.parametrize(("state", "tick"), [("/Yes", ["√"]), ("/Off", [])])
def test_a_ticked_box(state: str, tick: list[str]) -> None:
    box = field((90, 160, 106, 176), state, f"/AS{state}", "Btn")
    assert all_lines(read(form(box), "a.pdf"))[2:] == tick


@pytest.mark.parametrize("more", ["/F 2", "/F 32"], ids=["hidden", "not on the screen"])
def test_a_field_that_is_not_shown(more: str) -> None:
    hidden = field(NAME, "明城市司法局").replace("/F 4", more)
    assert all_lines(read(form(hidden), "a.pdf"))[0] == "填报单位："


def test_empty_fields_and_buttons_say_nothing() -> None:
    fields = (field(NAME, ""), field((90, 160, 180, 176), "/Go", "/Ff 65536", "Btn"))
    assert all_lines(read(form(*fields), "a.pdf")) == ["填报单位：", "各县区要健全机制"]


def test_words_too_long_for_a_field_are_set_smaller() -> None:
    words = "".join(f"第{n}项任务要加强组织领导" for n in range(9))
    source = read(form(field((90, 160, 290, 220), words, "/Ff 4096")), "a.pdf")
    assert "".join(all_lines(source)).endswith(f"各县区要健全机制{words}")
    last = source.blocks[-1].lines[0].box  # type: ignore[union-attr]
    assert last[3] < 225


def test_fields_over_one_another_take_time_by_their_number() -> None:
    """A line of all their words was searched for its end at each of them."""
    files = {n: form(*[field(NAME, "明城市司法局" * 12)] * n) for n in (50, 200)}
    assert growth(lambda count: read(files[count], "a.pdf"), 50, 200) < WORST
