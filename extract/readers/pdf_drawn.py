"""What is drawn on a page of a PDF, as PDFium lists it: rules and frames as edges, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, compress, pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from extract.model import Box
from extract.readers import pdfium_calls as calls
from extract.readers.errors import ReadError

_NEAR = 3.0
_LONG = 60.0
_WIDE = 150.0
_HEAD = 60.0
_FLAT = 0.5
_MOST = 500_000
_MANY_PATHS = 200
_MANY_EDGES = 400
_COVERED = 0.2
WHITE = 252
"""From what part of red, green and blue on a colour is white."""
_PATH, _IMAGE = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE
_FORM = pdfium.FPDF_PAGEOBJ_FORM
Point = tuple[float, float]
Edge = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """What is drawn on a page: its `texts` (addresses of PDFium's objects); its `box` (left,
    bottom, right, top), what of it is shown, in its own coordinates; whether it is `turned`; its
    `edges` as pdfplumber would give them, None where only that can read the page; `plain` where
    they prove that there is no table; `pictured` where pictures or drawings cover a good part of
    the page; its `images`, and the forms that may hold some."""

    texts: list[int]
    box: Box
    turned: bool
    edges: list[Edge] | None
    plain: bool
    pictured: bool
    images: list[int]


def look_at(page: Any) -> Look:
    """A look at the objects of a page, without its characters.

    Left to pdfplumber are pages that are turned or made of forms, and those whose fonts lie
    nowhere. Raises ReadError where the objects are more than any page needs.
    """
    at = calls.address_of(page)
    count = pdfium.FPDFPage_CountObjects(page)
    if count > _MOST:
        raise ReadError("too_large", f"it is drawn with {count} parts, more than {_MOST}", "pdf")
    items = list(map(calls.object_at, repeat(at), range(count)))
    fonts = list(map(calls.font_of, items))
    texts = list(compress(items, fonts))
    held: dict[int, list[int]] = {_PATH: [], _IMAGE: [], _FORM: []}
    for item in (item for item, font in zip(items, fonts, strict=True) if not font):
        held.setdefault(calls.kind_of(item), []).append(item)
    box, turned = _box_of(page), calls.turn_of(at) != 0
    edges = None
    if not turned and not held[_FORM] and not _is_without_shape(texts, list(filter(None, fonts))):
        edges = _edges_of(list(filter(_is_seen, held[_PATH])), box[0], box[3])
    images = held[_IMAGE] + held[_FORM]
    pictured = len(held[_PATH]) > _MANY_PATHS or _is_covered(page, images)
    return Look(texts, box, turned, edges, edges is not None and _is_plain(edges), pictured, images)


def _is_covered(page: Any, images: list[int]) -> bool:
    """Whether images and forms, taken by their boxes, cover a good part of a page."""
    if not images:
        return False
    covered = sum(
        (right - left) * (top - bottom) for left, bottom, right, top in map(_bounds, images)
    )
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    return bool(covered > _COVERED * area)


def _is_seen(path: int) -> bool:
    """Whether a path shows on paper: not an area filled in white, as a word processor lays behind
    the lines of text that was copied from a web page."""
    drawn = (ctypes.c_int * 2)()
    at = ctypes.addressof(drawn)
    if not calls.drawn_how(path, at, at + 4) or drawn[1] or not drawn[0]:
        return True
    color = (ctypes.c_uint * 4)()
    at = ctypes.addressof(color)
    return not calls.fill_of(path, at, at + 4, at + 8, at + 12) or min(color[:3]) < WHITE


def _box_of(page: Any) -> Box:
    """The part of a page that is shown (left, bottom, right, top), in its own coordinates."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        raise ValueError("the page has no box")
    return (box.left, box.bottom, box.right, box.top)


def _is_without_shape(texts: list[int], fonts: list[int]) -> bool:
    """Whether some text's font lies neither in the file nor on this machine: PDFium then takes
    short texts below one another for doubles and leaves them out."""
    doubtful = {font for font in set(fonts) if not calls.is_embedded(font)}
    if not doubtful:
        return False
    bounds = (_bounds(text) for text, font in zip(texts, fonts, strict=True) if font in doubtful)
    return any(min(right - left, top - bottom) < _FLAT for left, bottom, right, top in bounds)


def _bounds(item: int) -> Box:
    return calls.sides_by(calls.bounds_of, item) or (0.0, 0.0, 0.0, 0.0)


