"""The table `due` as a file: Parquet, CSV for spreadsheets, ICS for calendars (RFC 5545)."""

from __future__ import annotations

import csv
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import regex

from pipelines.downstream.due import DueError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}--\n\t]", regex.VERSION1)
_UNDATED = date(1970, 1, 1)
_ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_NOTES = {
    "hedged": "时间带有“原则上”“力争”等说法",
    "inferred": "年份由文件推定",
    "ongoing": "到期后长期坚持",
    "open_end": "文件没有写明终止年份",
}
_ROWS = 1000

Row = dict[str, Any]


def write_due(table: pa.Table, file: Path) -> None:
    """Write the table by the file's suffix, .parquet, .csv or .ics: the same rows, the same bytes.

    The file is replaced in one step. Raises DueError for another suffix and where the file cannot
    be written.
    """
    try:
        write = _WRITERS[file.suffix.lower()]
    except KeyError:
        known = ", ".join(_WRITERS)
        raise DueError(f"{file}: the suffix says the format; give it one of {known}") from None
    try:
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=file.parent) as folder:
            new = Path(folder) / file.name
            write(table, new)
            os.replace(new, file)
    except OSError as error:
        raise DueError(
            f"cannot write {file}: {error.strerror}; check its folder, rights and free space"
        ) from error


def _rows(table: pa.Table) -> Iterator[Row]:
    for batch in table.to_batches(_ROWS):
        yield from batch.to_pylist()


def _parquet(table: pa.Table, file: Path) -> None:
    pq.write_table(table.combine_chunks(), file, compression="zstd", row_group_size=65_536)


# --- CSV ----------------------------------------------------------------------------------------


def _csv(table: pa.Table, file: Path) -> None:
    """UTF-8 with the mark that Excel needs to see it, dates as 2026-06-30, lists parted by ；."""
    with file.open("w", encoding="utf-8-sig", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(table.column_names)
        writer.writerows([_cell(value) for value in row.values()] for row in _rows(table))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = "；".join(value) if isinstance(value, list) else str(value)
    # a paper's words must never run as a formula in a spreadsheet; full-width marks do too
    return f"'{text}" if unicodedata.normalize("NFKC", text[:1]).startswith(_FORMULA) else text


# --- ICS ----------------------------------------------------------------------------------------


def _ics(table: pa.Table, file: Path) -> None:
    """One all-day event a row, that keeps nobody busy; written event by event."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//gongwen//due//ZH")
    head, end, tail = calendar.to_ical().partition(b"END:VCALENDAR")
    with file.open("wb") as sink:
        sink.write(head)
        for row in _rows(table):
            sink.write(_event(row))
        sink.write(end + tail)


def _event(row: Row) -> bytes:
    from icalendar import Event

    written = row["doc_date"] or _UNDATED
    units = [unit for role in _ROLES for unit in row[role]]
    event = Event()
    event.add("uid", f"{row['due_id']}@gongwen")
    # when the paper was written, not now: the same rows give the same bytes
    event.add("dtstamp", datetime(written.year, written.month, written.day, tzinfo=UTC))
    event.add("dtstart", row["due_on"])
    event.add("summary", _printable(row["title"] or row["doc_title"] or row["quote"]))
    event.add("description", _printable(_description(row)))
    if units:
        event.add("categories", [_printable(unit) for unit in dict.fromkeys(units)])
    event.add("transp", "TRANSPARENT")
    data: bytes = event.to_ical()
    return data


def _description(row: Row) -> str:
    """Who, by which paper, in which words."""
    lines = [f"{word}：{'、'.join(row[role])}" for role, word in _ROLES.items() if row[role]]
    if row["period_start"]:
        lines.append(f"周期：{row['period_start']} 至 {row['period_end']}")
    lines.append(f"时间：{row['quote']}")
    paper = "，".join(part for part in (row["doc_title"], row["doc_number"]) if part)
    lines.append(f"文件：{paper or row['source']}")
    lines += [f"任务：{row['path'] or ''} {row['text']}"] if row["text"] else []
    notes = [words for name, words in _NOTES.items() if row[name]]
    lines += [f"注意：{'；'.join(notes)}"] if notes else []
    return "\n".join(lines)


def _printable(text: str) -> str:
    """Without control characters and odd line breaks, which a text value may not hold."""
    return _CONTROL.sub(" ", text)


_WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".ics": _ics,
}
