"""Tables with three rules (三线表) or more but none between their columns: the columns are found by
the white strips that no character crosses, the rows by what stands in the first column."""

from __future__ import annotations

from typing import Any

from extract.model import Box
from extract.readers.page_furniture import is_page_number
from extract.readers.page_lines import Char, lines_of
from extract.readers.white_strips import Strip, columns_of, rows_of

_NEAR = 3.0
_SHORTEST = 150.0
_LEAST_ROWS = 3
_LEAST_HALF = 40.0
_HEAD = 60.0
Rule = tuple[float, float, float]
"""Left end, right end and height of a rule."""


def cells_between(edges: list[dict[str, Any]], chars: list[Char]) -> list[list[Box]]:
    """The cells of each table between a first and a last rule of one width; one that goes on over
    the page's end has rules about its head only."""
    tables = []
    for rules in _ladders(edges):
        left, right = rules[0][0], rules[0][1]
        places = [place for _, _, place in rules]
        is_open = len(rules) == 2
        if is_open:
            if not any(places[0] < char.base < places[1] for char in chars):
                continue  # no head: the two sides of one thick rule, as most often
            places.append(_text_end(chars, places[1]))
        inside = [
            char
            for char in chars
            if left - _NEAR <= char.x0 <= right
            and places[0] < char.base < places[-1] + _NEAR
            and not char.text.isspace()
        ]
        halves = _half_rules(edges, rules)
        lowest = max((place for _, _, place in halves), default=places[0])
        columns = columns_of([char for char in inside if char.base > lowest], left, right)
        rows = rows_of(inside, columns, places)
        if len(columns) < 2 or len(rows) < _LEAST_ROWS:
            continue
        if is_open and not _is_headed(columns, inside, places[1]):
            continue
        body = [(x0, y0, x1, y1) for y0, y1 in rows[1:] for x0, x1 in columns]
        tables.append([*_head(columns, rows[0], halves), *body])
    return tables


def _text_end(chars: list[Char], head: float) -> float:
    """Where the text below a head ends on its page, the page's number left out."""
    lines = lines_of(char for char in chars if char.base > head and not char.text.isspace())
    if lines and is_page_number(lines[-1].text):
        lines = lines[:-1]
    return lines[-1].base + 0.35 * lines[-1].em if lines else head


def _is_headed(columns: list[Strip], chars: list[Char], head: float) -> bool:
    """Whether there are three columns or more and each has a head: what stands below two rules of
    a form or a closing block does not fall into such columns."""
    middles = [(char.x0 + char.x1) / 2 for char in chars if char.base < head]
    return len(columns) > 2 and all(any(x0 < x < x1 for x in middles) for x0, x1 in columns)


def _half_rules(edges: list[dict[str, Any]], rules: list[Rule]) -> list[Rule]:
    """The rules inside the head that stand under a part of it only: under a head that has others
    below it (指标 over 2023年 and 2024年)."""
    (left, right, top), (_, _, below) = rules[:2]
    return [
        (e["x0"], e["x1"], e["top"])
        for e in edges
        if e["orientation"] == "h"
        and top + _NEAR < e["top"] < below - _NEAR
        and left - _NEAR <= e["x0"]
        and e["x1"] <= right + _NEAR
        and _LEAST_HALF <= e["width"] < 0.9 * (right - left)
    ]


def _head(columns: list[Strip], row: Strip, halves: list[Rule]) -> list[Box]:
    """The cells of the head: one a column, or, where a half rule stands, one over its columns and
    theirs below it."""
    cells: list[Box] = []
    for left, right, place in halves:
        under = [strip for strip in columns if left <= (strip[0] + strip[1]) / 2 <= right]
        if len(under) > 1:
            cells.append((under[0][0], row[0], under[-1][1], place))
            cells += [(x0, place, x1, row[1]) for x0, x1 in under]
            columns = [strip for strip in columns if strip not in under]
    return cells + [(x0, row[0], x1, row[1]) for x0, x1 in columns]


def _ladders(edges: list[dict[str, Any]]) -> list[list[Rule]]:
    """Three or more long rules of one width above one another, or two about a line of heads, with
    no upright rule among them."""
    if any(e["orientation"] == "v" and e["height"] > 2 * _NEAR for e in edges):
        return []
    found: dict[tuple[int, int], dict[int, Rule]] = {}
    for e in edges:
        if e["orientation"] == "h" and e["width"] >= _SHORTEST:
            key = round(e["x0"] / 6), round(e["x1"] / 6)
            place = (e["x0"], e["x1"], e["top"])
            found.setdefault(key, {}).setdefault(round(e["top"] / _NEAR), place)
    ladders = [sorted(rules.values(), key=lambda rule: rule[2]) for rules in found.values()]
    return [
        rules
        for rules in ladders
        if len(rules) > 2 or (len(rules) == 2 and rules[1][2] - rules[0][2] < _HEAD)
    ]
