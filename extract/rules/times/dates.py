"""Deadlines: every time expression of a text that says when something is due, or when it holds.

Built to the contract's table `deadlines`, rules 1 to 3. The words of a point of time are read by
`times`, what recurs by `recurring`, terms by `durations`; `time_context` knows what is no deadline;
here they are found, given their kind and mapped back to the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extract import lazy as regex
from extract.lens import View
from extract.model import Setting
from extract.rules.rule import rule
from extract.rules.times import time_context as context
from extract.rules.times.cells import ONGOING, carried_on
from extract.rules.times.durations import (
    SENTENCE_END,
    TERM,
    read_since,
    read_span,
    read_term,
    read_validity,
    with_last_day,
)
from extract.rules.times.recurring import NEXT_MONTH, YEARS_EACH, read_recurring
from extract.rules.times.reviews import looks_back
from extract.rules.times.times import Era, Moment, Timed, read_moment

_NUMERAL = r"[\d〇零一二两三四五六七八九十半]"
_SINCE_AHEAD = r"(?=[^,。;:\n]{1,30}?(?:之日|当日|次日|当[天月年]|次[月年]|之时|日)起)"
SCAN = regex.compile(
    r"(?=[每按双一半用利经通自从即暂有试实施执\d〇零二两三四五六七八九十第前上下今本明后次翌当去往同年全月“\"‘'])"
    # asked first: what an expression of time begins with
    rf"(?:每|按(?=[季月周旬半年学])|双(?=月)|(?:一[年季月周旬]|半年)(?=一)|(?:用|利用|经过|通过){_NUMERAL}|[自从]{_SINCE_AHEAD}|即日起|[自从]现在起|暂定(?=为?{_NUMERAL}{{1,3}}个?[年月])|(?:有效|试行|实施|执行|施行)期|试行(?={_NUMERAL})"
    rf"|(?<!\d)\d{{1,4}}(?=个?[年月日天周小分工季学星自]|[-至到./]\d|[、和及与](?:20\d\d[、和及与])*20\d\d年)"
    r"|(?<![〇零一二三四五六七八九十])[〇零一二两三四五六七八九十半]{1,4}(?=个?[年月日天周小分工季学星自]|[-至到])"
    r"|第?[一二三四1-4]季度|前[二两三]个?季度|[上下]半年|今明[两二]年|[今本明后次翌当去上前往同]年|第二年|(?<!\d)年[底末内]|全年"
    r"|[本下]个?月|次月(?=\d)|(?<!\p{Han})月底|[“\"‘']?十?[一二三四五六七八九]五(?=[”\"’']?(?:规划)?(?:期|时|末))"
    r"|[“\"‘']十五(?=[”\"’']?(?:规划)?(?:期|时|末)))"
)
_HOUR = r"(?:[上中下]午)?(?:\d{1,2}[时点:](?:\d{1,2}分?)?|零时)?"
_FORE = (
    r"前(?!后|[两二三]个?季|(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月"
    r"|提(?![交出供前请报升高取])|期|列|述|往|沿|端|瞻|景|来|置)"
)
AFTER = rule(
    "what follows a point of time",
    rf"(?P<before>(?:\((?:不?含|包括|星期|周)[^()]*+\))?{_HOUR}(?:下班)?(?:之|以)?{_FORE})"
    r"|(?P<inside>(?:之|以)?内(?!部|容|外|河|陆|涝|地|销|设))"
    r"|(?P<since>以来|至今|迄今)|(?P<later>以后|之后|后(?!续|期|勤|备|台|评))"
    rf"|(?P<first>{_HOUR}起(?!草|点|来|步|诉)|开始)"
    r"|(?P<autumn>秋季(?:学期)?(?:起|开始))|(?P<spring>春季(?:学期)?(?:起|开始))"
    r"|(?P<during>期间)|(?P<about>左右|前后)",
    source="contract deadlines: kind",
    examples=(
        "⟦前⟧",
        "⟦（星期五）前⟧反馈",
        "⟦之前⟧",
        "⟦起⟧施行",
        "⟦期间⟧",
        "⟦以来⟧",
        "⟦(含)前⟧提交",
    ),
    counter=("前三个季度", "起草", "三季度"),
)
_VALID = (
    r"(?:(?:有效|施行|执行|实施|试行|缓缴|优惠|政策)?期限?|政策时间|施行|执行|实施|试行|延长|延续|顺延|延期|可?延)"
    r"(?:为|调整|延长|延续|延|截)?"
)
BEFORE = rule(
    "what stands before a point of time",
    rf"(?P<valid>{_VALID}(?:截至|截止至?|截止到|至|到))$"
    r"|(?P<upto>截至|截止到?|(?<![达得收受高低加减少增升降做拓起])到"
    r"|(?<![截止压缩减少增至低高升短长降提起计])至|展望)$"
    r"|(?P<since>[自从])$|(?P<at>[在于])$|(?P<span>(?:规划|禁渔|休渔|防火|禁牧|禁采|报名|申报|征集)期限?[为是:])$"
    r"|(?P<due>(?:截止|截至)(?:日期?|时间|时限|期限)(?:为|是|:)|完成(?:日期?|时间|时限|期限)[为是])$"
    r"|(?P<label>(?:完成|办结|落实|整改)(?:日期?|时间|时限|期限):)$",
    source="contract deadlines: kind; quotes take in 到 and 自",
    examples=("⟦到⟧", "⟦有效期至⟧", "政策⟦执行期限至⟧", "最长⟦可延至⟧", "⟦自⟧", "应⟦于⟧"),
    counter=("提高到", "压缩至"),
)
_LISTED_BEFORE = regex.compile(
    r"(?:[、和及与](?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[底末]))++(?:之|以)?前"
)
"""Behind a day in a list that one 前 closes: 6月15日、9月15日、12月5日前."""
_HEDGE = regex.compile(r"(?:原则上|力争|争取)(?:[在于到])?$")
_TRIED = regex.compile("力争|争取")
"""2020年力争实现."""
_ENDED = regex.compile("完成|建成|实现|取得")
_AND_ON = regex.compile(
    rf"(?:之?前)?\s?(?:基本|全面|全部)?(?:完成|建成|实现|取得\p{{Han}}{{2,8}}|启动)?[,、;\s]?(?:并|且|后|和)?[,、\s]?(?P<word>{ONGOING})"
)
_FOR_GOOD = regex.compile(r"(?:至|到|-)(?:长期|永久)(?=[)\s,。;]|$)")
"""2023年12月至长期."""
_HOLDS = regex.compile(r",?(?:正式|开始)?(?:施行|实施|执行|试行|生效|启动|开始)")
_NO_DATE = regex.compile(
    r"(?:春节|国庆|元旦|五一|中秋|汛期|两会|开学|入冬|采暖季|供暖季)[^,。]{0,3}前|\s?[Xx×＊*]{0,2}月?[Xx×＊*]{0,2}日|[Xx×]"
    r"|(?:效能|绩效|综合|目标(?:责任)?){1,3}(?:考核|考评)(?:体系|内容|范围|依据|指标)"
)
_FIGURES = regex.compile(r"[\d./-]+")
_YEARS_ALONE = regex.compile(r"(20\d\d)(?:-(20\d\d))?")
_STOP = regex.compile(r"止")
_CLOSES = regex.compile(r"为[^,。;:\n]{0,20}?(?:截止|最后)")
_NEXT_YEAR = regex.compile("下一?年度?$")
_OWN_MONTHS = regex.compile(r"[^,。;:\n]{0,20}?[于在]\d{1,2}月")
"""今年我委将于5月、10月组织检查: the months say when."""
_NAMES_YEAR = regex.compile(r"\d{4}|[今明本当次翌]年")
_SAID_APART = regex.compile(rf"{SENTENCE_END.pattern}|\A[^()]*\)")
_TITLE_YEAR = regex.compile(r"(?<!\d)20\d\d(?=年|学年)")
_TITLE_LENGTH = 100
_GRACE = timedelta(days=31)
_LONG = ("year", "plan", "word")
Column = Literal["due", "held"]
"""What the days of a table's column say: by when something is due, or on which it takes place."""


