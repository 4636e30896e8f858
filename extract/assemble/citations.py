"""The papers that a paper names."""

from __future__ import annotations

from collections.abc import Sequence

from extract.assemble.paper import Paper
from extract.lens import View
from extract.model import Citation
from extract.outline.tree import Span
from extract.rules.papers.citations import CUE, find_citations, resolve


def citations(paper: Paper, spans: Sequence[Span], own: Sequence[str]) -> list[Citation]:
    """The rows in reading order; `own`: titles of the paper itself and of what it issues."""
    named = [span for span in spans if CUE.search(paper.text, *span)]
    mentions = [m for span in named for m in find_citations(View(paper.text, *span), own)]
    rows = []
    for number, mention in enumerate(resolve(mentions)):
        rows.append(
            Citation(
                citation_id=f"{paper.doc_id}-c{number:04d}",
                doc_id=paper.doc_id,
                section_id=paper.section_at(mention.char_start),
                relation=mention.relation,
                title=mention.title,
                doc_number=mention.doc_number,
                quote=paper.text[mention.char_start : mention.char_end],
                char_start=mention.char_start,
                char_end=mention.char_end,
            )
        )
    return rows
