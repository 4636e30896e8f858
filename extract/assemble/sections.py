"""The sections table: the parts of the paper, its heading trees, annexes and tables."""

from __future__ import annotations

from extract.assemble.paper import Paper, Range
from extract.lens import View
from extract.model import Section
from extract.outline.parts import Parts
from extract.outline.rosters import ROSTER
from extract.outline.tree import Node, Span


def sections(paper: Paper, parts: Parts) -> list[Section]:
    """The rows in reading order, numbered; fills the paper's `section_at`."""
    rows: list[tuple[Section, Section | None]] = []
    for kind, spans in (("letterhead", parts.letterhead), ("colophon", parts.colophon)):
        if spans:
            rows.append((_section(paper, (spans[0][0], spans[-1][1]), kind, 1), None))
    for part in paper.ranges:
        rows += _of_range(paper, part)
    rows.sort(key=lambda item: (item[0].char_start, item[0].level))
    for seq, (row, _) in enumerate(rows):
        row.seq = seq
        row.section_id = f"{paper.doc_id}-s{seq:04d}"
    for row, parent in rows:
        row.parent_id = parent.section_id if parent else None
    placed = [row for row, _ in rows if row.kind != "colophon"]
    paper.section_starts = [row.char_start for row in placed]
    paper.section_ids = [row.section_id for row in placed]
    return [row for row, _ in rows]


def _section(paper: Paper, span: Span, kind: str, level: int) -> Section:
    return Section(
        doc_id=paper.doc_id,
        level=level,
        kind=kind,
        quote=paper.text[span[0] : span[1]],
        char_start=span[0],
        char_end=span[1],
    )


def _of_range(paper: Paper, part: Range) -> list[tuple[Section, Section | None]]:
    rows: list[tuple[Section, Section | None]] = []
    top: Section | None = None
    if part.annex is not None and part.heading is not None:
        top = _section(paper, part.heading, "annex", 1)
        top.path = part.prefix.rstrip(":") or None
        top.heading = part.title or paper.closed_up(part.heading)
        rows.append((top, None))
    if part.root.paragraphs:
        span = part.root.paragraphs[0][0], part.root.paragraphs[-1][1]
        kind = "preamble" if part.annex is None else "other"
        rows.append((_section(paper, span, kind, 1), top))
    _add_tables(paper, part.root, top, rows)
    for child in part.root.children:
        _add(paper, child, top, rows)
    return rows


def _add(
    paper: Paper, node: Node, above: Section | None, rows: list[tuple[Section, Section | None]]
) -> None:
    kind = "other" if node.section_kind == "background" else node.section_kind
    row = _section(paper, (node.start, node.end), kind, node.level)
    row.label = node.label
    row.path = node.path
    row.heading = paper.closed_up(node.heading)
    rows.append((row, above))
    _add_tables(paper, node, row, rows)
    for child in node.children:
        _add(paper, child, row, rows)


def _add_tables(
    paper: Paper, node: Node, above: Section | None, rows: list[tuple[Section, Section | None]]
) -> None:
    for table in node.tables:
        cells = [s for s in paper.canonical.stretches if s.table == table and s.start < s.end]
        if cells:
            span = min(c.start for c in cells), max(c.end for c in cells)
            words = View(paper.text, *span).text
            kind = "roster" if ROSTER.search(words) else "table"
            row = _section(paper, span, kind, node.level + 1)
            row.path = node.path or (above.path if above else None)
            rows.append((row, above))
