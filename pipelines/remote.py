"""Files behind URLs, by fsspec and the user's own drivers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec

_LOCAL = ("file://", "local://")
_HADOOP = ("libhdfs", "libjvm")


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
    """The file system of a URL and the path in it.

    Raises ValueError, ImportError for a driver or what it needs, OSError where nobody answers. Not
    by `url_to_fs`: that takes `::` for a chain of file systems, and objects may be named so.
    """
    protocol, _ = fsspec.core.split_protocol(url)
    kind = fsspec.get_filesystem_class(protocol)
    options, path = kind._get_kwargs_from_urls(url), kind._strip_protocol(url)
    try:
        return fsspec.filesystem(protocol, **options), path
    except OSError as error:
        if not any(library in str(error) for library in _HADOOP):
            raise
        # of hundreds of lines, one a place where it looked
        first, *_ = str(error).splitlines()
        raise ImportError(f"{first.rstrip(': ')}; {_wanted_by_hadoop()}") from error


def _wanted_by_hadoop() -> str:
    """What HDFS needs, and what of it is not set here."""
    unset = [name for name in ("HADOOP_HOME", "CLASSPATH", "JAVA_HOME") if name not in os.environ]
    said = f"; not set here: {', '.join(unset)}" if unset else ""
    return (
        "HDFS needs Hadoop's libhdfs and Java, found by HADOOP_HOME, JAVA_HOME and "
        f"CLASSPATH=$(hadoop classpath --glob){said}"
    )


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
