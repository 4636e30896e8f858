"""What a figure holds for each time (每人每年, 每半年, 2000元/件), how it changes, and from what.

Source: contract, targets: per, change, baseline, hedged.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.figures import Figure
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

_PERIOD = (
    r"(?:[一二两三四五\d]年|年度?|半年|[一二两]?个?季度?|[一二两三\d]?个?月(?!\d)|[一二两]?周|日|天(?!\w线)"
    r"|学年|学期|晚(?!会))"
)
_THING = (
    r"(?:人次|场(?!景|所|地|馆|面|均)|团(?!队|体|组)|生|企|村|校|床|人|家|户|名|件|项|台|套|亩|吨|篇|例|班|辆|间|张(?!三)|张床位"
    r"|平方米|立方米|平方公里|公里|公顷|千瓦时|学时|课时|车(?!间|辆)|头|只|株|羽|次)"
)

PER = rule(
    "per",
    rf"每{_PERIOD}(?!(?:运营|建设)?(?:绩效|(?:考核|评价|评估)(?!(?:不少于|至少)?$)))|每{_THING}(?:每{_PERIOD})?|一年(?=至少|不少于)|人均每[日天月年]|(?:人|户|亩|校|村)均(?=不[低少高超]|最[低高]|至少)|[日月]均(?=不[低少高超]|[高低]于|[达超约]|至少|$)"
    r"|每个(?=给予|分别|最高|补|奖)|每个(?:(?!按)\p{Han}){1,4}(?=给予|不超过|最高|补助|奖励)|亩(?=补[助贴])"
    r"|每个[\p{Han}()“”/]{1,14}?(?=[中内]?(?:要|应|都|均|可)?"
    r"(?:至少|建有|设有|拥有|配备|抽取|选派|选取|组建|建设|建成|打造|确定|培育|开通|有(?=\d|$)))"
    r"|年均(?=新增[^,。;]{0,12}[数量]|培训|开工|发放)",
    source="contract, targets: per",
    examples=(
        "⟦每人每年⟧接受",
        "⟦每半年⟧至少",
        "⟦每年度⟧",
        "⟦每平方米⟧1000元",
        "按⟦人均⟧不低于20平方米的标准",
        "⟦每两年⟧一次",
        "应⟦一年⟧至少",
        "⟦每个⟧分别给予",
        "按⟦每个算法⟧给予",
        "对⟦每个机场⟧不超过3000万元",
        "⟦每人每晚⟧奖励20元",
        "⟦每团⟧每人次",
        "秸秆还田⟦亩⟧补助",
    ),
    counter=(
        "每个社区",
        "每场景",
        "每位",
        "人均面积不低于3平方米",
        "根据每年运营绩效情况",
        "每个项目按照不超过投资额30%",
    ),
)
_YEARLY = regex.compile(r"(?<![上本当两一])年度(?=[^,。;]{0,6}(?:额|不超过|最高|补|支持|资助|奖))")

_PIECES = regex.compile("[/·]")
_YEARLY_AMONG = regex.compile(r"每年(?!度)[^。;\d]{0,40},$")
_CHOOSES = regex.compile("(?:遴选|评选|择优|征集|筛选)(?:推出|认定|发布)?$")

DONE_IN = regex.compile(
    r"(?:最快\d+\p{Han}{1,3})?(?:办结(?!流程|机制|服务|模式|制)|办完|办好|出证|领证|拿证)|成为常态"
)
"""Behind what something takes: 0.5个工作日办结, 150分钟成为常态."""
_ALL_YEAR = regex.compile("全年(?:组织|开展|举办|进行)?(?:不少于|至少)?$")


def read_per(clause: Clause, since: int, figure: Figure) -> str | None:
    """The text of the period or thing that a figure holds for; None where it is said of none.
    `since` is the end of the figure before it, whose own period does not count."""
    start = max(clause.start, since)
    parts = [
        "每亩" if match[0] == "亩" else match[0]
        for match in PER.finditer(clause.text[start : figure.start])
    ]
    if not parts and figure.kind == "money" and _YEARLY.search(clause.text[start : figure.start]):
        parts = ["每年"]
    if not parts and figure.unit == "次" and _ALL_YEAR.search(clause.text[start : figure.start]):
        parts = ["全年"]
    if not parts and _is_yearly_batch(clause, start, figure):
        parts = ["每年"]
    if figure.rate:
        parts.extend("每" + piece for piece in _PIECES.split(figure.rate))
    unique = dict.fromkeys(parts)
    return "".join(unique) or None


def _is_yearly_batch(clause: Clause, start: int, figure: Figure) -> bool:
    """每年在应用项目中,遴选一批…: the batch is each year's."""
    chosen = (
        figure.words and figure.unit == "批" and _CHOOSES.search(clause.text[start : figure.start])
    )
    return bool(chosen and _YEARLY_AMONG.search(clause.earlier))


