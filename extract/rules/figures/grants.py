"""What is granted: the word for it, the case that is meant, the member of a list a sum answers to.

A word that says nothing of its purpose (补助, 一次性奖励, 资金支持) takes the nearest words that
do; the receiver among them is found in `receivers`.
Source: contract, targets: indicator of a grant.
"""

from __future__ import annotations

from functools import cache

from extract import lazy as regex
from extract.rules.figures.receivers import receiver, whom
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

_WORD = r"(?:补助|补贴|奖励|资助|扶持|支持|奖补|奖金|补偿|优惠|资金|经费|投资)"
BARE = rule(
    "a grant that does not say what for",
    rf"^(?:额外|一次性|分阶段|分别|各(?=奖)|再|资金|人才|财政|分档|专项|年度|创业|运营|认定|绩效|省级|市级|区级|[的“”])*{_WORD}{{1,2}}$",
    source="contract, targets: indicator of a grant",
    examples=("⟦一次性奖励⟧", "⟦资金支持⟧", "⟦补助⟧", "⟦运营补助⟧"),
    counter=("购房补贴", "创业担保贷款"),
)

GIVING = regex.compile(
    r"(?:给予|予以|发放|享受|提供|实行(?=[^\d,。;、]{0,6}(?:补|奖|资助|贴)))(?:(?:[^\d,。;、]{0,20}?最高|一次性|不超过|每年|年度|总额|[\d.,]+(?:%|[百千万亿]*元)(?:/\p{Han})?(?:以[上下内])?)的?)*(?P<what>(?!最高|总计|合计|累计|不超过)[^\d,。;、]{2,16})"
)

CASE = rule(
    "in what case a share is granted",
    r"(?:^|[,。;:])(?P<what>(?!其中|符合|满足|对)[^,。;:\d]{3,16})的,(?:可|再)?(?:按照?)?(?:不(?:高于|超过))?$"
    r"|(?:发放|设立|推出|申领)(?P<ticket>[^,。;:\d的]{0,6}券[”\"]?),(?:可|再)?(?:按照?)?(?:不(?:高于|超过))?$"
    r"|对(?P<thing>[^,。;:\d]{2,10})按$"
    r"|对(?:[A-Z]{2,}|企业|单位|机构)?(?P<deed>(?:采购|使用|购买|租用|调用)[^,。;:\d的]{2,16}),(?:可)?(?:按照?)?(?:不(?:高于|超过))?$",
    source="contract, targets: indicator of a granted share",
    examples=(
        "⟦使用自主算力服务的,可按照不高于⟧",
        "⟦发放语料券,可按照不高于⟧",
        "⟦对企业采购算力服务,按不超过⟧",
    ),
    counter=("符合条件的,按",),
)

PLAIN_BASE = regex.compile(
    r"(?:其|该|实际|合同|年度|年(?=申报)|申报|总|项目|上一?年度|当年)*+(?:执行|支付|发生|投入|投资|交易|采购|申报)?(?:总|累计)?(?:金额|费用|额|投入|成本|投资额|合同额|总额)"
)
_SHARE_GIVEN = regex.compile(
    rf"%的?(?:的?(?:比例|标准))?(?P<given>[\p{{Han}}“”]{{0,6}}?{_WORD}|贴息),(?:[^,。;\d]{{2,16}},)?$"
)
_SHORTEST = 2
_NEAR = 80
_GIVE = len("给予")


def case_of(clause: Clause, at: int) -> str:
    """The case in which the share at a place is granted: 使用自主算力服务, 语料券."""
    found = CASE.search(clause.text[max(clause.sentence, at - _NEAR) : at])
    return next((words for words in found.groups() if words), "") if found else ""


def given_before(clause: Clause) -> tuple[str, str]:
    """What the sentence before the clause grants, and to whom: …给予贴息支持,同一企业不超过…"""
    near = max(clause.sentence, clause.start - _NEAR)
    found = list(GIVING.finditer(clause.text, near, clause.start))
    if not found:
        share = _SHARE_GIVEN.search(clause.text[near : clause.start])
        return (share["given"], "") if share else ("", "")
    return found[-1]["what"].strip(" 的”"), receiver(clause, found[-1].start() + _GIVE)


