"""What shows that a figure is asked for, granted, charged or capped.

Source: contract, targets, rules 2 and 3. What a figure may not be is ruled in `refusals`; here is
what must speak for it: a comparator, a verb, a rate, a grant. Without such a sign it is none.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.figures.comparisons import Comparison
from extract.rules.figures.figures import Figure
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

_REACHES = alternation(terms("figure_words", kind="reach"))
_GRANTS = alternation(terms("figure_words", kind="grant"))
GRANT = regex.compile(_GRANTS)
VERB = regex.compile(alternation([*terms("action_verbs"), *terms("figure_words", kind="aim")]))

REACH = rule(
    "a level is to be reached",
    rf"{_REACHES}(?:\p{{Han}}{{0,4}})$",
    source="contract, targets 2: an action or state that the document asks for",
    examples=("覆盖率⟦达到⟧", "⟦压缩至⟧", "⟦保持在⟧"),
    counter=("规模",),
)

RATE = rule(
    "a rate before its figure",
    r"(?:率|比例|比重|占比|覆盖面|普及|优良|合格|全覆盖|满意度|贡献度|依存度|化程度)(?:均|都|各|分别|要|须|为|占|达|力争|拟|按|至|到|保持|稳定|维持)*$",
    source="contract, targets: 公示率100%",
    examples=("公示⟦率⟧", "数控化⟦率分别⟧"),
    counter=("经费",),
)

_ROUNDED = ("count", "money")
_SHEETS = ("份", "件", "套", "张", "次")
_SHARED = regex.compile(
    rf"^(?:的(?:标准|比例|幅度|额度|价格))?(?:[^。;]{{0,12}}?|[^,。;]{{0,30}}?){_GRANTS}"
)
_SIZED = regex.compile(
    r"(?:(?:面积|规模|里程|长度|容量|能力|装机|动力|(?<![数质重])量)[^,。;\d]{0,8}|数据集?|(?:距离|半径)(?:原则上)?在|日均|(?<!最大)(?<!飞行)速度|浓度|密度|高度|宽度|厚度|深度|间距|强度)$"
)
MEETS = regex.compile(r"[^,。;\d]{2,24}达到[^,。;\d]{0,20}(?:目标|要求|标准)")
"""50平方公里以上建设用地面积达到建设目标要求: so much is to come up to it."""
_A_DAY = regex.compile("[日月年]均$")
_TASK_A_DAY = regex.compile("(?:目标|任务|计划)[^,。;]{0,4}[日月年]均$")
"""湿垃圾分类量日均高于407吨, 目标任务日均131吨."""
_RETURN_PERIOD = "年一遇"
"""达到50年一遇防洪标准: what a work is built to withstand."""
_PLANNED = regex.compile(r"(?:招生|招收|录取|计划|培训)(?:计划|人)?总?数为?$")
_PER_HEAD = regex.compile(r"每[百千万]名?[^,。;\d]{2,24}(?:数|量|面积|里程)(?:达到?|为)?")
_HELD_AT = regex.compile(r"(?:控制|保持|稳定|维持)在")
_ONLY = regex.compile(r"[仅只]")
_PART_OF = regex.compile(rf"(?:{_REACHES}|提高到|调整[至到])[^,。;]{{2,30}}?的?$")
_PART_TAKEN = regex.compile(
    r"(?:预留|安排|拿出|提取|留出|选取|抽取|加强|覆盖|实现|惠及|带动|吸引)(?:不?[\p{Han}]{0,2})$|在$"
)
_COVERED = regex.compile(r"(?:覆盖|惠及)\p{Han}{0,4}$")
_TURNED = regex.compile(r"(?:推动|带动|促进|引导)\p{Han}{0,4}$")
_INTO = regex.compile(r"(?!的)\p{Han}{2,12}?(?:改造|升级|转型|提升|上云|覆盖)")
"""推动全市20%医院的数字化改造: so many are to be changed."""
_NOUN = regex.compile(
    r"(?!的|以|左右|股权|控股|出资|产权)\p{Han}{2}(?!\p{Han}{0,6}的|\p{Han}{0,4}试点)"
)
_ALL_OF = regex.compile(
    r"的?[^,。;“]{2,16}“[^“”]{2,12}”|的?[^,。;]{2,30}?(?:实现|完成|达到|建立|设置|配备|建成|开展|具备|纳入|开通|得到)"
)
_SPENT = regex.compile(r"(?:用于|由|作为|留作)")
_BOOKED = regex.compile(r"(?:列入|纳入|计入)[^,。;]{0,16}(?:基金|账户|帐户|记账|记帐|成本|预算)")
"""医疗费用的90%列入统筹基金记帐范围."""
_CHANGED_THING = regex.compile(
    r"(?:降低|压缩|压减|减少|精简|削减|提高|提升|增加)(?!了|值)(?:(?!的)\p{Han}){2,14}$"
)
"""降低企业用电成本10%: what changes stands behind the verb."""
_STAFFED = regex.compile("(?:配备|配置|安排|设置|开设|开足)(?!的)")
"""按在校学生总数的0.2%配备教师."""
_BY_A_DAY = regex.compile(
    r"(?:力争|确保|争取|到|至|在)*(?:20\d\d年(?:年?[底末]|\d{1,2}月底?)?前?)?"
)
"""Nothing, or only by when: 力争2025年底75%的县至少建成一所医院."""
_RATED = regex.compile("的(?:标准|比例|额度)")
_TERM = regex.compile(
    r"(?:享受|提供|给予|免费|免租|优惠|补贴)[^,。;]{0,4}$|(?:贴息|补贴|补助|贷款|优惠|支持|减免)期限为?$"
)
_PEOPLE = regex.compile(r"(?:面向|组织|选派|动员|^对(?:\d+[家个所]\p{Han}{2,10}[和及、])?)$")
_TAUGHT = regex.compile(r"[^,。;]{0,24}?(?:开展|进行|提供|参加)")
BY_PERIOD = regex.compile(r"每(?:人|户|家)?每?[月年天日]$")
_BY_THEN = regex.compile(r"(?:到|至|在)20\d\d年(?:年?[底末])?(?:之?前)?,$")
_PASSED = regex.compile("突破|超(?!过)|逾")
_OF_ALL = regex.compile(r"(?:^|[,、])全[国省市区县州](?!年)[^,。;\d]{2,16}$")
"""What a whole place comes to is no tier: 全国农机总动力超过10亿千瓦."""
_YEAR_AHEAD = regex.compile(r"20[2-9]\d年|期间|目标|力争|确保|每年|全年|年内|年底")
ALL = 100
_WHOLLY = regex.compile(
    rf"[“\"]?(?:全程|全部|在线|网上)?(?:{alternation(terms('action_verbs'))}|委托|预留|网办|[网掌线]上办|持证|签订|全?覆盖|回访|响应)"
)
"""What is done with all of them: 事项100%委托受理."""
_PLACED = regex.compile(
    r"(?:力争|确保|推动|实现|保证)[^,。;]{4,60}\p{Han}$|20\d\d年(?:年?底|\d{1,2}月底?)?前$"
)
"""力争在具备条件的路口100%增设隔离设施: it is to be done at all of them."""
_ACHIEVED = regex.compile(r"(?:实现|确保|做到|完成)[^,。;]{2,60}\p{Han}$")
"""实现网上申报100%、网上审批100%: what is reached for all of them."""
_SHIFTED = regex.compile(
    "(?:率|标准|价格?|费|租金)(?:再)?(?:(?:下调|上调|调低|调高|下浮|上浮)[至到为]?|由[^,。;]{1,12}(?:下调|上调)[至到为])$|基础上(?:再|可)?[上下]浮$"
)
SET_AS = regex.compile(
    r"(?:(?:、|和)[\d.]+%)*的?(?:比例|标准)?(?:确定|核定|核算|计算|计提|提取|执行|发放|列支|上解|上缴|缴存|拨付)"
)
"""照料标准按当地最低工资标准的50%确定."""
_SET_AT = regex.compile(
    r"(?:、[\d.]+%)*(?:的?\p{Han}{0,4}(?:比例|幅度)|\p{Han}{1,3}率"
    r"|(?:实施|执行|征收|预征|计征|缴纳|收取|计缴|缴费|计入))"
)
"""按1%实施, 减按1%预征率预缴增值税: what is charged is set at so much."""
_ATTAINED = regex.compile("(?:实现|确保|做到|达到)(?:[^,。;]{1,16}、)?$")
_LISTED_WITH = regex.compile("(?:实现|确保|做到|达到)[^。;]{2,20},$")
"""实现1分钟响应,90%解决率."""
_RATE_BEHIND = regex.compile(r"的?\p{Han}{2,4}率")
_HELPED = regex.compile("(?:再|转移|稳定|(?:人员|毕业生|农民工|劳动力|退役军人))就业$|[脱减]贫$")
"""失业人员再就业3万人: a deed by its noun."""
_ABOVE = regex.compile(r"(?:高于|快于|高出|好于|低于|优于|比)[^,。;\d]{2,20}?(?:高|低|快)?$")
"""增速高于全省平均水平2个百分点."""
_PAPERWORK = regex.compile(r"(?:提交|一式|填写|复印件?|携带|打印|递交|原件)[^,。;]{0,10}$")


def is_asked(clause: Clause, figure: Figure, comparison: Comparison, per: str | None) -> bool:
    """Whether something shows that the paper asks for the figure, or grants it."""
    before, after = clause.before(comparison.start), clause.after(figure.end)
    said = clause.text[comparison.start : figure.start]
    strong = comparison.said and (comparison.op != "~" or bool(_HELD_AT.match(said)))
    if figure.words and not _means_number(figure, comparison, before, said, per):
        return False
    if _is_tier(clause, figure, comparison) and not _directed(clause, before):
        return False
    if figure.kind == "rank":
        return True
    if figure.kind == "money":
        paid = per is not None and BY_PERIOD.search(clause.before(figure.start)) is not None
        return paid or _money(clause, before, after, strong)
    if figure.kind == "share":
        return _share(clause, figure, comparison)
    if figure.kind == "time" or (figure.kind == "score" and is_favour(before, after)):
        return True
    if figure.kind == "size":
        if (
            _TASK_A_DAY.search(before)
            or figure.unit == _RETURN_PERIOD
            or _HELD_AT.match(said)
            or (strong and MEETS.match(after))
        ):
            return True
        if strong and per:
            return True
        sized = strong and ((_SIZED.search(before) and after[:1] != "的") or _RATED.match(after))
        yields = _YIELDS.search(before)
        return bool(sized or yields or GRANT.search(before) or _directed(clause, before))
    if figure.kind == "ratio":
        discount = figure.unit in ("折", "倍") and _SHARED.search(after) is not None
        if _OF_A_YEAR.search(before):
            return True
        granted = GRANT.search(before + said) or GRANT.search(clause.earlier[-_SAID_NEAR:])
        bound = strong and (not figure.unit or REACH.search(said) or said.endswith("的") or granted)
        return bool(discount or bound or REACH.search(before) or GRANT.search(before))
    if _TRIED_BEFORE.search(before) and TRIED_IN.match(after):
        return True
    if figure.unit in _SHEETS and _PAPERWORK.search(before):
        return False
    if (
        _PER_HEAD.fullmatch(before)
        or _PLANNED.search(before)
        or (_PEOPLE.search(before) and _TAUGHT.match(after))
        or (_HELPED.search(before) and not after)
    ):
        return True
    if figure.kind == "effort" and _ENSURED.search(before):
        return True
    if _EACH_HAS.search(before) and (figure.value_max is not None or before[-1:] != "设"):
        return True
    told = _OF_YEAR.fullmatch(before) and (before or VERB.search(clause.earlier))
    if told and _COMES_ABOUT.fullmatch(after):
        return True
    if _ATTAINS.match(after) and _SCOPE_ONLY.fullmatch(before) and VERB.search(clause.earlier):
        return True
    return strong or per is not None or _directed(clause, before)


_ENSURED = regex.compile(r"(?:保证(?![金书人])|修完|修满)[^,。;\d]{0,16}$")
"""普通高中保证艺术类课程修完6个学分."""
_EACH_HAS = regex.compile(
    r"(?:每个?|各|全部|所有|均|都)[^,。;\d]{1,24}(?:建有|设有|配有|拥有|有)$|一般设\p{Han}{0,6}$|设$"
)
"""每个街镇有1所日间托老机构."""
_COMES_ABOUT = regex.compile(
    r"[^,。;:\d]{2,24}(?:提升|改造|转产|转型|清退|退出|搬迁|关闭|投产|开工|竣工|完工|达标|升级|更新)"
)
"""14艘海洋渔船减船转产: so many are to come to it."""
_OF_YEAR = regex.compile(r"(?:20\d\d年)?")
_ATTAINS = regex.compile(r"[^,。;:\d]{2,16}(?:实现|达到)(?!了|条件|标准|要求)")
_SCOPE_ONLY = regex.compile(r"(?:[省市县区乡镇]+(?:各级|[两三]级|级)?|全[国省市区县州])?")
"""公布事项清单,省市县各级100个事项实现网上办理: the things of a place that are to come to it."""
TRIED_IN = regex.compile(
    r"\p{Han}{0,4}(?:行业|领域|区域|地区|乡镇|街道|社区|县区|部门|单位|[公校院]?园区?|学校|医院|事项)"
    r"(?:率先|先行|逐步|启动){0,2}(?:推行|试行|试点|开展|实施|推广)"
)
"""在餐饮店、超市等40个行业推行: in so many it is to be done, whatever names them."""
_TRIED_BEFORE = regex.compile(r"(?:在|将)[^,。;]*$")


_OF_A_YEAR = regex.compile(r"(?:是|为|达到?|相当于)(?:19|20)\d\d年(?:水平|规模|总量)?的$")
"""规模达到2015年的2倍以上."""
_FAVOUR = regex.compile("照顾$|(?:录取|招生|投档|总分|成绩)[^,。;]{0,6}加$")
_ADMITTED = regex.compile("录取|投档")


_SAID_NEAR = 40
_GRANTS_LISTED = regex.compile(rf"(?:{_GRANTS}|标准)(?:标准)?(?:如下|为)?[。:;]\s*$")
_WHO_GETS = regex.compile(
    r"(?:[\p{Han}\d元万]{2,20}、)*"
    r"(?!\p{Han}*(?:规模|总?额|资金|基金|收入|产值|财政|投入|投资|新增|实现|税|水费))[\p{Han}A-Z]{2,14}"
)


def is_listed_grant(clause: Clause, figure_start: int) -> bool:
    """Whether a sum opens the list of who gets how much of what the sentence before grants:
    可享受购房补贴。博士生7万元、硕士生4万元."""
    named = _WHO_GETS.fullmatch(clause.before(figure_start)) is not None
    head = clause.text[max(0, clause.start - _SAID_NEAR) : clause.start]
    opens = clause.start == clause.sentence or head.endswith(":")
    return named and opens and bool(_GRANTS_LISTED.search(head))


def is_done_to_all(before: str, after: str) -> bool:
    """Whether something is to be done at all of what stands before: 在具备条件的路口100%增设."""
    if _WHOLLY.match(after):
        return False
    return _PLACED.search(before) is not None and _NOUN.match(after) is not None


def is_favour(before: str, after: str) -> bool:
    """Whether marks are given to whom the paper favours: 照顾20分录取."""
    return bool(_FAVOUR.search(before) or _ADMITTED.match(after))


def _means_number(
    figure: Figure, comparison: Comparison, before: str, said: str, per: str | None
) -> bool:
    """Whether Chinese numerals are a figure and not only "a": behind a comparator or a period."""
    if per is None and _ONLY.match(said):
        return False
    if figure.value_max is not None:
        return True
    if comparison.start != figure.start or per is not None or figure.unit in ("%", "‰", "倍", "折"):
        return True
    if comparison.said and (VERB.search(before[-6:]) or REACH.search(before)):
        return True
    if figure.kind == "time":
        return _TERM.search(before) is not None
    return figure.round and figure.kind in _ROUNDED and VERB.search(before) is not None


def _is_tier(clause: Clause, figure: Figure, comparison: Comparison) -> bool:
    """Whether a sum or size may only bound a tier (收入高于15600元), not be a figure to reach."""
    before = clause.before(comparison.start)
    reached = (
        _PASSED.match(clause.text, comparison.start)
        or _A_DAY.search(before)
        or (not clause.after(figure.end) and _OF_ALL.search(before))
    )
    return figure.kind in ("money", "size") and comparison.op in "<>" and not reached


def _money(clause: Clause, before: str, after: str, strong: bool) -> bool:
    if GRANT.search(before) or _SHARED.search(after) or GRANT.search(clause.earlier[-40:]):
        return True
    if is_listed_grant(clause, clause.start + len(before)):
        return True
    if STANDARD_OF.search(before):
        return True
    if after == "标准" and _GRANT_NEXT.match(clause.text, clause.end):
        return True
    reached = REACH.search(before) or _YIELDS.search(before) or _PRICED_UP.search(before)
    return strong or bool(reached) or _directed(clause, before)


_PRICED_UP = regex.compile(r"[价费][^,。;]{0,8}(?:下调|上调|下浮|上浮|降低|提高|加价|调减)$")
"""天然气门站价格下调0.7元."""
STANDARD = (
    "(?:(?:补助|补贴|奖励|资助|收费|起付|工资|费|保障|救助|津贴|供养|筹资|支付|租金|奖补|管护)标准"
    "|(?:限|定)额(?!以上)|额度)"
)
"""What is set at so much for each of a list."""
NOT_MEMBER = (
    "依次|分别|逐|均|再|统一|[上下]限|每|最|不|一次|按|由|从|给予|提高|增加|调整|达到|的|可|补|奖|资助|合计|总"
    "|新增|核定|设定|确定|暂定|折合|累计|[月户人]*人均|投资|投入|资金|经费|罚款"
)
STANDARD_OF = regex.compile(
    rf"{STANDARD}(?:分别)?[为是]?+(?!{NOT_MEMBER})"
    r"(?:(?![的以可递逐减增]|给予|补助|补贴|支付|发放)[\p{Han}A-Z]){2,10}$"
)
"""住院起付标准一级医院200元: so much for each of a list."""
_YIELDS = regex.compile(
    r"(?:实现|完成|达成|创造|形成)[^,。;\d]{2,20}(?:额|产?值|收入|营收|税收|利润|量|规模|效益)(?:约|共|近|均)?为?$"
)
"""实现网络年销售额180亿元: what is to come of it."""
_GRANT_NEXT = regex.compile(rf",(?:可|分别|依规)?(?:{_GRANTS})")
"""按照每人3000元标准,给予每名人员一次性补贴."""


def _share(clause: Clause, figure: Figure, comparison: Comparison) -> bool:
    before, after = clause.before(comparison.start), clause.after(figure.end)
    if RATE.search(before) or REACH.search(before) or _CHANGED_THING.search(before):
        return True
    if figure.unit == "百分点" and _ABOVE.search(before):
        return True
    if comparison.base and (_SHARED.search(after + clause.text[clause.end : clause.end + 14])):
        return True
    if comparison.base and (_PART_OF.search(before) or _RATED.match(after) or SET_AS.match(after)):
        return True
    if _SHIFTED.search(before) or (figure.value == ALL and not before and after[:1] == "的"):
        return True
    if figure.value == ALL and (
        _WHOLLY.match(after)
        or is_done_to_all(before, after)
        or (after[:1] in ("", "、") and _ACHIEVED.search(before))
    ):
        return True
    if before.endswith(("按", "按照")) and _SET_AT.match(after):
        return True
    if clause.text.startswith("减半", figure.start):
        return True
    attained = _ATTAINED.search(before) or (not before and _LISTED_WITH.search(clause.earlier))
    if attained and _RATE_BEHIND.match(after):
        return True
    if _BY_A_DAY.fullmatch(before) and (_ALL_OF.match(after) or _SPENT.match(after)):
        return True
    if comparison.base and (_BOOKED.match(after) or _STAFFED.match(after)):
        return True
    if _PART_TAKEN.search(before) and after.startswith("的"):
        return True
    if _COVERED.search(before) and _NOUN.match(after):
        return True
    if _TURNED.search(before) and _INTO.match(after):
        return True
    return comparison.said or bool(GRANT.search(before)) or bool(_SHARED.search(after))


def _directed(clause: Clause, before: str) -> bool:
    """Whether a verb of action governs the figure, in its clause or in the sentence before it."""
    if VERB.search(before) or REACH.search(before) or _BY_THEN.search(clause.earlier):
        return True
    return bool(_YEAR_AHEAD.search(clause.earlier)) and bool(VERB.search(clause.earlier))
