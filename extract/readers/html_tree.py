"""HTML text to a tree without what no reader of the page sees; no network, no recursion."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extract import lazy as regex
from extract.model import Gap
from extract.readers.html_elsewhere import elsewhere

Element = Any
"""An lxml element."""

MAX_DEPTH = 1000
_LEAST_TEXT = 80
_LONG_TAG = regex.compile(r"<(?P<name>[a-zA-Z][\w:-]*)(?P<said>[^<>]{10000,}+)>")
_QUOTED = regex.compile(r"\"[^\"]*+\"|'[^']*+'")
_MOST_ATTRIBUTES = 1000
_DIRECTIVE = regex.compile(r"<%(?:(?!<%|%>).)*%>|<\?(?!xml)(?:(?!<\?|\?>).)*\?>", regex.DOTALL)
_FRONT_MATTER = regex.compile(r"\A\s*---[ \t]*\r?\n(?:[^\n]*\n){0,60}?---[ \t]*\r?\n")
_FRONT_TITLE = regex.compile(r"^title:[ \t]*(.*)$", regex.MULTILINE)
_UNSEEN = regex.compile(
    r"<(script|style|noscript|template|iframe|object|svg|select|textarea)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>",
    regex.DOTALL | regex.IGNORECASE,
)
_TAG = regex.compile(r"<!--(?:(?!<!--|-->).)*-->|</?[a-zA-Z!][^<>]*>", regex.DOTALL)
_BREAKING = regex.compile(r"</?(?:p|br|div|tr|li|h[1-6]|table)\b[^<>]*>", regex.IGNORECASE)
_NULLS = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_DROPPED = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
        "audio", "video", "map", "select", "option", "button", "input", "textarea", "rp", "rt",
        "datalist", "dialog", "math",
    )
)  # fmt: skip


@dataclass(slots=True)
class Page:
    """A page's tree; what its head calls it; whether it nested so deep that only the bare text was
    kept; the gap to give where it has hardly a word."""

    root: Element
    titles: list[str]
    cut: bool
    elsewhere: Gap | None


def parse(text: str) -> Page:
    """The page without scripts, hidden and unseen elements."""
    front = _FRONT_MATTER.match(text)
    text = text[front.end() :] if front else text
    text = _DIRECTIVE.sub("", text)
    text = _NULLS.sub(" ", text)
    text = _LONG_TAG.sub(_bounded, text)
    cut = _too_deep(text)
    root = None if cut else _tree(text)
    if root is None:
        root = _tree(_bare(text))
    if root is None:
        root = etree.Element("html")
    named = _FRONT_TITLE.findall(front[0]) if front else []
    titles = [title.strip(" '\"") for title in named] + _titles(root)
    _open(root)
    gap = elsewhere(root)
    _drop_unseen(root)
    return Page(root, [title for title in titles if title], cut, gap)


def _open(root: Element) -> None:
    """Let the pages that stand in the attributes of frames, and the texts in fields for input that
    are longer than a hint, stand in their place as a browser shows them."""
    for frame in list(root.iter("iframe")):
        inner = _tree(frame.get("srcdoc") or "")
        if inner is not None:
            frame.tag, frame.text = "div", None
            frame[:] = [inner]
            del frame.attrib["srcdoc"]
    for field in root.iter("textarea"):
        if len(field.text or "") >= _LEAST_TEXT:
            field.tag = "pre"


def _tree(text: str) -> Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, recover=True, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _bounded(tag: regex.Match[str]) -> str:
    """A long tag as it is; without its attributes where they are so many that the parser, which
    takes the square of their number, would take minutes for them."""
    count = len(_QUOTED.sub("", tag["said"]).split())
    return tag[0] if count <= _MOST_ATTRIBUTES else f"<{tag['name']}>"


_NESTING = regex.compile(
    r"<(/?)(?!(?:br|img|hr|input|meta|link|col|p|li|td|th|tr|option|dt|dd|param|area|wbr)\b)([a-zA-Z]+)"
)


def _too_deep(text: str) -> bool:
    """Whether elements nest deeper than any page does (an attack, or tags never closed)."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth + (-1 if match[1] else 1))
        if depth > MAX_DEPTH:
            return True
    return False


def _bare(text: str) -> str:
    """The page's text with one p a line, all other tags gone."""
    text = _UNSEEN.sub("", text)
    text = _TAG.sub("", _BREAKING.sub("\n", text))
    lines = (line.strip() for line in html.unescape(text).split("\n"))
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line) or "<p></p>"


def _drop_unseen(root: Element) -> None:
    """Take hidden elements and such without text for the reader out of the tree, tails kept."""
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or _hidden(element):
            drop(element)


def _hidden(element: Element) -> bool:
    if element.tag in ("html", "body"):
        return False
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or (
        element.get("hidden") is not None or element.get("aria-hidden") == "true"
    )


def drop(element: Element) -> None:
    """Take an element out of its tree, its tail kept."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def _titles(root: Element) -> list[str]:
    """What the head calls the page: meta ArticleTitle and its kin first, then <title>."""
    titles = []
    for meta in root.iter("meta"):
        label = (meta.get("name") or meta.get("property") or "").lower()
        if label in ("articletitle", "og:title", "title", "contenttitle", "dc.title"):
            titles.append(meta.get("content") or "")
    for title in list(root.iter("title")):
        titles.append("".join(title.itertext()))
        drop(title)
    return [title.strip() for title in titles]
