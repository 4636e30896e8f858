"""Speed of the readers beside bare libraries: `python -m pipelines.measure.bench_pages FOLDER`.

The folder's papers are set as PDF pages without and with tables, HTML and DOCX, and beside those
the folder's own PDF files are measured. Times are of the processor in one run, the libraries turn
by turn with the readers; only the ratios say something about another machine.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2

from extract.clean import clean
from extract.readers import ReadError, detect, read
from extract.readers.scans import LONGEST_SIDE, has_ocr
from pipelines.inputs import find_inputs, read_bytes
from pipelines.measure import bench_files

_ROUNDS = 5
_LEAST_SECONDS = 8
_SCANS = 3
_RIVALS = "pdfium: bare text; placed: each piece of text with its box; plumber: text and tables"


def bench(folder: str) -> None:
    """Print the speeds."""
    files = [(item.source, read_bytes(item.path)) for item in find_inputs([folder])]
    text = "\n".join(_texts(files))
    print(f"pages a second, and our time as a multiple of theirs ({_RIVALS})")
    print(f"{'ours':>8}{'pdfium':>14}{'placed':>14}{'plumber':>14}")
    _pages("made of the papers, no tables", bench_files.plain_pdf(text))
    _pages("made of the papers, tables", bench_files.table_pdf(text))
    for name, data in files:
        if _is(data, name, "pdf"):
            _pages(Path(name).name, data)
    for kind, make in (("html", bench_files.html), ("docx", bench_files.docx)):
        _characters(kind, make(text), len(text))
    _scans()


def _texts(files: list[tuple[str, bytes]]) -> list[str]:
    return [clean(read(data, name)).text for name, data in files if _is(data, name, "txt")]


def _is(data: bytes, name: str, kind: str) -> bool:
    try:
        return detect(data, name) == kind
    except ReadError:
        return False


def _pages(name: str, data: bytes) -> None:
    try:
        count = len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError:
        return
    rivals = (_bare_text, _placed_text, _plumbed)
    ours, *theirs = _seconds([partial(work, data) for work in (_ours, *rivals)])
    columns = "".join(f"{count / other:>9.0f}{ours / other:4.1f}x" for other in theirs)
    print(f"{count / ours:8.0f}{columns}  {count} pages, {name}")


def _ours(data: bytes) -> None:
    read(data, "a.pdf")


def _bare_text(data: bytes) -> None:
    for page in pypdfium2.PdfDocument(data):
        page.get_textpage().get_text_range()


def _placed_text(data: bytes) -> None:
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        for i in range(text.count_rects()):
            text.get_text_bounded(*text.get_rect(i))


def _plumbed(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.find_tables()


def _characters(kind: str, data: bytes, count: int) -> None:
    (seconds,) = _seconds([partial(read, data, f"a.{kind}")])
    print(f"{kind}: {count / seconds:,.0f} characters a second")


def _scans() -> None:
    """OCR with all that is about it, beside the engine on pictures that are there already."""
    if not has_ocr():
        print("OCR: skipped, the extra gongwen[ocr] is not installed")
        return
    from extract.readers.ocr import engine

    data = bench_files.scan_pdf(_SCANS)
    pages = list(pypdfium2.PdfDocument(data))
    scales = [LONGEST_SIDE / max(page.get_size()) for page in pages]
    draw = [partial(page.render, scale=scale) for page, scale in zip(pages, scales, strict=True)]
    pictures = [each().to_numpy() for each in draw]
    works: list[Callable[[], object]] = [
        partial(read, data, "a.pdf"),
        lambda: [engine()(p, use_det=True, use_cls=True, use_rec=True) for p in pictures],
        lambda: [each().to_numpy() for each in draw],
    ]
    ours, bare, drawing = (each / _SCANS for each in _seconds(works, time.perf_counter))
    print(
        f"OCR: {ours:.2f} s a page, the engine alone {bare:.2f} ({ours / bare - 1:+.1%}); of the "
        f"difference {drawing:.2f} s to draw the page"
    )


def _seconds(
    works: Sequence[Callable[[], object]], clock: Callable[[], float] = time.process_time
) -> list[float]:
    """The best time of each in some rounds, turn by turn; short works get more of them, as their
    best times differ by a third from one set of five to the next."""
    best = [float("inf")] * len(works)
    begun, rounds = time.perf_counter(), 0
    while rounds < _ROUNDS or time.perf_counter() - begun < _LEAST_SECONDS:
        rounds += 1
        for i, work in enumerate(works):
            started = clock()
            work()
            best[i] = min(best[i], clock() - started)
    return best


if __name__ == "__main__":
    bench(sys.argv[1])
