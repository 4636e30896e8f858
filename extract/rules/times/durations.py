"""Terms: 自印发之日起30日内, 收到申请后5个工作日内, 24小时内办结, 有效期5年."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.numerals import NUMBER, parse_number
from extract.rules.rule import rule
from extract.rules.times import calendar
from extract.rules.times.time_context import ACT, clause_head, is_condition
from extract.rules.times.times import Timed

_EVENT = alternation(terms("time_words", kind="event"))
_UNIT = r"工作日|自然日|日历日|小时|分钟|星期|季度|[天日周年月]"

TERM = rule(
    "term",
    rf"(?:{NUMBER}(?:-|至|到))?(?P<number>{NUMBER})个?(?P<unit>{_UNIT})(?:(?:\(\d+个月\))?(?:之|以)?内|(?<=[日天]|小时|分钟)(?=办(?:理完)?[结毕](?!率|流程|机制|制|量|期限)))",
    source="contract deadlines: within",
    examples=(
        "⟦30个工作日内⟧",
        "⟦24小时内⟧",
        "⟦半年内⟧",
        "⟦三个月之内⟧",
        "⟦3至5日内⟧",
        "⟦半小时内⟧",
        "⟦3年(36个月)内⟧",
        "一般件⟦2个工作日⟧办结",
        "企业开办全流程⟦一日⟧办结",
    ),
    counter=("30个工作日", "年内", "3个以内", "落实3日办结制"),
)
SINCE = rule(
    "since an event",
    r"(?:自(?![治主然己身动觉行愿费信贸建律救评查纠学营强我媒驾助由])|从(?![事业严而轻重优快紧]))(?P<event>(?![\d二]|即日|现在起)[^,。;:\n]{1,30}?)"
    r"(?P<day>之日|当日|次日|当[天月年]|次[月年]|之时|(?<![\d一二三四五六七八九十])日)起|(?:自|从)?即日起|[自从]现在起",
    source="contract deadlines: 自发布之日起 (from), …之日起30日内 (within)",
    examples=("⟦自发布之日起⟧施行", "⟦自收到申请之日起⟧5日内", "⟦即日起⟧"),
    counter=("自2024年1月1日起",),
)
VALIDITY = rule(
    "validity of a term",
    rf"(?:有效期|试行期|实施期|执行期|施行期)限?(?:暂定)?[为是:]?(?!\d{{4}})(?P<number>{NUMBER})个?(?P<unit>[年月])(?!内|以内)"
    rf"|(?<=[,;。]|\A)(?:暂定)?(?P<number>{NUMBER})个?(?P<unit>[年月])的?有效期"
    rf"|(?<=(?:施行|实施|执行|试行),?)暂定为?(?P<number>{NUMBER})个?(?P<unit>[年月])(?!的?有效期)"
    rf"|(?:(?<!\p{{Han}})|(?<=起))(?:暂定)?试行(?P<number>{NUMBER})个?(?P<unit>[年月])",
    source="contract deadlines rule 1: 有效期5年，自2025年3月1日起 is until 2030-02-28",
    examples=(
        "⟦有效期5年⟧",
        "自发布之日起施行,⟦暂定三年有效期⟧",
        "⟦有效期为三年⟧",
        "⟦试行期一年⟧",
        ",⟦试行2年⟧",
        "自印发之日起执行,⟦暂定三年⟧。",
    ),
    counter=(
        "有效期至2027年",
        "有效期在6个月以内",
        "有效期届满",
        "执行期限为2023年1月1日至12月31日",
    ),
)
LONG_TERM = rule(
    "validity without end",
    r"(?:有效|执行|实施|施行)期限?[为是:]长期(?:有效)?",
    source="contract deadlines: ongoing",
    examples=("⟦执行期限为长期⟧,其余", "⟦有效期:长期有效⟧"),
    counter=("期限较长", "长期有效"),
)
SPAN = rule(
    "span of time that an action takes",
    rf"(?:利?用|经过|通过)(?:{NUMBER}(?:-|至|到))?(?P<number>{NUMBER})(?P<unit>个?月|年)(?P<about>左右)?的?时间",
    source="contract deadlines: within, for an action that is to take 5 years",
    examples=("力争⟦用5年时间⟧完成", "⟦利用10年左右时间⟧建成", "⟦经过5-10年左右时间⟧"),
    counter=("通过3年行动", "用3年以上"),
)
_OWN = regex.compile(
    r"(?:本\p{Han}{1,8}?|文件|通知|意见|方案|办法)?(?:正式)?(?:印发|发布|公布|下发|颁布|公告|发文|施行|实施|生效)的?"
)
_OTHER_PAPER = regex.compile(r"《[^《》]+》(?:正式)?(?:施行|实施|生效|印发|发布|公布)")
_HOLDS = regex.compile(r",?(?:正式|开始|统一)?(?:施行|实施|执行|生效|试行|有效|起效)(?!的|前|后)")
_FREED = regex.compile("免(?:征|收|缴|除)")
_GAP = regex.compile(r",?(?:的|在|于|应在|应当?|须在|须)*+")
_LATER = regex.compile(rf"满?(?P<number>{NUMBER})个?(?P<unit>日|天|个?月)(?:之?后|起)?")
_FIGURE = alternation(terms("time_words", kind="figure"))
_ANSWER = alternation(terms("time_words", kind="answer"))
_FIGURE_BEFORE = regex.compile(
    rf"(?:{_FIGURE}|取得\p{{Han}}{{0,6}})[^,。;:\n]{{0,2}}$"
    r"|(?:压缩|缩短|压减|缩减|减少|由|从)[^,。;:\n]{0,24}(?:至|到|为|在)$"
)
_REGISTERED = regex.compile("登记在?$")
"""不动产登记3个工作日内办结: what is done in time is the registration."""
_NO_ACT_BEHIND = regex.compile(rf",?(?:{alternation(terms('time_words', kind='span'))}|可(?!靠))")
_ACT_BEHIND = regex.compile(
    rf",?(?:要|应当?|须|必须|将|全部|全面|基本|力争|逐步|稳步|分步|陆续|累计|正式|统一|及时|依法|\s)*(?:{ACT}|{_ANSWER})"
    r"|[“\"]\p{Han}{0,3}可?办|(?:累计)?(?:参加|接受)[^,。;:的\n]{0,8}(?:培训|轮训)|轮训"
)
_LEVEL_BEHIND = regex.compile(
    r",?[^,。;:\n]{0,40}?(?:压缩|压减|缩短|降低|下降|减少|达到|提高|增长|翻|突破|超过|实现|完成|建成|形成|引进|培养|培训|扶持|选拔|评选|资助|培育|打造|新增|组织)(?!的|了)"
)
_LINK = regex.compile(
    r"(?P<from>自(?!治|主|然|己|身|动|觉)|[从在于])?(?P<event>[^,。;:\n自从]{0,30}?)(?:之日起?|次日起?|当日起?|起|之?后|以后|之后|(?<=(?:收到|接到|受理).{0,20}|(?:灾害|事故|事件|险情|疫情)发生))的?,?(?:应当?|须|要|必须|在|于|的)*$"
)
_EVENT_START = regex.compile(rf"(?:本\p{{Han}}{{1,8}}?)?(?:{_EVENT})[^,。;:\n]*$")
_TOLD = regex.compile(r"(?:应当?|必须|须|需|要|力争|确保|争取)(?:在|于)?$")
_ARRIVES = regex.compile(
    r"(?:到达|抵达|赶到|赶赴)(?:现场|事发|事故|灾区|指定|责任区|火场)(?![^,。;]{0,6}(?:率|比例|的))|到达(?=[,。;\n]|$)"
    r"|(?:运抵|运达|送达|修复|恢复(?:供|通|正常)|得到|续报)(?![^,。;]{0,8}(?:率|比例|的))"
)
"""接警后5分钟内到达责任区边缘; but not 1小时内到达省会的交通圈."""
_MODAL = regex.compile(r".*(?:应当|应|必须|须|需|可以|(?<![纪摘主重概])要|在|于)")


def is_own(event: str | None) -> bool:
    """Whether the event is the paper's own issue: 印发, 本办法发布."""
    return event is not None and _OWN.fullmatch(event) is not None


