"""The paper inside a web page, and nothing else of it."""

from __future__ import annotations

import pytest
from making import cells, texts
from pace import paces

from extract.readers import read

BODY = (
    "<p>各县（区）人民政府，市政府各部门：</p>"
    "<p>现将《提升行政执法质量行动方案》印发给你们，请认真贯彻执行，有关情况及时报送市司法局。</p>"
    "<p>一、总体要求</p><p>到2025年，行政执法人员培训不少于60学时，执法质量显著提升。</p>"
    "<p>明城市人民政府办公室</p><p>2024年3月1日</p>"
)
PAPER = [
    "各县（区）人民政府，市政府各部门：",
    "现将《提升行政执法质量行动方案》印发给你们，请认真贯彻执行，有关情况及时报送市司法局。",
    "一、总体要求",
    "到2025年，行政执法人员培训不少于60学时，执法质量显著提升。",
    "明城市人民政府办公室",
    "2024年3月1日",
]
TITLE = "明城市人民政府办公室关于印发提升行政执法质量行动方案的通知"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


PAGES = {
    "bare": f"<h1>{TITLE}</h1>{BODY}",
    "menu, crumbs, buttons, footer": (
        "<div class='nav'><ul><li><a href=#>首页</a></li><li><a href=#>政务公开</a></li></ul></div>"
        "<div>当前位置：<a href=#>首页</a> &gt; <a href=#>文件</a></div>"
        f"<div class='article'><h1>{TITLE}</h1>"
        "<div>来源：市政府办 发布时间：2024-03-05 10:00 浏览次数：12</div>"
        "<div>【字体：<a>大</a> <a>中</a> <a>小</a>】 打印 关闭</div>"
        f"<div class='content'>{BODY}</div>"
        "<div>扫一扫在手机打开当前页</div><div>【打印本页】 【关闭窗口】</div></div>"
        "<div>相关链接</div><ul><li><a href=#>市政府关于另一事项的通知</a></li></ul>"
        "<div>上一篇：<a href=#>某某公告</a></div>"
        "<footer>主办单位：明城市人民政府 冀ICP备05000001号 版权所有</footer>"
    ),
    "layout tables": (
        "<table><tr><td><a href=#>首页</a>|<a href=#>政务</a>|<a href=#>服务</a></td></tr></table>"
        f"<table><tr><td><table><tr><td>{TITLE}</td></tr></table></td></tr>"
        "<tr><td><table><tr><td>日期：2014-04-29 【字号 大 中 小】</td></tr>"
        f"<tr><td>{BODY}</td></tr></table></td></tr></table>"
    ),
    "static site": (
        "<article><header class='policy-header'>"
        "<div><span>政策解读</span><span>政策原文</span></div>"
        f"<h1 class='policy-title'>{TITLE}</h1><div>2024-03-05</div></header>"
        f"<div class='policy-body'>{BODY}</div></article>"
        "<div><a href='./'>返回政策原文列表</a></div>"
        "<nav><a href=#>← 上一篇</a><a href=#>下一篇 →</a></nav>"
    ),
    "a zone around the whole page": f"<div class='page with-nav'><h1>{TITLE}</h1>{BODY}</div>",
    "title printed by the page and by the paper": (
        f"<h1>{TITLE}</h1><div class='time'>发布时间：2024-03-05 10:00</div>"
        f"<div><p>{TITLE}</p>{BODY}</div>"
    ),
    "hidden text": (
        f"<h1>{TITLE}</h1><p style='display:none'>隐藏的文字，不应出现在正文里。</p>"
        "<p hidden>又一段隐藏文字。</p><script>var a='脚本里的文字。';</script>"
        "<style>.a{content:'样式。'}</style><template><p>模板里的文字。</p></template>"
        f"<noscript>请打开脚本。</noscript><!-- 注释里的文字。 -->{BODY}"
    ),
}


@pytest.mark.parametrize("body", PAGES.values(), ids=list(PAGES))
def test_paper_in_page(body: str) -> None:
    head = f"<title>{TITLE}_明城市人民政府</title>"
    assert texts(read(page(body, head), "a.html")) == [TITLE, *PAPER]


