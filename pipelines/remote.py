"""Files behind URLs, by fsspec and the user's own drivers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec

_LOCAL = ("file://", "local://")


def is_url(place: str) -> bool:
    """Whether a place is behind a URL, and no path of this machine."""
    return "://" in place


def plain(place: str) -> str:
    """A file:// URL as the path it means; anything else as it is."""
    if place.startswith(_LOCAL):
        path: str = fsspec.get_filesystem_class("file")._strip_protocol(place)
        return path
    return place


def open_url(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it; raises ImportError and ValueError.

    Not `url_to_fs`: that takes `::` for a chain of file systems, and objects may be named so.
    """
    protocol, _ = fsspec.core.split_protocol(url)
    kind = fsspec.get_filesystem_class(protocol)
    return fsspec.filesystem(protocol, **kind._get_kwargs_from_urls(url)), kind._strip_protocol(url)


def read_url(url: str) -> bytes:
    """The bytes behind a URL; raises OSError."""
    with plain_errors():
        files, path = open_url(url)
        data: bytes = files.cat_file(path)
        return data


@contextmanager
def plain_errors() -> Iterator[None]:
    """Within, whatever a driver raises is an OSError: for a network away, most have own classes."""
    try:
        yield
    except (OSError, MemoryError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
