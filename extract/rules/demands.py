"""Whether a figure is one that the paper asks for, grants, charges or caps.

Source: contract, targets, rules 2 and 3. First what a figure may not be (a condition, a class, a
count of what is, a name), then what shows that it is asked for; without such a sign it is none.
"""

from __future__ import annotations

import regex

from extract.lexicon import alternation, terms
from extract.rules.clauses import Clause
from extract.rules.comparisons import Comparison
from extract.rules.figures import Figure
from extract.rules.rule import rule


def _words(kind: str) -> str:
    return alternation(terms("figure_words", kind=kind))


GRANT = regex.compile(_words("grant"))
_VERB = regex.compile(
    alternation([*terms("action_verbs"), *terms("figure_words", kind="aim")])
)

NO_FIGURE = rule(
    "what before a figure makes it none",
    r"(?:第|每|满|近|前|过去|其他|其余|上述|前述|该|这|^共计?|^合计|^总计|分为|分成|分解为|下设|设有|包括|包含|涉及|涵盖|含|任|同|某|即|例如|每(?:多|新)?(?:增加|招用|招|新增|缴纳|引进|吸纳|投资|增|减少|提供|完成|举办|培养|出现|发现)|[~.]|人均每|除以|乘以|[×*+=±]|Ⅰ|型号|一式|邮编|电话|附件|附表|表|图|专栏)$",
    source="contract, targets 2: ordinals, look-backs, numbers of papers",
    examples=("⟦第⟧", "⟦近⟧", "累计缴费⟦满⟧", "和⟦其他⟧"),
    counter=("达到", "培育"),
)

CONDITION = rule(
    "a condition ends after the figure",
    r"^(?:[^,。;:\n]{0,30}?)(?<!分别|其中)的(?:$|[)、]|且|或|和|并|按|给|可|应|由|不|视|予|均|须|需|计|得|享|方可|一律|每|再|才|还|其|基础上|前提|仅|只|全额|最高|原则|即|则|优先|免除|免征|免收)",
    source="contract, targets 2: thresholds of who is eligible",
    examples=("⟦的⟧", "⟦且具有5年以上研发经验的⟧", "⟦的按⟧每人给予"),
    counter=("的培训", "的目标"),
)

CLASS = rule(
    "a class follows the figure",
    rf"^(?:的|且[^,。;]{{1,20}}?的?|及其?)?(?:[\p{{Han}}A-Za-z“”]{{0,10}}?){_words('entity')}",
    source="contract, targets 2: scopes and classes",
    examples=("⟦的企业⟧", "⟦的规模以上工业⟧", "⟦范围⟧内"),
    counter=("的培训", "补助"),
)

THRESHOLD = rule(
    "a condition before the figure",
    rf"{_words('threshold')}(?:(?!给予|补|奖|不得|应当|达|率|数|增|培)[^,。;、]){{0,8}}$|(?:对|凡|针对|如|若|当|经|未|等于)$",
    source="contract, targets 2: thresholds of who is eligible",
    examples=("⟦年薪⟧", "⟦具有⟧", "⟦连续缴纳社保⟧", "⟦对⟧"),
    counter=("给予", "达到"),
)

PAST = rule(
    "what already is",
    rf"{_words('past')}|现存[^,。;]{{0,12}}有|已(?!经认定|认定|下放|入库|建成的|入选)[^的,。;]{{0,30}}$"
    r"|(?:19|20)\d\d年(?:以来|至今)|(?:建|成|增|设|选取|增长|增加|下降|提高|提升|降低|减少|完成|取得|走访|调研|打造|培育|推出|开展|举办|发布|实施|组织)了[^,。;]{0,12}$",
    source="contract, targets 2: look-backs and counts of what already is",
    examples=("⟦截至⟧2014年底", "⟦现有⟧", "全市⟦已建设学校⟧"),
    counter=("到2025年", "对已经认定的"),
)

REACH = rule(
    "a level is to be reached",
    rf"{_words('reach')}(?:\p{{Han}}{{0,4}})$",
    source="contract, targets 2: an action or state that the document asks for",
    examples=("覆盖率⟦达到⟧", "⟦压缩至⟧", "⟦保持在⟧"),
    counter=("规模",),
)