def read_term(text: str, at: int, written_on: date | None) -> tuple[int, Timed | None]:
    """A term that begins at text[at] (5个工作日内): where it ends, and its mention."""
    match = TERM.match(text, at)
    if match is None or text[max(0, at - 2) : at] in ("最快", "最短"):
        return at + 1, None
    head = clause_head(text, at)
    registered = _REGISTERED.search(head) and text.startswith("办结", match.end())
    arrives = _ARRIVES.match(text, match.end())
    if _FIGURE_BEFORE.search(head) and not registered:
        return match.end(), None
    if _NO_ACT_BEHIND.match(text, match.end()) and not arrives:
        return match.end(), None
    if is_condition(text, at, match.end()):
        return match.end(), None
    event, start = _event_before(head, at)
    told = arrives or _ACT_BEHIND.match(text, match.end()) or _TOLD.search(head)
    if match["unit"] == "年" and not head:
        told = told or _LEVEL_BEHIND.match(text, match.end())
    if event is None and not told:
        return match.end(), None
    return match.end(), _within(match, start, event, written_on)


def read_span(text: str, at: int) -> tuple[int, Timed | None]:
    """用5年时间 at text[at]: the time that an action is to take, its longer end."""
    match = SPAN.match(text, at)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None:
        return at + 1, None
    hedged = match["about"] is not None or text[max(0, at - 2) : at] in ("力争", "争取")
    term = calendar.duration(number, match["unit"][-1])
    return match.end(), Timed(at, match.end(), "within", duration=term, hedged=hedged)


