"""What a figure measures, in the text's words: the noun phrase before or behind it.

公示率100% is a rate before its figure; 培育30家企业 a thing behind it; 按照产品售价的15%给予补助
the share of a base that is given. Source: contract, targets: indicator.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from extract.rules import grants
from extract.rules.comparisons import Comparison
from extract.rules.figures import Figure
from extract.rules.grants import BARE, GENERIC, GIVING, PLAIN
from extract.rules.rates import BASELINE, PER
from extract.rules.rule import rule
from extract.rules.surroundings import Clause

LEAD = rule(
    "what opens a clause before its indicator",
    r"^(?:[、\s“]|\((?:[一二三四五六七八九十]+|\d+)\)|[一二三四五六七八九十]+、|\d+[.、)]|其中|且|并|和|及|以及|同时|全面|原则上|力争|争取|努力|确保|保证|实现|推动|推进|促进|使得?|将|把|逐步|进一步|要"
    r"|累计|(?:到|至|在|于|自|截至)?(?:20\d\d年?-)?20\d\d年(?:年?[底末初]|\d+月(?:底|末)?)?(?:之?前|以前|期间)?"
    r"|到?“?[十一二三四五]+五”?(?:期间|末|期末|时期)|今年|明年|年底前?|年内|全年|每年(?!度)|\d+\."
    r"|组织开展|组织|开展|举办|督促指导|督促|指导|健全|完善|加强|依托)+(?!会|者)",
    source="contract, targets: indicator in the text's words",
    examples=("⟦确保⟧行政许可", "⟦到2025年⟧全省", "⟦其中⟧公共法律知识", "⟦将⟧商标注册"),
    counter=("公共法律知识培训",),
)

TAIL = rule(
    "what closes an indicator before its figure",
    r"(?:(?:均|都|各|分别|要|须|应|应当|不得|力争|已|总体|基本|全部|全面|累计|总额|稳定|为|是|达|达到|实现|突破|完成|保持|保持在|维持在|稳定在|控制在|占|占比|有|共|每年|每年度|且"
    r"|(?:提高|提升|增加|增长|扩大|上升|降低|下降|压缩|压减|缩短|减少|压降|缩减|发展|增|降|减|升)(?:到|至|了)?"
    r"|翻|按照?|可?给予|年均|平均|年度|原则上|一般|暂|严格|仍|可以安排|可|应?一年|同比|进一步|逐步|:)|[、\s(])+$",
    source="contract, targets: indicator in the text's words",
    examples=("公示率⟦达到⟧", "审查周期⟦压缩至⟧", "覆盖率⟦均达到⟧"),
    counter=("公示率",),
)

GIVEN_TO = rule(
    "to whom a grant is given",
    r"(?:给予|奖励)(?P<to>(?!一次性|每年|每月|每人|连续|额外)[\p{Han}A-Za-z]{2,12})$",
    source="contract, targets: indicator of a grant",
    examples=("依规⟦给予生态社区⟧", "⟦给予初创企业⟧"),
    counter=("分别给予",),
)

CHAIN = rule(
    "figures that share the thing behind the last of them",
    r"^(?:(?:[、和及或且]|以及|并且)[\p{Han}]{0,8}?[\d.,]+(?:%|[百千万亿]*(?:元|[年天个月名折]{1,2})?(?:/\p{Han}{1,3}?)?)(?:以上|以内|以下|左右)?)+"
    r"(?=的|[\p{Han}“”]{0,6}(?:补|奖|资|扶|支持|贴|券|贷款|经费|优惠))",
    source="contract, targets: 最高30万元、最长3年的创业担保贷款",
    examples=("⟦、50万元、20万元⟧资助", "⟦且每月不超过2000元⟧的免租优惠", "⟦、50万元/项⟧的奖励"),
    counter=("、1000个示范场景", "的补助"),
)

_EACH = regex.compile(
    r"(?:单个|每个|同一|单家|每家|单笔|单一|单项|每户|每项|每企)(?:(?!可|给予|最高|每年|按)[\p{Han}A-Za-z]){1,8}"
)
_SUM = regex.compile("额|规模|投入|期|补|奖|贷款")
_NEXT = regex.compile(
    r"[、和及与或](?=[^、,。;]{0,24}?\d)|(?:、|和|及|以及|并|且)(?=最高|最长|不超|不少|不低|至少|一次|一批|给予)|[,。;:\n]|给予"
)
_VERBAL = regex.compile(r"^(?:缴纳|收取|征收|计收|支付)")
_JOINTS = regex.compile("[、和及与且]")
_DOING = regex.compile(r".*(?:开展|组织|举办|进行|完成)(?=.{2,})")
_LISTED = regex.compile(r"(?=(?:[^、]*、){2,})(?P<list>.*)等(?P<rest>[^等]{6,})")
_ACCORDING = regex.compile(r"按照?(?P<base>[^,。;按照\n]{2,30})的?$")
_GRANTED = regex.compile(
    r"对?(?P<who>[^给予]{0,24}?)(?:省级|市级|区级|县级|财政|依规|分别|分档)*(?:给予|予以)(?:企业|单位)?(?:一次性)?(?P<what>[^给予]{2,8})"
)
_HAN = regex.compile(r"\p{Han}")
_BRACKET = regex.compile(
    r"^\([^()]*\)(?:的(?=.))?|^(?:的?(?:标准|比例|要求|规定|水平|幅度)|[/)])+(?:配备|配置|建设|设置)?"
)
_QUALITY = regex.compile(r"(?:[、,]|具有|具备|集)[^的]*$")
_LATE = regex.compile(r"[^。;\n]{4,60}的(?P<thing>[^的,。;、\n]{2,16})(?=[,。;\n]|$)")
_CELLS = regex.compile(r"\d{5}")
_LONGEST = 48
_SHORT = 3
_BRIEF = 4
_DEEDS = ("次", "批")


def read_indicator(
    clause: Clause, figure: Figure, comparison: Comparison, since: int, last: str | None
) -> str | None:
    """What the figure measures; `since` is the end of the figure before it, `last` what stood
    before that one."""
    front = read_front(clause, comparison.start, since)
    if comparison.base is None and figure.unit == "%":
        comparison = _on_base(clause, comparison)
    if comparison.base:
        return _brief(_of_share(clause, figure, comparison, front))
    return _brief(_read(clause, figure, comparison, front, last))


def _read(
    clause: Clause, figure: Figure, comparison: Comparison, front: str, last: str | None
) -> str | None:
    """The indicator of a figure that is no share of a base."""
    behind = _behind(clause, figure)
    if behind and (figure.kind != "share" or "给予" in clause.before(figure.start)):
        return _with_front(clause, figure, comparison, behind, front)
    if front:
        return _each(clause, _granted(front))
    return behind or last or _preceding(clause)


def _on_base(clause: Clause, comparison: Comparison) -> Comparison:
    """按实付利息最高50%给予贴息: the base stands before the comparator."""
    base = _ACCORDING.search(clause.before(comparison.start))
    if base is None:
        return comparison
    start, end = base.span("base")
    return replace(comparison, base=(clause.start + start, clause.start + end))


def _granted(front: str) -> str:
    """企业级平台省级给予一次性奖补 is 企业级平台奖补: who grants it is left out."""
    grant = _GRANTED.fullmatch(front)
    if grant is None:
        return front
    who = GENERIC.sub("", grant["who"] or "")
    return grant["what"] if "、" in who or PLAIN.fullmatch(who) else who + grant["what"]


def _brief(indicator: str | None) -> str | None:
    """An indicator that names something and is no run of table cells; None else."""
    if not indicator or len(indicator) > _LONGEST or not _HAN.search(indicator):
        return None
    if _CELLS.search(indicator):
        return None
    return indicator


def read_front(clause: Clause, at: int, since: int) -> str:
    """The noun phrase before a figure in its clause, after the figure before it."""
    phrase = BASELINE.sub("", PER.sub("", clause.text[max(clause.start, since) : at]))
    if since > clause.start:
        phrase = _JOINTS.split(phrase)[-1]
    phrase = TAIL.sub("", LEAD.sub("", phrase))
    listed = _LISTED.fullmatch(phrase)
    return listed["rest"] if listed and len(listed["list"]) > len(listed["rest"]) else phrase


def _of_share(clause: Clause, figure: Figure, comparison: Comparison, front: str) -> str:
    """A share of a base: what is given of it, or which part of it something is."""
    start, end = comparison.base or (0, 0)
    base = clause.text[start:end]
    text = clause.text
    given = GIVING.search(text, figure.end, min(len(text), clause.end + 40))
    if given and "。" not in text[figure.end : given.start()]:
        return f"{base}{_trim(given['what'])}比例"
    behind = _behind(clause, figure)
    front = "" if base in front else front
    if behind and _VERBAL.match(behind):
        return front + behind
    return f"{front}占{base}" if front else base


def _behind(clause: Clause, figure: Figure) -> str:
    """The noun phrase behind a figure, without the next figure's."""
    rest = clause.after(figure.end)
    if chain := CHAIN.match(rest):
        rest = rest[chain.end() :]
    rest = _BRACKET.sub("", rest)
    stop = _NEXT.search(rest)
    if rest.startswith(("给予", "予以", "发放")):
        given = GIVING.match(rest)
        return _trim(given["what"]) if given else ""
    phrase = _trim(rest[: stop.start()] if stop else rest)
    if _QUALITY.match(phrase or rest):
        late = _LATE.match(clause.text, figure.end)
        return late["thing"] if late else phrase
    return phrase


