"""The parts of an official paper: head, notice, issued plan, annexes, signature, closing block.

GB/T 9704-2012 names them 版头, 主体 and 版记. Papers from the web have only some of them, and a
file can be an annex alone; what is not found is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract import lazy as regex
from extract.model import Canonical
from extract.outline.annexes import Annex, Annexes, read_annexes
from extract.outline.front import Front, Page, Span, read_front
from extract.outline.issued import issued_names, issues_several, past_contents, plan_starts
from extract.outline.labels import read_label
from extract.outline.marks import COLOPHON, DISCLOSURE, is_furniture, is_note, is_organs
from extract.outline.signatures import (
    Signature,
    find_signatures,
    signature_at_end,
    signature_run_in,
)


@dataclass(frozen=True, slots=True)
class Body:
    """Running text: the paper's own (or the plan that it issues), or that of an annex.

    Stretches `first` to `last` (included) from offset `start` to `end`; `annex` is the annex's
    number, None for the main text; `title` the stretches of its title, `head` that of 附件 1.
    """

    first: int
    last: int
    start: int
    end: int
    annex: int | None = None
    title: tuple[int, ...] = ()
    head: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What each stretch of a paper is. Parts are spans of the text in reading order.

    `body` holds the main text first, then the annexes; `apart` the stretches inside their ranges
    that are none of their text (signature, date, closing block). `issued` are the names of the
    plans that a notice issues, as it names them; `remarks` what is said beside a signature (until
    when comments are taken).
    """

    letterhead: tuple[Span, ...] = ()
    numbers: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()
    bylines: tuple[Span, ...] = ()
    head_dates: tuple[Span, ...] = ()
    recipients: Span | None = None
    notice: tuple[Span, ...] = ()
    signature: tuple[Span, ...] = ()
    signed: tuple[Span, ...] = ()
    remarks: tuple[Span, ...] = ()
    disclosure: tuple[Span, ...] = ()
    annex_list: tuple[Span, ...] = ()
    colophon: tuple[Span, ...] = ()
    stray: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    annex_only: bool = False
    issued: tuple[str, ...] = ()
    body: tuple[Body, ...] = ()
    apart: frozenset[int] = frozenset()

    def spans(self, canonical: Canonical, body: Body) -> list[Span | int]:
        """The paragraphs of a body as spans and its tables as their numbers, in reading order."""
        found: list[Span | int] = []
        for i in range(body.first, body.last + 1):
            stretch = canonical.stretches[i]
            if i in self.apart:
                continue
            if stretch.table is not None:
                if not found or found[-1] != stretch.table:
                    found.append(stretch.table)
                continue
            span = max(stretch.start, body.start), min(stretch.end, body.end)
            if span[0] < span[1]:
                found.append(span)
        return found


def find_parts(canonical: Canonical) -> Parts:
    """The parts of a paper, by its stretches."""
    page = Page(canonical)
    if not len(page):
        return Parts()
    front = read_front(page)
    tail = _read_tail(page, front.first)
    names = issued_names(page, front, tail.first)
    annexes = read_annexes(page, front.first, tail.first)
    several = issues_several(page, front)
    if several:
        names += ["".join(page.text(i) for i in annex.title) for annex in annexes.heads]
    signatures = find_signatures(page, front.first, tail.first)
    plans = plan_starts(page, front, signatures, annexes, tail.first)
    layout = _Layout(page, front, tail, annexes, signatures, plans, several)
    return layout.parts(names)


@dataclass(slots=True)
class _Tail:
    """The closing block: `first` is the stretch after the last of the text."""

    first: int
    colophon: list[int] = field(default_factory=list)
    furniture: list[int] = field(default_factory=list)


_TAIL_LINES = 60
_CLOSING_LINES = 10


