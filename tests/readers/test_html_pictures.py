"""Pictures of a web page: told of where they may hold words of the paper, and only there."""

from __future__ import annotations

import pytest
from making import texts
from test_html import BODY, PAPER, TITLE, page

from extract import extract_bytes
from extract.readers import read

PICTURE = "<p><img src='W020240301.jpg'></p>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (BODY.replace("<p>明城市", f"{PICTURE}<p>明城市"), ["a picture stands in the text"]),
        (BODY.replace("<p>一、", f"{PICTURE}{PICTURE}<p>一、"), ["2 pictures stand in the text"]),
        (BODY + PICTURE, []),
        (PICTURE + BODY, ["a picture stands in the text"]),
        (BODY.replace("<p>一、", "<p><img src='icon_01.png'>一、"), []),
        (BODY.replace("<p>一、", "<p><img src='a.png' width='90' height='90'>一、"), []),
        (BODY.replace("<p>一、", "<p><img src='a.png' style='height: 12px'>一、"), []),
    ],
    ids=["one", "two", "below", "under the title", "named an icon", "narrow", "flat"],
)
def test_pictures_among_the_text_are_told_of(body: str, told: list[str]) -> None:
    source = read(page(f"<h1>{TITLE}</h1>{body}"), "a.html")
    assert [gap.message.split(",")[0] for gap in source.gaps] == told
    assert {gap.code for gap in source.gaps} <= {"picture_in_text"}
    assert [text for text in texts(source) if text != TITLE] == PAPER


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("<img src='W02.jpg'><p><img src='W03.jpg'></p>", ["2 pictures stand in the text"]),
        ("<img src='icon_01.png'><img src='a.png' width='90'>", []),
    ],
    ids=["two", "small"],
)
def test_pictures_inside_a_table_are_told_of(cell: str, told: list[str]) -> None:
    table = (
        f"<table><tr><td>序号</td><td>专栏</td></tr><tr><td>1</td><td>图{cell}</td></tr></table>"
    )
    for body in (BODY.replace("<p>一、", f"{table}<p>一、"), table):
        source = read(page(body), "a.html")
        assert [gap.message.partition(", ")[0] for gap in source.gaps] == told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("/xhqrmzf/2024/W02.png", True),
        ("/online/2024/3/P0203.png", True),
        ("/space/icon/1.jpg", True),
        ("/upload/print/2024/fujian1.jpg?from=icon", True),
        ("/u/deadline.png", True),
        ("/u/linear.png", True),
        ("C:\\icon\\W02.png", True),
        ("W02.png#icon", True),
        ("table1.gif", True),
        ("data:image/png;base64,aGVsbG8/icon+qr/dot=", True),
        ("/global/qrcode_wx.jpg", False),
        ("/global/2016_ewm_wx.jpg", False),
        ("C:\\page\\ICON01.png", False),
        ("/a/logo.png?v=3/4", False),
        ("images/spacer.gif", False),
    ],
)
def test_ornaments_are_known_by_whole_words_of_the_file_name(source: str, told: bool) -> None:
    body = BODY.replace("<p>一、", f"<p><img src='{source}'></p><p>一、")
    assert [gap.code for gap in read(page(body), "a.html").gaps] == ["picture_in_text"] * told


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ("<p>抄<img src='W02.gif' align='left'> 送：市政协办。</p>", False),
        ("<p>抄送：<img src='W02.gif' align='left' width='600' height='400'>市政协办。</p>", True),
        ("<p>抄送：<img src='W02.gif'>市政协办。</p>", True),
        ("<p>抄送：市政协办。</p><p><img src='W02.gif' align='left'>附图</p>", True),
    ],
    ids=["drawn over a line", "of a size", "in the line", "beside a paragraph"],
)
def test_rules_drawn_over_a_line_are_no_pictures(drawn: str, told: bool) -> None:
    source = read(page(BODY + drawn + "<p>明城市人民政府办公室印发</p>"), "a.html")
    assert [gap.code for gap in source.gaps] == ["picture_in_text"] * told


HEAD = (
    "<div class='top'><img src='/images/head.jpg'></div>"
    "<div class='nav'><a href='#'>首页</a><img src='/images/menu.png'></div>"
)
FOOT = (
    "<div class='share'><img src='/images/wx.png'></div>"
    "<div><a href='http://a.cn'><img src='/images/site.jpg'></a></div>"
    "<div class='footer'><img src='/images/ga.png'>主办单位：明城市人民政府 冀ICP备05000001号</div>"
)
SCANS = "<p><img src='W01.jpg'></p><p><a href='W02.jpg'><img src='W02.jpg'></a></p>"


def _sheet(inside: str, called: str = "class='TRS_Editor'") -> bytes:
    """A page of a site whose paper is this."""
    title = f"<h1>{TITLE}</h1><div>来源：市政府办 发布时间：2024-03-05</div>"
    return page(f"{HEAD}<div id='main'>{title}<div {called}>{inside}</div></div>{FOOT}")


@pytest.mark.parametrize("called", ["class='TRS_Editor'", "id='zoom'", "class='article-body'"])
def test_a_paper_that_is_only_pictures_says_so(called: str) -> None:
    found = extract_bytes(_sheet(SCANS, called), "a.html")
    assert (found.document.status, found.document.title) == ("partial", TITLE)
    (gap,) = [gap for gap in found.diagnostics if gap.stage == "read"]
    assert gap.code == "page_without_text"
    assert gap.message.startswith("2 pictures stand where the page's paper should be")
    assert "give that, which is read with OCR" in gap.message


def test_a_page_without_a_word_but_pictures_says_so() -> None:
    source = read(page(f"<div class='content'>{SCANS}</div>"), "a.html")
    assert [gap.code for gap in source.gaps] == ["page_without_text"]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>附件：<img src='/images/pdf.gif'><a href='1.pdf'>方案.pdf</a></p>",
        "<p><img src='/images/ewm.png'></p>",
        "<p><img src='a.png' width='120' height='120'></p>",
        "<p><a href='http://a.cn/zt/'><img src='W01.jpg'></a></p>",
        "<p><img></p>",
        "<div class='share'><img src='W01.jpg'></div>",
        BODY * 2 + SCANS,
    ],
    ids=["kind of a file", "code", "small", "link", "nothing", "share", "with its words"],
)
def test_ornaments_are_no_paper_of_pictures(inside: str) -> None:
    assert read(_sheet(inside), "a.html").gaps == ()
