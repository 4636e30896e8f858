"""Bodies that are named by their work: 市推进“放管服”改革协调小组办公室."""

from __future__ import annotations

from functools import lru_cache

from extract import lazy as regex
from extract.rules.units.unit_words import place_end

NAMED_BY_WORK = regex.compile(
    r"(?:(?!成立|组[建成]|[设建]立|设在|召开|会同|会商|牵头|组织|提请|要(?!》)|应当?|负责|[由向报对将])[^,。;:、\d]){4,48}?(?:(?:领导|协调|工作|推进)小组|联席会议|指挥部|专班|委员会|(?<=\p{Han}{6}))(?:办公室)?"
    r"(?<=小组|会议|指挥部|专班|委员会|办公室)"
)
_BODY = regex.compile("(?=[小会指专委办])(?:小组|会议|指挥部|专班|委员会|办公室)")
"""A quick look: without one of these words no such name ends."""
_LONGEST_BODY = 64


@lru_cache(maxsize=64)
def _speaks_of_body(text: str) -> bool:
    """Whether the whole text has one of these words: each clause of a paragraph asks, few have."""
    return _BODY.search(text) is not None


_OF_LEVEL = regex.compile(r"[省市县区州旗](?!级|直|[属辖]|场|政|[、和与及])|国务院|国家|中央")


def work_end(text: str, start: int, end: int) -> int:
    """Where a body of one place ends that is named by its work, if one begins there: 市推进政府职能
    转变和“放管服”改革协调小组办公室; else the start."""
    if len(text) > _LONGEST_BODY and not _speaks_of_body(text):
        return start
    if not _BODY.search(text, start, min(end, start + _LONGEST_BODY)):
        return start
    found = NAMED_BY_WORK.match(text, start, end)
    if found is None:
        return start
    placed = _OF_LEVEL.match(text, start) or place_end(found[0]) > 0
    return found.end() if placed else start
