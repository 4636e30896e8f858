"""Signature and date under a notice or a paper."""

from __future__ import annotations

from dataclasses import dataclass

from extract import lazy as regex
from extract.outline.front import Page, Span
from extract.outline.marks import HEADLESS, is_organ, is_organs
from extract.rules.papers.papers import DATE
from extract.rules.rule import rule

_LINE = regex.compile(
    rf"(?P<organs>[^。:;!?\d〇]{{0,60}}?)[ ,]?\(?(?P<date>{DATE.pattern})\)?"
    r"(?:发布|公布|颁布)?[。.]?"
)
_PUBLISHED = rule(
    "published by",
    rf"(?:该政策|本政策|本文件|政策)?由?(?:(?P<organs>[^。:;!?\d〇]{{2,90}}?)于?(?P<date>{DATE.pattern})(?:[^。,的《]{{2,24}}(?=发布))?|"
    rf"(?P<date>{DATE.pattern}),?由?(?P<organs>[^。:;!?\d〇]{{2,90}}?))"
    r"(?:(?:正式|联合)?(?:发布|印发|公布|出台)(?!的)|,?在[^。]{2,80}|(?=,征求意见))"
    r"[,。;]?(?P<rest>[^。]{0,20}(?:征求意见|征集|反馈|公示|意见|根据)[^。]{0,80})?[。.]?",
    source="web pages say below a paper who published it and when",
    examples=(
        "⟦某市某区科技局2026年3月20日发布，征求意见期限2026年3月20日至4月19日⟧",
        "⟦2026年3月23日某市发展和改革局发布，征求意见截止2026年4月23日。⟧",
        "⟦该政策由某区商务局2026年3月6日发布⟧",
    ),
    counter=(
        "市教育局2024年3月1日发布的《招生办法》同时废止",
        "市政府办公室每年12月31日前公布结果",
    ),
)
_PUBLISHED_WITHIN = 4
"""Lines from a paper's end in which it may be said who published it."""

_SIGNED = rf"[。!?)”](?P<organs>[^。:;!?《》\d〇]{{2,60}}?)(?P<date>{DATE.pattern})"
_RUN_ON = regex.compile(rf"{_SIGNED}(?P<disclosure>\(此件[^()]{{2,8}}\))?\Z")
_RUN_IN = rule(
    "signature inside a paper that lost its lines",
    rf"{_SIGNED}(?=(?P<disclosure>\(此件[^()]{{2,10}}\))?(?P<cc>抄送:[^。]{{4,500}}。)?"
    r"(?P<printed>[^。]{4,30}日印发)?(?:关于\p{Han}"
    r"|(?!印发)\p{Han}{2,30}(?:方案|意见|办法|规划|计划|纲要|规定|措施)|(?<=日印发)))",
    source="GB/T 9704: the signature closes the notice, the issued paper's title follows it; "
    "between them stand the statement of disclosure and the colophon",
    examples=(
        "请认真贯彻执行⟦。国务院办公厅二○一○年十月十六日⟧关于加快推进改革的若干意见",
        "请遵照执行⟦。某市人民政府2012年5月4日⟧某市地名管理办法",
        "执行⟦。财政部商务部2022年5月4日⟧(此件公开)抄送:教育部、科技部。财政部2022年5月9日印发培训方案",
        "执行⟦。财政部2022年5月4日⟧(此件公开)财政部办公厅2022年5月9日印发解读:答记者问",
    ),
    counter=(
        "依据标准。自2012年5月4日起施行",
        "执行。市政府2012年5月4日。",
        "教育部。财政部2022年5月9日印发培训方案",
    ),
)
_FLAT = 400
"""Characters of a line that more than a paragraph fills."""
_MOST_ORGANS = 40
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Signature:
    """Stretches, the spans of the organs' names and that of the date; `start` its first offset,
    `rest` what a line that says who published the paper says besides; `colophon` the spans of 抄送
    and of the printing date that have run into the signature's line."""

    lines: tuple[int, ...]
    organs: tuple[Span, ...]
    date: Span | None
    start: int
    disclosure: Span | None = None
    rest: Span | None = None
    colophon: tuple[Span, ...] = ()


