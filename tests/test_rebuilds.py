"""Builds that follow each other, are killed, run out of room, meet each other, lose workers."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from multiprocessing import forkserver, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from pipeline import cli, engines, publishing, tasks
from pipeline.audit.check import check
from pipeline.build import Summary, build
from pipeline.cache import BUILDS
from pipeline.errors import OutputError
from pipeline.publishing import holding

TOWNS = ("Mill Bridge", "Ferry Lane", "Stone Gate", "Heron Hill", "Salt Quay", "Bell Yard", "Crow Wharf", "Long Dyke")
PROCESSES = get_context("forkserver")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Processes are forked from one that has loaded what they need: a start costs next to nothing."""
    here = str(Path(__file__).parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(here).parent), here]))  # it knows no other path
        PROCESSES.set_forkserver_preload(["pytest", "pipeline.progress", "pipeline.cli", "warmed"])
        forkserver.ensure_running()


def text_of(number: int) -> str:
    town = TOWNS[number % len(TOWNS)]
    if number % 3 == 2:
        return f"渡口旧事之{number}\n\n林岸\n\n渡口的书吏逐日登记过往的船只，第{number}册簿册是我们了解两岸贸\n易的最好见证。\n"
    return (
        f"The Ledgers of {town}\n\nBy Ada Lin\n\nThe clerks of {town} wrote down every boat that passed, {number} a day, and\n"
        f"their books are the best witness of the long-\nterm trade between the two banks.\n"
    )


def corpus_of(folder: Path, count: int) -> Path:
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for number in range(count):
        (raw / f"s{number:02}.txt").write_text(text_of(number), "utf-8")
    return raw


def tree_of(out: Path) -> dict[str, str]:
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def rebuild(raw: Path, **wishes: bool | float | int) -> Summary:
    """A build with a cache; and that it comes out as one without, byte for byte."""
    folder = raw.parent
    summary = build(raw, folder / "out", cache=folder / "cache", **{"jobs": 1, **wishes})  # type: ignore[arg-type]
    if not summary.is_unchanged:
        build(raw, folder / "clean", jobs=1)
    assert tree_of(folder / "out") == tree_of(folder / "clean")
    return summary


def cleaned(summary: Summary) -> int:
    return summary.counts["sources"] - summary.cached


def entries_of(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "cache" / "entries").rglob("*") if path.is_file())


def command(words: list[str], limit: int = 0, alone: int = 0) -> None:
    """The real command in a process that has imported it already; `limit` is the room there is for one file."""
    sys.dont_write_bytecode = True  # or the limit would cut short what Python keeps of the modules it reads
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    os.close(2)
    os.open(os.devnull, os.O_WRONLY)
    os.dup2(2, 1)
    engines.ALONE = alone
    sys.argv = ["jiaokan", *words]
    cli.main()


def begin(*words: str, limit: int = 0, alone: int = 0) -> BaseProcess:
    process = PROCESSES.Process(target=command, args=(list(words), limit, alone))
    process.start()
    return process


def status_of(process: BaseProcess) -> int | None:
    process.join(60)
    return process.exitcode


def seconds(process: BaseProcess) -> float:
    began = time.monotonic()
    assert status_of(process) == 0
    return time.monotonic() - began


def test_what_has_not_changed_is_not_cleaned(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 6)
    first = rebuild(raw)
    assert (cleaned(first), first.is_unchanged) == (6, False)
    second = rebuild(raw)
    assert (cleaned(second), second.is_unchanged, second.counts) == (0, True, first.counts)
    (raw / "s01.txt").write_text(text_of(11), "utf-8")
    assert cleaned(rebuild(raw)) == 1
    (raw / "s02.toml").write_text('[metadata]\njournal = "Salt Quay Papers"\n')
    assert cleaned(rebuild(raw)) == 1
    (raw / "s03.txt").rename(raw / "moved.txt")
    assert cleaned(rebuild(raw)) == 1
    (raw / "s04.txt").unlink()
    assert cleaned(rebuild(raw)) == 0
    assert not any("s04" in name or "s03" in name for name in tree_of(tmp_path / "out"))
    assert b"s04" not in (tmp_path / "out" / "manifest.json").read_bytes()
    (tmp_path / "jiaokan.toml").write_text("[tei]\nchoice = true\n")
    assert cleaned(rebuild(raw)) == 5
    (tmp_path / "jiaokan.toml").unlink()
    assert cleaned(rebuild(raw)) == 0
    assert cleaned(rebuild(raw, force=True)) == 5


def test_another_program_cleans_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = corpus_of(tmp_path, 3)
    rebuild(raw)
    for module in ("pipeline.keys.fingerprint", "pipeline.build.fingerprint", "pipeline.assembly.fingerprint"):
        monkeypatch.setattr(module, lambda: "another")
    assert cleaned(rebuild(raw)) == 3


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit": lambda data: data[:-9] + bytes([data[-9] ^ 4]) + data[-8:],
    "the header": lambda data: data[:44] + bytes([data[44] ^ 1]) + data[45:],
    "cut short": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "longer": lambda data: data + b"\0",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_noticed(damage: str, tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 3)
    rebuild(raw)
    for path in entries_of(tmp_path):
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    (raw / "new.txt").write_text(text_of(7), "utf-8")
    assert cleaned(rebuild(raw)) == 4
    (raw / "new.txt").unlink()
    assert cleaned(rebuild(raw)) == 0


