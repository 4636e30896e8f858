"""Names of units: the full name, function, kind and place of a unit as a paper spells it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from registry import government_departments, spelt

from extract.lexicon import load, spellings
from extract.model import Setting
from extract.rules.organs.departments import find_central, find_form
from extract.rules.organs.names import normalise
from extract.rules.organs.places import by_code, find_place


def setting(code: str, year: int = 2024) -> Setting:
    return Setting(place=by_code(code), written_on=date(year, 5, 1))


def in_its_years(row: dict[str, str]) -> date:
    """A day on which the row's form was in force, its last month if it ended."""
    if row["valid_to"]:
        year, month = map(int, row["valid_to"].split("-"))
        return date(year, month, 1) - timedelta(days=1)
    return date(2024, 6, 1)


ORGANS = [
    # setting, year, unit, name, function, region
    ("371122", 2024, "县委县政府督查室", "中共莒县委莒县人民政府督查室", "督查", "371122"),
    ("140200", 2024, "市委、市政府信访局", "中共大同市委大同市人民政府信访局", "信访", "140200"),
    ("371122", 2024, "县直机关党工委", "中共莒县委直属机关工作委员会", "机关党建", "371122"),
    ("320902", 2024, "亭湖生态环境局", "亭湖生态环境局", "生态环境", "320902"),
    ("320902", 2024, "亭湖公安分局", "亭湖公安分局", "公安", "320902"),
    ("330421", 2024, "嘉善供电服务中心", "嘉善供电服务中心", None, "330421"),
    ("360603", 2024, "余江金融监管支局", "国家金融监督管理总局余江监管支局", "金融", "360603"),
    ("430181", 2024, "浏阳经开区建设局", "浏阳经开区建设局", "住房城乡建设", "430181"),
    ("140200", 2024, "市图书馆", "大同市图书馆", "文化旅游", "140200"),
    ("140200", 2024, "市文明委", "大同市精神文明建设指导委员会", "精神文明", "140200"),
    ("530000", 2024, "国家统计局玉溪调查队", "国家统计局玉溪调查队", "统计", "530400"),
    ("140200", 2024, "市经信局市新经济委", "大同市经济和信息化局", "工业信息化", "140200"),
    ("140200", 2024, "市市场监管局", "大同市市场监督管理局", "市场监管", "140200"),
    ("140200", 2024, "市监局", "大同市市场监督管理局", "市场监管", "140200"),
    ("140200", 2024, "市委编办", "中共大同市委机构编制委员会办公室", "机构编制", "140200"),
    ("140200", 2024, "市委", "中共大同市委员会", "党委", "140200"),
    ("140200", 2024, "市直机关工委", "中共大同市委直属机关工作委员会", "机关党建", "140200"),
    ("140200", 2024, "市纪委监委机关", "大同市纪委监委", "纪检监察", "140200"),
    ("140200", 2024, "市政府办（外事）", "大同市人民政府办公室", "政府办公", "140200"),
    (
        "140200",
        2024,
        "市发展改革委（市粮食和储备局）",
        "大同市发展和改革委员会",
        "发展改革",
        "140200",
    ),
    ("140200", 2024, "市人民政府", "大同市人民政府", "政府", "140200"),
    ("140200", 2023, "省交通厅", "山西省交通运输厅", "交通运输", "140000"),
    ("140200", 2008, "省交通厅", "山西省交通厅", "交通运输", "140000"),
    ("110000", 2023, "市交通委", "北京市交通委员会", "交通运输", "110000"),
    ("350000", 2023, "平潭综合实验区管委会", "平潭综合实验区管理委员会", "开发区", "350128"),
    ("140200", 2024, "大同经开区管委会", "大同经开区管理委员会", "开发区", "140200"),
    (
        "140200",
        2024,
        "大同金融监管分局",
        "国家金融监督管理总局大同监管分局",
        "金融",
        "140200",
    ),
    ("140200", 2024, "市法院", "大同市中级人民法院", "法院", "140200"),
    ("140200", 2024, "团市委", "共青团大同市委员会", "共青团", "140200"),
    ("140200", 2024, "市财政部门", "大同市财政部门", "财政", "140200"),
    ("140200", 2024, "省财政厅", "山西省财政厅", "财政", "140000"),
    ("140200", 2024, "财政局", "大同市财政局", "财政", "140200"),
    ("140200", 2024, "人民银行", "中国人民银行", "金融", "000000"),
    ("140200", 2024, "人行大同市分行", "中国人民银行大同市分行", "金融", "140200"),
    ("140200", 2024, "人行市分行", "中国人民银行大同市分行", "金融", "140200"),
    ("140200", 2024, "市人民银行", "中国人民银行大同市分行", "金融", "140200"),
    ("140200", 2020, "市人行", "中国人民银行大同市中心支行", "金融", "140200"),
    ("140427", 2020, "县人民银行", "中国人民银行壶关县支行", "金融", "140427"),
    ("140200", 2024, "国家统计局市调查队", "国家统计局大同市调查队", "统计", "140200"),
    ("140200", 2024, "国家税务总局大同市税务局", "国家税务总局大同市税务局", "税务", "140200"),
    ("140200", 2024, "市税务局", "大同市税务局", "税务", "140200"),
    ("140200", 2024, "市中级法院", "大同市中级人民法院", "法院", "140200"),
    ("140200", 2024, "市房管局", "大同市房管局", "住房保障", "140200"),
    ("210100", 2020, "市房产局", "沈阳市房产局", "住房保障", "210100"),
    ("451223", 2019, "县大数据发展局", "凤山县大数据发展局", "大数据", "451223"),
    ("370000", 2021, "中铁济南局", "中铁济南局", "交通运输", "370100"),
    ("140200", 2024, "市委信访局", "中共大同市委信访局", "信访", "140200"),
    ("140200", 2024, "示范区管委会", "大同市示范区管理委员会", "开发区", "140200"),
    ("140200", 2024, "平城区人民政府", "平城区人民政府", "政府", "140213"),
    ("140200", 2015, "市国土局", "大同市国土资源局", "自然资源", "140200"),
    ("140200", 2015, "市编办", "大同市机构编制委员会办公室", "机构编制", "140200"),
    ("140200", 2015, "市卫计委", "大同市卫生和计划生育委员会", "卫生健康", "140200"),
    ("140200", 2015, "市交通局", "大同市交通运输局", "交通运输", "140200"),
    ("140200", 2007, "市交通局", "大同市交通局", "交通运输", "140200"),
    ("140427", 2024, "县法院", "壶关县人民法院", "法院", "140427"),
    ("140427", 2024, "市财政局", "长治市财政局", "财政", "140400"),
    ("140427", 2024, "龙泉镇人民政府", "龙泉镇人民政府", "政府", "140427"),
    ("320583", 2024, "市财政局", "昆山市财政局", "财政", "320583"),
    ("330000", 2024, "省人力社保厅", "浙江省人力资源和社会保障厅", "人力资源社会保障", "330000"),
    ("330000", 2024, "省建设厅", "浙江省住房和城乡建设厅", "住房城乡建设", "330000"),
    ("330000", 2007, "省建设厅", "浙江省建设厅", "住房城乡建设", "330000"),
    ("330000", 2024, "省国资委", "浙江省人民政府国有资产监督管理委员会", "国资", "330000"),
    ("330000", 2024, "浙江证监局", "中国证券监督管理委员会浙江监管局", "金融", "330000"),
    ("330000", 2024, "省证监局", "中国证券监督管理委员会浙江监管局", "金融", "330000"),
    ("370000", 2024, "青岛证监局", "中国证券监督管理委员会青岛监管局", "金融", "370200"),
    ("330000", 2024, "浙江金融监管局", "国家金融监督管理总局浙江监管局", "金融", "330000"),
    ("330000", 2021, "省金融监管局", "浙江省地方金融监督管理局", "金融", "330000"),
    ("331100", 2024, "丽水金融监管分局", "国家金融监督管理总局丽水监管分局", "金融", "331100"),
    ("150000", 2020, "内蒙古银保监局", "中国银行保险监督管理委员会内蒙古监管局", "金融", "150000"),
    ("650000", 2024, "兵团财政局", "新疆生产建设兵团财政局", "财政", "650000"),
    ("650000", 2024, "新疆生产建设兵团", "新疆生产建设兵团", None, "650000"),
    ("320100", 2024, "栖霞高新区", "南京市栖霞高新区", "开发区", "320113"),
    ("370600", 2024, "栖霞开发区", "烟台市栖霞开发区", "开发区", "370686"),
    ("320500", 2024, "昆山高新区", "昆山高新区", "开发区", "320583"),
    ("330000", 2024, "杭州市政府", "杭州市人民政府", "政府", "330100"),
    ("330000", 2024, "省电力公司", "浙江省电力公司", "电力", "330000"),
    (
        "640000",
        2023,
        "市场监管厅登记注册局",
        "宁夏回族自治区市场监督管理厅登记注册局",
        "市场监管",
        "640000",
    ),
    (
        "370000",
        2022,
        "省人社厅就业处",
        "山东省人力资源和社会保障厅就业处",
        "人力资源社会保障",
        "370000",
    ),
    ("310000", 2023, "人民银行上海总部", "中国人民银行上海总部", "金融", "310000"),
    ("640000", 2023, "宁东市场监管局", "宁东市场监督管理局", "市场监管", "640100"),
    ("340000", 2023, "办公室", "办公室", None, None),
    ("340000", 2023, "省委办公室", "中共安徽省委办公室", "党委办公", "340000"),
    ("340000", 2023, "信息中心", "信息中心", None, None),
    ("340000", 2023, "省信息中心", "安徽省信息中心", "信息", "340000"),
    ("140200", 2024, "高新区教育局", "大同市高新区教育局", "教育", "140200"),
    ("140200", 2024, "御东新城公安局", "御东新城公安局", "公安", "140200"),
    ("310115", 2024, "市财政局", "上海市财政局", "财政", "310000"),
    ("450000", 2024, "自治区发展改革委", "广西壮族自治区发展和改革委员会", "发展改革", "450000"),
    ("513300", 2024, "州委组织部", "中共甘孜藏族自治州委组织部", "组织", "513300"),
    ("440303", 2026, "罗湖区科技和工业信息化局", "罗湖区科技和工业信息化局", "科技", "440303"),
    ("420100", 2026, "东湖高新区", "武汉市东湖高新区", "开发区", "420100"),
    ("420100", 2026, "武汉投控集团", "武汉投控集团", None, "420100"),
    ("000000", 2020, "发展改革委", "国家发展和改革委员会", "发展改革", "000000"),
    ("000000", 2020, "银保监会", "中国银行保险监督管理委员会", "金融", "000000"),
    ("000000", 2020, "中央网信办", "中共中央网络安全和信息化委员会办公室", "网信", "000000"),
    ("000000", 2015, "中央网信办", "中共中央网络安全和信息化领导小组办公室", "网信", "000000"),
    ("000000", 2015, "广电总局", "国家新闻出版广电总局", "广播电视", "000000"),
]


