"""What a figure measures, in the text's words: the noun phrase before or behind it.

公示率100% is a rate before its figure; 培育30家企业 a thing behind it; 按照产品售价的15%给予补助
the share of a base that is given. Source: contract, targets: indicator.
"""

from __future__ import annotations

from dataclasses import replace

from extract import lazy as regex
from extract.rules.figures import grants, receivers
from extract.rules.figures.comparisons import Comparison
from extract.rules.figures.completing import completed, named_before
from extract.rules.figures.demands import ALL, SET_AS, is_done_to_all
from extract.rules.figures.figures import Figure
from extract.rules.figures.grants import BARE, GIVING, PLAIN_BASE
from extract.rules.figures.members import STANDARD_FOR, said_in_full
from extract.rules.figures.noun_before import LEAD, LISTED, names_nothing, noun_before, of_its_total
from extract.rules.figures.noun_behind import noun_behind, trim
from extract.rules.figures.ranks import ranked
from extract.rules.figures.rates import PER
from extract.rules.figures.receivers import GENERIC, PLAIN, REACHING
from extract.rules.figures.respective import respective
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

GIVEN_TO = rule(
    "to whom a grant is given",
    r"(?:给予|予以|奖励)(?P<to>(?!一次性|每年|每月|每人|连续|额外)[\p{Han}A-Za-z]{2,12})$",
    source="contract, targets: indicator of a grant",
    examples=("依规⟦给予生态社区⟧", "⟦给予初创企业⟧"),
    counter=("分别给予",),
)

_EACH = regex.compile(
    r"(?:单个|每个|同一|单家|每家|单笔|单一|单项|单场|单次|每户|每项|每企)(?:(?!可|给予|最高|每年|按)[\p{Han}A-Za-z]){1,8}"
)
_PRICE = regex.compile("(?:租金|房租|费用?|价格?|票价)$")
_FURTHER = regex.compile("^(?:额外|再|另|还)+(?=补助|补贴|奖励|资助|奖补)")
_GIVES = regex.compile("给予|(?:申请|申领|享受|获得|提供)(?:最高|不超过)?$")
_SUM = regex.compile("额|规模|投入|期|补|奖|贷款|资金|费|价|标准|扶持|资助|支持|贴息")
_SAID = regex.compile("补助|补贴|奖励|资助|支持|扶持|奖补")
_SAID_LAST = regex.compile("(?:补助|补贴|奖励|资助|奖补)$")
_PAYER = regex.compile("[省市区县](?:本级|级财政|财政)")
_GRANT_TAIL = regex.compile(r"\A.*(?=(?:补助|补贴|奖励|资助|扶持|支持|奖补|奖金)$)")
_LINKING = regex.compile(r"^(?:按照?|根据|给予|经)|(?:按照?|给予|的|省级|市级|其中|条件)$")
_PAREN = regex.compile(r"\([^()]*\)")
_COMPARED = regex.compile(r"^(?:不超过|不高于|不低于|不少于|最高|到(?![位期账岗站港])|至)")
_NARROWED = regex.compile(r".*以[上下](?=.{4,})")
_AT_MOST = regex.compile(r"最高(?P<what>补助|补贴|奖励|资助|支持|奖补)")
_AMOUNT = regex.compile(r"(?P<what>总额|总规模|总面积)(?:为|约|共|达到?)?$")
_OF_SHARE = regex.compile(r"[%‰][^。;%]{0,12}$")
_NO_RECEIVER = regex.compile(r"\d|给予|按照?")
_WHOSE_SHARE = regex.compile(r"(?:^|[,。;])对(?![口接外])[^,。;:\d]{2,40}?按照?[^,。;的]*$")
_ONLY_WHERE = regex.compile(
    r"(?:全[国省市区县州]|\p{Han}{1,6}(?:内部|范围内)|[国省市县区]+级|探索|允许|支持|鼓励|可|在|将|对|有)+"
)
"""Before a share of a thing, where it holds: 实现全市80%的系统上云."""
_FILLERS = regex.compile(r"^(?:在|对)|(?:要|应|须)(?:力争|确保)|在20\d\d年[^,。;]{0,4}前$")
_STANDARD_IS = regex.compile(r"(?P<what>\p{Han}{0,4}(?:标准|比例|额度))(?:为|是)(?P<base>.+)")
_VERBAL = regex.compile(r"^(?:缴纳|收取|征收|计收|支付)")
_CHARGED = regex.compile(r"^(?:计收|计缴|计发|计算|计征|收取|缴纳|征收|支付|执行|计)(?!划|件)")
_OPEN_LIST = regex.compile("(?:[、和及与]|以及)$")
_DOING = regex.compile(r".*(?:开展|组织|举办|进行|完成)(?=.{2,})")
_ACCORDING = regex.compile(
    r"按照?(?!时|期|需|规)(?P<base>[^,。;按照\n]{2,30}?)(?:的|给予|予以)*$"
    r"|给予(?P<base>[^,。;\d\n]{2,24}(?:额|利率|费用|成本|租金|投入|利息)(?:\([A-Z]+\))?)$"
)
_GRANTED = regex.compile(
    r"对?(?P<who>[^给予]{0,24}?)(?:省级|市级|区级|县级|财政|依规|分别|分档)*(?:给予|予以)(?:企业|单位)?(?:一次性)?(?P<what>[^给予]{2,8})"
)
_WORDS = regex.compile(r"\p{Han}|[A-Z]{2}")
_CELLS = regex.compile(r"\d{5}(?!热线|平台)")
_WHO_TAKES_PART = regex.compile(r"\p{Han}{2,12}(?:参加|接受)")
_LONGEST = 48
_ITS_ROLE = regex.compile("(?:承办|主办|举办|申报|建设|运营|实施|牵头|活动)+(?:单位|方|主体|机构)")
_SHORT, _BRIEF = 3, 4
_DEEDS = ("次", "批")
_AREA = regex.compile(r"(?:建筑|总|占地|使用)*面积")
_LONG_FRONT, _LONG_BASE = 12, 16
_NEAR = 40


