"""Pages that are pictures: read with OCR where it is installed, else a gap that says how to."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from extract.model import Box, Gap
from extract.readers.pages import Page

INSTALL = "pip install 'gongwen[ocr]'"
LONGEST_SIDE = 2000
"""Pixels of a page's longer side as OCR sees it: 171 dpi for A4."""


def has_ocr() -> bool:
    """Whether the optional OCR is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_scan(pixels: Any, points: float, number: int, why: str, gaps: list[Gap]) -> Page | None:
    """A page from its picture (rows of BGR), `points` a pixel; None where OCR finds nothing.

    `why` tells a reader why the page was given to OCR; it goes into the gap where it cannot be.
    """
    if not has_ocr():
        gaps.append(missing_ocr(number, why))
        return None
    from extract.readers import ocr

    page, doubts = ocr.read_page(pixels, points, number)
    gaps += doubts
    if not page.lines and not page.grids:
        gaps.append(
            Gap("read", "page_without_text", f"page {number} {why}; OCR finds no text in it")
        )
        return None
    return page


def missing_ocr(number: int, why: str) -> Gap:
    """The gap of a page that only OCR could read."""
    return Gap(
        "read",
        "page_without_text",
        f"page {number} {why}; to have it read install OCR ({INSTALL}) and run again",
    )


def read_pictures(
    page: Page, boxes: list[Box], pixels: Callable[[], tuple[Any, float] | None], gaps: list[Gap]
) -> None:
    """The words of the pictures in a page's text, put where they stand; a gap where OCR is not
    installed. A picture without words gives nothing."""
    if boxes and not has_ocr():
        gaps += [_missing_in_text(page.number, box) for box in boxes]
        return
    seen = pixels() if boxes else None
    if seen is None:
        return
    from extract.readers import ocr

    whole, points = seen
    for box in boxes:
        x0, y0, x1, y1 = (round(side / points) for side in box)
        part, doubts = ocr.read_page(whole[y0:y1, x0:x1], points, page.number, box[:2])
        gaps += doubts
        at = sum(line.base <= box[1] for line in page.lines)
        page.lines[at:at] = part.lines
        page.grids += part.grids


def _missing_in_text(number: int, box: Box) -> Gap:
    x, y, right, bottom = (round(side) for side in box)
    where = f"page {number} holds a picture of {right - x} by {bottom - y} points, {y} from the top"
    why = "whose words, if it has any, were not read; to have it read install OCR"
    return Gap("read", "picture_not_read", f"{where}, {why} ({INSTALL}) and run again")
