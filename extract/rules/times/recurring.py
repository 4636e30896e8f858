"""What recurs: 每年, 每半年, 每年4月15日前, 每季度末, 每周五, as RFC 5545 rules."""

from __future__ import annotations

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.numerals import parse_number
from extract.rules.rule import rule
from extract.rules.times.time_context import ACT, is_condition, is_money
from extract.rules.times.times import DAY, MONTH_DAY, Timed

EVERY = rule(
    "every",
    r"每隔?(?P<count>\d{1,2}|[一两二三四五六七八九十])?个?"
    r"(?P<unit>半年|半个?月|季度?(?!节)|学期|学年度?|年度?(?!龄|均)|月(?!嫂|均)|周(?!岁|期|边|转|年|均|[5-7五六七]天)|星期|旬"
    r"|[天日](?!均|常|程|志|益|后))",
    source="contract deadlines: recurring; RFC 5545",
    examples=(
        "⟦每半年⟧至少一次",
        "⟦每两年⟧修订",
        "⟦每个季度⟧",
        "每人⟦每年⟧",
        "⟦每年度⟧",
        "⟦每2年⟧",
    ),
    counter=("每人", "每周岁", "每年龄段", "每件", "每周7天"),
)
_TOLD = alternation(terms("time_words", kind="told"))
_NOT_NAMED = r"(?!(?:、\p{Han}{2}一\p{Han}{2}){0,4}\p{Han}{0,6}(?:制度|机制|办法|体系))"
REGULAR = rule(
    "done by the quarter",
    r"(?:按(?P<unit>季度?|月度?|周|旬|半年|年度?|学年|学期)|(?P<unit>双月))(?=(?:[向将对][^,。;:\n]{2,24}?(?:进行)?|及时|定期|统一|逐级)?"
    rf"(?:{_TOLD}|开展|组织|召开|进行|公告|做好|修订){_NOT_NAMED})",
    source="contract deadlines: recurring (按季度向省厅报送)",
    examples=("⟦按季度⟧向省厅报送进展", "⟦按月⟧通报", "⟦按季⟧调度", "⟦按学年⟧公布", "⟦双月⟧调度"),
    counter=("按月发放补贴", "按年度计划报送", "按时报送", "建立按月统计发布制度"),
)
ONE_EACH = rule(
    "one in each",
    rf"(?<![\d一二三四五六七八九十两百])(?P<unit>一(?:年度?|季度?|月度?|周|旬)|半年)一{_TOLD}{_NOT_NAMED}",
    source="contract deadlines: recurring (一月一督查)",
    examples=("⟦一月一督查⟧,", "⟦半年一总结⟧。", "⟦一季一通报⟧"),
    counter=("一月一主题", "建立一月一调度机制", "一年一度"),
)
YEARS_EACH = rule(
    "one in some years",
    r"(?<![\d一二三四五六七八九十第])(?P<count>[2-9]|[两二三四五六])年(?:为?一个?(?:周期|轮|评|检|审|修|换|复核|更新))",
    source="contract deadlines: recurring (三年一轮)",
    examples=("⟦三年一轮⟧开展轮训", "教师⟦5年一周期⟧的全员轮训"),
    counter=("第三年一轮", "一年一度", "三年一小步"),
)
NEXT_MONTH = rule(
    "by a day of the next month",
    rf"次月(?P<day>{DAY})[日号](?:之|以)?前",
    source="contract deadlines: recurring, of what is done for each month",
    examples=("每月汇总,⟦次月3日前⟧报送", "⟦次月5日前⟧将本单位上月小结报送"),
    counter=("次月起", "次月发放"),
)
_MONTHLY = regex.compile("每月|按月|逐月|月报|月度|[上当]月")
_BEFORE = r"(?P<before>(?:之|以)?前)?"
_RANKED = (
    r"的?(?P<rank>最后一|第[一二三四1-4]|首)个?"
    r"(?:(?:周|星期)(?P<ranked>[一二三四五六日天])|(?P<working>工作日))"
)
"""每月最后一个周五, 每季度第一个工作日."""
_POINTS = {
    "年": regex.compile(
        rf"(?x)的?(?: 年?(?P<edge>[底末初])(?!中|级|步|次|期|始|审|数) | {MONTH_DAY}"
        rf"  | 第?(?P<quarter>[一二三四1-4])季度(?P<quarter_edge>[末底])?"
        rf"  | (?P<half>[上下])半年 ) {_BEFORE}"
    ),
    "月": regex.compile(
        rf"(?:的?(?:(?P<from_day>{DAY})日?[-至到])?(?P<day>{DAY})[日号](?!均)|月?(?P<edge>[底末初])|(?P<tenth>[上中下])旬|{_RANKED}){_BEFORE}"
    ),
    "季": regex.compile(
        rf"(?:{_RANKED}|(?:(?P<nth>[首次末]|最后一个?)月|第(?P<nth>[一二三1-3])个?月|季?度?(?P<nth>末)(?={DAY}[日号]))的?(?:(?P<day>{DAY})[日号]|(?P<month_edge>[底末]))?"
        rf"|季?度?(?P<edge>[底末])){_BEFORE}"
    ),
    "半": regex.compile(rf"年?(?P<edge>[底末]){_BEFORE}"),
    "周": regex.compile(
        r"(?:(?P<weekday>[一二三四五六日天])(?=前|之前|[上下]午|晚|[,。、])"
        r"|(?P<weekday>[二三四五六日])(?!次|个|天|场|节|小时|名|期|课|篇|例|件|条))(?P<before>前)?"
    ),
}
_UNTIL = regex.compile(
    rf"(?x)(?:-|至|到)(?:次年|翌年|第二年|当年|次月|年)?的?(?:{MONTH_DAY}|年?[底末])前?"
)
_IN_ITS_MONTH = regex.compile(
    r"(?!\d)[^,。;:\n\d]{2,24}?[于在](?:当月(?:[底末]|(?P<day>\d{1,2})日)|次月(?P<day>\d{1,2})日)(?:之|以)?前"
)
"""每月工作完成情况于当月底前, 每月进展于次月5日前: by which day of each month."""
_MORE = regex.compile(r"[、和及与或]")
_MONTHS_OF_QUARTERS = {
    **dict.fromkeys("首一1", "1,4,7,10"),
    **dict.fromkeys("次二2", "2,5,8,11"),
    **dict.fromkeys(("末", "三", "3", "最后一", "最后一个"), "3,6,9,12"),
}
_DAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_RANKS = {"最后一": -1, "首": 1}
_NO_ACTION = regex.compile(
    r"(?:平均|人均|户均|最多|至多|根据|结合|增加了|近\S{1,3}年,?|连续\S{1,3}年,?|以来,?|同比|其后|此后|(?<![可所难加予得])以)$"
)
_ATTRIBUTE = regex.compile(
    r"\p{Han}{0,8}次数(?:最多|不超过|限)|的(?!\d)|一度|\p{Han}{1,4}的(?:免费|培训|活动|考试)|(?:仅|只|只能|能够?|可(?!靠)|可以|限|最多|均可)(?!持续)"
)
_NOMINAL = regex.compile(rf"(?:\p{{Han}}{{0,4}}?(?:{ACT}|至少|对|向|[应须要不]))|[,]")
_ACT_SOON = regex.compile(rf"[^,。;:\n]{{0,16}}?{ACT}")
_NAMED = regex.compile(r"[“\"]每\p{Han}{1,2}一\p{Han}{1,3}[”\"]")
"""The name of a practice: “每月一题”."""
_HOURS = regex.compile(r"[^,。;:\n]{0,20}?\d[\d.]*个?(?:小时|分钟)")
_RATE = regex.compile(
    r"按(?!照|时|期|要求|规定|程序|季|月)[^,。;\n]{0,30}?(?:缴纳|标准|比例|%|计算|折算|计发)"
)


