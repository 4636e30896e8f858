"""Folders in, tables out: what knows disks, processes, clusters, clocks and terminals.

from pipelines import open_output
tasks = open_output("tables").frame("tasks")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.store.output import Output, open_output

__all__ = ["Output", "open_output"]


def __getattr__(name: str) -> object:
    """What is named above, when it is first asked for: with it come pandas, pyarrow and all rules,
    and `gongwen --version` needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipelines.store import output

    return getattr(output, name)
