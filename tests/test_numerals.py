"""Numbers of every script and size, and what is no number."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extract.rules.numerals import NUMBER, parse_number

VALUES = [
    ("0", 0),
    ("12", 12),
    ("1,234", 1234),
    ("12,345,678", 12345678),
    ("1.2", 1.2),
    ("99.5", 99.5),
    ("1.5万", 15000),
    ("3亿", 3e8),
    ("1.2万亿", 1.2e12),
    ("3千", 3000),
    ("5百万", 5e6),
    ("2000万", 2e7),
    ("半", 0.5),
    ("零", 0),
    ("〇二", 2),
    ("一", 1),
    ("两", 2),
    ("俩", 2),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("二十四", 24),
    ("三十", 30),
    ("九十九", 99),
    ("廿一", 21),
    ("卅", 30),
    ("百", 100),
    ("一百", 100),
    ("一百零五", 105),
    ("一百〇五", 105),
    ("一百一十", 110),
    ("一百五", 150),
    ("三百六十五", 365),
    ("千", 1000),
    ("两千", 2000),
    ("三千五", 3500),
    ("一千零一十", 1010),
    ("万", 10000),
    ("十万", 100000),
    ("百万", 1e6),
    ("千万", 1e7),
    ("亿", 1e8),
    ("一万二", 12000),
    ("一万二千", 12000),
    ("二十万", 200000),
    ("三千五百万", 3.5e7),
    ("一亿两千万", 1.2e8),
    ("十四亿", 1.4e9),
    ("两万亿", 2e12),
    ("二〇二五", 2025),
    ("二零二五", 2025),
    ("一九九八", 1998),
    ("一点五", 1.5),
    ("十二点三四", 12.34),
    ("壹佰贰拾", 120),
    ("叁仟", 3000),
]

NO_NUMBERS = [
    "",
    "abc",
    "年",
    "三二十",
    "十百",
    "百千",
    "点五",
    "一点",
    "一点十",
    "1,2",
    "1.",
    "-3",
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", [text for text, _ in VALUES])
def test_the_pattern_covers_the_whole_number(text: str) -> None:
    found = regex.search(NUMBER, f"达{text}个")
    assert found is not None
    assert found[0] == text


def _spelled(number: int) -> str:
    """The numeral as a schoolbook writes it, by another road than the parser's."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def four(value: int) -> str:
        text = "".join(
            digits[int(d)] + (units[len(str(value)) - 1 - i] if d != "0" else "")
            for i, d in enumerate(str(value))
        )
        return regex.sub("零+", "零", text).rstrip("零")

    parts, zero = "", False
    for unit, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        value, number = divmod(number, unit)
        if value:
            parts += ("零" if parts and (zero or value < 1000) else "") + four(value) + word
            zero = False
        elif parts:
            zero = True
    return parts or "零"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_schoolbook_numerals(number: int) -> None:
    assert parse_number(_spelled(number)) == number


@given(st.integers(min_value=0, max_value=10**9), st.booleans())
def test_arabic_figures(number: int, commas: bool) -> None:
    assert parse_number(f"{number:,}" if commas else str(number)) == number
