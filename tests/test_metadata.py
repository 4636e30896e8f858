"""Metadata of papers: title, number, issuers, dates, addressees, years."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from papers import RAW, paper, seed

from extract import extract_text
from extract.assemble.metadata import Metadata, read_metadata
from extract.lens import View
from extract.model import Canonical
from extract.outline.parts import find_parts
from extract.rules.papers.addressees import split_addressees
from extract.rules.papers.issuers import split_names
from extract.rules.papers.papers import find_numbers, genre, print_number, read_date
from extract.rules.papers.plan_years import plan_years
from extract.rules.rule import RULES

GOLD = Path(__file__).parent / "gold"


def metadata(canonical: Canonical, **printed: str) -> Metadata:
    return read_metadata(canonical, find_parts(canonical), printed)


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.name[:3])
def test_seed_metadata(path: Path) -> None:
    found = metadata(seed(path.name[:3]))
    gold: dict[str, Any] = json.loads((GOLD / f"{path.stem}.json").read_text())["document"]
    for field, want in gold.items():
        have = getattr(found, field)
        have = list(have) if isinstance(have, tuple) else have
        have = have.isoformat() if isinstance(have, date) else have
        assert have == want, field


def test_a_paper_that_lost_its_lines_keeps_its_letterhead_and_signature() -> None:
    found = metadata(
        paper(
            "财政部住房和城乡建设部文件财建〔2022〕42号关于印发《城市更新资金管理方案》的通知各省、自治区"
            "财政厅（局）、住房和城乡建设厅（局）:《城市更新资金管理方案》已经同意，现印发给你们，请贯彻落实。"
            "财政部 住房和城乡建设部2022年6月10日（此件公开发布）抄送：教育部、科技部。财政部办公厅"
            "2022年6月13日印发城市更新资金管理方案为深入贯彻落实决策部署，制定本方案。一、总体要求"
            + "坚持统筹推进，完善制度。"
            * 40
        )
    )
    assert found.title == "关于印发《城市更新资金管理方案》的通知"
    assert found.doc_number == "财建〔2022〕42号"
    assert found.issuers == ("财政部", "住房和城乡建设部")
    assert found.signed_on == date(2022, 6, 10)


def test_each_organ_of_a_joint_letterhead_is_an_issuer() -> None:
    found = metadata(
        paper(
            "明城市工业和信息化局",
            "中共明城市委宣传部",
            "明城市城市管理局文件",
            "明工信〔2022〕9号",
            "明城市工业和信息化局等三部门关于印发《线路整治工作方案》的通知",
            "各县（市、区）人民政府：",
            "现印发给你们，请抓好贯彻落实。",
        )
    )
    organs = ("明城市工业和信息化局", "中共明城市委宣传部", "明城市城市管理局")
    assert found.issuers == organs


JOINT = (
    "明城市发展和改革委员会文件",
    "明发改〔2022〕9号",
    "关于做好线路整治的通知",
    "各县（市、区）发展改革局：",
    "一、抓好整治。各单位要抓好整治。",
)


@pytest.mark.parametrize(
    ("title", "signed", "issuers"),
    [
        (
            "明城市发展和改革委员会等三部门关于做好线路整治的通知",
            ("明城市发展和改革委员会", "明城市公安局", "明城市财政局"),
            ("明城市发展和改革委员会", "明城市公安局", "明城市财政局"),
        ),
        (
            "明城市发展和改革委员会、明城市公安局关于做好线路整治的通知",
            (),
            ("明城市发展和改革委员会", "明城市公安局"),
        ),
        (
            "关于做好线路整治的通知",
            ("明城市发展和改革委员会",),
            ("明城市发展和改革委员会",),
        ),
        (  # what is signed elsewhere is not signed by the one of the nameplate
            "关于做好线路整治的通知",
            ("明城市公安局", "明城市财政局"),
            ("明城市发展和改革委员会",),
        ),
    ],
)
def test_a_joint_paper_under_the_nameplate_of_the_one_that_leads(
    title: str, signed: tuple[str, ...], issuers: tuple[str, ...]
) -> None:
    lines = [title if line.startswith("关于") else line for line in JOINT]
    dated = (*signed, "2022年5月6日") if signed else ()
    assert metadata(paper(*lines, *dated)).issuers == issuers


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("云南省教育厅2021年工作要点", ("云南省教育厅",)),
        ("玉溪市中级人民法院2021年工作要点", ("玉溪市中级人民法院",)),
        ("玉溪市推进数字政府2021年工作要点", ()),
        ("玉溪市政务服务2021年工作要点", ()),
        ("玉溪市2021年政务公开工作要点", ()),
    ],
)
def test_the_organ_whose_year_a_title_speaks_of(title: str, issuers: tuple[str, ...]) -> None:
    assert metadata(paper(title, "一、抓好培训。各单位要抓好培训。")).issuers == issuers


def test_a_line_that_says_whose_seal_it_is_stands_below_the_name() -> None:
    found = metadata(
        paper(
            "关于做好质量检查的通知",
            "各县（市、区）人民政府：",
            "一、抓好检查。各单位要抓好检查。",
            "云南省质量工作领导小组办公室",
            "（云南省市场监督管理局代章）",
            "2022年5月6日",
        )
    )
    assert found.issuers == ("云南省质量工作领导小组办公室",)


def test_a_label_and_its_value_on_two_lines_tell_the_disclosure() -> None:
    head = ("关于做好检查工作的通知", "公开类别", "主动公开")
    found = metadata(paper(*head, "各县（市、区）人民政府：", "一、抓好检查。要抓好检查。"))
    assert found.disclosure == "主动公开"
    other = metadata(paper(head[0], "关键词", "主动公开", "一、抓好检查。要抓好检查。"))
    assert other.disclosure is None


def test_a_title_that_breaks_off_inside_its_last_word() -> None:
    found = metadata(
        paper(
            "国务院关于积极推进“互联网+”行动的指导意",
            "见",
            "国发〔2015〕40号",
            "各省人民政府：",
            "现提出以下意见。",
            "一、总体要求",
            "完善制度。",
        )
    )
    assert found.title == "国务院关于积极推进“互联网+”行动的指导意见"
    assert found.genre == "意见"


def test_an_annex_whose_title_has_two_lines_and_no_word_that_ends_one() -> None:
    found = metadata(
        paper(
            "附件4",
            "海南省健康体重管理与健康食品产业",
            "发展行动",
            "体重与人体健康状况密切相关，是反映健康的重要指标，需要加强干预，予以改善。",
            "一、主要目标",
            "完善制度。",
        )
    )
    assert found.title == "海南省健康体重管理与健康食品产业发展行动"


def test_the_heads_of_an_annex_s_columns_are_no_lines_of_its_title() -> None:
    found = metadata(
        paper(
            "附件4",
            "市发展改革委推进的十项重点工作",
            *("责任领导", "完成时限", "联系电话"),
            "一、建设平台",
            "完善制度。",
        )
    )
    assert found.title == "市发展改革委推进的十项重点工作"


def test_a_title_opens_with_its_organ_and_a_second_nameplate() -> None:
    found = metadata(
        paper(
            "琼健爱卫〔2025〕7号",
            "海南省健康海南建设委员会",
            "（爱国卫生运动委员会）",
            "关于印发《海南省实施方案》的通知",
            "各市、县人民政府：",
            "现印发给你们，请认真贯彻落实。",
        )
    )
    assert found.title == (
        "海南省健康海南建设委员会（爱国卫生运动委员会）关于印发《海南省实施方案》的通知"
    )
    assert found.issuers == ("海南省健康海南建设委员会",)


def test_what_the_press_calls_a_paper_is_not_its_title() -> None:
    found = metadata(
        paper(
            "中办、国办印发《关于推行权力清单制度的指导意见》",
            "新华社北京3月24日电 近日，中共中央办公厅、国务院办公厅印发了意见，并发出通知。",
            "一、基本要求",
            "完善制度。",
        )
    )
    assert found.title == "关于推行权力清单制度的指导意见"
    assert found.issuers == ("中共中央办公厅", "国务院办公厅")


def test_the_title_of_a_page_that_has_run_into_that_of_the_paper() -> None:
    found = metadata(
        paper(
            "关于大力发展电子商务的意见，国务院国务院关于大力发展电子商务的意见国发〔2015〕24号",
            "各省、自治区、直辖市人民政府：",
            "现提出以下意见。",
        )
    )
    assert found.title == "国务院关于大力发展电子商务的意见"
    assert found.doc_number == "国发〔2015〕24号"


def test_the_plan_that_the_sentence_before_says_was_made() -> None:
    found = extract_text(
        "各区农业农村委：\n\n我委制定了《明城市农机发展实施意见》。现印发给你们，请贯彻执行。\n\n"
        "明城市农业农村委员会\n\n2022年5月26日\n\n明城市农机发展实施意见\n\n"
        "一、主要任务\n\n（一）推进机械化。各区要制定方案。\n"
    )
    assert (found.document.title, found.document.genre) == ("明城市农机发展实施意见", "意见")
    assert [task.path for task in found.tasks] == ["1.1"]


def test_a_notice_without_a_title_has_that_of_the_plan_it_issues() -> None:
    found = metadata(
        paper(
            "某城发〔2026〕39号",
            "各相关单位：",
            "《某区全面打造创业生态的若干措施》经会议审议通过，现印发执行。",
            "某某科学城管理委员会",
            "2026年4月8日",
            "某区全面打造创业生态的若干措施",
            "为强化引领，制定本措施。",
            "1.支持创办企业。建设平台。",
            "2.加强服务。完善制度。",
        )
    )
    assert found.title == "某区全面打造创业生态的若干措施"
    assert found.genre == "措施"


def test_a_notice_without_a_title_that_issues_two_plans_has_that_of_neither() -> None:
    plans = [f"某区全面打造创业生态的{kind}" for kind in ("若干措施", "行动方案")]
    text = ("为强化引领，制定本措施。", "1.支持创办企业。建设平台。", "2.加强服务。完善制度。")
    found = metadata(
        paper(
            "某城发〔2026〕39号",
            "各相关单位：",
            "".join(f"《{plan}》" for plan in plans) + "经会议审议通过，现印发执行。",
            "某某科学城管理委员会",
            "2026年4月8日",
            *("附件1", plans[0], *text),
            *("附件2", plans[1], *text),
        )
    )
    assert found.title is None


def test_joint_issuers_with_short_names_in_the_title() -> None:
    found = metadata(
        paper(
            "市教委等3部门关于印发《天津市2024年幼儿园招生工作方案》的通知",
            "津教委〔2024〕10号",
            "各区教育局：",
            "现将《天津市2024年幼儿园招生工作方案》印发给你们，请遵照执行。",
            "天津市教育委员会　　天津市公安局",
            "天津市民政局",
            "二〇二四年四月一日",
            "天津市2024年幼儿园招生工作方案",
            "一、招生对象",
            "年满三周岁的儿童。",
        )
    )
    assert found.issuers == ("天津市教育委员会", "天津市公安局", "天津市民政局")
    assert found.doc_number == "津教委〔2024〕10号"
    assert found.signed_on == date(2024, 4, 1)
    assert (found.region_code, found.admin_level) == ("120000", "province")
    assert (found.plan_start, found.plan_end) == (2024, 2024)
    assert found.genre == "通知"


def test_a_city_that_no_register_has_is_not_of_the_province_of_its_letter() -> None:
    found = metadata(
        paper(
            "云溪市人民政府办公室关于印发工作要点的通知",
            "云政办发〔2024〕5号",
            "各县区人民政府：",
            "现印发给你们。",
        )
    )
    assert (found.region_code, found.admin_level) == (None, None)


def test_those_who_sign_beside_the_organ_that_the_title_names_are_issuers() -> None:
    found = metadata(
        paper(
            "明城市农业农村委员会关于印发《保护工作方案》等的通知",
            "各街镇：",
            "结合实际，制定了《保护工作方案》、《利用工作方案》。请认真贯彻执行。",
            "附件：1、保护工作方案",
            "2、利用工作方案",
            "明城市农业农村委员会",
            "明城市生态环境局",
            "2020年10月19日",
            "附件1",
            "保护工作方案",
            "一、主要任务",
            "建立清单。",
        )
    )
    assert found.issuers == ("明城市农业农村委员会", "明城市生态环境局")


def test_those_who_sign_the_paper_that_is_forwarded_are_no_issuers() -> None:
    found = metadata(
        paper(
            "明城市人民政府办公室转发市教育局等部门关于做好入学工作意见的通知",
            "明政办〔2012〕180号",
            "各县区人民政府：",
            "市教育局、公安局制定的《关于做好入学工作的意见》已经同意，现转发给你们。",
            "明城市人民政府办公室",
            "2012年12月30日",
            "关于做好入学工作的意见",
            "明城市教育局",
            "明城市公安局",
            "2012年12月1日",
            "一、明确条件",
            "各县区要明确条件。",
        )
    )
    assert found.issuers == ("明城市人民政府办公室",)


def test_who_only_lends_its_seal_is_no_issuer() -> None:
    found = metadata(
        paper(
            "明城市市场监管联席会议办公室关于印发工作方案的通知",
            "各县区：",
            "现印发给你们，请认真组织实施。",
            "明城市市场监管联席会议办公室",
            "明城市商务局（代章）",
            "2024年4月16日",
        )
    )
    assert found.issuers == ("明城市市场监管联席会议办公室",)


def test_the_organ_that_lends_its_seal_may_stand_in_a_bracket_below() -> None:
    found = metadata(
        paper(
            "明城市关于做好调控工作的通知",
            "各县区：",
            "一、各县区要加强检查，于3月底前报送结果。",
            "明城市房地产工作领导小组办公室",
            "（明城市住房和城乡建设局代章）",
            "2024年4月16日",
        )
    )
    assert found.issuers == ("明城市房地产工作领导小组办公室",)


def test_each_line_of_copies_has_its_own_names() -> None:
    document = extract_text(
        "明城市教育局关于开展检查的通知\n各县区教育局：\n一、各县区教育局要加强检查。\n"
        "明城市教育局\n2024年3月1日\n抄报：省教育厅，省财政厅\n抄送：市人大常委会办公室，市政协办公室\n"
        "明城市教育局办公室 2024年3月2日印发\n共印120份\n"
    ).document
    assert document.cc == ["省教育厅", "省财政厅", "市人大常委会办公室", "市政协办公室"]
    assert str(document.printed_on) == "2024-03-02"


def test_how_many_were_printed_is_no_copy() -> None:
    document = extract_text(
        "明城市教育局关于开展检查的通知\n各县区教育局：\n一、各县区教育局要加强检查。\n"
        "明城市教育局\n2024年3月1日\n抄送：市人大常委会办公室，市政协办公室。（共印50份）\n"
    ).document
    assert document.cc == ["市人大常委会办公室", "市政协办公室"]


def test_a_title_s_first_line_that_ends_in_papers_is_no_letterhead() -> None:
    found = metadata(
        paper(
            "明城市人民政府办公室关于全面推行行政规范性文件",
            "合法性审核机制的指导意见",
            "明政办发〔2018〕115号",
            "各县区人民政府：",
            "全面推行审核机制。",
        )
    )
    assert found.title == "明城市人民政府办公室关于全面推行行政规范性文件合法性审核机制的指导意见"


def test_rule_paper_with_its_decree_under_the_title() -> None:
    found = metadata(
        paper(
            "深圳市政府信息公开规定",
            "（2006年8月3日深圳市人民政府令第156号发布　自2006年9月1日起施行）",
            "第一章　总则",
            "第一条　为规范政府信息公开工作，制定本规定。",
        )
    )
    assert found.doc_number == "深圳市人民政府令第156号"
    assert found.issuers == ("深圳市人民政府",)
    assert found.signed_on == date(2006, 8, 3)
    assert found.genre == "规定"


def test_a_paper_published_by_the_news_agency() -> None:
    name = "关于推进示范工作高质量发展的意见"
    result = extract_text(
        f"中共中央办公厅 国务院办公厅印发《{name}》\n"
        f"新华社北京5月5日电 近日，中共中央办公厅、国务院办公厅印发了《{name}》，"
        "并发出通知，要求各地区各部门结合实际认真贯彻落实。\n"
        f"《{name}》全文如下。\n一、完善工作机制\n"
        "（一）健全领导机制。各级党委要加强领导。\n（二）强化队伍建设。加强人才培养。\n"
    )
    document = result.document
    assert document.title == f"中共中央办公厅国务院办公厅印发《{name}》"
    assert document.issuers == ["中共中央办公厅", "国务院办公厅"]
    assert [task.path for task in result.tasks] == ["1.1", "1.2"]


def test_closing_line_that_says_who_published() -> None:
    found = metadata(
        paper(
            "罗湖区支持创业若干措施（试行）",
            "罗科工〔2026〕7号",
            "第一条 办公空间支持",
            "提供空间支持，降低成本。",
            "罗湖区科技和工业信息化局（乡村振兴和协作交流局）2026年4月24日发布。",
        )
    )
    assert found.issuers == ("罗湖区科技和工业信息化局",)
    assert found.signed_on == date(2026, 4, 24)
    assert found.region_code == "440303"


def test_an_order_prints_its_number_in_two_lines() -> None:
    found = metadata(
        paper(
            "贵州省人民政府令",
            "第152号",
            "《贵州省规范性文件管理规定》已经省人民政府常务会议通过，现予公布，自2014年3月1日起施行。",
            "省长　张三",
            "2014年1月9日",
            "贵州省规范性文件管理规定",
            "第一章　总则",
            "第一条　为加强管理，制定本规定。",
        )
    )
    assert found.doc_number == "贵州省人民政府令第152号"
    assert found.issuers == ("贵州省人民政府",)


def test_a_title_that_names_what_the_press_calls_a_paper_keeps_its_issuer() -> None:
    found = metadata(
        paper(
            "某市人民政府办公室关于贯彻落实中办、国办印发《关于改革的意见》的通知",
            "各县区人民政府：",
            "现就有关工作通知如下。",
            "某市人民政府办公室",
            "2024年1月2日",
        )
    )
    assert found.issuers == ("某市人民政府办公室",)


def test_a_zone_without_a_name_of_its_place_stands_where_the_title_says() -> None:
    found = metadata(
        paper(
            "海淀区关于打造创业生态的若干措施",
            "一、加强培训。组织培训。",
            "中关村科学城管理委员会",
            "2026年4月8日",
        )
    )
    assert (found.region_code, found.admin_level) == ("110108", "county")


def test_an_issuer_named_from_inside_its_place_is_spelled_out() -> None:
    found = metadata(
        paper(
            "市教委关于2016年天津市初中招生工作的指导意见",
            "各区、县教育局：",
            "现就有关工作提出如下意见。",
            "一、招生原则",
            "2016年4月7日",
        )
    )
    assert found.issuers == ("天津市教育委员会",)
    assert found.region_code == "120000"


def test_the_places_of_several_issuers_settle_one_another() -> None:
    found = metadata(
        paper(
            "朝阳园管委会（区科信局）等四部门关于印发若干措施的通知",
            "各街道办事处：",
            "现将若干措施印发给你们，请遵照执行。",
            "中关村科技园区朝阳园管理委员会",
            "北京市朝阳区科学技术和信息化局",
            "2026年5月14日",
        )
    )
    assert (found.region_code, found.admin_level) == ("110105", "county")


def test_page_states_what_the_paper_does_not() -> None:
    found = metadata(
        paper("为加强管理，制定以下意见，请遵照执行。", "一、总体要求"),
        标题="国务院关于促进发展的若干意见",
        发文字号="国发〔2019〕3号",
        发文机关="国务院",
        成文日期="2019年01月12日",
        公开方式="主动公开",
    )
    assert found.title == "国务院关于促进发展的若干意见"
    assert found.doc_number == "国发〔2019〕3号"
    assert found.issuers == ("国务院",)
    assert found.signed_on == date(2019, 1, 12)
    assert (found.region_code, found.disclosure) == ("000000", "主动公开")


def test_news_keeps_its_title_only() -> None:
    found = metadata(
        paper(
            "2016年学校招生工作方案8日出炉",
            "2016-03-08",
            "为方便家长了解情况，各区要公开学位信息，今年行政区域大的镇可采取一学区一线的方式。",
        )
    )
    assert found.title == "2016年学校招生工作方案8日出炉"
    assert found.issuers == found.recipients == ()
    assert found.doc_number is None
    assert found.signed_on is None


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构",
            ["各省、自治区、直辖市人民政府", "国务院各部委、各直属机构"],
        ),
        (
            "前海新片区、国际物流园区、桃花岛等管委会",
            ["前海新片区管委会", "国际物流园区管委会", "桃花岛管委会"],
        ),
        ("各街道办事处、桃花镇政府", ["各街道办事处、桃花镇政府"]),
        ("各街道办事处、乡镇人民政府", ["各街道办事处、乡镇人民政府"]),
        ("各区教育局等部门", ["各区教育局等部门"]),
        (
            "城乡一体化示范区、经济开发区、现代服务业开发区管理委员会",
            ["城乡一体化示范区管理委员会", "经济开发区管理委员会", "现代服务业开发区管理委员会"],
        ),
        ("省人大常委会、省政协办公厅，省军区", ["省人大常委会办公厅", "省政协办公厅", "省军区"]),
        ("市纪委监委、市中级人民法院、市检察院。", ["市纪委监委", "市中级人民法院", "市检察院"]),
        ("市委各部门，部、省属有关单位。", ["市委各部门", "部、省属有关单位"]),
        ("各区卫生健康局、财政局，市医保中心", ["各区卫生健康局、财政局", "市医保中心"]),
        ("各区民政局、市场监督管理局", ["各区民政局、市场监督管理局"]),
        ("各区委、区政府，市委各部委办", ["各区委、区政府", "市委各部委办"]),
        (
            "各旗县市区委、人民政府，开发区党工委、管委会",
            ["各旗县市区委、人民政府", "开发区党工委", "开发区管委会"],
        ),
        ("忻州、吕梁、长治市人民政府", ["忻州市人民政府", "吕梁市人民政府", "长治市人民政府"]),
        ("鲤城区、丰泽区教育局，市直小学", ["鲤城区教育局", "丰泽区教育局", "市直小学"]),
        (
            "各镇人民政府（街道办事处、管委会），市府直属各单位",
            ["各镇人民政府（街道办事处、管委会）", "市府直属各单位"],
        ),
        (
            "各镇人民政府，城东、城西街道办事处，青山、南岭林场",
            ["各镇人民政府", "城东街道办事处", "城西街道办事处", "青山林场", "南岭林场"],
        ),
        ("市人民政府各委、办、局；各人民团体", ["市人民政府各委、办、局", "各人民团体"]),
        ("气象局、银保监会、证监会，林草局", ["气象局", "银保监会", "证监会", "林草局"]),
    ],
)
def test_addressees(text: str, want: list[str]) -> None:
    assert split_addressees(View(text)) == want


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("三年行动计划工作方案（2023-2025年）的通知", (2023, 2025)),
        ("发展规划纲要（2008－2020年）", (2008, 2020)),
        ("某市城市内涝治理“十四五”规划", (2021, 2025)),
        ("关于印发《“十五五”公共服务规划》的通知", (2026, 2030)),
        ("某市2024年法治政府建设工作要点", (2024, 2024)),
        ("某市提升质量三年行动计划", (None, None)),
        ("关于做好2016年招生入学工作的通知", (None, None)),
        ("柔性执法事项清单（2023版）", (None, None)),
        ("支持创业的十五条措施", (None, None)),
        ("某区2016年小学招生工作实施意见", (2016, 2016)),
        ("市教育局关于2016年小学招生工作的意见", (None, None)),
    ],
)
def test_plan_years(title: str, years: tuple[int | None, int | None]) -> None:
    assert plan_years(title) == years


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("关于印发某方案的通知", "通知"),
        ("若干措施（试行）", "措施"),
        ("任务清单（2023—2025 年）", "清单"),
        ("《行动方案》（试行）", "方案"),
        ("关于同意立项的复函", "复函"),
        ("实施意见（征求意见稿）", "意见"),
        ("好消息！快来办理吧", None),
    ],
)
def test_genres(title: str, word: str | None) -> None:
    assert genre(title) == word


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "根据国办发(2023)27号和晋政办发(2023)79号文件",
            ["国办发(2023)27号", "晋政办发(2023)79号"],
        ),
        ("的实施意见国办发(2020)24号", ["国办发(2020)24号"]),
        ("(宁教规划(2015)28号)", ["宁教规划(2015)28号"]),
        ("(省政府令第286号)", ["省政府令第286号"]),
        ("(中华人民共和国教育部令第39号)", ["中华人民共和国教育部令第39号"]),
        ("拨打12345号热线,3号楼", []),
        ("到(2023)年底完成", []),
        ("工作方案(沪规划资源数(2025)254号)", ["沪规划资源数(2025)254号"]),
        ("根据规划沪府发(2024)3号", ["沪府发(2024)3号"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert [text[i:j] for i, j in find_numbers(text)] == numbers


def test_number_is_printed_in_one_form() -> None:
    assert print_number("国办发［２０２３］ 27 号") == "国办发〔2023〕27号"
    assert print_number("浙政发(2025)10") == "浙政发〔2025〕10号"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇〇九年四月十七日", date(2009, 4, 17)),
        ("二OO四年八月十五日", date(2004, 8, 15)),
        ("2026-02-13", date(2026, 2, 13)),
        ("2026月3月26日", date(2026, 3, 26)),
        ("2024年2月30日", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("成都市经济和信息化局成都市科学技术局", ["成都市经济和信息化局", "成都市科学技术局"]),
        (
            "中共深圳市委办公厅、深圳市人民政府办公厅",
            ["中共深圳市委办公厅", "深圳市人民政府办公厅"],
        ),
        ("中共中央国务院", ["中共中央", "国务院"]),
        (
            "中共大同市委办公室大同市人民政府办公室",
            ["中共大同市委办公室", "大同市人民政府办公室"],
        ),
        (
            "中共大同市委组织部大同市财政局",
            ["中共大同市委组织部", "大同市财政局"],
        ),
        ("科技部办公厅自然科学基金委办公室", ["科技部办公厅", "自然科学基金委办公室"]),
        ("区科技局（协作交流局）", ["区科技局"]),
        ("大同市人民政府办公室", ["大同市人民政府办公室"]),
    ],
)
def test_names_side_by_side(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize("name", ["paper number", "date of a paper", "years of a plan"])
def test_rules_by_their_examples(name: str) -> None:
    assert RULES[name].failures() == []


def test_a_notice_that_lost_its_lines_keeps_its_closing_block() -> None:
    """Signature, 此件…, 抄送 and the printing date stand in one line before the plan's title."""
    plan = (
        "关于加强排水管理的实施方案为落实要求，制定本方案。一、重点任务开展检查。"
        + "做好排水工作。" * 60
    )
    text = (
        "关于印发《关于加强排水管理的实施方案》的通知各市、县人民政府：现印发给你们，请认真贯彻落实。"
        "生态环境部2022年3月28日（此件社会公开）抄送：教育部、证监会。生态环境部办公厅2022年3月29日印发"
        + plan
    )
    document = extract_text(text).document
    assert document.issuers == ["生态环境部"]
    assert document.disclosure == "主动公开"
    assert document.cc == ["教育部", "证监会"]
    assert (str(document.signed_on), str(document.printed_on)) == ("2022-03-28", "2022-03-29")


def test_a_title_of_many_organs_in_one_line_and_as_many_signatures() -> None:
    organs = [
        "国家发展改革委", "教育部", "科技部", "工业和信息化部", "公安部", "财政部",
        "人力资源社会保障部", "自然资源部", "农业农村部", "商务部", "人民银行", "税务总局",
        "市场监管总局", "国家统计局", "银保监会", "证监会", "全国总工会",
    ]  # fmt: skip
    found = metadata(
        paper(
            "、".join(organs) + "关于发展数字经济稳定并扩大就业的指导意见",
            "（发改就业〔2018〕1363号）",
            "各省、自治区、直辖市发展改革委：",
            "一、重点任务",
            "（一）加快培训。组织开展数字技能培训。",
            *organs,
            "2018年9月18日",
        )
    )
    assert found.title == "、".join(organs) + "关于发展数字经济稳定并扩大就业的指导意见"
    assert found.issuers == tuple(organs)
    assert (found.doc_number, found.genre) == ("发改就业〔2018〕1363号", "意见")
    assert found.recipients == ("各省、自治区、直辖市发展改革委",)