_LEVEL = (
    r"(?:(?:(?![对在于为获得各的定])\p{Han}){0,2}(?:国际|国家|行业|地方|全国|省|市|县|区|部)级?"
    r"|[特一二三]等奖|[金银铜]奖|[大中小]型|[A-F]类|博士|硕士|本科|大专)"
)
_CONTEST = r"[^,。;:、和及与对获\d]{2,24}?(?:大赛|比赛|竞赛|赛事|评选)"
_MONEY = r"(?:最高|不超过|每年){0,3}\d[\d.]*[百千万亿]*元?(?:/\p{Han}{1,2})?"
_SUMS = regex.compile(_MONEY)
_BETWEEN = regex.compile("[、和及与或]")
_RUN_BEFORE = regex.compile(rf"(?r)(?:{_MONEY}[、和及或])*$")
_RUN_BEHIND = regex.compile(rf"(?:[、和及或]{_MONEY})*")


@cache
def _list_of(count: int) -> regex.Pattern[str]:
    """A list of so many levels or classes, and the thing that they are levels of."""
    more = rf"(?:[、和及与或]{_LEVEL}){{{count - 1}}}"
    prizes = rf"[特一二三](?:[、和及与或][一二三四]){{{count - 1}}}(?P<shared>等奖)"
    return regex.compile(
        rf"(?:(?:参加|参与|在)?(?P<contest>{_CONTEST})[中上]?)?"
        rf"(?P<verb>参与|参加|获得|获评|获批|荣获|获)?(?P<list>{_LEVEL}{more}|{prizes})(?P<thing>(?:(?!分别|给予)[^,。;:、()\d的]){{0,12}})"
    )


_NAMED = regex.compile(
    r"对于?(?P<list>[^,。;:\d%]{4,60}?)(?:的(?:单位|企业|项目|机构|团队)?)?,?(?:每[个项件家](?:标准|项目|企业)?)?"
    r"(?:可|再|按规定|[省市区县]级|财政|最高)*分别(?:给予|予以|奖励|补助|资助)?(?:企业|单位|最高|一次性|不超过|奖补|补助|奖励)*$"
)


_AND_LIKE = regex.compile(r"(?<=”)等的?[^、”]*$")
"""“骨干企业”、“培育企业”等的企业: what those named are."""


def _of_named(head: str, place: int, count: int) -> str:
    """The member of a list of names: 对A、B分别给予50万元、30万元奖励."""
    found = _NAMED.search(head)
    names = _BETWEEN.split(_AND_LIKE.sub("", found["list"])) if found else []
    if len(names) != count or any(len(name) < _SHORTEST for name in names):
        return ""
    return whom(names[place])


_EACH_ITS = regex.compile("分别|依次|按")
_QUOTED = regex.compile(
    r"(?:“[^“”]{2,12}”[、和及或]?){2,}(?=(?:企业|单位|项目|称号)?的?,?(?:给予|奖励)?(?:最高|不超过)?$)"
)
_NAME = regex.compile("“[^“”]+”")
_ITS_LEVEL = regex.compile(
    r"(?:^|[按照对为、])(?P<level>国家级|[省市县区]级|[特一二三]等奖|[金银铜]奖|[A-F]类|博士|硕士|本科|大专)(?:每[月年人])?$"
)


def own_level(clause: Clause, start: int) -> str:
    """The level right before a sum that lists level by level: 按本科1万元、硕士3万元发放."""
    found = _ITS_LEVEL.search(clause.before(start))
    return found["level"] if found else ""


_EACH_OWN = regex.compile(
    r"按照?(?:[^,。;\d]{2,24}(?:最高|不超过)?\d[\d.]*[百千万亿]*元[、和及])*(?P<own>[^,。;、\d每]{2,24}?)$"
)
_GIVEN_LAST = regex.compile(
    r"(?P<more>(?:[、和及][^,。;\d]{2,24}(?:最高|不超过)?\d[\d.]*[百千万亿]*元)*)(?:的?标准)?(?:给予|发放)(?P<what>\p{Han}{2,12})"
)


def in_its_list(clause: Clause, start: int, end: int) -> str:
    """What each of a list of sums is given for: 按一类人才最高500万元、二类人才最高300万元给予津贴;
    empty where it is no such list."""
    given = _GIVEN_LAST.match(clause.text, end, clause.end)
    own = _EACH_OWN.search(clause.text[clause.start : start]) if given else None
    listed = given and own and (given["more"] or "、" in own[0])
    return own["own"] + given["what"] if listed and own and given else ""


