"""A picture of a paper: nothing to read without OCR, which the gap says."""

from __future__ import annotations

from extract.model import Gap, Source


def read(data: bytes, name: str = "") -> Source:
    """One page without text."""
    gap = Gap(
        "read", "page_without_text", "page 1 is a picture; run OCR on it and give the text or PDF"
    )
    return Source("image", (), pages=1, gaps=(gap,))
