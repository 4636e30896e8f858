"""The grammar of a point of time: 2024年6月底, 二〇二五年, 第三季度, 今年, “十四五”, 2024.6.30.

Sources: contract (deadlines, rule 1), GB/T 15835 (numerals), GB/T 7408 (dates). A point is read at
a place of folded text into a `Moment`: which days it covers, and what of its year was printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from extract import lazy as regex
from extract.rules.numerals import parse_number
from extract.rules.rule import rule
from extract.rules.times import calendar
from extract.rules.times.calendar import Span

_HAN = "〇零一二三四五六七八九十"
YEAR = rf"(?:(?<!\d)(?:19|20|21)\d\d|(?<![{_HAN}])[一二][〇零一二三四五六七八九]{{3}})"
MONTH = rf"(?:(?<!\d)(?:1[0-2]|0?[1-9])|(?<![{_HAN}])(?:十[一二]?|[一二三四五六七八九元]))"
DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
TO = r"(?:-{1,2}|至|到)"

MONTH_DAY = rf"""
    (?:(?P<from_month>{MONTH})月?份?{TO})?(?P<month>{MONTH})月份?
    (?: (?:(?P<from_day>{DAY})[日号]?{TO})?(?P<day>{DAY})[日号]
      | 月?(?P<month_edge>[底末]|初(?!步|次|审|始))
      | (?P<tenth>中上|中下|[上中下])旬 )?
"""
_PART = rf"""
    (?: (?P<half>[上下])半年
      | 前(?P<upto>[二两三])个?季度
      | (?:第?(?P<from_quarter>[一二三四1-4])季?度?[、和及至到-]+)?
        第?(?P<quarter>[一二三四1-4])季度(?!一\p{{Han}})(?P<quarter_edge>[末底])?
      | {MONTH_DAY} )
