"""How wide a document's lines were when they were wrapped, and whether a line is full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract import lazy as regex
from extract.clean.ends import cannot_begin, is_alone, is_finished, is_opener, label_kind
from extract.clean.printed import Break, Printed, display

_TOKEN = regex.compile(r"(?:[A-Za-z0-9.%+\-]{1,16}|.)[，。、；：！？）》”’〕】]{0,2}")
_LEAST_LINES = 3
_LEAST_WIDTH = 18
_LONGEST_WORD = 12
_LEAST_SHARE = 0.55
_HARD_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to count a line's length; `spread`: how far full lines may fall short of the width."""

    right: Callable[[Printed], float]
    of: Callable[[str], float]
    spread: int


def _quotes_narrow(text: str) -> int:
    """Columns where quotes and dashes count as one, as Unicode's East Asian width has them."""
    return display(text) - len(_AMBIGUOUS.findall(text))


def _length(text: str) -> int:
    return len(text)


def _with_indent(of: Callable[[str], int]) -> Measure:
    return Measure(lambda line: of(_kept(line.line.text)), of, 0 if of is _length else 1)


def _without_indent(of: Callable[[str], int]) -> Measure:
    return Measure(
        lambda line: of(_INDENT.sub("", _kept(line.line.text))), of, 0 if of is _length else 1
    )


def _kept(text: str) -> str:
    """The text with one of the spaces at its end: a line may have been cut after a space."""
    short = text.rstrip()
    return text[: len(short) + 1]


_INDENT = regex.compile(r"^(?:\s{2,}|\u3000)")
_AMBIGUOUS = regex.compile(r"[\u2010-\u2027\u2030-\u203f①-⓿±×÷°℃№Ⅰ-Ⅻ○●□■△▲◇◆☆★]")
_PRINTED = Measure(lambda line: line.right, display, 5)
_HARD = [
    kind(of)
    for of in (_length, _quotes_narrow, display)
    for kind in (_with_indent, _without_indent)
]


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width at which lines were wrapped, in a measure; `least`: what a full line has at
    least; `margin`: where lines that continue a paragraph begin; `spaced`: every line has a blank
    line after it."""

    measure: Measure
    width: float
    least: float
    margin: float
    spaced: bool

    def full(self, line: Printed, following: Printed) -> bool:
        """Whether the next line's first word did not fit on this line."""
        right = self.measure.right(line)
        token = _TOKEN.match(following.text)
        need = self.measure.of(token[0]) if token else 1
        least = self.least
        if self.measure is _PRINTED and line.line.box is not None:
            least = min(least, self.width - min(need, _LONGEST_WORD))
        return right >= least and right + need > self.width


def find_wrap(lines: Sequence[Printed]) -> Wrap | None:
    """The wrap of a document's running text; None where its paragraphs stand unwrapped.

    Lines that stop in mid-sentence all stop at the same width when it was the width that stopped
    them; page breaks stop them anywhere. A width counted to the character explains nearly all of
    them; a printer's width, which spares punctuation and words, most.
    """
    if not any(_is_wide(line) for line in lines):
        return None
    opened = [(line, following) for line, following in pairwise(lines) if _is_cut(line, following)]
    boxed = sum(line.line.box is not None for line in lines) * 2 > len(lines)
    if not boxed:
        fits = [_fit(measure, lines, opened) for measure in _HARD]
        share, wrap = max(fits, key=lambda fit: fit[0])
        if wrap and share >= _HARD_SHARE:
            return wrap
    return _fit(_PRINTED, lines, opened)[1]


def _is_wide(line: Printed) -> bool:
    """Whether a line may be as wide as the least width in some measure."""
    return 2 * len(line.line.text) >= _LEAST_WIDTH or line.right > _LEAST_WIDTH - 1


def _is_cut(line: Printed, following: Printed) -> bool:
    """Whether a line stops in mid-sentence and the next goes on, by their characters alone."""
    if is_finished(line.folded[-300:]) or is_alone(line.folded) or following.opens:
        return False
    if following.line.text.startswith("　　"):
        return False
    if cannot_begin(following.folded):
        return True
    return label_kind(following.folded) is None and not is_opener(following.folded)


def _fit(
    measure: Measure, lines: Sequence[Printed], opened: Sequence[tuple[Printed, Printed]]
) -> tuple[float, Wrap | None]:
    """The share of cut lines that a width explains in a measure, and the wrap at that width.

    A printer lets punctuation hang over the margin: the commonest width is the margin's.
    """
    rights = [round(measure.right(line)) for line, _ in opened]
    widths = Counter(rights)
    width, full = 0, 0
    for candidate in widths:
        count = sum(widths[candidate - k] for k in range(measure.spread + 1))
        if (count, candidate) > (full, width):
            width, full = candidate, count
    longish = sum(n for w, n in widths.items() if w >= width * 0.4)
    if width < _LEAST_WIDTH or full < _LEAST_LINES or full < _LEAST_SHARE * longish:
        return 0.0, None
    if sum(measure.right(line) > width + 4 for line in lines) > full * 0.15:
        return 0.0, None
    cluster = [
        following
        for right, (_, following) in zip(rights, opened, strict=True)
        if width - measure.spread <= right <= width
    ]
    least = width - measure.spread - 0.5
    if measure is _PRINTED:
        width = max(range(width - measure.spread, width + 1), key=lambda w: widths[w])
    margin = Counter(round(following.indent) for following in cluster).most_common(1)[0][0]
    blank = sum(following.before is Break.BLANK for following in cluster)
    wrap = Wrap(measure, width + 0.5, least, margin, blank * 2 > len(cluster))
    return full / longish, wrap
