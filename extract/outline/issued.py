"""The plan that a notice issues: its names in the notice, and where its own text begins."""

from __future__ import annotations

from collections.abc import Sequence

from extract import lazy as regex
from extract.lens import View
from extract.outline.annexes import Annex, Annexes, title_lines
from extract.outline.front import Front, Page
from extract.outline.labels import read_label
from extract.outline.marks import is_date, is_organs
from extract.outline.signatures import Signature
from extract.rules.papers.papers import find_titles, genre, title_key
from extract.rules.rule import rule

_NOTICE_LINES = 12
_PLAN_LINES = 5
_PREFACES = ("序言", "序", "前言", "引言", "绪言", "导言", "序章")
_CONTENTS = 200
_FEWEST = 4
"""Entries of a table of contents that a preface follows."""
_PREFACE = 8
ISSUES = rule(
    "issues a plan",
    r"(?:现|兹|特)(?:予以?|一并|全文)?(?:印发|转发|下发|发布|公布|颁布|颁发|批转)|"
    r"(?:现|兹|特|请)?将[^。;]{0,160}?(?:印发|转发|下发|发布|公布|颁布|颁发|批转)(?!的)|"
    r"(?:印发|转发|下发|批转)(?:给)?你们|予以(?:印发|公布|发布)|"
    r"》(?:等[^。》]{0,8})?(?:已经|已|业经|经)[^。》]{2,40}?(?:同意|通过|审定|批准|审议)",
    source="GB/T 9704 practice: the wording of a notice that issues or forwards a plan",
    examples=(
        "《方案⟦》已经市政府同意⟧，现印发给你们",
        "⟦现将《方案》印发⟧给你们",
        "⟦请将《某某实施方案》印发⟧各单位",
    ),
    counter=("现就有关事项通知如下", "为贯彻落实《纲要》，制定本方案", "现行法律、法规的实施"),
)
_INNER = regex.compile(
    r"(?:印发|转发|批转|发布|公布|下达|颁布|下发)(?:《(?P<named>.{1,200})》(?:等[^》]{0,12})?|(?P<bare>.{1,200}?))(?:的?(?:通知|函|公告|通告|决定|命令|令))\Z"
)


_SEVERAL = regex.compile(r"》等(?:[^》]{0,12})?的?(?:通知|函|公告|通告|决定|命令|令)\Z")


def issues_several(page: Page, front: Front) -> bool:
    """Whether the title names the first of several plans that the notice issues: 《…》等的通知."""
    title = "".join(View(page.canonical.text, *span).text for span in front.title)
    return _SEVERAL.search(title) is not None


def issued_names(page: Page, front: Front, end: int) -> list[str]:
    """The names of the plans that the notice issues; empty where it issues none."""
    title = "".join(View(page.canonical.text, *span).text for span in front.title)
    names: list[str] = []
    if inner := _INNER.search(title):
        names.append(inner["named"] or inner["bare"])
    for i in range(front.first, min(end, front.first + _NOTICE_LINES)):
        text = page.text(i)
        if page.is_cell(i) or (is_date(text) and names):
            break
        found = ISSUES.search(text)
        if found and len(text) < 600:
            names += _named_near(text, found.start(), found.end())
    return names


def _named_near(text: str, start: int, end: int) -> list[str]:
    """The titles in the sentence of the cue that are its object: before it, or inside it."""
    low = text.rfind("。", 0, start) + 1
    titles = list(find_titles(text))
    named = [
        text[i:j]
        for i, j in titles
        if low <= i and j <= end + 60 and not _GROUND.search(text, max(low, i - 30), i - 1)
    ]
    return named or [
        text[i:j] for i, j in titles if j < low and _MADE.search(text, max(0, i - 13), i - 1)
    ]


_MADE = regex.compile(r"(?:制定|制订|编制|起草|修订|拟定|形成|研究提出)(?:形成)?了?\Z")
"""我委编制了《…意见》。现印发给你们: the plan that the sentence before names."""


_GROUND = regex.compile(
    r"(?:根据|依据|按照|落实|贯彻|执行)[^,。》]*\Z|(?:根据|依据|按照|落实|贯彻)《[^》]*》[^,。]{0,12}\Z"
)


