"""What a row of a task table says: its text, its label, and the cells beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.outline.columns import Span
from extract.rules.units.statements import Statement


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of units: the role its column gives (None: columns had run into one), its rows, and
    the words of its column's heads."""

    role: str | None
    span: Span
    spanning: bool
    heads: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetCell:
    """A cell of figures to be reached, and the year that its column's head names."""

    span: Span
    year: Span | None


@dataclass(slots=True)
class TaskRow:
    """One row: measure cell, the words after a number printed in it, label, title, groups' figures.

    `number` is the row's in the grid; `group_words`: the words of the innermost group, for finding
    the body's item; `shared`: who answers for its groups, as a parenthesis in their cells says.
    """

    number: int
    cell: Span
    text: Span
    label: str | None = None
    title: Span | None = None
    figures: tuple[int, ...] = ()
    group_words: str = ""
    units: list[UnitCell] = field(default_factory=list)
    shared: list[Statement] = field(default_factory=list)
    deadlines: list[Span] = field(default_factory=list)
    dates: list[Span] = field(default_factory=list)
    targets: list[TargetCell] = field(default_factory=list)
