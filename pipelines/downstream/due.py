"""The table `due`: on which days of a window what falls due, for whom, by which paper.

`by`, `in`, `until`, and `within` with a known end fall due on their last day. A recurring deadline
falls due at the end of each period (pipelines/recurrence.py), from its paper's date (without one,
the start of its plan) to the end of its paper's plan, else for OPEN_YEARS years. Of a
paper's copies the fullest one counts.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipelines.downstream.recurrence import Occurrence, RuleError, occurrences
from pipelines.store import Output, open_output

OPEN_YEARS = 5
"""Years after the paper's that a duty without an end recurs: rules of administration commonly
hold no longer (规范性文件有效期), plans neither."""
_LEFT_OUT = b"left_out"

_ROLES = ("lead", "responsible", "support")
_NAMES = pa.list_(pa.string())
_COLUMNS: tuple[tuple[str, pa.DataType, bool, str], ...] = (
    ("due_id", pa.string(), False, "deadline_id and the day"),
    ("due_on", pa.date32(), False, "the day"),
    ("doc_id", pa.string(), False, "the document"),
    ("task_id", pa.string(), True, "the task; null outside tasks"),
    ("deadline_id", pa.string(), False, "the deadline that falls due"),
    ("period_start", pa.date32(), True, "recurring: first day of the period it is due for"),
    ("period_end", pa.date32(), True, "recurring: last day of the period it is due for"),
    ("kind", pa.string(), False, "of the deadline: by, in, until, within, recurring"),
    ("title", pa.string(), True, "of the task or section; else its first sentence"),
    ("text", pa.string(), True, "of the task; outside tasks the sentence that holds the time"),
    ("path", pa.string(), True, "of the task or section"),
    ("lead", _NAMES, False, "full names of the units in the lead"),
    ("responsible", _NAMES, False, "full names of the units that are responsible"),
    ("support", _NAMES, False, "full names of the units that support"),
    ("unit_ids", _NAMES, False, "rows of units, all roles together"),
    ("unit_basis", pa.string(), True, "stated; subject where only the task's text names them"),
    ("doc_title", pa.string(), True, "the document's title"),
    ("doc_number", pa.string(), True, "the document's 发文字号"),
    ("doc_date", pa.date32(), True, "成文日期, else 印发日期"),
    ("region_code", pa.string(), True, "GB/T 2260 code of the issuer's place"),
    ("region_name", pa.string(), True, "province down to the place"),
    ("quote", pa.string(), False, "the time expression, as in documents.text"),
    ("hedged", pa.bool_(), False, "原则上, 力争, 左右"),
    ("inferred", pa.bool_(), False, "the year was taken from the document"),
    ("ongoing", pa.bool_(), False, "goes on after its date"),
    ("open_end", pa.bool_(), False, f"recurring without a known end: at most {OPEN_YEARS} years"),
    ("source", pa.string(), False, "the document's file"),
)
SCHEMA = pa.schema(
    [
        pa.field(name, kind, nullable=nullable, metadata={"description": meaning})
        for name, kind, nullable, meaning in _COLUMNS
    ],
    metadata={"table": "due"},
)
_DEADLINE = (
    *("deadline_id", "doc_id", "section_id", "task_id", "kind", "end_on", "recurrence", "quote"),
    *("char_start", "char_end", "hedged", "inferred", "ongoing"),
)
_DOCUMENT = (
    *("doc_id", "title", "doc_number", "signed_on", "printed_on", "plan_start", "plan_end"),
    *("region_code", "region_name", "source"),
)
_TASK = ("task_id", "title", "text", "path", "seq")
_ANSWER = ("responsibility_id", "task_id", "unit_id", "role", "basis", "name")
_SENTENCE = r"^(?P<first>[^。！？；\n]+)"
_SENTENCE_ENDS = "。！？；\n"


class DueError(ValueError):
    """A window or a file that cannot be; the message says what to give instead."""


def due_rows(out: str | os.PathLike[str], since: date, until: date) -> pa.Table:
    """What falls due from `since` to `until`, both included, by the tables of an output.

    Sorted by day, document and task. Raises StoreError where there is no output, DueError for a
    window that ends before it begins.
    """
    return due_table(open_output(out), since, until)


def due_table(output: Output, since: date, until: date) -> pa.Table:
    """As due_rows, of one version of an output."""
    if until < since:
        raise DueError(f"the window ends ({until}) before it begins ({since}); turn them round")
    recurs = ds.field("kind") == "recurring"
    ends = (ds.field("end_on") >= since) & (ds.field("end_on") <= until)
    fixed = _scan(output, "deadlines", _DEADLINE, ~recurs & ends)
    recurring = _scan(output, "deadlines", _DEADLINE, recurs)
    wanted = pa.concat_tables([fixed, recurring])["doc_id"]
    original = ds.field("same_paper_as").is_null()
    papers = _scan(output, "documents", _DOCUMENT, _isin("doc_id", wanted) & original)
    papers = papers.append_column(
        "doc_date", pc.coalesce(papers["signed_on"], papers["printed_on"])
    )
    fixed, recurring = (_of_papers(rows, papers) for rows in (fixed, recurring))
    expanded, missing = _expanded(recurring, papers, since, until)
    rows = pa.concat_tables([_on_their_day(fixed), expanded])
    table = _assembled(output, rows, papers)
    note = {_LEFT_OUT: json.dumps(missing, ensure_ascii=False, sort_keys=True)}
    return table.replace_schema_metadata({**SCHEMA.metadata, **note})


def left_out(due: pa.Table) -> dict[str, int]:
    """Of the table: for what reason how many recurring deadlines were not expanded."""
    found: dict[str, int] = json.loads(due.schema.metadata[_LEFT_OUT])
    return found


def _scan(output: Output, table: str, columns: tuple[str, ...], wanted: ds.Expression) -> pa.Table:
    """The wanted rows of a table, its files read batch by batch."""
    rows: pa.Table = output.dataset(table).to_table(columns=list(columns), filter=wanted)
    return rows


def _isin(column: str, values: pa.ChunkedArray) -> ds.Expression:
    return ds.field(column).isin(pc.unique(values.drop_null()))


def _of_papers(deadlines: pa.Table, papers: pa.Table) -> pa.Table:
    return deadlines.filter(pc.is_in(deadlines["doc_id"], value_set=papers["doc_id"]))


def _joined(keys: pa.ChunkedArray, table: pa.Table, key: str) -> pa.Table:
    """For each key its row of a table; nulls where there is none."""
    return table.take(pc.index_in(keys, value_set=table[key]))


# --- days ---------------------------------------------------------------------------------------


def _on_their_day(fixed: pa.Table) -> pa.Table:
    none = pa.nulls(fixed.num_rows, pa.date32())
    is_open = pa.repeat(False, fixed.num_rows)
    return _with_days(fixed, fixed["end_on"], none, none, is_open)


def _with_days(rows: pa.Table, due_on: Any, start: Any, end: Any, open_end: Any) -> pa.Table:
    days = {"due_on": due_on, "period_start": start, "period_end": end, "open_end": open_end}
    for name, values in days.items():
        rows = rows.append_column(SCHEMA.field(name), values)
    return rows


def _expanded(
    recurring: pa.Table, papers: pa.Table, since: date, until: date
) -> tuple[pa.Table, dict[str, int]]:
    """The recurring deadlines, a row an occurrence, and why how many were left out."""
    paper = _joined(recurring["doc_id"], papers, "doc_id")
    facts = (recurring["recurrence"], paper["doc_date"], paper["plan_start"], paper["plan_end"])
    missing: Counter[str] = Counter()
    places: list[int] = []
    found: list[Occurrence] = []
    is_open: list[bool] = []
    for place, (rule, written, plan_start, plan_end) in enumerate(_zipped(facts)):
        try:
            first, last = _span(written, plan_start, plan_end, since)
            days = list(occurrences(rule or "", first, max(first, since), min(last, until)))
        except RuleError as error:
            missing[str(error)] += 1
            continue
        places += [place] * len(days)
        found += days
        is_open += [plan_end is None] * len(days)
    due_on = pa.array([one.due_on for one in found], pa.date32())
    start = pa.array([one.period.start for one in found], pa.date32())
    end = pa.array([one.period.end for one in found], pa.date32())
    rows = recurring.take(pa.array(places, pa.int64()))
    return _with_days(rows, due_on, start, end, pa.array(is_open, pa.bool_())), dict(missing)


def _span(
    written: date | None, plan_start: int | None, plan_end: int | None, since: date
) -> tuple[date, date]:
    """First and last day on which a paper's recurring duties hold; raises RuleError."""
    if written is None and plan_start is None:
        raise RuleError("paper without a date")
    first = written or date(plan_start or 0, 1, 1)
    last = date(plan_end or first.year + OPEN_YEARS, 12, 31)
    if plan_end is None and last < since:
        raise RuleError(f"no end known, paper older than {OPEN_YEARS} years")
    return first, last


