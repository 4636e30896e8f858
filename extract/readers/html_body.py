"""Which pieces of a page are the paper: the element that holds most prose, its title and its end.

When unsure more is kept: a stray line costs less than a lost paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from extract import lazy as regex
from extract.model import Block, Gap, Line, Paragraph
from extract.readers.fields import collect, pairs_in, squeeze
from extract.readers.html_flow import Piece
from extract.readers.html_furniture import is_furniture, is_list_head, is_stamp, is_zone
from extract.readers.html_tree import Element
from extract.readers.pictures import unread_pictures

_INLINE = frozenset((
    "p", "span", "font", "b", "strong", "em", "li", "a", "i", "u", "h1", "h2", "h3", "h4", "dd",
    "dt", "tr", "tbody", "thead",
))  # fmt: skip
_SENTENCE = regex.compile(r"[。；，：:;]")
_NUMBER = regex.compile(
    r"[（(]?[\p{Han}A-Za-z]{2,20}[〔﹝\[［【（(](?:19|20)\d\d[〕﹞\]］】）)]第?\d+号[)）]?"
)
_GENRE = regex.compile(
    r"(?:通知|意见|方案|决定|办法|规定|细则|计划|规划|纲要|函|批复|通告|公告|令|报告|措施|条例|要点|清单|政策"
    r"|制度|指引|指南|标准|规则|章程|名单|任务|分工)(?:[（(][^）)]{1,20}[）)])*$"
)
_DATE = regex.compile(
    r"[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_SHARE = 0.75
_ZONE_SHARE = 0.15
_EDGE = 14


@dataclass(slots=True)
class _Layout:
    """Where a page holds its paper: the element with most prose, and zones of furniture."""

    core: Element
    zones: set[Element]
    ranges: dict[Element, tuple[int, int]]

    def in_zone(self, element: Element) -> bool:
        return any(holder in self.zones for holder in _ancestors(element))

    def doubtful(self, piece: Piece) -> bool:
        """Whether a piece is more likely the page's than the paper's."""
        if self.in_zone(piece.element):
            return True
        if piece.grid is not None:
            return False
        linked = piece.linked * 2 > len(piece.text)
        idle = is_furniture(piece.text) or is_stamp(piece.text)
        return linked or idle or is_list_head(piece.text)


def paper(
    pieces: list[Piece], titles: list[str], printed: dict[str, str]
) -> tuple[tuple[Block, ...], tuple[Gap, ...]]:
    """The blocks of the paper (title, number, body, signature, annexes), and a gap for pictures
    among them. Fields found in the lines that are left out are added to `printed`."""
    if not pieces:
        return (), ()
    layout = _layout(pieces)
    first, last = layout.ranges[layout.core]
    body = _trimmed(pieces[first:last], layout, printed)
    head = _head(pieces[:first], titles, body, layout, printed)
    tail = _tail(pieces[last:], layout)
    blocks = tuple(_blocks(_titled_once([*head, *body, *tail])))
    return blocks, _pictures_in([*body, *tail])


def _pictures_in(pieces: list[Piece]) -> tuple[Gap, ...]:
    """What tells of the pictures between the pieces of the paper and inside its tables."""
    opening = [("", piece.held) for piece in pieces[:1]]
    others = [(one.text, two.pictures + two.held) for one, two in pairwise(pieces)]
    found = [(above, count) for above, count in opening + others if count]
    return unread_pictures(sum(count for _, count in found), found[0][0] if found else "")


def _titled_once(pieces: list[Piece]) -> list[Piece]:
    """The pieces without a first line that the next ones repeat, as pages do with the title."""
    first = squeeze(pieces[0].text) if pieces else ""
    again = (
        len(first) >= 8
        and first[-1] not in "。；："
        and any(
            squeeze("".join(piece.text for piece in pieces[i : i + 3])).startswith(first)
            for i in (1, 2)
        )
    )
    return pieces[1:] if again else pieces


def _weight(piece: Piece) -> float:
    """How much prose a piece holds, in characters."""
    if piece.grid is not None:
        return 0.8 * sum(len(line.text) for cell in piece.grid.cells for line in cell.lines)
    size = max(len(piece.text) - 2 * piece.linked, 0)
    return size * (1.0 if _SENTENCE.search(piece.text) and size > 10 else 0.4)


def _ancestors(element: Element) -> Iterable[Element]:
    while element is not None:
        yield element
        element = element.getparent()


def _held(weights: list[tuple[Element, float]]) -> dict[Element, float]:
    """The prose that each element holds, its descendants' included."""
    held: dict[Element, float] = {}
    for inner, weight in weights:
        for element in _ancestors(inner):
            held[element] = held.get(element, 0.0) + weight
    return held


