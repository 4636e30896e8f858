"""Targets: every figure that a text asks for, grants, charges or caps.

Built to the contract's table `targets`. `figures` reads numbers and units, `comparisons` the
comparator, `demands` decides whether the figure is asked for, `rates` reads what it holds for and
how it changes, `indicators` what it measures.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import lazy as regex
from extract.lens import View
from extract.rules.figures.comparisons import Comparison, read_comparison
from extract.rules.figures.demands import (
    BY_PERIOD,
    GRANT,
    SET_AS,
    VERB,
    is_asked,
    is_favour,
    is_listed_grant,
)
from extract.rules.figures.figures import Figure, find_figures
from extract.rules.figures.indicators import read_indicator
from extract.rules.figures.noun_before import noun_before
from extract.rules.figures.past_years import tells_what_was
from extract.rules.figures.rates import HEDGE, PER, read_baseline, read_change, read_per
from extract.rules.figures.refusals import is_refused
from extract.rules.figures.respective import share_of
from extract.rules.figures.surroundings import Clause, clause_at
from extract.rules.times.dates import TimeMention
from extract.rules.times.reviews import looks_back


@dataclass(frozen=True, slots=True)
class TargetMention:
    """A figure with its meaning, as the columns of `model.Target`; `time` is the index among the
    given times of the deadline by which it is to be reached. Offsets are the canonical text's."""

    char_start: int
    char_end: int
    quote: str
    indicator: str | None
    op: str
    value: float
    value_max: float | None
    unit: str | None
    per: str | None
    change: str | None
    baseline: str | None
    nature: str
    hedged: bool
    time: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """An accepted figure in the view's text, with what later ones may take over from it."""

    figure: Figure
    clause: Clause
    comparison: Comparison
    per: str | None
    nature: str
    indicator: str | None
    front: str
    change: str | None


_CUE = regex.compile(r"[\d%一二两三四五六七八九十百千万亿半]")
_SUM = regex.compile(rf"{GRANT.pattern}|资金|投资|金额|总额|收入|产值|基金|经费|元")
_SCALED = regex.compile("[万亿]")
_BESIDE = regex.compile("[、和及与]")
_SHARED_OUT = regex.compile("分别$")
_TOTAL = regex.compile(
    "(?:新增|累计|投放|余额|总规模|总量|清理规范|减负|降费)[^,。;给补奖优]{0,14}$"
)
_GROWTH = regex.compile("(?:增速|增长|增幅|覆盖率|普及率|满意[率度]|完成率|余额)[^,。;]{0,4}$")
_SIBLING = regex.compile(r"[^,。;:\n\d]{0,40}[、和及与且]")
_NEXT_PAYEE = regex.compile(r"[、,]\p{Han}{2,10}")
_NEXT_THING = regex.compile(r"(?!以?[上下内])[^,。;:\n]{2,60},")
_LISTED = regex.compile(r"[、和及或]\p{Han}{0,4}")
_PER_BESIDE = regex.compile(rf"(?:{PER.pattern})$")
_HELD = regex.compile(r"控制|压缩|压减|降低|低于|减少")
_OFFERED = regex.compile(rf"{GRANT.pattern}|支持|免费|标准可?按")
_TO_REACH = regex.compile(
    r"(?:率|比例|比重|占比)[^,。;]{0,10}$|(?:发放|投放|新增)[^,。;]{0,8}贷款$|(?:担保|贷款|融资|授信)[^,。;]{0,6}(?:总?额|余额|规模)$"
    r"|放大(?:倍数)?[到至为]?$"
)
_GIVEN = regex.compile("给予|予以|补助|补贴|奖励|资助|贴息|奖补|优惠|减免|补偿")
_CHARGED = regex.compile("(?:费|税|征收|预征)率")
_LIMIT = regex.compile(
    r"最[高长]\p{Han}{0,8}(?:额度|限额|额|标准|金额|期限|年限|倍数|补助|补贴|奖励|资助)"
)
_PROHIBITED = regex.compile(r"不得(?:超过|高于|多于|大于)")
_LONGEST_SAID = regex.compile("最[长高](?!放宽|延长)")
_ENJOYED = regex.compile(r"可?享受[^,。;]{0,6}$")
_OFFERED_BEHIND = regex.compile(
    r"(?:[、和][^,。;\d]{0,8}\d+[^,。;\d]{1,3})?的?(?:免费|优惠|免租|减免)"
)
_OF_WHAT_CAME = regex.compile("其中|全年|累计|最长")
"""发放入户奖励,其中博士5万元; 可免费入住,全年累计不超过14天."""
_CLAUSE_BEFORE = 16
_VOUCHER = regex.compile(r"的?[“\"]?\p{Han}{1,6}(?<![证债])券")


