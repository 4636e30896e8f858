"""When a time expression is no deadline: names, look-backs, conditions, dates of papers, money.

Source: contract, deadlines rule 3 and targets rule 2. Each question looks only at the characters
around the expression, text[start:end] of a folded view.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.numerals import NUMBER
from extract.rules.rule import rule

ACT = (
    alternation(terms("time_words", kind="act"))[:-1]
    + r"|要(?!求|素|点|闻|件|害)|将(?!来|军)|应(?!用|急|届|对|付)|须|由(?!于)"
    + r"|报(?!告|名|刊|销|酬|废|纸|表|道|到)|达(?!标|成))"
)
DONE = alternation(terms("time_words", kind="done"))
PAPER = alternation(terms("time_words", kind="paper"))
GRANT = alternation(terms("time_words", kind="grant"))
CLAUSE_END = r",。;:!?\n()"
_IN_CLAUSE = rf"[^{CLAUSE_END}]"

COMPLETED = rule(
    "completed behind a date",
    rf"^(?:要|应|须|需|将|确保|力争|争取|基本|全面|全部|如期|按期|率先|初步|总体|整体|普遍|在全[国省市县区]|\s)*{DONE}(?!的|了|率|时|区域|片区|[县区乡镇村]|情况|项目)",
    source="contract deadlines rule 1: 2024年完成 is by 2024-12-31",
    examples=("⟦完成⟧改造", "⟦全面建成⟧", "⟦基本实现⟧全覆盖"),
    counter=("组织完成", ",由市司法局牵头", "完成的项目", "达标区域系统方案编制"),
)
LOOK_BACK_BEHIND = rule(
    "look-back behind a date",
    r"^(?:到期的|期满的|届满的|以来|至今|迄今|以前年度|同期|相比|的?基础上|底?数据|[,]?[^,。;:\n对将把向就按凡]{0,12}?已(?!经?不)"
    r"|[^,。;:\n]{0,16}\p{Han}了(?!解|望|如|结)|[^,。;:\n]{0,16}预计将?(?:超过|达|有|突破)"
    r"|,?[^,。;:\n要应将]{0,24}?(?:发生[^,。;的]{0,20}(?:事故|事件|案件|灾害|地震)|(?:造成|导致)[^,。;]{0,6}\d)"
    r"|[^,。;:\n要应]{0,10}(?:作出|发生|形成|签订)(?:但未[^,。;:\n]{2,10})?的)",
    source="contract deadlines rule 3: look-backs",
    examples=("⟦以来⟧", "⟦全市已⟧建成", "⟦完成了⟧", "⟦基础上⟧下降", "⟦依法作出但未履行到位的⟧承诺"),
    counter=("对已经下放的事项评估", ",了解情况", "完成"),
)
LOOK_BACK_BEFORE = rule(
    "look-back before a date",
    r"(?:[比较]|同比|相比|对比|相较于|与|截至|截止|截至到|截止到|早在|始于|根据|按照|参照|依据|以|据"
    r"|(?<!对)已(?:经)?[于自从在])$",
    source="contract deadlines rule 3: look-backs; 比2020年 is a baseline",
    examples=("⟦比⟧", "并⟦已于⟧", "⟦截至⟧", "碳排放强度⟦较⟧"),
    counter=("于", "到", "确保"),
)
CONDITION = rule(
    "condition",
    rf"^(?:\([^()]*\))?{_IN_CLAUSE}*(?:的(?=[,;:。]|$)|的(?:企业|单位|项目|人员|个人|主体|机构|团队|人才|毕业生|家庭|职工|学生|社区|园区|平台|基地|OPC|对象|申请人|租户|居民|市民|子女),?(?:给予|给与|按|可|经|予以|一次性|优先|享受|奖励|补助|补贴|发放))",
    source="contract deadlines rule 3: terms inside a condition",
    examples=("⟦未整改的⟧,通报批评", "⟦营业收入增长10%以上的企业,给予⟧奖励"),
    counter=("对已认定的社区开展复核", "完成培训,未完成的,通报"),
)
_CASES = regex.compile(r"[^。;:\n]{2,50}的[,;:]")
_CITED = regex.compile(
    r"》(?:\([^()\n]*\))?(?:已|由|业|经|于|自|\d)(?:(?!现予|现将|现(?:公布|发布|印发))[^。\n])*?(?:通过|公布|颁布|修正)(?:(?!现予|现将|现(?:公布|发布|印发))[^。\n《])*$"
)
_NAMED_PAPER = regex.compile(r"》\((?:[^()\n]|\([^()\n]{0,20}\)){1,40}+\)(?:附件\d*)?,$")
_DATE_OF_PAPER = regex.compile(
    rf"^{_IN_CLAUSE}{{0,14}}?(?:印发|发布|公布|颁布|出台|下发|通过|修订|修正|批准|签署|签订|公开发布)(?:的|[)]|$|[^\p{{Han}}《])"
    rf"|^,[^,。;:\n]{{2,20}}(?:印发|发布|公布|颁布)[,。]"
)
_PRINTED_BY = regex.compile("(?:办公厅|办公室|[局部委厅])$")
_ATTRIBUTE = rule(
    "year in a name",
    rf"^(?:的|是(?!否)|度?(?:开展|组织|实施|进行|举办)的|度?{PAPER}|度?{_IN_CLAUSE}{{2,16}}?(?:报告|年报|预算|决算)(?=[要应须将的、中]|$)|第?{NUMBER}(?:号|届|期|次|版|批)|[^{CLAUSE_END}]{{0,40}}?(?:{PAPER}|要点|细则|公报|名单|安排|要求|情况|措施|附件)$"
    rf"|\s?\d{{1,2}}[时点:]|[^{CLAUSE_END}]{{2,16}}时的)",
    source="contract deadlines rule 3: years in a name, 年度 as an attribute",
    examples=("⟦度工作要点⟧", "⟦度信息公开工作报告⟧要公开", "⟦版⟧", "⟦的⟧考核结果", "⟦第5号⟧"),
    counter=(",组织", "组织开展"),
)
_ACT_NEAR = regex.compile(rf"^(?:{_IN_CLAUSE}{{0,30}}?){ACT}")
_FIGURE_NEAR = regex.compile(
    rf"^(?:\s?\d[\d.]*[百千万亿]*(?![\d年月日-])|[、和及与]20\d\d年|[^{CLAUSE_END}\d]{{2,30}}\d(?!\d?月\d))"
)
"""2024年850台; 2024年培训500人; not 2024年报到时间为7月5日."""
_REACHED = regex.compile(
    rf"^{_IN_CLAUSE}{{2,40}}?(?:达到?|降?至|提高到|不低于|不少于|不超过|超过?|控制在|增长|下降|占{_IN_CLAUSE}{{2,16}}|(?:率|比例|标准|数)为)"
    rf"(?:{_IN_CLAUSE}{{0,3}}\d|一半|百分之|[一二三四五六七八九]成)|^成为"
)
LEVEL = rule(
    "a level behind a year",
    rf"^,?(?:力争|争取|确保)?(?:(?!{ACT}|预计)[^{CLAUSE_END}]){{2,40}}?(?:达到?|不低于|不少于|小于|低于|(?<!不)超过|占{_IN_CLAUSE}{{2,16}}?){_IN_CLAUSE}{{0,3}}\d"
    rf"|^,?[^{CLAUSE_END}]{{2,40}}?(?:(?<![传送下转表抵])达到?|占{_IN_CLAUSE}{{2,16}}?)\d"
    rf"|^,?[^{CLAUSE_END}]{{2,40}}?(?:实现(?:下降|增长|降低)|(?:压缩|压减|缩短|减少|降|提高|提升|增加?|扩大)[到至])"
    rf"(?:{_IN_CLAUSE}{{0,3}}?\d+|一半)"
    rf"|^,(?:全面|基本|总体)?(?:达到|实现)[^{CLAUSE_END}]{{2,30}}(?:目标|要求|水平|标准)(?=[{CLAUSE_END}]|$)"
    rf"|^,?[^{CLAUSE_END}]{{2,40}}?(?:压缩|压减|缩短|减少|降低)(?:一半|[二三四五六七八九十]分之)",
    source="contract deadlines rule 1: what is to be reached in a year is due at its end",
    examples=(
        "⟦每千人口卫生人员数不低于3⟧",
        "⟦,绿化覆盖率达到4⟧",
        "⟦,力争全省托管面积达3300⟧万亩",
        "⟦企业办理用电业务平均时间压减到50⟧个工作日",
        "⟦将实行许可证管理的产品压减三分之⟧一以上",
    ),
    counter=("组织培训不少于3次", "完成改造"),
)
_EVENT_DAY = regex.compile(
    r"^,?(?:全部|统一|正式|集中|同时|全面|现场|网上|分批|组织|进行)*(?:入学|开学|报到|报名|注册|面谈|考试|测试|录取|公布|公示"
    r"|开班|举行|举办|召开|开放|完成|发榜|放榜|派位|开始)"
)
_ACT_NEXT = regex.compile(
    rf"^(?:要|应|将|须|再|全面|基本|力争|共|拟|继续|集中|重点|统一|分别|\s)*(?:{ACT})"
)
_NAMED_BEFORE_ACT = regex.compile(rf"^(?:(?!{ACT})[^{CLAUSE_END}]){{0,16}}?{PAPER}")
_CLAUSE_HEAD = regex.compile(
    r"(?:^|[,。;:、\n(“!?\s-]|\d年[和及与]|[一二三四五六七八九十\d][.、)]|(?<![关由对处属至位低高优等用基源鉴终多少小大])于|(?<![存现正实旨潜所内外])在|从|、|力争|确保|争取|其中|(?:时间|期限)(?:均|都)?(?:为|是)?|统一为|定为|定于|(?<!按|划|划的)计划|(?<!模)拟|将于)$"
)
_TITLE_BEFORE = regex.compile(
    r"(?:方案|计划|规划|纲要|意见|要点|清单|措施|办法|目录|条例|规定|标准|细则|指南|指引|制度|通知|任务|攻坚|行动|预案)[”》〉\s\n]*\($"
)
_BIRTH = regex.compile(
    r"[^,。;\n]{0,12}?(?:出生|周岁|参加工作)|(?:归集|完成|建成|取得|获得|出生|注册|成立|登记|缴纳|发生|印发|出台|毕业"
    r"|参保|签订|立项|投产|入学|认定|申报|申领|补办|办理|入职|退休|新入学|购买|交付)的(?!,)"
)
_MONEY = regex.compile(
    rf"^实际|^(?:给予|发放)[^,。;]{{0,10}}(?:津贴|补贴|补助|奖励)"
    rf"|^(?:统筹|集中)?(?:设立|安排|投入|筹集|列支|拿出|落实){_IN_CLAUSE}{{0,14}}?\d[\d.]*[百千]?[万亿]?元"
    rf"|^{_IN_CLAUSE}{{0,10}}?(?:{GRANT}){_IN_CLAUSE}{{0,16}}?(?:元|[万亿](?!人|户|家|个|名|亩|吨|台|件|辆|平)|%)"
    rf"|^(?:每(?:[家户人个亩吨]|公里|平方米){_IN_CLAUSE}{{0,8}})?{NUMBER}(?:-{NUMBER})?(?:万|亿)?元"
    rf"|^(?:最高|补助|补贴|奖励|给予|资助|贴息){_IN_CLAUSE}{{0,20}}?\d[\d.]*+(?!名|人|家|个|项|场|次|批)"
    rf"|^{_IN_CLAUSE}{{0,36}}?(?:工资|生活费){_IN_CLAUSE}{{0,20}}?(?:补贴|补助)"
)
_MONEY_BEFORE = regex.compile(
    rf"(?:{GRANT}|贷款|优惠|合计|且|租房|基础养老金|补贴|标准为)(?:按|为|可|是|时间|总额|金额|连续{NUMBER}年、?)?(?:每[人户家生]|单个?\p{{Han}}{{1,4}})?$"
)


def clause_head(text: str, start: int) -> str:
    """What stands between the last mark of punctuation and the expression."""
    at = start
    floor = max(0, start - 60)
    while at > floor and text[at - 1] not in CLAUSE_END:
        at -= 1
    return text[at:start]


def is_condition(text: str, start: int, end: int) -> bool:
    """Whether the expression stands in a clause that says which cases are meant (…的,; 对在…)."""
    behind = text[end : end + 60]
    if text[max(0, start - 2) : start] in ("对在", "凡在", "对于"):
        return _CASES.match(behind) is not None
    return CONDITION.match(behind) is not None


def is_compared(text: str, start: int) -> bool:
    """Whether the words before the expression compare with it, or count up to it."""
    return LOOK_BACK_BEFORE.search(text[max(0, start - 6) : start]) is not None


_AIM = regex.compile(r"(?<!起)(?:以?前)?[^,。;:\n]{2,30}的(?:目标|要求|节点|进度|时限)")


def is_aim(text: str, start: int, end: int) -> bool:
    """Whether the date belongs to an aim that is worked to: 按照2025年底前基本满足需求的目标."""
    return text[:start].endswith(("按照", "按")) and _AIM.match(text, end) is not None


def is_look_back(text: str, end: int) -> bool:
    """Whether the words behind the expression tell what was."""
    return LOOK_BACK_BEHIND.match(text[end : end + 24]) is not None


def is_paper_date(text: str, start: int, end: int) -> bool:
    """Whether the date is that of a paper: alone in its line, or before 印发的, 修订)."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    rest = text[end : len(text) if line_end < 0 else line_end].strip(" ()")
    if not rest and "," not in text[line_start:start] and start - line_start < 40:
        return True
    if _PRINTED_BY.search(text[max(0, start - 4) : start]) and text.startswith("印发", end):
        return True
    return _DATE_OF_PAPER.match(text[end : end + 24]) is not None


