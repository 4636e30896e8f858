"""When a recurring deadline falls due: the days of its RFC 5545 rule within a span of dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dateutil.rrule import MONTHLY, WEEKLY, rrule

_DAY = timedelta(days=1)
_DAYS_OF = {
    "YEARLY": {"BYMONTH", "BYMONTHDAY"},
    "MONTHLY": {"BYMONTH", "BYMONTHDAY"},
    "WEEKLY": {"BYDAY"},
    "DAILY": set(),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS = frozenset(range(1, 13))
_MONTH_DAYS = frozenset(range(-31, 32)) - {0}


class RuleError(ValueError):
    """A rule that does not say on which days it falls; the message says why."""


class Period(NamedTuple):
    """First and last day of a year, half-year, week … that a duty recurs in."""

    start: date
    end: date


class Occurrence(NamedTuple):
    """A day on which a duty falls due, and the period that it is due for."""

    due_on: date
    period: Period


@dataclass(frozen=True, slots=True)
class _Rule:
    freq: str
    interval: int
    months: tuple[int, ...]
    month_days: tuple[int, ...]
    weekdays: tuple[int, ...]

    def period(self, paper: date, day: date) -> Period:
        """The period that holds a day, counted from the paper's year, week or day.

        Months are counted from January of the paper's year: 每半年 ends on 06-30 and 12-31
        whenever the paper was written, 每两年 in the year after the paper's.
        """
        if self.freq in ("YEARLY", "MONTHLY"):
            size = self.interval * (12 if self.freq == "YEARLY" else 1)
            origin = paper.year * 12
            month = day.year * 12 + day.month - 1
            first = origin + (month - origin) // size * size
            return Period(_month_start(first), _month_start(first + size) - _DAY)
        size = self.interval * (7 if self.freq == "WEEKLY" else 1)
        origin = paper.toordinal() - (paper.weekday() if self.freq == "WEEKLY" else 0)
        first = origin + (day.toordinal() - origin) // size * size
        return Period(date.fromordinal(first), date.fromordinal(first + size - 1))

    def closes(self, period: Period, day: date) -> bool:
        """Whether a day lies in the last year, month or week of its period (每两年, 每季度末)."""
        if self.freq == "YEARLY":
            return day.year == period.end.year
        if self.freq == "MONTHLY":
            return (day.year, day.month) == (period.end.year, period.end.month)
        return period.end - day < 7 * _DAY


def occurrences(text: str, paper: date, first: date, last: date) -> Iterator[Occurrence]:
    """The days from `first` to `last` on which a rule falls due, in order; raises RuleError.

    `paper`: the paper's date, from which periods are counted. A rule without days falls due at
    the end of each period; one with months or days on those days, a month without a day at its
    end, and a day that a month lacks (30 February) on the month's last.
    """
    rule = _parsed(text)
    if not (rule.months or rule.month_days or rule.weekdays):
        period = rule.period(paper, first)
        while period.end <= last:
            yield Occurrence(period.end, period)
            period = rule.period(paper, period.end + _DAY)
        return
    for day in _named_days(rule, first, last):
        period = rule.period(paper, day)
        if rule.closes(period, day):
            yield Occurrence(day, period)


def _parsed(text: str) -> _Rule:
    """The parts of a rule; raises RuleError for one that this module could not place."""
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    freq = parts.get("FREQ", "")
    named = parts.keys() - {"FREQ", "INTERVAL"}
    try:
        rule = _Rule(
            freq,
            int(parts.get("INTERVAL", "1")),
            tuple(int(month) for month in _listed(parts, "BYMONTH")),
            tuple(int(day) for day in _listed(parts, "BYMONTHDAY")),
            tuple(_WEEKDAYS.index(day) for day in _listed(parts, "BYDAY")),
        )
    except ValueError as error:
        raise RuleError("rule that cannot be read") from error
    known = freq in _DAYS_OF and named <= _DAYS_OF[freq] and rule.interval > 0
    if not known or not {*rule.months} <= _MONTHS or not {*rule.month_days} <= _MONTH_DAYS:
        raise RuleError("rule that cannot be read")
    many_months = freq == "YEARLY" or (rule.interval > 1 and rule.month_days != (-1,))
    if rule.month_days and not rule.months and many_months:
        raise RuleError("rule that does not say in which month")
    return rule


def _listed(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _named_days(rule: _Rule, first: date, last: date) -> list[date]:
    """The days that a rule names, each month or week counted, whatever its interval."""
    start, stop = (datetime(day.year, day.month, day.day) for day in (first, last))
    if rule.weekdays:
        return [at.date() for at in rrule(WEEKLY, start, until=stop, byweekday=rule.weekdays)]
    months = rule.months if rule.month_days else _run_ends(rule.months)
    found: set[date] = set()
    for day in rule.month_days or (-1,):
        days = range(28, day + 1) if day > 28 else (day,)  # the last of them that a month has
        dates = rrule(
            MONTHLY, start, until=stop, bymonth=months or None, bymonthday=days, bysetpos=-1
        )
        found.update(at.date() for at in dates)
    return sorted(found)


def _run_ends(months: tuple[int, ...]) -> tuple[int, ...]:
    """Of months in a row the last: 每年上半年 is BYMONTH=1,2,3,4,5,6 and due once, in June.

    11,12,1,2 is one row of months, due in February.
    """
    following = (*months[1:], None)
    return tuple(
        month for month, then in zip(months, following, strict=True) if then != month % 12 + 1
    )


def _month_start(index: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(index // 12, index % 12 + 1, 1)
