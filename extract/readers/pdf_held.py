"""What stands on a page of a PDF and in its forms (ISO 32000-1, 8.10), by the place on the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from extract.model import Box
from extract.readers import pdfium_calls as calls

_DEEPEST = 4
Matrix = tuple[float, float, float, float, float, float]
AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Held(NamedTuple):
    """An object of PDFium's by its address, its kind, and what brings its place in its form to that
    on the page, in the page's own coordinates."""

    item: int
    kind: int
    matrix: Matrix


def held_on(objects: Iterable[int], matrix: Matrix = AS_IT_IS, depth: int = 0) -> Iterator[Held]:
    """Objects of a page, by their addresses, and in the place of each form what it holds; a form
    that lies too deep in others is given as it is."""
    for item in objects:
        kind = calls.kind_of(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = times(matrix_of(item), matrix)
            yield from held_on(calls.held_by(item), inner, depth + 1)
        else:
            yield Held(item, kind, matrix)


def matrix_of(item: int) -> Matrix:
    """The matrix of an object."""
    values = (ctypes.c_float * 6)()
    if not calls.matrix_of(item, ctypes.addressof(values)):
        return AS_IT_IS
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does what the inner one does, then what the outer one does."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def moved(box: Box, matrix: Matrix) -> Box:
    """The box about what a matrix makes of a box."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
