"""Pages of printed lines and tables to blocks, for the formats that know only places (PDF, OFD)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extract.model import Block, Box, Grid, Line, Paragraph
from extract.readers.page_lines import PrintedLine

_WIDE_GAP = 1.55


@dataclass(slots=True)
class Page:
    """What a page holds: printed lines and tables, each with the place of its top."""

    number: int
    width: float
    height: float
    lines: list[PrintedLine]
    grids: list[tuple[float, Grid]]

    def moved(self, x: float, y: float) -> Page:
        """The page as a part of a larger one, its top left at x, y."""
        if not (x or y):
            return self

        def place(box: Box) -> Box:
            x0, y0, x1, y1 = box
            return (round(x0 + x, 2), round(y0 + y, 2), round(x1 + x, 2), round(y1 + y, 2))

        def line(one: Line) -> Line:
            return one._replace(box=place(one.box)) if one.box else one

        lines = [replace(one, box=place(one.box), base=one.base + y) for one in self.lines]
        grids = [
            (
                top + y,
                Grid(tuple(replace(c, lines=tuple(map(line, c.lines))) for c in grid.cells)),
            )
            for top, grid in self.grids
        ]
        return replace(self, lines=lines, grids=grids)


def blocks_of(pages: list[Page]) -> list[Block]:
    """Printed lines as paragraphs, a blank one where the space is wide, and tables in place."""
    pitch = _pitch(pages)
    usual = median([line.em for page in pages for line in page.lines] or [0.0])
    blocks: list[Block] = []
    for page in pages:
        left = _left_margin([line for line in page.lines if line.em <= 1.3 * usual] or page.lines)
        grids = sorted(page.grids, key=lambda item: item[0])
        last: PrintedLine | None = None
        for line in page.lines:
            while grids and grids[0][0] < line.base and (last is None or last.base < line.base):
                blocks.append(grids.pop(0)[1])
                last = None
            if last is not None and line.base - last.base > _WIDE_GAP * max(
                pitch, 1.05 * min(line.em, last.em)
            ):
                blocks.append(Paragraph((Line("", page.number),), complete=False))
            blocks.append(_paragraph(line, left, page.number))
            last = line
        blocks += [grid for _, grid in grids]
    return blocks


def _paragraph(line: PrintedLine, left: float, page: int) -> Paragraph:
    """A line as a paragraph; its indent, if any, is full-width spaces as in typed text."""
    indent = (line.box[0] - left) / line.em
    text = "\u3000" * min(round(indent), 40) + line.text if indent >= 1.5 else line.text
    return Paragraph((Line(text, page, line.box),), False)


def _pitch(pages: list[Page]) -> float:
    """The usual distance between baselines, in points."""
    steps = [
        b.base - a.base
        for page in pages
        for a, b in pairwise(page.lines)
        if 0 < b.base - a.base < 6 * a.em
    ]
    return median(steps) if steps else 0.0


def _left_margin(lines: list[PrintedLine]) -> float:
    """Where the lines of a page begin that have no indent, in points."""
    if not lines:
        return 0.0
    counts: dict[int, int] = {}
    for line in lines:
        place = round(line.box[0] / 3)
        counts[place] = counts.get(place, 0) + 1
    least = max(2, len(lines) / 10)
    common = [place for place, count in counts.items() if count >= least]
    return 3.0 * min(common) if common else min(line.box[0] for line in lines)
