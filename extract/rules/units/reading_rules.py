"""What a statement says of lists: how to read them, and who answers for all that follows.

排在第一位的为牵头单位，下同; 以下均需各县（市、区）政府落实，不再逐一列出 (contract,
responsibilities, rules 4 and 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from extract import lazy as regex
from extract.lens import View
from extract.rules.rule import rule
from extract.rules.units.role_cues import Role
from extract.rules.units.units import UnitMention, read_units


class OrderRule(Enum):
    """How a list tells its lead units: the value is the sign that they end at, none for the first
    unit alone."""

    FIRST_IS_LEAD = ""
    BEFORE_FIRST_COMMA_IS_LEAD = ","
    BEFORE_FIRST_SEMICOLON_IS_LEAD = ";"


@dataclass(frozen=True, slots=True)
class Order:
    """An order rule; `others`: the role of the units that do not lead; `standing`: it holds for
    the lists that follow too (下同); `unsaid`: a list without its sign names no lead."""

    rule: OrderRule
    others: Role = "responsible"
    standing: bool = False
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Blanket:
    """Units that answer for all that follows, their role, and the view offsets of the statement."""

    units: tuple[UnitMention, ...]
    role: str
    start: int
    end: int


_NOUN = r"(?:责任)?(?:单位|部门|机关|者)"

_OTHERS = (
    r"(?:[,;、]?(?:其(?:余|他|它)|(?:逗号|分号)后)(?:面)?(?:的)?(?:单位|部门)?(?:均)?(?:为|是)"
    r"(?:(?P<support>配合|协办|参与|协同|协作|支持)|责任|承办)(?:责任)?(?:单位|部门)"
    r"|[,;、]其(?:他|它|余)(?:有关|相关)?(?:责任)?(?:单位|部门)(?:按照?)?(?:各自)?(?:职责|分工)*(?P<support>配合)"
    r"|(?P<unsaid>[,;、]?未(?:明确|注明|标明)牵头(?:单位|部门)的,?(?:均)?(?:按|按照)(?:各自)?职责分工负责))?"
)
"""What a rule goes on to say of the units that do not lead: 其余为配合单位."""
_ALIKE = r"(?:,?(?:下同|以下(?:各项|均)?(?:相)?同|以下类同))?\)?"

_FIRST = rule(
    "first_is_lead",
    r"\(?(?:注:)?(?:[^,。;()、:]{0,12}?)(?:(?:排|列|位|居|排列|排名)(?:在|于)?(?:首|第一)(?:位)?|首位|第一(?:个|位))"
    rf"(?:的|者)?(?:{_NOUN})?(?:的)?,?(?:均)?(?:为|是|系)(?:总|主要)?(?:牵头|主办|主责)(?:责任)?(?:单位|部门|机关|者)"
    rf"{_OTHERS}{_ALIKE}",
    source="contract, responsibilities, rule 4",
    examples=(
        "A局负责，⟦排在第一位的部门为牵头部门，下同⟧",
        "A局负责。⟦列第一位者为牵头单位，下同⟧",
        "A局⟦（列第一位的为牵头单位，下同）⟧，以下",
        "A局。⟦排名首位的为牵头单位⟧",
        "A局；⟦第一个单位为牵头单位⟧",
        "A局、B局。⟦首位为牵头单位，其余为配合单位⟧",
    ),
    counter=("坚持把安全放在首位", "第一责任单位：市司法局"),
)
_SIGN = rule(
    "before_first_comma_is_lead",
    r"\(?(?:注:)?(?:[^,。;()、:]{0,12}?)(?:第一个)?(?:(?P<comma>逗号|,)|分号)(?:之|以)?前(?:面)?(?:的)?(?:\p{Han}{0,6}?)"
    rf"(?:均)?(?:为|是)(?:总)?牵头(?:责任)?(?:单位|部门){_OTHERS}{_ALIKE}",
    source="contract, responsibilities, rule 4",
    examples=(
        "市司法局，各县政府；⟦第一个逗号前为牵头单位，下同⟧",
        "⟦（第一个逗号前的单位为牵头单位，下同）⟧",
        "市司法局，各县政府。⟦逗号前为牵头单位，下同⟧",
        "市司法局，各县政府。⟦列逗号之前的为牵头单位，其他有关单位按职责分工配合，下同⟧",
        "市司法局；各县政府⟦（分号前为牵头单位，分号后为配合单位）⟧",
        "市司法局⟦（逗号前为牵头单位，未明确牵头单位的按职责分工负责，下同）⟧",
    ),
    counter=("牵头单位于6月底前报送", "会前由牵头单位通知"),
)
_CUE = regex.compile("不(?:再|另|一一|逐一)")
_NOT_AGAIN = (
    r"(?:不再|不另|不一一|不逐一)[^,。;()]{0,6}"
    r"(?:列出|列|重复|标注|注明|赘述|写明|列明|列举)(?:\p{Han}{0,4})"
)
_BLANKET = rule(
    "blanket",
    r"(?:以下|后续|下列)(?:[^,;。()、]{0,12}?)(?:均|都|皆)?(?:需要?|由|须|要|应由?|涉及|含|包括|为)(?P<units>[^。;]{2,120}?)"
    rf"(?P<verb>负责落实|抓好落实|组织落实|组织实施|落实|推进|负责|实施|承担|参与|配合|参加|协助)?(?:,|,?以下|,?后续)?{_NOT_AGAIN}"
    r"|(?:均|都)(?:需要?|由|须|要|应由?|涉及)(?P<units>[^。;]{2,120}?)"
    rf"(?P<verb>负责落实|抓好落实|组织落实|组织实施|落实|推进|负责|实施|承担|参与|配合|参加|协助)?,?(?:以下|下同|后续)?{_NOT_AGAIN}"
    rf"|(?P<units>[^。;,()]{{2,80}}?)均为责任(?:单位|部门|主体)(?P<verb>),?(?:以下|下同|后续)?,?{_NOT_AGAIN}",
    source="contract, responsibilities, rule 5",
    examples=(
        "A局；⟦以下均需各县〔市、区〕政府和开发区管委会落实，不再逐一列出⟧",
        "A局，⟦以下均涉及各县区、功能区，不再重复列出⟧",
        "A局，⟦以下各项工作均需相关市、县政府推进，不再单独列出⟧",
        "各项任务⟦均需各区政府落实，不再一一列出⟧",
        "A局；⟦各市州、县市区人民政府均为责任单位，以下不再列出⟧",
    ),
    counter=("以下简称各区", "不再列出"),
)

DUTIES = rule(
    "heading names whose duties follow",
    r"(?P<who>[^,。;:]{2,40}?)(?:的)?(?:主要|工作|具体|基本|监管|管理)*职责(?:任务|分工)?。?",
    source="contract, responsibilities: inherited, what a heading says once for the items below it",
    examples=("⟦市教育部门主要职责。⟧", "⟦市财政局工作职责⟧"),
    counter=("职责分工", "明确责任"),
)


def find_order(view: View, i: int, j: int) -> tuple[Order, int, int] | None:
    """The order rule said in view.text[i:j], with its view offsets."""
    text = view.text
    if text.find("牵头", i, j) < 0 and text.find("主办", i, j) < 0:
        return None
    for pattern, words in ((_SIGN, ("前",)), (_FIRST, ("首", "第一"))):
        if not any(text.find(word, i, j) >= 0 for word in words):
            continue
        if found := pattern.search(text, i, j):
            standing = "同" in found[0][-4:] or "下同" in text[found.end() : j]
            others = "support" if found["support"] else "responsible"
            unsaid = found["unsaid"] is not None
            return Order(_kind(pattern is _SIGN, found), others, standing, unsaid), *found.span()
    return None


def _kind(by_sign: bool, found: regex.Match[str]) -> OrderRule:
    if not by_sign:
        return OrderRule.FIRST_IS_LEAD
    if found["comma"]:
        return OrderRule.BEFORE_FIRST_COMMA_IS_LEAD
    return OrderRule.BEFORE_FIRST_SEMICOLON_IS_LEAD


def find_blanket(view: View, i: int, j: int) -> Blanket | None:
    """The blanket statement in view.text[i:j]; None where there is none or its units are unread."""
    if _CUE.search(view.text, i, j) is None:
        return None
    found = _BLANKET.search(view.text, i, j)
    if found is None:
        return None
    units = read_units(view, *found.span("units")).units
    support = found["verb"] in ("参与", "配合", "参加", "协助")
    return Blanket(units, "support" if support else "responsible", *found.span()) if units else None
