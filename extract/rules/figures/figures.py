"""Figures as printed: a number or a range, its unit, and what is said of it right beside.

不少于60学时 · 1至2个 · 100亿元以上 · 百分之三十 · 2000元/件. What a figure means, and whether
anybody is asked to reach it, others decide (`demands`). Everything works on `View.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract import lazy as regex
from extract.lexicon import Entry, alternation, load, spellings, terms
from extract.rules.numerals import ARABIC, HAN, parse_number
from extract.rules.rule import rule


def _unit_pattern() -> str:
    """Every unit, longest first, each with what must not follow it where it is a unit."""
    unless = {word: entry["pattern"] for word, entry in UNITS.items()}
    return alternation(unless, unless)


UNITS: dict[str, Entry] = {
    word: entry for entry in load("measure_words") for word in spellings(entry["term"])
}
_ARABIC = rf"(?:{ARABIC}(?:[百千]?[万亿]++|[百千](?![瓦米克卡兆字伏]|分点))?+)"
_TO = r"(?:-{1,2}|至|到)"
_RATES = (
    "平方米/月|平方公里·月|人·[天日月年]|千克|公斤|千瓦时|度|卡时|升|秒|时(?!间)|平方米|立方米|公里|年|月|天|日|人次|次|人|户|家"
    "|千人|万人|百人|十万人|百户|万元|项|件|个|台|套|亩|吨|张|篇|例|辆|间|班|学期|小时|头|只|株|羽|棵|课时|学时|车|艘|公顷|平方公里"
)
AFTER = alternation(terms("comparators", side="after"))
_LEVEL = "稳定|保持|控制|提高|提升|缩小|降低?|下降|在|到|至|达到?|不低于|不高于|高于|低于|超过|突破"
_INDEX = (
    f"(?:(?:指数|得分|分值|评分)(?:均|要|应|力争|为|{_LEVEL}){{0,3}}"
    f"|(?:利用系数|基尼系数|容积率|收入比)(?:{_LEVEL}){{1,3}})"
)
"""What a number without a unit stands behind: 两化融合发展指数达到71, 利用系数提高到0.62."""

FIGURE = rule(
    "figure",
    rf"""(?x)
    (?=[\d一二两三四五六七八九十百千万亿半减])
    (?: (?<![\d./A-Za-z_第]|\d[,:-]) (?P<low>{_ARABIC})
        (?:%|个月|平方米|小时|年一遇|人次|公里|元/(?:{_RATES})|[元个家年天名人项座所处条台套辆件户亩吨次场张])?
        (?:\(含\))? {_TO} (?=\d)
      | (?P<hanlow>[一二两三四五六七八九十]) {_TO} (?=[二两三四五六七八九十]) )?+
    (?: (?(low)|(?<![\d.A-Za-z_第-]|\d[,:]|(?<!折)/)) (?P<number>{_ARABIC})
      | (?P<han>(?<![\d./〇零一二两三四五六七八九十百千万亿]) (?!千家万户) (?<!千家(?=万户))
        (?: 百分之{HAN} | 百分之\d++(?:\.\d++)? | [千万]分之{HAN}
      | [十1]0?万分之(?:{HAN}|\d++(?:\.\d++)?)
      | [二三四五六七八九十]{{1,3}}分之[一二三四五六七八九] | 一半 | 半数(?=以上)
      | 减半(?=收取|收费|缴纳|征收(?!\p{{Han}}{{0,6}}(?:优惠|政策)))
      | (?<=[的于过]) [1-9]/[2-9] (?![\d/年月日])
      | [一二两三四五六七八九1-9](?=成(?:以|左|\W)) | {HAN} | 半(?=[个天年小]) ) ) )
    (?: (?P<more>余|多(?!功|种|样|元|边|层|领|跨)) (?P<scale>[百千]?[万亿]++)?+ )?
    (?: (?P<unit>{_unit_pattern()})(?!级)
      | (?(han) (?:(?<=分之\w{{1,6}}|一半|半数|减半|\d/\d)|(?P<tenths>成))
        | (?: (?<=[万亿]) (?=[,;。、)\n]|$|的|一次性|补|奖|资助|扶持|专项|信贷|资金|基金|贷款)
          | (?<=人数(?:达到?|为|不少于|超过)?\d{{1,4}}(?:\.\d{{1,2}})?万)
            (?=[,;。、)\n]|以[上下]|左右) (?P<people>)
          | (?<=[万亿][余多]?) (?=(?(more)|{AFTER})的?\p{{Han}}{{0,4}}(?:人口|群众|劳动力))
            (?P<people>)
          | (?<={_INDEX}\d{{1,3}}(?:\.\d{{1,4}})?) (?=[,;。、)\n]|$|以[上下内]|左右)
          | (?<=\d) (?=(?:、\d[\d.]*+){{1,5}}[百千]?[万亿]?(?:元|%|个工作日|小时|分钟|天)) ) ) )
    (?: / (?P<rate>(?:{_RATES})(?:[/·][年月天日夜晚次])?) )?
    (?:\((?:[个家项所处座套台条人名]|含(?![\d一二三四五六七八九十])\p{{Han}}{{1,8}})\)(?=以[上内]|左右))?
    (?P<after>\(含\)(?:{AFTER})|{AFTER}(?!年级)|\p{{Han}}{{2,4}}以上(?=的\p{{Han}}))?
    """,
    source="GB/T 15835 (numerals); contract, targets: quote, value, unit",
    examples=(
        "不少于⟦60学时⟧的培训",
        "选取⟦1至2个⟧县",
        "保障面积为⟦36平方米(含)至50平方米⟧",
        "选定⟦1—2个⟧乡镇",
        "打造⟦100亿元以上⟧基金",
        "超⟦1.2万亿元⟧",
        "每年⟦3 万人次⟧",
        "⟦百分之三十⟧",
        "最高⟦2000元/件⟧补助",
        "一般为⟦3个月至6个月⟧",
        "⟦10%-50%⟧的比例",
        "⟦１００％⟧",
        "不超过⟦100万⟧。",
        "⟦5千瓦⟧",
        "占⟦三分之二⟧",
        "不高于⟦2/3⟧给予补贴",
        "⟦半数以上⟧的指标",
        "检测费用⟦减半⟧收取",
        "超⟦千家⟧企业",
        "培训⟦1,000人⟧",
        "清理⟦1500多亿元⟧",
        "培训⟦三十余万人⟧",
        "分别补助⟦500⟧、1000、2000元",
        "两化融合发展指数达到⟦71⟧,",
        "实现⟦1亿左右⟧农业转移人口落户",
        "建设⟦5座-8座⟧数据中心",
    ),
    counter=(
        "4家庭医生",
        "第3条线",
        "12345热线",
        "5G基站",
        "A2项",
        "2024年6月",
        "千亿级",
        "千家万户",
        "24小时热线",
    ),
)
"""A figure with its unit, which may be missing only after 万 and 亿, for 成 and fractions, and
where the last of a list has it for all."""


CUT_SHORT = rule(
    "time cut short",
    rf"(?:(?:压缩|缩短|压减|缩减|控制|提速)(?:到|至|为|在)|(?:时间|时限|时长|周期)在)(?P<number>{_ARABIC}|{HAN})"
    r"(?:(?P<unit>个?工作日|个自然日|个?小时|个月|分钟|[日天])内(?!部)|(?P<unit>日)(?=,))",
    source="contract, targets 1: what is pressed down to so long is to be at most that",
    examples=(
        "办理时间⟦压缩至1个工作日内⟧",
        "审批时限⟦缩短至3日内⟧",
        "平均⟦时间在5个工作日内⟧",
        "公告时间⟦压缩至20日⟧,完善机制",
    ),
    counter=("3个工作日内办结", "压缩至3个工作日"),
)
"""内 behind a stretch of time compares it only where it is cut short; elsewhere it is a term."""


RANK = rule(
    "rank to reach",
    r"(?:进入|跻身|位居|位列|居|保持在?|争进|迈[入进]|挺进|达到|目标位置:)"
    r"(?:(?:全[国省市区州县]|世界|国内|同类|同级)[\p{Han}]{0,6}?)?"
    r"(?P<rank>前(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>[名位])?)"
    r"(?=[,。;、)\n]|$|行列|之列|水平)",
    source="contract, targets 1: a figure that something is to reach",
    examples=("⟦进入全省前20名⟧", "⟦跻身全国前十⟧,", "⟦目标位置:全省前5⟧)", "⟦保持全省前三⟧行列"),
    counter=("进入前三季度", "录取前20名", "前10名给予奖励"),
)


TO_ONE = rule(
    "ratio to one",
    r"(?:比|配比|比例)(?:力争|应|要|约|为|达到?|不低于|不高于|不超过|(?:提高|提升|缩小|优化|降低?|控制|保持)(?:到|至|在))*"
    r"(?P<ratio>(?P<number>\d+(?:\.\d+)?):1(?P<after>以[上下内]|左右)?)(?![\d.:])",
    source="contract, targets 2: what is to be reached is measured by it; the unit is one",
    examples=("桩车⟦比达到1:1⟧", "收入⟦比缩小到2.3:1⟧", "车桩增量⟦比不高于2:1⟧,"),
    counter=("3:1", "比赛在3:1时结束", "配比1:1.5", "比例尺为1:1000"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in text[start:end]: values in the unit's base, unit, what follows it directly.

    `kind` is the unit's (count, money, share, time, effort, score, age, ratio, size), rank, or bare
    where none is printed behind 万 or 亿; `words` says that the number is in Chinese numerals,
    `round` that it is a bare 百, 千, 万 …
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    kind: str
    more: bool
    rate: str | None
    after: str | None
    words: bool
    round: bool


_COUNTED = "人次人户家项件个台套张篇例辆间班百千万"


def _is_own_unit(kind: str, rate: str | None) -> bool:
    """Whether a rate of flow or size is a unit of its own: 立方米/小时, but 15平方米/套 is so much
    for each."""
    return kind == "size" and rate is not None and rate not in _COUNTED


_LARGEST = 1e15
_ROUND = regex.compile("一?[百千万亿]{1,3}")
_PART = regex.compile("(?P<whole>[^百千]{1,3})分之(?P<share>.)")
_FRACTION = regex.compile(r"(?P<share>\d)/(?P<whole>\d)")


def find_figures(text: str) -> list[Figure]:
    """Every figure in a view's text, in order, without judgement of its meaning."""
    figures = [figure for figure in map(_read, FIGURE.finditer(text)) if figure]
    for at in range(len(figures) - 2, -1, -1):
        figures[at] = _completed(text, figures[at], figures[at + 1])
    figures = _ranges(text, figures)
    if "前" in text:
        ranks = {rank.start: rank for rank in map(_rank, RANK.finditer(text)) if rank}
        apart = [each for each in figures if not any(_holds(r, each) for r in ranks.values())]
        figures = sorted([*apart, *ranks.values()], key=_start)
    if ":1" in text:
        figures = sorted([*figures, *map(_to_one, TO_ONE.finditer(text))], key=_start)
    # asked before the search, as few texts cut a time short
    if not any(word in text for word in ("缩", "压", "控", "速", "间在", "限在", "长在", "期在")):
        return figures
    found = {figure.start: figure for figure in map(_cut_short, CUT_SHORT.finditer(text)) if figure}
    found |= {figure.start: figure for figure in figures}
    return [found[start] for start in sorted(found)]