"""
_EDGE = r"(?P<edge>年?[底末]|年?初(?!中|级|步|次|期|始|审|衷|心|三|二|一))"

POINT = rule(
    "point",
    rf"""(?x)
    (?: (?:(?P<from_year>{YEAR})(?:年?{TO}|(?:[、和及与]{YEAR}){{0,6}}?[、和及与]))?
        (?P<year>{YEAR})年度?
      | (?P<relative>[今本明后次翌当去上前往同]|第二)年度? )
    (?: {_EDGE} | 年?(?P<inside>内) | {_PART} )?
    """,
    source="contract deadlines rule 1; GB/T 15835",
    examples=(
        "于⟦2024年6月底⟧前",
        "⟦2024 年 6 月 30 日⟧前",
        "到⟦二〇二五年年底⟧",
        "⟦２０２４年第三季度⟧",
        "⟦2023—2025年⟧",
        "⟦2016、2017年度⟧",
        "⟦2024年3月至6月⟧",
        "⟦今年年底⟧",
        "⟦2024年6月月底⟧前",
        "⟦2024年6月1日至15日⟧",
        "⟦2026年上半年⟧",
        "⟦2025年⟧中期评估",
        "⟦2025年⟧初步建成",
    ),
    counter=("12024年", "3年行动", "三年内", "2024号", "近五年"),
)
"""A point that names its year, or says it in a word."""

BARE = rule(
    "point without a year",
    rf"""(?x)
    (?<![\d年个每第半前{_HAN}]) (?: {_PART} )
    | (?<![\d年去上前今明每近往半全当同多几某逐往{_HAN}])年(?P<edge>底|末(?!岁))
    | (?<![\d年去上前今明每近往半全当同多几数某逐两个{_HAN}])年(?P<inside>内)
    | (?<![年每近\d])(?P<whole>全年)(?!龄)
    """,
    source="contract deadlines rule 1: 8月底前, 年底前, 年内, 全年",
    examples=(
        "⟦8月底⟧前",
        "⟦年底⟧前",
        "⟦年内⟧完成",
        "⟦上半年⟧",
        "⟦三季度末⟧前",
        "⟦全年⟧完成",
        "⟦3-6月⟧",
    ),
    counter=("12个月", "每年底", "去年底", "三年内", "每季度末", "近年内"),
)
"""A point without a year: the sentence or the paper gives it."""

THIS_MONTH = rule(
    "month in a word",
    r"(?<![\p{Han}\d])月底|(?<!(?:成|根|资|日|基))(?:本|下)个?月(?:(?P<month_edge>月?[底末])|(?P<tenth>[上中下])旬|(?P<inside>内)"
    rf"|(?P<day>{DAY})[日号])",
    source="contract deadlines rule 1, relative to the paper",
    examples=("⟦本月底⟧前", "⟦月底⟧前报送", "⟦下月5日⟧前"),
    counter=("6月底前", "每月底前"),
)

BOTH_YEARS = rule(
    "this year and the next",
    r"今明[两二]年",
    source="contract deadlines rule 1, relative to the paper",
    examples=("⟦今明两年⟧，提高比例", "企业⟦今明两年⟧扩大招聘规模"),
    counter=("今年", "近两年", "两年内"),
)

PLAN = rule(
    "five-year plan",
    r"[“\"‘']?(?P<plan>十[一二三四五六七八九]?|[一二三四五六七八九])五[”\"’']?"
    r"(?:规划)?(?P<phase>期间|时期|期末|末期|期内|末)",
    source="contract deadlines rule 1: “十四五”期间, “十四五”末",
    examples=("⟦“十四五”期间⟧", "到⟦“十四五”末⟧", "⟦「十五五」时期⟧", "⟦十三五期间⟧"),
    counter=("“十四五”规划", "十五个工作日"),
)

SCHOOL_YEAR = rule(
    "school year",
    rf"(?P<year>{YEAR})(?:年?[-/]{YEAR})?学年度?",
    source="school years run from September to August",
    examples=("⟦2024—2025学年⟧", "⟦2024学年⟧"),
    counter=("2024年",),
)

NUMERIC = rule(
    "date in figures",
    r"(?<![\d./-])(?P<year>20\d\d)(?P<mark>[./-])(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9]))?(?![\d/%.]|-\d\d?\D)",
    source="GB/T 7408: 2024-06-30, 2024.6.30, 2024/6",
    examples=("⟦2024-06-30⟧前", "⟦2024.6.30⟧", "⟦2024/6⟧"),
    counter=("12024.6", "2024.123"),
)


@dataclass(frozen=True)
class Moment:
    """A point or range of time read from text[start:end].

    `form` is its finest part (edge, day, tenth, month, quarter, half, year, plan, word);
    `year` its last year; `printed` whether that year stands in the words or the sentence."""

    start: int
    end: int
    form: str
    span: Span | None
    year: int | None = None
    printed: bool = True
    ranged: bool = False


@dataclass(frozen=True)
class Era:
    """What gives a year to a point without one: the sentence so far, else the paper."""

    written_on: date | None
    year: int | None
    sentence: int | None = None


Reader = Callable[["regex.Match[str]", Era], Moment]


def _number(text: str) -> int:
    value = 1.0 if text == "元" else parse_number(text)
    return 0 if value is None else int(value)


def _groups(match: regex.Match[str]) -> dict[str, str]:
    return {key: value for key, value in match.groupdict().items() if value}


def _part(part: dict[str, str], year: int) -> tuple[str, Span | None]:
    """The form and the days of a part of a year."""
    if "month" in part:
        return _month(part, year)
    if "half" in part:
        return "half", calendar.months(year, *((1, 6) if part["half"] == "上" else (7, 12)))
    if "upto" in part:
        return "quarter", calendar.months(year, 1, 9 if part["upto"] == "三" else 6)
    if "quarter" in part:
        last = 3 * _number(part["quarter"])
        form = "edge" if "quarter_edge" in part else "quarter"
        first = 3 * _number(part.get("from_quarter", part["quarter"]))
        return form, calendar.months(year, min(first, last) - 2, last)
    if part.get("edge", "").endswith("初"):
        return "month", calendar.months(year, 1, 1)
    form = "edge" if "edge" in part else "inside" if "inside" in part else "year"
    return form, calendar.months(year, 1, 12)


def _month(part: dict[str, str], year: int) -> tuple[str, Span | None]:
    """The form and the days of a month, of some of its days, or of several months."""
    month = _number(part["month"])
    whole = calendar.months(year, month, month)
    form, span = "month", whole
    if "day" in part:
        last = calendar.day(year, month, _number(part["day"]))
        first = calendar.day(year, month, _number(part.get("from_day", part["day"])))
        if last is None or first is None:
            return "day", None
        form, span = "day", Span(first.first, last.last)
    elif "tenth" in part:
        form, span = "tenth", calendar.ten_days(year, month, part["tenth"])
    elif part.get("month_edge") == "初":
        form, span = "tenth", calendar.ten_days(year, month, "上")
    elif "month_edge" in part:
        form = "edge"
    if "from_month" in part:
        first_month = _number(part["from_month"])
        if first_month > month:
            return form, None
        span = Span(date(year, first_month, 1), span.last)
    return form, span if span.first <= span.last else None


def _is_range(part: dict[str, str]) -> bool:
    return any(key in part for key in ("from_year", "from_month", "from_day"))


_YEARLY = regex.compile(r"每[^。\n]*$")


def _names_action(match: regex.Match[str], part: dict[str, str]) -> bool:
    """Whether 当年 is the paper's year: 于当年5月20日前公布, not 年满6周岁(至当年8月31日止)."""
    before = match.string[: match.start()]
    return len(part) > 1 and before.endswith(("于", "从", "自")) and not _YEARLY.search(before)


