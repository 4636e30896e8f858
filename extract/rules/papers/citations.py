"""Papers that a text names: 《…》 with or without its number, a number alone, a short title.

A paragraph's mentions come from `find_citations`; `resolve` goes over all of a document's in order
and gives a later mention by number or by a defined short title the first one's title and number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.papers.papers import (
    Pair,
    closed_up,
    find_numbers,
    find_titles,
    print_number,
    title_key,
)
from extract.rules.rule import rule


@dataclass(frozen=True, slots=True)
class CitationMention:
    """A paper named at char_start to char_end. `short`: the short titles that it is given here
    (以下简称《纲要》); `relation`: basis, forwarded or mention, and own where the paper itself is
    given a short title, which `resolve` needs and drops."""

    char_start: int
    char_end: int
    title: str | None
    doc_number: str | None
    relation: str = "mention"
    short: tuple[str, ...] = ()


_SHORT = rule(
    "short title",
    r"(?:以下(?:简|统|合)?|下|简|统|合)称(?:为)?[:“\"]?(?:《(?P<title>[^《》]{1,30})》|[“\"](?P<quoted>[^”\"]{1,30})[”\"])",
    source="GB/T 9704 practice: a title is defined once in parentheses and then used short",
    examples=("（⟦以下简称《纲要》⟧）", "（⟦简称《意见》⟧）", "（⟦以下称“实施方案”⟧）"),
    counter=("本条例所称经营者", "名称为《某办法》"),
)
_RELATION = rule(
    "relation of a citation",
    r"(?:根据|依据|按照|依照|遵照|参照|落实|贯彻|执行|遵守|遵循|对照|结合|实施|按|依)[^。;!?《》]{0,30}\Z",
    source="contract, citations: relation",
    examples=("为⟦贯彻落实⟧", "⟦按照⟧", "⟦根据省政府办公厅印发的⟧", "严格⟦执行⟧"),
    counter=("出台", "将"),
)
_BRINGS = regex.compile(r"(?:文件?|令|公告|通知)?(?:(?:发布|公布|颁布|印发|下发|转发)的?)?")
_FORWARDED = regex.compile(r"(?:转发|批转)[^。;!?《》]{0,40}\Z")
_LONGEST_BRINGS = 5
_GOES_ON = regex.compile(r"》(?:\([^()]{1,60}\))?(?:、|和|与|及|以及|或|,|等)?\Z")
_LONGEST_GOES_ON = 65
_BRACKET = regex.compile(r"\((?P<inside>[^()]*(?:\((?:(?:19|20)\d{2}|第\d{1,5}号)\)[^()]*)*)\)")
_STANDARD = regex.compile(
    r"(?:GB|DB\d{2,6}|JGJ|CJJ|HJ|WS|YY|NY|AQ|GA|JT|SL|T/[A-Z]{2,8}|ISO|IEC)(?:/?[TZ])?"
    r" ?\d[\d.]*(?:-\d{2,4})?"
)
"""The number of a standard, GB/T 41300-2022."""
_FORM_ENDS = regex.compile(rf"{alternation(terms('not_papers'))}\Z")
_NAMES_PAPER = alternation(terms("genres"))
_PAPER_END = regex.compile(rf"{_NAMES_PAPER}\Z")
_ISSUES = regex.compile(
    r"(?:印发|出台|制定|颁布|发布|公布|修订|编制|实施|施行|贯彻|落实|根据|按照|依据|下发)[^。《》]{0,12}\Z"
)
CUE = regex.compile(r"《|号")
"""What no paper is named without, as printed; asked before a view is made."""


def find_citations(view: View, own: Collection[str] = ()) -> list[CitationMention]:
    """The papers named in one paragraph or cell, in reading order.

    `own`: the paper's own title, number and the names of the plans that it issues; they are not
    cited (contract, citations).
    """
    return _Reader(view, _own(tuple(own))).mentions()


class _Reader:
    """Reads one paragraph: its numbers, which of them a title has taken, and the mentions."""

    def __init__(self, view: View, own: Own) -> None:
        self.view = view
        self.text = view.text
        self.own = own
        self.numbers = list(find_numbers(self.text))
        self.used: set[Pair] = set()
        self.found: list[CitationMention] = []

    def mentions(self) -> list[CitationMention]:
        """Titles first, each with its number; then the numbers that are left."""
        defined = {match.span("title") for match in _SHORT.finditer(self.text) if match["title"]}
        for i, j in find_titles(self.text):
            self.used |= {pair for pair in self._near(i, j) if i <= pair[0] < j}
            if (i, j) not in defined:
                self._read_title(i, j)
        for pair in self.numbers:
            number = print_number(self.text[slice(*pair)])
            if pair not in self.used and number not in self.own.numbers:
                relation = _relation(self.text, pair[0])
                span = self.view.span(*pair)
                self.found.append(CitationMention(*span, None, number, relation))
        return sorted(self.found, key=lambda mention: mention.char_start)

    def _read_title(self, i: int, j: int) -> None:
        """The mention whose title is the view's i to j, with the number beside it."""
        pair, end, shorts = self._beside(i, j)
        if pair is None and (not _is_paper(self.text, i, j) or self.text[i - 2 : i - 1] == "本"):
            return
        first = i - 1
        if pair:
            self.used.add(pair)
            first = min(first, pair[0])
        relation = _relation(self.text, first)
        if self.found and relation == "mention" and self._goes_on(first):
            relation = self.found[-1].relation
        number = self._printed(pair) if pair else None
        title = closed_up(self.view, i, j)
        mention = CitationMention(*self.view.span(first, end), title, number, relation, shorts)
        if not self.own.names(mention):
            self.found.append(mention)
        elif shorts:
            self.found.append(replace(mention, relation="own"))

    def _printed(self, pair: Pair) -> str:
        """A number as it is shown: a standard's as printed."""
        words = self.text[slice(*pair)]
        if _STANDARD.fullmatch(words):
            return " ".join(self.view.quote(*pair).split())
        return print_number(words)

    def _goes_on(self, first: int) -> bool:
        """Whether a mention that begins at an index stands beside the one before it."""
        start = max(0, first - _LONGEST_GOES_ON)
        return _GOES_ON.search(self.text, start, first) is not None

    def _near(self, first: int, last: int) -> list[Pair]:
        """The numbers that end at or behind `first` and begin at or before `last`; a text of many
        titles has many numbers."""
        start = bisect_left(self.numbers, first, key=itemgetter(1))
        return self.numbers[start : bisect_right(self.numbers, last, key=itemgetter(0))]

    def _beside(self, i: int, j: int) -> tuple[Pair | None, int, tuple[str, ...]]:
        """The number that belongs to a title (in brackets behind it, behind it, or right before
        it), where the mention ends, and the short titles that the bracket defines."""
        text = self.text
        bracket = _BRACKET.match(text, j + 1)
        shorts: tuple[str, ...] = ()
        if bracket:
            shorts = tuple(m["title"] or m["quoted"] for m in _SHORT.finditer(bracket[0]))
            for pair in self._near(*bracket.span()):
                if bracket.start() < pair[0] and pair[1] < bracket.end():
                    return pair, bracket.end(), shorts
            if _STANDARD.fullmatch(bracket["inside"]):
                return bracket.span("inside"), bracket.end(), shorts
        for pair in self._near(i - 1 - _LONGEST_BRINGS, j + 1):
            before = pair[1] < i and _BRINGS.fullmatch(text, pair[1], i - 1)
            if pair[0] == j + 1 or before:
                return pair, max(pair[1], j + 1), shorts
        return None, j + 1, shorts


