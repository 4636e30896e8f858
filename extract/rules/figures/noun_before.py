"""The noun phrase before a figure: what opens its clause and what leads to the figure left out.

Source: contract, targets: indicator in the text's words.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.rules.figures.rates import BASELINE, PER
from extract.rules.figures.surroundings import Clause
from extract.rules.rule import rule

LEAD = rule(
    "what opens a clause before its indicator",
    r"^(?:[、\s“—-]|第[一二三四五六七八九十百]+条|\((?:[一二三四五六七八九十]+|\d+)\)|[一二三四五六七八九十]+、|\d+[.、)]|其中|且|并|和|及|以及|同时|全面(?!无)|原则上|力争|争取|努力|确保|保证|实现|推动|推进|促进|使得?(?!用)|将|把|逐步|进一步|要"
    r"|累计(?!补|奖|资助|支持|扶持)|(?:到|至|在|于|自|截至)?(?:20\d\d年?-)?20\d\d年(?:年?[底末初]|\d+月(?:\d+日|底|末)?)?(?:之?前|以前|期间)?|\d+月(?:\d+日|底|末)?(?:之?前|起)|继续"
    r"|到?“?[十一二三四五]+五”?(?:期间|末|期末|时期)|今年|明年|年底前?|年内|全年|预计|上半年|下半年|[一二三四五六七八九十两\d]+年内|每年(?!度)|\d+\."
    r"|组织开展|组织|开展|举办|督促指导|督促|指导|健全|完善|加强|依托|包括|包含)+(?!会|者)",
    source="contract, targets: indicator in the text's words",
    examples=(
        "⟦确保⟧行政许可",
        "⟦——⟧覆盖率",
        "⟦到2025年⟧全省",
        "⟦其中⟧公共法律知识",
        "⟦将⟧商标注册",
        "⟦包括⟧文本数据",
    ),
    counter=("公共法律知识培训", "使用时间"),
)

TAIL = rule(
    "what closes an indicator before its figure",
    r"(?:(?:(?<![人户亩])均|都|各|分别|要|(?<!必)须|必须|应|应当|不得|力争|已|总体|基本|全部|全面|累计|(?<=[给予供放])总额|稳定|为|是|达|达到|实现|突破|完成|保持|保持在|维持在|稳定在|控制在|占|有|共|每年|每年度|且"
    r"|(?:提高|(?<!改造)提升|增加|增长|扩大|上升|降低|下降|压缩|压减|缩短|减少|压降|缩减|缩小|下调|上调|下浮|上浮|提速|降价|发展|递减|递增|精简|净增|巩固|可?延长|放宽|拟|(?<!新)增|降|减|(?<!提)升)(?:到|至|了|在)?"
    r"|翻|按照?|(?<=成员)设|给予|[日月年]均|平均|年度|常年|原则上|一般|暂|严格|仍|每[个家项]|从(?:20\d\d年的?|(?:原来|目前|现在|现行)的?|平均)?[\d.]+(?:[%‰]|\p{Han}{1,4})|可以安排|可处以?|(?<![许认不])可|一年|最[快短]|延续|(?<=时[间限长]|周期|率|比例|占比|比重|距离|半径|场次|次数|数量)在|同比|进一步|逐步|:)|[、\s(]){1,20}$",
    source="contract, targets: indicator in the text's words",
    examples=("公示率⟦达到⟧", "审查周期⟦压缩至⟧", "覆盖率⟦均达到⟧"),
    counter=("公示率",),
)

_JOINTS = regex.compile("[、和及与且]")
_JOINT_FIRST = regex.compile("[、,和及与且]+")
LISTED = regex.compile(r"(?=(?:[^、]*、){2,})(?P<list>.*)等(?P<rest>[^等]{6,})")
"""A long list behind which 等 says what its members are."""
_FROM = regex.compile(r"由[^,。;\d]{0,200}\d[^,。;]*")
_BROUGHT_TO = regex.compile(
    r"(?:^|[,、])(?:提升|提高|压缩|压减|降低|缩短)(?P<what>\p{Han}{2,12}?)(?:至|到)$"
)
"""提升应用率至60%: the verb stands before what it changes."""
_ACTOR = regex.compile(
    r"^(?:各\p{Han}{1,10}?|[省市县区]{1,3})(?:每年度?|年内|全年|定期|至少|要)*(?=组织|开展|举办)"
)
"""各级各部门年内组织开展培训不少于1次: who holds it is no part of what is counted."""
_PUT = regex.compile(
    r"^[^,。;\d]{0,24}?(?<![即行必也])将(?=\p{Han}{3,20}(?:降|提高|提升|压缩|压减|缩短|减少|控制|增加|扩大|稳定|保持|维持)\p{Han}{0,2}$)(?![来近要会达于])"
)
"""引导合作机构逐步将平均担保费率降至1%: the object of 将 is what is measured."""
_PERIOD = regex.compile(rf"(?:{PER.pattern})(?:[末底初](?:以?前)?)?")
"""每季度末向市政府报告: the period with the part of it that is meant."""
_AS_A_RULE = regex.compile(
    r"(?<=\p{Han}{2})(?:原则上|一般(?=召开|举行|控制|保持|设|不|[应要为在按每]))"
)
_EACH_HEAD = regex.compile(r"(?:按照?)?[人户亩校村]均$")
_LEAST = ("不", "最", "至")
"""按人均不低于20平方米: so much for each."""
_OF_YEAR = regex.compile(r"(?:是|为|达到?|相当于)(?:19|20)\d\d年(?:水平|规模|总量)?的$")
_DATED = regex.compile(
    r"(?:(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|[底末初]|[上中下]旬)?|第?[一二三四]季度末?)|(?:20\d\d)?年[底末]|20\d\d年)(?:之|以)?(?:前|内)?"
    r"(?=(?:要|应|须|力争|确保|完成|达到?|发行|实现|开工)*$)"
    r"|^(?:第?[一二三四]季度末?|前[二三]季度|\d{1,2}(?:月?[至-]\d{1,2})?月[底末初]?+)(?:之|以)?前?(?=\p{Han}|$)"
)
"""支出进度6月底前达到50%: by when is no part of what is measured."""
_TOLD = regex.compile(r"^[^,。;]{0,16}?(?:要|应当?|须)严格(?:执行|控制|落实)")


def noun_before(clause: Clause, at: int, since: int) -> str:
    """The noun phrase before a figure in its clause, after the figure before it."""
    phrase = BASELINE.sub("", _PERIOD.sub("", clause.text[max(clause.start, since) : at]))
    if since > clause.start:
        joint = _JOINT_FIRST.match(phrase)
        phrase = phrase[joint.end() :] if joint else _JOINTS.split(phrase)[-1]
    if clause.text[at : at + 1] in _LEAST:
        phrase = _EACH_HEAD.sub("", phrase)
    phrase = _AS_A_RULE.sub("", _PUT.sub("", phrase))
    if to := _BROUGHT_TO.search(phrase):
        phrase = to["what"]
    phrase = _OF_YEAR.sub("", _DATED.sub("", phrase))
    phrase = _ACTOR.sub("", _TOLD.sub("", phrase))
    phrase = _FROM.sub("", TAIL.sub("", LEAD.sub("", phrase)))
    phrase = phrase.removeprefix("的")
    listed = LISTED.fullmatch(phrase)
    return listed["rest"] if listed and len(listed["list"]) > len(listed["rest"]) else phrase


_NO_THING = regex.compile("[至到的但等可将]|为基准|做到|达到|实现")
_TOTAL = regex.compile(r"(?:累计|总计|合计|共计)|总(?:数|量|规模|面积|里程|长度|容量|数量)")
_NEW = regex.compile(r"^(?:新建改建|新增|新建|改建|建设|建成|新开|完成)")
"""新增观赏点位30个,总计达60个: the total is of what the figure before it measures."""


def names_nothing(words: str) -> bool:
    """Whether words before a figure name no thing: 做到."""
    return _NO_THING.fullmatch(words) is not None


def of_its_total(words: str, last: str) -> str:
    """A bare total with what the figure before it measures: 观赏点位总计."""
    alone = _TOTAL.fullmatch(words) and not any(char.isdigit() for char in last)
    return _NEW.sub("", last) + words if alone else words
