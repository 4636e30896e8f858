"""Which stretches of a paper are read for what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extract.assemble.drafts import Draft
from extract.assemble.paper import Paper
from extract.outline.items import lists_conditions
from extract.outline.parts import Parts
from extract.outline.tree import Span


def body_spans(paper: Paper, parts: Parts) -> list[Span]:
    """The paragraphs of all bodies, without table cells."""
    bodies = [parts.spans(paper.canonical, body) for body in parts.body]
    return [span for spans in bodies for span in spans if not isinstance(span, int)]


def notice_spans(paper: Paper, parts: Parts) -> list[Span]:
    """The paragraphs of the notice or order that brings another paper, which no body holds, and
    what is said beside the signature."""
    held = set(body_spans(paper, parts))
    return [*(span for span in parts.notice if span not in held), *parts.remarks]


def conditions(paper: Paper) -> set[Span]:
    """The paragraphs that list conditions or papers to be handed in: their figures ask for
    nothing."""
    return {
        span
        for part in paper.ranges
        for node in part.root.walk()
        if lists_conditions(paper.text, node)
        for child in node.children
        for below in child.walk()
        for span in below.paragraphs
    }


def uncovered(paper: Paper, spans: Sequence[Span], drafts: Sequence[Draft]) -> list[Span]:
    """What the tasks, and tables whose cells ran together, leave of the spans."""
    tasks = [(d.task.char_start, d.task.char_end) for d in drafts if d.task.source == "body"]
    taken = _joined([*tasks, *paper.run_on])
    ends = [end for _, end in taken]
    left: list[Span] = []
    for start, end in spans:
        at = start
        for a, b in taken[bisect_right(ends, start) : bisect_left(taken, (end, end))]:
            if a > at:
                left.append((at, a))
            at = max(at, b)
        if at < end:
            left.append((at, end))
    return left


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def cited_spans(paper: Paper, parts: Parts) -> Iterator[Span]:
    """Where papers can be cited: the notice, the bodies and their tables' cells, in order."""
    apart = {s.start for i, s in enumerate(paper.canonical.stretches) if i in parts.apart}
    spans = [*parts.notice, *body_spans(paper, parts)]
    spans += [
        (s.start, s.end)
        for s in paper.canonical.stretches
        if s.table is not None and s.start < s.end and s.start not in apart
    ]
    last = -1
    for start, end in sorted(set(spans)):
        if start >= last:
            yield start, end
            last = end
