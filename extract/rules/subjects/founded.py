"""Bodies that a sentence founds and tells to act: 成立领导小组，负责统筹协调 (contract, rule 7)."""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import View
from extract.rules.rule import rule
from extract.rules.subjects.subject_clauses import Clauses
from extract.rules.units.units import UnitMention

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
