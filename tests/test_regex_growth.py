"""No pattern and no text takes more than about linear time.

Each pattern gets strings made from itself (`patterns.hard_strings`), and again four times as long;
whole texts and pages of hard kinds likewise. Only growth is judged, and measured again before it
counts against anything.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

import pytest
import regex
from pace import WORST, growth
from patterns import Found, Hard, hard_strings, patterns

from extract import extract_text
from extract.readers.html_tree import parse

SHORT, LONG = 1500, 6000
SEEDS = 6

FOUND = sorted(patterns(), key=lambda found: found.place)
BY_MODULE = {
    module: list(group)
    for module, group in groupby(FOUND, key=lambda found: found.place.rpartition(".")[0])
}
NAMES_OF_PLACES = "extract.rules.units.unit_words._PLACE_END"
"""Only ever sees the names of places in the lexicon, when words are loaded."""


def asked(found: Found, text: str) -> None:
    """Ask a pattern as the code does: at one place, or over a whole text."""
    given: Any = text.encode() if isinstance(found.pattern.pattern, bytes) else text
    for method in found.asked:
        result = getattr(found.pattern, method)(given)
        if method == "finditer":
            for _ in result:
                pass


def slow_strings(found: Found) -> list[str]:
    """The strings over which a pattern's time grows like a square or worse."""

    def work(hard: Hard) -> Callable[[int], None]:
        return lambda length: asked(found, hard.text(length))

    return [
        f"{found.place}: {hard.begin!r} + {hard.seed!r}... + {hard.end!r}"
        for hard in hard_strings(found.pattern, SEEDS)
        if growth(work(hard), SHORT, LONG) > WORST
    ]


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > 500
    assert sum("finditer" not in found.asked for found in FOUND) > 100
    assert {"extract.lens._TITLES", "extract.outline.marks._furniture"} <= {f.place for f in FOUND}


@pytest.mark.parametrize("module", BY_MODULE)
def test_patterns_grow_about_linearly(module: str) -> None:
    found = [each for each in BY_MODULE[module] if each.place != NAMES_OF_PLACES]
    assert [text for each in found for text in slow_strings(each)] == []


@pytest.mark.parametrize(
    ("pattern", "method", "slow"),
    [
        (r"[a-z]+\d", "finditer", True),
        (r"[a-z]+\d", "match", False),
        (r"(?<![a-z])[a-z]+\d", "finditer", False),
        (r"\([^()]*\)|\d+年", "finditer", True),
        (r"\([^()]{0,40}\)|(?<!\d)\d+年", "finditer", False),
    ],
)
def test_growth_is_noticed(pattern: str, method: str, slow: bool) -> None:
    assert bool(slow_strings(Found("here", regex.compile(pattern), frozenset({method})))) is slow


TEXTS = {
    "directives": "市司法局要",
    "directives with all": "市司法局要加强培训，2024年6月底前完成，覆盖率达到60%以上",
    "lists of units": "财政局、教育局、市、县（区）、",
    "statements": "（责任单位：市司法局、财政局）",
    "those who check": "市科技局复核、",
    "open brackets": "（",
    "nested brackets": "（" * 50 + "市司法局" + "）" * 50,
    "open titles": "《",
    "citations": "《关于印发办法的通知》（国办发〔2023〕27号）、",
    "titles": "《关于推进的通知》",
    "lists of papers": "1.《关于印发办法的通知》（市政发〔2015〕1号）\n",
    "short paragraphs": "加强培训。\n",
    "digits": "1",
    "figures": "60%、",
    "sums": "每年最高50万元、",
    "times": "2024年6月底前",
    "recurring": "每年",
    "words of growth": "增长5%，",
    "spaces": " 　",
    "letters": "abc ",
    "joints": "市司法局和",
    "colons": "市司法局：",
    "numerals": "一百二十",
    "annexes": "附件：1.甲\n",
    "labels": "（一）",
    "sentences": "推进学校管理。",
    "items": "1.加强培训。市司法局要组织培训。\n",
    "wrapped lines": "市司法局要加强培训，完成任务的情况要报告\n",
    "table with tabs": "1\t组织培训\t市司法局\t2024年6月底前\n",
    "table with bars": "| 组织培训 | 市司法局 | 2024年 |\n",
    "columns": "甲    乙    丙\n",
    "contents": "第一章 总则 ..... 3\n",
}


HEADS = {
    "bare": "",
    "in a task": "关于做好工作的通知\n各区教育局：\n一、开展工作\n（一）做好工作。",
}
"""Who is to act is only looked for in the tasks of a paper."""


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("head", HEADS)
def test_texts_grow_about_linearly(head: str, kind: str) -> None:
    hard = Hard(HEADS[head], TEXTS[kind], "")
    assert growth(lambda n: extract_text(hard.text(n)), 3000, 12_000) < WORST


_TITLE = "某市人民政府办公室关于印发工作方案的通知\n某政办发〔2024〕5号\n各县区：\n"
LISTS = {
    "figures a line": ("一、重点任务\n", "达到3个、\n"),
    "units in a statement": ("（责任单位：", "市教育局、"),
}


@pytest.mark.parametrize("kind", LISTS)
def test_long_lists_grow_about_linearly(kind: str) -> None:
    opening, piece = LISTS[kind]
    hard = Hard(_TITLE + opening, piece, "")
    assert growth(lambda n: extract_text(hard.text(n)), 10_000, 40_000) < WORST


PAGES = {
    "directives never closed": "<%= 1 ",
    "instructions never closed": "<?php 1 ",
    "comments never closed": "<!-- 市 ",
    "scripts never closed": "<script>市 ",
    "scripts within their tag": "<script ",
    "tags never closed": "<div class='1' ",
    "elements never closed": "<div>市",
}


@pytest.mark.parametrize("kind", PAGES)
def test_pages_grow_about_linearly(kind: str) -> None:
    deep = Hard("<div>" * 1001, PAGES[kind], "")
    assert growth(lambda n: parse(deep.text(n)), 40_000, 160_000) < WORST
