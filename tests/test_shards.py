"""Tables cut into files: at places that hardly ever move, and named after what they hold."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

import handmade
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.build import build
from pipeline.checks import check_tables
from pipeline.edition import Edition
from pipeline.tables import rows_by_document, table_files
from pipeline.writers import parquet
from pipeline.writers.parquet import files
from pipeline.writers.parquet.shards import first_documents

MOST = 100
LENGTHS = st.dictionaries(st.text("ab/-", min_size=1, max_size=5), st.integers(0, 60), min_size=1, max_size=40)


def shards(lengths: dict[str, int], most: int = MOST) -> list[list[str]]:
    """The documents of each file."""
    found: list[list[str]] = [[]]
    firsts = first_documents(lengths, most)
    for name in sorted(lengths):
        if name in firsts:
            found.append([])
        found[-1].append(name)
    return found


@given(LENGTHS)
def test_no_file_is_too_long_and_none_is_empty(lengths: dict[str, int]) -> None:
    found = shards(lengths)
    assert all(found)
    assert all(len(shard) == 1 or sum(lengths[name] for name in shard) <= MOST for shard in found)
    assert all(sum(lengths[name] for name in one + other) > MOST for one, other in pairwise(found)) or len(found) > 2
    if sum(lengths.values()) <= MOST:
        assert len(found) == 1


@given(LENGTHS, st.data())
def test_a_change_moves_only_the_borders_of_its_own_file(lengths: dict[str, int], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(lengths)))
    other = {**lengths, name: data.draw(st.integers(0, 60))}
    before, after = shards(lengths), shards(other)
    (own,) = [shard for shard in before if name in shard]
    (new,) = [shard for shard in after if name in shard]
    grown, shrunk = sorted([own, new], key=len, reverse=True)
    assert set(shrunk) <= set(grown)  # one file may become two, or two one: of no others
    whole = set(grown)
    assert [s for s in before if not whole & set(s)] == [s for s in after if not whole & set(s)]


@pytest.mark.parametrize(
    ("whole", "most"), [(1, 2), (128, 2), (129, 4), (256, 4), (257, 8), (512, 8), (513, 16), (9_000, 16)]
)
def test_files_are_longer_in_a_long_corpus(whole: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(files, "first_documents", lambda lengths, most: asked.append(most))
    parquet.cuts_of({"a": whole * 1_000_000 - 1, "b": 1})
    assert asked == [most * 1_000_000]


def test_a_document_that_comes_or_goes_moves_few_borders() -> None:
    lengths = {f"port/{number:03}": number % 7 * 5 for number in range(150)}
    whole = {tuple(shard) for shard in shards(lengths)}
    moved = []
    for name in lengths:
        rest = {tuple(shard) for shard in shards({other: length for other, length in lengths.items() if other != name})}
        moved.append(len(whole - rest))
    assert len(whole) > 25
    assert (min(moved), median(moved)) == (1, 1)
    assert mean(moved) < 2.5


def documents(count: int, changed: int = -1) -> list[parquet.Tables]:
    """Small documents; the text of one is another, as long as before."""
    return [
        parquet.rows_of(Edition(_document(f"port/{number:03}", "Ferry" if number == changed else "River")))
        for number in range(count)
    ]


def _document(doc_id: str, word: str) -> handmade.Document:
    tiles = [handmade.Tile("The " + word + ". ", "h"), handmade.page("7"), handmade.Tile("It is a ", "x"),
             handmade.Tile("long", "x", "wide"), handmade.Tile(" " + word + ". It flows.", "x")]  # fmt: skip
    kinds: dict[str, dict[str, object]] = {"x": {"kind": "p"}, "h": {"kind": "head", "level": 1}}
    article = handmade.Article(1, "article", ("h", "x"), handmade.FOUND, 50, "en")
    return handmade.Sheet(doc_id, tiles, kinds, (article,)).document()


def lengths_of(found: list[parquet.Tables]) -> dict[str, int]:
    return {one["sources"][0][0]: one["collation"].length for one in found}


def names_of(folder: Path, table: str) -> list[str]:
    return [path.name for path in table_files(folder, table)]


def test_only_the_file_of_a_changed_document_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 200)
    before, after = documents(48), documents(48, changed=20)
    lengths = lengths_of(before)
    assert lengths_of(after) == lengths
    for name, found in (("one", before), ("two", after), ("fewer", before[:20] + before[21:])):
        own = lengths_of(found)
        assert parquet.write_tables(tmp_path / name, found, parquet.cuts_of(own))["paragraphs"] == len(found)
        assert check_tables(tmp_path / name) == []
    empty = {name for name in parquet.tables() if not len(before[0][name])}
    assert empty == {"notes", "remarks", "alignments"}
    for table in parquet.tables():
        one, two, fewer = (names_of(tmp_path / name, table) for name in ("one", "two", "fewer"))
        if table in empty:
            assert (len(one), one, one) == (1, two, fewer)
            continue
        assert len(one) > 10
        assert len(one) == len(two)
        differing = [here == there for here, there in zip(one, two, strict=True)].count(False)
        assert differing == (table != "pages")  # the word that was changed stands in every other table
        assert len(set(one) - set(fewer)) <= 2
        for path in (tmp_path / "one" / table).iterdir():
            assert path.name == f"part-{sha256(path.read_bytes()).hexdigest()[:16]}.parquet"


def test_files_are_read_in_the_order_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 200)
    found = documents(24)
    parquet.write_tables(tmp_path, found, parquet.cuts_of(lengths_of(found)))
    for table in ("collation", "sentences"):
        assert names_of(tmp_path, table) != sorted(names_of(tmp_path, table))
        assert [rows.doc_id for rows in rows_by_document(tmp_path, table, ["seq"])] == sorted(lengths_of(found))
    last = table_files(tmp_path, "pages")[-1]
    assert pq.read_table(last)["doc_id"].to_pylist()[-1] == "port/023"


def test_a_rebuild_replaces_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 1500)
    (tmp_path / "raw").mkdir()
    text = (
        "The Ledgers of Mill Bridge\n\nBy Ada Lin\n\nThe clerks of the town wrote down every boat that passed, {} a day, "
        "and\ntheir books are the best witness of the long-\nterm trade between the two banks. None is lost.\n"
    )
    for number in range(16):
        (tmp_path / f"raw/s{number:02}.txt").write_text(text.format(number), "utf-8")
    build(tmp_path / "raw", tmp_path / "out", jobs=1)
    before = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "out/parquet").rglob("*.parquet")}
    (tmp_path / "raw/s11.txt").write_text(text.format(77), "utf-8")
    build(tmp_path / "raw", tmp_path / "out", jobs=1)
    after = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "out/parquet").rglob("*.parquet")}
    for table in ("sources", "articles", "paragraphs", "sentences", "collation"):
        own = [name for name in before if f"/{table}/" in name]
        assert len(own) > 2
        assert len([name for name in own if name not in after]) == 1
    assert check_tables(tmp_path / "out/parquet") == []
