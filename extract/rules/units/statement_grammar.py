"""Responsibility statements: who answers for a task, and in which role.

A closing parenthesis, a line, a table cell or a sentence: （牵头单位：市司法局；责任单位：各县区
人民政府）, 责任单位：…, 由A牵头，B、C配合 (contract, responsibilities).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from extract import lazy as regex
from extract.lens import View, fold
from extract.rules.units.carrying import Carry
from extract.rules.units.reading_rules import Blanket, Order, OrderRule, find_blanket, find_order
from extract.rules.units.role_cues import (
    LABEL,
    MAY_BE_VERB,
    MEMBERS,
    TIME,
    VERB,
    VERBS_TOO,
    WITH,
    Role,
    roles,
)
from extract.rules.units.units import UnitMention, read_units


@dataclass(frozen=True, slots=True)
class Statement:
    """Who answers. `mentions`: units with their roles, in order; `blanket`: units that answer for
    all that follows; `order`: how lists are to be read; `rest`, `unread`: document spans of what
    names no unit (a deadline) and of names not understood; `signs`: document offsets of the first
    comma and the first semicolon of the list."""

    is_statement: bool
    mentions: tuple[tuple[UnitMention, Role], ...] = ()
    blanket: tuple[tuple[UnitMention, str], ...] = ()
    order: Order | None = None
    rest: tuple[tuple[int, int], ...] = ()
    unread: tuple[tuple[int, int], ...] = ()
    signs: Mapping[str, int] = field(default_factory=dict)

    def moved(self, by: int) -> Statement:
        """What the same words say that stand so many characters further on."""
        return replace(
            self,
            mentions=tuple((unit.moved(by), role) for unit, role in self.mentions),
            blanket=tuple((unit.moved(by), role) for unit, role in self.blanket),
            rest=tuple((start + by, end + by) for start, end in self.rest),
            unread=tuple((start + by, end + by) for start, end in self.unread),
            signs={sign: at + by for sign, at in self.signs.items()},
        )


def apply_order(statement: Statement, order: Order | None) -> list[tuple[UnitMention, Role]]:
    """The mentions as an order rule has them read; where a lead is named the rule says nothing."""
    mentions = list(statement.mentions)
    answers = [unit for unit, role in mentions if role == "responsible"]
    if order is None or not answers or any(role == "lead" for _, role in mentions):
        return mentions
    if order.rule is OrderRule.FIRST_IS_LEAD:
        leads = [unit for unit in answers if unit.item == answers[0].item]
    else:
        several = len({unit.item for unit in answers}) > 1
        without = answers[0].char_start if order.unsaid or several else answers[-1].char_end
        end = statement.signs.get(order.rule.value, without)
        leads = [unit for unit in answers if unit.char_end <= end]
    told = {"responsible": order.others} if leads else {}
    return [(unit, "lead" if unit in leads else told.get(role, role)) for unit, role in mentions]


@dataclass(slots=True)
class _Reading:
    """A statement while it is read."""

    view: View
    cell: bool
    carry: Carry = field(default_factory=Carry)
    mentions: list[tuple[UnitMention, Role]] = field(default_factory=list)
    rest: list[tuple[int, int]] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    signs: dict[str, int] = field(default_factory=dict)
    labelled: bool = False
    told: bool = False
    members: bool = False
    acting: bool = False

    def add(self, i: int, j: int, role: Role, end: int) -> None:
        """Read the list in view.text[i:j], whose clause ends at `end`: its units have the role,
        those with a note their own: marked * they lead."""
        found = read_units(self.view, i, j, self.carry, self.cell)
        if not found.units and TIME.search(self.view.text, i, end):
            self.rest.append(self.view.span(i, end))
            return
        if role == "none":
            return
        shift = self.mentions[-1][0].item + 1 if self.mentions else 0
        for unit in found.units:
            moved = unit._replace(item=unit.item + shift) if shift else unit
            self.mentions.append((moved, unit.noted or role))
        self.unread += [self.view.span(a, b) for a, b in found.unread if b - a > 1]
        if not self.signs and role == "responsible" and found.units:
            self.signs = _first_signs(self.view, i, j)

    def names(self, i: int, j: int) -> bool:
        """Whether view.text[i:j] holds units and nothing else."""
        listed = read_units(self.view, i, j)
        return bool(listed.units) and not listed.unread


def _first_signs(view: View, i: int, j: int) -> dict[str, int]:
    """Document offsets of the first comma and the first semicolon outside brackets."""
    signs: dict[str, int] = {}
    if view.text.find(",", i, j) < 0 and view.text.find(";", i, j) < 0:
        return signs
    depth = 0
    for at in range(i, j):
        sign = view.text[at]
        depth += (sign in "(〈") - (sign in ")〉")
        if sign in ",;" and depth == 0:
            signs.setdefault(sign, view.span(at, at + 1)[0])
    return signs


def read_statement(
    view: View, default_role: Role | None = None, cell: bool = True, acting: bool = False
) -> Statement:
    """Read a statement's text, with or without its brackets. `default_role`: the role of units
    that stand alone, as in a column 牵头单位; `cell`: they stand in one, whose lines may have run
    together; `acting`: its clauses may say what a unit does (市财政局负责资金保障)."""
    i, j = _inside(view.text)
    blanket = find_blanket(view, i, j)
    order = find_order(view, i, j)
    reading = _Reading(view, cell and default_role is not None, acting=acting)
    said = [(blanket.start, blanket.end)] if blanket else []
    said += [order[1:]] if order else []
    alone: Role | None = "responsible" if order else None
    for a, b in _between(i, j, sorted(said)):
        _read_part(reading, a, b, default_role or alone)
    most = len(reading.mentions) > len(reading.unread)
    complete = reading.labelled or default_role is not None or (reading.told and most)
    sure = complete or not (reading.unread or (reading.members and not reading.told))
    named = bool(reading.mentions) and sure
    return Statement(
        named or (reading.labelled and bool(reading.unread)),
        tuple(reading.mentions),
        _in_full(blanket, reading.mentions) if blanket else (),
        order[0] if order else None,
        tuple(reading.rest),
        tuple(reading.unread),
        reading.signs,
    )


_OF_EACH = regex.compile("^[省市县区]?(?:各|所有|全部)")
_BODY = regex.compile("(?:人民)?政府|(?:党工委、?)?管(?:理)?委(?:员)?会")


def read_blanket(
    view: View, i: int, j: int, statement: Statement
) -> tuple[tuple[UnitMention, str], ...]:
    """The units that view.text[i:j] says to answer for all that follows, behind a statement."""
    blanket = find_blanket(view, i, j)
    return _in_full(blanket, list(statement.mentions)) if blanket else ()


def _in_full(
    blanket: Blanket, listed: list[tuple[UnitMention, Role]]
) -> tuple[tuple[UnitMention, str], ...]:
    """The units of a blanket; a short form stands for the unit that the list before it has in full:
    市数据局，各县区人民政府、市各功能区管委会，以下均涉及各县区、功能区."""
    return tuple((_listed_as(unit, listed) or unit, blanket.role) for unit in blanket.units)


def is_listed(unit: UnitMention, listed: Iterable[tuple[UnitMention, Role]]) -> bool:
    """Whether a list has a blanket's unit, with its 各 or without: 各县(区)人民政府, and then
    以下工作均需县(区)人民政府落实."""
    short = _OF_EACH.sub("", fold(unit.unit))
    return any(_OF_EACH.sub("", fold(other.unit)) == short for other, _ in listed)


def _listed_as(unit: UnitMention, listed: list[tuple[UnitMention, Role]]) -> UnitMention | None:
    """The listed class that a unit named by its places alone is short for."""
    short = _OF_EACH.sub("", fold(unit.unit))
    for other, _ in listed:
        name = fold(other.unit)
        each = _OF_EACH.match(name)
        end = each.end() + len(short) if each else 0
        if each and name.startswith(short, each.end()) and _BODY.fullmatch(name, end):
            return other
    return None


def _inside(text: str) -> tuple[int, int]:
    """The text without white space, full stops and the brackets around it."""
    i, j = 0, len(text)
    while i < j and text[j - 1] in " \n。;,":
        j -= 1
    while i < j and text[i] in " \n":
        i += 1
    if i < j and text[i] == "(":
        depth = 0
        for at in range(i, j):
            depth += (text[at] == "(") - (text[at] == ")")
            if not depth:
                break
        label = LABEL.match(text, i + 1)
        if (label is None or label.end() < at) and (depth or at == j - 1):
            return i + 1, j - (not depth)
    elif i < j and text[j - 1] == ")" and text.count(")", i, j) > text.count("(", i, j):
        j -= 1
    return i, j


def _between(i: int, j: int, said: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches of i to j that the spans leave."""
    for a, b in said:
        if i < a:
            yield i, a
        i = max(i, b)
    if i < j:
        yield i, j


