"""Boxes that touch, as the strips and tiles that one picture was cut into: joined into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.model import Box

_TOUCHING = 1.0
"""Points between two boxes up to which they touch."""


def joined(boxes: Iterable[Box]) -> list[Box]:
    """The boxes, those that touch or overlap as the one around them, until none do."""
    found = sorted(boxes, key=_from_the_top)
    while len(fewer := _joined_once(found)) < len(found):
        found = sorted(fewer, key=_from_the_top)
    return found


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds them all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return (min(x0), min(y0), max(x1), max(y1))


def _from_the_top(box: Box) -> tuple[float, float]:
    return box[1], box[0]


def _joined_once(boxes: list[Box]) -> list[Box]:
    """Boxes given from the top down, each joined with those above it that reach down to it."""
    done: list[Box] = []
    reaching: list[Box] = []
    for box in boxes:
        done += [one for one in reaching if one[3] + _TOUCHING < box[1]]
        reaching = [one for one in reaching if one[3] + _TOUCHING >= box[1]]
        whole = box
        while touching := [one for one in reaching if _touch(one, whole)]:
            reaching = [one for one in reaching if not _touch(one, whole)]
            whole = around([*touching, whole])
        reaching.append(whole)
    return done + reaching


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] - _TOUCHING <= other[2]
        and other[0] - _TOUCHING <= one[2]
        and one[1] - _TOUCHING <= other[3]
        and other[1] - _TOUCHING <= one[3]
    )
