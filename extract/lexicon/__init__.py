"""Words as data: the TSV files of this folder, checked while they are loaded.

A file has a head line, then one entry a line; columns are separated by tabs, several spellings in
one cell by |, a line that starts with # is a remark, a column of `PATTERNS` holds a regular
expression over a view's text. Terms are written as a `View` shows them
(half-width digits and brackets, no spaces), else they could never match: the loader refuses others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from extract import lazy as regex
from extract.lens import fold

Entry = dict[str, str]
PATTERNS = ("pattern", "unless")
"""Columns that hold a regular expression and no words."""


class LexiconError(ValueError):
    """An entry that cannot work; the message names file, line and entry."""


@cache
def load(name: str) -> tuple[Entry, ...]:
    """The entries of `<name>.tsv`, column name to cell; raises LexiconError for a bad line."""
    text = resources.files(__package__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    head = rows[0][1].split("\t")
    entries = []
    seen: dict[str, int] = {}
    for number, line in rows[1:]:
        cells = line.split("\t")
        where = f"{name}.tsv line {number}: {line!r}"
        if len(cells) > len(head):
            raise LexiconError(f"{where} has {len(cells)} cells, its head has {len(head)}")
        if any(fold(c) != c for h, c in zip(head, cells, strict=False) if h not in PATTERNS):
            raise LexiconError(f"{where} is not folded and could never match; write it half-width")
        if line in seen:
            raise LexiconError(f"{where} repeats line {seen[line]}")
        seen[line] = number
        cells += [""] * (len(head) - len(cells))
        entries.append(dict(zip(head, cells, strict=True)))
    return tuple(entries)


def spellings(cell: str) -> list[str]:
    """The spellings in a cell: 发展改革委|发改委."""
    return [word for word in cell.split("|") if word]


def terms(name: str, column: str = "term", **where: str) -> tuple[str, ...]:
    """Every spelling in a column of `<name>.tsv`, longest first, of the entries that match `where`
    (column to value)."""
    found = {
        word
        for entry in load(name)
        if all(entry[key] == value for key, value in where.items())
        for word in spellings(entry[column])
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def alternation(words: Iterable[str], unless: Mapping[str, str] | None = None) -> str:
    """A regular expression for any of the words, longest first, so that none shadows a longer.

    `unless`: a word to the pattern that must not follow it. Words are grouped by their first
    character, asked beforehand: elsewhere a text then costs one look, not hundreds.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        barred = unless.get(word) if unless else None
        guard = f"(?!{barred})" if barred else ""
        groups.setdefault(word[:1], []).append(regex.escape(word[1:]) + guard)
    branches = [f"{regex.escape(first)}(?:{'|'.join(ends)})" for first, ends in groups.items()]
    firsts = f"(?=[{''.join(map(regex.escape, groups))}])" if all(groups) and groups else ""
    return f"(?:{firsts}(?:{'|'.join(branches)}))"
