"""Numbering labels: 一、 （一） 1. （1） ① 第三条, and what they count.

GB/T 9704-2012 7.3.3 orders the levels 一、 （一） 1. （1）; papers mix them freely, so a label's
kind says only what it may sit under, and the tree settles the level. 一是 is no label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract import lazy as regex
from extract.rules.numerals import parse_number
from extract.rules.rule import rule

RANKS = {
    "part": 0,
    "chapter": 1,
    "node": 2,
    "article": 3,
    "word": 3,
    "han": 4,
    "han_paren": 5,
    "digit": 6,
    "digit_paren": 7,
    "circle": 8,
}
"""Label kinds from the outermost to the innermost, where a paper uses several."""

_HAN = "[一二三四五六七八九十百零〇]"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAREN_DIGITS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOT_DIGITS = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_PAREN_HAN = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"

_LABEL = rule(
    "label",
    rf"""(?x)
    (?:
      第(?P<ordinal>{_HAN}{{1,5}}|\d{{1,3}})(?P<counter>部分|篇|章|节|条)(?!第|款)[:、]?\ ?
    | (?P<word>(?:重点)?(?:任务|专项行动|行动|工程|举措|措施|项目)(?:之)?)
      (?P<word_no>{_HAN}{{1,3}}|\d{{1,2}})[:、.]
    | (?P<han>{_HAN}{{1,4}})(?:、|\.(?!\d)|,(?=\p{{Han}}))
    | \(?(?P<han_paren>{_HAN}{{1,4}})\)[、.]?
    | (?P<han_glyph>[{_PAREN_HAN}])[、.]?
    | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[.、]?(?=[^\d%.、,\-]|$)
      (?!年|月|万|亿|个|元|倍|分|级|[GKD](?![A-Za-z]))
    | (?P<digit>\d{{1,3}})(?:[.、](?!\d)|\.(?=\d{{2,4}}年|\d{{1,2}}月|\d{{1,2}}[GKD](?![A-Za-z]))
        |、(?=20\d\d年|\d{{1,2}}月(?:\d{{1,2}}日|[底末初前])))
    | (?P<dot_glyph>[{_DOT_DIGITS}])
    | \(?(?P<digit_paren>\d{{1,3}})\)[、.]?
    | (?P<paren_glyph>[{_PAREN_DIGITS}])
    | (?P<circle>[{_CIRCLES}])[、.]?
    )""",
    source="GB/T 9704-2012 7.3.3",
    examples=(
        "⟦一、⟧总体要求",
        "⟦（一）⟧全面提升",
        "⟦1. ⟧提高政治能力",
        "⟦（1）⟧加强",
        "⟦①⟧加强",
        "⟦第三条⟧本办法",
        "⟦第一章⟧总则",
        "⟦任务一：⟧推进",
        "⟦2.1 ⟧建设目标",
        "⟦１０．⟧制 定",
        "⟦20.⟧2月底前公布",
        "⟦2、⟧2月25日前登记",
        "⟦3.⟧5G产业",
    ),
    counter=("是提高", "年底前完成", "2、3月份巡查"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A numbering label in a view: indices i to j, its kind, and the figures it prints."""

    i: int
    j: int
    kind: str
    numbers: tuple[int, ...]

    @property
    def number(self) -> int:
        """The last figure: 3 of 2.3."""
        return self.numbers[-1]


def read_label(text: str, at: int = 0) -> Label | None:
    """The label that stands at an index of a view's text, or None."""
    found = _LABEL.match(text, at)
    if found is None:
        return None
    label = _of(found)
    return label if label and 0 < label.number < 400 else None


def _of(found: regex.Match[str]) -> Label | None:
    i, j = found.span()
    if found["ordinal"]:
        kinds = {"部分": "part", "篇": "part", "章": "chapter", "节": "node", "条": "article"}
        return _label(i, j, kinds[found["counter"]], found["ordinal"])
    if found["word"]:
        return _label(i, j, "word", found["word_no"])
    if found["decimal"]:
        return Label(i, j, "decimal", tuple(int(n) for n in found["decimal"].split(".")))
    for kind in ("han", "han_paren", "digit", "digit_paren"):
        if found[kind]:
            return _label(i, j, kind, found[kind])
    glyphs = (
        ("circle", "circle", _CIRCLES),
        ("paren_glyph", "digit_paren", _PAREN_DIGITS),
        ("dot_glyph", "digit", _DOT_DIGITS),
        ("han_glyph", "han_paren", _PAREN_HAN),
    )
    for group, kind, row in glyphs:
        if found[group]:
            return Label(i, j, kind, (row.index(found[group]) + 1,))
    return None


def _label(i: int, j: int, kind: str, figure: str) -> Label | None:
    value = parse_number(figure)
    return None if value is None else Label(i, j, kind, (int(value),))


_CHAPTER = regex.compile(r"(?P<figure>\d{1,2}) ?(?P<words>\p{Han}[\p{Han}、“”()]{1,20})")


def bare_chapter(text: str) -> Label | None:
    """The number of a chapter that stands on a line with its heading and without a sign, as in
    papers that count in decimals: 1 总则; a label only where sections (1.1) stand below it."""
    found = _CHAPTER.fullmatch(text.strip())
    if found is None or int(found["figure"]) == 0:
        return None
    return Label(0, text.index(found["words"]), "chapter", (int(found["figure"]),))


