"""Ruled lines as edges, and the cells that they enclose, for formats other than PDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from extract.model import Box

_MAX_EDGES = 6000
_MAX_JOINED = 800
_LEAST_ENDS = 3
_NEAR = 3.0
_THIN = 6.0
_SHORTEST = 18.0
_BREAK = 3


def edge(box: Box, flat: bool) -> dict[str, Any]:
    """A rule from x0, y0 to x1, y1 as an edge in pdfplumber's sense."""
    x0, y0, x1, y1 = box
    return {
        "x0": x0,
        "x1": x1 if flat else x0,
        "top": y0,
        "bottom": y0 if flat else y1,
        "width": x1 - x0 if flat else 0.0,
        "height": 0.0 if flat else y1 - y0,
        "orientation": "h" if flat else "v",
        "object_type": "line",
    }


def cells_of(edges: list[dict[str, Any]]) -> list[list[Box]]:
    """The cells of each table that the edges draw, those at an open side closed."""
    if not 4 <= len(edges) <= _MAX_EDGES:
        return []
    merged = [e for e in merge_edges(edges, 3, 3, 3, 3) if e["width"] + e["height"] >= _NEAR]
    merged = merge_edges([*merged, *_missing_sides(merged)], 3, 3, 3, 3)
    crossings = edges_to_intersections(merged, 3, 3)
    tables: list[list[Box]] = cells_to_tables(intersections_to_cells(crossings))
    return tables


def _missing_sides(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sides that tables lack where three rules or more end in one line: many tables are open
    to the left and right, and one that goes on over a page's end is open below. A rule nearer than
    a row is high closes them (the rules of a scan lie aslant and overshoot)."""
    if len(edges) > _MAX_JOINED:
        return []
    sides = []
    for group in _connected(edges):
        for flat in (True, False):
            along, ends, orientation = (
                (("x0", "x1"), ("top", "bottom"), "v")
                if flat
                else (("top", "bottom"), ("x0", "x1"), "h")
            )
            rules = [e for e in group if e["orientation"] == orientation]
            others = [e for e in group if e["orientation"] != orientation]
            if len(rules) < _LEAST_ENDS or not others:
                continue
            for end, outermost in zip(ends, (min, max), strict=True):
                place = outermost(e[end] for e in rules)
                ending = [e for e in rules if abs(e[end] - place) <= _NEAR]
                start, stop = min(e[along[0]] for e in ending), max(e[along[1]] for e in ending)
                drawn = sum(
                    e[along[1]] - e[along[0]] for e in others if abs(e[end] - place) <= _THIN
                )
                if len(ending) >= _LEAST_ENDS and drawn < 0.97 * (stop - start):
                    box = (start, place, stop, place) if flat else (place, start, place, stop)
                    sides.append(edge(box, flat))
    return sides


def _connected(edges: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The edges in groups of those that touch one another."""
    groups: list[list[dict[str, Any]]] = []
    for one in edges:
        touched = [group for group in groups if any(_touch(one, other) for other in group)]
        merged = [one, *(other for group in touched for other in group)]
        groups = [group for group in groups if group not in touched] + [merged]
    return groups


def _touch(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(
        a["x0"] - _NEAR <= b["x1"]
        and b["x0"] - _NEAR <= a["x1"]
        and a["top"] - _NEAR <= b["bottom"]
        and b["top"] - _NEAR <= a["bottom"]
    )


def drawn_rules(pixels: Any, points: float) -> list[dict[str, Any]]:
    """The straight dark lines of a picture (rows of BGR), `points` a pixel, as edges."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    length = max(int(_SHORTEST / points), 10)
    edges = []
    for flat, size in ((True, (length, 1)), (False, (1, length))):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        across = (_BREAK, 1) if flat else (1, _BREAK)
        lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        edges += [edge(box, flat) for box in _boxes(lines, points, flat)]
    return edges


def between_rules(box: Box, edges: list[dict[str, Any]], em: float) -> Box:
    """A line's box cut at the upright rules that it overlaps by less than a character: OCR takes
    some of the white about a line into its box, and a character would fall into the next cell. A
    rule is as high as the box; the strokes of its characters are not."""
    x0, y0, x1, y1 = box
    for e in edges:
        beside = e["top"] <= (y0 + y1) / 2 <= e["bottom"] and e["height"] >= y1 - y0
        if e["orientation"] == "v" and beside:
            if 0 < e["x0"] - x0 < em:
                x0 = e["x0"]
            if 0 < x1 - e["x0"] < em:
                x1 = e["x0"]
    return (x0, y0, x1, y1) if x1 - x0 > em / 2 else box


def _boxes(lines: Any, points: float, flat: bool) -> Iterator[Box]:
    import cv2

    # outer outlines, from the top by pairs of rows: the boxes of the connected parts as
    # connectedComponentsWithStats lists them, in a hundredth of its time
    outlines, levels = cv2.findContours(lines, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = compress(outlines, levels[0, :, 3] < 0) if outlines else ()
    found = sorted(map(cv2.boundingRect, outer), key=lambda box: (box[1] // 2, box[0] // 2))
    for x, y, width, height in found:
        if (height if flat else width) * points > 12:
            continue
        middle = (y + height / 2) * points if flat else (x + width / 2) * points
        x0, x1 = x * points, (x + width) * points
        y0, y1 = y * points, (y + height) * points
        yield (x0, middle, x1, middle) if flat else (middle, y0, middle, y1)
