"""Lines of running text with the tables that were flattened in them taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.clean.printed import Printed
from extract.model import Grid

Run = list[Printed]
Reader = Callable[[Sequence[Printed], int], tuple[Grid, int] | None]
"""Reads the table that begins at a place, and where it ends; None where none does."""


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
        if run:
            parts.append(run)
        grid, at = found
        parts.append(grid)
        run = []
    if run:
        parts.append(run)
    return parts