_SHARE_OF = regex.compile(r"按照?每年度?[^,。;\n]{2,16}的\d[\d.]*%")
"""按照每年购买总费用的50%: the sum of which it is a share."""


def read_recurring(text: str, at: int) -> tuple[int, list[Timed]]:
    """What begins with 每 at text[at]: where it ends, and its mentions, none for an attribute."""
    match = EVERY.match(text, at)
    if match is None:
        return _regular(text, at)
    points, end = _points(text, match)
    if _is_no_deadline(text, match, end):
        return end, []
    hedged = text[max(0, at - 3) : at].endswith(("原则上", "力争", "争取"))
    base, fixed = _frequency(match["unit"], int(parse_number(match["count"] or "1") or 1))
    if points and (until := _UNTIL.match(text, end)):
        return until.end(), [Timed(at, until.end(), "recurring", recurrence=base, hedged=hedged)]
    if match["unit"] == "月" and not match["count"] and (own := _IN_ITS_MONTH.match(text, end)):
        days = ";BYMONTHDAY=" + (own["day"] or "-1")
        return own.end(), [Timed(at, own.end(), "recurring", recurrence=base + days, hedged=hedged)]
    if not points:
        return end, [Timed(at, match.end(), "recurring", recurrence=base + fixed, hedged=hedged)]
    parts = _merged([(_narrowing(point, match["unit"]), point.end()) for point in points])
    if "nth" in points[0].groupdict() and points[0]["nth"]:
        base = "FREQ=YEARLY"
    found, start = [], at
    for part, stop in parts:
        found.append(Timed(start, stop, "recurring", recurrence=base + part, hedged=hedged))
        start = stop + 1
    return end, found


