"""The records: what readers hand on, and every column of the ten tables, declared once.

Two halves. The first is what a file is read into (`Source` with its blocks), whatever its format.
The second is what comes out: one dataclass a table, one `column(...)` a field; the Arrow schema and
`docs/tables.md` derive from these declarations. This module imports nothing of ours.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints

if TYPE_CHECKING:
    import pyarrow as pa

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the page's top left."""


# --- what a file is read into -------------------------------------------------------------------


class Line(NamedTuple):
    """One printed line, its characters as in the file; an empty text is a blank line."""

    text: str
    page: int | None = None
    box: Box | None = None


class Paragraph(NamedTuple):
    """A run of lines. `complete`: the format itself says where the paragraph ends (HTML, DOCX);
    otherwise (plain text, PDF) each line is a paragraph of its own and cleaning joins them."""

    lines: tuple[Line, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at `row`, `column` (from 0), covering `row_span` by `column_span` places."""

    row: int
    column: int
    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells in reading order, a merged cell once."""

    cells: tuple[Cell, ...]


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not read or not understood; becomes a row of `diagnostics`."""

    stage: str
    code: str
    message: str
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read. `printed`: what the web page or the form states beside the paper
    (索引号, 发布机构, 成文日期, 文号, 公开方式), label to value, as printed."""

    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    gaps: tuple[Gap, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)


class Stretch(NamedTuple):
    """A line of the canonical text: a paragraph (`table` is None) or one cell of a table.

    Cells of one table follow one another in row order, a merged cell once, at its first place.
    """

    start: int
    end: int
    table: int | None = None
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1


class Placed(NamedTuple):
    """A printed line's place: offsets in the canonical text, page and box."""

    start: int
    end: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Canonical:
    """The text that every offset counts in; `stretches` and `lines` in its order.

    `flattened`: tables whose columns had run together in plain text and were rebuilt.
    """

    text: str
    stretches: tuple[Stretch, ...]
    lines: tuple[Placed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    flattened: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A division of GB/T 2260: code 140200, name 大同市, full name 山西省大同市, admin level."""

    code: str
    name: str
    full_name: str
    admin_level: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the paper as a whole says to its parts: whose it is, when it was written (`numbered_in`:
    the year of its number), and whether it is a draft, so that 自发布之日起 has no date. `zone`:
    the development zone whose paper it is, 平潭综合实验区."""

    place: Place | None = None
    written_on: date | None = None
    plan_start: int | None = None
    plan_end: int | None = None
    draft: bool = False
    numbered_in: int | None = None
    zone: str = ""


# --- what comes out -----------------------------------------------------------------------------


def column(meaning: str, default: Any = None, **kwargs: Any) -> Any:
    """A column of a table: its meaning goes into the Parquet field and `docs/tables.md`."""
    if "default_factory" not in kwargs:
        kwargs["default"] = default
    return field(metadata={"meaning": meaning}, **kwargs)


def strings(meaning: str) -> Any:
    """A column that holds a list of strings, empty by default."""
    return column(meaning, default_factory=list)


@dataclass(slots=True)
class Document:
    """One row a file, also when the file could not be read."""

    doc_id: str = column("first 16 hex digits of the SHA-256 of the file's bytes", "")
    source: str = column("path below the input folder; a given file's name; a.zip!/b.docx", "")
    also_at: list[str] = strings("other places of the same bytes")
    sha256: str | None = column("of the bytes; null where they could not be read")
    format: str | None = column(
        "txt, md, html, mhtml, eml, docx, rtf, doc, pdf, ofd, xlsx, xls, csv, image"
    )
    rules_version: str | None = column("of the rules and words that made the rows")
    same_paper_as: str | None = column(
        "doc_id of the fullest copy of the same notice; null for that one"
    )
    status: str = column("ok, partial (diagnostics says what was skipped) or failed", "ok")
    error: str | None = column("for failed: what is wrong and what to do")
    text: str | None = column("canonical text: one paragraph or table cell a line")
    title: str | None = column("full title, line breaks and spaces inside it closed up")
    doc_number: str | None = column("发文字号, brackets as 〔〕")
    issuers: list[str] = strings("issuing authorities, full names as printed, in order")
    region_code: str | None = column("GB/T 2260 code of the issuer's place; 000000 for central")
    region_name: str | None = column("province down to the place: 山西省大同市")
    admin_level: str | None = column("national, province, prefecture, county, township")
    genre: str | None = column("文种 in the title's last word: 通知, 意见, 方案, …")
    signed_on: date | None = column("成文日期")
    printed_on: date | None = column("印发日期 in the closing block")
    recipients: list[str] = strings("主送机关, split at ， and ；")
    cc: list[str] = strings("抄送, split in the same way")
    disclosure: str | None = column("公开属性: 主动公开, …")
    plan_start: int | None = column("first year of the plan named in the title")
    plan_end: int | None = column("last year of the plan named in the title")
    pages: int | None = column("pages of the file; null where its format has none")
    chars: int | None = column("length of text in Unicode code points")


@dataclass(slots=True, kw_only=True)
class Found:
    """What every row found in text carries: documents.text[char_start:char_end] == quote."""

    quote: str = column("the characters, as in documents.text", "")
    char_start: int = column("offset of the first character, in code points", 0)
    char_end: int = column("offset after the last character", 0)


@dataclass(slots=True)
class Section(Found):
    """The heading tree: one row a numbered item, heading, annex or table."""

    section_id: str = column("doc_id, 's' and the place in reading order", "")
    doc_id: str = column("the document", "")
    parent_id: str | None = column("the section above")
    seq: int = column("reading order, from 0", 0)
    level: int = column("1 is 一、", 1)
    label: str | None = column("as printed: 一、 （一） 1. （1） 第三条")
    path: str | None = column("printed ordinals in Arabic figures from the top: 2.3.9, A2:1.1.7")
    heading: str | None = column("the heading's words, without its label")
    kind: str = column(
        "letterhead, preamble, goal, task, safeguard, annex, table, roster, colophon, other",
        "other",
    )


@dataclass(slots=True)
class Task(Found):
    """What is to be done."""

    task_id: str = column("doc_id, 't' and the place in reading order", "")
    doc_id: str = column("the document", "")
    section_id: str | None = column("the section that holds it")
    parent_task_id: str | None = column("for a table row the body's task it details; upper task")
    seq: int = column("reading order in the document, from 0", 0)
    label: str | None = column("as printed")
    path: str | None = column("as in sections; a row without a number has its group's")
    title: str | None = column("the item's own heading: 提高政治能力")
    text: str = column("full text without label and closing responsibility parenthesis", "")
    kind: str = column("main, or safeguard for items under a safeguard section", "main")
    source: str = column("body or table", "body")


@dataclass(slots=True)
class Responsibility(Found):
    """Who answers for a task: one row a unit."""

    responsibility_id: str = column("doc_id, 'r' and the place in reading order", "")
    doc_id: str = column("the document", "")
    task_id: str = column("the task", "")
    unit_id: str | None = column("the row of units, for an organ")
    role: str = column("lead, responsible or support", "responsible")
    basis: str = column("assigned, inherited or subject", "assigned")
    unit: str = column("one unit, spelled out as it would be said in full in that text", "")
    name: str = column("normalised full name: 大同市财政局", "")
    function: str | None = column("department family, comparable across places: 财政")
    unit_type: str = column("organ, collective or other", "organ")
    open_set: bool = column("the list closes with 等", False)
    region_code: str | None = column("of the unit, where it follows from the issuer")
    admin_level: str | None = column("of the unit, where it follows from the issuer")


@dataclass(slots=True)
class Deadline(Found):
    """When something is due, or when it holds."""

    deadline_id: str = column("doc_id, 'd' and the place in reading order", "")
    doc_id: str = column("the document", "")
    section_id: str | None = column("the section that holds it")
    task_id: str | None = column("the task; null outside tasks")
    kind: str = column("by, in, from, until, within, recurring, ongoing", "by")
    start_on: date | None = column("first day: in, from")
    end_on: date | None = column("last day: by, in, until")
    recurrence: str | None = column("RFC 5545 rule, for recurring")
    anchor: str | None = column("for within: the event that starts the term")
    duration: str | None = column("for within: ISO 8601 duration, P30D")
    working_days: bool = column("the duration counts working days", False)
    ongoing: bool = column("完成并长期坚持: goes on after its date", False)
    inferred: bool = column("the year was taken from the document", False)
    hedged: bool = column("原则上, 力争, 左右", False)


@dataclass(slots=True)
class Target(Found):
    """A figure to be reached, or a standard."""

    target_id: str = column("doc_id, 'g' and the place in reading order", "")
    doc_id: str = column("the document", "")
    section_id: str | None = column("the section that holds it")
    task_id: str | None = column("the task; null outside tasks")
    deadline_id: str | None = column("the deadline by which it is to be reached")
    indicator: str | None = column("what is measured, in the text's words")
    op: str = column(">=, <=, =, >, <, ~ or range", "=")
    value: float = column("the figure in the unit's base: 3万人 is 30000", 0.0)
    value_max: float | None = column("upper end of a range")
    unit: str | None = column("学时, %, 百分点, 次, 个, 人, 元, …")
    per: str | None = column("每人每年, 每年, 每半年, …")
    change: str | None = column("increase_by, increase_to, decrease_by, decrease_to, multiple")
    baseline: str | None = column("what a change is measured from: 比2020年")
    nature: str = column("goal, or standard for what is granted, charged or capped", "goal")
    hedged: bool = column("原则上, 力争, 左右", False)


@dataclass(slots=True)
class Citation(Found):
    """A paper that the document names."""

    citation_id: str = column("doc_id, 'c' and the place in reading order", "")
    doc_id: str = column("the document", "")
    section_id: str | None = column("the section that holds it")
    relation: str = column("basis, forwarded or mention", "mention")
    title: str | None = column("inside 《》, inner 〈〉 as printed")
    doc_number: str | None = column("发文字号 of the cited paper")
    cited_doc_id: str | None = column("that paper, where it is in the same output")


@dataclass(slots=True)
class Unit:
    """A distinct organ."""

    unit_id: str = column("from name and region_code: the same in every output", "")
    name: str = column("normalised full name", "")
    function: str | None = column("department family")
    region_code: str | None = column("GB/T 2260 code of its place")
    admin_level: str | None = column("national, province, prefecture, county, township")
    aliases: list[str] = strings("as found")


@dataclass(slots=True)
class PrintedLine:
    """Where an offset stands on the page."""

    doc_id: str = column("the document", "")
    line: int = column("printed lines in order, from 0", 0)
    char_start: int = column("offset of the line's first character in documents.text", 0)
    char_end: int = column("offset after its last character", 0)
    page: int | None = column("from 1; null for text")
    x0: float | None = column("points from the page's left")
    y0: float | None = column("points from the page's top")
    x1: float | None = column("points from the page's left")
    y1: float | None = column("points from the page's top")


@dataclass(slots=True)
class Diagnostic:
    """An honest gap: a cue with no row, a page without text, a part skipped."""

    doc_id: str = column("the document", "")
    stage: str = column("read, clean, outline, find, assemble or write", "")
    code: str = column("kind of gap, one word or more with _", "")
    message: str = column("what is missing and the next step", "")
    quote: str | None = column("the characters concerned")
    char_start: int | None = column("offset of the first character")
    char_end: int | None = column("offset after the last character")


TABLES: dict[str, type[Any]] = {
    "documents": Document,
    "sections": Section,
    "tasks": Task,
    "responsibilities": Responsibility,
    "deadlines": Deadline,
    "targets": Target,
    "citations": Citation,
    "units": Unit,
    "lines": PrintedLine,
    "diagnostics": Diagnostic,
}
"""Table name to record class, in the order of `docs/tables.md`."""


def columns(table: str) -> list[dataclasses.Field[Any]]:
    """The fields of a table in column order: ids and values first, the quote last."""
    fields = dataclasses.fields(TABLES[table])
    found = {"quote", "char_start", "char_end"} if table not in ("lines", "diagnostics") else set()
    return [f for f in fields if f.name not in found] + [f for f in fields if f.name in found]


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table, each field with its meaning as metadata `description`."""
    import pyarrow as pa  # takes time that who reads one paper does not need

    types: dict[Any, pa.DataType] = {
        str: pa.string(),
        int: pa.int32(),
        float: pa.float64(),
        bool: pa.bool_(),
        date: pa.date32(),
        list[str]: pa.list_(pa.string()),
    }
    hints = get_type_hints(TABLES[table])
    fields = []
    for item in columns(table):
        hint = hints[item.name]
        nullable = type(None) in getattr(hint, "__args__", ())
        if nullable:
            hint = next(a for a in hint.__args__ if a is not type(None))
        note = {"description": item.metadata["meaning"]}
        fields.append(pa.field(item.name, types[hint], nullable=nullable, metadata=note))
    return pa.schema(fields, metadata={"table": table})
