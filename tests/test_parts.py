"""The parts of a paper, on whole papers of a few lines and on the seeds."""

from __future__ import annotations

import pytest
from papers import paper, seed

from extract.model import Canonical
from extract.outline import front, issued, marks  # noqa: F401  (their rules are tested below)
from extract.outline.marks import annex_head, is_date, is_number, is_organs, recipients_end
from extract.outline.parts import Body, Parts, find_parts
from extract.rules.rule import RULES

NOTICE = (
    "河阳市人民政府办公室文件",
    "河政办发〔2024〕5号",
    "河阳市人民政府办公室",
    "关于印发河阳市政务服务提升行动方案",
    "（2024—2026年）的通知",
    "各县（区）人民政府，市政府各部门：",
    "《河阳市政务服务提升行动方案（2024—2026年）》已经市政府同意，现印发给你们，请认真贯彻执行。",
    "河阳市人民政府办公室",
    "2024年1月30日",
    "（此件公开发布）",
    "办公室",
    "河阳市政务服务提升行动方案",
    "（2024—2026年）",
    "为提升政务服务水平，制定本方案。",
    "一、工作目标",
    "到2026年底，服务明显改善。",
    "附件：1.工作专班名单",
    "2.任务分解表",
    "附件1",
    "工作专班名单",
    "组长由市政府分管负责同志担任。",
    "任务分解表",
    "市财政局负责落实资金保障，市司法局负责审查。",
    "抄送：市委各部门，市监委。",
    "河阳市人民政府办公室",
    "2024年2月1日印发",
)


