"""Inputs and outputs by URL, against an S3 server on the loopback: the bytes of a run on disks."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import fsspec
import pytest
from growing import BROKEN, at_once, manifest, packed, paper
from moto.server import ThreadedMotoServer

from extract.model import TABLES
from pipelines import open_output
from pipelines.inputs import InputError, find_inputs
from pipelines.run import Options, Quiet, run
from pipelines.store import Output, StoreError
from pipelines.store.objects import Objects
from pipelines.work.frames import Wanted
from pipelines.work.packed import Packed

FILES = {
    "a.txt": paper(0, cites=[1]),
    "2024/b.txt": paper(1),
    "2024/同一件.txt": paper(1),
    "2024/no number.txt": paper(1, numbered=False),
    "odd::name[1]*?.txt": paper(2),
    "percent%20#.txt": paper(3),
    "deep/er/z.zip": packed(("m.txt", paper(4)), ("in/n.txt", paper(5))),
    "broken.pdf": BROKEN,
    ".hidden/c.txt": paper(6),
    "~$lock.docx": b"x",
}


class Bucket:
    """A bucket of the server."""

    def __init__(self, client: Any, name: str) -> None:
        self._client, self.name = client, name
        self.url = f"s3://{name}"
        client.create_bucket(Bucket=name)

    def put(self, key: str, data: bytes) -> None:
        self._client.put_object(Bucket=self.name, Key=key, Body=data)

    def remove(self, key: str) -> None:
        self._client.delete_object(Bucket=self.name, Key=key)

    def get(self, key: str) -> bytes:
        data: bytes = self._client.get_object(Bucket=self.name, Key=key)["Body"].read()
        return data

    def keys(self, below: str) -> set[str]:
        found = self._client.list_objects_v2(Bucket=self.name, Prefix=below).get("Contents", [])
        return {entry["Key"].removeprefix(below) for entry in found}


class Memory:
    """The same in this process, which is quicker."""

    def __init__(self, name: str) -> None:
        self._files = fsspec.filesystem("memory")
        self.name, self.url = f"/{name}", f"memory://{name}"

    def put(self, key: str, data: bytes) -> None:
        self._files.pipe_file(f"{self.name}/{key}", data)

    def keys(self, below: str) -> set[str]:
        found = self._files.find(f"{self.name}/{below}")
        return {path.removeprefix(f"{self.name}/{below}") for path in found}


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A client of an S3 server of this process, which the drivers find by the usual variables."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        yield boto3.client("s3")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
    server.stop()


@pytest.fixture
def bucket(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """A new bucket with two files below notices/; the same files lie in tmp_path/raw."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bucket = Bucket(server, f"b{abs(hash(tmp_path)):x}")
    for name in ("a.txt", "2024/b.txt"):
        put(bucket, tmp_path, name, FILES[name])
    return bucket


@pytest.fixture
def full(bucket: Bucket, tmp_path: Path) -> Bucket:
    """The bucket with all files."""
    for name, data in FILES.items():
        put(bucket, tmp_path, name, data)
    return bucket


def put(bucket: Bucket, tmp_path: Path, name: str, data: bytes) -> None:
    bucket.put(f"notices/{name}", data)
    path = tmp_path / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def url(bucket: Bucket | Memory) -> str:
    return f"{bucket.url}/tables"


class Reads(Quiet):
    """Which documents a run reads."""

    def __init__(self) -> None:
        self.sources: list[str] = []

    def finished(self, wanted: Wanted, packed: Packed) -> None:
        self.sources.append(wanted.source)


def night(bucket: Bucket | Memory, **options: Any) -> list[str]:
    """The sources that a run over the bucket's notices reads."""
    reads = Reads()
    notices = find_inputs([f"{bucket.url}/notices"], url(bucket))
    run(notices, url(bucket), Options(**options), reads)
    return sorted(reads.sources)


def published(bucket: Bucket | Memory) -> bytes:
    return open_output(url(bucket)).manifest.to_bytes()


def fresh(tmp_path: Path) -> bytes:
    """The manifest of a first run over the same files on a disk."""
    return at_once(tmp_path / "raw", tmp_path / f"out-{len(list(tmp_path.iterdir()))}")


