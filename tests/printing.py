"""A paper printed into other formats by small writers: what a clerk's programs would make of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import openpyxl
from making import docx
from making import p as word_paragraph
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

from extract.clean import clean
from extract.model import Stretch
from extract.readers import read

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


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
                        (s.row, s.column, s.row_span, s.column_span, canonical.text[s.start : s.end])
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
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政策文件</title></head><body>"
        "<div class='nav'><a href='/'>首页</a><a href='/zw'>政务公开</a><a href='/hd'>互动交流</a></div>"
        "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/zc'>政策文件</a></div>"
        "<div class='article'>"
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
        "</div><div class='share'><a>打印</a><a>关闭</a></div><div class='footer'>主办：明城市人民政府"
        "办公室　网站标识码：1234567890　<a href='#'>明ICP备12345678号</a></div></body></html>"
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
                properties = (
                    f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{at}"/></w:numPr>'
                )
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
            merged = "" if high == 1 else '<w:vMerge w:val="restart"/>' if r == row else "<w:vMerge/>"
            wider = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
            cells += _word_cell(text if r == row else "", wider + merged)
        rows.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _word_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{word_paragraph(escape(text))}</w:tc>"


def as_pdf(paper: list[Piece], size: tuple[float, float], ems: float = 16) -> bytes:
    """A PDF with page numbers at its feet and ruled tables, set by reportlab."""
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=ems, leading=1.75 * ems, wordWrap="CJK"
    )
    style.firstLineIndent = 2 * ems
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=13, wordWrap="CJK")
    out = io.BytesIO()
    margin = 0.13 * size[0]
    page = SimpleDocTemplate(
        out, pagesize=size, leftMargin=margin, rightMargin=margin, invariant=1,
        topMargin=0.12 * size[1], bottomMargin=0.12 * size[1],
    )
    width = size[0] - 2 * margin - 12
    flow: list[Any] = []
    for piece in paper:
        if isinstance(piece, str):
            flow.append(Paragraph(escape(piece), style))
        else:
            flow.append(_ruled(piece, small, width))
    page.build(flow, onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _foot(canvas: Any, page: Any) -> None:
    canvas.setFont("STSong-Light", 12)
    canvas.drawCentredString(page.pagesize[0] / 2, 30, f"— {page.page} —")


def _ruled(piece: Table, style: ParagraphStyle, width: float) -> LongTable:
    """The table with its rules; none is drawn inside a merged cell, which may go on over pages."""
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
    return LongTable(texts, colWidths=widths, repeatRows=1, style=TableStyle(looks))


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
