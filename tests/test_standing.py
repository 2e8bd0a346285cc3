"""What stands in the output folder is taken over, and only that which is whole; the rest is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from pipeline import engines, publishing, standing
from pipeline.build import Summary, build
from pipeline.cache import Cache, Result
from pipeline.writers.parquet import files
from pipeline.writers.tally import Sums, Tally, total

TEXT = (
    "The Ledgers of Mill Bridge\n\nBy Ada Lin\n\nThe clerks of the town wrote down every boat that passed, {} a day, and\n"
    "their books are the best witness of the long-\nterm trade between the two banks.1 None is lost.\n\n1 See the toll-book.\n"
)
SOURCES = 12


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources whose tables make several shards, built once."""
    monkeypatch.setattr(files, "MOST", 1000)
    (tmp_path / "raw").mkdir()
    for number in range(SOURCES):
        write(tmp_path / "raw", number, str(number))
    (tmp_path / "raw" / "bad.txt").write_bytes(bytes(range(256)) * 4)
    rebuild(tmp_path / "raw")
    assert len(list((tmp_path / "out/parquet/collation").iterdir())) > 2
    return tmp_path / "raw"


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the results that are asked for in the cache."""
    keys: list[str] = []
    load = Cache.load

    def noted(cache: Cache, key: str) -> Result | None:
        keys.append(key)
        return load(cache, key)

    monkeypatch.setattr(Cache, "load", noted)
    return keys


def write(raw: Path, number: int, word: str) -> None:
    (raw / f"s{number:02}.txt").write_text(TEXT.format(word), "utf-8")


def rebuild(raw: Path) -> Summary:
    """A build; and that it comes out as one from nothing, byte for byte."""
    summary = build(raw, raw.parent / "out", cache=raw.parent / "cache", jobs=1)
    build(raw, raw.parent / "clean", jobs=1)
    assert tree_of(raw.parent / "out") == tree_of(raw.parent / "clean")
    return summary


def tree_of(out: Path) -> dict[str, str]:
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def inodes_of(out: Path) -> dict[str, int]:
    return {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*.*") if path.is_file()}


def test_only_what_hangs_on_a_changed_source_is_made_anew(raw: Path, unpacked: list[str]) -> None:
    out = raw.parent / "out"
    before = inodes_of(out)
    write(raw, 5, "none")
    summary = rebuild(raw)
    after = inodes_of(out)
    assert (summary.counts["sources"] - summary.cached, len(summary.failures)) == (1, 1)
    taken = {name for name in after if before.get(name) == after[name]}
    assert {name for name in after if name.startswith("tei/")} - taken == {"tei/s05/a01.xml", "tei/s05/corpus.xml"}
    for table in ("sources", "collation", "paragraphs", "sentences"):
        (new,) = {name for name in after if name.startswith(f"parquet/{table}/")} - taken
        assert new not in before
    assert 0 < len(unpacked) < SOURCES  # that one, in vain, and those that are in files with it


@pytest.mark.parametrize("number", [0, 5, 11])
def test_sources_that_come_and_go(number: int, raw: Path) -> None:
    (raw / f"s{number:02}.txt").unlink()
    assert rebuild(raw).cached == SOURCES
    write(raw, number, "more " * 60)
    assert rebuild(raw).cached == SOURCES
    (raw / "bad.txt").unlink()
    assert rebuild(raw).failures == []


def _spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def _link_away(path: Path) -> None:
    other = path.parent.parent.parent.parent / "elsewhere"
    path.rename(other)
    path.symlink_to(other)


def _add_line(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


NAMES = ("tei/s03/a01.xml", "tei/s05/corpus.xml", "parquet/notes/*.parquet")
HARMS = [*product(NAMES, (_spoil, Path.unlink, _link_away)), ("manifest.json", _add_line)]


@pytest.mark.parametrize(("name", "harm"), HARMS)
def test_what_is_not_whole_is_not_taken_over(name: str, harm: Callable[[Path], None], raw: Path) -> None:
    out = raw.parent / "out"
    path = min(out.glob(name))
    harm(path)
    write(raw, 5, "none")
    rebuild(raw)
    assert not path.is_symlink()


def test_a_lost_result_is_cleaned_again_and_the_old_build_stays(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = raw.parent / "out"
    for entry in (raw.parent / "cache/entries").rglob("*"):
        if entry.is_file():
            entry.write_bytes(b"lost")
    write(raw, 5, "none")
    before = tree_of(out)
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "publish", _fail)
        with pytest.raises(ZeroDivisionError):
            build(raw, out, cache=raw.parent / "cache", jobs=1)
    assert tree_of(out) == before
    for entry in (raw.parent / "cache/entries").rglob("*"):
        if entry.is_file():
            entry.write_bytes(b"lost")
    summary = rebuild(raw)
    assert 1 < summary.counts["sources"] - summary.cached < SOURCES  # only those that are in files with it


def _fail(*_: object) -> None:
    raise ZeroDivisionError


def test_where_links_are_not_possible(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(1, "not here")

    monkeypatch.setattr(os, "link", refuse)
    write(raw, 5, "none")
    assert rebuild(raw).cached == SOURCES


def test_a_file_that_goes_meanwhile(raw: Path, monkeypatch: pytest.MonkeyPatch, unpacked: list[str]) -> None:
    """It was whole when it was looked at: the source is taken from the cache."""
    look = standing.look

    def then_lose(*words: object) -> standing.Standing:
        found = look(*words)  # type: ignore[arg-type]
        if words[0] == raw.parent / "out":
            (raw.parent / "out/tei/s03/corpus.xml").unlink()
        return found

    write(raw, 5, "none")
    monkeypatch.setattr(standing, "look", then_lose)
    assert rebuild(raw).cached == SOURCES
    assert len(unpacked) < SOURCES


def test_everything_anew_takes_nothing_over(raw: Path) -> None:
    out = raw.parent / "out"
    before = inodes_of(out)
    assert build(raw, out, cache=raw.parent / "cache", jobs=1, force=True).cached == 0
    assert not any(before[name] == inode for name, inode in inodes_of(out).items())


# --- what it stands on


def die_of_some(number: int) -> int:
    if number % 20 == 3:
        os._exit(9)
    return number


def test_tasks_that_were_given_early_are_not_lost() -> None:
    tried: list[int] = []
    found = list(engines.run(die_of_some, list(range(40)), 2, again=lambda number, why: tried.append(number)))
    assert sorted(number for number, _ in found) == list(range(40))
    lost = [number for number, result in found if isinstance(result, engines.Lost)]
    assert sorted(lost) == sorted(tried) == [3, 23]
    assert all(number == result for number, result in found if number not in lost)


def test_tallies_are_added() -> None:
    one = Tally({"notes": 2}, {"ok": 1}, ("en",), {"kept": 5}, (Sums("a", "kept", 1, 5, 90, 90),), {"notes": {90: 2}})
    other = Tally({"notes": 3}, {"failed": 1}, ("de",), {"joined": 1}, (Sums("a", "kept", 2, 3, 150, 70), Sums("a", "joined", 1, 1, 80, 80)), {"notes": {90: 1, 50: 2}})  # fmt: skip
    found = total([one, Tally(), other])
    assert (found.rows, found.statuses, found.languages) == ({"notes": 5}, {"ok": 1, "failed": 1}, ("de", "en"))
    assert (found.fates, found.certainties) == ({"kept": 5, "joined": 1}, {"notes": {90: 3, 50: 2}})
    assert found.rules == (Sums("a", "joined", 1, 1, 80, 80), Sums("a", "kept", 3, 8, 240, 70))


def test_pandas_is_left_out_and_found_by_who_asks() -> None:
    code = (
        "import sys; from pipeline.arrow import leave_pandas_out; leave_pandas_out(); import pyarrow as pa; "
        "table = pa.table({'a': ['b']}); assert 'pandas' not in sys.modules; "
        "import pandas; assert table.to_pandas()['a'][0] == 'b'"
    )
    pytest.importorskip("pandas")
    subprocess.run([sys.executable, "-c", code], check=True)