@pytest.mark.parametrize("case", ORGANS, ids=lambda case: f"{case[2]}-{case[0]}-{case[1]}")
def test_an_organ_has_its_full_name(case: tuple[str, int, str, str, str | None, str]) -> None:
    code, year, unit, name, function, region = case
    found = normalise(unit, setting(code, year))
    assert (found.name, found.function, found.unit_type) == (name, function, "organ")
    assert found.region_code == region
    assert found.known


@pytest.mark.parametrize("code", ["000000", "330000"])
def test_a_zone_that_does_not_say_where_it_is_has_no_place(code: str) -> None:
    found = normalise("栖霞高新区管委会", setting(code))
    assert (found.name, found.region_code) == ("栖霞高新区管理委员会", None)


COLLECTIVES = [
    ("140200", "各县（区）人民政府"),
    ("140200", "县（区）司法局"),
    ("140200", "县区司法局"),
    ("140200", "县司法局"),
    ("140200", "市级行政执法部门"),
    ("140200", "市行政执法部门"),
    ("140200", "市县两级行政执法机关"),
    ("140200", "市直有关部门"),
    ("140200", "上级行政执法机关"),
    ("140200", "司法行政部门"),
    ("140200", "试点单位"),
    ("140200", "乡镇（街道）"),
    ("140200", "设区市人民政府"),
    ("140200", "开发区"),
    ("330000", "市财政局"),
    ("000000", "国务院相关部门"),
    ("000000", "省级人民政府"),
    ("000000", "教育部门"),
    ("000000", "特大城市"),
    ("000000", "有条件的地方"),
    ("000000", "统筹地区人民政府"),
    ("000000", "流入地"),
    ("140200", "民办初中学校"),
    ("140200", "全市所有义务教育学校"),
    ("140200", "村（居）民委员会"),
    ("140200", "户籍所在地教育局"),
    ("140200", "公安派出所"),
    ("650000", "各师（市）"),
    ("510900", "市直园区管委会"),
]


