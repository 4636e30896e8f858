"""Runs a module; when it starts a program, unpickles or opens a socket, which is refused, that is
noted in the file GONGWEN_GUARD.

`python guard.py MODULE ARGUMENTS` runs a module so, and the readers it begins as well.
"""

from __future__ import annotations

import os
import runpy
import sys
from typing import Any

_WATCHED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "pickle.",
    "webbrowser.",
)
_NOTES = os.environ["GONGWEN_GUARD"]


def _note(event: str, args: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen" and "pipelines.work.reader" in map(str, args[1]):
        return
    if not event.startswith(_WATCHED):
        return
    with open(_NOTES, "a", encoding="utf-8") as notes:
        notes.write(f"{event} {args!r}\n")
    if event.startswith("socket."):
        raise OSError("no network here")


if __name__ == "__main__":
    sys.addaudithook(_note)
    module, sys.argv = sys.argv[1], sys.argv[1:]
    if module == "pipelines":
        from pipelines.work import sandbox

        sandbox._READER = (sys.executable, "-P", __file__, "pipelines.work.reader")
    runpy.run_module(module, run_name="__main__", alter_sys=True)