def _zipped(columns: Iterable[pa.ChunkedArray]) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in columns), strict=True)


# --- what falls due, and for whom ---------------------------------------------------------------


def _assembled(output: Output, rows: pa.Table, papers: pa.Table) -> pa.Table:
    """The rows with task, section, units and paper, sorted."""
    task_ids = rows["task_id"]
    tasks = _scan(output, "tasks", _TASK, _isin("task_id", task_ids))
    task = _joined(task_ids, tasks, "task_id")
    outside = rows.filter(pc.is_null(task_ids))
    held = _isin("section_id", outside["section_id"])
    sections = _scan(output, "sections", ("section_id", "heading", "path"), held)
    heads = pc.if_else(pc.is_null(task_ids), rows["section_id"], None)
    section = _joined(heads, sections, "section_id")
    sentence = _joined(rows["deadline_id"], _sentences(output, outside), "deadline_id")
    units = _joined(task_ids, _units(output, task_ids), "task_id")
    paper = _joined(rows["doc_id"], papers, "doc_id")
    text = pc.coalesce(task["text"], sentence["text"])
    first = pc.struct_field(pc.extract_regex(text, _SENTENCE), "first")
    made = {
        "due_id": _due_ids(rows),
        "title": pc.coalesce(task["title"], section["heading"], first),
        "text": text,
        "path": pc.coalesce(task["path"], section["path"]),
        "doc_title": paper["title"],
        **{name: _filled(units[name]) for name in (*_ROLES, "unit_ids")},
        "unit_basis": units["unit_basis"],
        **{name: paper[name] for name in ("doc_number", "doc_date", "source")},
        **{name: paper[name] for name in ("region_code", "region_name")},
    }
    columns = [made[name] if name in made else rows[name] for name in SCHEMA.names]
    order = pc.fill_null(task["seq"], -1)  # a goal stands before the tasks
    table = pa.table([*columns, order], names=[*SCHEMA.names, "order"])
    keys = [(name, "ascending") for name in ("due_on", "doc_id", "order", "deadline_id")]
    return table.sort_by(keys).drop_columns(["order"]).cast(SCHEMA)


