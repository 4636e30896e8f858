"""The days of recurring rules: ends of periods, named days, and rules that name none."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.downstream.recurrence import Occurrence, Period, RuleError, occurrences


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(rule: str, paper: str, first: str, last: str) -> list[str]:
    found = occurrences(rule, day(paper), day(first), day(last))
    return [one.due_on.isoformat() for one in found]


QUARTERS = ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
WRITTEN = "2024-03-20"

YEARS = [
    ("FREQ=YEARLY", ["2024-12-31", "2025-12-31", "2026-12-31"]),
    ("FREQ=YEARLY;INTERVAL=2", ["2025-12-31"]),
    ("FREQ=YEARLY;INTERVAL=3", ["2026-12-31"]),
    ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=15", ["2024-04-15", "2025-04-15", "2026-04-15"]),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", ["2025-01-31", "2026-01-31"]),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", ["2025-02-28", "2026-02-28"]),
    ("FREQ=YEARLY;BYMONTH=1", ["2025-01-31", "2026-01-31"]),
    ("FREQ=YEARLY;BYMONTH=1,2,3", ["2024-03-31", "2025-03-31", "2026-03-31"]),
    ("FREQ=YEARLY;BYMONTH=7,8,9,10,11,12", ["2024-12-31", "2025-12-31", "2026-12-31"]),
    ("FREQ=YEARLY;BYMONTH=11,12,1,2", ["2025-02-28", "2026-02-28"]),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=-1", ["2025-06-30"]),
]
ONE_YEAR = [
    ("FREQ=MONTHLY;INTERVAL=6", ["2024-06-30", "2024-12-31"]),
    ("FREQ=MONTHLY;INTERVAL=3", QUARTERS),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", QUARTERS),
    ("FREQ=MONTHLY;INTERVAL=4", ["2024-04-30", "2024-08-31", "2024-12-31"]),
    ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", ["2024-04-10", "2024-07-10", "2024-10-10"]),
    ("FREQ=YEARLY;BYMONTH=7,12", ["2024-07-31", "2024-12-31"]),
    ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=-1", ["2024-07-31"]),
    ("FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31", ["2024-04-30", "2024-06-30"]),
]
WEEKS = [
    ("FREQ=WEEKLY", ["2024-03-24", "2024-03-31", "2024-04-07"]),
    ("FREQ=WEEKLY;INTERVAL=2", ["2024-03-31"]),
    ("FREQ=WEEKLY;BYDAY=FR", ["2024-03-22", "2024-03-29", "2024-04-05"]),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", ["2024-03-25", "2024-03-29"]),
    ("FREQ=MONTHLY;BYMONTHDAY=15,-1", ["2024-03-31"]),
    ("FREQ=DAILY;INTERVAL=7", ["2024-03-26", "2024-04-02"]),
]


@pytest.mark.parametrize(("rule", "expected"), YEARS)
def test_over_three_years(rule: str, expected: list[str]) -> None:
    assert days(rule, WRITTEN, WRITTEN, "2026-12-31") == expected


@pytest.mark.parametrize(("rule", "expected"), ONE_YEAR)
def test_in_one_year(rule: str, expected: list[str]) -> None:
    assert days(rule, WRITTEN, WRITTEN, "2024-12-31") == expected


@pytest.mark.parametrize(("rule", "expected"), WEEKS)
def test_in_some_weeks(rule: str, expected: list[str]) -> None:
    """2024-03-20 is a Wednesday; its week ends on Sunday the 24th."""
    assert days(rule, WRITTEN, WRITTEN, "2024-04-07") == expected


def test_every_month_on_the_thirtieth() -> None:
    """A month without a 30th is due on its last day, not left out."""
    found = days("FREQ=MONTHLY;BYMONTHDAY=30", "2024-01-01", "2024-01-01", "2024-04-30")
    assert found == ["2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30"]


def test_every_day() -> None:
    found = days("FREQ=DAILY", WRITTEN, "2024-03-30", "2024-04-02")
    assert found == ["2024-03-30", "2024-03-31", "2024-04-01", "2024-04-02"]


def test_periods_are_counted_from_the_paper_not_from_the_window() -> None:
    assert days("FREQ=YEARLY;INTERVAL=2", "2021-05-01", "2024-01-01", "2026-12-31") == [
        "2024-12-31",
        "2026-12-31",
    ]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-06-30", "2025-06-30", ["2025-06-30"]),
        ("2025-07-01", "2025-12-30", []),
        ("2025-06-30", "2025-06-29", []),
    ],
)
def test_both_ends_of_the_window_count(first: str, last: str, expected: list[str]) -> None:
    assert days("FREQ=MONTHLY;INTERVAL=6", WRITTEN, first, last) == expected


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        ("FREQ=MONTHLY;INTERVAL=6", "2025-01-01", "2025-06-30"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", "2025-01-01", "2025-12-31"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2025-04-01", "2025-06-30"),
        ("FREQ=WEEKLY;BYDAY=MO", "2025-06-30", "2025-07-06"),
        ("FREQ=DAILY", "2025-06-30", "2025-06-30"),
    ],
)
def test_what_period_it_is_due_for(rule: str, start: str, end: str) -> None:
    the_day = day("2025-06-30")
    expected = [Occurrence(the_day, Period(day(start), day(end)))]
    assert list(occurrences(rule, day(WRITTEN), the_day, the_day)) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "每年",
        "FREQ=HOURLY",
        "FREQ=YEARLY;BYMONTH=",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYMONTH=1",
        "FREQ=YEARLY;COUNT=3",
    ],
)
def test_rules_that_cannot_be_read(rule: str) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        days(rule, WRITTEN, WRITTEN, "2026-12-31")


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10", "FREQ=YEARLY;BYMONTHDAY=10"]
)
def test_a_day_without_its_month_is_not_guessed(rule: str) -> None:
    with pytest.raises(RuleError, match="in which month"):
        days(rule, WRITTEN, WRITTEN, "2026-12-31")
