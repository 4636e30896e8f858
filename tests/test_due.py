"""What falls due in a window, from a plan with every kind of time, and its three file formats."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from icalendar import Calendar
from published import copy_of, plan, publish

from extract import Extraction
from extract.model import Deadline, Document, Responsibility, Section, Task
from pipelines.downstream.due import SCHEMA, DueError, due_rows, left_out
from pipelines.downstream.due_files import write_due
from pipelines.store import StoreError

FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan and a copy of it."""
    paper = plan()
    return publish(tmp_path_factory.mktemp("out"), paper, copy_of(paper))


@pytest.fixture(scope="module")
def due(out: Path) -> pa.Table:
    return due_rows(out, FIRST, LAST)


def by_title(table: pa.Table) -> dict[str, list[str]]:
    found = defaultdict(list)
    for row in table.to_pylist():
        found[row["title"]].append(row["due_on"].isoformat())
    return found


MONTH_ENDS = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30"]
MONTH_ENDS += ["10-31", "11-30", "12-31"]
IN_2025 = {
    "工作目标": ["12-31"],
    "每年组织一次业务培训": ["12-31"],
    "开展检查": ["06-30", "12-31"],
    "通报进展": ["03-31", "06-30", "09-30", "12-31"],
    "更新数据": MONTH_ENDS,
    "报送报告": ["04-15"],
    "修订指南": ["12-31"],
    "核对名册": sorted(
        [*(f"{month:02}-05" for month in range(1, 13)), "03-31", "06-30", "09-30", "12-31"]
    ),
}


def test_a_year_of_the_plan(out: Path) -> None:
    found = by_title(due_rows(out, date(2025, 1, 1), date(2025, 12, 31)))
    sundays = found.pop("召开例会")
    assert (len(sundays), sundays[0], sundays[-1]) == (52, "2025-01-05", "2025-12-28")
    assert found == {
        title: [f"2025-{day}" for day in expected] for title, expected in IN_2025.items()
    }


def test_from_the_papers_date_to_the_plans_end(due: pa.Table) -> None:
    found = by_title(due)
    assert found["编制目录"] == ["2024-06-30"]
    assert found["建立专班"] == ["2024-04-19"]
    assert found["优化流程"] == ["2026-09-30"]
    assert "加强宣传" not in found
    assert found["通报进展"][0] == "2024-03-31"
    assert found["更新数据"][0] == "2024-03-31"
    assert found["召开例会"][0] == "2024-03-24"
    assert found["开展检查"] == [
        f"{year}-{day}" for year in (2024, 2025, 2026) for day in ("06-30", "12-31")
    ]
    assert max(day for days in found.values() for day in days) == "2026-12-31"


def test_a_copy_makes_nothing_due_twice(out: Path, tmp_path: Path) -> None:
    alone = publish(tmp_path / "alone", plan())
    assert due_rows(out, FIRST, LAST).equals(due_rows(alone, FIRST, LAST), check_metadata=True)


def test_a_row_says_for_whom_and_where_from(out: Path) -> None:
    (row,) = due_rows(out, date(2024, 4, 19), date(2024, 4, 19)).to_pylist()
    doc_id = row["doc_id"]
    unit_ids = row.pop("unit_ids")
    assert len(set(unit_ids)) == 3
    assert row == {
        "due_id": f"{doc_id}-d0002-20240419",
        "due_on": date(2024, 4, 19),
        "doc_id": doc_id,
        "task_id": f"{doc_id}-t0001",
        "deadline_id": f"{doc_id}-d0002",
        "period_start": None,
        "period_end": None,
        "kind": "within",
        "title": "建立专班",
        "text": "建立专班。通知印发之日起30日内组建工作专班。",
        "path": "2.2",
        "lead": ["大同市财政局"],
        "responsible": [],
        "support": ["大同市教育局", "大同市民政局"],
        "unit_basis": "stated",
        "doc_title": "大同市人民政府办公室关于印发大同市便民服务三年行动计划（2024-2026年）的通知",
        "doc_number": "同政办发〔2024〕90号",
        "doc_date": date(2024, 3, 20),
        "region_code": "140200",
        "region_name": "山西省大同市",
        "quote": "通知印发之日起30日内",
        "hedged": False,
        "inferred": False,
        "ongoing": False,
        "open_end": False,
        "source": "plan.txt",
    }


