"""Pages that are pictures: read with OCR where it is installed, else a gap that says how to."""

from __future__ import annotations

from collections.abc import Callable
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


def read_scan(
    draw: Callable[[], tuple[Any, float]], number: int, why: str, gaps: list[Gap]
) -> Page | None:
    """A page as OCR reads it from its picture; None where that gives nothing, which a gap tells.

    `draw` gives the picture (rows of BGR) and its points a pixel; `why` tells a reader why the page
    was given to OCR. What fails on the way costs this page only.
    """
    if not has_ocr():
        gaps.append(_missing_ocr(number, why))
        return None
    try:
        from extract.readers import ocr

        page, doubts = ocr.read_page(*draw(), number)
    except Exception as error:  # the engine, and what draws for it, can fail in any way
        gaps.append(_failed(number, why, error))
        return None
    gaps += doubts
    if not page.lines and not page.grids:
        gaps.append(
            Gap("read", "page_without_text", f"page {number} {why}; OCR finds no text in it")
        )
        return None
    return page


def _missing_ocr(number: int, why: str) -> Gap:
    """The gap of a page that only OCR could read."""
    return Gap(
        "read",
        "page_without_text",
        f"page {number} {why}; to have it read install OCR ({INSTALL}) and run again",
    )


def _failed(number: int, why: str, error: Exception) -> Gap:
    return Gap(
        "read",
        "page_unreadable",
        f"page {number} {why}, and OCR could not read it ({type(error).__name__}); look at the "
        "page itself, or scan it again",
    )