RATE = rule(
    "a rate before its figure",
    r"(?:率|比例|比重|占比|覆盖面|普及|优良|合格|全覆盖|满意度|贡献度|依存度|化程度)(?:均|都|各|分别|要|须|为|占|达|力争)*$",
    source="contract, targets: 公示率100%",
    examples=("公示⟦率⟧", "数控化⟦率分别⟧"),
    counter=("经费",),
)

_YEARS = 1000
_LISTED = regex.compile(
    r"(?:聚焦|围绕|针对|瞄准)[^,。;]{0,12}$|(?:实施|确定|列出|明确|规定|要求|选定|公布|印发|提出|部署|涉及)的$"
    r"|(?<!(?:新建|建设|建成|改造|完成|打造|培育|推进|创建)[^,。;]{0,200})等$|(?:仅|只)(?:能|可|享受|限|发放)?\p{Han}{0,3}$"
)
_APPOSED = regex.compile(r"、[\p{Han}]{2,10}$")
_THING = regex.compile(r"(?![的及和等或以])\p{Han}")
_SPELLED = regex.compile(r"[\p{Han}]{0,12}\((?=[^()]*、)[^()]{8,99}\)")
_GIVE = regex.compile(r"给予|予以|提供|发放|享受|获得|可获|申请|申领|安排|设立")
_RAISED = regex.compile(r"(?:提高|提升|增加|增长|下降|降低|调整|缩短|压缩|减少)(?:到|至|为)")
_LOAN = regex.compile(r"的?\p{Han}{0,8}贷款")
_SCORE = regex.compile(r"(?:得分|评分|满意度|分数|考核)[^,。;]{0,6}$")
_KEPT = regex.compile(r"(?:保存|保留|公示|公开|公告|续航|达到|保持|维护|质保|留存)[^,。;]{0,6}$")
_SHORTER = regex.compile(r"(?:压缩|缩短|压减|控制|减少|降|缩减|限定|不超过)[^,。;]{0,5}$")
_TERM_WORDS = regex.compile(r"期限?|时间|时长|周期|时限|连续支持|支持|免费|优惠|补贴|给予|提供|保存|享受|累计")
_QUOTED = regex.compile(r"[“\"]([^”\"\n]{1,24})[”\"]")
_CLASSED = ("money", "share", "size", "time", "ratio")
_ROUNDED = ("count", "money")
_SHEETS = ("份", "件", "套", "张", "次")
_CROWD = ("人", "名", "户")
_SHARED = regex.compile(r"^(?:的(?:标准|比例|幅度|额度|价格))?[^。;]{0,12}?" + _words("grant"))
_YEAR_AHEAD = regex.compile(r"(?:到|至|力争|在)?20[2-9]\d年|期间|目标|力争|确保|每年|全年|年内|年底")
_PAPERWORK = regex.compile(r"(?:提交|一式|填写|复印件?|携带|打印|递交|原件)[^,。;]{0,10}$")


def is_refused(clause: Clause, figure: Figure, comparison: Comparison) -> bool:
    """Whether a figure is a condition, a class, a count of what is, a score or a name."""
    before, after = clause.before(comparison.start), clause.after(figure.end)
    if figure.kind == "age" or NO_FIGURE.search(clause.before(figure.start)):
        return True
    if figure.words and figure.value == 1 and comparison.op in (">", "<=") and figure.unit in "批个":
        return True
    if before.startswith(("对", "凡")) and after.startswith("的") and not _GIVE.search(before):
        return True
    if _RAISED.match(after):
        return True
    if figure.kind == "score" and not _SCORE.search(before):
        return True
    if not (before or after or comparison.said) and clause.text[figure.end : figure.end + 1] == ")":
        return True
    if _in_name(clause.text, figure):
        return True
    if _is_listed(before, after, figure, comparison.said):
        return True
    if comparison.op == "<" and after.startswith("的"):
        return True
    if PAST.search(before) or PAST.search(clause.earlier[-80:]):
        return True
    if THRESHOLD.search(before) or CONDITION.search(after):
        return True
    if figure.kind == "time" and _is_bare_term(before, after, figure, comparison):
        return True
    return not clause.text.startswith("最", comparison.start) and _is_class(before, after, figure)