def test_outside_tasks_the_sentence_is_the_text(due: pa.Table) -> None:
    (row,) = [row for row in due.to_pylist() if row["task_id"] is None]
    assert row["text"] == "到2025年底，全市便民服务点达到90个。"
    assert (row["title"], row["path"], row["lead"]) == ("工作目标", "1", [])
    assert (row["unit_basis"], row["unit_ids"]) == (None, [])


def test_whom_the_text_tells_where_nobody_is_stated(due: pa.Table) -> None:
    rows = [row for row in due.to_pylist() if row["title"] == "报送报告"]
    assert {(*row["responsible"], row["unit_basis"]) for row in rows} == {
        ("大同市审计局", "subject")
    }


def test_rows_stand_by_day_paper_and_task(due: pa.Table) -> None:
    rows = [row for row in due.to_pylist() if row["due_on"] == date(2025, 12, 31)]
    assert [row["path"] for row in rows] == ["1", "2.3", "2.4", "2.5", "2.6", "2.9", "2.12"]
    days = due["due_on"].to_pylist()
    assert days == sorted(days)
    assert due.schema.equals(SCHEMA)
    assert len(set(due["due_id"].to_pylist())) == due.num_rows


def one(recurrence: str | None, **facts: Any) -> Extraction:
    """A paper with one recurring deadline, or one of another kind, outside tasks."""
    kind = facts.pop("kind", "recurring")
    end_on = facts.pop("end_on", None)
    row = Deadline(deadline_id="a-d0000", doc_id="a", kind=kind, recurrence=recurrence)
    row.end_on, row.quote, row.char_start, row.char_end = end_on, "每年", 0, 2
    document = Document(doc_id="a", source="a.txt", text="每年一次", **facts)
    return Extraction(documents=[document], deadlines=[row])


def answered(*units: tuple[str, str, str]) -> Extraction:
    """A paper whose task has no title and these units: role, basis, name; and a date beside it."""
    paper = one(None, kind="by", end_on=FIRST)
    paper.sections = [Section(section_id="a-s0000", doc_id="a", heading="总则")]
    paper.tasks = [Task(task_id="a-t0000", doc_id="a", section_id="a-s0000", text="先做。后做。")]
    (outside,) = paper.deadlines
    outside.section_id = "a-s0000"
    paper.deadlines = [outside, replace(outside, deadline_id="a-d0001", task_id="a-t0000")]
    paper.responsibilities = [
        Responsibility(
            responsibility_id=f"a-r{number:04}",
            doc_id="a",
            task_id="a-t0000",
            role=role,
            basis=basis,
            name=name,
        )
        for number, (role, basis, name) in enumerate(units)
    ]
    return paper


def test_titles_of_rows_in_and_outside_a_task(tmp_path: Path) -> None:
    """A task without a heading has its first sentence, not its section's heading."""
    rows = due_rows(publish(tmp_path / "out", answered()), FIRST, FIRST).to_pylist()
    assert [(row["title"], row["text"]) for row in rows] == [
        ("总则", "每年一次"),
        ("先做", "先做。后做。"),
    ]


def test_a_unit_counts_once_a_role_and_a_mere_subject_not_beside_it(tmp_path: Path) -> None:
    paper = answered(
        ("lead", "assigned", "甲局"),
        ("responsible", "subject", "丙局"),
        ("lead", "inherited", "乙局"),
        ("lead", "assigned", "甲局"),
        ("responsible", "assigned", "甲局"),
    )
    table = due_rows(publish(tmp_path / "out", paper), FIRST, FIRST)
    _, row = table.to_pylist()
    assert (row["lead"], row["responsible"], row["support"]) == (["甲局", "乙局"], ["甲局"], [])
    assert row["unit_basis"] == "stated"
    write_due(table, tmp_path / "due.ics")
    _, event = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    assert event["CATEGORIES"].cats == ["甲局", "乙局"]


