"""Files inside a DOCX file that stand for a part of its text: w:altChunk, as programs that turn web
pages into Word files leave it, and w:subDoc, whose file lies beside this one."""

from __future__ import annotations

import posixpath
from typing import Any

from extract.model import Block, Gap, Grid
from extract.readers import ReadError, read
from extract.readers.docx_numbering import W
from extract.readers.package import Package

CHUNKS = frozenset((W + "altChunk", W + "subDoc"))
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KIND = "/aFChunk"
_MOST_AGAIN = 200_000
"""Characters, as of a long paper, that files which stand in the text more than once may add to it:
a file of 2 KB can name one of its parts ten thousand times, and each part does so in its turn."""


class Chunks:
    """Reads the files that stand in the text, each once; those that could not be read are
    counted."""

    def __init__(self, package: Package | None) -> None:
        self._package = package
        self._parts = _parts(package) if package else {}
        self._read: dict[str, tuple[Block, ...] | None] = {}
        self._found: list[Gap] = []
        self._left = _MOST_AGAIN
        self._lost = 0

    def blocks(self, element: Any) -> tuple[Block, ...]:
        """The blocks of the file that an element stands for."""
        part = self._parts.get(element.get(_ID), "")
        again = part in self._read
        if not again:
            self._read[part] = self._blocks(part)
        blocks = self._read[part]
        if blocks is not None and again:
            self._left -= sum(map(_size, blocks))
        if blocks is None or self._left < 0:
            self._lost += 1
            return ()
        return blocks

    def _blocks(self, part: str) -> tuple[Block, ...] | None:
        """The blocks of a part; None where it cannot be read."""
        data = self._package.read(part) if self._package and part else None
        try:
            source = read(data or b"", part)
        except ReadError:
            return None
        if source.format == "txt" and data and _is_xml(data):
            return None  # its words would stand among its tags
        self._found += [gap for gap in source.gaps if gap.code != "no_chinese"]
        return source.blocks

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is to be told of these files."""
        if not self._lost:
            return tuple(self._found)
        message = (
            f"{self._lost} part(s) of the text are files of their own, inside or beside the "
            "document, and were not read; open it in Word or WPS, save it again and give that"
        )
        return (*self._found, Gap("read", "attachment_not_read", message))


def _size(block: Block) -> int:
    """Characters of a block, and one for each of its lines."""
    held = block.cells if isinstance(block, Grid) else (block,)
    return sum(len(line.text) + 1 for each in held for line in each.lines)


def _is_xml(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml")


def _parts(package: Package) -> dict[str | None, str]:
    """The names of the parts that stand for text, by the id that the text names them with."""
    links = package.xml("word/_rels/document.xml.rels")
    if links is None:
        return {}
    return {
        link.get("Id"): posixpath.normpath(posixpath.join("/word", link.get("Target") or ""))
        for link in links.iter("{*}Relationship")
        if (link.get("Type") or "").endswith(_KIND) and link.get("TargetMode") != "External"
    }
