"""How papers are named: 发文字号, titles in 《》, the date line, the word that a title ends with.

A number is 机关代字〔年份〕序号 (GB/T 9704-2012, 7.2.5: 国办发〔2023〕27号) or that of a decree
(国务院令第286号). Everything works on `View.text`, so brackets are ( ) and spaces are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract import lazy as regex
from extract.lens import View, fold
from extract.lexicon import alternation, spellings, terms
from extract.lexicon import load as load_lexicon
from extract.rules.numerals import parse_number
from extract.rules.rule import rule
from extract.rules.units.unit_words import joined_departments

Pair = tuple[int, int]

LONGEST_CODE = 12
"""Characters of the longest 机关代字 (海人工智能发展规字 has nine)."""
LONGEST_TITLE = 150
"""Characters of the longest title in 《》 that is believed; further on the bracket is a slip."""

_NUMBER = rule(
    "paper number",
    r"(?<=[\p{Han}A-Za-z])\((?:19|20)\d{2}\)第?\d{1,5}号|"
    r"(?<=[\p{Han}])令\(第\d{1,5}号\)|"
    r"(?<=[\p{Han}])公告 ?(?:\((?:19|20)\d{2}\)|(?:19|20)\d{2}年)?第\d{1,5}号|"
    r"(?:(?<=[\p{Han}])令 ?(?:\((?:19|20)\d{2}\))?|(?<=[\p{Han}]))(?:(?:19|20)\d{2}年)?"
    r"第\d{1,5}号(?:令|公告)?",
    source="GB/T 9704-2012, 7.2.5; 规章制定程序条例, art. 30 (decrees)",
    examples=(
        "同政办发⟦〔2024〕5号⟧",
        "国办发⟦[2012] 46 号⟧",
        "省政府⟦令第286号⟧",
        "公安部⟦第25号令⟧",
        "国家互联网信息办公室⟦令〔第3号〕⟧",
        "住房和城乡建设部⟦令2019年第3号⟧",
        "海关总署⟦公告2019年第8号⟧",
    ),
    counter=("12345号", "（2023年）", "3号楼"),
)
_YEAR = regex.compile(r"\(((?:19|20)\d{2})\)")
_EDGE = regex.compile(r"[^\p{Han}]")
_NUMBER_TAIL = regex.compile(r"令|公告")
_CODE = regex.compile(r"(?r)[\p{Han}A-Za-z]+\Z")
_DECREE_HEAD = regex.compile(
    r"(?:中华人民共和国)?(?:[\p{Han}]{0,12}(?:人民政府|政府|国务院|主席|委员会|常务委员会|常委会|办公室|部|委|局|署|行|会))\Z"
)

DATE = rule(
    "date of a paper",
    r"(?P<year>(?:19|20)\d{2}|[一二][〇零oO0一二三四五六七八九]{3})[年月]"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十廿]{1,3})日",
    source="GB/T 9704-2012, 7.3.5.4; before 2012 in Chinese numerals",
    examples=(
        "⟦2024年1月30日⟧",
        "⟦2024 年 1 月 30 日⟧",
        "⟦二〇〇九年四月十七日⟧",
        "⟦二○○一年十二月二十二日⟧",
    ),
    counter=("2024年1月", "1月30日"),
)
_PAGE_DATE = regex.compile(r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")

_GENRES = alternation(terms("genres"))
_PAREN = regex.compile(r"(?r)(?:\([^()]{1,40}\))+\Z")
_LEADS = alternation(
    [*(g for g in terms("genres") if len(g) > 1), *terms("paper_words", kind="number_lead")]
)
_LEAD = regex.compile(rf"{_LEADS}|和(?!国)")
_LEAD_WORD = regex.compile(rf"{alternation(terms('paper_words', kind='number_lead'))}|和(?!国)")
"""Inside a bracket of its own a number's code may hold 规划: (沪规划资源数〔2025〕254号)."""
_DECREE_LEAD = regex.compile(r"根据|依据|按照|依照|落实|执行|贯彻|日|以|(?<!共)和|和(?!国)|与|及")
_CENTRAL = [*terms("central_organs", "name"), *terms("central_organs", "also_called")]
_AUTHORITIES = regex.compile(rf"(?:(?:中华人民共和国)?(?:{alternation(_CENTRAL)})[ 、]?){{1,8}}\Z")
"""Central organs that issue a decree, side by side: 财政部 税务总局公告2023年第12号."""
_FURTHEST = 60
"""Characters of the longest row of such organs."""


def find_numbers(text: str) -> Iterator[Pair]:
    """Indices of every number of a paper in a view's text, its code included."""
    if "号" not in text:
        return
    for found in _NUMBER.finditer(text):
        decree = found[0][0] != "("
        start = _decree_start(text, found) if decree else _code_start(text, found.start())
        if start is not None:
            yield start, found.end()


