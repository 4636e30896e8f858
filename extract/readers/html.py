"""HTML: the paper inside the page. Parse, drop what is hidden, find the body, read what is left.

The steps are one module each: `html_tree` (parse), `html_fields` (what the page states beside the
paper), `html_flow` (paragraphs and tables in order), `html_body` (which of them are the paper).
"""

from __future__ import annotations

from extract import lazy as regex
from extract.model import Gap, Source
from extract.readers.charset import Decoded, decode
from extract.readers.html_body import paper
from extract.readers.html_fields import take_fields
from extract.readers.html_flow import flow
from extract.readers.html_pictures import FEW, count, only_pictures
from extract.readers.html_tree import parse

_CHARSET = regex.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", regex.IGNORECASE)


def read(data: bytes, name: str = "") -> Source:
    """An HTML page as read; `printed` holds its 索引号, 发布机构, 成文日期 and their kin."""
    declared = _CHARSET.search(data[:4096])
    return from_text(decode(data, declared[1].decode("ascii") if declared else None))


def from_text(decoded: Decoded, format: str = "html") -> Source:
    """The paper in a page's decoded text."""
    page = parse(decoded.text)
    printed = take_fields(page.root)
    blocks, pictures = paper(flow(page.root), page.titles, printed)
    elsewhere = (page.elsewhere,) if page.elsewhere and count(blocks) < FEW else ()
    gaps = decoded.gaps + (only_pictures(page.root, blocks) or elsewhere or pictures)
    if page.cut:
        gaps += (
            Gap("read", "deep_nesting", "the page nests too deep; its text was read without tags"),
        )
    return Source(format, blocks, gaps=gaps, printed=printed)
