"""Lines of running text with the tables that were flattened in them taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.clean.printed import Printed
from extract.model import Grid

Run = list[Printed]
Reader = Callable[[Sequence[Printed], int], tuple[Grid | None, int] | None]
"""Reads the table that begins at a place, and where it ends; None where none does. Without a grid:
the lines up to that place are none."""


def rebuild(lines: Sequence[Printed], read: Reader) -> list[Run | Grid]:
    """The lines with each table that a reader finds in them rebuilt, in order."""
    parts: list[Run | Grid] = []
    run: Run = []
    at = 0
    while at < len(lines):
        found = read(lines, at)
        if found is None:
            run.append(lines[at])
            at += 1
            continue
        grid, end = found
        if grid is None:
            run.extend(lines[at:end])
        else:
            parts += [run, grid] if run else [grid]
            run = []
        at = end
    if run:
        parts.append(run)
    return parts
