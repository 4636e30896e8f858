"""The blocks of fields of a web page, taken out of its tree."""

from __future__ import annotations

from extract.readers.fields import collect, ends_in_prose, is_block, pairs_in
from extract.readers.html_furniture import is_furniture, is_stamp, is_zone
from extract.readers.html_tree import Element, drop

_MAX_BLOCK = 900
_TAGS = ("table", "tbody", "ul", "ol", "dl", "div", "p", "section", "header", "article", "td")


def take_fields(root: Element) -> dict[str, str]:
    """Label to value as printed; the blocks that state them are taken out of the tree."""
    printed: dict[str, str] = {}
    gone: set[Element] = set()
    for element in list(root.iter(*_TAGS)):
        parent = element.getparent()
        if parent is None or parent in gone or is_zone(element):
            gone.add(element)
            continue
        fragments = _fragments(element)
        if fragments is None:
            continue
        pairs = pairs_in(fragments)
        if not is_block(pairs, sum(len(f) for f in fragments)) or not _is_idle(pairs[0][1]):
            continue
        if ends_in_prose(fragments, pairs):
            continue
        collect(pairs, printed)
        gone.add(element)
        drop(element)
    return printed


def _is_idle(text: str) -> bool:
    return is_furniture(text) or is_stamp(text)


def _fragments(element: Element) -> list[str] | None:
    """The element's pieces of text; None where it holds too much for a block of fields."""
    total = 0
    fragments = []
    for piece in element.itertext():
        text = " ".join(piece.split())
        if text:
            total += len(text)
            if total > _MAX_BLOCK:
                return None
            fragments.append(text)
    return fragments