def is_cited(text: str, start: int) -> bool:
    """Whether the sentence tells of another paper (《…》已由…通过, 自…起施行) or
    dates it (《…》(…4号)附件,)."""
    before = text[max(0, start - 80) : start]
    return bool(_CITED.search(before) or _NAMED_PAPER.search(before))


SCENE = regex.compile(
    r",?(?:是(?!否)[^,。;]{2,40}(?:年|期|阶段)(?=[,。;、]|$)"
    r"|我国[^,。;将]{2,16}(?:转向|迈上|迈入|处于|面临|迎来|进入)"
    r"|为(?:深入|全面|进一步|切实|更好|加快)*(?:贯彻|落实|推动|推进|加强|促进|实施)[^。;]{2,60}[,，](?:现|特|根据|依据|结合))"
)
"""What only sets the scene behind a year or a plan: 2023年,是…的关键之年; “十四五”时期,我国数字经济
转向…; not where the paper speaks of what will be."""


_ROUND = regex.compile("“[^“”\n]{0,8}年初[^“”\n]{2,14}年[底末][^“”\n]{0,10}”")


def is_slogan(text: str, start: int, end: int) -> bool:
    """Whether a year's end belongs to the name of a way of working: “年初签约、年底考核”."""
    if not text.startswith(("年底", "年末"), start):
        return False
    return _ROUND.search(text, max(0, start - 30), end + 20) is not None


