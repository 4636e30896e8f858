"""Pictures that stand in a paper's text where only their being there is known: web pages, Word."""

from __future__ import annotations

from extract.model import Gap

LEAST_WIDTH, LEAST_HEIGHT = 148.0, 36.0
"""Points of the smallest picture that may hold words of its own; a seal or a logo is narrower."""


def unread_pictures(count: int, below: str) -> tuple[Gap, ...]:
    """The gap that tells of pictures; `below`: the words that stand above the first of them."""
    if not count:
        return ()
    many = "a picture stands" if count == 1 else f"{count} pictures stand"
    where = f", the first below “{below[-20:]}”" if below else ""
    said = "whose words, if there are any, were not read; look at the file itself"
    return (Gap("read", "picture_in_text", f"{many} in the text{where}, {said}"),)