CHANGE = rule(
    "change",
    r"(?P<increase_to>(?:上调|提高|提升|增加|增长|扩大|上升|增至|升|发展|延长)(?:到|至))"
    r"|(?P<decrease_to>(?:下调|降低|下降|降|压缩|压减|缩短|减少|压降|缩减|精简|减)(?:到|至)|压缩在)"
    r"|(?P<increase_by>上调|上浮|提高|(?<!改造)提升|增加(?!值)|增长|增幅|增速|上升|递增)"
    r"|(?P<decrease_by>下调|下浮|降低|下降|压缩|压减|缩短|减少|削减|降幅|降价|压降|缩减|精简)",
    source="contract, targets: change",
    examples=("⟦提高到⟧", "⟦压缩至⟧", "⟦增长⟧", "⟦下降⟧"),
    counter=("达到", "新建"),
)
_BETWEEN = regex.compile(r"\p{Han}{0,8}$")

BASELINE = rule(
    "baseline",
    r"(?:比|较|与|相比于?|同比)(?:“?[一二三十]+五”?(?:期?末|时期|期间)?|(?:19|20)\d\d年(?:年?[底末初])?|上(?:一)?年度?(?:同期)?"
    r"|去年(?:同期)?|上年末|[^,。;\d]{0,6}?(?:同期|年初|平均水平|现有水平|现行标准))|同比|环比"
    r"|在(?:现有|原有|目前|上年|法定时限|(?:19|20)\d\d年)(?:水平|规模)?的?基础上",
    source="contract, targets: baseline",
    examples=(
        "⟦比2020年⟧增长",
        "⟦较上年⟧下降",
        "⟦比2015年底⟧提高",
        "⟦同比⟧增长",
        "⟦在现有基础上⟧提高",
        "⟦比“十一五”末⟧提高",
    ),
    counter=("比例", "较大"),
)
HEDGE = rule(
    "hedge",
    r"原则上|力争|争取|努力|左右|上下|大约|(?<![节集预签合公条制违简])约|接近|一般(?=应|不|为|在|控制|要|可|每|按|最|至少)",
    source="contract, targets: hedged",
    examples=("⟦原则上⟧不少于", "⟦力争⟧突破", "50家⟦左右⟧"),
    counter=("至少", "节约", "一般登记"),
)


_BROUGHT_TO = regex.compile(
    r"至$|(?<!达)到$|(?:增加|提高|提升|调整|降低|减少|压缩|缩短|精简|[上下]调)为$"
)
"""Behind what changes, how far: 提升应用率至60%, 增加为30项."""


def read_change(before: str, unit: str) -> str | None:
    """increase_by, increase_to, decrease_by, decrease_to or multiple, from the words before."""
    found = None
    for match in CHANGE.finditer(before):
        if _BETWEEN.fullmatch(before, match.end()):
            found = match.lastgroup
    if found and _BROUGHT_TO.search(before):
        found = found.replace("_by", "_to")
    if unit == "倍" and found in (None, "increase_by", "increase_to"):
        return "multiple"
    return found


def read_baseline(words: str) -> str | None:
    """What a change is measured from, in the text's words."""
    found = None
    for match in BASELINE.finditer(words):
        found = match[0]
    return found
