"""What a printer adds to a page: numbers, running heads, a browser's address and date lines."""

from __future__ import annotations

from collections import Counter

from extract import lazy as regex
from extract.readers.html_furniture import is_furniture
from extract.readers.page_lines import PrintedLine
from extract.readers.pages import Page
from extract.repeated import alike

_DASH = r"[-—–－―─_·•.~一]"
_NUMBER = regex.compile(
    rf"{_DASH}*\s?[\d０-９]{{1,4}}\s?{_DASH}*"
    r"|第?\s?[\d０-９]{1,4}\s?页?\s?[/／，,]?\s?共?\s?[\d０-９]{1,4}\s?页"
    r"|第\s?[\d０-９一二三四五六七八九十]{1,4}\s?页"
    r"|[\d０-９]{1,4}\s?[/／]\s?[\d０-９]{1,4}"
    rf"|{_DASH}{{1,3}}\s?[ivxIVXⅠ-Ⅻ]{{1,5}}\s?{_DASH}{{1,3}}|(?i:page)\s?\d+(?:\s?of\s?\d+)?"
)
_BROWSER = regex.compile(
    r"(?i:https?://|file://|www\.)\S*|^\d{4}[/-]\d{1,2}[/-]\d{1,2},?\s*(?:上午|下午)?\s*\d{1,2}:\d\d"
    r"|^\d{1,2}/\d{1,2}/\d{2,4},?\s*\d{1,2}:\d\d|^第\s?\d+\s?页\s*共\s?\d+\s?页\s.*\d{4}年.*\d:\d\d"
)
_ZONE = 0.14
_WEB_EDGE = 10
_IMPRINT = regex.compile(
    r"值班电话|邮编[:：]|(?:主办|承办|协办)[:：]?.{0,200}(?:承办|协办|主办)(?:$|[:：])|主办$|^Top\b"
)
_SENTENCE = regex.compile(r"[，。；、：《]")


def without_furniture(pages: list[Page]) -> None:
    """Take page numbers, running heads and browser lines out of the pages' lines."""
    edges = [[line for line in page.lines if _at_edge(line, page)] for page in pages]
    keys = [[_keys(number, line) for line in edge] for number, edge in enumerate(edges)]
    repeated = _repeated(keys)
    browsers = {id(line) for edge in edges for line in edge if _BROWSER.search(line.text)}
    for page, edge, known in zip(pages, edges, keys, strict=True):
        numbers = browsers | {id(line) for line in edge if is_page_number(line.text)}
        both = zip(edge, known, strict=True)
        heads = {id(line) for line, alikes in both if not repeated.isdisjoint(alikes)}
        kept = [line for line in page.lines if id(line) not in numbers]
        page.lines = [line for line in kept if id(line) not in heads]
        if not (page.lines or page.grids):
            page.lines = kept
    if browsers:
        pages[0].lines = _trimmed(pages[0].lines)
        pages[-1].lines = _trimmed(pages[-1].lines[::-1])[::-1]


def _trimmed(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of a printed web page without the furniture among the first of them."""
    kept = [line for line in lines[:_WEB_EDGE] if not _is_web_furniture(line)]
    return kept + lines[_WEB_EDGE:]


def _is_web_furniture(line: PrintedLine) -> bool:
    return is_furniture(line.text) or _is_menu(line) or _IMPRINT.search(line.text) is not None


def _is_menu(line: PrintedLine) -> bool:
    """Whether a line is a row of short links, far from one another."""
    words = line.text.split()
    return (
        len(words) >= 3
        and all(len(word) <= 8 for word in words)
        and line.text.count("\u3000") >= 2 * (len(words) - 1)
        and not _SENTENCE.search(line.text)
    )


def is_page_number(text: str) -> bool:
    """Whether a line could be nothing but a page's number."""
    return _NUMBER.fullmatch(text) is not None


def _at_edge(line: PrintedLine, page: Page) -> bool:
    """Whether a line stands in the head or foot of its page, or is its last or first."""
    if not _ZONE * page.height < line.base < (1 - _ZONE) * page.height:
        return True
    return line is page.lines[-1] and not page.grids


def _keys(number: int, line: PrintedLine) -> list[tuple[str, int]]:
    """What a line may have alike with those of other pages, each with its place on the page."""
    return [(text, round(line.base / 8)) for text in alike(number, line.text)]


def _repeated(pages: list[list[list[tuple[str, int]]]]) -> set[tuple[str, int]]:
    """What stands at the same place of the head or foot of most pages, each given by its lines'
    keys."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        keys = {key for line in lines for key in line}
        seen.update({(text, place + shift) for text, place in keys for shift in (-1, 0, 1)})
    least = max(3, len(pages) // 2)
    return {key for key, count in seen.items() if count >= least}
