"""Places and levels that act as units: 各县区, 沿海、沿江城市, 国家和省级层面, 玄武区、秦淮区等区.

Source: contract, responsibilities 7 and 9.
"""

from __future__ import annotations

from extract import lazy as regex
from extract.lens import View
from extract.rules.units.unit_words import head_of
from extract.rules.units.units import UnitMention

_WITH_MEANS = r"(?:有|具备|符合)\p{Han}{0,6}条件的"
_EACH_PLACE = regex.compile(
    r"各\p{Han}{0,6}(?:[市县州盟旗镇乡]|(?<![专景辖片校小街山库牧灾郊厂矿])区)"
    rf"|{_WITH_MEANS}(?:城市|地区|地方|[市县区镇村]|乡镇)+"
)
_CITY = (
    r"(?:省会|超大|特大|大中|中等|大|沿海|沿江|沿边|临江|临近江河|内陆|中心|副省级|资源型|重点|其他|全[省市国]|\p{Han}{2,5}地区)"
    r"(?:城市)?"
)
_CITIES = regex.compile(
    rf"(?P<of>{_WITH_MEANS})?(?P<kind>{_CITY})(?:[、和](?P<kind>{_CITY}))*(?<=城市)"
)
_LAYER = r"(?:国家|中央|地方|省|市|州|县|区|县区|区县|市县|乡镇|镇街|镇|村|社区|基层)"
_LAYERS = regex.compile(rf"(?:(?P<layer>{_LAYER})级?(?:[、和与及]|以及)?)+(?<=[\p{{Han}}])层面")
_LEVEL = r"(?:乡镇|街道|[省市州盟县区旗乡镇村])(?:\([^()]*\))?"
LEVEL_ALONE = regex.compile(_LEVEL)
_LEVEL_RUN = regex.compile(rf"(?:(?P<level>{_LEVEL})、)+(?P<level>{_LEVEL})")
_GRADE = r"(?:[省市州盟县区旗乡镇村]级|(?:乡镇|乡|镇)\(街道\)|县\((?:市、区|市|区)\)|县乡)"
_GRADES = regex.compile(rf"(?P<grade>{_GRADE})(?:[、和](?P<grade>{_GRADE}))*")
EVERY_PLACE = regex.compile(
    r"每个(?:设|\p{Han}{0,4}?)(?:(?<![社小园校])区|[市县州旗镇乡]|街道|镇街)(?:\([^()]*\))?"
)
AREAS = regex.compile(
    r"(?:(?P<area>\p{Han}{1,8}(?:[区县市旗州]|园|新城))、)+(?P<area>\p{Han}{1,8}(?:[区县市旗州]|园|新城))"
    r"等(?:[区县市旗]|板块|县区|区县|市县|县市|园区)"
)
"""玄武区、秦淮区等区: places listed by name, who act as their governments do."""
TOWN = regex.compile(
    r"(?:中心|主|老|新)城区|(?:经济|高新|技术|产业){0,4}开发区|高新区|经开区|示范区|新区"
)
WIDENED = regex.compile(
    r"(?:各|辖区内?|本辖区内?)?(?:乡镇|镇|乡|街道|村|社区)\((?:街道|办事处|社区|居|镇|乡|场|、)+\)"
    r"|各师\(市\)"
)
_BY_ITSELF = regex.compile(r"新疆生产建设兵团|兵团|地方|各(?:有关|相关)?方面")
_PLACES_WITH_MEANS = regex.compile(
    rf"(?P<of>{_WITH_MEANS})(?P<kind>\p{{Han}}{{2,6}}?)(?:[、和及](?P<kind>\p{{Han}}{{2,6}}?))+"
)
_CENTRE_AND_PLACES = regex.compile(r"(?P<side>中央|地方)[、和与](?P<side>中央|地方)")
_PURSE = regex.compile(
    r"(?:地方)?各级财政|(?:[省市县区镇乡、]|\([^()]{1,6}\)){2,9}[两三]级财政"
    r"|(?:中央|地方|同级|本级|上级|属地|[省市县区镇乡]级?)(?:\([^()]{1,4}\)级?)?财政"
)
_PLACES_OF_LEVEL = regex.compile(
    r"(?:各|相关|有关)?(?:省\((?:自治)?区、(?:直辖)?市\)|市\([地州盟、]+\)|县\([市区旗、]+\))"
)
LEVELS_BESIDE = regex.compile("市县|区县|县区|市州|市县区|镇街")
"""The places of a paper's own levels, told to act: 由省(区、市)统筹, 市县每年开展…."""
_WHOLE = regex.compile(
    "|".join(
        f"(?:{whole.pattern})"
        for whole in (
            TOWN,
            _EACH_PLACE,
            EVERY_PLACE,
            WIDENED,
            _BY_ITSELF,
            _PURSE,
            LEVELS_BESIDE,
            _PLACES_OF_LEVEL,
        )
    )
)
"""Names that are taken as they stand."""


