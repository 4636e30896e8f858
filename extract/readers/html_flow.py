"""A tree of HTML as a run of pieces: paragraphs and tables in reading order, with their place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from extract import lazy as regex
from extract.model import Grid
from extract.readers.html_lists import Lists
from extract.readers.html_pictures import is_large
from extract.readers.html_table import grid, is_layout
from extract.readers.html_tree import Element
from extract.readers.invisible import without_invisible

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "ucapcontent",
        "ucaptitle",
    )
)  # fmt: skip
_HEADINGS = frozenset(
    (
        "h1", "h2", "h3", "h4", "h5", "h6", "caption", "ucaptitle",
    )
)  # fmt: skip
_LEAST_LINES = 6
_WIDEST = 60
_SPACES = regex.compile(r"[ \t\r\n\f]+")
_CENTRED = regex.compile(r"text-align\s*:\s*center", regex.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """A paragraph (`text`) or a table (`grid`) of a page, and the element that holds it."""

    element: Element
    text: str = ""
    grid: Grid | None = None
    linked: int = 0
    centred: bool = False
    broken: bool = False
    """Whether a <br> and not the end of a block closed it."""
    wrapped: bool = False
    """Whether it is a line of text that was wrapped by hand, its end no end of a paragraph."""
    pictures: int = 0
    """How many pictures stand above it, behind the piece before."""
    held: int = 0
    """How many pictures stand inside it, where it is a table."""


def flow(root: Element) -> list[Piece]:
    """The page's pieces in reading order, empty ones left out."""
    return _Flow(root).run()


class _Flow:
    """Walks the tree without recursion and collects text into pieces."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.pieces: list[Piece] = []
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.preserved = 0
        self.label = ""
        self.lists = Lists()
        self.holders: list[Element] = [root]
        self.pictures = 0

    def run(self) -> list[Piece]:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag == "table" and not is_layout(element):
                    self.close()
                    self.table(element)
                    walk.skip_subtree()
                else:
                    self.start(element)
            else:
                self.end(element)
        self.close()
        _mark_wrapped(self.pieces)
        return self.pieces

    def table(self, element: Element) -> None:
        """A table, its caption before it."""
        for caption in element.iterdescendants("caption"):
            text = tidy("".join(caption.itertext()))
            if text:
                self.append(Piece(caption, text, centred=True))
        held = sum(map(is_large, element.iterdescendants("img")))
        self.append(Piece(element, grid=grid(element), held=held))

    def append(self, piece: Piece) -> None:
        """Take a piece in, with the pictures above it."""
        piece.pictures, self.pictures = self.pictures, 0
        self.pieces.append(piece)

    def start(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self.close(broken=True)
        elif tag == "img":
            self.pictures += is_large(element)
        elif tag in _BLOCKS:
            self.close()
            self.holders.append(element)
            if tag == "li":
                self.label = self.lists.label(element)
        self.links += tag == "a" and element.get("name") is None
        self.preserved += tag == "pre"
        self.add(element.text)

    def end(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.close()
            if self.holders[-1] is element:
                self.holders.pop()
        self.links -= tag == "a" and element.get("name") is None
        self.preserved -= tag == "pre"
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self.preserved and "\n" in text:
            first, *others = text.splitlines()
            self.parts.append(first)
            for other in others:
                self.close(broken=True)
                self.parts.append(other)
            return
        self.parts.append(text)
        if self.links:
            self.linked += len("".join(text.split()))

    def close(self, broken: bool = False) -> None:
        text = tidy("".join(self.parts))
        if text:
            holder = self.holders[-1]
            text, self.label = self.label + text, ""
            piece = Piece(holder, text, linked=self.linked, broken=broken)
            piece.centred = _is_centred(holder)
            piece.wrapped = self.preserved > 0
            self.append(piece)
        self.parts = []
        self.linked = 0


def _mark_wrapped(pieces: list[Piece]) -> None:
    """Mark lines of one block that <br> breaks at one width, in the middle of sentences."""
    for _, run in groupby(pieces, key=lambda piece: piece.element):
        lines = [piece for piece in run if piece.broken and piece.grid is None]
        if len(lines) < _LEAST_LINES:
            continue
        widest = max(len(piece.text) for piece in lines)
        full = [piece for piece in lines if len(piece.text) >= widest - 3]
        cut = [piece for piece in full if piece.text[-1] not in "。；：！？"]
        if widest <= _WIDEST and len(full) > 0.5 * len(lines) and len(cut) > 0.6 * len(full):
            for piece in lines:
                piece.wrapped = True


def tidy(text: str) -> str:
    """The text as a browser shows it: runs of ASCII white space are one space, none at the ends."""
    return _SPACES.sub(" ", without_invisible(text)).strip(" \u3000\u00a0\t")


def _is_centred(element: Element) -> bool:
    """Whether the block is a heading or its text is centred (looked for two elements up)."""
    for _ in range(2):
        if element is None:
            return False
        if element.tag in _HEADINGS or element.tag == "center":
            return True
        align = (element.get("align") or "").lower()
        if align:
            return align == "center" and element.tag not in ("table", "td", "tr", "body")
        style = element.get("style") or ""
        if _CENTRED.search(style):
            return True
        if "text-align" in style:
            return False
        element = element.getparent()
    return False
