"""Development zones: what their names end in, their boards, and their departments."""

from __future__ import annotations

from datetime import date

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.model import Place
from extract.rules.organs.departments import HOLDS_PLACE, find_form
from extract.rules.organs.places import match_zone

ZONE = regex.compile(
    rf"(?P<zone>.*{alternation(terms('name_heads', kind='zone'))})"
    r"(?P<board>管委会|管理委员会|党工委(?:管委会)?|管理局|管理办公室|管理办)?"
)
NAMELESS = regex.compile(
    rf"(?:国家级|省级|经济|技术|高新|产业)*{alternation(terms('name_heads', kind='zone'))}"
)
"""A zone that every place has one of: 经济技术开发区."""
_OWNED = regex.compile(
    rf"(?P<zone>\p{{Han}}{{0,12}}?{alternation(terms('name_heads', kind='zone'))})(?P<rest>.+)"
)


_ISSUES = regex.compile(
    rf"(?P<zone>\p{{Han}}{{2,16}}?{alternation(terms('name_heads', kind='zone'))})"
    r"(?:管委会|管理委员会|党工委|工委|工作委员会)"
)


def zone_of(issuer: str) -> str:
    """The zone whose board issues a paper; empty for another issuer: 平潭综合实验区管委会办公室."""
    found = _ISSUES.match(issuer)
    return found["zone"] if found else ""


def board(words: str | None) -> str:
    """A zone's board in full."""
    return (words or "").replace("管委会", "管理委员会")


def department_of_zone(
    plain: str, here: Place | None, on: date | None
) -> tuple[str, str | None, Place | None] | None:
    """The name, function and place of a zone's department (宁东市场监管局); None for others.

    The zone's words stay; one without a name of its own has the paper's place before it.
    """
    known, found = match_zone(plain), _OWNED.fullmatch(plain)
    end = known[1] if known else found.end("zone") if found else 0
    form = find_form(plain[end:], False, "county", on) if end else None
    if form is None or form.organ == "party" or HOLDS_PLACE.search(form.long_form):
        return None
    local = here if here and here.admin_level in ("prefecture", "county") else None
    before = local.name if local and NAMELESS.fullmatch(plain[:end]) else ""
    return before + plain[:end] + form.long_form, form.function, known[0] if known else local
