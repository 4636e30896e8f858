"""Lines of a task table whose cells ran together, a row a line, are not joined with one another.

Below 序号工作任务具体指标完成时间责任单位 stands a row a line: 1培训2024年5月市司法局. A long one
looks like a paragraph that goes on; each of them is told to open one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.clean import heads
from extract.clean.printed import Printed
from extract.model import Grid

_UNITS = ("lead", "responsible", "support")
_LEAST_KINDS = 3
_HEADS = regex.compile(r"\p{Han}{8,40}")
_ROW = regex.compile(
    r".*(?:20\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日|年?底|[上中下]旬)?(?:以?前|之前)?"
    r"(?=\p{Han})[^。;\d]{2,120}[局厅委办部院府会室门处社团行业心校位企)道镇]"
)


def keep_rows(lines: Sequence[Printed | Grid]) -> list[Printed | Grid]:
    """The lines, those of such rows marked as opening a paragraph."""
    kept: list[Printed | Grid] = []
    inside = False
    for line in lines:
        if isinstance(line, Grid):
            inside = False
            kept.append(line)
            continue
        opens = inside or _is_heads(line)
        inside = opens and (_is_heads(line) or _ROW.fullmatch(line.folded) is not None)
        kept.append(replace(line, opens=True) if opens else line)
    return kept


def _is_heads(line: Printed) -> bool:
    """Whether a line is nothing but heads, a date and units the last two of them."""
    if not _HEADS.fullmatch(line.folded):
        return False
    kinds = heads.run_together(line.folded)
    return len(kinds) >= _LEAST_KINDS and kinds[-2] == "deadline" and kinds[-1] in _UNITS
