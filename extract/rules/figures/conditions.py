"""Conditions: thresholds of who is eligible, or of what a rule applies to, are no targets.

Source: contract, targets, rule 2.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.figures.case import Case
from extract.rules.figures.demands import RATE
from extract.rules.rule import rule

_THRESHOLDS = alternation(terms("figure_words", kind="threshold"))
_ENTITIES = alternation(terms("figure_words", kind="entity"))

CONDITION = rule(
    "a condition ends after the figure",
    r"^(?:\([^()]*\))?(?:[^,。;:\n]{0,30}?)(?<!分别|其中)的(?:部分|$|[)、]|且|或|和|并(?![网联购])|按|给(?!水|排)|可(?![用再行信视追燃]|持续)|应(?![用急对付届收税缴诉])|由|不(?!动产)|视(?![频觉听])|予|均|须|需(?!求)|计(?![划算量])|得(?!分)|享|方可|一律|每|再(?!生|制造|就业)|才(?!能)|还(?!款|贷|建|迁)|其(?![他它])|基础上|前提|仅|只|全额(?!补|奖|贴)|最高|原则|即|则|优先|鼓励(?!政策|措施|办法|机制)|免除|免征|免收|一次性(?=给予)|分别(?=给予|奖|补|按|享受)|(?:奖励|补助|补贴)(?=\d))",
    source="contract, targets 2: thresholds of who is eligible",
    examples=("⟦的⟧", "⟦且具有5年以上研发经验的⟧", "⟦的按⟧每人给予", "⟦的分别⟧给予"),
    counter=("的培训", "的目标", "、电子证照的应用率达到100%", "的计划"),
)

THRESHOLD = rule(
    "a condition before the figure",
    rf"被$|(?:合格|分数|录取)线的?$|(?!(?<=(?:引进|吸引|招引|推动|促进|新增|实现)\p{{Han}}{{0,4}})落户|(?<=(?:实现|完成|达成)[^,。;]{{0,16}})年销售){_THRESHOLDS}(?!生)(?:(?!给予|补|奖|支持|资助|扶持|享受|不得|应当|达|率|比例|数|增|培|每|限为)[^,。;、]){{0,8}}$|(?:对|凡|针对|如|若|当|经|未|等于)$",
    source="contract, targets 2: thresholds of who is eligible",
    examples=("⟦年薪⟧", "引进⟦年薪⟧", "⟦具有⟧", "⟦连续缴纳社保⟧", "⟦对⟧", "⟦分数线的⟧"),
    counter=("给予", "达到", "招聘高校毕业生", "引进落户行业先进企业"),
)

_RATED = regex.compile(r"的(?:\p{Han}{2})?(?:[税费利]率|比例|标准|额度|幅度|价格|档次|规模)")
GIVE = regex.compile(r"给予|予以|提供|发放|享受|获得|可获|申请|申领|安排|设立")
_WHEN = regex.compile(r"当(?![年月日前地期天好])[^,。;]{4,40}(?:达到?|超过|低于|高于)$")
"""When something reaches so much, then: 当涨幅达到3%,启动机制."""
_HOUSEHOLD = regex.compile(r"^(?!确保|力争|实现|使)[^,。;]{0,8}家庭[^,。;]{0,12}收入$")
"""家庭年人均可支配收入高于10800元: whose household it is."""
_AND_ALSO = regex.compile(rf"、[^,。;]{{2,20}}的\p{{Han}}{{0,4}}?{_ENTITIES}")
"""对稳岗率达到95%以上、有扩岗需求的企业: the first of two conditions."""
_AND = regex.compile(r"(?:^|[、,])且[^,。;、]{0,12}$")
_OF_THOSE = regex.compile("(?:落实|实施|继续)*(?:对|凡)")
_AWARDED = regex.compile("^对|首次$")
_THEN = regex.compile("的|,(?:予以|取消|清退|给予|按|一律|应)")
_TRIGGERS = regex.compile(
    "(?:以[上下])?(?:,(?:启动|禁止|停止|方可|才能?|可|发布|给予|予以|一律)|的)"
)
"""指数达到200,启动预警: what a number without a unit sets off."""
_SUMMED = ("count", "size", "money")
_DONE_WITH_THEM = regex.compile("(?:^|[、和])对$")
_DONE_TO = regex.compile(
    r"[^,。;]{2,24}?(?:进行|实施|开展)[^,。;]{0,12}(?:改造|建设|整治|提升|治理|培训|排查|修缮|修复)"
)
"""对6万户老年人家庭进行居家适老化改造: so many are to be done."""
_CHAINED = regex.compile(
    r"(?:\(含[^()]*\))?(?:、[^,。;:\n\d]{0,20}\d[^,。;:\n]{0,80}?(?=及?以上,))?(?:及?以上)?,(?!对|凡|其中|给予|并对|经)"
    r"[^,。;:\n]{2,50}的(?:[^,。;:\n]{2,14}(?=,))?,?(?:分别|分档|一次性)?(?:可|予以|给予|按|经|奖励|补助)"
    r"|,或[^,。;:\n]{2,60}的[^,。;:\n]{2,20},|[至到]\d[\d.]*[万亿]?元?以下"
)
_WHO_IS = regex.compile(r"(?!.*(?:给予|予以|补助|补贴|奖励))[^,。;:]*的[\p{Han}、]{2,16}")
_WHOSE = regex.compile(
    r"[^,。;:\d]{0,10}的(?:[省市县区]|乡镇|企业|单位|机构|个人|项目|村|社区|学校|家庭|园区|地区|安置点)"
    r",?(?:给予|予以|奖励|补助|可(?!靠|持续)|评为|优先|享受)"
)
"""累计关停企业30家的县,给予奖励: whom it is for."""
_ALSO = regex.compile(",(?:且|并|或|同时|经)")
_REWARDED = regex.compile(
    r",(?:一次性|分别|每年)?(?:(?:奖励|补助|补贴)(?![^,。;]{0,12}(?:政策|制度))|给予\p{Han}{0,6}\d|实行“?一事一议)"
)
"""投入500万元以上,奖励投资额的5%: from how much on it is given."""
_GIVEN_THEN = regex.compile(r",[^。;]{0,40}?(?:给予|予以|补助|补贴|奖励|奖)")
"""对接待4000人及以上且无重大投诉的旅行社,按照接待人次…给予奖励."""
_AMONG_CASES = regex.compile(r"\)(?:[^,。;:\n()]{1,30}的[,;:]|的\p{Han}{2,12}[,、])")


_OF_WHOM = regex.compile(
    r"(?:^|[,。;:\n])对[^,。;:()]{2,60}(?:企业|单位|机构|项目|主体|个人)\([^()]*$"
)
"""对连锁企业(分店不少于5家),每新开一家…: an aside to those for whom it is."""


_GIVEN_BEHIND = regex.compile(r",?(?:每|按|一次性|给予|予以|奖|补)")


def _is_aside(case: Case) -> bool:
    clause = case.clause
    if case.figure.kind != "count" or not _GIVEN_BEHIND.match(clause.text, clause.end + 1):
        return False
    return _OF_WHOM.search(clause.text[clause.sentence : case.figure.start]) is not None


def is_condition(case: Case) -> bool:
    """A threshold of who is eligible or what a rule applies to."""
    before, after, figure = case.before, case.after, case.figure
    if _DONE_WITH_THEM.search(before) and _DONE_TO.match(after):
        return False
    if _WHEN.match(before) or (before.startswith("对") and _AND_ALSO.match(after)):
        return True
    of_those = _OF_THOSE.match(before) is not None and after.startswith("的")
    if of_those and not (GIVE.search(before) or _RATED.match(after)):
        return True
    op, text, end = case.comparison.op, case.clause.text, case.clause.end
    if op == "<" and after.startswith("的"):
        return True
    if text.startswith(("高于", "低于"), case.comparison.start) and _HOUSEHOLD.search(before):
        return True
    rate = figure.kind == "share" and RATE.search(before) and not _ALSO.match(text, end)
    at_least = op in (">", ">=") or figure.after in ("以上", "及以上")
    if at_least and not rate and _CHAINED.match(text, figure.end):
        return True
    if (
        (before.startswith("对") or _AND.search(before))
        and not GIVE.search(before)
        and _WHO_IS.fullmatch(after)
        and _GIVEN_THEN.match(text, end)
    ):
        return True
    if figure.kind == "count" and _WHOSE.match(after + text[end : end + 6]):
        return True
    tier = figure.after in ("以上", "及以上") or (op == "range" and figure.kind == "money")
    if tier and not after and not GIVE.search(before) and _REWARDED.match(text, end):
        return True
    if text[end : end + 1] == ")" and (_AMONG_CASES.match(text, end) or _is_aside(case)):
        return True
    if figure.kind == "bare" and not figure.unit and _TRIGGERS.match(text, figure.end):
        return True
    about = op == "~" and figure.kind == "count"
    passed = text.startswith("突破", case.comparison.start) and not _AWARDED.search(before)
    summed = figure.kind in _SUMMED and before.endswith(("累计达", "累计达到"))
    summed = summed and not _THEN.match(text, end)
    if not (passed or summed) and THRESHOLD.search(before):
        return True
    return not about and CONDITION.search(after) is not None