def test_damaged_records_and_outputs_are_noticed(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 3)
    rebuild(raw)
    tei = tmp_path / "out" / "tei" / "s00" / "corpus.xml"
    for spoil in (lambda: tei.write_text("spoilt"), tei.unlink):
        spoil()
        summary = rebuild(raw)
        assert (cleaned(summary), summary.is_unchanged) == (0, False)
    (record,) = (tmp_path / "cache" / "builds").iterdir()
    record.write_bytes(record.read_bytes().replace(b'"sources":3', b'"sources":4'))
    assert rebuild(raw).counts["sources"] == 3


def test_a_cache_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 2)
    (tmp_path / "cache").write_text("in the way")
    assert [cleaned(rebuild(raw)) for _ in range(2)] == [2, 2]


def test_what_failed_fails_again_in_the_same_words(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 2)
    (raw / "bad.txt").write_bytes(bytes(range(256)) * 20)
    first, second = rebuild(raw), rebuild(raw)
    assert first.failures
    assert (second.failures, second.status, second.is_unchanged) == (first.failures, 1, True)
    (raw / "s00.txt").unlink()
    assert rebuild(raw).failures == first.failures


def test_the_cache_does_not_grow_for_ever(tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 3)
    for number in range(BUILDS + 3):
        (raw / "s00.txt").write_text(f"The Toll\n\nOf {number} boats the toll was taken.\n", "utf-8")
        rebuild(raw)
    assert len(entries_of(tmp_path)) == 3 * (2 + BUILDS)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(6)
    raw, out = corpus_of(tmp_path, 3), tmp_path / "out"
    (tmp_path / "mine").mkdir()
    assert status_of(begin("build", str(raw), "-o", str(out), "--jobs", "1")) == 0
    (out / "mine.txt").write_text("a remark")
    usual = {jobs: seconds(begin("build", str(raw), "-o", str(out), "--jobs", jobs, "--force")) for jobs in ("1", "2")}
    for number in range(20):
        before = tree_of(out)
        (raw / "s00.txt").write_text(text_of(100 + number), "utf-8")
        jobs = "2" if number % 5 == 0 else "1"  # a second process takes long to begin
        process = begin("build", str(raw), "-o", str(out), "--jobs", jobs, *(("--force",) if number % 2 else ()))
        time.sleep(usual[jobs] * chance.random() * 1.1)
        process.kill()
        process.join()
        if (now := tree_of(out)) != before:  # the same bytes need not be checked again
            assert now["manifest.json"] != before["manifest.json"]
            assert list(check(out)) == []
        assert (out / "mine.txt").read_text() == "a remark"
    assert build(raw, out, jobs=1, cache=tmp_path / ".jiaokan" / "cache").status == 0
    build(raw, tmp_path / "clean", jobs=1)
    assert tree_of(out) == {**tree_of(tmp_path / "clean"), "mine.txt": sha256(b"a remark").hexdigest()}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".jiaokan", "clean", "mine", "out", "raw"]


@pytest.mark.parametrize("limit", [200, 6_000])
def test_no_room(limit: int, tmp_path: Path) -> None:
    """A file that may not grow is what a full disk is: an error of writing, in the middle."""
    raw, out = corpus_of(tmp_path, 4), tmp_path / "out"
    build(raw, out, jobs=1)
    before = tree_of(out)
    (raw / "s00.txt").write_text(text_of(50) + "\n".join(f"Boat {number} came at noon." for number in range(600)))
    assert status_of(begin("build", str(raw), "-o", str(out), "--jobs", "1", limit=limit)) == 2
    assert tree_of(out) == before
    build(raw, out, jobs=1, cache=tmp_path / ".jiaokan" / "cache")
    build(raw, tmp_path / "clean", jobs=1)
    assert tree_of(out) == tree_of(tmp_path / "clean")


@pytest.mark.parametrize("place", ["pipeline.assembly.write_dataset", "pipeline.writers.parquet.write_shard", "pipeline.publishing.publish"])  # fmt: skip
def test_a_writer_that_fails(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"
    rebuild(raw)
    before = tree_of(out)
    (raw / "s00.txt").write_text(text_of(9), "utf-8")

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(place, fail)
        with pytest.raises(ZeroDivisionError):
            build(raw, out, jobs=1, cache=tmp_path / "cache")
    assert tree_of(out) == before
    assert cleaned(rebuild(raw)) == 0  # what was done is not lost
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "clean", "out", "raw"]