def read_indicator(
    clause: Clause, figure: Figure, comparison: Comparison, since: int, last: str | None
) -> str | None:
    """What the figure measures; `since` is the end of the figure before it, `last` what stood
    before that one."""
    found = _indicator(clause, figure, comparison, since, last)
    if found and names_nothing(found):
        found = last or _brief(_preceding(clause))
    found = of_its_total(found, last) if found and last else found
    if found:
        found = named_before(clause.text, comparison.start, found)
    return found and grants.said_once(clause, comparison.start, figure.end, found)


def _indicator(
    clause: Clause, figure: Figure, comparison: Comparison, since: int, last: str | None
) -> str | None:
    if figure.kind == "rank":
        return _brief(ranked(clause, figure))
    if figure.kind == "money" and (granted := grants.in_brackets(clause, comparison.start)):
        return _brief(granted)
    own_sum = figure.kind == "money" and figure.rate is None
    if own_sum and (named := grants.in_its_list(clause, comparison.start, figure.end)):
        return _brief(named)
    if "分别" in clause.text and (own := respective(clause, figure.start, _opened(clause))):
        return _brief(own)
    front = noun_before(clause, comparison.start, since)
    if comparison.base is None and figure.unit in ("%", "‰"):
        comparison = _on_base(clause, comparison)
    if comparison.base:
        if comparison.base[0] < comparison.start:
            front = noun_before(clause, comparison.base[0], since)
        if not front and clause.before(comparison.base[0]) == "占":
            front = last or ""
        return _brief(_of_share(clause, figure, comparison, front))
    return _brief(_read(clause, figure, comparison, front, last))


def _opened(clause: Clause) -> int:
    """Where the clause's words begin behind its opener: 到2025年,其中."""
    lead = LEAD.match(clause.text[clause.start : clause.end])
    return clause.start + (lead.end() if lead else 0)


def _read(
    clause: Clause, figure: Figure, comparison: Comparison, front: str, last: str | None
) -> str | None:
    """The indicator of a figure that is no share of a base."""
    if figure.unit == "折" and _PRICE.search(front):
        return front
    if most := _MOST_OF.match(clause.text, comparison.start, figure.start):
        front += most["what"]
    behind = noun_behind(clause, figure)
    if figure.kind == "share" and (charged := grants.charged(clause.after(figure.end))):
        return charged
    if figure.kind == "money":
        behind = _CHARGED.sub("", behind)
    if behind and _OPEN_LIST.search(front):
        return behind
    if behind and figure.kind == "share" and _ONLY_WHERE.fullmatch(front):
        return behind
    if figure.value == ALL and is_done_to_all(clause.before(comparison.start), behind):
        return _FILLERS.sub("", front) + behind
    if behind and (figure.kind != "share" or _GIVES.search(clause.before(figure.start))):
        return _with_front(clause, figure, comparison, behind, front)
    if figure.kind == "money":
        return _of_sum(clause, figure, comparison, front, last)
    if front:
        done = _DONE.search(clause.text[comparison.start : figure.start])
        front = _granted(front) + (done["done"] if done else "")
        return completed(clause, figure, front, last)
    return behind or last or _preceding(clause)


