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

from pipelines.remote import is_url, open_url, plain, plain_errors, read_url

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
    out, and so is the output folder. Links to folders are not followed: one that leads out of all
    folders given is an input of its own, which fails. `include` and `exclude` are globs over
    `source` (`*.pdf`, `2024/*`). Raises InputError for a name behind which there is nothing,
    before the first file.
    """
    apart = None if out is None else plain(str(out))
    names = [plain(name) for name in given]
    roots = {os.path.realpath(name) for name in names if not is_url(name)}
    found = [_behind(name, apart, roots) for name in names]
    return (item for items in found for item in items if _wanted(item.source, include, exclude))


def read_bytes(path: str) -> bytes:
    """The bytes of a local path or URL; raises OSError, also for a pipe, a device or a folder."""
    if is_url(path):
        return read_url(path)
    file = Path(path)
    mode = file.stat().st_mode
    if stat.S_ISDIR(mode) and file.is_symlink() and os.access(file, os.R_OK | os.X_OK):
        raise OSError(
            errno.EISDIR,
            "links to folders are not followed, and the papers there are not read; name the folder "
            "itself as an input too, or leave the link out with --exclude",
        )
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "the folder cannot be listed, and its papers are not read")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file")
    return file.read_bytes()


def _wanted(source: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    if include and not any(_fits(source, pattern) for pattern in include):
        return False
    return not any(_fits(source, pattern) for pattern in exclude)


def _fits(source: str, pattern: str) -> bool:
    """Whether a glob fits the whole path or its last part."""
    return fnmatch.fnmatchcase(source, pattern) or fnmatch.fnmatchcase(
        PurePosixPath(source).name, pattern
    )


def _behind(name: str, out: str | None, roots: set[str]) -> Iterator[Input]:
    if is_url(name):
        return _begun(_at_url(name, out), f"{name}: no such file or folder; check the URL")
    # workers on other machines stand in other folders
    path = _absolute(name)
    if path.is_dir():
        apart = Path(out).resolve() if out and not is_url(out) else None
        files = _below(path, apart, roots)
        return _begun(files, f"{name}: the folder holds no files; name one that does")
    if path.exists() or path.is_symlink():
        return iter([_input(path.name, path)])
    matches = (_absolute(match) for match in sorted(glob.glob(name, recursive=True)))
    return _begun(
        (_input(file.name, file) for file in matches if file.is_file()),
        f"{name}: no such file, folder or glob; check the path",
    )


def _absolute(name: str) -> Path:
    """The place as one spelling says it, without `..` where no link stands before that."""
    path = Path(name).absolute()
    plainly = Path(os.path.normpath(path))
    return plainly if os.path.realpath(plainly) == os.path.realpath(path) else path


def _begun(items: Iterator[Input], complaint: str) -> Iterator[Input]:
    """The items again, once it is sure that there is one."""
    for first in items:
        return _with(first, items)
    raise InputError(complaint)


def _with(first: Input, items: Iterator[Input]) -> Iterator[Input]:
    yield first
    yield from items


def _below(folder: Path, apart: Path | None, roots: set[str]) -> Iterator[Input]:
    closed: list[str] = []

    def refused(error: OSError) -> None:
        if error.errno in _CLOSED:
            closed.append(str(error.filename))
        else:
            _not_listed(error)

    for root, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (Path(root) / name).resolve() != apart
        )
        closed += [
            link
            for link in (os.path.join(root, name) for name in folders)
            if os.path.islink(link) and not _is_within(os.path.realpath(link), roots)
        ]
        for name in sorted(files):
            if not _is_hidden(name):
                path = Path(root) / name
                yield _input(path.relative_to(folder).as_posix(), path)
    # each becomes a failed row: what it held must not go in silence
    for path in map(Path, closed):
        yield _input(path.relative_to(folder).as_posix(), path)


def _is_within(place: str, roots: set[str]) -> bool:
    """Whether a place lies in one of the folders, where it is read anyway."""
    return any(Path(place).is_relative_to(root) for root in roots)


_CLOSED = (errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ELOOP)
"""Faults of one folder, and not of the file system that it lies on."""


def _not_listed(error: OSError) -> None:
    """A folder that is gone holds nothing; one that cannot be listed must not pass for empty."""
    if not isinstance(error, FileNotFoundError):
        raise InputError(
            f"cannot list a folder: {error}; nothing was changed, run again when it is there"
        ) from error


def _input(source: str, path: Path) -> Input:
    size, stamp = -1, ""
    with suppress(OSError):
        state = path.stat()
        size, stamp = state.st_size, str(state.st_mtime_ns)
    return Input(_named(source), str(path), size, stamp)


def _at_url(url: str, out: str | None) -> Iterator[Input]:
    try:
        files, root = open_url(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}; install its driver or check the URL") from error
    except OSError as error:
        raise InputError(f"{url}: {error}; check the URL, its rights and the network") from error
    # the host stands before the path in some URLs, and the file system names it no more
    bare = url.rstrip("/")
    before = bare.removesuffix(root) if bare.endswith(root) else ""
    try:
        with plain_errors():
            for source, info in _objects(files, root, None if out is None else plain(out)):
                name = before + info["name"] if before else files.unstrip_protocol(info["name"])
                yield Input(source, name, int(info.get("size") or 0), _stamp(info))
    except OSError as error:
        raise InputError(f"{url}: {error}; check the URL, its rights and the network") from error


def _objects(files: Any, root: str, out: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """What lies there now, with its name below the root: a file, a glob's files, or a folder's."""
    files.invalidate_cache()
    if not files.isdir(root):
        matches = files.glob(root, detail=True) if glob.has_magic(root) else {}
        if files.isfile(root):
            matches = {root: files.info(root)}
        for path, info in sorted(matches.items()):
            if info["type"] == "file":
                yield PurePosixPath(path).name, info
        return
    apart = files._strip_protocol(out).rstrip("/") if out and is_url(out) else None
    for info in _all_below(files, root, apart):
        yield PurePosixPath(info["name"]).relative_to(root).as_posix(), info


def _all_below(files: Any, root: str, apart: str | None) -> Iterator[dict[str, Any]]:
    """Not by `walk`: a folder that cannot be listed would pass for an empty one."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            found = sorted(files.ls(folder, detail=True), key=lambda info: str(info["name"]))
        except FileNotFoundError:
            continue
        # or the listings of all folders would stay in memory
        files.invalidate_cache()
        for info in found:
            path = info["name"].rstrip("/")
            if path in (folder.rstrip("/"), apart) or _is_hidden(path.rpartition("/")[2]):
                continue
            if info["type"] == "directory":
                folders.append(path)
            else:
                yield info


def _is_hidden(name: str) -> bool:
    """Of the system, or an Office lock file."""
    return name.startswith((".", "~$"))


def _stamp(info: dict[str, Any]) -> str:
    return next((str(info[key]) for key in _LISTED if info.get(key)), "")


def _named(path: str) -> str:
    """A path as text; one that is no UTF-8 comes from an old Chinese system and is GB18030."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path
