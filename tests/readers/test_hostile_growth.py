"""Files that are cheap to make long: what they name is looked up once."""

from __future__ import annotations

from collections.abc import Iterator
from email import iterators
from email.message import Message

import pytest
from making import docx, ofd, p, texts
from pace import WORST, growth

from extract.readers import ofd as ofd_reader
from extract.readers import read

LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'


def style(number: int, based_on: int | None, properties: str = "") -> str:
    above = "" if based_on is None else f'<w:basedOn w:val="s{based_on}"/>'
    return f'<w:style w:type="paragraph" w:styleId="s{number}">{above}{properties}</w:style>'


def chained(count: int) -> bytes:
    """As many paragraphs in the last of so many styles, each based on the one before."""
    styles = [style(n, n - 1) for n in range(count - 1, 0, -1)]
    last = p("加强培训。", f'<w:pStyle w:val="s{count - 1}"/>')
    return docx(last * count, LIST, "".join((*styles, style(0, None, NUMBERED))))


def test_styles_based_on_styles_take_time_by_their_number() -> None:
    files = {count: chained(count) for count in (1_000, 4_000)}
    assert texts(read(files[1_000], "a.docx"))[999] == "1000. 加强培训。"
    assert growth(lambda count: read(files[count], "a.docx"), 1_000, 4_000) < WORST


def test_a_style_says_what_those_below_it_do_not() -> None:
    """The list from above, the level from the nearest style that names one."""
    level = '<w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>'
    numbering = LIST.replace(
        "</w:abstractNum>", '<w:lvl w:ilvl="0"><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    )
    styles = style(0, None, NUMBERED) + style(1, 0) + style(2, 1, level) + style(3, 2)
    body = "".join(p("培训", f'<w:pStyle w:val="s{n}"/>') for n in (1, 2, 3))
    assert texts(read(docx(body, numbering, styles), "a.docx")) == ["1. 培训", "1) 培训", "2) 培训"]


@pytest.mark.parametrize("styles", [style(0, 0), style(0, 1) + style(1, 0), style(0, 7)])
def test_styles_based_on_one_another_name_no_list(styles: str) -> None:
    assert texts(read(docx(p("培训", '<w:pStyle w:val="s0"/>'), LIST, styles), "a.docx")) == [
        "培训"
    ]


TEXT = (
    '<ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer><ofd:TextObject ID="1" Size="5"'
    ' Boundary="10 10 100 10"><ofd:TextCode X="0" Y="5" DeltaX="g 5 5">加强培训。</ofd:TextCode>'
    "</ofd:TextObject></ofd:Layer></ofd:Content>"
)


def test_pages_of_ofd_take_time_by_their_number() -> None:
    files = {count: ofd([TEXT] * count, {"9": "<ofd:Content/>"}) for count in (1_000, 4_000)}
    assert growth(lambda count: read(files[count], "a.ofd"), 1_000, 4_000) < WORST


def test_more_pages_of_ofd_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_reader, "_MAX_PAGES", 2)
    assert not read(ofd([TEXT] * 2, {"9": ""}), "a.ofd").gaps
    source = read(ofd([TEXT] * 3, {"9": ""}), "a.ofd")
    assert source.pages == 2
    (gap,) = source.gaps
    assert (gap.code, gap.message[:32]) == ("too_many_pages", "only the first 2 pages were read")


def test_parts_of_a_letter_are_gone_through_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter of 1 MB was cut off by the time limit: each text looked at all other parts."""
    seen: list[Message] = []

    def walk(part: Message) -> Iterator[Message]:
        seen.append(part)
        yield from iterators.walk(part)  # type: ignore[attr-defined]

    part = "--b\nContent-Type: text/plain; charset=utf-8\n\n加强培训。\n"
    head = 'From: a@b.cn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    monkeypatch.setattr(Message, "walk", walk)
    assert texts(read(f"{head}{part * 100}--b--\n".encode(), "a.eml")) == ["加强培训。"] * 100
    assert len(seen) < 5 * 100


def table(count: int) -> bytes:
    """A table of one row with so many columns."""
    sides = "".join(f"\\cellx{n}" for n in range(count))
    return ("{\\rtf1\\trowd" + sides + "\\intbl " + "a\\cell " * count + "\\row}").encode()


def test_columns_of_rtf_take_time_by_their_number() -> None:
    files = {count: table(count) for count in (10_000, 40_000)}
    assert growth(lambda count: read(files[count], "a.rtf"), 10_000, 40_000) < WORST


def merged(count: int) -> bytes:
    """A table of so many rows whose cells all reach over many columns and rows."""
    row = "<tr>" + "<td colspan=500 rowspan=500>市</td>" * 20 + "</tr>"
    return f"<html><body><table>{row * count}</table></body></html>".encode()


def test_merged_cells_of_html_take_time_by_their_number() -> None:
    """A page of 150 KB took 16 s, one of 4 MB the time limit: each column was stepped over."""
    files = {count: merged(count) for count in (50, 200)}
    assert growth(lambda count: read(files[count], "a.html"), 50, 200) < WORST
