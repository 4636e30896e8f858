"""`regex` for this package: a pattern is compiled when a text is first held against it.

    from extract import lazy as regex

Some nine hundred patterns stand in these modules and a paper asks half of them; to compile them all
took half the time of a start. A rule's pattern is `compiled` at once, so that a wrong one is found
where it is declared.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, AnyStr, cast

import regex
from regex import (
    DOTALL,
    IGNORECASE,
    MULTILINE,
    V1,
    I,
    M,
    Match,
    Pattern,
    error,
    escape,
    finditer,
    fullmatch,
    search,
    split,
    sub,
)

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "V1",
    "I",
    "Lazy",
    "M",
    "Match",
    "Pattern",
    "compile",
    "compiled",
    "error",
    "escape",
    "finditer",
    "fullmatch",
    "search",
    "split",
    "sub",
]

compiled = regex.compile
"""A pattern that is compiled at once; raises `error`."""


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """A pattern that is compiled, and found wrong, when it is first asked."""
    return cast("Pattern[AnyStr]", Lazy(pattern, flags))


class Lazy:
    """What `compile` gives: the source of a pattern, and its methods, each looked up once."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> Any:
        return compiled(self.pattern, self._flags)

    match = cached_property(lambda self: self._compiled.match)
    fullmatch = cached_property(lambda self: self._compiled.fullmatch)
    search = cached_property(lambda self: self._compiled.search)
    finditer = cached_property(lambda self: self._compiled.finditer)
    findall = cached_property(lambda self: self._compiled.findall)
    split = cached_property(lambda self: self._compiled.split)
    sub = cached_property(lambda self: self._compiled.sub)
