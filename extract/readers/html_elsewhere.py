"""A web page whose paper stands elsewhere: in a file that it shows in a frame, or in a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract import lazy as regex
from extract.model import Gap

_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_FILE = regex.compile(r"(?!about:|javascript:|data:)[^\s?#]{0,300}?([^\s/?#]{1,60})/?(?:[?#].*)?")
_HAN = regex.compile(r"\p{Han}|\\u[4-9][0-9a-fA-F]{3}")
_MOST_NAMED = 3
_LEAST = 80
"""Chinese characters of a paper, at least; fewer in a script are its labels."""


def elsewhere(root: Any) -> Gap | None:
    """The gap of a page with hardly a word that shows other files or has a text in a script; asked
    before these are taken out of the page."""
    files = list(dict.fromkeys(_shown(root)))
    if files:
        named = ", ".join(files[:_MOST_NAMED]) + (" …" if len(files) > _MOST_NAMED else "")
        said = f"the page shows its text from other files ({named}); save these and give them"
    elif any(len(_HAN.findall(script.text or "")) >= _LEAST for script in root.iter("script")):
        said = (
            "the page's text stands in a script; open the page in a browser, print it to PDF and "
            "give that"
        )
    else:
        return None
    return Gap("read", "text_elsewhere", said)


def _shown(root: Any) -> Iterator[str]:
    """The names of the files that a page shows in frames."""
    for element in root.iter(*_FRAMES):
        found = _FILE.fullmatch((element.get(_FRAMES[element.tag]) or "").strip())
        if found:
            yield found[1]
