"""A job: some files to look into or documents to read, on any `concurrent.futures.Executor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass, replace

import extract
from extract import unreadable
from pipelines.work.frames import Answer, Limits, Place, Wanted
from pipelines.work.packed import pack
from pipelines.work.reader import ChangedError, Reader
from pipelines.work.sandbox import sandbox

_TRIES = 3


class WorkersError(RuntimeError):
    """Workers that cannot do any job, or are gone; the message says why."""


@dataclass(frozen=True, slots=True)
class Job:
    """Requests answered together. `limits` null: in the worker itself, without a sandbox.

    `made_by`: the version of the rules that the run marks its rows with.
    """

    requests: tuple[Wanted | str, ...]
    limits: Limits | None
    made_by: str
    password: str | None = None
    tries: int = 0


def do(job: Job) -> list[Answer]:
    """The answers to a job's requests, in their order.

    Raises WorkersError in a worker that has other rules: its rows would pass for those of the run.
    """
    check_rules(job.made_by, extract.rules_version())
    if job.limits is None:
        reader = Reader(job.password)
        return [_plainly(reader, request) for request in job.requests]
    with sandbox(job.limits, job.password) as box:
        return [box.ask(request) for request in job.requests]


def _plainly(reader: Reader, request: Wanted | str) -> Answer:
    try:
        return reader.look(request) if isinstance(request, str) else reader.read(request)
    except ChangedError:
        return None


def do_all(
    executor: Executor, jobs: Iterator[Job], ahead: Callable[[], int], stopped: Callable[[], bool]
) -> Iterator[tuple[Job, list[Answer]]]:
    """The answers to all jobs as they come; at most `ahead` under way at a time.

    A job whose worker was lost is done again request by request. After `stopped`, what is under
    way is finished and nothing more begun. Raises WorkersError where no job can be done.
    """
    under_way: dict[Future[list[Answer]], Job] = {}
    again: list[Job] = []
    more = True
    while True:
        while not stopped() and len(under_way) < ahead() and (again or more):
            job = again.pop() if again else next(jobs, None)
            if job is None:
                more = False
            else:
                under_way[executor.submit(do, job)] = job
        if not under_way:
            return
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            job = under_way.pop(future)
            error = _error(future)
            if error is None:
                yield job, future.result()
            elif job.tries + 1 < _TRIES:
                again += [replace(job, requests=(r,), tries=job.tries + 1) for r in job.requests]
            else:
                yield job, [_lost(request, error) for request in job.requests]


def check_rules(wanted: str, found: str) -> None:
    """Raises WorkersError where a worker's rules are not those of the run."""
    if found != wanted:
        raise WorkersError(
            f"the workers have another version of gongwen (rules {found}, here {wanted}); "
            "install the same one there"
        )


def _error(future: Future[list[Answer]]) -> Exception | None:
    """Why a worker was lost over a job; raises WorkersError for what any other job would meet."""
    try:
        error = future.exception()
    except CancelledError:
        raise WorkersError("the workers, or who sends them the jobs, are gone") from None
    if isinstance(error, ImportError):
        raise WorkersError(f"gongwen is not whole on the workers: {error}; install it there")
    if isinstance(error, BrokenExecutor):
        raise WorkersError(f"the workers are gone: {error}") from error
    if error is None or (isinstance(error, Exception) and not isinstance(error, WorkersError)):
        return error
    raise error


def _lost(request: Wanted | str, error: BaseException) -> Answer:
    message = (
        f"the workers that read it were lost {_TRIES} times ({type(error).__name__}); "
        "look at the file and the memory of the workers"
    )
    if isinstance(request, str):
        return [Place("", None, message, passing=True)]
    return pack(unreadable(request.source, message, request.sha256, "worker_lost"))