def _trim(phrase: str) -> str:
    """A noun phrase without 的 before it and a list of qualities in front of it."""
    phrase = _BRACKET.sub("", phrase).strip(' 的"“”,、')
    if phrase.startswith("对"):
        return phrase
    head, found, tail = phrase.rpartition("的")
    if found and "、" in head and len(tail) >= _SHORT and len(head) > len(tail):
        return tail
    return phrase


def _with_front(
    clause: Clause, figure: Figure, comparison: Comparison, behind: str, front: str
) -> str:
    """The thing behind a figure; a short word takes what stands before the figure with it."""
    before = clause.before(comparison.start)
    who = TARGETED.search(clause.text[clause.sentence : comparison.start])
    to = GIVEN_TO.search(before)
    if who and (len(behind) < _SHORT or figure.kind == "share"):
        name = GENERIC.sub("", who["who"])
        return behind if PLAIN.fullmatch(name) else name + behind
    if to:
        name = PER.sub("", to["to"])
        return behind if PLAIN.fullmatch(name) else name + behind
    if "给予" in before or figure.kind == "money":
        each = _EACH.search(before)
        return each[0] + behind if each and len(behind) <= _BRIEF + 1 else behind
    if figure.kind == "count":
        joined = figure.unit in _DEEDS and len(behind) <= _BRIEF
    else:
        joined = len(behind) <= _SHORT
    return front + behind if joined else behind


def _each(clause: Clause, front: str) -> str:
    """单个项目 with the thing that is given to it, which the clause before says."""
    if not _EACH.fullmatch(front) or _SUM.search(front):
        return front
    given = list(GIVING.finditer(clause.earlier[-60:]))
    return front + _trim(given[-1]["what"]) if given else front


def _preceding(clause: Clause) -> str | None:
    """The end of the clause before, where the figure's own holds no word."""
    earlier = regex.split("[,;:。]", clause.earlier.rstrip(",;:"))[-1]
    given = list(GIVING.finditer(earlier))
    if given:
        return _trim(given[-1]["what"])
    phrase = _DOING.sub("", LEAD.sub("", PER.sub("", earlier)))
    listed = _LISTED.fullmatch(phrase)
    return (listed["rest"] if listed else phrase) or None
