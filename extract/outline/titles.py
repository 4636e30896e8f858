"""The words of a title: where they begin in a line, and which lines go together."""

from __future__ import annotations

from extract import lazy as regex
from extract.outline.marks import HEADLESS, is_organs
from extract.rules.papers.papers import genre, title_key

LONGEST_LINE = 60
"""Characters of a line that may still be a line of a title."""
SENTENCE = regex.compile(r"[。!?;]")
JOINT_TITLE = regex.compile(
    r"(?:\p{Han}{2,16}[、,， ]){4,40}\p{Han}{2,16}关于[^。;；:：!?\n]{4,120}"
)
"""A title that many organs issue together, however long its line: 教育部、公安部…关于…."""
DECOR = regex.compile(
    r"\A(?:[■◆●★▲#*\s]+|\([\p{Han}]{2,4}\)(?=\p{Han})|原文链接:[!-~]+|.*>[^>]{2,8}?(?=关于|印发|转发))"
)
_TAIL_OF_TITLE = 14
_LEFT_OPEN = ("促进", "推进", "支持", "鼓励", "推动", "加快", "加强", "扶持")
"""A verb that a title's first line ends with leaves it open: 鹿城区促进 / 开放型经济发展的…."""
_OPENS = regex.compile(r"关于|印发|转发|批转|发布|公布")
_PLACE_HEAD = regex.compile(
    r"\A.{1,12}?[省市县区旗州盟园]|\A(?:中国|全国|国家|中共|国务院)|\A(?:19|20)\d\d年"
)


def begins_again(text: str) -> int:
    """Where a title that a line prints twice begins the second time; 0 if once."""
    start = found.end() if (found := DECOR.match(text)) else 0
    again = text.find(text[start : start + 8], start + 8)
    twice = again > 0 and title_key(text[start:again]) == title_key(text[again:])
    return again if twice else _after_page_title(text)


def _after_page_title(text: str) -> int:
    """Where the title begins behind the page's own, which has run into its line: 关于…的意见,国务院
    国务院关于…的意见; 0 where none does."""
    first = text.find("关于")
    again = text.find(text[first : first + _SAME], first + _SAME) if first >= 0 else -1
    if again < 0:
        return 0
    name = _NAME_BEFORE.search(text[:again])
    if name is None:
        return again
    words = name[0]
    half = len(words) // 2
    if words[:half] == words[half:]:
        return again - half
    return again - len(words) if is_organs(words) else again


_SAME = 12
"""Characters in which a title is known again."""
_NAME_BEFORE = regex.compile(r"(?r)\p{Han}{2,40}$")


def continues(before: str, words: str) -> bool:
    """Whether a line belongs before the words of a title that follow it."""
    if len(before) > LONGEST_LINE or SENTENCE.search(before) or before.endswith(":"):
        return False
    if (
        words.count("《") < words.count("》")
        or words.startswith(("(", "》", "的"))
        or len(words) < 6
    ):
        return genre(before) is None or words.startswith(("(", "》", "的")) or _open(before)
    if HEADLESS.match(words):
        return True
    if words.startswith(("关于", "印发", "转发", "批转")):
        return (
            is_organs(before.strip("()"))
            or before.endswith("关于")
            or bool(_OPENS.search(before[2:]))
        )
    if _OPENS.search(words):
        return False
    if genre(before):
        return len(title_key(words)) <= _TAIL_OF_TITLE and bool(_PLACE_HEAD.search(before))
    if _OPENS.search(before):
        return True
    if _PLACE_HEAD.search(words) or not _PLACE_HEAD.search(before):
        return False
    return len(before) >= 6 or before.endswith(_LEFT_OPEN)


def _open(text: str) -> bool:
    return text.count("《") > text.count("》") or text.count("(") > text.count(")")
