"""Own examples of the lexicon's words: a sentence for each kind of entry, read by the real finders.

`tests/banks/words.tsv` holds the sentences. An entry works when one of its kind's sentences, with
the entry put in, is read as the row says, and is read otherwise with a character that is no word.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from extract.assemble.ranges import tasks_of_title
from extract.lens import View
from extract.lexicon import Entry, load, spellings
from extract.model import Place, Setting
from extract.outline import columns, marks
from extract.readers import fields, html_furniture
from extract.rules.figures import comparisons, conditions, demands, figures, refusals
from extract.rules.organs import names, places
from extract.rules.papers import citations, papers
from extract.rules.subjects import subject_clauses, subject_names, subjects
from extract.rules.subjects.predicates import predicate_at
from extract.rules.times.dates import Column, read_times
from extract.rules.units import statements, unit_words

_NO_WORD = "〼"
_WRITTEN_ON = date(2024, 1, 30)
_COUNTY = Setting(place=places.by_code("140224"))
_NATION = Setting(place=places.by_code("000000"))


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence for the entries of a table: which of them, how it is read, what must come out."""

    table: str
    column: str
    where: str
    reader: str
    text: str
    expected: str
    without: str

    def is_for(self, entry: Entry) -> bool:
        """Whether the entry is of the kind that the sentence shows."""
        column, _, value = self.where.partition("=")
        return not column or entry[column] == value

    def works(self, entry: Entry, word: str) -> bool:
        """Whether the sentence is read as it should with the word, and not without it."""
        read = READERS[self.reader]
        want = _filled(self.expected, entry, word)
        without = self.without.replace("{tail}", word[1:]) or _NO_WORD
        return (
            read(_filled(self.text, entry, word)) == want
            and read(_filled(self.text, {**entry, "code": ""}, without)) != want
        )


def load_examples(file: Path) -> list[Example]:
    """The rows of the bank of sentences; raises ValueError for a row with an unknown reader."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    found = [Example(**row) for row in rows]
    for example in found:
        if example.reader not in READERS:
            raise ValueError(f"{file}: no reader {example.reader!r}; known are {sorted(READERS)}")
    return found


def words_of(entry: Entry, column: str) -> Iterator[str]:
    """The spellings in a cell; in a vertical organ's name X is any place, S its short name."""
    words = spellings(entry[column])
    if column != "long_form":
        return iter(words)
    return (word.replace("X", "大同市").replace("S", "浙江") for word in words)


def _filled(text: str, entry: Entry, word: str) -> str:
    values = {f"{{{column}}}": cell for column, cell in entry.items()}
    if "{above}" in text and entry["code"]:
        above = places.by_code(places.above_code(entry["code"]))
        known = above is not None and above.code != "000000"
        values["{above}"] = above.full_name if above and known else ""
    for name, value in values.items():
        text = text.replace(name, value)
    return text.replace("{}", word)


def _times(text: str, column: Column | None = None) -> str:
    found = read_times(View(text), Setting(written_on=_WRITTEN_ON), column)[0]
    return " ; ".join(f"{t.kind} {t.end_on or t.anchor or t.duration or ''}" for t in found)


def _figures(text: str) -> str:
    found = list(figures.find_figures(View(text).text))
    return " ; ".join(f"{f.unit} {f.kind}" for f in found)


def _compared(text: str) -> str:
    folded = View(text).text
    found = list(figures.find_figures(folded))
    ops = [comparisons.read_comparison(folded, 0, figure) for figure in found]
    return " ; ".join(c.op.replace("~", "about") for c in ops if c.said)


_AROUND: dict[str, Callable[[str, str], object]] = {
    "reach": lambda before, _: demands.REACH.search(before),
    "grant": lambda before, _: demands.GRANT.search(before),
    "threshold": lambda before, _: conditions.THRESHOLD.search(before),
    "past lead": lambda before, _: refusals.PAST_LEAD.search(before),
    "past": lambda before, _: refusals.PAST.search(before),
    "entity": lambda _, after: refusals.CLASS.search(after),
}


