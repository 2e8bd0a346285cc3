"""The tables of all documents put together, by one process and by several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import handmade
import pytest

from pipeline import engines, gathering
from pipeline.edition import Edition
from pipeline.errors import OutputError
from pipeline.gathering import Failed, Stretch, Task, gather
from pipeline.writers import parquet
from pipeline.writers.parquet import Stored
from pipeline.writers.tally import Shard

FAILED = Failed("abandoned", (("raw/abandoned.txt", None, None),), None, "cannot be read")


@pytest.fixture
def documents(tmp_path: Path) -> list[Stored | Failed]:
    """Documents on a shelf, the last first; between them what a process that was killed left half written."""
    (tmp_path / "shelf").mkdir()
    found: list[Stored | Failed] = []
    for document in (handmade.issue("review/2021-04"), handmade.issue("review/2021-03"), handmade.folder()):
        packed = parquet.pack(parquet.rows_of(Edition(document)))
        found.append(parquet.store(packed, tmp_path / "shelf"))
        parquet.store(packed[:700], tmp_path / "shelf")
    assert len(list((tmp_path / "shelf").iterdir())) == 1
    return [FAILED, *reversed(found)]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def test_any_number_of_processes(
    tmp_path: Path, documents: list[Stored | Failed], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shards come in the order of their documents, whoever wrote them and which was done first."""
    monkeypatch.setattr(engines, "ALONE", 0)
    stretches = [Stretch(documents[:2], 5), Stretch(documents[2:3], 9), Stretch(documents[3:], 7)]
    one = gather(tmp_path / "one/parquet", tmp_path / "shelf", stretches, 1)
    assert gather(tmp_path / "two/parquet", tmp_path / "shelf", stretches, 2) == one
    written = files_of(tmp_path / "one")
    assert files_of(tmp_path / "two") == written
    assert {file.path: file.sha256 for shard in one for file in shard.files} == {
        name: sha256(data).hexdigest() for name, data in written.items()
    }
    assert [shard.tally.statuses for shard in one] == [{"failed": 1, "ok": 2}, {"ok": 1}, {"ok": 1}]
    assert [shard.tally.rows["collation"] > 0 for shard in one] == [True] * 3
    assert len(list((tmp_path / "shelf").iterdir())) == 1  # nothing half written is left


@pytest.mark.parametrize(("have_begun", "worth"), [(True, gathering.WORTH), (False, gathering.WORTH_BEGINNING)])
def test_a_short_corpus_needs_no_process(
    have_begun: bool, worth: int, tmp_path: Path, documents: list[Stored | Failed], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []

    def run(work: Callable[[Task], Exception | Shard], tasks: list[Task], jobs: int) -> Iterator[tuple[int, object]]:
        ran.append(jobs)
        yield from ((number, work(task)) for number, task in enumerate(tasks))

    monkeypatch.setattr(engines, "run", run)
    for characters in (engines.ALONE * worth - 1, engines.ALONE * worth):
        stretches = [Stretch(documents[:2], 5), Stretch(documents[2:], characters - 5)]
        gather(tmp_path / str(characters), tmp_path / "shelf", stretches, 2, have_begun=have_begun)
    assert ran == [1, 2]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_is_told(
    jobs: int, tmp_path: Path, documents: list[Stored | Failed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "ALONE", 0)
    (shelf,) = (tmp_path / "shelf").iterdir()
    whole = shelf.read_bytes()
    shelf.write_bytes(bytes(len(whole)))
    with pytest.raises(OutputError, match="holds other columns"):
        gather(tmp_path / "out", tmp_path / "shelf", [Stretch(documents, 9)] * 2, jobs)
    shelf.write_bytes(whole)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotADirectoryError):
        gather(tmp_path / "file", tmp_path / "shelf", [Stretch(documents, 9)] * 2, jobs)


def test_a_process_that_dies(tmp_path: Path, documents: list[Stored | Failed], monkeypatch: pytest.MonkeyPatch) -> None:
    lost = engines.Lost("its process died, tried twice")
    monkeypatch.setattr(engines, "run", lambda work, tasks, jobs: ((number, lost) for number, _ in enumerate(tasks)))
    with pytest.raises(OutputError, match="could not be written: its process died"):
        gather(tmp_path / "out", tmp_path / "shelf", [Stretch(documents, 9)], 2)
