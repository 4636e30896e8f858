"""What a figure measures, in the text's words: the noun phrase before or behind it.

公示率100% is a rate before its figure; 培育30家企业 a thing behind it; 按照产品售价的15%给予补助 the
share of a base that is given. Source: contract, targets: indicator.
"""

from __future__ import annotations

import regex

from extract.lexicon import alternation, terms
from extract.rules.clauses import Clause
from extract.rules.comparisons import Comparison
from extract.rules.figures import Figure
from extract.rules.rates import PER
from extract.rules.rule import rule

_ACTION = alternation(terms("action_verbs"))
_BENEFIT = alternation(terms("figure_words", kind="benefit"))

LEAD = rule(
    "what opens a clause before its indicator",
    r"^(?:[、\s]|其中|且|并|和|及|以及|同时|全面|原则上|力争|争取|努力|确保|保证|实现|推动|推进|促进|使得?|保持|将|把|逐步|进一步"
    r"|累计|到期末|(?:到|至|在|于|自)?(?:20\d\d年?-)?20\d\d年(?:年?[底末初]|\d+月(?:底|末)?)?(?:之?前|以前)?|到?“[十一二三四五]+五”(?:期间|末|期末|时期)?"
    r"|今年|明年|年底前?|年内|全年|每年(?!度)|\d+\.)+",
    source="contract, targets: indicator in the text's words",
    examples=("⟦确保⟧行政许可", "⟦到2025年⟧全省", "⟦其中⟧公共法律知识", "⟦将⟧商标注册"),
    counter=("公共法律知识培训",),
)

TAIL = rule(
    "what closes an indicator before its figure",
    r"(?:(?:均|都|各|分别|要|须|应|应当|不得|力争|已|总体|基本|全部|全面|累计|总额|稳定|为|是|达|达到|实现|突破|完成|保持|保持在|维持在|稳定在|控制在|占|占比|有|共|约|每年|每年度"
    r"|(?:提高|提升|增加|增长|扩大|上升|降低|下降|压缩|压减|缩短|减少|压降|缩减|发展|增|降|减|升)(?:到|至|了)?|不少于|不低于|按照?|给予|可给予|年均|平均|同比|进一步|逐步|:)|[、\s])+$",
    source="contract, targets: indicator in the text's words",
    examples=("公示率⟦达到⟧", "审查周期⟦压缩至⟧", "覆盖率⟦均达到⟧"),
    counter=("公示率",),
)

TARGETED = rule(
    "for whom a grant is",
    r"(?:^|[,;。])(?:依规|支持|鼓励|其中|可|并)?对(?:于)?(?P<who>[^,。;:]{2,30}?)(?:,(?:[^,。;]{0,12})?)?(?:分档|分别|可|再|按规定|一次性|最高|每年|依规|予以)*给予(?:最高|一次性)?$",
    source="contract, targets: indicator of a grant",
    examples=("⟦对示范项目分档给予⟧", "⟦对优质项目给予⟧"),
    counter=("对研发单位按照研发成本",),
)
_GENERIC = regex.compile(r"^(?:(?:符合|满足|经)[^的]{0,12}的?)+|^(?:发生|新引进|首次)的?|经(?:评定|认定)(?:的)?")
_PLAIN = regex.compile(r"(?:单位|项目|企业|机构|主体|团队|个人|人员|对象|OPC)?$")
_NEXT = regex.compile(r"[、和及与或](?=[^、,。;]{0,24}?\d)|(?:、|和|及|以及|并|且)(?=(?:最高|最长|不|至少|一次|[\d一二两三]+[个家项次名场]))|[,。;:\n]")
_VERBAL = regex.compile(r"^(?:缴纳|收取|征收|计收|支付)")
_GIVING = regex.compile(r"(?:给予|予以|发放|享受|提供)(?:最高|一次性|不超过|每年|[\d.,万亿元%]|年度|总额)*(?P<what>[^\d,。;、]{2,16})")
_SHORT = 3


def read_indicator(clause: Clause, figure: Figure, comparison: Comparison, last: str | None) -> str | None:
    """What the figure measures; `last` is the indicator of the figure before it in the clause."""
    if comparison.base:
        return _of_share(clause, figure, comparison)
    behind = _behind(clause, figure)
    front = _front(clause, comparison.start)
    if figure.kind in ("count", "time", "effort", "size", "money") and behind:
        return _with_front(clause, comparison, behind, front)
    if front:
        return front
    return last if clause.after(clause.start)[:1] == "且" else (behind or _preceding(clause))
    

def _of_share(clause: Clause, figure: Figure, comparison: Comparison) -> str:
    start, end = comparison.base or (0, 0)
    base = clause.text[start:end]
    given = _GIVING.search(clause.text, figure.end, min(len(clause.text), clause.end + 40))
    if given:
        return f"{base}{_trim(given['what'])}比例"
    behind = _behind(clause, figure)
    front = _front(clause, comparison.start)
    if behind and _VERBAL.match(behind):
        return front + behind
    return f"{front}占{base}" if front else base


def _behind(clause: Clause, figure: Figure) -> str:
    """The noun phrase behind a figure, without the next figure's."""
    rest = clause.after(figure.end)
    stop = _NEXT.search(rest)
    phrase = rest[: stop.start()] if stop else rest
    return _trim(phrase)


def _trim(phrase: str) -> str:
    """A noun phrase without 的 before it and a list of qualities in front of it."""
    phrase = phrase.strip(' 的"“”')
    head, found, tail = phrase.rpartition("的")
    if found and "、" in head and len(tail) >= _SHORT and len(head) > len(tail):
        return tail
    return phrase


def _with_front(clause: Clause, comparison: Comparison, behind: str, front: str) -> str:
    """The thing behind a figure; a short word takes what stands before the figure with it."""
    so_far = clause.text[clause.sentence : comparison.start]
    who = TARGETED.search(so_far)
    if who and len(behind) <= 4:
        name = _GENERIC.sub("", who["who"])
        if not _PLAIN.fullmatch(name) and "、" not in name:
            return name + behind
        return behind
    if len(behind) <= _SHORT and not regex.search("给予", clause.before(comparison.start)):
        return front + behind
    return behind


def _front(clause: Clause, at: int) -> str:
    """The noun phrase before a figure in its clause."""
    phrase = PER.sub("", clause.before(at))
    phrase = LEAD.sub("", phrase)
    return TAIL.sub("", phrase)


def _preceding(clause: Clause) -> str | None:
    """The end of the clause before, where the figure's own holds no word."""
    earlier = regex.split("[,;:。]", clause.earlier.rstrip(",;:"))[-1]
    return LEAD.sub("", earlier) or None