def find_targets(
    view: View, times: Sequence[TimeMention], first_year: int | None = None
) -> list[TargetMention]:
    """The targets of a view in order; `times` are the time expressions found in the same view,
    `first_year` the first year that the paper can ask for, where that is known."""
    text = view.masked
    if not _CUE.search(text):
        return []
    spans = [(view.index(t.char_start), view.index(t.char_end), t) for t in times]
    found: list[_Found] = []
    if looks_back(view.source, view.span(0, 1)[0]):
        return []
    for figure in find_figures(text):
        if any(i < figure.end and figure.start < j for i, j, _ in spans):
            continue
        item = _read(text, figure, found[-1] if found else None)
        if item and not (first_year and tells_what_was(item.clause, figure.start, first_year)):
            found.append(item)
    return [_mention(view, item, spans) for item in found]


def _read(text: str, figure: Figure, last: _Found | None) -> _Found | None:
    """A figure with its meaning; None where nobody asks for it."""
    clause = clause_at(text, figure.start, figure.end)
    figure = _priced(clause, figure)
    comparison = read_comparison(text, clause.start, figure)
    sibling = _is_sibling(text, clause, figure, comparison, last)
    if last and sibling and not comparison.said and last.comparison.op in (">=", "<=", ">", "<"):
        comparison = Comparison(last.comparison.op, comparison.start, False, comparison.base)
    since = last.figure.end if last else 0
    per = read_per(clause, since, figure)
    if is_refused(clause, figure, comparison):
        return None
    goes_on = sibling or _goes_on(text, clause, figure, comparison, last)
    if not goes_on and not is_asked(clause, figure, comparison, per):
        return None
    if per is None and last and _carries(text, figure, last):
        per = last.per
    front = noun_before(clause, comparison.start, since)
    indicator = read_indicator(clause, figure, comparison, since, _taken_over(text, figure, last))
    nature = _nature(clause, figure, comparison, per)
    if last and _is_part(text, figure, last):
        nature, indicator = last.nature, (indicator or "").removeprefix("为") or None
    if last and sibling and figure.unit == last.figure.unit:
        nature = last.nature
    if last and last.nature == "standard" and _goes_to_next(clause, figure, comparison, last):
        nature = "standard"
    if last and last.indicator and _is_next_grade(text, figure, indicator, last):
        nature = last.nature
        indicator = _GRADE.sub(str(indicator), last.indicator, count=1)
    change = read_change(clause.before(comparison.start), figure.unit)
    if last and sibling and _BESIDE.fullmatch(text, last.figure.end, comparison.start):
        change = change or last.change
    return _Found(figure, clause, comparison, per, nature, indicator, front, change)


def _priced(clause: Clause, figure: Figure) -> Figure:
    """A figure in 万 or 亿 without a unit is money where its clause speaks of money."""
    if figure.kind != "bare" or not _SCALED.search(clause.text, figure.start, figure.end):
        return figure
    near = clause.before(figure.start) + clause.after(figure.end)
    return replace(figure, unit="元", kind="money") if _SUM.search(near) else figure


