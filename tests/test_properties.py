"""The same paper printed in another way gives the same tasks, units, dates and figures."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
from likeness import broken_spans, likeness, metadata, read
from papers import RAW

from extract import Extraction

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
        "\n".join(line[i : i + width] for i in range(0, len(line), width)) if running(line) else line
        for line in text.split("\n")
    )


@pytest.mark.parametrize("seed", PROSE)
@pytest.mark.parametrize("width", range(20, 81))
def test_lines_wrapped_at_any_width(seed: str, width: int) -> None:
    assert_alike(wrapped(raw(seed), width), seed)


BREAKS = ("\n\n", "\n\f", "\n\n— 7 —\n\n", "\n- 8 -\n")


def broken(text: str, chance: random.Random, page_break: str) -> str:
    """The text with a page break put into one sentence of every running line."""
    lines = []
    for line in text.split("\n"):
        places = [m.start() + 1 for m in re.finditer(r"(?<=\p{Han}{2})(?=\p{Han}{2})", line)] if False else [
            i for i in range(12, len(line) - 12) if line[i - 1].isalpha() and line[i].isalpha()
        ]
        if running(line) and places:
            place = chance.choice(places)
            line = line[:place] + page_break + line[place:]  # noqa: PLW2901
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("seed", PROSE)
@pytest.mark.parametrize("page_break", BREAKS)
@pytest.mark.parametrize("throw", range(5))
def test_page_breaks_inside_sentences(seed: str, page_break: str, throw: int) -> None:
    chance = random.Random(f"{seed} {throw}")
    assert_alike(broken(raw(seed), chance, page_break), seed)


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


@pytest.mark.parametrize("seed", SEEDS)
def test_two_readings_are_the_same(seed: str) -> None:
    again = read(raw(seed))
    assert broken_spans(again) == []
    for name, table in original(seed).frames().items():
        assert again.frame(name).equals(table), name
