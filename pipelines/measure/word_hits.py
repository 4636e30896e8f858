"""Where the words of the lexicon stand in texts: each table's in the place they are read in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extract.lexicon import alternation, load
from extract.rules.numerals import NUMBER
from pipelines.measure.rule_texts import BANKS, GROUPS, Reading
from pipelines.measure.word_examples import Example, words_of

_PLACES = {
    "departments": "names",
    "central_organs": "names",
    "vertical_organs": "names",
    "unit_heads": "names",
    "name_heads": "names",
    "not_papers": "titles",
    "genres": "titles",
    "genre_tasks": "titles",
}
"""Table to the place where its words are looked for; the others' in the whole text."""
_AT_END = frozenset(("departments", "unit_heads", "not_papers", "genres", "genre_tasks"))
"""Tables whose words count only at the end of a name or title; a phrase is no name."""
_AFTER_NUMBER = frozenset(("measure_words",))
_LINES = ("furniture", "section_kinds")
"""Tables whose entries are patterns of whole lines."""
_LABEL = regex.compile(r"\(?[一二三四五六七八九十\d]{1,3}[)、.]+")
_AROUND = 12
_LONGEST_LINE = 200


@dataclass(slots=True)
class Word:
    """A spelling of a table: its hits by group, one of them as printed, whether its own example
    works, and the last gold row with the word in it that was missed."""

    table: str
    word: str
    works: bool = False
    hits: Counter[str] = field(default_factory=Counter)
    example: str = ""
    last_miss: str = ""

    @property
    def dead(self) -> bool:
        """Whether nothing shows that it can match."""
        return not self.works and not self.hits.total()


def count_words(examples: Sequence[Example], readings: Sequence[Reading]) -> list[Word]:
    """Every spelling of every table, tried on its own examples and looked for in the readings."""
    words = []
    for table in sorted({example.table for example in examples}):
        mine = [example for example in examples if example.table == table]
        found = [Word(table, word, works) for word, works in _tried(table, mine)]
        _look(table, found, readings)
        words += found
    words += _patterns(readings)
    for reading in readings:
        for name, quote in reading.missed:
            for one in words:
                if one.word in quote and one.table not in _LINES:
                    one.last_miss = f"{reading.name}: {name} {quote}"
    return words


def _tried(table: str, examples: Sequence[Example]) -> Iterator[tuple[str, bool]]:
    """Each spelling of a table, and whether one of its examples works."""
    columns = dict.fromkeys(example.column for example in examples)
    for entry in load(table):
        for column in columns:
            mine = [one for one in examples if one.column == column and one.is_for(entry)]
            for word in words_of(entry, column):
                yield word, any(example.works(entry, word) for example in mine)


def _look(table: str, words: Sequence[Word], readings: Sequence[Reading]) -> None:
    """Count a table's words in the readings of each group."""
    place = _PLACES.get(table, "text")
    for group in GROUPS:
        texts = [reading.places[place] for reading in readings if reading.group == group]
        text = "\n".join(texts)
        spelled = [one.word for one in words]
        numbered = _after_number(spelled, text) if table in _AFTER_NUMBER else None
        end = "\n" if table in _AT_END and group != BANKS else ""
        for one in words:
            word = one.word
            count = numbered[word] if numbered is not None else text.count(word + end)
            if count:
                one.hits[group] += count
                one.example = one.example or _around(text, text.find(word + end), word)


def _after_number(words: Iterable[str], text: str) -> Counter[str]:
    """How often each measure word stands behind a number."""
    pattern = regex.compile(rf"{NUMBER}(?P<word>{alternation(words)})")
    return Counter(match["word"] for match in pattern.finditer(text))


def _around(text: str, at: int, word: str) -> str:
    before = text[max(0, at - _AROUND) : at].rpartition("\n")[2]
    after = text[at + len(word) : at + len(word) + _AROUND].partition("\n")[0]
    return f"{before}⟦{word}⟧{after}"


def _patterns(readings: Sequence[Reading]) -> Iterator[Word]:
    """The entries that are patterns of whole lines: the lines that each is the first to match."""
    for table in _LINES:
        rows = [(regex.compile(e["pattern"]), Word(table, e["pattern"])) for e in load(table)]
        for reading in readings:
            for line in reading.places["text"].split("\n"):
                text = _LABEL.sub("", line, count=1) if table == "section_kinds" else line
                text = text.replace(" ", "")[:_LONGEST_LINE].rstrip("。")
                for pattern, one in rows:
                    if pattern.fullmatch(text):
                        one.hits[reading.group] += 1
                        one.example = one.example or f"⟦{text}⟧"
        yield from (one for _, one in rows)
