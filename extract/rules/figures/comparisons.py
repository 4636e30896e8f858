"""How a figure is compared: the comparator before or after it, and what it is a share of.

Sources: contract, targets, rule 1. A comparator may stand apart from its number: 至少组织开展一次,
最高可获100万元, 不少于本单位行政执法人员总数的5%.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract import lazy as regex
from extract.lexicon import alternation, load, spellings, terms
from extract.rules.figures.figures import Figure
from extract.rules.rule import rule

_OPS = {
    word: entry["op"].replace("about", "~")
    for entry in load("comparators")
    for word in spellings(entry["term"])
}


def _before(reach: str) -> str:
    return alternation(terms("comparators", side="before", reach=reach))


_GUARD = (
    r"(?<![达到占](?=最大))(?<![节集预签合公条制违简续履特缔](?=约))(?<![赶反](?=超))(?<![附最邻靠临就亲](?=近))"
    r"(?!逾期|近[海岸郊视期地零现]|超过部分)"
    r"(?!最多跑|超出(?:额|的?部分)|最高人民|最高检|最高法|最低(?:标准|限?价|生活|工资|保障|收入|分数|录取|控制)|上限(?:提高|提升|调整|增加|扩大|降低|由|从))"
)
_EVERY = (
    r"(?:每(?:人每年|家每年|年度?|半年|季度|月|人|家|户|次|平方米|平方公里|公顷|亩|[千万]人|百户)"
    r"|全年|人民币|等值)"
)

BESIDE = rule(
    "comparator before a figure",
    rf"{_GUARD}(?:{_before('any')}[\p{{Han}}]{{0,12}}?|{_before('money')}[\p{{Han}}A-Za-z]{{0,12}}?"
    r"|至少每(?:\d{1,2}|[一两二三四五])(?:年|个?月|周|天)\p{Han}{0,4}"
    rf"|{_before('none')}{_EVERY}?)$",
    source="contract, targets 1",
    examples=(
        "培训⟦不少于⟧",
        "每年⟦至少组织开展⟧",
        "人才⟦最高可获⟧",
        "给予⟦最高不超过⟧",
        "金额⟦不超过每年⟧",
        "营业收入⟦超⟧",
    ),
    counter=(
        "最高人民法院",
        "实现“最多跑一次”比例达",
        "预约",
        "节约",
        "就近办理率达",
        "不超过投资额",
        "给予超出额",
    ),
)

SHARE = rule(
    "comparator before a share",
    rf"{_GUARD}(?:{_before('any')}|{_before('money')}|{_before('none')})可?(?:按照?)?"
    r"(?P<base>(?:(?!给予|达到|提高|增长|占|的不得|的不[超高低少]|(?<=[\d万亿])元|、[最不]|补助|补贴|\d[^,。;、]{0,5}(?:、|且|及))[^,。;%\n]){1,40}?)的?$",
    source="contract, targets: the quote spans comparator to unit",
    examples=(
        "人员⟦不少于本单位行政执法人员总数的⟧",
        "按照⟦不超过投资额⟧",
        "⟦最高可按照投融资机构投资金额的⟧",
        "按⟦不超过算力、语料合同执行金额的⟧",
    ),
    counter=("按照产品售价的",),
)

BASE = rule(
    "what a share is of",
    r"(?:(?:按照?(?!时|期|需|规)|给予|占(?!比))(?P<base>(?:(?!给予|达到|提高|增长)[^,。;%\n]){2,30}?)(?<!到|至|了|达|在|率|比例|比重|占比)的?"
    r"|(?P<other>(?<![达提增调])(?:(?!给予|达到|提高|增长|调整|按|占)[^,。;%\n]){2,40}?)的)$",
    source="contract, targets: indicator of a granted share",
    examples=("⟦按照产品售价的⟧", "⟦占投资总额⟧", "⟦研发成本的⟧"),
    counter=("合格率", "达到", "占总费用的比例降低到", "按时办结"),
)
_CEILING = regex.compile(
    r"最[高长]\p{Han}{1,10}?[由从][^,。;]{1,14}?(?:提高|提升|增加|调整|上调|延长|降低|下调)[到至为](?:每\p{Han}{1,3})?$"
)
"""最高贷款额度由40万元提高至60万元: so much at most."""
SHARES = ("%", "‰")
_OPERATOR = regex.compile(alternation(terms("comparators", side="before")))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparator of a figure: op, where it begins in the text, whether words say it, and the
    stretch that the figure is a share of."""

    op: str
    start: int
    said: bool
    base: tuple[int, int] | None


def read_comparison(text: str, start: int, figure: Figure) -> Comparison:
    """The comparison of a figure whose clause starts at `start`."""
    left = text[start : figure.start]
    if figure.value_max is not None:
        share = BASE.search(left) if figure.unit in SHARES else None
        place = share and (share.span("base") if share["base"] else share.span("other"))
        base = (start + place[0], start + place[1]) if place else None
        return Comparison("range", figure.start, False, base)
    beside = BESIDE.search(left)
    if beside and figure.unit in SHARES and "按" in beside[0] and (share := SHARE.search(left)):
        base = (start + share.start("base"), start + share.end("base"))
        return Comparison(_operator(share[0]), start + share.start(), True, base)
    if beside and figure.after in ("左右", "上下") and _operator(beside[0]) == "<=":
        return Comparison("~", start + beside.start(), True, None)
    if beside:
        return Comparison(_operator(beside[0]), start + beside.start(), True, None)
    if figure.unit == "倍" and (share := SHARE.search(left)):
        return Comparison(_operator(share[0]), start + share.start(), True, None)
    if _CEILING.search(left):
        return Comparison("<=", figure.start, True, None)
    base = None
    if figure.unit in SHARES:
        if share := SHARE.search(left):
            base = (start + share.start("base"), start + share.end("base"))
            return Comparison(_operator(share[0]), start + share.start(), True, base)
        if share := BASE.search(left):
            group = "base" if share["base"] else "other"
            base = (start + share.start(group), start + share.end(group))
    return _behind(figure, base)


def _behind(figure: Figure, base: tuple[int, int] | None) -> Comparison:
    """The comparison that stands behind a figure, or a bare figure's."""
    if figure.after:
        word = figure.after.replace("(含)", "") if figure.after not in _OPS else figure.after
        return Comparison(_OPS.get(word, ">="), figure.start, True, base)
    return Comparison(">" if figure.more else "=", figure.start, False, base)


def _operator(words: str) -> str:
    """The operator of the first comparator in the words before a figure."""
    return _OPS[_OPERATOR.findall(words)[0]]
