"""Assemble: what the rules found becomes rows, each tied to its task and its section.

Only this step sees all the others. `assemble` is the flow: parts → trees → drafts of tasks → who
answers, what is due, what is to be reached, what is cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract import lazy as regex
from extract.assemble.citations import citations
from extract.assemble.deadlines import Timed, deadlines, times_of, times_outside
from extract.assemble.drafts import Draft, draft_tasks
from extract.assemble.goals import (
    aims,
    indicator_tables,
    said_goals,
    time_of_head,
    times_of_aims,
)
from extract.assemble.metadata import Metadata, read_metadata
from extract.assemble.paper import Paper
from extract.assemble.ranges import read_range, tasks_of_title
from extract.assemble.responsibilities import responsibilities, units
from extract.assemble.sections import sections
from extract.assemble.spans import (
    body_spans,
    cited_spans,
    conditions,
    notice_spans,
    uncovered,
)
from extract.assemble.targets import targets
from extract.lens import View
from extract.model import Canonical, Document, PrintedLine, Source
from extract.outline.parts import Parts, find_parts
from extract.outline.tree import Span
from extract.result import Extraction


def assemble(document: Document, source: Source, canonical: Canonical) -> Extraction:
    """All rows of one paper; `document` brings its id, source and hash."""
    parts = find_parts(canonical)
    metadata = read_metadata(canonical, parts, source.printed)
    ranges = [read_range(canonical, parts, metadata, body) for body in parts.body]
    paper = Paper(document.doc_id, canonical, metadata.setting, ranges)
    tables = indicator_tables(paper)
    drafts = draft_tasks(paper, tables)
    section_rows = sections(paper, parts)
    for draft in drafts:
        draft.task.section_id = paper.section_at(draft.task.char_start)
    apart = uncovered(paper, body_spans(paper, parts), drafts)
    if not drafts and not metadata.is_official:
        apart = []
        if canonical.text.strip():
            paper.gap("assemble", "no_official_paper", _NO_PAPER)
    answers = responsibilities(paper, drafts, apart)
    around = notice_spans(paper, parts) if drafts or metadata.is_official else []
    aimed = aims(paper, drafts, tables)
    timed = [
        *_timed(paper, drafts, sorted({*apart, *around})),
        *((None, said) for said in said_goals(paper, tables)),
        *times_of_aims(paper, aimed),
    ]
    due = deadlines(paper, timed)
    result = Extraction(
        documents=[document],
        sections=section_rows,
        tasks=[draft.task for draft in drafts],
        responsibilities=answers,
        deadlines=due,
        targets=targets(paper, timed, aimed, due),
        citations=citations(paper, list(cited_spans(paper, parts)), _own_titles(metadata, parts)),
        units=units(answers),
        lines=_lines(paper),
    )
    _fill(document, source, canonical, metadata)
    _note_gaps(paper, document)
    if metadata.place_from_text:
        paper.gap("assemble", "place_from_text", _PLACE_SAID)
    title = metadata.title or ""
    if not drafts and tasks_of_title(title) == "all":
        paper.gap("assemble", "no_task_found", _NO_TASK)
    elif not drafts and paper.tables and _LISTS_DUTIES.search(title):
        paper.gap("assemble", "no_task_found", _NO_ROW)
    result.diagnostics = paper.gaps
    return result


_PLACE_SAID = (
    "neither head, title, number nor signature name the issuer's place in full; it is the one "
    "whose government the opening names, or whose short name ends the title, of the level that the "
    "text calls its own (全市, 我县): look whether it is right"
)


def _timed(
    paper: Paper, drafts: Sequence[Draft], apart: Sequence[Span]
) -> Iterator[tuple[str | None, Timed]]:
    """Every view that is read for times and figures, with the task it belongs to."""
    for draft in drafts:
        for timed in times_of(paper, draft):
            yield draft.task.task_id, timed
        for cell in draft.targets:
            year = time_of_head(paper, cell.year)
            yield draft.task.task_id, Timed(View(paper.text, *cell.span), head=year)
    for timed in times_outside(paper, apart, conditions(paper)):
        yield None, timed


def _own_titles(metadata: Metadata, parts: Parts) -> list[str]:
    return [own for own in (metadata.title, metadata.doc_number, *parts.issued) if own]


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


def _note_gaps(paper: Paper, document: Document) -> None:
    """Gaps of reading and cleaning become diagnostics; a skipped part makes the paper partial."""
    for gap in paper.canonical.gaps:
        span = None
        if gap.char_start is not None and gap.char_end is not None:
            span = gap.char_start, gap.char_end
        paper.gap(gap.stage, gap.code, gap.message, span)
        if gap.code in _PARTIAL:
            document.status = "partial"


_NO_TASK = "a plan by its title, but no numbered item directs anything; read it on the paper"
_NO_ROW = (
    "a list of duties by its title, but no row of its table was read as a task, as no head names "
    "what is to be done and who does it; read it on the paper"
)
_LISTS_DUTIES = regex.compile("任务|分工|清单|台账|考核|责任")
_NO_PAPER = (
    "no genre, number, issuer or recipients, so this is read as news or an essay: "
    "dates and figures were not taken; read it if it is a paper after all"
)
_PARTIAL = frozenset(
    (
        "page_without_text", "page_unreadable", "too_many_pages", "file_cut", "no_text",
        "picture_not_read", "picture_in_text", "too_many_pictures", "sheet_too_large",
        "attachment_not_read", "annotation_not_read", "deep_nesting", "damaged_xml",
        "entities_not_expanded", "damaged_mail", "glyphs_without_text", "undecoded_bytes",
        "text_elsewhere", "formula_without_value", "sideways_text",
    )
)  # fmt: skip
"""Gaps of reading that may have cost words of the paper, be it only those in a picture. The others
doubt what was read (no_chinese, ocr_doubtful) or tell of what is no text (signed)."""
