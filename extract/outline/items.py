"""Items: the stretches of text that become tasks (contract, tasks 1 to 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract import lazy as regex
from extract.lens import View, fold
from extract.outline.headings import heading_end
from extract.outline.rosters import ROSTER_TELLS
from extract.outline.tree import NO_TASKS, Node, Span
from extract.rules.directives import (
    defines,
    directs,
    effect_behind,
    says_conditions,
    says_faults,
    says_granted_once,
    says_list,
    says_only_effect,
    says_purpose,
)
from extract.rules.subjects.predicates import has_verb
from extract.rules.subjects.subjects import find_subjects
from extract.rules.units.piece import field_ending
from extract.rules.units.role_cues import (
    HOSTS,
    MEMBERS,
    due_label_end,
    is_person_line,
    is_weak_label,
)
from extract.rules.units.statements import Statement, closing_statements
from extract.rules.units.units import cut_units, read_units


@dataclass(slots=True)
class Item:
    """A task in the making: its node, its text (spans in order), its title, who it says answers.

    `quote` covers label, text and statements. `parent`: the upper item that has a statement too.
    """

    node: Node
    texts: list[Span]
    quote: Span
    title: Span | None = None
    statements: list[Statement] = field(default_factory=list)
    parent: Item | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    statement: Statement


_SHORT_TITLE = 20
_ONE_IS = regex.compile(r"[一二三四五六七八九十]+是(?:要)?[,:]?")
_BLANK = regex.compile(r"[\s。；;，,.、：:]*")


def items_of(text: str, root: Node, *, tasks: str) -> list[Item]:
    """The tasks of a heading tree in reading order.

    `tasks`: all, every lowest item that directs somebody; stated, only what names who answers;
    none.
    """
    if tasks == "none":
        return []
    reader = _Reader(text, root, tasks)
    reader.visit(root, None)
    return reader.items


def lists_conditions(text: str, node: Node) -> bool:
    """Whether a node introduces those below as conditions or papers: 符合下列条件的：."""
    if not node.children or not node.paragraphs or node.label is None:
        return False
    return says_list(View(text, node.text_start, node.end).text)


class _Reader:
    def __init__(self, text: str, root: Node, tasks: str) -> None:
        self.text = text
        self.tasks = tasks
        self.items: list[Item] = []
        nodes = [node for node in root.walk() if node.paragraphs]
        self.last = nodes[-1] if nodes else root
        self.hosted = False

    def visit(self, node: Node, parent: Item | None) -> None:
        """Make the items of a node, then those of what stands below it."""
        if node.section_kind == "goal" and self._is_answered_for(node):
            for below in node.walk():
                below.section_kind = "task" if below.section_kind == "goal" else below.section_kind
        if node.section_kind in NO_TASKS and node.kind != "root" and not self._tells(node):
            for child in node.children:
                if child.section_kind == "task":
                    self.visit(child, parent)
            return
        upper = parent
        marks = self._marks(node) if node.paragraphs else []
        if node.kind == "article" and self.tasks != "all":
            marks = []
        elif marks:
            made = self._parts(node, marks, parent)
            self.items += made
            upper = made[-1] if node.children and made else parent
        elif not node.children and (duties := self._duties(node, parent)):
            self.items += duties
        elif not node.children and self._is_task(node):
            self.items.append(self._whole(node, parent))
        before = len(self.items)
        if not self._is_list(node):
            for child in node.children:
                self.visit(child, upper)
        if node.children and node.paragraphs and not marks and len(self.items) == before:
            self._with_its_list(node, parent)

    def _is_answered_for(self, node: Node) -> bool:
        """Whether a part headed as a goal's (目标任务) holds items that units answer for."""
        answered = sum(
            bool(below.label and self._marks(below)) for c in node.children for below in c.walk()
        )
        return answered >= (_FEWEST_ANSWERED if "任务" in node.heading_words else _MANY_ANSWERED)

    def _tells(self, node: Node) -> bool:
        """Whether a list of persons says besides who is to do something."""
        if node.section_kind != "roster" or not node.paragraphs:
            return False
        return ROSTER_TELLS.search(View(self.text, node.text_start, node.end).text) is not None

    def _is_list(self, node: Node) -> bool:
        """Whether what stands below only lists conditions or papers to be handed in."""
        return lists_conditions(self.text, node) and not any(
            self._marks(n) for c in node.children for n in c.walk()
        )

    def _with_its_list(self, node: Node, parent: Item | None) -> None:
        """An item whose sub-items direct nothing is itself the lowest that directs."""
        bare = node.heading is not None and node.heading[1] >= node.end
        own = View(self.text, node.text_start, node.end).text
        if bare or says_conditions(own) or not self._is_task(node):
            return
        last = max(n.end for n in node.walk() if n.paragraphs)
        span = node.text_start, last
        self.items.append(
            Item(node, [span], (node.start, last), self._title(node, last), [], parent)
        )

    def _is_task(self, node: Node) -> bool:
        """Whether an item without a statement directs somebody to do something."""
        if self.tasks != "all" or node.tables or (node.label is None and node.kind != "headed"):
            return False
        views = [View(self.text, *span) for span in node.paragraphs]
        headed = node.heading is not None and node.heading[1] >= node.paragraphs[0][1]
        said = views[1:] if headed and len(views) > 1 else views
        if all(says_only_effect(view) or says_granted_once(view) for view in said):
            return False
        if headed and all(is_weak_label(view.text) for view in said):
            return False
        whole = View(self.text, node.text_start, node.end)
        if defines(whole) or says_purpose(whole) or says_faults(whole):
            return False
        if any(directs(view) for view in (whole, *views)) or _tells(whole):
            return True
        return node.heading is not None and _is_duty(self.text, node.heading, node.end)

    def _duties(self, node: Node, parent: Item | None) -> list[Item]:
        """One item for each paragraph that a unit heads (区公安局：负责…), where three or more do;
        a paragraph between them belongs to the one before it."""
        if self.tasks != "all" or node.tables or len(node.paragraphs) < _FEWEST_DUTIES:
            return []
        headed = [_duty_of(View(self.text, *span)) for span in node.paragraphs]
        bodies = sum(title is not None and _is_body(self.text, title) for title in headed)
        if bodies < _FEWEST_DUTIES:
            return []
        items: list[Item] = []
        for span, title in zip(node.paragraphs, headed, strict=True):
            if title is not None:
                items.append(Item(node, [span], span, title, [], parent))
            elif items:
                items[-1].texts.append(span)
                items[-1].quote = (items[-1].quote[0], span[1])
        return items

    def _marks(self, node: Node) -> list[_Mark]:
        """The responsibility statements in a node's own paragraphs, with the lines before them that
        name who answers in person."""
        marks: list[_Mark] = []
        persons: list[_Mark] = []
        for number, (start, end) in enumerate(node.paragraphs):
            begin = node.text_start if number == 0 and node.label else start
            view = View(self.text, begin, end)
            if number and is_person_line(view.text):
                persons.append(_Mark(start, end, Statement(False, rest=((start, end),))))
                continue
            found = closing_statements(view, self._weak_labels(node, number, marks))
            if found and found[0][0] == 0:
                marks += persons
            persons = []
            marks += [_Mark(*view.span(i, j), statement) for i, j, statement in found]
        return marks

    def _weak_labels(self, node: Node, number: int, marks: Sequence[_Mark]) -> Sequence[str]:
        """The labels that open a line only in their place: 主办单位： behind what directs, if it is
        not the page's foot; 成员单位： too behind another statement."""
        if number == 0 or not is_weak_label(View(self.text, *node.paragraphs[number]).text):
            return ()
        before = node.paragraphs[number - 1]
        if marks and marks[-1].end >= before[1] - 1:
            return (*HOSTS, MEMBERS)
        text = View(self.text, node.text_start, before[1])
        if (node is self.last and not self.hosted) or "。" not in text.text or not directs(text):
            return ()
        self.hosted = True
        return HOSTS

    def _whole(self, node: Node, parent: Item | None) -> Item:
        end = node.end
        if node is self.last:
            end = self._without_effect(node)
        return Item(
            node, [(node.text_start, end)], (node.start, end), self._title(node, end), [], parent
        )

    def _title(self, node: Node, end: int) -> Span | None:
        """A node's heading; none where it is all that the text up to `end` says, as a sentence."""
        if node.heading is None:
            return None
        return None if self.text[node.heading[1] : end].strip() == "。" else node.heading

    def _without_effect(self, node: Node) -> int:
        """Where the last item's text ends, before what says only when the paper takes effect."""
        kept = list(node.paragraphs)
        while len(kept) > 1 and says_only_effect(View(self.text, *kept[-1])):
            kept.pop()
        view = View(self.text, max(kept[-1][0], node.text_start), kept[-1][1])
        run_on = effect_behind(view)
        return view.span(0, run_on)[1] if run_on else kept[-1][1]

    def _parts(self, node: Node, marks: Sequence[_Mark], parent: Item | None) -> list[Item]:
        """One item for each stretch that closes with a statement of its own."""
        items: list[Item] = []
        at = node.text_start if node.label else node.start
        quote_start = node.start
        for mark in marks:
            if items and _BLANK.fullmatch(self.text[at : mark.start]):
                items[-1].statements.append(mark.statement)
                items[-1].quote = (items[-1].quote[0], mark.end)
            else:
                begin = _part_start(self.text, at) if items else at
                span = _trim(self.text, begin, mark.start)
                item = Item(node, [span], (quote_start, mark.end), None, [mark.statement], parent)
                item.title = self._title(node, mark.start) if not items else self._own_title(span)
                items.append(item)
            at = mark.end
            quote_start = _skip(self.text, at)
        self._trailing(node, items, at)
        return items

    def _own_title(self, span: Span) -> Span | None:
        """The heading of a later part, only where it is short and words follow it."""
        view = View(self.text, *span)
        numbered = _ONE_IS.match(view.text)
        start = numbered.end() if numbered else 0
        end = heading_end(view.text, start)
        if end is None or end - start > _SHORT_TITLE or end == len(view.text):
            return None
        return None if "," in view.text[start:end] else view.span(start, end)

    def _trailing(self, node: Node, items: list[Item], at: int) -> None:
        """Words after the last statement: when it is due (完成时限：…); outside at the body's end,
        and where they only lead in the items below (主要措施：); else the last part's own."""
        label_alone = _DUE_OPEN.search(self.text, max(0, at - _LABEL), at) is not None
        for span in _rest(self.text, node, at):
            view = View(self.text, *span)
            due = due_label_end(view.text, 0)
            if items and is_person_line(view.text):
                items[-1].statements.append(Statement(False, rest=(span,)))
                items[-1].quote = (items[-1].quote[0], span[1])
                continue
            if items and (due or label_alone):
                label_alone = due == len(view.text)
                when = () if label_alone else (view.span(due, len(view.text)),)
                items[-1].statements.append(Statement(False, rest=when))
                items[-1].quote = (items[-1].quote[0], span[1])
                continue
            leads_in = node.children and _LEADS_IN.fullmatch(view.text)
            outside = node is self.last or leads_in or says_only_effect(view)
            if items and not outside:
                items[-1].texts.append(span)
                items[-1].quote = (items[-1].quote[0], span[1])