def _due_ids(rows: pa.Table) -> pa.ChunkedArray:
    days = pc.strftime(rows["due_on"].cast(pa.timestamp("s")), "%Y%m%d")
    return pc.binary_join_element_wise(rows["deadline_id"], days, "-")


def _sentences(output: Output, outside: pa.Table) -> pa.Table:
    """For deadlines outside tasks the sentence of the paper that holds them."""
    wanted: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    names = ("doc_id", "deadline_id", "char_start", "char_end")
    for doc_id, deadline_id, start, end in _zipped(outside[name] for name in names):
        wanted[doc_id][deadline_id] = (start, end)
    found = {}
    documents = output.dataset("documents")
    chosen = _isin("doc_id", outside["doc_id"])
    columns = ["doc_id", "text"]
    # texts are long: few of them at a time, and none read ahead
    few = {"batch_size": 256, "batch_readahead": 1, "fragment_readahead": 1}
    for batch in documents.to_batches(columns=columns, filter=chosen, **few):
        for doc_id, text in _zipped(batch.columns):
            for deadline_id, span in wanted[doc_id].items():
                found[deadline_id] = _sentence(text, *span)
    return pa.table(
        {
            "deadline_id": pa.array(found, pa.string()),
            "text": pa.array(found.values(), pa.string()),
        }
    )


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around text[start:end], its closing mark included."""
    first = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    stops = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    return text[first : min(stops, default=len(text)) + 1].strip()


def _units(output: Output, task_ids: pa.ChunkedArray) -> pa.Table:
    """For each task the full names by role, in reading order, each once; ids of all; basis.

    Where units are stated, those that the text only makes its subject do not count beside them.
    """
    found = _scan(output, "responsibilities", _ANSWER, _isin("task_id", task_ids))
    found = found.sort_by("responsibility_id")
    subject = pc.equal(found["basis"], "subject")
    stated = found.filter(pc.invert(subject))["task_id"]
    kept = found.filter(pc.invert(pc.and_(subject, pc.is_in(found["task_id"], value_set=stated))))
    ids = pc.unique(task_ids.drop_null())
    has_stated, has_any = (pc.is_in(ids, value_set=of) for of in (stated, kept["task_id"]))
    basis = pc.if_else(has_stated, "stated", pc.if_else(has_any, "subject", None))
    lists = {
        role: _lists(ids, kept.filter(pc.equal(kept["role"], role)), "name") for role in _ROLES
    }
    with_id = kept.filter(pc.is_valid(kept["unit_id"]))
    lists["unit_ids"] = _lists(ids, with_id, "unit_id")
    return pa.table({"task_id": ids, **lists, "unit_basis": basis.cast(pa.string())})


def _filled(lists: pa.ChunkedArray) -> pa.ChunkedArray:
    """Nobody is an empty list."""
    return pc.coalesce(lists, pa.scalar([], _NAMES))


def _lists(ids: pa.Array, rows: pa.Table, column: str) -> pa.ChunkedArray:
    """For each id the list of a column's values in its rows, each once, in their order."""
    once = rows.group_by(["task_id", column], use_threads=False).aggregate([])
    lists = once.group_by("task_id", use_threads=False).aggregate([(column, "list")])
    return _joined(ids, lists, "task_id")[f"{column}_list"]
