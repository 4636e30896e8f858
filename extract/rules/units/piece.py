"""An item of a list of units, and what it borrows from the items beside it."""

from __future__ import annotations

from dataclasses import dataclass

from extract import lazy as regex
from extract.rules.units.unit_words import level_of, names_work, place_end


@dataclass(slots=True)
class Piece:
    """An item of a list: view offsets, its text, and what it borrows before and after it.

    `mark` is the sign or word that separates it from the item before; items that one written item
    stands for share `item`.
    """

    start: int
    end: int
    text: str
    mark: str = ""
    lead: str = ""
    tail: str = ""
    item: int = 0
    noted: str = ""
    open_set: bool = False
    after_etc: bool = False
    whole: bool = False

    @property
    def full(self) -> str:
        """The name as it would be said in full."""
        return self.lead + self.text + self.tail


TOGETHER = ("、", "和", "与", "及", "以及")
"""What joins two names more closely than a comma."""

EACH_LEVEL = regex.compile(
    r"(?:地方)?各级|[省市县]级以上(?:地方)?(?:各级)?|国务院(?=\p{Han})|[省市州县区乡镇]级(?=\p{Han})"
)


def field_ending(text: str) -> str:
    """The ending that fields before may share: 部门 of 住房城乡建设部门."""
    for ending in ("主管部门", "行政部门", "部门", "机关", "局", "厅", "委"):
        if text.endswith(ending):
            stem = text[: -len(ending)]
            return ending if names_work(stem[opening(text) :]) else ""
    return ""


def opening(text: str) -> int:
    """Where an item's own words begin behind its level or place (市, 大同市, 各级, 国务院)."""
    if each := EACH_LEVEL.match(text):
        return each.end()
    level = level_of(text)
    return level.end if level else place_end(text)
