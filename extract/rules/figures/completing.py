"""Measures that stand for more than they say: 抵扣比例 is 服务费用抵扣比例.

Source: contract, targets: indicator in the text's words, as it would be said in full.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.figures.demands import VERB
from extract.rules.figures.figures import Figure
from extract.rules.figures.members import AREA, said_in_full
from extract.rules.figures.surroundings import Clause

LATE_THING = regex.compile(r"[^。;\n]{4,60}的(?P<thing>[^的,。;、\n]{2,16})(?=[,。;\n]|$)")
"""The thing that a list of qualities behind a figure ends in: 20个…功能完善的社区."""
_TOTAL = regex.compile("总(?:建筑)?(?:面积|规模|投资|长度|里程)")
_COUNTED = regex.compile(r"\d[个家处座所](?:以上)?、总")
_MADE = regex.compile(r"(?:作为|建设|打造|建成)(?P<what>[^,。;:的\d]{3,28}),$")
_RATE_ALONE = regex.compile("(?:供电可靠|入住|使用|利用|运行|开放|出租|转化|接入|在线|成活|入驻)率")
_MEASURE = regex.compile(r"(?P<verb>\p{Han}{2})(?:比例|金额|额度|标准|期限|限额|总额|上限|期)")
_OBJECT = regex.compile(
    r"(?!比例|金额|额度|标准|期限|支持|力度)(?:[^,。;]{1,30}的)?(?P<what>[^,。;的\d]{2,16})(?:[,;]|$)"
)
_USED_THING = regex.compile(r"(?:租住|入住|使用|购买|租赁|采购|调用)(?P<what>[^,。;:的]{2,10}),$")
_PART_OF_WHOLE = regex.compile("占(?!股|比|地(?!区|方)|道|压|用|有)")
"""总产值增长7%,占地区生产总值比重达到20%: whose share it is."""
_PLACE = regex.compile(rf"[^的率额]*{AREA}")
_WHOLE = regex.compile(
    rf"^(?:全[国省市区县]|(?:\p{{Han}}{{0,8}}{AREA}[、和与及]?)+(?!\p{{Han}}?[局厅委办])|[国省市县区]+级)的?"
)
_NUMBER_OF = regex.compile(r"[数量]$")
_EACH_GROUP = regex.compile(r"每(?:班|校|村|户|家|镇)(?=[^,。;]{0,6}$)")
_SHORT = 3
_LONGEST_SHARED = 16
_RELATIVE = regex.compile(
    r"(?:年均|平均)?(?:余额|增速|增幅|货值|金额|成本|材料|环节|时限|时间|时长|面积|金额比例|(?!赤字|失业|绿地|森林|死亡|出生|入学|贫困|城镇|近视|吸烟|容积|通胀|负债|存款|准备)\p{Han}{2}率)"
)
"""A measure of what the figure before it measured: 保费收入突破1600亿元,增速不低于6%."""
_OWN_MEASURE = regex.compile(
    r"(?:\p{Han}{2})?(?:率|比例|比重)$|(?:新增|增长|总?数量?|总量|总额|余额|环节|材料|手续|时间|时长|时限)$"
)
_TAKES = regex.compile(r"(?:办理|审批|办结|平均|全流程)?(?:总|办理)?(?:时限|时间|时长)")
_TOPIC = regex.compile(
    rf"(?:^|[,;])(?!{alternation(terms('action_verbs'))})(?P<what>[^,。;:]{{3,30}}?)(?:实现|实行|推行|试行|采用)[^,。;:\d]{{2,16}},$"
)
"""Whose time a clause names: 短距离电力接入工程实现并联审批,办理总时限不超过5个工作日."""


def completed(clause: Clause, figure: Figure, front: str, last: str | None) -> str:
    """A measure that stands for more: 抵扣比例 is 服务费用抵扣比例 where that was said before."""
    if _TOTAL.fullmatch(front):
        return _whole_of(clause, figure) + front
    if figure.kind != "money" and (full := said_in_full(front, last, clause.earlier, False)):
        return full
    if last and figure.kind == "count" and VERB.fullmatch(front) and last.startswith(front):
        return last
    if last and _PART_OF_WHOLE.match(front) and not last.startswith("占"):
        return _OWN_MEASURE.sub("", last).partition("占")[0] + front
    if last and _RELATIVE.fullmatch(front):
        shared = _OWN_MEASURE.sub("", last)
        return shared + front if 1 < len(shared) <= _LONGEST_SHARED else front
    if _TAKES.fullmatch(front) and (topic := _TOPIC.search(clause.earlier)):
        return topic["what"] + front
    if _RATE_ALONE.fullmatch(front) and (made := _MADE.search(clause.earlier)):
        return made["what"] + front
    if measure := _MEASURE.fullmatch(front):
        return _what_for(clause.earlier, measure["verb"]) + front
    if last and _measures(figure, last) and _is_place(front):
        whole = _WHOLE.sub("", last)
        return front + whole if whole != front else front
    each = _EACH_GROUP.search(clause.before(figure.start))
    grouped = each and figure.kind == "count" and len(front) <= _SHORT
    return front + each[0] if each and grouped else front


def _is_place(front: str) -> bool:
    """Whether words only say where: 县城, 中西部地区, and not 创建示范区."""
    if front.startswith("建制镇"):
        return True
    return _PLACE.fullmatch(front) is not None and VERB.match(front) is None


def _measures(figure: Figure, last: str) -> bool:
    """Whether a figure measures what the one before it did, elsewhere: a share, a size, or a count
    of what was called a number (医师数量不低于3.8名,中西部地区不低于2.8名)."""
    return figure.kind in ("share", "size", "time") or (
        figure.kind == "count" and _NUMBER_OF.search(last) is not None
    )


def _whole_of(clause: Clause, figure: Figure) -> str:
    """Whose total a figure is: 建成20个、总面积10万平方米,功能完善的社区; 作为集聚区,总面积…"""
    if _COUNTED.search(clause.before(figure.start)):
        late = LATE_THING.match(clause.text, figure.end)
        return late["thing"] if late else ""
    made = _MADE.search(clause.earlier)
    return made["what"] if made else ""


def _what_for(earlier: str, verb: str) -> str:
    """The object that the verb of a measure had before: 用于抵扣服务费用,抵扣比例…"""
    at = earlier.find(verb)
    while at >= 0:
        if found := _OBJECT.match(earlier, at + len(verb)):
            return found["what"]
        at = earlier.find(verb, at + 1)
    used = _USED_THING.search(earlier)
    return used["what"] if used else ""


_GRANTS = "补贴|补助|奖励|资助|奖补|贷款|津贴"
_GRANT_ALONE = regex.compile(
    rf"(?:最高|单项|给予)?(?P<grant>{_GRANTS})(?P<of>期限|额度)?|(?:展期|贷款)?(?:期限|额度)"
)
_GRANT_NAMED = regex.compile(
    rf"(?<!\p{{Han}}|[”\d%])(?P<what>\p{{Han}}{{4,16}}?(?P<grant>{_GRANTS}))(?!的)"
)
_DONE_WITH = regex.compile(
    "^.*(?:给予|发放|享受|申请|申领|落实|实施|完善|加大|提供|领取|予以|进行|支付)"
)
_NO_NAME = regex.compile(
    "政府|一次性|分阶段|分别|原则|可|且|每|最高|额外|对|按|再|并|所需|相应|相关|有关|财政|资金|[国省市区县]级"
)


def named_before(text: str, at: int, indicator: str) -> str:
    """A grant that does not say what for, under the name that its paragraph has given it: 发放创业
    担保贷款,…期限最长3年."""
    alone = _GRANT_ALONE.fullmatch(indicator)
    if alone is None:
        return indicator
    for found in reversed(list(_GRANT_NAMED.finditer(text, 0, at))):
        name = _DONE_WITH.sub("", found["what"])
        capped = "最高" in name or "不超过" in name
        named = len(name) > len(found["grant"]) + 1 and not (capped or _NO_NAME.match(name))
        if named and alone["grant"] in (None, found["grant"]):
            return name + ((alone["of"] or "") if alone["grant"] else indicator)
    return indicator