# --- the same as on disks -------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [0, 2])
def test_the_bytes_of_a_local_run(workers: int, full: Bucket, tmp_path: Path) -> None:
    bucket = full
    assert len(night(bucket, workers=workers)) == 8
    run(find_inputs([str(tmp_path / "raw")]), tmp_path / "out")
    local = open_output(tmp_path / "out")
    assert bucket.get("tables/manifest.json") == manifest(tmp_path / "out")
    for name in TABLES:
        for path in local.files(name):
            remote = path.removeprefix(local.root)
            assert bucket.get(f"tables{remote}") == Path(path).read_bytes()
    failed = local.frame("documents").query("status == 'failed'")
    assert list(failed.source) == ["broken.pdf"]


def test_each_night_reads_what_is_new(full: Bucket, tmp_path: Path) -> None:
    bucket = full
    first = night(bucket)
    assert "deep/er/z.zip!/in/n.txt" in first
    assert "odd::name[1]*?.txt" in first
    assert night(bucket) == []
    put(bucket, tmp_path, "a.txt", paper(7))
    put(bucket, tmp_path, "2025/new.txt", paper(8))
    bucket.remove("notices/broken.pdf")
    (tmp_path / "raw" / "broken.pdf").unlink()
    assert night(bucket) == ["2025/new.txt", "a.txt"]
    assert published(bucket) == fresh(tmp_path)
    assert night(bucket) == []


def test_pandas_reads_an_output(bucket: Bucket) -> None:
    night(bucket)
    output = open_output(url(bucket))
    assert list(output.frame("documents").status) == ["ok", "ok"]
    tasks = output.frame("tasks", columns=["task_id", "doc_id"])
    assert list(tasks.columns) == ["task_id", "doc_id"]
    assert len(tasks) == output.manifest.rows("tasks") > 0


def test_another_machine_goes_on(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(bucket)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert night(bucket) == []
    bucket.put("notices/a.txt", paper(7))
    assert night(bucket) == ["a.txt"]


@pytest.mark.parametrize("out", ["memory://{}/out", "file://{}/out"])
def test_other_urls(out: str, tmp_path: Path) -> None:
    files = fsspec.filesystem("memory")
    for name, data in FILES.items():
        files.pipe_file(f"{tmp_path}/notices/{name}", data)
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).write_bytes(data)
    place = out.format(tmp_path)
    given = [f"memory://{tmp_path}/notices" if "memory" in out else f"file://{tmp_path}/raw"]
    for expected in (8, 0):
        reads = Reads()
        options = Options(work=str(tmp_path / "work"))
        run(find_inputs(given, place), place, options, reads)
        # on a disk files of just now are looked into again, but not read
        assert len(reads.sources) == expected
    assert open_output(place).manifest.to_bytes() == fresh(tmp_path)
    assert len(open_output(place).frame("documents")) == 8


def test_a_file_and_a_glob(bucket: Bucket) -> None:
    def sources(given: str) -> list[str]:
        return [item.source for item in find_inputs([f"s3://{bucket.name}/notices/{given}"])]

    assert sources("a.txt") == ["a.txt"]
    assert sources("2024/*.txt") == ["b.txt"]
    bucket.put("notices/2024/一.txt", b"x")
    bucket.put("notices/2024/c.md", b"x")
    assert sources("2024/*.txt") == ["b.txt", "一.txt"]