def test_without_a_known_end_five_years_and_marked(tmp_path: Path) -> None:
    out = publish(tmp_path / "out", one("FREQ=YEARLY", printed_on=date(2024, 5, 6)))
    rows = due_rows(out, FIRST, date(2040, 1, 1)).to_pylist()
    assert [row["due_on"].year for row in rows] == [2024, 2025, 2026, 2027, 2028, 2029]
    assert {row["open_end"] for row in rows} == {True}
    assert {row["doc_date"] for row in rows} == {date(2024, 5, 6)}
    assert (rows[0]["title"], rows[0]["period_start"]) == ("每年一次", FIRST)


def test_a_paper_without_a_date_counts_from_its_plan(tmp_path: Path) -> None:
    out = publish(tmp_path / "out", one("FREQ=YEARLY", plan_start=2025, plan_end=2026))
    rows = due_rows(out, FIRST, LAST).to_pylist()
    assert [row["due_on"].isoformat() for row in rows] == ["2025-12-31", "2026-12-31"]
    assert {(row["doc_date"], row["open_end"]) for row in rows} == {(None, False)}


@pytest.mark.parametrize(
    ("paper", "reason"),
    [
        (one("FREQ=YEARLY"), "paper without a date"),
        (
            one("FREQ=YEARLY", signed_on=date(2018, 1, 2)),
            "no end known, paper older than 5 years",
        ),
        (one("FREQ=YEARLY;BYMONTH=", signed_on=FIRST), "rule that cannot be read"),
        (
            one("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10", signed_on=FIRST),
            "rule that does not say in which month",
        ),
    ],
)
def test_what_cannot_be_placed_is_counted(paper: Extraction, reason: str, tmp_path: Path) -> None:
    table = due_rows(publish(tmp_path / "out", paper), FIRST, LAST)
    assert table.num_rows == 0
    assert left_out(table) == {reason: 1}


@pytest.mark.parametrize(
    ("kind", "end_on", "expected"),
    [
        ("by", date(2024, 1, 1), 1),
        ("in", date(2030, 12, 31), 1),
        ("until", date(2028, 2, 28), 1),
        ("from", None, 0),
        ("from", date(2025, 1, 1), 1),
        ("ongoing", None, 0),
        ("ongoing", date(2025, 1, 1), 1),
        ("within", None, 0),
        ("by", date(2023, 12, 31), 0),
        ("by", date(2031, 1, 1), 0),
    ],
)
def test_what_has_an_end_falls_due_on_it(
    kind: str, end_on: date | None, expected: int, tmp_path: Path
) -> None:
    out = publish(tmp_path / "out", one(None, kind=kind, end_on=end_on))
    assert due_rows(out, FIRST, LAST)["due_on"].to_pylist() == [end_on] * expected


def test_wrong_use(out: Path, due: pa.Table, tmp_path: Path) -> None:
    with pytest.raises(DueError, match="turn them round"):
        due_rows(out, LAST, FIRST)
    with pytest.raises(StoreError, match="no output"):
        due_rows(tmp_path, FIRST, LAST)
    with pytest.raises(DueError, match=r"one of \.parquet, \.csv, \.ics"):
        write_due(due, tmp_path / "due.xlsx")
    with pytest.raises(DueError, match=r"cannot write .*No such file.* check its folder"):
        write_due(due, tmp_path / "no" / "due.csv")


