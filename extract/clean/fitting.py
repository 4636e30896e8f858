"""Which of a row's lines are which cell, where plain text keeps one cell a line.

A row has fewer lines than columns where cells were empty or merged, more where a cell's text was
broken. Every way to deal the lines out to the columns in order has a cost: what a column's head
lets expect, how long its other cells are, which values they had. Only a way that is clearly the
cheapest counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log2
from statistics import median

from extract import lazy as regex
from extract.clean import heads
from extract.clean.printed import Break, Printed
from extract.lexicon import alternation, terms

Deal = tuple[int, ...]
"""How many lines each column takes."""

_FIGURE = regex.compile(r"[-/\\]+|(?=.*\d)[^。;,:]{1,14}")
_BARE_FIGURE = regex.compile(r"[^\p{Han}\p{L}]+")
_DATE = regex.compile(
    r"20\d\d|\d{1,2}月|年[底末内]|长期|持续|每[年月季]|全年|常年|常态|季度|即时|立即|已完成|完成"
    r"|同步|适时|按\p{Han}{0,6}(?:要求|安排|部署|进度|时限)"
)
_UNITS = regex.compile(
    r"[局厅委办部院府会室门处社团行]|乡镇|街道|单位|企业|公司|集团|中心|学校|机关|机构|按职责|负责"
    r"|各\p{Han}{0,4}(?:[区县市旗州镇乡]|园区)|(?:园|开发|高新|经开|示范|度假)区$"
)
_UNITS_ALONE = regex.compile(
    r"[\p{Han}()、 ]*(?:[局厅委办部院府]|委员会|办公室|单位|部门|公司|中心|乡镇|街道)"
    r"(?:\([^()]*\))?|各\p{Han}{0,4}(?:[区县市旗州镇乡]|园区)(?:\([^()]*\))?"
)
_DIGIT = regex.compile(r"\d|[-/]+$")
_BEARER = regex.compile(r"约束|预期|控制|导向|引导|核心|考核")
_GROUP = regex.compile(r"\p{Han}{2,6}[一二三四五六七八九十]{1,3}:")
"""The name of a group of rows: 行动三:优化公共空间."""
_NUMBERED = regex.compile(r"[一二三四五六七八九十]{1,3}、")
_BOUND = regex.compile(r"\p{Han}{2,8} ?[≥≤<>〈〉] ?[\d.]+(?P<unit>%?)")
"""A figure with whom it binds: 县级市≥20."""
_SENTENCE = regex.compile(r"[。;]")
_ENDED = regex.compile(r"[。;:、,!?)]$")
_FIGURE_HEAD = regex.compile(r"(?:目标值|数|数量|值|额|率|投资|资金|分|面积|[年末]|完成情况)$")
YEAR_HEAD = regex.compile(r"20\d\d|“?十[一二三四五六]五”?")

WRONG = 6.0
_CLEAR = 0.9
_REMARK = regex.compile("备注|说明|附注")
_NONE = ("/", "\\", "无")
"""What stands in a cell that says nothing."""
_DASHES = ("-", "--", "—", "——")
"""The same, where no name or text can go on with them."""
_EMPTY = 0.2
_SKIP = {"group": 2.0, "deadline": 3.0, **dict.fromkeys(heads.UNIT_KINDS, 3.0)}
_SKIP_REMARK = 0.5
_CUT_SHORT = 5.0
"""What it costs that a cell ends with 、: its list goes on in the next line."""
_SKIP_ELSE = 4.0


@dataclass(slots=True)
class Column:
    """A column: its head's lines, what its head lets expect, and what its certain cells were.
    `spaced`: blank lines part the table's cells, so that a line without one before it goes on;
    `beside`: another column holds the measures, this one their names."""

    lines: tuple[Printed, ...]
    spaced: bool = False
    words: str = ""
    kind: str = ""
    wants: str = "text"
    beside: bool = False
    lengths: list[int] = field(default_factory=list)
    values: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.words = heads.plain("".join(line.text for line in self.lines))
        self.kind = heads.kind(heads.of_its_year(self.words)) or ""
        self.wants = self._wants()

    def _wants(self) -> str:
        if self.words in ("单位", "计量单位", "指标单位"):
            return "short"
        if self.words.endswith("属性"):
            return "bearer"
        words = heads.of_its_year(self.words)
        if YEAR_HEAD.search(words) or _FIGURE_HEAD.search(self.words):
            return "figure"
        kinds = {"lead": "units", "responsible": "units", "support": "units", "deadline": "date"}
        return "any" if self.kind in ("other", "target") else kinds.get(self.kind, "text")

    @property
    def skip(self) -> float:
        """What it costs that a row has no cell here."""
        return _SKIP_REMARK if self.is_remark else _SKIP.get(self.kind, _SKIP_ELSE)

    @property
    def is_remark(self) -> bool:
        """Whether the column may be empty from top to bottom."""
        return _REMARK.search(self.words) is not None

    def costs(self, lines: Sequence[Printed]) -> Iterator[float]:
        """What it costs that its cell is none of the lines, the first, the first two …; as far as
        that is not absurd."""
        yield self.skip
        if lines and self._is_inside(lines[0]):
            return
        total, text = 0.0, ""
        for place, line in enumerate(lines):
            inside = place > 0 and self._is_inside(line)
            total += 0.0 if inside else self._unlike(line.folded.replace(" ", ""))
            total += self._goes_on(lines[place - 1], line) if place else 0.0
            if total >= 2 * WRONG:
                return
            text += line.folded
            open_end = _CUT_SHORT if line.folded.endswith("、") else 0.0
            yield total + open_end + self._strange(text)

    def _is_inside(self, line: Printed) -> bool:
        """Whether a line can only go on with the cell above it."""
        return self.spaced and line.before is Break.NONE

    def _goes_on(self, above: Printed, below: Printed) -> float:
        """What it costs that a cell's text goes on in the next line: one that was broken for its
        width is not followed by a longer line."""
        if self._is_inside(below) or above.folded.endswith("、"):
            return 0.0
        if self.wants in ("short", "bearer"):
            return 3.0
        if _GROUP.match(below.folded):
            return WRONG
        if self.wants == "units" and _UNITS_ALONE.fullmatch(above.folded):
            return 0.4
        if self.wants == "figure" and _are_bounds(above, below):
            return 0.1
        if _ENDED.search(above.folded):
            if self.wants == "text" and _closes(above, below):
                return 1.2
            return 0.4 if self.wants == "text" else 1.0
        return 4.0 if below.width > above.width else 1.0

    def _unlike(self, text: str) -> float:
        """Whether a line is not what the head lets expect."""
        if self.wants == "any":
            return 0.0
        if text in _NONE or (text in _DASHES and self.wants in ("units", "date")):
            return _EMPTY
        if self.wants == "figure":
            return 0.0 if _FIGURE.fullmatch(text) else WRONG
        if self.wants == "date":
            return 0.0 if _DATE.search(text) and not _SENTENCE.search(text) else WRONG
        if self.wants == "units":
            named = _UNITS.search(text) and not (
                _SENTENCE.search(text) or _GROUP.match(text) or _NUMBERED.match(text)
            )
            return 0.0 if named else WRONG
        if self.wants == "bearer":
            return 0.0 if _BEARER.search(text) else WRONG
        if self.wants == "short":
            return 0.0 if len(text) <= 8 and not _DIGIT.match(text) else WRONG
        if _BARE_FIGURE.fullmatch(text):
            return WRONG
        if _BOUND.fullmatch(text) or (self.beside and _SENTENCE.search(text)):
            return 1.5
        return 1.5 if self.kind == "measure" and _UNITS_ALONE.fullmatch(text) else 0.0

    def _strange(self, text: str) -> float:
        """Whether a cell differs from the certain ones of its column."""
        if text in self.values or not self.lengths:
            return 0.0
        return 0.3 + min(1.5, abs(log2((len(text) + 1) / (median(self.lengths) + 1))) / 2)

    def learn(self, lines: Sequence[Printed]) -> None:
        """Note a cell that is certain."""
        if lines:
            text = "".join(line.folded for line in lines)
            self.lengths.append(len(text))
            self.values.add(text)


def _are_bounds(above: Printed, below: Printed) -> bool:
    """Whether lines are figures of one unit for one class after another: 设区市≥25, 县级市≥20."""
    first, second = _BOUND.fullmatch(above.folded), _BOUND.fullmatch(below.folded)
    alike = first and second and first["unit"] == second["unit"]
    return bool(alike) and below.width <= above.width


_LONGEST_NAME = 16
_ACTS = regex.compile(alternation(terms("action_verbs")))


def _closes(above: Printed, below: Printed) -> bool:
    """Whether a cell's text closes with 。 and a short name follows, which heads the next rows."""
    name = below.folded
    return (
        above.folded.endswith("。")
        and len(name) <= _LONGEST_NAME
        and not _ENDED.search(name)
        and not _SENTENCE.search(name)
        and not _ACTS.match(name)
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """The cheapest way to deal a row's lines out, its cost, and whether no other comes near."""

    deal: Deal
    cost: float
    clear: bool

    @property
    def sure(self) -> bool:
        """Whether the row is proven: clear, and no line where its column's head forbids it."""
        return self.clear and self.cost < WRONG

    def cells(self, lines: Sequence[Printed]) -> list[Sequence[Printed]]:
        """The lines of each column's cell."""
        cells = []
        at = 0
        for count in self.deal:
            cells.append(lines[at : at + count])
            at += count
        return cells


_Way = tuple[float, Deal]


def fit(columns: Sequence[Column], lines: Sequence[Printed]) -> Fit:
    """The cheapest way to deal lines out to columns in order."""
    count = len(lines)
    ways: list[list[_Way]] = [[(0.0, ())], *([] for _ in lines)]
    for column in columns:
        longer: list[list[_Way]] = [[] for _ in range(count + 1)]
        for start in range(count + 1):
            if not ways[start]:
                continue
            for taken, price in enumerate(column.costs(lines[start:])):
                for cost, deal in ways[start]:
                    longer[start + taken].append((cost + price, (*deal, taken)))
        ways = [sorted(found)[:2] for found in longer]
    found = ways[count]
    if not found:
        return Fit((), 10 * WRONG, False)
    clear = len(found) == 1 or found[1][0] - found[0][0] >= _CLEAR
    return Fit(found[0][1], found[0][0], clear)
