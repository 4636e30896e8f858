"""Where paragraphs begin and end, as the characters of a printed line tell it.

Everything here reads folded text (`lens.fold`): brackets are ( and ), commas and colons half-width.
"""

from __future__ import annotations

from extract import lazy as regex

_HAN = "[一二三四五六七八九十百零〇]"
_LABEL = regex.compile(
    rf"""(?x)
    (?P<article>第\ ?(?:{_HAN}{{1,5}}|\d{{1,3}})\ ?(?:条|章|节|部分|篇|编)(?![例约款件之的第规、]))
    | (?P<han>{_HAN}{{1,3}}\ ?(?:、|\.(?!\d)))(?!{_HAN}{{1,2}}、)
    | (?P<han_paren>\(\ ?{_HAN}{{1,3}}\ ?\))
    | (?P<digit>\d(?:\ ?\d){{0,2}}\ ?(?:\.(?!\ ?\d)|、))
    | (?P<digit_paren>\(\ ?\d(?:\ ?\d){{0,2}}\ ?\))
    | (?P<circle>[①-⒛㈠-㈩])
    """
)
_WEAK_LABEL = regex.compile(rf"{_HAN}是|\d{{1,2}}\)|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}[ \p{{Han}}]|--")
_FIGURE = r"[\d一二三四五六七八九十]{1,3}"
_YEAR = r"(?:\d{4}|[二一][〇零ОO0○一二三四五六七八九]{3})"
_DATE = rf"{_YEAR} ?年 ?{_FIGURE} ?月 ?{_FIGURE} ?日"
_DATE_LINE = regex.compile(rf"{_DATE} ?(?:印发)?")
_PRINTED_LINE = regex.compile(rf"[\p{{Han}} ]{{2,40}}{_DATE} ?印[发制]")
_NUMBER_LINE = regex.compile(r"\(?[\p{Han} ]{2,20}\(\d{4}\) ?第? ?\d{1,5} ?号\)?")
_OPENER = regex.compile(
    r"附 ?(?:件|表|录|图) ?(?:[:\d一二三四五六七八九十]|$)"
    r"|(?:抄 ?送|抄 ?报|主 ?送|分 ?送|报 ?送|主题词|主办|承办|督办) ?(?:单位)?:|\(? ?共 ?印 ?\d"
    r"|(?:公开属性|公开方式|联系人|信息公开选项) ?:"
    r"|\((?:此件|本件)|新华社[\p{Han}]{2,8}\d{1,2}月\d{1,2}日电"
    r"|[●○■□◆◇•▲△★☆※➢►✓◎]"
)
_ADDRESS = regex.compile(
    r"(?!\()[^。;:]{2,280}(?:政府|部门|单位|机构|机关|委|局|厅|会|办|院|公司|学校):"
)
_HEADING_END = regex.compile(r"\p{Han}{1,5}(?:,\p{Han}{2,10})?[。:]")
_PROSE = regex.compile(r"为|以|根据|按照|依据|经|现|到\d{4}|《[^》]{2,60}》已")
_DUTY = (
    r"(?:(?:牵头|责任|配合|参与|主办|协办|承办|落实|实施|完成)"
    r"(?:单位|部门|处室|领导|人)?|分工|负责)"
)
_DUTY_BRACKET = regex.compile(rf"\([^()]{{0,12}}{_DUTY}")
_DUTY_WORDS = regex.compile(_DUTY)
_BARE_DUTY = regex.compile(rf" *\(?{_DUTY} ?: *")
_CUT_DUTY = regex.compile(r" *\((?:[牵责配主协承]|牵头|责任|配合|主办|协办|承办)[单部]? *")
"""A bracket of who answers that a line's end cut inside its label: 〔牵."""
_TITLE_END = regex.compile(
    r"(?<![本该此各])(?:通知|通报|通告|公告|决定|命令|意见|方案|计划|规划|办法|规定|细则|条例|措施|要点|清单|目录|名单"
    r"|函|批复|报告|纲要|行动|表|文件|指南|规范|制度)(?:\([^()]{1,20}\))*$"
    r"|(?:印发|发布|公布|出台)《[^《》]{4,34}》$"
)
_ORGAN_LINE = regex.compile(
    r"[\p{Han} ]{2,40}(?:政府|办公室|办公厅|委员会|局|厅|委|部|院|文件|办|中心|小组|组)"
)
_CLOSERS = ")”’》〉\"'"
_NEVER_FIRST = regex.compile(r"[,。、;:!?)》〉”’%‰]")
_DANGLING = regex.compile(
    r"(?<!目)的$|[和与及或在对将把为以由从向并且被按使让各该其至于,、(《〈“‘]$|[^所国私共]有$"
)
_BLANK_END = regex.compile(r"(?<![\s\ue000-\uf8ff])[\s\ue000-\uf8ff]+$")
_SENTENCE = regex.compile(r"[,。;!?]")


def label_kind(folded: str) -> str | None:
    """The kind of numbering label that a line begins with: han 一、, han_paren （一）, digit 1.,
    digit_paren （1）, circle ①, article 第三条."""
    if _is_other_word(folded, _LABEL_WORDS):
        return None
    found = _LABEL.match(folded)
    return found.lastgroup if found else None


