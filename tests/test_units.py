"""Lists of units cut into names: what each is in full, where it stands, what is marked on it."""

from __future__ import annotations

import pytest
import regex
from registry import government_departments, spelt

from extract.lens import View
from extract.lexicon import load
from extract.rules.units.statements import closing_statements
from extract.rules.units.unit_words import head_of, is_department, is_generic, is_unit, level_of
from extract.rules.units.units import cut_units, read_units


def cut(text: str) -> list[str]:
    return [unit.unit for unit in cut_units(View(text), 0, len(View(text).text))]


@pytest.mark.parametrize(
    ("text", "units", "quotes"),
    [
        ("市人社局、司法局", "市人社局 市司法局", "市人社局 司法局"),
        ("市、县（区）司法局", "市司法局 县（区）司法局", "市 县（区）司法局"),
        ("忻州、长治市政府", "忻州市政府 长治市政府", "忻州 长治市政府"),
        ("示范区、开发区管委会", "示范区管委会 开发区管委会", "示范区 开发区管委会"),
        ("县财政、民政等部门", "县财政部门 县民政部门", "县财政 民政"),
        ("各区人民政府〈含高新区管委会，下同〉", "各区人民政府", "各区人民政府"),
        ("市 住建局（城管）、财政局", "市住建局（城管） 市财政局", "市住建局（城管） 财政局"),
        ("★市司法局", "市司法局", "市司法局"),
    ],
)  # fmt: skip
def test_names_and_where_they_stand(text: str, units: str, quotes: str) -> None:
    found = cut_units(View(text), 0, len(View(text).text))
    assert [unit.unit for unit in found] == units.split()
    spans = ["".join(text[unit.char_start : unit.char_end].split()) for unit in found]
    assert spans == quotes.split()


def test_offsets_count_in_the_document() -> None:
    source = "（责任单位：市司法局、财政局）"
    view = View(source, 6, len(source) - 1)
    first, second = cut_units(view, 0, len(view.text))
    assert source[first.char_start : first.char_end] == "市司法局"
    assert source[second.char_start : second.char_end] == "财政局"


def test_full_width_characters_stay_in_the_name() -> None:
    assert cut("市１２３４５热线中心、各县〔市、区〕政府") == [
        "市１２３４５热线中心",
        "各县〔市、区〕政府",
    ]


def test_a_list_that_closes_with_deng_is_open() -> None:
    text = "住房城乡建设部、水利部等国务院相关部门及各地区"
    found = cut_units(View(text), 0, len(text))
    assert [(unit.unit, unit.open_set) for unit in found] == [
        ("住房城乡建设部", True),
        ("水利部", True),
        ("国务院相关部门", False),
        ("各地区", False),
    ]


def test_notes_behind_a_name() -> None:
    text = "*市司法局、市财政局（牵头）、市审计局★、市统计局、市教育局（配合）"
    found = cut_units(View(text), 0, len(View(text).text))
    assert [(unit.unit, unit.noted) for unit in found] == [
        ("市司法局", "lead"),
        ("市财政局", "lead"),
        ("市审计局", "lead"),
        ("市统计局", ""),
        ("市教育局", "support"),
    ]


def test_items_that_one_written_item_stands_for() -> None:
    text = "各市、县（市、区）政府，省财政厅"
    found = cut_units(View(text), 0, len(View(text).text))
    assert [(unit.unit, unit.item) for unit in found] == [
        ("各市政府", 0),
        ("各县（市、区）政府", 0),
        ("省财政厅", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "持续推进",
        "6月底前完成",
        "张三",
        "格局",
        "全部",
        "部门",
        "各项工作任务落实到位",
        "市司法局要加强对赋权乡镇的指导",
        "2024年12月",
        "每个区",
    ],
)
def test_what_names_no_unit(text: str) -> None:
    view = View("市财政局、" + text)
    found = read_units(view, 0, len(view.text))
    assert [unit.unit for unit in found.units] == ["市财政局"]
    assert [view.text[a:b] for a, b in found.unread] == [view.text[5:]]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("市市场监管局", "市"),
        ("县市场监管局", "县"),
        ("区城市管理局", "区"),
        ("市政府办公室", "市"),
        ("市城管局", "市"),
        ("市政管局", "市"),
        ("县区司法局", "县区"),
        ("各县(市、区)市场监管局", "各县(市、区)"),
        ("市民政局", "市"),
        ("自治区发展改革委", "自治区"),
    ],
)
def test_the_level_before_a_department(name: str, level: str) -> None:
    found = level_of(name)
    assert found is not None
    assert name[: found.end] == level


