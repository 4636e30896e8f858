"""Whole small files of every format, for the fuzzer to bend."""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import making
from growing import paper
from mutate import ANY, MARKUP, PACKAGE, TEXT, Bytes, nested, pressed, tarred, zipped
from PIL import Image, ImageDraw
from printing import (
    Piece,
    Table,
    as_docx,
    as_html,
    as_mail,
    as_ofd,
    as_pdf,
    as_rtf,
    as_text,
    as_xlsx,
    pieces,
    table,
)
from written import NOTICE, PLAN, TABLE

_A5 = (420.0, 595.0)
_MUTATORS: dict[str, tuple[Bytes, ...]] = {
    **dict.fromkeys(("txt", "md", "csv"), TEXT),
    **dict.fromkeys(("html", "htm", "mhtml", "eml", "rtf", "xml"), MARKUP),
    **dict.fromkeys(("docx", "ofd", "xlsx", "zip"), PACKAGE),
}
Base = tuple[str, bytes, tuple[Bytes, ...]]
"""Suffix, bytes, and what may be done to them."""


def bases(papers: Path, more: list[Path]) -> dict[str, list[Base]]:
    """Files by suffix: of the texts in `papers`, and those of other folders below 100 kB."""
    found: dict[str, list[Base]] = {}
    strange = [
        (path.suffix[1:].lower(), path.read_bytes())
        for folder in more
        for path in sorted(folder.rglob("*.*"))
        if path.is_file() and path.stat().st_size < 100_000
    ]
    for suffix, data in [*_own(papers), *strange]:
        found.setdefault(suffix, []).append((suffix, data, _MUTATORS.get(suffix, ANY)))
    return found


def _own(papers: Path) -> Iterator[tuple[str, bytes]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(papers.glob("*.txt"))]
    for text in (NOTICE, PLAN, *texts):
        yield "txt", text.encode()
        yield "txt", text[: len(text) // 4].encode()
        yield "md", text[len(text) // 4 : len(text) // 2].encode()
        short = pieces(text[:4000])
        yield "html", as_html(short)
        yield "mhtml", as_mail(short)
        yield "docx", as_docx(short)
        yield "rtf", as_rtf(short)
        yield "ofd", as_ofd(short)
        yield "pdf", as_pdf(short, _A5)
        yield "pdf", _plain_pdf(text)
        yield "doc", _doc(text[:3000])
    both: list[Piece] = [*pieces(NOTICE), table(TABLE)]
    for suffix, write in (("html", as_html), ("docx", as_docx), ("rtf", as_rtf), ("ofd", as_ofd)):
        yield suffix, write(both)
    yield "txt", as_text(both)
    yield "pdf", as_pdf(both, _A5)
    yield from _sheets(table(TABLE))
    yield from _pictures()
    yield "eml", _mail()
    yield from _archives(texts)


def _plain_pdf(text: str) -> bytes:
    """Pages whose streams are not compressed, so that bent bytes reach the reader."""
    lines = [line[:30] for line in text.split("\n") if line][:60]
    pages = [
        [(60.0, 80.0 + 24 * i, 14.0, line) for i, line in enumerate(lines[at : at + 20])]
        for at in range(0, len(lines), 20)
    ]
    rules = [[(50.0, 60.0 + 24 * i, 500.0, 60.0 + 24 * i) for i in range(5)] for _ in pages]
    return making.pdf(pages, rules)


def _doc(text: str) -> bytes:
    lines = [line for line in text.split("\n") if line][:24]
    return making.doc([(line + "\r", b"") for line in lines])


def _sheets(piece: Table) -> Iterator[tuple[str, bytes]]:
    yield "xlsx", as_xlsx(piece, "任务分解表")
    cells: list[tuple[int, int, str | float]] = [(r, c, text) for r, c, _, _, text in piece.cells]
    yield "xls", making.xls([*cells, (20, 1, 60.5)], [(0, 0, 0, 3)])
    sheet = io.StringIO()
    csv.writer(sheet).writerows(TABLE)
    yield "csv", sheet.getvalue().encode()
    yield "csv", sheet.getvalue().encode("gb18030")


def _pictures() -> Iterator[tuple[str, bytes]]:
    image = Image.new("RGB", (320, 200), "white")
    ImageDraw.Draw(image).text((20, 20), "2024", fill="black")
    for suffix, form in (("png", "PNG"), ("jpg", "JPEG"), ("tif", "TIFF"), ("bmp", "BMP")):
        sink = io.BytesIO()
        image.save(sink, form)
        yield suffix, sink.getvalue()


def _mail() -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"] = "通知", "a@example.com"
    letter.set_content(NOTICE)
    letter.add_alternative(as_html(pieces(NOTICE)).decode(), subtype="html")
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    return letter.as_bytes()


def _archives(texts: list[str]) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(0)
    whole = pieces(NOTICE)
    parts = [
        ("a/通知.txt", NOTICE.encode()),
        ("b.docx", as_docx(whole)),
        ("c.html", as_html(whole)),
    ]
    small = [(f"{n}.txt", paper(n)) for n in range(4)]
    for _ in range(3):
        yield "zip", zipped([*parts, *small], chance)
        yield "tar", tarred([*parts, *small], chance)
        yield "zip", nested([*parts, *small], chance)
    yield "gz", pressed(texts[0].encode(), chance)
