"""Tables without any rule: below a line of the heads of task and indicator tables, the lines that
keep to the columns of these heads."""

from __future__ import annotations

from itertools import pairwise

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.model import Box
from extract.readers.page_furniture import is_page_number
from extract.readers.page_lines import Char, in_rows
from extract.readers.white_strips import Strip, columns_of, ink_end, rows_of, strips_of

_LEAST_ROWS = 3
_GAP = 0.8
_HALF = 0.5
_OTHER_TYPE = 0.2
_FAR = 4.0
_HEAD_PITCH = 1.8
_WIDER = 1.15
_LOOSE = 1.75
_NEAR = 3.0
_MOST_LINES = 300
"""Lines of a page on which tables are looked for; no printed page has more."""
_WORDS = frozenset(terms("table_heads", "term"))
_HEAD = regex.compile(
    rf"(?:{alternation(_WORDS)}|\d{{4}}年(?:目标值?)?)(?:[(（][^()]{{1,10}}[)）])?"
)
_LONGEST_HEAD = 16
_SENTENCE = regex.compile("[,;:，。；：]")
_NUMBER = regex.compile(r"[(（]?[\d一二三四五六七八九十]{0,3}[)）]?[.、．]?")
Row = list[Char]
"""The characters of a printed line, from the left."""


class UnruledTables:
    """Finds the tables that no rule parts, page after page: one may go on over a page's end."""

    def __init__(self) -> None:
        self._last = 0
        self._columns: list[Strip] = []
        """The columns of the table in which the last page ended."""

    def cells(self, chars: list[Char], page: int) -> list[list[Box]]:
        """The cells of each table of a page."""
        columns = self._columns if self._last == page - 1 else []
        self._last, self._columns = page, []
        if not columns and not _may_have_heads(chars):
            return []
        lines = _lines([char for char in chars if not char.text.isspace()])
        if len(lines) > _MOST_LINES:
            return []
        tables: list[list[Box]] = []
        at = 0
        if columns and lines and not _head_at(lines, 0):
            body = _kept(columns, lines)
            tables = _found(body, columns, [])
            at = len(body) if tables else 0
        while at < len(lines):
            head = _head_at(lines, at)
            body = _body(head, lines[at + len(head) :]) if head else []
            columns = _columns([char for line in (*head, *body) for char in line]) if body else []
            found = _found(body, columns, head)
            tables += found
            at += len(head) + len(body) if found else 1
        if tables and at == len(lines) and lines[-1][0].base < tables[-1][-1][3]:
            self._columns = columns
        return tables


def _may_have_heads(chars: list[Char]) -> bool:
    """A quick look: whether some stretch of text is a head, where text was read in stretches."""
    words = [char.text for char in chars if len(char.text) <= _LONGEST_HEAD]
    return not _WORDS.isdisjoint(words) or len(words) == len(chars)


def _lines(chars: list[Char]) -> list[Row]:
    """The printed lines of a page, its number left out."""
    lines = [sorted(row, key=lambda char: char.x0) for row in in_rows(chars)]
    is_numbered = lines and is_page_number("".join(char.text for char in lines[-1]))
    return lines[:-1] if is_numbered else lines


def _head_at(lines: list[Row], at: int) -> list[Row]:
    """The lines of heads that begin at a line; none where none do."""
    return next((lines[at : at + n] for n in (3, 2, 1) if _heads(lines[at : at + n])), [])


def _heads(lines: list[Row]) -> list[Row]:
    """The characters of each head that some lines hold, from the left; empty where they hold other
    than heads, or few such as task tables have. More than one line are all of known heads."""
    far = any(b[0].base - a[0].base > _HEAD_PITCH * a[0].em for a, b in pairwise(lines))
    if far or _SENTENCE.search("".join([char.text for line in lines for char in line])):
        return []  # as of most lines, before they are parted
    heads = _parts(lines)
    words = ["".join(char.text for char in sorted(head, key=_by_line)) for head in heads]
    if len(words) < 2 or any(len(word) > _LONGEST_HEAD for word in words):
        return []
    known = sum(_HEAD.fullmatch(word) is not None for word in words)
    enough = known == len(words) if len(lines) > 1 else known >= 2 and known * 2 > len(words)
    return heads if enough else []


def _parts(lines: list[Row]) -> list[Row]:
    """What stands beside other words of the same lines, apart from them; 序 号 is one."""
    parts: list[Row] = []
    end = 0.0
    for char in sorted((char for line in lines for char in line), key=lambda char: char.x0):
        spaced = parts and len(lines) == 1 and len(parts[-1]) == len(char.text) == 1
        if parts and (spaced or char.x0 - end <= _GAP * char.em):
            parts[-1].append(char)
            end = max(end, char.x1)
        else:
            parts.append([char])
            end = char.x1
    return parts


def _by_line(char: Char) -> tuple[float, float]:
    return char.base, char.x0


