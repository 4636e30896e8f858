"""The heading tree: pieces of text under the labels that they stand under.

A piece is a paragraph, or a part of a run-on line. The order of levels is not fixed: a label whose
kind is open already is a sibling of the open one; else it is a child of what stands last, after
what is further in by GB/T 9704 has been closed. Numbers are taken as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract import lazy as regex
from extract.lens import View
from extract.outline.headed import headed_groups
from extract.outline.headings import (
    enclosed_heading_end,
    heading_end,
    opens_safeguards,
    section_kind,
)
from extract.outline.labels import (
    RANKS,
    Label,
    bare_chapter,
    inline_digits,
    inline_labels,
    label_in_statement,
    labels_behind_headings,
    labels_behind_statements,
    read_label,
)
from extract.outline.rosters import lists_persons

Span = tuple[int, int]

NO_TASKS = ("goal", "background", "roster", "other")
"""Kinds of sections under which nothing is a task but what has a kind of its own; `background` is
what was and is (现状, 编制依据), in the table `other`."""


@dataclass(slots=True)
class Node:
    """An item or heading: its label, its own paragraphs (before its children), its children.

    `text_start`: where the words after the label begin; `heading`: span of the heading sentence;
    `under`: that of the item right above; `tables`: the numbers of tables that stand here instead
    of text.
    """

    label: str | None
    kind: str
    numbers: tuple[int, ...]
    path: str | None
    level: int
    text_start: int
    heading: Span | None = None
    heading_words: str = ""
    section_kind: str = "task"
    paragraphs: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    under: Span | None = None

    @property
    def start(self) -> int:
        """Offset of the first character, label included."""
        return self.paragraphs[0][0]

    @property
    def end(self) -> int:
        """Offset after the last character of its own paragraphs."""
        return self.paragraphs[-1][1]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def build_tree(text: str, spans: Iterable[Span | int], prefix: str = "") -> Node:
    """The tree over paragraphs (spans of the canonical text) and tables (their numbers).

    `prefix` stands before every path (A2:). The root has kind root and the text before the first
    label as its paragraphs.
    """
    root = Node(None, "root", (), None, 0, 0)
    stack = [root]
    items = list(_pieces(text, spans))
    chapters = _decimal_chapters(text, items)
    for place, item in enumerate(items):
        if isinstance(item, int):
            stack[-1].tables.append(item)
            continue
        view = View(text, *item)
        label = chapters.get(item) or read_label(view.text)
        if label is not None and label.j < len(view.text):
            _attach(stack, label, view, item, prefix)
        elif label is None and _is_bare_heading(view, stack, items[place + 1 : place + 2]):
            del stack[1:]
            _attach_heading(stack, view, item)
        else:
            stack[-1].paragraphs.append(item)
    if not root.children and not root.tables:
        _part_by_headings(root, text)
    for node in root.walk():
        if node.section_kind == "task" and lists_persons(text, node.paragraphs, node.text_start):
            node.section_kind = "roster"
    return root


def _decimal_chapters(text: str, items: Sequence[Span | int]) -> dict[Span, Label]:
    """The chapters of a text that counts in decimals, by their lines: 1 总则 above 1.1 编制目的.

    They count on from 1, and the first has a section 1.1 below it.
    """
    found: dict[Span, Label] = {}
    divided = False
    for item in items:
        if isinstance(item, int):
            continue
        words = View(text, *item).text
        if chapter := bare_chapter(words):
            if chapter.number == len(found) + 1:
                found[item] = chapter
        elif len(found) == 1 and (label := read_label(words)):
            divided |= label.kind == "decimal" and label.numbers[:2] == (1, 1)
    return found if divided else {}


def _part_by_headings(root: Node, text: str) -> None:
    """Items without numbers: of a text without any label, what stands under short lines."""
    groups = headed_groups(text, root.paragraphs)
    headed = {span for group in groups for span in group}
    root.paragraphs = [span for span in root.paragraphs if span not in headed]
    for group in groups:
        start, end = group[0]
        words = View(text, start, end)
        closed = len(words.text) - words.text.endswith("。")
        heading = words.span(0, closed)
        node = Node(None, "headed", (), None, 1, start, heading, words.text[:closed])
        node.paragraphs = group
        root.children.append(node)


def _pieces(text: str, spans: Iterable[Span | int]) -> Iterator[Span | int]:
    """Paragraphs, those that are run-on lines cut before each of their labels."""
    counts: dict[str, int] = {}
    for span in spans:
        if isinstance(span, int):
            yield span
            continue
        view = View(text, *span)
        if (first := read_label(view.text)) and first.kind in ("han", "han_paren", "digit"):
            counts[first.kind] = first.number
        places = labels_behind_statements(view.text) + labels_behind_headings(view.text, counts)
        if first:
            places += label_in_statement(view.text, first)
        if span[1] - span[0] >= _RUN_ON:
            places += _counted(view.text, counts)
        cuts = sorted({view.span(at, at + 1)[0] for at in places} - {span[0]})
        yield from pairwise([span[0], *cuts, span[1]])


def _counted(text: str, counts: dict[str, int]) -> list[int]:
    """Where the labels of a run-on line stand that count on; `counts` is kept up."""
    labels = list(inline_labels(text, counts))
    if len(labels) < _RUN_ON_LABELS or all(label.kind != "han" for label in labels):
        return inline_digits(text)
    counts.update({label.kind: label.number for label in labels})
    return [label.i for label in labels]


_RUN_ON = 400
_RUN_ON_LABELS = 4
_BARE = regex.compile(r"[\p{Han}\p{L}“”、()《》 ]{2,16}")
_NO_HEADING = regex.compile(r"\(.*\)|附件.*|抄送.*|.*(?:人民政府|委员会|办公室|办公厅|[局厅部])")
_NAMES_TASKS = regex.compile(r"(?:任务|措施|举措|内容|重点|分工)(?:\([^()]*\))?$")
_CLOSED = regex.compile(r"[。;!?)”][^\p{Han}]*$")


def _is_bare_heading(view: View, stack: Sequence[Node], behind: Sequence[Span | int]) -> bool:
    """A short line without number or punctuation, after a finished item and before another;
    `behind`: the next piece, if there is one."""
    if len(stack) < 2 or not behind or isinstance(behind[0], int) or not _BARE.fullmatch(view.text):
        return False
    last = stack[-1].paragraphs[-1]
    if not _CLOSED.search(View(view.source, *last).text):
        return False
    if section_kind(view.text) != "task":
        return True
    following = read_label(View(view.source, *behind[0]).text)
    return following is not None and following.number == 1 and not _NO_HEADING.fullmatch(view.text)


def _attach_heading(stack: list[Node], view: View, span: Span) -> None:
    node = Node(None, "heading", (), None, 1, span[0], span, view.text, section_kind(view.text))
    node.paragraphs.append(span)
    stack[-1].children.append(node)
    stack.append(node)


def _attach(stack: list[Node], label: Label, view: View, span: Span, prefix: str) -> None:
    """Hang a labelled piece where its kind and number say, and open it."""
    del stack[_depth(stack, label) :]
    above = stack[-1]
    node = Node(
        label=view.quote(label.i, label.j).strip(),
        kind=label.kind,
        numbers=label.numbers,
        path=_path(above, label, prefix),
        level=above.level + 1,
        text_start=view.span(label.j, label.j + 1)[0],
        under=above.heading,
        paragraphs=[span],
    )
    start, end = _heading(view, label)
    if end is not None:
        node.heading = view.span(start, end)
        node.heading_words = view.text[start:end]
    if above.level == 1 and not above.children and opens_safeguards(node.heading_words):
        above.section_kind = _safeguarding(above)
    node.section_kind = _inherited_kind(above, node.heading_words)
    above.children.append(node)
    stack.append(node)


def _heading(view: View, label: Label) -> tuple[int, int | None]:
    """Where a heading begins and ends behind a label; 【…】 before the text holds one, as a bracket
    behind 第二条 does."""
    bracketed = label.kind == "article" or view.quote(label.j, label.j + 1) == "【"
    if bracketed and (end := enclosed_heading_end(view.text, label.j)):
        return label.j + 1, end
    return label.j, heading_end(view.text, label.j)


def _safeguarding(part: Node) -> str:
    """The kind of a part that begins with its leadership, whatever its own heading says."""
    tasks = part.section_kind != "task" or _NAMES_TASKS.search(part.heading_words)
    return part.section_kind if tasks else "safeguard"


_GRANTED = regex.compile(
    r"(?:补贴|补助|奖励|奖补|支持|扶持|资助)标准|\p{Han}{2,12}(?:奖励|奖补|补贴|补助|资助)|(?:鼓励|支持|扶持)\p{Han}.{2,}"
)
"""What is granted, under 补贴对象和补贴标准; also under 支持范围."""
_DUTIES = regex.compile("职责|分工|任务|要求|机制|制度")
"""What the members of a body do, under 组成人员."""


def _inherited_kind(above: Node, heading: str) -> str:
    """A section's kind holds for what stands below it; safeguard is said by a top heading only."""
    if above.section_kind == "other" and _GRANTED.fullmatch(heading):
        return "task"
    if above.section_kind == "roster" and _DUTIES.search(heading):
        return "task"
    if above.section_kind in (*NO_TASKS, "safeguard"):
        return above.section_kind
    kind = section_kind(heading) if heading else "task"
    return "task" if kind == "safeguard" and above.kind not in ("root", "heading") else kind


