"""What draws a page of a PDF, its content streams: whether they are there and can be unpacked.

PDFium and pdfminer draw as much of a damaged stream as they can, be it nothing, and do not say so.
"""

from __future__ import annotations

import zlib
from typing import Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

from extract import lazy as regex

_STREAM = regex.compile(
    rb"(?<!\d)(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj\s{0,4}<<([^<>]{0,200})>>\s{0,4}stream\r?\n"
)
_END = b"endstream"
_OTHER_KINDS = (b"/Type", b"/Subtype", b"/Length1", b"/N ")
_MOST = 16 << 20
_MOST_IN_ALL = 512 << 20
"""Bytes that a stream, and all of a file, are unpacked to; beyond them they count as whole."""


def broken_streams(data: bytes) -> frozenset[int]:
    """The numbers of those streams of a file that may draw pages and break off or go wrong."""
    found: set[int] = set()
    if b"/Encrypt" in data:
        return frozenset()
    left, at = _MOST_IN_ALL, 0
    while left > 0 and (match := _STREAM.search(data, at)):
        at = data.find(_END, match.end())
        if at < 0:
            at = len(data)
        if b"/FlateDecode" in match[2] and not any(kind in match[2] for kind in _OTHER_KINDS):
            whole, size = _unpacked(data[match.end() : at])
            left -= size
            if not whole:
                found.add(int(match[1]))
    return frozenset(found)


def _unpacked(packed: bytes) -> tuple[bool, int]:
    """Whether packed bytes unpack to their end, and to how many; the sum at their end, which some
    programs leave out, is not looked at."""
    if len(packed) < 2 or packed[0] & 15 != 8 or int.from_bytes(packed[:2], "big") % 31:
        return True, 0
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        size = len(unpacker.decompress(packed[2:], _MOST))
    except zlib.error:
        return False, 0
    return unpacker.eof or size == _MOST, size


def is_damaged(page: Any, broken: frozenset[int]) -> bool:
    """Whether a content stream of pdfminer's page is among the broken ones, is missing, or has
    bytes of which none can be unpacked."""
    held = page.attrs.get("Contents")
    parts = resolve1(held)
    if isinstance(parts, list):
        return any(_is_lost(part, broken) for part in parts)
    return held is not None and _is_lost(held, broken)


def _is_lost(part: Any, broken: frozenset[int]) -> bool:
    if isinstance(part, PDFObjRef) and part.objid in broken:
        return True
    stream = resolve1(part)
    if not isinstance(stream, PDFStream):
        return True
    packed = stream.rawdata or b""  # before it is asked for what it unpacks to
    try:
        return bool(packed.strip()) and not stream.get_data().strip()
    except Exception:  # a stranger's bytes can fail in a filter in any way
        return True
