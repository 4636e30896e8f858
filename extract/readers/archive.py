"""Archives: their files one by one, within limits; for pipelines that take folders apart."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

import regex

from extract.readers.errors import ReadError

MAX_MEMBER = 256 << 20
MAX_TOTAL = 2 << 30
MAX_COUNT = 20_000
MAX_DEPTH = 3
MAX_RATIO = 200
_OFFICE = ("[Content_Types].xml", "OFD.xml", "mimetype")
_TAR_MAGIC = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_HAN = regex.compile(r"\p{Han}")


class _Budget:
    """What may still be unpacked of one archive, those inside it included."""

    def __init__(self, size: int) -> None:
        self.bytes = min(MAX_TOTAL, max(size * MAX_RATIO, 64 << 20))
        self.count = MAX_COUNT

    def take(self, size: int) -> None:
        self.bytes -= size
        self.count -= 1
        if size > MAX_MEMBER or self.bytes < 0 or self.count < 0:
            raise ReadError(
                "too_large",
                "the archive unpacks to more than papers do; unpack it by hand and give the files",
            )


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a ZIP or TAR of files, and not one paper that is zipped inside."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return not any(name in _OFFICE for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
    return data[257:262] == b"ustar" or data.startswith(_TAR_MAGIC)


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in an archive, in its order; files of an archive inside it as
    `inner.zip!/name`. Raises ReadError where it is damaged, encrypted or unpacks beyond limits."""
    yield from _members(data, _Budget(len(data)), 1)


def _members(data: bytes, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes]]:
    source = _zip(data, budget) if data.startswith(b"PK") else _tar(data, budget)
    for name, content in source:
        if depth < MAX_DEPTH and is_archive(content):
            for inner, inner_content in _members(content, budget, depth + 1):
                yield f"{name}!/{inner}", inner_content
        else:
            yield name, content


def _zip(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                name = _name(info)
                if info.is_dir() or _is_junk(name):
                    continue
                if info.flag_bits & 1:
                    raise ReadError(
                        "encrypted", f"{name} in the archive has a password; unpack it by hand"
                    )
                budget.take(info.file_size)
                with archive.open(info) as member:
                    yield name, member.read(info.file_size)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise _broken() from error


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; Chinese Windows writes it in GBK and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    readings = [info.filename]
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            readings.append(raw.decode(encoding))
    return max(readings, key=lambda name: len(_HAN.findall(name)))


def _tar(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(
            fileobj=io.BytesIO(data), mode="r:*", errors="surrogateescape"
        ) as archive:
            for info in archive:
                if not info.isfile() or _is_junk(info.name):
                    continue
                budget.take(info.size)
                member = archive.extractfile(info)
                if member is not None:
                    yield _tar_name(info.name), member.read()
    except (tarfile.TarError, zlib.error, OSError, EOFError) as error:
        raise _broken() from error


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _is_junk(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db")


def _broken() -> ReadError:
    return ReadError("broken_archive", "the archive is cut or damaged; get it again")
