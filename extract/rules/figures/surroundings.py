"""The sentence and clause around a place of a view's text.

A clause ends at a comma, semicolon, colon or full stop; a comma inside a pair of brackets or
between digits is none. In brackets, the brackets bound it.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract import lazy as regex

_SENTENCE = frozenset("。!?\n")
_CLAUSE = frozenset(",;:") | _SENTENCE
_LONGEST = 400
_CASES = ("", "增加", "延长", "另增")
"""What may stand before the figure of a case: 难产的,增加30天."""
_THOUSANDS = regex.compile(r",\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Clause:
    """text[start:end] is the clause, text[sentence:end] what the sentence says up to its end."""

    text: str
    sentence: int
    start: int
    end: int

    def before(self, at: int) -> str:
        """The clause up to a place."""
        return self.text[self.start : at]

    def after(self, at: int) -> str:
        """The clause from a place on."""
        return self.text[at : self.end]

    def stands_for_case(self, start: int, end: int) -> bool:
        """Whether the figure text[start:end] is all that the clause says of the case that the
        clause before it names: 顺产的,98天."""
        alone = self.end == end and self.text[self.start : start] in _CASES
        return alone and self.earlier.endswith("的,")

    @property
    def earlier(self) -> str:
        """The sentence before the clause."""
        return self.text[self.sentence : self.start]


def clause_at(text: str, start: int, end: int) -> Clause:
    """The clause that holds text[start:end]."""
    left = _left(text, start)
    sentence = left
    floor = max(0, start - _LONGEST)
    while sentence > floor and text[sentence - 1] not in _SENTENCE:
        sentence -= 1
    return Clause(text, sentence, left, _right(text, end))


def _stops(text: str, at: int) -> bool:
    """Whether a character ends a clause: not the comma in 1,000."""
    if text[at] not in _CLAUSE:
        return False
    if text[at] == ",":
        return _THOUSANDS.match(text, at) is None or not text[at - 1 : at].isdigit()
    return not (text[at] == ":" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())


def _left(text: str, at: int) -> int:
    depth = 0
    floor = max(0, at - _LONGEST)
    while at > floor:
        char = text[at - 1]
        if char == ")":
            depth += 1
        elif char == "(":
            if not depth:
                return at
            depth -= 1
        elif _stops(text, at - 1) and (not depth or char in _SENTENCE):
            return at
        at -= 1
    return at


def _right(text: str, at: int) -> int:
    depth = 0
    ceiling = min(len(text), at + _LONGEST)
    while at < ceiling:
        char = text[at]
        if char == "(":
            depth += 1
        elif char == ")":
            if not depth:
                return at
            depth -= 1
        elif _stops(text, at) and (not depth or char in _SENTENCE):
            return at
        at += 1
    return at
