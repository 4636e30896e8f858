"""A Dask cluster that is there already, as an executor (extra `gongwen[cluster]`)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from extract import rules_version
from pipelines.store.base import StoreError
from pipelines.work.jobs import WorkersError, check_rules
from pipelines.work.sandbox import close_all

_ANSWERS = "30s"
"""How long to wait for the scheduler, at the begin and when it is away."""
_AT_LEAST = 32
"""Jobs under way while few workers are there: clusters grow with the work that waits."""
_COUNTED = 5.0
"""Seconds between two counts of the cluster's cores."""


def check_dask() -> None:
    """Raises StoreError where Dask is not installed."""
    if find_spec("distributed") is None:
        raise StoreError(
            'a cluster needs Dask: pip install "gongwen[cluster]", here and on the workers'
        )


@contextmanager
def cluster(address: str, made_by: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """The cluster's executor, and how many jobs to send ahead, which follows its cores.

    Raises StoreError where it cannot be reached, WorkersError where the rules there are not those
    of the version `made_by`.
    """
    from distributed import Client

    try:
        client = Client(address, timeout=_ANSWERS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise StoreError(f"no Dask scheduler answers at {address}; check the address") from error
    with client:
        _check_rules(client, made_by)
        try:
            yield client.get_executor(pure=False), _Ahead(client)  # type: ignore[no-untyped-call]
        finally:
            # workers outlive the run, their readers need not
            if client.status == "running":
                with suppress(Exception):
                    client.run(close_all)


def _check_rules(client: Any, made_by: str) -> None:
    try:
        found = [client.run_on_scheduler(rules_version), *client.run(rules_version).values()]
    except Exception as error:  # of any kind: what a worker raises comes back as text
        raise WorkersError(
            f"gongwen is not whole on the cluster: {error}; "
            "install it on the scheduler and on the workers"
        ) from error
    for version in found:
        check_rules(made_by, version)


class _Ahead:
    """Twice the cores that the cluster has by now."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._jobs = _AT_LEAST
        self._counted = float("-inf")

    def __call__(self) -> int:
        if time.monotonic() - self._counted > _COUNTED:
            with suppress(OSError):
                self._jobs = max(_AT_LEAST, 2 * sum(self._client.ncores().values()))
            self._counted = time.monotonic()
        return self._jobs
