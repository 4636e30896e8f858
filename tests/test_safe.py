"""What a stranger's file may not do: reach a network, run, write elsewhere, break a log line."""

from __future__ import annotations

import ast
import io
import json
import os
import socket
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest
from making import W, ofd, ole, p, pdf, xls, zipped
from PIL import Image
from printing import as_xlsx, table
from written import NOTICE, TABLE

ROOT = Path(__file__).parents[1]
GUARD = Path(__file__).with_name("guard.py")
LINE = "市司法局要组织培训，2024年6月底前完成。"


class Listener:
    """A server on the loopback that counts who connects."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


def run_guarded(folder: Path, out: Path, *options: str) -> list[str]:
    """The command over a folder; what it tried that it must not."""
    notes = out.with_name(out.name + "-notes")
    notes.touch()
    subprocess.run(
        [sys.executable, str(GUARD), "pipelines", "run", str(folder), "-o", str(out), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT), "GONGWEN_GUARD": str(notes)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return notes.read_text(encoding="utf-8").splitlines()


def word(url: str, **more: bytes) -> bytes:
    """A DOCX with a remote picture, template and DTD; its entities name files and addresses."""
    head = (
        f'<?xml version="1.0"?><!DOCTYPE w SYSTEM "{url}/a.dtd" [<!ENTITY remote SYSTEM "{url}/e">'
        f'<!ENTITY near SYSTEM "file://{GUARD}"><!ENTITY % part SYSTEM "{url}/p"> %part;]>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/image" Target="{url}/i.png" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="http://x/attachedTemplate" Target="{url}/t.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    body = p(LINE) + p("&remote;&near;") + p("见附件。")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": head
        + f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations,
        "word/_rels/settings.xml.rels": relations,
        **more,
    }
    return zipped(parts)


def page(url: str) -> bytes:
    """A web page that wants everything from elsewhere."""
    return (
        f'<!DOCTYPE html SYSTEM "{url}/h.dtd"><html><head><base href="{url}/">'
        f'<link rel=stylesheet href="{url}/s.css"><script src="{url}/s.js"></script>'
        f'<meta http-equiv=refresh content="0;url={url}/"></head><body><p>{LINE}</p>'
        f'<img src="{url}/i.png"><iframe src="{url}/f"></iframe><object data="{url}/o"></object>'
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}/x"/></body></html>'
    ).encode()


def with_actions(data: bytes, url: str, canary: Path) -> bytes:
    """A PDF that wants to run a script and a program, and to send itself, when it is opened."""
    actions = (
        f"/OpenAction<</S/JavaScript/JS(app.launchURL('{url}/js'))/Next[<</S/Launch/F({canary})"
        f"/Unix(touch {canary})>><</S/URI/URI({url}/uri)>><</S/SubmitForm/F({url}/form)>>"
        f"<</S/GoToR/F({url}/r.pdf)>><</S/ImportData/F({canary})>>]>>"
    )
    return data.replace(b"/Type/Catalog", b"/Type/Catalog" + actions.encode(), 1)


def sheet(url: str, canary: Path) -> bytes:
    """A workbook with macros, a link to another workbook, and formulas that call."""
    calls = [f"='[1]x'!A1+cmd|'touch {canary}'!A1", f'=WEBSERVICE("{url}/w")']
    with zipfile.ZipFile(io.BytesIO(as_xlsx(table([*TABLE, calls]), "任务"))) as book:
        parts: dict[str, str | bytes] = {name: book.read(name) for name in book.namelist()}
    parts["xl/vbaProject.bin"] = macros(canary)
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/externalLinkPath" Target="{url}/b.xlsx" '
        'TargetMode="External"/></Relationships>'
    )
    return zipped(parts)


def macros(canary: Path) -> bytes:
    """An OLE container with a macro that begins by itself."""
    code = f'Sub AutoOpen()\nShell "touch {canary}"\nEnd Sub\n'.encode()
    return ole({"VBA": code, "Macros": code, "_VBA_PROJECT": b"\xcc\x61" + code})


def letter(url: str) -> bytes:
    """A mail whose body lies elsewhere and whose page has remote pictures."""
    mail = EmailMessage()
    mail["Subject"] = "通知"
    mail.set_content(LINE)
    mail.add_alternative(page(url).decode(), subtype="html")
    mail["X-Body"] = f'message/external-body; access-type=URL; URL="{url}/b"'
    return mail.as_bytes()


def rich(url: str, canary: Path) -> bytes:
    """Rich text with remote pictures, a template, a field that calls, and an embedded object."""
    code = "".join(f"\\u{ord(c)}?" for c in LINE)
    blob = macros(canary).hex()
    fields = (
        f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{url}/i.png" \\\\d}}{{\\fldrslt x}}}}'
        f'{{\\field{{\\*\\fldinst DDEAUTO sh "touch {canary}"}}{{\\fldrslt x}}}}'
    )
    return (
        f"{{\\rtf1\\ansi{{\\*\\template {url}/t.dot}}{fields}"
        f"{{\\object\\objautlink\\objupdate{{\\*\\objdata {blob}}}}}\\pard {code}\\par}}"
    ).encode()


def picture(form: str) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(sink, form)
    return sink.getvalue()


def hostile(url: str, canary: Path) -> dict[str, bytes]:
    """A file of every format that reaches out in each way its format knows."""
    flat = f'<?xml version="1.0"?><?xml-stylesheet href="{url}/s.xsl" type="text/xsl"?>'
    text = (
        "<ofd:Content><ofd:Layer><ofd:TextObject ID='1' Boundary='30 30 100 8' Size='5'>"
        f"<ofd:TextCode X='0' Y='5'>{LINE}</ofd:TextCode></ofd:TextObject>"
        "</ofd:Layer></ofd:Content>"
    )
    paper = with_actions(pdf([[(90, 100, 16, LINE)]]), url, canary)
    related = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="c"'
    )
    part = b"\r\n\r\n--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    files = {
        "a.txt": f"{LINE}\n{url}/\nfile://{canary}\n".encode(),
        "a.md": f"{LINE}\n![x]({url}/i.png)\n".encode(),
        "a.html": page(url),
        "a.mhtml": related + part + page(url) + b"\r\n--c--\r\n",
        "a.eml": letter(url),
        "a.docx": word(url),
        "a.docm": word(url, **{"word/vbaProject.bin": macros(canary)}),
        "a.xml": (
            f'{flat}<!DOCTYPE w SYSTEM "{url}/d"><?mso-application progid="Word.Document"?>'
            f'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
            f"{p(LINE)}</w:body></w:wordDocument>"
        ).encode(),
        "a.rtf": rich(url, canary),
        "a.pdf": paper,
        "a.ofd": ofd([text]),
        "a.xlsx": sheet(url, canary),
        "a.xls": xls([(0, 0, LINE), (1, 0, f"=WEBSERVICE({url})")], []),
        "a.doc": macros(canary),
        "a.csv": f'{LINE},"=cmd|touch {canary}!A0",=WEBSERVICE("{url}/")\n甲,乙,丙\n'.encode(),
        "a.png": picture("PNG"),
        "a.tif": picture("TIFF"),
    }
    return files | {"all.zip": zipped({f"in/{name}": data + b" " for name, data in files.items()})}


@pytest.mark.parametrize("workers", ["0", "2"])
def test_nothing_is_fetched_and_nothing_runs(
    tmp_path: Path, listener: Listener, workers: str
) -> None:
    canary = tmp_path / "canary"
    folder = tmp_path / "in"
    folder.mkdir()
    files = hostile(listener.url, canary)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert run_guarded(folder, tmp_path / "out", "--workers", workers) == []
    assert listener.calls == 0
    assert not canary.exists()
    documents = pd.read_parquet(tmp_path / "out" / "documents")
    assert len(documents) == 2 * len(files) - 2
    assert {"sys.addaudithook", "runpy"}.isdisjoint(" ".join(documents.text.dropna()).split())
    assert not documents.text.str.contains("addaudithook", na=False).any()
    read = documents[documents.text.str.contains("市司法局要组织培训", na=False)]
    assert {"docx", "html", "pdf", "ofd", "rtf", "eml", "mhtml", "xls", "csv"} <= set(read.format)


def test_the_guard_sees_what_it_must(tmp_path: Path, listener: Listener) -> None:
    """A module that does all of it, so that the test above can fail."""
    module = tmp_path / "bad.py"
    module.write_text(
        "import os, pickle, socket, subprocess, sys\n"
        "subprocess.run(['true'])\nos.system('true')\npickle.loads(pickle.dumps(sys.exit))\n"
        f"try: socket.create_connection(('127.0.0.1', {listener.url.rpartition(':')[2]}))\n"
        "except OSError: pass\n"
    )
    notes = tmp_path / "notes"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "GONGWEN_GUARD": str(notes)}
    subprocess.run([sys.executable, str(GUARD), "bad"], env=environment, check=True)
    seen = [line.split()[0] for line in notes.read_text().splitlines()]
    assert seen[:3] == ["subprocess.Popen", "os.system", "pickle.find_class"]
    assert any(event.startswith("socket.") for event in seen[3:])
    assert listener.calls == 0
    socket.create_connection(("127.0.0.1", int(listener.url.rpartition(":")[2]))).close()
    for _ in range(100):
        if listener.calls:
            break
        threading.Event().wait(0.02)
    assert listener.calls == 1


UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "_pickle"}
UNSAFE_CALLS = {"read_pickle", "to_pickle", "eval", "exec", "compile_command", "unpickle"}


def unsafe(source: str) -> list[str]:
    """Modules and calls in a source that can run what they read."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [
                alias.name for alias in node.names if alias.name.split(".")[0] in UNSAFE_MODULES
            ]
        elif (
            isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in UNSAFE_MODULES
        ):
            found.append(str(node.module))
        elif isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            plain = isinstance(node.func, ast.Name) or name not in ("eval", "exec")
            if name in UNSAFE_CALLS and plain:
                found.append(name)
            found += [k.arg for k in node.keywords if k.arg in ("allow_pickle", "shell")]
    return found