_SHIFT = {"今": 0, "本": 0, "明": 1, "后": 2}


def _point(match: regex.Match[str], era: Era) -> Moment:
    part = _groups(match)
    place = match.start(), match.end()
    printed = "year" in part
    if printed:
        year: int | None = _number(part["year"])
    elif part["relative"] in ("次", "翌", "第二"):
        year, printed = (era.sentence + 1 if era.sentence else None), True
    elif part["relative"] in _SHIFT and era.year is not None:
        base = era.written_on.year if era.written_on else era.year
        year = base + _SHIFT[part["relative"]]
    elif part["relative"] == "当" and _names_action(match, part):
        year = era.sentence or era.year
    else:
        year = None
    if year is None:
        return Moment(*place, "word", None, None, False)
    form, span = _part(part, year)
    if span and "from_year" in part:
        first = _number(part["from_year"])
        span = Span(date(first, 1, 1), span.last) if first <= year else None
    return Moment(*place, form, span, year, printed, _is_range(part))


def _bare(match: regex.Match[str], era: Era) -> Moment:
    part = _groups(match)
    year, printed = era.sentence or era.year, era.sentence is not None
    if year is None:
        return Moment(match.start(), match.end(), "word", None, None, False)
    form, span = _part(part, year)
    late = era.written_on is not None and era.written_on.month >= 11 and not printed
    if late and span and era.written_on and span.last.month <= 6 and span.last < era.written_on:
        year += 1
        form, span = _part(part, year)
    return Moment(match.start(), match.end(), form, span, year, printed, _is_range(part))


def _this_month(match: regex.Match[str], era: Era) -> Moment:
    part = _groups(match)
    if era.written_on is None:
        return Moment(match.start(), match.end(), "word", None, None, False)
    month = calendar.add_months(era.written_on.replace(day=1), 1 if "下" in match[0] else 0)
    form, span = _month({"month": str(month.month), **part}, month.year)
    form = "edge" if "底" in match[0] or "inside" in part else form
    return Moment(match.start(), match.end(), form, span, month.year, False)


