"""Every rule does what its examples say, and every word of the lexicon can match."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module, resources
from pathlib import Path

import pytest
import regex

import extract
from extract.lens import View
from extract.lexicon import PATTERNS, LexiconError, load, spellings
from extract.rules.rule import RULES, Rule, RuleError, rule

for module in pkgutil.walk_packages(extract.__path__, "extract."):
    if not module.name.startswith("extract.readers."):
        import_module(module.name)

TABLES = sorted(
    file.name.removesuffix(".tsv")
    for file in resources.files("extract.lexicon").iterdir()
    if file.name.endswith(".tsv")
)


@pytest.mark.parametrize("one", RULES.values(), ids=RULES.keys())
def test_rule_finds_its_examples_and_not_its_counter_examples(one: Rule) -> None:
    assert one.failures() == []
    assert one.examples
    assert one.source
    assert all("⟦" in example and "⟧" in example for example in one.examples)


def test_a_wrong_example_is_noticed() -> None:
    finds_years = Rule(
        "year", regex.compile(r"\d{4}年"), "test", ("到⟦2024⟧年",), ("2025年计划", "计划")
    )
    assert finds_years.failures() == [
        "year: 到⟦2024⟧年 gave '2024年'",
        "year: 2025年计划 should give nothing, gave '2025年'",
    ]


@pytest.mark.parametrize(
    ("pattern", "examples", "says"),
    [("(", ("⟦x⟧",), "missing"), ("x", (), "no example")],
)
def test_a_rule_that_cannot_work_is_refused(
    pattern: str, examples: tuple[str, ...], says: str
) -> None:
    with pytest.raises(RuleError, match=f"rule broken.*{says}"):
        rule("broken", pattern, source="test", examples=examples)
    assert "broken" not in RULES


def test_a_rule_is_declared_once() -> None:
    name = next(iter(RULES))
    with pytest.raises(RuleError, match="declared twice"):
        rule(name, "x", source="test", examples=("⟦x⟧",))


def words(table: str) -> Iterator[tuple[str, str]]:
    """Every spelling of a table with its column, without the columns of patterns."""
    for entry in load(table):
        for column, cell in entry.items():
            if column not in PATTERNS:
                for word in spellings(cell):
                    yield column, word


@pytest.mark.parametrize("table", TABLES)
def test_every_word_can_match(table: str) -> None:
    assert load(table)
    unseen = [(column, word) for column, word in words(table) if View(word).text != word]
    assert unseen == [], "write them as a View shows them: half-width and without spaces"
    padded = [(column, word) for column, word in words(table) if word != word.strip()]
    assert padded == []


@pytest.mark.parametrize("table", TABLES)
def test_every_pattern_compiles(table: str) -> None:
    for entry in load(table):
        for column in PATTERNS:
            regex.compile(entry.get(column, ""))


def test_a_word_that_could_never_match_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusal(text: str) -> str:
        (tmp_path / "sample.tsv").write_text(text, encoding="utf-8")
        load.cache_clear()
        with pytest.raises(LexiconError) as error:
            load("sample")
        return str(error.value)

    monkeypatch.setattr("extract.lexicon.resources.files", lambda _: tmp_path)
    try:
        assert "line 2" in refusal("term\n市（县）\n")
        assert "repeats line 2" in refusal("term\n市\n市\n")
        assert "has 2 cells" in refusal("term\n市\tx\n")
    finally:
        load.cache_clear()
