"""Pictures of papers (PNG, JPEG, TIFF and their kin): each frame is a page, read by OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from extract.model import Gap, Source
from extract.readers.errors import ReadError
from extract.readers.page_furniture import without_furniture
from extract.readers.pages import Page, blocks_of
from extract.readers.scans import LONGEST_SIDE, has_ocr, missing_ocr, read_scan

_MAX_PIXELS = 150_000_000
_MAX_FRAMES = 500
_A4_WIDTH = 595.0
_WHY = "is a picture"


def read(data: bytes, name: str = "") -> Source:
    """The pages of a picture; without OCR each is a gap. Sizes are in points, A4 wide where the
    picture does not say its resolution."""
    pages: list[Page] = []
    gaps: list[Gap] = []
    count = 0
    for number, (picture, points) in enumerate(_frames(data), 1):
        count = number
        if has_ocr():
            page = read_scan(_pixels(picture), points, number, _WHY, gaps)
            pages += [page] if page else []
        else:
            gaps.append(missing_ocr(number, _WHY))
    without_furniture(pages)
    return Source("image", tuple(blocks_of(pages)), pages=count, gaps=tuple(gaps))


def _frames(data: bytes) -> Iterator[tuple[Any, float]]:
    """Each frame, upright and not larger than OCR needs, with its points a pixel."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            for i in range(min(getattr(image, "n_frames", 1), _MAX_FRAMES)):
                image.seek(i)
                if image.width * image.height > _MAX_PIXELS:
                    raise _too_large()
                upright = ImageOps.exif_transpose(image)
                points = _points(upright)
                shrunk = max(upright.size) / LONGEST_SIDE
                if shrunk > 1:
                    size = round(upright.width / shrunk), round(upright.height / shrunk)
                    yield _coloured(upright).resize(size), points * shrunk
                else:
                    yield _coloured(upright), points
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ReadError(
            "broken_file", "the picture is cut or damaged; scan the paper again", "image"
        ) from error


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


def _pixels(picture: Any) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
