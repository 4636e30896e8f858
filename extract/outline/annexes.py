"""Annexes: the list of them under a text, and the heads that open each."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract import lazy as regex
from extract.outline.front import Page
from extract.outline.labels import read_label
from extract.outline.marks import (
    DISCLOSURE,
    AnnexHead,
    annex_head,
    is_date,
    is_furniture,
    is_organs,
)
from extract.outline.titles import LONGEST_LINE
from extract.rules.papers.papers import DATE, genre, title_key

_TITLE_LINES = 4
_LIST_LINES = 30
_ENDS_TITLE = regex.compile(r"(?:表|名单|清单|方案|图|书|细则|目录|标准|办法|样式|模板|\)|》)\Z")


@dataclass(frozen=True, slots=True)
class Annex:
    """Where an annex (or an issued plan) begins: stretch `top` (its head or title), stretch
    `text_from` its text; `title` the stretches of its title; `head` the stretch of 附件 1."""

    top: int
    text_from: int
    number: int | None
    title: tuple[int, ...] = ()
    head: int | None = None


@dataclass(slots=True)
class Annexes:
    """The stretches of annex lists, and the annexes in reading order."""

    listed: list[int] = field(default_factory=list)
    heads: list[Annex] = field(default_factory=list)


def read_annexes(page: Page, first: int, end: int) -> Annexes:
    """Lists and heads of annexes between two stretches."""
    found = Annexes()
    heads = {i: head for i in range(first, end) if (head := _head_at(page, i))}
    for i in sorted(heads):
        if i in found.listed:
            continue
        if _names_next(page, i, heads, end):
            found.listed += [i, i + 1]
        elif _is_list(page, i, heads, end):
            found.listed += _list_lines(page, i, end)
    counted = 0
    for i in sorted(set(heads) - set(found.listed)):
        counted = heads[i].number or counted + 1
        title, text_from = _title_below(page, i, heads[i], end)
        found.heads.append(Annex(i, text_from, counted, title, i))
    _add_unheaded(page, found, end)
    return found


def _head_at(page: Page, i: int) -> AnnexHead | None:
    if not page.is_short(i) or "附" not in page.raw(i)[:6]:
        return None
    return annex_head(page.text(i))


def _names_next(page: Page, i: int, heads: dict[int, AnnexHead], end: int) -> bool:
    """A line 附件： whose title, on the line below, is that of the annex which opens next."""
    later = min((k for k in heads if k > i), default=end)
    if heads[i].title or not i + 1 < later < end - 1:
        return False
    return title_key(page.text(i + 1)) == title_key(page.text(later + 1))


def _is_list(page: Page, i: int, heads: dict[int, AnnexHead], end: int) -> bool:
    """A line 附件：1.… under the text, not the head of an annex.

    It is a list where a head follows that opens the same annex, where the signature or the end
    follows, or where no text stands between it and the next head.
    """
    head = heads[i]
    later = [k for k in heads if k > i]
    following = page.text(i + 1) if i + 1 < end else ""
    label = read_label(following)
    if not head.title:
        items = label is not None and label.kind == "digit" and label.number == 1
        return items and (bool(later) or _list_lines(page, i, end)[-1] >= _last_text(page, end))
    if i + 1 >= end or i + 1 in heads:
        return True
    if any(heads[k].number in (head.number, 1, None) for k in later):
        return True
    lines = _list_lines(page, i, end)
    after = lines[-1] + 1
    below = [page.text(k) for k in range(after, min(end, after + 3)) if page.is_short(k)]
    return lines[-1] >= _last_text(page, end) or any(_signs(text) for text in below)


def _last_text(page: Page, end: int) -> int:
    """The last stretch that is neither a statement of disclosure nor a page's furniture."""
    last = end - 1
    while last > 0 and (is_furniture(page.text(last)) or DISCLOSURE.match(page.text(last))):
        last -= 1
    return last


def _signs(text: str) -> bool:
    return is_date(text) or (is_organs(text) and len(text) < 40) or bool(DATE.search(text[-12:]))


def _list_lines(page: Page, i: int, end: int) -> list[int]:
    """The lines of the list that begins on line i: its items count on from the first."""
    lines = [i]
    for k in range(i + 1, min(end, i + _LIST_LINES)):
        text = page.text(k)
        label = read_label(text)
        item = label is not None and label.kind == "digit" and not text.endswith("。")
        if not page.is_short(k) or not (item or annex_head(text)):
            break
        if annex_head(text) and not _listed_item(page, k, end):
            break
        lines.append(k)
    return lines


def _listed_item(page: Page, k: int, end: int) -> bool:
    """附件2：… as the next line of a list: another such line or the end follows."""
    head = annex_head(page.text(k))
    if head is None or not head.title:
        return False
    return k + 1 >= end or annex_head(page.text(k + 1)) is not None or _signs(page.text(k + 1))


def _title_below(page: Page, i: int, head: AnnexHead, end: int) -> tuple[tuple[int, ...], int]:
    """The title lines of the annex whose head is line i, and the first stretch of its text."""
    if head.title:
        return (i,), i + 1
    return title_lines(page, i + 1, end)


def title_lines(page: Page, i: int, end: int) -> tuple[tuple[int, ...], int]:
    """The short lines from i that are a title, and the first stretch behind them."""
    lines: list[int] = []
    words = ""
    for k in range(i, min(end, i + _TITLE_LINES)):
        text = page.text(k)
        if not page.is_short(k) or len(text) > LONGEST_LINE or read_label(text) or annex_head(text):
            break
        if text.endswith(("。", ":", ";", ",")) or is_furniture(text):
            break
        in_brackets = text.startswith("(") and text.endswith(")")
        if words and not in_brackets and _is_whole(words):
            break
        lines.append(k)
        words += text
    return tuple(lines), (lines[-1] + 1 if lines else i)


def _is_whole(words: str) -> bool:
    return genre(words) is not None or _ENDS_TITLE.search(words) is not None


def _add_unheaded(page: Page, found: Annexes, end: int) -> None:
    """An annex that the list names and whose head is lost begins at its title."""
    have = {annex.number for annex in found.heads}
    names: dict[int, str] = {}
    for i in found.listed:
        text = page.text(i)
        head = annex_head(text)
        words = head.title if head else text
        if not words:
            continue
        label = read_label(words)
        number = label.number if label else (head.number if head else None) or len(names) + 1
        names[number] = title_key(words[label.j :] if label else words)
    lost = {key: number for number, key in names.items() if number not in have and len(key) > 3}
    if not lost or not found.listed:
        return
    for i in range(max(found.listed) + 1, end):
        if page.is_short(i) and (number := lost.pop(title_key(page.text(i)), 0)):
            found.heads.append(Annex(i, i + 1, number, (i,), None))
    found.heads.sort(key=lambda annex: annex.top)