def _depth(stack: Sequence[Node], label: Label) -> int:
    """How many nodes of the stack stay open above a new label."""
    if label.kind == "decimal":
        return _decimal_depth(stack, label)
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].kind == label.kind:
            return depth
    top = stack[-1]
    if label.number == 1 and label.kind == "han_paren" and top.kind == "digit":
        return len(stack)
    if label.kind == "article" and top.kind in _OVER_ARTICLES and _only_heads(top):
        return len(stack)
    depth = len(stack)
    while depth > 1 and RANKS.get(stack[depth - 1].kind, -1) > RANKS[label.kind]:
        depth -= 1
    return depth


_OVER_ARTICLES = ("han", "han_paren")
"""Kinds of headings that a paper of numbered articles may have instead of chapters."""


def _only_heads(node: Node) -> bool:
    """Whether a node is a heading and nothing else."""
    return node.heading is not None and node.heading[1] >= node.end and not node.children


def _decimal_depth(stack: Sequence[Node], label: Label) -> int:
    for depth in range(len(stack) - 1, 0, -1):
        node = stack[depth]
        if node.kind == "decimal" and len(node.numbers) >= len(label.numbers):
            continue
        if node.kind == "decimal" and node.numbers != label.numbers[: len(node.numbers)]:
            continue
        if node.kind in ("digit", "han", "chapter") and node.numbers != label.numbers[:1]:
            continue
        return depth + 1
    return 1


def _path(above: Node, label: Label, prefix: str) -> str:
    head = above.path if above.path is not None else None
    figures = [str(number) for number in label.numbers]
    if head is None:
        return prefix + ".".join(figures)
    if label.kind == "decimal":
        parts = head.removeprefix(prefix).split(".")
        if parts[-len(figures) + 1 :] == figures[:-1]:
            figures = figures[-1:]
    return head + "." + ".".join(figures)
