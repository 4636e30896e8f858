"""What a figure may not be: a condition, a class, a count of what is, a score, a name.

Source: contract, targets, rule 2.
"""

from __future__ import annotations

from collections.abc import Callable

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.figures.case import Case
from extract.rules.figures.comparisons import Comparison
from extract.rules.figures.conditions import GIVE, is_condition
from extract.rules.figures.demands import (
    ALL,
    MEETS,
    RATE,
    REACH,
    TRIED_IN,
    VERB,
    is_done_to_all,
    is_favour,
)
from extract.rules.figures.figures import Figure
from extract.rules.figures.spells import is_term
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule


def _words(kind: str) -> str:
    return alternation(terms("figure_words", kind=kind))


NO_FIGURE = rule(
    "what before a figure makes it none",
    r"(?:第(?:\d{1,3}[、和及至-])*|每|满|近|(?<!底|末|\d[月日年])前|相关|过去|其他|其余|上述|前述|该|这|^共计?|^合计|^总计|分为|分成|分解为|下设|设有|包括|包含|涉及|涵盖|含|任|(?<!合)同|某|即|例如|每(?:多|新)?(?:增加|入库|入统|引育|开业|开办|开设|招用|招|新增|缴纳|引进|吸纳|投资|增|减少|提供|完成|举办|培养|出现|发现)|[~.]|人均每|除以|乘以|[×*+=±]|Ⅰ|型号|一式|邮编|电话|附件|附表|表|图|专栏)$",
    source="contract, targets 2: ordinals, look-backs, numbers of papers",
    examples=("⟦第⟧", "⟦近⟧", "累计缴费⟦满⟧", "和⟦其他⟧"),
    counter=("达到", "培育"),
)

CLASS = rule(
    "a class follows the figure",
    rf"^(?:的|且[^,。;]{{1,20}}?的?|及其?)?(?:[\p{{Han}}A-Za-z“”]{{0,10}}?){_words('entity')}|^的(?:占比|比例|比重)",
    source="contract, targets 2: scopes and classes",
    examples=("⟦的企业⟧", "⟦的规模以上工业⟧", "⟦范围⟧内", "⟦的占比⟧不得低于50%"),
    counter=("的培训", "补助"),
)

PAST = rule(
    "what already is",
    rf"{_words('past')}|预计$|现存[^,。;]{{0,12}}有|已(?!经认定|认定|下放|入库|建成的|入选)[^的,。;]{{0,30}}$"
    r"|(?:19|20)\d\d年(?:以来|至今)|[由从](?:之前|以前|原来|原先|原有|过去|现行)的?$|(?<![为除到极满破])了(?![解望如结])[^,。;了]{0,12}$|(?:造成|导致|致使|记录到|成功预警)$",
    source="contract, targets 2: look-backs and counts of what already is",
    examples=("⟦截至⟧2014年底", "⟦现有⟧", "全市⟦已建设学校⟧", "高校毕业生⟦预计⟧"),
    counter=("到2025年", "对已经认定的"),
)

LISTED = rule(
    "what makes a figure count what the text names",
    r"(?:聚焦|围绕|瞄准)[^,。;]{0,12}$|针对[^,。;]{0,40}$|[”\"]规划$"
    r"|(?:实施|确定|列出|明确|规定|要求|选定|公布|发布|印发|提出|推出|部署|涉及)的$"
    r"|(?:包括|包含|涵盖)(?:(?!包括|包含|涵盖)[^,。;])*、[^,。;]{2,12}$"
    r"|》(?:\d{1,2}个?方面的?)?$"
    r"|(?:仅|只)(?:发放)?\p{Han}{0,3}$|(?:以下|如下|下列)$",
    source="contract, targets 2: counts of things that already are",
    examples=(
        "2016年⟦实施的⟧",
        "落实《清单⟦》5个方面⟧",
        "⟦聚焦⟧",
        "验收⟦包括规划核实、消防验收、竣工备案⟧",
        "每人⟦只发放⟧",
    ),
    counter=("包括", "培育"),
)

PAST_LEAD = rule(
    "what sets a sentence in the past",
    rf"{_words('past_lead')}|(?:19|20)\d\d年(?:以来|至今)",
    source="contract, targets 2: look-backs",
    examples=("⟦截至⟧2014年底", "⟦过去一年⟧,"),
    counter=("现有设施完成改造", "到2025年"),
)

