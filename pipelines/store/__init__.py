"""Tables on disk or in an object store: whole at every moment, the same bytes for the same papers.

A version of the output is what one run published. Its manifest names every file, and a file's name
carries the hash of its content, so no reader ever mixes two versions.
"""

from __future__ import annotations

from pipelines.remote import is_url, plain
from pipelines.store.base import Store, StoreError
from pipelines.store.folder import Folder
from pipelines.store.manifest import Entry, Manifest
from pipelines.store.objects import Objects
from pipelines.store.output import Output, open_output

__all__ = [
    "Entry",
    "Folder",
    "Manifest",
    "Objects",
    "Output",
    "Store",
    "StoreError",
    "open_output",
    "store_at",
]


def store_at(out: str, work: str | None = None) -> Store:
    """The store for a folder or URL; `work`: a local folder for what is under way.

    Raises StoreError for a folder that cannot be written or holds something else.
    """
    place = plain(out)
    return Objects(place, work) if is_url(place) else Folder(place, work)
