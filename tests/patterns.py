"""Every compiled pattern of extract/, and strings made from a pattern to be hard for it."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import pkgutil
import random
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import regex

import extract
from extract.lazy import Lazy
from extract.lens import View
from extract.rules.rule import RULES

_OPTIONAL = ("extract.readers.ocr", "extract.readers.scans")
_AT_ONE_PLACE = {
    "extract.rules.subjects.predicates._PREDICATE": {"match"},
}
"""Chosen in an expression or held in a tuple, where their uses are not seen."""
_TOKENS = regex.compile(
    r"\\[pPN]\{(?P<property>[^}]*)\}|\\(?P<escape>.)|\[(?P<class>\^?(?:\\.|[^\]\\])+)\]"
    r"|\(\?(?:P?<\w+>|P[=>]\w+\)?|<?[=!]|[:>|]|[aimsux-]+[:)]?)|\{\d*,?\d*\}|[()|*+?^$]|(?P<plain>.)",
    regex.DOTALL,
)
_OF_ESCAPES = {"d": "1", "s": " ", "S": "市", "w": "市", "n": "\n", "t": "\t", "f": "\f", "r": "\r"}
_FILLERS = (
    "市", "1", " ", "　", "\n", "(", ")", "《", "〈", "“", "、", ",", "。", "a", "-", ".", "·",
    "第", "年", "一", "十", "和", "的", "、市司法局", "2024年", "市司法局要", "(一)", "《市》",
    "1、", "市,", "\t市", "(市", "1.", "每年", "责任单位:市", "<a ", "…",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Found:
    """A pattern, where it stands, and the methods by which it is asked: finditer stands for all
    that search."""

    place: str
    pattern: Any
    asked: frozenset[str]


@dataclasses.dataclass(frozen=True)
class Hard:
    """A string of any length: a begin, something over and over, an end that does not fit."""

    begin: str
    seed: str
    end: str

    def text(self, length: int) -> str:
        """The string, about so long."""
        return (self.begin + self.seed * (length // len(self.seed) + 1))[:length] + self.end


def modules() -> Iterator[ModuleType]:
    """The modules of extract/ that can be imported here."""
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        if module.name not in _OPTIONAL:
            yield import_module(module.name)


def patterns() -> list[Found]:
    """All patterns in globals, in what they hold, and in what cached functions without arguments
    give; each once."""
    found: dict[int, Found] = {}
    for module in modules():
        used = uses(module)
        for name, value in list(vars(module).items()):
            if value is RULES:  # each has a name of its own
                continue
            for pattern in _inside(value, module.__name__, 0):
                alone = value is pattern or hasattr(value, "cache_info")
                place = f"{module.__name__}.{name}"
                asked = used.get(name, set()) if alone else {"search"}
                asked = _AT_ONE_PLACE.get(place, asked)
                if not asked <= {"match", "fullmatch"}:
                    asked = {"finditer"}
                before = found.get(id(pattern))
                both = asked | (before.asked if before else set())
                found[id(pattern)] = Found(place, pattern, frozenset(both))
    return list(found.values())


def _inside(value: Any, module: str, depth: int) -> Iterator[Any]:
    if isinstance(value, regex.Pattern | re.Pattern | Lazy):
        yield value
    elif depth > 4:
        return
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _inside(each, module, depth + 1)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _inside(pair, module, depth + 1)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _inside(getattr(value, field.name), module, depth + 1)
    elif (
        hasattr(value, "cache_info")
        and value.__module__ == module
        and not inspect.signature(value).parameters
    ):
        yield from _inside(value(), module, depth + 1)


def uses(module: ModuleType) -> dict[str, set[str]]:
    """The methods called on each name; a name used in any other way is searched for."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    uses: dict[str, set[str]] = {}
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.func if isinstance(node.value, ast.Call) else node.value
            if isinstance(owner, ast.Name):
                uses.setdefault(owner.id, set()).add(node.attr)
                called.add(id(owner))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
            uses.setdefault(node.id, set()).add("search")
    return uses


def hard_strings(pattern: Any, count: int) -> list[Hard]:
    """What the pattern looks for and nearly finds, to be said over and over."""
    source = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    own = sorted(_alphabet(source)) or ["市"]
    chance = random.Random(source)
    seeds = [*_FILLERS, *chance.sample(own, min(len(own), count))]
    for rule in RULES.values():
        if rule.pattern is pattern:
            for example in (*rule.examples, *rule.counter):
                text = View(example.replace("⟦", "").replace("⟧", "")).text
                seeds += [text, text[:-1], text[: len(text) // 2]]
    seeds += ["".join(chance.choices(own, k=chance.choice((2, 3, 5)))) for _ in range(count)]
    return [
        Hard(chance.choice(own), seed, chance.choice(("", "※", "\n")))
        for seed in dict.fromkeys(seeds)
        if seed
    ]


def _alphabet(source: str) -> set[str]:
    """Words and characters that a pattern names, one of each class."""
    found: set[str] = set()
    word = ""
    for token in _TOKENS.finditer(source):
        if token["plain"]:
            word += token["plain"]
            continue
        if word:
            found.add(word)
        word = ""
        if token["property"]:
            found.add("市")
        elif token["escape"]:
            found.add(_OF_ESCAPES.get(token["escape"], token["escape"]))
        elif token["class"]:
            found |= set(_of_class(token["class"]))
    return found | ({word} if word else set())


def _of_class(inner: str) -> str:
    if inner.startswith("^"):
        return "市1" + inner[-1]
    plain = regex.sub(r"\\p\{[^}]*\}", "市", inner)
    plain = regex.sub(r"\\(.)", lambda m: _OF_ESCAPES.get(m[1], m[1]), plain)
    return plain[:2] + plain[-1:]
