"""Departments: which form a spelling stands for, at a level and in a year; central organs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from extract import lazy as regex
from extract.lexicon import alternation, load, spellings, terms

ENDINGS = {
    "委员会": "委员会",
    "办公室": "办公室",
    "办公厅": "办公厅",
    "局": "局",
    "厅": "厅",
    "委": "委员会",
    "办": "办公室",
}
HOLDS_PLACE = regex.compile("[XS]")
"""A long form that holds the place: X its name, S its short name."""
_JOINTS = str.maketrans("", "", "和与及、")


@dataclass(frozen=True, slots=True)
class Form:
    """A department's form: `long_form` follows the place's name, or holds it (`HOLDS_PLACE`)."""

    function: str
    organ: str
    long_form: str
    levels: frozenset[str]
    valid_from: str
    valid_to: str


Index = dict[str, tuple[Form, ...]]


def squeeze(word: str) -> str:
    """A name without the characters that spellings leave out or put in: 和, 与, 及."""
    return word.translate(_JOINTS)


def split_ending(word: str) -> tuple[str, str]:
    """Stem and full ending: 发改委 is 发改 and 委员会; no ending is an empty one."""
    for ending, full in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], full
    return word, ""


def _add(index: dict[str, list[Form]], key: str, form: Form) -> None:
    forms = index.setdefault(key, [])
    if form not in forms:
        forms.append(form)


def _frozen(index: dict[str, list[Form]]) -> Index:
    return {key: tuple(forms) for key, forms in index.items()}


@cache
def _indexes() -> tuple[Index, Index, Index]:
    """Every spelling, every squeezed spelling, every stem, to its forms in the table's order."""
    exact: dict[str, list[Form]] = {}
    loose: dict[str, list[Form]] = {}
    stems: dict[str, list[Form]] = {}
    for row in load("departments"):
        levels = frozenset(spellings(row["levels"]))
        long_form = row["long_form"]
        years = row["valid_from"], row["valid_to"]
        form = Form(row["function"], row["organ"], long_form, levels, *years)
        own = [] if HOLDS_PLACE.search(long_form) else [long_form]
        for word in (*own, *spellings(row["also_called"])):
            _add(exact, word, form)
            _add(loose, squeeze(word), form)
            stem, ending = split_ending(word)
            if ending and len(stem) > 1:
                _add(stems, squeeze(stem), form)
    return _frozen(exact), _frozen(loose), _frozen(stems)


def is_function(stem: str) -> bool:
    """Whether a word is what some department is called by: 司法, 财政, 政务服务; not 行政执法."""
    return squeeze(stem) in _indexes()[2]


def function_of(stem: str) -> str | None:
    """The department family of such a word, where all departments so called are of one."""
    found = {form.function for form in _indexes()[2].get(squeeze(stem), ())}
    return found.pop() if len(found) == 1 else None


def find_form(word: str, party: bool, level: str | None, on: date | None) -> Form | None:
    """The form that a department's spelling stands for; None for an unknown department.

    party: whether it is said to be the party committee's (市委…). An ending without a row of its
    own is put on the row's stem: 人力社保厅 is 人力资源和社会保障厅.
    """
    exact, loose, stems = _indexes()
    known = None
    for forms in (exact.get(word, ()), loose.get(squeeze(word), ())):
        if found := _pick(_of(forms, party), level, on):
            if _is_now(found, on):
                return found
            known = known or found
    stem, ending = split_ending(word)
    if not ending or party:
        return known
    with_ending = [form for form in stems.get(squeeze(stem), ()) if split_ending(form.long_form)[1]]
    found = _pick([form for form in with_ending if form.organ != "party"], level, on)
    if found is None or (known and not _is_now(found, on)):
        return known
    return _with_ending(found, ending)


ROOM = regex.compile(
    rf"(?!相关|有关|各)\p{{Han}}{{2,16}}(?:{alternation(terms('name_heads', kind='room_end'))})"
)
"""The name of an office inside a department."""


