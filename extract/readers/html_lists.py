"""The numbers that a browser prints before the items of an <ol>."""

from __future__ import annotations

from extract import lazy as regex
from extract.readers.docx_numbering import ordinal
from extract.readers.html_tree import Element

_STYLE = regex.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", regex.IGNORECASE)
_FORMATS = {
    "1": "decimal",
    "decimal": "decimal",
    "a": "lowerLetter",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "A": "upperLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "i": "lowerRoman",
    "lower-roman": "lowerRoman",
    "I": "upperRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
}
_LABELLED = regex.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}\s?[）).、．]|[①-⑳]|第[\d一二三四五六七八九十百]+[条章])"
)


class Lists:
    """Counts the items of a page's lists in the order in which they are met."""

    def __init__(self) -> None:
        self.next: dict[Element, int] = {}

    def label(self, item: Element) -> str:
        """What is printed before an <li>; empty where its list has no numbers or it brings its
        own."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        first = self.next.get(parent) or _whole(parent.get("start"), 1)
        value = _whole(item.get("value"), first)
        self.next[parent] = value + 1
        style = _STYLE.search(parent.get("style") or "") or _STYLE.search(item.get("style") or "")
        kind = style[1].lower() if style else parent.get("type") or "1"
        if kind not in _FORMATS or _LABELLED.match(_start(item)):
            return ""
        number = ordinal(value, _FORMATS[kind])
        return f"{number}、" if "\u4e00" <= number[:1] <= "\u9fff" else f"{number}."


def _start(item: Element) -> str:
    """The first characters of an item."""
    start = ""
    for text in item.itertext():
        start += text
        if len(start.strip()) > 12:
            break
    return start


def _whole(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else default
