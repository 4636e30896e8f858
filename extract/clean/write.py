"""The canonical text, written once, with its stretches and the way back to the printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract import lazy as regex
from extract.model import Canonical, Cell, Gap, Grid, Line, Paragraph, Placed, Stretch

_LATIN_END = regex.compile(r"[A-Za-z][,;]?$")
_TWO_WORDS_END = regex.compile(r"[A-Za-z]+[,;]? +[A-Za-z]+[,;]?$")
_TWO_WORDS = regex.compile(r"[A-Za-z]+[,;]? +[A-Za-z]+")


class Writer:
    """Builds text, stretches and lines together; offsets are right at every moment."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._at = 0
        self._stretches: list[Stretch] = []
        self._lines: list[Placed] = []

    def paragraph(self, lines: Sequence[Line]) -> None:
        """Write lines of running text as one line of the canonical text."""
        start, end = self._write(lines, ["" for _ in lines])
        if end > start:
            self._stretches.append(Stretch(start, end))

    def cell(self, cell: Cell, table: int) -> None:
        """Write a cell as one line of the canonical text; an empty one leaves none."""
        start, end = self._write(cell.lines, cell_joints(cell.lines))
        if end > start:
            self._stretches.append(
                Stretch(start, end, table, cell.row, cell.column, cell.row_span, cell.column_span)
            )

    def canonical(self, gaps: Iterable[Gap], flattened: Iterable[int]) -> Canonical:
        """What has been written."""
        return Canonical(
            "".join(self._pieces),
            tuple(self._stretches),
            tuple(self._lines),
            tuple(gaps),
            frozenset(flattened),
        )

    def _write(self, lines: Sequence[Line], joints: Sequence[str]) -> tuple[int, int]:
        texts = [
            (line, line.text.strip(), joint) for line, joint in zip(lines, joints, strict=True)
        ]
        texts = [entry for entry in texts if entry[1]]
        if not texts:
            return self._at, self._at
        if self._at:
            self._put("\n")
        start, last = self._at, ""
        for line, text, joint in texts:
            if last:
                self._put(joint or _joint(last, text))
            begin = self._at
            self._put(text)
            self._lines.append(Placed(begin, self._at, line.page, line.box))
            last = text
        return start, self._at

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._at += len(text)


def _joint(last: str, text: str) -> str:
    """What goes between two lines of a paragraph: a space between words of a Latin phrase.

    A single Latin word at a line's end (APP cut to A, PP) may have been cut; a phrase is not.
    """
    if not (last[-1].isascii() and text[0].isascii()):
        return ""
    if not (text[0].isalpha() and _LATIN_END.search(last[-40:])):
        return ""
    phrase = _TWO_WORDS_END.search(last[-80:]) or _TWO_WORDS.match(text[:80])
    return " " if phrase else ""


_UNIT_END = regex.compile(
    r"(?:局|厅|委|办|部|院|府|会|室|门|行|社|团|企业|机关|中心|公司|集团|学校|乡镇|街道|单位)$"
)
_LISTED = regex.compile(r"[、，；,;\s]")
_PREFIX = regex.compile(r"[省市区县州旗](?!场)|各")
_UNIT = regex.compile(r"[\p{Han}（）()、〔〕]{3,40}")


def cell_joints(lines: Sequence[Line]) -> list[str]:
    """What goes before each line of a cell: a space where the line before ends a unit's name, so
    that two names one under the other stay two; nothing where a word was wrapped."""
    joints = [""]
    if len(lines) < 2:
        return joints[: len(lines)]
    texts = [line.text.strip() for line in lines]
    if any("。" in text for text in texts):
        return ["" for _ in lines]
    widest = max((len(text) for text in texts), default=0)
    name = ""
    for above, below in pairwise(texts):
        name = _LISTED.split(name + above)[-1]
        apart = _two_names(above, below, widest) or _begins_anew(name, below)
        joints.append(" " if apart else "")
        name = "" if apart else name
    return joints[: len(lines)]


def _two_names(above: str, below: str, widest: int) -> bool:
    if "、" in above + below or not (_UNIT_END.search(above) and _UNIT.fullmatch(above)):
        return False
    if len(below) < 3:
        return False
    return bool(_UNIT_END.search(below) and _UNIT.fullmatch(below)) and (
        len(above) < widest or widest >= 4
    )


def _begins_anew(name: str, below: str) -> bool:
    """Whether a whole name (市委组织部) is followed by one that begins as it does (市财政局) or
    with 各."""
    if not (_UNIT_END.search(name) and _PREFIX.match(name) and _UNIT.fullmatch(name)):
        return False
    if below.startswith("各"):
        return name[-1] not in "府委"
    return bool(_PREFIX.match(below)) and below[0] == name[0]


def write(
    blocks: Iterable[Paragraph | Grid], gaps: Iterable[Gap], flattened: Iterable[int]
) -> Canonical:
    """Finished blocks as canonical text; `flattened` are numbers of grids, counted from 0."""
    writer = Writer()
    table = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            writer.paragraph(block.lines)
            continue
        for cell in block.cells:
            writer.cell(cell, table)
        table += 1
    return writer.canonical(gaps, flattened)
