"""The structures of a Word 97-2003 file that tell its text and paragraphs apart [MS-DOC 2.4]."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from struct import unpack_from

import olefile

_MAX_TEXT = 50_000_000
_FIB_END = 0x2F2


class NotWord97Error(ValueError):
    """A document that is encrypted or of another version; `code` is the ReadError's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a row: its left and right side in twips, and whether it continues the cell to its
    left or above, or may be continued below."""

    left: int
    right: int
    joins_left: bool = False
    joins_above: bool = False
    opens_below: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What a paragraph's properties say."""

    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    centred: bool = False
    style: int = 0
    list_id: int | None = None
    level: int | None = None
    cells: tuple[RowCell, ...] = ()
    """For the end of a row: the row's cells."""


@dataclass(slots=True)
class _Runs:
    """Properties by file offset: the run that begins at starts[i] has values[i]."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)

    def at(self, offset: int) -> bytes:
        i = bisect_right(self.starts, offset) - 1
        return self.values[i] if i >= 0 and offset < self.ends[i] else b""


_STORIES = {
    "main": 0x4C,
    "footnotes": 0x50,
    "headers": 0x54,
    "macros": 0x58,
    "comments": 0x5C,
    "endnotes": 0x60,
    "boxes": 0x64,
    "header boxes": 0x68,
}
"""The texts of a file in the order in which they follow one another, and where the FIB counts
their characters [MS-DOC 2.3, 2.5.4]."""


class Document:
    """The text of a file, character by character, with access to properties; `stories` says which
    characters are the main text, footnotes, text boxes."""

    def __init__(self, container: olefile.OleFileIO) -> None:
        self.main = container.openstream("WordDocument").read()
        ident, version = unpack_from("<HH", self.main, 0)
        flags = unpack_from("<H", self.main, 0x0A)[0]
        if ident != 0xA5EC or version < 0x00C1 or len(self.main) < _FIB_END:
            raise NotWord97Error(
                "unsupported_format",
                "the DOC file is of a version before Word 97; open it in Word or WPS and save "
                "it as DOCX",
            )
        if flags & 0x0100:
            raise NotWord97Error(
                "encrypted",
                "the DOC file is protected by a password; give it with --password, or take it off "
                "in Word or WPS and save the file",
            )
        self.table = container.openstream("1Table" if flags & 0x0200 else "0Table").read()
        self.data = b""
        if container.exists("Data"):
            self.data = container.openstream("Data").read()
        self.pieces = list(self._pieces())
        self.stories = self._stories()
        self.text = self._text(self.stories["header boxes"].stop)
        self._starts = [piece[0] for piece in self.pieces]
        self._paragraphs = self._runs(0x0102, paragraphs=True)
        self._hidden = self._hidden_runs()
        self._row_memo: dict[bytes, Properties] = {}

    def structure(self, place: int) -> bytes:
        """The bytes in the table stream that the FIB's pair at `place` points to."""
        start, size = unpack_from("<II", self.main, place)
        return bytes(self.table[start : start + size])

    def _pieces(self) -> Iterator[tuple[int, int, int, bool]]:
        """First character, last (excluded), file offset, and whether one byte is a character."""
        clx = self.structure(0x01A2)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise ValueError("no piece table")
        size = unpack_from("<I", clx, at + 1)[0]
        count = (size - 4) // 12
        at += 5
        places = unpack_from(f"<{count + 1}I", clx, at)
        for i, (first, last) in enumerate(pairwise(places)):
            offset = unpack_from("<I", clx, at + 4 * (count + 1) + 8 * i + 2)[0]
            narrow = bool(offset & 0x40000000)
            offset &= 0x3FFFFFFF
            yield first, last, offset // 2 if narrow else offset, narrow

    def _stories(self) -> dict[str, range]:
        """The characters of each text, the main one first."""
        found = {}
        start = 0
        for name, place in _STORIES.items():
            count = max(unpack_from("<i", self.main, place)[0], 0)
            found[name] = range(start, start + count)
            start += count
        return found

    def boxes(self) -> Iterator[tuple[int | None, range]]:
        """The text boxes: the character of the main text that each hangs on, and its own ones
        [MS-DOC 2.8.31, 2.8.33]."""
        shapes = self.structure(0x01DA)
        count = max(len(shapes) - 4, 0) // 30
        anchors = {}
        for i in range(count):
            shape = unpack_from("<i", shapes, 4 * (count + 1) + 26 * i)[0]
            anchors[shape] = unpack_from("<i", shapes, 4 * i)[0]
        texts = self.structure(0x025A)
        count = max(len(texts) - 4, 0) // 26
        story = self.stories["boxes"]
        for i in range(count):
            first, last = unpack_from("<ii", texts, 4 * i)
            shape = unpack_from("<i", texts, 4 * (count + 1) + 22 * i + 14)[0]
            own = range(story.start + first, min(story.start + last, story.stop))
            if own:
                yield anchors.get(shape), own
        if not count and story:
            yield None, story

    def _text(self, length: int) -> str:
        parts = []
        for first, last, offset, narrow in self.pieces:
            size = min(last, length) - first
            if size <= 0 or size > _MAX_TEXT:
                continue
            if narrow:
                parts.append(self.main[offset : offset + size].decode("cp1252", "replace"))
            else:
                raw = self.main[offset : offset + 2 * size]
                units = raw.decode("utf-16-le", "surrogatepass")
                parts.append(units if len(units) == size else _by_unit(raw))
        return "".join(parts)[:length]

    def offset(self, at: int) -> int:
        """Where the character `at` of the main text stands in the file."""
        first, _, offset, narrow = self.pieces[max(bisect_right(self._starts, at) - 1, 0)]
        return offset + (at - first) * (1 if narrow else 2)

    def _runs(self, place: int, *, paragraphs: bool) -> _Runs:
        """The properties of all paragraphs or of all runs of characters."""
        plc = self.structure(place)
        count = (len(plc) - 4) // 8
        runs = _Runs()
        if count < 1:
            return runs
        found = []
        for page in unpack_from(f"<{count}I", plc, 4 * (count + 1)):
            base = (page & 0x3FFFFF) * 512
            block = self.main[base : base + 512]
            if len(block) == 512:
                found += list(_page_runs(block, paragraphs=paragraphs))
        for start, end, value in sorted(found, key=lambda run: run[0]):
            runs.starts.append(start)
            runs.ends.append(end)
            runs.values.append(value)
        return runs

    def _hidden_runs(self) -> _Runs:
        runs = self._runs(0x00FA, paragraphs=False)
        hidden = _Runs()
        for start, end, value in zip(runs.starts, runs.ends, runs.values, strict=True):
            if any(code in (0x0800, 0x083C) and data[:1] == b"\x01" for code, data in sprms(value)):
                hidden.starts.append(start)
                hidden.ends.append(end)
                hidden.values.append(b"\x01")
        return hidden

    def visible(self, at: int) -> bool:
        """Whether a character is printed: neither hidden nor deleted."""
        return not self._hidden.starts or not self._hidden.at(self.offset(at))

    def properties(self, at: int) -> Properties:
        """The properties of the paragraph whose end mark is the character `at`."""
        value = self._paragraphs.at(self.offset(at))
        if value not in self._row_memo:
            self._row_memo[value] = _properties(value, self.data)
        return self._row_memo[value]


