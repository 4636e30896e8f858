"""A walk through the elements of WordprocessingML, which nest in content controls and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def outermost(parent: Any, wanted: frozenset[str], skipped: frozenset[str]) -> Iterator[Any]:
    """The elements of these tags below one, in order, none inside another of them and none inside
    one that is skipped; without recursion, however deep they nest."""
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in wanted:
            yield element
        elif isinstance(element.tag, str) and element.tag not in skipped:
            stack.append(iter(element))
