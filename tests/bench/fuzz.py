"""Broken files through the whole pipeline: `make fuzz`, or `python tests/bench/fuzz.py [options]`.

Every file has its row, no row is a fault of gongwen's, no reader crashes or passes its limits, and
every span gives back its quote. A file is known by its number and the seed, which is printed;
`--only N` makes and keeps one again. Files that break something are kept in `--keep`.
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from bases import Base, bases  # noqa: E402
from mutate import members, nested  # noqa: E402

from extract.model import TABLES  # noqa: E402
from pipelines import open_output  # noqa: E402
from pipelines.inputs import find_inputs  # noqa: E402
from pipelines.run import Options, run  # noqa: E402
from pipelines.work.frames import Limits  # noqa: E402

PAPERS = ROOT / "data" / "raw"
LIMITS = Limits(seconds=20.0, megabytes=1500)
_BAD = ("internal_error", "crash", "time_limit", "memory_limit", "worker_lost")
_SAID = ("its reader ended", "reading took longer", "reading needs more", "fault of gongwen")
_WEIGHTS = {"txt": 6, "html": 3, "docx": 3, "pdf": 3, "doc": 2, "zip": 2}
_SPANNED = [name for name, row in TABLES.items() if "quote" in row.__dataclass_fields__]


def make(seed: int, number: int, files: dict[str, list[Base]]) -> tuple[str, bytes]:
    """The name and bytes of a file: a base bent once to three times, the same for the same seed."""
    chance = random.Random(f"{seed}/{number}")
    suffixes = list(files)
    (suffix,) = chance.choices(suffixes, [_WEIGHTS.get(each, 1) for each in suffixes])
    _, data, ways = chance.choice(files[suffix])
    if chance.random() < 0.03:
        kinds = [chance.choice(files[chance.choice(suffixes)]) for _ in range(3)]
        data = nested([(f"{i}.{kind}", d) for i, (kind, d, _) in enumerate(kinds)], chance)
        suffix = "zip"
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        way = chance.choice(ways)
        # bytes bent before may be no package any more
        if way is not members or zipfile.is_zipfile(io.BytesIO(data)):
            data = way(data, chance)
    if chance.random() < 0.03:
        suffix = chance.choice(suffixes)
    return f"{number:06}.{suffix}", data


def check(out: Path, names: list[str]) -> tuple[Counter[tuple[str, str]], dict[str, str]]:
    """Rows by suffix and outcome, and what is wrong by file."""
    output = open_output(out)
    documents = output.frame("documents")
    codes = output.frame("diagnostics").groupby("doc_id").code.first()
    counts: Counter[tuple[str, str]] = Counter()
    wrong: dict[str, str] = {}
    seen: set[str] = set()
    for row in documents.itertuples():
        places = [str(place).split("!/")[0] for place in (row.source, *row.also_at)]
        seen.update(places)
        outcome = str(codes[row.doc_id]) if row.status == "failed" else str(row.status)
        counts[places[0].rpartition(".")[2], outcome] += 1
        if outcome in _BAD or any(words in str(row.error) for words in _SAID):
            wrong[places[0]] = f"{outcome}: {row.error}"
    wrong |= {name: "has no row" for name in names if name not in seen}
    texts = dict(zip(documents.doc_id, documents.text, strict=True))
    first = dict(zip(documents.doc_id, documents.source, strict=True))
    for name in _SPANNED:
        rows = output.frame(name)
        for row in rows[rows.quote.notna()].itertuples():
            if texts[row.doc_id][int(row.char_start) : int(row.char_end)] != row.quote:
                wrong[first[row.doc_id].split("!/")[0]] = f"{name} {row.quote!r} is not at its span"
    return counts, wrong


def fuzz(args: argparse.Namespace) -> int:
    """Batches of files until there are so many; the number of files that broke something."""
    files = bases(PAPERS, args.more)
    print(f"seed {args.seed}, files {args.first} to {args.first + args.files - 1}", flush=True)
    counts: Counter[tuple[str, str]] = Counter()
    bad = 0
    started = time.monotonic()
    for first in range(args.first, args.first + args.files, args.batch):
        with tempfile.TemporaryDirectory() as place:
            folder, out = Path(place, "in"), Path(place, "out")
            folder.mkdir()
            last = min(first + args.batch, args.first + args.files)
            made = dict(make(args.seed, number, files) for number in range(first, last))
            for name, data in made.items():
                (folder / name).write_bytes(data)
            summary = run(find_inputs([str(folder)]), out, Options(workers=2, limits=LIMITS))
            found, wrong = check(out, list(made))
            counts += found
            bad += len(wrong)
            for name, why in sorted(wrong.items()):
                print(f"  {name}: {why}"[:300], flush=True)
                args.keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(folder / name, args.keep)
        slow = max(summary.report.slowest, default=(0.0, ""))
        print(
            f"{last - args.first} files, {bad} bad, {time.monotonic() - started:.0f} s; "
            f"slowest {slow[1]} {slow[0]:.1f} s",
            flush=True,
        )
    for (suffix, outcome), count in sorted(counts.items()):
        print(f"{suffix:6} {outcome:20} {count}")
    return bad


def main() -> None:
    """Read the options; exit status 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "gongwen-fuzz"))
    parser.add_argument("--only", type=int, help="make this one file in --keep and stop")
    parser.add_argument("more", type=Path, nargs="*", help="folders of further files to bend")
    args = parser.parse_args()
    if args.only is not None:
        name, data = make(args.seed, args.only, bases(PAPERS, args.more))
        args.keep.mkdir(parents=True, exist_ok=True)
        (args.keep / name).write_bytes(data)
        return
    sys.exit(1 if fuzz(args) else 0)


if __name__ == "__main__":
    main()
