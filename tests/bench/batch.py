"""What a batch costs: `make bench-batch`, or `python tests/bench/batch.py [files] [growth]`.

`files` (10,000): one worker against two, a second run against the first, memory, shares of time,
the naive way on a sample, and the whole pipeline on plain text against `jieba.cut` alone.
`growth`: 100 to so many (100,000) short notices, drawn into docs/growth.svg.
All figures of a comparison come from one run on one machine; only ratios say anything elsewhere.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from corpus import make_corpus, make_small  # noqa: E402

PAPERS = ROOT / "data" / "raw"
_SAMPLE = 100
_SETTLED = 3
"""Seconds: files younger than two are looked at again, as they may still change unseen."""
_BATCH = """
import json, resource, sys, time
from pipelines.inputs import find_inputs
from pipelines.run import Options, run
folder, out, workers = sys.argv[1:]
started = time.monotonic()
summary = run(find_inputs([folder]), out, Options(workers=int(workers)))
status = open("/proc/self/status").read()  # ru_maxrss would still show who began this process
parent = int(status.split("VmHWM:")[1].split()[0]) // 1024
from pipelines.work.sandbox import close_all
close_all()
print(json.dumps({
    "seconds": time.monotonic() - started, "stages": summary.report.stages,
    "read": summary.report.statuses.total(), "failed": summary.statuses["failed"],
    "parent": parent, "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024}))
"""


def run_batch(folder: Path, out: Path, workers: int) -> dict[str, object]:
    """A run in a process of its own: seconds, stages, documents read, peak memory in MB."""
    command = [sys.executable, "-c", _BATCH, str(folder), str(out), str(workers)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def bench_files(count: int, place: Path) -> None:
    """One worker against two, second run against first, memory."""
    characters = make_corpus(place / "in", PAPERS, count)
    time.sleep(_SETTLED)
    print(f"{count:,} files of mixed formats, {characters:,} characters")
    seconds = {}
    for workers in (1, 2):
        out = place / f"out{workers}"
        found = run_batch(place / "in", out, workers)
        seconds[workers] = float(found["seconds"])  # type: ignore[arg-type]
        _say(f"{workers} worker(s)", found, count, characters)
        again = run_batch(place / "in", out, workers)
        share = float(again["seconds"]) / seconds[workers]  # type: ignore[arg-type]
        print(f"  second run: {again['read']} documents read, {share:.2%} of the first (goal 1 %)")
    print(f"two workers against one: {seconds[1] / seconds[2]:.2f} times (goal 1.8)")
    same = (place / "out1" / "manifest.json").read_bytes()
    print(f"same bytes: {same == (place / 'out2' / 'manifest.json').read_bytes()}")


def _say(what: str, found: dict[str, object], count: int, characters: int) -> None:
    seconds = float(found["seconds"])  # type: ignore[arg-type]
    stages = ", ".join(f"{k} {v:.1f}" for k, v in found["stages"].items())  # type: ignore[attr-defined]
    print(
        f"{what}: {seconds:.1f} s ({stages}); {count / seconds:.1f} files a second, "
        f"{characters / seconds:,.0f} characters a second; "
        f"peak memory parent {found['parent']} MB, largest worker {found['worker']} MB; "
        f"{found['failed']} failed"
    )


def bench_naive(place: Path) -> None:
    """A loop with pdfplumber, jieba.posseg and re against the pipeline, over the same sample."""
    import jieba.posseg
    import pdfplumber

    files = sorted((place / "in").rglob("*.*"))[:_SAMPLE]
    sample = place / "sample"
    sample.mkdir()
    for file in files:
        (sample / file.name).write_bytes(file.read_bytes())
    list(jieba.posseg.cut("市司法局"))
    started = time.monotonic()
    for file in files:
        if file.suffix == ".pdf":
            with pdfplumber.open(file) as pdf:
                text = "\n".join(page.extract_text() or "" for page in pdf.pages)
        else:
            text = re.sub(r"<[^>]+>", "", file.read_bytes().decode("utf-8", "ignore"))
        list(jieba.posseg.cut(text))
        for pattern in (r"责任单位[:：]([^)）]+)", r"\d{4}年\d{1,2}月", r"\d+(?:\.\d+)?%"):
            re.findall(pattern, text)
    naive = time.monotonic() - started
    ours = float(run_batch(sample, place / "sampled", 1)["seconds"])  # type: ignore[arg-type]
    print(f"naive way on {len(files)} files: {naive:.1f} s; gongwen with one worker: {ours:.1f} s")


def bench_text(place: Path) -> None:
    """The whole pipeline on plain text, reading and writing included, against jieba.cut alone."""
    from extract.rules.subjects import segment
    from pipelines.inputs import find_inputs
    from pipelines.run import Options, run

    files = sorted((place / "in").rglob("*.txt"))[:200]
    texts = place / "texts"
    texts.mkdir()
    for file in files:
        (texts / file.name).write_bytes(file.read_bytes())
    segment.cut("市司法局")
    run(find_inputs([str(files[0])]), str(place / "warm"), Options(workers=0))
    started = time.process_time()
    run(find_inputs([str(texts)]), str(place / "texted"), Options(workers=0))
    whole = time.process_time() - started
    started = time.process_time()
    for file in files:
        list(segment.cut(file.read_text(encoding="utf-8")))
    words = time.process_time() - started
    print(f"plain text, one core: {whole:.1f} s against jieba.cut {words:.1f} s: "
          f"ratio {whole / words:.2f} (goal 2.5)")  # fmt: skip


def bench_growth(most: int, place: Path) -> None:
    """Seconds and memory over 100 and ten times as many up to `most` short notices, drawn."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "growth"
    from matplotlib import pyplot as plt

    counts, seconds, again, memory = [], [], [], []
    count = 100
    while count <= most:
        folder = place / f"small{count}"
        make_small(folder, count)
        time.sleep(_SETTLED)
        found = run_batch(folder, place / f"grown{count}", 2)
        second = run_batch(folder, place / f"grown{count}", 2)
        counts.append(count)
        seconds.append(float(found["seconds"]))  # type: ignore[arg-type]
        again.append(float(second["seconds"]))  # type: ignore[arg-type]
        memory.append(int(found["parent"]))  # type: ignore[call-overload]
        _say(f"{count:,} short notices", found, count, count * 300)
        print(f"  second run {again[-1]:.1f} s, parent {second['parent']} MB")
        count *= 10
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    left.loglog(counts, seconds, "o-", label="first run")
    left.loglog(counts, again, "s--", label="second run, nothing new")
    left.set(xlabel="files", ylabel="seconds, two workers")
    left.legend()
    right.semilogx(counts, memory, "o-")
    right.set(xlabel="files", ylabel="peak memory of the parent, MB", ylim=(0, None))
    figure.savefig(ROOT / "docs" / "growth.svg", metadata={"Date": None})
    print("drawn: docs/growth.svg")


def main() -> None:
    """The figures asked for on the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    print(f"{len(os.sched_getaffinity(0))} cores")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if count:
            bench_files(count, place)
            bench_naive(place)
            bench_text(place)
        if most:
            bench_growth(most, place)


if __name__ == "__main__":
    main()