@pytest.mark.parametrize(("code", "unit"), COLLECTIVES)
def test_a_class_keeps_its_words_and_has_no_place(code: str, unit: str) -> None:
    found = normalise(unit, setting(code))
    assert (found.name, found.unit_type, found.region_code) == (unit, "collective", None)


@pytest.mark.parametrize(
    ("unit", "name", "region"),
    [
        ("港航分局", "壶关县港航分局", "140427"),
        ("数字经济发展中心", "壶关县数字经济发展中心", "140427"),
        ("雄安新区公共服务局", "雄安新区公共服务局", None),
        ("长江海事局", "长江海事局", None),
        ("中国民航西南管理局", "中国民航西南管理局", None),
    ],
)
def test_an_unknown_department_without_a_place_is_the_papers(
    unit: str, name: str, region: str | None
) -> None:
    found = normalise(unit, setting("140427"))
    assert (found.name, found.region_code) == (name, region)


def test_an_unknown_department_keeps_its_own_words_and_says_so() -> None:
    found = normalise("市星际航行局", setting("140200"))
    assert found.name == "大同市星际航行局"
    assert not found.known


def test_without_a_place_the_words_stay_and_the_function_is_told() -> None:
    found = normalise("市司法局", Setting())
    assert (found.name, found.function, found.region_code) == ("市司法局", "司法", None)


