"""Assemble: what the rules found becomes rows, each tied to its task and its section.

Only this step sees all the others. `assemble` is the flow: parts → trees → drafts of tasks → who
answers, what is due, what is to be reached, what is cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extract.assemble.citations import citations
from extract.assemble.deadlines import Timed, deadlines, times_of, times_outside
from extract.assemble.drafts import Draft, Drafts, draft_tasks
from extract.assemble.paper import Paper, Range
from extract.assemble.responsibilities import responsibilities, units
from extract.assemble.sections import sections
from extract.assemble.targets import targets
from extract.lens import View
from extract.lexicon import load, spellings
from extract.model import Canonical, Document, PrintedLine, Source
from extract.outline.parts import Body, Parts, find_parts
from extract.outline.tree import Span, build_tree
from extract.result import Extraction
from extract.rules.metadata import Metadata, read_metadata


def assemble(document: Document, source: Source, canonical: Canonical) -> Extraction:
    """All rows of one paper; `document` brings its id, source and hash."""
    parts = find_parts(canonical)
    metadata = read_metadata(canonical, parts, source.printed)
    ranges = [_range(canonical, parts, metadata, body) for body in parts.body]
    paper = Paper(document.doc_id, canonical, metadata.setting, ranges)
    section_rows = sections(paper, parts)
    drafts = draft_tasks(paper)
    for draft in drafts.tasks:
        draft.task.section_id = paper.section_at(draft.task.char_start)
    answers = responsibilities(paper, drafts.tasks)
    timed = list(_timed(paper, parts, drafts))
    due = deadlines(paper, timed)
    result = Extraction(
        documents=[document],
        sections=section_rows,
        tasks=[draft.task for draft in drafts.tasks],
        responsibilities=answers,
        deadlines=due,
        targets=targets(paper, timed, due),
        citations=citations(paper, list(_read_spans(paper, parts)), _own_titles(metadata, parts)),
        units=units(answers),
        lines=_lines(paper),
    )
    _fill(document, source, canonical, metadata)
    _note_gaps(paper, source, document)
    result.diagnostics = paper.gaps
    return result


def _range(canonical: Canonical, parts: Parts, metadata: Metadata, body: Body) -> Range:
    """A body with its heading tree, and which of its items its genre makes tasks."""
    annexed = body.annex is not None and not parts.annex_only
    prefix = f"A{body.annex}:" if annexed else ""
    root = build_tree(canonical.text, parts.spans(canonical, body), prefix)
    title = "".join(
        canonical.text[canonical.stretches[i].start : canonical.stretches[i].end]
        for i in body.title
    )
    heading = None
    if body.head is not None:
        stretch = canonical.stretches[body.head]
        heading = stretch.start, stretch.end
    words = View(title or metadata.title or "").text
    return Range(root, _tasks_of_title(words), prefix, body.annex if annexed else None, heading)


def _tasks_of_title(title: str) -> str:
    """all, stated or none, by the genre in which a title ends (`genre_tasks.tsv`)."""
    words = _NOTE.sub("", title).rstrip('》”"')
    for term, tasks in _genres():
        if words.endswith(term):
            return tasks
    return "stated"


_NOTE = regex.compile(r"(?:\([^()]*\)?)+$")


@cache
def _genres() -> tuple[tuple[str, str], ...]:
    """Genre words with what they give, longest first."""
    found = [(term, row["tasks"]) for row in load("genre_tasks") for term in spellings(row["term"])]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def _timed(paper: Paper, parts: Parts, drafts: Drafts) -> Iterator[tuple[str | None, Timed]]:
    """Every view that is read for times and figures, with the task it belongs to."""
    for draft in drafts.tasks:
        for timed in times_of(paper, draft):
            yield draft.task.task_id, timed
        for view in draft.targets:
            yield draft.task.task_id, (view, [])
    spans = _uncovered(_body_spans(paper, parts), drafts.tasks)
    for timed in times_outside(paper, spans):
        yield None, timed


def _body_spans(paper: Paper, parts: Parts) -> list[Span]:
    """The paragraphs of all bodies, without table cells."""
    bodies = [parts.spans(paper.canonical, body) for body in parts.body]
    return [span for spans in bodies for span in spans if not isinstance(span, int)]


def _uncovered(spans: Sequence[Span], drafts: Sequence[Draft]) -> list[Span]:
    """What the tasks leave of the spans."""
    taken = sorted((d.task.char_start, d.task.char_end) for d in drafts if d.task.source == "body")
    left: list[Span] = []
    for start, end in spans:
        at = start
        for a, b in taken:
            if b <= at or a >= end:
                continue
            if a > at:
                left.append((at, a))
            at = max(at, b)
        if at < end:
            left.append((at, end))
    return left


def _read_spans(paper: Paper, parts: Parts) -> Iterator[Span]:
    """Where papers can be cited: the notice, the bodies and their tables' cells, in order."""
    apart = {s.start for i, s in enumerate(paper.canonical.stretches) if i in parts.apart}
    spans = [*parts.notice, *_body_spans(paper, parts)]
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


def _own_titles(metadata: Metadata, parts: Parts) -> list[str]:
    return [title for title in (metadata.title, *parts.issued) if title]


def _lines(paper: Paper) -> list[PrintedLine]:
    rows = []
    for number, line in enumerate(paper.canonical.lines):
        x0, y0, x1, y1 = line.box or (None, None, None, None)
        rows.append(
            PrintedLine(paper.doc_id, number, line.start, line.end, line.page, x0, y0, x1, y1)
        )
    return rows


def _fill(document: Document, source: Source, canonical: Canonical, metadata: Metadata) -> None:
    """The document's columns."""
    document.format = source.format
    document.pages = source.pages
    document.text = canonical.text
    document.chars = len(canonical.text)
    for name in (
        "title",
        "doc_number",
        "region_code",
        "region_name",
        "admin_level",
        "genre",
        "signed_on",
        "printed_on",
        "disclosure",
        "plan_start",
        "plan_end",
    ):
        setattr(document, name, getattr(metadata, name))
    for name in ("issuers", "recipients", "cc"):
        setattr(document, name, list(getattr(metadata, name)))


def _note_gaps(paper: Paper, source: Source, document: Document) -> None:
    """Gaps of reading and cleaning become diagnostics; a skipped part makes the paper partial."""
    for gap in (*source.gaps, *paper.canonical.gaps):
        span = None
        if gap.char_start is not None and gap.char_end is not None:
            span = gap.char_start, gap.char_end
        paper.gap(gap.stage, gap.code, gap.message, span)
        if gap.code in _PARTIAL:
            document.status = "partial"


_PARTIAL = frozenset({"page_without_text", "part_skipped", "table_not_read", "cut_off"})
