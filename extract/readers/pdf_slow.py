"""Characters and rules of a PDF page as pdfminer finds them, for pages that PDFium misreads.

pdfplumber opens the page, but its own lists of what is on it are not asked for: to make them costs
half as much again as to find it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from pdfminer.layout import LTChar, LTContainer, LTCurve
from pdfplumber.utils.geometry import obj_to_edges

from extract import lazy as regex
from extract.model import Box
from extract.readers.page_lines import Char, em_of, single
from extract.readers.turned import turned

_UNMAPPED = regex.compile(r"\(cid:|[\x00-\x08]")
_KINDS = ("line", "rect", "curve")


def with_sorted_corners(page: Any) -> Any:
    """The pdfplumber page, the corners of its boxes in the usual order: any two opposite ones may
    stand for a box (ISO 32000-1, 7.9.5), which pdfminer does not know."""
    inner = page.page_obj
    inner.mediabox, inner.cropbox = _sorted(inner.mediabox), _sorted(inner.cropbox)
    return page


def _sorted(box: Box) -> Box:
    (x0, x1), (y0, y1) = sorted(box[::2]), sorted(box[1::2])
    return (x0, y0, x1, y1)


class Text(NamedTuple):
    """The characters of a page that a reader sees, from its top left as shown, doubles and
    watermarks left out; by how much, in degrees clockwise, the page was turned for them, as one
    printed sideways or upside down is; by how much, in degrees counter-clockwise, most of them then
    still stand aslant; and what words stand sideways to them, which are not among them."""

    chars: list[Char]
    angle: int
    slant: float
    sideways: str


def text_of(page: Any) -> Text:
    """The text of a pdfplumber page."""
    frame = _frame(page)
    found = [item for item in _items(page) if isinstance(item, LTChar)]
    turns = [_turn(char.matrix) for char in found]
    usual = Counter(turn for turn in turns if turn is not None).most_common(1)
    angle = usual[0][0] if usual else 0
    chars = (
        _char(char, page.height, frame, angle)
        for char, turn in zip(found, turns, strict=True)
        if turn == angle
    )
    seen = single([char for char in chars if char is not None])
    turned_so = list(zip(found, turns, strict=True))
    slants = [_slant(char.matrix, angle) for char, turn in turned_so if turn == angle]
    others = (char.get_text() for char, turn in turned_so if turn not in (None, angle))
    return Text(seen, angle, median(slants or [0.0]), "".join("".join(others).split()))


def straightened(chars: list[Char], size: tuple[float, float], slant: float) -> list[Char]:
    """The characters of a page so large, turned about its middle by so many degrees clockwise."""
    across, down = size[0] / 2, size[1] / 2
    cos, sin = math.cos(math.radians(slant)), math.sin(math.radians(slant))
    straight = []
    for char in chars:
        dx, dy = char.x0 - across, char.base - down
        x0, base = across + cos * dx - sin * dy, down + sin * dx + cos * dy
        straight.append(char._replace(x0=x0, x1=x0 + char.x1 - char.x0, base=base))
    return straight


def size_of(page: Any) -> tuple[float, float]:
    """Width and height of a pdfplumber page, as shown."""
    x0, y0, x1, y1 = _frame(page)
    return x1 - x0, y1 - y0


def edges_of(page: Any, angle: int = 0) -> list[dict[str, Any]]:
    """The upright and flat edges of a pdfplumber page turned by this angle, in pdfplumber's
    order."""
    seen = (item for item in _items(page) if isinstance(item, LTCurve) and _is_seen(item))
    drawn = [page.process_object(item) for item in seen]
    drawn.sort(key=lambda item: _KINDS.index(item["object_type"]))
    edges = (edge for item in drawn for edge in obj_to_edges(item))
    left, above = page.mediabox[:2]
    x0, y0, x1, y1 = _frame(page)
    corner, size = (left + x0, above + y0), (x1 - x0, y1 - y0)
    return [_moved(e, corner, size, angle) for e in edges if e["orientation"] in ("h", "v")]


def _moved(
    edge: dict[str, Any], corner: tuple[float, float], size: tuple[float, float], angle: int
) -> dict[str, Any]:
    """An edge from the corner of a page so large, turned with it."""
    x, y = corner
    box = (edge["x0"] - x, edge["top"] - y, edge["x1"] - x, edge["bottom"] - y)
    x0, top, x1, bottom = turned(box, size, angle)
    moved = {**edge, "x0": x0, "top": top, "x1": x1, "bottom": bottom}
    if angle in (90, 270):
        moved |= {"width": edge["height"], "height": edge["width"]}
        moved["orientation"] = "v" if edge["orientation"] == "h" else "h"
    return moved


def _frame(page: Any) -> Box:
    """The part of a pdfplumber page that is shown, from the top left of its media box as shown."""
    (left, bottom, right, top), crop = page.page_obj.mediabox, page.page_obj.cropbox
    x0, x1 = max(left, crop[0]), min(right, crop[2])
    y0, y1 = max(bottom, crop[1]), min(top, crop[3])
    if x0 >= x1 or y0 >= y1:
        x0, y0, x1, y1 = left, bottom, right, top
    shown = (x0 - left, top - y1, x1 - left, top - y0)
    return turned(shown, (right - left, top - bottom), page.page_obj.rotate)


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


def _slant(matrix: tuple[float, ...], angle: int) -> float:
    """How far a character stands from a right angle, in degrees counter-clockwise."""
    return math.remainder(math.degrees(math.atan2(matrix[1], matrix[0])) - angle, 360)


def _char(char: LTChar, height: float, frame: Box, angle: int) -> Char | None:
    """A character of a layout so high, from the frame's corner; None where it is not seen."""
    x, y = frame[:2]
    width, depth = frame[2] - x, frame[3] - y
    box = (char.x0 - x, height - char.y1 - y, char.x1 - x, height - char.y0 - y)
    if box[2] <= 0 or box[3] <= 0 or box[0] >= width or box[1] >= depth or char.size < 2:
        return None
    across, down = char.matrix[4] - x, height - char.matrix[5] - y
    x0, _, x1, _ = turned(box, (width, depth), angle)
    _, base, _, _ = turned((across, down, across, down), (width, depth), angle)
    text = "\ufffd" if _UNMAPPED.match(char.get_text()) else char.get_text()
    return Char(text, x0, x1, base, em_of(text, x1 - x0, char.size))
