"""What of a row is compared when tables are scored, differences of mere printing taken away."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

METADATA = (
    "title",
    "doc_number",
    "issuers",
    "region_code",
    "admin_level",
    "genre",
    "signed_on",
    "printed_on",
    "recipients",
    "cc",
    "disclosure",
    "plan_start",
    "plan_end",
)
_LISTS = ("issuers", "recipients", "cc")

Row = Mapping[str, Any]
Keys = list[Any]


def norm(value: object) -> str:
    """Width, spaces, dashes and bracket styles made equal; everything else kept."""
    if _is_null(value):
        return ""
    text = unicodedata.normalize("NFKC", str(value))
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"[—–―－~～]+", "-", text)
    text = re.sub(r"[〔\[【]", "(", text)
    return re.sub(r"[〕\]】]", ")", text)


def norm_unit(value: object) -> str:
    """As norm; brackets, list marks and 政府 or 人民政府 of a collective made equal too."""
    text = re.sub(r"[()、,，]", "", norm(value))
    text = re.sub(r"(?<!人民)政府", "人民政府", text)
    return re.sub(r"等$", "", text)


def as_list(value: Any) -> list[Any]:
    """A list column's value; nothing for null."""
    return [] if value is None or isinstance(value, float) else list(value)


def _is_null(value: object) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and isnan(value))


def _date(value: object) -> str:
    return "" if _is_null(value) else str(value)[:10]


def _number(value: Any) -> str:
    return "" if _is_null(value) or value is pd.NA else f"{float(value):g}"


def _rule(value: object) -> str:
    """A recurrence rule with its parts in order."""
    text = norm(value).upper().removeprefix("RRULE:")
    if not text:
        return ""
    parts = []
    for part in text.split(";"):
        key, _, values = part.partition("=")
        parts.append(f"{key}={','.join(sorted(values.split(',')))}")
    return ";".join(sorted(parts))


def metadata_keys(column: str, want: Any, have: Any) -> tuple[Keys, Keys]:
    """A document column of gold and output as lists of comparable values."""
    if column in _LISTS:
        return [norm(x) for x in as_list(want)], [norm(x) for x in as_list(have)]
    same = _date if column.endswith("_on") else _number if column.startswith("plan_") else norm
    return [x for x in [same(want)] if x], [x for x in [same(have)] if x]


def unit_keys(rows: Iterable[Row], field: str, subject: bool = False) -> Keys:
    """Role and unit of stated rows; of subjects the unit alone."""
    chosen = [row for row in rows if (row["basis"] == "subject") == subject]
    if subject:
        return [(norm_unit(row.get(field)),) for row in chosen]
    return [(row["role"], norm_unit(row.get(field))) for row in chosen]


def deadline_keys(rows: Iterable[Row], *, gold: bool = False) -> Keys:
    """Kind, dates, recurrence and ongoing."""
    start, end = ("start", "end") if gold else ("start_on", "end_on")
    return [
        (
            row["kind"],
            _date(row.get(start)),
            _date(row.get(end)),
            _rule(row.get("recurrence")),
            bool(row.get("ongoing")),
        )
        for row in rows
    ]


def target_keys(rows: Iterable[Row]) -> Keys:
    """Comparator, values and unit."""
    return [
        (row["op"], _number(row.get("value")), _number(row.get("value_max")), norm(row.get("unit")))
        for row in rows
    ]


def detail_keys(
    gold: Row, found: Row, answers: Sequence[Row], figures: Sequence[Row]
) -> tuple[Keys, Keys]:
    """The columns beside the values, of rows that agree: kind, title, basis, type, nature, per."""
    want = Counter(_details(gold, gold["units"], gold["targets"]))
    have = Counter(_details(found, answers, figures))
    shared = {key[:-2] for key in want if key[0] in ("unit", "target")}
    kept = [k for k in have.elements() if k[0] in ("kind", "title") or k[:-2] in shared]
    return list(want.elements()), kept


def _details(task: Row, units: Sequence[Row], targets: Sequence[Row]) -> Keys:
    keys: Keys = [("kind", task.get("kind")), ("title", norm(task.get("title")))]
    keys += [
        ("unit", row["role"], norm_unit(row.get("unit")), row["basis"], row.get("unit_type"))
        for row in units
        if row["basis"] != "subject"
    ]
    return keys + [
        ("target", *target_keys([row])[0], row.get("nature"), norm(row.get("per")))
        for row in targets
    ]


def indicator_hits(gold: Sequence[Row], found: Sequence[Row]) -> tuple[Keys, Keys]:
    """Gold indicators, and those whose target was found with at least half of their characters."""
    spare, hits = list(found), []
    wanted = [row for row in gold if row.get("indicator")]
    for want in wanted:
        near = [row for row in spare if _is_near(want, row)]
        if near:
            spare.remove(near[0])
            hits.append(norm(want["indicator"]))
    return [norm(row["indicator"]) for row in wanted], hits


def _is_near(want: Row, have: Row) -> bool:
    if target_keys([want]) != target_keys([have]):
        return False
    a, b = Counter(norm(want["indicator"])), Counter(norm(have.get("indicator")))
    return (a & b).total() * 2 >= max(a.total(), b.total())
