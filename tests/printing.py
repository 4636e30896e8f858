"""A paper printed into other formats by small writers: what a clerk's programs would make of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import openpyxl
from fonts import font_name
from making import docx, ofd
from making import p as word_paragraph
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

from extract.clean import clean
from extract.model import Stretch
from extract.readers import read


@dataclass(frozen=True)
class Table:
    """The cells of a table: row, column, spans and text."""

    cells: tuple[tuple[int, int, int, int, str], ...]

    @property
    def rows(self) -> int:
        return max(row + high for row, _, high, _, _ in self.cells)

    @property
    def columns(self) -> int:
        return max(column + wide for _, column, _, wide, _ in self.cells)

    def whole(self) -> list[tuple[int, int, int, int, str]]:
        """All cells in order, the empty ones too."""
        covered = {
            (row + i, column + j)
            for row, column, high, wide, _ in self.cells
            for i in range(high)
            for j in range(wide)
        }
        places = ((row, column) for row in range(self.rows) for column in range(self.columns))
        empty = [(row, column, 1, 1, "") for row, column in places if (row, column) not in covered]
        return sorted([*self.cells, *empty])


Piece = str | Table


def pieces(text: str) -> list[Piece]:
    """Paragraphs and tables of a paper in plain text."""
    canonical = clean(read(text.encode(), "paper.txt"))
    found: list[Piece] = []
    held: list[Stretch] = []
    for stretch in (*canonical.stretches, Stretch(0, 0)):
        if held and stretch.table != held[-1].table:
            found.append(
                Table(
                    tuple(
                        (
                            s.row,
                            s.column,
                            s.row_span,
                            s.column_span,
                            canonical.text[s.start : s.end],
                        )
                        for s in held
                    )
                )
            )
            held = []
        if stretch.table is not None:
            held.append(stretch)
        elif stretch.end:
            found.append(canonical.text[stretch.start : stretch.end])
    return found


def table(rows: Iterable[Iterable[str]]) -> Table:
    """A table without merged cells."""
    return Table(
        tuple((i, j, 1, 1, text) for i, row in enumerate(rows) for j, text in enumerate(row))
    )


def as_text(paper: list[Piece]) -> bytes:
    """Plain text, cells parted by tabs."""
    lines = []
    for piece in paper:
        if isinstance(piece, str):
            lines.append(piece)
        else:
            rows: dict[int, list[str]] = {}
            for row, _, _, _, text in piece.cells:
                rows.setdefault(row, []).append(text)
            lines += ["\t".join(cells) for cells in rows.values()]
    return "\n".join(lines).encode()


def as_html(paper: list[Piece]) -> bytes:
    """A page of a government site, saved with its menu and footer."""
    parts = [
        (
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政策文件</title></head><body>"
            "<div class='nav'><a href='/'>首页</a><a href='/zw'>政务公开</a>"
            "<a href='/hd'>互动交流</a></div>"
            "<div class='position'>当前位置：<a href='/'>首页</a> &gt; 政策文件</div>"
            "<div class='article'>"
        )
    ]
    for piece in paper:
        if isinstance(piece, str):
            parts.append(f"<p>　　{escape(piece)}</p>")
            continue
        parts.append("<table border=1>")
        for row in range(piece.rows):
            cells = "".join(
                f"<td rowspan={high} colspan={wide}>{escape(text)}</td>"
                for r, _, high, wide, text in piece.whole()
                if r == row
            )
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    parts.append(
        "</div><div class='share'><a>打印</a><a>关闭</a></div>"
        "<div class='footer'>主办：明城市人民政府办公室　网站标识码：1234567890　"
        "<a href='#'>明ICP备12345678号</a></div></body></html>"
    )
    return "".join(parts).encode()


_LEVELS = (
    (re.compile(r"([一二三四五六七八九十]+)、"), "chineseCounting", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]+)）"), "chineseCounting", "（%2）"),
    (re.compile(r"(\d+)\."), "decimal", "%3."),
    (re.compile(r"（(\d+)）"), "decimal", "（%4）"),
)
_DIGITS = "一二三四五六七八九"


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    value = 10 * (_DIGITS.index(tens) + 1 if tens else 1) if mark else 0
    return value + (_DIGITS.index(ones) + 1 if ones else 0)


class _Lists:
    """Word's list definitions: a new list where the numbers do not run on."""

    def __init__(self) -> None:
        self.definitions: list[str] = []
        self._last: dict[int, tuple[int, int]] = {}

    def paragraph(self, text: str) -> str:
        """A paragraph whose label, where it has one, is left to Word."""
        for level, (pattern, _, _) in enumerate(_LEVELS):
            label = pattern.match(text)
            if label:
                number = _number(label[1])
                at, last = self._last.get(level, (0, -1))
                if number != last + 1:
                    at = self._start(level, number)
                self._last[level] = (at, number)
                properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{at}"/></w:numPr>'
                return word_paragraph(escape(text[label.end() :]), properties)
        return word_paragraph(escape(text))

    def _start(self, level: int, number: int) -> int:
        at = len(self.definitions) + 1
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="{number if i == level else 1}"/>'
            f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/></w:lvl>'
            for i, (_, kind, shown) in enumerate(_LEVELS)
        )
        self.definitions.append(f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>')
        return at

    def part(self) -> str:
        count = len(self.definitions)
        numbers = "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
            for at in range(1, count + 1)
        )
        return "".join(self.definitions) + numbers


