"""What is granted, and to whom or for what: 对示范项目给予最高15万元奖励 is 示范项目奖励.

A word that says nothing of its purpose (补助, 一次性奖励, 资金支持) takes the nearest words that
do: the receiver, the case that is meant, the member of a list that a sum answers to.
Source: contract, targets: indicator of a grant.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

_WORD = r"(?:补助|补贴|奖励|资助|扶持|支持|奖补|奖金|补偿|优惠|资金|经费|投资)"
BARE = rule(
    "a grant that does not say what for",
    rf"^(?:额外|一次性|资金|人才|财政|分档|专项|年度|创业|运营|认定|绩效|省级|市级|区级|[的“”])*{_WORD}{{1,2}}$",
    source="contract, targets: indicator of a grant",
    examples=("⟦一次性奖励⟧", "⟦资金支持⟧", "⟦补助⟧", "⟦运营补助⟧"),
    counter=("购房补贴", "创业担保贷款"),
)

GIVING = regex.compile(
    r"(?:给予|予以|发放|享受|提供)(?:(?:[\p{Han}]{0,6}最高|一次性|不超过|每年|年度|总额|[\d.,]+(?:%|[百千万亿]*元)(?:/\p{Han})?)的?)*(?P<what>(?!最高)[^\d,。;、]{2,16})"
)

TARGETED = rule(
    "for whom a grant is",
    r"(?:^|[,。;])(?:依规|支持|鼓励|其中|可|并)?对(?:于)?(?P<who>[^,。;:\d%]{2,60}?)(?:,[^,。;\d%]{0,16}){0,2}"
    r"(?:分档|分别|可|再|按规定|一次性|最高|每年|依规|予以)*给予(?:企业)?"
    r"(?:最高|一次性|连续[一二三四五]年|每年|、)*$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦对示范项目分档给予⟧",
        "⟦对运营机构，可给予连续三年、每年⟧",
        "⟦对获评创新资质的,分档给予⟧",
    ),
    counter=("对研发成本的30%给予",),
)

RECEIVING = rule(
    "who is granted, as the subject",
    r"(?:^|[。;])(?P<who>[^,。;:\d%]{2,24}的(?:团队|企业|单位|项目|机构|个人|人员|人才)?)(?:,符合条件的)?,?"
    r"(?:分档|分别|可|按规定|一次性|最高)*给予(?:最高|一次性)*$",
    source="contract, targets: indicator of a grant",
    examples=("⟦获创新赛事奖项的团队,符合条件的给予最高⟧",),
    counter=("综合评定其经营情况,给予",),
)

JOINED = rule(
    "for what a grant is that comes with it",
    r"(?:开展|发放|购买|参加|举办|建设|申报|采购|租用)(?P<thing>[^,。;\d]{2,24}),?并(?:按规定|依规|可|再)*给予(?:最高|一次性)*$",
    source="contract, targets: indicator of a grant",
    examples=("支持企业⟦开展数据产品交易并按规定给予最高⟧", "⟦发放科创券,并给予最高⟧"),
    counter=("并给予",),
)

CASE = rule(
    "in what case a share is granted",
    r"(?:^|[,。;:])(?P<what>(?!其中|符合|满足|对)[^,。;:\d]{3,16})的,(?:可|再)?(?:按照?)?(?:不(?:高于|超过))?$"
    r"|(?:发放|设立|推出)(?P<ticket>[^,。;:\d的]{0,6}券[”\"]?),(?:可|再)?(?:按照?)?(?:不(?:高于|超过))?$"
    r"|对(?P<thing>[^,。;:\d]{2,10})按$",
    source="contract, targets: indicator of a granted share",
    examples=("⟦使用自主算力服务的,可按照不高于⟧", "⟦发放语料券,可按照不高于⟧"),
    counter=("符合条件的,按",),
)

PLAIN_BASE = regex.compile(
    r"(?:其|该|实际|合同|年度|总|项目|上一?年度|当年)*(?:执行|支付|发生|投入|投资|交易|采购|申报)?(?:总|累计)?(?:金额|费用|额|投入|成本|投资额|合同额|总额)"
)
GENERIC = regex.compile(
    r"^(?:(?:符合|满足)(?:相关|相应)?(?:条件|要求|标准|规定)的?|(?:符合|满足|经|依法|新)[^的]{0,12}的|发生的)+"
)
PLAIN = regex.compile(
    r"(?:符合.*|经.*)?(?:[A-Z]{2,}\s?)?(?:单位|项目|企业|机构|主体|团队|个人|人员|人才|对象|创业者|采购|活动)?"
)
_GOT = regex.compile(
    r"(?:首次|成功|新|通过|被|经)*(?:申建|获评|获批|获得|取得|认定为|入选|列入|纳入|获)(?P<what>.+)"
)
_PAREN = regex.compile(r"\([^()]*\)")
_AMONG = regex.compile(r".*、.*等(?P<what>[^等]{2,})")
_LONGEST = 20
_LONGEST_GOT = 26
_SHORTEST = 3
_NEAR = 80


def whom(words: str) -> str:
    """The receiver of a grant in short; empty for who is only called eligible."""
    phrase = GENERIC.sub("", _PAREN.sub("", words).removesuffix("的"))
    head, _, noun = phrase.rpartition("的")
    if PLAIN.fullmatch(noun):
        got = _GOT.fullmatch(head)
        if got is None:
            return "" if len(phrase) > _LONGEST or PLAIN.fullmatch(phrase) else phrase
        phrase = got["what"]
        if len(phrase) <= _LONGEST_GOT and "等" not in phrase:
            return phrase
    if among := _AMONG.fullmatch(phrase):
        phrase = among["what"]
    return phrase if len(phrase) <= _LONGEST else noun if len(noun) <= _LONGEST else ""


def receiver(clause: Clause, at: int) -> str:
    """To whom the grant at a place of the clause's text goes, in short."""
    text = clause.text[clause.sentence : at]
    if joined := JOINED.search(text):
        among = _AMONG.fullmatch(joined["thing"])
        return among["what"] if among else joined["thing"]
    found = TARGETED.search(text) or RECEIVING.search(text)
    return whom(found["who"]) if found else ""


