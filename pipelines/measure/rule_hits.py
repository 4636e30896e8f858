"""What the rules match while papers are read: noted from outside, the rules run as they are.

Inside `watched()` every module of `extract` holds, in place of a rule's pattern, one that does the
same and notes what it matched. Nothing is left of it afterwards, and no other run pays for it.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import regex

import extract
from extract.rules.rule import RULES, Rule

Note = Callable[[str, "regex.Match[str]"], None]
"""Told of each match: the rule's name and what it matched."""
_LONGEST_TABLE = 50
"""Entries of the longest dict that may hold rules; the others hold words."""


def load_rules() -> None:
    """Import every module that may declare a rule, so that `RULES` holds them all."""
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        if not module.name.startswith("extract.readers."):
            import_module(module.name)


@contextmanager
def watched(note: Note) -> Iterator[None]:
    """Note every match of every rule until the block ends."""
    load_rules()
    watches = {id(rule.pattern): _Watched(rule, note) for rule in RULES.values()}
    changed = [
        (module, name, value)
        for module_name, module in list(sys.modules.items())
        if module_name.startswith("extract.")
        for name, value in list(vars(module).items())
        if not name.startswith("__") and _swapped(value, watches) is not value
    ]
    try:
        for module, name, value in changed:
            setattr(module, name, _swapped(value, watches))
        yield
    finally:
        for module, name, value in changed:
            setattr(module, name, value)


def _swapped(value: Any, watches: dict[int, _Watched]) -> Any:
    """The watch of a pattern, also inside a tuple, list or dict; else the value itself."""
    if id(value) in watches:
        return watches[id(value)]
    if type(value) in (tuple, list):
        swapped = type(value)(_swapped(item, watches) for item in value)
        return value if all(a is b for a, b in zip(value, swapped, strict=True)) else swapped
    if type(value) is dict and len(value) < _LONGEST_TABLE:
        swapped = {key: _swapped(item, watches) for key, item in value.items()}
        return value if all(swapped[key] is item for key, item in value.items()) else swapped
    return value


class _Watched:
    """A rule's pattern that notes its matches; all else is the pattern's own."""

    def __init__(self, rule: Rule, note: Note) -> None:
        self._name = rule.name
        self._pattern = rule.pattern
        self._note = note

    def __getattr__(self, name: str) -> Any:
        own = getattr(self._pattern, name)
        if name in ("search", "match", "fullmatch"):
            return lambda *args, **kwargs: self._noted(own(*args, **kwargs))
        return own

    def _noted(self, found: regex.Match[str] | None) -> regex.Match[str] | None:
        if found is not None:
            self._note(self._name, found)
        return found

    def finditer(self, *args: Any, **kwargs: Any) -> Iterator[regex.Match[str]]:
        """Every match, noted as it is taken."""
        for found in self._pattern.finditer(*args, **kwargs):
            self._note(self._name, found)
            yield found

    def sub(self, replacement: Any, text: str, **kwargs: Any) -> str:
        """The text with every match replaced."""
        for found in self._pattern.finditer(text):
            self._note(self._name, found)
        return self._pattern.sub(replacement, text, **kwargs)
