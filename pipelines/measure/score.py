"""Compare tables with answers made by hand: precision, recall and F1 a layer.

The gold format is one JSON file a paper (see CONTRIBUTING). Tasks are paired by their opening
words, units compared by role and unit (and, apart, by normalised name), deadlines by kind, dates
and recurrence, targets by comparator, values and unit.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pandas as pd

from pipelines.measure.score_keys import (
    METADATA,
    as_list,
    deadline_keys,
    detail_keys,
    indicator_hits,
    metadata_keys,
    norm,
    norm_unit,
    target_keys,
    unit_keys,
)

LAYERS = (
    "tasks",
    "task_extent",
    "units",
    "unit_names",
    "subjects",
    "deadlines",
    "targets",
    "indicators",
    "citations",
    "details",
    "metadata",
)
_SPANNED = ("sections", "tasks", "responsibilities", "deadlines", "targets", "citations")
_READ = ("tasks", "responsibilities", "deadlines", "targets", "citations")

Row = Mapping[str, Any]


class ScoreError(RuntimeError):
    """Tables or gold that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Hits, false and missed items of a layer, and what follows from them."""

    hit: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 where nothing was found."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is none."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 1 where there is nothing at all."""
        total = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / total if total else 1.0


@dataclass(slots=True)
class Scores:
    """Counts by paper and layer, every wrong item, broken spans and the papers scored."""

    counts: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    wrong: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    broken_spans: list[str] = field(default_factory=list)

    def add(
        self, paper: str, layer: str, place: str, gold: Iterable[Any], found: Iterable[Any]
    ) -> None:
        """Count what gold and found share, and keep what they do not."""
        want, have = Counter(gold), Counter(found)
        hit = want & have
        self.counts[paper, layer].update(
            hit=hit.total(), missed=(want - hit).total(), false=(have - hit).total()
        )
        for what, items in (("missed", want - hit), ("false", have - hit)):
            self.wrong += [(paper, layer, place, what, str(item)) for item in items.elements()]

    def figures(self, layer: str, paper: str | None = None) -> Figures:
        """A layer's figures, of one paper or of all."""
        total: Counter[str] = Counter()
        for (name, of), counts in self.counts.items():
            if of == layer and paper in (None, name):
                total.update(counts)
        return Figures(total["hit"], total["false"], total["missed"])


def score_output(gold: Path, out: Path) -> Scores:
    """Score the tables below `out` against the gold papers that it holds; raises ScoreError."""
    try:
        documents = pd.read_parquet(out / "documents")
        tables = {name: pd.read_parquet(out / name) for name in _READ}
        broken = _broken_spans(out, documents)
    except (OSError, ValueError, KeyError) as error:
        raise ScoreError(
            f"cannot read the tables in {out} ({error}); "
            "name a folder that `gongwen run` has written"
        ) from error
    scores = Scores(broken_spans=broken)
    by_name = _by_file_name(documents)
    answers = sorted(gold.glob("*.json"))
    if not answers:
        what = "holds no JSON files" if gold.is_dir() else "is no folder"
        raise ScoreError(f"{gold} {what}; name a folder of gold papers (CONTRIBUTING.md says how)")
    for path in answers:
        paper = json.loads(path.read_text(encoding="utf-8"))
        meta = by_name.get(paper["source"])
        if meta is None:
            scores.absent.append(paper["source"])
            continue
        scores.papers.append(path.stem)
        mine = {name: _rows(table, meta["doc_id"]) for name, table in tables.items()}
        _score_paper(scores, path.stem, paper, meta, mine)
    if not scores.papers:
        raise ScoreError(f"no gold paper of {gold} is in {out}; run it over those papers first")
    return scores


def _by_file_name(documents: pd.DataFrame) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in cast(list[Row], documents.to_dict("records")):
        for place in [row["source"], *as_list(row["also_at"])]:
            found.setdefault(str(place).replace("\\", "/").rsplit("/", 1)[-1], row)
    return found


