"""Cells of a deadline column: a date that goes on (2024年完成并长期坚持), or 长期坚持 alone."""

from __future__ import annotations

from dataclasses import replace

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.times.times import Timed

ONGOING = alternation(terms("time_words", kind="ongoing"))
_CLOSING_WORD = regex.compile(rf"(?:^|(?<=[\d年月底前,、;。并\s])){ONGOING}|{ONGOING}(?=[。;]?$)")


def carried_on(text: str, found: list[Timed]) -> list[Timed]:
    """What a cell says, its date and 长期坚持 as one row; 长期坚持 alone is ongoing."""
    word = _CLOSING_WORD.search(text)
    if word is None or any(item.ongoing for item in found):
        return found
    dated = [item for item in found if item.kind in ("by", "in", "from")]
    if not found:
        return [Timed(word.start(), word.end(), "ongoing", ongoing=True)]
    if not dated:
        return found
    near = min(dated, key=lambda item: abs(item.i - word.start()))
    joined = replace(near, i=min(near.i, word.start()), j=max(near.j, word.end()), ongoing=True)
    return [
        joined if item is near else item
        for item in found
        if item is near or item.kind == "recurring" or item.j <= joined.i or item.i >= joined.j
    ]