SOURCES = sorted([*(ROOT / "extract").rglob("*.py"), *(ROOT / "pipelines").rglob("*.py")])


def test_nothing_read_is_unpickled() -> None:
    assert len(SOURCES) > 100
    found = {path.name: unsafe(path.read_text(encoding="utf-8")) for path in SOURCES}
    # jieba keeps its own words so, in a folder of the user's; segment.py looks after damage
    assert {name: what for name, what in found.items() if what} == {"segment.py": ["marshal"]}


@pytest.mark.parametrize(
    "line",
    ["import pickle", "from marshal import loads", "import yaml", "pd.read_pickle(x)", "eval(x)",
     "np.load(x, allow_pickle=True)", "subprocess.run(x, shell=True)"],
)  # fmt: skip
def test_the_scan_sees_what_it_must(line: str) -> None:
    assert unsafe(line)


def tarred(*members: tuple[str, bytes, bytes]) -> bytes:
    """A TAR of names, types with where they link to, and contents."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", errors="surrogateescape") as archive:
        for name, link, content in members:
            info = tarfile.TarInfo(name)
            if link:
                info.type, info.linkname = tarfile.SYMTYPE, link.decode()
                archive.addfile(info)
            else:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return sink.getvalue()


def paper(number: int) -> bytes:
    return f"关于第{number}项工作的通知\n{LINE}\n".encode()


def odd_files(folder: Path, outside: Path) -> dict[str, str]:
    """Files with names made to break out, written into a folder; what each is called in the tables
    by its content's number."""
    names: list[tuple[bytes, str]] = [
        ("两\n行.txt".encode(), "两\n行.txt"),
        (b"\x1b[2J\x07\r.txt", "\x1b[2J\x07\r.txt"),
        ("长".encode() * 83 + b"ab.txt", "长" * 83 + "ab.txt"),
        ("意见".encode("gb18030") + b".txt", "意见.txt"),
        (b"\xff\xfe.txt", "��.txt"),
        (b"'; drop table documents; --.txt", "'; drop table documents; --.txt"),
        (b"%s{0}[red]$(touch x)`touch x`.txt", "%s{0}[red]$(touch x)`touch x`.txt"),
        ("\u202efdp.txt".encode(), "\u202efdp.txt"),
    ]
    want = {}
    for number, (raw, shown) in enumerate(names):
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + raw))).write_bytes(paper(number))
        want[f"第{number}项"] = shown
    inside = [
        "../../up.txt",
        f"{outside}/absolute.txt",
        "a\n b.txt",
        "..\\..\\windows.txt",
        "C:\\x.txt",
    ]
    members = [(name, b"", paper(20 + i)) for i, name in enumerate(inside)]
    links = [("link", str(outside).encode(), b""), ("link/through.txt", b"", paper(30)),
             ("passwords.txt", b"/etc/passwd", b"")]  # fmt: skip
    (folder / "t.tar").write_bytes(tarred(*members, *links))
    want |= {f"第{20 + i}项": f"t.tar!/{name}" for i, name in enumerate(inside)}
    want["第30项"] = "t.tar!/link/through.txt"
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for i, name in enumerate(inside):
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, paper(40 + i))
    (folder / "z.zip").write_bytes(sink.getvalue())
    return want | {f"第{40 + i}项": f"z.zip!/{name}" for i, name in enumerate(inside)}


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder and their bytes."""
    return {
        os.path.join(os.fsencode(root), os.fsencode(name)).hex(): (Path(root) / name).read_bytes()
        for root, _, names in os.walk(folder)
        for name in names
    }


@pytest.mark.parametrize("workers", ["0", "1"])
@pytest.mark.parametrize("log", [[], ["--json-log"]], ids=["plain", "json"])
def test_odd_names_stay_inside(tmp_path: Path, workers: str, log: list[str]) -> None:
    folder, outside, out = tmp_path / "a" / "b" / "in", tmp_path / "outside", tmp_path / "out"
    folder.mkdir(parents=True)
    outside.mkdir()
    want = odd_files(folder, outside)
    before = everything(tmp_path)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pipelines", "run", str(folder), "-o", str(out),
         "--workers", workers, *log],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}, cwd=outside,
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    after = everything(tmp_path)
    new = [bytes.fromhex(name) for name in after.keys() - before.keys()]
    assert [name for name in new if not name.startswith(os.fsencode(out) + b"/")] == []
    assert {name: after[name] for name in before} == before
    documents = pd.read_parquet(out / "documents")
    found = {
        text.split("于")[1].split("工")[0]: s
        for s, text in zip(documents.source, documents.text, strict=True)
    }
    assert found == want
    assert_lines(done.stderr, len(want), bool(log))


def cut_picture() -> bytes:
    """A TIFF over which the library that opens it warns."""
    made = io.BytesIO()
    Image.new("L", (400, 300)).save(made, "TIFF", compression="tiff_lzw")
    return made.getvalue()[: made.tell() * 6 // 8]


@pytest.mark.parametrize("workers", ["0", "1"])
def test_what_a_library_warns_of_is_no_line_of_the_log(tmp_path: Path, workers: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.tiff").write_bytes(cut_picture())
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pipelines", "run", "in", "-o", "out", "--workers", workers,
         "--json-log"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path,
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert_lines(done.stderr, 1, as_json=True)


def assert_lines(log: bytes, documents: int, as_json: bool) -> None:
    """A line a document and nothing that moves a terminal."""
    text = log.decode("utf-8")
    lines = text.split("\n")[:-1]
    assert text.isprintable() or all(line.isprintable() for line in lines)
    if as_json:
        events = [json.loads(line)["event"] for line in lines]
        assert events.count("document") == documents
    else:
        assert [line.split()[0] for line in lines[1:]] == [
            f"{n}/{documents}" for n in range(1, documents + 1)
        ]


@pytest.mark.parametrize("workers", ["0", "1"])
def test_modules_in_the_working_folder_are_not_imported(tmp_path: Path, workers: str) -> None:
    canary = tmp_path / "canary"
    here = tmp_path / "here"
    here.mkdir()
    for name in ("json", "extract", "pipelines", "sitecustomize", "usercustomize", "regex", "lxml"):
        (here / f"{name}.py").write_text(f"open({str(canary)!r}, 'a').write({name!r})\n")
    (here / "notice.txt").write_text(NOTICE, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-P", "-m", "pipelines", "run", "notice.txt", "-o", "out",
         "--workers", workers],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=here, check=True, capture_output=True,
        timeout=120,
    )  # fmt: skip
    assert not canary.exists()
    assert len(pd.read_parquet(here / "out" / "documents")) == 1
