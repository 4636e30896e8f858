"""The five papers of data/raw against the answers made by hand in tests/gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.measure.score import LAYERS, Scores, score_output

GOLD = Path(__file__).parent / "gold"
RAW = Path(__file__).parents[1] / "data" / "raw"
AT_LEAST = {
    "tasks": 0.99,
    "task_extent": 0.99,
    "units": 0.99,
    "unit_names": 0.98,
    "subjects": 0.90,
    "deadlines": 0.98,
    "targets": 0.95,
    "indicators": 0.85,
    "citations": 0.98,
    "details": 0.95,
    "metadata": 0.98,
}


@pytest.fixture(scope="module")
def scores(seed_tables: Path) -> Scores:
    return score_output(GOLD, seed_tables)


def test_every_paper_of_data_raw_is_scored(scores: Scores) -> None:
    assert len(scores.papers) == 5
    assert not [name for name in scores.absent if (RAW / name).exists()]


@pytest.mark.parametrize("layer", LAYERS)
def test_layer(scores: Scores, layer: str) -> None:
    wrong = [item for item in scores.wrong if item[1] == layer]
    assert scores.figures(layer).f1 >= AT_LEAST[layer], wrong
    assert scores.figures(layer).hit > 0


def test_every_span_gives_back_its_quote(scores: Scores) -> None:
    assert scores.broken_spans == []
