"""Zip containers (DOCX, XLSX, OFD) opened with limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from extract.model import Gap
from extract.readers.errors import ReadError
from extract.readers.xml_parts import parse_xml

MAX_TOTAL = 512 << 20
MAX_PART = 256 << 20
MAX_RATIO = 400
MAX_MEMBERS = 20_000
_XML = (".xml", ".rels")
_ENTITY = tuple("<!ENTITY".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


class Package:
    """The parts of a container by name; raises ReadError where it is cut, bombed or encrypted."""

    def __init__(self, data: bytes, format: str) -> None:
        self.format = format
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._broken() from error
        infos = self._zip.infolist()
        total = sum(info.file_size for info in infos)
        if (
            total > MAX_TOTAL
            or len(infos) > MAX_MEMBERS
            or (total > 16 << 20 and total > MAX_RATIO * len(data))
        ):
            raise ReadError(
                "too_large",
                f"the file unpacks to {total >> 20} MB, more than a paper does; "
                "save it again without its pictures",
                format,
            )
        self.names = {_name(info.filename): info for info in infos}
        self.gaps: dict[str, Gap] = {}
        """Of the parts that were parsed, those whose XML is not whole."""

    def _broken(self) -> ReadError:
        return ReadError(
            "broken_file",
            f"the {self.format.upper()} file is cut or damaged; open it in the program that "
            "made it and save it again, or get it again",
            self.format,
        )

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None where it is missing."""
        info = self.names.get(_name(name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(
                "encrypted", "the file is protected by a password; save it without", self.format
            )
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise self._broken() from error
        if len(data) > MAX_PART:
            raise ReadError("too_large", f"the part {name} is larger than 256 MB", self.format)
        return data

    def xml(self, name: str) -> Any:
        """A part as an XML tree, None where it is missing or not XML at all."""
        data = self.read(name)
        return None if data is None else self.parsed(name, data)

    def parsed(self, name: str, data: bytes) -> Any:
        """The bytes of a part as an XML tree, None where they are not XML at all."""
        tree, gap = parse_xml(data, name, self.format)
        if gap:
            self.gaps[name] = gap
        return tree

    def declares_entities(self) -> bool:
        """Whether an XML part declares entities, in whatever way its characters are coded."""
        parts = (self.read(name) or b"" for name in self.names if name.endswith(_XML))
        return any(mark in part for part in parts for mark in _ENTITY)

    def mended(self) -> bytes:
        """The container again, its XML without entities and as far as it can be read; `gaps` says
        what it lacks."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as container:
            for name in self.names:
                data = self.read(name) or b""
                tree = self.parsed(name, data) if name.endswith(_XML) else None
                if tree is not None:
                    data = etree.tostring(tree)
                container.writestr(name, data)
        return buffer.getvalue()


def _name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
