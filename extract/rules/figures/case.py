"""A figure with the words around it, as what judges it sees them."""

from __future__ import annotations

from dataclasses import dataclass

from extract.rules.figures.comparisons import Comparison
from extract.rules.figures.figures import Figure
from extract.rules.figures.surroundings import Clause


@dataclass(frozen=True, slots=True)
class Case:
    """A figure with the words before its comparator and behind it, in its clause."""

    clause: Clause
    figure: Figure
    comparison: Comparison
    before: str
    after: str
