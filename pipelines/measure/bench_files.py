"""Files to measure speed with, made of a paper's text: PDF, with and without tables, HTML, DOCX.

The PDF carries a font with one box as the glyph of every character, so that any machine reads its
text in the same way.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP = 595, 842, 79, 105
_EM, _PITCH, _ROW, _SMALL = 16, 28, 34, 10
_LINE, _LINES, _ROWS, _CELL = 27, 22, 18, 10
_COLUMNS = (0, 34, 146, 258, 370, 436)
_FONTS = (
    (
        b"<</Type/Font/Subtype/Type0/BaseFont/Box/Encoding/Identity-H/DescendantFonts[4 0 R]"
        b"/ToUnicode 8 0 R>>"
    ),
    (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Box/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 1000/W[32 126 500]/FontDescriptor 5 0 R"
        b"/CIDToGIDMap 7 0 R>>"
    ),
    (
        b"<</Type/FontDescriptor/FontName/Box/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880"
        b"/Descent -120/ItalicAngle 0/CapHeight 880/StemV 80/FontFile2 6 0 R>>"
    ),
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def plain_pdf(text: str) -> bytes:
    """Pages of 22 lines, set as in a printed paper."""
    lines = [
        paragraph[i : i + _LINE]
        for paragraph in text.splitlines()
        for i in range(0, len(paragraph), _LINE)
    ]
    return pdf_of(
        [
            "".join(_shown(_LEFT, _TOP + i * _PITCH, _EM, line) for i, line in enumerate(page))
            for page in _parts(lines, _LINES)
        ]
    )


def table_pdf(text: str) -> bytes:
    """Pages of a ruled table with five columns, two lines in each cell."""
    words = "".join(text.split())
    cells = [words[i : i + 2 * _CELL] for i in range(0, len(words), 2 * _CELL)]
    return pdf_of([_table(rows) for rows in _parts(list(_parts(cells, 4)), _ROWS)])


def html(text: str) -> bytes:
    """A page whose paragraphs are marked."""
    body = "".join(f"<p>　　{escape(line)}</p>" for line in text.splitlines())
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def docx(text: str) -> bytes:
    """A Word file, a run a paragraph."""
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def scan_pdf(pages: int) -> bytes:
    """Pictures of pages of figures, for OCR: the fonts at hand have no Chinese characters."""
    from PIL import Image, ImageDraw, ImageFont

    font: Any = ImageFont.load_default(36)
    pictures = []
    for number in range(pages):
        picture = Image.new("RGB", (1240, 1754), "white")
        for i in range(_LINES):
            figures = " ".join(str(1000 * number + 97 * i * j + j) for j in range(1, 9))
            ImageDraw.Draw(picture).text((160, 200 + 60 * i), figures, "black", font)
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def _parts(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (items[i : i + size] for i in range(0, len(items), size))


def _shown(x: float, y: float, em: float, text: str) -> str:
    code = text.encode("utf-16-be").hex()
    return f"BT /F1 {em} Tf 1 0 0 1 {x} {_HEIGHT - y} Tm <{code}> Tj ET\n"


def _table(rows: Sequence[Sequence[str]]) -> str:
    down = len(rows) * _ROW
    drawn = [_rule(_LEFT, _TOP + i * _ROW, _COLUMNS[-1], 0) for i in range(len(rows) + 1)]
    drawn += [_rule(_LEFT + x, _TOP, 0, down) for x in _COLUMNS]
    for i, row in enumerate(rows):
        for x, cell in zip(_COLUMNS, (str(i + 1), *row), strict=False):
            for j, line in enumerate(_parts(cell, _CELL)):
                place = _TOP + i * _ROW + 13 + 14 * j
                drawn.append(_shown(_LEFT + x + 4, place, _SMALL, str(line)))
    return "".join(drawn)


def _rule(x: float, y: float, across: float, down: float) -> str:
    return f"{x} {_HEIGHT - y} m {x + across} {_HEIGHT - y - down} l S\n"


def pdf_of(pages: list[str]) -> bytes:
    """A PDF of these page contents."""
    first = 9
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        *_FONTS,
        _stream(_font()),
        _stream(b"\x00\x01" * 0x10000),
        _stream(_unicode_map()),
    ]
    for i, page in enumerate(pages):
        head = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Resources"
        rest = f"<</Font<</F1 3 0 R>>>>/Contents {first + 2 * i + 1} 0 R>>"
        objects += [(head + rest).encode(), _stream(page.encode())]
    return _numbered(objects)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = f"<</Length {len(packed)}/Length1 {len(data)}/Filter/FlateDecode>>"
    return head.encode() + b"stream\n" + packed + b"\nendstream"


def _numbered(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def _unicode_map() -> bytes:
    """The codes are Unicode values themselves."""
    rows = [f"<{i:02x}00> <{i:02x}ff> <{i:02x}00>" for i in range(256)]
    ranges = "\n".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange"
        for part in _parts(rows, 100)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{ranges}\nendcmap end end"
    ).encode()


def _font() -> bytes:
    """A TrueType font of two glyphs: nothing, and a box."""
    box = struct.pack(
        ">5h2H4B8h", 1, 60, -60, 940, 820, 3, 0, 1, 1, 1, 1, *(60, 880, 0, -880), *(-60, 0, 880, 0)
    )
    tables = {
        b"glyf": box,
        b"head": struct.pack(
            ">4L2H2q4h2H3h",
            0x10000,
            0x10000,
            0,
            0x5F0F3CF5,
            0,
            1000,
            0,
            0,
            0,
            -120,
            1000,
            880,
            0,
            8,
            2,
            0,
            0,
        ),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, 880, -120, 0, 1000, 0, 0, 1000, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 60),
        b"loca": struct.pack(">3H", 0, 0, len(box) // 2),
        b"maxp": struct.pack(">L14H", 0x10000, 2, 4, 1, 0, 0, 2, *[0] * 8),
    }
    out, data = struct.pack(">L4H", 0x10000, len(tables), 64, 2, 32), b""
    start = len(out) + 16 * len(tables)
    for name, table in tables.items():
        out += struct.pack(">4s3L", name, 0, start + len(data), len(table))
        data += table + b"\0" * (-len(table) % 4)
    return out + data
