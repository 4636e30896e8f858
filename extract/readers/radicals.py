"""Radical signs that PDF fonts give in place of the characters they look like: ⼈ for 人.

The Kangxi block is mapped as Unicode decomposes it, but to the simplified form where the sign is
drawn so; of the supplement block only signs that look like a whole character are mapped.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺁厂", "⺌小", "⺍小", "⺕彐", "⺘手", "⺝月", "⺟母", "⺠民", "⺡水", "⺣火", "⺬示",
    "⺮竹", "⺼肉", "⻁虎", "⻄西", "⻅见", "⻆角", "⻉贝", "⻋车", "⻌辶", "⻑长", "⻓长",
    "⻔门", "⻖阝", "⻘青", "⻙韦", "⻚页", "⻛风", "⻜飞", "⻝食", "⻢马", "⻣骨", "⻤鬼",
    "⻥鱼", "⻦鸟", "⻧卤", "⻨麦", "⻩黄", "⻪黾", "⻬齐", "⻮齿", "⻰龙", "⻳龟", "⼾户",
    "⿄黑",
)  # fmt: skip

RADICALS = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **{ord(pair[0]): pair[1] for pair in _SUPPLEMENT},
}
"""For `str.translate`: one character for one."""