def names_places(text: str, told: bool) -> bool:
    """Whether the words are names of places or levels and nothing else, whatever they begin with;
    `told`: a modal follows."""
    if _EACH_PLACE.fullmatch(text) or EVERY_PLACE.fullmatch(text) or WIDENED.fullmatch(text):
        return True
    if _CITIES.fullmatch(text) or _LAYERS.fullmatch(text) or _PLACES_WITH_MEANS.fullmatch(text):
        return True
    return told and (AREAS.fullmatch(text) or names_levels(text)) is not None


def names_levels(text: str) -> regex.Match[str] | None:
    """Levels of government by themselves: 省、市, 县级."""
    return _GRADES.fullmatch(text) or _LEVEL_RUN.fullmatch(text)


_OTHER_LEVEL = regex.compile(
    rf"(?:^|[,:])(?P<grade>{_GRADE})(?!以上|[、和及的财]|\p{{Han}}{{0,6}}部门)"
)
_SENTENCE_SIGNS = "。;\n"
_MONEY = regex.compile("[^,。;]{0,24}(?:给予|补[助贴]|奖[励补]|配套|财政|资金|标准)")


def only_pays(text: str, start: int, stop: int) -> bool:
    """Whether a level is only told of as who pays: 省级分别给予一次性奖补50万元."""
    level = _GRADES.fullmatch(text, start, stop)
    return level is not None and _MONEY.match(text, stop) is not None


def each_has_its_part(text: str, start: int, stop: int) -> bool:
    """Whether a level that no modal tells stands beside others, each with its work: 市级举办培训,
    县级抓好落实. One alone is more often who pays, or what something is called after."""
    if _GRADES.fullmatch(text, start, stop) is None:
        return False
    begin = max(text.rfind(sign, 0, start) for sign in _SENTENCE_SIGNS) + 1
    ends = [at for sign in _SENTENCE_SIGNS if (at := text.find(sign, stop)) >= 0]
    said = text[begin : min(ends, default=len(text))]
    return len({found["grade"] for found in _OTHER_LEVEL.finditer(said)}) > 1


def read_places(view: View, i: int, j: int, told: bool) -> list[UnitMention]:
    """The places or levels of view.text[i:j] where it names nothing else, else none."""
    text = view.text[i:j]
    if _WHOLE.fullmatch(text):
        return [whole_name(view, i, j)]
    if cities := _CITIES.fullmatch(text):
        return _cities(view, i, cities)
    if layers := _LAYERS.fullmatch(text):
        return _layers(view, i, layers)
    if with_means := _PLACES_WITH_MEANS.fullmatch(text):
        return _with_means(view, i, with_means)
    spans = _spans(text, told)
    return [whole_name(view, i + a, i + b) for a, b in spans]


def _spans(text: str, told: bool) -> list[tuple[int, int]]:
    """The members of a list that stand for themselves."""
    if sides := _CENTRE_AND_PLACES.fullmatch(text):
        return sides.spans("side")
    if told and (grades := _GRADES.fullmatch(text)):
        return grades.spans("grade")
    if told and (run := _LEVEL_RUN.fullmatch(text)):
        return run.spans("level")
    if told and (areas := AREAS.fullmatch(text)):
        return areas.spans("area")
    return []


def _cities(view: View, i: int, found: regex.Match[str]) -> list[UnitMention]:
    """有条件的特大城市、大城市 and 沿海、沿江城市: each kind with what the others say for it."""
    mentions = []
    for a, b in found.spans("kind"):
        kind = found.string[a:b].removesuffix("城市")
        start, end = view.span(i + a, i + b)
        mentions.append(UnitMention((found["of"] or "") + kind + "城市", start, end, generic=True))
    return mentions


def _with_means(view: View, i: int, found: regex.Match[str]) -> list[UnitMention]:
    """有条件的地方和学校: each class with what is said of all; none where one is no class."""
    if any(head_of(kind) is None for kind in found.captures("kind")):
        return []
    spans = [view.span(i + a, i + b) for a, b in found.spans("kind")]
    return [
        UnitMention(found["of"] + kind, *span, generic=True)
        for kind, span in zip(found.captures("kind"), spans, strict=True)
    ]


def _layers(view: View, i: int, found: regex.Match[str]) -> list[UnitMention]:
    """国家和省级层面: each level with what the others say for it."""
    mentions = []
    for a, b in found.spans("layer"):
        grade = "级" if found.string[b : b + 1] == "级" else ""
        start, end = view.span(i + a, i + b)
        name = found.string[a:b] + grade + "层面"
        mentions.append(UnitMention(name, start, end, generic=True))
    return mentions


def whole_name(view: View, i: int, j: int) -> UnitMention:
    """A name that is taken as it stands, as a class of units."""
    start, end = view.span(i, j)
    return UnitMention("".join(view.quote(i, j).split()), start, end, generic=True)
