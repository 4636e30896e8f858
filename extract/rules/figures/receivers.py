"""To whom or for what a grant goes: 对示范项目给予最高15万元奖励 is 示范项目奖励.

Source: contract, targets: indicator of a grant.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

TARGETED = rule(
    "for whom a grant is",
    r"(?:^|[,。;])(?:依规|支持|鼓励|其中|可|并|在[^,。;对]{2,16})?对(?:于)?(?P<who>[^,。;:\d%]{2,60}?)(?:按照?[^,。;:的]{2,24}(?=[给予]{2}))?(?:,[^,。;\d%]{0,16}){0,2}"
    r"(?:分档|分别|分阶段|可|再|按规定|一次性|最高|每年|依规)*(?:(?:给予|予以)(?:企业|单位|[A-Z]{2,})?|(?<=[,的可]))"
    r"(?:最高|一次性|连续[一二三四五]年|每年|总额|、)*$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦对示范项目分档给予⟧",
        "⟦对运营机构，可给予连续三年、每年⟧",
        "⟦对获评创新资质的,分档给予⟧",
        "⟦对备案通过的算法,按每个算法给予OPC最高⟧",
        "⟦对留学回国人员创办企业,⟧",
        "⟦对首发上市企业分阶段给予总额⟧",
        "⟦对商标品牌指导站予以⟧",
        "⟦对示范项目按照设备购置额10%给予最高⟧",
        "⟦在信息化领域对达到标准的团体标准,经评估后,给予⟧",
    ),
    counter=("对研发成本的30%给予", "对示范项目,按绩效"),
)

RECEIVING = rule(
    "who is granted, as the subject",
    r"(?:^|[。;])(?P<who>(?!对|按|根据)[^,。;:\d%]{2,24}的(?:\p{Han}{0,4}(?:团队|企业|单位|项目|机构|个人|人员|人才))?)(?:,符合条件的|,经[^,。;\d]{2,12}?)?,?"
    r"(?:分档|分别|可|按规定|一次性|最高)*给予(?:最高|一次性)*$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦获创新赛事奖项的团队,符合条件的给予最高⟧",
        "⟦认定为知识产权试点的企业,经考核达标给予⟧",
    ),
    counter=("综合评定其经营情况,给予",),
)

JOINED = rule(
    "for what a grant is that comes with it",
    r"(?:开展|发放|购买|参加|举办|建设|申报|采购|租用)(?P<thing>[^,。;\d]{2,24}),?并(?:按规定|依规|可|再)*给予(?:最高|一次性)*$",
    source="contract, targets: indicator of a grant",
    examples=("支持企业⟦开展数据产品交易并按规定给予最高⟧", "⟦发放科创券,并给予最高⟧"),
    counter=("并给予",),
)

REACHING = rule(
    "what earns a grant by reaching a figure",
    r"对(?:于)?(?P<what>[^,。;:\d%]{3,16}?)(?:首次|累计|年均)*(?:达到?|超过|突破)[^,。;:的\d]{0,2}\d[^,。;:的]{1,10}的,?(?:给予)?(?:一次性|最高)*"
    r"(?P<given>奖励|补助|补贴|资助)?$",
    source="contract, targets: indicator of a grant",
    examples=("⟦对营收规模首次达到2000万元的奖励⟧", "⟦对登记数据产品达10个以上的,给予最高⟧"),
    counter=("对营收规模较大的奖励",),
)

IN_SHORT = rule(
    "who is granted, in a clause that grants",
    r"(?:^|[,。;])(?P<who>(?:获奖|入选|获评|入围)(?!的)[^,。;:\d%的]{2,12}?|[^,。;:\d%的对给]{2,8}(?:项目|案例|团队|人才|产品|活动))"
    r"(?:按政策|按规定|可)*给予(?:最高|一次性)*$"
    r"|(?:^|[。;])(?P<doer>[^,。;:\d%]{4,30}),符合条件的可?$"
    r"|(?:^|[。;])(?P<case>(?!对|其中)[^,。;:\d%]{4,24})的,$"
    r"|根据(?P<base>[^,。;:\d%]{3,12}?)(?:年度|每年)?(?:运营|建设|经营)?(?:绩效)?(?:运营|评价|考核|评估)?(?:情况|结果|投入),?(?:每年)?给予(?:最高)?$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦获奖落地企业按政策给予最高⟧",
        "⟦优秀项目可给予最高⟧",
        "⟦高校毕业生创办企业,符合条件的可⟧",
        "⟦社区升级为省级孵化器的,⟧",
        "⟦根据市级社区年度绩效运营情况,每年给予最高⟧",
    ),
    counter=("根据实际情况给予", "市财政给予最高"),
)

SUPPORTED = rule(
    "what is supported with a grant",
    r"(?:^|[,。;])(?:(?:支持|鼓励)(?:开展)?|建设|举办|打造|评选)(?:[A-Z]{2,}|企业|单位|机构|社区)?(?P<thing>[^,。;:\d%]{3,30})"
    r"(?:,(?!每年|累计)[^,。;\d%]{2,30}){0,1},(?:可|[省市区县]本级|[省市区县]级财政|每[个家项])?$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦支持企业开发专用模型,⟧",
        "⟦支持企业承担科研项目,市本级⟧",
        "⟦举办品牌活动,经专家评审,可⟧",
        "⟦建设示范项目,每个⟧",
    ),
    counter=("支持企业开发专用模型,按照不超过研发成本30%,", "支持企业开发专用模型,给予"),
)
TAKING = rule(
    "who takes a grant, as the subject",
    r"(?:^|[,。;])(?P<who>(?!对|按|根据|最高)[^,。;:\d%]{3,30}?),?(?:均|都|还|另)?可?(?:按规定|依规|额外|再)?(?:享受?|申请|申领|获得?|领取)(?:每[人年月日])?(?:最[高长])?$"
    r"|(?:^|[。;\n])(?P<label>[^,。;:、]{3,20}):(?:首次[^,。;]{2,10},)?$"
    r"|每(?P<deed>(?:吸纳|新增|招用|引进|增加|安置|带动)[^,。;\d]{2,10}?)(?:给予|予以)$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦符合条件的新引进优质人才,可享受最长⟧",
        "⟦新引进的高层次人才,可按规定享受最高⟧",
        "⟦高成长企业:⟧",
        "创业主体,实际⟦每吸纳一名就业者给予⟧",
    ),
    counter=("按规定可享受最高", "符合条件的给予最高"),
)

SERVED = rule(
    "for whom something is provided",
    r"(?:^|[,。;])(?:可|依规)?为(?P<who>(?!了|此|加快|进一步|贯彻|落实|推动|促进)[^,。;:\d%为]{2,24}?)(?:提供|给予|发放)(?:最高|不超过|总额)*$",
    source="contract, targets: indicator of a grant",
    examples=("⟦为高潜力初创型项目提供⟧", "⟦为入驻企业给予最高⟧"),
    counter=("为加快企业发展给予", "成为重点企业提供"),
)

COUNTED = rule(
    "what is chosen by number for a grant",
    r"(?:认定|评选|培育|遴选|选树|评定|扶持|新增|引进)[^,。;\d]{0,10}\d+[家个名项支所](?:以上|以内)?(?:[^,。;\d]{0,20}的)?(?P<who>[^,。;:\d的]{2,16}),"
    r"(?:给予|予以|最高|一次性|每[个家项])*$"
    r"|(?:^|[。;,])(?P<some>[^,。;:\d]{2,16}?)(?:不多于|不超过|最多)\d+[家个名项],(?:给予|予以|最高|一次性|每[个家项])*$",
    source="contract, targets: indicator of a grant",
    examples=(
        "⟦认定不多于20个符合条件的特定行业平台,给予一次性⟧",
        "⟦一级示范工厂不多于10家,⟧",
    ),
    counter=("认定20个平台,经评审后", "不多于10家,"),
)

GENERIC = regex.compile(
    r"^(?:(?:符合|满足)(?:相关|相应)?(?:条件|要求|标准|规定)的?|(?:符合|满足|经|依法)[^的]{0,12}的|新[^的]{0,4}的|发生的)+"
)
_ANYBODY = "单位|项目|企业|机构|主体|团队|个人|人员|人才|对象|创业者|采购|活动"
PLAIN = regex.compile(
    rf"(?:符合.{{0,200}}|经.{{0,200}})?(?:[A-Z]{{2,}}\s?|相关)?(?:(?:{_ANYBODY})(?:[、和](?:{_ANYBODY}))*)?"
)
_GOT = regex.compile(
    r"(?:(?P<first>首次|再次|新)|成功|通过|被|经)*(?P<got>申建|获评|获批|获得|取得|认定|入选|列入|纳入|获)为?(?P<what>.+)"
)
_DEED_LAST = regex.compile("(?<=.{6})(?:获奖|入选|入围|入库|入驻|揭榜)$")
_PAREN = regex.compile(r"\([^()]*\)")
_AMONG = regex.compile(
    r".{0,60}、.{0,60}等(?P<what>[^等]{2,60})|.{4,60}(?<![高中初对同平])等(?P<what>[^等]{5,60})"
)
_CHOOSES = regex.compile("^(?:每年|定期|择优)*(?:遴选|评选|选树)(?:一批)?")
_LISTED_IN = regex.compile(r"^(?:首次)?被(?:列入|纳入|认定为|评为|确定为)(?:[^的]+的)?(?=.{4,})")
_THROUGH = regex.compile(r"(?<=.{2})在[^,在]{2,14}(?:平台|中心|市场|网站)(?=.{2,})")
_GIVEN_EACH = regex.compile(
    r"(?:(?:每[件个家项户人年场次]|分别|一次性){1,4}|(?<=[,的])(?:分阶段|各|再)*)"
    r"(?:补助|补贴|奖励|资助|奖补)$"
)
"""What stands between a receiver and the sum that each one gets: 对注册商标,每件补助1万元."""
_LONGEST = 20
_LONGEST_DEED = 32
_LONGEST_GOT = 26


_WHERE = regex.compile(r"^在[^,。;在]{2,6}(?:[省市县区]|境内|本地)")
_DONE_FIRST = regex.compile("开展|组织|举办|承办|建设|开发|承担|参与|完成|购买")


def whom(words: str) -> str:
    """The receiver of a grant in short; empty for who is only called eligible."""
    said = _PAREN.sub("", words).removeprefix("针对").removesuffix("的")
    phrase = GENERIC.sub("", _CHOOSES.sub("", said))
    head, _, noun = phrase.rpartition("的")
    if PLAIN.fullmatch(noun):
        got = _GOT.fullmatch(head)
        if got is None and (done := _DEED_LAST.search(head)):
            return done[0] + noun
        if got is None and noun and len(head) > _LONGEST - len(noun):
            short = _WHERE.sub("", head)
            return short if _DONE_FIRST.match(short) and len(short) <= _LONGEST else ""
        if got is None:
            long = len(phrase) > (_LONGEST if noun else _LONGEST_DEED)
            return "" if long or PLAIN.fullmatch(phrase) else phrase
        phrase = (got["first"] + got["got"] if got["first"] else "") + got["what"]
        if len(phrase) <= _LONGEST_GOT and "等" not in phrase:
            return phrase
    if among := _AMONG.fullmatch(phrase):
        phrase = among["what"]
    phrase = _THROUGH.sub("", _LISTED_IN.sub("", phrase))
    return phrase if len(phrase) <= _LONGEST else noun if len(noun) <= _LONGEST else ""


def receiver(clause: Clause, at: int) -> str:
    """To whom the grant at a place of the clause's text goes, in short."""
    text = _GIVEN_EACH.sub("", _PAREN.sub("", clause.text[clause.sentence : at]))
    if joined := JOINED.search(text):
        among = _AMONG.fullmatch(joined["thing"])
        return among["what"] if among else joined["thing"]
    told = False
    for form in (TARGETED, RECEIVING, REACHING, TAKING, IN_SHORT, SUPPORTED, SERVED, COUNTED):
        found = form.search(text)
        words = next((words for words in found.groups() if words), "") if found else ""
        told = told or bool(words)
        if who := whom(words):
            return who
    return "" if told else _named_last(text)