def _is_listed(before: str, after: str, figure: Figure, said: bool) -> bool:
    """Whether the figure only counts what the text lists or has named: …等6类, 实施的24项."""
    if figure.kind == "time":
        return figure.unit == "年" and figure.value > _YEARS
    if figure.kind != "count":
        return False
    if _SPELLED.match(after):
        return True
    if said:
        return False
    named = _APPOSED.search(before)
    if named and not _VERB.search(named[0]) and _THING.match(after):
        return True
    return bool(_LISTED.search(before))


def _is_class(before: str, after: str, figure: Figure) -> bool:
    """Whether the figure describes a class: 年产值2亿元以上的企业, 1000人以上企业."""
    if figure.kind not in _CLASSED and figure.unit not in _CROWD:
        return False
    if figure.unit in _CROWD and not (figure.after and regex.match("的?(?:规模|超?大)?(?:企业|单位|社区|村|班额|就业)", after)):
        return False
    if _GIVE.search(before):
        return False
    if figure.after and _LOAN.match(after):
        return True
    return bool(CLASS.search(after)) and (figure.after is not None or after.startswith("的"))


def _in_name(text: str, figure: Figure) -> bool:
    """Whether the figure stands in a short quoted name: “4+1”, “三张清单”."""
    floor = max(0, figure.start - 26)
    return any(
        match.start() + floor < figure.start and figure.end + 0 <= match.end() + floor
        for match in _QUOTED.finditer(text[floor : figure.end + 26])
    )


def _is_bare_term(before: str, after: str, figure: Figure, comparison: Comparison) -> bool:
    """Whether a stretch of time is only a term or a condition: 签订1年以上合同, 3个月后."""
    if "有效期" in before:
        return True
    if comparison.op == ">" or regex.match("前|后|内|中|来|间|起|的?过渡|期", after):
        return not _SHORTER.search(before)
    if figure.after:
        return not (_KEPT.search(before) or _SHORTER.search(before))
    if comparison.said:
        return False
    return not (GRANT.search(before[-8:]) or REACH.search(before) or _SHORTER.search(before))


def is_asked(clause: Clause, figure: Figure, comparison: Comparison, per: str | None) -> bool:
    """Whether something shows that the paper asks for the figure, or grants it."""
    before, after = clause.before(comparison.start), clause.after(figure.end)
    strong = comparison.said and comparison.op != "~"
    if figure.words and figure.unit != "%" and not (per or comparison.start < figure.start):
        behind = comparison.said and bool(_VERB.search(before[-6:]) or REACH.search(before))
        if not (behind or (figure.round and figure.kind in _ROUNDED and _VERB.search(before))):
            return False
    if figure.kind in ("money", "size") and comparison.op in "<>" and not _directed(clause, before):
        return False
    if figure.kind == "money":
        return _money(clause, before, after, strong)
    if figure.kind == "share":
        return _share(clause, before, after, comparison)
    if figure.kind == "time":
        return True
    if figure.kind == "size" and not (GRANT.search(before) or _directed(clause, before)):
        return False
    if figure.kind == "ratio":
        return bool(REACH.search(before) or GRANT.search(before))
    if figure.unit in _SHEETS and _PAPERWORK.search(before):
        return False
    return strong or per is not None or _directed(clause, before)


def _money(clause: Clause, before: str, after: str, strong: bool) -> bool:
    if GRANT.search(before) or _SHARED.search(after) or GRANT.search(clause.earlier[-40:]):
        return True
    return strong or bool(REACH.search(before)) or _directed(clause, before)


def _share(clause: Clause, before: str, after: str, comparison: Comparison) -> bool:
    if RATE.search(before) or REACH.search(before):
        return True
    if comparison.base and (_SHARED.search(after + clause.text[clause.end : clause.end + 14])):
        return True
    return comparison.said or bool(GRANT.search(before)) or bool(_SHARED.search(after))


def _directed(clause: Clause, before: str) -> bool:
    """Whether a verb of action governs the figure, in its clause or in the sentence before it."""
    if _VERB.search(before) or REACH.search(before):
        return True
    return bool(_YEAR_AHEAD.search(clause.earlier)) and bool(_VERB.search(clause.earlier))