_LIFE = regex.compile(r"(?:寿命|平均年龄)[^,。;]{0,6}$")
_ONE_VISIT = regex.compile(r"跑[一1零0]?次")
_LADDER = regex.compile(r"百\p{Han}{1,2}千\p{Han}{1,2}万?|千\p{Han}{1,2}万\p{Han}")
"""百城千县万名专家行动: a name, not how many."""
_PROGRAMME = regex.compile(
    r"\p{Han}{1,6}(?:\p{Han}{0,2}(?:“[^“”]{1,8}”、?){1,3})?(?:工程|行动|计划)(?![量表目])"
)
"""千万头肉牛工程: the name of a programme."""
_RUNG = 4
_FROM_NOW = regex.compile(r"在?(?:现有|目前|原有)(?:水平|规模)?(?:的)?基础上")
_CHANGED_FROM = regex.compile(
    r"[由从](?:目前|现在|现有|现行|现状)的?[^,。;]{1,16}?(?:提高|提升|增加|扩大|减少|降低?|下降|缩短|压缩|压减|延长)[到至为]"
)
"""由目前的3500处减少到2000处: what is now is only where it starts."""
_SINCE_THEN = regex.compile(r"以来,?已")
_DEMAND = regex.compile(
    r"^(?:要|应|须|力争|确保|到20\d\d年)|给予|不得|可申请|[^需主重纲]要(?!求|素|点|件|闻)|力争|确保|应当|提高到|额外"
)
_USED = regex.compile(
    r"(?:依托|借助|用好|发挥)(?:(?!打造|建设|培育|形成|设立|建立|组建|布局|先行|新增|引进|开展|创建)[^,。;]){0,30}$"
)
_MADE_OF = regex.compile(
    r"[^,。;]{0,30}(?:组成|构成|为载体|为依托|为支撑)(?=[,。;]|$)|的[^,。;]{0,8}(?:优势|积累|基础(?=上|[,。;]))"
)
_GRADED = regex.compile(
    "的?(?:评定)?为(?:优秀|良好|合格|不合格|达标|一般|较差|[优良中差](?=[,。;、)]|$))"
)
"""得分90分以上为优秀: the bounds of a grade."""
_KEPT_AT = regex.compile(
    r"(?:保持|稳定|维持|控制|巩固|压缩|限制|安排|时间|时限|时长|周期|率|比例|比重|占比|(?:距离|半径)(?:原则上)?|每年)在$"
)
_MADE_WITH = regex.compile(
    r"(?:建设|打造|研发|开发|构建|建立|升级|形成|编制)(?:一[个批套])?(?:涵盖|具备|覆盖|囊括)[^,。;]{2,60}$"
)
"""建设涵盖管理、科研3大类100个领域的知识库: how many of each the thing is to have."""
_SIDES = regex.compile("维度|方面|角度|环节|层面|领域")
"""从服务环境、服务获取2个维度, 推进汽车、医药等9个领域…: the sides from which a thing is seen."""
_RATE_OF = regex.compile(r"\p{Han}{1,3}率的")
"""适用3%征收率的应税收入: which income is meant."""
_EXTENT = regex.compile(r"(?:总?面积|规模|总量|里程|长度)$")
_FREED = regex.compile("免|可(?!靠|持续)|无需|不")
_IN_EACH = regex.compile("分别|各")
_APPOSED = regex.compile(r"、(?!本)\p{Han}{2,10}(?<![和及与])$")
_FOUNDS = regex.compile(
    r"(?:^|[前内底年并再将要拟\d]|计划|谋划|继续|重点|加快|力争|确保|推进|全面|今年|全年)"
    r"(?:新建|新增|新开工|开工|续建|建设|建成|改造|完成|打造|培育|推进|创建|实现)"
)
"""建设A、B等10个公园 asks for ten, as 新增A、B、C4个口岸 does."""
_CARRIED_OUT = regex.compile(
    r"[“\"]?\p{Han}{0,10}[”\"]?(?:举措|措施|任务)(?:全面|有效)?(?:落地|落实|见效)"
)
"""15条举措落地见效: those that the paper has set out."""
_IN_ALL = regex.compile(r"(?:总计|合计|共计|累计)(?:规模|容量|面积)?(?:将|要|约)?达到?$")
"""总计达600TB的数据集: what they come to together sorts out none."""
_THING = regex.compile(r"(?![的及和等或以])\p{Han}")
_SPELLED = regex.compile(r"[\p{Han}]{0,12}\((?=[^()]*、)(?![^()]*\d)[^()]{8,99}\)")
_RAISED = regex.compile(
    r"(?:提高|提升|增加?|增长|扩大|上?升|下?降|降低|[上下]?调整?|缩短|压缩|压减|减少?|延长|放宽)(?:到|至|为)"
)
_AROUND_CLOCK = regex.compile(
    r"每周7天|(?:每天|全天候?|7[×x*])24小时|24小时(?:不打烊|自助|不间断|无人|值[守班])"
)
_CHANGED = regex.compile(
    r"[^,。;、\d]{0,12}?(?:压减|压缩|缩短|下降|降低|减少|削减)(?:\d|一半|[二三四五六七八九十百]+分之|[一-九]成)"
)
"""What changes is counted before how much it changes: 38类产品压减三分之一."""
_LOAN = regex.compile(r"的?\p{Han}{0,8}贷款")
_POLICIES = regex.compile(r"[“\"]?\p{Han}{0,4}(?:政策|措施|举措|意见(?!建议)|规定)")
_ISSUED = regex.compile("出台|制定|推出|形成|提出|谋划|发布|推行|落地|征集")
"""出台10条措施 asks for ten; 落实稳岗10条措施 counts those of a paper."""
_CROWDED = regex.compile(
    r"的?(?:规模|超?大)?(?:企业|单位|社区|村|班额|就业|家庭|户|安置点)|[^,。;]{0,30}的\p{Han}{0,4}(?:商户|火灾|事故)"
)
_LOSS = regex.compile("损失$")
_ACCIDENT = regex.compile(r"的\p{Han}{0,6}(?:事故|事件|灾害)")
_MEASURED = regex.compile(rf"{RATE.pattern}|(?:增长|增幅|占[^,。;\d]{{0,12}}|投入)$")
_SCORE = regex.compile(r"(?:得分|评分|满意度|分数|考核)[^,。;]{0,6}$")
_WIDENED = regex.compile(r"放宽[到至]?$")
_CLASSED = ("money", "share", "size", "time", "ratio")
_CROWD = ("人", "名", "户")
_VERB_NEAR = 4
_BRINGS = regex.compile(
    "建设|新建|建成|打造|新增|提供|形成|改造|完成|开发|盘活|布局|拓展|扩大|种植|推广|供应|保障|配备|释放|腾出|整理"
)
"""What brings a size about: 建设5000平方米以上场地, and not 实施5000平方米以上建筑改造."""
_COUNTED_LATER = regex.compile(r"[^,。;:\d]{2,20}\d[\d.-]*(?:%|[个家处座所])")
"""打造200亩以上基地10个: the size says which are counted."""
_HOW_MANY = regex.compile(
    r"的?\p{Han}{0,6}?(?:企业|项目|园区|平台|集群|产业链|品牌|产品|基地|单位)(?:总数|数量?)?"
    r"(?:达到?|突破|超过?|不少于|增加到|至)?\d[\d.-]*[家个户项]"
)
"""营业收入超100亿元企业1-2家, 产值超亿元企业达到5家: the sum says which are counted."""
_NARROWS = regex.compile(
    r"的?(?!\p{Han}{0,4}(?:增长|增加|提高|下降|减少))\p{Han}{2,14}(?:占比|比例|比重|余额|\p{Han}率)"
    r"(?:要|应|力争|不低于|不少于|不高于|不超过|达到?|保持在|控制在|超过?|提高到|降至|为)+\d"
)
"""单户1000万元以下担保业务占比不低于80%: whose share it is."""
_OF_ITS_OWN = regex.compile(r"\p{Han}{2,4}以上")
"""200张床位以上的养老机构: how many each of them has."""
_AT_RATE = regex.compile("的(?:标准|比例|额度|幅度)")
_MADE_YEARLY = regex.compile("年(?:产|处理|加工)$")
_WORKS = regex.compile(r"[^,。;]{0,30}?(?:项目|生产线|产线|工厂|基地)")
"""推进年产60万片面板项目建设: which works are meant."""
_TIMES = ("×", "*", "✕")
"""480毫米×140毫米: one measure of a thing's size."""
_TIER = regex.compile(r"(?:至|到|-)\d")
"""1000万元及以上至2000万元: the bounds of a tier."""
_LAST_YEAR = 1000
_NAME_LENGTH = 24
_LOOK_BACK = 80
_FARTHEST = 400


