"""Places: codes, names, and which place an issuer, a title or a number speaks for."""

from __future__ import annotations

import pytest

from extract import extract_text
from extract.lexicon import load, spellings
from extract.rules.organs.places import (
    above,
    by_code,
    by_number,
    find_place,
    match_district,
    match_place,
    match_short,
    short_name,
)

FOUND = [
    ("大同市人民政府办公室", "140200", "山西省大同市", "prefecture"),
    ("壶关县司法局", "140427", "山西省长治市壶关县", "county"),
    ("罗湖区科技和工业信息化局", "440303", "广东省深圳市罗湖区", "county"),
    ("中共深圳市委办公厅", "440300", "广东省深圳市", "prefecture"),
    ("国务院办公厅", "000000", "全国", "national"),
    ("国家发展改革委", "000000", "全国", "national"),
    ("财政部 税务总局", "000000", "全国", "national"),
    ("国家税务总局大同市税务局", "140200", "山西省大同市", "prefecture"),
    ("中国人民银行浙江省分行", "330000", "浙江省", "province"),
    ("上海市浦东新区人民政府", "310115", "上海市浦东新区", "county"),
    ("临港新片区管委会", "310000", "上海市", "province"),
    ("苏州工业园区管委会", "320500", "江苏省苏州市", "prefecture"),
    ("昆山高新区管委会", "320583", "江苏省苏州市昆山市", "county"),
    ("内蒙古自治区人民政府", "150000", "内蒙古自治区", "province"),
    ("凉山州人民政府", "513400", "四川省凉山彝族自治州", "prefecture"),
    ("东莞市虎门镇人民政府", "441900", "广东省东莞市虎门镇", "township"),
    ("仙桃市人民政府", "429004", "湖北省仙桃市", "county"),
    ("长春市朝阳区人民政府", "220104", "吉林省长春市朝阳区", "county"),
    ("阳泉市城区人民政府", "140302", "山西省阳泉市城区", "county"),
    ("关于印发聊城市提升行政执法质量实施方案的通知", "371500", "山东省聊城市", "prefecture"),
    ("杭州高新区（滨江）发展和改革局", "330108", "浙江省杭州市滨江区", "county"),
    ("广州开发区（黄埔区）管委会", "440112", "广东省广州市黄埔区", "county"),
    ("中关村科技园区延庆园管理委员会", "110119", "北京市延庆区", "county"),
    ("中关村科技园区管理委员会", "110000", "北京市", "province"),
    ("南京栖霞高新技术产业开发区管委会", "320113", "江苏省南京市栖霞区", "county"),
    ("杭州萧山经济技术开发区管委会", "330109", "浙江省杭州市萧山区", "county"),
    ("杭州上城产业发展集团", "330100", "浙江省杭州市", "prefecture"),
    ("苏州高新区管委会", "320500", "江苏省苏州市", "prefecture"),
    ("杭州高新区（试行）", "330100", "浙江省杭州市", "prefecture"),
    ("密云县人民政府", "110228", "北京市密云县", "county"),
    ("石家庄市桥东区人民政府", "130103", "河北省石家庄市桥东区", "county"),
    ("张家口市桥东区人民政府", "130702", "河北省张家口市桥东区", "county"),
    ("丰宁县教育局", "130826", "河北省承德市丰宁满族自治县", "county"),
    ("大理州漾濞县教育局", "532922", "云南省大理白族自治州漾濞彝族自治县", "county"),
    ("关于印发和县2024年工作要点的通知", "340523", "安徽省马鞍山市和县", "county"),
    ("唐山市新区管理委员会", "130206", "河北省唐山市新区", "county"),
]


@pytest.mark.parametrize(("text", "code", "full_name", "level"), FOUND)
def test_the_place_of_an_issuer_or_title(text: str, code: str, full_name: str, level: str) -> None:
    place = find_place(text)
    assert place is not None
    assert (place.code, place.full_name, place.admin_level) == (code, full_name, level)


