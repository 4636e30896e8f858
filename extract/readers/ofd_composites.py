"""Composite objects of OFD: pieces of a page, a letterhead say, that resources hold.

GB/T 33190, 13: a CompositeObject names a CompositeGraphicUnit of the document's resources and gives
it a place. Here the unit's own objects are put in its stead, moved to where they are seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

_DEEPEST = 8
_MOST = 10_000
"""Objects that composites may unfold to on a page."""
_LEAVES = ("TextObject", "PathObject", "ImageObject", "CompositeObject")
_FARTHEST = 1e6


def place_composites(part: Any, units: Mapping[str, Any]) -> int:
    """Put the objects of composites in their stead, in place; how many composites could not be: no
    resource holds them, or they hold one another."""
    lost = 0
    left = _MOST
    for _ in range(_DEEPEST):
        found = [item for item in part.iter() if local(item) == "CompositeObject"]
        if not found:
            return lost
        for item in found:
            unit = units.get(item.get("ResourceID") or "")
            objects = [] if unit is None else [each for each in unit.iter() if _is_outer(each)]
            left -= len(objects)
            if unit is None or left < 0:
                lost += 1
            else:
                _place(item, objects)
            _drop(item)
    return lost + sum(local(item) == "CompositeObject" for item in part.iter())


def _is_outer(element: Any) -> bool:
    return local(element) in _LEAVES


def _place(item: Any, objects: list[Any]) -> None:
    box = numbers(item.get("Boundary")) or [0.0, 0.0]
    a, b, c, d, e, f = matrix(item)
    for each in objects:
        copy = deepcopy(each)
        own = numbers(each.get("Boundary"))
        if len(own) == 4:
            x, y, width, height = own
            moved = (box[0] + a * x + c * y + e, box[1] + b * x + d * y + f, width * a, height * d)
            copy.set("Boundary", " ".join(map(repr, moved)))
        a2, b2, c2, d2, e2, f2 = matrix(each)
        turned = (
            a * a2 + c * b2,
            b * a2 + d * b2,
            a * c2 + c * d2,
            b * c2 + d * d2,
            a * e2 + c * f2,
            b * e2 + d * f2,
        )
        copy.set("CTM", " ".join(map(repr, turned)))
        item.addprevious(copy)


def _drop(item: Any) -> None:
    item.getparent().remove(item)


def local(element: Any) -> str:
    """An element's name without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number(word: str) -> float:
    """A printed number; raises ValueError for one that is no place on a sheet."""
    value = float(word)
    if not abs(value) < _FARTHEST:
        raise ValueError(word)
    return value


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; none where one of them is no place on a sheet."""
    try:
        return [number(word) for word in (text or "").split()]
    except ValueError:
        return []


def matrix(item: Any) -> tuple[float, float, float, float, float, float]:
    """An object's transformation matrix (CTM); one that changes nothing where it has none."""
    found = numbers(item.get("CTM"))
    if len(found) != 6:
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = found
    return a, b, c, d, e, f
