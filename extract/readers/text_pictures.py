"""Pictures among the text of a PDF: read by OCR where they stand, else each a gap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extract.model import Box, Gap
from extract.readers.pages import Page
from extract.readers.scans import INSTALL, has_ocr

_MOST = 100
"""Pictures of one document that are read or told of one by one."""


class TextPictures:
    """The pictures of one document; what is not read of them goes into `gaps`, never up."""

    def __init__(self, gaps: list[Gap]) -> None:
        self._gaps = gaps
        self._left = _MOST
        self._rest = 0
        self._rest_from = 0

    def read(
        self,
        page: Page,
        find: Callable[[], list[Box] | None],
        pixels: Callable[[], tuple[Any, float]],
    ) -> None:
        """Put the words of a page's pictures where they stand. `find` gives their boxes, or None
        where they have no known place; `pixels`, asked for once where there is OCR, the page's
        picture with its points a pixel. A picture without words gives nothing."""
        try:
            boxes = find()
        except Exception:  # what is drawn on a broken page can fail in PDFium in any way
            boxes = None
        if boxes is None:
            if self._allowed(page.number, 1):
                self._gaps.append(_unplaced(page.number))
            return
        seen = None
        for box in boxes[: self._allowed(page.number, len(boxes))]:
            if not has_ocr():
                self._gaps.append(_without_ocr(page.number, box))
                continue
            try:
                seen = seen or pixels()
                self._gaps += _read_into(page, *seen, box)
            except Exception as error:  # a picture that OCR stumbles on must not cost the page
                self._gaps.append(_failed(page.number, box, error))

    def tell_of_rest(self) -> None:
        """At the document's end, the one gap of the pictures beyond the most."""
        if self._rest:
            message = (
                f"{self._rest} more pictures, from page {self._rest_from} on, were not read, only "
                f"the first {_MOST} of a document are; split the PDF"
            )
            self._gaps.append(Gap("read", "too_many_pictures", message))

    def _allowed(self, number: int, count: int) -> int:
        """How many of so many pictures of a page may still be read; the others are counted."""
        allowed = min(count, self._left)
        self._left -= allowed
        if count > allowed:
            self._rest += count - allowed
            self._rest_from = self._rest_from or number
        return allowed


def _read_into(page: Page, whole: Any, points: float, box: Box) -> list[Gap]:
    """Put the words of a picture into its page, lines behind those that stand above it; a gap for
    each that is doubtful."""
    from extract.readers import ocr

    x0, y0, x1, y1 = (round(side / points) for side in box)
    part, doubts = ocr.read_page(whole[y0:y1, x0:x1], points, page.number, box[:2])
    at = sum(line.base <= box[1] for line in page.lines)
    page.lines[at:at] = part.lines
    page.grids += part.grids
    return doubts


def _without_ocr(number: int, box: Box) -> Gap:
    why = "whose words, if it has any, were not read; to have it read install OCR"
    message = f"{_place(number, box)}, {why} ({INSTALL}) and run again"
    return Gap("read", "picture_not_read", message)


def _failed(number: int, box: Box, error: Exception) -> Gap:
    why = f"which OCR could not read ({type(error).__name__}); look at the page itself"
    return Gap("read", "picture_not_read", f"{_place(number, box)}, {why}")


def _place(number: int, box: Box) -> str:
    x, y, right, bottom = (round(side) for side in box)
    return f"page {number} holds a picture of {right - x} by {bottom - y} points, {y} from the top"


def _unplaced(number: int) -> Gap:
    message = (
        f"page {number} holds pictures whose words, if there are any, were not read, as they are "
        "too many or the page is made in an odd way; look at the page itself, or print the PDF to "
        "a new PDF"
    )
    return Gap("read", "picture_in_text", message)