def _read_part(reading: _Reading, i: int, j: int, default_role: Role | None) -> None:
    """Labels divide the text; what stands before the first is read as clauses."""
    text = reading.view.text
    # asked before the search: a label ends with a colon or a bracket, most cells hold neither
    signed = text.find(":", i, j) >= 0 or text.find(")", i, j) >= 0
    labels = list(LABEL.finditer(text, i, j)) if signed else _label_unsigned(text, i, j)
    before = labels[0].start() if labels else j
    if before and text[before - 1] == "(":
        before -= 1
    roles_said = any(not label["scope"] for label in labels)
    _read_clauses(reading, i, before, default_role, roles_said)
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else j
        if label["skip"]:
            a, b = _stripped(text, label.end(), end)
            reading.rest += [reading.view.span(a, b)] if a < b else []
            continue
        if label["scope"]:
            _read_clauses(reading, label.end(), end, default_role, False)
            continue
        reading.members |= label["stem"] == MEMBERS
        reading.told |= label["bare"] in VERBS_TOO
        reading.labelled |= label["stem"] != MEMBERS and label["bare"] not in VERBS_TOO
        role = roles("stem")[label["stem"]] if label["stem"] else roles("bare")[label["bare"]]
        _read_clauses(reading, label.end(), end, role, True)


