"""Archives: their files one by one, within limits; for pipelines that take folders apart.

A file that is only compressed (notice.html.gz) is an archive of one member.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO, cast

from extract import lazy as regex
from extract.readers.errors import ReadError

MAX_MEMBER = 256 << 20
MAX_TOTAL = 2 << 30
MAX_COUNT = 20_000
MAX_DEPTH = 3
MAX_RATIO = 200
_OFFICE = ("[Content_Types].xml", "OFD.xml", "mimetype")
_OPENERS: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
"""How to open what is compressed, by its first bytes."""
_SUFFIX = regex.compile(r"\.(?:gz|bz2|xz)$", regex.IGNORECASE)
_LOST_NAME = "content"
_WITHOUT_BYTES = (
    tarfile.SYMTYPE,
    tarfile.LNKTYPE,
    tarfile.CHRTYPE,
    tarfile.BLKTYPE,
    tarfile.FIFOTYPE,
)
"""Kinds of members of a TAR that hold no bytes; a link in a ZIP holds the name of its target."""
_STEP = 1 << 20
_PASSED_ON = (ReadError, MemoryError)
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
    """Whether the bytes are a ZIP or TAR of files or a compressed one, and not one paper that is
    zipped inside."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return not any(name in _OFFICE for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
    return data[257:262] == b"ustar" or data.startswith(tuple(_OPENERS))


def members(data: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in an archive, in its order; files of an archive inside it as
    `inner.zip!/name`. `name` is the archive's own, which names the member of a compressed file.
    Raises ReadError where it is damaged, encrypted or unpacks beyond limits, and at its end where
    members were left out or an archive inside it raised."""
    yield from _members(data, name, _Budget(len(data)), 1)


def _members(data: bytes, own: str, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK"):
        source = _zip(data, budget)
    elif _is_tar(data):
        source = _tar(data, budget)
    else:
        source = _single(data, own, budget)
    faults: list[ReadError] = []
    try:
        for name, content in source:
            if depth < MAX_DEPTH and is_archive(content):
                try:
                    for inner, inner_content in _members(content, name, budget, depth + 1):
                        yield f"{name}!/{inner}", inner_content
                except ReadError as error:
                    if error.code == "too_large":
                        raise
                    faults.append(ReadError(error.code, f"{name}: {error.message}"))
            else:
                yield name, content
    except ReadError as error:
        faults.append(error)
    if faults:
        raise ReadError(faults[-1].code, "; ".join(fault.message for fault in faults))


def _zip(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    odd: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                name = _name(info)
                if info.is_dir() or _is_junk(name):
                    continue
                if stat.S_ISLNK(info.external_attr >> 16):
                    odd.append(name)
                    continue
                if info.flag_bits & 1:
                    raise ReadError(
                        "encrypted", f"{name} in the archive has a password; unpack it by hand"
                    )
                budget.take(info.file_size)
                with archive.open(info) as member:
                    yield name, member.read(info.file_size)
        _tell_of(odd)
    except _PASSED_ON:
        raise
    except Exception as error:  # a stranger's bytes can fail in a library in any way
        raise _broken() from error


def _tell_of(odd: list[str]) -> None:
    """Raise where members were left out: links in a ZIP, and kinds that are not known in a TAR."""
    if odd:
        raise ReadError(
            "left_out",
            f"{len(odd)} member(s) of the archive are links or of an unknown kind and were left "
            f"out, first {odd[0]}; unpack the archive by hand and give the files",
        )


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


def _opened(data: bytes) -> BinaryIO | None:
    """What compressed bytes hold, to be read; None where they are not compressed."""
    for magic, opener in _OPENERS.items():
        if data.startswith(magic):
            return cast(BinaryIO, opener(io.BytesIO(data), "rb"))
    return None


def _is_tar(data: bytes) -> bool:
    unpacked = _opened(data)
    if unpacked is None:
        return True
    try:
        with unpacked:
            return unpacked.read(262)[257:] == b"ustar"
    except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
        raise _broken() from error


def _single(data: bytes, name: str, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    """The one file that is compressed, with the name that its archive's tells."""
    unpacked = _opened(data)
    if unpacked is None:
        return
    try:
        with unpacked:
            content = unpacked.read(min(MAX_MEMBER, budget.bytes) + 1)
    except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
        raise _broken() from error
    budget.take(len(content))
    yield _SUFFIX.sub("", name.rpartition("/")[2]) or _LOST_NAME, content


def _tar(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    odd: list[str] = []
    try:
        with tarfile.open(
            fileobj=io.BytesIO(data), mode="r:*", errors="surrogateescape"
        ) as archive:
            for info in archive:
                if _is_junk(info.name) or info.isdir() or info.type in _WITHOUT_BYTES:
                    continue
                if not info.isfile():
                    odd.append(_tar_name(info.name))
                    continue
                budget.take(info.size)
                member = archive.extractfile(info)
                if member is not None:
                    yield _tar_name(info.name), member.read()
            if not _is_ended(archive, budget):
                raise _broken()
        _tell_of(odd)
    except _PASSED_ON:
        raise
    except Exception as error:  # a stranger's bytes can fail in a library in any way
        raise _broken() from error


def _is_ended(archive: tarfile.TarFile, budget: _Budget) -> bool:
    """Whether a TAR that was gone through ends as one does, with blocks of zeros and nothing behind
    them: the library stops in silence at a head that it cannot read."""
    assert archive.fileobj is not None
    archive.fileobj.seek(archive.offset)
    seen = 0
    while part := archive.fileobj.read(_STEP):
        seen += len(part)
        if part.strip(b"\0") or seen > budget.bytes:
            return False
    return seen >= tarfile.BLOCKSIZE


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