def read_since(text: str, at: int, written_on: date | None) -> tuple[int, Timed | None]:
    """自…之日起 at text[at]: a term within which, or the day from which the paper holds."""
    match = SINCE.match(text, at)
    if match is None:
        return at + 1, None
    event = match["event"]
    gap = _GAP.match(text, match.end())
    term = TERM.match(text, gap.end()) if gap else None
    if term:
        counts = _NO_ACT_BEHIND.match(text, term.end()) and not _FREED.match(text, term.end())
        if counts or is_condition(text, at, term.end()):
            return term.end(), None
        return term.end(), _within(term, at, event, written_on)
    later = _LATER.match(text, match.end())
    end = later.end() if later else match.end()
    holds = _HOLDS.match(text, end) or (event and event[0] == "本" and text[end : end + 1] == ",")
    other = event is not None and _OTHER_PAPER.fullmatch(event) and text[end : end + 1] == ","
    if event is not None and not (is_own(event) and holds) and not other:
        return match.end(), None
    if text[max(0, at - 2) : at].endswith(("可", "可以")):
        return match.end(), None
    anchor = "即日" if event is None else event + _DAYS.get(match["day"], "之日")
    start = None if other or written_on is None else _first_day(written_on, match["day"])
    if later and start and written_on:
        start = calendar.add(written_on, parse_number(later["number"]) or 0, _unit(later["unit"]))
    return end, Timed(at, end, "from", start_on=start, anchor=anchor)


_DAYS = {day: day for day in ("次日", "次月", "次年")}


def _first_day(issued: date, word: str | None) -> date:
    """The day from which the paper holds: 自印发之日起, 自本通知实施的次月起."""
    if word == "次日":
        return issued + timedelta(days=1)
    if word == "次月":
        return calendar.add_months(issued.replace(day=1), 1)
    return date(issued.year + 1, 1, 1) if word == "次年" else issued


