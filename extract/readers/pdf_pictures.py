"""Pictures inside a page of text: boxes (专栏), tables and charts that a PDF holds as images.

What they say is not in the text layer: it is read by OCR where that is installed, else told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, islice

import pypdfium2.raw as pdfium

from extract.model import Box
from extract.readers import pdfium_calls as calls
from extract.readers.joined_boxes import around, joined
from extract.readers.page_lines import Char
from extract.readers.pdf_held import held_on, moved
from extract.readers.turned import turned, turned_size

_LEAST_WIDTH = 0.25
"""Of the page's width: a narrower picture is a seal, a logo, a code to scan."""
_LEAST_HEIGHT = 36.0
_WRITTEN_OVER = 5
"""Characters of the text layer over a picture from which on it is what they are printed on."""
_MOST = 4000
"""Images of one page that are looked at: a scan can be made of thousands of strips."""


def pictures_on(
    objects: Sequence[int], page: Box, angle: int, chars: Sequence[Char]
) -> list[Box] | None:
    """The boxes (points from the top left of the page once it is turned) of the pictures that may
    hold words of their own; None where the images are too many to tell.

    `objects`: addresses of the page's pictures and forms; `page`: what of it is shown (left,
    bottom, right, top); `angle`: how it is turned to be read, in degrees clockwise; `chars`: its
    text layer, so turned.
    """
    left, bottom, right, top = page
    size = width, height = right - left, top - bottom
    images = _images_of(objects)
    if len(images) > _MOST:
        return None
    boxes = [
        (max(0.0, x0 - left), max(0.0, top - y1), min(width, x1 - left), min(height, top - y0))
        for x0, y0, x1, y1 in images
    ]
    seen = [_rounded(turned(box, size, angle)) for box in boxes]
    return _with_words(seen, turned_size(size, angle)[0], chars)


def _rounded(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def _with_words(images: Iterable[Box], width: float, chars: Sequence[Char]) -> list[Box]:
    """Of the images on a page so wide, those that may hold words of their own, those that touch as
    one; where text stands on such a one (a frame about the page), its large parts by themselves."""

    def is_large(box: Box) -> bool:
        return box[2] - box[0] >= _LEAST_WIDTH * width and box[3] - box[1] >= _LEAST_HEIGHT

    parts = [box for box in set(images) if not (is_large(box) and _is_written_over(box, chars))]
    found = []
    for box in filter(is_large, joined(parts)):
        if _is_written_over(box, chars):
            inside = [part for part in parts if is_large(part) and around([part, box]) == box]
            found += [one for one in joined(inside) if not _is_written_over(one, chars)]
        else:
            found.append(box)
    return sorted(found, key=lambda box: (box[1], box[0]))


def _images_of(objects: Sequence[int]) -> list[Box]:
    """The bounds of the images among objects and inside forms, in the page's own coordinates, not
    many more than the most."""
    images = (held for held in held_on(objects) if held.kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    placed = ((calls.sides_by(calls.bounds_of, held.item), held.matrix) for held in images)
    return list(islice((moved(box, matrix) for box, matrix in placed if box), _MOST + 1))


def _is_written_over(box: Box, chars: Sequence[Char]) -> bool:
    """Whether the text layer stands on the picture: a background, or a scan with its text."""
    x0, y0, x1, y1 = box
    over = (
        len(char.text) for char in chars if y0 < char.base <= y1 and char.x0 < x1 and char.x1 > x0
    )
    return any(count >= _WRITTEN_OVER for count in accumulate(over))
