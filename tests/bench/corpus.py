"""A large corpus from a few papers: places, dates and figures swapped, printed in many formats."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import regex

sys.path.insert(0, str(Path(__file__).parent.parent))

from printing import Piece, as_docx, as_html, as_mail, as_ofd, as_pdf, as_rtf, as_text, pieces
from written import NOTICE

_A4 = (595.0, 842.0)
_WRITERS: tuple[tuple[int, str, Callable[[list[Piece]], bytes]], ...] = (
    (55, "txt", as_text),
    (25, "html", as_html),
    (10, "docx", as_docx),
    (4, "pdf", lambda paper: as_pdf(paper, _A4)),
    (2, "ofd", as_ofd),
    (2, "rtf", as_rtf),
    (2, "mhtml", as_mail),
)
_PLACES = (
    "太原",
    "长治",
    "晋中",
    "运城",
    "临汾",
    "保定",
    "沧州",
    "廊坊",
    "鞍山",
    "丹东",
    "温州",
    "绍兴",
    "台州",
    "阜阳",
    "滁州",
    "泉州",
    "漳州",
    "赣州",
    "烟台",
    "潍坊",
    "洛阳",
    "南阳",
    "宜昌",
    "襄阳",
    "岳阳",
    "衡阳",
    "佛山",
    "惠州",
    "桂林",
    "绵阳",
    "遵义",
    "咸阳",
)
_OWN = regex.compile("大同|定西|明城|吕梁|忻州")
_FIGURE = regex.compile(r"(?<![\d〔第])\d{2,3}(?=[%个名次家人])")
_YEAR = regex.compile(r"20(2\d)")
_NUMBER = regex.compile(r"(?<=〕)\d{1,3}(?=号)")
SMALL = """{place}市人民政府办公室关于做好{year}年第{n}项重点工作的通知

{place}政办发〔{year}〕{n}号

各县（市、区）人民政府，市政府各部门：

一、重点任务

1. 加强培训。{year}年{month}月底前完成，培训不少于{figure}学时。（责任单位：市司法局、财政局）

2. 健全制度。市教育局牵头，市发展改革委配合，{year}年底前覆盖率达到{figure}%。（责任单位：市教育局）

{place}市人民政府办公室

{year}年1月{day}日
"""


def make_corpus(folder: Path, papers: Path, count: int) -> int:
    """Write `count` files of mixed formats below `folder`, from the texts in `papers` and one of
    the tests; the same count gives the same bytes. Returns the characters printed."""
    whole = [pieces(path.read_text(encoding="utf-8")) for path in sorted(papers.glob("*.txt"))]
    whole.append(pieces(NOTICE))
    written = 0
    for n in range(count):
        chance = random.Random(n)
        paper = _swapped(chance.choice(whole), chance)
        (_, suffix, write), *_ = chance.choices(_WRITERS, [share for share, _, _ in _WRITERS])
        _put(folder, n, suffix, write(paper))
        written += sum(len(piece) for piece in paper if isinstance(piece, str))
    return written


def make_small(folder: Path, count: int) -> None:
    """Write `count` short notices as plain text, all different."""
    for n in range(count):
        chance = random.Random(n)
        text = SMALL.format(
            place=chance.choice(_PLACES), year=2015 + n % 10, n=n, month=1 + n % 12,
            figure=10 + n % 80, day=1 + n % 28,
        )  # fmt: skip
        _put(folder, n, "txt", text.encode())


def _put(folder: Path, n: int, suffix: str, data: bytes) -> None:
    place = folder / f"{n // 1000:03}"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{n:06}.{suffix}").write_bytes(data)


def _swapped(paper: list[Piece], chance: random.Random) -> list[Piece]:
    place, years, number = chance.choice(_PLACES), chance.randrange(0, 5), chance.randrange(1, 999)

    def swap(text: str) -> str:
        text = _OWN.sub(place, text)
        text = _NUMBER.sub(str(number), text)
        text = _YEAR.sub(lambda m: f"20{(int(m[1]) - years) % 100:02}", text)
        return _FIGURE.sub(lambda m: str(int(m[0]) * chance.randrange(5, 10) // 10), text)

    return [swap(piece) if isinstance(piece, str) else piece for piece in paper]