def _label_unsigned(text: str, i: int, j: int) -> list[regex.Match[str]]:
    """The label right behind a bracket whose colon was left out: (责任单位市司法局)."""
    label = LABEL.match(text, i, j) if text[i - 1 : i] == "(" else None
    return [label] if label else []


def _stripped(text: str, i: int, j: int) -> tuple[int, int]:
    while i < j and text[i] in " \n,;。、(":
        i += 1
    while i < j and text[j - 1] in " \n,;。、":
        j -= 1
    return i, j


def _read_clauses(reading: _Reading, i: int, j: int, role: Role | None, labelled: bool) -> None:
    """Lists with the verb behind them: A牵头，B配合; a list without one has `role`."""
    text = reading.view.text
    i, j = _stripped(text, i, j)
    while i < j:
        verb = _next_verb(text, i, j)
        end = verb.start() if verb else j
        a, b = _stripped(text, i, end)
        if a < b:
            said = _verb_role(verb, role) if verb else role
            reading.told |= verb is not None and end == verb.start()
            _read_list(reading, (a, b, verb.end() if verb else b), said, labelled)
        elif verb and not reading.mentions:
            reading.unread.append(reading.view.span(*verb.span()))
        i = verb.end() if verb else j
        i, _ = _stripped(text, i, j)


def _next_verb(text: str, i: int, j: int) -> regex.Match[str] | None:
    """The next cue that stands behind a list, outside parentheses."""
    if MAY_BE_VERB.search(text, i, j) is None:
        return None
    for found in VERB.finditer(text, i, j):
        if text.count("(", i, found.start()) <= text.count(")", i, found.start()):
            return found
    return None


def _verb_role(verb: regex.Match[str], role: Role | None) -> Role:
    if verb["named"]:
        return roles("stem")[verb["named"]]
    said = roles("verb")[verb["verb"]] if verb["verb"] else "responsible"
    return role if role is not None and said == "responsible" else said


