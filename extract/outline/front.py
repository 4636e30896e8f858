"""The head of a paper: letterhead, number, title, recipients, and where its text begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract import lazy as regex
from extract.lens import View
from extract.model import Canonical
from extract.outline.labels import bare_chapter, read_label
from extract.outline.marks import (
    DISCLOSURE,
    LETTERHEAD,
    annex_head,
    is_date,
    is_furniture,
    is_number,
    is_organs,
    recipients_end,
)
from extract.outline.titles import (
    DECOR,
    JOINT_TITLE,
    LONGEST_LINE,
    SENTENCE,
    begins_again,
    continues,
)
from extract.rules.papers.papers import DATE, find_numbers, genre, title_key

Span = tuple[int, int]

HEAD_LINES = 300
"""Lines in which the text must have begun; a portal prints its menus before the paper."""
_LONGEST_JOINT = 400
_TITLE_LINES = 6
_WHOLE_TITLE = 8
_ANNEX_TITLE_LINES = 3
_PAGE_TABLE_CELLS = 40
_PAGE_LABELS = 2
_PAGE_WORDS = ("原文链接", "您当前的位置", "您的位置", "当前位置", "您所在的位置")
_PROMULGATED = regex.compile(
    r"(?=\([^()]*(?:\([^()]*\)[^()]*)*+\))"
    r"\([^()]*(?:\([^()]*\)[^()]*)*(?:发布|公布|通过|施行|批准|修订|修正)[^()]*(?:\([^()]*\)[^()]*)*\)"
)


class Page:
    """The stretches of a text as views, read once each."""

    def __init__(self, canonical: Canonical) -> None:
        self.canonical = canonical
        self.stretches = canonical.stretches
        self._views: dict[int, View] = {}

    def __len__(self) -> int:
        return len(self.stretches)

    def view(self, i: int) -> View:
        """The view of stretch i."""
        if i not in self._views:
            stretch = self.stretches[i]
            self._views[i] = View(self.canonical.text, stretch.start, stretch.end)
        return self._views[i]

    def text(self, i: int) -> str:
        """The folded words of stretch i."""
        return self.view(i).text.strip()

    def raw(self, i: int) -> str:
        """The characters of stretch i as printed: to look for a cue before a view is made."""
        stretch = self.stretches[i]
        return self.canonical.text[stretch.start : stretch.end]

    def is_cell(self, i: int) -> bool:
        """Whether stretch i is a table cell."""
        return self.stretches[i].table is not None

    def is_short(self, i: int) -> bool:
        """Whether stretch i can be a line of a title, a signature or a heading."""
        stretch = self.stretches[i]
        if stretch.table is not None:
            return False
        length = stretch.end - stretch.start
        return length <= 2 * LONGEST_LINE or (
            length <= _LONGEST_JOINT and JOINT_TITLE.fullmatch(self.raw(i)) is not None
        )

    def span(self, i: int) -> Span:
        """Offsets of stretch i."""
        return self.stretches[i].start, self.stretches[i].end


@dataclass(slots=True)
class Front:
    """The head's parts as spans of the text; `first` is the stretch in which the text begins, at
    offset `start`; `title_lines` the stretches of the title."""

    first: int = 0
    start: int = 0
    letterhead: list[Span] = field(default_factory=list)
    numbers: list[Span] = field(default_factory=list)
    title: list[Span] = field(default_factory=list)
    title_lines: list[int] = field(default_factory=list)
    recipients: Span | None = None
    bylines: list[Span] = field(default_factory=list)
    dates: list[Span] = field(default_factory=list)
    disclosure: list[Span] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    annex_head: Span | None = None


def read_front(page: Page) -> Front:
    """The parts before the text, and where the text begins."""
    front = Front()
    lines: list[int] = []
    end = min(len(page), HEAD_LINES)
    first = 0
    while first < end and _is_head_line(page, first, front, lines):
        first += 1
        if first < end and page.is_cell(first) and not any(genre(page.text(i)) for i in lines):
            first = _past_page_table(page, first, front)
    if (first == end and end < len(page)) or (first == len(page) and not lines):
        return Front(first=0, start=page.span(0)[0] if len(page) else 0)
    front.first, front.start = (
        first,
        page.span(first)[0] if first < len(page) else len(page.canonical.text),
    )
    if first < len(page):
        _read_recipients(page, front)
    _read_title(page, front, lines)
    return front


def _is_head_line(page: Page, i: int, front: Front, lines: list[int]) -> bool:
    """Sort a line into the head's parts; False for the line in which recipients or text begin."""
    if page.is_cell(i) and not _is_alone(page, i):
        return False
    view, text = page.view(i), page.text(i)
    span = page.span(i)
    if is_furniture(text):
        front.furniture.append(span)
        if text.startswith(("文号", "发文字号", "发文文号")):
            front.numbers += [view.span(*pair) for pair in find_numbers(text)]
    elif is_number(text):
        front.numbers.append(_inner_number(view))
    elif LETTERHEAD.fullmatch(text) and not genre(text.removesuffix("文件").removesuffix("令")):
        front.letterhead += [*_organs_above(page, i, lines), span]
    elif DISCLOSURE.match(text) or (i and DISCLOSURE.match(f"{page.text(i - 1)}\n{text}")):
        start = span[0] if DISCLOSURE.match(text) else page.span(i - 1)[0]
        front.disclosure.append((start, span[1]))
    elif is_date(text) or _is_page_date(text):
        front.dates.append(span)
    elif (head := annex_head(text)) and not head.title and i < 8:
        front.annex_head = span
    elif text == "号" and front.numbers:
        front.furniture.append(span)
    elif recipients_end(text) is not None or _begins_text(text) or _opens_decimals(page, i):
        return False
    elif text:
        lines.append(i)
    return True


