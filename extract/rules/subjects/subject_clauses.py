"""The clauses of a task's text, and whether one of them tells its subject to act."""

from __future__ import annotations

from dataclasses import dataclass

from extract import lazy as regex
from extract.rules.subjects.predicates import (
    ADVERBS,
    TIME,
    TIME_FIRST,
    VERBAL,
    Predicate,
    first_characters,
    first_verb,
    has_verb,
    predicate_at,
    words,
)

_CLAUSE = regex.compile(
    r"(?:[^。;,:!?\n、(]++|\((?:[^()\n]|\([^()\n]{0,60}\)){0,200}+\)|、(?:(?<!(?:牵头|抓总|审核|审批|初审|复审|复核|[年月底日]前)、)|(?<=[年月底日]前、)(?=\d)|(?=(?:责任|配合|参与|主办|协办|承办|实施)(?:单位|部门)))|\()++"
)
_OPENER = regex.compile(
    r"(?:[\s”.、①-⑳●■◆★※▲▪·-]|“(?![^“”]{1,10}”\p{Han}{0,6}?(?:专班|小组|指挥部|办公室))|\d(?!\d?月)|\([^()]*+\)|第[一二三四五六七八九十百]+[章节条款])*+"
    rf"(?:[一二三四五六七八九十]+是)?+(?:{words('opener')}|{TIME}|\s)*+"
)
_OPENER_FIRST = first_characters("opener") | TIME_FIRST | frozenset("第一二三四五六七八九十")
"""Letters that an opener begins with, beside signs and digits; asked first, to save time."""
_LONG_OPENER = regex.compile(
    r"(?:按照|根据|依据|围绕|结合|针对|在|对于?|自)[^,]{2,40}?"
    r"(?:要求|规定|部署|精神|原则|安排|基础上|期间|[中后前时下])(?=各|有关|相关)"
)
_LONG_OPENER_FIRST = frozenset("按根依围结针在对自")
_SCOPE = regex.compile(rf"(?:{ADVERBS})*+{words('scope')}")
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_PAST = regex.compile(
    rf"近[几些]?年来?$|以来$|^(?:日前|近日)$|^(?:19\d\d年|{_DAY}$|{_DAY}(?=[^\d前起后至以之-]))"
)
_STILL = ("但", "并", "同时", "也", "还", "且")
_TOLD_TO_THEM = regex.compile(
    "(?:鼓励|支持|指导|督促|引导|推动|帮助|要求)其|(?:予以|给予|进行)(?:约谈|通报|问责|处罚|表扬|批评)"
)
"""Behind those whom another is to urge, or to blame: 未接入的机构,指导其加快对接."""
_GAP = regex.compile(" |之间")
_FARTHEST = 8
"""Clauses before its own that a sentence's scope is looked for in."""