def test_persons_and_firms_at_large_are_no_organ() -> None:
    assert normalise("主要负责同志", setting("140200")).unit_type == "other"


@pytest.mark.parametrize("row", load("departments"), ids=lambda row: row["long_form"])
def test_every_spelling_of_a_department_can_match(row: dict[str, str]) -> None:
    party = row["organ"] == "party"
    on = in_its_years(row)
    for level in spellings(row["levels"]) or ["prefecture"]:
        for word in spelt(row):
            form = find_form(word, party, level, on)
            assert form is not None
            assert form.long_form == row["long_form"], word


@pytest.mark.parametrize("row", load("central_organs"), ids=lambda row: row["name"])
def test_every_spelling_of_a_central_organ_can_match(row: dict[str, str]) -> None:
    on = in_its_years(row)
    for word in (row["name"], *spellings(row["also_called"]), *spellings(row["in_central_papers"])):
        found = find_central(word, True, on)
        assert found is not None
        assert found.name == row["name"], word


LEVELS = {
    "省": "360000",
    "市": "140200",
    "县": "610925",
    "区": "440303",
    "州": "513400",
    "盟": "152500",
    "旗": "150621",
}
HOUSES = ("文化馆", "图书馆", "政治协商会议")
"""Written with a level before them, they are places to go to, or lack a level of their own."""


def test_every_department_is_one_of_its_place_at_every_level() -> None:
    """县市场监管局 is a county's: no department's first characters join the level before it."""
    others = []
    for word in government_departments():
        if word in HOUSES:
            continue
        for level, code in LEVELS.items():
            named, place = normalise(level + word, setting(code)), by_code(code)
            own = place is not None and place.name in named.name
            if named.unit_type != "organ" or not own:
                others.append((level + word, named.name))
    assert not others


@pytest.mark.parametrize(
    ("unit", "name", "function"),
    [
        ("鼓楼区政府", "鼓楼区人民政府", "政府"),
        ("朝阳区人社局", "朝阳区人力资源和社会保障局", "人力资源社会保障"),
        ("南山区委宣传部", "中共南山区委宣传部", "宣传"),
    ],
)
def test_a_district_whose_name_several_bear_is_an_owner_without_a_code(
    unit: str, name: str, function: str
) -> None:
    found = normalise(unit, Setting())
    told = (found.name, found.function, found.unit_type, found.region_code)
    assert told == (name, function, "organ", None)


def _of_zone(code: str, zone: str) -> Setting:
    return Setting(place=by_code(code), written_on=date(2012, 5, 1), zone=zone)


@pytest.mark.parametrize(
    ("code", "zone", "unit", "name"),
    [
        ("350128", "平潭综合实验区", "区公安局", "平潭综合实验区公安局"),
        ("350128", "平潭综合实验区", "区管委会", "平潭综合实验区管理委员会"),
        ("350128", "平潭综合实验区", "县公安局", "平潭县公安局"),
        ("320500", "苏州工业园区", "园区消防救援大队", "苏州工业园区消防救援大队"),
        ("320500", "苏州工业园区", "市公安局", "苏州市公安局"),
        ("310115", "张江高新区", "区财政局", "浦东新区财政局"),  # a district of its own
    ],
)
def test_a_zones_paper_calls_it_by_its_last_word(
    code: str, zone: str, unit: str, name: str
) -> None:
    assert normalise(unit, _of_zone(code, zone)).name == name


@pytest.mark.parametrize(
    ("town", "unit", "name", "kind"),
    [
        ("莒县招贤镇人民政府", "镇财政所", "招贤镇财政所", "organ"),
        ("莒县招贤镇人民政府", "县财政局", "莒县财政局", "organ"),
        ("莒县人民政府", "镇财政所", "镇财政所", "collective"),
        ("莒县人民政府", "镇学区", "镇学区", "collective"),
    ],
)
def test_an_office_of_a_town_is_the_towns_whose_paper_it_is(
    town: str, unit: str, name: str, kind: str
) -> None:
    named = normalise(unit, Setting(place=find_place(town)))
    assert (named.name, named.unit_type) == (name, kind)