def is_refused(clause: Clause, figure: Figure, comparison: Comparison) -> bool:
    """Whether a figure is a condition, a class, a count of what is, a score or a name."""
    before, after = clause.before(comparison.start), clause.after(figure.end)
    if figure.unit == "%" and figure.value == ALL and is_done_to_all(before, after):
        return False
    case = Case(clause, figure, comparison, before, after)
    return any(check(case) for check in _CHECKS)


def _is_none(case: Case) -> bool:
    """An ordinal, an age, a year, a score, a mere order of size (万平方米以上), a figure that
    another one starts from (从20元提高到)."""
    figure = case.figure
    if (figure.kind == "age" and not _LIFE.search(case.before)) or NO_FIGURE.search(
        case.clause.before(figure.start)
    ):
        return True
    if figure.kind == "time" and _AROUND_CLOCK.search(
        case.clause.text, max(0, figure.start - 4), figure.end + 3
    ):
        return True
    favoured = is_favour(case.before, case.after)
    if figure.kind == "score" and not (_SCORE.search(case.before) or favoured):
        return True
    if figure.unit in ("年", "届") and figure.value > _LAST_YEAR:
        return True
    if case.clause.text.startswith(_TIMES, figure.end) or (
        figure.after and _TIER.match(case.after)
    ):
        return True
    if figure.kind == "size" and figure.round:
        return True
    if _MADE_OF.match(case.after) or _GRADED.match(case.after):
        return True
    if not case.comparison.said and _USED.search(case.before):
        return True
    return _RAISED.match(case.after) is not None or _CHANGED.match(case.after) is not None


