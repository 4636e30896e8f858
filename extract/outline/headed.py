"""Papers whose items lost their numbers: a short line heads the paragraphs below it.

Word and web pages count items by themselves; a copy of such a page keeps the headings alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.lens import View
from extract.outline.headings import heading_end, section_kind
from extract.rules.directives import directs

Span = tuple[int, int]

_FEWEST = 3
"""Headed groups of paragraphs from which on a text is one of unnumbered items."""
_SHORTEST = 6
"""Characters of the shortest heading of such an item."""


def headed_groups(text: str, paragraphs: Sequence[Span]) -> list[list[Span]]:
    """The groups of a text without labels: each a heading and the paragraphs below it.

    Empty where the text is not made so: fewer than three groups, two headings that stand upon one
    another, or headings that do not say what to do.
    """
    at = [i for i, span in enumerate(paragraphs[:-1]) if _is_heading(text, span)]
    if len(at) < _FEWEST or any(after - i == 1 for i, after in pairwise(at)):
        return []
    told = sum(directs(View(text, *paragraphs[i])) for i in at)
    if told * 3 < len(at) * 2:
        return []
    ends = [*at[1:], len(paragraphs)]
    return [list(paragraphs[i:end]) for i, end in zip(at, ends, strict=True)]


def _is_heading(text: str, span: Span) -> bool:
    """A line that is one heading sentence of what is to be done, with or without its 。."""
    if span[1] - span[0] < _SHORTEST:
        return False
    words = View(text, *span).text
    end = heading_end(words, 0)
    return (
        end is not None
        and "," not in words[:end]
        and words[end:] in ("", "。")
        and words[end - 1 : end] not in ")》"
        and section_kind(words) == "task"
    )