def _named_last(text: str) -> str:
    """What stands behind the sentence's last 对, or its last noun: 对各级部门通过平台开展的供需对接
    活动,参会企业达50家的给予…."""
    if both := _FOR_BOTH.search(text):
        return str(both["who"])
    found = _FOR.search(text)
    if found is None or GENERIC.match(found["who"]):
        return ""
    words = found["who"].removesuffix("的")
    noun = _FIRST_OF.split(words.rpartition("的")[2])[0]
    short = noun if len(noun) > _SHORTEST else words
    unclear = PLAIN.fullmatch(short) or len(short) > _LONGEST or short.count("“") > 1
    return "" if unclear else short


_FOR = regex.compile(
    r"对(?!接|口|外|标|照|比|应|象|策)于?(?P<who>[^,。;:%]{4,80})(?=,|给予|予以|发放)[^。;]{0,80}$"
)
_FOR_BOTH = regex.compile(
    r"对[^,。;]{4,60}以[上下],且[^,。;]{2,60}的(?P<who>\p{Han}{2,16}),(?:给予|予以|发放)?$"
)
"""对面积2000平方米以上,且交易额300万美元以上的自建海外仓: both conditions are of one."""
_FIRST_OF = regex.compile("[、和及与]")
DEED = rule(
    "what is done for which a grant is",
    r"^(?:(?:支持|鼓励|引导|推动|每年|定期|择优|对|组织)*)(?:[A-Z]{2,}|企业|单位|机构|社区|高校|科研院所|、)*"
    r"(?P<verb>开展|开发|建设|组建|举办|承办|打造|购买|采购|租用|使用|采用|调用|参加|参与|承担|承接|申报|设立|创建|成立|制定|完成|实现|遴选|评选|取得|形成|通过)(?:一批)?(?P<thing>[^:\d%]{2,40}?)的?$",
    source="contract, targets: indicator of a grant",
    examples=("⟦支持企业购买算力服务⟧", "⟦每年遴选具有引领性的示范场景项目⟧"),
    counter=("按照实际支付费用", "经评审认定"),
)
_CHOSEN = ("遴选", "评选")
_BY_WHICH = regex.compile("^(?:按|经|由|根据|可|并|符合|降低|减轻|促进|提升|给予|对符合)")
_CLAUSE_END = regex.compile("[,。;]")
_CLAUSES = 4
_SHORTEST = 2
_LONGEST_DONE = 16


