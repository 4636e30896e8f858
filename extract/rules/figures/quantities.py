"""Targets: every figure that a text asks for, grants, charges or caps.

Built to the contract's table `targets`. `figures` reads numbers and units, `comparisons` the
comparator, `demands` decides whether the figure is asked for, `rates` reads what it holds for and
how it changes, `indicators` what it measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract import lazy as regex
from extract.lens import View
from extract.rules.figures.comparisons import Comparison, read_comparison
from extract.rules.figures.demands import GRANT, is_asked
from extract.rules.figures.due import Spans, due_date
from extract.rules.figures.figures import Figure, find_figures
from extract.rules.figures.indicators import read_indicator
from extract.rules.figures.lists import (
    Found,
    carries,
    continued,
    goes_on,
    is_sibling,
    shared_back,
    taken_over,
)
from extract.rules.figures.members import with_measure
from extract.rules.figures.natures import nature_of
from extract.rules.figures.noun_before import noun_before
from extract.rules.figures.past_years import tells_what_was
from extract.rules.figures.rates import HEDGE, PER, read_baseline, read_change, read_per
from extract.rules.figures.refusals import is_refused
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


_CUE = regex.compile(r"[\d%一二两三四五六七八九十百千万亿半]")
_SUM = regex.compile(rf"{GRANT.pattern}|资金|投资|金额|总额|收入|产值|基金|经费|元")
_SCALED = regex.compile("[万亿]")
_PER_BESIDE = regex.compile(rf"(?:{PER.pattern})$")


def find_targets(
    view: View, times: Sequence[TimeMention], first_year: int | None = None
) -> list[TargetMention]:
    """The targets of a view in order; `times` are the time expressions found in the same view,
    `first_year` the first year that the paper can ask for, where that is known."""
    text = view.masked
    if not _CUE.search(text):
        return []
    spans = [(view.index(t.char_start), view.index(t.char_end), t) for t in times]
    found: list[Found] = []
    if looks_back(view.source, view.span(0, 1)[0]):
        return []
    for figure in find_figures(text):
        if any(i < figure.end and figure.start < j for i, j, _ in spans):
            continue
        item = _read(text, figure, found[-1] if found else None)
        if item and not (first_year and tells_what_was(item.clause, figure.start, first_year)):
            found.append(item)
    return [_mention(view, item, spans) for item in shared_back(found)]


def _read(text: str, figure: Figure, last: Found | None) -> Found | None:
    """A figure with its meaning; None where nobody asks for it."""
    clause = clause_at(text, figure.start, figure.end)
    figure = _priced(clause, figure)
    comparison = read_comparison(text, clause.start, figure)
    sibling = is_sibling(text, clause, figure, comparison, last)
    if last and sibling and not comparison.said and last.comparison.op in (">=", "<=", ">", "<"):
        comparison = Comparison(last.comparison.op, comparison.start, False, comparison.base)
    since = last.figure.end if last else 0
    per = read_per(clause, since, figure)
    if is_refused(clause, figure, comparison):
        return None
    listed = sibling or goes_on(text, clause, figure, comparison, last)
    if not listed and not is_asked(clause, figure, comparison, per):
        return None
    if per is None and last and carries(text, figure, last):
        per = last.per
    front = noun_before(clause, comparison.start, since)
    indicator = read_indicator(clause, figure, comparison, since, taken_over(text, figure, last))
    nature = nature_of(clause, figure, comparison, per)
    change = read_change(clause.before(comparison.start), figure.unit)
    item = Found(figure, clause, comparison, per, nature, indicator, front, change)
    item = continued(item, last, sibling) if last else item
    return replace(item, front=with_measure(front, item.indicator))


def _priced(clause: Clause, figure: Figure) -> Figure:
    """A figure in 万 or 亿 without a unit is money where its clause speaks of money."""
    if figure.kind != "bare" or not _SCALED.search(clause.text, figure.start, figure.end):
        return figure
    near = clause.before(figure.start) + clause.after(figure.end)
    return replace(figure, unit="元", kind="money") if _SUM.search(near) else figure


def _mention(view: View, item: Found, spans: Spans) -> TargetMention:
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
        time=due_date(item, spans),
    )


def _opening(clause: Clause, figure: Figure, comparison: Comparison) -> int:
    """Where the quote begins: at the period of a sum, where it stands directly before it."""
    if figure.kind != "money":
        return comparison.start
    beside = _PER_BESIDE.search(clause.before(comparison.start))
    return clause.start + beside.start() if beside else comparison.start
