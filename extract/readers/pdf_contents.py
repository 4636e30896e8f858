"""What draws a page of a PDF, its content streams and forms: whether they are there and can be
unpacked.

PDFium and pdfminer draw as much of a damaged stream as they can, be it nothing, and do not say so.
"""

from __future__ import annotations

import zlib
from typing import Any

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

from extract import lazy as regex
from extract.readers.pdf_forms import forms_in, shows

_STREAM = regex.compile(
    rb"(?<!\d)(\d{1,9})\s{1,4}\d{1,5}\s{1,4}obj\s{0,4}<<([^<>]{0,200})>>\s{0,4}stream\r?\n"
)
_END = b"endstream"
_PACKED_ONCE = regex.compile(rb"/Filter\s{0,4}(?:/FlateDecode\b|\[\s{0,4}/FlateDecode\s{0,4}\])")
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
    for number, entries, start in forms_in(data):
        if left > 0 and _PACKED_ONCE.search(entries):
            packed = data[start : max(data.find(_END, start), start)]
            whole, size = _unpacked(packed)
            left -= size
            if not (whole and _is_packed(packed)):
                found.add(number)
    return frozenset(found)


def _unpacked(packed: bytes) -> tuple[bool, int]:
    """Whether packed bytes unpack to their end, and to how many; the sum at their end, which some
    programs leave out, is not looked at."""
    if not _is_packed(packed):
        return True, 0
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        size = len(unpacker.decompress(packed[2:], _MOST))
    except zlib.error:
        return False, 0
    return unpacker.eof or size == _MOST, size


def _is_packed(data: bytes) -> bool:
    """Whether bytes begin as packed ones do."""
    return len(data) >= 2 and data[0] & 15 == 8 and not int.from_bytes(data[:2], "big") % 31


def is_damaged(page: Any, broken: frozenset[int]) -> bool:
    """Whether a content stream or form of pdfminer's page is among the broken ones, or a content
    stream is missing or has bytes of which none can be unpacked."""
    held = page.attrs.get("Contents")
    parts = resolve1(held)
    if not isinstance(parts, list):
        parts = [] if held is None else [held]
    return any(_is_lost(part, broken) for part in parts) or shows(page, broken)


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
