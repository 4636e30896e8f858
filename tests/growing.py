"""An archive that grows: small papers that cite each other or are the same notice twice, files with
the same bytes, archives of papers, files that cannot be read; and nights that change them."""

from __future__ import annotations

import io
import os
import random
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pipelines import open_output
from pipelines.inputs import find_inputs
from pipelines.run import Options, run

_PLACES = ("大同市", "太原市", "长治市", "晋城市")
_UNITS = ("司法局", "财政局", "教育局", "民政局", "审计局")


def paper(number: int, cites: Iterable[int] = (), numbered: bool = True, units: int = 2) -> bytes:
    """A notice of a few lines; `numbered` false: the same notice without its number."""
    place, year = _PLACES[number % 4], 2023 + number % 2
    named = "".join(
        f"根据《{title(other)}》（{mark(other)}）和{mark(other)}文件精神，" for other in cites
    )
    asked = "、".join(f"市{_UNITS[(number + i) % 5]}" for i in range(units))
    measure = f"不少于{number + 10}学时"
    lines = [
        f"{place}人民政府办公室关于{title(number)}",
        mark(number) if numbered else "",
        "各县（区）人民政府：",
        f"{named}现就有关事项通知如下。",
        "一、重点任务",
        f"1.加强培训。组织第{number}期培训，{year}年6月底前完成，{measure}。（责任单位：{asked}）",
        f"2.开展检查。每半年开展一次检查。（牵头单位：市{_UNITS[number % 5]}）",
        f"{place}人民政府办公室",
        f"{year}年1月{1 + number % 28}日",
    ]
    return "\n".join(line for line in lines if line).encode()


def title(number: int) -> str:
    """The title of a notice, without its issuer."""
    return f"做好第{number}号便民服务工作的通知"


def mark(number: int) -> str:
    """The number of a notice."""
    return f"某政办发〔{2023 + number % 2}〕{number}号"


def packed(*members: tuple[str, bytes]) -> bytes:
    """A ZIP archive of files; names may repeat."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()


BROKEN = b"%PDF-1.4 nothing more"
_NOTICES = [paper(n, cites=[(n + 1) % 6, (n * 2) % 6]) for n in range(6)]
CONTENTS = [
    *_NOTICES,
    # the same notice in another file, with and without its number
    *(paper(n, cites=[(n + 1) % 6], numbered=False) for n in range(4)),
    *(paper(n, units=3) for n in range(3)),
    BROKEN,
    b"",
]
ARCHIVES = [
    packed(("x.txt", _NOTICES[0]), ("in/y.md", _NOTICES[4])),
    packed(("x.txt", _NOTICES[1]), ("x.txt", _NOTICES[2]), ("bad.pdf", BROKEN)),
    packed(("x.txt", _NOTICES[3])) + b"tail",
    packed(("x.txt", _NOTICES[5])).replace(b"PK\x01\x02", b"PK\x01\x03"),
]
NAMES = ["a.txt", "a.md", "b.txt", "c/d.txt", "c/d.md", "e.html", "f.txt", "g/h/i.txt", "j.txt"]
ZIPS = ["p.zip", "q/r.zip"]


class Archive:
    """The folder of inputs, changed at random but the same for the same seed."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self._chance = chance
        folder.mkdir()

    def night(self) -> list[str]:
        """One to four changes; what they were."""
        steps = [self._add, self._add, self._remove, self._rename, self._touch, self._change]
        return [self._chance.choice(steps)() for _ in range(self._chance.randint(1, 4))]

    def put(self, name: str, data: bytes) -> str:
        """Write a file; another one of that name goes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(data)
        # not of just now, so that size and time are trusted
        age = self._chance.randint(10, 10**6)
        os.utime(path, (path.stat().st_mtime - age,) * 2)
        return f"put {name}"

    def _here(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if not path.is_dir())

    def _add(self) -> str:
        if self._chance.random() < 0.1:
            path = self.folder / self._chance.choice(NAMES)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.symlink_to("nowhere")
            return f"no file behind {path.name}"
        if self._chance.random() < 0.25:
            return self.put(self._chance.choice(ZIPS), self._chance.choice(ARCHIVES))
        return self.put(self._chance.choice(NAMES), self._chance.choice(CONTENTS))

    def _remove(self) -> str:
        here = self._here()
        if len(here) < 2:
            return self._add()
        path = self._chance.choice(here)
        path.unlink()
        return f"remove {path.name}"

    def _rename(self) -> str:
        here = [path for path in self._here() if path.suffix != ".zip"]
        if not here:
            return self._add()
        old, new = self._chance.choice(here), self.folder / self._chance.choice(NAMES)
        new.parent.mkdir(parents=True, exist_ok=True)
        old.replace(new)
        return f"rename {old.name} {new.name}"

    def _touch(self) -> str:
        here = [path for path in self._here() if path.is_file()]
        if not here:
            return self._add()
        path = self._chance.choice(here)
        os.utime(path)
        return f"touch {path.name}"

    def _change(self) -> str:
        here = [path for path in self._here() if path.suffix != ".zip"]
        if not here:
            return self._add()
        name = str(self._chance.choice(here).relative_to(self.folder))
        return "change: " + self.put(name, self._chance.choice(CONTENTS))


def at_once(raw: Path, out: Path, options: Options | None = None) -> bytes:
    """The manifest of one run over the files from nothing."""
    run(find_inputs([str(raw)]), out, options)
    return manifest(out)


def manifest(out: Path) -> bytes:
    """The published manifest's bytes: the names and hashes of all files of tables."""
    return open_output(out).manifest.to_bytes()