def _ranges(pieces: list[Piece]) -> dict[Element, tuple[int, int]]:
    """First piece and last (excluded) in each element."""
    ranges: dict[Element, tuple[int, int]] = {}
    for i, piece in enumerate(pieces):
        for element in _ancestors(piece.element):
            ranges[element] = (ranges.get(element, (i, i))[0], i + 1)
    return ranges


def _layout(pieces: list[Piece]) -> _Layout:
    """The smallest element that holds most of the page's prose and is not a mere paragraph."""
    weights = [(piece.element, _weight(piece)) for piece in pieces]
    held = _held(weights)
    most = _ZONE_SHARE * sum(weight for _, weight in weights)
    zones = {element for element, weight in held.items() if is_zone(element) and weight <= most}
    layout = _Layout(pieces[0].element, zones, _ranges(pieces))
    prose = [
        (element, 0.1 * weight if layout.in_zone(element) else weight)
        for element, weight in weights
    ]
    held = _held(prose)
    enough = _SHARE * sum(weight for _, weight in prose)
    core = list(_ancestors(pieces[0].element))[-1]
    inner = core
    while inner is not None:
        core = inner
        inner = next((child for child in core if held.get(child, -1.0) >= enough), None)
    while core.getparent() is not None and (
        core.tag in _INLINE or core.tag == "table" or _all_paper(core, pieces, layout)
    ):
        core = core.getparent()
    layout.core = core
    return layout


def _all_paper(core: Element, pieces: list[Piece], layout: _Layout) -> bool:
    """Whether what stands beside the core, in its parent, is as good as what is in it."""
    first, last = layout.ranges[core.getparent()]
    start, end = layout.ranges[core]
    if first < start and not _is_opening(pieces[first]):
        return False
    return not any(layout.doubtful(pieces[i]) for i in (*range(first, start), *range(end, last)))


def _is_opening(piece: Piece) -> bool:
    """Whether a piece may stand at the head of a paper: title, number, recipients, a sentence."""
    close = squeeze(piece.text)
    return (
        piece.grid is not None
        or piece.centred
        or _SENTENCE.search(close) is not None
        or _GENRE.search(close) is not None
        or _NUMBER.fullmatch(close) is not None
    )


