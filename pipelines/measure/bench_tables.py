"""Quality of tables: `python -m pipelines.measure.bench_tables PAPERS [LABELS]`.

For each grid labelled by hand (tests/gold/grids) whose paper lies in the folder PAPERS: TEDS, the
likeness of two tables as trees of rows and cells (Zhong, ShafieiBavani, Jimeno Yepes: Image-based
table recognition, 2020), computed by table-recognition-metric with its authors' code (dev extra).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from extract.clean import clean
from extract.lens import fold
from extract.readers import read
from pipelines.inputs import find_inputs, read_bytes

LABELS = "tests/gold/grids"
GOAL = 0.97


class Cell(NamedTuple):
    """A cell with text: its place, the rows and columns it covers, and its words for comparison."""

    row: int
    column: int
    down: int
    across: int
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A table labelled by hand. `digested`: its words stand as digests, so that the label holds no
    text of the paper."""

    name: str
    source: str
    digested: bool
    cells: tuple[Cell, ...]


def bench(papers: str, labels: str = LABELS) -> None:
    """Print TEDS of each labelled table and of its structure alone, and how many reach the goal."""
    from table_recognition_metric import TEDS

    scores = []
    files = {Path(item.source).name: item.path for item in find_inputs([papers])}
    print("TEDS    structure  table")
    for label in read_labels(labels):
        if label.source not in files:
            continue
        tables = tables_of(read_bytes(files[label.source]), label.source)
        found = nearest(tables, label)
        whole, bare = (
            _teds(TEDS(structure_only=structure), found, label.cells) for structure in (False, True)
        )
        scores.append(whole)
        print(f"{whole:.4f}{bare:10.4f}   {label.name}: {label.source}")
    if scores:
        good = sum(score >= GOAL for score in scores)
        print(f"{good} of {len(scores)} tables reach {GOAL}; mean {sum(scores) / len(scores):.4f}")
    else:
        print(f"no paper of the labels in {labels} is in {papers}")


def _teds(measure: Callable[[str, str], float], found: tuple[Cell, ...], true: Any) -> float:
    return measure(markup(found), markup(true))


def read_labels(folder: str) -> list[Label]:
    """The labels of a folder, one JSON file a table, in the order of their names."""
    return [_label(path) for path in sorted(Path(folder).glob("*.json"))]


def _label(path: Path) -> Label:
    data = json.loads(path.read_text(encoding="utf-8"))
    digested = data.get("digested", False)
    cells = placed(data["rows"], str if digested else words)
    return Label(path.stem, data["source"], digested, cells)


def placed(rows: Iterable[Iterable[Any]], plain: Callable[[str], str]) -> tuple[Cell, ...]:
    """The cells with text of rows as HTML has them: each a text, or text, rows and columns it
    covers; places under a cell from above are not stated."""
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for row, stated in enumerate(rows):
        column = 0
        for cell in stated:
            text, down, across = (cell, 1, 1) if isinstance(cell, str) else cell
            while (row, column) in covered:
                column += 1
            cells.append(Cell(row, column, down, across, plain(text)))
            covered |= {(row + i, column + j) for i in range(down) for j in range(across)}
            column += across
    return tuple(cell for cell in cells if cell.words)


def tables_of(data: bytes, name: str) -> list[tuple[Cell, ...]]:
    """The tables of a paper's canonical text, those over pages joined, as a user gets them."""
    canonical = clean(read(data, name))
    tables: dict[int, list[Cell]] = {}
    for s in canonical.stretches:
        if s.table is not None:
            text = words(canonical.text[s.start : s.end])
            tables.setdefault(s.table, []).append(
                Cell(s.row, s.column, s.row_span, s.column_span, text)
            )
    return [tuple(cells) for cells in tables.values()]


def words(text: str) -> str:
    """A cell's text for comparison: folded, without white space."""
    return "".join(fold(text).split())


def digest(text: str) -> str:
    """What stands for a cell's words in a label that holds none."""
    return sha256(text.encode()).hexdigest()[:12] if text else ""


def nearest(tables: list[tuple[Cell, ...]], label: Label) -> tuple[Cell, ...]:
    """The table that shares most texts with a label, of all that the two have, its words as the
    label has them: a large table of figures shares some with every other."""
    if label.digested:
        tables = [tuple(c._replace(words=digest(c.words)) for c in cells) for cells in tables]
    true = {cell.words for cell in label.cells}

    def shared(cells: tuple[Cell, ...]) -> float:
        found = {cell.words for cell in cells}
        return len(true & found) / max(len(true | found), 1)

    return max(tables, key=shared, default=())


def markup(cells: Iterable[Cell]) -> str:
    """Cells as the HTML that the measure reads. The canonical text has no empty cells, so that each
    place without text is an empty cell of its own, in labels too."""
    cells = list(cells)
    rows = max((cell.row + cell.down for cell in cells), default=0)
    columns = max((cell.column + cell.across for cell in cells), default=0)
    covered = {
        (cell.row + i, cell.column + j)
        for cell in cells
        for i in range(cell.down)
        for j in range(cell.across)
    }
    places = ((row, column) for row in range(rows) for column in range(columns))
    empty = [Cell(row, column, 1, 1, "") for row, column in places if (row, column) not in covered]
    lines: list[list[str]] = [[] for _ in range(rows)]
    for cell in sorted([*cells, *empty]):
        span = f' rowspan="{cell.down}" colspan="{cell.across}"'
        lines[cell.row].append(f"<td{span}>{escape(cell.words)}</td>")
    body = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f"<html><body><table>{body}</table></body></html>"


if __name__ == "__main__":
    bench(*sys.argv[1:])
