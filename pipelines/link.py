"""What only the whole output shows: equal papers, papers cited that lie beside, one row a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import regex

from extract.lens import fold
from extract.model import Citation, Document, Unit

_NOT_WORDS = regex.compile(r"[^\p{Han}\p{L}\p{N}]+")
_SHINGLE = 8
_NEARLY_THE_SAME = 0.8


def _plain(text: str | None) -> str:
    return _NOT_WORDS.sub("", fold(text or ""))


def link_same_papers(documents: Sequence[Document]) -> None:
    """Fill `same_paper_as` with the smallest doc_id of the same notice in another file.

    The same number, or the same title and date, and nearly the same text (8-character shingles
    shared by at least 80 %).
    """
    groups: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: d.doc_id):
        if document.doc_number:
            groups["number", _plain(document.doc_number)].append(document)
        if document.title:
            groups["title", _plain(document.title), str(document.signed_on)].append(document)
    for group in groups.values():
        for place, later in enumerate(group):
            for earlier in group[:place]:
                if later.same_paper_as is None and _alike(earlier, later):
                    later.same_paper_as = earlier.same_paper_as or earlier.doc_id


def _alike(a: Document, b: Document) -> bool:
    first, second = _shingles(a.text), _shingles(b.text)
    if not first or not second:
        return False
    return len(first & second) >= _NEARLY_THE_SAME * min(len(first), len(second))


def _shingles(text: str | None) -> set[str]:
    plain = _plain(text)
    return {plain[i : i + _SHINGLE] for i in range(len(plain) - _SHINGLE + 1)}


def link_citations(documents: Iterable[Document], citations: Iterable[Citation]) -> None:
    """Fill `cited_doc_id` where the cited paper is in the same output, by number, else by title."""
    numbers: dict[str, str] = {}
    titles: dict[str, str] = {}
    for document in sorted(documents, key=lambda d: d.doc_id):
        target = document.same_paper_as or document.doc_id
        if document.doc_number:
            numbers.setdefault(_plain(document.doc_number), target)
        if document.title:
            titles.setdefault(_plain(document.title), target)
    for citation in citations:
        found = numbers.get(_plain(citation.doc_number)) or titles.get(_plain(citation.title))
        citation.cited_doc_id = found if found != citation.doc_id else None


def merge_units(units: Iterable[Unit]) -> list[Unit]:
    """One row a distinct organ, its aliases of all documents together, sorted by id."""
    merged: dict[str, Unit] = {}
    for unit in units:
        known = merged.setdefault(
            unit.unit_id,
            Unit(unit.unit_id, unit.name, unit.function, unit.region_code, unit.admin_level),
        )
        known.aliases = sorted({*known.aliases, *unit.aliases})
    return [merged[key] for key in sorted(merged)]
