"""A paper being assembled: its text and parts, whose it is, its heading trees, its gaps."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from extract.model import Canonical, Diagnostic, Setting
from extract.outline.columns import Table, read_table
from extract.outline.tree import Node, Span


@dataclass(frozen=True, slots=True)
class Range:
    """A run of text with a heading tree of its own: the main text, or an annex (`prefix` A2:).

    `tasks`: all, stated or none - which of its items are tasks. `end`: offset after its text.
    `heading`: the span of an annex's number and title.
    """

    root: Node
    tasks: str
    end: int
    prefix: str = ""
    annex: int | None = None
    heading: Span | None = None
    title: str = ""


@dataclass(slots=True)
class Paper:
    """What every assembling step works on."""

    doc_id: str
    canonical: Canonical
    setting: Setting
    ranges: list[Range]
    section_starts: list[int] = field(default_factory=list)
    section_ids: list[str] = field(default_factory=list)
    gaps: list[Diagnostic] = field(default_factory=list)
    tables: dict[int, Table] = field(default_factory=dict)
    run_on: list[Span] = field(default_factory=list)
    """Stretches of the text that are tables whose cells ran together."""

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.canonical.text

    def table(self, number: int) -> Table:
        """A table's cells and heads, read once."""
        if number not in self.tables:
            self.tables[number] = read_table(self.canonical, number)
        return self.tables[number]

    def closed_up(self, span: Span | None) -> str | None:
        """The words of a span with white space closed up; None for None or nothing."""
        if span is None:
            return None
        return "".join(self.text[span[0] : span[1]].split()) or None

    def section_at(self, offset: int) -> str | None:
        """The innermost section that has begun at an offset."""
        place = bisect_right(self.section_starts, offset) - 1
        return self.section_ids[place] if place >= 0 else None

    def gap(self, stage: str, code: str, message: str, span: Span | None = None) -> None:
        """Note a gap; becomes a row of diagnostics."""
        row = Diagnostic(doc_id=self.doc_id, stage=stage, code=code, message=message)
        if span is not None and span[0] < span[1]:
            row.char_start, row.char_end = span
            row.quote = self.text[span[0] : span[1]]
        self.gaps.append(row)