def _is_sibling(
    text: str, clause: Clause, figure: Figure, comparison: Comparison, last: _Found | None
) -> bool:
    """Whether the figure continues a list: 最高100万元/项、50万元/项; 组织一次检查、一次评查."""
    if last is None:
        return False
    if _SHARED_OUT.search(text, clause.start, last.comparison.start) and _BESIDE.fullmatch(
        text, last.figure.end, comparison.start
    ):
        return True
    if last.figure.unit != figure.unit:
        between = text[last.figure.end : comparison.start]
        return figure.words and last.figure.words and _LISTED.fullmatch(between) is not None
    next_payee = figure.rate is not None and figure.rate == last.figure.rate
    if next_payee and _NEXT_PAYEE.fullmatch(text, last.figure.end, comparison.start):
        return True
    return _SIBLING.fullmatch(text, last.figure.end, comparison.start) is not None


_LIST_OF_SUMS = regex.compile(r"(?:标准|额度|限额|补助|补贴|奖励):[^:。]*$")


def _goes_to_next(clause: Clause, figure: Figure, comparison: Comparison, last: _Found) -> bool:
    """Whether a sum is the next one's of a list: 补助标准:县道50万元,乡道30万元."""
    if not (figure.kind == last.figure.kind == "money" and _LIST_OF_SUMS.search(clause.earlier)):
        return False
    return _NEXT_PAYEE.fullmatch(clause.text, last.figure.end, comparison.start) is not None


_THINGS = {"count", "size"}
_PART_FOR = regex.compile("用于|由|作为|为(?!了)")
"""缴费标准为工资的0.8%,其中0.6%为基本医疗保险费: the parts of a share."""
_THING_ALONE = regex.compile(
    r"(?:其中:?)?(?!其中|合计|共|总|现|约)\p{Han}{2,10}(?<![为达有率到占共])"
)
"""完成燃气管网更新约206公里,场站5座; 新建幼儿园20所,其中农村12所: a thing and how many of it, in a
clause of its own."""
_MORE_THINGS = regex.compile(
    r"(?:(?:[、和及与]|以及)\p{Han}{1,10}?约?\d[\d.]*[万亿]?\p{Han}{1,3})*"
)

_NEXT_IN_LIST = regex.compile(r"(?:[、和及与]|以及)\p{Han}{1,10}(?<![为达有率到占共])")
"""其中省级5个、市级15个."""


def _goes_on(
    text: str, clause: Clause, figure: Figure, comparison: Comparison, last: _Found | None
) -> bool:
    """Whether the figure opens the clause behind an accepted one: 培育3家龙头企业,20家骨干企业."""
    if last is None or figure.words:
        return False
    beside = last.clause.end == clause.start - 1 and last.nature == "goal"
    if beside and figure.kind in ("count", "size") and not comparison.said:
        alone = _THING_ALONE.fullmatch(clause.before(figure.start))
        listed = alone and _MORE_THINGS.fullmatch(clause.after(figure.end))
        if listed and VERB.search(clause.earlier):
            return True
    alike = last.clause.start == clause.start and last.figure.unit == figure.unit
    if alike and _NEXT_IN_LIST.fullmatch(text, last.figure.end, comparison.start):
        return True
    if figure.kind == "share" and last.figure.unit == "%":
        opens = comparison.start == clause.start or clause.before(comparison.start) == "其中"
        return opens and _is_part(text, figure, last)
    kinds = {last.figure.kind, figure.kind}
    if comparison.start != clause.start or not (figure.kind == "count" and kinds <= _THINGS):
        return False
    return _NEXT_THING.fullmatch(text, last.figure.end, comparison.start) is not None


def _is_part(text: str, figure: Figure, last: _Found) -> bool:
    """Whether the figure is a part of the share before it."""
    shares = figure.kind == last.figure.kind == "share"
    return shares and _PART_FOR.match(text, figure.end) is not None


