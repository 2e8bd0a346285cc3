"""Raw files, outputs and results in an object store: a server that speaks S3, on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import pytest
from pyarrow import fs

from pipeline import cli, uploading
from pipeline.audit.check import check
from pipeline.audit.restore import restore
from pipeline.build import Summary, build
from pipeline.corpus import discover
from pipeline.errors import OutputError
from pipeline.places import Place, Remote, place
from pipeline.uploading import current, fetched, holding

TEXTS = {
    "en.txt": "The Salt Quay\n\nBy Ada Lin\n\nThe clerks of the quay wrote down every boat that passed, and their books are the long-\nterm witness.\n",
    "group/zh.txt": "渡口旧事\n\n林岸\n\n渡口的书吏逐日登记过往的船只，这些簿册是我们了解两岸贸\n易的最好见证。\n",
    "book.pages/1.txt": "The first page goes on\n",
    "book.pages/2.txt": "and ends here.\n",
    "book.toml": '[metadata]\njournal = "Quay Papers"\n',
    "bad.txt": "\0\1" * 300,
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pytest.importorskip("moto")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        process.kill()


@pytest.fixture(scope="module")
def bucket(server: str) -> Iterator[Remote]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "REGION": "us-east-1", "ENDPOINT_URL": server}.items():  # fmt: skip
            patch.setenv(f"AWS_{name}", value)
        fs.FileSystem.from_uri("s3://corpora?allow_bucket_creation=true")[0].create_dir("corpora")
        yield remote("s3://corpora/x").parent


@pytest.fixture
def folder(bucket: Remote) -> Remote:
    """A folder of its own in the store, with raw files."""
    folder = bucket / token_hex(4)
    for name, text in TEXTS.items():
        (folder / "raw" / name).write_bytes(text.encode())
    return folder


def remote(text: str) -> Remote:
    found = place(text)
    assert isinstance(found, Remote)
    return found


def clean(folder: Remote, tmp_path: Path) -> dict[str, str]:
    """What a build on this machine makes of the same raw files."""
    raw = tmp_path / "raw"
    for one in (folder / "raw").files():
        path = raw / one.relative_to(folder / "raw")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.read_bytes())
    build(raw, tmp_path / "out", jobs=1)
    return tree_of(tmp_path / "out")


def tree_of(out: Place) -> dict[str, str]:
    """Digest of every file of a folder, or of the current build in a store."""
    if isinstance(out, Remote):
        folder = current(out)
        assert folder
        return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in folder.files()}
    found = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def rebuild(folder: Remote) -> Summary:
    return build(folder / "raw", folder / "out", jobs=1, cache=folder / "cache")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raw", Path("raw")),
        ("/data/raw", Path("/data/raw")),
        ("file:///data/a%20b", Path("/data/a b")),
        ("s3://bucket/raw/", Remote("s3", "bucket/raw")),
        ("gs://bucket/a/b", Remote("gs", "bucket/a/b")),
        ("s3://bucket/raw?region=eu-west-1", Remote("s3", "bucket/raw", "region=eu-west-1")),
    ],
)
def test_a_place_is_what_its_address_says(text: str, expected: Place) -> None:
    assert place(text) == expected
    assert place(str(expected)) == expected


@pytest.mark.parametrize("text", ["ftp://host/raw", "s3://bucket", "s3://bucket/", "http://host/x"])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(OutputError):
        place(text)


def test_a_store_gives_what_a_disk_gives(folder: Remote, tmp_path: Path) -> None:
    first = rebuild(folder)
    assert tree_of(folder / "out") == clean(folder, tmp_path)
    assert [one.path for one in first.failures] == ["bad.txt"]
    second = rebuild(folder)
    assert (second.is_unchanged, second.counts, second.failures) == (True, first.counts, first.failures)
    with fetched(folder / "out") as copy:
        assert list(check(copy)) == []
    with fetched(folder / "out", "parquet") as copy:
        assert restore(copy, "en")[0].data == TEXTS["en.txt"].encode()
        assert not (copy / "tei").exists()


def test_raw_here_and_out_there(folder: Remote, tmp_path: Path) -> None:
    expected = clean(folder, tmp_path)
    build(tmp_path / "raw", folder / "mixed", jobs=1)
    assert tree_of(folder / "mixed") == expected
    build(folder / "raw", tmp_path / "again", jobs=1)
    assert tree_of(tmp_path / "again") == expected


def test_only_what_is_new_is_sent(folder: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild(folder)
    old = current(folder / "out")
    (folder / "raw" / "en.txt").write_bytes(b"The Bell\n\nThe bell was rung at noon.\n")
    sent: list[str] = []
    write = Remote.write_bytes
    monkeypatch.setattr(Remote, "write_bytes", lambda self, data: (sent.append(self.path), write(self, data))[1])
    rebuild(folder)
    new = current(folder / "out")
    assert old
    assert new
    below = [name.removeprefix(new.path + "/") for name in sent if name.startswith(new.path)]
    assert {name for name in below if name.startswith("tei/")} == {"tei/en/a01.xml", "tei/en/corpus.xml"}
    assert tree_of(folder / "out") == clean(folder, tmp_path)
    assert {path.name for path in (folder / "out" / "builds").iterdir()} == {old.name, new.name}
    (folder / "raw" / "en.txt").unlink()
    rebuild(folder)
    assert old.name not in {path.name for path in (folder / "out" / "builds").iterdir()}


@pytest.mark.parametrize("after", [0, 7, "manifest.json"])
def test_an_upload_that_is_broken_off(after: int | str, folder: Remote, tmp_path: Path) -> None:
    rebuild(folder)
    before = tree_of(folder / "out")
    (folder / "raw" / "en.txt").write_bytes(b"The Bell\n\nThe bell was rung at noon.\n")
    (folder / "raw" / "more.txt").write_bytes(b"The Gate\n\nThe gate was shut at night.\n")
    write, sent = Remote.write_bytes, 0

    def break_off(self: Remote, data: bytes) -> None:
        nonlocal sent
        if "/out/" in self.path and "/locks/" not in self.path:
            sent += 1
            if self.path.endswith(f"out/{after}") if isinstance(after, str) else sent > after:
                raise OSError("the line is dead")
        write(self, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Remote, "write_bytes", break_off)
        with pytest.raises(OutputError, match="the line is dead"):
            rebuild(folder)
    assert tree_of(folder / "out") == before
    with fetched(folder / "out") as copy:
        assert list(check(copy)) == []
    assert rebuild(folder).cached == 5
    assert tree_of(folder / "out") == clean(folder, tmp_path)
    assert len(list((folder / "out" / "builds").iterdir())) == 2


def test_two_builds_at_once(folder: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    with holding(folder / "out"), pytest.raises(OutputError, match="another build is at work"):
        rebuild(folder)
    (folder / "out" / "locks" / "left").write_bytes(b"by a build that was killed\n")
    with pytest.raises(OutputError, match="another build is at work"):
        rebuild(folder)
    monkeypatch.setattr(uploading, "DEAD", -1.0)
    assert rebuild(folder).published
    assert list((folder / "out" / "locks").files()) == []


def test_what_is_not_ours_is_left_alone(folder: Remote) -> None:
    (folder / "theirs" / "thesis.doc").write_bytes(b"precious")
    with pytest.raises(OutputError, match=r"holds thesis\.doc and was not made by jiaokan"):
        build(folder / "raw", folder / "theirs", jobs=1)
    rebuild(folder)
    (folder / "out" / "notes.txt").write_bytes(b"mine")
    (folder / "raw" / "en.txt").unlink()
    rebuild(folder)
    assert (folder / "out" / "notes.txt").read_bytes() == b"mine"


def test_a_damaged_object_is_noticed(folder: Remote, tmp_path: Path) -> None:
    rebuild(folder)
    for entry in (folder / "cache" / "entries").files():
        entry.write_bytes(entry.read_bytes()[:-1])
    now = current(folder / "out")
    assert now
    (now / "tei" / "en" / "a01.xml").unlink()
    assert (rebuild(folder).cached, tree_of(folder / "out")) == (0, clean(folder, tmp_path))


def test_errors_name_the_place(bucket: Remote, folder: Remote) -> None:
    with pytest.raises(OutputError, match="is not a folder of raw files"):
        build(bucket / "nowhere", folder / "out")
    with pytest.raises(OutputError, match="s3://no-such-bucket/out: cannot be reached or written"):
        build(folder / "raw", remote("s3://no-such-bucket/out"))
    with pytest.raises(OutputError, match="must lie apart"):
        build(folder / "raw", folder / "raw" / "out")


def test_sources_are_found_alike(folder: Remote, tmp_path: Path) -> None:
    clean(folder, tmp_path)
    here, there = discover(tmp_path / "raw"), discover(folder / "raw")
    assert [(one.doc_id, one.files, one.sidecar) for one in there.origins] == [(one.doc_id, one.files, one.sidecar) for one in here.origins]  # fmt: skip


def test_the_command(folder: Remote, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def run(*words: str) -> int | str | None:
        monkeypatch.setattr(sys, "argv", ["jiaokan", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code

    (folder / "raw" / "bad.txt").unlink()
    assert run("build", f"{folder}/raw", "-o", f"{folder}/out", "--quiet") == 0
    assert run("validate", f"{folder}/out") == 0
    capfd.readouterr()
    monkeypatch.setattr(sys, "argv", ["jiaokan", "restore", f"{folder}/out", "group/zh"])
    with pytest.raises(SystemExit):
        cli.main()
    assert capfd.readouterr().out == TEXTS["group/zh.txt"]
    assert {path.name for path in (folder / ".jiaokan").iterdir()} == {"cache"}
