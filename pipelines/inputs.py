"""Which files a run reads, and the name each has in the tables."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True, slots=True)
class Input:
    """A file to read. `source`: its path below the input folder, / between; else its name."""

    source: str
    path: Path


class InputError(ValueError):
    """An input that names nothing; the message says which and what is expected."""


def find_inputs(given: Iterable[str], out: Path | None = None) -> list[Input]:
    """The files behind names of files, folders (read through) and globs, sorted by source.

    Hidden files and folders (.git, .DS_Store) and Office lock files (~$) inside a folder are left
    out, and so is the output folder. Raises InputError for a name behind which there is nothing.
    """
    apart = out.resolve() if out else None
    found: set[Input] = set()
    for name in given:
        path = Path(name)
        if path.is_dir():
            files = list(_below(path, apart))
            if not files:
                raise InputError(f"{name}: the folder holds no files; name one that does")
            found.update(files)
        elif path.exists() or path.is_symlink():
            found.add(Input(_named(path.name), path))
        else:
            matches = [Path(match) for match in glob.glob(name, recursive=True)]
            files = [Input(_named(match.name), match) for match in matches if match.is_file()]
            if not files:
                raise InputError(f"{name}: no such file, folder or glob; check the path")
            found.update(files)
    return sorted(found)


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
                yield Input(_named(path.relative_to(folder).as_posix()), path)


def _named(path: str) -> str:
    """A path as text; one that is no UTF-8 comes from an old Chinese system and is GB18030."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace")
    return path