def _read_list(
    reading: _Reading, clause: tuple[int, int, int], role: Role | None, labelled: bool
) -> None:
    """One list, from its start and end in a clause and the clause's end, 会同 in it resolved; a
    clause that only says when is left to the dates, one of units alone behind others is told too
    (A局负责，各县区政府)."""
    text = reading.view.text
    i, j, end = clause
    i, j = _without_time(reading, _after_time(reading, i, j), j)
    if lasting := _LASTING.search(text, i, j):
        reading.rest.append(reading.view.span(lasting.start() + 1, end))
        j = lasting.start()
    if reading.mentions and (joint := WITH.match(text, i, j)):
        i, role = joint.end(), "support"
        if doing := _DOING_LAST.search(text, i, j):
            j = doing.start()
    if i >= j:
        return
    if role is None and not labelled and reading.mentions and reading.names(i, j):
        role = "responsible"
    if role is None and not labelled and reading.acting and _read_acting(reading, i, j):
        return
    if role is None:
        (reading.rest if labelled or TIME.search(text, i, j) else reading.unread).append(
            reading.view.span(i, j)
        )
        return
    joint = WITH.search(text, i, j)
    if joint and joint.start() > i and joint.end() < j:
        reading.add(i, joint.start(), "lead", joint.start())
        reading.add(joint.end(), j, "support", end)
        return
    reading.add(i, j, role, end)


def _read_acting(reading: _Reading, i: int, j: int) -> bool:
    """Read clauses that each say what a unit does; False where one is none."""
    text = reading.view.text
    clauses = [found.span() for found in _CLAUSE.finditer(text, i, j)]
    acts = [_ACTS.fullmatch(text, a, b) for a, b in clauses]
    if not all(act and reading.names(*act.span("who")) for act in acts):
        return False
    for act in acts:
        if act:
            reading.add(*act.span("who"), "responsible", act.end())
    reading.told = True
    return True


_CLAUSE = regex.compile(r"[^,;。]+")
_ACTS = regex.compile(
    r"(?P<who>\p{Han}[\p{Han}、()]{1,80}?)(?:要|应|将)?(?:具体|统一|积极|分别|共同|做好)?"
    r"(?:负责|提供|给予|保障|做好|加强|承担|落实|安排|协调|督促)(?!的)\p{Han}[\p{Han}、]{1,24}"
)
"""市财政局提供资金保障, 市住房城乡建设局负责工程建设."""

_DOING_LAST = regex.compile("(?:协同|共同|联合|协调|配合|推进|实施|落实|开展|完成|做好){1,3}$")
"""What A牵头 asks of the B in 会同B协同推进."""

_LASTING = regex.compile("[,;](?:持续|长期|常态化)$")
"""…局等，持续推进: before the verb, how long."""

_TIME_FIRST = regex.compile(
    r"(?=[^,;。、:()]*+[,;。])[^,;。、:()]*(?:\d年|\d月|季度|上半年|下半年|年[底末内]|持续|长期|按进度)[^,;。、:()]*[,;。]"
)


def _after_time(reading: _Reading, i: int, j: int) -> int:
    """6月底完成,市公安局: the clause before the list goes to `rest`; where the list begins."""
    found = _TIME_FIRST.match(reading.view.text, i, j)
    if found is None:
        return i
    reading.rest.append(reading.view.span(i, found.end() - 1))
    return found.end()


_TIME_LAST = regex.compile(
    r"(?<=\p{Han}|\))(?:[,;]|于|在|,?(?:力争)?到|(?<=[局委办部厅院会府区县)])(?=\d))(?:\d{2,4}年|\d{1,2}月|每年|年底|年内|长期|持续|常态化)"
    r"[^、()]{0,16}?(?:[底末初]?前|[年月底末季度]|[旬日]|推进|坚持|实施|开展)(?:完成|落实|办结|建成|启动|实施)?$"
)


def _without_time(reading: _Reading, i: int, j: int) -> tuple[int, int]:
    """市公安局于6月底前完成: the words behind the list that say when go to `rest`."""
    found = _TIME_LAST.search(reading.view.text, i, j)
    if found is None or found.start() <= i:
        return i, j
    reading.rest.append(reading.view.span(found.start(), j))
    return i, found.start()