# --- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["parquet", "csv", "ics"])
def test_the_same_rows_the_same_bytes(suffix: str, out: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.{suffix}" for name in ("first", "second")]
    for file in files:
        write_due(due_rows(out, FIRST, LAST), file)
    assert files[0].read_bytes() == files[1].read_bytes()
    write_due(due_rows(out, FIRST, FIRST), files[0])
    assert len(files[0].read_bytes()) < len(files[1].read_bytes())
    assert sorted(tmp_path.iterdir()) == files


def test_parquet_gives_the_table_back(due: pa.Table, tmp_path: Path) -> None:
    write_due(due, tmp_path / "due.parquet")
    back = pq.read_table(tmp_path / "due.parquet")
    assert back.equals(due)
    assert back.schema.field("due_on").metadata == {b"description": b"the day"}


def test_csv_opens_in_excel(due: pa.Table, tmp_path: Path) -> None:
    write_due(due, tmp_path / "due.csv")
    assert (tmp_path / "due.csv").read_bytes().startswith(b"\xef\xbb\xbfdue_id,due_on,")
    with (tmp_path / "due.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == due.num_rows
    (row,) = [row for row in rows if row["title"] == "建立专班"]
    assert (row["due_on"], row["lead"]) == ("2024-04-19", "大同市财政局")
    assert (row["support"], row["responsible"]) == ("大同市教育局；大同市民政局", "")
    assert (row["ongoing"], row["period_start"]) == ("false", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "＝1+1", "\t=1"])
def test_no_words_of_a_paper_run_as_a_formula(text: str, out: Path, tmp_path: Path) -> None:
    row = due_rows(out, date(2024, 4, 19), date(2024, 4, 19))
    place = row.schema.get_field_index("text")
    table = row.set_column(place, row.schema.field("text"), pa.array([text]))
    write_due(table, tmp_path / "due.csv")
    with (tmp_path / "due.csv").open(encoding="utf-8-sig", newline="") as file:
        (written,) = csv.DictReader(file)
    assert written["text"] == f"'{text}"


def test_ics_is_read_back(due: pa.Table, tmp_path: Path) -> None:
    write_due(due, tmp_path / "due.ics")
    calendar = Calendar.from_ical((tmp_path / "due.ics").read_bytes())
    assert calendar["VERSION"] == "2.0"
    events = calendar.walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [
        f"{due_id}@gongwen" for due_id in due["due_id"].to_pylist()
    ]
    assert [event.decoded("DTSTART") for event in events] == due["due_on"].to_pylist()
    assert [event.errors for event in events] == [[]] * due.num_rows
    (event,) = [event for event in events if event["SUMMARY"] == "建立专班"]
    (row,) = [row for row in due.to_pylist() if row["title"] == "建立专班"]
    assert event["DTSTART"].params == {"VALUE": "DATE"}
    assert event.decoded("DTSTAMP") == datetime(2024, 3, 20, tzinfo=UTC)
    assert event["CATEGORIES"].cats == ["大同市财政局", "大同市教育局", "大同市民政局"]
    assert str(event["DESCRIPTION"]).split("\n") == [
        "牵头：大同市财政局",
        "配合：大同市教育局、大同市民政局",
        "时间：通知印发之日起30日内",
        f"文件：{row['doc_title']}，同政办发〔2024〕90号",
        "任务：2.2 建立专班。通知印发之日起30日内组建工作专班。",
    ]


def test_ics_lines_are_folded(due: pa.Table, tmp_path: Path) -> None:
    """RFC 5545 3.1: CRLF at each line's end, 75 octets at most, no character cut."""
    write_due(due, tmp_path / "due.ics")
    data = (tmp_path / "due.ics").read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(b"\r" not in line and b"\n" not in line for line in lines)
    assert [line for line in lines if line.decode("utf-8") == ""] == []
    unfolded = data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    assert (unfolded[0], unfolded[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == due.num_rows


def test_ics_text_is_escaped(tmp_path: Path) -> None:
    odd = "甲,乙;丙\\丁\n\x0b戊\x00\u2028END:VEVENT"
    paper = one(None, kind="by", end_on=FIRST, title=odd)
    paper.documents[0].text = "每年"
    write_due(due_rows(publish(tmp_path / "out", paper), FIRST, FIRST), tmp_path / "due.ics")
    data = (tmp_path / "due.ics").read_bytes()
    assert data.count(b"\r\nEND:VEVENT") == 1
    assert b"\x00" not in data
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event.decoded("DTSTAMP") == datetime(1970, 1, 1, tzinfo=UTC)
    assert str(event["DESCRIPTION"]).split("文件：")[1].startswith("甲,乙;丙\\丁\n 戊  END:VEVENT")
