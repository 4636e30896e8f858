"""Numbers as official papers print them: 1,234 · 三十 · 一百零五 · 二〇二五 · 1.5万 · 半 · 两.

Everything works on folded text (`extract.lens.fold`: half-width digits, ○ as 〇). Percent signs,
multiples and units are left to those who read quantities.
"""

from __future__ import annotations

from extract import lazy as regex

_DIGIT = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "俩": 2,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

_D = "[〇零一二两俩三四五六七八九壹贰叁肆伍陆柒捌玖]"
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""A number in Arabic figures, thousands commas and a decimal point allowed."""

HAN = rf"(?:{_D}|[十拾百佰千仟万亿廿卅])++(?:点{_D}++)?+"
"""A run of Chinese numerals, possibly with a decimal part (一点五)."""

NUMBER = rf"(?:{ARABIC}[十百千]?[万亿]*+|{HAN}|半)"
"""One number in folded text; what it matches `parse_number` reads, or refuses with None."""

_ARABIC = regex.compile(rf"({ARABIC})([十百千万亿]*)")
_POSITIONAL = regex.compile(rf"{_D}{{2,}}")
_HAN = regex.compile(rf"({_D}|[十拾百佰千仟万亿兆廿卅])+")


def parse_number(text: str) -> float | None:
    """The value of a number in folded text; None for what is no number (万一万, 三二十, abc)."""
    if text == "半":
        return 0.5
    if text.isdecimal():  # as most are
        return float(text)
    if match := _ARABIC.fullmatch(text):
        return _scaled(float(match[1].replace(",", "")), match[2])
    whole, point, decimals = text.partition("点")
    if point:
        base = _han(whole)
        places = "".join(str(_DIGIT.get(char, "")) for char in decimals)
        if base is None or not places or len(places) != len(decimals):
            return None
        return base + float("0." + places)
    value = _han(text)
    return None if value is None else float(value)


def _scaled(value: float, units: str) -> float | None:
    """A figure with magnitude words behind it: 1.5 and 万, 3 and 千万, 2 and 万亿."""
    for char in units:
        value *= _SMALL.get(char) or _LARGE[char]
    return round(value, 6)


def _han(text: str) -> int | None:
    """Chinese numerals, positional (二〇二五) or with magnitudes (三千五, 十万, 百)."""
    if not _HAN.fullmatch(text):
        return None
    if _POSITIONAL.fullmatch(text):
        return int("".join(str(_DIGIT[char]) for char in text))
    for char in "兆亿万":
        head, found, tail = text.rpartition(char)
        if found:
            return _joined(head, tail, _LARGE[char])
    return _section(text)


def _joined(head: str, tail: str, unit: int) -> int | None:
    """Head times unit plus tail; a tail of one bare digit counts the next place (一万二: 12000)."""
    high = _han(head) if head else 1
    if high is None:
        return None
    if not tail:
        return high * unit
    low = unit // 10 * _DIGIT[tail] if tail in _DIGIT else _han(tail)
    if low is None or low >= unit or high >= 10**6:
        return None
    return high * unit + low


def _section(text: str) -> int | None:
    """A number below ten thousand: 一百零五, 二十四, 十, 百, 三百五."""
    total, digit, last = 0, None, 10**4
    for place, char in enumerate(text):
        if char in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[char]
            continue
        unit = _SMALL[char]
        if unit >= last or (char in "廿卅" and (place or digit is not None)):
            return None
        total += unit if char in "廿卅" else (1 if digit is None else digit or 1) * unit
        last, digit = 10 if char in "廿卅" else unit, None
    if digit and last in (100, 1000) and text[-2] not in "零〇":
        return total + digit * last // 10
    return total + (digit or 0)
