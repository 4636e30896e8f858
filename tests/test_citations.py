"""Papers named in a text: what is one, with which number, under which relation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from papers import RAW, seed

from extract.assemble.metadata import read_metadata
from extract.lens import View
from extract.outline.parts import find_parts
from extract.rules.papers.citations import CitationMention, find_citations, resolve
from extract.rules.rule import RULES

GOLD = Path(__file__).parent / "gold"

CASES = [
    ("根据《某省办法》（省政府令第286号）规定", [("某省办法", "省政府令第286号", "basis")]),
    (
        "按照《A办法》（省政府令第1号）《B通知》（晋政办发〔2021〕49号）规定",
        [("A办法", "省政府令第1号", "basis"), ("B通知", "晋政办发〔2021〕49号", "basis")],
    ),
    (
        "将国办发〔2023〕27号、晋政办发〔2023〕79号文件列为必修内容",
        [(None, "国办发〔2023〕27号", "mention"), (None, "晋政办发〔2023〕79号", "mention")],
    ),
    (
        "《三年行动计划》（国办发〔2023〕27号印发）",
        [("三年行动计划", "国办发〔2023〕27号", "mention")],
    ),
    ("国办发〔2023〕27号《三年行动计划》", [("三年行动计划", "国办发〔2023〕27号", "mention")]),
    (
        "执行《停车设施技术标准》（DB22/T 5132-2022）、《产品识别码》（GB/T41300—2022）",
        [
            ("停车设施技术标准", "DB22/T 5132-2022", "basis"),
            ("产品识别码", "GB/T41300—2022", "basis"),
        ],
    ),
    ("按照《居住区规划设计标准》（GB 50180）配建", [("居住区规划设计标准", "GB 50180", "basis")]),
    ("填写《统计表》（DK 12）", []),
    (
        "根据《关于印发＜某省管理实施意见》的通知》（某商发〔2021〕189号）",
        [("关于印发＜某省管理实施意见》的通知", "某商发〔2021〕189号", "basis")],
    ),
    ("《关于印发〈某市方案〉的通知》", [("关于印发〈某市方案〉的通知", None, "mention")]),
    (
        "《深圳市贯彻落实《珠三角规划纲要（2008－2020年）》工作方案》",
        [("深圳市贯彻落实《珠三角规划纲要（2008－2020年）》工作方案", None, "mention")],
    ),
    (
        "公安部1995年第25号令发布的《暂住证申领办法》即予以废止",
        [("暂住证申领办法", "公安部1995年第25号令", "mention")],
    ),
    (
        "根据国办发〔2023〕27号文件印发的《三年行动计划》",
        [("三年行动计划", "国办发〔2023〕27号", "basis")],
    ),
    ("《择校生招生名单》于8月20日前报区招考办审核", []),
    ("公布《第一批试点城市名单》", [("第一批试点城市名单", None, "mention")]),
    ("转发《省教育厅关于招生的意见》", [("省教育厅关于招生的意见", None, "forwarded")]),
    (
        "出台《现场执法工作指引》《规范用语指引》",
        [("现场执法工作指引", None, "mention"), ("规范用语指引", None, "mention")],
    ),
    ("严格落实《统计年报制度》", [("统计年报制度", None, "basis")]),
    ("编制《柔性执法事项清单（2023版）》", [("柔性执法事项清单（2023版）", None, "mention")]),
    ("落实行政处罚法、行政许可法等法律", []),
    ("办理《建设工程规划许可证》，填写《入学申请表》《备案登记表》", []),
    ("持《居住证》和《户口簿》，见《人民日报》《市政府公报》", []),
    ("违反本《意见》的，依法处理", []),
    ("实行《双随机、一公开》", []),
    ("缺右括号的《某市方案以及其他", []),
    (
        "依据《网约车管理办法》（工业和信息化部令第60号）",
        [("网约车管理办法", "工业和信息化部令第60号", "basis")],
    ),
    (
        "依据《房产测绘办法》（中华人民共和国住房和城乡建设部令第83号）",
        [("房产测绘办法", "中华人民共和国住房和城乡建设部令第83号", "basis")],
    ),
    ("根据公安部和国家发展和改革委员会令第9号", [(None, "国家发展和改革委员会令第9号", "basis")]),
    (
        "按照《减税政策》（财政部 税务总局公告2023年第6号）",
        [("减税政策", "财政部税务总局公告2023年第6号", "basis")],
    ),
    ("在公告栏第3号展板张贴", []),
    (
        "（详见商务部海关总署公告2022年第18号）",
        [(None, "商务部海关总署公告2022年第18号", "mention")],
    ),
    ("依据《某省双随机抽查工作平台》开展，按照《信息系统》录入", []),
    ("依据《某省信息平台管理办法》", [("某省信息平台管理办法", None, "basis")]),
]


@pytest.mark.parametrize(("text", "want"), CASES, ids=[case[0][:12] for case in CASES])
def test_found(text: str, want: list[tuple[str | None, str | None, str]]) -> None:
    found = find_citations(View(text))
    assert [(m.title, m.doc_number, m.relation) for m in found] == want


def test_spans_cover_title_and_number() -> None:
    text = "依据《某省 办法》（ 省政府令 第286号 ），执行"
    (mention,) = find_citations(View(text))
    assert text[mention.char_start : mention.char_end] == "《某省 办法》（ 省政府令 第286号 ）"
    assert mention.title == "某省办法"
    assert mention.doc_number == "省政府令第286号"


OWN = ["某市人民政府关于印发某市支持创业若干措施的通知", "某政发〔2024〕5号"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《某市支持创业若干措施》已经同意，现印发给你们", []),
        ("现将《关于某市支持创业的若干措施》印发给你们", []),
        ("某政发〔2024〕5号同时废止", []),
        ("《某市支持创业若干措施》（某政发〔2021〕9号）同时废止", ["某市支持创业若干措施"]),
        ("根据《某省支持创业若干措施》", ["某省支持创业若干措施"]),
    ],
)
def test_the_paper_itself_is_not_cited(text: str, titles: list[str]) -> None:
    assert [m.title for m in find_citations(View(text), OWN)] == titles


def resolved(*paragraphs: str, own: tuple[str, ...] = ()) -> list[CitationMention]:
    return resolve([m for text in paragraphs for m in find_citations(View(text), own)])


def test_number_named_again_takes_its_title() -> None:
    found = resolved("落实《三年行动计划》（国办发〔2023〕27号）", "学习国办发〔2023〕27号文件")
    assert [(m.title, m.doc_number) for m in found] == [("三年行动计划", "国办发〔2023〕27号")] * 2


def test_short_title_stands_for_the_first() -> None:
    found = resolved(
        "为落实《某区规划纲要（2008－2020年）》（以下简称《纲要》），制定本方案。",
        "依据《某法》（国发〔2020〕1号，以下简称《规则》）",
        "对照《纲要》和《规则》",
    )
    assert [(m.title, m.doc_number) for m in found] == [
        ("某区规划纲要（2008－2020年）", None),
        ("某法", "国发〔2020〕1号"),
        ("某区规划纲要（2008－2020年）", None),
        ("某法", "国发〔2020〕1号"),
    ]


def test_short_title_of_the_paper_itself_is_not_cited() -> None:
    own = ("某市关于支持创业的实施意见（征求意见稿）",)
    found = resolved(
        "起草了《某市关于支持创业的实施意见（征求意见稿）》（以下简称《意见》）。",
        "《意见》共五章。",
        own=own,
    )
    assert found == []


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.name[:3])
def test_seed_citations(path: Path) -> None:
    canonical = seed(path.name[:3])
    parts = find_parts(canonical)
    known = read_metadata(canonical, parts, {})
    own = [name for name in (known.title, known.doc_number, *parts.issued) if name]
    spans = [*parts.notice, *(s for b in parts.body for s in parts.spans(canonical, b))]
    cells = [(s.start, s.end) for s in canonical.stretches if s.table is not None]
    views = [View(canonical.text, *span) for span in [*spans, *cells] if isinstance(span, tuple)]
    found = resolve([m for view in views for m in find_citations(view, own)])
    gold = json.loads((GOLD / f"{path.stem}.json").read_text())["citations"]
    halves = str.maketrans("（）", "()")
    want = {(c["title"].translate(halves), c["doc_number"]) for c in gold}
    assert {((m.title or "").translate(halves), m.doc_number) for m in found} == want


@pytest.mark.parametrize("name", ["short title", "relation of a citation"])
def test_rules_by_their_examples(name: str) -> None:
    assert RULES[name].failures() == []
