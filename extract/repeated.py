"""What the lines of several pages have alike, by which a running head is known."""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import fold

_FIGURE = regex.compile(r"\d{1,9}")
_MOST_FIGURES = 4
_SAYS = regex.compile(r"[。;!?]$|(?:单位|部门|主体|时限|时间|期限|牵头|配合|责任)\)?:")
"""What says something of its own, on however many pages: a sentence, who answers, by when."""


def alike(page: int, text: str) -> list[str]:
    """What a line on a page may have alike with those of other pages: its words without spaces, and
    its words where a figure counts the pages; nothing where it says something of its own. Figures
    that only differ (达到12个, 达到31个) are not alike."""
    words = "".join(fold(text).split())
    if _SAYS.search(words):
        return []
    found = [words]
    for figure in list(_FIGURE.finditer(words))[:_MOST_FIGURES]:
        counted = int(figure[0]) - page
        found.append(f"{words[: figure.start()]}\n{counted}{words[figure.end() :]}")
    return found
