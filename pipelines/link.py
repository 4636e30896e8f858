"""What only the whole output shows: the same paper in two files, and papers cited that lie beside.

Both are functions of the set of papers alone, never of the order in which nights brought them.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import regex

from extract.lens import fold
from extract.model import Citation, Document

_NOT_WORDS = regex.compile(r"[^\p{Han}\p{L}\p{N}]+")
_SHINGLE = 8
_ALL_KEPT = 1024
_SAMPLE = 16
_LIMIT = np.uint64(2**64 // _SAMPLE)
_NEARLY_THE_SAME = 0.8
MANY = 500
"""A number or a title that so many files share (目录) says nothing of what they are."""


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a paper is known: `number` and `title` as 64-bit keys, `dated` (ISO date or empty),
    `sketch` (hashes of its 8-character shingles), `cites` (keys of the papers that it names); how
    full it is: `tasks` and `chars`, marks and spaces aside."""

    number: int | None = None
    title: int | None = None
    dated: str = ""
    sketch: bytes = b""
    cites: tuple[int, ...] = ()
    tasks: int = 0
    chars: int = 0


def marks(document: Document, citations: Iterable[Citation] = (), tasks: int = 0) -> Marks:
    """The marks of a paper with so many tasks and of those that it cites."""
    words = _plain(document.text)
    cited = {cite_key(text) for row in citations for text in (row.doc_number, row.title)}
    return Marks(
        number=cite_key(document.doc_number),
        title=cite_key(document.title),
        dated=document.signed_on.isoformat() if document.signed_on else "",
        sketch=_sketch(words),
        cites=tuple(sorted(key for key in cited if key is not None)),
        tasks=tasks,
        chars=len(words),
    )


def cite_key(text: str | None) -> int | None:
    """A number or title as a signed 64-bit key, brackets, spaces and width aside."""
    plain = _plain(text)
    if not plain:
        return None
    digest = hashlib.blake2b(plain.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def same_papers(members: Mapping[str, Marks]) -> dict[str, str | None]:
    """For each doc_id the fullest copy of the same notice, null for that one itself.

    The same number, or the same title and date, and nearly the same text: shingles shared by at
    least 80 % of the shorter one, and on from paper to paper, the most alike first. Papers whose
    numbers differ are never the same, nor are the copies of one a way to the other. The fullest
    has the most tasks, then the most text, then the smallest doc_id.
    """
    root = {doc_id: doc_id for doc_id in members}
    number = {doc_id: mark.number for doc_id, mark in members.items()}

    def find(doc_id: str) -> str:
        while root[doc_id] != doc_id:
            doc_id = root[doc_id]
        return doc_id

    for _, a, b in sorted(_pairs(members)):
        first, second = sorted((find(a), find(b)))
        if first != second and not _differ(number[first], number[second]):
            root[second] = first
            number[first] = number[second] if number[first] is None else number[first]
    fullest: dict[str, str] = {}
    for doc_id in sorted(members, key=lambda one: (-members[one].tasks, -members[one].chars, one)):
        fullest.setdefault(find(doc_id), doc_id)
    found = {doc_id: fullest[find(doc_id)] for doc_id in members}
    return {doc_id: None if top == doc_id else top for doc_id, top in found.items()}


def _pairs(members: Mapping[str, Marks]) -> set[tuple[float, str, str]]:
    """Papers that may be the same, with how unlike they are."""
    found = set()
    for group in _groups(members):
        for a, b in itertools.combinations(group, 2):
            first, second = members[a], members[b]
            if not _differ(first.number, second.number):
                alike = _likeness(first.sketch, second.sketch)
                if alike >= _NEARLY_THE_SAME:
                    found.add((1 - alike, a, b))
    return found


def _differ(a: int | None, b: int | None) -> bool:
    """Whether both have a number, and not the same one."""
    return a is not None and b is not None and a != b


def _groups(members: Mapping[str, Marks]) -> Iterator[list[str]]:
    groups: dict[tuple[str, int, str], list[str]] = {}
    for doc_id, mark in sorted(members.items()):
        if mark.number is not None:
            groups.setdefault(("number", mark.number, ""), []).append(doc_id)
        if mark.title is not None:
            groups.setdefault(("title", mark.title, mark.dated), []).append(doc_id)
    return (group for group in groups.values() if len(group) <= MANY)


def _plain(text: str | None) -> str:
    return _NOT_WORDS.sub("", fold(text or ""))


def _sketch(words: str) -> bytes:
    """The hashes of a text's shingles, sorted: all of a short one, the smallest 16th of a long."""
    codes = np.frombuffer(words.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(codes) < _SHINGLE:
        return b""
    with np.errstate(over="ignore"):
        hashes = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint64)
        for i in range(_SHINGLE):
            hashes = (hashes ^ codes[i : i + len(hashes)]) * np.uint64(0x9E3779B97F4A7C15)
            hashes ^= hashes >> np.uint64(29)
    hashes = np.unique(hashes)
    if len(hashes) > _ALL_KEPT:
        hashes = hashes[hashes < _LIMIT]
    return hashes.astype("<u8").tobytes()


def _likeness(a: bytes, b: bytes) -> float:
    """The share of the shorter text's shingles that the other one has too."""
    first, second = (np.frombuffer(sketch, dtype="<u8") for sketch in (a, b))
    if not len(first) or not len(second):
        return 0.0
    if first[-1] < _LIMIT or second[-1] < _LIMIT:
        first, second = first[first < _LIMIT], second[second < _LIMIT]
    shorter = min(len(first), len(second))
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / shorter if shorter else 0.0