_INLINE = regex.compile(rf"{_HAN}{{1,4}}、|\({_HAN}{{1,4}}\)")
_BEFORE_HAN = "。!?;:)”"


def inline_labels(text: str, counts: Mapping[str, int] | None = None) -> Iterator[Label]:
    """Labels inside a run-on line that count on: 一、…（一）…（二）…二、…（三）….

    A page that lost its line breaks prints its items behind one another. A label counts when it
    follows the end of a sentence (一、) or anything (（一）) and carries on the count of its kind,
    from 1 or from the last one; `counts`: the last of each kind before the line.
    """
    last = {"han": 0, "han_paren": 0, **(counts or {})}
    for found in _INLINE.finditer(text):
        label = read_label(text, found.start())
        if label is None or label.kind not in last:
            continue
        ended = label.i == 0 or text[label.i - 1] in _BEFORE_HAN
        if label.kind == "han" and not ended:
            continue
        if label.number == last[label.kind] + 1 or (label.number == 1 and label.kind != "han"):
            last[label.kind] = label.number
            yield label


_BEHIND_BRACKET = regex.compile(
    rf"\)。? ?(?=(?:\d{{1,3}}[.、](?!\d)|\((?:\d{{1,3}}|{_HAN}{{1,3}})\)|{_HAN}{{1,3}}、)"
    r"[\p{Han}“]|\d{1,3}[.、]20\d\d年)"
)
_SAYS_WHO = regex.compile(r"\([^。]{0,400}?(?:单位|部门|牵头|配合|负责|落实)")


_BRACKET_LOST = regex.compile(
    r"。\([^()。:]{2,200}(?:牵头|负责|配合|落实)[^()。:]{0,40}(?:完成|推进|坚持|实施|负责|配合|落实)"
    r"(?=\d{1,2}\.\p{Han})"
)
"""A closing statement that lost its bracket: (市人社局负责,6月底前完成12.开展…."""


_BEHIND_DUE = regex.compile(
    r"(?:时限|时间|期限):[^。;:]{2,24}?(?:底?前|年内|底|末|坚持|推进)"
    r"(?P<label>\d{1,3}[.、] ?(?:\p{Han}|“|20\d\d年))"
)
"""An item that has run into the line that says by when: 完成时限:2023年6月底前71.开展…."""


def labels_behind_statements(text: str) -> list[int]:
    """Where items begin that follow a closing statement on its line: (责任单位:市司法局)8.补齐….

    The line break between them was lost; what the bracket says shows that the item before is over.
    """
    starts = []
    for found in _BEHIND_BRACKET.finditer(text):
        sentence = text.rfind("。", 0, found.start()) + 1
        if _SAYS_WHO.search(text, sentence, found.start()):
            starts.append(found.end())
    starts += [found.end() for found in _BRACKET_LOST.finditer(text)]
    starts += [found.start("label") for found in _BEHIND_DUE.finditer(text)]
    return sorted(starts)


_OPEN_STATEMENT = regex.compile(r"\([^()]{0,8}(?:单位|部门|处室|科室):(?:[^()。]|\([^()]{1,8}\))*$")


def label_in_statement(text: str, own: Label) -> list[int]:
    """Where the next item begins that has run into a closing statement whose bracket was lost:
    (92)推进…。(责任单位:市财政局(93)各级…. `own`: the label that the line begins with."""
    at = text.find(f"({own.number + 1})", own.j) if own.kind == "digit_paren" else -1
    return [at] if at > 0 and _OPEN_STATEMENT.search(text, own.j, at) else []


_PAIR = regex.compile(
    rf"(?<=[。!?;)”])(?P<upper>{_HAN}{{1,4}}、)[\p{{Han}}]{{2,20}}(?P<lower>\(一\))(?=\p{{Han}})"
)
_FIRST_ITEM = regex.compile(
    rf"(?:{_HAN}{{1,4}}、|\({_HAN}{{1,4}}\))[^。:;]{{2,40}}。(?P<item>(?P<figure>\d{{1,3}})[.、](?:\p{{Han}}|20\d\d年))"
)


def labels_behind_headings(text: str, counts: Mapping[str, int]) -> list[int]:
    """Where a heading or an item begins that has run into the line before it: …免提交。二、重点任务
    （一）梳理清单。…, （十二）持续优化服务。34.整合…. `counts`: the last of each kind before."""
    starts: list[int] = []
    for found in _PAIR.finditer(text):
        upper = read_label(text, found.start("upper"))
        if upper is not None and upper.number == counts.get("han", 0) + 1:
            starts += [found.start("upper"), found.start("lower")]
    item = _FIRST_ITEM.match(text)
    if item and int(item["figure"]) in (1, counts.get("digit", 0) + 1):
        starts.append(item.start("item"))
    return starts


_INLINE_DIGIT = regex.compile(r"(?<=[。!?])(?P<figure>\d{1,2})[.、](?=[\p{Han}“《])")
_RUN = 3


def inline_digits(text: str) -> list[int]:
    """Where the items of a run-on line begin that counts 1.…。2.…。3.…; none for fewer than three.

    Each follows the end of a sentence and carries on the count from 1.
    """
    starts: list[int] = []
    for found in _INLINE_DIGIT.finditer(text):
        if int(found["figure"]) == len(starts) + 1:
            starts.append(found.start())
    return starts if len(starts) >= _RUN else []