def texts(canonical: Canonical, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [canonical.text[i:j] for i, j in spans]


def body_texts(canonical: Canonical, parts: Parts, body: Body) -> list[str]:
    return [
        canonical.text[s[0] : s[1]] for s in parts.spans(canonical, body) if isinstance(s, tuple)
    ]


def test_notice_with_plan_and_annexes() -> None:
    canonical = paper(*NOTICE)
    parts = find_parts(canonical)
    assert texts(canonical, parts.letterhead) == ["河阳市人民政府办公室文件"]
    assert texts(canonical, parts.numbers) == ["河政办发〔2024〕5号"]
    assert "".join(texts(canonical, parts.title)) == (
        "河阳市人民政府办公室关于印发河阳市政务服务提升行动方案（2024—2026年）的通知"
    )
    assert parts.recipients is not None
    assert texts(canonical, (parts.recipients,)) == ["各县（区）人民政府，市政府各部门"]
    assert len(parts.notice) == 1
    assert texts(canonical, parts.signature) == ["河阳市人民政府办公室"]
    assert texts(canonical, parts.signed) == ["2024年1月30日"]
    assert texts(canonical, parts.disclosure) == ["（此件公开发布）"]
    assert texts(canonical, parts.stray) == ["办公室"]
    assert texts(canonical, parts.annex_list) == ["附件：1.工作专班名单", "2.任务分解表"]
    assert texts(canonical, parts.colophon) == list(NOTICE[-3:])
    assert [body.annex for body in parts.body] == [None, 1, 2]
    main, first, second = (body_texts(canonical, parts, body) for body in parts.body)
    assert main == list(NOTICE[13:16])
    assert first == ["组长由市政府分管负责同志担任。"]
    assert second == ["市财政局负责落实资金保障，市司法局负责审查。"]


@pytest.mark.parametrize("dropped", range(len(NOTICE)))
def test_any_line_can_be_missing(dropped: int) -> None:
    """Whatever line is lost, every stretch stands in one part at most and no body is empty."""
    lines = NOTICE[:dropped] + NOTICE[dropped + 1 :]
    canonical = paper(*lines)
    parts = find_parts(canonical)
    ranges = [i for body in parts.body for i in range(body.first, body.last + 1)]
    assert len(ranges) == len(set(ranges))
    assert all(body_texts(canonical, parts, body) for body in parts.body)
    assert any(
        "到2026年底" in text for b in parts.body for text in body_texts(canonical, parts, b)
    ) == (dropped != 15)


def test_recipients_run_into_the_text_and_signature_into_its_end() -> None:
    canonical = paper(
        "国务院办公厅关于优化服务的实施意见国办发〔2020〕24号",
        "各省、自治区、直辖市人民政府，国务院各部委：近年来，服务明显改善。一、提升便利度。国务院办公厅"
        "2020年7月15日（此件公开发布）",
    )
    parts = find_parts(canonical)
    assert texts(canonical, parts.title) == ["国务院办公厅关于优化服务的实施意见"]
    assert texts(canonical, parts.numbers) == ["国办发〔2020〕24号"]
    assert body_texts(canonical, parts, parts.body[0]) == ["近年来，服务明显改善。一、提升便利度。"]
    assert texts(canonical, parts.signature) == ["国务院办公厅"]
    assert texts(canonical, parts.signed) == ["2020年7月15日"]
    assert texts(canonical, parts.disclosure) == ["（此件公开发布）"]


def test_title_number_and_recipients_in_one_line() -> None:
    canonical = paper(
        "国务院关于税收归属问题的通知国发〔2017〕56号各省人民政府，国务院各部委：为促进保护，现作出决定。"
        "国务院 2017年12月22日 （此件公开发布）"
    )
    parts = find_parts(canonical)
    assert texts(canonical, parts.title) == ["国务院关于税收归属问题的通知"]
    assert texts(canonical, parts.numbers) == ["国发〔2017〕56号"]
    assert parts.recipients is not None
    assert texts(canonical, (parts.recipients,)) == ["各省人民政府，国务院各部委"]
    assert body_texts(canonical, parts, parts.body[0]) == ["为促进保护，现作出决定。"]


def test_organ_over_two_lines_of_the_signature() -> None:
    canonical = paper(
        "关于做好工作的通知",
        "各市、县（市、区）经信局：",
        "现将有关事项通知如下，请遵照执行。",
        "河阳省制造业高质量发展（数字经济发展）",
        "领导小组办公室（代章）",
        "2024年9月2日",
    )
    parts = find_parts(canonical)
    assert texts(canonical, parts.signature) == [
        "河阳省制造业高质量发展（数字经济发展）\n领导小组办公室（代章）"
    ]


@pytest.mark.parametrize(
    "notes",
    [
        ("（联系人：李某；联系电话：010-12345678）",),
        ("（此件公开发布）", "（联系人：李某；联系电话：010-12345678）"),
        ("联系人：李某，电话：010-12345678",),
        ("（本文有删减）",),
    ],
)
def test_notes_below_the_date_are_no_text(notes: tuple[str, ...]) -> None:
    canonical = paper(
        "河阳市人民政府办公室关于加强安全工作的通知",
        "各县（区）人民政府：",
        "一、各县（区）人民政府要加强检查，于3月底前报送结果。",
        "二、各县（区）人民政府要加强宣传。",
        "河阳市人民政府办公室",
        "2024年2月18日",
        *notes,
    )
    parts = find_parts(canonical)
    assert body_texts(canonical, parts, parts.body[0])[-1].startswith("二、")
    assert texts(canonical, parts.remarks) == [notes[-1]]


def test_what_follows_a_date_and_is_no_note_is_text() -> None:
    canonical = paper(
        "河阳市人民政府办公室关于加强安全工作的通知",
        "各县（区）人民政府：",
        "一、各县（区）人民政府要加强检查。",
        "河阳市人民政府办公室",
        "2024年2月18日",
        "（一）加强联系。",
    )
    parts = find_parts(canonical)
    assert body_texts(canonical, parts, parts.body[0])[-1] == "（一）加强联系。"


def test_a_notice_with_items_of_its_own_is_a_body_beside_its_plan() -> None:
    canonical = paper(
        "河阳市水务局关于印发节水方案的通知",
        "各县（区）水务局：",
        "现将《节水方案》印发给你们，并提出如下要求：",
        "一、各县（区）水务局要制定实施方案，于3月底前报送。",
        "二、各县（区）水务局要加强督导检查，每季度报送进展。",
        "河阳市水务局",
        "2024年3月1日",
        "节水方案",
        "一、推广滴灌技术。",
        "附件1",
        "任务分工表",
        "市水务局负责检查，市财政局负责资金。",
    )
    parts = find_parts(canonical)
    assert [body.annex for body in parts.body] == [None, 2, 1]
    assert body_texts(canonical, parts, parts.body[0])[-1].startswith("二、")


def test_two_issued_plans_are_two_main_bodies() -> None:
    canonical = paper(
        "（河政办秘〔2021〕82号）",
        "各市人民政府：",
        "《支持工业互联网发展若干政策》《河阳省工业互联网行动计划（2021-2023年）》已经省政府同意，现印发给你们。",
        "河阳省人民政府办公厅",
        "2021年9月2日",
        "支持工业互联网发展若干政策",
        "一、支持平台建设。培育平台，给予补助。",
        "河阳省工业互联网行动计划（2021—2023年）",
        "一、总体要求。坚持创新，推动应用。",
    )
    parts = find_parts(canonical)
    assert [body_texts(canonical, parts, body) for body in parts.body] == [
        ["一、支持平台建设。培育平台，给予补助。"],
        ["一、总体要求。坚持创新，推动应用。"],
    ]
    assert [body.annex for body in parts.body] == [None, None]


def test_of_several_plans_that_a_title_only_begins_to_name_each_keeps_its_number() -> None:
    canonical = paper(
        "明城市农业农村局关于印发《保护工作方案》等的通知",
        "各街镇：",
        "制定了《保护工作方案》、《利用工作方案》。请认真贯彻执行。",
        "明城市农业农村局",
        "2020年10月19日",
        "附件1",
        "保护工作方案",
        "一、建立清单。划定类别。",
        "附件2",
        "利用工作方案",
        "一、制定办法。明确措施。",
    )
    parts = find_parts(canonical)
    assert [body.annex for body in parts.body] == [1, 2]
    assert parts.issued == ("保护工作方案", "保护工作方案", "利用工作方案")


def test_web_page_around_the_paper() -> None:
    canonical = paper(
        "首页 > 信息公开 > 政策文件",
        "河阳市教育局关于做好招生工作的通知",
        "来源：市教育局 浏览次数：12",
        "2024-03-05",
        "各区教育局，局属各学校：",
        "现将有关事项通知如下，请遵照执行。",
        "一、招生范围",
        "各区教育局划定范围。",
        "河阳市教育局",
        "2024年3月1日",
        "【打印】【关闭】",
    )
    parts = find_parts(canonical)
    assert texts(canonical, parts.title) == ["河阳市教育局关于做好招生工作的通知"]
    assert texts(canonical, parts.head_dates) == ["2024-03-05"]
    assert len(parts.furniture) == 3
    assert body_texts(canonical, parts, parts.body[0]) == [
        "现将有关事项通知如下，请遵照执行。",
        "一、招生范围",
        "各区教育局划定范围。",
    ]


def test_the_box_that_a_site_prints_below_a_paper_is_no_text() -> None:
    canonical = paper(
        "国务院关于推进工作的指导意见",
        "国发〔2015〕40号",
        "各省、自治区、直辖市人民政府：",
        "现提出以下意见。",
        "一、加强领导。务实有序推进各项行动。",
        "工业、交通\\信息产业（含电",
        "索 引 号：000014349/2015-00112　　主题分类：",
        "信）",
        "发文机关：国务院　　成文日期：2015年07月01日",
    )
    parts = find_parts(canonical)
    start, end = parts.furniture[0][0], parts.furniture[-1][1]
    assert canonical.text[start:end].startswith("工业、交通")
    assert canonical.text[start:end].endswith("2015年07月01日")
    assert [
        canonical.text[slice(*span)][-4:] for span in parts.spans(canonical, parts.body[0])
    ] == [
        "下意见。",
        "项行动。",
    ]


def test_an_index_number_with_text_behind_it_is_no_box() -> None:
    canonical = paper(
        "某市财政局关于做好工作的通知",
        "各县区财政局：",
        "现将方案印发给你们，请遵照执行。",
        "某市财政局",
        "2024年1月2日",
        "索引号：000014349/2015-00112",
        "发文机关：某市财政局",
        "附件",
        "某市工作实施方案",
        "一、加强培训。组织培训。",
    )
    parts = find_parts(canonical)
    texts = [text for body in parts.body for text in body_texts(canonical, parts, body)]
    assert "一、加强培训。组织培训。" in texts


def test_table_of_contents_is_no_text() -> None:
    canonical = paper(
        "河阳市公共服务“十四五”规划",
        "目录",
        "一、规划背景",
        "二、主要任务",
        "一、规划背景",
        "服务水平提高。",
        "二、主要任务",
        "市民政局负责养老服务。",
    )
    parts = find_parts(canonical)
    assert body_texts(canonical, parts, parts.body[0])[:2] == ["一、规划背景", "服务水平提高。"]


def test_news_has_text_and_nothing_else() -> None:
    canonical = paper("新华社北京1月4日电（记者 赵某）4日召开的会议提出四项举措，进一步打通堵点。")
    parts = find_parts(canonical)
    assert parts.title == parts.numbers == parts.signature == parts.signed == ()
    assert len(parts.body) == 1


def test_nothing_is_nothing() -> None:
    assert find_parts(paper()) == Parts()


SEEDS = [
    ("000", "大同市提升行政执法质量三年行动计划", "为深入贯彻党的二十大精神", [None]),
    ("001", "三门峡市人民政府办公室", "为加快推进法治政府建设", [None]),
    ("002", "聊城市提升行政执法质量实施方案", "为全面提升我市行政执法质量", [None]),
    ("003", "定西市提升行政执法质量三年行动", "为全面贯彻落实党中央", [None, 1, 2]),
]


@pytest.mark.parametrize(("number", "title", "opening", "annexes"), SEEDS)
def test_seed_bodies(number: str, title: str, opening: str, annexes: list[int | None]) -> None:
    canonical = seed(number)
    parts = find_parts(canonical)
    assert [body.annex for body in parts.body] == annexes
    main = parts.body[0]
    stretch = canonical.stretches[main.title[0]]
    assert canonical.text[stretch.start : stretch.end].startswith(title)
    assert body_texts(canonical, parts, main)[0].startswith(opening)


def test_a_list_of_one_annex_on_two_lines_is_no_annex() -> None:
    title = "河阳市数字政府建设考评指标"
    canonical = paper(*NOTICE[:16], "附件：", title, "附件", title, "一、政务服务", "开展培训。")
    parts = find_parts(canonical)
    assert texts(canonical, parts.annex_list) == ["附件：", title]
    assert [body.annex for body in parts.body] == [None, 1]


@pytest.mark.parametrize(
    "last",
    [
        "成立专家组，为改革提供技术支持。",
        "实施单位：市司法局",
        "无障碍环境建设稳步推进，建成一批示范街区。",
    ],
)
def test_words_of_a_page_inside_a_sentence_are_text(last: str) -> None:
    canonical = paper(*NOTICE[:16], "二、主要任务", last)
    parts = find_parts(canonical)
    assert body_texts(canonical, parts, parts.body[-1])[-1] == last


def test_an_annex_that_is_the_issued_plan_is_the_body() -> None:
    name = "2024年营商环境优化提升实施方案"
    canonical = paper(
        f"河阳市财政局关于印发{name}的通知",
        "各科室：",
        f"现将《{name}》印发给你们，请认真落实。",
        f"附件：{name}",
        "河阳市财政局",
        "2024年1月30日",
        f"附件{name}",
        "一、工作目标",
        "改善服务。",
    )
    parts = find_parts(canonical)
    (body,) = parts.body
    assert body_texts(canonical, parts, body) == ["一、工作目标", "改善服务。"]


def test_seed_that_is_only_an_annex() -> None:
    parts = find_parts(seed("004"))
    assert parts.annex_only
    assert [body.annex for body in parts.body] == [None]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("附件", None, ""),
        ("附件1", 1, ""),
        ("附件2:", 2, ""),
        ("附3", 3, ""),
        ("附表", None, ""),
        ("附件1:任务分工表", 1, "任务分工表"),
        ("附件二", 2, ""),
    ],
)
def test_annex_heads(text: str, number: int | None, title: str) -> None:
    head = annex_head(text)
    assert head is not None
    assert (head.number, head.title) == (number, title)