def _around(kind: str) -> Callable[[str], str]:
    """What the words around a sentence's figure are taken for."""

    def read(text: str) -> str:
        folded = View(text).text
        *_, figure = figures.find_figures(folded)
        return "yes" if _AROUND[kind](folded[: figure.start], folded[figure.end :]) else ""

    return read


def _verb(text: str) -> str:
    found = demands.VERB.match(text)
    return found[0] if found else ""


def _predicate(text: str) -> str:
    folded = View(text).text
    found = predicate_at(folded, 0, len(folded))
    return f"{found.kind} {folded[: found.end]}" if found else ""


def _subjects(text: str) -> str:
    return " ; ".join(f"{m.role} {m.unit.unit}" for m in subjects.find_subjects(View(text)))


def _in_scope(text: str) -> str:
    clauses = subject_clauses.cut_clauses(View(text).text)
    return "yes" if clauses.in_scope(len(clauses.spans) - 1) else ""


def _statement(text: str) -> str:
    statement = statements.read_statement(View(text), None)
    return " ; ".join(f"{role} {unit.unit}" for unit, role in statement.mentions)


def _head(text: str) -> str:
    found = unit_words.head_of(text)
    return f"{found.text} {found.kind}" if found else "none"


def _name(text: str) -> str:
    named = names.normalise(text, _COUNTY)
    return f"{'known' if named.known else 'unknown'} {named.unit_type}"


def _function(setting: Setting) -> Callable[[str], str]:
    return lambda text: names.normalise(text, setting).function or ""


def _place(text: str) -> str:
    found = places.match_place(text)
    return f"{found[0].code} {found[0].name}" if found else ""


def _code(found: tuple[Place, int] | None) -> str:
    return found[0].code if found else ""


@cache
def _divisions() -> str:
    return "\n".join(row["name"] for table in ("places", "place_changes") for row in load(table))


def _citations(text: str) -> str:
    return " ; ".join(c.title or c.doc_number or "" for c in citations.find_citations(View(text)))


def _field(text: str) -> str:
    return " ; ".join(label for label, _ in fields.pairs_in([text]) if label)


def _said(found: object) -> str:
    return "" if found is None else str(found)


def _yes(found: object) -> str:
    return "yes" if found else ""


READERS: dict[str, Callable[[str], str]] = {
    "times": _times,
    "times in a column": lambda text: _times(text, "due"),
    "figures": _figures,
    "compared": _compared,
    **{kind: _around(kind) for kind in _AROUND},
    "verb": _verb,
    "predicate": _predicate,
    "subjects": _subjects,
    "describing": lambda text: _yes(subject_names.describes(text)),
    "scope": _in_scope,
    "statement": _statement,
    "head": _head,
    "name": _name,
    "function": _function(_COUNTY),
    "function in a central paper": _function(_NATION),
    "place": _place,
    "place name": lambda text: _place(text).partition(" ")[2],
    "place code": lambda text: _code(places.match_place(text)),
    "code": lambda text: _said(getattr(places.by_code(text), "name", None)),
    "name of a division": lambda text: _yes(text in _divisions()),
    "short place": lambda text: _code(places.match_short(text)),
    "zone": lambda text: _code(places.match_zone(text)),
    "number": lambda text: _said(getattr(places.by_number(text), "code", None)),
    "citations": _citations,
    "genre": lambda text: _said(papers.genre(text)),
    "tasks of a title": tasks_of_title,
    "table head": lambda text: _said(columns.head_kind(text)),
    "organ": lambda text: _yes(marks.is_organ(text)),
    "recipients": lambda text: _yes(marks.recipients_end(View(text).text)),
    "field": _field,
    "furniture": lambda text: _yes(html_furniture.is_furniture(text)),
    "list head": lambda text: _yes(html_furniture.is_list_head(text)),
}
"""How a sentence is read: the name in the bank to what the finder says of the text."""
