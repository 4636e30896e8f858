"""A Dask cluster that is there already, as an executor (extra `gongwen[cluster]`)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from pipelines.store.base import StoreError


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The cluster's executor and its cores; raises StoreError where it cannot be reached."""
    try:
        from distributed import Client
    except ImportError as error:
        raise StoreError(
            'a cluster needs Dask: pip install "gongwen[cluster]", here and on the workers'
        ) from error
    try:
        client = Client(address, timeout="30s", set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise StoreError(f"no Dask scheduler answers at {address}; check the address") from error
    with client:
        cores = sum(client.ncores().values())  # type: ignore[no-untyped-call]
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        yield executor, max(1, cores)