def deed(clause: Clause, at: int) -> str:
    """What the nearest words before a grant say is done: 支持企业购买算力服务,按…,给予…."""
    text = _PAREN.sub("", clause.text[clause.sentence : at])
    for words in reversed(_CLAUSE_END.split(text)[-_CLAUSES - 1 : -1]):
        found = DEED.match(words)
        if found is None or _BY_WHICH.match(words):
            continue
        if found["verb"] in _CHOSEN or len(found[0]) > _LONGEST_DONE:
            noun = found["thing"].rpartition("的")[2]
            return noun if len(noun) <= _LONGEST_DONE else ""
        return found["verb"] + found["thing"]
    return ""


_GRANT = regex.compile(r"(?:补助|补贴|奖励|资助|支持|奖补|津贴|住宿|寓所)$")
_TAKER_WORD = 2
_TAKER = regex.compile(
    r"[^,。;、]{0,7}(?:人才|人员|企业|项目|团队|毕业生|职工|[护教]\p{Han}?员|青年|个人|用户|站点?|基地)"
)


def with_receiver(clause: Clause, at: int, behind: str) -> str:
    """A grant that says what for, with who takes it where that is short and one of a kind."""
    if not _GRANT.search(behind):
        return behind
    who = receiver(clause, at)
    alike = who[-_TAKER_WORD:] in behind
    return who + behind if who and _TAKER.fullmatch(who) and not alike else behind
