"""The noun phrase behind a figure: 培育30家⟦企业⟧, 最高30万元、最长3年的⟦创业担保贷款⟧.

Source: contract, targets: indicator in the text's words.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.completing import LATE_THING
from extract.rules.figures.figures import Figure
from extract.rules.figures.grants import GIVING
from extract.rules.figures.rates import DONE_IN
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

CHAIN = rule(
    "figures that share the thing behind the last of them",
    r"^(?:(?:[、和及或且]|以及|并且)[\p{Han}]{0,8}?[\d.,]+(?:%|[百千万亿]*(?:元|[年天个月名折]{1,2})?(?:/\p{Han}{1,3}?)?)(?:以上|以内|以下|左右)?)++"
    r"(?=的|[\p{Han}“”]{0,6}(?:补|奖|资|扶|支持|贴|券|贷款|经费|优惠|津|[家置居]费))",
    source="contract, targets: 最高30万元、最长3年的创业担保贷款",
    examples=("⟦、50万元、20万元⟧资助", "⟦且每月不超过2000元⟧的免租优惠", "⟦、50万元/项⟧的奖励"),
    counter=("、1000个示范场景", "的补助"),
)

_ASIDE = regex.compile(r"\((?:[^()]{8,}|[即指不含][^()]*)\)")
_NEXT = regex.compile(
    r"[、和及与或](?=[^、,。;]{0,24}?\d)|的(?=\d)|(?:、|和|及|以及|并|且)(?=最高|最长|不超|不少|不低|至少|一次|一批|给予)|[,。;:\n]|给予"
    r"|(?<=\p{Han}{2})(?=\d[\d.]*[万亿]?(?:公里|千米|平方米|亩|公顷))"
)
_BRACKET = regex.compile(
    r"^\([^()]*\)(?:的(?=.))?|^(?:的?(?:标准|比例|要求|规定|水平|幅度)|[/)])+(?:配备|配置|建设|设置)?"
)
_QUALITY = regex.compile(r"(?:[、,]|具有|具备|集)[^的]*$")
_HAS_SIZE = regex.compile("(?:不少于|不低于|不小于|超过|达到)$")
_FIGURE_NEXT = regex.compile(r"\d[\d.]*[百千万亿]*(?:元|%|个|家|人)")
_SHORT = 3


_STAYS = regex.compile("(?:维持|保持|继续)?不变|(?:维持|保持)稳定")
"""限额4000元维持不变: what a figure does is not what it measures."""


def noun_behind(clause: Clause, figure: Figure) -> str:
    """The noun phrase behind a figure, without the next figure's."""
    rest = clause.after(figure.end)
    if chain := CHAIN.match(rest):
        rest = rest[chain.end() :]
    rest = _ASIDE.sub("", _BRACKET.sub("", rest))
    if (
        _STAYS.match(rest)
        or _FIGURE_NEXT.match(rest)
        or (figure.kind == "time" and DONE_IN.match(rest))
    ):
        return ""
    if rest.startswith("、"):
        near = LATE_THING.match(clause.text, figure.end, clause.end)
        late = near or LATE_THING.match(clause.text, figure.end)
        return late["thing"] if late else ""
    stop = _NEXT.search(rest)
    if rest.startswith(("给予", "予以", "发放", "提供")):
        given = GIVING.match(rest)
        return trim(given["what"]) if given else ""
    words = rest[: stop.start()] if stop else rest
    if figure.kind == "count" and _QUOTED.fullmatch(words):
        return words
    phrase = "" if words == "等" else trim(words)
    if _QUALITY.match(phrase or rest) or _HAS_SIZE.search(phrase):
        late = LATE_THING.match(clause.text, figure.end)
        return late["thing"] if late else phrase
    return phrase


_QUOTED = regex.compile("“[^“”]+”")


_OF_SIZE = regex.compile(
    r"^(?:总?面积|营业?收入|年?产值|规模|投资额?)(?:超过?|达到?|不低于|不少于|突破)[\d.百千万亿]+[^的,。;]{1,6}的(?=\p{Han}|[A-Z])"
)
"""10个以上总面积超百万平方米的社区: the size is none of their name."""


def trim(phrase: str) -> str:
    """A noun phrase without 的 before it and a list of qualities in front of it."""
    phrase = _BRACKET.sub("", _OF_SIZE.sub("", phrase)).strip(' 的"“”,、')
    if ")" not in phrase:
        phrase = phrase.partition("(")[0]
    if phrase.startswith("对"):
        return phrase
    head, found, tail = phrase.rpartition("的")
    if found and "、" in head and len(tail) >= _SHORT and len(head) > len(tail):
        return tail
    return phrase
