"""Files bent out of shape, each by a seed of its own: bytes, texts, packages, archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import re
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress

Bytes = Callable[[bytes, random.Random], bytes]

_NUMBERS = (
    b"0", b"-1", b"1", b"255", b"256", b"65535", b"65536", b"2147483647", b"2147483648",
    b"4294967295", b"4294967296", b"99999999999999999999", b"-99999999999", b"1e308", b"1e999",
    b"0.0000000001", b"NaN", b"-0", b"9" * 400, "９９".encode(), b"0x7f",
)  # fmt: skip
_WORDS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_VALUES = (
    b"", b"-1", b"0", b"1", b"16384", b"65536", b"99999999999", b"NaN", b"true", b"1e9", b"a b",
    b"1 1 1 1", "一".encode(), b"&#0;", b"&x;", b"../../../etc/passwd", b"http://127.0.0.1:9/x",
)  # fmt: skip
_PIECES = (
    "《", "》", "〈", "〉", "（", "）", "(", ")", "〔2024〕", "“", "”", "、", "，", "。", "；",
    "：", "\n", " ", "　", "\t", "|", "第", "一", "十二", "1.", "（一）", "一、", "①", "第三条",
    "附件1", "附件：", "责任单位：", "牵头单位：", "配合单位", "负责", "由", "会同", "等",
    "市、县（区）", "各县区", "市司法局", "财政局", "省发展改革委", "部门", "人民政府",
    "办公室", "要", "应当", "不少于", "不低于", "超过", "以上", "左右", "达到", "增长", "60",
    "%", "百分之", "1.2亿元", "万", "1至2个", "个", "次", "每", "每年", "每半年", "季度",
    "2024年6月底前", "2024", "年", "月", "日", "13月32日", "年底前", "到", "至", "-", "—", "~",
    "之日起30日内", "工作日", "“十四五”", "长期", "国办发〔2023〕27号", "号", "关于", "的通知",
    "印发", "抄送：", "主动公开", "此件公开发布", "下同", "其中", "\f", "\r", "\x00", "\x0b",
    "\u2028", "\ufeff", "\u200b", "𠀀", "é", "ﷺ", "é", "٣", "㎡", "…", "⟦", "____", "－ 1 －",
    "（盖章）", "9" * 30, "〇", "零", "万亿",
)  # fmt: skip
_DIGITS = re.compile(rb"\d+")
_ATTRIBUTE = re.compile(rb'(?<==")[^"]*(?=")')
_TAG = re.compile(rb"<[^<>]{1,200}>")


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64, 512))):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Cut off at the end, at the begin or within."""
    i, j = _two(data, chance)
    return chance.choice((data[:i], data[i:], data[:i] + data[j:]))


