"""Files that broke something under `make fuzz`, each as small as shows it."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from making import doc, ofd
from pace import WORST, growth, paces
from PIL import Image

from extract import extract_bytes, extract_text
from extract.readers import ReadError
from extract.readers.archive import members
from extract.readers.page_lines import Char, lines_of
from extract.rules.subjects.predicates import predicate_at
from pipelines.work.reader import Reader


def zip_of_flag(name: bytes, flag: int = 0) -> bytes:
    """A ZIP of one member with a raw name."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        info = zipfile.ZipInfo("x" * max(len(name), 1))
        archive.writestr(info, "通知")
    data = sink.getvalue().replace(b"x" * max(len(name), 1), name or b"\0")
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + flag.to_bytes(2, "little") + data[at + 2 :]


@pytest.mark.parametrize(
    "data",
    [zip_of_flag(b"", 0), zip_of_flag(b"x", 0x20), zip_of_flag(b"x", 0x40)],
    ids=["member without a name", "patched data", "strong encryption"],
)
def test_archives_that_the_zip_library_trips_over(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        list(members(data))
    assert caught.value.code == "broken_archive"
    (tmp_path / "a.zip").write_bytes(data)
    (place,) = Reader().look(str(tmp_path / "a.zip"))
    assert place.problem == "the archive is cut or damaged; get it again"


@pytest.mark.parametrize(
    ("text", "read"),
    [("𬭊元素𠮷市", "𬭊元素𠮷市"), ("甲\ud8fa乙", "甲�乙")],
    ids=["characters beyond the first plane", "half a character"],
)
def test_doc_of_rare_characters(text: str, read: str) -> None:
    data = doc(
        [("通知。\r", b""), ("X" * len(text.encode("utf-16-le", "surrogatepass")[::2]) + "\r", b"")]
    )
    raw = text.encode("utf-16-le", "surrogatepass")
    data = data.replace(("X" * (len(raw) // 2)).encode("utf-16-le"), raw)
    result = extract_bytes(data, "a.doc")
    assert result.document.text == f"通知。\n{read}"
    assert result.table("documents").num_rows == 1


@pytest.mark.parametrize("number", ["NaN", "1e308", "1e999", "-99999999999"])
def test_ofd_with_places_beyond_any_sheet(number: str) -> None:
    def page(boundary: str, delta: str) -> str:
        return (
            f'<ofd:Content><ofd:Layer><ofd:TextObject ID="1" Boundary="{boundary}" Size="5">'
            f'<ofd:TextCode X="0" Y="5" DeltaX="{delta}">培训工作</ofd:TextCode>'
            "</ofd:TextObject></ofd:Layer></ofd:Content>"
        )

    whole = page("30 60 100 8", "5 5 5")
    data = ofd([whole, page(f"{number} 60 100 8", "5 5 5"), page("30 60 100 8", f"5 {number} 5")])
    found = extract_bytes(data, "a.ofd")
    assert found.document.status == "partial"
    assert {gap.code for gap in found.diagnostics} >= {"page_unreadable"}


def test_a_picture_in_colours_is_not_copied_again(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(Image.Image, "convert", lambda self, mode: copied.append(self.mode) or self)
    for mode in ("RGB", "L"):
        sink = io.BytesIO()
        Image.new(mode, (300, 2500)).save(sink, "TIFF")
        extract_bytes(sink.getvalue(), "a.tif")
    assert copied == ["L"]


def test_a_run_of_adverbs_is_read_in_one_way() -> None:
    """每年 was both a word and a time: each one more doubled the time."""
    text = "每年" * 40 + "物"
    assert predicate_at(text, 0, len(text)) is None
    assert paces(lambda: predicate_at(text, 0, len(text))) < 1
    found = predicate_at("每年至少完成一次", 0, 8)
    assert found is not None
    assert (found.kind, found.start, found.end) == ("adverb", 0, 6)


def test_many_lines_of_nothing() -> None:
    assert extract_text(" 　" * 4000 + "关闭\n").document.status == "ok"


def row_of_spaces(count: int) -> list[Char]:
    """A row of so many characters, each second one a space."""
    words = (" " if i % 2 else chr(0x4E00 + i % 500) for i in range(count))
    return [Char(word, 5.0 * i, 5.0 * i + 5, 100, 10) for i, word in enumerate(words)]


def test_spaces_are_looked_for_only_nearby() -> None:
    """All of a page on one baseline: each space was compared with every character."""
    rows = {count: row_of_spaces(count) for count in (4_000, 16_000)}
    assert len(lines_of(rows[4_000])) == 1
    assert growth(lambda count: lines_of(rows[count]), 4_000, 16_000) < WORST


PARTS = (
    "各县", "各市", "各区", "县财政局", "市财政局", "区直部门", "各县、市、区", "省", "国家",
    "管委会", "党工委", "1.市司法局2.", "①", "（牵头）", "责任单位", "等", "单位", "各级", "各",
    "前10名", "（2）",
)  # fmt: skip
SIGNS = ("、", "，", "；", "和", "", "：", "\n", "（", "）", " ", "∶")


def test_no_list_of_units_stops_a_paper() -> None:
    """各县，县财政局 once did."""
    chance = random.Random(7)
    for _ in range(1500):
        words = "".join(
            chance.choice(PARTS) + chance.choice(SIGNS) for _ in range(chance.randint(1, 7))
        )
        said = f"（1）加强培训。（责任单位：{words}）\n（2）{words}要推进。"
        assert extract_text(f"某市方案\n一、任务\n{said}\n").document.status == "ok"
