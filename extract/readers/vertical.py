"""Text set in columns from top to bottom, the first column at the right, as lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.readers.page_lines import Char

_LEAST = 12
"""Characters below one another from which on a page may be set in columns."""
_MANY = 4
"""How many times as many characters stand below the last one as beside it."""
_NEAR, _FAR = 0.6, 1.7
_ASIDE = 0.3
_ABOVE_BASE = 0.86
_MIDDLE = 0.36


def is_vertical(chars: Sequence[Char]) -> bool:
    """Whether the characters, in the order of the file, follow one another downwards."""
    if [len(char.text) for char in chars].count(1) < _LEAST:
        return False
    down = along = 0
    for last, char in pairwise(chars):
        em = max(char.em, last.em)
        if abs(char.base - last.base) < _ASIDE * em:
            along += len(char.text)
        elif abs(char.x0 - last.x0) < _ASIDE * em:
            down += _NEAR * em < char.base - last.base < _FAR * em and len(char.text) == 1
    return down >= _LEAST and down > _MANY * along


def as_lines(chars: Sequence[Char], width: float) -> list[Char]:
    """The characters of a page so wide that is set in columns, turned so that the columns are
    lines: counted from the page's top along them, and from its right side down."""
    return [
        Char(
            char.text,
            char.base - _ABOVE_BASE * char.em,
            char.base + (1 - _ABOVE_BASE) * char.em,
            width - (char.x0 + char.x1) / 2 + _MIDDLE * char.em,
            char.em,
        )
        for char in chars
    ]
