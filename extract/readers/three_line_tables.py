"""Tables with three rules (三线表) or more but none between their columns: the columns are found by
the white strips that no character crosses, the rows by what stands in the first column."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import Any

from extract.model import Box
from extract.readers.page_lines import Char

_NEAR = 3.0
_SHORTEST = 150.0
_LEAST_GAP = 0.8
_LEAST_ROWS = 3
Strip = tuple[float, float]


def cells_between(edges: list[dict[str, Any]], chars: list[Char]) -> list[list[Box]]:
    """The cells of each table between a first and a last rule of one width."""
    tables = []
    for rules in _ladders(edges):
        left, right = rules[0][0], rules[0][1]
        places = [place for _, _, place in rules]
        inside = [
            char
            for char in chars
            if left - _NEAR <= char.x0 <= right
            and places[0] < char.base < places[-1] + _NEAR
            and not char.text.isspace()
        ]
        columns = _columns(inside, left, right)
        rows = _rows(inside, columns, places)
        if len(columns) > 1 and len(rows) >= _LEAST_ROWS:
            tables.append([(x0, y0, x1, y1) for y0, y1 in rows for x0, x1 in columns])
    return tables


def _ladders(edges: list[dict[str, Any]]) -> list[list[tuple[float, float, float]]]:
    """Three or more long rules of one width above one another, with no upright rule among them:
    left, right and height of each."""
    if any(e["orientation"] == "v" and e["height"] > 2 * _NEAR for e in edges):
        return []
    found: dict[tuple[int, int], dict[int, tuple[float, float, float]]] = {}
    for e in edges:
        if e["orientation"] == "h" and e["width"] >= _SHORTEST:
            key = round(e["x0"] / 6), round(e["x1"] / 6)
            place = (e["x0"], e["x1"], e["top"])
            found.setdefault(key, {}).setdefault(round(e["top"] / _NEAR), place)
    ladders = (sorted(rules.values(), key=lambda rule: rule[2]) for rules in found.values())
    return [rules for rules in ladders if len(rules) >= _LEAST_ROWS]


def _columns(chars: list[Char], left: float, right: float) -> list[Strip]:
    """The columns of text, cut in the middle of the white strips between them."""
    if not chars:
        return []
    least = _LEAST_GAP * median(char.em for char in chars)
    cuts, end = [left - 1], None
    for char in sorted(chars, key=lambda char: char.x0):
        if end is not None and char.x0 - end > least:
            cuts.append((char.x0 + end) / 2)
        end = char.x1 if end is None else max(end, char.x1)
    return list(pairwise([*cuts, right + 1]))


def _rows(chars: list[Char], columns: list[Strip], places: list[float]) -> list[Strip]:
    """The rows: between rules where each row has its rule, else a new one at each line that has
    text in the first column."""
    firsts = sorted({char.base for char in chars if columns and char.x1 <= columns[0][1]})
    if not firsts:
        return []
    cuts = list(places)
    if len(places) < _LEAST_ROWS + 1:
        ems = {char.base: char.em for char in chars}
        last = None
        for base in firsts:
            if base > places[1] and (last is None or base - last > 0.5 * ems[base]):
                cuts.append(base - 1.1 * ems[base])
            last = base
        cuts = sorted(cut for cut in cuts if cut <= places[1] or cut > places[1] + ems[firsts[0]])
    return list(pairwise(cuts))