def _read_tail(page: Page, first: int) -> _Tail:
    """版记 (抄送, 印发) and the furniture that a page prints behind the paper."""
    end = len(page)
    tail = _Tail(end)
    if (box := _page_data(page, first, end)) is not None:
        tail.furniture = list(range(box, end))
        end = box
    while end > first and (not page.text(end - 1) or is_furniture(page.text(end - 1))):
        end -= 1
        tail.furniture.insert(0, end)
    tail.first = end
    low = max(first, end - _TAIL_LINES)
    cues = [i for i in range(low, end) if COLOPHON.match(page.text(i))]
    strong = [
        i for i in cues if "抄" in page.text(i)[:2] or page.text(i).endswith(("印发", "印制"))
    ]
    if not strong:
        return tail
    start = min(i for i in cues if any(0 <= s - i <= _CLOSING_LINES for s in strong))
    if (
        start > low
        and page.text(start).startswith(("19", "20"))
        and is_organs(page.text(start - 1))
    ):
        start -= 1
    stop = next((i for i in range(start, end) if page.text(i).startswith("附件")), end)
    if stop == end:
        tail.first = start
    tail.colophon = list(range(start, stop))
    return tail


_DATA_LINES = 12
_FIELDS = 2
_INDEX = regex.compile(r"索\s*引\s*号\s*:")
_BROKEN_OFF = regex.compile(r"主题分类\s*:\s*$")
_CLOSED = regex.compile(r"[。!?;:)”]$")


def _page_data(page: Page, first: int, end: int) -> int | None:
    """Where the box begins that a site prints below the paper (索引号, 发文机关), to its end fields
    of that kind; with it the line above that a long 主题分类 has pushed there."""
    places = range(max(first + 1, end - _DATA_LINES), end)
    box = next((i for i in places if _INDEX.match(page.text(i))), None)
    if box is None:
        return None
    broken = _BROKEN_OFF.search(page.text(box)) is not None
    lines = [page.text(i) for i in range(box, end) if page.text(i)]
    others = [line for line in lines if not is_furniture(line)]
    if len(lines) - len(others) < _FIELDS or (others and not (broken and others == lines[1:2])):
        return None
    above = page.text(box - 1)
    beside = box - 1 > first and page.is_short(box - 1) and read_label(above) is None
    return box - 1 if broken and beside and not _CLOSED.search(above) else box


_SHORTEST_REQUIREMENT = 20
"""Characters of a notice's longest requirement: what only lists names of papers directs nobody."""


