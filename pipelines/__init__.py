"""Folders in, tables out: what knows disks, processes, clusters, clocks and terminals.

from pipelines import open_output
tasks = open_output("tables").frame("tasks")
"""

from pipelines.store.output import Output, open_output

__all__ = ["Output", "open_output"]
