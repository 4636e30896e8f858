"""Bodies that a sentence founds and tells to act: 成立领导小组，负责统筹协调 (contract, rule 7)."""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import View
from extract.rules.rule import rule
from extract.rules.subjects.subject_clauses import Clauses
from extract.rules.units.units import UnitMention, read_units

_FOUNDED = rule(
    "a body is founded",
    r"(?:在[^,。;]{2,20})?(?:成立|组建|设立)(?:[由以][^,。;]{2,40}?的)?"
    r"(?P<body>(?!了)[^,。;、的由以和与]{2,36}?(?:小组|委员会|专班|指挥部|专家组|联席会议|中心))"
    r"|(?P<body>[^,。;由以]{2,30}?办公室)(?P<seated>设在)[^,。;]{2,24}",
    source="contract, responsibilities 7: organs that are told to act",
    examples=(
        "⟦成立市健康专家委员会⟧",
        "⟦成立由市长任组长的工作领导小组⟧",
        "⟦领导小组办公室设在市司法局⟧",
        "⟦在市信息中心成立市数字经济发展中心⟧",
    ),
    counter=("成立了工作组", "办公室负责日常工作", "办公室设在市司法局"),
)
_LED = rule(
    "a mechanism is founded under those who lead it",
    r"(?:成立|建立|建立健全|健全|构建|组建|完善)由(?P<lead>[^。;:由]{3,60}?)牵头"
    r"(?:[,、](?P<others>[^。;:由]{3,160}?)(?:等(?:相关|有关)?(?:部门|单位))?(?:共同)?(?:参与|配合|参加))?"
    r"的[^,。;由]{0,24}?(?:机制|专班|小组|工作组|联席会议)(?!制度)",
    source="contract, responsibilities 7: 由X牵头, named organs",
    examples=(
        "⟦建立由农业农村部、工业和信息化部牵头的发展协调推进机制⟧",
        "⟦成立由市交通委牵头,市发展改革委、市水务局等部门共同参与的推进机制⟧",
    ),
    counter=("建立由政府主导的工作机制", "由市交通委牵头建立机制"),
)


def led_by(view: View) -> list[tuple[UnitMention, str]]:
    """The named organs that lead a mechanism which the text founds, and those that take part; none
    where it names only kinds of them (相关部门)."""
    found: list[tuple[UnitMention, str]] = []
    for led in _LED.finditer(view.masked) if "牵头" in view.masked else ():
        leads = read_units(view, *led.span("lead"))
        if leads.unread or not leads.units or any(unit.generic for unit in leads.units):
            continue
        found += [(unit, "lead") for unit in leads.units]
        if led["others"]:
            others = read_units(view, *led.span("others")).units
            found += [(unit, "support") for unit in others if not unit.generic]
    return found


_ANSWERS = regex.compile(
    r"(?P<headed>,由[^,。;]{2,30}?(?:挂帅|任(?:组长|主任|总?召集人|总?指挥)))?"
    r",(?:具体|主要|统一|全面|专门|并)*(?:负责(?!人|同志)|(?P<works>承担|统筹(?:推进|协调|领导)))"
)
_ANSWERS_FIRST = frozenset("由具主统全专并负承")
"""Characters that stand behind the comma of an answer; asked first, to save time."""


def founded(view: View, clauses: Clauses, number: int) -> UnitMention | None:
    """The body that a clause founds, where the next clause says what it is responsible for."""
    end = clauses.spans[number][1]
    if clauses.text[end + 1 : end + 2] not in _ANSWERS_FIRST:
        return None
    answers = _ANSWERS.match(clauses.text, end)
    if answers is None:
        return None
    found = _FOUNDED.fullmatch(clauses.text, clauses.start_of_names(number), end)
    if found is None or (answers["works"] and not (found["seated"] or answers["headed"])):
        return None
    i, j = found.span("body")
    return UnitMention("".join(view.quote(i, j).split()), *view.span(i, j))
