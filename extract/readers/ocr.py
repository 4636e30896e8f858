"""OCR of a page's picture with RapidOCR, whose models lie inside its package: no network, no state
but the loaded engine, and the same picture gives the same text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from rapidocr import RapidOCR

from extract import lazy as regex
from extract.model import Box, Gap
from extract.readers.page_columns import in_reading_order
from extract.readers.page_furniture import is_page_number
from extract.readers.page_lines import Char
from extract.readers.page_tables import grid_of, tables_on
from extract.readers.pages import Page
from extract.readers.ruled_lines import between_rules, drawn_rules
from extract.readers.unruled_tables import UnruledTables

_SURE = 0.85
_LEGIBLE = 0.5
_ASCENT = 0.8
_ASKED = 5
"""Lines that the engine is asked of, whether they stand on their head."""
_TURNED = 0.9
"""How sure the engine is of a line that it turns."""
_MARKS = str.maketrans({",": "，", ":": "：", ";": "；", "(": "（", ")": "）"})
_HALF_MARK = regex.compile(
    r"(?<=[\p{Han}》）〕”、，。])[,:;()]|[,:;()](?=[\p{Han}《（〔“、，。])|[,:;)]$"
)
_SPACE = regex.compile(r"(?<=\d[.．、]) +(?=\p{Han})")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as OCR reads it: its box in points and how sure it is, 0 to 1."""

    text: str
    box: Box
    sure: float


@cache
def engine() -> RapidOCR:
    """The engine, loaded once; low scores are left in, to be told of."""
    return RapidOCR(params={"Global.log_level": "critical", "Global.text_score": 0.0})


def read_page(
    pixels: Any, points: float, number: int, corner: tuple[float, float] = (0.0, 0.0)
) -> tuple[Page, list[Gap]]:
    """A page from its picture (rows of BGR), `points` a pixel, with a gap for each doubtful line;
    or a part of one, whose top left `corner` on it is given in points.

    A page scanned sideways or upside down is turned first; its boxes count from the turned page's
    top left.
    """
    readings = readings_of(pixels, points)
    if _is_upside_down(readings, pixels, points):
        pixels = np.ascontiguousarray(np.rot90(pixels, 2))
        readings = readings_of(pixels, points)
    if _is_sideways(readings):
        turned = [np.ascontiguousarray(np.rot90(pixels, quarter)) for quarter in (3, 1)]
        tries = [(readings_of(each, points, as_it_stands=True), each) for each in turned]
        readings, pixels = max(tries, key=lambda found: _sense(found[0]))
    gaps = [
        _doubt(reading, number, corner)
        for reading in readings
        if reading.sure < _SURE and not is_page_number(reading.text)
    ]
    rules = drawn_rules(pixels, points)
    legible = (reading for reading in readings if reading.sure >= _LEGIBLE)
    chars = [char for reading in legible for char in _chars(_in_cell(reading, rules))]
    grids = []
    for table in tables_on(rules, chars, number, UnruledTables()):
        grid, chars = grid_of(table, chars, number)
        grids.append((table.box[1], grid))
    height, width = pixels.shape[:2]
    page = Page(number, width * points, height * points, in_reading_order(chars), grids)
    return page.moved(*corner), gaps


def _is_sideways(readings: list[Reading]) -> bool:
    """Whether most lines of some length run up or down the page."""
    long = [reading for reading in readings if len(reading.text) > 3]
    upright = [r for r in long if r.box[2] - r.box[0] > 1.2 * (r.box[3] - r.box[1])]
    return len(long) > 2 and len(upright) * 2 < len(long)


def _is_upside_down(readings: list[Reading], pixels: Any, points: float) -> bool:
    """Whether the longest lines that run across stand on their head, as the engine tells: it reads
    each of them right, but from the page's foot to its top."""
    turned = 0
    upright = [r for r in readings if r.box[2] - r.box[0] > 2 * (r.box[3] - r.box[1])]
    longest = sorted(upright, key=lambda r: r.box[2] - r.box[0])[-_ASKED:]
    for reading in longest:
        x0, y0, x1, y1 = (max(0, round(side / points)) for side in reading.box)
        line = np.ascontiguousarray(pixels[y0:y1, x0:x1])
        told: Any = engine()(line, use_det=False, use_cls=True, use_rec=False)
        turn, sure = told.cls_res[0]
        turned += turn == "180" and sure > _TURNED
    return turned * 2 > len(longest)


def _sense(readings: list[Reading]) -> float:
    """How much of a page was read with certainty."""
    return sum(len(reading.text) * reading.sure for reading in readings)


def readings_of(pixels: Any, points: float, *, as_it_stands: bool = False) -> list[Reading]:
    """The lines that the engine reads, in its order; it turns lines that stand on their head
    unless it is told to read all as it stands."""
    result: Any = engine()(pixels, use_det=True, use_cls=not as_it_stands, use_rec=True)
    if result.boxes is None or result.txts is None or result.scores is None:
        return []
    readings = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        xs = [float(corner[0]) * points for corner in corners]
        ys = [float(corner[1]) * points for corner in corners]
        box = (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))
        whole = _HALF_MARK.sub(lambda mark: mark[0].translate(_MARKS), text.strip())
        whole = _SPACE.sub("", whole)
        readings.append(Reading(whole, box, round(float(score), 3)))
    return readings


def _doubt(reading: Reading, number: int, corner: tuple[float, float]) -> Gap:
    x, y = round(corner[0] + reading.box[0]), round(corner[1] + reading.box[1])
    kept = "stands in the text" if reading.sure >= _LEGIBLE else "is left out"
    return Gap(
        "read",
        "ocr_doubtful",
        f"page {number}, {x} points from the left and {y} from the top: OCR is {reading.sure:.0%} "
        f"sure of “{reading.text}”, which {kept}; check it against the page",
    )


def _in_cell(reading: Reading, rules: list[dict[str, Any]]) -> Reading:
    box = reading.box
    return replace(reading, box=between_rules(box, rules, box[3] - box[1]))


def _chars(reading: Reading) -> Iterator[Char]:
    """The characters of a line, set evenly over its box."""
    x0, y0, x1, y1 = reading.box
    widths = [1.0 if char >= "\u2e80" or char in "“”‘’—…" else 0.5 for char in reading.text]
    if not widths or y1 <= y0:
        return
    step = (x1 - x0) / sum(widths)
    em, base, left = min(step, y1 - y0), y0 + _ASCENT * (y1 - y0), x0
    for char, width in zip(reading.text, widths, strict=True):
        yield Char(char, left, left + width * step, base, em)
        left += width * step
