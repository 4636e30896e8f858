"""The furniture of web pages: lines that are no part of any paper, wherever it was published."""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import fold
from extract.lexicon import alternation, terms
from extract.readers.fields import squeeze
from extract.readers.html_tree import Element

_EDGES = "()〈〉《》«»←→↑↓▲▼|丨·/\\-_:,.。、;+*&…!? "
_BUTTONS = alternation(terms("page_words", kind="button"))
_ONLY_BUTTONS = regex.compile(rf"(?:{_BUTTONS}|[{regex.escape(_EDGES)}\d])++")
_START = regex.compile(alternation(terms("page_words", kind="start")))
_ANYWHERE = regex.compile(
    r"icp备|公网安备|版权所有|网站标识码|copyright|allrightsreserved|浏览次数|点击数:|阅读次数|访问量:"
    r"|内容纠错|字[体号]:?\(?大|\(打印\)|扫一扫在手机|当前位置:|&gt;&gt;"
)
_LIST = regex.compile(
    rf"\(?{alternation(terms('page_words', kind='list'))}\)?:?(?:无|没有了?|暂无)?"
)
_CRUMBS = regex.compile(r"(?:[^>＞»。；]{1,24}(?:>|＞|»|>>|&gt;)\s*){2,}[^>＞»。；]{0,40}")
_STAMP = regex.compile(
    r"(?:时间|日期)?:?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?t?\d{1,2}[:时]\d\d(?:[:分]\d\d)?分?秒?"
    r"(?:来源.*|作者.*)?"
)
_FIGURES = regex.compile(r"\d")
_LETTER = regex.compile(r"\p{L}")
_BAR = regex.compile(r"(?:[^|。,;]{1,12}[|]){2,}[^|。,;]{0,12}")
_ISO_DATE = regex.compile(r"(?:(?:时间|日期):)?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
_PAGE_MARK = regex.compile(r"-+\d{1,4}-+|第\d{1,4}页(?:[,/]?共\d{1,4}页)?")
_ZONES = regex.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|foot|footer|footers|crumb|crumbs|breadcrumb|share|sharebox|sidebar|side"
    r"|copyright|toolbar|search|login|qrcode|ewm|relation|related|recommend|pager|pagination|topbar|toptool"
    r"|banner|quickbar|backtop|hotnews|comment|comments|links|friendlink|tags?|mainnav)(?:$|[-_\s\d])",
    regex.IGNORECASE,
)
_ZONE_TAGS = frozenset(("nav", "footer", "aside"))


def is_furniture(text: str) -> bool:
    """Whether a line near the head or the foot of a page is the page's and not the paper's."""
    close = fold(squeeze(text)).lower()
    if len(close) > 160:
        return False
    if not close or _PAGE_MARK.fullmatch(close):
        return True
    if _ONLY_BUTTONS.fullmatch(close):
        return not _FIGURES.search(close) or _LETTER.search(close) is not None
    if len(close) <= 120 and (_START.match(close) or _ANYWHERE.search(close)):
        return not close.endswith("。") or "版权" in close
    return bool(_CRUMBS.fullmatch(text.strip()) or _BAR.fullmatch(close) or _STAMP.fullmatch(close))


def is_stamp(text: str) -> bool:
    """Whether a line is a bare date as a page prints it under the title: 2016-04-15."""
    return _ISO_DATE.fullmatch(fold(squeeze(text))) is not None


def is_list_head(text: str) -> bool:
    """Whether the line opens a list of other pages: 相关链接, 上一篇：…"""
    close = fold(squeeze(text))
    found = _LIST.match(close)
    return found is not None and (found.end() == len(close) or close[found.end() - 1] == ":")


def is_zone(element: Element) -> bool:
    """Whether an element is a page's navigation, footer, search or share bar, or their kin."""
    if element.tag in _ZONE_TAGS:
        return True
    if element.tag in ("html", "body"):
        return False
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return marks != " " and _ZONES.search(marks) is not None