def is_titled(text: str, start: int, end: int) -> bool:
    """Whether the years stand in brackets behind a paper's name: …行动计划(2023-2025年)."""
    if end >= len(text) or text[end] != ")" or not start or text[start - 1] != "(":
        return False
    return _TITLE_BEFORE.search(text[max(0, start - 12) : start]) is not None


_ASIDE = regex.compile(r"\([A-Za-z0-9]{1,8}\)|^在[^,。;:\n]{2,30}(?:基础上|前提下),")
"""What stands between a year and what is done in it: 2023年在现有改革的基础上,选择一批事项."""


_STATES = regex.compile(
    rf"^{_IN_CLAUSE}{{1,24}}?(?:全部|全面|均(?![衡为是])|一律|普遍|得到|[村镇乡组]通(?![知报信道过])|基本(?:消除|建成|形成|完成|实现))"
)
"""2018年所有行政村通水泥路: what will be in a year, told without a verb that a list could hold."""


def governs_action(text: str, start: int, end: int, days: bool) -> bool:
    """Whether a bare year, month or quarter is the time of an action and not a noun's attribute."""
    rest = _ASIDE.sub("", text[end : end + 64])[:48]
    if _ATTRIBUTE.match(rest.partition("\n")[0]):
        return False
    head = _CLAUSE_HEAD.search(text[max(0, start - 4) : start])
    if head:
        if rest[:1] in (",", ":") or days:
            return True
        if _REACHED.match(rest):
            return True
        if _STATES.match(rest):
            return True
        if _NAMED_BEFORE_ACT.match(rest):
            return False
        if _FIGURE_NEAR.match(rest):
            return True
        return _ACT_NEAR.match(rest) is not None
    if days and _EVENT_DAY.match(rest):
        return True
    return _ACT_NEXT.match(rest) is not None