def _is_single(case: Case) -> bool:
    """突破一批技术, 选取最高一个: one of them only means "a"; so does 可享受一次."""
    figure = case.figure
    one = figure.words and figure.value == 1 and figure.unit in ("批", "个")
    best = (
        figure.words
        and figure.value == 1
        and case.clause.text.startswith("最高", case.comparison.start)
    )
    enjoyed = figure.words and figure.unit == "次" and case.before.endswith("享受")
    return best or enjoyed or (one and case.comparison.op in (">", "<="))


def _is_name(case: Case) -> bool:
    """In a short quoted name (“4+1”), or alone in brackets, where it repeats what was said."""
    text, figure = case.clause.text, case.figure
    if _ONE_VISIT.match(text, max(0, figure.start - 1)):
        return True
    if figure.round and _PROGRAMME.match(text, figure.end):
        return True
    if figure.round and _LADDER.search(text, max(0, figure.start - _RUNG), figure.end + _RUNG):
        return True
    alone = not (case.before or case.after or case.comparison.said)
    if alone and text[figure.end : figure.end + 1] == ")":
        return True
    near = max(0, figure.start - _FARTHEST)
    line = max(near, text.rfind("\n", near, figure.start) + 1)
    opened = text.rfind("“", line, figure.start)
    if text.count('"', line, figure.start) % 2:
        opened = text.rfind('"', line, figure.start)
    if opened < 0 or "”" in text[opened : figure.start]:
        return False
    closed = regex.compile('[”"]').search(text, figure.end, figure.end + _NAME_LENGTH)
    return closed is not None and closed.start() - opened <= _NAME_LENGTH


def _is_counted(case: Case) -> bool:
    """A count of what the text lists or has named: …等6类, 实施的24项, 5大领域(…、…)."""
    if case.figure.kind != "count" or TRIED_IN.match(case.after):
        return False
    if _CARRIED_OUT.match(case.after) or _SPELLED.match(case.after):
        return True
    if case.after.startswith("阶段") or _MADE_WITH.search(case.before):
        return case.after.startswith("阶段")
    if case.before.startswith("从") and _SIDES.match(case.after):
        return True
    if case.comparison.said:
        return False
    before = "" if case.before.endswith("方面") else case.before
    listed = case.clause.text[case.figure.end :][:1] == ":" and not VERB.search(before)
    if listed and not REACH.search(case.before):
        return True
    stated = case.figure.unit == "条" and _POLICIES.match(case.after)
    if stated and not _ISSUED.search(case.before):
        return True
    if LISTED.search(case.before) or (case.before.endswith("等") and _SIDES.match(case.after)):
        return True
    if _FOUNDS.search(case.before):
        return False
    named = _APPOSED.search(case.before)
    apposed = named and not VERB.search(named[0]) and _THING.match(case.after)
    return case.before.endswith("等") or bool(apposed)