def find_signatures(page: Page, first: int, end: int) -> list[Signature]:
    """Every date line with the lines of organs above it, and a last line of organs without date."""
    found: list[Signature] = []
    for i in range(first, end):
        if (
            page.is_short(i)
            and "日" in page.raw(i).rstrip()[-6:]
            and (one := _dated(page, i, first))
        ) or (i >= end - _PUBLISHED_WITHIN and (one := _published(page, i))):
            found.append(one)
    last = end - 1
    if last > first and not any(last in s.lines for s in found) and page.is_short(last):
        lines = _organs_above(page, last + 1, first + 1)
        if lines and len(page.text(lines[0] - 1)) > 30:
            spans = tuple(page.span(k) for k in lines)
            found.append(Signature(tuple(lines), spans, None, spans[0][0]))
    return found


def _dated(page: Page, i: int, first: int) -> Signature | None:
    view, text = page.view(i), page.view(i).text
    line = _LINE.fullmatch(text) if len(text) < _LONGEST else None
    if line is None:
        return None
    organs: list[Span] = []
    lines = [i]
    if line["organs"].strip("( "):
        if not is_organs(line["organs"].strip()):
            return None
        organs.append(view.span(line.start("organs"), line.end("organs")))
    else:
        above = _organs_above(page, i, first)
        organs = [page.span(k) for k in above if LENT.fullmatch(page.text(k)) is None]
        if above and _is_second_half(page, above[0], first):
            above.insert(0, above[0] - 1)
            organs[0] = (page.span(above[0])[0], organs[0][1])
        lines = [*above, i]
    start = page.span(lines[0])[0]
    return Signature(tuple(lines), tuple(organs), view.span(*line.span("date")), start)


def _published(page: Page, i: int) -> Signature | None:
    """A line that says who published the paper and when."""
    view = page.view(i)
    line = _PUBLISHED.fullmatch(view.text) if not page.is_cell(i) else None
    if line is None or not is_organs(line["organs"].strip(" ,")):
        return None
    organs = view.span(*line.span("organs"))
    rest = view.span(*line.span("rest")) if line["rest"] else None
    return Signature((i,), (organs,), view.span(*line.span("date")), page.span(i)[0], rest=rest)


def _organs_above(page: Page, i: int, first: int) -> list[int]:
    """The lines right above line i that name organs, topmost first; not line `first` itself."""
    lines: list[int] = []
    while i - 1 >= first and len(lines) < _MOST_ORGANS and _names(page, i - 1):
        i -= 1
        lines.insert(0, i)
    return lines


def _is_second_half(page: Page, i: int, first: int) -> bool:
    """Line i goes on with a name that the line above began: …高质量发展 / 领导小组办公室."""
    above = i - 1
    if above < first or not page.is_short(above) or HEADLESS.match(page.text(i)) is None:
        return False
    return regex.fullmatch(r"[\p{Han}()]{4,40}", page.text(above)) is not None


def _names(page: Page, i: int) -> bool:
    if not page.is_short(i):
        return False
    text = page.text(i)
    return LENT.fullmatch(text) is not None or is_organs(text)


LENT = regex.compile(r"\((?:\p{Han}{2,30}代)?章\)|\(代章\)")
"""Below a name: that another organ lends its seal."""


def signature_at_end(page: Page, i: int) -> Signature | None:
    """Signature and date that have run into the end of a paragraph."""
    if page.is_cell(i):
        return None
    view = page.view(i)
    text = view.text.rstrip()
    low = max(0, len(text) - _LONGEST - 30)
    found = _RUN_ON.search(text, low)
    if found is None or not is_organ(found["organs"].strip()):
        return None
    disclosure = view.span(*found.span("disclosure")) if found["disclosure"] else None
    organs = view.span(*found.span("organs"))
    return Signature((), (organs,), view.span(*found.span("date")), organs[0], disclosure)


def signature_run_in(page: Page, i: int) -> Signature | None:
    """A signature that stands inside a line which holds a whole paper."""
    view = page.view(i)
    if len(view.text) < _FLAT or page.is_cell(i):
        return None
    found = next((m for m in _RUN_IN.finditer(view.text) if is_organs(m["organs"].strip())), None)
    if found is None:
        return None
    organs = view.span(*found.span("organs"))
    said = {name: view.span(*found.span(name)) for name in _CLOSING if found[name]}
    colophon = tuple(span for name, span in said.items() if name != "disclosure")
    date = view.span(*found.span("date"))
    return Signature((), (organs,), date, organs[0], said.get("disclosure"), colophon=colophon)


_CLOSING = ("disclosure", "cc", "printed")
