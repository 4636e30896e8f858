"""One paper in every format gives the same tasks, units, deadlines and targets, row for row."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import printing
import pytest
from likeness import broken_spans, likeness, metadata, read
from papers import RAW
from printing import Piece, Table
from reportlab.lib.pagesizes import A4, B5, landscape
from written import NOTICE, PLAN, TABLE

from extract import Extraction

Writer = Callable[[list[Piece]], bytes]
WRITERS: dict[str, Writer] = {
    "html": printing.as_html,
    "mhtml": printing.as_mail,
    "docx": printing.as_docx,
    "rtf": printing.as_rtf,
    "a4.pdf": lambda paper: printing.as_pdf(paper, A4),
    "b5.pdf": lambda paper: printing.as_pdf(paper, B5, 14),
    "broad.pdf": lambda paper: printing.as_pdf(paper, landscape(A4), 12),
    "ofd": printing.as_ofd,
}
SEEDS = {path.name[:3]: path for path in sorted(RAW.glob("*.txt"))}
PAPERS = (*SEEDS, "notice", "plan")


@cache
def paper(name: str) -> tuple[list[Piece], Extraction]:
    """A paper in pieces, and as plain text gives it."""
    if name in SEEDS:
        text = SEEDS[name].read_text(encoding="utf-8")
        return printing.pieces(text), read(text)
    if name == "notice":
        return printing.pieces(NOTICE), read(NOTICE)
    pieces = [*printing.pieces(PLAN), "附件", "行政执法监督整改任务清单", printing.table(TABLE)]
    return pieces, read(printing.as_text(pieces))


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("form", WRITERS)
def test_same_rows_in_every_format(name: str, form: str) -> None:
    pieces, plain = paper(name)
    result = read(WRITERS[form](pieces), f"paper.{form}")
    assert result.document.format == form.rpartition(".")[2]
    assert broken_spans(result) == []
    assert likeness(result) == likeness(plain)
    assert metadata(result) == metadata(plain)


def test_written_papers_hold_what_is_compared() -> None:
    counts = [
        (len(r.tasks), len(r.responsibilities), len(r.deadlines), len(r.targets))
        for r in (paper("notice")[1], paper("plan")[1])
    ]
    assert counts == [(7, 22, 12, 10), (7, 15, 8, 5)]


@pytest.mark.parametrize("name", ["003", "004", "plan"])
def test_tables_in_workbooks(name: str) -> None:
    """A workbook has the table alone, so what follows from the paper's body is not compared: the
    place in names, the year in dates, the annex in paths, and the roles of units in cells that
    have run into one another."""
    pieces, plain = paper(name)
    table = next(
        piece for piece in reversed(pieces) if isinstance(piece, Table) and piece.columns > 2
    )
    result = read(printing.as_xlsx(table, "任务清单"), "paper.xlsx")
    rows = [task for task in plain.tasks if task.source == "table"]
    assert [task.text for task in result.tasks] == [task.text for task in rows]
    assert _units(result) == _units(plain)


def _units(result: Extraction) -> list[list[str]]:
    return [
        sorted(r.unit for r in result.responsibilities if r.task_id == task.task_id)
        for task in result.tasks
        if task.source == "table"
    ]
