"""How long work takes, by the pace of the machine it runs on: no test counts seconds.

The measure is a pattern over letters that it takes the square of their number for, in CPU time.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import cache

import regex

_SQUARE = regex.compile(r"[a-z]+\d")
_LETTERS = "a" * 6000
_TRIES = 4
WORST = 8.0
"""Times that four times the length may take; a square would take sixteen."""
NO_TROUBLE = 1 / 16
"""Paces below which work is too quick to judge how it grows."""


def seconds(work: Callable[[], object]) -> float:
    """CPU time of a call, without that of looking through what other tests have left behind."""
    gc.freeze()
    started = time.process_time()
    work()
    taken = time.process_time() - started
    gc.unfreeze()
    return taken


@cache
def _pace() -> float:
    return min(seconds(lambda: list(_SQUARE.finditer(_LETTERS))) for _ in range(_TRIES))


def paces(work: Callable[[], object]) -> float:
    """CPU time of a call, in times of the known square."""
    return seconds(work) / _pace()


def growth(work: Callable[[int], object], short: int, long: int) -> float:
    """How many times longer the long takes than the short, at best of some tries; 0 where it is
    quick anyway."""
    slow = paces(lambda: work(long))
    if slow < NO_TROUBLE:
        return 0.0
    quick = paces(lambda: work(short))
    for _ in range(_TRIES):
        if slow < NO_TROUBLE or slow < WORST * quick:
            break
        slow = min(slow, paces(lambda: work(long)))
        quick = min(quick, paces(lambda: work(short)))
    return slow / max(quick, 1e-6) if slow >= NO_TROUBLE else 0.0
