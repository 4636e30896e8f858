"""gongwen, JioNLP and Recognizers-Text over the banks of times and figures: `make compare`.

Each system answers in an environment of its own; docs/compare.md says what is counted and why.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
from answers import Answer

from extract.lexicon import alternation, terms

HERE = Path(__file__).resolve().parent
BANKS = HERE.parent / "banks"
WORKERS = {
    "gongwen": "ask_gongwen.py",
    "JioNLP": "ask_jionlp.py",
    "Recognizers-Text": "ask_recognizers.py",
}
NO_DAY = "2024-01-30"
"""The day of the paper where a row names none."""
TIMES = {"by": "by", "in": "in", "from": "from, until", "until": "from, until"}
TIMES |= {"within": "within", "recurring": "recurring"}
"""Kind of deadline to the line it is counted in; ongoing (长期坚持) is no time to the others."""
FIGURES = {"%": "percentages", "元": "money"}
NUMBERS = "other numbers"
NOT_CLAIMED = {("JioNLP", "percentages"), ("JioNLP", NUMBERS)}
_AROUND_DATE = regex.compile(r"^(?:到|至|在|于|自|从|截至)|(?:之|以)?(?:前|起|内|后)$|期间$")
_EVERY = regex.compile(
    r"每(?:个|隔)?(?:半|两|[一二三四五六七八九\d]+)?个?(?:年|季度?|月|周|日|天|学期|学年|旬)"
)
_TERM = regex.compile(
    r"(?:[\d０-９]+|[一二两三四五六七八九十半]+)个?(?:工作日|自然日|小时|分钟|天|日|周|月|年)"
    r"(?=(?:之|以)?内|$)"
)
_NUMBER = regex.compile(
    r"[\d０-９][\d０-９.,，]*[百千万亿]*|[一二两三四五六七八九十百千万亿半]+(?:分之[一二三四五六七八九十]+)?"
)
_COMPARED = regex.compile(rf"{alternation(terms('comparators', side='after'))}$")
_ISO = regex.compile(r"P(?P<time>T)?(?P<count>\d+(?:\.\d+)?)(?P<unit>[YMWDH])")
_SIZES = {
    "Y": ("months", 12),
    "M": ("months", 1),
    "W": ("days", 7),
    "D": ("days", 1),
    "TH": ("minutes", 60),
    "TM": ("minutes", 1),
}
_DATED = regex.compile(r"[\d０-９]{4}|[〇零一二]{4}|月")
_FREQUENCY = regex.compile(r"FREQ=(\w+)(?:;INTERVAL=(\d+))?")


@dataclass(frozen=True, slots=True)
class Item:
    """One marked expression: its phrase, line of the table, span, core and value.

    core: the span without what only gongwen counts to it (到, 前, 不少于)."""

    phrase: int
    line: str
    span: tuple[int, int]
    core: tuple[int, int]
    value: tuple[str, ...]


def main(pythons: Sequence[str]) -> None:
    """Print the table; `pythons`: the interpreters of gongwen, JioNLP and Recognizers-Text."""
    times, time_items = read_times()
    figures, figure_items = read_figures()
    asked = json.dumps({"times": times, "figures": figures})
    answers = {
        name: _ask(python, worker, asked)
        for (name, worker), python in zip(WORKERS.items(), pythons, strict=True)
    }
    versions = " | ".join(f"{name} {answer['version']}" for name, answer in answers.items())
    print(f"| expressions | rows | {versions} |")
    print("|---|---:|" + "---:|" * len(answers))
    for line in (*dict.fromkeys(TIMES.values()), *FIGURES.values(), NUMBERS):
        field = "times" if line in TIMES.values() else "figures"
        items = [item for item in time_items + figure_items if item.line == line]
        cells = [_cell(name, line, items, answer[field]) for name, answer in answers.items()]
        print(f"| {line} | {len(items)} | {' | '.join(cells)} |")


def _ask(python: str, worker: str, asked: str) -> dict[str, Any]:
    run = subprocess.run(
        [python, str(HERE / worker)],
        input=asked,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": ""},
    )
    if run.returncode:
        raise SystemExit(f"{worker} failed:\n{run.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def _cell(name: str, line: str, items: Sequence[Item], answers: Sequence[list[Answer]]) -> str:
    """How many spans and how many values of a line are right: 90 % · 85 %."""
    if (name, line) in NOT_CLAIMED:
        return "–"
    spans = sum(any(_is_span(item, one) for one in answers[item.phrase]) for item in items)
    values = sum(_is_value(item, answers[item.phrase]) for item in items)
    return f"{100 * spans / len(items):.0f} % · {100 * values / len(items):.0f} %"


def _is_span(item: Item, answer: Answer) -> bool:
    """Whether a span holds the core and nothing outside the expression."""
    (start, end), (first, last) = item.span, item.core
    return start <= answer["start"] <= first and last <= answer["end"] <= end


def _is_value(item: Item, answers: Sequence[Answer]) -> bool:
    """Whether an answer that overlaps the expression has its value; a range may be two answers."""
    start, end = item.span
    inside = [one for one in answers if one["start"] < end and start < one["end"]]
    if item.line in TIMES.values():
        return any(_is_time(item, one) for one in inside)
    return all(any(_is_number(item, value, one) for one in inside) for value in item.value)


def _is_time(item: Item, answer: Answer) -> bool:
    kind, first, last, frequency, duration = item.value
    if kind == "recurring":
        return answer.get("frequency") == frequency
    if kind == "within":
        return _length(duration) in map(_length, answer.get("durations", []))
    starts = not first or first in answer["starts"]
    return starts and (not last or last in answer["ends"])


def _length(duration: str) -> tuple[str, float] | None:
    """A duration in months, days or minutes, so that P0.5Y is P6M and P2W is P14D."""
    found = _ISO.fullmatch(duration)
    if not found:
        return None
    unit, size = _SIZES[(found["time"] or "") + found["unit"]]
    return unit, float(found["count"]) * size


def _is_number(item: Item, value: str, answer: Answer) -> bool:
    unit = {"percentages": "%", "money": "元"}.get(item.line)
    near = abs(answer["value"] - float(value)) < 0.01
    return near and (unit is None or answer["unit"] == unit)


def read_times() -> tuple[list[tuple[str, str, bool]], list[Item]]:
    """The phrases of the bank of times with the day of each, and what is marked in them."""
    phrases, items = [], []
    for text, day, where, expected in _rows("times.tsv", 4):
        spans = _marked(text)
        rows = [row for row in expected.split(" ; ") if row]
        if len(spans) != len(rows) or not spans:
            continue
        plain = _plain(text)
        phrases.append((plain, day or NO_DAY, where == "column"))
        for span, row in zip(spans, rows, strict=True):
            kind, first, last, rule, duration, *_ = row.split("|")
            every = _FREQUENCY.match(rule)
            frequency = f"{every[1]};{every[2] or 1}" if every else ""
            if _is_asked(plain[slice(*span)], day, row):
                value = (kind, first, last, frequency, duration)
                core = _core_of_time(plain, span, kind)
                items.append(Item(len(phrases) - 1, TIMES[kind], span, core, value))
    return phrases, items


def _is_asked(words: str, day: str, row: str) -> bool:
    """Whether the words and the paper's day are enough to tell the value: not that of 自印发之日起
    and 有效期5年, which need the rest of the paper."""
    kind, first, last, rule, duration, flags = row.split("|")
    if kind not in TIMES or not (first or last or rule or duration):
        return False
    if kind in ("from", "until") and not _DATED.search(words):
        return False
    return bool(day) or "inferred" not in flags


def read_figures() -> tuple[list[str], list[Item]]:
    """The phrases of the bank of figures, and the figure that is marked in each."""
    phrases, items = [], []
    for text, expected in _rows("quantities.tsv", 2):
        spans = _marked(text)
        if len(spans) != 1 or not expected:
            continue
        _, low, high, unit, *_ = expected.split("|")
        plain = _plain(text)
        phrases.append(plain)
        line = FIGURES.get(unit, NUMBERS)
        core = _core_of_figure(plain, spans[0], bare=line == NUMBERS)
        value = (low, high) if high else (low,)
        items.append(Item(len(phrases) - 1, line, spans[0], core, value))
    return phrases, items


def _rows(name: str, width: int) -> Iterator[list[str]]:
    lines = (BANKS / name).read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and line[0] != "#"][1:]:
        yield (line.split("\t") + [""] * width)[:width]


def _plain(text: str) -> str:
    return text.replace("⟦", "").replace("⟧", "")


def _marked(text: str) -> list[tuple[int, int]]:
    """Where the marked expressions stand in the text without marks."""
    spans = []
    for count, found in enumerate(regex.finditer("⟦([^⟧]*)⟧", text)):
        start = found.start() - 2 * count
        spans.append((start, start + len(found[1])))
    return spans


def _core_of_time(text: str, span: tuple[int, int], kind: str) -> tuple[int, int]:
    start, end = span
    words = {"recurring": _EVERY, "within": _TERM}.get(kind)
    found = words.search(text, start, end) if words else None
    if found:
        return found.span()
    while edge := _AROUND_DATE.search(text[start:end]):
        start, end = (
            (start + edge.end(), end) if edge.start() == 0 else (start, start + edge.start())
        )
    return start, end


def _core_of_figure(text: str, span: tuple[int, int], bare: bool) -> tuple[int, int]:
    """The number and its unit, without 不少于 before and 以上 behind; `bare`: the number alone."""
    start, end = span
    number = _NUMBER.search(text, start, end)
    if bare and number:
        return number.span()
    behind = _COMPARED.search(text[start:end].translate(str.maketrans("（）", "()")))
    return number.start() if number else start, start + behind.start() if behind else end


if __name__ == "__main__":
    main(sys.argv[1:])