def test_fields_are_taken_out() -> None:
    fields = (
        "<table><tr><td>索 引 号：</td><td>000014349/2024-00005</td>"
        "<td>主题分类：</td><td>司法</td></tr>"
        "<tr><td>发文机关：</td><td>明城市人民政府办公室</td><td>成文日期：</td><td>2024年03月01日</td></tr>"
        f"<tr><td>标&nbsp;&nbsp;题：</td><td colspan=3>{TITLE}</td></tr>"
        "<tr><td>发文字号：</td><td>明政办发〔2024〕5号</td>"
        "<td>主 题 词：</td><td></td></tr></table>"
    )
    source = read(page(f"{fields}<div><h1>{TITLE}</h1>{BODY}</div>"), "a.html")
    assert texts(source) == [TITLE, *PAPER]
    assert source.printed == {
        "索引号": "000014349/2024-00005",
        "主题分类": "司法",
        "发文机关": "明城市人民政府办公室",
        "成文日期": "2024年03月01日",
        "标题": TITLE,
        "发文字号": "明政办发〔2024〕5号",
    }


def test_fields_in_a_list_and_a_byline() -> None:
    body = (
        "<ul><li><b>索引号:</b>1144/2023-00331</li><li><b>发布机构:</b>市卫生健康委</li>"
        "<li><b>文号:</b>明卫函〔2023〕19号</li></ul>"
        f"<h1>{TITLE}</h1><div>发布日期：2023-11-07 浏览次数：-</div><div>{BODY}</div>"
    )
    source = read(page(body), "a.html")
    assert texts(source) == [TITLE, *PAPER]
    assert source.printed == {
        "索引号": "1144/2023-00331",
        "发布机构": "市卫生健康委",
        "文号": "明卫函〔2023〕19号",
        "发布日期": "2023-11-07",
    }


CHARSETS = [
    ("gb18030", "utf-8"),
    ("utf-8", "gb2312"),
    ("gb18030", "gb2312"),
    ("gb18030", ""),
    ("utf-16", "gb2312"),
    ("utf-8", "iso-8859-1"),
]


@pytest.mark.parametrize(("encoding", "declared"), CHARSETS)
def test_wrong_declared_charset(encoding: str, declared: str) -> None:
    head = f"<html><head><meta charset='{declared}'></head>"
    text = f"{head}<body><p>镕基同志〇①㎡，</p>{BODY}</body></html>"
    assert texts(read(text.encode(encoding), "a.html")) == ["镕基同志〇①㎡，", *PAPER]


PARAGRAPHS = [
    ("<p>甲甲甲，<b>乙</b>丙。</p>", ["甲甲甲，乙丙。"]),
    ("甲甲甲甲。<br>乙乙乙乙。<br/><br>丙丙。", ["甲甲甲甲。", "乙乙乙乙。", "丙丙。"]),
    ("<div>甲。<div>乙。</div>丙。</div>", ["甲。", "乙。", "丙。"]),
    ("<p>A&amp;B&nbsp;甲&#12289;乙&hellip;</p>", ["A&B\xa0甲、乙…"]),
    ("<p>第一行\n   第二行</p>", ["第一行 第二行"]),
    ("<p>　　缩进。</p>", ["缩进。"]),
    ("<ol><li>甲。</li><li><p>乙。</p></li></ol>", ["1.甲。", "2.乙。"]),
    ("<ol start=3 type=a><li>甲。</li></ol>", ["c.甲。"]),
    ("<ol style='list-style-type:cjk-ideographic'><li>甲。</li></ol>", ["一、甲。"]),
    ("<ol><li>1.甲。</li><li>（二）乙。</li></ol>", ["1.甲。", "（二）乙。"]),
    ("<ul><li>甲。</li></ul>", ["甲。"]),
    (
        "<p align=center>明城市人民政府办公室<br>关于印发方案的通知<br>明政办发〔2024〕5号</p>",
        ["明城市人民政府办公室⏎关于印发方案的通知", "明政办发〔2024〕5号"],
    ),
    ("<p>____________________</p><p>甲。</p>", ["甲。"]),
    ("<ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字。", ["汉字。"]),
]


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS)
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert texts(read(page(f"<div>{body}</div>"), "a.html")) == expected


def test_preformatted_lines_stay_open() -> None:
    source = read(page("<pre>第一行没有写完的\n句子。</pre>"), "a.html")
    assert [block.complete for block in source.blocks] == [False, False]