def _organs_above(page: Page, i: int, lines: list[int]) -> list[Span]:
    """The lines of organs right above the last one of a joint letterhead; no more among `lines`."""
    spans: list[Span] = []
    while lines and lines[-1] == i - 1 - len(spans) and is_organs(page.text(lines[-1])):
        spans.insert(0, page.span(lines.pop()))
    return spans


def _is_alone(page: Page, i: int) -> bool:
    """A cell that is the only one of its table's first row: a title inside the table."""
    stretch = page.stretches[i]
    after = page.stretches[i + 1] if i + 1 < len(page) else None
    alone = after is None or after.table != stretch.table or after.row > stretch.row
    return stretch.row == 0 and stretch.column == 0 and alone


def _past_page_table(page: Page, i: int, front: Front) -> int:
    """The stretch behind a table that states the page's data (索引号, 文号) above the title."""
    table = page.stretches[i].table
    k = i
    while k < len(page) and page.stretches[k].table == table:
        k += 1
    below = [n for n in range(k, min(len(page), k + _TITLE_LINES)) if page.is_short(n)]
    labels = sum(is_furniture(page.text(n).rstrip(":") + ":") for n in range(i, k))
    states = labels >= _PAGE_LABELS and k - i <= _PAGE_TABLE_CELLS
    if not states or not any(_ends_title(page, page.span(n)) for n in below):
        return i
    front.furniture += [page.span(n) for n in range(i, k)]
    return k


def _inner_number(view: View) -> Span:
    i, j = next(find_numbers(view.text), (0, len(view.text)))
    return view.span(i, j)


_PROSE_LENGTH = 40
_HEADLINE = regex.compile(r"\A[^。;?]*\p{Han}{4}[^。;?]*\Z")
_DATE_LINE = regex.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\d:时分 ]*")


def _is_page_date(text: str) -> bool:
    return _DATE_LINE.fullmatch(text) is not None


def _begins_text(text: str) -> bool:
    """Whether a line is running text or a numbered item: the head has ended."""
    if _PROMULGATED.fullmatch(text) or text.startswith(_PAGE_WORDS):
        return False
    label = read_label(text)
    if label is not None and label.kind in (
        "han",
        "chapter",
        "article",
        "han_paren",
        "digit",
        "part",
    ):
        return True
    if text.endswith(("。", ":", ";")) and len(text) > 20:
        return True
    if text.endswith("!") and len(text) > _PROSE_LENGTH and "," in text:
        return True
    if len(text) > LONGEST_LINE * 2:
        return JOINT_TITLE.fullmatch(text) is None
    return SENTENCE.search(text) is not None and len(text) > LONGEST_LINE


def _opens_decimals(page: Page, i: int) -> bool:
    """Whether the text begins on a line with its first chapter (1 总则), above 1.1."""
    for k in (i, i + 1) if bare_chapter(page.text(i)) else (i,):
        label = read_label(page.text(k)) if k < len(page) else None
        if label is not None and label.kind == "decimal" and label.numbers[:2] == (1, 1):
            return True
    return False


def _read_recipients(page: Page, front: Front) -> None:
    """The recipients' span; the text begins behind their colon."""
    view = page.view(front.first)
    colon = recipients_end(view.text)
    if colon is None:
        return
    names = _read_run_on_title(view, front, colon)
    front.recipients = view.span(names, colon)
    if view.text[colon + 1 :].strip():
        front.start = view.span(colon + 1, colon + 2)[0]
        return
    front.first += 1
    ended = front.first >= len(page)
    front.start = len(page.canonical.text) if ended else page.span(front.first)[0]


def _read_run_on_title(view: View, front: Front, colon: int) -> int:
    """Where the recipients begin: behind a title and number that have run into their line."""
    text = view.text
    numbers = list(find_numbers(text[:colon]))
    begin = 0
    if numbers and LETTERHEAD.fullmatch(text, 0, numbers[0][0]):
        front.letterhead.append(view.span(0, numbers[0][0]))
        front.numbers.append(view.span(*numbers[0]))
        begin = numbers.pop(0)[1]
    places = [*numbers, *((k, k) for k in range(begin + 8, colon) if text[k] == "各")]
    for start, end in sorted(places):
        title = text[begin:start].rstrip("( ")
        if len(title) < _WHOLE_TITLE or genre(title) is None:
            continue
        front.title = [view.span(begin, begin + len(title))]
        if end > start:
            front.numbers.append(view.span(start, end))
        return end + text.startswith(")", end)
    return 0


