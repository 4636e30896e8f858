"""Paragraphs: what a page's end or a line's width cut is joined, what the paper parted stays so."""

from __future__ import annotations

import pytest

from extract.clean import clean
from extract.model import Line, Paragraph, Source


def source(text: str) -> Source:
    """A plain text as the reader gives it: each physical line a paragraph that is not complete."""
    lines = text.split("\n")
    return Source("txt", tuple(Paragraph((Line(line),), complete=False) for line in lines))


def paragraphs(text: str) -> list[str]:
    return clean(source(text)).text.split("\n")


HEAD = "3. 提高业务能力。各级行政执法机关要开展培训，运用讲授"

JOINED = [
    (
        "会议印发了教育部办公厅，\n教育部门的文件，请落实。",
        "会议印发了教育部办公厅，教育部门的文件，请落实。",
    ),
    (f"{HEAD}\n\n式、研讨式等方法。", f"{HEAD}式、研讨式等方法。"),
    (f"{HEAD}\n— 3 —\n式、研讨式等方法。", f"{HEAD}式、研讨式等方法。"),
    (f"{HEAD}\n－３－\n\n式、研讨式等方法。", f"{HEAD}式、研讨式等方法。"),
    (f"{HEAD}\n第 3 页 共 9 页\n式、研讨式等方法。", f"{HEAD}式、研讨式等方法。"),
    (f"{HEAD}\n\f式、研讨式等方法。", f"{HEAD}式、研讨式等方法。"),
    (
        "完善制度。（牵头单位：市司法局 责任单位：各级行政执\n\n法部门)",
        "完善制度。（牵头单位：市司法局 责任单位：各级行政执法部门)",
    ),
    ("加强对乡镇（街道\n\n）的指导，形成合力。", "加强对乡镇（街道）的指导，形成合力。"),
    (
        "为深入贯\n\n彻党的精神，落实要求，制定本方案。",
        "为深入贯彻党的精神，落实要求，制定本方案。",
    ),
    (
        "抄送：市委各部门，市监委，\n市中级人民法院，各新闻单位。",
        "抄送：市委各部门，市监委，市中级人民法院，各新闻单位。",
    ),
    (
        "利用数据，推动 smart city\n\nservice 建设。",
        "利用数据，推动 smart city service 建设。",
    ),
    ("推行应用程序（A\n\nPP）掌上执法，提高水平。", "推行应用程序（APP）掌上执法，提高水平。"),
    (
        "要求各部门认真落实，到202\n\n5年底完成任务。",
        "要求各部门认真落实，到2025年底完成任务。",
    ),
]


@pytest.mark.parametrize(("text", "joined"), JOINED)
def test_what_a_page_cut_is_joined(text: str, joined: str) -> None:
    assert paragraphs(text) == [joined]


APART = [
    ["一、总体要求", "以提升质量为目标，加强队伍建设。"],
    ["一、总体要求", "（一）指导思想", "坚持问题导向，注重实效。"],
    ["相关程序办理，依法实施。", "（责任单位：市、县级行政执法部门）"],
    ["同政办发〔2024〕5号", "大同市人民政府办公室 关于印发工作方案的通知"],
    ["各县（区）人民政府，市人民政府各委、办、局：", "现印发给你们，请认真贯彻执行。"],
    ["现印发给你们，请认真贯彻执行", "定西市人民政府办公室", "2024年1月10日"],
    ["2024年1月10日", "办公室", "定西市提升行政执法质量三年行动 实施方案"],
    ["提升行政执法质量方案（2024—2025年）", "为全面提升质量，制定本方案。"],
    [
        "中共明省委明省人民政府印发《明省推进营商环境突破年实施意见》",
        "2023年2月13日，中共明省委明省人民政府印发了意见，并发出通知，要求各地贯彻落实。",
    ],
    ["附件:1.领导小组成员名单", "2.任务分解表"],
    ["加强队伍建设，提升能力", "2. 完善机制。各部门要落实责任。"],
    ["主办：市司法局", "督办：市政府办公室四科", "抄送：市委各部门。"],
    ["仲志诚 市市场监管局副局长", "李彦瑾 市大数据中心副主任"],
    ["抄报：省教育厅，省财政厅", "抄送：市人大常委会办公室，市政协办公室"],
    ["抄送：市人大常委会办公室，市政协办公室", "明城市教育局办公室 2024年3月1日印发", "共印120份"],
    [
        "联系人：张某，电话：010-12345678",
        "教育部办公厅　国家发展改革委办公厅",
        "市场监管总局办公厅",
        "2024年3月1日",
    ],
    ["1.1 编制目的", "建立健全应对机制，科学应对突发事件。"],
]


@pytest.mark.parametrize("lines", APART)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
def test_what_the_paper_parted_stays_apart(lines: list[str], between: str) -> None:
    assert paragraphs(between.join(lines)) == lines


def test_an_indent_opens_a_paragraph_and_is_dropped() -> None:
    text = "\n".join(f"　　第{n}项工作要抓好落实，确保完成" for n in "一二三四") + "　　"
    assert paragraphs(text) == [f"第{n}项工作要抓好落实，确保完成" for n in "一二三四"]


def test_marked_paragraphs_are_joined_only_where_a_cut_is_certain() -> None:
    blocks = ["各部门要加强领导，落实责任、", "完善机制。", "坚持改革，推进工作", "总体目标明确。"]
    found = clean(Source("html", tuple(Paragraph((Line(block),)) for block in blocks)))
    assert found.text.split("\n") == [blocks[0] + blocks[1], blocks[2], blocks[3]]


def test_lines_lead_back_to_page_and_box() -> None:
    first = Line("各部门要加强领导，落实责任", 1, (90.0, 700.0, 510.0, 716.0))
    second = Line("，完善机制。", 2, (90.0, 80.0, 190.0, 96.0))
    found = clean(Source("pdf", (Paragraph((first, second), complete=False),), pages=2))
    assert [(found.text[p.start : p.end], p.page, p.box) for p in found.lines] == [
        (first.text, 1, first.box),
        (second.text, 2, second.box),
    ]
    assert len(found.stretches) == 1


def test_boxes_tell_full_lines_and_indents() -> None:
    def line(text: str, x0: float, x1: float, at: int) -> Line:
        return Line(text, 1, (x0, 20.0 * at, x1, 20.0 * at + 16))

    rows = [
        ("到２０２５年底，各行业建成数据集，支撑训练需求，总结", 122, 506),
        ("形成建设方法论。重点行业数据集规模扩大、质量提升，权益", 90, 506),
        ("保障公平合理、流通汇聚畅通有序，供给体系基本形成了。", 90, 506),
        ("各单位要加强监督管理，发挥安全保障作用，推动杭州语料", 90, 506),
        ("库建设。", 90, 154),
        ("依托语料库，建立资源地图，打造社区，推动杭州提供服务", 122, 506),
        ("保障。", 90, 138),
    ]
    lines = tuple(line(text, x0, x1, at) for at, (text, x0, x1) in enumerate(rows))
    found = clean(Source("pdf", (Paragraph(lines, complete=False),), pages=1)).text.split("\n")
    texts = [text for text, _, _ in rows]
    assert found == ["".join(texts[:5]), "".join(texts[5:])]
