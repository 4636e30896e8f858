"""A Chinese font that a PDF can carry: the notebooks' font, cut down and in TrueType outlines."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import notojp_matplotlib
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from papers import RAW
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as PdfFont
from written import NOTICE, PLAN, TABLE

NAME = "Song"
OTHERS = "称签字机制细化"
FILE = next(Path(notojp_matplotlib.__path__[0]).rglob("*.otf"))


@cache
def font_name() -> str:
    """The name under which reportlab knows the font, which has all characters of the papers."""
    texts = [path.read_text(encoding="utf-8") for path in RAW.glob("*.txt")]
    words = "".join([OTHERS, NOTICE, PLAN, *("".join(row) for row in TABLE), *texts])
    pdfmetrics.registerFont(PdfFont(NAME, io.BytesIO(true_type(words + "—0123456789"))))
    return NAME


def true_type(characters: str, called: str = NAME) -> bytes:
    """The font with these characters, its curves made quadratic, so called: reportlab takes two
    fonts of one name for the same."""
    source = TTFont(FILE)
    names = {ord(char): source.getBestCmap().get(ord(char)) for char in set(characters)}
    cmap = {code: name for code, name in names.items() if name}
    order = [".notdef", *sorted(set(cmap.values()))]
    glyphs, shapes = {}, source.getGlyphSet()
    for name in order:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, max_err=3.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    build = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    build.setupGlyphOrder(order)
    build.setupCharacterMap(cmap)
    build.setupGlyf(glyphs)
    build.setupHorizontalMetrics({name: source["hmtx"][name] for name in order})
    build.setupHorizontalHeader(ascent=880, descent=-120)
    build.setupNameTable({"familyName": called, "styleName": "Regular", "psName": called})
    build.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    build.setupPost()
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()