_GRADE = regex.compile("(?:国家|省|市|县|区|校)级|[一二三]等奖")


def _is_next_grade(text: str, figure: Figure, indicator: str | None, last: _Found) -> bool:
    """Whether the figure is the next grade's of a grant: 国家级奖励100万元,省级50万元."""
    if not indicator or figure.kind != last.figure.kind or not _GRADE.fullmatch(indicator):
        return False
    apart = _SENTENCE_END.search(text, last.figure.end, figure.start)
    return apart is None and _GRADE.search(last.indicator or "") is not None


_SENTENCE_END = regex.compile("[。;\n]")


def _taken_over(text: str, figure: Figure, last: _Found | None) -> str | None:
    """What the figure before measured, for one that names nothing: 到2025年不低于4.66人."""
    if last is None or _SENTENCE_END.search(text, last.figure.end, figure.start):
        return None
    if last.comparison.base:
        return last.front if "占" in (last.indicator or "") else None
    begun = last.indicator is not None and last.indicator.startswith(last.front)
    return last.indicator if begun or last.front.endswith(("的", "按")) else last.front


def _carries(text: str, figure: Figure, last: _Found) -> bool:
    """Whether the period of the figure before holds on: 每人每年…60学时,其中…30学时."""
    between = text[last.figure.end : figure.start]
    if last.figure.kind != figure.kind or "。" in between or "\n" in between:
        return False
    if figure.kind == "money":
        return _LISTED.fullmatch(between) is not None
    return figure.kind == "effort" or "," not in between


def _nature(clause: Clause, figure: Figure, comparison: Comparison, per: str | None) -> str:
    """goal, or standard for what is granted, charged or capped."""
    before, after = clause.before(figure.start), clause.after(figure.end)
    if figure.kind == "score" and is_favour(before, after):
        return "standard"
    if clause.stands_for_case(figure.start, figure.end):
        return "standard"
    change = read_change(before, figure.unit)
    if figure.kind == "share" and (
        before.endswith("减按") or (comparison.base and SET_AS.match(after))
    ):
        return "standard"
    ceiling = _LIMIT.search(clause.before(figure.start)) if comparison.op == "<=" else None
    if ceiling or (figure.kind == "money" and is_listed_grant(clause, comparison.start)):
        return "standard"
    if comparison.op == "<=" and figure.kind in ("count", "money"):
        return "goal" if change or _HELD.search(before) else "standard"
    said = clause.text[comparison.start : figure.start]
    if _PROHIBITED.search(said) or (figure.kind == "time" and _LONGEST_SAID.search(said)):
        return "standard"
    if figure.kind in ("count", "effort", "bare"):
        offered = _ENJOYED.search(before) or _OFFERED_BEHIND.match(after)
        return "standard" if offered else "goal"
    near = before + after
    if _OF_WHAT_CAME.match(before):
        near = clause.earlier[-_CLAUSE_BEFORE:] + near
    if figure.kind == "money" or comparison.base:
        near += clause.text[clause.end : clause.end + 12].partition("。")[0]
    if figure.kind == "money" and comparison.op != "<=" and _TOTAL.search(before):
        return "goal"
    if figure.kind == "share" and comparison.base is None and _GROWTH.search(before):
        return "goal"
    if figure.kind in ("time", "size"):
        return "standard" if _OFFERED.search(near) else "goal"
    if figure.kind == "money" and (_VOUCHER.match(after) or (per and BY_PERIOD.search(before))):
        return "standard"
    if (
        comparison.op in (">=", ">")
        and _TO_REACH.search(clause.before(comparison.start))
        and not _GIVEN.search(near)
    ):
        return "goal"
    if _CHARGED.search(before):
        return "goal" if change and not GRANT.search(after) else "standard"
    return "standard" if GRANT.search(near) or _CHARGED.search(after) else "goal"


