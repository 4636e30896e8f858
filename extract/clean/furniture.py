"""Page furniture: page numbers and running heads, found and dropped."""

from __future__ import annotations

from collections import Counter, defaultdict

from extract import lazy as regex
from extract.clean import heads
from extract.clean.printed import Break, Printed
from extract.model import Grid
from extract.repeated import alike

_DASH = r"[-·.*_=~]"
_PAGE_NUMBER = regex.compile(
    rf"{_DASH}+ ?\d{{1,4}} ?{_DASH}+"
    r"|第 ?\d{1,4} ?页(?:[ ,/]*共 ?\d{1,4} ?页)?"
    r"|共 ?\d{1,4} ?页[ ,/]*第 ?\d{1,4} ?页"
    r"|(?:page|p\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?"
    r"|\d{1,4} of \d{1,4}(?: .{0,30})?"
    r"|- ?[ivxIVX]{1,5} ?-",
    regex.IGNORECASE,
)
_AT_EDGE = regex.compile(r"[-· \d/]{1,12}|[ivxIVX]{1,5}")
_EDGE = 2
_LONGEST_HEAD = 140
Items = list[Printed | Grid]


def drop_furniture(items: Items) -> Items:
    """The items without page numbers and running heads; what follows one begins a page."""
    unnumbered = _without(items, _page_numbers(items))
    return _without(unnumbered, _running_heads(unnumbered))


def _page_numbers(items: Items) -> set[int]:
    """Identities of the lines that are a page number."""
    edges = {
        id(line)
        for page in _pages(items)
        for line in (*page[:_EDGE], *page[-_EDGE:])
        if line.line.page is not None
    }
    return {
        id(item)
        for item in items
        if isinstance(item, Printed)
        and len(item.folded) <= 60
        and (
            _PAGE_NUMBER.fullmatch(item.folded)
            or (id(item) in edges and _AT_EDGE.fullmatch(item.folded))
        )
    }


def _pages(items: Items) -> list[list[Printed]]:
    """The lines of each page: by the page they say, else by the page ends between them."""
    pages: defaultdict[tuple[int | None, int], list[Printed]] = defaultdict(list)
    count = 0
    for item in items:
        if isinstance(item, Printed):
            count += item.before is Break.PAGE and item.line.page is None
            pages[item.line.page, count].append(item)
    return list(pages.values())


def _running_heads(items: Items) -> set[int]:
    """Identities of the lines that stand at the same edge of most pages; a page of which nothing
    would be left keeps its own."""
    pages = _pages(items)
    if len(pages) < 3:
        return set()
    often = max(3, len(pages) // 2)
    drop: set[int] = set()
    for at in (0, -1):
        edge = [(page[at], _patterns(number, page[at])) for number, page in enumerate(pages)]
        seen = Counter(pattern for _, patterns in edge for pattern in patterns)
        drop.update(id(line) for line, patterns in edge if any(seen[p] >= often for p in patterns))
    empty = (page for page in pages if all(id(line) in drop for line in page))
    return drop - {id(line) for page in empty for line in page}


def _patterns(page: int, line: Printed) -> list[str]:
    """What a line may have alike with those of other pages; none where it cannot be a running
    head: a long one, one of cells, a table's head."""
    long = line.right > _LONGEST_HEAD or "\t" in line.line.text
    if long or heads.pattern().match(heads.plain(line.text)):
        return []
    return alike(page, line.text)


def _without(items: Items, drop: set[int]) -> Items:
    if not drop:
        return items
    kept: Items = []
    owed = Break.NONE
    for item in items:
        if isinstance(item, Printed):
            if id(item) in drop:
                owed = Break.PAGE
                continue
            item.before = max(item.before, owed)
        owed = Break.NONE
        kept.append(item)
    return kept