def case_of(clause: Clause, at: int) -> str:
    """The case in which the share at a place is granted: 使用自主算力服务, 语料券."""
    found = CASE.search(clause.text[max(clause.sentence, at - _NEAR) : at])
    return next((words for words in found.groups() if words), "") if found else ""


def given_before(clause: Clause) -> str:
    """What the sentence before the clause grants: …给予贴息支持,同一企业不超过…"""
    found = list(GIVING.finditer(clause.earlier[-_NEAR:]))
    return found[-1]["what"].strip(" 的”") if found else ""


_LEVEL = (
    r"(?:\p{Han}{0,2}(?:国际|国家|行业|地方|全国|省|市|县|区|部)级?"
    r"|[特一二三]等奖|[金银铜]奖|[A-F]类|博士|硕士|本科|大专)"
)
_MONEY = r"(?:最高|不超过|每年)*\d[\d.]*[百千万亿]*元?(?:/\p{Han}{1,2})?"
_SUMS = regex.compile(_MONEY)
_BETWEEN = regex.compile("[、和及与或]")
_RUN_BEFORE = regex.compile(rf"(?:{_MONEY}[、和及或])*$")
_RUN_BEHIND = regex.compile(rf"(?:[、和及或]{_MONEY})*")


@cache
def _list_of(count: int) -> regex.Pattern[str]:
    """A list of so many levels or classes, and the thing that they are levels of."""
    more = rf"(?:[、和及与或]{_LEVEL}){{{count - 1}}}"
    return regex.compile(
        rf"(?P<verb>参与|参加|获得|获评|获批|获)?(?P<list>{_LEVEL}{more})(?P<thing>[^,。;:、\d的]{{0,12}})"
    )


_NAMED = regex.compile(
    r"对于?(?P<list>[^,。;:\d%]{4,60}?)的?,?"
    r"(?:可|再|按规定|[省市区县]级|财政)*分别(?:给予|奖励|补助|资助)?(?:企业|单位|最高|一次性|不超过|奖补|补助|奖励)*$"
)


def _of_named(head: str, place: int, count: int) -> str:
    """The member of a list of names: 对A、B分别给予50万元、30万元奖励."""
    found = _NAMED.search(head)
    names = _BETWEEN.split(found["list"]) if found else []
    if len(names) != count or any(len(name) < _SHORTEST for name in names):
        return ""
    return whom(names[place])


_EACH_ITS = regex.compile("分别|依次|按")


def member(clause: Clause, start: int, end: int) -> str:
    """What of a list the sum in text[start:end] answers to: 国家级、省级…的,分别给予…、…"""
    before = clause.text[clause.sentence : start]
    run = _RUN_BEFORE.search(before)
    head = before[: run.start()] if run else before
    if not _EACH_ITS.search(head[-24:]):
        return ""
    place = len(_SUMS.findall(run[0])) if run else 0
    behind = _RUN_BEHIND.match(clause.text, end)
    count = place + 1 + (len(_SUMS.findall(behind[0])) if behind else 0)
    if count == 1:
        return ""
    listed = _list_of(count).search(head[-_NEAR:])
    if listed is None:
        return _of_named(head, place, count)
    one = _BETWEEN.split(listed["list"])[place]
    verb = listed["verb"] if listed["verb"] in ("参与", "参加") else ""
    return (verb or "") + one + listed["thing"]
