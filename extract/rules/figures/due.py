"""By which date of its sentence, or of the line that leads its list in, a figure is to be reached.

Source: contract, targets: deadline_id.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract import lazy as regex
from extract.lens import View
from extract.rules.figures.lists import BESIDE, Found
from extract.rules.figures.respective import share_of
from extract.rules.times.dates import TimeMention

Spans = list[tuple[int, int, TimeMention]]
"""Time expressions with the places of a view's text at which they begin and end."""


def due_date(item: Found, spans: Spans) -> int | None:
    """The last date before the figure in its sentence by or in which it is to be reached; each its
    own where 分别 shares out dates (到2022年和2030年…分别低于24.5%和20%)."""
    clause, at = item.clause, item.comparison.start
    dated = [
        index
        for index, (i, j, time) in enumerate(spans)
        if clause.sentence <= i
        and j <= at
        and time.kind in ("by", "in")
        and not (clause.text.endswith("其中", 0, i) and j < clause.start)
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
    spans: Spans,
    shared: tuple[int, int],
) -> int | None:
    """The date that a figure of a list answers to, where as many dates stand side by side."""
    place, count = shared
    own = dated[-count:]
    ends = [(spans[a][1], spans[b][0]) for a, b in itertools.pairwise(own)]
    beside = all(BESIDE.fullmatch(text, end, start) for end, start in ends)
    return own[place] if 1 < count == len(own) and beside else None


_LIST_LINE = regex.compile(
    r"[\s—-]*(?:[●■◆★※▲▪·①-⑳]|-{1,2}|\(?[\d一二三四五六七八九十]{1,2}[.、)]|[一二三四五六七八九十]+是)|[^\n]*\d"
)


_MOST_LED = 40
"""Lines above a figure among which the one that leads its list in is looked for."""


def _led_in(text: str, at: int, spans: Spans) -> int | None:
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