_MOST_OF = regex.compile(
    r"最[高多大长低少](?P<what>\p{Han}{2,8}?(?:额度|金额|限额|期限|面积|标准|比例|次数|总额|规模))"
)
"""个人最高贷款额度可提高至60万元: what is measured stands inside the comparator."""
_DONE = regex.compile(
    r"(?:至少|最少)(?P<done>(?!开展|组织|举办|进行|完成|达到|召开|安排|实施|参加|提供|培育|建设)\p{Han}{2,4})$"
)
"""每周至少陪餐2次: what is done stands between the comparator and the figure."""


def _of_sum(
    clause: Clause, figure: Figure, comparison: Comparison, front: str, last: str | None
) -> str | None:
    """A sum with nothing behind it: its comparator (最高补助) or the words before say what for."""
    front = _FURTHER.sub("", front)
    said = _SAID.search(clause.text[comparison.start : figure.start]) or _SAID_LAST.search(front)
    given, who = (said[0], "") if said else grants.given_before(clause)
    given = trim(given)
    one = grants.member(clause, figure.start, figure.end)
    if apart := _said_apart(clause, figure, front, last):
        return apart
    if who and _BARE_SUM.fullmatch(front):
        return who + front
    if said and (one or not front or _PAYER.fullmatch(front) or BARE.match(front)):
        return _for_whom(clause, figure, comparison, said[0])
    if reached := REACHING.search(clause.before(figure.start)):
        return reached["what"] + (reached["given"] or "")
    front = "" if given and _LINKING.search(front) else _granted(front)
    word = given or front or _granted(last or "")
    if one and last and not given and (of_last := _SAID_LAST.search(last)):
        word = of_last[0]
    share = "%" in clause.text[clause.sentence : comparison.start]
    alone = PLAIN.fullmatch(front) if front else not (one or share or _NO_RECEIVER.search(who))
    if who and BARE.match(given) and alone:
        return who + given
    if one and (given or BARE.match(word)):
        return one + word
    if front and (_SUM.search(front) or len(front) > _LONG_FRONT):
        return completed(clause, figure, front, last)
    if front[-2:] and front[-2:] in given:
        given = _GRANT_TAIL.sub("", given)
    return front + given or (last and _granted(last)) or _preceding(clause)


def _said_apart(clause: Clause, figure: Figure, front: str, last: str | None) -> str | None:
    """What a sum is for where another clause says it, or the standard that several share."""
    if clause.after(figure.end) == "标准":
        given = _GIVEN_NEXT.match(clause.text, clause.end)
        level = grants.own_level(clause, figure.start)
        return level + trim(given["what"]) if given else None
    if not front and last and (standard := STANDARD_FOR.match(last.rstrip("的"))):
        return str(standard["measure"])
    if front and (full := said_in_full(front, last, clause.earlier, True)):
        return full
    if front and figure.rate and (shared := _STANDARD_LAST.search(last or "")):
        return front + shared[0]
    return None


_GIVEN_NEXT = regex.compile(
    r",(?:可|分别|依规)?(?:给予|予以|发放)(?:(?:不超过|最长)?\d+个?[年月]的)?(?P<what>[^\d,。;]{2,24})(?=[,。;]|$)"
)
_STANDARD_LAST = regex.compile("(?:补助|补贴|奖励|资助)标准$")
_BARE_SUM = regex.compile(r"(?:补助|补贴|奖励|资助|奖补|扶持)(?:金额|标准|额度|资金)")


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
    if not indicator or len(indicator) > _LONGEST or not _WORDS.search(indicator):
        return None
    if _CELLS.search(indicator):
        return None
    return _with_quotes(_TOWARDS.sub("", _OPENER.sub("", indicator.rstrip(":的")))) or None


_OPENER = regex.compile(
    r"^(?:其(?![他余中它])|按照?(?=\p{Han}{4})(?!规|时|期|需)|可享受(?=.{2})|由[^,。;占按的]{2,20}?占(?![比有用地]))"
)
"""Words before an indicator that say nothing of what is measured: 其实际费用, 由省财政占."""
_TOWARDS = regex.compile(
    "^对(?![外口标接台])(?=.{3,}(?:补助|补贴|奖励|资助|奖补|支持|标准|额|费用?)$)"
)


def _with_quotes(indicator: str) -> str:
    """An indicator whose quotation marks stand in pairs: a mark at its end may be cut off."""
    if '"' in indicator:
        return indicator
    missing = indicator.count("”") - indicator.count("“")
    return "“" + indicator if missing == 1 else indicator + "”" if missing == -1 else indicator


