"""What tells a unit's name from other words: its ending, its level, the department inside it.

Everything here asks about a string as a `View` shows it; lists are cut in `units`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from extract import lazy as regex
from extract.lexicon import alternation, load, spellings

MAX_LENGTH = 36
"""Characters of the longest name that is believed to be one unit."""
_NAMES_KEPT = 4096
"""Names whose answers are kept: a paper asks often for the same few."""


class Head(NamedTuple):
    """The ending of a unit's name and what lexicon/unit_heads.tsv says of it."""

    text: str
    kind: str
    carries: bool
    of_town: bool = False


@cache
def _heads() -> dict[str, Head]:
    return {
        e["head"]: Head(e["head"], e["kind"], e["carries"] == "y", e["carries"] == "t")
        for e in load("unit_heads")
    }


@cache
def _longest_head() -> int:
    return max(map(len, _heads()))


_PAREN = regex.compile(r"\((?:[^()]|\([^()]*\))*\)|〈[^〈〉]*〉")


def bare(text: str) -> str:
    """The name without its parentheses."""
    return _PAREN.sub("", text) if "(" in text or "〈" in text else text


@lru_cache(maxsize=_NAMES_KEPT)
def head_of(text: str) -> Head | None:
    """The longest ending of a name that makes a unit; None where it has none: 格局 is no 局, and
    城区 no 区 but in 鲤城区, which is a place."""
    heads = _heads()
    for size in range(min(len(text), _longest_head()), 0, -1):
        head = heads.get(text[-size:])
        if head is None:
            continue
        if head.kind != "none":
            return head
        return heads[text[-1]] if text in places()[0] else None
    return None


# --- departments --------------------------------------------------------------------------------

_STEM_END = regex.compile(r"(?:委员会|办公室|办公厅|总局|总署|[局厅委办部署])$")


@cache
def departments() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Spellings of departments, their fields (发展和改革 of 发展和改革局), those that a party
    committee has, and of these those that no government has."""
    names: set[str] = set()
    party: set[str] = set()
    other: set[str] = set()
    for entry in load("departments"):
        words = {entry["long_form"], *spellings(entry["also_called"])}
        words = {word for word in words if word and "{" not in word}
        names |= words
        (party if entry["organ"] == "party" else other).update(words)
    fields = {_STEM_END.sub("", name) for name in names if _STEM_END.search(name)}
    fields = {field for field in fields - names if len(field) > 1 and head_of(field) is None}
    return frozenset(names), frozenset(fields), frozenset(party), frozenset(party - other)


def is_department(text: str) -> bool:
    """Whether the text is a department's name: 市场监管局; a 局 row of the lexicon holds for 厅."""
    names, fields, _, _ = departments()
    return text in names or (
        (end := _STEM_END.search(text)) is not None and text[: end.start()] in fields
    )


@cache
def _central() -> frozenset[str]:
    """Names of central organs in all spellings; not 中央 and 国务院, which stand before them."""
    return frozenset(
        word
        for entry in load("central_organs")
        if entry["function"] not in ("党委", "政府")
        for word in (
            entry["name"],
            *spellings(entry["also_called"]),
            *spellings(entry["in_central_papers"]),
        )
    )


@cache
def _openings() -> frozenset[str]:
    """The first two characters of places and central organs."""
    return frozenset(name[:2] for table in (places()[0], _central()) for name in table)


_OF_LEVEL = frozenset("省市县区州盟旗")
_LONGEST_NAME = 26


_BOTH = regex.compile(r"委[省市县区州盟旗](?:人民)?政府")
"""What one organ of committee and government goes on with: 县委县政府督查室."""


