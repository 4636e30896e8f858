"""Bytes to characters: UTF-8, GB18030, UTF-16, Big5, recognised by strict decoding and statistics.

A declaration (meta charset, HTTP header) is only a hint: pages that say GB2312 and are UTF-8, or
that say GB2312 and use GB18030's characters, are common.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from dataclasses import dataclass

from charset_normalizer import from_bytes

from extract import lazy as regex
from extract.model import Gap
from extract.readers.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 1 << 16
_HIGH_OF_HAN = bytes(range(0x4E, 0xA0))
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD = regex.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were read in, and gaps for bytes that were not understood."""

    text: str
    encoding: str
    gaps: tuple[Gap, ...] = ()


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """The text of a text file; raises ReadError when the bytes are no text.

    `hint`: the encoding that the file itself declares; used only where statistics do not decide.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_lenient(data[len(bom) :], encoding))
    wide = _utf16(data)
    if wide:
        return _checked(_lenient(data, wide))
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _plausible(text) >= 0.9:
            return _checked(Decoded(text, encoding))
    return _checked(_best(data, hint))


def _checked(decoded: Decoded) -> Decoded:
    """The text, unless control characters give it away as something else."""
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) * 0.005 + 2:
        raise ReadError(
            "binary_file",
            "the file is binary data, not text; open it with the program that made it "
            "and save it as DOCX, PDF or UTF-8 text",
        )
    return decoded


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: known by where zero bytes and the bytes of Han stand."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2], sample[1::2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        marks = high.count(0) + high.count(0x30) + high.count(0xFF)
        han = len(high) - len(high.translate(None, _HIGH_OF_HAN))
        if marks + han < len(high) * 0.97:
            continue
        newlines = any(a == 0 and b in b"\n\r 0123456789" for a, b in zip(high, low, strict=True))
        if not (newlines or high.count(0x30)):
            continue
        if low.count(0) > len(low) * 0.02:
            continue
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (han == 0 and high.count(0) > len(high) * 0.9) or _plausible(text) >= 0.9:
            return encoding
    return None


def _plausible(text: str) -> float:
    """The share of characters beyond ASCII that modern Chinese prose uses (GB 2312), 0 to 1."""
    odd = _ODD.findall(text[:_SAMPLE])
    if not odd:
        return 1.0
    usual = "".join(odd).encode("gb2312", errors="ignore")
    return len(usual) / 2 / len(odd)


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Decode; bytes that do not fit become U+FFFD and a gap."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text, encoding)
    gap = Gap(
        "read",
        "undecoded_bytes",
        f"{lost} places are not valid {encoding} and stand as \ufffd; "
        "check the file against its original",
    )
    return Decoded(text, encoding, (gap,))


def _best(data: bytes, hint: str | None) -> Decoded:
    """The most plausible of the readings that leave something open."""
    tries = [_lenient(data, encoding) for encoding in ("utf-8", "gb18030", "big5hkscs")]
    if hint:
        with suppress(LookupError):
            tries.insert(0, _lenient(data, hint))
    usable = [t for t in tries if t.text.count("\ufffd") <= len(t.text) * 0.02]
    traditional = [t for t in usable if t.encoding == "big5hkscs" and not t.gaps]
    if usable:
        ranked = max(usable, key=lambda t: (_plausible(t.text) - 5 * _lost(t), t.encoding))
        if _plausible(ranked.text) < 0.7 and traditional:
            return traditional[0]
        return ranked
    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None or guess.encoding is None:
        raise ReadError(
            "unknown_encoding",
            "the file is not text in UTF-8, GB18030, UTF-16 or Big5; "
            "save it as UTF-8 and try again",
        )
    return _lenient(data, guess.encoding)


def _lost(decoded: Decoded) -> float:
    return decoded.text.count("\ufffd") / max(len(decoded.text), 1)