@dataclass(frozen=True)
class TimeMention:
    """A deadline's words and value; `i`, `j` count in the view, the others are the columns of
    `deadlines`."""

    char_start: int
    char_end: int
    quote: str
    kind: str
    start_on: date | None
    end_on: date | None
    recurrence: str | None
    anchor: str | None
    duration: str | None
    working_days: bool
    ongoing: bool
    inferred: bool
    hedged: bool
    i: int
    j: int


def read_times(
    view: View, setting: Setting, column: Column | None = None
) -> tuple[list[TimeMention], list[TimeMention]]:
    """The deadlines of a task's text, of a paragraph or of the cell of a `column`; and those whose
    date cannot be told: no year in the paper, a day that does not exist."""
    found = _read(view, setting, column)
    return (
        [_mention(view, item) for item in found if item.valued],
        [_mention(view, item) for item in found if not item.valued],
    )


def _mention(view: View, found: Timed) -> TimeMention:
    start, end = view.span(found.i, found.j)
    values = {name: getattr(found, name) for name in Timed.__dataclass_fields__}
    return TimeMention(char_start=start, char_end=end, quote=view.source[start:end], **values)


def _read(view: View, setting: Setting, column: Column | None) -> list[Timed]:
    text = view.masked
    if column is None and text and looks_back(view.source, view.span(0, 1)[0]):
        return []
    found = list(_scan(text, view.source, setting, column))
    if column and (years := _YEARS_ALONE.fullmatch(text)):
        first, last = int(years[1]), int(years[2] or years[1])
        return [Timed(0, len(text), "in", date(first, 1, 1), date(last, 12, 31))]
    found = [kept for item in found if (kept := with_last_day(text, item, found))]
    return carried_on(text, found) if column else found


