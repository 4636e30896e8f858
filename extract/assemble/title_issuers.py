"""Who issues a paper by its title: X关于…, X印发…, a plan of its year: X2024年工作要点."""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import View
from extract.model import Setting
from extract.outline.marks import is_organ
from extract.rules.organs.names import normalise
from extract.rules.organs.places import find_place
from extract.rules.papers.issuers import split_names
from extract.rules.units.unit_words import is_unit

_ACTS = regex.compile(
    r"\A(?P<names>[^《》]{3,320}?)(?P<more>等(?:\d+|[一二三四五六七八九十]+)?(?:个)?(?:部门|单位))?"
    r"(?:关于|印发|转发|批转|发布|公布|颁布)"
)
_OF_YEAR = regex.compile(
    r"\A(?P<name>\p{Han}{4,30}?)(?:19|20)\d\d(?:[-—至](?:19|20)\d\d)?年"
    r"\p{Han}{0,30}(?:要点|总结|计划|报告|清单|方案)\Z"
)
_INSTITUTION = regex.compile("(?:大学|学院|学校|医院)$")


def title_names(title: str) -> tuple[list[str], bool]:
    """The issuers that a title opens with, and whether it says that there are more (等4部门)."""
    text = View(title).text
    found = _ACTS.match(text)
    if found is None:
        return _of_year(text), False
    names = split_names(found["names"])
    if not names or not all(is_organ(n) or n in ("中共中央", "国务院") for n in names):
        return [], False
    return names, found["more"] is not None


def _of_year(text: str) -> list[str]:
    """The organ whose year a title speaks of: 某市教育局2024年工作要点. One that no registry
    knows may be what the paper is about: 某市推进数字政府2024年计划."""
    found = _OF_YEAR.match(text.replace(" ", ""))
    if found is None:
        return []
    name = found["name"]
    place = find_place(name)
    if place is None or not (is_organ(name) and is_unit(name)):
        return []
    named = normalise(name, Setting(place))
    known = named.known and named.unit_type == "organ" and named.function is not None
    return [name] if known or _INSTITUTION.search(name) else []