def _read_title(page: Page, front: Front, lines: list[int]) -> None:
    """The title's lines among the head's unexplained lines; the others stay bylines."""
    if front.title:
        front.furniture += [page.span(i) for i in lines]
        return
    pieces = {i: _title_piece(page, front, i) for i in lines}
    broken = [i for i in lines if i + 1 in lines and _breaks_off(page, i)]
    ends = [i for i in lines if i in broken or _ends_title(page, pieces[i])]
    ends = [i for i in ends if len(page.text(i)) >= _WHOLE_TITLE] or ends
    last = ends[-1] if ends else _longest(page, pieces)
    if last is None:
        front.bylines = [page.span(i) for i in lines]
        return
    chosen = _back_to_start(page, pieces, lines, last)
    chosen += [last + 1] if last in broken else _brackets_after(page, lines, last)
    if front.annex_head and not ends:
        chosen = _all_of_annex(page, lines) or chosen
    front.title_lines = chosen
    front.title = [pieces.get(i) or page.span(i) for i in chosen]
    key = title_key("".join(View(page.canonical.text, *span).text for span in front.title))
    for i in lines:
        if i not in chosen:
            again = title_key(page.text(i)) in key and len(page.text(i)) > 3
            (front.furniture if again or i < chosen[0] else front.bylines).append(page.span(i))


def _title_piece(page: Page, front: Front, i: int) -> Span | None:
    """The part of a line that may belong to the title: a number and (…发布) beside it cut off."""
    view = page.view(i)
    text = view.text
    start, end = begins_again(text), len(text)
    if start == 0 and (decor := DECOR.match(text)):
        start = decor.end()
    for found in _PROMULGATED.finditer(text):
        front.bylines.append(view.span(*found.span()))
        end = min(end, found.start())
    for a, b in find_numbers(text):
        if a <= start + 1:
            start = b
        elif genre(text[start:a].rstrip("( ")) and not text[b:end].strip(") "):
            end = min(end, a)
        else:
            continue
        front.numbers.append(view.span(a, b))
    while end > start and text[end - 1] in "( ":
        end -= 1
    return view.span(start, end) if end - start > 1 else None


def _ends_title(page: Page, span: Span | None) -> bool:
    if span is None:
        return False
    words = View(page.canonical.text, *span).text
    return genre(words) is not None and title_key(words) != "目录"


def _breaks_off(page: Page, i: int) -> bool:
    """A line of a title that ends inside its last word: 指导意 above 见."""
    text, rest = page.text(i), page.text(i + 1)
    return len(rest) < len(genre(text + rest) or "") and genre(text) is None


def _all_of_annex(page: Page, lines: list[int]) -> list[int]:
    """The lines between 附件4 and the annex's text, where they are few and stand together: without
    a word that ends a title they are one all the same."""
    together = lines[-1] - lines[0] == len(lines) - 1 and len(lines) <= _ANNEX_TITLE_LINES
    return lines if together and not any(is_organs(page.text(i)) for i in lines) else []


def _longest(page: Page, pieces: dict[int, Span | None]) -> int | None:
    """Without a word that ends a title: the longest of the last lines before the text."""
    near = [i for i, span in list(pieces.items())[-4:] if span and span[1] - span[0] >= 10]
    near = [i for i in near if _HEADLINE.search(page.text(i)) and not is_organs(page.text(i))]
    return max(near, key=lambda i: len(page.text(i)), default=None)


def _back_to_start(
    page: Page, pieces: dict[int, Span | None], lines: list[int], last: int
) -> list[int]:
    """The lines of the title that ends on `last`, from its first."""
    chosen = [last]
    at = lines.index(last)
    while at > 0 and len(chosen) < _TITLE_LINES:
        words = "".join(page.text(i) for i in chosen)
        before = lines[at - 1]
        if before != lines[at] - 1 or not pieces[before] or not continues(page.text(before), words):
            break
        at -= 1
        chosen.insert(0, before)
    return _from_its_opening(page, pieces, lines[:at]) + chosen


def _from_its_opening(page: Page, pieces: dict[int, Span | None], above: list[int]) -> list[int]:
    """The lines right above a title's last that it begins with: 国务院办公厅关于…, where nothing
    between ends a title or a sentence. None where the title has opened already."""
    for count, i in enumerate(reversed(above[-_TITLE_LINES:]), 1):
        text = page.text(i)
        ends = genre(text) is not None and not text.endswith("制度")  # 推行公示制度的意见
        if i != above[-1] - count + 1 or not pieces[i] or ends or SENTENCE.search(text):
            return []
        if _BEGUN.match(text):
            return above[-count:]
    return []


_BEGUN = regex.compile(r"\p{Han}{2,30}关于\p{Han}")


def _brackets_after(page: Page, lines: list[int], last: int) -> list[int]:
    """A line (试行) or (2023-2025年) below the title belongs to it."""
    after = last + 1
    if after in lines:
        text = page.text(after)
        if text.startswith("(") and text.endswith(")") and len(text) < 20 and not DATE.search(text):
            return [after]
    return []