def _is_past(case: Case) -> bool:
    """What already is: by its own clause, by how its sentence opens, by how it goes on."""
    if PAST.search(_FROM_NOW.sub("", _CHANGED_FROM.sub("", case.before))):
        return True
    if _DEMAND.search(case.before):
        return False
    clause = case.clause
    if PAST_LEAD.search(clause.earlier[-_LOOK_BACK:]):
        return True
    rest = clause.text[clause.end : clause.end + _LOOK_BACK].partition("。")[0]
    return _SINCE_THEN.search(rest) is not None


def _is_scope(case: Case) -> bool:
    """Where or for whom something holds: 在15人以下, 在8个行业分别, 6万元以内(含6万元)."""
    before, after, figure = case.before, case.after, case.figure
    if (figure.after or figure.value_max is not None) and after.startswith(("部分", "的部分")):
        return True
    if (before.endswith("适用") and _RATE_OF.match(after)) or after.startswith(("范围", "半径")):
        return True
    if before.endswith("在") and not _KEPT_AT.search(before):
        if figure.after and not _THING.match(after.lstrip("的")):
            return True
        if figure.kind == "count" and _IN_EACH.search(after):
            return True
        if figure.kind == "money" and figure.after and _FREED.match(after):
            return True
    if figure.kind == "money" and figure.after and after.startswith("(含"):
        return True
    if figure.kind == "money" and figure.after and not before and after.startswith("的"):
        return True
    if figure.unit in _CROWD and _WIDENED.search(before):
        return True
    if figure.after and figure.kind == "money" and _LOSS.search(before) and _ACCIDENT.match(after):
        return True
    crowd = case.comparison.op == ">" and figure.unit in _CROWD
    return crowd and _CROWDED.match(after) is not None


def _is_class(case: Case) -> bool:
    """A class that the figure describes: 年产值2亿元以上的企业, 1000人以上企业."""
    figure, before, after = case.figure, case.before, case.after
    if case.clause.text.startswith("最", case.comparison.start):
        return False
    if _MADE_YEARLY.search(before) and _WORKS.match(after):
        return True
    if figure.kind == "count" and figure.after and _OF_ITS_OWN.fullmatch(figure.after):
        return True
    if figure.unit in _CROWD:
        return figure.after is not None and _CROWDED.match(after) is not None
    at_rate = figure.after is None and _AT_RATE.match(after) is not None
    if figure.kind not in _CLASSED or GIVE.search(before) or at_rate:
        return False
    if figure.kind == "share" and not _MEASURED.search(before):
        return False
    if figure.kind == "size" and figure.after and _COUNTED_LATER.match(after.removeprefix("的")):
        return True
    if figure.kind == "size" and case.comparison.said and _EXTENT.search(before):
        return False
    if _IN_ALL.search(before):
        return False
    if figure.after and _LOAN.match(after):
        return True
    if figure.kind == "size" and figure.after and MEETS.match(after):
        return False
    if figure.kind == "size" and figure.after and _THING.match(after):
        near = _BRINGS.search(before[-_VERB_NEAR:]) or _EXTENT.search(before)
        return not near or _COUNTED_LATER.match(after) is not None
    if figure.kind == "size" and case.comparison.said and _BRINGS.search(before[-_VERB_NEAR:]):
        return _COUNTED_LATER.match(after) is not None
    if _HOW_MANY.match(after) or (figure.after and _NARROWS.match(after)):
        return True
    described = figure.after is not None or after.startswith("的")
    return described and CLASS.search(after) is not None


_CHECKS: tuple[Callable[[Case], bool], ...] = (
    _is_none,
    _is_single,
    _is_name,
    _is_counted,
    is_condition,
    _is_scope,
    is_term,
    _is_class,
    _is_past,
)
