"""Speed of the extraction beside `jieba.cut`: `python -m pipelines.measure.bench FOLDER`.

The papers of the folder are repeated to some 5 million characters. In the same process, turn by
turn, so that both see the same machine, each is read (bytes in, records out) and jieba cuts it.
"""

from __future__ import annotations

import cProfile
import pstats
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from extract import extract_bytes
from extract.rules.subjects import segment
from pipelines.inputs import find_inputs, read_bytes

_CHARACTERS = 5_000_000
_PROFILED = 500_000
_ROOMS = {
    "readers": "read",
    "clean": "clean",
    "outline": "outline",
    "rules": "find",
    "lexicon": "find",
    "assemble": "assemble",
}
_START = """
import time
started = time.perf_counter()
from extract import extract_text
from extract.rules.subjects import segment
segment.cut("市司法局")
print(time.perf_counter() - started)
"""


def bench(folder: str) -> None:
    """Print characters per second of both, their ratio, start-up and the share of each stage."""
    papers = [(item.source, read_bytes(item.path)) for item in find_inputs([folder])]
    texts = [extract_bytes(data, name).document.text or "" for name, data in papers]
    once = sum(map(len, texts))
    times = max(1, _CHARACTERS // once)
    segment.cut("市司法局")
    total = once * times
    print(f"{len(papers)} papers of {once:,} characters, {times} times: {total:,} characters")
    whole = words = 0.0
    for _ in range(times):
        for (name, data), text in zip(papers, texts, strict=True):
            whole += _seconds(extract_bytes, data, name)
            words += _seconds(segment.cut, text)
    print(f"extract    {total / whole:>12,.0f} characters a second  {whole:6.1f} s")
    print(f"jieba.cut  {total / words:>12,.0f} characters a second  {words:6.1f} s")
    print(f"ratio      {whole / words:>12.2f} (goal: at most 2.0)")
    print(f"start-up   {_start_up():>12.2f} s in a fresh process (goal: under 1.5)")
    rounds = max(1, _PROFILED // once)
    shares = _shares(papers * rounds)
    print("share of time by stage, profiled:")
    for stage, share in shares.most_common():
        print(f"  {stage:<9} {share:6.1%}")


def _seconds(work: Callable[..., object], *given: object) -> float:
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


def _start_up() -> float:
    """Seconds for import and dictionary in a fresh process with jieba's cache; best of 3."""
    command = [sys.executable, "-c", _START]
    runs = [subprocess.run(command, capture_output=True, check=True, text=True) for _ in range(3)]
    return min(float(run.stdout) for run in runs)


def _shares(papers: Sequence[tuple[str, bytes]]) -> Counter[str]:
    """Each stage's share of the profiled time; a library's time counts for who called it."""
    profile = cProfile.Profile()
    with profile:
        for name, data in papers:
            extract_bytes(data, name)
    seconds: Counter[str] = Counter()
    for function, row in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        _, _, own, _, callers = row
        stage = _stage(function[0])
        if stage != "other" or not callers:
            seconds[stage] += own
            continue
        for caller, (_, _, part, _) in callers.items():
            seconds[_stage(caller[0])] += part
    total = seconds.total()
    return Counter({stage: own / total for stage, own in seconds.items()})


def _stage(file: str) -> str:
    parts = Path(file).parts
    if "jieba" in parts:
        return "jieba"
    if "extract" in parts[:-1]:
        room = parts[parts.index("extract") + 1]
        return _ROOMS.get(room, "lens" if room == "lens.py" else "other")
    return "other"


if __name__ == "__main__":
    bench(sys.argv[1])
