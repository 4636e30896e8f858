"""Members of a list that share one measure: 供水普及率城市达到98%、县城95%; 补贴标准:初级工1000元.

Source: contract, targets: indicator in the text's words, as it would be said in full.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.demands import NOT_MEMBER, STANDARD, VERB
from extract.rules.rule import rule

_STAGE = "(?:小学|初中|高中|中学)(?:生|(?:其他|[一二三四五六七八九、至和])*年级)?"
AREA = (
    "(?:地区|城市|新城|城区|县城|乡村|[省市县区镇]级?|农村|城镇|城乡结合部|幼儿园|男性|女性"
    f"|{_STAGE})"
)
"""What a measure is divided by: places, stages of school."""
_MEASURES = "率|比例|比重|(?<!高)标准|定额|限额|额度|密度|浓度|起付线|封顶线"
_WHO = (
    rf"(?:(?!大|中)\p{{Han}}{{0,3}}{AREA}[、和与及]?){{1,3}}|(?:[大中小]|特大)+城市|职工|居民|在职|退休"
    "|[一二三]类(?:地?区|城市)"
)
WITH_MEMBER = rule(
    "a measure with the member that it is said of",
    rf"^(?P<measure>(?:(?!占)\p{{Han}}){{2,20}}(?:{_MEASURES}))(?P<member>{_WHO})$",
    source="contract, targets: indicator",
    examples=("⟦供水普及率城市⟧", "⟦机动化出行分担率大城市⟧", "⟦年度支付限额职工⟧"),
    counter=("城市供水普及率", "覆盖率达到", "比例不低于全市"),
)
STANDARD_FOR = rule(
    "a standard with the one for whom it is so much",
    rf"^(?P<measure>\p{{Han}}{{0,16}}?{STANDARD})(?:分别)?[为是]?+"
    rf"(?P<member>(?!{NOT_MEMBER})(?:(?!标准|给予|补助|提高|增加|调整|的)[\p{{Han}}A-Z]){{2,10}}(?<!率|比例|比重))(?:调整)?$",
    source="contract, targets: indicator",
    examples=("⟦补贴标准为中级工班⟧", "⟦住院起付标准一级医院⟧", "⟦月最低工资标准一类地区调整⟧"),
    counter=("补助标准", "补助标准提高", "执行标准的企业", "标准化厂房投资", "国家标准制定经费"),
)
LED = rule(
    "a measure that leads a list in",
    r"(?:^|[,。;])(?P<measure>\p{Han}{0,14}(?:标准|额度|限额|比例|比重|率|频次|时限))(?:如下|为)?:(?:[^:。]*[,;、])?$",
    source="contract, targets: indicator",
    examples=("⟦补贴标准:⟧", "⟦光伏安装比例:党政机关不低于50%,⟧", "⟦巡查频次为:⟧"),
    counter=("主要目标:", "补贴标准为"),
)
_MEMBER = regex.compile(r"(?!.*(?:标准|给予|最高|不超过|每|率|比例))[\p{Han}A-Z、]{2,12}")


def said_in_full(front: str, last: str | None, earlier: str, money: bool) -> str | None:
    """The indicator of a figure before which only a member stands, or a measure with its member.

    `front` is what stands before the figure, `last` what stood before the figure before it,
    `earlier` the sentence before the clause, `money` whether it is a sum, for which a standard may
    name any member. None where no measure is shared.
    """
    measure = STANDARD_FOR if money else WITH_MEMBER
    if own := measure.match(front):
        return str(own["member"] + own["measure"])
    does = VERB.match(front)
    if not _MEMBER.fullmatch(front) or (does and does.end() > 1):
        return None
    if led := LED.search(earlier):
        return front + str(led["measure"])
    shared = last and measure.match(last)
    return front + str(shared["measure"]) if shared else None


def with_measure(front: str, indicator: str | None) -> str:
    """A member with the measure that its indicator took over, as the first of its list has it, so
    that the next member finds it: 二级医院 and 二级医院住院起付标准 make 住院起付标准二级医院."""
    if not indicator or not front or indicator == front or not indicator.startswith(front):
        return front
    whole = indicator.removeprefix(front) + front
    return whole if WITH_MEMBER.match(whole) or STANDARD_FOR.match(whole) else front
