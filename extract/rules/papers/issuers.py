"""Names of organs that stand side by side in a letterhead, a title or a signature."""

from __future__ import annotations

from collections.abc import Iterator

from extract import lazy as regex
from extract.lexicon import alternation, terms

_CENTRAL = regex.compile(alternation(terms("central_organs", "name")))
_CENTRAL_ALONE = regex.compile(rf"(?:{_CENTRAL.pattern}){{2,40}}")
_NAMES = [*terms("central_organs", "name"), *terms("central_organs", "also_called")]
_OFFICES = regex.compile(rf"(?:{alternation(_NAMES)})办公[室厅]")
_OFFICES_ALONE = regex.compile(rf"(?:{_OFFICES.pattern}){{2,40}}")
"""Offices of central organs side by side: 科技部办公厅教育部办公厅."""
_JOINED = regex.compile(
    r"(?<=中共中央)(?=国务院)|(?<=(?:局|厅|委|部|办公室|办公厅|政府|院|委员会))(?!员|办公[室厅]|(?:组织|宣传|统战|社会工作)部|政法委)"
    r"(?=中共\p{Han}|国务院|中央军委|\p{Han}{2,6}[省市县区州盟旗]\p{Han}{2,20}(?:局|厅|委员会|办公室|政府|部|院|会)\Z)"
)


def split_names(words: str) -> list[str]:
    """Organs that stand side by side: at 、 and blanks, and where one place's name starts anew."""
    found: list[str] = []
    for name in regex.split(r"[\s、,，]+", words.strip()):
        for one in _apart(name):
            plain = regex.sub(r"[（(][^（()）]{1,30}[)）]\Z", "", one)
            if len(plain) > 1:
                found.append(plain)
    return found


def _apart(name: str) -> Iterator[str]:
    """The names in words without a blank: central organs by their full names, else by the places
    that they begin with."""
    if _CENTRAL_ALONE.fullmatch(name):
        yield from (found[0] for found in _CENTRAL.finditer(name))
    elif "办公" in name and _OFFICES_ALONE.fullmatch(name):
        yield from (found[0] for found in _OFFICES.finditer(name))
    else:
        yield from _JOINED.split(name)
