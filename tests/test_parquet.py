"""The tables of documents built by hand, and the files they are written to."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import duckdb
import handmade
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edition import Edition
from pipeline.errors import OutputError
from pipeline.options import Metadata
from pipeline.resources import schema_path
from pipeline.writers import parquet
from pipeline.writers.parquet import parts
from pipeline.writers.parquet.labels import LABELS, split_label
from pipeline.writers.words import count_words

ISSUE = "review/2021-03"
DESCRIBED = json.loads(schema_path("dataset.json").read_text("utf-8"))["tables"]


@pytest.fixture(scope="module")
def issue() -> dict[str, list[dict[str, object]]]:
    return {name: batch.to_pylist() for name, batch in parquet.tables_of(Edition(handmade.issue())).items()}


def corpus() -> list[parquet.Tables]:
    documents = [
        handmade.folder(),
        handmade.issue("review/2021-03"),
        handmade.issue("review/2021-04"),
        handmade.empty(),
    ]
    failed = parquet.rows_of_failure("unread", [("raw/unread.txt", None, None)], None, "cannot be read: mend it")
    return [failed if name == "unread" else parquet.rows_of(Edition(document)) for name, document in sorted(
        [("unread", None), *((document.source.doc_id, document) for document in documents)], key=lambda pair: pair[0]
    )]  # fmt: skip


# --- columns


def test_every_column_is_documented() -> None:
    for table in DESCRIBED:
        for column in table["columns"]:
            for entry in (column, *column.get("fields", ())):
                assert entry["description"].endswith("."), entry
                assert isinstance(entry["nullable"], bool)
            assert "example" in column
            assert column["nullable"] or column["example"] is not None, column["name"]


def test_arrow_says_what_the_description_says() -> None:
    for table in DESCRIBED:
        schema = parquet.tables_of(Edition(handmade.issue()))[table["name"]].schema
        assert schema.names == [column["name"] for column in table["columns"]]
        for field, column in zip(schema, table["columns"], strict=True):
            assert field.nullable == column["nullable"]
            assert field.metadata[b"description"].decode() == column["description"]
            assert field.metadata.get(b"unit", b"").decode() == column.get("unit", "")
            assert _spelled(field.type) == column["type"]
            if column["type"] == "list<struct>":
                inner = field.type.value_type
                assert [(one.name, _spelled(one.type), one.nullable) for one in inner] == [
                    (one["name"], one["type"], one["nullable"]) for one in column["fields"]
                ]


def _spelled(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "list<struct>" if pa.types.is_struct(kind.value_type) else f"list<{_spelled(kind.value_type)}>"
    return {"double": "float64"}.get(str(kind), str(kind))


def test_columns_stand_in_the_order_of_the_contract() -> None:
    order = {table["name"]: [column["name"] for column in table["columns"]] for table in DESCRIBED}
    assert list(order) == ["sources", "pages", "articles", "sections", "paragraphs", "sentences", "notes", "collation", "remarks", "alignments"]  # fmt: skip
    assert order["collation"] == ["doc_id", "seq", "raw_start", "raw_end", "fate", "tag", "type", "rules", "certainty", "raw", "raw_bytes", "reading", "page", "block_id", "block_start"]  # fmt: skip
    assert order["notes"] == ["note_id", "article_id", "doc_id", "labels", "place", "type", "text", "text_source", "urls", "refs", "certainty"]  # fmt: skip


# --- values


def test_sources(issue: dict[str, list[dict[str, object]]]) -> None:
    (row,) = issue["sources"]
    text = handmade.issue().source.text
    assert (row["doc_id"], row["seq"], row["status"], row["error"]) == (ISSUE, 1, "ok", None)
    assert (row["raw_start"], row["raw_end"], row["pages"], row["articles"]) == (0, len(text), 3, 2)
    assert row["text_sha256"] == row["sha256"] == sha256(text.encode()).hexdigest()
    assert row["encodings"] == [{"raw_start": 0, "encoding": "utf-8"}]


def test_pages(issue: dict[str, list[dict[str, object]]]) -> None:
    assert [(row["seq"], row["n"], row["inferred"], row["block_id"], row["block_start"]) for row in issue["pages"]] == [
        (1, "17", False, f"{ISSUE}/a01/s0001", 0),
        (2, "18", False, f"{ISSUE}/a01/p0001", 11),
        (3, "19", True, f"{ISSUE}/a02/s0001", 0),
    ]


def test_articles(issue: dict[str, list[dict[str, object]]]) -> None:
    matter, chinese, english = issue["articles"]
    assert (matter["article_id"], matter["seq"], matter["kind"]) == (f"{ISSUE}/matter", 0, "matter")
    assert chinese["title"] == "河港志略"
    assert (chinese["lang"], chinese["script"], english["lang"], english["script"]) == ("zh-Hans", "Hans", "en", None)
    assert chinese["authors"] == [{"name": "许望江", "alt_name": "Xu Wangjiang", "affiliation": "清江浦大学"}]
    assert chinese["abstracts"] == [{"lang": "zh-Hans", "text": "本文考察河港。"}]
    assert chinese["keywords"] == [{"lang": "zh-Hans", "terms": ["河港", "漕运"]}]
    assert chinese["text"] == "一、河港\n\n河港始于明代，后来衰落的经过不详。\n\n（一）漕运\n\n漕运由官府主持。"
    assert chinese["n_chars"] == len(str(chinese["text"]))
    assert (chinese["page_first"], chinese["page_last"], english["page_first"]) == ("17", "18", "19")
    assert english["text"] == "I. The Port\n\nThe port was developed under the Ming; 河港 is its name."
    assert english["n_words"] == 13 + 2
    assert english["certainty"] == 0.7


def test_metadata_by_hand_wins() -> None:
    by_hand = Metadata(title="别名", journal="另一刊", issue="4", doi="10.99999/x", language="zh-Hant")
    rows = parquet.tables_of(Edition(handmade.issue()), by_hand)["articles"].to_pylist()
    assert [row["journal"] for row in rows] == ["另一刊"] * 3
    assert [(row["issue"], row["volume"]) for row in rows] == [("4", "12")] * 3
    assert [row["title"] for row in rows] == [None, "河港志略", "A Short Account of the River Port"]
    (row,) = parquet.tables_of(Edition(handmade.folder()), by_hand)["articles"].to_pylist()
    assert (row["title"], row["doi"], row["lang"]) == ("别名", "10.99999/x", "en")


def test_sections(issue: dict[str, list[dict[str, object]]]) -> None:
    columns = ("section_id", "parent_id", "seq", "level", "label", "title", "run_in")
    assert [tuple(row[column] for column in columns) for row in issue["sections"]] == [
        (f"{ISSUE}/a01/s0001", None, 1, 1, "一、", "河港", False),
        (f"{ISSUE}/a01/s0002", f"{ISSUE}/a01/s0001", 3, 2, "（一）", "漕运", True),
        (f"{ISSUE}/a02/s0001", None, 1, 1, "I.", "The Port", False),
    ]


def test_paragraphs(issue: dict[str, list[dict[str, object]]]) -> None:
    columns = ("paragraph_id", "section_id", "seq", "kind", "lang", "page_first", "page_last")
    assert [tuple(row[column] for column in columns) for row in issue["paragraphs"]] == [
        (f"{ISSUE}/matter/p0001", None, 1, "p", "zh-Hans", None, None),
        (f"{ISSUE}/a01/p0001", f"{ISSUE}/a01/s0001", 2, "p", "zh-Hans", "17", "18"),
        (f"{ISSUE}/a01/p0002", f"{ISSUE}/a01/s0002", 4, "quote", "zh-Hans", "18", "18"),
        (f"{ISSUE}/a02/p0001", f"{ISSUE}/a02/s0001", 2, "p", "en", "19", "19"),
        (f"{ISSUE}/a02/p0002", None, 3, "bibl", "en", "19", "19"),
    ]
    text, row = handmade.issue().source.text, issue["paragraphs"][1]
    assert text[row["raw_start"] : row["raw_end"]].startswith("　　河港始于")  # type: ignore[index, misc]
    assert text[row["raw_start"] : row["raw_end"]].endswith("不详。")  # type: ignore[index, misc]


def test_text_before_the_script_was_converted() -> None:
    document = handmade.issue()
    tables = parquet.tables_of(Edition(document, document.runs[:-1]))
    sources = {row["paragraph_id"]: row["text_source"] for row in tables["paragraphs"].to_pylist()}
    assert sources[f"{ISSUE}/a02/p0001"] == "The port was develop-\ned under the Ming; 河港 is its name."
    assert sources[f"{ISSUE}/a01/p0001"] is None


def test_notes(issue: dict[str, list[dict[str, object]]]) -> None:
    author, note = issue["notes"]
    assert (author["labels"], author["place"], author["type"]) == (["*"], "bottom", "author")
    assert author["refs"] == [{"block_id": f"{ISSUE}/a01/author1", "offset": 3}]
    assert note["text"] == "见 https://example.org/港"
    assert note["urls"] == ["https://example.org/%E6%B8%AF"]
    assert note["refs"] == [{"block_id": f"{ISSUE}/a01/p0001", "offset": 6}]


def test_collation(issue: dict[str, list[dict[str, object]]]) -> None:
    found = {row["raw"]: row for row in issue["collation"]}
    columns = ("fate", "tag", "type", "reading", "page", "block_id", "block_start")
    for raw, expected in {
        "\ufeff": ("dropped", None, None, "", None, None, None),
        "许　望江": ("emended", "author", None, "许望江", "17", f"{ISSUE}/a01/author1", 0),
        "17": ("dropped", "fw", "pageNum", "", "17", None, None),
        "^[1]": ("kept", "ref", None, None, "17", f"{ISSUE}/a01/p0001", 6),
        "后": ("emended", "p", None, "，后", "17", f"{ISSUE}/a01/p0001", 6),
        "来衰落": ("kept", "p", None, None, "17", f"{ISSUE}/a01/p0001", 8),
        "的经过不详。": ("kept", "p", None, None, "18", f"{ISSUE}/a01/p0001", 11),
        "（一）漕运": ("kept", "head", "run-in", None, "18", f"{ISSUE}/a01/s0002", 0),
        "-\n": ("joined", "p", None, "", "19", f"{ISSUE}/a02/p0001", 20),
    }.items():
        assert tuple(found[raw][column] for column in columns) == expected, raw
    assert found["-\n"]["rules"] == ["found-by-hand", "line-end-hyphen"]
    assert found["-\n"]["certainty"] == 0.9
    assert "".join(str(row["raw"]) for row in issue["collation"]) == handmade.issue().source.text


def test_rows_stop_at_files_and_at_what_is_not_unicode() -> None:
    rows = parquet.tables_of(Edition(handmade.folder()))["collation"].to_pylist()
    assert [(row["raw"], row["raw_bytes"], row["reading"], row["block_start"]) for row in rows[:6]] == [
        ("a word that is bro", None, None, 0),
        ("ken-", None, "ken", 18),
        ("\n", None, "", 21),
        ("here ", None, None, 21),
        (None, b"\xff\xfe", "\ufffd\ufffd", 26),
        (" now.", None, None, 28),
    ]
    assert (rows[4]["fate"], rows[4]["rules"][-1]) == ("emended", "undecodable-bytes")


def test_strings_hold_no_surrogates() -> None:
    document = handmade.folder("pa\udce9ges")
    for batch in parquet.tables_of(Edition(document)).values():
        json.dumps(batch.to_pylist(), default=str, ensure_ascii=False).encode()


def test_remarks_and_alignments(issue: dict[str, list[dict[str, object]]]) -> None:
    assert [(row["raw_start"], row["rule"], row["certainty"]) for row in issue["remarks"]] == [
        (0, "byte-order-mark", 1.0),
        (3, "odd-number", 0.4),
    ]
    assert [tuple(row.values()) for row in issue["alignments"]] == [
        (f"{ISSUE}/g0001", ISSUE, f"{ISSUE}/a01", f"{ISSUE}/a02", "article", 0.91),
        (f"{ISSUE}/g0002", ISSUE, f"{ISSUE}/a01/p0001", f"{ISSUE}/a02/p0001", "paragraph", 0.84),
        (f"{ISSUE}/g0002", ISSUE, f"{ISSUE}/a01/p0002", f"{ISSUE}/a02/p0001", "paragraph", 0.6),
    ]


def test_empty_and_failed_sources() -> None:
    (row,) = parquet.tables_of(Edition(handmade.empty()))["sources"].to_pylist()
    assert (row["status"], row["raw_end"], row["articles"]) == ("empty", 2, 0)
    tables = parquet.rows_of_failure("x", [("raw/x.txt", "00", 7)], "text", "not text")
    (row,) = parquet.batch_of("sources", [tables["sources"]]).to_pylist()
    assert (row["status"], row["error"], row["raw_start"], row["bytes"]) == ("failed", "not text", None, 7)
    assert all(len(rows) == 0 for name, rows in tables.items() if name != "sources")


# --- labels and words


@pytest.mark.parametrize(("pattern", "example"), [(pattern, one) for pattern, examples in LABELS for one in examples])
def test_labels(pattern: str, example: str) -> None:
    assert split_label(f"{example} 河港") == (example, "河港")
    assert split_label(example)[0] == example


@pytest.mark.parametrize(
    "head",
    ["I went there", "2021 in Review", "一带一路", "3D printing", "Conclusion", "1.5% growth", "Civil war", "十年河港",
     "10 days", "（本刊讯）河港", "结论", "A Short Account", "Mild weather"],
)  # fmt: skip
def test_no_labels(head: str) -> None:
    assert split_label(head) == (None, head)


def test_the_label_a_stage_has_found_wins() -> None:
    assert split_label("其一 河港", "其一") == ("其一", "河港")
    assert split_label("一、河港", "二、") == ("一、", "河港")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("河港，1999年。", 4), ("don't re-enter", 2), ("a – b", 2), ("naïve Ελλάς", 2), ("ＡＢ港", 2)],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


# --- files


def test_the_same_bytes_however_rows_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "GROUP_ROWS_ELSE", 7)
    monkeypatch.setattr(parts, "GROUP_ROWS", {"collation": 50, "articles": 2})
    documents = corpus()
    places = [parquet.store(parquet.pack(document), tmp_path) for document in documents]
    shelf = parquet.Shelf(tmp_path)
    stored = [shelf.load(place) for place in places]
    parquet.write_tables(tmp_path / "one", documents)
    parquet.write_tables(tmp_path / "two", stored)
    with monkeypatch.context() as patched:
        patched.setattr(parts.Part, "add", _row_by_row(parts.Part.add))
        parquet.write_tables(tmp_path / "three", documents)
    for name in parquet.tables():
        first, *others = (path.read_bytes() for path in sorted(tmp_path.glob(f"*/{name}/*.parquet")))
        assert len(others) == 2
        assert all(other == first for other in others), name
    groups = pq.read_metadata(file_of(tmp_path / "one", "collation"))
    assert [groups.row_group(at).num_rows for at in range(groups.num_row_groups)] == [50, 50, 18]


def _row_by_row(add):  # type: ignore[no-untyped-def]
    def split(self, rows):  # type: ignore[no-untyped-def]
        for one in [rows] if isinstance(rows, parquet.Spans) else ([row] for row in rows):
            add(self, one)

    return split


def file_of(folder: Path, table: str) -> Path:
    (path,) = (folder / table).glob("*.parquet")
    return path


def test_files_are_compressed_sorted_and_indexed(tmp_path: Path) -> None:
    counts = parquet.write_tables(tmp_path, corpus())
    for name, table in parquet.tables().items():
        path = file_of(tmp_path, name)
        assert path.name == f"part-{sha256(path.read_bytes()).hexdigest()[:16]}.parquet"
        read = pq.read_metadata(path)
        assert read.num_rows == counts[name] > 0
        assert pq.read_schema(path).equals(parquet.arrow_schema(name), check_metadata=True)
        group = read.row_group(0)
        assert [read.schema.names[one.column_index] for one in group.sorting_columns] == list(table.sorted_by)
        for at in range(group.num_columns):
            column = group.column(at)
            assert (column.compression, column.is_stats_set) == ("ZSTD", True)
            assert column.has_column_index == column.has_offset_index == True  # noqa: E712
        rows = [tuple(row[column] for column in table.sorted_by) for row in pq.read_table(path).to_pylist()]
        assert table.sorted_by[0] == "doc_id"
        assert rows == sorted(rows)


def test_ids_have_bloom_filters(tmp_path: Path) -> None:
    parquet.write_tables(tmp_path, corpus())
    for name, table in parquet.tables().items():
        path = file_of(tmp_path, name)
        told = f"SELECT path_in_schema, bloom_filter_offset FROM parquet_metadata('{path}')"
        filtered = {column for column, offset in duckdb.sql(told).fetchall() if offset is not None}
        assert filtered == {column.name for column in table.columns if column.name.endswith("_id")}
        for column in sorted(filtered):
            value = next(row[column] for row in pq.read_table(path).to_pylist() if row[column])
            for sought, excluded in ((value, False), ("nowhere/a99", True)):
                probe = f"SELECT bloom_filter_excludes FROM parquet_bloom_probe('{path}', '{column}', '{sought}')"
                assert duckdb.sql(probe).fetchall() == [(excluded,)], (name, column)


def test_empty_tables_have_their_columns(tmp_path: Path) -> None:
    assert set(parquet.write_tables(tmp_path, []).values()) == {0}
    for name in parquet.tables():
        assert pq.read_table(tmp_path / name).schema.names == parquet.arrow_schema(name).names


def test_documents_out_of_order_are_refused(tmp_path: Path) -> None:
    documents = corpus()
    for wrong in ([documents[1], documents[0]], [documents[0], documents[0]]):
        with pytest.raises(OutputError, match="in order"):
            parquet.write_tables(tmp_path, wrong)


def test_damaged_tables_are_told(tmp_path: Path) -> None:
    data = parquet.pack(corpus()[0])
    for damaged in (b"", data[:10], data[:100], data[:900], data + b"\0", b"\0" + data):
        with pytest.raises(OutputError):
            parquet.unpack(damaged)


def test_some_tables_by_themselves() -> None:
    assert set(parquet.unpack(parquet.pack(corpus()[0]), ("pages",))) == {"pages"}


def test_a_shard_and_what_has_no_rows(tmp_path: Path) -> None:
    """Shards written by themselves, and empty tables, are what all of them together are."""
    documents = corpus()
    names = [str(one["sources"][0][0]) for one in documents]  # type: ignore[index]
    rows = parquet.write_tables(tmp_path / "all", documents, names[1:])
    found: dict[str, set[str]] = {name: set() for name in parquet.tables()}
    for document in documents:
        for name, path in parquet.write_shard(tmp_path / "some", [document], tmp_path / "work").items():
            found[name].add(path.name)
    for name, path in parquet.write_empty(tmp_path / "some", {name for name in found if not found[name]}).items():
        found[name].add(path.name)
        assert rows[name] == 0
    assert found == {name: {path.name for path in (tmp_path / "all" / name).iterdir()} for name in found}
    assert not list((tmp_path / "work").iterdir())


def test_duckdb_reads_every_table(tmp_path: Path) -> None:
    counts = parquet.write_tables(tmp_path, corpus())
    for name, count in counts.items():
        (found,) = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/{name}/*.parquet'").fetchall()[0]
        assert found == count, name
    joined = duckdb.sql(f"""
        SELECT string_agg(coalesce(reading, raw), '' ORDER BY c.seq), any_value(p.text)
        FROM '{tmp_path}/collation/*.parquet' c JOIN '{tmp_path}/paragraphs/*.parquet' p ON block_id = paragraph_id
        WHERE tag <> 'ref' GROUP BY paragraph_id""").fetchall()
    assert len(joined) == counts["paragraphs"]
    assert all(left == right for left, right in joined)


# --- any document


def assert_one_and_many(documents: list[handmade.Document]) -> None:
    """Rows of many documents at once are those of each, also where they were stored."""
    found = [parquet.rows_of(Edition(document)) for document in documents]
    stored = [parquet.unpack(parquet.pack(rows)) for rows in found]
    for name in parquet.tables():
        each = pa.Table.from_batches([parquet.batch_of(name, [rows[name]]) for rows in found]).combine_chunks()
        for rows in (found, stored):
            many = pa.Table.from_batches([parquet.batch_of(name, [one[name] for one in rows])])
            assert many.equals(each), name


PIECES = st.lists(
    st.tuples(st.text("ab河\n \udcff", max_size=4), st.sampled_from("xyz-"), st.sampled_from([None, "", " ", "新字"]),
              st.sampled_from(["", "", "", "ref", "foreign", "url", "pb"])),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None, print_blob=False)
@given(PIECES, st.booleans())
def test_any_document_agrees_with_itself(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str, str | None, str]], split: bool
) -> None:
    from pipeline.checks import check_tables

    document = _document(pieces, split)
    folder = tmp_path_factory.mktemp("any")
    parquet.write_tables(folder, [parquet.rows_of(Edition(document))])
    assert check_tables(folder) == []


def _document(pieces: list[tuple[str, str, str | None, str]], split: bool) -> handmade.Document:
    tiles: list[handmade.Tile] = []
    length = 0
    for text, block, new, mark in pieces:
        if mark == "pb":
            tiles.append(handmade.page(text.strip() or "3"))
            continue
        if block == "-":
            text, new, mark = "\n" * len(text), None, ""
        mark = mark if text and block in "xy" else ""
        if new == "" and not text:
            new = None
        if not text and (new is None or not tiles or tiles[-1].text == ""):
            continue
        tiles.append(handmade.Tile(text, "" if block == "-" else block, new, mark=mark, target="en" if mark == "foreign" else ""))  # fmt: skip
        length += len(text)
    tiles += [handmade.Tile("first", "x"), handmade.Tile("second", "y"), handmade.Tile("end", "z")]
    kinds: dict[str, dict[str, object]] = {"x": {"kind": "p"}, "y": {"kind": "head", "level": 1}, "z": {"kind": "fw"}}
    tiles = [  # an insertion belongs to the block of the text behind it
        tile
        for tile, following in zip(tiles, [*tiles[1:], None], strict=True)
        if tile.text or tile.new is None or (following and following.text and following.block == tile.block)
    ]
    article = handmade.Article(1, "article", ("x", "y"), handmade.FOUND, 50, "en")
    cut = (length // 2,) if split and length // 2 > 0 else ()
    return handmade.Sheet("any", tiles, kinds, (article,), files=cut).document()


@settings(max_examples=30, deadline=None, print_blob=False)
@given(st.lists(PIECES, min_size=1, max_size=4), st.booleans())
def test_any_documents_together(pieces: list[list[tuple[str, str, str | None, str]]], split: bool) -> None:
    assert_one_and_many([_document(one, split) for one in pieces])


def test_documents_together() -> None:
    assert_one_and_many([handmade.folder(), handmade.empty(), handmade.issue(), handmade.issue("an/other\udcff")])