def _mention(view: View, item: _Found, spans: list[tuple[int, int, TimeMention]]) -> TargetMention:
    """A found figure mapped back to the canonical text."""
    figure, comparison, clause = item.figure, item.comparison, item.clause
    opening = _opening(clause, figure, comparison)
    start, end = view.span(opening, figure.end)
    before = clause.before(comparison.start)
    words = clause.text[clause.start : figure.end]
    return TargetMention(
        char_start=start,
        char_end=end,
        quote=view.quote(opening, figure.end),
        indicator=item.indicator,
        op=comparison.op,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit or None,
        per=item.per,
        change=item.change,
        baseline=read_baseline(before),
        nature=item.nature,
        hedged=HEDGE.search(words) is not None,
        time=_deadline(item, spans),
    )


def _opening(clause: Clause, figure: Figure, comparison: Comparison) -> int:
    """Where the quote begins: at the period of a sum, where it stands directly before it."""
    if figure.kind != "money":
        return comparison.start
    beside = _PER_BESIDE.search(clause.before(comparison.start))
    return clause.start + beside.start() if beside else comparison.start


def _deadline(item: _Found, spans: list[tuple[int, int, TimeMention]]) -> int | None:
    """The last date before the figure in its sentence by or in which it is to be reached; each its
    own where 分别 shares out dates (到2022年和2030年…分别低于24.5%和20%)."""
    clause, at = item.clause, item.comparison.start
    dated = [
        index
        for index, (i, j, time) in enumerate(spans)
        if clause.sentence <= i and j <= at and time.kind in ("by", "in")
    ]
    if not dated:
        return _led_in(clause.text, at, spans)
    shared = share_of(clause, item.figure.start)
    if shared and (own := _of_several(clause.text, dated, spans, shared)) is not None:
        return own
    return dated[-1]


def _of_several(
    text: str,
    dated: list[int],
    spans: list[tuple[int, int, TimeMention]],
    shared: tuple[int, int],
) -> int | None:
    """The date that a figure of a list answers to, where as many dates stand side by side."""
    place, count = shared
    own = dated[-count:]
    ends = [(spans[a][1], spans[b][0]) for a, b in itertools.pairwise(own)]
    beside = all(_BESIDE.fullmatch(text, end, start) for end, start in ends)
    return own[place] if 1 < count == len(own) and beside else None


_LIST_LINE = regex.compile(
    r"[\s—-]*(?:[●■◆★※▲▪·①-⑳]|-{1,2}|\(?[\d一二三四五六七八九十]{1,2}[.、)]|[一二三四五六七八九十]+是)|[^\n]*\d"
)


_MOST_LED = 40
"""Lines above a figure among which the one that leads its list in is looked for."""


def _led_in(text: str, at: int, spans: list[tuple[int, int, TimeMention]]) -> int | None:
    """The date of the line that leads a list in (到2028年,力争实现:), for a figure in the list."""
    end = text.rfind("\n", 0, at)
    for _ in range(_MOST_LED):
        if end <= 0:
            break
        start = text.rfind("\n", 0, end) + 1
        dated = [n for n, (i, j, time) in enumerate(spans) if start <= i and j <= end]
        if dated or not _LIST_LINE.match(text, start, end):
            led = text[start:end].rstrip().endswith(":") and dated
            return dated[-1] if led and spans[dated[-1]][2].kind in ("by", "in") else None
        end = start - 1
    return None


def leads_in(view: View, times: Sequence[TimeMention]) -> int | None:
    """The index of the date by which a paragraph that ends with a colon leads a list in."""
    if not view.text.rstrip().endswith(":") or not times or times[-1].kind not in ("by", "in"):
        return None
    return len(times) - 1


def is_list_line(view: View) -> bool:
    """Whether a paragraph can be an item of a list of figures: it has a list mark, or a digit."""
    return _LIST_LINE.match(view.text) is not None
