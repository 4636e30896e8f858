"""gongwen's answers: the finders that its own tests call."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import regex
from answers import Answer, serve

from extract.lens import View
from extract.model import Setting
from extract.rules.figures.quantities import find_targets
from extract.rules.times.dates import read_times

_EVERY = regex.compile(r"FREQ=(\w+)(?:;INTERVAL=(\d+))?")


def times(phrase: str, day: str, column: bool) -> list[Answer]:
    setting = Setting(written_on=date.fromisoformat(day))
    found = read_times(View(phrase), setting, "due" if column else None)
    answers = []
    for row in found[0]:
        answer = Answer(start=row.char_start, end=row.char_end)
        answer["starts"] = [row.start_on.isoformat()] if row.start_on else []
        answer["ends"] = [row.end_on.isoformat()] if row.end_on else []
        if row.recurrence and (every := _EVERY.match(row.recurrence)):
            answer["frequency"] = f"{every[1]};{every[2] or 1}"
        answer["durations"] = [row.duration] if row.duration else []
        answers.append(answer)
    return answers


def figures(phrase: str) -> list[Answer]:
    view = View(phrase)
    answers = []
    for row in find_targets(view, read_times(view, Setting())[0]):
        for value in (row.value, row.value_max):
            if value is not None:
                answers.append(
                    Answer(start=row.char_start, end=row.char_end, value=value, unit=row.unit or "")
                )
    return answers


if __name__ == "__main__":
    serve(times, figures, version("gongwen"))
