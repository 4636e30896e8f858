"""Web pages whose paper is not among their own words."""

from __future__ import annotations

import json

import pytest
from making import texts

from extract import extract_bytes
from extract.readers import read

WORDS = "市教育局要组织教师培训，2024年6月底前完成。" * 5
PAPER = f"<p>关于加强培训的通知</p><p>{WORDS}</p>"


def page(body: str) -> bytes:
    return f"<html><head><meta charset='utf-8'><title>通知</title></head>{body}</html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"<body><iframe srcdoc='{PAPER}'></iframe></body>",
        f"<body><textarea>关于加强培训的通知\n{WORDS}</textarea></body>",
    ],
    ids=["frame", "field"],
)
def test_what_a_browser_shows_in_its_place_is_read(body: str) -> None:
    source = read(page(body), "a.html")
    assert texts(source) == ["关于加强培训的通知", WORDS]
    assert not source.gaps


@pytest.mark.parametrize(
    ("body", "files"),
    [
        ('<body><iframe src="content.html?id=3"></iframe></body>', "content.html"),
        ('<frameset><frame src="/nav/"><frame src="x/main.htm"></frameset>', "nav, main.htm"),
        ('<body><p>关于加强培训的通知</p><embed src="方案.pdf"></body>', "方案.pdf"),
        ('<body><object data="http://a.gov.cn/p/plan.ofd"></object></body>', "plan.ofd"),
        ("".join(f'<iframe src="{n}.htm"></iframe>' for n in range(5)), "0.htm, 1.htm, 2.htm …"),
    ],
)
def test_files_that_the_page_shows_are_named(body: str, files: str) -> None:
    """It was said that the file holds no Chinese, or nothing."""
    found = extract_bytes(page(body), "a.html")
    assert found.document.status == "partial"
    (gap,) = [gap for gap in found.diagnostics if gap.stage == "read"]
    assert gap.code == "text_elsewhere"
    assert gap.message == (
        f"the page shows its text from other files ({files}); save these and give them"
    )


@pytest.mark.parametrize("ascii", [True, False])
def test_a_text_in_a_script_is_told(ascii: bool) -> None:
    data = json.dumps({"content": PAPER}, ensure_ascii=ascii)
    body = f"<body><div id='app'>加载中</div><script>window.data={data}</script></body>"
    (gap,) = read(page(body), "a.html").gaps
    assert (gap.code, gap.message[:38]) == (
        "text_elsewhere",
        "the page's text stands in a script; op",
    )


@pytest.mark.parametrize(
    "more",
    [
        '<iframe src="top.html"></iframe>',
        f"<script>var hints='{WORDS}'</script>",
        "<textarea>请输入您的意见</textarea>",
        '<iframe src="about:blank"></iframe>',
        '<iframe src="javascript:void(0)"></iframe>',
    ],
)
def test_a_page_with_a_paper_has_nothing_to_tell(more: str) -> None:
    source = read(page(f"<body>{more}{PAPER}<p>{WORDS}</p></body>"), "a.html")
    assert texts(source) == ["关于加强培训的通知", WORDS, WORDS]
    assert not source.gaps