def _rows(table: pd.DataFrame, doc_id: str) -> list[Row]:
    own = table[table.doc_id == doc_id].astype(object)
    return cast(list[Row], own.where(own.notna(), None).to_dict("records"))


def _broken_spans(out: Path, documents: pd.DataFrame) -> list[str]:
    """Rows whose offsets do not give back their quote."""
    text = dict(zip(documents.doc_id, documents.text.fillna(""), strict=True))
    bad = []
    for name in _SPANNED:
        table = pd.read_parquet(out / name, columns=["doc_id", "quote", "char_start", "char_end"])
        for doc_id, quote, start, end in table.itertuples(index=False):
            if pd.isna(start) or end <= start or text[doc_id][int(start) : int(end)] != quote:
                bad.append(f"{name} {doc_id} {start}:{end} {str(quote)[:20]!r}")
    return bad


def _score_paper(
    scores: Scores, name: str, gold: Row, meta: Row, tables: Mapping[str, Sequence[Row]]
) -> None:
    for column in METADATA:
        want, have = metadata_keys(column, gold["document"].get(column), meta.get(column))
        scores.add(name, "metadata", column, want, have)
    tasks = tables["tasks"]
    pairs = _pair_tasks(gold["tasks"], tasks)
    paired = set(pairs.values())
    scores.add(
        name,
        "tasks",
        "",
        [norm(g["head"]) for g in gold["tasks"]],
        [norm(g["head"]) for i, g in enumerate(gold["tasks"]) if i in pairs]
        + ["+" + norm(f["text"])[:24] for j, f in enumerate(tasks) if j not in paired],
    )
    by_task = {table: _by_task(tables[table]) for table in _READ[1:4]}
    for i, answer in enumerate(gold["tasks"]):
        _score_task(scores, name, answer, tasks[pairs[i]] if i in pairs else None, by_task)
    for j, extra in enumerate(tasks):
        if j not in paired:
            _score_task(scores, name, None, extra, by_task)
    _score_outside(scores, name, gold, tables)


def _by_task(rows: Iterable[Row]) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["task_id"]].append(row)
    return groups


def _opening(gold: Row, found: Row) -> str:
    """A gold task's opening words; without the title where the found text leaves it out."""
    head, title = norm(gold["head"]), norm(gold.get("title"))
    apart = title == norm(found.get("title")) and not norm(found["text"]).startswith(title)
    if title and head.startswith(title) and apart:
        return head[len(title) :].lstrip("。:")
    return head