def swap(data: bytes, chance: random.Random) -> bytes:
    """Two neighbouring stretches in the other order."""
    i, j = _two(data, chance)
    k = chance.randint(i, j)
    return data[:i] + data[k:j] + data[i:k] + data[j:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A stretch said again, once or often."""
    i, j = _two(data, chance)
    part = data[i : min(j, i + 2000)]
    return (
        data[:i] + part * min(chance.choice((2, 3, 20, 400)), 40_000 // (len(part) + 1)) + data[j:]
    )


def words(data: bytes, chance: random.Random) -> bytes:
    """Binary numbers made the least, the largest or nearly so."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        size = chance.choice((1, 2, 4))
        if len(out) > size:
            at = chance.randrange(min(len(out) - size, chance.choice((600, len(out)))))
            word = chance.choice(_WORDS) & ((1 << 8 * size) - 1)
            out[at : at + size] = word.to_bytes(size, chance.choice(("little", "big")))
    return bytes(out)


def numbers(data: bytes, chance: random.Random) -> bytes:
    """Printed numbers made huge, negative, none."""
    return _some(_DIGITS, data, chance, lambda _: chance.choice(_NUMBERS))


def attributes(data: bytes, chance: random.Random) -> bytes:
    """Attributes of XML and HTML given other values."""
    return _some(_ATTRIBUTE, data, chance, lambda _: chance.choice(_VALUES))


def tags(data: bytes, chance: random.Random) -> bytes:
    """Tags dropped, doubled, or put where others stood."""
    found = _TAG.findall(data) or [b"<a>"]

    def other(tag: bytes) -> bytes:
        return chance.choice(
            (b"", tag + tag, chance.choice(found), tag * 50, b"<!--", b"<![CDATA[")
        )

    return _some(_TAG, data, chance, other)


def characters(data: bytes, chance: random.Random) -> bytes:
    """A text with pieces of papers, odd characters and lines put in, taken out and moved."""
    text = list(data.decode("utf-8", "replace"))
    for _ in range(chance.choice((1, 5, 40, 300))):
        at = chance.randint(0, len(text))
        text[at : at + chance.choice((0, 0, 1, 3, 30))] = chance.choice(_PIECES)
    out = "".join(text)
    if chance.random() < 0.3:
        lines = out.split("\n")
        chance.shuffle(lines)
        out = chance.choice(("\n", "", "\t", "\n\n", " | ")).join(lines)
    return out.encode(chance.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16")), "replace")


def made_up(_: bytes, chance: random.Random) -> bytes:
    """A text of pieces of papers in any order, or of one few times over."""
    pieces = chance.sample(_PIECES, chance.choice((2, 3, 8, len(_PIECES))))
    count = chance.choice((10, 100, 1000, 3000))
    return "".join(chance.choices(pieces, k=count)).encode()


def members(data: bytes, chance: random.Random) -> bytes:
    """A package zipped again, some of its members bent, dropped, doubled or renamed."""
    parts = []
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            parts.append((info.filename, archive.read(info)))
    if not parts:
        return data
    heavy = [max(len(content), 1) for _, content in parts]
    for i in chance.choices(range(len(parts)), heavy, k=chance.choice((1, 1, 2, 4))):
        name, content = parts[i]
        parts[i] = (name, _bent(content, chance))
    if chance.random() < 0.2:
        at = chance.randrange(len(parts))
        other = chance.choice(parts)[1]
        parts[at : at + 1] = chance.choice(
            ([], [parts[at]] * 2, [(parts[at][0], other)], [("x/" + parts[at][0], other)])
        )
    return zipped(parts, chance)


def zipped(parts: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """A ZIP archive, its members pressed in any way."""
    sink = io.BytesIO()
    how = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(sink, "w", how) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return sink.getvalue()


def tarred(parts: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """A TAR archive, with links and folders in it, pressed or not."""
    sink = io.BytesIO()
    form = chance.choice((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
    with tarfile.open(fileobj=sink, mode="w", format=form) as archive:
        for name, content in parts:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            info.type = chance.choice((tarfile.REGTYPE,) * 8 + (tarfile.SYMTYPE, tarfile.LNKTYPE))
            info.linkname = "" if info.isreg() else chance.choice((name, "/etc/passwd", "../x"))
            archive.addfile(info, io.BytesIO(content) if info.isreg() else None)
    return pressed(sink.getvalue(), chance)


def pressed(data: bytes, chance: random.Random) -> bytes:
    """Bytes as they are, or pressed by gzip, bzip2 or xz."""
    how = chance.choice((bytes, lambda x: gzip.compress(x, mtime=0), bz2.compress, lzma.compress))
    out: bytes = how(data)
    return out


def nested(parts: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """Archives in archives, each of the files bent or whole."""
    data, name = b"", ""
    for depth in range(chance.randint(1, 5)):
        few = chance.sample(parts, min(len(parts), chance.choice((0, 1, 3))))
        few = [(n, _bent(d, chance) if chance.random() < 0.3 else d) for n, d in few]
        data = chance.choice((zipped, tarred))([*few, (name, data)] if name else few, chance)
        name = f"内{depth}." + ("zip" if data.startswith(b"PK") else "tar")
        if chance.random() < 0.2:
            data = _bent(data, chance)
    return data


ANY: tuple[Bytes, ...] = (flip, cut, swap, repeat, words, numbers)
MARKUP: tuple[Bytes, ...] = (*ANY, attributes, tags, attributes, tags, characters)
TEXT: tuple[Bytes, ...] = (flip, cut, repeat, numbers, *(characters,) * 5, *(made_up,) * 4)
PACKAGE: tuple[Bytes, ...] = (*ANY, *(members,) * 12)


def _bent(data: bytes, chance: random.Random) -> bytes:
    is_markup = b"<" in data[:100]
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        return members(data, chance)
    return chance.choice(MARKUP if is_markup else ANY)(data, chance)


def _two(data: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randint(0, len(data))
    last = chance.choice(
        (chance.randint(0, len(data)), min(len(data), first + chance.choice((1, 9, 99))))
    )
    return min(first, last), max(first, last)


def _some(
    pattern: re.Pattern[bytes],
    data: bytes,
    chance: random.Random,
    change: Callable[[bytes], bytes],
) -> bytes:
    """The data with some of what the pattern finds changed: one, a few or half of them."""
    found = list(pattern.finditer(data))
    if not found:
        return data
    count = chance.choice((1, 3, 20, len(found) // 2 + 1))
    picked = sorted(chance.sample(range(len(found)), min(count, len(found))))
    out, last = [], 0
    for i in picked:
        out += [data[last : found[i].start()], change(found[i][0])]
        last = found[i].end()
    return b"".join(out) + data[last:]
