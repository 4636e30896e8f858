"""Whether a text directs somebody to do something, or says only when a paper takes effect."""

from __future__ import annotations

from itertools import pairwise

from extract import lazy as regex
from extract.lens import View
from extract.lexicon import alternation, terms
from extract.rules.rule import rule

_VERBS = alternation(terms("action_verbs"))

_ADVERBS = (
    "(?:切实|进一步|积极|着力|大力|全面|持续|深入|加快|稳步|逐步|不断|及时|依法|认真|充分|严格|统筹|有序|继续|努力|重点|"
    "突出|扎实|鼓励|支持|引导|妥善|率先|定期|每年|统一|优先|免费|联合|共同)*"
)
_PHRASE = r"(?:(?:为|对|向|面向|在|依托|通过|围绕|以|将|把|利用|结合|根据|按照)[^。;:]{1,60}?)?"

_DIRECTS = rule(
    "directs",
    rf"(?:^|[。;:,、\n”)])(?:[\p{{Han}}、]{{0,14}}?(?:要|应当|应|须|必须|将|可|负责|予以|给予))?"
    rf"{_ADVERBS}{_VERBS}|(?:^|[。;\n]){_PHRASE}{_ADVERBS}{_VERBS}(?!的)|严禁|不得|禁止|必须|应当|"
    r"(?:^|[。;,、\n])由[^。;,\n]{2,60}?(?:组织|牵头|负责|承担|制定|实施|统筹|会同)|"
    r"对[^。;,]{2,30}进行\p{Han}{2}|"
    rf"\d[年月日][底末]?前{_ADVERBS}{_VERBS}(?![^。;,\n]{{0,24}}的)",
    source="contract, tasks 1",
    examples=(
        "⟦加强⟧队伍建设",
        "各级机关于⟦9月底前完成⟧清理工作",
        "到2025年⟦，建成⟧平台",
        "各县区⟦不得⟧新建",
        "工作⟦。积极推动⟧改革",
        "资格认定⟦。由区科技局会同⟧社区组织开展认定",
        "⟦为企业提供⟧合规监测服务，筑牢屏障",
        "市中招办⟦对上述工作进行抽查⟧",
    ),
    counter=(
        "具有本市户籍的适龄儿童",
        "2023年人口为30万人",
        "本措施所称企业是指公司",
        "在本区注册登记的企业",
        "于2019年12月底前完成登记的企业",
    ),
)

_ORDERS = rule(
    "orders",
    r"[^。;]{2,40}(?:实行|执行|按照?|由|凭|须|要|应|可|不再|继续|统一|一律|安排|办理|参加|招收|登记|报名|派定|确定|划分|"
    r"提交|审核|公布|公示|受理|接受|发放|举行|报送|纳入|给予|享受|负责|组织开展|组织实施"
    r"|(?:分别|一次性|再|另|最高)(?:奖励|补助|补贴|资助))[^。;]{2,200}[。;]",
    source="contract, tasks 1",
    examples=(
        "⟦民办学校实行免试入学。⟧",
        "⟦新生家长凭户口簿到校登记。⟧其他人",
        "⟦市科技局每年组织开展社区认定工作。⟧",
        "⟦新注册的企业,出口额达300万美元、500万美元以上,分别奖励3万元、5万元。⟧",
    ),
    counter=("本市户籍的学籍材料", "身份证、户口簿原件"),
)

_LISTED = "(?:条件|行为|材料|情形|情况|证件|证明|对象|人员|资料|手续|要件|之一)"
_LIST = rule(
    "list of conditions",
    rf"(?:下列|以下|下面|如下|[一二三四五六七八九十\d]{{1,6}}[种类项个])\p{{Han}}{{0,4}}{_LISTED}[^。;:]{{0,200}}:(?:\([^()]*\))?$|"
    rf"(?:符合|具备|满足|提供|提交)(?:下列|以下|如下){_LISTED}。$|"
    rf"{_LISTED}(?:的|者|之一|如下|为|有|包括|是|,?[^,。;:]{{0,12}}(?:申请|报名|入学|申报|照顾)){{0,4}}:(?:\([^()]*\))?$|"
    r"(?:条件|情形|对象|手续|要件|之一)(?:的|者|如下){0,4}$|"
    rf"(?:^|[^\p{{Han}}]|申[请报]|报[名送]|提[交供]|所需|证明|入学|[相有]关|办理|备案|认定|评审|书面|审核|需)的?(?:材料|资料)(?:的|者|如下){{0,4}}$",
    source="contract, tasks 1: such items direct nobody",
    examples=(
        "招生中，⟦以下行为属违规行为：⟧",
        "符合⟦下列条件之一的：⟧",
        "居住满一年。需提交⟦以下材料：⟧",
        "（一）支持⟦对象⟧",
        "（二）⟦申报材料⟧",
        "研发机构一般应⟦符合以下条件。⟧",
    ),
    counter=(
        "加强材料审核。",
        "为企业创造以下条件。",
        "重点做好以下工作：",
        "结合实际情况，重点做好以下工作：",
        "针对上述两类服务对象，构建四大核心区的服务网络：",
        "加强人员培训，落实以下措施：",
        "（二）严格管控外保温材料",
    ),
)

