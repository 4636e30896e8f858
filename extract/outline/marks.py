"""What a single line of a paper is by its look: number, date, recipients, annex head, … .

A mark is decided from the line alone; where it may stand is settled in `front` and `parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract import lazy as regex
from extract.lexicon import load, terms
from extract.rules.numerals import parse_number
from extract.rules.papers.papers import DATE, find_numbers
from extract.rules.rule import rule

_ORGAN_ENDS = terms("paper_words", kind="organ_end")
_ADDRESSEE_ENDS = terms("paper_words", kind="addressee_end")
_NOT_ADDRESSEES = terms("paper_words", kind="not_addressee")
_NAMEPLATE = regex.compile(r"\([^()]{1,30}\)\Z")
_NAME = regex.compile(r"(?!各|有关|相关)[\p{Han}“”·()\-]{2,60}")

LETTERHEAD = rule(
    "letterhead",
    r"\A(?!.*关于)[\p{Han}()·、 ]{2,60}?(?:文件|令|\(通知\)|\(函\)|公文|任免通知|规范性文件)\Z",
    source="GB/T 9704-2012, 7.2.4: 发文机关标志 is the full or short name with 文件",
    examples=("⟦大同市人民政府办公室文件⟧", "⟦深圳市人民政府令⟧"),
    counter=(
        "大同市人民政府办公室",
        "关于转发有关文件的通知",
        "国务院办公厅关于全面推行行政规范性文件",
    ),
)
HEADLESS = regex.compile(r"(?:工作)?(?:领导小组|委员会|指挥部|联席会议|办公室)")
"""What a line begins with that goes on with a name: …高质量发展 / 领导小组办公室."""
DISCLOSURE = rule(
    "disclosure",
    r"\A\(?此件?(?P<way>主动公开|公开发布|社会公开|公开(?=\)|\Z)|依申请公开|不予公开|不公开|删减后公开)(?:发布)?\)?[。.]?\Z|"
    r"\A(?:公开属性|公开方式|信息公开(?:选项|属性|形式|方式)?|公开选项):(?P<said>[\p{Han}]{2,8})\Z|"
    r"\A公开(?:属性|方式|类别|类型|形式|选项)[:\s]{1,3}(?P<said>(?:主动|依申请|不予)公开)\Z",
    source="政府信息公开条例 (2019), art. 15: 主动公开, 依申请公开, 不予公开",
    examples=(
        "⟦（此件公开发布）⟧",
        "⟦公开属性：主动公开⟧",
        "⟦（此件主动公开）⟧",
        "⟦公开方式：主动公开⟧",
        "⟦公开类别\n主动公开⟧",
    ),
    counter=("此件公开发布以后", "公开类别", "公开方式\n全文公开"),
)
COLOPHON = rule(
    "colophon",
    r"\A(?:抄送|抄报|主送|分送|报送|印送|[送报发])(?:机关|单位)?:|\A(?:主办|承办|督办|印发(?:机关|单位)?|"
    r"打字|校对|校核|拟稿|联系人|责任处室)(?:单位|部门)?:.{1,40}\Z|\A.{0,40}\d{4}年\d{1,2}月(?:\d{1,2}日|[上中下]旬)印(?:发|制)?\Z|"
    r"\A\(?共印.{0,10}份\)?\Z",
    source="GB/T 9704-2012, 7.4: 版记 with 抄送机关, 印发机关 and 印发日期",
    examples=(
        "⟦抄送：⟧市委各部门",
        "⟦主办：市司法局⟧",
        "⟦大同市人民政府办公室2024年1月30日印发⟧",
        "⟦某市委办公室2026年3月中旬印发⟧",
    ),
    counter=("主办单位要落实责任。", "联系人制度"),
)
_NOTE = rule(
    "note below the signature",
    r"\A\((?!此件)[^()\n]{0,30}(?:联系|电话|传真|邮箱|删减|删节|略|公开)(?:[^()\n]|\([^()\n]{0,30}\)){0,160}\)[。.]?\Z"
    r"|\A(?:(?:主要)?联系(?:人|电话|方式|单位|地址)|联络员|咨询电话|电话|传真|(?:电子)?邮箱)[^:。]{0,12}:[^。]{2,160}。?\Z",
    source="GB/T 9704-2012, 7.3.8: 附注 in brackets below the date; letters name there whom to ask",
    examples=(
        "⟦（联系人：李某；联系电话：010-12345678）⟧",
        "⟦（本文有删减）⟧",
        "⟦联系人：李某，电话：010-12345678⟧",
    ),
    counter=("（一）加强联系。", "联系人制度要落实。", "（试行）"),
)
_ANNEX = rule(
    "annex head",
    r"\A附(?:件|表|录|图)?(?P<no>\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})?(?:-\d{1,2})?"
    r"(?:[:.、 ]+|\Z|(?<=\d)|(?<=件|表|录))"
    r"(?P<title>[^。;:]{0,80})\Z",
    source="GB/T 9704-2012, 7.3.7: 附件 and its number stand at the head of the annex",
    examples=("⟦附件⟧", "⟦附件 1⟧", "⟦附件2：⟧", "⟦附表⟧", "⟦附件1：任务分工表⟧", "⟦附 3⟧"),
    counter=("附则", "附近居民", "附加条件。", "附2023年"),
)
_ANNEX_LIST = regex.compile(r"\A附件?:?\s?(?:1[.、:]?)?(?=\S)")
CUT_NUMBER = regex.compile(r"[\p{Han}]{1,12}\((?:19|20)\d{2}\)\d{1,5}")
"""A number whose 号 the page's red line has cut off to a line of its own."""
_GAPS = regex.compile(r"[ 、,]+")
_SENTENCE = regex.compile(r"[。!?《》一二三四五]、|[。!?《》]|如下|以下|要求|规定")
LONGEST_RECIPIENTS = 420
_RUN_ON_TITLE = regex.compile(r"[^。!?]{0,160}关于[^。!?]{4,120}的(?:通知|意见|通报|函|决定)(?=各)")
"""Letterhead, number and title that have run into the line of the recipients."""
"""Characters of the longest 主送机关 that is believed."""


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """附件 1 or 附件1：任务分工表; `number` None where it prints none."""

    number: int | None
    title: str


