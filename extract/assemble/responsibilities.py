"""Who answers for each task: statements, cells, blanket statements, subjects, one row a unit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from extract import lazy as regex
from extract.assemble.drafts import Draft
from extract.assemble.paper import Paper
from extract.lens import View, fold
from extract.model import Responsibility, Unit
from extract.outline.task_rows import UnitCell
from extract.outline.tree import Span
from extract.rules.directives import directs
from extract.rules.organs.names import normalise
from extract.rules.subjects.subjects import find_subjects
from extract.rules.units.piece import field_ending
from extract.rules.units.reading_rules import DUTIES, find_blanket, find_order
from extract.rules.units.statement_grammar import is_listed
from extract.rules.units.statements import Order, Role, Statement, apply_order, read_statement
from extract.rules.units.units import UnitMention, cut_units

Answer = tuple[UnitMention, str]
"""A unit as named, and its role."""


@dataclass(slots=True)
class _Standing:
    """What the paper has said once for all lists that follow, the last list, and what its cells
    say: their words and role to where they were read and the statement."""

    order: Order | None = None
    blanket: list[Answer] = field(default_factory=list)
    last: list[Answer] = field(default_factory=list)
    cells: dict[tuple[str, Role], tuple[int, Statement]] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)
    heads: dict[tuple[Span, ...], Order | None] = field(default_factory=dict)


def responsibilities(
    paper: Paper, drafts: list[Draft], apart: Sequence[Span]
) -> list[Responsibility]:
    """The rows of all tasks in reading order; what could not be read goes to the paper's gaps.

    `apart`: the paragraphs outside the tasks, which may say how all lists are to be read.
    """
    standing = _Standing(order=_order_apart(paper, apart))
    for_all = _blanket_apart(paper, apart)
    answers: dict[int, list[Answer]] = {}
    made: dict[int, _Rows] = {}
    for draft in sorted(drafts, key=lambda d: d.task.source == "table"):
        rows = made[id(draft)] = _Rows(paper, draft)
        found = _stated(paper, draft, standing, rows)
        above = answers.get(id(draft.details), []) if draft.details else []
        found += _from_cells(paper, draft, above, standing, rows)
        found += _from_title(draft, rows, stated=bool(found))
        _from_duties(draft, rows, stated=bool(found))
        for mention, role in for_all:
            rows.add(mention, role, "inherited")
        answers[id(draft)] = found
        _note_left(paper, draft)
        _add_subjects(draft, rows, stated=bool(found))
    rows_in_order = [row for draft in drafts for row in made[id(draft)].rows]
    for number, row in enumerate(rows_in_order):
        row.responsibility_id = f"{paper.doc_id}-r{number:04d}"
    return rows_in_order


def _stated(paper: Paper, draft: Draft, standing: _Standing, rows: _Rows) -> list[Answer]:
    """The rows of a task's statements, and of the blanket statement that stands over them."""
    found: list[Answer] = []
    inherited = list(standing.blanket) if draft.statements else []
    for statement in draft.statements:
        own = apply_order(statement, statement.order or standing.order)
        standing.order = statement.order or standing.order
        if _says_ditto(paper, statement) and standing.last:
            found += standing.last
            inherited += standing.last
            continue
        standing.last = own or standing.last
        found += own
        standing.blanket += statement.blanket
        over_all = [answer for answer in statement.blanket if not is_listed(answer[0], own)]
        for mention, role in [*own, *over_all]:
            rows.add(mention, role, "assigned")
        _note_unread(paper, statement.unread)
        if not own and not statement.blanket and not statement.rest:
            _note_empty(paper, draft)
    for mention, role in inherited:
        rows.add(mention, role, "inherited")
    return found


def _says_ditto(paper: Paper, statement: Statement) -> bool:
    """Whether a statement names the units of the one before it: （责任单位：同上）."""
    words = [paper.text[start:end] for start, end in statement.unread]
    return not statement.mentions and len(words) == 1 and words[0] in ("同上", "同前")


def _note_unread(paper: Paper, spans: Iterable[Span]) -> None:
    for span in spans:
        paper.gap("find", "unit_not_read", "not understood as a unit; read it there", span)


_LEFT = regex.compile(
    r"(?:责任|牵头|配合|主办|承办|协办)(?:单位|部门|处室|科室):"
    r"|\((?:[^()。]|\([^()]*\)){2,120}(?:牵头|负责|配合|落实)\)。?$"
)
"""Words of who answers that no statement has taken."""


def _note_left(paper: Paper, draft: Draft) -> None:
    for view in draft.views:
        # asked before the search: both kinds of such words end with a sign
        if not (":" in view.text or view.text.rstrip("\n").endswith((")", ")。"))):
            continue
        if left := _LEFT.search(view.text):
            paper.gap(
                "find",
                "statement_not_read",
                "words of who answers that were not understood; read them there",
                view.span(*left.span()),
            )


def _note_empty(paper: Paper, draft: Draft) -> None:
    paper.gap(
        "assemble",
        "statement_without_unit",
        "a responsibility statement gave no unit; read it at the end of this item",
        (draft.task.char_start, draft.task.char_end),
    )


