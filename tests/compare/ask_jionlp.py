"""JioNLP's answers: `ner.extract_time` and `ner.extract_money`, parsed."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

import jionlp
from answers import Answer, serve

_STEPS = {
    "year": ("YEARLY", 1),
    "month": ("MONTHLY", 1),
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "hour": ("HOURLY", 1),
}
_LETTERS = {"year": "Y", "month": "M", "day": "D", "workday": "D"}


def times(phrase: str, day: str, column: bool) -> list[Answer]:
    base = datetime.fromisoformat(day)
    at = {"year": base.year, "month": base.month, "day": base.day}
    try:
        found = jionlp.ner.extract_time(phrase, time_base=at, with_parsing=True)
    except Exception as error:  # a phrase it stumbles over is one it has no answer for
        print(f"{phrase}: {error!r}")
        return []
    return [_time(item, base) for item in found]


def _time(item: dict[str, Any], base: datetime) -> Answer:
    start, end = item["offset"]
    answer = Answer(start=start, end=end, starts=[], ends=[], durations=[])
    detail = item["detail"]
    if detail["type"] == "time_period":
        answer["frequency"] = _frequency(detail["time"]["delta"])
    elif detail["type"] == "time_delta":
        answer["durations"] = [_duration(detail["time"])]
    else:
        first, last = detail["time"]
        answer["starts"], answer["ends"] = [first[:10]], [last[:10]]
        if first[:10] == base.date().isoformat() and last != "inf":
            answer["durations"] = _lengths(base, datetime.fromisoformat(last))
    return answer


def _lengths(base: datetime, last: datetime) -> list[str]:
    """30日内 is given as the span from the paper's day on: its length in every unit that fits."""
    hours = round((last - base).total_seconds() / 3600)
    days = (last.date() - base.date()).days
    months = 12 * (last.year - base.year) + last.month - base.month
    working = sum((base + timedelta(days=n + 1)).weekday() < 5 for n in range(days))
    found = [f"P{days}D", f"P{working}D", f"PT{hours}H"]
    if abs(last.day - base.day) <= 2:
        found += [f"P{months}M", f"P{months / 12:g}Y"]
    return found


def _frequency(delta: dict[str, Any]) -> str:
    """{'year': 0.5} as MONTHLY;6, {'day': 7} as WEEKLY;1."""
    if len(delta) != 1:
        return ""
    ((unit, count),) = delta.items()
    if isinstance(count, list):
        return ""
    if unit == "year" and count < 1:
        return f"MONTHLY;{12 * count:g}"
    if unit == "day" and count % 7 == 0:
        return f"WEEKLY;{count / 7:g}"
    name, size = _STEPS.get(unit, ("", 1))
    return f"{name};{size * count:g}"


def _duration(time: Any) -> str:
    """{'day': 30.0} as P30D; '' for a delta of several units or an open one."""
    if not isinstance(time, dict) or len(time) != 1:
        return ""
    ((unit, count),) = time.items()
    if isinstance(count, list):
        return ""
    if unit == "hour":
        return f"PT{count:g}H"
    if unit == "minute":
        return f"PT{count:g}M"
    return f"P{count:g}{_LETTERS[unit]}" if unit in _LETTERS else ""


def figures(phrase: str) -> list[Answer]:
    answers = []
    for item in jionlp.ner.extract_money(phrase, with_parsing=True):
        numbers = item["detail"]["num"]
        for number in numbers if isinstance(numbers, list) else [numbers]:
            if number is not None:
                start, end = item["offset"]
                unit = item["detail"]["case"]
                answers.append(Answer(start=start, end=end, value=float(number), unit=unit))
    return answers


if __name__ == "__main__":
    serve(times, figures, version("jionlp"))
