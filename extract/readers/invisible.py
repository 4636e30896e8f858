"""Characters that print nothing and stand for nothing in a Chinese paper.

Web editors, chat programs and PDF writers leave them inside words: marks of where a line may break,
joiners, signs of the direction, variants of a character's shape, fillers, tags. A word with one of
them inside is found by no rule.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.model import Block, Grid, Line, Paragraph

_INVISIBLE = re.compile(  # every line of a file is asked; for one set re takes a third of the time
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def without_invisible(text: str) -> str:
    """The text without such characters."""
    return _INVISIBLE.sub("", text)


def visible(block: Block) -> Block:
    """The block without such characters, itself where it has none, as most have."""
    if isinstance(block, Paragraph):
        lines = _visible(block.lines)
        return block if lines is block.lines else block._replace(lines=lines)
    inside = [_visible(cell.lines) for cell in block.cells]
    if all(lines is cell.lines for lines, cell in zip(inside, block.cells, strict=True)):
        return block
    pairs = zip(block.cells, inside, strict=True)
    return Grid(tuple(replace(cell, lines=lines) for cell, lines in pairs))


def _visible(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    for line in lines:
        if _INVISIBLE.search(line.text):
            return tuple(each._replace(text=without_invisible(each.text)) for each in lines)
    return lines