def as_docx(paper: list[Piece]) -> bytes:
    """A Word file whose labels are numbered by Word."""
    lists = _Lists()
    body = "".join(
        lists.paragraph(piece) if isinstance(piece, str) else _word_table(piece) for piece in paper
    )
    return docx(body, numbering=lists.part())


def _word_table(piece: Table) -> str:
    rows = []
    for row in range(piece.rows):
        cells = ""
        for r, _, high, wide, text in sorted(piece.whole(), key=lambda cell: cell[1]):
            if not r <= row < r + high:
                continue
            merged = (
                "" if high == 1 else '<w:vMerge w:val="restart"/>' if r == row else "<w:vMerge/>"
            )
            wider = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
            cells += _word_cell(text if r == row else "", wider + merged)
        rows.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{word_paragraph(escape(text))}</w:tc>"


def as_pdf(
    paper: list[Piece], size: tuple[float, float], ems: float = 16, ruled: bool = True
) -> bytes:
    """A PDF with page numbers at its feet and tables, ruled or with no rule, set by reportlab."""
    style = ParagraphStyle(
        "body", fontName=font_name(), fontSize=ems, leading=1.75 * ems, wordWrap="CJK"
    )
    style.firstLineIndent = 2 * ems
    small = ParagraphStyle("cell", fontName=font_name(), fontSize=9, leading=13, wordWrap="CJK")
    out = io.BytesIO()
    margin = 0.13 * size[0]
    page = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        invariant=1,
        topMargin=0.12 * size[1],
        bottomMargin=0.12 * size[1],
    )
    width = size[0] - 2 * margin - 12
    flow: list[Any] = []
    for piece in paper:
        if isinstance(piece, str):
            flow.append(Paragraph(escape(piece), style))
        else:
            flow.append(_table(piece, small, width, ruled))
    page.build(flow, onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _foot(canvas: Any, page: Any) -> None:
    canvas.setFont(font_name(), 12)
    canvas.drawCentredString(page.pagesize[0] / 2, 30, f"— {page.page} —")


def _table(piece: Table, style: ParagraphStyle, width: float, ruled: bool) -> LongTable:
    """The table with its rules; none is drawn inside a merged cell, which may go on over pages.
    Without rules its head is not repeated."""
    texts: list[list[Any]] = [[""] * piece.columns for _ in range(piece.rows)]
    looks: list[tuple[Any, ...]] = [
        ("BOX", (0, 0), (-1, -1), 0.5, "black"),
        ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 0.5, "black"),
        ("LINEABOVE", (0, "splitfirst"), (-1, "splitfirst"), 0.5, "black"),
    ]
    weights = [4.0] * piece.columns
    for row, column, high, wide, text in piece.whole():
        texts[row][column] = Paragraph(escape(text), style)
        right, last = column + wide - 1, row + high - 1
        if wide > 1:
            looks.append(("SPAN", (column, row), (right, row)))
        else:
            weights[column] = max(weights[column], min(len(text), 40))
        looks.append(("LINEBELOW", (column, last), (right, last), 0.5, "black"))
        looks.append(("LINEAFTER", (right, row), (right, last), 0.5, "black"))
    widths = [width * weight / sum(weights) for weight in weights]
    if not ruled:
        looks = [look for look in looks if look[0] == "SPAN"]
    return LongTable(texts, colWidths=widths, repeatRows=int(ruled), style=TableStyle(looks))