_LATER = regex.compile(rf"(?P<may>(?<![许认])可以?(?!能))|{VERBAL}")
_SHARE = regex.compile(r"(?:牵头|配合|协助|参与|负总责)$")
_CHARGE = regex.compile(r"负责$")
_DONE_BY = regex.compile(
    r"(?:\d[年月日时点]?[底末]?|[年月][底末])(?:以?前|内)(?:全部|基本)?(?:完成|办结|落实|报送)$"
)
"""What by its date is all that a clause says: 市财政局在2024年6月底前完成."""
_DONE = regex.compile(r"[^,]{0,5}(?<!为)了(?!解)")
_AS_RULED = regex.compile(
    r"(?:按照?|参照|依照|对照)[^,]+(?:规定|标准|要求|办法|政策|分工|职责|清单)$"
)
_WHEN = tuple("中后时前内外下上")
_OF_DEED = regex.compile(
    r"(?:^[^的,]{0,12}|的)(?:要求|比例|标准|范围|对象|人数|时间|数量|计划|名额|规模|条件|程序|方式|情况|总额|额度)"
    r"(?:原则上)?(?:应|要|不得|须|暂|按|为|控制|限|不超|不低|纳入|列入|计入)"
    r"|的(?:数据|信息|资料|材料|资金|经费|系统|平台|项目|设备|证照|证明)(?:原则上|均|都)?(?:应|要(?!求|素|件)|不得|须|必须)"
)
_WORK_THAT = regex.compile("(?:推进|实施|开展|落实|负责|参与|配合|管理|联动)?的(?!同时|基础上)")
"""Behind a verb that only describes: 各部门协同推进的工作机制."""
_WAY_OF_WORK = regex.compile(
    r"\p{Han}{0,12}(?:参与|配合|协同|联动|负责|牵头|落实)的[^,。;的]{2,16}(?:模式|机制|体系|格局|制度|体制)"
)
"""县局联合专班参与的保障模式: who works in it is only told of."""
_ON_A_DAY = regex.compile(r"\d{1,2}月\d{1,2}日(?!以?前|起|至)")
"""市教育局5月6日发布公告后: what was done first."""
_ANSWERS = regex.compile("责任|主体|执行者|实施者|组织者")
_SEE = regex.compile(r"[^,(]{0,20}(?:详见|见)(?:附?[表件图]|下)")
_TOPIC = regex.compile(
    r"[^,]*(?:委托|开展|组织|实施|制定|办理|出具|提供|作出|设立|产生|形成)的[^的,]{2,16}"
)
"""审批部门在审批过程中委托开展的技术性服务活动,必须…: only what the next clause speaks of."""
_DOING = regex.compile("开展|推进|落实|实施|组织|建设|执行|贯彻|参与")
_STATE_OF_IT = regex.compile(
    r"的\p{Han}{0,4}(?:情况|路径|做法|经验|成效|问题)(?:[、和及]\p{Han}{2,8})?$"
)
"""各单位开展转型的基本情况: what is asked about them, or told of."""
_WHAT_OF_IT = regex.compile(r"的[^的,]{2,8}$")
_TOLD_OF = regex.compile("等(?:情况|材料|信息|方案|结果|数据|名单)$")
_IS_SENT = regex.compile(
    r"(?:要|应当?|须|必须)(?:及时|定期|按时|统一|按要求|同时)*(?:报送|上报|报|公布|公示|公开|录入|告知)"
)
"""各省治理工作方案、整改等情况,要及时报送."""
_OBJECT = regex.compile(
    r"(?!的|和|与|及|工作|[^,。;]{0,20}(?:由|要(?!求|素)|应当?|须|不得))\p{Han}{4}"
)
_PASSIVE = regex.compile(
    r"(?:均|都)?(?:应当?|必?须|需|要)(?:经|由|报|向[^,]{0,16}(?:备案|申报|报))"
)
_CLOSING = (",", "、", "。", ";", "\n", "")
ACTS = ("whole", "modal", "verb", "adverb")
"""Kinds of predicate that tell to act by themselves."""