def _regular(text: str, at: int) -> tuple[int, list[Timed]]:
    """按季度 before an act of reporting, 一月一督查, 三年一轮, 次月3日前."""
    if years := YEARS_EACH.match(text, at):
        base, _ = _frequency("年", int(parse_number(years["count"]) or 1))
        return years.end(), [Timed(at, years.end(), "recurring", recurrence=base)]
    if day := NEXT_MONTH.match(text, at):
        monthly = _MONTHLY.search(text, 0, at) or _MONTHLY.search(text, day.end())
        rule = f"FREQ=MONTHLY;BYMONTHDAY={int(parse_number(day['day']) or 1)}"
        return day.end(), [Timed(at, day.end(), "recurring", recurrence=rule)] if monthly else []
    match = REGULAR.match(text, at) or ONE_EACH.match(text, at)
    if match is None:
        return at + 1, []
    unit = match["unit"].removeprefix("一")
    base, fixed = _frequency(unit.removeprefix("双"), 2 if unit.startswith("双") else 1)
    return match.end(), [Timed(at, match.end(), "recurring", recurrence=base + fixed)]


def _is_no_deadline(text: str, match: regex.Match[str], end: int) -> bool:
    start = match.start()
    if end == match.end() and _ATTRIBUTE.match(text, end):
        return True
    if match["unit"] in ("年度", "学年度") and not _NOMINAL.match(text, end):
        return True
    if match["unit"] in ("月", "年") and _RATE.match(text, end):
        return True
    if any(_SHARE_OF.match(text, start - size) for size in (1, 2) if start >= size):
        return True
    daily = match["unit"] in ("天", "日")
    if daily and (not _ACT_SOON.match(text, end) or _HOURS.match(text, end)):
        return True
    if _NO_ACTION.search(text[max(0, start - 6) : start]) or _NAMED.match(text, start - 1):
        return True
    return is_condition(text, start, end) or (end == match.end() and is_money(text, start, end))


