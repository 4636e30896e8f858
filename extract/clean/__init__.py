"""Clean: source blocks to the canonical text, one paragraph or table cell a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from extract.clean.broken import split_broken
from extract.clean.closed_figures import split_figures
from extract.clean.closed_rows import split_closed
from extract.clean.dated_lines import keep_rows
from extract.clean.furniture import drop_furniture
from extract.clean.grids import as_paragraphs, merge_grids
from extract.clean.join import Page, join
from extract.clean.opened_rows import split_opened
from extract.clean.printed import Printed, unroll
from extract.clean.rebuild import Run
from extract.clean.rows import split_rows
from extract.clean.stacked import split_stacked
from extract.clean.write import write
from extract.model import Canonical, Grid, Paragraph, Source

__all__ = ["clean"]


def clean(source: Source) -> Canonical:
    """The canonical text of a source, with its stretches and the place of each printed line."""
    items = keep_rows(drop_furniture(unroll(source)))
    parts = [*_parts(items)]
    printed = {id(part) for part in parts if isinstance(part, Grid)}
    parts = [piece for part in parts for piece in _split(part)]
    runs = [part for part in parts if not isinstance(part, Grid)]
    page = Page([line for run in runs for line in run])
    paragraphs = iter(join(runs, page))
    blocks: list[Paragraph | Grid] = []
    flattened, tables = set(), 0
    for part in parts:
        if not isinstance(part, Grid):
            blocks.extend(next(paragraphs))
            continue
        if id(part) not in printed:
            flattened.add(tables)
        blocks.append(part)
        tables += 1
    return write(blocks, source.gaps, flattened)


def _parts(items: list[Printed | Grid]) -> Iterator[Run | Grid]:
    """Runs of lines and tables, in order; a table's pages made one, a mere frame opened."""
    for is_grid, group in groupby(items, lambda item: isinstance(item, Grid)):
        members = list(group)
        if not is_grid:
            yield [item for item in members if isinstance(item, Printed)]
            continue
        for grid in merge_grids([item for item in members if isinstance(item, Grid)]):
            framed = as_paragraphs(grid)
            if framed is None:
                yield grid
            else:
                inner = unroll(Source("", tuple(framed)))
                yield [item for item in inner if isinstance(item, Printed)]


_SPLITS = (
    split_rows,
    split_stacked,
    split_opened,
    split_closed,
    split_figures,
    split_broken,
)


def _split(part: Run | Grid) -> list[Run | Grid]:
    """A run of lines with the tables that were flattened in it taken out."""
    if isinstance(part, Grid):
        return [part]
    pieces: list[Run | Grid] = [part]
    for split in _SPLITS:
        pieces = [
            new
            for piece in pieces
            for new in ([piece] if isinstance(piece, Grid) else split(piece))
        ]
    return pieces
