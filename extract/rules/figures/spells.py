"""Stretches of time: which are a term or a condition, and which are asked for or granted.

Source: contract, targets, rule 2.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.case import Case
from extract.rules.figures.demands import REACH
from extract.rules.figures.rates import DONE_IN

_TAKES = regex.compile("(?:时间|时限|时长|周期)(?:为|是)?$")
_DONE_FOR = regex.compile(r"(?:参加|接受|开展|参与)$")
_BY_TERM = regex.compile(r"标准[^,。;]{0,6}按照?$")
_KEPT = regex.compile(r"(?:保存|保留|公示|公开|公告|续航|达到|保持|维护|质保|留存)[^,。;]{0,6}$")
_SHORTER = regex.compile(
    r"(?:压缩|缩短|压减|控制|减少|降|缩减|限定|提速|不超过)(?:[^,。;]{0,5}|[至到为](?:\d+个?(?:工作日|小时|分钟|[天日])?[、和])+)$|(?:时间|时限|时长|周期)在$"
)
_TERM_GIVEN = regex.compile(
    r"(?:给予|提供|享受|可享|实行|补贴|免费|免租|免除|免收|减免|期限?为?|时间为?)(?:20\d\d年)?[^,。;]{0,4}$"
)
_LONGER = regex.compile(r"(?:期限?|年限|时间|时长)[^,。;]{0,16}(?:延长|放宽|增加|调整)[到至为]$")
"""贷款期限由20年延长至30年."""
_GIVEN_FOR = regex.compile(r"(?:给予|提供|发放|设立|设置)[^,。;\d]{0,12}$")
_WHAT_LASTS = regex.compile("的[^,。;]{0,10}(?:补贴|补助|资助|津贴|期|优惠|减免)")
_MADE_PUBLIC = regex.compile(r"公示(?:时间|期限?)?为?$")
"""推荐名单要公示5天."""
_PASSED = regex.compile("无异议|期满|后")
_QUICKEST = regex.compile("最[快短]$")
_LATER = regex.compile(r"前|后|内|中|来|间|起|的?过渡|期|\p{Han}{1,6}率")
_RECORDED = 1000
"""Hours that are no term but a volume of recordings, of training, of service."""


def is_term(case: Case) -> bool:
    """A stretch of time that is only a term or a condition: 签订1年以上合同, 3个月后, 有效期5年."""
    if case.figure.kind != "time" or (case.figure.unit == "小时" and case.figure.value > _RECORDED):
        return False
    before = case.before
    if case.clause.stands_for_case(case.figure.start, case.figure.end):
        return False
    if "有效期" in before or case.after[:1].isdigit():
        return True
    if _QUICKEST.search(before) or DONE_IN.match(case.after):
        return False
    public = _MADE_PUBLIC.search(before) and not _PASSED.match(case.after)
    if public or case.after.startswith("的公示"):
        return False
    if _GIVEN_FOR.search(before) and _WHAT_LASTS.match(case.after):
        return False
    if case.comparison.op == ">" or _LATER.match(case.after):
        return not _SHORTER.search(before)
    if case.figure.after:
        said = case.clause.before(case.figure.start)
        return not (_KEPT.search(before) or _SHORTER.search(said) or _TAKES.search(before))
    if case.comparison.said:
        return False
    if (_DONE_FOR.search(before) and case.after.startswith("的")) or _BY_TERM.search(before):
        return False
    if _LONGER.search(before):
        return False
    return not (_TERM_GIVEN.search(before) or REACH.search(before) or _SHORTER.search(before))
