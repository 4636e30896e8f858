"""The texts that rules and words are tried on: seeds, papers of the user's, banks of phrases.

A bank is read by the finder that it is a bank of, a paper by the whole extraction.
"""

from __future__ import annotations

import json
import runpy
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract import extract_bytes, extract_text
from extract.lens import View
from extract.model import Setting
from extract.result import Extraction
from extract.rules.figures.quantities import find_targets
from extract.rules.subjects.subjects import find_subjects
from extract.rules.times.dates import read_times
from extract.rules.units.statements import read_statement
from pipelines.inputs import find_inputs, read_bytes
from pipelines.measure.score_keys import norm

SEEDS, PAPERS, BANKS = GROUPS = ("seeds", "papers", "banks")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. `places`: kind of place (text, names, titles) to what stands there, folded;
    `missed`: gold rows that the reading lacks, field and words, in reading order."""

    name: str
    group: str
    places: dict[str, str]
    missed: list[tuple[str, str]] = field(default_factory=list)


def read_papers(group: str, names: list[str], gold: dict[str, Any]) -> Iterator[Reading]:
    """Read the papers of files and folders; `gold`: file name to the answers made by hand."""
    for item in find_inputs(names):
        result = extract_bytes(read_bytes(item.path), item.source)
        answers = gold.get(Path(item.path).name)
        yield _reading(item.source, group, result, answers)


def read_banks(folder: Path) -> Iterator[Reading]:
    """Read the banks of phrases in a folder, and the papers written for the tests beside it."""
    for file in sorted(folder.glob("*.tsv")):
        read = _FINDERS.get(file.stem)
        for row in _rows(file) if read else ():
            text = read(row) if read else ""
            yield Reading(f"{file.stem}: {text[:20]}", BANKS, dict.fromkeys(_PLACES, text))
    for name, paper in runpy.run_path(str(folder.parent / "written.py")).items():
        if isinstance(paper, str) and name.isupper():
            yield _reading(name, BANKS, extract_text(paper), None)


def load_gold(folder: Path) -> dict[str, Any]:
    """The answers made by hand in a folder, by the file name of their paper."""
    files = sorted(folder.glob("*.json"))
    papers = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {paper["source"]: paper for paper in papers}


def _rows(file: Path) -> list[list[str]]:
    text = file.read_text(encoding="utf-8").replace("⟦", "").replace("⟧", "")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    return [line.split("\t") for line in lines[1:]]


def _times(row: list[str]) -> str:
    view = View(row[0])
    read_times(view, Setting(), "due" if row[2:3] == ["column"] else None)
    return view.text


def _figures(row: list[str]) -> str:
    view = View(row[0])
    find_targets(view, read_times(view, Setting())[0])
    return view.text


def _units(row: list[str]) -> str:
    read_statement(View(row[0]), None)
    return View(row[0]).text


def _told(row: list[str]) -> str:
    find_subjects(View(row[0]))
    return View(row[0]).text


def _line(row: list[str]) -> str:
    return View(row[1]).text


def _paper(row: list[str]) -> str:
    return View(extract_text(row[1].replace("⏎", "\n")).document.text or "").text


_FINDERS: dict[str, Callable[[list[str]], str]] = {
    "times": _times,
    "quantities": _figures,
    "units": _units,
    "subjects": _told,
    "papers": _paper,
    "lines": _line,
}
_PLACES = ("text", "names", "titles")


def _reading(name: str, group: str, result: Extraction, gold: Any) -> Reading:
    document = result.document
    names = [*document.issuers, *document.recipients, *document.cc]
    names += [f"{row.unit}\n{row.name}" for row in result.responsibilities]
    titles = [document.title or "", *(row.title or "" for row in result.citations)]
    places = {
        "text": View(document.text or "").text,
        "names": View("\n".join(names)).text + "\n",
        "titles": View("\n".join(titles)).text + "\n",
    }
    return Reading(name, group, places, list(_missed(gold, result)) if gold else [])


def _missed(gold: Any, result: Extraction) -> Iterator[tuple[str, str]]:
    """The gold rows whose words no row of their field has."""
    tasks = [*gold["tasks"], gold.get("outside", {})]
    fields: dict[str, tuple[Iterable[str], Iterable[str]]] = {
        "units": (
            (unit["unit"] for task in tasks for unit in task.get("units", ())),
            (row.unit for row in result.responsibilities),
        ),
        "deadlines": (
            (row["quote"] for task in tasks for row in task.get("deadlines", ())),
            (row.quote for row in result.deadlines),
        ),
        "targets": (
            (row["quote"] for task in tasks for row in task.get("targets", ())),
            (row.quote for row in result.targets),
        ),
        "citations": (
            (row["title"] or row["doc_number"] for row in gold["citations"]),
            (row.title or row.doc_number or "" for row in result.citations),
        ),
    }
    for name, (wanted, found) in fields.items():
        left = Counter(norm(words) for words in found)
        for words in wanted:
            left[norm(words)] -= 1
            if left[norm(words)] < 0:
                yield name, View(words).text