def annex_head(text: str) -> AnnexHead | None:
    """What a line says as the head of an annex, or None."""
    if not text.startswith("附") or len(text) > 100:
        return None
    found = _ANNEX.match(text)
    if found is None:
        return None
    number = parse_number(found["no"]) if found["no"] else None
    return AnnexHead(None if number is None else int(number), found["title"])


def is_date(text: str) -> bool:
    """A line that is a date and nothing else: 2024年1月30日, （2018年1月2日）."""
    return len(text) < 24 and DATE.fullmatch(text.strip("()。 ")) is not None


def is_number(text: str) -> bool:
    """A line that is the paper's number: 同政办发(2024)5号, also in parentheses."""
    words = text.strip("() ")
    if text.startswith("(") and text.endswith("号)"):
        words = text[1:-1]
    if len(words) >= 40:
        return False
    return (
        next(find_numbers(words), None) == (0, len(words))
        or CUT_NUMBER.fullmatch(words) is not None
    )


def is_organs(text: str) -> bool:
    """A line of organs' names and nothing else, as a signature is."""
    if not 3 <= len(text) < 120 or text[0] == "附":
        return False
    return all(is_organ(name) for name in _GAPS.split(text) if name)


def is_organ(name: str) -> bool:
    """Whether words end as an organ's name does, a second nameplate in parentheses left out."""
    return _NAME.fullmatch(name) is not None and bare_name(name).endswith(_ORGAN_ENDS)


def bare_name(name: str) -> str:
    """An organ's name without a second nameplate or (代章) behind it."""
    return _NAMEPLATE.sub("", name)


def recipients_end(text: str) -> int | None:
    """Where the colon behind the recipients that a line begins with stands, or None."""
    colon = text.find(":", 0, LONGEST_RECIPIENTS)
    names = text[: max(colon, 0)]
    if titled := _RUN_ON_TITLE.match(names):
        names = names[titled.end() :]
    if len(names) < 3 or names.startswith(_NOT_ADDRESSEES) or _SENTENCE.search(names):
        return None
    return colon if bare_name(names).endswith(_ADDRESSEE_ENDS) else None


def is_note(text: str) -> bool:
    """A line that stands below a signature and says whom to ask, or what was left out."""
    return _NOTE.match(text) is not None


@cache
def _furniture() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{row['pattern']})" for row in load("furniture")))


def is_furniture(text: str) -> bool:
    """A line that the page prints around the paper: 来源, 浏览次数, 责任编辑."""
    return len(text) < 200 and _furniture().fullmatch(text.replace(" ", "")) is not None
