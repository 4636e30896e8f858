"""Dates behind the words: what day 底 is, how long a quarter, when a five-year plan runs."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

FIRST_PLAN_YEAR = 1953
"""The first five-year plan (一五) began here; 十四五 is the fourteenth."""
GAP_YEARS = 3
"""1963 to 1965 lay between the second plan and the third."""

ISO_UNIT = {
    "年": ("", "Y"),
    "月": ("", "M"),
    "周": ("", "W"),
    "日": ("", "D"),
    "小时": ("T", "H"),
    "分钟": ("T", "M"),
}
"""Unit of a term to its ISO 8601 prefix and letter."""


class Span(NamedTuple):
    """First and last day, both included."""

    first: date
    last: date


def months(year: int, first: int, last: int) -> Span:
    """Whole months first to last of a year."""
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def ten_days(year: int, month: int, which: str) -> Span:
    """上旬, 中旬 or 下旬 of a month; 中上旬 and 中下旬 are two of them."""
    whole = months(year, month, month)
    first = {"上": 1, "中上": 1, "中": 11, "中下": 11, "下": 21}[which]
    last = {"上": 10, "中上": 20, "中": 20}.get(which, whole.last.day)
    return Span(date(year, month, first), date(year, month, last))


def day(year: int, month: int, number: int) -> Span | None:
    """One day; None for a day that the month does not have."""
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    only = date(year, month, number)
    return Span(only, only)


def five_year_plan(number: int) -> Span:
    """The years of a national five-year plan: 14 is 2021 to 2025."""
    first = FIRST_PLAN_YEAR + 5 * (number - 1) + (GAP_YEARS if number > 2 else 0)
    return Span(date(first, 1, 1), date(first + 4, 12, 31))


def school_year(year: int) -> Span:
    """The school year that begins in September of `year`."""
    return Span(date(year, 9, 1), date(year + 1, 8, 31))


def add_months(start: date, count: int) -> date:
    """The same day `count` months on, the month's last day where it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add(start: date, number: float, unit: str) -> date | None:
    """The day that lies a term after `start`; None for terms shorter than a day or fractions."""
    if unit not in ("年", "月", "周", "日") or number != int(number):
        return None
    count = int(number)
    try:
        if unit in ("年", "月"):
            return add_months(start, count * (12 if unit == "年" else 1))
        return start + timedelta(days=count * (7 if unit == "周" else 1))
    except (OverflowError, ValueError):
        return None


def duration(number: float, unit: str) -> str:
    """ISO 8601: 30 and 日 is P30D, 24 and 小时 PT24H, 0.5 and 年 P6M."""
    if number == 0.5:
        number, unit = {"年": (6, "月"), "月": (15, "日"), "小时": (30, "分钟")}.get(
            unit, (number, unit)
        )
    prefix, letter = ISO_UNIT[unit]
    return f"P{prefix}{number:g}{letter}"
