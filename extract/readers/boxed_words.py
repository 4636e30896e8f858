"""Words set into a box as a viewer sets those of a PDF's fields and annotations: only their place,
their size of type and the box's width say where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract.model import Box
from extract.readers.page_lines import Char

_LARGEST, _SMALLEST = 16.0, 2.0
_PITCH, _OF_HEIGHT, _BELOW_MIDDLE = 1.2, 0.75, 0.36


class BoxedWords(NamedTuple):
    """Words, their place (left, bottom, right, top), their size of type in points (0: as fits), and
    whether they may stand in several lines."""

    words: str
    place: Box
    size: float
    lines: bool


def set_into(box: Box, boxed: BoxedWords) -> Iterator[Char]:
    """The characters of words in this box on the page: one line in the middle, more from the top;
    in smaller type where they are too long."""
    x0, top, x1, bottom = box
    em = boxed.size or min(_LARGEST, _OF_HEIGHT * (bottom - top))
    lines = _cut(boxed, x1 - x0, em)
    while em > _SMALLEST and len(lines) * _PITCH * em > max(bottom - top, _PITCH * em):
        em *= 0.9
        lines = _cut(boxed, x1 - x0, em)
    base = top + em if boxed.lines else (top + bottom) / 2 + _BELOW_MIDDLE * em
    for line in lines:
        x = x0
        for char in line:
            wide = _wide(char) * em
            yield Char(char, x, x + wide, base, em)
            x += wide
        base += _PITCH * em


def _cut(boxed: BoxedWords, width: float, em: float) -> list[str]:
    """The lines of words in a box so wide."""
    if not boxed.lines:
        return [" ".join(boxed.words.split())]
    lines = []
    for paragraph in boxed.words.splitlines():
        lines.append("")
        wide = 0.0
        for char in paragraph.strip():
            wide += _wide(char) * em
            if wide > max(width, em):
                lines.append("")
                wide = _wide(char) * em
            lines[-1] += char
    return lines


def _wide(char: str) -> float:
    """How wide a character is, in ems."""
    return 1.0 if char >= "\u2e80" else 0.5
