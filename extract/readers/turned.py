"""Places on a page that is turned."""

from __future__ import annotations

from extract.model import Box


def turned(box: Box, size: tuple[float, float], angle: int) -> Box:
    """Where a box (x0, y0, x1, y1 from the top left) on a page of this width and height stands once
    the page is turned clockwise by 90, 180 or 270 degrees; else where it stood."""
    x0, y0, x1, y1 = box
    width, height = size
    if angle == 90:
        return (height - y1, x0, height - y0, x1)
    if angle == 180:
        return (width - x1, height - y1, width - x0, height - y0)
    if angle == 270:
        return (y0, width - x1, y1, width - x0)
    return box


def placed_on(place: Box, frame: Box, angle: int) -> Box:
    """The box on a page turned by this angle of a place (left, bottom, right, top) in a PDF page's
    own coordinates; `frame`: what of it is shown, in the same way."""
    left, _, right, top = frame
    size = right - left, top - frame[1]
    box = (place[0] - left, top - place[3], place[2] - left, top - place[1])
    return turned(box, size, angle % 360)


def turned_size(size: tuple[float, float], angle: int) -> tuple[float, float]:
    """The width and height of a page turned by this angle."""
    return size if angle % 180 == 0 else size[::-1]