_EFFECT = rule(
    "effect",
    r"自[^。,;]{1,24}起(?:正式)?(?:施行|实施|执行|生效|试行)|有效期(?:延[续长])?(?:至|为|到|[\d一二三四五六七八九十]+年)|"
    r"由[^。,;]{2,40}(?:负责)?解释|解释权|(?:征求|反馈)意见(?:的)?(?:时间|期限|截止)|意见(?:建议)?反馈|反馈(?:截止|时间)|"
    r"公示(?:期|时间)|(?:同时|予以|日起)废止",
    source="contract, tasks 2",
    examples=(
        "本措施⟦自2025年5月31日起实施⟧",
        "⟦有效期至⟧2027年12月31日",
        "本办法⟦由市司法局负责解释⟧",
        "⟦征求意见时间⟧：2026年3月20日至4月19日",
        "原《办法》⟦有效期延续至⟧2027年12月31日",
        "原《办法》⟦同时废止⟧",
    ),
    counter=("废止过时的文件", "自觉遵守规定", "由市司法局组织实施"),
)


_NO_DOUBLE = rule(
    "granted once",
    r"[从就择][高优新][、,]?(?:[从就择][高优新][、,]?)?不(?:重复|叠加)",
    source="contract, tasks 2: an item that only says so directs nobody",
    examples=("同类政策按“⟦从高不重复⟧”原则执行", "按照⟦就高、不重复⟧享受"),
    counter=("不重复建设", "从优秀学员中选拔"),
)


_OF_ITSELF = regex.compile(
    r"(?:施行说明|实施说明|附则)?:?(?:第[一二三四五六七八九十\d]{1,4}条 ?)?"
    r"本(?:措施|意见|方案|办法|政策|通知|细则|规定|计划|行动计划|行动方案|实施方案|指引|清单)"
)
_CLAUSE = regex.compile(r"[。;,\n]")


def says_only_effect(view: View) -> bool:
    """Whether a text says only when the paper takes effect, how long, who explains it and the like.

    Most of its clauses must say so, or it must begin by speaking of the paper itself (本措施…): an
    item that directs something else is none.
    """
    return _says_only_effect(view.text) and effect_behind(view) is None


def says_granted_once(view: View) -> bool:
    """Whether a text says only which paper's grant is given where several would be."""
    return _NO_DOUBLE.search(view.text) is not None and _is_mostly_effect(view.text)


def _says_only_effect(text: str) -> bool:
    if _EFFECT.search(text) is None:
        return False
    return _is_mostly_effect(text) or _OF_ITSELF.match(text) is not None


def _is_mostly_effect(text: str) -> bool:
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    said = sum(_EFFECT_CLAUSE.search(clause) is not None for clause in clauses)
    return said * 2 >= len(clauses)


def effect_behind(view: View) -> int | None:
    """Where the sentences begin that close a text and say only when the paper takes effect: the
    first speaks of the paper itself (本措施自…起施行). None where the text directs nothing else."""
    ends = [found.end() for found in _SENTENCE_END.finditer(view.text)]
    if _OF_ITSELF.match(view.text):
        return None
    directing = _DIRECTS.search(view.text)
    if directing is None:
        return None
    found = None
    for start, end in reversed([*pairwise(ends)]):
        said = view.text[start:end]
        if not (_says_only_effect(said) or _OVERRIDES.search(said)):
            break
        directs_before = directing.end() <= start
        titled = _TITLE_OF_EFFECT.fullmatch(view.text, 0, start)
        if directs_before and not titled and _OF_ITSELF.match(said):
            found = start
    return found


_TITLE_OF_EFFECT = regex.compile("(?:施行|实施|执行|生效)?(?:说明|时间|日期|期限)?。")
_SENTENCE_END = regex.compile("。")
_OVERRIDES = regex.compile(r"与本\p{Han}{2,6}不一致的?,(?:按照?|以)本")


