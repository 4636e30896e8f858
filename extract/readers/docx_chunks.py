"""Files inside a DOCX file that stand for a part of its text: w:altChunk, as programs that turn web
pages into Word files leave it, and w:subDoc, whose file lies beside this one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from extract.model import Block, Gap
from extract.readers import ReadError, read
from extract.readers.docx_numbering import W
from extract.readers.package import Package

CHUNKS = frozenset((W + "altChunk", W + "subDoc"))
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KIND = "/aFChunk"


class Chunks:
    """Reads the files that stand in the text; those that could not be read are counted."""

    def __init__(self, package: Package | None) -> None:
        self._package = package
        self._parts = _parts(package) if package else {}
        self._found: list[Gap] = []
        self._lost = 0

    def blocks(self, element: Any) -> Iterator[Block]:
        """The blocks of the file that an element stands for."""
        part = self._parts.get(element.get(_ID))
        data = self._package.read(part) if self._package and part else None
        try:
            source = read(data or b"", part or "")
        except ReadError:
            self._lost += 1
            return
        self._found += [gap for gap in source.gaps if gap.code != "no_chinese"]
        yield from source.blocks

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
