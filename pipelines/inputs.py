"""Which files a run reads, and the name each has in the tables."""

from __future__ import annotations

import errno
import fnmatch
import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

_LISTED = ("ETag", "mtime", "LastModified", "last_modified", "modifiedTime", "created")
"""What object stores and file systems say of a file's last change, the surest first."""


@dataclass(frozen=True, order=True, slots=True)
class Input:
    """A file to read. `source`: its path below the input folder, / between; else its name.

    `path`: where it lies, a local path or a URL; `size` (bytes) and `stamp` (last change, as the
    file system says it) are the cheap first look that tells an unchanged file.
    """

    source: str
    path: str
    size: int = -1
    stamp: str = ""


class InputError(ValueError):
    """An input that names nothing; the message says which and what is expected."""


def find_inputs(
    given: Iterable[str],
    out: str | Path | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Iterator[Input]:
    """The files behind names of files, folders (read through), globs and URLs, one by one.

    Hidden files and folders (.git, .DS_Store) and Office lock files (~$) inside a folder are left
    out, and so is the output folder. `include` and `exclude` are globs over `source` (`*.pdf`,
    `2024/*`). Raises InputError for a name behind which there is nothing, before the first file.
    """
    found = [_behind(name, None if out is None else str(out)) for name in given]
    return (item for items in found for item in items if _wanted(item.source, include, exclude))


def read_bytes(path: str) -> bytes:
    """The bytes of a local path or URL; raises OSError, also for a pipe or a device."""
    if "://" not in path:
        file = Path(path)
        if not stat.S_ISREG(file.stat().st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return file.read_bytes()
    import fsspec

    with fsspec.open(path, "rb") as remote:
        data: bytes = remote.read()
    return data


def _wanted(source: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    if include and not any(_fits(source, pattern) for pattern in include):
        return False
    return not any(_fits(source, pattern) for pattern in exclude)


def _fits(source: str, pattern: str) -> bool:
    """Whether a glob fits the whole path or its last part."""
    return fnmatch.fnmatchcase(source, pattern) or fnmatch.fnmatchcase(
        PurePosixPath(source).name, pattern
    )


def _behind(name: str, out: str | None) -> Iterator[Input]:
    if "://" in name:
        return _begun(_at_url(name, out), f"{name}: no such file or folder; check the URL")
    path = Path(name)
    if path.is_dir():
        apart = Path(out).resolve() if out and "://" not in out else None
        return _begun(_below(path, apart), f"{name}: the folder holds no files; name one that does")
    if path.exists() or path.is_symlink():
        return iter([_input(path.name, path)])
    files = (Path(match) for match in sorted(glob.glob(name, recursive=True)))
    return _begun(
        (_input(file.name, file) for file in files if file.is_file()),
        f"{name}: no such file, folder or glob; check the path",
    )


def _begun(items: Iterator[Input], complaint: str) -> Iterator[Input]:
    """The items again, once it is sure that there is one."""
    for first in items:
        return _with(first, items)
    raise InputError(complaint)


def _with(first: Input, items: Iterator[Input]) -> Iterator[Input]:
    yield first
    yield from items


def _below(folder: Path, apart: Path | None) -> Iterator[Input]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (Path(root) / name).resolve() != apart
        )
        for name in sorted(files):
            if not name.startswith((".", "~$")):
                path = Path(root) / name
                yield _input(path.relative_to(folder).as_posix(), path)


def _input(source: str, path: Path) -> Input:
    size, stamp = -1, ""
    with suppress(OSError):
        state = path.stat()
        size, stamp = state.st_size, str(state.st_mtime_ns)
    return Input(_named(source), str(path), size, stamp)


def _at_url(url: str, out: str | None) -> Iterator[Input]:
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}; install its driver or check the URL") from error
    apart = files._strip_protocol(out) if out and "://" in out else None
    if not files.isdir(root):
        matches = files.glob(root, detail=True) if glob.has_magic(root) else {}
        if files.isfile(root):
            matches = {root: files.info(root)}
        for path, info in sorted(matches.items()):
            if info["type"] == "file":
                yield _remote(files, PurePosixPath(path).name, info)
        return
    for folder, folders, found in files.walk(root, detail=True):
        for name in [n for n in folders if n.startswith(".") or _same(folder, n, apart)]:
            del folders[name]
        for name, info in sorted(found.items()):
            if name and not name.startswith((".", "~$")):
                source = PurePosixPath(info["name"]).relative_to(root).as_posix()
                yield _remote(files, source, info)


def _same(folder: str, name: str, apart: str | None) -> bool:
    return apart is not None and f"{folder.rstrip('/')}/{name}" == apart.rstrip("/")


def _remote(files: Any, source: str, info: dict[str, Any]) -> Input:
    stamp = next((str(info[key]) for key in _LISTED if info.get(key)), "")
    return Input(source, files.unstrip_protocol(info["name"]), int(info.get("size") or 0), stamp)


def _named(path: str) -> str:
    """A path as text; one that is no UTF-8 comes from an old Chinese system and is GB18030."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path