def _code_start(text: str, bracket: int) -> int | None:
    """Where the 机关代字 before a bracket begins: 根据国办发( gives the index of 国."""
    code = _CODE.search(text, max(0, bracket - LONGEST_CODE), bracket)
    if code is None:
        return None
    start = code.start()
    enclosed = text[start - 1 : start] == "("
    for lead in (_LEAD_WORD if enclosed else _LEAD).finditer(text, start, bracket):
        if lead.end() < bracket:
            start = lead.end()
    return start if bracket - start <= LONGEST_CODE else None


def _decree_start(text: str, found: regex.Match[str]) -> int | None:
    """Where the authority of a decree begins; None where no authority stands before it."""
    if not _NUMBER_TAIL.search(found[0]):
        return None
    start = found.start()
    if central := _AUTHORITIES.search(text, max(0, start - _FURTHEST), start):
        return central.start()
    low = max(0, start - 30)
    for edge in _EDGE.finditer(text, low, start):
        low = edge.end()
    names = [name.span() for name in joined_departments().finditer(text, low, start)]
    for lead in _DECREE_LEAD.finditer(text, low, start):
        if not any(i < lead.start() < j for i, j in names):
            low = lead.end()
    return low if _DECREE_HEAD.search(text, low, start) else None


def print_number(number: str) -> str:
    """A number as the tables hold it: brackets 〔〕, half-width digits, no spaces."""
    closed = "".join(fold(number).split())
    whole = closed if "号" in closed else closed + "号"
    return _YEAR.sub(r"〔\1〕", whole)


def find_titles(text: str) -> Iterator[Pair]:
    """Indices of what stands in each outermost pair of 《》, the brackets left out."""
    at = text.find("《")
    while at >= 0:
        end = _closing(text, at)
        if end is None:
            at = text.find("《", at + 1)
            continue
        yield at + 1, end
        at = text.find("《", end + 1)


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for index in range(opening, min(len(text), opening + LONGEST_TITLE)):
        if text[index] == "《":
            depth += 1
        elif text[index] == "》":
            depth -= 1
            if depth == 0:
                return _behind_slip(text, opening, index)
    return None


_SLIP = regex.compile(r"》的\p{Han}{0,4}》")


def _behind_slip(text: str, opening: int, closing: int) -> int:
    """Where a title ends whose inner pair opens as 〈 and closes as 》: 《印发〈甲》的通知》."""
    inner = text[opening:closing]
    if inner.count("〈") + inner.count("<") <= inner.count("〉") + inner.count(">"):
        return closing
    slip = _SLIP.match(text, closing)
    return slip.end() - 1 if slip else closing


def closed_up(view: View, i: int, j: int) -> str:
    """The canonical characters behind a view's i to j, without spaces and line breaks."""
    quote = view.quote(i, j)
    if any(char.isspace() for char in quote):
        quote = "".join(view.quote(k, k + 1) for k in range(i, j))
    return _CLOSED.sub("", quote).strip()


def genre(title: str) -> str | None:
    """The word that a title ends with, behind it only (试行) and years: 通知, 方案; or None."""
    words = _PAREN.sub("", View(title).text.replace(" ", "")).rstrip("》〉”")
    words = _PAREN.sub("", words)
    found = _GENRE_END.search(words)
    return found[0] if found else None


_GENRE_END = regex.compile(rf"{_GENRES}\Z")
_KINDS = {word: row["kind"] for row in load_lexicon("genres") for word in spellings(row["term"])}


def genre_kind(word: str) -> str:
    """statutory, plan, rule or other, for a genre."""
    return _KINDS[word]


_CLOSED = regex.compile(r"(?<=[^\x00-\x7F])\s+|(?<!\s)\s+(?=[^\x00-\x7F])")
_NOT_LETTERS = regex.compile(r"[^\p{Han}\p{L}\p{N}]+")


def title_key(title: str) -> str:
    """A title for comparison: no punctuation, no 关于 at its head, no 的."""
    letters = _NOT_LETTERS.sub("", fold(title)).replace("的", "").replace("年", "")
    return letters.removeprefix("关于")


def read_date(text: str) -> date | None:
    """The first date in folded text: 2024年1月30日, 二〇〇九年四月十七日, 2026-02-13."""
    found = DATE.search(text) or _PAGE_DATE.search(text)
    if found is None:
        return None
    year, month, day = (_figure(found[part]) for part in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


_LETTER_O = str.maketrans("oO", "〇〇")


def _figure(text: str) -> int:
    value = parse_number(text.translate(_LETTER_O))
    return int(value) if value is not None else 0
