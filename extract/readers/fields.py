"""What is printed beside a paper, label by label: 索引号, 发布机构, 成文日期, 文号 and such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract import lazy as regex
from extract.lexicon import terms
from extract.model import Block, Grid, Paragraph
from extract.readers.invisible import without_invisible

_RECORD = frozenset(terms("page_words", kind="record"))
_COUNTERS = frozenset(terms("page_words", kind="counter"))
_LABELS = _RECORD | _COUNTERS | frozenset(terms("page_words", kind="label"))
_LONG = frozenset(("内容概述", "内容摘要", "摘要", "标题", "名称", "文件名称", "信息名称"))
_SPACE = regex.compile(r"\s+")
_GAP = r"\s{0,6}"


def _any_of(words: Iterable[str]) -> str:
    """A pattern of these labels, letters set apart too, longer ones first."""
    return "|".join(_GAP.join(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_NAMES = _any_of(_LABELS)
_LABEL = regex.compile(
    rf"(?:(?:^|(?<=[\s>|｜\]】；;]))({_NAMES}){_GAP}[：:]|【{_GAP}({_NAMES}){_GAP}】[：:]?)"
)
_RUN_ON = regex.compile(rf"({_any_of(_RECORD)}){_GAP}[：:]")
"""A record's label wherever it stands, as where values and labels have run together."""
_SPACED = regex.compile(rf"(?:^|(?<=\s))({_NAMES})(?=\s)")
"""A label that only a space parts from its value."""
_ALONE = regex.compile(rf"[\[【]?({_NAMES})[\]】]?{_GAP}[：:]?")
_BUTTON = regex.compile(
    r"(?<!\s)\s*+(?:[\[【(（]\s*+)?(?:内容纠错|我要纠错|收藏|打印|关闭|分享|字体|字号|大\s中\s小|阅读次数|热词).{0,40}$"
)
_MAX_VALUE = 240
_LONGEST_DATA = 10_000
"""Characters of the longest line that is looked at for a page's data."""
_HEAD = 14
_MOST_CELLS = 80
_LAST = 4
"""Pieces of text that the last value of a block may be made of."""

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
        for label, (start, end) in _labels_in(fragment):
            pairs[-1][1].append(fragment[last:start])
            pairs.append((label, []))
            last = end
        pairs[-1][1].append(fragment[last:])
    return [(label, _value(values)) for label, values in pairs]


def _labels_in(fragment: str) -> list[tuple[str, tuple[int, int]]]:
    """The labels in a piece of text and where they stand. Where one of a record opens the piece,
    others may follow its value without a space, or all stand without their colons."""
    if len(fragment) > _LONGEST_DATA:
        return []
    found = list(_LABEL.finditer(fragment))
    first = found or list(_SPACED.finditer(fragment))
    if first and not fragment[: first[0].start()].strip() and _name(first[0]) in _RECORD:
        known = {match.end() for match in first}
        run_on = [match for match in _RUN_ON.finditer(fragment) if match.end() not in known]
        found = sorted([*first, *run_on], key=lambda match: match.start())
    return [(_name(match), match.span()) for match in found]


def _name(match: regex.Match[str]) -> str:
    """The label that one of the patterns found."""
    return squeeze(next(filter(None, match.groups())))


def _value(parts: list[str]) -> str:
    text = " ".join(" ".join(parts).split())
    return _BUTTON.sub("", text).strip(" :：|｜；;")


def is_block(pairs: list[Pair], size: int) -> bool:
    """Whether pairs with `size` characters in all are a block of fields: two labels or more, short
    values, no sentences."""
    labels = {label for label, _ in pairs[1:]}
    if len(labels) < 2 or not _are_short(pairs[1:]):
        return False
    return len(labels & _RECORD) >= 2 or size <= 60 * len(pairs[1:])


def _are_short(pairs: Iterable[Pair]) -> bool:
    """Whether the values of fields are no prose, but for those that may be."""
    return not any(
        label not in _LONG and (len(value) > _MAX_VALUE or "。" in value) for label, value in pairs
    )


def ends_in_prose(fragments: Sequence[str], pairs: Sequence[Pair]) -> bool:
    """Whether behind the last label, of a value that may be prose, more stands than its value."""
    return pairs[-1][0] in _LONG and len(pairs_in(fragments[-_LAST:])) == 1


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
        if len(found) > 1 and not found[0][1] and _are_short(found):
            taken.add(i)
            pairs += found[1:]
    labels = {label for label, _ in pairs}
    return (taken, pairs) if len(labels) >= 2 and labels & _RECORD else (set(), [])


def without_fields(blocks: Sequence[Block]) -> tuple[list[Block], dict[str, str]]:
    """The blocks without the lines of fields at their head, and what those state."""
    taken, printed = _stated(blocks)
    return [block for i, block in enumerate(blocks) if i not in taken], printed


def with_fields_apart(blocks: Sequence[Block]) -> tuple[list[Block], dict[str, str]]:
    """The blocks, each line of fields at their head a paragraph by itself, and what those state."""
    taken, printed = _stated(blocks)
    apart = list(blocks)
    behind = False
    for i, block in enumerate(blocks[: 4 * _HEAD] if taken else ()):
        if isinstance(block, Paragraph) and any(line.text.strip() for line in block.lines):
            apart[i] = block._replace(complete=block.complete or behind or i in taken)
            behind = i in taken
    return apart, printed


def _stated(blocks: Sequence[Block]) -> tuple[set[int], dict[str, str]]:
    """The places of the lines of fields at the head of some blocks, and what they state."""
    texts = [
        "" if isinstance(block, Grid) else " ".join(line.text for line in block.lines)
        for block in blocks[: 3 * _HEAD]
    ]
    taken, pairs = at_head(texts)
    if any(text.strip() for i, text in enumerate(texts) if i not in taken):
        for i, block in enumerate(blocks[:_HEAD]):
            small = isinstance(block, Grid) and len(block.cells) <= _MOST_CELLS
            if isinstance(block, Grid) and small and (told := _told_by(block)):
                taken.add(i)
                pairs += told
    printed: dict[str, str] = {}
    collect(pairs, printed)
    return taken, printed


def _told_by(table: Grid) -> list[Pair]:
    """What a table of fields states, a value at most beside each label; nothing in other tables,
    as a list of papers is, whose heads are labels too."""
    cells = [" ".join(line.text for line in cell.lines) for cell in table.cells if cell.lines]
    first, *pairs = pairs_in(cells)
    few = len(cells) <= 2 * len(pairs) and not first[1]
    return pairs if few and is_block([first, *pairs], sum(map(len, cells))) else []
