"""Lists of persons: 组长：… 副组长：… 成员：…, who directs nobody (contract, sections: roster)."""

from __future__ import annotations

from collections.abc import Sequence

from extract import lazy as regex
from extract.lens import View
from extract.rules.directives import directs
from extract.rules.rule import rule

Span = tuple[int, int]

ROSTER = rule(
    "roster",
    r"(?:^|\n)(?:总召集人|召集人|总指挥|副总指挥|指挥长|组长|副组长|主任|副主任|成员|顾问)[:\n ]",
    source="contract, sections: kind roster",
    examples=("⟦组 长：⟧李某某", "⟦副组长：⟧王某某"),
    counter=("牵头单位：市司法局", "各组成员单位要加强配合"),
)
ROSTER_TELLS = rule(
    "roster that tells somebody to act",
    r"由[^。;,:\n]{2,30}(?:负责|牵头)|(?:必须|务必|应当|(?<![必无])须(?!知))[^。;,\n]{2}|[。,;:\n]请(?!假)[^。;\n]{4}",
    source="contract, tasks 1: a task directs somebody",
    examples=("参会名单⟦由市商务局负责⟧汇总", "成员单位⟦必须现场⟧参加", "名单⟦。请各单位报⟧送名单"),
    counter=("副组长由分管领导兼任", "市直各部门主要负责人", "参会须知"),
)
_POST = regex.compile(
    r"(?<![\p{Han}]各)(?:总?召集人|副?总指挥|副?指挥长|副?组长|副?主任|秘书长|组员|成员|顾问|联络员):"
)
_FEWEST = 2
"""Posts from which on a text is a list of who holds them."""
_NAMES = regex.compile(r"[^。;!?]{2,60}")
"""A line that goes on with names: 王某某 县财政局局长."""


def lists_persons(text: str, paragraphs: Sequence[Span], after: int) -> bool:
    """Whether the paragraphs (from offset `after` on) name who holds which post, and no other words
    of theirs direct anybody."""
    posts = 0
    others: list[View] = []
    for start, end in paragraphs:
        view = View(text, max(start, after), end)
        named = [found.start() for found in _POST.finditer(view.text)]
        posts += len(named)
        if named:
            others.append(view.part(0, named[0]))
        elif not posts or _NAMES.fullmatch(view.text.strip()) is None:
            others.append(view)
    return posts >= _FEWEST and not any(directs(view) for view in others)