_YEARS_BESIDE = regex.compile(r"(?:[、和及与]20\d\d年)*")


def is_level(text: str, end: int) -> bool:
    """Whether what is to be reached stands behind a year, or behind several: 2025年和2030年,…占比
    分别提升至15%、20%."""
    beside = _YEARS_BESIDE.match(text, end)
    end = beside.end() if beside else end
    return LEVEL.match(_ASIDE.sub("", text[end : end + 60])) is not None


_TIMES_OF_YEAR = regex.compile(r"(?:年初|年中|平时|日常|季度)\p{Han}{0,4}[、,和]$")
_STOCK = regex.compile("存栏|库存|结存|结余|常住人口|总人口|户籍人口|在校生|[存贷]款余额|余额")
"""生猪年末存栏: the stock at a year's end."""
_LISTED_YEAR = regex.compile(
    r"(?:制[定订]|编制|拟定|报送|上报|提交)[^,。;:\n]{0,36}\d年[、和及与]$"
)
_PAPER_BEHIND = regex.compile(
    rf"[^{CLAUSE_END}]{{2,24}}(?:计划|方案|规划|总结|报告)(?=[{CLAUSE_END}]|$)"
)


def is_attribute(text: str, start: int, end: int) -> bool:
    """Whether a time only tells which thing is meant: 年末的贡献额; 年中指导、年末检查; 制定
    2018年、2019年改造项目计划."""
    if text.startswith("年", start) and text.startswith("的", end):
        return True
    if text[start:end] == "年末" and _STOCK.match(text, end):
        return True
    before = text[max(0, start - 40) : start]
    if text.startswith("年", start) and _TIMES_OF_YEAR.search(before):
        return True
    return bool(_LISTED_YEAR.search(before) and _PAPER_BEHIND.match(text, end))


