"""Wrapped text: at every width the paragraphs are those of the unwrapped paper."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from test_clean_join import source

from extract.clean import clean
from extract.clean.printed import display

RAW = Path(__file__).parent.parent / "data" / "raw"
SEEDS = sorted(path for path in RAW.glob("00[0-3]_*.txt"))


@cache
def running_text(path: Path) -> tuple[str, ...]:
    """The paragraphs of a seed without its tables."""
    found = clean(source(path.read_text(encoding="utf-8")))
    return tuple(found.text[s.start : s.end] for s in found.stretches if s.table is None)


def closed(text: str) -> str:
    """Without spaces: a line cut at a space does not say whether there was one."""
    return text.replace(" ", "").replace("　", "")


def wrap(text: str, width: int, measure: Callable[[str], int]) -> list[str]:
    lines, line, used = [], "", 0
    for sign in text:
        if used + measure(sign) > width:
            lines.append(line)
            line, used = "", 0
        line += sign
        used += measure(sign)
    return [*lines, line]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("measure", [len, display])
@pytest.mark.parametrize(("indent", "between"), [("　　", []), ("　　", [""]), ("", [""])])
def test_every_width(
    path: Path, measure: Callable[[str], int], indent: str, between: list[str]
) -> None:
    want = [closed(text) for text in running_text(path)]
    for width in range(20, 81, 3):
        lines = []
        for text in running_text(path):
            lines += [*wrap(indent + text, width, measure), *between]
        got = clean(source("\n".join(lines))).text.split("\n")
        assert [closed(text) for text in got] == want, f"width {width}"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("page_end", ["\n\n", "\n— 3 —\n", "\n\n- 3 -\n\n", "\n第 3 页\n"])
def test_page_ends_in_sentences(path: Path, page_end: str) -> None:
    pick = random.Random(7)
    whole = running_text(path)
    want = [closed(text) for text in whole]
    for place, text in enumerate(whole):
        if len(text) < 80:
            continue
        at = pick.randrange(20, len(text) - 1)
        if text[at - 1] == "。":
            continue
        cut = [*whole[:place], text[:at] + page_end + text[at:], *whole[place + 1 :]]
        got = clean(source("\n\n".join(cut))).text.split("\n")
        assert [closed(text) for text in got] == want, text[at - 10 : at + 10]


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_a_tenth_of_the_lines_removed_is_no_crash(path: Path) -> None:
    pick = random.Random(11)
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(10):
        kept = [line for line in lines if pick.random() > 0.1]
        found = clean(source("\n".join(kept)))
        assert found.text.split("\n") == [found.text[s.start : s.end] for s in found.stretches]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_lines_that_stop_some_words_before_the_width_go_on(path: Path) -> None:
    """As a PDF's text copies them: the printer has moved a word to the next line."""
    chance = random.Random(7)
    lines = []
    for text in running_text(path):
        rest = "　　" + text
        while len(rest) > 38:
            cut = 38 - (chance.randint(1, 4) if chance.random() < 0.15 else 0)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    got = {closed(text) for text in clean(source("\n".join(lines))).text.split("\n")}
    want = {closed(text) for text in running_text(path)}
    assert len(got - want) * 20 <= len(want)  # a title's lines may stay apart
