"""The units before a predicate: whether a clause up to there is a list of units and nothing else.

加强各部门, 报市司法局 and 督促各县区 begin with what is done to the unit: no subjects. A class
keeps its whole noun phrase: 各级行政执法机关承担行政执法监督职责的机构 (contract, rule 9).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from extract import lazy as regex
from extract.lens import View, fold
from extract.lexicon import alternation, terms
from extract.rules.organs.places import match_place
from extract.rules.rule import rule
from extract.rules.subjects.places_told import (
    EVERY_PLACE,
    LEVEL_ALONE,
    LEVELS_BESIDE,
    TOWN,
    WIDENED,
    names_places,
    read_places,
    whole_name,
)
from extract.rules.subjects.predicates import words
from extract.rules.subjects.segment import tag
from extract.rules.subjects.work_bodies import NAMED_BY_WORK, work_end
from extract.rules.units.unit_words import (
    MAX_LENGTH,
    bare,
    head_of,
    is_department,
    is_field,
    known_end,
    level_of,
    place_end,
)
from extract.rules.units.units import UnitMention, read_units

_HEAD = r"(?:部门|单位|机关|机构|组织)"

_STARTS_OTHERWISE = rule(
    "starts_otherwise",
    rf"^(?:{alternation(terms('action_verbs'))}|{words('verb')}|{words('adverb')}|"
    rf"{words('elsewhere')}|[一二两三几多]?(?:个(?![别体])|家(?!庭|长)|名(?!校))|[一二两三几多]项)",
    source="contract, responsibilities 7: a unit that another is to urge is no subject",
    examples=("⟦督促⟧各县区", "⟦报⟧市司法局", "⟦加强⟧行政执法机关"),
    counter=("市司法局", "各县区", "报社", "经信部门"),
)
_ELSEWHERE = regex.compile(words("elsewhere"))
_CLASS_VERB = regex.compile(words("class"))
_DESCRIBES = regex.compile(words("describing"))
_RELATIVE = rule(
    "relative_clause",
    rf"^{words('describing')}[^,。;由]{{2,40}}的(?![以需按在将可])(?=[^的要应须需由、]{{2,24}}(?<![矿景库林灾片社]区)$)",
    source="contract, responsibilities 9",
    examples=("⟦设在乡镇(街道)的⟧司法所", "⟦实行垂直管理的⟧行政执法机关", "⟦承担监督职责的⟧机构"),
    counter=("市司法局", "加强监督的机构"),
)
_HEAD_LAST = regex.compile(_HEAD + "$")
_FIELDS = frozenset(terms("directive_words", kind="nominal"))
_FIELD_OF = regex.compile(r"(\p{Han}{2,8}?)(?:行政|主管|管理|监督)*(?:部门|机关)$")
_NAMED_BY_DEED = regex.compile(
    rf"(?!明确|确定|安排|指定(?:专门|专职|相关|有关))(?:\p{{Han}}{{2,4}})?\p{{Han}}{{2,4}}(?:主管)?{_HEAD}"
)
_CLASS_BY_DEED = regex.compile(
    r"(?!成立|组建|设立|建立|明确|确定(?!为)|指定专)\p{Han}{2}"
    r"(?!各|有关|相关|本|全|该|其|基层|企业|[省市县区]\p{Han})\p{Han}{1,10}(?:\([室局委]\))?"
)
_DESCRIBED = regex.compile(
    r"(?!各|有关|相关|由)[^,。;、对将把被使让]{3,30}的(?!各|有关|相关|同时|移送|移交|报|交|以|在|按|将|可)"
    r"(?:(?!由|[需应须]|退回)\p{Han}){2,14}(?<!社区|小区|片区)"
)
_NOT_IN_NAME = regex.compile(
    rf"{words('inside')}|(?<!自)由|不符合|(?<=会议|小组|指挥部)设(?!在)|^非(?=\p{{Han}}{{0,8}}(?:学校|[高初]中|小学|院校|幼儿园))|(?<!所)在(?!\p{{Han}}(?:高校|央企|单位|机构|高等|各))|(?<![不相])同(?!级)|[\d%]|"
    r"(?<![许认])可(?!再生|持续|视)|"
    r"\([一二三四五六七八九十]+\)|^[^(]*\)"
)
_PLAIN_START = regex.compile(
    r"各|有关|相关|其[他它]|所有|全|本|上级|下级|同级|[省市州盟县区旗镇乡街中国地村社两]|行政|司法|公安|检察|政府|"
    r"人民|基层|高校|高等|海关|税务|驻|综合|专业|主管|行业|财政|医|学校|科"
)
LONGEST = 120
"""Characters of the longest list of subjects that is looked for."""
_LIST_MARK = regex.compile("以及|[、和及或与]")
_OR = regex.compile(r"或者?|(?<=的\p{Han}{2,12})[和与](?=\p{Han}{2,12}$)")
_BETWEEN = regex.compile(r"(?<=^各[^各、]{0,12}[区县市镇道乡地旗州位局门\)])(?=各)")
_EVERY = regex.compile(r"每(?:个|所|家|座)\p{Han}+")
_AT_PLACE_OF = regex.compile(
    r"[^,。;、由在和与及向到报持]{2,16}所在(?:地|行政区|[省市县区镇乡]|街道)"
    r"(?:(?![和与及的])[\p{Han}()]){0,12}"
)
"""改变后暂住地所在区教育局, 项目所在行政区人民政府: whose place is said by what stands there."""
_EACH_THAT = regex.compile(r"各\p{Han}{2,14}的(?:单位|部门|机构|机关)")
"""各使用信用信息的单位: a class by what each of them does."""
_UNIT_OF_FIELDS = regex.compile(r"等(?:部门|单位|机关)$")
_LEVELS = regex.compile(r"各?(?:[省市州盟地县区旗乡镇村]|乡镇|街道|\((?:[^()]*)\)|、)+[两三四五]级")
_EACH = regex.compile(r"各|有关|相关|所有|^(?:全[省市县区]|其[他它]|市[属辖]|[省市县区]直)")
_BY_NAME = regex.compile(
    r"(?:城市|地区|社区|城区|园区|景区|辖区|校区|小区|片区|山区|老区|街区|港区|厂区|矿区|林区|产业区)$"
)
_NOT_UNITS = terms("not_units", "ending")
_TOLD_UNITS = terms("not_units", "ending", told="y")
_FOR_THE_PUBLIC = regex.compile(r"公共\p{Han}{0,10}服务机构$|^各级\p{Han}{0,8}服务机构$")
_CENTRAL_BANK = regex.compile(r"(?:中国)?人民银行|人行(?!道)")
_DEFINED_LAST = regex.compile(r"\((?:以下|包括|不?含|简称|下同)[^()]*\)$")
_SEAT_LAST = regex.compile(r"\(设在[^()]{2,30}\)$")
"""Where an office is: 市领导小组办公室(设在市发展改革委)."""
_BY_DEEDS = regex.compile(
    r"(?P<first>\p{Han}{2,4})(?:(?:、|和|与|以?及)(?P<deed>\p{Han}{2,4}))+等(?:相关|有关)"
    r"(?:单位|部门|机构)"
)
_JOINT_BODY = regex.compile("(?:小组|会议|指挥部|专班|委员会)(?:办公室)?$")
_KIND_OF_PLACE = regex.compile(r"的(?:城市|\p{Han}{0,3}地区|省\(区、市\))$")
_OF_MEMBERS = regex.compile(
    r"[^,。;]{2,60}[为任](?:小组|专班|工作组)?(?:成员|副?组长|副?主任|副?总?指挥|副?召集人)的"
    r"(?=\p{Han}{2,30}(?:小组|会议|指挥部|专班|委员会)$)"
)
"""Who sits in a body that is founded: …负责同志为成员的领导小组."""
_STAFF = regex.compile(r"及其(?:工作人员|领导干部|负责人|领导班子)$")
_BUILT = regex.compile(
    r"(?:已?建成|配建|在建)的(?:小区)?(?:配套)?(?:幼儿园|设施|用房)|[^,]{0,20}未[^,]{1,20}的\p{Han}{0,4}[社小]区$"
)
"""配建的幼儿园, 车位未充分利用的社区: what is built, told of and not told to act."""
_OWN_PLACE = ("所在区", "所在县", "所在市")
_TOLD_PLACE = ("地方", "地区", "流入地", "流出地", "迁入地", "迁出地", "转入地", "转出地")
_STAGES = frozenset(("小学", "初中", "高中", "中学", "中专", "高职"))
_NOBODY = frozenset(
    ("项目", "部门", "单位", "机关", "机构", "组织", "中心", "党委", "协会", "学会")
)


def subject_units(view: View, i: int, j: int, told: bool) -> list[UnitMention]:
    """The units of view.text[i:j] where it is a list of units and nothing else; `told`: a modal
    follows, so that a bare place (云冈区要) counts too."""
    if aside := _STAFF.search(view.text, i, j) or _DEFINED_LAST.search(view.text, i, j):
        j = aside.start()
    if members := _OF_MEMBERS.match(view.text, i, j):
        i = members.end()
    text = view.text[i:j]
    if len(text) > LONGEST or not _is_pure(_SEAT_LAST.sub("", text), told):
        return []
    if _LEVELS.fullmatch(text):
        return [whole_name(view, i, j)]
    found: list[UnitMention] = []
    for a, b in _items(text):
        units = _named(view, i + a, i + b, told)
        if not units:
            return []
        found += units
    return [unit for unit in found if _counts(unit.unit, told)]


def _named(view: View, i: int, j: int, told: bool) -> list[UnitMention]:
    text = view.text[i:j]
    if _EVERY.fullmatch(text):
        return [whole_name(view, i, j)]
    if places := read_places(view, i, j, told):
        return places
    if _is_named_by_work(text, told):
        return [whole_name(view, i, j)._replace(generic=False)]
    by_what = _is_by_deeds(text) or _EACH_THAT.fullmatch(text) or _AT_PLACE_OF.fullmatch(text)
    if _RELATIVE.match(text) or (told and by_what):
        return [whole_name(view, i, j)]
    read = read_units(view, i, j)
    if read.units:
        begins_otherwise = read.unread and view.index(read.units[0].char_start) > read.unread[0][0]
        if begins_otherwise and not _UNIT_OF_FIELDS.search(text):
            return []
        return [_without_firms(unit) for unit in read.units]
    whole = _NAMED_BY_DEED.fullmatch(text) or _DESCRIBED.fullmatch(text)
    return [whole_name(view, i, j)] if told and whole else []


_AND_FIRMS = regex.compile(r"(?P<organs>.*\p{Han})(?:和|、|(?<!参)与|及)(?:有关|相关|各)?企业")


def _without_firms(unit: UnitMention) -> UnitMention:
    """各有关部门和企业: a class without the firms beside it, which are no units."""
    found = _AND_FIRMS.fullmatch(unit.unit) if unit.unit.endswith("企业") else None
    if found is None or unit.char_end - unit.char_start != len(unit.unit):
        return unit
    return unit._replace(unit=found["organs"], char_end=unit.char_start + found.end("organs"))


def describes(text: str) -> bool:
    """Whether a clause begins with what describes its unit: 设在乡镇的司法所…"""
    return _DESCRIBES.match(text) is not None


@lru_cache(maxsize=4096)
def _is_pure(text: str, told: bool) -> bool:
    """Whether the words can be names of units alone."""
    if names_places(text, told) or _is_named_by_work(text, told):
        return True
    if _EVERY.fullmatch(text):
        head = head_of(text)
        return head is not None and head.kind in ("school", "class")
    if _RELATIVE.match(text):
        return len(text) <= MAX_LENGTH and _has_head(text)
    if told and (_is_by_deeds(text) or _EACH_THAT.fullmatch(text)):
        return True
    if told and _AT_PLACE_OF.fullmatch(text):
        return _has_head(text)
    if _STARTS_OTHERWISE.match(text) and not _starts_with_name(text, told):
        if not _is_class_by_deed(text) or _ELSEWHERE.match(text):
            return False
        return told or _CLASS_VERB.match(text) is not None
    if told and _DESCRIBED.fullmatch(text):
        return _has_head(text)
    if _NOT_IN_NAME.search(text) and _NOT_IN_NAME.search(_beyond_places(text)):
        return False
    if not _begins_with_verb(text) or _is_list_of_fields(text):
        return True
    return _is_class_by_deed(text) and (told or _CLASS_VERB.match(text) is not None)


def _starts_with_name(text: str, told: bool) -> bool:
    """Whether what could be a verb begins a name: 教育部基础教育司, 推进办, 组织、人社部门."""
    if place_end(text) or known_end(text, 0):
        return True
    return _is_named_by_deed(text, told) or _is_list_of_fields(text)


def _is_list_of_fields(text: str) -> bool:
    """组织、人社、财政等部门: a party's work that is a verb too, with a list of fields behind it;
    组织部门 too, while 组织、协调财政部门 is what is done."""
    found = _PARTY_WORK.match(text)
    if found is None:
        return False
    if found["alone"]:
        return True
    second = _LIST_MARK.split(text[found.end() :], maxsplit=1)[0]
    return is_field(_CLASS_END.sub("", second))


_PARTY_WORK = regex.compile("组织(?:人事)?(?:(?P<alone>部门(?!、(?:单位|企业)|和单位))|、)")
_CLASS_END = regex.compile("等?(?:有关|相关)?(?:主管)?部门$")


def _is_named_by_work(text: str, told: bool) -> bool:
    """Whether a name is that of a body of one place, or of any leading group that a modal tells."""
    if told and _JOINT_BODY.search(text) and not _STARTS_OTHERWISE.match(text):
        return NAMED_BY_WORK.fullmatch(text) is not None
    return bool(text) and work_end(text, 0, len(text)) == len(text)


def _is_by_deeds(text: str) -> bool:
    """设计、审图及建设等相关单位: named by what they do, so that the list cannot be cut."""
    found = _BY_DEEDS.fullmatch(text) if "等" in text else None
    if found is None or any(head_of(deed) for deed in found.captures("deed")):
        return False
    first = found["first"]
    return not (is_field(first) or first.startswith("各") or level_of(first))


def is_told_only(unit: str) -> bool:
    """Whether a unit counts only where a modal tells it to act: 费用由用人单位支付, 由省级统筹 tell
    nobody."""
    return bare(fold(unit)).endswith((*_TOLD_UNITS, "层面", "地方财政", *_GRADES))


_GRADES = tuple(level + "级" for level in "省市县区乡镇村")


def _beyond_places(text: str) -> str:
    """The names of a list without the places and known names that they open with: 大同市 holds a
    同, 市经促局 a 经."""
    names = _LIST_MARK.split(text)
    return "、".join(name[max(place_end(name), known_end(name, 0)) :] for name in names)


def _has_head(text: str) -> bool:
    """Whether described words end as a unit or as a city: 人口300万以上的城市."""
    return _KIND_OF_PLACE.search(text) is not None or head_of(bare(text)) is not None


def _begins_with_verb(text: str) -> bool:
    """Whether the first word is a verb that no list of ours holds: 倒逼执法机关."""
    if _PLAIN_START.match(text) or place_end(text) or is_department(text):
        return False
    if is_field(_first_of(text)):
        return False
    words = tag(text)
    first, kind = words[0]
    if not kind.startswith("v") or first in _FIELDS or len(words) == 1:
        return False
    return words[1][0] not in _FIELDS and _HEAD_LAST.search(words[1][0]) is None


def _first_of(text: str) -> str:
    """The first name of a list."""
    return _LIST_MARK.split(text, maxsplit=1)[0]


def _is_class_by_deed(text: str) -> bool:
    """招生学校, 试点城市政府, 经办机构: a verb and the class that is named by it."""
    first = _first_of(text)
    return _CLASS_BY_DEED.fullmatch(first) is not None and head_of(bare(first)) is not None


def _is_named_by_deed(text: str, told: bool) -> bool:
    """牵头部门, 审批单位, 宣传部: names that begin with a verb."""
    first = _first_of(text)
    if TOWN.fullmatch(first) or is_department(first) or is_field(first):
        return True
    field = _FIELD_OF.match(first)
    if field and (field[1] in _FIELDS or is_field(field[1])):
        return True
    return told and _NAMED_BY_DEED.fullmatch(first) is not None


_PERSON = regex.compile("(?:领导|负责人|书记|局长|主任|秘书长)$")
"""由市领导或市营商办约谈: who is no unit."""


def _items(text: str) -> list[tuple[int, int]]:
    """Parts that are cut on their own: A或B, and 各县区各部门, which has no mark between."""
    cuts = [0]
    for found in _OR.finditer(text):
        left = text[cuts[-1] : found.start()]
        if (head_of(bare(left)) or _PERSON.search(left)) and not _RELATIVE.match(text[cuts[-1] :]):
            cuts += [found.start(), found.end()]
    bounds = list(zip(cuts[::2], [*cuts[1::2], len(text)], strict=True))
    items = []
    for a, b in bounds:
        inner = [a, *(a + m.start() for m in _BETWEEN.finditer(text[a:b])), b]
        items += list(pairwise(inner))
    return [item for item in items if not _PERSON.search(text, *item)] or items


def _is_told(name: str, told: bool) -> bool:
    """Whether a name that ends as those of no units do is one all the same: the central bank, an
    office that serves the public, a utility that the registry knows."""
    if told and name.endswith(_TOLD_UNITS):
        return True
    head = head_of(name)
    utility = head is not None and head.kind == "company" and head.carries
    return utility or bool(_CENTRAL_BANK.fullmatch(name) or _FOR_THE_PUBLIC.search(name))


def _is_place(name: str) -> bool:
    """Whether a name that ends as a place is one: 云冈区, not 人口密集区."""
    found = match_place(name)
    return (found is not None and found[1] == len(name)) or name.endswith(("镇", "乡", "街道"))


def _counts(unit: str, told: bool) -> bool:
    """Whether a name stands for an organ or a class of organs that can be told to act."""
    name = bare(fold(unit))
    if name in ("政府", "人民政府") or LEVEL_ALONE.fullmatch(name):
        return told
    if (
        name in _NOBODY
        or _BUILT.match(name)
        or (name.endswith(_NOT_UNITS) and not _is_told(name, told))
    ):
        return False
    if name.endswith("财政") or (name != unit and WIDENED.fullmatch(fold(unit))):
        return told or name.startswith("各")
    if _CENTRAL_BANK.match(name):
        return True
    head = head_of(name)
    if TOWN.fullmatch(name) or head is None or _EACH.search(name) or _RELATIVE.match(name):
        return True
    if EVERY_PLACE.fullmatch(name) or LEVELS_BESIDE.fullmatch(name):
        return True
    if told and _DESCRIBED.fullmatch(name):
        return True
    if head.kind == "company" or name in _STAGES:
        return told or head.carries
    if head.kind == "place":
        if name.endswith(_OWN_PLACE) or name.endswith("兵团"):
            return True
        return told and (name.endswith(_TOLD_PLACE) or _is_place(name))
    if head.kind == "area":
        return told or not _BY_NAME.search(name)
    return True
