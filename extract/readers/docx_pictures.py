"""Pictures, charts and diagrams of a DOCX file, whose words are in no paragraph: counted."""

from __future__ import annotations

from typing import Any

from extract import lazy as regex
from extract.readers.docx_numbering import W
from extract.readers.docx_walk import outermost
from extract.readers.pictures import LEAST_HEIGHT, LEAST_WIDTH

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_PLACED = (_DRAWING + "wordprocessingDrawing}inline", _DRAWING + "wordprocessingDrawing}anchor")
_EXTENT = _DRAWING + "wordprocessingDrawing}extent"
_PICTURES = frozenset(
    (
        _DRAWING + "picture}pic",
        _DRAWING + "chart}chart",
        _DRAWING + "diagram}relIds",
        "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart",
        "{urn:schemas-microsoft-com:vml}imagedata",
    )
)
_UNSEEN = frozenset(
    (
        W + "del",
        W + "moveFrom",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
"""What does not stand in the text once all changes are accepted."""
_EMU = 12_700
"""English metric units in a point."""
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75}
_SIDE = regex.compile(
    r"(?<![-\w])(?P<side>width|height)\s*:\s*(?P<size>\d{1,6}(?:\.\d{1,6})?)(?P<unit>pt|in|cm|mm|px)"
)


def count_pictures(document: Any) -> int:
    """How many pictures of the document may hold words of their own, by their size; several that
    stand in one frame are one."""
    frames = {_frame_of(picture) for picture in outermost(document, _PICTURES, _UNSEEN)}
    return sum(frame is not None and _is_large(frame) for frame in frames)


def _frame_of(picture: Any) -> Any:
    """The element around a picture that says its size; None where none does."""
    return next((each for each in picture.iterancestors() if _size(each)), None)


def _size(element: Any) -> tuple[float, float] | None:
    """Width and height in points that a frame of DrawingML or a shape of VML states."""
    if element.tag in _PLACED:
        extent = element.find(_EXTENT)
        sides = [] if extent is None else [extent.get("cx") or "", extent.get("cy") or ""]
        if not sides or not all(map(str.isdecimal, sides)):
            return 0.0, 0.0
        return float(sides[0]) / _EMU, float(sides[1]) / _EMU
    stated = {
        found["side"]: float(found["size"]) * _POINTS[found["unit"]]
        for found in _SIDE.finditer(element.get("style") or "")
    }
    return (stated["width"], stated["height"]) if len(stated) == 2 else None


def _is_large(frame: Any) -> bool:
    width, height = _size(frame) or (0.0, 0.0)
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT
