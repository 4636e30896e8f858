"""Pictures of a web page: which of them may hold words of the paper, by size, name and place."""

from __future__ import annotations

from extract import lazy as regex
from extract.model import Block, Gap, Grid
from extract.readers.html_furniture import is_zone
from extract.readers.html_tree import Element
from extract.readers.pictures import LEAST_HEIGHT, LEAST_WIDTH

_PIXEL = 0.75
_SIZE = regex.compile(r"(?<![-\w])(?P<side>width|height)\s*:\s*(?P<pixels>\d{1,5})(?:\.\d+)?px")
_ORNAMENT = regex.compile(
    r"(?<![a-z])(?:icons?|ico|logo|btn|button|share|weixin|wechat|weibo|qr|qr?code|ewm|erweima|code"
    r"|arrow|line|dot|blank|spacer?|banners?|print)(?![a-z])"
    r"|^(?:docx?|pdf|ofd|wps|word|xlsx?|excel|zip|rar)\.",
    regex.IGNORECASE,
)
"""Words in the name of a file that holds no words of the paper; one that is only called after a
kind of file stands beside a link to one."""
_CONTENT = regex.compile(
    r"content|article|detail|zhengwen|zoom|editor|(?<![a-z])(?:con|cont|contxt|news|text|view)(?![a-z])",
    regex.IGNORECASE,
)
"""What pages call the element that holds the paper, as class or id."""
_PICTURE = regex.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?|webp)(?:[?#]|$)", regex.IGNORECASE)
FEW = 200
"""Characters of a page's paper, its title and what stands about it included, below which pictures
in its place are the paper."""


def is_large(image: Element) -> bool:
    """Whether a picture may hold words of the paper."""
    said = {side: image.get(side) or "" for side in ("width", "height")}
    sizes = {side: float(value) for side, value in said.items() if value.isdecimal()}
    for found in _SIZE.finditer(image.get("style") or ""):
        sizes[found["side"]] = float(found["pixels"])
    wide = sizes.get("width", LEAST_WIDTH / _PIXEL) * _PIXEL >= LEAST_WIDTH
    high = sizes.get("height", LEAST_HEIGHT / _PIXEL) * _PIXEL >= LEAST_HEIGHT
    if not (wide and high) or _is_ornament(image.get("src") or ""):
        return False
    return bool(sizes) or not _is_drawn_line(image)


def _is_ornament(source: str) -> bool:
    """Whether a picture's address says so: the name of its file, not the folders that hold it."""
    if source.startswith("data:"):
        return False
    path = source.partition("?")[0].partition("#")[0]
    return _ORNAMENT.search(path.replace("\\", "/").rpartition("/")[2]) is not None


def _is_drawn_line(image: Element) -> bool:
    """Whether a picture of unknown size floats beside a line inside whose text it is anchored, as a
    word processor saves the rules drawn over a page."""
    before = image.getprevious()
    text = image.getparent().text if before is None else before.tail
    return (
        image.get("align") in ("left", "right")
        and bool((text or "").strip())
        and bool((image.tail or "").strip())
    )


def only_pictures(root: Element, blocks: tuple[Block, ...]) -> tuple[Gap, ...]:
    """The gap of a page that has pictures where its paper should be, and hardly a word (`blocks`)
    besides."""
    if count(blocks) >= FEW:
        return ()
    found = [image for image in root.iter("img") if is_large(image) and _is_of_paper(image)]
    if not found:
        return ()
    many = "a picture stands" if len(found) == 1 else f"{len(found)} pictures stand"
    message = (
        f"{many} where the page's paper should be, with hardly a word besides; save what they show "
        "as pictures or PDF and give that, which is read with OCR"
    )
    return (Gap("read", "page_without_text", message),)


def count(blocks: tuple[Block, ...]) -> int:
    """The characters of some blocks, white space aside."""
    parts = [
        part for block in blocks for part in (block.cells if isinstance(block, Grid) else (block,))
    ]
    return sum(len("".join(line.text.split())) for part in parts for line in part.lines)


def _is_of_paper(image: Element) -> bool:
    """Whether a picture stands in an element called after the paper, in none of the page's
    furniture and in no link but one to a picture."""
    holders = list(image.iterancestors())
    links = [holder.get("href") or "" for holder in holders if holder.tag == "a"]
    return (
        bool(image.get("src"))
        and any(_CONTENT.search(_called(holder)) for holder in holders)
        and not any(map(is_zone, holders))
        and all(map(_PICTURE.search, links))
    )


def _called(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
