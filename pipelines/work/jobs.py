"""A job: some files to look into or documents to read, on any `concurrent.futures.Executor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass

from extract import unreadable
from pipelines.work.frames import Answer, Limits, Place, Wanted
from pipelines.work.packed import pack
from pipelines.work.reader import ChangedError, Reader
from pipelines.work.sandbox import sandbox

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Job:
    """Requests answered together. `limits` null: in the worker itself, without a sandbox."""

    requests: tuple[Wanted | str, ...]
    limits: Limits | None
    password: str | None = None
    tries: int = 0


def do(job: Job) -> list[Answer]:
    """The answers to a job's requests, in their order."""
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
    executor: Executor, jobs: Iterator[Job], ahead: int, stopped: Callable[[], bool]
) -> Iterator[tuple[Job, list[Answer]]]:
    """The answers to all jobs as they come; at most `ahead` under way at a time.

    A job whose worker was lost is done again request by request. After `stopped`, what is under
    way is finished and nothing more begun. Raises BrokenExecutor where the executor is at its end.
    """
    under_way: dict[Future[list[Answer]], Job] = {}
    again: list[Job] = []
    more = True
    while True:
        while not stopped() and len(under_way) < ahead and (again or more):
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
            error = future.exception()
            if error is None:
                yield job, future.result()
            elif isinstance(error, BrokenExecutor) or not isinstance(error, Exception):
                raise error
            elif job.tries + 1 < _TRIES:
                again += [
                    Job((request,), job.limits, job.password, job.tries + 1)
                    for request in job.requests
                ]
            else:
                yield job, [_lost(request, error) for request in job.requests]


def _lost(request: Wanted | str, error: BaseException) -> Answer:
    message = f"the worker that read it was lost {_TRIES} times ({error}); run again"
    if isinstance(request, str):
        return [Place("", None, message, passing=True)]
    return pack(unreadable(request.source, message, request.sha256, "worker_lost"))