def _start(figure: Figure) -> int:
    return figure.start


def _to_one(match: regex.Match[str]) -> Figure:
    """桩车比达到1:1: so many to one."""
    start, end = match.span("ratio")
    value = float(match["number"])
    return Figure(start, end, value, None, "", "ratio", False, None, match["after"], False, False)


_AT_MOST = ("以下", "以内")


def _ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """1倍以上5倍以下 is one range."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.after == "以上"
            and figure.after in _AT_MOST
            and text[last.end : figure.start].strip("、,且") == ""
            and (last.unit, last.value_max) == (figure.unit, None)
            and last.value < figure.value
        ):
            joined[-1] = replace(last, end=figure.end, value_max=figure.value, after=None)
        else:
            joined.append(figure)
    return joined


_BESIDE = regex.compile("[、和与]")
_LAST_OF_LIST = regex.compile(
    r"(?:、\d[\d.]*)+(?P<scale>[百千]?[万亿]?)(?P<unit>元|%|个工作日|小时|分钟|天)"
)


_TERMS_OF_UNITS = ("个月", "工作日")
"""Units whose 个 may stand alone before: 15个、7个工作日."""


def _completed(text: str, figure: Figure, then: Figure) -> Figure:
    """A figure with what it leaves to the one beside it: 15个、7个工作日以内 are two terms, both at
    most so long."""
    if not _BESIDE.fullmatch(text, figure.end, then.start):
        return figure
    last = None if figure.unit else _LAST_OF_LIST.match(text, figure.end)
    if last and text[figure.end - 1].isdigit():
        value = figure.value * (parse_number("1" + last["scale"]) or 1)
        named = UNITS[last["unit"]]
        unit, kind = named["unit"], named["kind"]
        return replace(figure, value=value, unit=unit, kind=kind, after=then.after)
    if figure.unit == "个" and then.unit in _TERMS_OF_UNITS:
        figure = replace(figure, unit=then.unit, kind=then.kind)
    if figure.unit == then.unit and figure.after is None and figure.value_max is None:
        return replace(figure, after=then.after)
    return figure


def _rank(match: regex.Match[str]) -> Figure | None:
    """A rank as a figure of at most so much: 前20名."""
    value = parse_number(match["number"])
    if value is None:
        return None
    unit, words = match["unit"] or "", not match["number"][0].isdigit()
    start, end = match.span("rank")
    return Figure(start, end, value, None, unit, "rank", False, None, "以内", words, False)


def _holds(whole: Figure, part: Figure) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _cut_short(match: regex.Match[str]) -> Figure | None:
    """A stretch of time that is cut short, as a figure of at most so much."""
    entry = UNITS[match["unit"]]
    value = parse_number(match["number"])
    if value is None:
        return None
    start, end = match.start("number"), match.end()
    words = not match["number"][0].isdigit()
    after = "以内" if match[0].endswith("内") else None
    return Figure(start, end, value, None, entry["unit"], "time", False, None, after, words, False)


def _read(match: regex.Match[str]) -> Figure | None:
    """A match as a figure; None where the numerals make no number."""
    unit = match["unit"] or ("%" if match["han"] else "人" if match["people"] is not None else "")
    number = (match["number"] or match["han"]) + (match["scale"] or "")
    value, unit = _value(number, unit, match["tenths"] is not None)
    if value is None or value > _LARGEST:
        return None
    low = match["low"] or match["hanlow"]
    least = None if low is None else _lower(low, number)
    if least is not None and least >= value:
        return None
    entry, rate = UNITS.get(unit), match["rate"]
    kind = entry["kind"] if entry else ("share" if unit == "%" else "bare")
    named, own = entry["unit"] if entry else unit, _is_own_unit(kind, rate)
    return Figure(
        start=match.start(),
        end=match.end(),
        value=value if least is None else least,
        value_max=None if least is None else value,
        unit=f"{named}/{rate}" if own else named,
        kind=kind,
        more=match["more"] is not None,
        rate=None if own else rate,
        after=match["after"],
        words=match["han"] is not None,
        round=match["han"] is not None and _ROUND.fullmatch(match["han"]) is not None,
    )


def _value(number: str, unit: str, tenths: bool) -> tuple[float | None, str]:
    """The number's value and the unit it is then counted in (一半 is 50 %)."""
    if number in ("一半", "半数", "减半"):
        return 50.0, "%"
    for head, mark in _PARTS:
        if number.startswith(head):
            return parse_number(number.removeprefix(head)), mark
    if part := _PART.fullmatch(number) or _FRACTION.fullmatch(number):
        whole, share = parse_number(part["whole"]), parse_number(part["share"])
        return (None if not whole or share is None else round(100 * share / whole, 2)), "%"
    value = parse_number(number)
    if value is not None and tenths:
        return value * 10, "%"
    if value is not None and unit == "番":
        return (2.0**value if value <= _MOST_DOUBLINGS else None), unit
    return value, unit


_PARTS = (("百分之", "%"), ("千分之", "‰"), ("十万分之", "/10万"), ("10万分之", "/10万"))
_MOST_DOUBLINGS = 10
"""Times that something is doubled in one figure: 翻两番; 34608858番禺区 is a telephone."""
_SCALE = regex.compile("(?<![百千万亿])[百千万亿]+$")


def _lower(low: str, high: str) -> float | None:
    """The lower end of a range; it shares the magnitude of the upper end (1-3万人)."""
    value, top = parse_number(low), parse_number(high)
    scale = _SCALE.search(high)
    if value is None or top is None:
        return None
    if scale and not _SCALE.search(low) and low.isdigit():
        shared = parse_number("1" + scale[0])
        return value * shared if shared and value * shared < top else value
    return value
