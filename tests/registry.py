"""The departments of the lexicon as the tests write them behind a place or a level."""

from __future__ import annotations

from collections.abc import Iterator

from extract.lexicon import load, spellings
from extract.rules.organs.departments import HOLDS_PLACE


def spelt(row: dict[str, str]) -> tuple[str, ...]:
    """Every spelling of a department; a full form that holds its place is none."""
    own = () if HOLDS_PLACE.search(row["long_form"]) else (row["long_form"],)
    return (*own, *spellings(row["also_called"]))


def government_departments() -> Iterator[str]:
    """Every spelling of a government's department that follows the name of its place."""
    for row in load("departments"):
        if row["organ"] != "gov" or row["function"] == "政府":
            continue
        if not HOLDS_PLACE.search(row["long_form"]):
            yield from (word for word in spelt(row) if "S" not in word)