def _tells(view: View) -> bool:
    """Whether a text says of a unit what it is to do, though no verb of action begins a clause:
    市公安局依法打击违法行为; words that lead in a list of cases tell nobody."""
    return not view.text.rstrip().endswith(":") and bool(find_subjects(view))


def _is_duty(text: str, heading: Span, end: int) -> bool:
    """Whether a heading is a department and what follows its sign says what it does, in words that
    no list of verbs has: 气象部门:是否建立防雷制度; no contact's name and telephone."""
    named = View(text, *heading)
    said = View(text, heading[1], end).text.lstrip(":。 ")
    if _CONTACT.search(said):
        return False
    listed = read_units(named, 0, len(named.text))
    of_fields = all(field_ending(fold(unit.unit)) for unit in listed.units)
    named_alone = bool(listed.units) and of_fields and not listed.unread
    return named_alone and has_verb(said[:_OPENING_WORDS])


_CONTACT = regex.compile(r"电话|联系人|传真|邮箱|\d{7}")
_OPENING_WORDS = 30
_FEWEST_ANSWERED, _MANY_ANSWERED = 1, 3
"""Items with a responsibility statement that make a part headed 目标任务, or 目标, one of tasks."""
_FEWEST_DUTIES = 3
_DUTY = regex.compile(r"(?P<who>[^:。;,]{2,80}):(?=.{6})")