_EFFECT_CLAUSE = regex.compile(
    "施行|实施|执行|生效|试行|有效期|解释|废止|同类|重叠|重复|从优|就高|从高|不一致|调整|为准|上级|征求意见|反馈|"
    "公示|同时|截止|发布|法律法规|另有规定|牵头组织|相关政策|如遇|期满|国家|预算"
)


def directs(view: View) -> bool:
    """Whether some clause begins with a verb of action, or a sentence says who does what how."""
    return bool(_DIRECTS.search(view.text) or _ORDERS.search(view.text))


_DEFINES = rule(
    "definition",
    r"^[^。;,]{0,24}[。:]?[^。;]{0,30}?(?:所称|是指(?!导|定|挥)|,指(?=[\p{Han}“]{2,})(?!导|定|挥|引|标|南|数|派|明))",
    source="contract, tasks 1: such items direct nobody",
    examples=(
        "⟦服务对象。本措施所称⟧一人公司，采用广义认定",
        "⟦一人公司,指⟧个人在技术的协助下",
        "⟦核心定义:一人公司是指⟧个人",
    ),
    counter=("加强业务培训,指导企业申报", "市司法局是指导单位"),
)


_PURPOSE = rule(
    "purpose",
    r"^(?:[^。;:]{0,20}[。:])?(?:为了?|根据|依据|按照?)[^。;]*制[定订]本\p{Han}{2,8}(?:\([^()]*\))?。"
    r"(?:\s*(?:本\p{Han}{2,8}(?:所称|所指|适用于)|[^。\n]{1,30}是指)[^。]*。)*\s*$",
    source="contract, tasks 1: the article of a paper's purpose directs nobody",
    examples=(
        "⟦为推进依法行政,根据有关法律法规,结合本市实际,制定本办法。⟧",
        "⟦目的依据。为加快人工智能产业发展,特制定本措施(试行)。⟧",
        "⟦为加快新型基础设施建设,制定本政策(简称“十条”)。本政策适用于区内企业。⟧",
    ),
    counter=("为推进依法行政,制定年度计划。", "加强行政执法监督。为此制定本办法。按要求执行。"),
)


def says_purpose(view: View) -> bool:
    """Whether a text says why or on what ground the paper is made, and for whom, and no more."""
    return _PURPOSE.match(view.text) is not None


_TOLD = regex.compile(
    r"(?:部门|单位|机关|机构|政府|学校|[局委办厅])(?:要|应当?|须|必须|负责|会同)(?!求|点|素|用|急|对|届)"
)


def defines(view: View) -> bool:
    """Whether a text begins by saying what a word of the paper means, and tells nobody to act."""
    found = _DEFINES.match(view.text)
    return found is not None and _TOLD.search(view.text, found.end()) is None


_FAULT = regex.compile(
    r"(?:^|[^不])不(?:符合|落实|到位|规范|正常|健全|完善|具备|清晰?|明确|足|力|全|严|及时|能)|未(?:按|落实|设|建|开展|组织|配备|完成|采取|制定|安装|明确|独立|严格|有效|履行|执行)"
    r"|[缺损][失损坏]|破损|故障|瘫痪|脱落|失效|堆放|擅自|违规|超标|乱[拉搭停扔]"
)
_CLAUSE_ENDS = regex.compile(r"[。;\n]")
_ASKED = regex.compile(
    r"[要须]|可(?![燃靠能见])|应当?(?!急)|由(?!于)|安排|负责|一律|严禁|禁止|(?<!情况下)不得|确保|整改|整治|督促|责令|采取|拆除|追究|查处|处理|处罚|取缔"
)


def says_faults(view: View) -> bool:
    """Whether most sentences of a text describe a fault and none says what to do about it: 消防设施
    损坏,日常维护管理不到位."""
    if _ASKED.search(view.text) or _BEGINS.match(view.text):
        return False
    sentences = [said for said in _CLAUSE_ENDS.split(view.text) if said.strip()]
    faults = sum(_FAULT.search(said) is not None for said in sentences)
    return faults * 2 > len(sentences)


_BEGINS = regex.compile(rf"{_ADVERBS}{_VERBS}")
_ONLY_CONDITIONS = regex.compile(
    r"[^。;]{0,30}(?:符合|具备|满足)(?:下列|以下|如下)(?:\p{Han}{2})?条件(?:的|之一)*[。:]?"
)


def says_conditions(text: str) -> bool:
    """Whether a text only says that conditions follow, and of whom: 研发机构应符合以下条件。"""
    return _ONLY_CONDITIONS.fullmatch(text.strip()) is not None


def says_list(text: str) -> bool:
    """Whether folded words introduce a list of conditions, persons or papers."""
    return _LIST.search(text) is not None
