"""What a heading is and what it says of its section."""

from __future__ import annotations

from functools import cache

from extract import lazy as regex
from extract.lexicon import load
from extract.rules.rule import rule

LONGEST_TITLE = 40
"""Characters of the longest heading sentence (contract, tasks 3)."""

_LONGEST = (LONGEST_TITLE, 26, 24)
"""Characters of a heading of one, two or more clauses: a longer one says in detail what to do."""

_END = regex.compile(r"[。:\n;!?]")
_DIRECTS = rule(
    "heading directs in detail",
    r"(?:^|,)(?:各|本|市|县|区|省|国务院)?[^,、]{2,18}(?<![重主需必首简纪提扼险])(?:要|应当|应|须|必须|负责)"
    r"(?!求|点|素|用|急|对|件|闻|义|塞|害|地)|(?:^|,)(?:要|应当|必须|不得)|"
    r"\d{1,12}(?:\.\d{1,6})?(?:%|个|家|项|人|万|亿|场|次|名)|年底前|月底前|到\d{4}年",
    source="contract, tasks 3: a title does not itself direct anything in detail",
    examples=("⟦市司法局要⟧组建工作专班", "培育⟦30家⟧企业"),
    counter=("提高政治能力", "落实有关要求", "提高站位，加强领导", "突出工作重点"),
)

_TELLS = rule(
    "heading tells somebody to act",
    r"(?:各(?:区县|县区|县市区|镇区|市县|地区?)|[^,。;]{0,14}?(?:部门|单位|机关|机构|学校|中心|企业|政府|[局委厅]))"
    r"(?:(?:要|应当|应|须|必须)(?!求|点|素|急|对|件|用)|将(?:对|会同|组织))",
    source="contract, tasks 3: a title does not itself direct anything in detail",
    examples=(
        "⟦教育部门要⟧明确划定招生范围",
        "⟦各区县要⟧履行职责",
        "⟦民办学校须⟧严格招生",
        "⟦市教育督导部门将对⟧招生工作进行督查",
    ),
    counter=("积极回应社会监督", "要切实加强组织领导", "学校应急管理", "政府要素保障"),
)


_RUN_ON = rule(
    "heading run into its text",
    r"(?:20\d\d年)?[\p{Han}“”]{0,14}?(?:工作回顾|总体要求(?:(?:和|与|及)[\p{Han}]{2,6}?(?:取向|目标|思路))?|指导思想|基本原则"
    r"|(?:主要|总体|发展|工作|预期|招生|建设|行动)目标|发展形势|重[大要]意义)"
    r"(?=力争|确保|全年|通过|今年|过去|当前|近年|到?20\d\d年|[“”]十|以习近平|党的|改革开放|我国|坚持|全面贯彻|深入贯彻|认真|高举|义务教育|随着|为了?)",
    source="contract, sections: kind goal; pages that lost their line breaks",
    examples=(
        "⟦2023年工作回顾⟧过去一年，是全面贯彻",
        "⟦2024年经济社会发展总体要求和政策取向⟧今年是",
        "⟦总体要求⟧“十四五”期间",
        "⟦工作目标⟧力争全年新增贷款",
    ),
    counter=("指导思想政治教育工作", "加强总体要求的落实", "建设目标责任制"),
)


@cache
def _kinds() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((row["kind"], regex.compile(row["pattern"])) for row in load("section_kinds"))


_COUNTED = regex.compile(r"\((?:共?\d+[项条个分]|\d+(?:\.\d+)?分)\)$")

_ENCLOSED = regex.compile(r"\((?P<words>[^()]*)\)")
"""A heading in brackets of its own: 第二条(适用范围)."""


def section_kind(heading: str) -> str:
    """goal, safeguard, other or task, from a heading's folded words without their label."""
    words = _COUNTED.sub("", heading.rstrip("。:;,、 "))
    if enclosed := _ENCLOSED.fullmatch(words):
        words = enclosed["words"]
    for kind, pattern in _kinds():
        if pattern.fullmatch(words):
            return kind
    return "task"


OPENS_SAFEGUARDS = rule(
    "first heading of what safeguards a plan",
    r"^(?:切实|进一步)?(?:加强|强化|健全|压实)?组织(?:领导|保障)(?:[,、和]|$)",
    source="contract, sections: safeguard",
    examples=("⟦加强组织领导⟧", "⟦强化组织保障⟧", "⟦加强组织领导,⟧压实责任"),
    counter=("加强基层党组织领导力建设", "优化组织实施", "组织领导干部培训"),
)


def opens_safeguards(heading: str) -> bool:
    """Whether a part whose first heading this is says how the plan is carried out."""
    return OPENS_SAFEGUARDS.search(heading) is not None


def heading_end(text: str, start: int) -> int | None:
    """Where the heading sentence that begins at an index ends (its 。 or ： excluded), or None.

    A heading has at most 40 characters and directs nothing in detail; where a page lost the break
    behind one that names a section of no tasks (总体要求), the words that follow are none of it.
    """
    end = _sentence_end(text, start)
    if end is None and (run_on := _RUN_ON.match(text, start)):
        return run_on.end()
    return end


_BEFORE_TEXT = regex.compile(r"\((?P<words>[^()。;:\n]{2,40})\)(?=\p{Han}|“)")


def enclosed_heading_end(text: str, start: int) -> int | None:
    """Where the words of a heading in brackets before the text end: 第二条【建设新设施】加快…."""
    found = _BEFORE_TEXT.match(text, start)
    return found.end("words") if found else None


_SAYS_WHO = regex.compile(r"\([^()]{0,6}(?:牵头|责任|配合|主办|承办)(?:单位|部门)$")
"""A statement in brackets behind a heading, up to its colon: 优化服务(指标牵头单位:市税务局)."""


_ANSWERED = regex.compile(r",(?:牵头|责任|配合|主办|承办|实施|落实)(?:单位|部门)$")
"""A statement behind what an item says in its only sentence: 完成造林1000亩,责任单位:市林业局."""


def _sentence_end(text: str, start: int) -> int | None:
    found = _END.search(text, start, start + LONGEST_TITLE + 1)
    end = found.start() if found else len(text)
    if found and found[0] == ":" and (said := _SAYS_WHO.search(text, start, end)):
        return said.start() if said.start() > start else None
    if found and found[0] == ":" and _ANSWERED.search(text, start, end):
        return None
    longest = _LONGEST[min(text.count(",", start, end), 2)]
    if end - start > longest or end == start or text[end - 1] in "、,":
        return None
    if found and found[0] in ";!?":
        return None
    dated = _ITS_TIME.search(text, start, end)
    until = dated.start() if dated else end
    if _DIRECTS.search(text, start, until) or _TELLS.match(text, start, until):
        return None
    return end


_ITS_TIME = regex.compile(r"\((?:至|到)?20\d\d年[^()。,]{0,24}\)$|\(\d{1,2}月[^()。,]{0,20}\)$")
"""When a stage takes place, behind its name: 摸底排查(2022年5月底前)."""