def _of_quoted(head: str, place: int, count: int) -> str:
    """The member of a run of names in quotation marks: “领航企业”“种子企业”的给予50万元、10万元."""
    found = _QUOTED.search(head)
    names = _NAME.findall(found[0]) if found else []
    return names[place] if len(names) == count else ""


_OF_AGE = regex.compile(r"\d{2}周?岁(?:以[上下])?(?:的)?")
"""40周岁以下博士、35周岁以下硕士: ages are no sums."""


def member(clause: Clause, start: int, end: int) -> str:
    """What of a list the sum in text[start:end] answers to: 国家级、省级…的,分别给予…、…"""
    before = _OF_AGE.sub("", clause.text[clause.sentence : start])
    run = _RUN_BEFORE.search(before)
    head = before[: run.start()] if run else before
    place = len(_SUMS.findall(run[0])) if run else 0
    behind = _RUN_BEHIND.match(clause.text, end)
    count = place + 1 + (len(_SUMS.findall(behind[0])) if behind else 0)
    if count == 1:
        return ""
    if not _EACH_ITS.search(head[-24:]):
        return _of_quoted(head, place, count)
    listed = _list_of(count).search(head[-_NEAR:])
    if listed is None:
        return _of_named(head, place, count)
    one = _BETWEEN.split(listed["list"])[place]
    if listed["shared"]:
        one = one.removesuffix(listed["shared"]) + listed["shared"]
    verb = listed["verb"] if listed["verb"] in ("参与", "参加") else ""
    return (listed["contest"] or "") + (verb or "") + one + listed["thing"]


_GRANTED = regex.compile(rf"\p{{Han}}{{0,6}}?{_WORD}")
_AROUND = 40
_STOP = regex.compile("[。;]")


def said_once(clause: Clause, start: int, end: int, indicator: str) -> str:
    """An indicator with 一次性 where its grant is said to be so: 给予一次性奖补,最高100万元."""
    before = clause.text[max(clause.sentence, start - _AROUND) : start].rpartition(";")[2]
    behind = _STOP.split(clause.text[start : end + _AROUND], 1)[0]
    near = before + behind
    if "一次性" in indicator or "一次性" not in near:
        return indicator
    bare = indicator.removesuffix("比例")
    for i in range(len(bare) - 1):
        if "一次性" + bare[i:] in near and _GRANTED.fullmatch(bare, i):
            return indicator[:i] + "一次性" + indicator[i:]
    return indicator


_KIND = rf"(?:{_WORD}|贴息|贷款|津贴|担保|额度|券)"
_NOUN = rf"(?:[\p{{Han}}A-Z]{{0,24}}“[^“”]{{2,12}}”)?[\p{{Han}}A-Z]{{0,12}}{_KIND}"
_IN_BRACKETS = regex.compile(rf"(?:^|[、,。;:及和与或])(?P<noun>{_NOUN})\((?P<inside>[^()]*)$")
_ASKED = regex.compile(r"^.*(?:申请|申领|享受|提供|给予|发放|获得|办理)(?:我[省市区县])?(?=.)")
_FOR_EACH = regex.compile(r"每|单|同一|最高|不超过|市级|省级|区级|按")


def in_brackets(clause: Clause, start: int) -> str:
    """The grant whose figures stand in brackets behind it: 创业担保贷款(个人最高50万元), with who
    takes it where the brackets say so."""
    found = _IN_BRACKETS.search(clause.text[max(clause.sentence, start - _NEAR) : start])
    if found is None:
        return ""
    noun = _ASKED.sub("", found["noun"])
    who = regex.split("[,;]", found["inside"])[-1]
    if not who or _FOR_EACH.match(who):
        return noun
    return who + noun if regex.fullmatch(r"\p{Han}{2,6}", who) else ""


_CHARGED_AT = regex.compile(
    r"的(?P<measure>(?:\p{Han}{2})?(?:比例|幅度|额度))(?P<verb>减征|计征|征收|缴纳|减免)"
    r"(?P<what>\p{Han}{2,16})"
    r"|的?(?:征收率|税率)(?:征收|计征|缴纳|计缴)(?P<tax>\p{Han}{1,8}税)"
)


def charged(after: str) -> str:
    """What is charged at a share: 按50%的税额幅度减征资源税, 减按15%税率征收企业所得税; empty where
    nothing is."""
    found = _CHARGED_AT.match(after)
    if found and found["tax"]:
        return found["tax"] + ("征收率" if "征收率" in found[0] else "税率")
    return found["what"] + found["verb"] + found["measure"] if found else ""