@pytest.mark.parametrize("text", ["附则", "附近学校名单", "附加条件。", "关于附件的说明"])
def test_no_annex_head(text: str) -> None:
    assert annex_head(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("同政办发(2024)5号", "number"),
        ("(皖政办秘(2021)82号)", "number"),
        ("2024年1月30日", "date"),
        ("二〇〇九年四月十七日", "date"),
        ("(2018年1月2日)", "date"),
        ("大同市人民政府办公室", "organs"),
        ("成都市经济和信息化局 成都市科学技术局", "organs"),
        ("罗湖区科技和工业信息化局(乡村振兴和协作交流局)", "organs"),
        ("各区教育局", ""),
        ("加强组织领导", ""),
        ("国办发(2023)27号文件精神", ""),
        ("2024年1月", ""),
    ],
)
def test_lines_by_their_look(text: str, kind: str) -> None:
    found = {"number": is_number(text), "date": is_date(text), "organs": is_organs(text)}
    assert [name for name, yes in found.items() if yes] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("各县(区)人民政府,市政府各部门:", 16),
        ("各省、自治区、直辖市人民政府:近年来,服务改善。", 14),
        ("责任单位:市财政局", None),
        ("现将有关事项通知如下:", None),
        ("各位代表:", None),
        ("为提升服务,提出以下意见:", None),
    ],
)
def test_recipients(text: str, end: int | None) -> None:
    assert recipients_end(text) == end


@pytest.mark.parametrize(
    "name", ["letterhead", "disclosure", "colophon", "annex head", "issues a plan"]
)
def test_rules_by_their_examples(name: str) -> None:
    assert RULES[name].failures() == []
