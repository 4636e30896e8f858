"""What every system's worker hands back for a phrase, and how it reads and writes the phrases.

A worker runs in its system's own environment: JSON on standard input, JSON on standard output.
Standard library only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TypedDict


class Answer(TypedDict, total=False):
    """An expression that a system found: offsets in the phrase and all it says of it.

    starts, ends: days that it may begin or end on (YYYY-MM-DD, the last day included);
    frequency: YEARLY;1, MONTHLY;3; durations: ISO 8601, in each unit it may be
    said in; value, unit: of a figure, 1.2亿元 is 120000000 and 元, a figure without a unit that the
    system knows has none.
    """

    start: int
    end: int
    starts: list[str]
    ends: list[str]
    frequency: str
    durations: list[str]
    value: float
    unit: str


def serve(
    times: Callable[[str, str, bool], list[Answer]],
    figures: Callable[[str], list[Answer]],
    version: str,
) -> None:
    """Answer the phrases on standard input. `times` gets a phrase, the day of its paper and
    whether it is a cell of a deadline column."""
    asked: dict[str, Any] = json.load(sys.stdin)
    said = sys.stdout
    sys.stdout = sys.stderr  # a library's greetings are no answers
    answers = {
        "version": version,
        "times": [times(*phrase) for phrase in asked["times"]],
        "figures": [figures(phrase) for phrase in asked["figures"]],
    }
    json.dump(answers, said)
