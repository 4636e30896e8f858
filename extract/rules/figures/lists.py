"""Figures that go on from the one before them: members of a list, the next grade, the next payee.

Source: contract, targets: what a list says once holds for each of its figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract import lazy as regex
from extract.rules.figures.comparisons import Comparison
from extract.rules.figures.demands import VERB
from extract.rules.figures.figures import Figure
from extract.rules.figures.respective import share_of
from extract.rules.figures.surroundings import Clause


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted figure in the view's text, with what later ones may take over from it."""

    figure: Figure
    clause: Clause
    comparison: Comparison
    per: str | None
    nature: str
    indicator: str | None
    front: str
    change: str | None


_SHARED_OUT = regex.compile("分别$")
_SIBLING = regex.compile(r"[^,。;:\n\d]{0,40}[、和及与且]")
_NEXT_PAYEE = regex.compile(r"[、,]\p{Han}{2,10}")
_NEXT_THING = regex.compile(r"(?!以?[上下内])[^,。;:\n]{2,60},")
_LISTED = regex.compile(r"[、和及或]\p{Han}{0,4}")
BESIDE = regex.compile("[、和及与]")


def is_sibling(
    text: str, clause: Clause, figure: Figure, comparison: Comparison, last: Found | None
) -> bool:
    """Whether the figure continues a list: 最高100万元/项、50万元/项; 组织一次检查、一次评查."""
    if last is None:
        return False
    if _SHARED_OUT.search(text, clause.start, last.comparison.start) and BESIDE.fullmatch(
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


def _is_next_listed(clause: Clause, figure: Figure, comparison: Comparison, last: Found) -> bool:
    """Whether a figure is the next one's of a list in its clause: 其中省级5个、市级15个."""
    alike = last.clause.start == clause.start and last.figure.unit == figure.unit
    between = last.figure.end, comparison.start
    return alike and _NEXT_IN_LIST.fullmatch(clause.text, *between) is not None


_LIST_OF_SUMS = regex.compile(
    r"(?:标准|额度|限额|补助|补贴|奖励)(?:如下|为)?:[^:。]*$|(?:标准|额度|限额)[^:,。;]{2,14}\d[^:。]*$"
)


_NEXT_OF_SUMS = regex.compile(r"[、,;][\p{Han}A-Z]{2,14}")


def _goes_to_next(clause: Clause, figure: Figure, comparison: Comparison, last: Found) -> bool:
    """Whether a sum is the next one's of a list: 补助标准:县道50万元,乡道30万元."""
    if not (figure.kind == last.figure.kind == "money" and _LIST_OF_SUMS.search(clause.earlier)):
        return False
    return _NEXT_OF_SUMS.fullmatch(clause.text, last.figure.end, comparison.start) is not None


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


def goes_on(
    text: str, clause: Clause, figure: Figure, comparison: Comparison, last: Found | None
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
    if _is_next_listed(clause, figure, comparison, last):
        return True
    if last.nature == "standard" and _goes_to_next(clause, figure, comparison, last):
        return True
    if figure.kind == "share" and last.figure.unit == "%":
        opens = comparison.start == clause.start or clause.before(comparison.start) == "其中"
        return opens and _is_part(text, figure, last)
    kinds = {last.figure.kind, figure.kind}
    if comparison.start != clause.start or not (figure.kind == "count" and kinds <= _THINGS):
        return False
    return _NEXT_THING.fullmatch(text, last.figure.end, comparison.start) is not None


def _is_part(text: str, figure: Figure, last: Found) -> bool:
    """Whether the figure is a part of the share before it."""
    shares = figure.kind == last.figure.kind == "share"
    return shares and _PART_FOR.match(text, figure.end) is not None


_GRADE = regex.compile(
    "(?:国家|省|市|县|区|校)级|[一二三]等奖|[一二三四五]星级|[1-5]?A{1,5}级|[A-D]级"
)


def _is_graded(text: str, figure: Figure, indicator: str | None, last: Found) -> bool:
    """Whether a sum is another grade's of the grant before it: 五星级奖励200万元,四星级100万元."""
    if figure.kind != last.figure.kind or not _GRADE.match(indicator or ""):
        return False
    apart = _SENTENCE_END.search(text, last.figure.end, figure.start)
    return apart is None and _GRADE.search(last.indicator or "") is not None


def _is_next_grade(text: str, figure: Figure, indicator: str | None, last: Found) -> bool:
    """Whether the figure is the next grade's of a grant: 国家级奖励100万元,省级50万元."""
    if not indicator or figure.kind != last.figure.kind or not _GRADE.fullmatch(indicator):
        return False
    apart = _SENTENCE_END.search(text, last.figure.end, figure.start)
    return apart is None and _GRADE.search(last.indicator or "") is not None


_SENTENCE_END = regex.compile("[。;\n]")


def taken_over(text: str, figure: Figure, last: Found | None) -> str | None:
    """What the figure before measured, for one that names nothing: 到2025年不低于4.66人."""
    if last is None or _SENTENCE_END.search(text, last.figure.end, figure.start):
        return None
    if last.comparison.base:
        return last.front if "占" in (last.indicator or "") else None
    if last.indicator and VERB.fullmatch(last.front) and not last.indicator.startswith(last.front):
        return last.front + last.indicator
    begun = last.indicator is not None and last.indicator.startswith(last.front)
    return last.indicator if begun or last.front.endswith(("的", "按")) else last.front


_SOMEBODY_ELSE = regex.compile(
    r",(?!其中)[^,。;]*(?:教师|人员|干部|职工|党员|书记|校长|负责人)(?:[不至]\p{Han}{1,2})?$"
)
"""每五年不少于360学时,新任教师不少于120学时: another person's hours."""


def carries(text: str, figure: Figure, last: Found) -> bool:
    """Whether the period of the figure before holds on: 每人每年…60学时,其中…30学时."""
    between = text[last.figure.end : figure.start]
    if last.figure.kind != figure.kind or "。" in between or "\n" in between:
        return False
    if figure.kind == "money":
        return _LISTED.fullmatch(between) is not None
    if figure.kind == "effort":
        return _SOMEBODY_ELSE.search(between) is None
    return "," not in between


def continued(item: Found, last: Found, sibling: bool) -> Found:
    """A figure with what it takes over from the one before it: nature, change, the thing graded."""
    figure, clause, comparison = item.figure, item.clause, item.comparison
    text, nature, change, indicator = clause.text, item.nature, item.change, item.indicator
    if _is_part(text, figure, last):
        nature, indicator = last.nature, (indicator or "").removeprefix("为") or None
    if sibling and figure.unit == last.figure.unit:
        nature = last.nature
    if _is_next_listed(clause, figure, comparison, last):
        nature, change = last.nature, change or last.change
    if last.nature == "standard" and _goes_to_next(clause, figure, comparison, last):
        nature = "standard"
    if last.nature == "standard" and _is_graded(text, figure, indicator, last):
        nature = "standard"
    if last.indicator and _is_next_grade(text, figure, indicator, last):
        nature = last.nature
        indicator = _GRADE.sub(str(indicator), last.indicator, count=1)
    if sibling and BESIDE.fullmatch(text, last.figure.end, comparison.start):
        change = change or last.change
    return replace(item, nature=nature, change=change, indicator=indicator)


_BACK = regex.compile(
    r"(?:(?:比|较|同比)[^,。;]{0,8})?分别(?=增长|下降|提高|降低|减少|增加|提升|上升|缩短|压缩|占|达到|比|较)"
)


def shared_back(found: list[Found]) -> list[Found]:
    """Figures that 分别 shares out among those of the clause before: 人数突破1.2亿人次、收入突破
    1000亿元,分别增长15%和20%."""
    told = list(found)
    for n, item in enumerate(found):
        if not _BACK.match(item.clause.text, item.clause.start):
            continue
        place, count = share_of(item.clause, item.figure.start) or (0, 0)
        first = n - place
        before = found[max(0, first - count) : first]
        same = all(each.clause.sentence == item.clause.sentence for each in before)
        apart = all(each.clause.end <= item.clause.start for each in before)
        if 1 < count == len(before) and same and apart:
            told[n] = replace(item, indicator=before[place].indicator)
    return told
