"""The furniture of web pages: lines that are no part of any paper, wherever it was published."""

from __future__ import annotations

import regex

from extract.readers.fields import squeeze
from extract.readers.html_tree import Element

_BUTTONS = """
打印 打印本页 打印页面 打印此页 打印文章 打印本文 打印预览 关闭 关闭窗口 关闭本页 关闭页面 关闭此窗口 关闭此页 关闭本窗口
我要打印 我要纠错 纠错 内容纠错 我要收藏 收藏 收藏此文 收藏本页 加入收藏 设为首页 复制网址 复制链接 E-mail推荐 推荐 字体 字号 字体大小
浏览字号 文字大小 大 中 小 大号 中号 小号 特大 超大 默认 恢复 缩小 放大 正常 分享 分享到 分享至 分享文章到 转发 微信 微博 新浪微博 腾讯微博 QQ空间
人人网 取消 保存 下载 下载文字版 下载图片版 下载文字 下载pdf 文字版 图片版 全文下载 全文 返回 返回顶部 回到顶部 返回首页
返回列表 返回上一页 返回上级 返回目录 返回政策原文列表 返回政策列表 上一篇 下一篇 上一条 下一条 上一页 下一页 首页 末页 尾页 政策原文
政策解读 文件原文 视力保护色 听全文 语音播报 朗读 朗读全文 无障碍 无障碍浏览 无障碍阅读 长者模式 长者版 简体 繁体 繁體 手机版 手机阅读
扫一扫在手机打开当前页 扫一扫 扫描二维码 用手机浏览 二维码 点击收藏 点赞 评论 举报 搜索 查看更多 更多 没有了 没有 无 暂无 展开 全文结束
收起 目录 导出 发布 信息来源 来源 发布时间 您好 登录 注册 退出 X × 阅读 次 分 附件下载 相关附件 相关解读 相关文件 相关政策
""".split()
_STARTS = """
来源： 来源于： 信息来源： 文章来源： 稿件来源： 发布时间： 发布日期： 发表时间： 更新时间： 浏览次数 浏览量 点击数 点击率 点击量 阅读次数 阅读量
访问次数 访问量 作者： 编辑： 责任编辑 信息录入 当前位置 您现在的位置 您当前的位置 您当前位置 您的位置 你的位置 现在位置 所在位置 首页> 上一篇： 下一篇：
上一条： 下一条： 上一篇: 扫一扫 扫描 版权所有 版权保护 Copyright ©  ICP备 网站标识码 网站地图 主办单位： 主办： 承办： 技术支持 建议使用 建议您使用 浏览本站
分享到 【字体 【字号 【打印 【大 相关链接 相关新闻 相关稿件 相关文章 相关阅读 延伸阅读 中央政府门户网站 视力保护 浏览字号 您是第 本页访问 文章点击
""".split()
_HEADS = """
相关链接 相关新闻 相关稿件 相关文章 相关阅读 相关信息 相关报道 相关政策 相关解读 相关文件 相关文档 延伸阅读 政策解读 推荐阅读
热点新闻 最新文章 热门文章 猜你喜欢 网友评论 上一篇 下一篇 上一条 下一条 图解 图片解读 文字解读 解读 扫一扫在手机打开当前页
""".split()
_EDGES = "【】[]［］（）()〔〕<>＜＞《》«»←→↑↓▲▼|｜丨·•・/\\-－—_:：,，.。、;；+*＋&…!！?？\u3000"
_WORDS = "|".join(
    regex.escape(word.lower()) for word in sorted(set(_BUTTONS), key=lambda w: (-len(w), w))
)
_ONLY_BUTTONS = regex.compile(rf"(?:(?:{_WORDS})|[{regex.escape(_EDGES)}\d])++")
_START = regex.compile(
    "|".join(regex.escape(word) for word in sorted(set(_STARTS), key=lambda w: (-len(w), w)))
)
_ANYWHERE = regex.compile(
    r"ICP备|公网安备|版权所有|网站标识码|Copyright|All\s?Rights\s?Reserved|浏览次数|点击数[:：]|阅读次数"
    r"|内容纠错|字体[:：]?\s*[\[【(（]?\s*大|【打印】|扫一扫在手机|当前位置[:：]|&gt;&gt;|访问量[:：]",
    regex.IGNORECASE,
)
_HEAD = regex.compile(rf"[【\[]?(?:{'|'.join(_HEADS)})[】\]]?[:：]?(?:无|没有了?|暂无)?")
_CRUMBS = regex.compile(r"(?:[^>＞»。；]{1,24}(?:>|＞|»|>>|&gt;)\s*){2,}[^>＞»。；]{0,40}")
_STAMP = regex.compile(
    r"(?:时间|日期)?[:：]?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]?\d{1,2}[:：时]\d\d(?:[:：分]\d\d)?分?秒?"
)
_BAR = regex.compile(r"(?:[^|｜。，；]{1,12}[|｜]){2,}[^|｜。，；]{0,12}")
_ISO_DATE = regex.compile(r"(?:(?:时间|日期)[:：])?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
_PAGE_MARK = regex.compile(r"[-—－–―]+\s*\d{1,4}\s*[-—－–―]+|第\d{1,4}页(?:[，,/]?共\d{1,4}页)?")
_ZONES = regex.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|foot|footer|footers|crumb|crumbs|breadcrumb|share|sharebox|sidebar|side"
    r"|copyright|toolbar|search|login|qrcode|ewm|relation|related|recommend|pager|pagination|topbar|toptool"
    r"|banner|quickbar|backtop|hotnews|comment|comments|links|friendlink|tags?|mainnav)(?:$|[-_\s\d])",
    regex.IGNORECASE,
)
_ZONE_TAGS = frozenset(("nav", "footer", "aside"))


def is_furniture(text: str) -> bool:
    """Whether a line near the head or the foot of a page is the page's and not the paper's."""
    close = squeeze(text)
    if len(close) > 160:
        return False
    if not close or _ONLY_BUTTONS.fullmatch(close.lower()) or _PAGE_MARK.fullmatch(close):
        return True
    if len(close) <= 120 and (_START.match(close) or _ANYWHERE.search(text)):
        return not close.endswith("。") or "版权" in close
    return bool(
        _CRUMBS.fullmatch(text.strip())
        or _BAR.fullmatch(close)
        or _STAMP.match(close)
        or _ISO_DATE.fullmatch(close)
    )


def is_list_head(text: str) -> bool:
    """Whether the line opens a list of other pages: 相关链接, 上一篇：…"""
    close = squeeze(text)
    found = _HEAD.match(close)
    return found is not None and (found.end() == len(close) or close[found.end() - 1] in ":：")


def is_zone(element: Element) -> bool:
    """Whether an element is a page's navigation, footer, search or share bar, or their kin."""
    if element.tag in _ZONE_TAGS:
        return True
    if element.tag in ("html", "body"):
        return False
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return marks != " " and _ZONES.search(marks) is not None
