"""Recognizers-Text's answers in Chinese: date-time, number, percentage and currency models."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any

from answers import Answer, serve
from recognizers_date_time import recognize_datetime
from recognizers_number import Culture, recognize_number, recognize_percentage
from recognizers_number_with_unit import recognize_currency

_SET = re.compile(r"P(\d+(?:\.\d+)?)([YMWD])$")
_STEPS = {"Y": "YEARLY", "M": "MONTHLY", "W": "WEEKLY", "D": "DAILY"}


def times(phrase: str, day: str, column: bool) -> list[Answer]:
    try:
        reference = datetime.fromisoformat(day)
        found = recognize_datetime(phrase, Culture.Chinese, reference=reference)
    except Exception as error:  # a phrase it stumbles over is one it has no answer for
        print(f"{phrase}: {error!r}")
        return []
    return [_time(item) for item in found]


def _time(item: Any) -> Answer:
    answer = Answer(start=item.start, end=item.end + 1, starts=[], ends=[], durations=[])
    for value in (item.resolution or {}).get("values", []):
        kind = value["type"]
        if kind == "set":
            answer["frequency"] = _frequency(value["timex"])
        elif kind == "duration":
            answer["durations"].append(value["timex"])
        elif kind in ("date", "datetime"):
            day = value.get("value", "")[:10]
            answer["starts"].append(day)
            answer["ends"].append(day)
        else:
            answer["starts"].append(value.get("start", "")[:10])
            answer["ends"] += _last_days(value.get("end", "")[:10])
    return answer


def _last_days(end: str) -> list[str]:
    """A range's end is the first day after it; where it means the last day, that counts too."""
    try:
        return [end, (date.fromisoformat(end) - timedelta(days=1)).isoformat()]
    except (ValueError, OverflowError):
        return []


def _frequency(timex: str) -> str:
    found = _SET.match(timex)
    if not found:
        return ""
    count, unit = float(found[1]), found[2]
    return f"MONTHLY;{12 * count:g}" if unit == "Y" and count < 1 else f"{_STEPS[unit]};{count:g}"


def figures(phrase: str) -> list[Answer]:
    answers = []
    for find, unit in (
        (recognize_number, ""),
        (recognize_percentage, "%"),
        (recognize_currency, "元"),
    ):
        for item in find(phrase, Culture.Chinese):
            value = str((item.resolution or {}).get("value") or "").rstrip("%")
            foreign = unit == "元" and item.resolution.get("isoCurrency") != "CNY"
            if re.fullmatch(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?", value) and not foreign:
                answers.append(
                    Answer(start=item.start, end=item.end + 1, value=float(value), unit=unit)
                )
    return answers


if __name__ == "__main__":
    serve(times, figures, version("recognizers-text-suite"))
