"""The same paper printed in another way gives the same tasks, units, dates and figures."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Any

import pytest
from likeness import broken_spans, likeness, metadata, read
from papers import RAW

from extract import Extraction
from pipelines.measure.score_keys import norm

SEEDS = [path.name[:3] for path in sorted(RAW.glob("*.txt"))]
PROSE = SEEDS[:4]  # the last one is all table
LONG = 60
IN_TABLE = re.compile(r"\t|^[-|]")


@cache
def raw(seed: str) -> str:
    return next(RAW.glob(f"{seed}_*")).read_text(encoding="utf-8")


@cache
def original(seed: str) -> Extraction:
    return read(raw(seed))


def running(line: str) -> bool:
    """Whether a line of the file is running text: long, and in no table."""
    return len(line) >= LONG and not IN_TABLE.search(line)


def assert_alike(changed: str | bytes, seed: str) -> None:
    result = read(changed)
    assert broken_spans(result) == []
    assert likeness(result) == likeness(original(seed))
    assert metadata(result) == metadata(original(seed))


def wrapped(text: str, width: int) -> str:
    """The text with its running lines broken after every `width` characters."""
    return "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width))
        if running(line)
        else line
        for line in text.split("\n")
    )


@pytest.mark.parametrize("seed", PROSE)
@pytest.mark.parametrize("width", range(20, 81))
def test_lines_wrapped_at_any_width(seed: str, width: int) -> None:
    assert_alike(wrapped(raw(seed), width), seed)


BREAKS = ("\n\n", "\n\f", "\n\n— 7 —\n\n", "\n- 8 -\n")
SENTENCE = re.compile(r"[^。]+。?")
MOST_SENTENCES = 14


def broken(text: str, number: int, quarter: int) -> str:
    """The text with a page break inside the sentence of that number of every fourth paragraph."""
    chance = random.Random(4 * number + quarter)
    lines = []
    paragraphs = 0
    for line in text.split("\n"):
        paragraphs += running(line)
        sentences = list(SENTENCE.finditer(line)) if running(line) else []
        if number < len(sentences) and paragraphs % 4 == quarter:
            start, end = sentences[number].span()
            inside = [
                i for i in range(start + 2, end - 2) if line[i - 1].isalpha() and line[i].isalpha()
            ]
            if inside:
                place = chance.choice(inside)
                lines.append(line[:place] + chance.choice(BREAKS) + line[place:])
                continue
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("seed", PROSE)
@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("number", range(MOST_SENTENCES))
def test_page_break_inside_any_sentence(seed: str, quarter: int, number: int) -> None:
    assert_alike(broken(raw(seed), number, quarter), seed)


HALF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz,:;()%."
FULL = "".join(chr(ord(c) + 0xFEE0) for c in HALF)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("table", [(HALF, FULL), (FULL, HALF)], ids=["full", "half"])
def test_width_switched(seed: str, table: tuple[str, str]) -> None:
    assert_alike(raw(seed).translate(str.maketrans(*table)), seed)


BRACKETS = ("（）", "()", "〔〕", "[]", "［］", "【】")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", BRACKETS)
def test_brackets_switched(seed: str, kind: str) -> None:
    opening = "".join(pair[0] for pair in BRACKETS)
    closing = "".join(pair[1] for pair in BRACKETS)
    table = str.maketrans(opening + closing, kind[0] * len(opening) + kind[1] * len(closing))
    assert_alike(raw(seed).translate(table), seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("pattern", "with_space"),
    [
        (r"(?<=\d)(?=[一-鿿])|(?<=[一-鿿])(?=\d)", " "),
        (r"(?<=\d)(?=\d)", " "),
        (r"(?<=[^\s])(?=[（(〔\[])|(?<=[）)〕\]])(?=[^\s])", " "),
        (r"(?<=[（(〔\[])(?=[^\s])|(?<=[^\s])(?=[）)〕\]])", " "),
    ],
    ids=["digits and words", "digits", "outside brackets", "inside brackets"],
)
def test_spaces(seed: str, pattern: str, with_space: str) -> None:
    assert_alike(re.sub(pattern, with_space, raw(seed)), seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings(seed: str, encoding: str) -> None:
    bom = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert_alike(bom + raw(seed).encode(encoding), seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(seed: str, end: str) -> None:
    assert_alike(raw(seed).replace("\n", end), seed)


# the words of one place with those of another, and the other's code in GB/T 2260
ELSEWHERE = {
    "000": ({"大同": "宝鸡", "山西": "陕西", "同政办发": "宝政办发", "晋政": "陕政"}, "610300"),
    "001": ({"三门峡": "开封", "三政办": "汴政办"}, "410200"),
    "002": ({"聊城": "潍坊"}, "370700"),
    "003": ({"定西": "庆阳", "定政办发": "庆政办发", "在定": "在庆"}, "621000"),
    "004": ({"壶关": "岐山", "山西": "陕西"}, "610323"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_place_names_swapped(seed: str) -> None:
    names, code = ELSEWHERE[seed]
    old = re.compile("|".join(names))

    def swapped(value: Any) -> Any:
        if isinstance(value, str):
            return old.sub(lambda m: names[m[0]], value)
        return (
            value if value is None or isinstance(value, bool) else type(value)(map(swapped, value))
        )

    here = original(seed)
    there = read(swapped(raw(seed)))
    assert there.document.region_code == code != here.document.region_code
    for before, after in zip(likeness(here), likeness(there), strict=True):
        units = sorted(tuple(swapped(value) for value in unit) for unit in before.units)
        assert after.units == tuple(units)
        assert after.place == before.place
        assert (after.title, after.text) == (swapped(before.title), swapped(before.text))
        assert after.deadlines == before.deadlines
        assert [figure[0] for figure in after.targets] == [figure[0] for figure in before.targets]
    codes = {here.document.region_code: code}
    assert [row.region_code for row in there.responsibilities] == [
        codes.get(row.region_code, row.region_code) for row in here.responsibilities
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("throw", range(12))
def test_any_tenth_of_the_paragraphs_removed_never_crashes(seed: str, throw: int) -> None:
    lines = raw(seed).split("\n")
    chance = random.Random(throw)
    full = [i for i, line in enumerate(lines) if line.strip()]
    gone = set(chance.sample(full, len(full) // 10))
    result = read("\n".join(line for i, line in enumerate(lines) if i not in gone))
    assert result.document.status == "ok"
    assert broken_spans(result) == []


GOVERNS = re.compile(r"下同|以下均|不再逐一|排在第一")


def removable(result: Extraction, chance: random.Random) -> list[int]:
    """A tenth of the body's tasks, none that governs others, none the only one of its section."""
    tasks = result.tasks
    upper = {task.parent_task_id for task in tasks if task.source == "body"}
    groups: dict[str, list[int]] = {}
    for i, task in enumerate(tasks):
        if task.source == "body":
            groups.setdefault((task.path or "").rpartition(".")[0], []).append(i)
    free = [
        i
        for group in groups.values()
        for i in chance.sample(group, len(group) - 1)
        if tasks[i].task_id not in upper
        and tasks[i].label
        and not GOVERNS.search(tasks[i].quote)
        and [task.path for task in tasks].count(tasks[i].path) == 1
    ]
    return chance.sample(free, max(1, len(free) // 10))


def without(lines: list[str], quote: str) -> list[str]:
    """The lines without those that together are the quote, a full stop after it or not."""
    for first in range(len(lines)):
        rest, last = quote, first
        while rest and last < len(lines) and (rest + "。").startswith(norm(lines[last])):
            rest = rest[len(norm(lines[last])) :]
            last += 1
        if not rest:
            return lines[:first] + lines[last:]
    raise AssertionError(f"not found: {quote}")


@pytest.mark.parametrize("seed", PROSE)
@pytest.mark.parametrize("throw", range(12))
def test_removed_tasks_change_only_what_they_held_or_governed(seed: str, throw: int) -> None:
    before = original(seed)
    gone = removable(before, random.Random(throw))
    governed = {before.tasks[i].task_id for i in gone}
    lines = raw(seed).split("\n")
    for i in gone:
        lines = without(lines, norm(before.tasks[i].quote))
    after = read("\n".join(lines))
    assert broken_spans(after) == []
    detailing = [i for i, t in enumerate(before.tasks) if t.parent_task_id in governed]
    want = [x for i, x in enumerate(likeness(before)) if i not in {*gone, *detailing}]
    now = [i - sum(j < i for j in gone) for i in detailing]
    have = [x for i, x in enumerate(likeness(after)) if i not in now]
    assert have == want


@pytest.mark.parametrize("seed", SEEDS)
def test_two_readings_are_the_same(seed: str) -> None:
    again = read(raw(seed))
    assert broken_spans(again) == []
    for name, table in original(seed).frames().items():
        assert again.frame(name).equals(table), name