def test_table_with_spans() -> None:
    body = (
        "<table><caption>任务清单</caption><tr><th rowspan=2>序号</th><th colspan=2>任务</th></tr>"
        "<tr><td>名称</td><td><p>牵头</p><p>单位</p></td></tr>"
        "<tr><td>1</td><td>培训</td><td>司法局<br>财政局</td></tr></table>"
    )
    source = read(page(body), "a.html")
    assert texts(source)[0] == "任务清单"
    assert cells(source) == [
        (0, 0, 2, 1, "序号"),
        (0, 1, 1, 2, "任务"),
        (1, 1, 1, 1, "名称"),
        (1, 2, 1, 1, "牵头/单位"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "培训"),
        (2, 2, 1, 1, "司法局/财政局"),
    ]


def test_heading_rows_stand_before_the_table() -> None:
    body = (
        "<table><tr><td colspan=2>附件<br>任务分工表</td></tr><tr><td>任务</td><td>单位</td></tr>"
        "<tr><td>甲</td><td>乙</td></tr>"
        "<tr><td colspan=2>注：排第一位的为牵头单位</td></tr></table>"
    )
    source = read(page(body), "a.html")
    assert texts(source) == [
        "附件",
        "任务分工表",
        "任务 | 单位 | 甲 | 乙",
        "注：排第一位的为牵头单位",
    ]
    assert cells(source)[0] == (0, 0, 1, 1, "任务")


def test_group_row_at_the_top_stays_in_the_table() -> None:
    body = "<table><tr><td colspan=2>一、能力</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
    assert cells(read(page(body), "a.html"))[0] == (0, 0, 1, 2, "一、能力")


@pytest.mark.parametrize("span", ["99999999", "-1", "x", "0", "9" * 5000])
def test_absurd_spans(span: str) -> None:
    body = (
        f"<table><tr><td rowspan={span}>甲</td><td colspan={span}>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr></table>"
    )
    assert "甲" in texts(read(page(body), "a.html"))[0]


def test_directives_and_front_matter_are_dropped() -> None:
    text = f"---\nlayout: default\ntitle: {TITLE}\n---\n<style>p{{}}</style><h1>{TITLE}</h1>{BODY}"
    assert texts(read(text.encode(), "a.html")) == [TITLE, *PAPER]
    jsp = f"<%@ page language='java' %><h2>{TITLE}<%= x %></h2>{BODY}"
    assert texts(read(jsp.encode(), "a.jsp")) == [TITLE, *PAPER]


def test_links_and_lists_of_annexes_inside_the_paper_stay() -> None:
    body = f"<div><h1>{TITLE}</h1>{BODY}<p>附件：<a href=a.doc>1.任务分工表</a></p></div>"
    assert texts(read(page(body), "a.html")) == [TITLE, *PAPER, "附件：1.任务分工表"]


def test_deep_nesting_is_read_and_said() -> None:
    data = ("<div>" * 50_000 + BODY).encode()
    source = read(data, "a.html")
    assert texts(source) == PAPER
    assert [gap.code for gap in source.gaps] == ["deep_nesting"]
    assert paces(lambda: read(data, "a.html")) < 4


@pytest.mark.parametrize("depth", [300, 900])
def test_nesting_that_still_fits(depth: int) -> None:
    source = read(("<div>" * depth + BODY + "</div>" * depth).encode(), "a.html")
    assert (texts(source), source.gaps) == (PAPER, ())


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = texts(read(f"{bomb}<html><body><p>甲&b;</p>{BODY}</body></html>".encode(), "a.html"))
    assert text[-1] == PAPER[-1]
    assert "aaaaaaaaaa" not in "".join(text)


def test_a_row_without_cells_is_counted_by_those_that_cover_it_but_is_none() -> None:
    body = (
        "<table><tr><th rowspan=3>任务</th><th colspan=2>单位</th></tr>"
        "<tr><th rowspan=2>牵头</th><th rowspan=2>配合</th></tr><tr></tr>"
        "<tr><td>建成平台</td><td>市数据局</td><td>市财政局</td></tr></table>"
    )
    assert cells(read(page(body), "a.html")) == [
        (0, 0, 2, 1, "任务"),
        (0, 1, 1, 2, "单位"),
        (1, 1, 1, 1, "牵头"),
        (1, 2, 1, 1, "配合"),
        (2, 0, 1, 1, "建成平台"),
        (2, 1, 1, 1, "市数据局"),
        (2, 2, 1, 1, "市财政局"),
    ]
