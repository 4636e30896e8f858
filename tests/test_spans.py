"""Which stretches of a paper no task holds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pace import WORST, growth

from extract.assemble.spans import uncovered

Span = tuple[int, int]


def left(spans: list[Span], tasks: list[Span], run_on: list[Span] | None = None) -> list[Span]:
    drafts: list[Any] = [
        SimpleNamespace(task=SimpleNamespace(char_start=start, char_end=end, source="body"))
        for start, end in tasks
    ]
    paper: Any = SimpleNamespace(run_on=run_on or [])
    return uncovered(paper, spans, drafts)


@pytest.mark.parametrize(
    ("spans", "tasks", "expected"),
    [
        ([(0, 10)], [], [(0, 10)]),
        ([(0, 10)], [(0, 10)], []),
        ([(0, 10)], [(3, 5)], [(0, 3), (5, 10)]),
        ([(0, 10)], [(3, 5), (5, 7)], [(0, 3), (7, 10)]),
        ([(0, 10)], [(4, 6), (2, 8)], [(0, 2), (8, 10)]),
        ([(0, 10)], [(10, 12)], [(0, 10)]),
        ([(5, 10)], [(0, 5)], [(5, 10)]),
        ([(0, 4), (5, 9), (10, 14)], [(3, 11)], [(0, 3), (11, 14)]),
        ([(10, 14), (0, 4)], [(1, 2), (12, 20)], [(10, 12), (0, 1), (2, 4)]),
    ],
    ids=str,
)
def test_what_the_tasks_leave(spans: list[Span], tasks: list[Span], expected: list[Span]) -> None:
    assert left(spans, tasks) == expected


def test_tables_that_ran_together_are_taken_too() -> None:
    assert left([(0, 10)], [(0, 2)], [(6, 9)]) == [(2, 6), (9, 10)]


@pytest.mark.parametrize("within", [False, True], ids=["one a span", "and one about them all"])
def test_thousands_of_tasks_take_time_by_their_number(within: bool) -> None:
    """Each span asked every task: 3,000 pages of an OFD took over three minutes."""

    def work(count: int) -> None:
        tasks = [(10 * n, 10 * n + 5) for n in range(count)]
        about = [(0, 10 * count)] if within else []
        left([(10 * n, 10 * n + 8) for n in range(count)], [*about, *tasks])

    assert growth(work, 2_000, 8_000) < WORST
