"""RTF: its text by groups and control words, paragraphs and tables, code pages and \\u."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extract import lazy as regex
from extract.model import Block, Cell, Gap, Grid, Line, Paragraph, Source
from extract.readers.errors import ReadError

_TOKEN = regex.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr",
        "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "annotation", "listtable",
        "listoverridetable", "rsidtbl", "generator", "themedata", "datastore", "latentstyles",
        "xmlnstbl", "fldinst", "object", "objdata", "shpinst", "bkmkstart", "bkmkend", "pgptbl",
        "revtbl", "filetbl", "listtext0", "nonshppict", "datafield", "mmathPr", "wgrffmtfilter",
    )
)  # fmt: skip
_CHARS = {
    "line": "\v", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002",
}  # fmt: skip
_CHARSETS = {134: "gb18030", 136: "big5", 128: "shift_jis", 0: "cp1252"}
_MAX_DEPTH = 500


@dataclass(frozen=True, slots=True)
class _State:
    skip: bool = False
    hidden: bool = False
    unicode_skip: int = 1
    encoding: str = "gb18030"
    in_table: bool = False
    centred: bool = False


@dataclass(slots=True)
class _Row:
    cells: list[tuple[Line, ...]] = field(default_factory=list)
    sides: list[int] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)


def read(data: bytes, name: str = "") -> Source:
    """An RTF file as read, one that is cut as far as it goes."""
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"{\\rtf"):
        raise ReadError("broken_file", "the file is no RTF; open it in Word and save it as DOCX")
    reader = _Reader()
    blocks = tuple(reader.run(data))
    return Source("rtf", blocks, gaps=(_CUT,) if reader.stack else ())


_CUT = Gap(
    "read",
    "file_cut",
    "the RTF file ends before its text does, it is cut or damaged: what followed the last words is "
    "missing; open it in Word or WPS, or get it again",
)


class _Reader:
    """Collects text into paragraphs, cells and rows as the control words say."""

    def __init__(self) -> None:
        self.state = _State()
        self.stack: list[_State] = []
        self.codepage = "gb18030"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.in_fonts = 0
        self.raw = bytearray()
        self.text: list[str] = []
        self.ignore = 0
        self.star = False
        self.blocks: list[Block] = []
        self.row = _Row()
        self.cell: list[Line] = []
        self.rows: list[_Row] = []

    def run(self, data: bytes) -> list[Block]:
        at = 0
        while match := _TOKEN.search(data, at):
            at = match.end()
            word, number, code, symbol, brace, plain = match.groups()
            if word == b"bin":
                at += max(0, int(number or 0))  # so many bytes of a picture
            elif word:
                self.control(word.decode("ascii"), None if number is None else int(number))
            elif code:
                self.byte(bytes([int(code, 16)]))
            elif brace:
                self.brace(brace)
            elif symbol:
                self.symbol(symbol)
            elif plain:
                self.byte(plain)
            if not word:
                self.star = self.star and bool(symbol)
        self.paragraph(last=True)
        self.table()
        return self.blocks

    def brace(self, brace: bytes) -> None:
        self.flush()
        if brace == b"{":
            if len(self.stack) > _MAX_DEPTH:
                raise ReadError(
                    "broken_file", "the RTF file nests too deep; save it as DOCX", "rtf"
                )
            self.stack.append(self.state)
        elif self.stack:
            self.state = self.stack.pop()
            if self.in_fonts > len(self.stack):
                self.in_fonts = 0

    def symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.star = True
        elif symbol in (b"\\", b"{", b"}"):
            self.byte(symbol)
        elif symbol == b"~":
            self.add("\u00a0")
        elif symbol == b"_":
            self.add("-")
        elif symbol in (b"\n", b"\r"):
            self.paragraph()

    def byte(self, data: bytes) -> None:
        if self.ignore:
            taken = min(self.ignore, len(data))
            self.ignore -= taken
            data = data[taken:]
        if data and not (self.state.skip or self.state.hidden):
            self.raw += data

    def flush(self) -> None:
        if self.raw:
            encoding = self.fonts.get(self.font, self.codepage)
            if encoding == "cp1252" and max(self.raw) >= 0x80:
                encoding = self.codepage
            self.text.append(self.raw.decode(encoding, "replace"))
            self.raw.clear()

    def add(self, text: str) -> None:
        self.flush()
        if not (self.state.skip or self.state.hidden):
            self.text.append(text)

    def control(self, word: str, number: int | None) -> None:
        starred, self.star = self.star, False
        if self.in_fonts:
            self.font_table(word, number)
            return
        if word in _SKIPPED or (starred and word not in ("shptxt", "listtext")):
            self.flush()
            self.state = replace(self.state, skip=True)
            self.in_fonts = len(self.stack) if word == "fonttbl" else 0
        elif word == "u":
            self.add(chr(number % 0x10000) if number is not None else "")
            self.ignore = self.state.unicode_skip
        elif word in _CHARS:
            self.add(_CHARS[word])
        elif not self.state.skip:
            self.structure(word, number)

    def font_table(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self.font = number
        elif word == "fcharset" and number is not None:
            self.fonts[self.font] = _CHARSETS.get(number, self.codepage)

    def structure(self, word: str, number: int | None) -> None:
        state = self.state
        if word in ("par", "sect", "page"):
            self.paragraph()
        elif word in ("pard", "intbl", "qc", "ql", "qj", "qr"):
            in_table = word == "intbl" or (state.in_table and word != "pard")
            self.state = replace(state, in_table=in_table, centred=word == "qc")
        elif word in ("cell", "nestcell"):
            self.end_cell()
        elif word == "row":
            self.rows.append(self.row)
            self.row = _Row(sides=self.row.sides, merges=self.row.merges)
        elif word == "trowd":
            self.row.sides, self.row.merges = [], []
        elif word in ("clvmgf", "clvmrg", "clmrg"):
            self.row.merges += [""] * (len(self.row.sides) + 1 - len(self.row.merges))
            self.row.merges[-1] = word
        elif word == "cellx":
            self.row.sides.append(number or 0)
        elif word == "f":
            self.flush()
            self.font = number or 0
        elif word == "uc":
            self.state = replace(state, unicode_skip=number or 0)
        elif word in ("v", "deleted"):
            self.flush()
            self.state = replace(state, hidden=number != 0)
        elif word == "plain":
            self.flush()
            self.state = replace(state, hidden=False)
        elif word == "ansicpg" and number:
            self.codepage = "gb18030" if number == 936 else f"cp{number}"

    def lines(self) -> list[Line]:
        self.flush()
        text = "".join(self.text)
        self.text.clear()
        joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return [Line(part) for part in joined.split("\v")]

    def end_cell(self) -> None:
        self.cell += [line for line in self.lines() if line.text.strip()]
        self.row.cells.append(tuple(self.cell))
        self.cell = []

    def paragraph(self, last: bool = False) -> None:
        lines = self.lines()
        if self.state.in_table and not last:
            self.cell += [line for line in lines if line.text.strip()]
            return
        self.table()
        if last and not any(line.text for line in lines):
            return
        if self.state.centred:
            self.blocks.append(Paragraph(tuple(lines)))
        else:
            self.blocks += [Paragraph((line,)) for line in lines]

    def table(self) -> None:
        rows, self.rows = self.rows, []
        if not rows:
            return
        if all(len(row.cells) <= 1 for row in rows):
            lines = [line for row in rows for cell in row.cells for line in cell]
            self.blocks += [Paragraph((line,)) for line in lines]
            return
        sides = sorted({side for row in rows for side in row.sides})
        ends = {side: number for number, side in enumerate(sides, 1)}
        cells: list[Cell] = []
        above: dict[int, int] = {}
        for number, row in enumerate(rows):
            column = 0
            for i, lines_ in enumerate(row.cells):
                end = ends[row.sides[i]] if i < len(row.sides) else column + 1
                merge = row.merges[i] if i < len(row.merges) else ""
                if merge == "clvmrg" and column in above:
                    held = cells[above[column]]
                    cells[above[column]] = replace(
                        held, lines=held.lines + lines_, row_span=number - held.row + 1
                    )
                elif merge == "clmrg" and cells and cells[-1].row == number:
                    cells[-1] = replace(cells[-1], column_span=end - cells[-1].column)
                else:
                    above[column] = len(cells)
                    cells.append(Cell(number, column, lines_, 1, max(end - column, 1)))
                column = end
        self.blocks.append(Grid(tuple(cells)))
