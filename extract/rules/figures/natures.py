"""Goal or standard: whether a figure is to be reached, or is granted, charged or capped.

Source: contract, targets: nature.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.comparisons import Comparison
from extract.rules.figures.demands import (
    BY_PERIOD,
    GRANT,
    SET_AS,
    STANDARD_OF,
    is_favour,
    is_listed_grant,
)
from extract.rules.figures.figures import Figure
from extract.rules.figures.rates import read_change
from extract.rules.figures.surroundings import Clause

_TOTAL = regex.compile(
    "(?:新增|累计|投放|余额|总规模|总量|清理规范|减负|降费)[^,。;给补奖优]{0,14}$"
)
_GROWTH = regex.compile(
    "(?:增速|增长|增幅|覆盖率|普及率|满意[率度]|完成率|达标率|合格率|分担率|余额)[^,。;]{0,4}$"
)
_COUNTED_THING = regex.compile(r"(?:项目|事项|环节|材料|数量|次数|频次)\p{Han}{0,4}$")
"""中介服务收费项目减少三分之一."""
_HELD = regex.compile(r"控制|压缩|压减|降低|低于|减少")
_OFFERED = regex.compile(rf"{GRANT.pattern}|支持|免费|标准可?按")
_TO_REACH = regex.compile(
    r"(?:率|比例|比重|占比)[^,。;]{0,10}$|(?:发放|投放|新增)[^,。;]{0,8}贷款$|(?:担保|贷款|融资|授信)[^,。;]{0,6}(?:总?额|余额|规模)$"
    r"|放大(?:倍数)?[到至为]?$"
)
_GIVEN = regex.compile("给予|予以|补助|补贴|奖励|资助|贴息|奖补|优惠|减免|补偿")
_CHARGED = regex.compile("(?:费|税|征收|预征)率")
_LIMIT = regex.compile(
    r"最[高长]\p{Han}{0,8}(?:额度|限额|额|标准|金额|期限|年限|倍数|补助|补贴|奖励|资助)"
)
_PROHIBITED = regex.compile(r"不得(?:超过|高于|多于|大于)")
_LONGEST_SAID = regex.compile("最[长高](?!放宽|延长)")
_ENJOYED = regex.compile(r"可?享受[^,。;]{0,6}$")
_OFFERED_BEHIND = regex.compile(
    r"(?:[、和][^,。;\d]{0,8}\d+[^,。;\d]{1,3})?的?(?:免费|优惠|免租|减免)"
)
_OF_WHAT_CAME = regex.compile("其中|全年|累计|最长")
"""发放入户奖励,其中博士5万元; 可免费入住,全年累计不超过14天."""
_CLAUSE_BEFORE = 16
_EACH_PERIOD = regex.compile(r"每[人户村生家]每?[年月天日]")
_PAID = regex.compile("养老金|津贴|补贴|补助|标准|经费|生活费|报酬")
"""基本养老金每人每月增加40元."""
_VOUCHER = regex.compile(r"的?[“\"]?\p{Han}{1,6}(?<![证债])券")


def nature_of(clause: Clause, figure: Figure, comparison: Comparison, per: str | None) -> str:
    """goal, or standard for what is granted, charged or capped."""
    before, after = clause.before(figure.start), clause.after(figure.end)
    if figure.kind == "score" and is_favour(before, after):
        return "standard"
    if clause.stands_for_case(figure.start, figure.end):
        return "standard"
    change = read_change(before, figure.unit)
    if figure.kind == "share" and (
        before.endswith("减按") or (comparison.base and SET_AS.match(after))
    ):
        return "standard"
    if figure.kind == "money" and STANDARD_OF.search(clause.before(comparison.start)):
        return "standard"
    ceiling = _LIMIT.search(clause.before(figure.start)) if comparison.op == "<=" else None
    if ceiling or (figure.kind == "money" and is_listed_grant(clause, comparison.start)):
        return "standard"
    if comparison.op == "<=" and figure.kind in ("count", "money"):
        return "goal" if change or _HELD.search(before) else "standard"
    said = clause.text[comparison.start : figure.start]
    if _PROHIBITED.search(said) or (figure.kind == "time" and _LONGEST_SAID.search(said)):
        return "standard"
    if figure.kind in ("count", "effort", "bare"):
        offered = _ENJOYED.search(before) or _OFFERED_BEHIND.match(after)
        return "standard" if offered else "goal"
    near = before + after
    if _OF_WHAT_CAME.match(before):
        near = clause.earlier[-_CLAUSE_BEFORE:] + near
    if figure.kind == "money" or comparison.base:
        near += clause.text[clause.end : clause.end + 12].partition("。")[0]
    if figure.kind == "money" and comparison.op != "<=" and _TOTAL.search(before):
        return "goal"
    if figure.kind == "share" and comparison.base is None and _GROWTH.search(before):
        return "goal"
    if change == "decrease_by" and figure.kind == "share" and _COUNTED_THING.search(before):
        return "goal"
    if figure.kind in ("time", "size"):
        return "standard" if _OFFERED.search(near) else "goal"
    if figure.kind == "money" and per and _EACH_PERIOD.search(per) and _PAID.search(before):
        return "standard"
    if figure.kind == "money" and (_VOUCHER.match(after) or (per and BY_PERIOD.search(before))):
        return "standard"
    if (
        comparison.op in (">=", ">")
        and _TO_REACH.search(clause.before(comparison.start))
        and not _GIVEN.search(near)
    ):
        return "goal"
    if _CHARGED.search(before):
        return "goal" if change and not GRANT.search(after) else "standard"
    return "standard" if GRANT.search(near) or _CHARGED.search(after) else "goal"