@pytest.mark.parametrize(
    "text",
    [
        "鼓楼区人民政府",
        "新城区人民政府",
        "市财政局",
        "财政部门",
        "商务部门",
        "和平发展",
        "",
        "东部新区管理委员会",
        "云城新区管理委员会",
        "东区人民政府",
        "中古县人民政府",
    ],
)
def test_no_place_where_words_do_not_settle_it(text: str) -> None:
    assert find_place(text) is None


def test_a_place_near_by_settles_which_district_is_meant() -> None:
    found = find_place("鼓楼区人民政府", near=by_code("320100"))
    assert found is not None
    assert found.full_name == "江苏省南京市鼓楼区"


@pytest.mark.parametrize(
    ("text", "near", "code"),
    [
        ("栖霞高新区", "320100", "320113"),
        ("栖霞高新区", "320000", "320113"),
        ("栖霞开发区", "370600", "370686"),
        ("栖霞高新区", "330000", None),
        ("栖霞高新区", "000000", None),
        ("江北新区", "320100", None),
    ],
)
def test_a_district_by_its_short_name_lies_near(text: str, near: str, code: str | None) -> None:
    found = match_district(text, by_code(near))
    assert (found[0].code if found else None) == code


@pytest.mark.parametrize(
    ("code", "short"),
    [("330000", "浙江"), ("150000", "内蒙古"), ("140200", "大同"), ("422800", "恩施")],
)
def test_what_local_branches_call_a_place_by(code: str, short: str) -> None:
    place = by_code(code)
    assert place is not None
    assert short_name(place) == short


@pytest.mark.parametrize(
    ("prefix", "code"),
    [
        ("国办发", "000000"),
        ("中办发", "000000"),
        ("浙政发", "330000"),
        ("晋政办发", "140000"),
        ("沪府发", "310000"),
        ("同政办发", None),
        ("宁政发", None),
        ("苏府", None),
        ("鄂府发", None),
    ],
)
def test_the_place_of_a_document_number(prefix: str, code: str | None) -> None:
    place = by_number(prefix)
    assert (place.code if place else None) == code


@pytest.mark.parametrize(
    ("code", "upper"),
    [("140427", "140400"), ("429004", "420000"), ("110101", "110000"), ("330000", "000000")],
)
def test_the_division_above(code: str, upper: str) -> None:
    place = by_code(code)
    assert place is not None
    found = above(place)
    assert found is not None
    assert found.code == upper


def test_unknown_code_is_none_and_a_chain_ends_at_its_lowest_place() -> None:
    assert by_code("999999") is None
    found = match_place("山西省大同市司法局")
    assert found is not None
    assert (found[0].name, found[1]) == ("大同市", 6)


def test_every_zone_and_province_names_a_known_code() -> None:
    for entry in (*load("zones"), *load("provinces")):
        assert by_code(entry["code"]) is not None, entry
    for entry in load("zones"):
        for zone in spellings(entry["zone"]):
            found = find_place(zone + "管委会")
            assert found is not None, zone


@pytest.mark.parametrize(
    ("near", "code"),
    [(None, "211300"), ("211300", "211300"), ("330000", "211300"), ("110000", None)],
)
def test_a_short_name_gives_way_to_a_district_near_by(near: str | None, code: str | None) -> None:
    found = match_short("朝阳公安分局", 0, by_code(near) if near else None)
    assert (found and found[0].code) == code


@pytest.mark.parametrize(
    ("number", "province"),
    [("苏市监", "江苏省"), ("青教", "青海省"), ("滇财", "云南省"), ("同教", None)],
)
def test_a_province_s_department_by_its_letter(number: str, province: str | None) -> None:
    """苏市监 is of 江苏省 where the paper speaks of 全省; else it may be Suzhou's."""
    assert by_number(number) is None
    place = by_number(number, of_province=True)
    assert (place and place.name) == province


def test_a_paper_of_the_whole_province_stands_in_the_one_of_its_number() -> None:
    body = "\n苏市监〔2022〕1号\n\n一、重点任务\n\n（一）开展培训。（省财政厅负责）\n"
    whole = extract_text("2022年全省市场监管主要任务分工方案\n" + body)
    assert whole.document.region_code == "320000"
    assert whole.responsibilities[0].name == "江苏省财政厅"
    assert extract_text("2022年市场监管主要任务分工方案\n" + body).document.region_code is None