def test_two_builds_at_once(tmp_path: Path) -> None:
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"
    with holding(out):
        with pytest.raises(OutputError, match="another build is at work"):
            build(raw, out, jobs=1)
        assert status_of(begin("build", str(raw), "-o", str(out), "--jobs", "1")) == 2
        patient = begin("build", str(raw), "-o", str(out), "--wait", "--jobs", "1")
        patient.join(0.5)
        assert (patient.exitcode, out.exists()) == (None, False)
    assert status_of(patient) == 0
    assert list(check(out)) == []


def test_many_builds_that_wait(tmp_path: Path) -> None:
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"
    crowd = [begin("build", str(raw), "-o", str(out), "--wait", "--force", "--jobs", "1") for _ in range(3)]
    assert [status_of(one) for one in crowd] == [0] * 3
    build(raw, tmp_path / "clean", jobs=1)
    assert tree_of(out) == tree_of(tmp_path / "clean")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".jiaokan", "clean", "out", "raw"]


def test_what_others_write_during_the_swap_survives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"
    build(raw, out, jobs=1)
    exchange = publishing._exchange

    def late(stage: Path, other: Path) -> bool:
        (other / "late.txt").write_text("just in time")
        return exchange(stage, other)

    monkeypatch.setattr(publishing, "_exchange", late)
    build(raw, out, jobs=1)
    assert (out / "late.txt").read_text() == "just in time"


def test_killed_between_two_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where folders cannot be swapped in one step the old one may be on its way: the next build puts it back."""
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"
    build(raw, out, jobs=1)
    (out / "mine.txt").write_text("a remark")
    before = tree_of(out)
    out.rename(tmp_path / ".out.jiaokan-7.old")
    (tmp_path / ".out.jiaokan-7").mkdir()
    with holding(out):
        assert tree_of(out) == before
    monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    (raw / "s00.txt").unlink()
    build(raw, out, jobs=1)
    assert ("mine.txt" in tree_of(out), (out / "tei" / "s00").exists()) == (True, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


def difficult(task: tasks.Task) -> tasks.Outcome:
    """`work`, but some sources kill their worker or never end, one only the first time."""
    name = task.origin.doc_id
    once = task.origin.root.parent / "once"
    if name == "s01" or (name == "s02" and not once.exists()):
        if name == "s02":
            once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "s03":
        time.sleep(600)
    return tasks.work(task)


def test_a_worker_that_dies_and_a_source_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = corpus_of(tmp_path, 6), tmp_path / "out"
    monkeypatch.setattr(engines, "ALONE", 0)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.dispatch.work", difficult)
        summary = build(raw, out, jobs=2, timeout=6, cache=tmp_path / "cache")
    told = {one.doc_id: one.message for one in summary.failures}
    assert told == {"s01": "its process died, tried twice", "s03": "was not done after 6 s, tried twice"}
    assert [doc_id for doc_id, _ in summary.retried] == ["s01", "s02", "s03"]
    assert list(check(out)) == []
    assert {path.name for path in (out / "tei").iterdir()} == {"s00", "s02", "s04", "s05"}
    assert cleaned(rebuild(raw)) == 2  # what was lost is tried anew, and is well


def test_any_number_of_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "ALONE", 0)
    raw = corpus_of(tmp_path, 7)
    for jobs in (2, 1):
        assert cleaned(rebuild(raw, jobs=jobs, force=True, timeout=60 if jobs == 1 else 0)) == 7


def endless(number: int) -> int:
    time.sleep(600 if number else 0)
    return number


def test_a_closed_engine_ends_its_workers() -> None:
    results = engines.run(endless, list(range(3)), 2)
    assert next(results) == (0, 0)
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_hand(how: signal.Signals, tmp_path: Path) -> None:
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"
    build(raw, out, jobs=1)
    before = tree_of(out)
    for number in range(30):
        (raw / f"t{number}.txt").write_text("\n\n".join(text_of(at) for at in range(200)), "utf-8")
    words = [sys.executable, "-m", "pipeline", "build", str(raw), "-o", str(out), "--jobs", "2"]
    ran = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert ran.stderr
    assert ran.stderr.readline() == "cleaning 32 sources\n"
    time.sleep(0.3)
    began = time.monotonic()
    os.killpg(ran.pid, how) if how is signal.SIGINT else ran.send_signal(how)
    told = ran.stderr.read()
    assert ran.wait(30) == 130, told
    assert f"stopped; {out} is as it was\n" in told
    assert time.monotonic() - began < 15
    assert tree_of(out) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != ".jiaokan") == ["out", "raw"]


def test_quiet_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = corpus_of(tmp_path, 2), tmp_path / "out"

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["jiaokan", "build", str(raw), "-o", str(out), *words])
        with pytest.raises(SystemExit):
            cli.main()
        shown = capsys.readouterr()
        assert shown.err == ""
        return shown.out

    assert run("--quiet") == ""
    (raw / "bad.txt").write_bytes(b"\0\1" * 400)
    assert run("--quiet").startswith("failed: bad.txt: ")
    content = json.loads(run("--json"))
    assert (content["status"], content["cached"], content["cleaned"], content["unchanged"]) == (1, 3, 0, True)
    assert [one["path"] for one in content["failures"]] == ["bad.txt"]
    assert content["counts"]["sources"] == 3
