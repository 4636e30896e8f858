"""A lens on the text: characters folded and spaces closed, with the way back kept.

Official papers print the same thing in full and half width, with spaces between digits and in five
kinds of brackets. Rules read through a `View`, where these differences are gone, and what they find
is mapped back to offsets of the canonical text, whose own characters stay as printed. Folding maps
one character to one character (NFKC would change lengths: ㎡, …, ㈠). Some PDFs print radicals
(⼈, U+2F08) for the characters that look like them (人): these are folded too.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import cached_property, lru_cache

from extract import lazy as regex

_WIDE = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_RADICALS = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_RADICALS |= dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⺌⻑⻁⻤⻗⻒",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母小长虎鬼雨镸",
        strict=True,
    )
)
_FOLD = str.maketrans(
    {
        **_WIDE,
        **_RADICALS,
        **dict.fromkeys("（〔【［﹝〖﹙", "("),
        **dict.fromkeys("）〕】］﹞〗﹚", ")"),
        **dict.fromkeys("[{", "("),
        **dict.fromkeys("]}", ")"),
        **dict.fromkeys("—–―－‐‑−─～〜∼﹣﹘", "-"),
        "~": "-",
        "[": "(",
        "]": ")",
        "［": "(",
        "］": ")",
        "～": "-",
        "－": "-",
        **dict.fromkeys("：∶﹕︰", ":"),
        **dict.fromkeys("；﹔", ";"),
        **dict.fromkeys("，﹐", ","),
        "﹑": "、",
        "､": "、",
        "｡": "。",
        "﹪": "%",
        "．": ".",
        "﹒": ".",
        "\\": "/",
        "＼": "/",
        "•": "·",
        "‧": "·",
        "・": "·",
        "＜": "〈",
        "＞": "〉",
        **dict.fromkeys("「『｢﹁﹃", "“"),
        **dict.fromkeys("」』｣﹂﹄", "”"),
        "○": "〇",
        "◯": "〇",
        "　": " ",
        "\u00a0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\t": " ",
        "\r": " ",
        "\u200b": " ",
        "\ufeff": " ",
    }
)
_TABLE = [_FOLD.get(code, code) for code in range(0x10000)]
"""`_FOLD` with what stays: for a character that a table lacks, `translate` raises and catches."""
_LONG = 2000  # a paper is folded once for its many views, a phrase for its one
_SPACES = regex.compile(r" +")
_BETWEEN_WORDS = regex.compile(r"[\p{Han}\p{L}\p{N}] +[\p{Han}\p{L}\p{N}]")


def fold(text: str) -> str:
    """Width, dashes, brackets and kinds of space made equal, one character for one character.

    Brackets of all five kinds become ( and ), dashes and tildes -, full-width letters, digits and
    punctuation half-width; 。、《》“” stay. A newline stays.
    """
    return text.translate(_TABLE)


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    return fold(text)


def _kept(text: str, start: int, end: int) -> bool:
    """Whether a run of spaces separates words: between letters of two words, not inside 制 定."""
    if start == 0 or not _BETWEEN_WORDS.match(text, start - 1):
        return False
    before, after = text[start - 1], text[end]
    latin_before, latin_after = before.isascii(), after.isascii()
    if latin_before and latin_after:
        return not (before.isdigit() and after.isdigit())
    if latin_before or latin_after:
        return False
    alone_before = start < 2 or text[start - 2] in " \n"
    alone_after = end + 1 >= len(text) or text[end + 1] in " \n"
    return not (alone_before or alone_after)


class View:
    """A stretch of the canonical text as the rules see it.

    `text` is folded and without spaces, but where one separates two words (市司法局 市财政局;
    not 2024 年 6 月, not 制 定). `span(i, j)` leads back to offsets of the canonical text.
    """

    __slots__ = ("__dict__", "end", "source", "start", "text")

    def __init__(self, source: str, start: int = 0, end: int | None = None) -> None:
        self.source = source
        self.start = start
        self.end = len(source) if end is None else end
        if self.end - self.start < len(source) and len(source) > _LONG:
            folded = _folded(source)[self.start : self.end]
        else:
            folded = fold(source[self.start : self.end])
        self._at: list[int] | None = None
        if " " in folded:
            squeeze = _squeezed if len(folded) <= _LONG else _squeeze
            self.text, self._at = squeeze(folded)
        else:
            self.text = folded

    @cached_property
    def masked(self) -> str:
        """`text` with what stands in 《》 replaced by ＊, so that names do not match."""
        if "《" not in self.text:
            return self.text
        return _TITLES.sub(lambda m: "《" + "＊" * (len(m[0]) - 2) + "》", self.text)

    def span(self, i: int, j: int) -> tuple[int, int]:
        """Offsets in the canonical text of the view's characters i to j (j excluded, i < j)."""
        if self._at is None:
            return self.start + i, self.start + j
        return self.start + self._at[i], self.start + self._at[j - 1] + 1

    def index(self, offset: int) -> int:
        """The view's first character at or after an offset of the canonical text."""
        local = offset - self.start
        return local if self._at is None else bisect_left(self._at, local)

    def quote(self, i: int, j: int) -> str:
        """The canonical text's own characters behind the view's characters i to j."""
        start, end = self.span(i, j)
        return self.source[start:end]

    def part(self, i: int, j: int) -> View:
        """The view of the view's own characters i to j."""
        if i >= j:
            at = self.start + (i if self._at is None else 0)
            return View(self.source, at, at)
        return View(self.source, *self.span(i, j))


_TITLES = regex.compile(r"《(?:[^《》\n]|《[^《》\n]*+》)*+》")


def _squeeze(folded: str) -> tuple[str, list[int]]:
    """Text without the spaces that do not separate words, and where each character came from."""
    keep: list[int] = []
    pieces = []
    last = 0
    for match in _SPACES.finditer(folded):
        start, end = match.span()
        pieces.append(folded[last:start])
        keep.extend(range(last, start))
        if _kept(folded, start, end):
            pieces.append(" ")
            keep.append(start)
        last = end
    pieces.append(folded[last:])
    keep.extend(range(last, len(folded)))
    return "".join(pieces), keep


_squeezed = lru_cache(maxsize=64)(_squeeze)
"""One step after another reads the same few paragraphs of a paper."""