def known_end(text: str, at: int) -> int:
    """Where the longest name of the registry that stands at a place ends: 市委讲师团, 新华社,
    大同市国家安全局; the place itself where none does."""
    begins = at
    if text[at : at + 1] in _OF_LEVEL:
        begins = at + 1
    elif text[at : at + 2] in _openings():
        if central := _longest(_central(), text, at):
            return central
        begins = _past_places(text, at)
    if begins == at:
        return at
    if both := _BOTH.match(text, begins):
        return _longest(departments()[0], text, both.end()) or at
    party = begins + 1 if text[begins : begins + 1] == "委" else begins
    found = _longest(departments()[2], text, party) if party > begins else 0
    return max(found, _longest(departments()[0], text, begins)) or at


def is_inside_name(text: str, start: int, at: int) -> bool:
    """Whether a sign at a place belongs to the name that begins at `start`: 和 of 和平区."""
    if text[start : start + 2] in _openings():
        return _past_places(text, start) > at or known_end(text, start) > at
    return text[start : start + 1] in _OF_LEVEL and known_end(text, start) > at


def _longest(names: frozenset[str], text: str, at: int) -> int:
    """Where the longest of the names that stands at a place ends; 0 for none."""
    for end in range(min(at + _LONGEST_NAME, len(text)), at + 1, -1):
        if text[at:end] in names:
            return end
    return 0


def is_field(text: str) -> bool:
    """Whether the text is a department's field of work: 财政, 发展改革."""
    return text in departments()[1]


_WORK = regex.compile(
    r"(?!各|有关|相关|其[他它]|加强|负责|[省市县区])\p{Han}{2,6}(?:行业管理|(?<!行政|综合)管理|(?<!行政)监察|监管)|消防|交警|检察"
)


def names_work(text: str) -> bool:
    """Whether the text is a field of work, known or by its last word: 财政, 煤矿安全监察; of some
    no organ is called 局 (消防)."""
    return is_field(text) or _WORK.fullmatch(text) is not None


def is_party(text: str, only: bool) -> bool:
    """Whether a party committee has such a department: 网信办; `only`: and no government."""
    return text in departments()[3 if only else 2]


_JOINT = regex.compile("[和与及、]")


@cache
def joined_departments() -> regex.Pattern[str]:
    """Department fields that hold a conjunction or a list mark: 工业和信息化 is one."""
    joined = [f for f in departments()[0] | departments()[1] if _JOINT.search(f)]
    return regex.compile(alternation(joined))


# --- levels -------------------------------------------------------------------------------------

_ONE = (
    r"省直管县|省辖市|[省市县区州]本级|设区的?市|地级以上市|县级市|地级市|自治[区州县旗]|[特林]区|乡镇|镇街|街镇|街道|苏木|兵团|师市|地(?=\()|"
    r"[省市州盟县区旗乡镇]"
)
_LEVEL = regex.compile(
    rf"(?P<each>各(?:有关|相关)?|有关|相关)?(?:{_ONE})++(?:\((?:{_ONE}|[、,和或及含])++\))?(?:{_ONE})?+"
)
_LEVEL_WORD = regex.compile(
    r"(?:市(?:场(?!所)|容|民(?!政|族|宗|航|委|盟|革|建|进)|辖|郊|长|值|直|属|域|监(?:局|所|部门))"
    r"|市政(?!府|务|协|研|法|管|数|办|治)|县域|县直|县属|区域|区块|区直|区属|区位|省直(?!管县)|省属|州直|州属|镇域"
    r"|旗舰|旗下|省际|市际|县际|区际|街道办|乡村|城乡|镇村)"
)
RANKS = {"省": 1, "兵": 1, **dict.fromkeys("市州盟地师设", 2), **dict.fromkeys("县区旗", 3)}


_NAMED_RANKS = {"省直管县": 3, "省辖市": 2}


class Level(NamedTuple):
    """The level at the start of a name: 市, 县(区), 各县(市、区); `end` is where it ends, `each`
    the 各 or 相关 before it."""

    end: int
    each: str
    rank: int


