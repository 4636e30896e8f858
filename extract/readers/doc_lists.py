"""Automatic numbering of Word 97-2003 files [MS-DOC 2.9.131, 2.9.150]."""

from __future__ import annotations

import struct
from struct import unpack_from

from extract.readers.doc_structure import Document, Properties, number_of, sprms
from extract.readers.docx_numbering import Counters, Level

FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    255: "none",
}
_SUFFIXES = ("tab", "space", "nothing")


class Lists:
    """The lists of a document; counts its numbered paragraphs in order."""

    def __init__(self, document: Document) -> None:
        self.counters = Counters()
        self.levels: dict[int, dict[int, Level]] = {}
        self.lists: list[int] = []
        self.styles: dict[int, tuple[int | None, int | None]] = {}
        try:
            self._read_lists(document)
            self._read_styles(document)
        except (struct.error, IndexError):
            self.levels, self.lists = {}, []

    def label(self, properties: Properties) -> str:
        """What Word prints before the paragraph; empty for none."""
        number, at = properties.list_id, properties.level
        if number is None:
            number, from_style = self.styles.get(properties.style, (None, None))
            at = from_style if at is None else at
        if not number or number > len(self.lists) or number == 0xF801:
            return ""
        key = self.lists[number - 1]
        return self.counters.label(str(key), str(number), at or 0, self.levels.get(key, {}), {})

    def _read_lists(self, document: Document) -> None:
        start = unpack_from("<I", document.main, 0x02E2)[0]
        data = document.table[start:]
        if not unpack_from("<I", document.main, 0x02E6)[0]:
            return
        count = unpack_from("<H", data, 0)[0]
        at = 2 + 28 * count
        for i in range(count):
            key = unpack_from("<i", data, 2 + 28 * i)[0]
            simple = data[2 + 28 * i + 26] & 1
            levels = {}
            for level in range(1 if simple else 9):
                levels[level], at = _level(data, at)
            self.levels[key] = levels
        overrides = document.structure(0x02EA)
        if overrides:
            number = unpack_from("<I", overrides, 0)[0]
            self.lists = [unpack_from("<i", overrides, 4 + 16 * i)[0] for i in range(number)]

    def _read_styles(self, document: Document) -> None:
        """The lists that paragraph styles carry, from the style sheet."""
        sheet = document.structure(0x00A2)
        if len(sheet) < 6:
            return
        header = unpack_from("<H", sheet, 0)[0]
        count, base_size = unpack_from("<HH", sheet, 2)
        at = 2 + header
        parents = {}
        for style in range(count):
            size = unpack_from("<H", sheet, at)[0]
            body = sheet[at + 2 : at + 2 + size]
            at += 2 + size + size % 2
            if size > base_size:
                parents[style] = unpack_from("<H", body, 2)[0] >> 4
                self.styles[style] = _list_of_style(body, base_size)
        for style in self.styles:
            parent, seen = style, {style}
            while self.styles.get(parent, (None, None))[0] is None:
                parent = parents.get(parent, 0xFFF)
                if parent in seen or parent not in self.styles:
                    break
                seen.add(parent)
            if parent in self.styles:
                self.styles[style] = self.styles[parent]


def _list_of_style(body: bytes, base_size: int) -> tuple[int | None, int | None]:
    if unpack_from("<H", body, 2)[0] & 0xF != 1:
        return None, None
    at = base_size
    at += 2 + 2 * (unpack_from("<H", body, at)[0] + 1)
    at += at % 2
    size = unpack_from("<H", body, at)[0]
    found = dict(sprms(body[at + 4 : at + 2 + size]))
    return number_of(found, 0x460B), number_of(found, 0x260A)


def _level(data: bytes, at: int) -> tuple[Level, int]:
    start, kind, flags = unpack_from("<iBB", data, at)
    follow = data[at + 15]
    chars, paragraph, restart = data[at + 24], data[at + 25], data[at + 26]
    at += 28 + paragraph + chars
    length = unpack_from("<H", data, at)[0]
    raw = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in raw)
    level = Level(
        start=start,
        format=FORMATS.get(kind, "decimal"),
        text=text,
        suffix=_SUFFIXES[follow] if follow < 3 else "tab",
        legal=bool(flags & 4),
        restart=restart if flags & 8 else None,
    )
    return level, at + 2 + 2 * length