def _scan(text: str, source: str, setting: Setting, column: Column | None) -> Iterator[Timed]:
    """Every time expression from left to right; what is read once is not read again. A paper
    without a date of its own has the year of its title, else of its number."""
    reader = _Reader(text, setting, column)
    if reader.year is None:
        titled = _TITLE_YEAR.search(source, 0, _TITLE_LENGTH)
        reader.year = int(titled[0]) if titled else setting.numbered_in
    for hit in SCAN.finditer(text):
        if hit.start() >= reader.end:
            yield from reader.read(hit.start())


_VALID_YEARS = regex.compile(rf"{_NUMERAL}{{1,2}}年的?有效期")
_OTHERS = {**dict.fromkeys("自从即", read_since), **dict.fromkeys("有试实执施暂", read_validity)}


class _Reader:
    """Reads expressions one after another and remembers the year of the sentence."""

    def __init__(self, text: str, setting: Setting, column: Column | None) -> None:
        self.text = text
        self.column = column
        self.written_on = setting.written_on
        self.issued_on = None if setting.draft else setting.written_on
        self.plan_start = setting.plan_start
        year = setting.written_on.year if setting.written_on else None
        if setting.plan_start and (year is None or setting.plan_start > year):
            year = setting.plan_start
        self.year = year
        self.end = 0
        self._said: tuple[int, int] | None = None
        self._yearly: Timed | None = None

    def read(self, at: int) -> list[Timed]:
        """The mentions that begin at text[at]; moves `end` behind what was read."""
        text, first = self.text, self.text[at]
        each = text.startswith("年", at + 1) and YEARS_EACH.match(text, at)
        if first in "每按双一半" or each or (first == "次" and NEXT_MONTH.match(text, at)):
            self.end, found = read_recurring(text, at)
            if found and (found[-1].recurrence or "").startswith("FREQ=YEARLY"):
                self._yearly = found[-1]
            if found or first in "每按双":
                return found
        if first in "用利经通":
            self.end, one = read_span(text, at)
            return [one] if one else []
        if first in _OTHERS or _VALID_YEARS.match(text, at):
            self.end, one = _OTHERS.get(first, read_validity)(text, at, self.issued_on)
            return [self._from_now_to(one)] if one else []
        moment = read_moment(text, at, self._era(at))
        if moment is None:
            self.end, one = read_term(text, at, self.issued_on)
            return [one] if one else []
        self.end = moment.end
        if moment.year and moment.printed and moment.form != "plan":
            self._said = moment.year, moment.end
        return [self._each_year(item, moment) for item in self._judged(moment)]

    def _each_year(self, item: Timed, moment: Moment) -> Timed:
        """每年2月底前…,3月底前…: a day without a year behind 每年 is of each year too."""
        last = self._yearly
        if last is None or last.recurrence is None or item.kind != "by" or item.end_on is None:
            return item
        apart = moment.form not in ("day", "month", "edge", "tenth")
        own = _NAMES_YEAR.search(self.text, moment.start, moment.end) is not None
        if apart or own or _SAID_APART.search(self.text[last.j : item.i]):
            return item
        on = item.end_on
        day = on.day if moment.form in ("day", "tenth") else -1
        rule = f"{last.recurrence.partition(';BY')[0]};BYMONTH={on.month};BYMONTHDAY={day}"
        return Timed(item.i, item.j, "recurring", recurrence=rule, hedged=item.hedged)

    def _from_now_to(self, item: Timed) -> Timed:
        """即日起至2024年12月31日 is one span of time."""
        if item.anchor != "即日" or not self.text.startswith(("至", "到"), item.j):
            return item
        last = read_moment(self.text, item.j + 1, Era(self.written_on, self.year))
        if last is None or last.span is None:
            return item
        stop = _STOP.match(self.text, last.end)
        self.end = stop.end() if stop else last.end
        return replace(item, j=self.end, kind="in", end_on=last.span.last, anchor=None)

    def _era(self, at: int) -> Era:
        """What gives a point without a year its year: 下一年度1月15日前 lies in the next."""
        if self.year is not None and _NEXT_YEAR.search(self.text, max(0, at - 4), at):
            return Era(self.written_on, self.year + 1)
        return Era(self.written_on, self.year, self._sentence_year(at))

    def _sentence_year(self, at: int) -> int | None:
        if self._said is None or SENTENCE_END.search(self.text, self._said[1], at):
            return None
        return self._said[0]

    def _judged(self, moment: Moment) -> list[Timed]:
        """The mention of a point of time, or none when it is no deadline."""
        text = self.text
        after = AFTER.match(text, moment.end)
        before = BEFORE.search(text[max(0, moment.start - 12) : moment.start])
        suffix = after.lastgroup if after else None
        prefix = before.lastgroup if before else None
        end = after.end() if after and suffix not in ("since", "later") else moment.end
        if suffix == "first" and TERM.match(text, end):
            self.end = moment.end
            return []
        scene = moment.form in _LONG and suffix != "before" and context.SCENE.match(text, end)
        if scene or _NO_DATE.match(text, moment.end):
            return []
        if moment.span and (forever := _FOR_GOOD.match(text, moment.end)):
            self.end = forever.end()
            first = moment.span.first
            return [Timed(moment.start, self.end, "from", first, ongoing=True)]
        if moment.form == "word" and suffix not in ("before", "inside"):
            return []
        if self.column is None and self._is_no_deadline(moment, end, suffix, prefix):
            return []
        kind, end = self._kind(moment, end, suffix, prefix)
        if kind is None or (kind == "in" and not self._stands(moment, end, suffix, prefix)):
            return []
        apart = moment.form in ("day", "tenth", "plan")
        bare = not apart and suffix is None and not moment.ranged
        bare = bare and not text.startswith("全年", moment.start)
        if kind == "in" and bare and context.is_level(text, end):
            kind = "by"
        start = moment.start
        if before and prefix not in ("at", "due", "label", "span"):
            start -= len(before[0])
        self.end = end
        item = self._timed(moment, kind, start, end, suffix)
        if self.column is None and self._is_past(item, moment):
            return []
        return [self._goes_on(item)]

    def _is_no_deadline(
        self, moment: Moment, end: int, suffix: str | None, prefix: str | None
    ) -> bool:
        text, start = self.text, moment.start
        if suffix in ("since", "later") or context.is_titled(text, start, end):
            return True
        ahead = self.written_on and moment.span and moment.span.last > self.written_on
        till = text[max(0, start - 3) : start].endswith(("截至", "截止", "截止到")) and ahead
        till = till or context.is_aim(text, start, end)
        if prefix != "valid" and not till and context.is_compared(text, start):
            return True
        if context.is_look_back(text, end) or context.is_slogan(text, start, end):
            return True
        if context.is_condition(text, start, end) or context.is_birth(text, end):
            return True
        if context.is_cited(text, start) or context.is_attribute(text, start, end):
            return True
        plain = suffix is None and prefix is None and not moment.ranged
        return (
            plain
            and moment.form in ("day", "tenth", "month", "year")
            and context.is_paper_date(text, start, end)
        )

    def _kind(
        self, moment: Moment, end: int, suffix: str | None, prefix: str | None
    ) -> tuple[str | None, int]:
        """The kind of a deadline, and where its words end."""
        if prefix == "valid":
            stop = _STOP.match(self.text, end)
            return "until", stop.end() if stop else end
        if suffix in ("first", "autumn", "spring"):
            return "from", end
        if prefix == "since" and suffix is None and not moment.ranged:
            return ("from" if _HOLDS.match(self.text, end) else None), end
        if suffix in ("before", "inside") or moment.form in ("edge", "inside"):
            return ("in" if moment.ranged and suffix != "before" else "by"), end
        if _LISTED_BEFORE.match(self.text, end):
            return "by", end
        told = self.column == "due" or prefix == "label"
        if told and moment.form == "day" and suffix is None and not moment.ranged:
            return "by", end
        if prefix == "due" or (
            prefix == "upto" and not moment.ranged and suffix in (None, "about")
        ):
            return "by", end
        if moment.form == "day" and not moment.ranged and _CLOSES.match(self.text, end):
            return "by", end
        whole = self.text.startswith("全年", moment.start)
        if suffix is None and not moment.ranged and not whole:
            done = context.COMPLETED.match(self.text[end : end + 16])
            if done and moment.form != "plan":
                return "by", end + done.end() if moment.form == "year" else end
        return "in", end

    def _stands(self, moment: Moment, end: int, suffix: str | None, prefix: str | None) -> bool:
        """Whether a bare span of time is the time of an action."""
        if self.column or suffix in ("during", "inside") or prefix in ("since", "label", "span"):
            return True
        words = self.text[moment.start : moment.end]
        if words.startswith("今明"):
            return not self.text.startswith("的", end)
        if words == "全年":
            return context.is_year_long(self.text, moment.start, end)
        if (words[0] in "本次翌第" and moment.form == "year") or _FIGURES.fullmatch(words):
            return False
        if words[0] == "今" and _OWN_MONTHS.match(self.text, end):
            return False
        bracketed = self.text[max(0, moment.start - 1) : moment.start] + self.text[end : end + 1]
        if bracketed == "()":
            year_named = self.text[: moment.start - 1].endswith(("年度", "年度内"))
            return moment.form in ("day", "month", "tenth") and not year_named
        return context.governs_action(self.text, moment.start, end, moment.form == "day")

    def _timed(self, moment: Moment, kind: str, start: int, end: int, suffix: str | None) -> Timed:
        span = moment.span
        first = span.first if span and kind in ("in", "from") else None
        if first and suffix in ("autumn", "spring"):
            first = date(first.year, 9, 1) if suffix == "autumn" else None
        last = span.last if span and kind in ("by", "in", "until") else None
        about = suffix == "about" or self.text.startswith("左右", end)
        hedged = about or _HEDGE.search(self.text[max(0, start - 5) : start]) is not None
        hedged = hedged or _TRIED.search(self.text, start, end) is not None
        term = suffix == "spring" and self.text[start:end].lstrip("自从")
        told = Timed(start, end, kind, first, last, anchor=term or None, hedged=hedged)
        return told if moment.printed else replace(told, inferred=True)

    def _is_past(self, item: Timed, moment: Moment) -> bool:
        """Whether the day lies so far before the paper that the text looks back on it."""
        if moment.span is None:
            return False
        day = moment.span.last
        if item.kind == "in" and self.written_on and day <= self.written_on:
            return True
        if self.plan_start and day.year >= self.plan_start:
            return False
        if self.written_on is None:
            return self.plan_start is not None and day.year < self.plan_start
        if item.kind in ("by", "from") and day.year == self.written_on.year:
            return False
        return day < self.written_on - _GRACE

    def _goes_on(self, item: Timed) -> Timed:
        """完成并长期坚持 behind a date makes it one row that goes on."""
        on = _AND_ON.match(self.text, item.j)
        if on is None or not (self.column or "并" in on[0]):
            return item
        self.end = on.end()
        kind = "by" if item.kind == "in" and _ENDED.search(on[0]) else item.kind
        start = None if kind == "by" else item.start_on
        return replace(item, j=on.end(), kind=kind, start_on=start, ongoing=True)