def plan_starts(
    page: Page,
    front: Front,
    signatures: Sequence[Signature],
    annexes: Annexes,
    end: int,
) -> list[Annex]:
    """Where the issued plans begin, in reading order; empty where there is no second title."""
    keys = [title_key(name) for name in issued_names(page, front, end)]
    if not keys:
        return []
    found: list[Annex] = []
    edges = {edge for key in keys for edge in (key[:2], key[-2:])}
    i = front.first
    while i < end:
        cue = page.is_short(i) and any(edge in page.raw(i) for edge in edges)
        plan = _plan_at(page, i, keys, annexes, end) if cue else None
        if plan and plan.text_from < end:
            found.append(plan)
            i = plan.text_from
        i += 1
    return found or _after_signature(page, front, signatures, annexes, end)


def _plan_at(page: Page, i: int, keys: Sequence[str], annexes: Annexes, end: int) -> Annex | None:
    """The plan whose title begins on line i: up to five lines that are one of the names."""
    if i in annexes.listed:
        return None
    words = ""
    for k in range(i, min(end, i + _PLAN_LINES)):
        if not page.is_short(k) or page.text(k).endswith(("。", ":", ";")):
            return None
        words += page.text(k)
        key = title_key(words)
        if not any(one.startswith(key[:6]) or key.endswith(one[-8:]) for one in keys):
            return None
        if any(_same(key, one) for one in keys):
            return _plan(page, i, k, annexes, end)
    return None


def _same(key: str, name: str) -> bool:
    """Equal but for a place before it, or a (试行) behind it."""
    if key == name:
        return True
    short, long = sorted((key, name), key=len)
    return (
        len(short) >= 8
        and len(long) - len(short) <= 12
        and (long.endswith(short) or _tailed(short, long))
    )


def _tailed(short: str, long: str) -> bool:
    return long.startswith(short) and long[len(short) :] in (
        "试行",
        "暂行",
        "修订",
        "修订稿",
        "征求意见稿",
    )


def _plan(page: Page, i: int, k: int, annexes: Annexes, end: int) -> Annex:
    """The plan with title lines i to k: brackets and makers' names below, its own 附件 above."""
    last = k
    while last + 1 < end and page.is_short(last + 1) and _below_title(page.text(last + 1)):
        last += 1
    head = next((a for a in annexes.heads if (a.top < i and i in a.title) or a.top == i), None)
    top = head.top if head else i
    number = head.number if head else None
    text_from = past_contents(page, last + 1, end)
    return Annex(top, text_from, number, tuple(range(i, k + 1)), head.head if head else None)


def _below_title(text: str) -> bool:
    in_brackets = text.startswith("(") and text.endswith(")") and len(text) < 30
    return in_brackets or is_date(text) or (len(text) > 6 and is_organs(text))


def past_contents(page: Page, i: int, end: int) -> int:
    """The stretch behind a table of contents that begins on line i, or i.

    It lists the headings, so its first entry stands again where the text begins, at once or behind
    a preface.
    """
    headed = i + 2 < end and title_key(page.text(i)) == "目录"
    if headed:
        i += 1
    if i >= end or not page.is_short(i):
        return i
    if read_label(page.text(i)) is None and not (headed and title_key(page.text(i)) in _PREFACES):
        return i
    entry = title_key(page.text(i)).rstrip("0123456789")
    for k in range(i + 1, min(end, i + _CONTENTS)):
        if not page.is_short(k) or "。" in page.text(k):
            again = (title_key(page.text(n)) for n in range(k, min(end, k + _PREFACE)))
            return k if k - i >= _FEWEST and entry in again else i
        if title_key(page.text(k)) == entry:
            return k
    return i


def _after_signature(
    page: Page, front: Front, signatures: Sequence[Signature], annexes: Annexes, end: int
) -> list[Annex]:
    """Without a title that repeats the name: the text behind the notice's signature, if any."""
    low = front.first
    dated = next((s for s in signatures if s.lines and s.lines[-1] - low <= _NOTICE_LINES), None)
    if dated is None:
        return []
    i = dated.lines[-1] + 1
    while i < end and page.is_short(i) and len(page.text(i)) <= 12 and not genre(page.text(i)):
        i += 1
    head = next((a for a in annexes.heads if a.top <= i <= a.text_from), None)
    if head and (head.number or 1) > 1:
        return []
    lines, text_from = (head.title, head.text_from) if head else title_lines(page, i, end)
    if end - text_from < 3:
        return []
    top = head.top if head else i
    return [
        Annex(top, text_from, head.number if head else None, lines, head.head if head else None)
    ]