def _is_paper(text: str, i: int, j: int) -> bool:
    """Whether a title without a number is a paper's: not a form, a certificate or a periodical."""
    title = _TRAILING.sub("", text[i:j])
    paper, form = _PAPER_END.search(title), _FORM_ENDS.search(title)
    issued = _ISSUES.search(text, max(0, i - 20), i - 1) is not None
    if paper and form and paper[0] == form[0]:
        return issued
    if paper or form:
        return paper is not None and (form is None or len(paper[0]) > len(form[0]))
    return len(title) > 3 and issued


_TRAILING = regex.compile(r"(?r)(?:\([^()]*\)|〉|>|\d{4}(?:年版|版)?)+\Z")


def _relation(text: str, first: int) -> str:
    """What governs the mention that begins at an index: the words of its sentence before it."""
    before = text[max(0, first - 60) : first]
    if _FORWARDED.search(before):
        return "forwarded"
    return "basis" if _RELATION.search(before) else "mention"


@lru_cache(maxsize=256)
def _own(names: tuple[str, ...]) -> Own:
    return Own(names)


class Own:
    """The names of the paper itself and of what it issues."""

    def __init__(self, names: Collection[str]) -> None:
        printed = [print_number(name) for name in names if _is_number(name)]
        self.numbers = frozenset(printed)
        keys = {title_key(name) for name in names if not _is_number(name)}
        keys |= {title_key(inner) for name in names for inner in inner_titles(name)}
        self.keys = frozenset(key for key in keys if len(key) > 3)

    def names(self, mention: CitationMention) -> bool:
        """Whether a mention is of the paper itself; one with another paper's number is not."""
        if mention.doc_number in self.numbers and mention.doc_number:
            return True
        if mention.title is None or mention.doc_number:
            return False
        key = title_key(mention.title)
        return any(_same(key, one) for one in self.keys)