_BODY_END = regex.compile(r"(?:[局委办厅部院队会处所司团府]|中心|支队|大队)$")


def _is_body(text: str, span: Span) -> bool:
    """Whether the last name of a heading ends as a body does: no 鼓楼区, no 服务平台."""
    return _BODY_END.search(View(text, *span).text) is not None


def _duty_of(view: View) -> Span | None:
    """The names before the colon of a paragraph that says what they are to do, if they are units
    and nothing else."""
    found = _DUTY.match(view.text)
    if found is None:
        return None
    units = cut_units(view, *found.span("who"))
    named = sum(view.index(unit.char_end) - view.index(unit.char_start) for unit in units)
    return view.span(*found.span("who")) if named * 10 >= len(found["who"]) * 7 else None


_DUE_OPEN = regex.compile("(?:时限|时间|期限|日期)[:：]$")
_LABEL = 8
_LEADS_IN = regex.compile(r"\p{Han}{2,12}:")


def _rest(text: str, node: Node, at: int) -> Iterator[Span]:
    for start, end in node.paragraphs:
        begin = _skip(text, max(start, at))
        if begin < end:
            yield begin, end


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _part_start(text: str, at: int) -> int:
    """Where the words of a part begin: behind what is left out (…工程。（略）) and its bullet."""
    at = _skip(text, at)
    while left_out := _LEFT_OUT.match(text, at):
        at = left_out.end()
    bullet = _BULLET.match(text, at)
    return bullet.end() if bullet else at


_LEFT_OUT = regex.compile(r"[^\n。]{2,40}[。:：]?[（(]略[）)][。\s]+")
_BULLET = regex.compile(r"(?:[—–―─－-]{1,3}|[●○■□◆◇•▪▲△★☆※➢►✓◎·])\s*")


def _trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