def _points(text: str, match: regex.Match[str]) -> tuple[list[regex.Match[str]], int]:
    """The points named behind 每年 (1月、7月底前), and where they end."""
    pattern = _POINTS.get({"星": "周"}.get(match["unit"][0], match["unit"][0]))
    if pattern is None or match["unit"] in ("半月", "半个月") or match["count"]:
        return [], match.end()
    found: list[regex.Match[str]] = []
    at = match.end()
    while point := pattern.match(text, at):
        found.append(point)
        more = _MORE.match(text, point.end())
        if more is None:
            break
        at = more.end()
    return found, found[-1].end() if found else match.end()


def _frequency(unit: str, count: int) -> tuple[str, str]:
    """The rule of every `count` units, and what it says by itself of days (每旬)."""
    if unit in ("半月", "半个月"):
        return "FREQ=MONTHLY", ";BYMONTHDAY=15,-1"
    if unit == "旬":
        return "FREQ=MONTHLY", ";BYMONTHDAY=10,20,-1"
    months = {"半": 6, "季": 3, "月": 1}.get(unit[0], 6 if unit == "学期" else 0)
    if months:
        every = months * count
        return "FREQ=MONTHLY" + (f";INTERVAL={every}" if every > 1 else ""), ""
    word = {"年": "YEARLY", "学": "YEARLY", "周": "WEEKLY", "星": "WEEKLY"}.get(unit[0], "DAILY")
    return f"FREQ={word}" + (f";INTERVAL={count}" if count > 1 else ""), ""


def _narrowing(point: regex.Match[str], unit: str) -> str:
    """What a point adds to the rule: ;BYMONTH=6;BYMONTHDAY=-1."""
    part = {key: value for key, value in point.groupdict().items() if value}
    if "weekday" in part:
        return f";BYDAY={_DAYS[part['weekday']]}"
    if "rank" in part:
        rank = _RANKS.get(part["rank"]) or int(parse_number(part["rank"].removeprefix("第")) or 1)
        day = _DAYS.get(part.get("ranked", ""))
        return f";BYDAY={rank}{day}" if day else f";BYDAY=MO,TU,WE,TH,FR;BYSETPOS={rank}"
    by_month = _months(part) if unit[0] == "年" or "nth" in part else ""
    last = part.get("edge") or part.get("month_edge") or part.get("quarter_edge")
    if "day" in part:
        return by_month + f";BYMONTHDAY={int(parse_number(part['day']) or 0)}"
    if last in ("底", "末") or ("before" in part and last != "初" and "month" in part):
        return by_month + ";BYMONTHDAY=-1"
    return by_month


def _months(part: dict[str, str]) -> str:
    """The months that a point of the year names."""
    if "nth" in part:
        return ";BYMONTH=" + _MONTHS_OF_QUARTERS[part["nth"]]
    if "month" in part:
        last = int(parse_number(part["month"]) or 0)
        first = int(parse_number(part.get("from_month", part["month"])) or 0)
    elif "quarter" in part:
        last = 3 * int(parse_number(part["quarter"]) or 0)
        first = last if "quarter_edge" in part or "before" in part else last - 2
    elif "half" in part:
        last = 6 if part["half"] == "上" else 12
        first = last - 5
    else:
        first = last = 1 if part.get("edge") == "初" else 12
    months = range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1))
    return ";BYMONTH=" + ",".join(str(month) for month in months)


_BY_MONTH = regex.compile(r";BYMONTH=([\d,]+)(.*)")
_BY_DAY = regex.compile(r";BYMONTHDAY=(\d+)")


def _merged(parts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Points that differ only in the month are one rule: 1月、7月底前 is BYMONTH=1,7."""
    split = [_BY_MONTH.fullmatch(part) for part, _ in parts]
    if len(parts) > 1 and all(split):
        tails = {found[2] for found in split if found}
        if len(tails - {""}) <= 1:
            listed = ",".join(found[1] for found in split if found)
            return [(f";BYMONTH={listed}{max(tails)}", parts[-1][1])]
    days = [_BY_DAY.fullmatch(part) for part, _ in parts]
    if len(parts) > 1 and all(days):
        return [(";BYMONTHDAY=" + ",".join(d[1] for d in days if d), parts[-1][1])]
    return parts
