"""Where units that begin at a place may end."""

from __future__ import annotations

from collections.abc import Iterator

from extract import lazy as regex
from extract.rules.subjects.predicates import FIRST
from extract.rules.subjects.subject_names import LONGEST
from extract.rules.subjects.work_bodies import work_end
from extract.rules.units.unit_words import known_end

_ALWAYS = (
    "局厅委科办部门关位构组府院校心区县市镇乡道街站队级处署室"
    "省州盟旗方团社馆村地户班业行司联园狱协)"
)
JOINT = regex.compile(
    rf"[{_ALWAYS}]|(?<!社)会|所(?![在有属需涉称指得])"
    r"|[织学中体议员人等场政面份块台师](?:(?<=[电视广播气象]台)|(?<=教师)|(?<=[团农林]场|[级省市县区镇乡地)]财政|中央财政|[闻属流众新]媒体|[党联治团会济众性作业益愿术]组织|[小中大]学|[初高]中|[联共]体|会议|人员|个人|层面|省份|[各关]方面)"
    r"|(?<=等)(?= ?(?:[要应须需]|必须|参[与加]|配合|协助|按照?职责))|(?<=等板块))"
)
"""A character that a unit's name ends with."""


_BEHIND_UNITS = FIRST | frozenset(" 之")
"""Characters that may stand behind units told to act: a predicate's first, or a gap before it."""
_GOES_ON = regex.compile(
    r"(?<=城市)(?:更新|体检|大脑|轨道|道路|管网)|(?<=地方)(?:留成|标准|特色|实际|经济|立法|债|税)|(?<=机构)编制(?=[、部委和等])"
)
_OF_HOUSE = frozenset("省市县区州")
_ROOM_OF = regex.compile(r"[省市县区州](?:局|厅|委)\p{Han}{2,6}?处(?![理置罚在于])")
"""A room of the paper's own house: 省局督查处."""


def goes_on(text: str, at: int) -> bool:
    """Whether a word goes on behind what could be a place: 城市更新, 地方留成."""
    return _GOES_ON.match(text, at) is not None


def ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where the units that begin at a place may end: first the longest name of the registry, whose
    inside is not looked at (市住房和城乡建设管理局), then wherever a name can end and a predicate
    may follow."""
    room = _ROOM_OF.match(text, start, end) if text[start : start + 1] in _OF_HOUSE else None
    known = max(known_end(text, start), work_end(text, start, end), room.end() if room else 0)
    if start < known <= end:
        yield known
    for joint in JOINT.finditer(text, max(start + 1, known), min(end, start + LONGEST)):
        stop = joint.end()
        # asked before the names are looked up: most characters that end a name end none
        if stop < end and text[stop] not in _BEHIND_UNITS:
            continue
        if goes_on(text, stop):
            continue
        listed = text.rfind("、", start, stop - 1) + 1
        if listed <= start or known_end(text, listed) <= stop:
            yield stop