def test_the_host_stays_in_the_url(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of hdfs://node:8020/a the file system itself names only /a."""
    memory = fsspec.get_filesystem_class("memory")
    memory().pipe_file("/hosts/a.txt", b"x")
    strip = memory._strip_protocol
    bare = classmethod(lambda _, path: strip(path.replace("memory://node:8020", "")))
    monkeypatch.setattr(memory, "_strip_protocol", bare)
    (found,) = find_inputs(["memory://node:8020/hosts"])
    assert (found.source, found.path) == ("a.txt", "memory://node:8020/hosts/a.txt")


# --- readers while a run publishes ----------------------------------------------------------------


_IDS = {"tasks": "task_id", "documents": "doc_id", "units": "unit_id"}


class Steps:
    """Calls a function before each step that a store takes on the bucket."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, before: Callable[[str], None]) -> None:
        for name in ("_put", "_put_file", "_remove"):
            step = getattr(Objects, name)
            monkeypatch.setattr(Objects, name, self._hooked(step, before))

    @staticmethod
    def _hooked(step: Any, before: Callable[[str], None]) -> Any:
        def hooked(store: Objects, name: str, *args: Any) -> None:
            before(name)
            step(store, name, *args)

        return hooked


def snapshot(output: Output) -> dict[str, Any]:
    return {name: output.table(name, [id_]).to_pylist() for name, id_ in _IDS.items()}


def test_a_reader_sees_one_run_at_every_moment(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(bucket)
    pinned = open_output(url(bucket))
    old = snapshot(pinned)
    seen: list[dict[str, Any]] = []
    kept: list[str] = []

    def look(_: str) -> None:
        seen.append(snapshot(open_output(url(bucket))))
        for name, rows in old.items():
            try:
                assert pinned.table(name, [_IDS[name]]).to_pylist() == rows
                kept.append(name)
            except FileNotFoundError:
                kept.append("gone")

    put(bucket, tmp_path, "a.txt", paper(7, units=4))
    bucket.remove("notices/2024/b.txt")
    with monkeypatch.context() as patch:
        Steps(patch, look)
        night(bucket)
    new = snapshot(open_output(url(bucket)))
    turn = seen.index(new)
    assert all(old[name] != new[name] for name in old)
    assert len(seen) - 10 > turn > 10, turn
    assert all(each == old for each in seen[:turn])
    assert all(each == new for each in seen[turn:])
    assert "gone" not in kept[: 3 * turn]
    assert kept[-3:] == ["gone"] * 3


def test_where_writing_is_not_one_step(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends within its manifest, on a file system that shows half a file."""
    night(bucket)
    bucket.put("notices/a.txt", paper(7))

    class Ended(BaseException):
        pass

    def half(store: Objects, name: str, data: bytes) -> None:
        if name == "manifest.json":
            bucket.put("tables/manifest.json", data[: len(data) // 2])
            raise Ended
        write(store, name, data)

    write = Objects._put
    with monkeypatch.context() as patch:
        patch.setattr(Objects, "_put", half)
        with pytest.raises(Ended):
            night(bucket)
    whole = published(bucket)
    snapshot(open_output(url(bucket)))
    assert night(bucket) == []
    assert bucket.get("tables/manifest.json") == whole


# --- broken off -----------------------------------------------------------------------------------


def left(bucket: Bucket | Memory) -> set[str]:
    """What lies in the output and is not named by its manifest."""
    output = open_output(url(bucket))
    named = {path.removeprefix(f"{bucket.name}/") for name in TABLES for path in output.files(name)}
    kept = {f".gongwen/state-{output.manifest.version}.sqlite", ".gongwen/manifest.json"}
    kept |= {"manifest.json", "inputs/inputs.parquet", "runs/runs.parquet"}
    return bucket.keys("tables/") - kept - {name.removeprefix("tables/") for name in named}


STEPS = [
    ".gongwen/lock.json",
    "tasks/",
    "units/",
    ".gongwen/state-",
    "inputs/",
    ".gongwen/manifest.json",
    "manifest.json",
    "remove tasks/",
    "remove .gongwen/state-",
    "runs/",
]


_CHANGED = paper(7, units=3)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The manifest of a first run over the bucket's files, one of them changed."""
    folder = tmp_path_factory.mktemp("changed")
    for name, data in {"a.txt": _CHANGED, "2024/b.txt": FILES["2024/b.txt"]}.items():
        (folder / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "raw" / name).write_bytes(data)
    return at_once(folder / "raw", folder / "out")


def test_a_run_on_s3_broken_off(
    bucket: Bucket, changed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off("manifest.json", bucket, changed, monkeypatch)


@pytest.mark.parametrize("step", STEPS)
def test_a_run_broken_off_anywhere_goes_on(
    step: str, changed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    memory = Memory(f"{tmp_path.name}")
    for name in ("a.txt", "2024/b.txt"):
        memory.put(f"notices/{name}", FILES[name])
    broken_off(step, memory, changed, monkeypatch)


def broken_off(
    step: str, bucket: Bucket | Memory, changed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night that ends at a step; the next one goes on from there."""
    night(bucket)
    bucket.put("notices/a.txt", _CHANGED)
    before = published(bucket)

    def ends(name: str) -> None:
        taken = name.replace(f"{bucket.name}/tables/", "remove ")
        if taken.startswith(step):
            raise OSError(101, "Network is unreachable")

    with monkeypatch.context() as patch:
        Steps(patch, ends)
        with pytest.raises(StoreError, match="Network is unreachable"):
            night(bucket)
    shown = STEPS.index(step) > STEPS.index("manifest.json")
    assert (published(bucket) != before) == shown
    assert night(bucket) == (["a.txt"] if step == STEPS[0] else [])
    assert published(bucket) == changed
    assert left(bucket) == set()


# --- two runs -------------------------------------------------------------------------------------


def lock(bucket: Bucket, **changes: Any) -> None:
    here = {"host": socket.gethostname(), "pid": os.getpid(), "run": "x", "at": time.time()}
    bucket.put("tables/.gongwen/lock.json", json.dumps({**here, **changes}).encode())


def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_the_second_run_says_so(bucket: Bucket) -> None:
    other = Objects(url(bucket))
    with other.locked(), pytest.raises(StoreError, match=r"another run .*wait for its end"):
        night(bucket)
    assert holds(bucket)
    assert bucket.keys("tables/") == set()


@pytest.mark.parametrize(
    ("changes", "taken_over"),
    [
        ({}, False),
        ({"host": "elsewhere", "pid": 1}, False),
        ({"pid": None}, True),
        ({"at": time.time() - 3600}, True),
        ({"host": "elsewhere", "pid": 1, "at": time.time() - 3600}, True),
    ],
    ids=["alive", "alive elsewhere", "dead", "silent for an hour", "silent elsewhere"],
)
def test_locks(changes: dict[str, Any], taken_over: bool, bucket: Bucket) -> None:
    if "pid" in changes and changes["pid"] is None:
        changes = {"pid": dead()}
    lock(bucket, **changes)
    if taken_over:
        assert holds(bucket)
    else:
        with pytest.raises(StoreError, match="another run is writing"):
            holds(bucket)
    assert (bucket.keys("tables/") == set()) == taken_over


def holds(bucket: Bucket) -> bool:
    with Objects(url(bucket)).locked():
        return json.loads(bucket.get("tables/.gongwen/lock.json"))["pid"] == os.getpid()


def test_a_lock_half_written(bucket: Bucket) -> None:
    bucket.put("tables/.gongwen/lock.json", b'{"host": "else')
    assert holds(bucket)


def test_a_run_whose_lock_was_taken_publishes_nothing(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(bucket)
    before = published(bucket)
    bucket.put("notices/a.txt", paper(7))
    with monkeypatch.context() as patch:
        Steps(patch, lambda name: lock(bucket, host="elsewhere") if "tasks/" in name else None)
        with pytest.raises(StoreError, match=r"another run .* on elsewhere"):
            night(bucket)
    assert published(bucket) == before
    assert ".gongwen/lock.json" in bucket.keys("tables/")


def test_signs_of_life(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.store.objects._RENEWED", 0.02)
    times = []
    with Objects(url(bucket)).locked():
        for _ in range(2):
            times.append(json.loads(bucket.get("tables/.gongwen/lock.json"))["at"])
            time.sleep(0.3)
    assert times[1] > times[0]
    assert bucket.keys("tables/") == set()


# --- what goes wrong ------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_listed_is_not_empty(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(bucket)
    before = published(bucket)
    files = fsspec.filesystem("s3")
    ls = files.ls

    def refuse(path: str, **kwargs: Any) -> Any:
        if path.endswith("/2024"):
            raise PermissionError(13, "Access Denied")
        return ls(path, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(files, "ls", refuse)
        with pytest.raises(InputError, match=r"notices: .*Access Denied.*rights"):
            night(bucket)
    assert published(bucket) == before
    assert night(bucket) == []


def test_a_bucket_mistyped_is_not_made(bucket: Bucket, server: Any) -> None:
    with pytest.raises(StoreError, match="cannot write to s3://no-such-bucket/tables"):
        run(find_inputs([f"s3://{bucket.name}/notices"]), "s3://no-such-bucket/tables")
    with pytest.raises(InputError, match=r"no such file or folder"):
        find_inputs(["s3://no-such-bucket/notices"])
    names = [entry["Name"] for entry in server.list_buckets()["Buckets"]]
    assert "no-such-bucket" not in names


def test_a_place_with_something_else_is_refused(bucket: Bucket) -> None:
    with pytest.raises(StoreError, match=r"something else \(2024, no manifest"):
        run(find_inputs([f"s3://{bucket.name}/notices"]), f"s3://{bucket.name}/notices")


def test_no_rights(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/none")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/none")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    with pytest.raises(StoreError, match=r"cannot open s3://.*redentials.*its rights"):
        run([], url(bucket))
    fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.mark.parametrize(
    ("place", "says"),
    [("nothing://x/y", "Protocol not known"), ("s3://b{}/none", "holds no output of gongwen")],
)
def test_no_output_there(place: str, says: str, bucket: Bucket) -> None:
    with pytest.raises(StoreError, match=says):
        open_output(place.format(bucket.name[1:]))
