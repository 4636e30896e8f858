"""Layers of a PDF that are switched off when it is opened (ISO 32000-1, 8.11)."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from extract import lazy as regex

_LAYERS = b"/OCProperties"
_PACKED = regex.compile(rb"/ObjStm\b[^>]{0,200}>>\s{0,4}stream\r?\n")
_MOST = 64 << 20
_MOST_DRAWN = 500
"""Drawings of a page whose own drawings are looked at."""


class OffLayers(NamedTuple):
    """The layers that are switched off: their numbers in the file, and those of their names that
    no other layer has."""

    numbers: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()


def off_layers(data: bytes, catalog: Callable[[], Any]) -> OffLayers:
    """The layers of a file that are off; pdfminer's `catalog` is asked for only where there may be
    some. A file that pdfminer does not open has none."""
    if not _may_have_layers(data):
        return OffLayers()
    try:
        said = resolve1(catalog().get("OCProperties"))
        return _off(said) if isinstance(said, dict) else OffLayers()
    except Exception:  # a stranger's catalog can be of any shape
        return OffLayers()


def _may_have_layers(data: bytes) -> bool:
    """Whether a file's bytes, be it in packed objects, speak of layers; a locked one may."""
    if _LAYERS in data or b"/Encrypt" in data:
        return True
    left = _MOST
    for match in _PACKED.finditer(data):
        try:
            unpacked = zlib.decompressobj().decompress(data[match.end() :], left)
        except zlib.error:
            continue
        left -= len(unpacked)
        if _LAYERS in unpacked:
            return True
        if left <= 0:
            break
    return False


def _off(said: dict[str, Any]) -> OffLayers:
    usual = resolve1(said.get("D")) or {}
    every = _numbers(said.get("OCGs"))
    off = _numbers(usual.get("OFF"))
    if literal_name(usual.get("BaseState")) == "OFF":
        off = every - _numbers(usual.get("ON"))
    layers = [each for each in resolve1(said.get("OCGs")) or () if isinstance(each, PDFObjRef)]
    on = {_name(layer) for layer in layers if layer.objid not in off}
    names = {_name(layer) for layer in layers if layer.objid in off}
    return OffLayers(off, frozenset(names - on - {""}))


def _numbers(listed: Any) -> frozenset[int]:
    return frozenset(each.objid for each in resolve1(listed) or () if isinstance(each, PDFObjRef))


def holds_off(page: Any, off: OffLayers, in_drawings: bool) -> bool:
    """Whether a pdfminer page names layers that are off: of those that its texts are marked with
    only groups and names that others bear too, as `pdf_hidden` does not know them; and, with what
    is drawn `in_drawings`, all."""
    if in_drawings:
        return any(_is_off(each, off) for each in _named_by(page.resources))
    marks = _held((resolve1(page.resources) or {}).get("Properties"))
    return any(_is_off(mark, off) and _name(mark) not in off.names for mark in marks)


def _named_by(resources: Any) -> Iterator[Any]:
    """The layers that a page with these resources may name, and those that its drawings and theirs
    may."""
    held = deque([resources])
    for _ in range(_MOST_DRAWN):
        if not held:
            return
        named = resolve1(held.popleft())
        if isinstance(named, dict):
            yield from _held(named.get("Properties"))
            drawn = [_said_of(each) for each in _held(named.get("XObject"))]
            yield from (each.get("OC") for each in drawn)
            held += (each.get("Resources") for each in drawn)


def _held(named: Any) -> list[Any]:
    held = resolve1(named)
    return list(held.values()) if isinstance(held, dict) else []


def _said_of(thing: Any) -> dict[str, Any]:
    """The entries of a dictionary or stream."""
    found = resolve1(thing)
    entries = found.attrs if isinstance(found, PDFStream) else found
    return entries if isinstance(entries, dict) else {}


def _name(layer: Any) -> str:
    name = _said_of(layer).get("Name")
    return decode_text(name) if isinstance(name, bytes) else ""


def _is_off(layer: Any, off: OffLayers) -> bool:
    """Whether a layer is off, or one of those that a group names."""
    group = _said_of(layer).get("OCGs")
    named = [layer, *(group if isinstance(group, list) else [group])]
    return any(isinstance(each, PDFObjRef) and each.objid in off.numbers for each in named)
