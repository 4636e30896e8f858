"""Which rules and words are at work, which are dead: `make rules [PAPERS=folder] [TABLE=name]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extract.rules.rule import RULES
from pipelines.measure.rule_hits import load_rules, watched
from pipelines.measure.rule_texts import (
    GROUPS,
    PAPERS,
    SEEDS,
    Reading,
    load_gold,
    read_banks,
    read_papers,
)
from pipelines.measure.word_examples import load_examples
from pipelines.measure.word_hits import Word, count_words

_HELP = """\
Hits of every rule and every word of the lexicon over the seeds (data/raw), the papers of PAPERS and
the banks (tests/banks, tests/written.py).

A rule's hits are counted while the texts are read, so a match that another rule then vetoes counts
too. A word's are counted where its table's words stand: names, titles, behind a number, the text.

Last miss: the last row of tests/gold, of a paper among the seeds and PAPERS, that the tables lack
although the rule matched its words (or the word stands in them). Look there first when a rule or a
word is to be mended: it saw the place, and yet nothing came of it.

Dead: a rule that matched nothing in any of these texts (its own examples show only that it could);
a word that stands in none of them and whose own example (tests/banks/words.tsv) is not read as it
should be. Give a bank a row that needs it, or delete it.

Exit status: 0 all are alive, 1 some are dead."""
_FIELDS = {
    "extract.rules.times": "deadlines",
    "extract.rules.figures": "targets",
    "extract.rules.papers": "citations",
    "extract.rules.units": "units",
    "extract.rules.organs": "units",
    "extract.rules.subjects": "units",
}
"""Room of a rule to the field whose missed rows are its own."""
_AROUND = 12
_WIDTH = 150


@dataclass(slots=True)
class RuleHits:
    """A rule's matches by group, one of them in its words, and the last row it saw and lost."""

    name: str
    hits: Counter[str] = field(default_factory=Counter)
    example: str = ""
    last_miss: str = ""

    @property
    def dead(self) -> bool:
        """Whether it matched nothing in any text."""
        return not self.hits.total()


def read_all(root: Path, papers: Sequence[str]) -> tuple[list[Reading], list[RuleHits]]:
    """Read seeds, papers and banks below a checkout; the readings and what each rule matched."""
    load_rules()
    rules = {name: RuleHits(name) for name in RULES}
    noted: list[tuple[str, regex.Match[str]]] = []
    readings = []
    with watched(lambda name, match: noted.append((name, match))):
        for reading in _texts(root, papers):
            _count(reading, noted, rules)
            readings.append(reading)
            noted.clear()
    return readings, list(rules.values())


def _texts(root: Path, papers: Sequence[str]) -> Iterable[Reading]:
    gold = load_gold(root / "tests/gold")
    yield from read_papers(SEEDS, [str(root / "data/raw")], gold)
    if papers:
        yield from read_papers(PAPERS, list(papers), gold)
    yield from read_banks(root / "tests/banks")


def _count(
    reading: Reading, noted: Sequence[tuple[str, regex.Match[str]]], rules: dict[str, RuleHits]
) -> None:
    """Add a reading's matches to those of the rules."""
    matched: defaultdict[str, set[str]] = defaultdict(set)
    for name, match in noted:
        one = rules[name]
        one.hits[reading.group] += 1
        one.example = one.example or _around(match)
        matched[name].add(match[0])
    for name, words in matched.items():
        room = ".".join(RULES[name].module.split(".")[:3])
        for column, quote in reading.missed:
            if _FIELDS.get(room) == column and any(w and (w in quote or quote in w) for w in words):
                rules[name].last_miss = f"{reading.name}: {quote}"


def _around(match: regex.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    words = f"{text[max(0, start - _AROUND) : start]}⟦{match[0]}⟧{text[end : end + _AROUND]}"
    return words.replace("\n", "⏎")


def _print_rules(console: Console, rules: Sequence[RuleHits]) -> None:
    table = Table("rule", "in", *GROUPS, "example", "last miss", title="Rules")
    for one in rules:
        room = RULES[one.name].module.removeprefix("extract.")
        counts = (str(one.hits[group]) for group in GROUPS)
        table.add_row(one.name, room, *counts, escape(one.example), escape(one.last_miss))
    console.print(table)


def _print_tables(console: Console, words: Sequence[Word]) -> None:
    table = Table("table", "words", *GROUPS, "only its own example", "dead", title="Lexicon")
    for name in dict.fromkeys(word.table for word in words):
        mine = [word for word in words if word.table == name]
        counts = (str(sum(bool(word.hits[group]) for word in mine)) for group in GROUPS)
        alone = sum(word.works and not word.hits.total() for word in mine)
        dead = sum(word.dead for word in mine)
        table.add_row(name, str(len(mine)), *counts, str(alone), str(dead))
    console.print(table)


def _print_words(console: Console, words: Sequence[Word]) -> None:
    table = Table("word", *GROUPS, "own example", "example", "last miss", title=words[0].table)
    for one in words:
        counts = (str(one.hits[group]) for group in GROUPS)
        works = "works" if one.works else ""
        table.add_row(escape(one.word), *counts, works, escape(one.example), escape(one.last_miss))
    console.print(table)


def main(given: Sequence[str]) -> int:
    """Print the report; 1 when a rule or a word is dead."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="rules_report", description=_HELP, formatter_class=formatter
    )
    parser.add_argument("papers", nargs="*", metavar="PAPERS", help="files or folders of papers")
    parser.add_argument("--table", metavar="NAME", help="print every word of one lexicon table")
    options = parser.parse_args(given)
    root = Path(__file__).resolve().parents[2]
    readings, rules = read_all(root, options.papers)
    words = count_words(load_examples(root / "tests/banks/words.tsv"), readings)
    console = Console(width=_WIDTH)
    if options.table:
        chosen = [word for word in words if word.table == options.table]
        if not chosen:
            parser.error(f"no table {options.table!r} in extract/lexicon")
        _print_words(console, chosen)
    else:
        _print_rules(console, rules)
        _print_tables(console, words)
    dead = [f"rule {one.name}" for one in rules if one.dead]
    dead += [f"{one.table}.tsv {one.word}" for one in words if one.dead]
    for name in dead:
        print(f"dead: {name}", file=sys.stderr)
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
