"""Papers for tests: a canonical text from a list of paragraphs, and the five seeds."""

from __future__ import annotations

from pathlib import Path

from extract.clean import clean
from extract.model import Canonical, Stretch
from extract.readers import read

RAW = Path(__file__).parent.parent / "data" / "raw"


def paper(*paragraphs: str) -> Canonical:
    """A canonical text of these paragraphs, one a line."""
    stretches = []
    at = 0
    for paragraph in paragraphs:
        stretches.append(Stretch(at, at + len(paragraph)))
        at += len(paragraph) + 1
    return Canonical("\n".join(paragraphs) + "\n", tuple(stretches))


def seed(number: str) -> Canonical:
    """The cleaned text of the seed whose name begins with a number: 003."""
    path = next(RAW.glob(f"{number}_*"))
    return clean(read(path.read_bytes(), path.name))