@lru_cache(maxsize=_NAMES_KEPT)
def level_of(text: str) -> Level | None:
    """The level that a name starts with; 市场监管局 and 城市管理局 start with none."""
    match = _LEVEL.match(text)
    if match is None or place_end(text):
        return None
    if is_department(text) and text[match.end() :] not in departments()[0]:
        return None
    start = match.end("each") if match["each"] else 0
    end = match.end()
    if _LEVEL_WORD.match(text, start) and not is_department(text[start + 1 :]):
        return None
    # 市市场监管局: the second 市 belongs to the department; 市区县 is a level of its own
    while end - start > 1 and text[end - 1] != ")" and is_department(text[end - 1 :]):
        end -= 1
    if end - start > 1 and text[end - 1] == "市" and _LEVEL_WORD.match(text, end - 1):
        end -= 1
    named = next((rank for word, rank in _NAMED_RANKS.items() if text.startswith(word, start)), 0)
    return Level(end, match["each"] or "", named or RANKS.get(text[start], 4))


@cache
def places() -> tuple[frozenset[str], frozenset[str]]:
    """Names of divisions, autonomous ones also without their peoples (寻甸县), and the short names
    of provinces, prefectures and zones (安徽, 泰安, 宁东)."""
    names: set[str] = set()
    short: set[str] = set()
    for entry in load("places"):
        names.add(entry["name"])
        if own := _AUTONOMOUS.fullmatch(entry["name"]):
            names.add(own["stem"] + own["kind"])
        if entry["code"].endswith("00"):
            stem = _PLACE_END.sub("", entry["name"])
            if len(stem) > 1:
                short.add(stem)
    short.update(word for entry in load("zones") for word in spellings(entry["zone"]))
    return frozenset(names), frozenset(short)


_PLACE_END = regex.compile(r"(?:\p{Han}族)*(?:省|自治区|自治州|特别行政区|地区|市|盟)$")
_AUTONOMOUS = regex.compile(
    r"(?P<stem>\p{Han}{2,4}?)(?:各族|(?:\p{Han}{1,4}族)+)自治(?P<kind>[县州旗])"
)
AREA_NAME = regex.compile(
    r"\p{Han}{2,12}(?:新区|开发区|高新区|经开区|示范区|度假区|商务区|科技城|科学城|知识城|生态城|兵团)"
)


@lru_cache(maxsize=_NAMES_KEPT)
def place_end(text: str) -> int:
    """Where a place's own name at the start of a name ends: 罗湖区|财政局, 浙江省杭州市|政府;
    0 for none."""
    if end := _past_places(text, 0):
        return end
    area = AREA_NAME.match(text)
    return area.end() if area and is_department(text[area.end() :]) else 0


def _past_places(text: str, at: int) -> int:
    """Where the places that stand one behind another at a place end; the place itself for none."""
    while end := _longest(places()[0], text, at):
        at = end
    return at


def has_place(text: str) -> bool:
    """Whether a name starts with a place, also with its short name: 安徽银保监局."""
    if place_end(text):
        return True
    return not is_department(text) and any(text[:n] in places()[1] for n in range(2, 8))


_KIND = regex.compile(
    r"(?:各|各类|所有|有关|相关|任何)?(?:公办|民办|公立|私立|部属|省属|市属|区属|县属)"
)


def kind_end(text: str) -> int:
    """Where the kind of institution at the start of a name ends: 公办|学校; 0 for none."""
    found = _KIND.match(text)
    return found.end() if found else 0


# --- names that stand by themselves -------------------------------------------------------------