def is_birth(text: str, end: int) -> bool:
    """Whether the date tells who is meant: born, or in work, before it."""
    return _BIRTH.match(text[end : end + 24]) is not None


_EACH_BEFORE = regex.compile(r"每(?:人|户|家|村|生|校|床|个\p{Han}{1,3})$")
_SUM_BEHIND = regex.compile(
    r"(?:再|各|约|定额|加发|补充|增加|提高|增发|上调|补助?|发放|给予|不低于|不少于|不得低于|最低|至少|达到?){0,3}"
    r"\d[\d.,]*[百千万]?元"
)
"""每人每月增加40元: so much for each person and month."""


def is_money(text: str, start: int, end: int) -> bool:
    """Whether a recurring period belongs to money granted, charged or capped: it is `per` then."""
    if _MONEY.match(text[end : end + 40]):
        return True
    if _EACH_BEFORE.search(text, max(0, start - 8), start) and _SUM_BEHIND.match(text, end):
        return True
    return _MONEY_BEFORE.search(text[max(0, start - 16) : start]) is not None


_YEAR_LONG = regex.compile(
    r"(?:力争|计划|确保|完成|组织|开展|举办|培训|检查|抽查|至少|不少于|不低于)"
    r"|(?:(?!给予|享受|补[贴助]|资助|支持|累计|入住|最[高多长])[^,。;:\n\d]){2,24}(?:新增|增长|增速|不少于|不低于|不?超过|达到?|至少|突破)(?![^,。;\n]{0,12}的\p{Han}{0,4}(?:企业|单位|人))"
    r"|(?!平均|年均|累计|奖励|补助|补贴|资助|最[高长多])\p{Han}{2,12}(?<!不超过|最高|最长|最多)\d[\d.]*[多余]?[百千万亿]*(?![年月%]|[^,。;\n]{0,12}的\p{Han}{0,4}(?:企业|单位|人))"
)
_YEAR_NAMED = regex.compile(r"(?:\d年[^,。;:\n]*|[对按凡以])$")


def is_year_long(text: str, start: int, end: int) -> bool:
    """Whether 全年 is the time of what the words behind it ask for, and not of a grant's cap."""
    if _YEAR_NAMED.search(text, max(0, start - 16), start):
        return False
    return _YEAR_LONG.match(text, end) is not None
