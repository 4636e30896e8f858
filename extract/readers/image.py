"""Pictures of papers (PNG, JPEG, TIFF and their kin): each frame is a page, read by OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from PIL import Image, ImageOps

from extract.model import Gap, Source
from extract.readers.errors import ReadError
from extract.readers.page_furniture import without_furniture
from extract.readers.pages import Page, blocks_of
from extract.readers.scans import LONGEST_SIDE, read_scan

_MAX_PIXELS = 150_000_000
_MAX_FRAMES = 500
_A4_WIDTH = 595.0
_WHY = "is a picture"
_BROKEN = "the picture is cut or damaged; scan the paper again"


def read(data: bytes, name: str = "") -> Source:
    """The pages of a picture, each a gap that cannot be read or where OCR is not installed; raises
    ReadError where no page can be drawn. Sizes are in points, A4 wide where the picture does not
    say its resolution."""
    pages: list[Page] = []
    gaps: list[Gap] = []
    problems: list[ReadError] = []
    count = 0
    with _opened(data) as image:
        for count in _frames(image, gaps):
            try:
                picture, points = _upright(image)
            except ReadError as error:
                problems.append(error)
                gaps.append(_unreadable(f"page {count}", error.message))
                continue
            page = read_scan(partial(_pixels, picture, points), count, _WHY, gaps)
            pages += [page] if page else []
    if len(problems) == count:
        raise next(iter(problems), _broken())
    without_furniture(pages)
    return Source("image", tuple(blocks_of(pages)), pages=count, gaps=tuple(gaps))


def _opened(data: bytes) -> Any:
    try:
        return Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # a damaged picture can fail in its decoder in any way
        raise _broken() from error


def _frames(image: Any, gaps: list[Gap]) -> Iterator[int]:
    """The number of each frame, from 1, the picture turned to it; a gap where their list is cut or
    longer than is read."""
    for number in range(1, _MAX_FRAMES + 1):
        try:
            image.seek(number - 1)
        except EOFError:
            return
        except Exception:  # a damaged list can fail in any way
            gaps.append(_unreadable(f"page {number} and what follows", _BROKEN))
            return
        yield number
    with suppress(Exception):
        image.seek(_MAX_FRAMES)
        message = f"only the first {_MAX_FRAMES} pages were read; split the picture"
        gaps.append(Gap("read", "too_many_pages", message))


def _upright(image: Any) -> tuple[Any, float]:
    """The frame that a picture is turned to, upright and not larger than OCR needs, with its points
    a pixel."""
    if image.width * image.height > _MAX_PIXELS:
        raise _too_large()
    try:
        upright = ImageOps.exif_transpose(image)
        points = _points(upright)
        shrunk = max(upright.size) / LONGEST_SIDE
        if shrunk <= 1:
            return _coloured(upright), points
        size = round(upright.width / shrunk), round(upright.height / shrunk)
        return _coloured(upright).resize(size), points * shrunk
    except MemoryError:
        raise
    except Exception as error:  # a damaged picture can fail in its decoder in any way
        raise _broken() from error


def _unreadable(what: str, why: str) -> Gap:
    return Gap("read", "page_unreadable", f"{what} could not be read: {why}")


def _broken() -> ReadError:
    return ReadError("broken_file", _BROKEN, "image")


def _too_large() -> ReadError:
    return ReadError(
        "too_large",
        f"the picture has more than {_MAX_PIXELS // 1_000_000} million pixels, more than are read; "
        "scan it with 300 dpi and give that",
        "image",
    )


def _coloured(image: Any) -> Any:
    """The picture in RGB; one that is so already is not copied, it may have hundreds of MB."""
    return image if image.mode == "RGB" else image.convert("RGB")


def _points(image: Any) -> float:
    """Points a pixel, as the picture says or as if it were A4."""
    dpi = image.info.get("dpi", (0, 0))[0]
    return 72 / float(dpi) if dpi and 50 <= dpi <= 1200 else _A4_WIDTH / image.width


def _pixels(picture: Any, points: float) -> tuple[Any, float]:
    """The picture as rows of BGR, and its points a pixel."""
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]), points