def _order_apart(paper: Paper, apart: Sequence[Span]) -> Order | None:
    """How lists are to be read, where a paragraph of its own or a column's head says it for all."""
    for span in apart:
        view = View(paper.text, *span)
        found = find_order(view, 0, len(view.text))
        if found is not None:
            return found[0]
    return None


def _blanket_apart(paper: Paper, apart: Sequence[Span]) -> list[Answer]:
    """Units that answer for every task, where a paragraph of its own says so."""
    found: list[Answer] = []
    for span in apart:
        view = View(paper.text, *span)
        blanket = find_blanket(view, 0, len(view.text))
        if blanket is not None:
            found += [(unit, blanket.role) for unit in blanket.units]
    return found


def _from_cells(
    paper: Paper, draft: Draft, body: list[Answer], standing: _Standing, rows: _Rows
) -> list[Answer]:
    """The rows of a table row's unit cells; a cell that spans rows is inherited by each, and so
    is who answers for its group."""
    found: list[Answer] = []
    for shared in draft.shared:
        for mention, role in apply_order(shared, standing.order):
            rows.add(mention, role, "inherited")
            found.append((mention, role))
        _note_unread(paper, [s for s in shared.unread if s[0] not in standing.shared])
        standing.shared |= {start for start, _ in shared.unread}
    for cell in draft.units:
        statement = _in_cell(paper, cell, standing)
        if cell.heads not in standing.heads:
            standing.heads[cell.heads] = _order_apart(paper, cell.heads)
        order = statement.order or standing.heads[cell.heads] or standing.order
        standing.order = statement.order or standing.order
        answers = list(apply_order(statement, order))
        if cell.role is None:
            answers = _roles_from_body(paper, cell, [mention for mention, _ in answers], body)
        for mention, role in answers:
            rows.add(mention, role, "inherited" if cell.spanning else "assigned")
        _note_unread(paper, statement.unread)
        found += answers
    return found


def _in_cell(paper: Paper, cell: UnitCell, standing: _Standing) -> Statement:
    """What a cell says. The rows of a table name the same few units: words that stood in another
    cell are not read again."""
    role: Role = "responsible" if cell.role is None else cell.role
    start, end = cell.span
    known = standing.cells.get((paper.text[start:end], role))
    if known is None:
        statement = read_statement(View(paper.text, start, end), role)
        standing.cells[paper.text[start:end], role] = start, statement
        return statement
    read_at, statement = known
    return statement if start == read_at else statement.moved(start - read_at)


def _roles_from_body(
    paper: Paper, cell: UnitCell, mentions: list[UnitMention], body: list[Answer]
) -> list[Answer]:
    """Roles for a cell whose columns had run into one: those of the body's item it details.

    Lead units are printed before responsible ones, so all that stand before the first unit that
    the body names as responsible are lead. Without the item the role stays `responsible`.
    """
    if not body:
        message = "columns of units had run into one and no item of the body tells the roles"
        paper.gap("assemble", "roles_unknown", message, cell.span)
        return [(mention, "responsible") for mention in mentions]
    message = "columns of units had run into one; the roles are those of the body's item"
    paper.gap("assemble", "roles_from_body", message, cell.span)
    role = "lead" if any(said == "lead" for _, said in body) else "responsible"
    found: list[Answer] = []
    for mention in mentions:
        said = _role_in(mention, body)
        if role == "lead" and said is not None:
            role = said
        found.append((mention, role))
    return found


_ALIKE = 0.8


def _role_in(mention: UnitMention, body: list[Answer]) -> str | None:
    name = View(mention.unit).text
    scored = [
        (SequenceMatcher(None, name, View(other.unit).text, autojunk=False).ratio(), role)
        for other, role in body
    ]
    score, role = max(scored, key=lambda item: item[0])
    return role if score >= _ALIKE else None


def _from_title(draft: Draft, rows: _Rows, *, stated: bool) -> list[Answer]:
    """An item whose heading is units, on a line of its own, is assigned to them; where they open
    the sentence (1.市教育局：负责…) they are its subject."""
    if stated or draft.title is None:
        return []
    view = View(rows.paper.text, *draft.title)
    mentions = [] if directs(view) else cut_units(view, 0, len(view.text))
    named = [normalise(mention.unit, rows.paper.setting) for mention in mentions]
    covered = sum(m.char_end - m.char_start for m in mentions) * 10 >= len(view.text) * 8
    organs = all(
        (n.known and n.function and n.unit_type == "organ") or _is_of_field(n.name) for n in named
    )
    behind = View(rows.paper.text, draft.title[1], draft.task.char_end)
    duty = _DUTY.match(behind.text)
    charged = duty is not None and duty["verb"] in _CHARGES
    answers = organs or (charged and all(_OFFICE.search(m.unit) for m in mentions))
    if not (named and covered and answers) or (_WHERE.search(view.text) and duty is None):
        return []
    role = "responsible" if duty is None else _ROLES.get(duty["verb"], "responsible")
    alone = _LINE_CLOSES.match(rows.paper.text, draft.title[1]) is not None
    for mention in mentions:
        rows.add(mention, role, "assigned" if alone else "subject")
    return [(mention, role) for mention in mentions] if alone else []


