"""Printed lines: a source's running text, line by line, with what stands between and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import median

from extract import lazy as regex
from extract.lens import fold
from extract.model import Grid, Line, Source


class Break(IntEnum):
    """What stands before a printed line: nothing, a blank line, or a page's end."""

    NONE = 0
    BLANK = 1
    PAGE = 2


@dataclass(slots=True)
class Printed:
    """A printed line. `text` is trimmed, `folded` is its fold; `indent` and `right` are where it
    begins and ends, in half-width characters from the left margin, `width` is its own; `opens`:
    the format itself says that a paragraph opens here."""

    line: Line
    text: str
    folded: str
    before: Break
    opens: bool
    indent: float
    right: float
    width: int


_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f]|[\ue000-\uf8ff]+(?=\s*$)")
_LINE_END = regex.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TAG = regex.compile(
    r"</?(?:p|br|div|span|b|strong|font|center|u|i|em|a|table|tr|td|img)\b[^<>\n]{0,200}/?>"
    r"|&(?:nbsp|ensp|emsp|#160);",
    regex.IGNORECASE,
)
_LARGE = 1.3
_NARROW = regex.compile(r"[\x00-\u200f\uff61-\uffdc]+")


def display(text: str) -> int:
    """Columns that a text takes: 2 for a full-width character, quotes and dashes included."""
    return len(text) + len(_NARROW.sub("", text))


def unroll(source: Source) -> list[Printed | Grid]:
    """The source's lines and grids in reading order; blank lines become `Printed.before`."""
    items: list[Printed | Grid] = []
    before, page = Break.NONE, None
    for block in source.blocks:
        if isinstance(block, Grid):
            items.append(block)
            before = Break.NONE
            continue
        opens = block.complete
        for line in block.lines:
            if line.page != page:
                page, before = line.page, Break.PAGE if items else Break.NONE
            for text, ended in _parts(line.text):
                if text.strip():
                    items.append(_printed(Line(text, line.page, line.box), before, opens))
                    before, opens = Break.NONE, False
                elif not ended:
                    before = max(before, Break.BLANK)
                if ended:
                    before = Break.PAGE
    _place(item for item in items if isinstance(item, Printed))
    return items


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """A line's text without control characters and mark-up, cut where a line or page ends in it;
    the flag says that a page ends."""
    if "<" in text or "&" in text:
        text = _TAG.sub(" ", text)
    if text.isprintable():  # no control character and no line's end in it, as in most
        yield text, False
        return
    text = _CONTROL.sub("", text)
    at = 0
    for end in _LINE_END.finditer(text):
        yield text[at : end.start()], end[0] == "\f"
        at = end.end()
    if at == 0 or text[at:].strip():
        yield text[at:], False


def _printed(line: Line, before: Break, opens: bool) -> Printed:
    text = line.text.strip()
    lead = len(line.text) - len(line.text.lstrip())
    indent = display(line.text[:lead]) if lead else 0
    width = display(text)
    return Printed(line, text, fold(text), before, opens, indent, indent + width, width)


def _place(lines: Iterable[Printed]) -> None:
    """Indents and right edges from the boxes of lines that have one."""
    pages: defaultdict[int | None, list[tuple[Printed, float, float]]] = defaultdict(list)
    steps = []
    for item in lines:
        box = item.line.box
        if box is None or box[2] <= box[0]:
            continue
        pages[item.line.page].append((item, box[0], box[2]))
        steps.append((box[2] - box[0]) / item.width)
    if not steps:
        return
    step = median(steps)
    whole = _left_margin(_starts(pages.values(), step))
    for page in pages.values():
        starts = _starts([page], step)
        left = _left_margin(starts) if len(starts) > 5 else whole
        for item, x0, x1 in page:
            item.indent = (x0 - left) / step
            item.right = (x1 - left) / step


def _starts(pages: Iterable[Sequence[tuple[Printed, float, float]]], step: float) -> list[float]:
    """Where lines begin, those in a letterhead's large type left out where there are others."""
    lines = [line for page in pages for line in page]
    usual = [x0 for item, x0, x1 in lines if x1 - x0 <= _LARGE * step * item.width]
    return usual or [x0 for _, x0, _ in lines]


def _left_margin(starts: list[float]) -> float:
    """The leftmost place where more than a tenth of the lines begin, in points."""
    counts = Counter(round(x / 2) for x in starts)
    least = len(starts) / 10
    common = [x for x, n in counts.items() if n + counts[x + 1] > least]
    return 2.0 * min(common or counts)
