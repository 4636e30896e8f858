"""Characters and rules of a PDF page as pdfminer finds them, for pages that PDFium misreads.

pdfplumber opens the page, but its own lists of what is on it are not asked for: to make them costs
half as much again as to find it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import regex
from pdfminer.layout import LTChar, LTContainer, LTCurve
from pdfplumber.utils.geometry import obj_to_edges

from extract.readers.page_lines import Char, em_of, single

_UNMAPPED = regex.compile(r"\(cid:|[\x00-\x08]")
_KINDS = ("line", "rect", "curve")


def chars_of(page: Any) -> list[Char]:
    """The characters of a pdfplumber page that a reader sees, doubles and watermarks left out; a
    page printed sideways or upside down is turned."""
    found = [item for item in _items(page) if isinstance(item, LTChar)]
    turns = [_turn(char.matrix) for char in found]
    usual = Counter(turns).most_common(1)[0][0] if turns else 0
    chars = (
        _char(char, page, turn)
        for char, turn in zip(found, turns, strict=True)
        if turn is not None and turn == usual
    )
    return single([char for char in chars if char is not None])


def edges_of(page: Any) -> list[dict[str, Any]]:
    """The upright and flat edges of a pdfplumber page, in pdfplumber's order."""
    seen = (item for item in _items(page) if isinstance(item, LTCurve) and _is_seen(item))
    drawn = [page.process_object(item) for item in seen]
    drawn.sort(key=lambda item: _KINDS.index(item["object_type"]))
    edges = (edge for item in drawn for edge in obj_to_edges(item))
    return [edge for edge in edges if edge["orientation"] in ("h", "v")]


def _is_seen(item: LTCurve) -> bool:
    """Whether a shape shows on paper: not an area filled in white (see `pdf_drawn`)."""
    color = item.non_stroking_color
    white = color in (1, 1.0) or (isinstance(color, tuple | list) and _is_white(color))
    return bool(item.stroke or not item.fill) or not white


def _is_white(color: Sequence[Any]) -> bool:
    if len(color) == 4:
        return not any(color)
    return len(color) in (1, 3) and all(
        isinstance(part, (int, float)) and part > 0.98 for part in color
    )


def _items(page: Any) -> Iterator[Any]:
    """What there is on a page, that inside figures too."""
    held = [page.layout]
    while held:
        item = held.pop()
        if isinstance(item, LTContainer):
            held += reversed(list(item))
        else:
            yield item


def _turn(matrix: tuple[float, ...]) -> int | None:
    """How a character is turned, in degrees counter-clockwise; None where it stands aslant."""
    a, b = matrix[0], matrix[1]
    if abs(b) <= 0.2 * abs(a):
        return 0 if a >= 0 else 180
    return (90 if b > 0 else 270) if abs(a) <= 0.2 * abs(b) else None


def _char(char: LTChar, page: Any, turn: int) -> Char | None:
    left, above = page.mediabox[:2]
    x0, x1, size = char.x0 + left, char.x1 + left, char.size
    top, bottom = page.height - char.y1 + above, page.height - char.y0 + above
    if x1 <= 0 or bottom <= 0 or x0 >= page.width or top >= page.height or size < 2:
        return None
    across, down = char.matrix[4], page.height - char.matrix[5] + above
    if turn == 90:
        x0, x1, base = page.height - bottom, page.height - top, across
    elif turn == 180:
        x0, x1, base = page.width - x1, page.width - x0, page.height - down
    elif turn == 270:
        x0, x1, base = top, bottom, page.width - across
    else:
        base = down
    text = "\ufffd" if _UNMAPPED.match(char.get_text()) else char.get_text()
    return Char(text, x0, x1, base, em_of(text, x1 - x0, size))