def _by_unit(raw: bytes) -> str:
    """One character a UTF-16 unit, so that positions keep counting units."""
    return "".join(chr(unit) for unit in unpack_from(f"<{len(raw) // 2}H", raw))


def _page_runs(block: bytes, *, paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    count = block[511]
    width = 13 if paragraphs else 1
    if 4 * (count + 1) + width * count > 511:
        return
    places = unpack_from(f"<{count + 1}I", block, 0)
    for i in range(count):
        at = block[4 * (count + 1) + width * i] * 2
        value = b""
        if at:
            size = block[at]
            if not paragraphs:
                value = block[at + 1 : at + 1 + size]
            elif size:
                value = block[at + 1 : at + 2 * size]
            else:
                value = block[at + 2 : at + 2 + 2 * block[at + 1]]
        yield places[i], places[i + 1], value


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The single properties in a list of them: operation and operand."""
    at = 0
    while at + 2 <= len(data):
        code = unpack_from("<H", data, at)[0]
        at += 2
        kind = code >> 13
        if kind == 6:
            if at >= len(data):
                return
            if code == 0xD608 and at + 2 <= len(data):
                size = unpack_from("<H", data, at)[0] - 1
                at += 2
            else:
                size = data[at]
                at += 1
        else:
            size = (1, 1, 2, 4, 2, 2, 0, 3)[kind]
        yield code, data[at : at + size]
        at += size


def _far(data: bytes, operand: bytes) -> bytes:
    """Properties too long for their page, from the Data stream (sprmPHugePapx)."""
    at = int.from_bytes(operand, "little")
    if at + 2 > len(data):
        return b""
    return data[at + 2 : at + 2 + unpack_from("<H", data, at)[0]]


def _properties(value: bytes, far: bytes) -> Properties:
    if len(value) < 2:
        return Properties()
    style = unpack_from("<H", value, 0)[0]
    found: dict[int, bytes] = {}
    for code, data in sprms(value[2:]):
        found[code] = data
        if code in (0x6645, 0x6646):
            found.update(sprms(_far(far, data)))
    list_id, level = number_of(found, 0x460B), number_of(found, 0x260A)
    depth = number_of(found, 0x6649)
    in_table = number_of(found, 0x2416) == 1 or bool(depth)
    return Properties(
        in_table=in_table,
        row_end=number_of(found, 0x2417) == 1 or number_of(found, 0x244C) == 1,
        depth=depth or 0,
        centred=number_of(found, 0x2403) == 1 or number_of(found, 0x2461) == 1,
        style=style,
        list_id=list_id,
        level=level,
        cells=_row_cells(found.get(0xD608, b"")),
    )


def number_of(found: dict[int, bytes], code: int) -> int | None:
    """A property's operand as a number, None where the property is not there."""
    data = found.get(code)
    return None if data is None else int.from_bytes(data, "little")


def _row_cells(definition: bytes) -> tuple[RowCell, ...]:
    """The cells of a row from its table definition (sprmTDefTable)."""
    if not definition:
        return ()
    count = definition[0]
    sides = unpack_from(f"<{count + 1}h", definition, 1)
    at = 1 + 2 * (count + 1)
    cells = []
    for i, (left, right) in enumerate(pairwise(sides)):
        place = at + 20 * i
        flags = unpack_from("<H", definition, place)[0] if place + 2 <= len(definition) else 0
        vertical = flags & 0x20 != 0
        first = flags & 0x40 != 0
        cells.append(
            RowCell(left, right, flags & 2 != 0, vertical and not first, vertical and first)
        )
    return tuple(cells)
