"""The years of a plan that its title names: 2023—2025年, 2024年工作要点, “十四五”规划.

Source: contract, documents: plan_start, plan_end.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import View
from extract.rules.numerals import parse_number
from extract.rules.papers.papers import genre, genre_kind
from extract.rules.rule import rule
from extract.rules.times.calendar import five_year_plan

_YEARS = rule(
    "years of a plan",
    r"(?<!\d)(?P<start>(?:19|20)\d{2})年?(?:-|至|到)(?P<end>(?:19|20)\d{2})(?!\d)",
    source="contract, documents: plan_start, plan_end",
    examples=("三年行动计划（⟦2023—2025⟧年）", "规划纲要（⟦2008－2020⟧年）", "⟦2021年至2023⟧年"),
    counter=("〔2023〕27号", "三年行动计划", "2023年10月-12月"),
)
_ONE_YEAR = regex.compile(r"(?<![\d到至])((?:19|20)\d{2})年")
_FIVE_YEARS = regex.compile(
    r"(?P<no>十[一二三四五六七]?)五(?=[”\"]|规划|计划|时期|期间)|第(?P<nth>十[一二三四五六七]?)个五年"
)
_EDITION = regex.compile(r"\((?:19|20)\d{2}年?(?:版|修订|修正)[^()]*\)")


def plan_years(title: str) -> tuple[int | None, int | None]:
    """First and last year of the plan that a title names.

    A span of years counts in any title; a single year (2024年工作要点, 某区2016年招生工作意见)
    and a five-year plan (“十四五”规划) count where the title is that of a plan.
    """
    words = _EDITION.sub("", View(title).text)
    if found := _YEARS.search(words):
        return int(found["start"]), int(found["end"])
    kind = _plan_genre(words)
    if kind is None:
        return None, None
    if kind in ("规划", "纲要", "计划", "方案") and (found := _FIVE_YEARS.search(words)):
        number = parse_number(found["no"] or found["nth"])
        span = five_year_plan(int(number or 0))
        return span.first.year, span.last.year
    if found := _ONE_YEAR.search(words):
        return int(found[1]), int(found[1])
    return None, None


def _plan_genre(title: str) -> str | None:
    """The genre of the plan that a title names, also in 关于印发…方案的通知."""
    inner = regex.sub(r"》?的?(?:通知|函|公告|通告)\Z", "", title)
    word = genre(inner)
    if inner.endswith(("工作意见", "实施意见")) and regex.search(r"(?<!关于)20\d\d年", inner):
        return word
    is_plan = word and genre_kind(word) == "plan" and word not in ("措施", "政策", "举措")
    return word if is_plan else None