def _of_share(clause: Clause, figure: Figure, comparison: Comparison, front: str) -> str:
    """A share of a base: what is given of it, or which part of it something is."""
    start, end = comparison.base or (0, 0)
    text = clause.text
    base = _short_base(text[start:end])
    behind = noun_behind(clause, figure)
    if (taken := SET_AS.match(text, figure.end)) and not front:
        thing = _OF_CLAUSE.match(text, taken.end())
        front = trim(thing[0]) if thing else ""
    if standard := _STANDARD_IS.fullmatch(base):
        return f"{standard['what']}占{standard['base']}"
    given = _given_behind(clause, figure, behind)
    if given:
        case = grants.case_of(clause, comparison.start)
        if case and PLAIN_BASE.fullmatch(base):
            base = ""
        return f"{case}{base}{given}比例"
    front = "" if base in front else front
    if behind and _VERBAL.match(behind):
        return front + behind if front else f"{base}{behind}比例"
    return f"{front}占{base}" if front else base


_OF_CLAUSE = regex.compile(r"(?:(?!给予|予以)[^,。;:\n\d])*")


def _short_base(base: str) -> str:
    """A base without brackets and what narrows it down (5年期以上贷款市场报价利率)."""
    base = _COMPARED.sub("", LEAD.sub("", base))
    if ")" in base and "(" not in base:
        base = base.rpartition(")")[2]
    base = _PAREN.sub("", base)
    return _NARROWED.sub("", base) if len(base) > _LONG_BASE else base


def _given_behind(clause: Clause, figure: Figure, behind: str) -> str:
    """What is given of a base: …的30%给予补助, …的50%优惠, …30%,最高补助500万元."""
    text = clause.text
    stop = min(len(text), clause.end + 40)
    found = GIVING.search(text, figure.end, stop) or _AT_MOST.search(text, figure.end, stop)
    if found and "。" not in text[figure.end : found.start()]:
        return trim(found["what"])
    return behind if BARE.match(behind) else ""


def _with_front(
    clause: Clause, figure: Figure, comparison: Comparison, behind: str, front: str
) -> str:
    """The thing behind a figure; a short word takes what stands before the figure with it."""
    before = clause.before(comparison.start)
    if (amount := _AMOUNT.search(before)) and figure.kind in ("money", "size"):
        who = receivers.receiver(clause, comparison.start) if BARE.match(behind) else ""
        return who + behind if who else behind + amount["what"]
    if to := GIVEN_TO.search(before):
        name = GENERIC.sub("", PER.sub("", to["to"]))
        if not PLAIN.fullmatch(name):
            given = comparison.start - len(to["to"])
            who = receivers.receiver(clause, given) if _ITS_ROLE.fullmatch(name) else ""
            return who + name + behind
    level = grants.own_level(clause, comparison.start) if figure.kind == "money" else ""
    if level:
        return level + behind
    bare = BARE.match(behind) is not None
    if figure.kind == "share" or bare:
        return _for_whom(clause, figure, comparison, behind)
    if "给予" in before or figure.kind == "money":
        each = _EACH.search(before)
        if each and len(behind) <= _BRIEF + 1:
            return each[0] + behind
        return receivers.with_receiver(clause, comparison.start, behind)
    if figure.kind == "size" and _AREA.fullmatch(front):
        return behind + front
    if figure.kind == "time" and _WHO_TAKES_PART.fullmatch(front):
        return front + behind
    if figure.kind == "count":
        joined = figure.unit in _DEEDS and len(behind) <= _BRIEF
    else:
        joined = len(behind) <= _SHORT
    return front + behind if joined else behind


def _for_whom(clause: Clause, figure: Figure, comparison: Comparison, behind: str) -> str:
    """A grant that does not say what for, with the member, receiver or thing that does."""
    if one := grants.member(clause, figure.start, figure.end):
        return one + behind
    before = clause.text[clause.sentence : comparison.start]
    if each := _EACH.search(before[-_NEAR:]):
        return each[0] + behind
    if _OF_SHARE.search(before) and not _WHOSE_SHARE.search(before):
        return behind
    given = clause.text.endswith(("给予", "予以"), comparison.start, figure.start)
    at = figure.start if given else comparison.start
    who = receivers.receiver(clause, at) or receivers.deed(clause, at)
    return who + behind


_CLAUSE_MARK = regex.compile("[,;:。]")


def _preceding(clause: Clause) -> str | None:
    """The end of the clause before, where the figure's own holds no word."""
    earlier = _CLAUSE_MARK.split(clause.earlier.rstrip(",;:"))[-1]
    given = list(GIVING.finditer(earlier))
    if given:
        return trim(given[-1]["what"])
    phrase = _DOING.sub("", LEAD.sub("", PER.sub("", earlier)))
    listed = LISTED.fullmatch(phrase)
    if (label := _LABEL.match(clause.earlier.strip())) and earlier.endswith("的"):
        return phrase + label["what"]
    return (listed["rest"] if listed else phrase) or None


_LABEL = regex.compile(r"(?:[\d一二三四五六七八九十()]{1,4}[.、]?)?(?P<what>\p{Han}{2,12}):")
"""产假:顺产的,98天;难产的,…: what is given in each of the cases."""