def _both_years(match: regex.Match[str], era: Era) -> Moment:
    if era.written_on is None:
        return Moment(match.start(), match.end(), "word", None, None, False)
    year = era.written_on.year
    span = Span(date(year, 1, 1), date(year + 1, 12, 31))
    return Moment(match.start(), match.end(), "year", span, year + 1, False, True)


def _plan(match: regex.Match[str], era: Era) -> Moment:
    span = calendar.five_year_plan(_number(match["plan"]))
    form = "edge" if match["phase"] in ("末", "期末", "末期") else "plan"
    return Moment(match.start(), match.end(), form, span, span.last.year)


def _school_year(match: regex.Match[str], era: Era) -> Moment:
    span = calendar.school_year(_number(match["year"]))
    return Moment(match.start(), match.end(), "plan", span, span.last.year)


def _numeric(match: regex.Match[str], era: Era) -> Moment:
    part = _groups(match)
    year = _number(part["year"])
    form, span = _month(part, year)
    return Moment(match.start(), match.end(), form, span, year)


_READERS: tuple[tuple[regex.Pattern[str], Reader], ...] = (
    (SCHOOL_YEAR, _school_year),
    (PLAN, _plan),
    (BOTH_YEARS, _both_years),
    (POINT, _point),
    (NUMERIC, _numeric),
    (THIS_MONTH, _this_month),
    (BARE, _bare),
)
_CLOCK = (
    r"(?:\((?:星期|周)[一二三四五六日天]\))?(?:[上中下]午|凌晨|晚上?)?"
    r"\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半|整)?)"
)
_JOIN = regex.compile(rf"(?:{_CLOCK})?[起]?,?{TO}")
_CLOCK_BEHIND = regex.compile(_CLOCK)
_HOURS = regex.compile(rf"{_CLOCK}{TO}{_CLOCK}")
"""From when to when on one day: 6月2日10:00-15:00."""
_SECOND_DAY = regex.compile(rf"(?P<day>{DAY})[日号]")


def read_moment(text: str, at: int, era: Era) -> Moment | None:
    """The point or range of time that begins at text[at], or None."""
    first = _read_one(text, at, era)
    if first is None or first.ranged:
        return first
    if first.form == "day" and (hours := _HOURS.match(text, first.end)):
        return replace(first, end=hours.end())
    join = _JOIN.match(text, first.end)
    if join is None:
        return first
    second = _read_one(text, join.end(), replace(era, sentence=first.year or era.sentence))
    if second is None or second.form == "word":
        return first
    span = None
    if first.span and second.span and first.span.first <= second.span.last:
        span = Span(first.span.first, second.span.last)
    printed = first.printed
    clock = _CLOCK_BEHIND.match(text, second.end)
    end = clock.end() if clock else second.end
    return Moment(at, end, second.form, span, second.year, printed, ranged=True)


def _read_one(text: str, at: int, era: Era) -> Moment | None:
    for pattern, reader in _READERS:
        if match := pattern.match(text, at):
            return reader(match, era)
    return None


@dataclass(frozen=True)
class Timed:
    """A time expression with its value, text[i:j] of the view: the columns of `deadlines`."""

    i: int
    j: int
    kind: str
    start_on: date | None = None
    end_on: date | None = None
    recurrence: str | None = None
    anchor: str | None = None
    duration: str | None = None
    working_days: bool = False
    ongoing: bool = False
    inferred: bool = False
    hedged: bool = False

    @property
    def valued(self) -> bool:
        """Whether the words gave the value that its kind calls for."""
        need = {
            "by": self.end_on,
            "in": self.start_on,
            "from": self.start_on or self.anchor,
            "until": self.end_on or self.duration,
            "within": self.duration,
            "recurring": self.recurrence,
        }
        return need.get(self.kind, self.kind) is not None