_VERB = regex.compile(
    r"应当|应(?![急用届城县])|要(?!素)|将(?!乐)|把|被|让|使(?!用)|必须|需要|可以|没有|是否|对照|按照|按(?!摩)|根据|通过|"
    r"开展|加强|强化|健全|完善|做好|抓好|确保|落实(?!部门|单位)|完成|加快|推动|(?<!自)由|以及|为(?!民)|不得|报送|[年月日](?:底|前)|"
    r"\d(?:年|月|日|个|%|万|亿)|[。!?“”《》:=]|的是|责任$|向(?!阳)|或者?其|^其(?![他它])|^[两每]个|^该"
)
_QUOTED_WORD = regex.compile(r"(?<=^\p{Han}{1,6})“[^“”]{1,8}”(?=\p{Han}{2})")
"""A word in quotes inside a name: 市“两新”组织党工委."""
_GENERIC = regex.compile(
    r"^各|^有关|^相关|^其[他它]|^省(?:辖|直管)[市县]|^所有|^上述|^全体|^涉农|^沿[江海湖河线边]|^全[省市县区州]|^(?:省|市|州|盟|县|区|旗)[直属级]|两级|三级|"
    r"有关|相关|执法(?:部门|机关|单位|机构)|行业主管|成员单位|责任单位|^地方|^基层(?!司)|所在|^设在|的|^高校|高等|^(?:国有|民营|中央)?企业|"
    r"^(?:县区|区县|市县|市州|县市区|乡镇|镇街|街镇|[市县区]\()|各(?!族)"
)
_DESCRIBED = regex.compile(
    r"(?:负有|负责|承担|实行|实施|涉及|具有|设在|行使|依法)[^,。;:]{2,30}的(?:\p{Han}{0,6})"
    r"(?:部门|机关|单位|机构|组织|司法所|处室|科室)"
    r"|(?:开展|实施|使用|涉及|承担|有)[^,。;:、]{2,16}(?:的(?:处室|科室)|(?:相关|有关)(?:单位|部门|处室|科室))"
)
_GROUP = regex.compile(
    r"(?:[省市县区州]|国务院|中央|全[国省市])(?!.{0,20}(?:成立|牵头|负责|[由要应将]))[\p{Han}“”、]{2,36}?"
    r"(?:(?:领导|协调|推进|指导|执行|实施|专项|工作)小组|联席会议|工作专班)(?:办公室|(?:各)?成员单位)?"
)
"""A group of several organs, named by what it is for: 市推进“放管服”改革协调小组办公室."""
_ALONE = regex.compile(
    r"各?(?:乡镇|街道|镇街|乡镇街道|镇街道)|各?(?:行政)?(?:村|社区|村社区|村、社区)“?两委”?(?:班子)?|各网格|各地|各级|[流迁转][入出]地|(?:省市|市县|县乡|省市县|市县乡)[两三]级"
)
_BARE_CLASS = regex.compile(
    r"(?:多|\d+|[一二三四五六七八九十两]+)?个?(?:部门|单位|机关|机构|人员|组织|企业|处室|科室|部门和企业|单位和企业|部门单位|部门和单位|单位和部门|级|方面)(?:\((?:单位|部门|机构)\))?"
)


def is_bare_class(text: str) -> bool:
    """Whether the text is 部门, 单位 or the like alone, which names nobody."""
    return _BARE_CLASS.fullmatch(text) is not None


@lru_cache(maxsize=_NAMES_KEPT)
def is_generic(text: str) -> bool:
    """Whether the name stands for a class of units: 各县区人民政府, 市级行政执法部门."""
    if _GENERIC.search(text):
        return True
    head = head_of(bare(text))
    return head is not None and head.kind == "class" and level_of(text) is None


@lru_cache(maxsize=_NAMES_KEPT)
def is_unit(text: str) -> bool:
    """Whether the text can be the name of a unit: it ends as one and says nothing of acting."""
    name = bare(text)
    if not 2 <= len(name) <= MAX_LENGTH or is_bare_class(name):
        return False
    if is_department(name) or known_end(name, 0) == len(name):
        return True
    if _ALONE.fullmatch(name) or _DESCRIBED.fullmatch(name) or _GROUP.fullmatch(name):
        return True
    plain = _QUOTED_WORD.sub("", name)
    if _VERB.search(plain) and _VERB.search(plain[place_end(plain) :]):
        return False
    head = head_of(name)
    if head is None:
        return False
    if head.kind == "place":
        return len(name) > len(head.text) and len(name) <= 12 and level_of(name[:1]) is None
    return len(name) > len(head.text) or len(name) > 2 or head.kind in ("school", "company")
