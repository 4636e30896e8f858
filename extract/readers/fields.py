"""What is printed beside a paper, label by label: 索引号, 发布机构, 成文日期, 文号 and their kin."""

from __future__ import annotations

from collections.abc import Iterable

import regex

_LABELS = """
索引号 信息索引号 索取号 索引码 信息索引 分类 信息分类 内容分类 主题分类 体裁分类 组配分类 服务对象分类 公开类目 主题
所属主题 所属分类 发文机关 发布机构 发布机关 发布单位 发文单位 制发机关 制文机关 制定机关 发文机构 发布部门 颁布单位
公开主体 信息来源 来源 文章来源 稿件来源 信息提供单位 成文日期 成文时间 生成日期 生成时间 发文日期 发文时间 印发日期
发布日期 发布时间 发表时间 公开日期 公开时间 更新时间 更新日期 生效日期 生效时间 实施日期 施行日期 执行日期 颁布日期
失效日期 失效时间 废止日期 废止时间 效力状态 有效性 时效性 文件状态 效力 是否有效 时效 文号 发文字号 发文文号
文件编号 发布文号 规范性文件编号 规范性文件统一编号 统一编号 登记号 统一登记号 文件登记号 公报期号 标题 名称 文件名称
信息名称 主题词 关键词 关键字 热词 公开方式 公开形式 公开范围 公开属性 公开时限 公开责任部门 公开程序 内容概述 内容摘要
摘要 体裁 文种 有效期 备注 浏览次数 浏览量 点击数 点击率 点击量 点击次数 点击 浏览 阅读次数 阅读量 阅读 访问次数 访问量
作者 编辑 责任编辑 审核 视力保护色 字体 字号 字体大小 浏览字号 收录时间 载体类型 记录形式 信息格式 语种 日期 时间
""".split()
_STRONG = frozenset(
    "索引号 信息索引号 索取号 发文机关 发布机构 发布机关 制发机关 成文日期 发文日期 文号 发文字号 发文文号 发文单位 "
    "主题分类 内容分类 主题词 公开方式 公开范围 有效性 统一编号 登记号 体裁分类 组配分类".split()
)
_FURNITURE = frozenset(
    "浏览次数 浏览量 点击数 点击率 点击量 点击次数 点击 浏览 阅读次数 阅读量 阅读 访问次数 访问量 视力保护色 字体 字号 "
    "字体大小 浏览字号 审核 热词".split()
)
_LONG = frozenset("内容概述 内容摘要 摘要 标题 名称 文件名称 信息名称".split())
_SPACE = regex.compile(r"[\s\u200b\ufeff]+")
_GAP = r"\s{0,6}"
_NAMES = "|".join(
    _GAP.join(word) for word in sorted(set(_LABELS), key=lambda word: (-len(word), word))
)
_LABEL = regex.compile(
    rf"(?:(?:^|(?<=[\s>|｜\]】]))({_NAMES}){_GAP}[：:]|【{_GAP}({_NAMES}){_GAP}】[：:]?)"
)
_ALONE = regex.compile(rf"[\[【]?({_NAMES})[\]】]?{_GAP}[：:]?")
_BUTTON = regex.compile(
    r"\s*[\[【(（]?\s*(?:内容纠错|我要纠错|收藏本站|收藏|打印(?:本页)?|关闭(?:窗口)?|分享|字体|字号|大\s中\s小|阅读次数)"
    r".{0,40}$"
)
_MAX_VALUE = 240

Pair = tuple[str, str]


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def pairs_in(fragments: Iterable[str]) -> list[Pair]:
    """Labels and values in pieces of text, in order; what stands before the first label comes
    first, under the label ''."""
    pairs: list[tuple[str, list[str]]] = [("", [])]
    for fragment in fragments:
        alone = _ALONE.fullmatch(fragment.strip())
        if alone:
            pairs.append((squeeze(alone[1]), []))
            continue
        last = 0
        for match in _LABEL.finditer(fragment):
            pairs[-1][1].append(fragment[last : match.start()])
            pairs.append((squeeze(match[1] or match[2]), []))
            last = match.end()
        pairs[-1][1].append(fragment[last:])
    return [(label, _value(values)) for label, values in pairs]


def _value(parts: list[str]) -> str:
    text = " ".join(" ".join(parts).split())
    return _BUTTON.sub("", text).strip(" :：|｜")


def is_block(pairs: list[Pair], size: int) -> bool:
    """Whether pairs with `size` characters in all are a block of fields: two labels or more, short
    values, no sentences."""
    labels = {label for label, _ in pairs[1:]}
    if len(labels) < 2:
        return False
    for label, value in pairs[1:]:
        if label not in _LONG and (len(value) > _MAX_VALUE or "。" in value):
            return False
    return len(labels & _STRONG) >= 2 or size <= 60 * len(pairs[1:])


def is_strong(pairs: list[Pair]) -> bool:
    """Whether the labels are those of a paper's record, not only of a web page's byline."""
    return len({label for label, _ in pairs} & _STRONG) >= 2


def collect(pairs: Iterable[Pair], printed: dict[str, str]) -> None:
    """Add pairs to what is printed; the first value of a label stays."""
    for label, value in pairs:
        if label and value and label not in _FURNITURE:
            printed.setdefault(label, value)