def _is_plain(edges: list[Edge]) -> bool:
    """Whether edges are few, stand at fewer than three places across or fewer than three down, and
    no three long ones begin or end in one line nor stand two about a table's head."""
    if not edges:
        return True
    if len(edges) > _MANY_EDGES:
        return False
    across = _apart(e["x0"] for e in edges if e["height"] > _NEAR)
    down = _apart(e["top"] for e in edges if e["width"] > _NEAR)
    wide = _apart(e["top"] for e in edges if e["width"] > _WIDE)
    headed = any(below - above <= _HEAD / _NEAR for above, below in pairwise(wide))
    long = [e for e in edges if e["width"] > _LONG]
    in_line = _are_in_line(long, "x0") or _are_in_line(long, "x1")
    return min(len(across), len(down)) < 3 and not in_line and not headed


def _are_in_line(edges: list[Edge], end: str) -> bool:
    """Whether three edges above one another have this end in one line."""
    groups = ([e["top"] for e in edges if 0 <= e[end] - a[end] <= 2 * _NEAR] for a in edges)
    return any(len(_apart(tops)) > 2 for tops in groups)


def _apart(places: Iterable[float]) -> list[int]:
    """The places, in steps of a thick rule; those in neighbouring steps, as the two sides of a rule
    drawn as a rectangle are, count once."""
    steps = {round(place / _NEAR) for place in places}
    return sorted(step for step in steps if step - 1 not in steps)


def _edges_of(paths: list[int], left: float, top: float) -> list[Edge]:
    """The upright and flat edges of the paths: first lines, then sides of rectangles, then those
    of other shapes, as pdfplumber sorts them."""
    lines: list[Edge] = []
    rectangles: list[Edge] = []
    shapes: list[Edge] = []
    for points, closed, curved in chain.from_iterable(_outlines(p, left, top) for p in paths):
        ends = points[:-1] if closed and points[0] == points[-1] else points
        if len(ends) == 2 and not curved:
            flat = points[0][1] == points[1][1]
            lines.append(_edge(points[0], points[1], flat))
        elif len(points) == 5 and not curved and _is_rectangle(points):
            rectangles += _sides(points[0], points[2])
        else:
            shapes += [
                _edge(a, b, a[0] != b[0])
                for a, b in pairwise(points)
                if a[0] == b[0] or a[1] == b[1]
            ]
    return lines + rectangles + shapes


def _is_rectangle(points: list[Point]) -> bool:
    (ax, ay), (bx, by), (cx, cy), (dx, dy), last = points
    return last == (ax, ay) and (
        (ax == bx and by == cy and cx == dx and dy == ay)
        or (ay == by and bx == cx and cy == dy and dx == ax)
    )


def _sides(a: Point, c: Point) -> list[Edge]:
    """The sides of the rectangle with these two corners: top, bottom, left, right."""
    x0, x1 = sorted((a[0], c[0]))
    y0, y1 = sorted((a[1], c[1]))
    return [
        _edge((x0, y0), (x1, y0), True),
        _edge((x0, y1), (x1, y1), True),
        _edge((x0, y0), (x0, y1), False),
        _edge((x1, y0), (x1, y1), False),
    ]


def _edge(a: Point, b: Point, flat: bool) -> Edge:
    x0, x1 = (a[0], b[0]) if a[0] < b[0] else (b[0], a[0])
    top, bottom = (a[1], b[1]) if a[1] < b[1] else (b[1], a[1])
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if flat else "v",
        "object_type": "line",
    }


def _outlines(path: int, left: float, top: float) -> Iterator[tuple[list[Point], bool, bool]]:
    """The points of each outline of a path, measured from the page's top left, whether it is
    closed and whether a part of it is curved."""
    matrix = pdfium.FS_MATRIX()
    calls.matrix_of(path, ctypes.addressof(matrix))
    a, b, c, d, e, f = (getattr(matrix, side) for side in "abcdef")
    place = (ctypes.c_float * 2)()
    at = ctypes.addressof(place)
    points: list[Point] = []
    closed, controls = False, 0
    for i in range(calls.count_segments(path)):
        segment = calls.segment_at(path, i)
        calls.segment_point(segment, at, at + 4)
        x, y = place
        kind = calls.segment_kind(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, closed, controls > 0
            points, closed, controls = [], False, 0
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            controls += 1
            if controls % 3:
                continue
        closed = bool(calls.is_closing(segment))
        points.append((a * x + c * y + e - left, top - (b * x + d * y + f)))
    if len(points) > 1:
        yield points, closed, controls > 0
