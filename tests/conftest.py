"""What several tests share: the tables of the five papers in data/raw, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.inputs import find_inputs
from pipelines.run import run

SEEDS = Path(__file__).parent.parent / "data" / "raw"


@pytest.fixture(scope="session")
def seed_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the ten tables of data/raw."""
    out = tmp_path_factory.mktemp("tables")
    run(find_inputs([str(SEEDS)]), out)
    return out