@dataclass(frozen=True)
class Clauses:
    """A text (a view's, masked) with the offsets of its clauses in order."""

    text: str
    spans: list[tuple[int, int]]

    def start_of_names(self, number: int) -> int:
        """Where a clause goes on behind its label and adverbial: 2024年底前, 一是, 原则上."""
        start, end = self.spans[number]
        first = self.text[start : start + 1]
        if first in _OPENER_FIRST or not first.isalpha():
            opener = _OPENER.match(self.text, start, end)
            start = opener.end() if opener else start
        if self.text[start : start + 1] not in _LONG_OPENER_FIRST:
            return start
        longer = _LONG_OPENER.match(self.text, start, end)
        return longer.end() if longer else start

    def predicate_behind(self, number: int, at: int) -> Predicate | None:
        """The predicate right behind a unit, or behind the comma that ends a clause of units."""
        end = self.spans[number][1]
        if at >= end:
            start = self.spans[number + 1][0] if number + 1 < len(self.spans) else end
            if _TOLD_TO_THEM.match(self.text, start):
                return None
            return self._opening(number + 1) or self._duty_behind_colon(number)
        if self.text[at] in " 之" and (gap := _GAP.match(self.text, at, end)):
            behind = predicate_at(self.text, gap.end(), end)
            return behind if behind is not None and behind.kind == "modal" else None
        return predicate_at(self.text, at, end)

    def _duty_behind_colon(self, number: int) -> Predicate | None:
        """The predicate of a duty that its unit stands before in a line: 区公安局:负责…."""
        start, end = self.spans[number]
        opens_line = start == 0 or self.text[start - 1] == "\n"
        if not opens_line or self.text[end : end + 1] != ":" or number + 1 == len(self.spans):
            return None
        behind = predicate_at(self.text, *self.spans[number + 1])
        return behind if behind is not None and behind.kind in ACTS else None

    def in_scope(self, number: int) -> bool:
        """Whether the clause still says what an earlier one of its sentence is to bring about
        (推行提前申报,企业提前办理,海关在…) or looks back at (近年来,各地…)."""
        if _PAST.search(self.text[slice(*self.spans[number])]):
            return True
        for earlier in range(number - 1, max(-1, number - _FARTHEST), -1):
            start, end = self.spans[earlier]
            if self.text[end] not in ",:":
                return False
            clause = self.text[start:end]
            if _SCOPE.match(clause) or _PAST.search(clause):
                return True
        return False

    def directs(self, number: int, predicate: Predicate) -> bool:
        """Whether the predicate tells to act, and does not leave it open or describe a case."""
        start, end = self.spans[number]
        if predicate.start >= end:
            number += 1
            start, end = self.spans[number]
        rest = self.text[predicate.end : end]
        if predicate.kind == "whole":
            return True
        if predicate.kind == "may":
            return self._told_later(number)
        if predicate.kind == "nominal":
            return False
        if _ON_A_DAY.match(self.text, predicate.start) and rest.endswith("后"):
            return False
        if predicate.kind == "modal":
            return bool(rest) or self.is_charge(number, predicate)
        if _WORK_THAT.match(rest) or _WAY_OF_WORK.fullmatch(rest) or _SEE.match(rest):
            return False
        if _DOING.match(self.text, predicate.start) and _STATE_OF_IT.search(rest):
            return False
        if self._is_told_of(number, predicate, rest) or self._is_left_to(number, rest):
            return False
        if rest.endswith("的"):
            return self._next_kind(number) == "modal"
        if predicate.kind == "preposition":
            return self._acts_later(number, predicate, rest)
        if not rest:
            if _DONE_BY.search(self.text, start, end):
                return True
            shared = _SHARE.search(self.text, start, end)
            if predicate.kind == "adverb" and self._next_kind(number) in ACTS:
                return True
            return shared is not None and self.text[end : end + 1] in _CLOSING
        if _OF_DEED.search(rest) or self._is_topic(number, rest):
            return False
        return len(rest) > 1 and _DONE.match(rest) is None

    def _is_topic(self, number: int, rest: str) -> bool:
        """Whether the clause only names what the next speaks of: 学校招生的简章,须报市局备案."""
        if "的" not in rest or number + 1 >= len(self.spans):
            return False
        return _PASSIVE.match(self.text, *self.spans[number + 1]) is not None

    def _is_left_to(self, number: int, rest: str) -> bool:
        """Whether the clause only names what the next one leaves to others: 幼儿园面向社会招生后的
        剩余学位,由区教育局安排."""
        if _WHAT_OF_IT.search(rest) is None or number + 1 >= len(self.spans):
            return False
        start = self.spans[number + 1][0]
        return self.text.startswith(",由", start - 1)

    def _is_told_of(self, number: int, predicate: Predicate, rest: str) -> bool:
        """Whether the clause only names what the next one says must be, or must be sent."""
        if number + 1 >= len(self.spans):
            return False
        if _TOLD_OF.search(rest) and _IS_SENT.match(self.text, self.spans[number + 1][0]):
            return True
        topic = predicate.kind == "preposition" and _TOPIC.fullmatch(rest)
        return bool(topic) and self._next_kind(number) == "modal"

    def is_charge(self, number: int, predicate: Predicate) -> bool:
        """Whether to answer for it is all that a clause says: 县水利局具体负责,县公安局协助."""
        end = self.spans[number][1]
        closes = predicate.end == end and self.text[end : end + 1] in _CLOSING
        return closes and _CHARGE.search(self.text, predicate.start, end) is not None

    def goes_on_listing(self, number: int) -> bool:
        """Whether a clause goes on with who does what behind one that says who has all in hand:
        组织部门牵头抓总、民政部门配合. Where that is told of a way of work (健全…抓总、…的格局) the
        rest is too."""
        return self.text.endswith("抓总、", 0, self.spans[number][0])

    def must_later(self, number: int, predicate: Predicate) -> bool:
        """Whether the clause only opens what the next one says with a modal: 在…时,应…."""
        return predicate.kind == "preposition" and self._next_kind(number) == "modal"

    def _told_later(self, number: int) -> bool:
        """Whether a later clause of the sentence tells the same subject: 可…,但应当…."""
        for later in range(number + 1, len(self.spans)):
            start = self.spans[later][0]
            if self.text[start - 1] != ",":
                return False
            behind = predicate_at(self.text, self.start_of_names(later), self.spans[later][1])
            if behind is None or behind.kind != "modal":
                continue
            # 可组建…,负责… goes on about what may be, 可…,但应当… does not
            word = self.text[behind.start : behind.start + 2]
            apart = later > number + 1 and not self.text.startswith(_STILL, start)
            if not (apart and word[0] == "要"):
                return word != "负责"
        return False

    def _acts_later(self, number: int, predicate: Predicate, rest: str) -> bool:
        """Whether a verb follows the preposition: in the clause, or at the start of the next."""
        if self.text[predicate.start : predicate.end].endswith("是"):
            return rest.endswith("责任主体") or (
                _ANSWERS.search(rest) is not None and self._next_kind(number) == "modal"
            )
        if self.text[predicate.end - 1] == "将" and len(rest) > 2:
            return True
        if _OF_DEED.search(rest):
            return False
        later = _LATER.search(rest)
        if later:
            return later["may"] is None
        behind = self._opening(number + 1)
        if behind is not None and behind.kind == "preposition":
            return self.directs(number + 1, behind)
        if behind is not None:
            return behind.kind in ACTS or (behind.kind == "nominal" and self._has_object(behind))
        alone = predicate.start == self.spans[number][0]
        return bool(_AS_RULED.match(self.text, predicate.start, self.spans[number][1])) or (
            not alone and self._goes_on_with_verb(number, rest)
        )

    def _goes_on_with_verb(self, number: int, rest: str) -> bool:
        """Whether jieba finds the verb that no list holds: 按片区｜招生, 根据标准,｜计分."""
        if rest[-1:] not in _WHEN and has_verb(rest):
            return True
        if number + 1 == len(self.spans):
            return False
        start = self.spans[number + 1][0]
        return self.text[start - 1] == "," and bool(first_verb(self.text[start : start + 8]))

    def _has_object(self, verb: Predicate) -> bool:
        """Whether words follow a verb that is a noun too: 按照职责分工,监测目标进展情况."""
        return _OBJECT.match(self.text, verb.end) is not None

    def _next_kind(self, number: int) -> str:
        behind = self._opening(number + 1)
        return behind.kind if behind else ""

    def _opening(self, number: int) -> Predicate | None:
        """The predicate that a clause begins with, if it goes on with the one before."""
        if number >= len(self.spans) or self.text[self.spans[number][0] - 1] != ",":
            return None
        return predicate_at(self.text, *self.spans[number])


def cut_clauses(text: str) -> Clauses:
    """The clauses of a text: what stands between 。;,:, brackets kept whole."""
    return Clauses(text, [found.span() for found in _CLAUSE.finditer(text)])
