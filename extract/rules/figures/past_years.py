"""Sentences that tell what was in a year before the paper: 2003年全国城市污水处理率达到42%.

Source: contract, targets 2: look-backs are no targets.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.surroundings import Clause
from extract.rules.numerals import parse_number
from extract.rules.rule import rule
from extract.rules.times.calendar import five_year_plan

LED_BY_YEAR = rule(
    "a clause that opens with a year",
    r"(?:^|[,;。:(])(?:其中|同时|如|例如|仅|[在于])?,?(?P<year>(?:19|20)\d\d)年(?:度|年?[底末初]|[上下]半年|\d{1,2}月(?:\d{1,2}日)?)?"
    r"(?![\d-]|至|到|以来|之?前|起|开始|期间|版|修订|级|应届|毕业)",
    source="contract, targets 2: look-backs",
    examples=(
        "⟦2003年⟧全国城市污水处理率达到42%",
        "⟦其中,2002年⟧投资4800万元",
        "⟦2015年底⟧,覆盖率达到80%",
    ),
    counter=("到2025年", "比2020年增长", "2003年以来", "2019-2021年", "2021年前", "2019年起"),
)
_DEMAND = regex.compile(r"[^需主重纲]要(?!求|素|点|件|闻)|应当?|须|力争|确保|目标|计划|预期|规划")


_PLAN = regex.compile(r"“?(?P<plan>十[一二三四五六]?)五”?(?:规划)?(?:期间|时期|期内|期?末)")


def _years(sentence: str) -> list[tuple[int, int]]:
    """Where the years end that open clauses of a sentence, and which they are; a five-year plan
    is its last."""
    years = [(m.end(), int(m["year"])) for m in LED_BY_YEAR.finditer(sentence)]
    if plan := _PLAN.match(sentence):
        number = int(parse_number(plan["plan"]) or 0)
        years.insert(0, (plan.end(), five_year_plan(number).last.year))
    return years


def tells_what_was(clause: Clause, at: int, first_year: int) -> bool:
    """Whether the last year that opens a clause of the sentence before a place lies before the
    first that the paper can ask for, and nothing behind it asks."""
    sentence = clause.text[clause.sentence : at]
    years = _years(sentence)
    if not years or years[-1][1] >= first_year:
        return False
    return _DEMAND.search(sentence, years[-1][0]) is None