_LABEL_WORDS = frozenset("第一二三四五六七八九十百零")
_OPENER_WORDS = frozenset("附抄主分报承督公联信新共")
"""Letters that a label and an opener begin with, beside signs and digits."""


def _is_other_word(folded: str, firsts: frozenset[str]) -> bool:
    """Whether a line begins with a letter that none of a pattern's words begins with: most do, and
    to look costs a tenth of a match."""
    return folded[:1].isalpha() and folded[0] not in firsts


def is_bare(folded: str) -> bool:
    """Whether a line is a label and nothing else, whose words come next: （二）, 责任单位：."""
    found = _LABEL.fullmatch(folded.strip())
    if _BARE_DUTY.fullmatch(folded) or _CUT_DUTY.fullmatch(folded):
        return True
    return found is not None and found.lastgroup in ("han", "han_paren")


def is_opener(folded: str) -> bool:
    """Whether a line begins what never continues a sentence: 附件, 抄送：, （此件…）, a bullet."""
    return not _is_other_word(folded, _OPENER_WORDS) and _OPENER.match(folded) is not None


def is_address(folded: str) -> bool:
    """Whether a line ends the list of those whom a paper is sent to: 各县（区）人民政府…："""
    return _ADDRESS.fullmatch(folded[:300]) is not None


def ends_heading(folded: str) -> bool:
    """Whether a line begins with the last few characters of a heading: 导。各县（区）…"""
    return _HEADING_END.match(folded) is not None


def begins_prose(folded: str) -> bool:
    """Whether a line begins as sentences do and headings do not: 为深入贯彻, 根据, 《…》已经."""
    return _PROSE.match(folded) is not None


def is_duty(folded: str) -> bool:
    """Whether a line begins with a bracket that says who is responsible: （责任单位：."""
    return _DUTY_BRACKET.match(folded) is not None


def is_weak_opener(folded: str) -> bool:
    """Whether a line begins with what opens a paragraph or goes on inside one: 一是, ——."""
    return _WEAK_LABEL.match(folded) is not None


def is_alone(folded: str) -> bool:
    """Whether a line is a date, a paper's number, or who printed it when, and nothing else."""
    if len(folded) >= 60 or not ("年" in folded or "号" in folded):
        return False
    lines = (_DATE_LINE, _NUMBER_LINE, _PRINTED_LINE)
    return any(line.fullmatch(folded) for line in lines)


def is_date(folded: str) -> bool:
    """Whether a line is a date and nothing else, as under a signature."""
    return len(folded) < 30 and _DATE_LINE.fullmatch(folded) is not None


def is_organ(folded: str) -> bool:
    """Whether a line may be the name of an organ and nothing else."""
    return len(folded) < 60 and _ORGAN_LINE.fullmatch(folded) is not None


def is_organs(folded: str) -> bool:
    """Whether a line names two organs or more side by side, as a joint signature does."""
    names = _GAP.split(folded.strip())
    return len(names) > 1 and all(len(name) > 2 and is_organ(name) for name in names)


_GAP = regex.compile(" +")


def is_title(folded: str) -> bool:
    """Whether a line may end a title: no sentence in it, its last word names a kind of paper."""
    return len(folded) < 120 and _TITLE_END.search(folded[-40:]) is not None


def is_running(folded: str) -> bool:
    """Whether a line holds a clause or more of running text, not a mere heading."""
    return _SENTENCE.search(folded) is not None


def is_finished(tail: str) -> bool:
    """Whether a paragraph may end here; `tail` is its last characters, folded, a few hundred."""
    blank = tail.endswith(" ") or not tail[-1:].isprintable()  # as private characters are not
    text = _BLANK_END.sub("", tail) if blank else tail
    if not text or text[-1] in "。!?;:…":
        return True
    if text[-1] == ")":
        return _closes_a_sentence(text)
    inner = text.rstrip(_CLOSERS)
    return len(inner) < len(text) and inner[-1:] in tuple("。!?;…")


def _closes_a_sentence(text: str) -> bool:
    """Whether the text's last bracket stands after a sentence or says who is responsible."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            before = text[:at].rstrip()
            inside = text[at + 1 : -1]
            return (
                not before
                or before[-1] in "。!?;…"
                or inside.endswith("。")
                or _DUTY_WORDS.search(inside[:40]) is not None
            )
    return True


def dangles(tail: str) -> bool:
    """Whether the last character cannot end a paragraph or heading: a comma, 的, 和, 有, an opening
    bracket."""
    return _DANGLING.search(tail[-2:]) is not None


def cannot_begin(folded: str) -> bool:
    """Whether a line's first character cannot begin a paragraph: a comma, a closing bracket."""
    return _NEVER_FIRST.match(folded) is not None


def clings(folded: str) -> bool:
    """Whether a line's first character hardly begins a paragraph: 的, 等, 和."""
    return bool(folded) and folded[0] in "的了和与及等或"


def closes(folded: str, opener: str, closer: str) -> bool:
    """Whether the first 400 characters close a bracket that they did not open."""
    depth = 0
    for sign in folded[:400]:
        if sign == opener:
            depth += 1
        elif sign == closer:
            if depth == 0:
                return True
            depth -= 1
    return False
