"""The engine `dask`: the same bytes as here, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pipeline import cluster
from pipeline.build import build
from pipeline.engines import Lost
from pipeline.errors import OutputError
from pipeline.fingerprint import fingerprint
from pipeline.tasks import what_is_missing

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A running cluster of two worker processes; a task that kills one is not run again by the cluster itself."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address=None, silence_logs=50) as running,
    ):  # fmt: skip
        yield running.scheduler_address


def corpus_of(folder: Path, count: int) -> Path:
    (folder / "raw").mkdir()
    for number in range(count):
        text = f"The Quay\n\nBy Ada Lin\n\nThe clerks wrote down {number} boats a day, and their\nbooks are the long-\nterm witness.\n"
        (folder / "raw" / f"s{number:02}.txt").write_text(text)
    (folder / "raw" / "bad.txt").write_bytes(b"\0\1" * 300)
    return folder / "raw"


def tree_of(out: Path) -> dict[str, str]:
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def pids_of(scheduler: str) -> list[int]:
    with distributed.Client(scheduler) as client:
        return list(client.run(os.getpid).values())


def test_another_version_is_refused(scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = corpus_of(tmp_path, 2)
    monkeypatch.setattr("pipeline.dispatch.fingerprint", lambda: "another")
    with pytest.raises(OutputError, match=r"tcp://.*: another version of jiaokan"):
        build(raw, tmp_path / "out", engine="dask", scheduler=scheduler, cache=tmp_path / "cache")
    assert not (tmp_path / "out").exists()


def test_same_bytes_though_a_worker_is_killed(scheduler: str, tmp_path: Path) -> None:
    raw = corpus_of(tmp_path, 12)
    build(raw, tmp_path / "clean", jobs=1)
    victims = pids_of(scheduler)
    seen: list[str] = []

    def kill(outcome: Any) -> None:
        seen.append(outcome.doc_id)
        if len(seen) == 3:
            os.kill(victims[0], signal.SIGKILL)

    wishes: dict[str, Any] = {"engine": "dask", "scheduler": scheduler, "cache": tmp_path / "cache"}
    summary = build(raw, tmp_path / "out", done=kill, **wishes)
    assert [one.path for one in summary.failures] == ["bad.txt"]
    assert len(seen) == 13
    assert set(pids_of(scheduler)) != set(victims)
    assert tree_of(tmp_path / "out") == tree_of(tmp_path / "clean")
    again = build(raw, tmp_path / "out", **wishes)
    assert (again.is_unchanged, again.cached) == (True, 13)
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["builds", "entries"]


def difficult(task: int) -> int:
    time.sleep(600 if task == 1 else 0)
    return task


def test_a_task_that_hangs(scheduler: str) -> None:
    retried: list[int] = []
    results = dict(
        cluster.run(difficult, range(4), 2, timeout=2, again=lambda at, why: retried.append(at), scheduler=scheduler)
    )
    assert {at: result for at, result in results.items() if not isinstance(result, Lost)} == {0: 0, 2: 2, 3: 3}
    assert str(results[1]) == "its workers died, or took too long"
    assert 1 in retried


def test_what_a_worker_must_see(tmp_path: Path) -> None:
    beacon = tmp_path / "beacon"
    beacon.touch()
    assert what_is_missing(fingerprint(), beacon, tmp_path) == ""
    assert "is not to be seen" in what_is_missing(fingerprint(), tmp_path / "cache" / "gone", tmp_path)
    assert "is not to be seen" in what_is_missing(fingerprint(), beacon, tmp_path / "gone")


def test_without_a_scheduler_or_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = corpus_of(tmp_path, 1)
    monkeypatch.setattr(cluster, "REACHED", 1.0)
    with pytest.raises(OutputError, match=r"tcp://127\.0\.0\.1:1: the scheduler cannot be reached"):
        build(raw, tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:1", cache=tmp_path / "cache")
    with pytest.raises(OutputError, match="needs a cache"):
        build(raw, tmp_path / "out", engine="dask")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OutputError, match=r"pip install 'jiaokan\[dask\]'"):
        build(raw, tmp_path / "out", engine="dask", cache=tmp_path / "cache")
