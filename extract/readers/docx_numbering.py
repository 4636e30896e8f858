"""Automatic numbering of DOCX, rebuilt as Word prints it (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from extract import lazy as regex

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = regex.compile(r"%([1-9])")
_CONTENTS = regex.compile(r"toc \d|toc heading|contents heading", regex.IGNORECASE)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None


class Counters:
    """Where each list stands; lists of one definition count on together."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[int, int]] = {}
        self.used: set[tuple[str, int]] = set()

    def label(
        self, key: str, number: str, at: int, levels: dict[int, Level], starts: dict[int, int]
    ) -> str:
        """Count one paragraph of the list `number` with the definition `key` at a level and return
        what is printed; `starts`: levels that the list starts anew."""
        level = levels.get(at)
        if level is None:
            return ""
        counts = self.counts.setdefault(key, {})
        if at in starts and (number, at) not in self.used:
            counts[at] = starts[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = level.start
        self.used.add((number, at))
        for deeper in [other for other in counts if other > at]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or (restart != 0 and at < restart):
                del counts[deeper]
        return _printed(level, at, levels, counts)


class Numbering:
    """Counts a document's numbered paragraphs in order and says what is printed before each."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.styles = _inherited(_styles(styles))
        self.default_style = _default_style(styles)
        self.contents = _contents_styles(styles)
        self.abstract: dict[str, dict[int, Level]] = {}
        self.nums: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self.counters = Counters()
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Any) -> None:
        linked = {}
        by_style = {}
        for item in numbering.iter(W + "abstractNum"):
            key = item.get(W + "abstractNumId") or ""
            self.abstract[key] = _levels(item)
            link = item.find(W + "numStyleLink")
            if link is not None:
                linked[key] = link.get(W + "val")
            own = item.find(W + "styleLink")
            if own is not None:
                by_style[own.get(W + "val")] = key
        for key, style in linked.items():
            if style in by_style:
                self.abstract[key] = self.abstract[by_style[style]]
        for item in numbering.iter(W + "num"):
            of = item.find(W + "abstractNumId")
            if of is None:
                continue
            abstract = of.get(W + "val") or ""
            levels = dict(self.abstract.get(abstract, {}))
            starts = {}
            for override in item.iter(W + "lvlOverride"):
                level = _int(override.get(W + "ilvl"))
                levels.update(_levels(override))
                start = override.find(W + "startOverride")
                if start is not None:
                    starts[level] = _int(start.get(W + "val"))
            self.nums[item.get(W + "numId") or ""] = (abstract, levels, starts)

    def label(self, paragraph: Any) -> str:
        """What Word prints before the paragraph, white space included; empty for none."""
        found = self._place(paragraph.find(W + "pPr"))
        if found is None:
            return ""
        number, at = found
        if number not in self.nums:
            return ""
        abstract, levels, starts = self.nums[number]
        return self.counters.label(abstract, number, at, levels, starts)

    def is_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return style is not None and style.get(W + "val") in self.contents

    def _place(self, properties: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, from itself or its style."""
        style = self.default_style
        number = at = None
        if properties is not None:
            named = properties.find(W + "pStyle")
            if named is not None:
                style = named.get(W + "val")
            number, at = _num(properties)
        origin = style
        if number is None and style in self.styles:
            origin, number, level = self.styles[style]
            at = level if at is None else at
        if number is None or number == "0":
            return None
        if at is None:
            at = self._level_of_style(number, origin)
        return number, at

    def _level_of_style(self, number: str, style: str | None) -> int:
        for at, level in self.nums.get(number, ("", {}, {}))[1].items():
            if style and level.style == style:
                return at
        return 0


def _int(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


def _num(properties: Any) -> tuple[str | None, int | None]:
    item = properties.find(W + "numPr")
    if item is None:
        return None, None
    number, level = item.find(W + "numId"), item.find(W + "ilvl")
    return (
        None if number is None else number.get(W + "val"),
        None if level is None else _int(level.get(W + "val")),
    )


def _styles(styles: Any) -> dict[str, tuple[str | None, str | None, int | None]]:
    """Paragraph style to (based on, list, level)."""
    found: dict[str, tuple[str | None, str | None, int | None]] = {}
    if styles is None:
        return found
    for style in styles.iter(W + "style"):
        parent = style.find(W + "basedOn")
        properties = style.find(W + "pPr")
        number, at = (None, None) if properties is None else _num(properties)
        key = style.get(W + "styleId") or ""
        found[key] = (None if parent is None else parent.get(W + "val"), number, at)
    return found


def _inherited(
    styles: dict[str, tuple[str | None, str | None, int | None]],
) -> dict[str, tuple[str, str | None, int | None]]:
    """Paragraph style to (style that names the list, list, level), each taken from the styles that
    it is based on where it does not say so itself; those based on one another name none."""
    found: dict[str, tuple[str, str | None, int | None]] = {}
    for first in styles:
        chain: dict[str, None] = {}
        style: str | None = first
        while style in styles and style not in found and style not in chain:
            chain[style] = None
            style = styles[style][0]
        above = found.get(style or "")
        for each in reversed(chain):
            _, number, level = styles[each]
            if number is not None or above is None:
                above = each, number, level
            else:
                above = above[0], above[1], above[2] if level is None else level
            found[each] = above
    return found


def _default_style(styles: Any) -> str | None:
    if styles is not None:
        for style in styles.iter(W + "style"):
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                key: str | None = style.get(W + "styleId")
                return key
    return None


def _contents_styles(styles: Any) -> set[str]:
    """The styles of lines of a table of contents."""
    found = set()
    if styles is not None:
        for style in styles.iter(W + "style"):
            name = style.find(W + "name")
            if name is not None and _CONTENTS.fullmatch(name.get(W + "val") or ""):
                found.add(style.get(W + "styleId") or "")
    return found


def _levels(holder: Any) -> dict[int, Level]:
    return {_int(item.get(W + "ilvl")): _level(item) for item in holder.iter(W + "lvl")}


def _level(item: Any) -> Level:
    def value(name: str) -> str | None:
        child = item.find(W + name)
        return None if child is None else child.get(W + "val", "")

    level = Level()
    start, kind, text = value("start"), value("numFmt"), value("lvlText")
    if kind is None:
        chosen = item.find(".//" + W + "numFmt")
        kind = None if chosen is None else chosen.get(W + "val")
    legal, restart = value("isLgl"), value("lvlRestart")
    return replace(
        level,
        start=level.start if start is None else _int(start),
        format=kind or "decimal",
        text=text or "",
        style=value("pStyle") or "",
        suffix=value("suff") or "tab",
        legal=legal is not None and legal not in ("0", "false"),
        restart=None if restart is None else _int(restart),
    )


def _printed(level: Level, at: int, levels: dict[int, Level], counters: dict[int, int]) -> str:
    if level.format == "bullet":
        return ""

    def one(match: regex.Match[str]) -> str:
        other = int(match[1]) - 1
        if other > at:
            return ""
        shown = levels.get(other, Level())
        value = counters.setdefault(other, shown.start)
        return ordinal(value, "decimal" if level.legal else shown.format)

    label = _PLACE.sub(one, level.text)
    if not label.strip() or level.suffix == "nothing":
        return label
    wide = label[-1] in "、，。．：；）】〕》"
    return label if wide and level.suffix == "tab" else label + " "


def ordinal(value: int, format: str) -> str:
    """A number in one of Word's numbering formats: 12 in chineseCounting is 十二."""
    if format == "none":
        return ""
    return _FORMATS.get(format, str)(value)


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千", ten: str = "") -> str:
    """十二, 一百零一; `ten`: what stands for a leading one ten (一十 or 十)."""
    if not 0 < value < 10_000:
        return str(value)
    text = ""
    zero = False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit]
            text += units[power - 1] if power else ""
            zero = False
        else:
            zero = True
    one_ten = digits[1] + units[0]
    return ten + text[len(one_ten) :] if ten and text.startswith(one_ten) else text


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(abs(value)))


def _counting(value: int) -> str:
    return chinese(value, ten="十") if value < 100 else _digits(value)


def _thousand(value: int) -> str:
    return chinese(value, ten="十")


def _legal(value: int) -> str:
    return chinese(value, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")


def _cycle(symbols: str) -> Callable[[int], str]:
    return lambda value: symbols[(value - 1) % len(symbols)] if value > 0 else str(value)


def _range(first: str, count: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _letters(first: str) -> Callable[[int], str]:
    return lambda value: (
        chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 780 else ""
    )


def _circled(value: int) -> str:
    if 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if 21 <= value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if 36 <= value <= 50 else str(value)


def roman(value: int) -> str:
    """XIV for 14."""
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        text += sign * (value // worth)
        value %= worth
    return text


def _wide(value: int) -> str:
    return "".join(chr(0xFF10 + int(d)) for d in str(abs(value)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "koreanCounting": _counting,
    "chineseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "koreanDigital2": _digits,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _range("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _range("⒈", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda value: roman(value).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
}