def _body(head: list[Row], lines: list[Row]) -> list[Row]:
    """The lines below the heads up to one that stands under two of them, or far below."""
    heads = _heads(head)
    covered = [(part[0].x0, max(map(ink_end, part))) for part in heads]
    above = head[-1]
    for i, line in enumerate(lines):
        least = _GAP * line[0].em
        covered = strips_of(covered + strips_of(map(_side, line), least), least)
        if _is_other(above, line) or not _apart(heads, covered):
            return lines[:i]
        above = line
    return lines


def _side(char: Char) -> Strip:
    return char.x0, ink_end(char)


def _kept(columns: list[Strip], lines: list[Row]) -> list[Row]:
    """The first lines of a page up to one that crosses from column to column, or is far below."""
    cuts = [right for _, right in columns[:-1]]
    for i, line in enumerate(lines):
        crossed = any(c.x0 < cut < c.x1 - _HALF * c.em for c in line for cut in cuts)
        if crossed or (i and _is_other(lines[i - 1], line)):
            return lines[:i]
    return lines


def _is_other(above: Row, line: Row) -> bool:
    """Whether a line stands far below the one before it, or is of a larger or smaller type."""
    em = above[0].em
    return line[0].base - above[0].base > _FAR * em or abs(line[0].em - em) > _OTHER_TYPE * em


def _apart(heads: list[Row], covered: list[Strip]) -> bool:
    """Whether no text reaches from one head to another."""
    middles = [(head[0].x0 + max(char.x1 for char in head)) / 2 for head in heads]
    return all(sum(left <= x <= right for x in middles) < 2 for left, right in covered)


def _columns(chars: list[Char]) -> list[Strip]:
    return columns_of(chars, min(c.x0 for c in chars), max(c.x1 for c in chars))


def _found(body: list[Row], columns: list[Strip], head: list[Row]) -> list[list[Box]]:
    """The table of these lines, if they are one: in rows of several cells, below heads or going on
    from the page before."""
    least = _LEAST_ROWS - 1 if head else 1
    rows = _rows(body, columns) if len(body) >= least else []
    while not rows and len(body) > least and _filled(body[-1:], columns) < 2:
        body = body[:-1]
        rows = _rows(body, columns)
    while rows and _filled(body, columns, rows[-1]) < 2:
        rows.pop()
    several = sum(_filled(body, columns, row) > 1 for row in rows)
    if len(rows) < least or several * 4 < len(rows) * 3:
        return []
    rows = [(_above(head[0]), _above(body[0])), *rows] if head else rows
    return [[(x0, y0, x1, y1) for y0, y1 in rows for x0, x1 in columns]]


def _rows(body: list[Row], columns: list[Strip]) -> list[Strip]:
    """The rows, by the space between them or by the numbers in the first column."""
    top, bottom = _above(body[0]), body[-1][0].base + 0.35 * body[-1][0].em
    rows = _spaced(body, columns, bottom)
    if rows or not _is_numbered(body, columns[0]):
        return rows
    return rows_of([char for line in body for char in line], columns, [top - 1, top, bottom])[1:]


def _above(line: Row) -> float:
    return min(char.base - 1.1 * char.em for char in line)


def _spaced(body: list[Row], columns: list[Strip], bottom: float) -> list[Strip]:
    """The rows where each stands apart from the next by more than its lines from one another, or is
    a line that fills every column; none where that does not tell them."""
    pitches = [
        below - above
        for left, right in columns
        for above, below in pairwise(_bases(body, left, right))
        if below - above > _NEAR
    ]
    usual = min(pitches, default=0.0)
    whole = all(_filled([line], columns) == len(columns) for line in body)
    single = whole or usual > _LOOSE * max(char.em for line in body for char in line)
    cuts = [
        _above(below)
        for above, below in pairwise(body)
        if single or below[0].base - above[0].base > _WIDER * usual
    ]
    return list(pairwise([_above(body[0]), *cuts, bottom])) if cuts or whole else []


def _is_numbered(body: list[Row], column: Strip) -> bool:
    """Whether the first column holds the rows' numbers."""
    left, right = column
    inside = ["".join(c.text for c in line if left <= c.x0 <= right) for line in body]
    return all(_NUMBER.fullmatch(words) for words in inside)


def _bases(lines: list[Row], left: float, right: float) -> list[float]:
    """The baselines of the lines of a column."""
    return [line[0].base for line in lines if any(left <= c.x0 and c.x1 <= right for c in line)]


def _filled(lines: list[Row], columns: list[Strip], row: Strip | None = None) -> int:
    """How many cells of these lines, or of those that stand in a row, hold text."""
    inside = [
        char.x0
        for line in lines
        for char in line
        if row is None or row[0] < char.base - 0.35 * char.em <= row[1]
    ]
    return sum(any(left <= x <= right for x in inside) for left, right in columns)
