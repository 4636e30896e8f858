"""What is to rank so high: 进入全省前20名 is of what its clause, or the one before it, speaks of.

Source: contract, targets: indicator in the text's words.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.figures import RANK, Figure
from extract.rules.figures.noun_before import LEAD
from extract.rules.figures.surroundings import Clause

_RANKS = regex.compile(
    r"(?:在?全[国省市区州县]\p{Han}{0,2}排名)?(?:力争|争取|确保|努力|继续|稳定){0,4}$"
)
_AMONG = regex.compile(r"(?:在[^,。;]{2,30}中)?,?$")
_CLAUSES = regex.compile("[,;]")


def ranked(clause: Clause, figure: Figure) -> str:
    """What is to rank so high: in the figure's clause, or in the one before it."""
    told = RANK.finditer(clause.text, clause.start)
    start = next((found.start() for found in told if found.start("rank") == figure.start), 0)
    words = _RANKS.sub("", clause.before(max(start, clause.start)))
    earlier = _CLAUSES.split(_AMONG.sub("", clause.earlier.rstrip(",")))
    return LEAD.sub("", words or earlier[-1])
