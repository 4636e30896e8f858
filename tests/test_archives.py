"""Archives, passwords and pages in the commands."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import printing
import pytest
from making import xls
from papers import RAW
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner
from written import NOTICE, PLAN, TABLE

from extract import extract_bytes
from pipelines.cli import app
from pipelines.inputs import find_inputs
from pipelines.run import run


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def documents(folder: Path, tmp_path: Path) -> pd.DataFrame:
    run(find_inputs([str(folder)]), tmp_path / "out")
    table = pd.read_parquet(tmp_path / "out" / "documents")
    return table.sort_values("source").reset_index(drop=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def test_members_are_papers(folder: Path, tmp_path: Path) -> None:
    notice, plan = NOTICE.encode(), PLAN.encode()
    inner = zipped({"计划.txt": plan})
    (folder / "全部.zip").write_bytes(zipped({"通知.txt": notice, "内/inner.zip": inner}))
    (folder / "通知.txt").write_bytes(notice)
    found = documents(folder, tmp_path)
    assert list(found.source) == ["全部.zip!/内/inner.zip!/计划.txt", "全部.zip!/通知.txt"]
    assert [list(places) for places in found.also_at] == [[], ["通知.txt"]]
    assert set(found.status) == {"ok"}


def test_tar_and_names_in_gbk(folder: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("计划.txt")
        info.size = len(PLAN.encode())
        archive.addfile(info, io.BytesIO(PLAN.encode()))
    (folder / "a.tar.gz").write_bytes(out.getvalue())
    plain = zipped({"N.txt": NOTICE.encode()})
    (folder / "b.zip").write_bytes(plain.replace(b"N.txt", "通".encode("gbk") + b"txt"))
    assert list(documents(folder, tmp_path).source) == ["a.tar.gz!/计划.txt", "b.zip!/通txt"]


@pytest.mark.parametrize(
    ("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_a_compressed_file_is_its_one_member(
    folder: Path, tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    (folder / "里").mkdir()
    (folder / "里" / f"通知.txt.{suffix}").write_bytes(pack(NOTICE.encode()))
    (folder / f"无名.{suffix}").write_bytes(pack(zipped({"计划.txt": PLAN.encode()})))
    found = documents(folder, tmp_path)
    assert list(zip(found.source, found.format, found.status, strict=True)) == [
        (f"无名.{suffix}!/无名!/计划.txt", "txt", "ok"),
        (f"里/通知.txt.{suffix}!/通知.txt", "txt", "ok"),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(NOTICE.encode())[:-20], "damaged"),
        (gzip.compress(NOTICE.encode())[:12], "damaged"),
        (gzip.compress(bytes(300 << 20)), "unpacks to more"),
    ],
    ids=["cut", "a head alone", "bomb"],
)
def test_a_compressed_file_that_does_not_open(
    folder: Path, tmp_path: Path, data: bytes, words: str
) -> None:
    (folder / "a.txt.gz").write_bytes(data)
    found = documents(folder, tmp_path)
    assert list(found.status) == ["failed"]
    assert words in found.error[0]


def test_cut_archive_is_a_failed_row_and_the_batch_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").write_bytes(NOTICE.encode())
    whole = zipped({"a.txt": PLAN.encode(), "b.txt": b"x" * 9000})
    (folder / "a.zip").write_bytes(whole.replace(PLAN.encode()[:9], b"123456789"))
    found = documents(folder, tmp_path)
    assert list(zip(found.source, found.status, strict=True)) == [
        ("a.zip", "failed"),
        ("b.txt", "ok"),
    ]
    assert "damaged" in found.error[0]


def test_cut_tar_keeps_the_members_before_the_cut(folder: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "b.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(NOTICE.encode())
            archive.addfile(info, io.BytesIO(NOTICE.encode()))
            end = archive.offset
    (folder / "a.tar").write_bytes(out.getvalue()[: end // 2])
    found = documents(folder, tmp_path)
    assert list(zip(found.source, found.status, strict=True)) == [
        ("a.tar", "failed"),
        ("a.tar!/a.txt", "ok"),
    ]
    assert "cut or damaged" in found.error[0]


def test_bomb_of_an_archive(folder: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(300 << 20))
    (folder / "a.zip").write_bytes(out.getvalue())
    found = documents(folder, tmp_path)
    assert list(found.status) == ["failed"]
    assert "unpacks to more" in found.error[0]


def locked(user: str, owner: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=StandardEncryption(user, owner))
    canvas.setFont(printing.font_name(), 16)
    canvas.drawString(90, 700, "各县区要切实加强组织领导。")
    canvas.save()
    return out.getvalue()


def test_password_of_a_pdf() -> None:
    data = locked("secret", "owner")
    closed = extract_bytes(data, "a.pdf").document
    assert (closed.status, closed.format) == ("failed", "pdf")
    assert "--password" in str(closed.error)
    wrong = extract_bytes(data, "a.pdf", "other").document
    assert "does not open" in str(wrong.error)
    opened = extract_bytes(data, "a.pdf", "secret").document
    assert (opened.status, opened.text) == ("ok", "各县区要切实加强组织领导。")


def test_owner_password_alone_keeps_nobody_out() -> None:
    assert extract_bytes(locked("", "owner"), "a.pdf").document.status == "ok"


def test_password_of_an_office_file() -> None:
    crypto = pytest.importorskip("msoffcrypto.format.ooxml")
    out = io.BytesIO()
    plain = io.BytesIO(printing.as_xlsx(printing.table(TABLE), "任务清单"))
    crypto.OOXMLFile(plain).encrypt("secret", out)
    closed = extract_bytes(out.getvalue(), "a.xlsx").document
    assert closed.status == "failed"
    assert "--password" in str(closed.error)
    assert "check it" in str(extract_bytes(out.getvalue(), "a.xlsx", "no").document.error)
    assert len(extract_bytes(out.getvalue(), "a.xlsx", "secret").tasks) == 3


def test_a_workbook_guarded_against_changes_opens_as_in_excel() -> None:
    rows = [["序号", "重点任务", "责任单位"], ["1", "推进改革", "市教育局"]]
    cells = [(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    guarded = xls([*cells], [], password="VelvetSweatshop")
    assert [task.text for task in extract_bytes(guarded, "a.xls").tasks] == ["推进改革"]
    assert [task.text for task in extract_bytes(guarded, "a.xls", "other").tasks] == ["推进改革"]
    locked = xls([*cells], [], password="secret")
    closed = extract_bytes(locked, "a.xls").document
    assert (closed.status, closed.format) == ("failed", "xls")
    assert "--password" in str(closed.error)
    assert "check it" in str(extract_bytes(locked, "a.xls", "no").document.error)
    assert len(extract_bytes(locked, "a.xls", "secret").tasks) == 1


def test_show_names_the_page(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(printing.as_pdf(printing.pieces(NOTICE), A4))
    shown = CliRunner().invoke(app, ["show", "--page", str(paper)])
    assert shown.exit_code == 0
    line = next(line for line in shown.output.splitlines() if "开展技能比赛" in line)
    assert line.endswith("[page 2]")
    assert "[page" not in CliRunner().invoke(app, ["show", str(paper)]).output
    text = next(RAW.glob("000_*"))
    assert "[page" not in CliRunner().invoke(app, ["show", "--page", str(text)]).output