def _trimmed(pieces: list[Piece], layout: _Layout, printed: dict[str, str]) -> list[Piece]:
    """The body without furniture at its head and foot, and without the list of links at its end."""
    end = len(pieces)
    for i in range(max(end // 2, end - 40), end):
        piece = pieces[i]
        if piece.grid is None and is_list_head(piece.text):
            rest = pieces[i + 1 : end]
            if all(p.grid is None and (p.linked or layout.doubtful(p)) for p in rest):
                end = i
                break
    edge = min(_EDGE, (end + 1) // 2)
    kept = []
    for i, piece in enumerate(pieces[:end]):
        near = i < edge or i >= end - edge
        if layout.in_zone(piece.element) or (
            piece.grid is None
            and ((near and is_furniture(piece.text)) or (i < edge and is_stamp(piece.text)))
        ):
            collect(pairs_in([piece.text]), printed)
        else:
            kept.append(piece)
    return kept


def _head(
    before: list[Piece],
    titles: list[str],
    body: list[Piece],
    layout: _Layout,
    printed: dict[str, str],
) -> list[Piece]:
    """Title and number of the paper from what stands before the body, where the body lacks them."""
    opening = [squeeze(piece.text) for piece in body[:8]]
    named = [squeeze(title) for title in titles]
    title: list[Piece] = []
    number: list[Piece] = []
    best = 1
    for group in _groups(before):
        close = squeeze("".join(piece.text for piece in group))
        if any(piece.grid is not None or layout.in_zone(piece.element) for piece in group):
            continue
        line = " ".join(piece.text for piece in group)
        if is_furniture(line) or is_stamp(line):
            collect(pairs_in(piece.text for piece in group), printed)
        elif _NUMBER.fullmatch(close):
            number = group
        elif (rank := _title_rank(group, close, named)) >= best:
            best, title = rank, group
    if best == 1 and any(_GENRE.search(text) for text in opening[:4]):
        title = []
    if _stated(squeeze("".join(piece.text for piece in title)), opening):
        title = []
    if number and _stated(squeeze(number[0].text), opening):
        number = []
    return [*title, *number]


def _groups(pieces: list[Piece]) -> Iterable[list[Piece]]:
    """The pieces, those that are lines of one block together."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not (group[-1].broken and group[-1].element is piece.element):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _stated(close: str, opening: list[str]) -> bool:
    """Whether the body's first paragraphs say the same; 转载 may stand before it in the page's."""
    return not close or any(
        "".join(opening[i:]).startswith(close)
        or (len(text) >= 0.75 * len(close) and close.endswith(text))
        for i, text in enumerate(opening)
    )


def _title_rank(group: list[Piece], close: str, named: list[str]) -> int:
    """How surely a block before the body is the paper's title: 0 not at all, 3 surely."""
    piece = group[0]
    if sum(line.linked for line in group) * 2 > len(close) or not 6 <= len(close) <= 120:
        return 0
    for title in named:
        shorter, longer = sorted((close, title), key=len)
        if shorter in longer and len(shorter) >= 0.5 * len(longer):
            return 3
    marked = any(
        element.tag in ("h1", "h2", "ucaptitle") or "title" in (element.get("class") or "").lower()
        for element in list(_ancestors(piece.element))[:3]
    )
    if _GENRE.search(close) and (marked or piece.centred or len(close) > 14):
        return 2
    return 1 if marked else 0


def _tail(after: list[Piece], layout: _Layout) -> list[Piece]:
    """What follows the body and still belongs to the paper: signature, date, annexes."""
    kept: list[Piece] = []
    for piece in after:
        if layout.doubtful(piece) or piece.grid is not None:
            break
        kept.append(piece)
    while kept and not (
        _DATE.fullmatch(squeeze(kept[-1].text)) or _SENTENCE.search(kept[-1].text[-1:])
    ):
        kept.pop()
    return kept


def _blocks(pieces: list[Piece]) -> Iterable[Block]:
    """Paragraphs and tables; the broken lines of one centred block (a title) are one paragraph."""
    lines: list[Line] = []
    for i, piece in enumerate(pieces):
        if piece.grid is not None:
            yield piece.grid
            continue
        lines.append(Line(piece.text))
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        if following is None or not _runs_on(piece, following):
            yield Paragraph(tuple(lines), complete=not piece.wrapped)
            lines = []


def _runs_on(piece: Piece, following: Piece) -> bool:
    """Whether the next piece is the next line of the same title."""
    return (
        piece.broken
        and piece.centred
        and following.grid is None
        and following.element is piece.element
        and not _GENRE.search(piece.text)
        and not _NUMBER.fullmatch(squeeze(piece.text))
        and not _NUMBER.fullmatch(squeeze(following.text))
        and not following.text.startswith(("（", "("))
    )