_LINE_CLOSES = regex.compile(r"[。.：:；;\s]*?(?:\n|\Z)")


_DUTY = regex.compile(
    r"[:。,\s]*(?:主要|具体)?(?P<verb>负责|牵头|承担|做好|落实|统筹|组织|配合|协助|要|应|须)"
)
_CHARGES = ("负责", "牵头", "配合", "协助")
_ROLES = {"牵头": "lead", "配合": "support", "协助": "support"}


def _is_of_field(name: str) -> bool:
    """Whether a name is that of the departments of a field, whichever they are: 气象部门."""
    return name.endswith(("部门", "机关")) and bool(field_ending(fold(name)))


_OFFICE = regex.compile("[局委办处所站队院会]$|中心$|部门$|单位$|政府$")
"""Names of bodies that no registry holds: 服务办, 派出所, 居委会."""
_WHERE = regex.compile("(?:[园片城功能社地新]区|开发区|示范区|组团|新城|走廊|[镇乡村])$")
_BODY = regex.compile("(?:部门|政府|管委会|[局委])$")


def _from_duties(draft: Draft, rows: _Rows, *, stated: bool) -> None:
    """Items under a heading that names whose duties they are inherit who it names: （一）市教育部门
    主要职责."""
    if stated or draft.node.under is None:
        return
    view = View(rows.paper.text, *draft.node.under)
    duties = DUTIES.fullmatch(view.text)
    if duties is None or directs(view):
        return
    i, j = duties.span("who")
    mentions = cut_units(view, i, j)
    covered = sum(m.char_end - m.char_start for m in mentions) * 10 >= (j - i) * 9
    named = [normalise(mention.unit, rows.paper.setting) for mention in mentions]
    bodies = [
        (name.known and name.function) or _BODY.search(mention.unit)
        for name, mention in zip(named, mentions, strict=True)
    ]
    if covered and all(bodies):
        for mention in mentions:
            rows.add(mention, "responsible", "inherited")


def _add_subjects(draft: Draft, rows: _Rows, *, stated: bool) -> None:
    """Who is told to act in the text; a 由… that is all the task says of it assigns the task."""
    for view in draft.views:
        for subject in find_subjects(view):
            basis = "assigned" if subject.governs and not stated else "subject"
            rows.add(subject.unit, subject.role, basis)


class _Rows:
    """The rows of one task: a unit stands once as assigned or inherited, once as a subject, there
    also under another name (广州市司法局 and 市司法局)."""

    def __init__(self, paper: Paper, draft: Draft) -> None:
        self.paper = paper
        self.draft = draft
        self.rows: list[Responsibility] = []
        self.seen: dict[tuple[str, str], Responsibility] = {}

    def add(self, mention: UnitMention, role: str, basis: str) -> None:
        named = normalise(mention.unit, self.paper.setting)
        told = basis == "subject"
        organ = told and named.unit_type == "organ"
        unit = "".join(mention.unit.split())
        key = ("subject" if told else "", named.name if organ else _plain(unit))
        if key in self.seen:
            return
        text = self.paper.text
        row = Responsibility(
            doc_id=self.paper.doc_id,
            task_id=self.draft.task.task_id,
            role=role,
            basis=basis,
            unit=unit,
            name=named.name,
            function=named.function,
            unit_type=named.unit_type,
            open_set=mention.open_set,
            unit_id=unit_id(named.name, named.region_code) if named.unit_type == "organ" else None,
            region_code=named.region_code,
            admin_level=named.admin_level,
            quote=text[mention.char_start : mention.char_end],
            char_start=mention.char_start,
            char_end=mention.char_end,
        )
        self.seen[key] = row
        self.rows.append(row)
        if not named.known:
            self.paper.gap(
                "find",
                "unknown_department",
                "the registry of departments does not know this unit; the name keeps its own words",
                (mention.char_start, mention.char_end),
            )


_BRACKETS = regex.compile("[()〈〉、]")
_KEPT = 4096
"""Names whose answers are kept: papers name the same few again and again."""


@lru_cache(maxsize=_KEPT)
def _plain(unit: str) -> str:
    """A name for comparison: 各县(区)政府 and 各县区政府 are one class."""
    return _BRACKETS.sub("", fold(unit))


@lru_cache(maxsize=_KEPT)
def unit_id(name: str, region_code: str | None) -> str:
    """The id of an organ: the same in every output, from its name and region."""
    return hashlib.sha256(f"{name}\0{region_code or ''}".encode()).hexdigest()[:16]


def units(rows: list[Responsibility]) -> list[Unit]:
    """The distinct organs of a paper, by id, with the names found for each."""
    found: dict[str, Unit] = {}
    for row in rows:
        if row.unit_id is None:
            continue
        if row.unit_id not in found:
            found[row.unit_id] = Unit(
                row.unit_id, row.name, row.function, row.region_code, row.admin_level
            )
        if row.unit not in found[row.unit_id].aliases:
            found[row.unit_id].aliases.append(row.unit)
    return [found[key] for key in sorted(found)]
