"""Lines of a task table whose cells ran together, a row a line, are not joined with one another.

Below 序号工作任务具体指标完成时间责任单位 stands a row a line: 1培训2024年5月市司法局. A long one
looks like a paragraph that goes on; each of them is told to open one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract import lazy as regex
from extract.clean import heads
from extract.clean.printed import Printed
from extract.model import Grid

_LEAST_KINDS = 3
_MOST_LINES = 2
"""More lines that a row may take before the one that closes it."""
_HEADS = regex.compile(r"\p{Han}{8,40}")
DATE = regex.compile(
    r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?底|[上中下]旬|第?[一二三四]季度|[上下]半年)?(?:以?前|之前)?"
    r"|(?<!\d)\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?(?:以?前|之前)|年底前|长期(?:坚持)?|持续推进|全年"
)
"""The date between a row's measure and its units."""
UNIT_LAST = regex.compile("[局厅委办部院府会室门处社团行心校位企司所站区县市镇道队联]$")
"""The last character of most units' names."""
NO_UNITS = regex.compile(r"[。;:\d“”《》]")
"""What stands in no list of units."""
_ROW = regex.compile(
    rf".*(?:{DATE.pattern})(?=\p{{Han}})(?:(?!{NO_UNITS.pattern}).){{2,120}}(?:\)|{UNIT_LAST.pattern})"
)


def keep_rows(lines: Sequence[Printed | Grid]) -> list[Printed | Grid]:
    """The lines, each that opens such a row marked as opening a paragraph."""
    kept: list[Printed | Grid] = []
    inside = closed = False
    for place, line in enumerate(lines):
        if isinstance(line, Grid):
            inside = False
            kept.append(line)
            continue
        if _is_heads(line):
            inside = closed = True
            kept.append(replace(line, opens=True))
            continue
        if not inside:
            kept.append(line)
            continue
        kept.append(replace(line, opens=True) if closed else line)
        closed = _closes(line)
        inside = closed or any(map(_closes, lines[place + 1 : place + 1 + _MOST_LINES]))
    return kept


def _closes(line: Printed | Grid) -> bool:
    return not isinstance(line, Grid) and _ROW.fullmatch(line.folded) is not None


def _is_heads(line: Printed) -> bool:
    """Whether a line is nothing but heads, a date and units the last two of them."""
    if not _HEADS.fullmatch(line.folded):
        return False
    kinds = heads.run_together(line.folded)
    return len(kinds) >= _LEAST_KINDS and kinds[-2] == "deadline" and kinds[-1] in heads.UNIT_KINDS