def as_xlsx(piece: Table, title: str) -> bytes:
    """A workbook: a title over the table's columns, then the table."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.cell(1, 1, title)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=piece.columns)
    for row, column, high, wide, text in piece.cells:
        sheet.cell(row + 2, column + 1, text)
        if high > 1 or wide > 1:
            sheet.merge_cells(
                start_row=row + 2,
                start_column=column + 1,
                end_row=row + 1 + high,
                end_column=column + wide,
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_mail(paper: list[Piece]) -> bytes:
    """The page saved by a browser as one file."""
    head = (
        b"From: <Saved by Browser>\r\nSubject: paper\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n--cut\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head + as_html(paper) + b"\r\n--cut--\r\n"


def as_rtf(paper: list[Piece]) -> bytes:
    """Rich text, every character by its number."""
    return ("{\\rtf1\\ansi\\uc1 " + "".join(_rtf(paper)) + "}").encode()


def _rtf(paper: list[Piece]) -> Iterator[str]:
    for piece in paper:
        if isinstance(piece, str):
            yield f"\\pard {_coded(piece)}\\par "
            continue
        for row in range(piece.rows):
            cells = [cell for cell in piece.whole() if cell[0] <= row < cell[0] + cell[2]]
            yield "\\trowd "
            for r, column, high, wide, _ in sorted(cells, key=lambda cell: cell[1]):
                merge = "" if high == 1 else "\\clvmgf" if r == row else "\\clvmrg"
                yield f"{merge}\\cellx{1000 * (column + wide)}"
            for r, _, _, _, text in sorted(cells, key=lambda cell: cell[1]):
                yield f"\\pard\\intbl {_coded(text) if r == row else ''}\\cell "
            yield "\\row "


def _coded(text: str) -> str:
    return "".join(f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in text)


def as_ofd(paper: list[Piece], ruled: bool = True) -> bytes:
    """An OFD of A4 pages, laid out in millimetres: two characters' indent, tables with rules or
    without any."""
    sheet = _Sheet(ruled)
    for piece in paper:
        if isinstance(piece, str):
            for i, line in enumerate(_cut("　　" + piece, _OFD_WIDTH)):
                sheet.text(_OFD_LEFT, line.lstrip("　") if not i else line, i == 0)
        else:
            sheet.table(piece)
    return ofd(sheet.done())


_OFD_LEFT, _OFD_WIDTH, _OFD_EM, _OFD_PITCH = 30.0, 28, 5.3, 10.0


def _cut(text: str, width: float) -> list[str]:
    """The text in lines of so many full-width characters; no line begins with a closing mark."""
    lines, wide = [""], 0.0
    for char in text:
        size = 1.0 if char >= "\u2e80" else 0.5
        if wide + size > width and char not in "，。；：、）〕》”":
            lines.append("")
            wide = 0.0
        lines[-1] += char
        wide += size
    return lines


class _Sheet:
    """Pages of an OFD while they are filled."""

    def __init__(self, ruled: bool) -> None:
        self.ruled = ruled
        self.pages: list[str] = []
        self.content = ""
        self.y = 37.0

    def text(self, x: float, line: str, first: bool) -> None:
        if self.y + _OFD_PITCH > 262:
            self.turn()
        self.y += _OFD_PITCH
        self._put(x + (2 * _OFD_EM if first else 0), self.y - _OFD_EM, _OFD_EM, line)

    def turn(self) -> None:
        self._put(100, 275, 4, f"— {len(self.pages) + 1} —")
        self.pages.append(
            f'<ofd:Content><ofd:Layer Type="Body">{self.content}</ofd:Layer></ofd:Content>'
        )
        self.content, self.y = "", 37.0

    def _put(self, x: float, y: float, em: float, text: str) -> None:
        steps = " ".join(str(em if char >= "\u2e80" else em / 2) for char in text[:-1])
        delta = f' DeltaX="{steps}"' if steps else ""
        self.content += (
            f'<ofd:TextObject Boundary="{x} {y} 160 {em}" Size="{em}"><ofd:TextCode X="0" '
            f'Y="{0.86 * em}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def _rule(self, x: float, y: float, width: float, height: float) -> None:
        if not self.ruled:
            return
        self.content += (
            f'<ofd:PathObject Boundary="{x} {y} {width} {height}" Stroke="true">'
            "<ofd:AbbreviatedData>M 0 0 L 1 1</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def table(self, piece: Table) -> None:
        """Rows of cells with rules; a merged cell has its text in its first row."""
        em, pitch = 3.2, 4.5
        wide = [_OFD_WIDTH * _OFD_EM / piece.columns * j for j in range(piece.columns + 1)]
        whole = piece.whole()
        for row in range(piece.rows):
            lines = {
                (column, span): _cut(text, (wide[column + span] - wide[column] - 2) / em - 1)
                for r, column, _, span, text in whole
                if r == row
            }
            high = max([1, *map(len, lines.values())]) * pitch + 2
            if self.y + high > 262:
                self._line(whole, wide, None)
                self.turn()
                self._line(whole, wide, None)
            elif row == 0:
                self._line(whole, wide, None)
            for (column, _), texts in lines.items():
                for i, text in enumerate(texts):
                    y = self.y + 1 + i * pitch
                    self._put(_OFD_LEFT + wide[column] + 1, y, em, text)
            for r, column, down, span, _ in whole:
                if r <= row < r + down:
                    for x in (wide[column], wide[column + span]):
                        self._rule(_OFD_LEFT + x, self.y, 0.2, high)
            self.y += high
            self._line(whole, wide, row)
        self.y += 4

    def _line(self, whole: list[Any], wide: list[float], below: int | None) -> None:
        """The rules under a row, none inside a merged cell; without a row, right across."""
        for row, column, down, span, _ in whole:
            if below is None or row + down - 1 == below:
                width = wide[column + span] - wide[column]
                self._rule(_OFD_LEFT + wide[column], self.y, width, 0.2)

    def done(self) -> list[str]:
        """The finished pages."""
        self.turn()
        return self.pages
