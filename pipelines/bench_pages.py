"""Speed of the readers beside the libraries below them: `python -m pipelines.bench_pages FOLDER`.

For each PDF of the folder: pages a second of our reading, of PDFium's bare text, and of
pdfplumber's text and tables; characters a second for HTML and DOCX; where OCR is installed,
seconds a scanned page of our reading and of the bare engine.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from extract.clean import clean
from extract.readers import ReadError, detect, read
from extract.readers.pdf_fast import look_at
from extract.readers.scans import LONGEST_SIDE, has_ocr
from pipelines.inputs import find_inputs, read_bytes

_ROUNDS = 3


def bench(folder: str) -> None:
    """Print the speeds."""
    files = [(item.source, read_bytes(item.path)) for item in find_inputs([folder])]
    kinds: dict[str, list[tuple[str, bytes]]] = {}
    for name, data in files:
        try:
            kinds.setdefault(detect(data, name), []).append((name, data))
        except ReadError:
            continue
    _pdf(kinds.get("pdf", []))
    for kind in ("html", "docx"):
        _characters(kind, kinds.get(kind, []))


def _pdf(files: list[tuple[str, bytes]]) -> None:
    print("pages a second        ours    PDFium  pdfplumber")
    for name, data in files:
        try:
            plain, pictured, count = _pages(data)
        except pypdfium2.PdfiumError:
            continue
        if pictured == count:
            _scans(name, data)
            continue
        ours = count / _seconds(partial(read, data, "a.pdf"))
        bare = count / _seconds(partial(_bare_text, data))
        slow = count / _seconds(partial(_slow_text, data), 1)
        print(f"{ours:26.1f}{bare:10.1f}{slow:12.1f}  {plain} of {count} plain  {Path(name).name}")


def _pages(data: bytes) -> tuple[int, int, int]:
    """How many pages are provably without a table, how many are pictures, and all."""
    document = pypdfium2.PdfDocument(data)
    looks = []
    for page in document:
        text = page.get_textpage()
        look = look_at(page.raw)
        looks.append((look.plain, look.pictured and text.count_chars() < 20))
        text.close()
        page.close()
    return sum(plain for plain, _ in looks), sum(scan for _, scan in looks), len(looks)


def _bare_text(data: bytes) -> None:
    for page in pypdfium2.PdfDocument(data):
        page.get_textpage().get_text_range()


def _slow_text(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.find_tables()


def _scans(name: str, data: bytes) -> None:
    if not has_ocr():
        print(f"  {Path(name).name}: scanned, and OCR is not installed")
        return
    from rapidocr import RapidOCR

    engine: Any = RapidOCR(params={"Global.log_level": "critical"})
    document = pypdfium2.PdfDocument(data)
    scales = [LONGEST_SIDE / max(page.get_size()) for page in document]
    pictures = [
        page.render(scale=scale).to_numpy() for page, scale in zip(document, scales, strict=True)
    ]
    engine(pictures[0])
    bare = _seconds(lambda: [engine(picture) for picture in pictures], 1) / len(pictures)
    ours = _seconds(lambda: read(data, "a.pdf"), 1) / len(pictures)
    print(f"  OCR, seconds a page: ours {ours:.2f}, the engine {bare:.2f}  {Path(name).name}")


def _characters(kind: str, files: list[tuple[str, bytes]]) -> None:
    if not files:
        return
    size = sum(len(clean(read(data, name)).text) for name, data in files)
    seconds = _seconds(lambda: [read(data, name) for name, data in files])
    print(f"{kind}: {size / seconds:,.0f} characters a second in {len(files)} files")


def _seconds(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The best time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


if __name__ == "__main__":
    bench(sys.argv[1])