def find_room(word: str, level: str | None, on: date | None) -> Form | None:
    """The form of a government department's room: 人社厅就业处 is of 人力资源和社会保障厅."""
    for end in range(len(word) - 2, 2, -1):
        if word[end - 1] in "局厅委" and ROOM.fullmatch(word, end):
            house = find_form(word[:end], False, level, on)
            if house and house.organ == "gov" and not HOLDS_PLACE.search(house.long_form):
                return replace(house, long_form=house.long_form + word[end:])
    return None


def _of(forms: Iterable[Form], party: bool) -> list[Form]:
    """The forms of the right side; a government's list may name a party organ without 委 (编办)."""
    forms = list(forms)
    right = [form for form in forms if (form.organ == "party") == party]
    return right if party else right + [form for form in forms if form not in right]


def _with_ending(form: Form, ending: str) -> Form:
    stem, _ = split_ending(form.long_form)
    if not stem.endswith(ending):  # 文明委 is the 委员会 whose 办公室 the table has
        stem += ending
    years = form.valid_from, form.valid_to
    return Form(form.function, form.organ, stem, form.levels, *years)


def _pick(forms: list[Form], level: str | None, on: date | None) -> Form | None:
    """By level, then by date (a paper without one is of today), then the first."""
    here = [form for form in forms if level in form.levels]
    anywhere = [form for form in forms if not form.levels]
    forms = here or anywhere or forms
    now = [form for form in forms if _is_now(form, on)]
    return next(iter(now or forms), None)


def _is_now(form: Form, on: date | None) -> bool:
    month = on.strftime("%Y-%m") if on else "9999-12"
    return in_force(form.valid_from, form.valid_to, month)


def in_force(valid_from: str, valid_to: str, month: str) -> bool:
    """Whether a month (YYYY-MM) lies in a row's years, the last excluded; an empty end is open."""
    return (not valid_from or valid_from <= month) and (not valid_to or month < valid_to)


@dataclass(frozen=True, slots=True)
class Central:
    """A central organ: official full name, function, and its years."""

    name: str
    function: str
    valid_from: str
    valid_to: str


@cache
def _central() -> tuple[dict[str, list[Central]], dict[str, list[Central]]]:
    """Names that stand in any paper, and those that mean the central organ only in its papers."""
    always: dict[str, list[Central]] = {}
    inside: dict[str, list[Central]] = {}
    for row in load("central_organs"):
        organ = Central(row["name"], row["function"], row["valid_from"], row["valid_to"])
        for word in (row["name"], *spellings(row["also_called"])):
            always.setdefault(squeeze(word), []).append(organ)
        for word in spellings(row["in_central_papers"]):
            inside.setdefault(squeeze(word), []).append(organ)
    return always, inside


def find_central(word: str, in_central_paper: bool, on: date | None) -> Central | None:
    """The central organ of a name, as it was called when the paper was written."""
    always, inside = _central()
    key = squeeze(word)
    found = always.get(key) or (inside.get(key) if in_central_paper else None)
    if not found:
        return None
    month = on.strftime("%Y-%m") if on else "9999-12"
    now = [organ for organ in found if in_force(organ.valid_from, organ.valid_to, month)]
    exact = [organ for organ in found if organ.name == word]
    return (exact or now or found)[0]


@dataclass(frozen=True, slots=True)
class Vertical:
    """A central organ that has organs in places: how their names open in full, and its function."""

    official: str
    function: str


@cache
def _verticals() -> dict[str, Vertical]:
    return {
        head: Vertical(row["official"], row["function"])
        for row in load("vertical_organs")
        for head in spellings(row["head"])
    }


def find_vertical(word: str) -> tuple[Vertical, int] | None:
    """The central organ whose name opens a local organ's, and that opening's length."""
    heads = _verticals()
    for end in range(min(len(word), 16), 1, -1):
        if found := heads.get(word[:end]):
            return found, end
    return None