def read_validity(text: str, at: int, written_on: date | None) -> tuple[int, Timed | None]:
    """有效期5年 at text[at]; its last day is found when the first is known."""
    if always := LONG_TERM.match(text, at):
        return always.end(), Timed(at, always.end(), "ongoing", ongoing=True)
    match = VALIDITY.match(text, at)
    if match is None:
        return at + 1, None
    number = parse_number(match["number"])
    if number is None:
        return match.end(), None
    term = calendar.duration(number, match["unit"])
    return match.end(), Timed(at, match.end(), "until", duration=term)


_MONTHS_OR_YEARS = regex.compile(r"P(\d+)([YM])")


def last_day(first: date, duration: str) -> date | None:
    """The last day of a validity P5Y or P6M that begins on `first`."""
    match = _MONTHS_OR_YEARS.fullmatch(duration)
    if match is None:
        return None
    end = calendar.add(first, int(match[1]), "年" if match[2] == "Y" else "月")
    return end - timedelta(days=1) if end else None


_FROM_BLANK = regex.compile(r"自20(?:\d\d|[Xx×*]{1,2})年[Xx×*\s]{1,4}月[Xx×*\s]{1,4}日起[^。\n]*$")
"""The day from which a draft will hold, still to be filled in: 自2026年X月X日起施行, 有效期3年."""
SENTENCE_END = regex.compile(r"[。!?\n]")


def with_last_day(text: str, item: Timed, found: list[Timed]) -> Timed | None:
    """A validity term gets its end from the day, in the same sentence, from which it runs;
    without one it is that of a certificate, and no deadline."""
    if item.kind != "until" or item.end_on or not item.duration:
        return item
    for other in found:
        between = text[min(item.j, other.j) : max(item.i, other.i)]
        if other.kind == "from" and not SENTENCE_END.search(between):
            end = last_day(other.start_on, item.duration) if other.start_on else None
            return replace(item, end_on=end)
    return item if _FROM_BLANK.search(text[: item.i]) else None


def _unit(word: str) -> str:
    return {
        "天": "日",
        "工作日": "日",
        "自然日": "日",
        "日历日": "日",
        "星期": "周",
        "个月": "月",
    }.get(word, word)


_FROM_YEAR = regex.compile(r"(20\d\d)年")
"""2012年起5年内: the years are those of the calendar, the first among them."""


def _within(
    match: regex.Match[str], start: int, event: str | None, written_on: date | None
) -> Timed | None:
    number, unit = parse_number(match["number"]), _unit(match["unit"])
    if number is None:
        return None
    if unit == "季度":
        number, unit = number * 3, "月"
    working = match["unit"] == "工作日"
    end = None
    if is_own(event) and written_on and not working:
        end = calendar.add(written_on, number, unit)
    elif event and (year := _FROM_YEAR.fullmatch(event)) and unit == "年":
        end = date(int(year[1]) + int(number) - 1, 12, 31)
    return Timed(
        start,
        match.end(),
        "within",
        end_on=end,
        anchor=event and event + ("之日" if "之日" in match.string[start : match.start()] else ""),
        duration=calendar.duration(number, unit),
        working_days=working,
    )


def _event_before(head: str, at: int) -> tuple[str | None, int]:
    """The event that starts the term, from the clause before it, and where its words begin."""
    match = _LINK.search(head)
    if match is None or not match["event"]:
        return None, at
    begin = match.start("event")
    if match["from"] not in ("自", "从"):
        found = _EVENT_START.search(match["event"])
        if found:
            begin += found.start()
        elif modal := _MODAL.match(match["event"]):
            begin += modal.end()
        if begin and is_own(head[begin : match.end("event")]) and head[begin - 1] not in "于在自从":
            named = _MODAL.match(head, 0, begin)
            begin = named.end() if named else 0
        if not 1 < match.end("event") - begin <= 24:
            return None, at
        return head[begin : match.end("event")], at - len(head) + begin
    return match["event"], at - len(head) + match.start()