@pytest.mark.parametrize(
    "name", ["市场监管局", "城市管理局", "市中区财政局", "省直各部门", "区域合作办"]
)
def test_words_that_only_begin_like_a_level(name: str) -> None:
    assert level_of(name) is None


@pytest.mark.parametrize(
    ("name", "generic"),
    [
        ("各县区人民政府", True),
        ("市级行政执法部门", True),
        ("县(区)司法局", True),
        ("市、县两级司法行政部门", True),
        ("国务院相关部门", True),
        ("县直各执法部门", True),
        ("行业主管部门", True),
        ("市司法局", False),
        ("县财政部门", False),
        ("市属开发区管委会", True),
        ("经济开发区管委会", False),
        ("长安镇", False),
    ],
)
def test_classes_of_units(name: str, generic: bool) -> None:
    assert is_generic(name) is generic


def test_lines_of_a_cell_that_ran_together() -> None:
    view = View("市司法局市财政局市审计局")
    cell = read_units(view, 0, len(view.text), cell=True)
    assert [unit.unit for unit in cell.units] == ["市司法局", "市财政局", "市审计局"]
    assert cut(view.text) == ["市司法局市财政局市审计局"]


def test_every_head_makes_a_unit_and_no_other_word_does() -> None:
    for entry in load("unit_heads"):
        head = head_of("某某" + entry["head"])
        if entry["kind"] == "none":
            assert head is None, entry["head"]
        else:
            assert head is not None, entry["head"]
            assert head.text.endswith(entry["head"]), entry["head"]


def test_a_bureau_of_the_lexicon_holds_for_other_endings() -> None:
    assert is_department("发展改革厅")
    assert is_department("工业和信息化厅")
    assert not is_department("某某厅")
    assert is_unit("市某某厅")


def _registry() -> list[str]:
    """An organ of each division, and each department of a city."""
    names = [f"{row['name']}司法局" for row in load("places")]
    for row in load("departments"):
        owner = "市委" if row["organ"] == "party" else "市"
        names += [owner + word for word in spelt(row)]
    return names


def test_what_the_registry_knows_is_cut_whole() -> None:
    wrong = []
    for name in _registry():
        view = View(f"加强培训。（责任单位：市财政局、{name}、市审计局）")
        ((_, _, statement),) = closing_statements(view)
        units = [unit.unit for unit, _ in statement.mentions]
        if units != ["市财政局", name, "市审计局"]:
            wrong.append((name, units))
    assert wrong == []


STAY_ALONE = regex.compile("国家|海关|武警|驻")
"""Central and vertical organs, and offices elsewhere, belong to no place of a list."""


def test_every_department_takes_the_place_that_its_list_has_said() -> None:
    """市司法局、消委会 is 市司法局 and 市消委会, whatever a department's name ends in."""
    others = []
    for word in government_departments():
        if STAY_ALONE.match(word):
            continue
        for level in "省市县":
            units = cut(f"{level}司法局、{word}，{level}水利局")
            if units != [f"{level}司法局", level + word, f"{level}水利局"]:
                others.append(units)
    assert not others


@pytest.mark.parametrize(
    "name",
    [
        "镇水利站",
        "镇财政所",
        "民一庭",
        "计财股",
        "镇学区",
        "各村“两委”",
        "各网格",
        "各党总支",
        "市调查队",
        "县城管队",
    ],
)
def test_offices_of_towns_and_courts_are_units(name: str) -> None:
    assert is_unit(name)


@pytest.mark.parametrize(
    "name",
    [
        "充电站",
        "网站",
        "公共场所",
        "家庭",
        "村民入股",
        "国有控股",
        "出庭",
        "诊所",
        "厕所",
        "志愿服务队",
        "车队",
    ],
)
def test_what_ends_alike_is_none(name: str) -> None:
    assert not is_unit(name)
