"""What is printed beside a paper, label by label: 索引号, 发布机构, 成文日期, 文号 and such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract import lazy as regex
from extract.lexicon import terms
from extract.model import Block, Grid
from extract.readers.invisible import without_invisible

_RECORD = frozenset(terms("page_words", kind="record"))
_COUNTERS = frozenset(terms("page_words", kind="counter"))
_LABELS = _RECORD | _COUNTERS | frozenset(terms("page_words", kind="label"))
_LONG = frozenset(("内容概述", "内容摘要", "摘要", "标题", "名称", "文件名称", "信息名称"))
_SPACE = regex.compile(r"\s+")
_GAP = r"\s{0,6}"
_NAMES = "|".join(
    _GAP.join(word) for word in sorted(set(_LABELS), key=lambda word: (-len(word), word))
)
_LABEL = regex.compile(
    rf"(?:(?:^|(?<=[\s>|｜\]】]))({_NAMES}){_GAP}[：:]|【{_GAP}({_NAMES}){_GAP}】[：:]?)"
)
_ALONE = regex.compile(rf"[\[【]?({_NAMES})[\]】]?{_GAP}[：:]?")
_BUTTON = regex.compile(
    r"(?<!\s)\s*+(?:[\[【(（]\s*+)?(?:内容纠错|我要纠错|收藏|打印|关闭|分享|字体|字号|大\s中\s小|阅读次数|热词).{0,40}$"
)
_MAX_VALUE = 240
_HEAD = 14

Pair = tuple[str, str]


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", without_invisible(text))


def pairs_in(fragments: Iterable[str]) -> list[Pair]:
    """Labels and values in pieces of text, in order; what stands before the first label comes
    first, under the label ''."""
    pairs: list[tuple[str, list[str]]] = [("", [])]
    for fragment in fragments:
        alone = _ALONE.fullmatch(fragment.strip())
        if alone:
            pairs.append((squeeze(alone[1]), []))
            continue
        last = 0
        for match in _LABEL.finditer(fragment):
            pairs[-1][1].append(fragment[last : match.start()])
            pairs.append((squeeze(match[1] or match[2]), []))
            last = match.end()
        pairs[-1][1].append(fragment[last:])
    return [(label, _value(values)) for label, values in pairs]


def _value(parts: list[str]) -> str:
    text = " ".join(" ".join(parts).split())
    return _BUTTON.sub("", text).strip(" :：|｜")


def is_block(pairs: list[Pair], size: int) -> bool:
    """Whether pairs with `size` characters in all are a block of fields: two labels or more, short
    values, no sentences."""
    labels = {label for label, _ in pairs[1:]}
    if len(labels) < 2:
        return False
    for label, value in pairs[1:]:
        if label not in _LONG and (len(value) > _MAX_VALUE or "。" in value):
            return False
    return len(labels & _RECORD) >= 2 or size <= 60 * len(pairs[1:])


def collect(pairs: Iterable[Pair], printed: dict[str, str]) -> None:
    """Add pairs to what is printed; the first value of a label stays."""
    for label, value in pairs:
        if label and value and label not in _COUNTERS:
            printed.setdefault(label, value)


def at_head(texts: Sequence[str]) -> tuple[set[int], list[Pair]]:
    """The lines near the head of a text that state fields (label: value) one below the other, and
    the pairs they state; none where fewer than two labels, or no record's label, stand there."""
    taken: set[int] = set()
    pairs: list[Pair] = []
    seen = 0
    for i, text in enumerate(texts):
        if not text.strip():
            continue
        seen += 1
        if seen > _HEAD:
            break
        found = pairs_in([text.strip()])
        if len(found) > 1 and not found[0][1] and len(text) <= _MAX_VALUE:
            taken.add(i)
            pairs += found[1:]
    labels = {label for label, _ in pairs}
    return (taken, pairs) if len(labels) >= 2 and labels & _RECORD else (set(), [])


def without_fields(blocks: Iterable[Block]) -> tuple[list[Block], dict[str, str]]:
    """The blocks without the lines of fields at their head, and what those state."""
    kept = list(blocks)
    texts = [
        "" if isinstance(block, Grid) else " ".join(line.text for line in block.lines)
        for block in kept[: 3 * _HEAD]
    ]
    taken, pairs = at_head(texts)
    printed: dict[str, str] = {}
    collect(pairs, printed)
    return [block for i, block in enumerate(kept) if i not in taken], printed
