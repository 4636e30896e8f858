"""Lists of addressees (主送机关, 抄送机关): one entry an organ, classes together."""

from __future__ import annotations

from collections.abc import Iterator

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.papers.papers import closed_up

_CLASS = regex.compile(r"各|有关|相关|所属|直属|部门|单位|企业|团体|部队|机构$|组织$|以上|以下")
_ORGAN_END = regex.compile(
    rf"(?:{alternation(terms('paper_words', kind='organ_end'))}|军分区|纪委监委)(?:\([^()]*\))?\Z"
)
_AREA = regex.compile(r"(?:区|县|市|州|盟|旗|乡|镇|街道|园|新城)\Z")
_AREA_ENDING = regex.compile(
    r"(?:管理委员会|管委会|管委|人民政府|政府|街道办事处|办事处|党工委|(?<=[省市县区州盟旗])\p{Han}{2,10}局|(?:国有)?[林农茶牧渔]场)\Z"
)
_WHOLE_ENDING = regex.compile("街道|(?:国有)?[林农茶牧渔]场")
"""An ending that a bare name before it shares: 城东、城西街道办事处, 青山、南岭林场."""
_OFFICE = regex.compile(r"(?:办公厅|办公室)\Z")
_HAS_OFFICE = regex.compile(
    r"(?:人大|人大常委会|人民代表大会常务委员会|政协|委员会|市委|省委|县委|区委|政府)\Z"
)
_PLACED = regex.compile(
    r"(?:市(?!场)|[省县区州盟旗])(?!\p{Han}?\Z)|\p{Han}{2,8}?(?:[省市县区州盟旗园]|新城|军分区)"
)
_NAMELESS_ZONE = regex.compile("(?:经济|高新|技术|产业|工业){0,4}(?:开发区|园区|示范区|新区)管")
_COMMITTEE = regex.compile(r"(?P<place>\p{Han}+?)(?:党工委|工委|党委)")
_BOARDS = ("管委会", "管理委员会", "人民政府", "政府", "办事处")
_AND_OTHERS = regex.compile(
    r"(?P<place>\p{Han}{2,20})等(?P<board>管委会|管理委员会|人民政府|政府|办事处)"
)
"""The last of several places, with the ending that all share: 新片区、商务区、长兴岛等管委会."""
_EACH = regex.compile(r"各(?=.{0,8}?[省市县区州盟旗乡镇])")
_AREA_ORGAN = regex.compile(
    r"(?:[市县区州盟旗乡镇]|街道)(?:委|党委|人民政府|政府|行政公署|办事处|管委会)"
)
_ENDS_CLASS = regex.compile(
    rf"(?:{alternation(terms('paper_words', kind='organ_end'))}|部门|单位|机构|团体|企业"
    rf"|部队|组织|高校)"
    rf"(?:\([^()]*\))?\Z"
)


def split_addressees(view: View) -> list[str]:
    """The entries of a list of addressees, as printed, spaces closed up.

    Split at ， and ；; 、 splits only between named organs, whose shared ending is spelled out
    (contract, documents: recipients).
    """
    found: list[str] = []
    for i, j in _pieces(view.text, ",;。\n"):
        found += _named(view, i, j)
    return found


def _pieces(
    text: str, marks: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Indices between separators outside of brackets, blanks cut off."""
    end = len(text) if end is None else end
    depth = 0
    first = start
    for k in range(start, end + 1):
        char = text[k] if k < end else ""
        depth += (char == "(") - (char == ")")
        if not char or (char in marks and depth <= 0):
            i, j = first, k
            while i < j and text[i] in " :":
                i += 1
            while j > i and text[j - 1] == " ":
                j -= 1
            if i < j:
                yield i, j
            first = k + 1


def _named(view: View, i: int, j: int) -> list[str]:
    """One piece between commas: split at 、 unless classes stand on both sides of it."""
    members = list(_pieces(view.text, "、", i, j))
    words = [view.text[a:b] for a, b in members]
    printed = [closed_up(view, a, b) for a, b in members]
    classes = _classes(words)
    groups: list[list[int]] = []
    for k in range(len(words)):
        if groups and (
            (classes[k] and classes[k - 1]) or not _is_whole(words, k - 1, classes[k - 1])
        ):
            groups[-1].append(k)
        else:
            groups.append([k])
    found = [_spelled(printed, words, group) for group in groups]
    if len(found) > 1 and (others := _AND_OTHERS.fullmatch(found[-1])):
        found[-1] = others["place"] + others["board"]
    return [_placed(found, k) for k in range(len(found))]


def _placed(entries: list[str], k: int) -> str:
    """开发区党工委、管委会: a board without a place is that of the committee before it."""
    committee = _COMMITTEE.fullmatch(entries[k - 1]) if k and entries[k] in _BOARDS else None
    return committee["place"] + entries[k] if committee else entries[k]


def _classes(words: list[str]) -> list[bool]:
    """Which members are classes: 各…, and what goes on from one without a place of its own
    (各区卫生健康局、财政局)."""
    found: list[bool] = []
    for k, word in enumerate(words):
        goes_on = bool(found and found[-1]) and (
            not _ENDS_CLASS.search(words[k - 1])
            or not _PLACED.match(word)
            or _NAMELESS_ZONE.match(word) is not None
            or (_EACH.match(words[0]) is not None and _AREA_ORGAN.fullmatch(word) is not None)
        )
        found.append(len(word) < 2 or goes_on or _CLASS.search(word) is not None)
    return found


def _is_whole(words: list[str], k: int, is_class: bool) -> bool:
    """Whether a member is complete by itself or with the ending of a later one."""
    if is_class:
        return _ENDS_CLASS.search(words[k]) is not None
    return _ORGAN_END.search(words[k]) is not None or _lent(words, k) != ""


def _lent(words: list[str], k: int) -> str:
    """The ending that a member shares with the next complete one of its list."""
    own = words[k]
    giver = next((w for w in words[k + 1 :] if _ORGAN_END.search(w) and not _CLASS.search(w)), "")
    if office := _OFFICE.search(giver):
        return office[0] if _HAS_OFFICE.search(own) else ""
    if _ORGAN_END.search(own) or not giver:
        return ""
    ending = _AREA_ENDING.search(giver)
    if ending is None:
        return ""
    if _WHOLE_ENDING.match(ending[0]) or (len(own) > 2 and _AREA.search(own)):
        return ending[0]
    area = _AREA.search(giver[: ending.start()])
    return area[0] + ending[0] if area else ""


def _spelled(printed: list[str], words: list[str], group: list[int]) -> str:
    text = "、".join(printed[k] for k in group)
    return text + _lent(words, group[-1]) if len(group) == 1 else text
