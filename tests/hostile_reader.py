"""A reader over which some files do their worst: what is in them says what happens.

Takes the place of `pipelines.work.reader`; each attempt on a hostile file is noted in the file that
HOSTILE_TRIES names.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
from typing import Any

import extract
from extract.readers import archive

extract_bytes, is_archive = extract.extract_bytes, archive.is_archive


def loop() -> None:
    while True:
        pass


def sleep() -> None:
    """In C code that does not let Python run."""
    ctypes.PyDLL(None).sleep(1000)


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytes(16 << 20))


def segv() -> None:
    ctypes.string_at(0)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(3)


def shout() -> None:
    """Prints where the answers go, in C and in Python."""
    print("x" * 100)
    os.write(1, b"\xff" * 100)


WORST = {each.__name__: each for each in (loop, sleep, eat, segv, kill, leave, shout)}


def suffer(data: bytes, stage: str) -> None:
    words = data[:40].decode("utf-8", "replace").split()
    if words[:1] == [stage]:
        with open(os.environ["HOSTILE_TRIES"], "a", encoding="ascii") as tries:
            tries.write(f"{words[1]}\n")
        WORST[words[1]]()


def read(data: bytes, source: str, password: str | None = None) -> Any:
    suffer(data, "read")
    return extract_bytes(data, source, password)


def look(data: bytes) -> bool:
    suffer(data, "look")
    return is_archive(data)


if __name__ == "__main__":
    # loaded before the clock runs
    extract.extract_text("一、任务\n1.加强培训。市司法局要组织培训，2024年6月底前完成。")
    extract.extract_bytes, archive.is_archive = read, look
    runpy.run_module("pipelines.work.reader", run_name="__main__")
