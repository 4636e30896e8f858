"""Pages that are pictures: read with OCR where it is installed, else a gap that says how to."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from extract.model import Gap
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
