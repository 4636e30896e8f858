"""Deadlines: every row of the bank, offsets, and what cannot be dated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract import extract_text
from extract.lens import View
from extract.model import Setting
from extract.rules.rule import RULES
from extract.rules.times import calendar, dates, durations, recurring, time_context, times
from extract.rules.times.dates import TimeMention, read_times

BANK = Path(__file__).parent / "banks" / "times.tsv"
MODULES = (dates, durations, recurring, time_context, times)


def _rows() -> list[list[str]]:
    lines = [line for line in BANK.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [(line.split("\t") + [""] * 4)[:4] for line in lines[1:]]


def _value(found: TimeMention) -> str:
    flags = {"ongoing": found.ongoing, "inferred": found.inferred, "hedged": found.hedged}
    flags["working"] = found.working_days
    duration = found.duration if found.kind == "within" else None
    cells = [found.kind, found.start_on, found.end_on, found.recurrence, duration]
    named = ",".join(name for name, true in flags.items() if true)
    return "|".join(str(cell or "") for cell in cells) + "|" + named


def _setting(written_on: str) -> Setting:
    return Setting(written_on=date.fromisoformat(written_on) if written_on else None)


@pytest.mark.parametrize(("text", "written_on", "where", "expected"), _rows())
def test_bank(text: str, written_on: str, where: str, expected: str) -> None:
    plain = text.replace("⟦", "").replace("⟧", "")
    found = read_times(View(plain), _setting(written_on), "due" if where == "column" else None)[0]
    assert [_value(mention) for mention in found] == [row for row in expected.split(" ; ") if row]
    if "⟦" in text:
        quotes = [part.partition("⟧")[0] for part in text.split("⟦")[1:]]
        assert [mention.quote for mention in found] == quotes


def test_the_bank_is_large() -> None:
    assert len(_rows()) >= 300


def test_every_rule_keeps_its_examples() -> None:
    patterns = {id(value) for module in MODULES for value in vars(module).values()}
    mine = [rule for rule in RULES.values() if id(rule.pattern) in patterns]
    assert len(mine) >= 15
    assert [line for rule in mine for line in rule.failures()] == []


def test_offsets_lead_back_to_the_text() -> None:
    text = "一、目标\n  到 ２０２５ 年 底，全部建成；每年4月15日前报送计划，2024年6月底前完成。"
    view = View(text, 5)
    found = read_times(view, _setting("2024-01-30"))[0]
    assert [mention.quote for mention in found] == [
        "到 ２０２５ 年 底",
        "每年4月15日前",
        "2024年6月底前",
    ]
    for mention in found:
        assert text[mention.char_start : mention.char_end] == mention.quote
        assert view.quote(mention.i, mention.j) == mention.quote


def test_the_plan_gives_the_year_when_the_paper_has_no_date() -> None:
    (found,) = read_times(View("8月底前报送。"), Setting(plan_start=2024))[0]
    assert (found.end_on, found.inferred) == (date(2024, 8, 31), True)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("8月底前报送。", "8月底前"),
        ("要在2024年6月31日前完成。", "2024年6月31日前"),
        ("要于当年9月15日前报送。", "当年9月15日前"),
    ],
)
def test_what_has_no_date_is_reported(text: str, quote: str) -> None:
    valued, unvalued = read_times(View(text), Setting())
    assert valued == []
    assert [mention.quote for mention in unvalued] == [quote]


def test_a_paper_without_a_date_still_says_from_when() -> None:
    (found,) = read_times(View("本办法自发布之日起施行。"), Setting())[0]
    assert (found.kind, found.start_on, found.anchor) == ("from", None, "发布之日")


@pytest.mark.parametrize(
    ("number", "first"), [(1, 1953), (2, 1958), (3, 1966), (11, 2006), (14, 2021), (15, 2026)]
)
def test_five_year_plans(number: int, first: int) -> None:
    span = calendar.five_year_plan(number)
    assert (span.first, span.last) == (date(first, 1, 1), date(first + 4, 12, 31))


def test_the_last_day_of_a_term() -> None:
    assert calendar.add(date(2024, 1, 31), 1, "月") == date(2024, 2, 29)
    assert calendar.add(date(2024, 5, 30), 30, "日") == date(2024, 6, 29)
    assert calendar.add(date(2024, 5, 30), 24, "小时") is None


def test_a_paper_without_a_date_has_the_year_of_its_number() -> None:
    result = extract_text(
        "明城市优化营商环境工作方案\n\n明政办发〔2023〕14号\n\n一、重点任务\n\n"
        "（一）开设专栏。3月底前开设政策专栏。\n\n（二）做好服务。组织培训。\n"
    )
    assert [(str(d.end_on), d.inferred) for d in result.deadlines] == [("2023-03-31", True)]
