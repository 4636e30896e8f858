"""The report of a run: one row of the table `runs`, which stands beside the papers' tables."""

from __future__ import annotations

import dataclasses
import heapq
import json
import platform
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from extract import rules_version
from pipelines.store.base import Store, parquet
from pipelines.work.frames import Wanted
from pipelines.work.listed import Listing
from pipelines.work.packed import Packed

_NAMED = 10
_LIBRARIES = ("gongwen", "jieba", "pyarrow", "pdfplumber", "pypdfium2", "lxml")
_SLOW = pa.list_(pa.struct([("source", pa.string()), ("seconds", pa.float64())]))
_LARGE = pa.list_(pa.struct([("source", pa.string()), ("chars", pa.int64())]))
_COUNTS = pa.list_(pa.struct([("name", pa.string()), ("count", pa.int64())]))
_SPENT = pa.list_(pa.struct([("stage", pa.string()), ("seconds", pa.float64())]))
_UTC = pa.timestamp("ms", tz="UTC")
SCHEMA = pa.schema(
    [
        ("run_id", pa.string()),
        ("started", _UTC),
        ("ended", _UTC),
        ("status", pa.string()),
        ("versions", pa.string()),
        ("rules_version", pa.string()),
        ("options", pa.string()),
        ("files", pa.int64()),
        ("files_new", pa.int64()),
        ("files_changed", pa.int64()),
        ("files_removed", pa.int64()),
        ("documents_pending", pa.int64()),
        ("documents_read", pa.int64()),
        ("documents_ok", pa.int64()),
        ("documents_partial", pa.int64()),
        ("documents_failed", pa.int64()),
        ("rows", _COUNTS),
        ("seconds", pa.float64()),
        ("seconds_by_stage", _SPENT),
        ("slowest", _SLOW),
        ("largest", _LARGE),
        ("failures", _COUNTS),
    ]
)
"""`status`: finished, or stopped by the user or at a failed file; `failures`: documents of this run
by code."""


@dataclass
class Report:
    """What a run does, as it goes."""

    started: float = 0.0
    ended: float = 0.0
    status: str = "running"
    options: str = "{}"
    listing: Listing = field(default_factory=lambda: Listing(0, 0, 0, 0))
    pending: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    stages: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    largest: list[tuple[int, str]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """From begin to end."""
        return self.ended - self.started

    def begin(self, options: Any) -> None:
        """The run begins, with these options; a password is not kept."""
        self.started = time.time()
        values = dataclasses.asdict(options)
        values["password"] = values["password"] is not None
        self.options = json.dumps(values, sort_keys=True)

    def listed(self, listing: Listing, pending: int) -> None:
        """What lay there."""
        self.listing, self.pending = listing, pending

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        """A document is read."""
        self.statuses[packed.status] += 1
        if packed.code:
            self.failures[packed.code] += 1
        _among(self.slowest, (packed.seconds, wanted.source))
        _among(self.largest, (packed.chars, wanted.source))

    def end(self, rows: dict[str, int], status: str) -> None:
        """The run is over."""
        self.ended, self.rows, self.status = time.time(), rows, status

    def row(self) -> dict[str, Any]:
        """The row of `runs`."""
        versions = {name: version(name) for name in _LIBRARIES}
        return {
            "run_id": datetime.fromtimestamp(self.started, UTC).strftime("%Y%m%dT%H%M%S.%fZ"),
            "started": datetime.fromtimestamp(self.started, UTC),
            "ended": datetime.fromtimestamp(self.ended, UTC),
            "status": self.status,
            "versions": json.dumps({"python": platform.python_version(), **versions}),
            "rules_version": rules_version(),
            "options": self.options,
            "files": self.listing.files,
            "files_new": self.listing.new,
            "files_changed": self.listing.changed,
            "files_removed": self.listing.removed,
            "documents_pending": self.pending,
            "documents_read": self.statuses.total(),
            "documents_ok": self.statuses["ok"],
            "documents_partial": self.statuses["partial"],
            "documents_failed": self.statuses["failed"],
            "rows": [{"name": name, "count": n} for name, n in self.rows.items()],
            "seconds": self.seconds,
            "seconds_by_stage": [{"stage": k, "seconds": v} for k, v in self.stages.items()],
            "slowest": [{"source": s, "seconds": n} for n, s in sorted(self.slowest, reverse=True)],
            "largest": [{"source": s, "chars": n} for n, s in sorted(self.largest, reverse=True)],
            "failures": [{"name": code, "count": n} for code, n in sorted(self.failures.items())],
        }


def _among(best: list[Any], value: Any) -> None:
    """Keep the ten greatest."""
    heapq.heappush(best, value)
    if len(best) > _NAMED:
        heapq.heappop(best)


def note_run(store: Store, report: Report) -> None:
    """Add a run to the table `runs`."""
    rows = pa.Table.from_pylist([report.row()], SCHEMA)
    earlier = store.read_runs()
    whole = rows if earlier is None else pa.concat_tables([earlier.cast(SCHEMA), rows])
    store.write_runs(parquet(whole))