_INNER = regex.compile(
    r"(?:印发|转发|批转|发布|公布|下达)(?:《(?P<named>.{1,300})》|(?P<bare>[^》]{1,300}?))(?:的?(?:通知|函|公告|通告))\Z"
)


_NEXT_TITLE = regex.compile(r"》[、和及与]?《")


def inner_titles(title: str) -> list[str]:
    """The plans that a notice's title names: 关于印发X的通知 gives X."""
    found = _INNER.search(View(title).text)
    if found is None:
        return []
    return _NEXT_TITLE.split(found["named"]) if found["named"] else [found["bare"]]


def _is_number(name: str) -> bool:
    words = View(name).text
    return next(find_numbers(words), None) == (0, len(words))


def _same(key: str, own: str) -> bool:
    """Equal, or but for an issuer or place before one of them, or a slip of a character or two."""
    if key == own:
        return True
    short, long = sorted((key, own), key=len)
    if len(short) >= 10 and long.endswith(short) and len(long) - len(short) <= 20:
        return True
    if len(short) < 12 or short[-2:] != long[-2:] or short[:3] != long[:3]:
        return False
    return len(long) - len(short) <= 3 and SequenceMatcher(None, key, own).ratio() > 0.93


def resolve(mentions: Iterable[CitationMention]) -> list[CitationMention]:
    """A document's mentions in order: a number named again takes the title of its first mention,
    a defined short title the title and number of what it stands for."""
    titles: dict[str, str] = {}
    shorts: dict[str, CitationMention] = {}
    found: list[CitationMention] = []
    for named in mentions:
        mention = _completed(named, titles, shorts)
        if mention.title and mention.doc_number:
            titles.setdefault(mention.doc_number, mention.title)
        shorts |= dict.fromkeys(mention.short, mention)
        if mention.relation != "own":
            found.append(mention)
    return found


def _completed(
    mention: CitationMention, titles: Mapping[str, str], shorts: Mapping[str, CitationMention]
) -> CitationMention:
    if mention.title is None:
        return replace(mention, title=titles.get(mention.doc_number or ""))
    first = shorts.get(mention.title)
    if first is None or mention.doc_number:
        return mention
    relation = "own" if first.relation == "own" else mention.relation
    return replace(mention, title=first.title, doc_number=first.doc_number, relation=relation)