@dataclass(slots=True)
class _Layout:
    """Puts what was found together: which stretches are text, and of what."""

    page: Page
    front: Front
    tail: _Tail
    annexes: Annexes
    signatures: list[Signature]
    plans: list[Annex]
    several: bool

    def parts(self, names: Sequence[str]) -> Parts:
        page, front = self.page, self.front
        bodies = self._bodies()
        notice_end = self.plans[0].top if self.plans else front.first
        apart = self._apart()
        notes = self._notes()
        notice = [i for i in range(front.first, notice_end) if i not in apart]
        stray = [i for i in notice if self._is_stray(i)]
        run_on = signature_at_end(page, bodies[0].last) if bodies else None
        if run_on:
            bodies[0] = replace(bodies[0], end=run_on.start)
        signed = self.signatures + ([run_on] if run_on else [])
        if bodies and not any(s.date for s in signed):
            run_in = signature_run_in(page, bodies[0].first)
            signed += [run_in] if run_in else []
        return Parts(
            letterhead=tuple(front.letterhead),
            numbers=tuple(front.numbers),
            title=tuple(front.title),
            bylines=tuple(front.bylines),
            head_dates=tuple(front.dates),
            recipients=front.recipients,
            notice=tuple(self._cut(i) for i in notice if i not in stray),
            signature=tuple(span for s in signed for span in s.organs),
            signed=tuple(s.date for s in signed if s.date),
            remarks=(*(s.rest for s in signed if s.rest), *(page.span(i) for i in notes)),
            disclosure=(
                *front.disclosure,
                *self._disclosures(),
                *(s.disclosure for s in signed if s.disclosure),
            ),
            annex_list=tuple(page.span(i) for i in self.annexes.listed),
            colophon=(
                *(span for s in signed for span in s.colophon),
                *(page.span(i) for i in self.tail.colophon),
            ),
            stray=tuple(page.span(i) for i in stray),
            furniture=(*front.furniture, *(page.span(i) for i in self.tail.furniture)),
            annex_only=front.annex_head is not None,
            issued=tuple(names),
            body=tuple(bodies),
            apart=frozenset({*apart, *stray}),
        )

    def _requires(self, tops: Sequence[int]) -> bool:
        """Whether a notice that issues a plan directs by numbered items of its own: 现印发给你们,并
        提出如下要求:一、…二、…."""
        first = self.front.first
        last = next((t for t in tops if t >= first), first)
        signed = (s.lines[0] for s in self.signatures if s.lines and first <= s.lines[0] < last)
        counted: list[int] = []
        for i in range(first, min(signed, default=last)):
            label = None if self.page.is_cell(i) else read_label(self.page.text(i))
            if label and label.number == len(counted) + 1 and i not in self.annexes.listed:
                counted.append(len(self.page.text(i)))
        return len(counted) > 1 and max(counted) > _SHORTEST_REQUIREMENT

    def _free_number(self) -> int:
        """The number of a plan that prints none, beside the annexes that print one."""
        taken = {annex.number for annex in self.annexes.heads}
        return next(n for n in range(1, len(taken) + 2) if n not in taken)

    def _cut(self, i: int) -> Span:
        start, end = self.page.span(i)
        return max(start, self.front.start) if i == self.front.first else start, end

    def _apart(self) -> set[int]:
        """The stretches in the text's range that belong to no body and no notice."""
        found = {i for s in self.signatures for i in s.lines}
        found |= set(self.annexes.listed) | set(self.tail.colophon) | set(self.tail.furniture)
        found |= {i for a in (*self.annexes.heads, *self.plans) for i in range(a.top, a.text_from)}
        return found | set(self._disclosed()) | set(self._notes())

    def _notes(self) -> list[int]:
        """The lines below a dated signature that say whom to ask, or that something is left out:
        (联系人:…;联系电话:…)."""
        found: list[int] = []
        for signature in self.signatures:
            i = signature.lines[-1] + 1 if signature.date and signature.lines else self.tail.first
            while i < self.tail.first and self.page.is_short(i):
                text = self.page.text(i)
                if is_note(text):
                    found.append(i)
                elif text and DISCLOSURE.match(text) is None:
                    break
                i += 1
        return found

    def _disclosed(self) -> list[int]:
        page = self.page
        return [
            i
            for i in range(self.front.first, len(page))
            if page.is_short(i) and "公" in page.raw(i) and DISCLOSURE.match(page.text(i))
        ]

    def _disclosures(self) -> list[Span]:
        return [self.page.span(i) for i in self._disclosed()]

    def _is_stray(self, i: int) -> bool:
        """A short line between the signature's date and the plan: a lone 办公室, a page's mark."""
        after = any(s.date and s.lines and s.lines[-1] < i for s in self.signatures)
        return after and self.page.is_short(i) and len(self.page.text(i)) <= 20

    def _bodies(self) -> list[Body]:
        """The main text, or the issued plans in its place, and then the annexes."""
        page, front = self.page, self.front
        starts = [Annex(a.top, a.text_from, a.number, a.title, a.head) for a in self.annexes.heads]
        tops = sorted({a.top for a in (*self.plans, *starts)} | {self.tail.first})
        bodies = []
        requires = self._requires(tops)
        if not self.plans or requires:
            last = next(t for t in tops if t >= front.first) - 1
            if last >= front.first:
                title = tuple(front.title_lines)
                first = past_contents(page, front.first, last)
                start = max(front.start, page.span(first)[0])
                bodies.append(Body(first, last, start, page.span(last)[1], None, title))
        several = self.several or len(self.plans) > 1
        numbered = several and all(p.number for p in self.plans)
        planned = {p.top for p in self.plans}
        starts = [a for a in starts if a.top not in planned]
        for part in (*self.plans, *starts):
            last = next((t for t in tops if t > part.top), self.tail.first) - 1
            if last < part.text_from:
                continue
            number = part.number if part in starts or numbered else None
            if requires and number is None:
                number = part.number or self._free_number()
            start, end = page.span(part.text_from)[0], page.span(last)[1]
            bodies.append(Body(part.text_from, last, start, end, number, part.title, part.head))
        return bodies
