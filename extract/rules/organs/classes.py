"""Whether a unit's words name a class of organs (collective), persons (other), or one organ."""

from __future__ import annotations

from extract import lazy as regex
from extract.lexicon import alternation, terms
from extract.rules.organs.departments import is_function

_OF_CITY = "场(?!所)|监局|监管局|容|政(?:管理|公用|园林|设施|工程|局|和园|市)|民(?:之家|服务|中心)"
"""What a department's name goes on with behind 市: 县市场监管局 is one of a county."""
_SCOPE = r"(?:省|自治区|自治州|市|州|盟|地|县|区|旗|乡|镇|街道|办事处|村|开发区|功能区|园区)"
SCOPES = regex.compile(
    rf"{_SCOPE}(?:[、和与及或]{_SCOPE})+|"
    rf"省(?:市(?=县|区|两|各|有|相)|直(?=市|县))|市县|市区(?!域|划)|[县州盟]市(?!{_OF_CITY})|县区(?!域|划)|区县(?!域)|市州|州县|旗县|市旗|"
    r"镇街|街镇|乡镇|地市"
)
"""Two scopes or more side by side: 市县, 县区, 县、区; in brackets it is 县(市、区)."""
SCOPE_BRACKET = regex.compile(rf"\((?:[、和与及,]?{_SCOPE})+\)")
"""A bracket that only widens the scope: 县(市、区), 乡镇(街道)."""

_START = regex.compile(
    r"(?:各|每|有关|相关|其他|其它|其余|所有|全体|全部|全[省市县区州盟旗]各|省(?:辖|直管)[市县]|上级|下级|同级|平级|本级|本[部单机地系]|"
    r"涉农|沿[江海湖河线边](?=[县市区乡镇街村地])|所在|属地|当地|地方(?!金融|税务|志|海事|铁路)|上述|以上|两级|三级|部分|试点|承办|牵头|实施|责任|成员|参与|参加|申报|涉及|"
    r"设在|设有|设区|辖区|户籍|居住地|入户地|医联体|医共体|承担|实行|县级以上|负责|主管|监管|行业|职能|归口|配合|协办|基层|用人|招生(?!办|考试|委))"
)
_INSIDE = regex.compile(
    r"的(?:城市|地区|地方|市县|县市|区县|乡镇|高校|学校)$|(?:特?大|中等?|小|沿海|沿江|江河|中心|地区|全[省市国])城市$|^(?:城市|统筹地区)人民政府$|"
    r"各(?!族)|有关|相关|[省市县区州乡镇村]级(?!机关(?:事务|工委|党工委|工作委))|两级|三级|级(?:及)?以上|所有|"
    r"[省市县区州部](?:管|属)(?:国有|公办|民办)?(?:企|高|医|院|学|开|公|单|事|功|部|金|科|新|园|媒)|"
    r"[省市县区州盟旗]直(?:属)?(?:有关|相关|部门|单位|园区|开发区|功能区|学校|医院|企业|机关(?!工|党工|事务)|执法|行政执法|各)|"
    r"村\(居\)|组成部门|成员单位|责任单位|牵头单位|所在(?:地|区|县|市)|承担(?:(?!承担)\p{Han})+职责的|试点(?:城市|地区|单位|县|市)"
)
_HEAD = regex.compile(r"(?:部门|机关|单位|机构|政府|组织|团体|地区|主体|平台|力量|运营商)$")
_GENERIC = regex.compile(r"(?P<stem>.+?)(?:行政)?(?:主管|管理|监管|监督管理)?(?:部门|机关)$")
_KIND = (
    r"(?:公办|民办|公立|私立|民营|普通|重点|应用型|本科|寄宿制|特殊教育|义务教育(?:阶段)?|[部省市区县]属|全[省市县区](?:所有)?|城区|农村|"
    r"乡镇|社区|综合性?|专科|专业|初级|高级|完全|职业|技工|传统|中心|招生|录取|接收|生源|毕业|就读|定点|任何|非)"
)
_WHOLE = regex.compile(
    rf"(?:[区县市省旗州乡镇村]{{0,2}}|{_KIND}+){alternation(terms('name_heads', kind='class'))}"
    r"(?:\(\p{Han}+\))?|\p{Latin}+社区"
    rf"|(?:[乡镇村]{{0,2}}|{_KIND}+){alternation(terms('name_heads', kind='one'))}"
)
_OTHER = regex.compile(alternation(terms("name_heads", kind="person")) + "$")


def generic_stem(folded: str) -> str | None:
    """What a 部门 or 机关 is of, where a department is called by that: 司法 of 司法行政部门."""
    found = _GENERIC.fullmatch(folded)
    if not found:
        return None
    for stem in (folded[: -len("部门")], found["stem"]):
        if is_function(stem):
            return stem
    return None


def is_class(folded: str) -> bool:
    """Whether the words name a class whatever the paper: 各级行政执法部门, 县(区)司法局."""
    if _START.match(folded) or _INSIDE.search(folded) or _WHOLE.fullmatch(folded):
        return True
    if folded in ("政府", "人民政府"):
        return True
    return bool(SCOPES.match(folded) and not folded.startswith("区域")) or bool(
        SCOPE_BRACKET.search(folded)
    )


def is_class_head(folded: str) -> bool:
    """Whether the last word is one of a class: 部门, 机关, 单位, 政府."""
    return bool(_HEAD.search(folded))


def is_other(folded: str) -> bool:
    """Whether the words name persons or firms at large and no unit."""
    return bool(_OTHER.search(folded))