def _pair_tasks(gold: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Gold and found tasks whose opening words agree; path and closing words break ties."""
    scored = []
    for i, want in enumerate(gold):
        tail = norm(want.get("tail"))
        for j, have in enumerate(found):
            text = norm(have["text"])
            at = text.find(_opening(want, have))
            if at < 0 or at > len(norm(have.get("title"))) + 6:
                continue
            likeness = (
                4 * (have.get("source") == want.get("source", "body"))
                + 2 * (norm(have.get("path")) == norm(want.get("path")))
                + (bool(tail) and tail in text[-len(tail) - 12 :])
                - at / 100
            )
            scored.append((likeness, -abs(i - j), i, j))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(scored, reverse=True):
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


_EMPTY: Row = {"units": [], "deadlines": [], "targets": []}


def _score_task(
    scores: Scores,
    name: str,
    gold: Row | None,
    found: Row | None,
    by_task: Mapping[str, Mapping[Any, list[Row]]],
) -> None:
    want = gold or _EMPTY
    either = gold or found or {}
    place = f"{either.get('path') or ''} {(either.get('head') or either.get('text') or '')[:12]}"
    rows = {
        table: groups.get(found["task_id"], []) if found else []
        for table, groups in by_task.items()
    }
    units, answers = want["units"], rows["responsibilities"]
    if gold and found:
        _score_extent(scores, name, place, gold, found)
        details = detail_keys(gold, found, answers, rows["targets"])
        scores.add(name, "details", place, *details)
    for layer, subject in (("units", False), ("subjects", True)):
        keys = unit_keys(units, "unit", subject), unit_keys(answers, "unit", subject)
        scores.add(name, layer, place, *(map(set, keys) if subject else keys))
    scores.add(
        name,
        "unit_names",
        place,
        unit_keys(units, "name"),
        unit_keys(_respelled(units, answers), "name"),
    )
    scores.add(
        name,
        "deadlines",
        place,
        deadline_keys(want["deadlines"], gold=True),
        deadline_keys(rows["deadlines"]),
    )
    scores.add(name, "targets", place, target_keys(want["targets"]), target_keys(rows["targets"]))
    scores.add(name, "indicators", place, *indicator_hits(want["targets"], rows["targets"]))


def _respelled(units: Sequence[Row], answers: Sequence[Row]) -> list[Row]:
    """Found rows, another right name of the gold counted as its own."""
    spelled = {norm_unit(other): u["name"] for u in units for other in u.get("also", [])}
    return [{**row, "name": spelled.get(norm_unit(row["name"]), row["name"])} for row in answers]


def _score_extent(scores: Scores, name: str, place: str, gold: Row, found: Row) -> None:
    text = norm(found["text"])
    whole = text.endswith(norm(gold["tail"])) and text.startswith(_opening(gold, found))
    scores.add(name, "task_extent", place, ["extent"], ["extent"] if whole else [])
    if gold.get("label"):
        paths = [f"path {norm(gold.get('path'))}"], [f"path {norm(found.get('path'))}"]
        scores.add(name, "task_extent", place, *paths)


def _score_outside(
    scores: Scores, name: str, gold: Row, tables: Mapping[str, Sequence[Row]]
) -> None:
    known = {task["task_id"] for task in tables["tasks"]}
    for table, layer in (
        ("responsibilities", "units"),
        ("deadlines", "deadlines"),
        ("targets", "targets"),
    ):
        lost = [
            row
            for row in tables[table]
            if row["task_id"] not in known and (layer == "units" or row["task_id"] is not None)
        ]
        stray = [f"row {i}" for i in range(len(lost))]
        scores.add(name, layer, "task_id without a task", [], stray)
    outside = gold.get("outside", {})
    loose = {
        table: [row for row in tables[table] if row["task_id"] is None]
        for table in ("deadlines", "targets")
    }
    scores.add(
        name,
        "deadlines",
        "outside",
        deadline_keys(outside.get("deadlines", []), gold=True),
        deadline_keys(loose["deadlines"]),
    )
    scores.add(
        name,
        "targets",
        "outside",
        target_keys(outside.get("targets", [])),
        target_keys(loose["targets"]),
    )
    scores.add(
        name,
        "citations",
        "",
        {(norm(c.get("title")), norm(c.get("doc_number"))) for c in gold["citations"]},
        {(norm(c.get("title")), norm(c.get("doc_number"))) for c in tables["citations"]},
    )


def print_scores(scores: Scores, *, errors: bool = False) -> None:
    """Print the figures a layer, F1 a paper, broken spans, and on request every wrong item."""
    print(f"{'layer':<12} {'P':>6} {'R':>6} {'F1':>6} {'hit':>5} {'false':>5} {'missed':>6}")
    for layer in LAYERS:
        f = scores.figures(layer)
        shown = f"{f.precision:6.3f} {f.recall:6.3f} {f.f1:6.3f}"
        if not f.hit + f.false + f.missed:
            shown = f"{'-':>6} {'-':>6} {'-':>6}"
        print(f"{layer:<12} {shown} {f.hit:5d} {f.false:5d} {f.missed:6d}")
    print("\nF1 a document" + " " * 22 + " ".join(f"{layer[:9]:>9}" for layer in LAYERS))
    for name in scores.papers:
        row = " ".join(f"{scores.figures(layer, name).f1:9.3f}" for layer in LAYERS)
        print(f"{name[:34]:<35}{row}")
    print(f"\nspans that do not give back their quote: {len(scores.broken_spans)}")
    for line in scores.broken_spans[:10]:
        print("  " + line)
    if scores.absent:
        print("not in the output: " + ", ".join(scores.absent))
    if errors:
        for item in scores.wrong:
            print("\t".join(item))
