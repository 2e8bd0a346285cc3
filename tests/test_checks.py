"""Sound tables pass; every kind of damage is found, where it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import handmade
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.checks import Finding, check_tables
from pipeline.edition import Edition
from pipeline.model import Block, Document, Part, Source
from pipeline.readers.encodings import decode
from pipeline.writers import parquet

Row = dict[str, Any]
Damage = Callable[[list[Row]], object]
ISSUE = "review/2021-03"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "parquet"
    failed = parquet.rows_of_failure("abandoned", [("raw/abandoned.txt", None, None)], None, "cannot be read")
    documents = [handmade.folder(), handmade.issue(ISSUE), handmade.issue("review/2021-04"), handmade.empty()]
    parquet.write_tables(folder, [failed, *(parquet.rows_of(Edition(document)) for document in documents)])
    return folder


@pytest.fixture
def tables(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "parquet"))


def file_of(folder: Path, table: str) -> Path:
    (path,) = (folder / table).glob("*.parquet")
    return path


def rewrite(folder: Path, table: str, damage: Damage) -> None:
    path = file_of(folder, table)
    rows = pq.read_table(path).to_pylist()
    damage(rows)
    pq.write_table(pa.Table.from_pylist(rows, parquet.arrow_schema(table)), path)


def row_where(rows: list[Row], **values: object) -> Row:
    return next(row for row in rows if all(row[column] == value for column, value in values.items()))


def change(where: dict[str, object], **values: object) -> Damage:
    return lambda rows: row_where(rows, **where).update(values)


def drop(**where: object) -> Damage:
    return lambda rows: rows.remove(row_where(rows, **where))


def test_sound_tables_pass(sound: Path) -> None:
    assert check_tables(sound) == []


P1, S2, N2 = f"{ISSUE}/a01/p0001", f"{ISSUE}/a01/s0002", f"{ISSUE}/a01/n0002"
U1 = f"{P1}/u0001"
KEPT = {"doc_id": ISSUE, "raw": "的经过不详。"}

DAMAGES: list[tuple[str, Damage, str, str]] = [
    # table, damage, table of a finding, part of its message
    ("sources", change({"doc_id": ISSUE}, text_sha256="0" * 64), "sources", "text_sha256"),
    ("sources", change({"doc_id": ISSUE}, sha256="0" * 64), "sources", "(sha256)"),
    ("sources", change({"doc_id": "pages", "seq": 1}, raw_end=21), "sources", "does not follow"),
    ("sources", change({"doc_id": ISSUE}, raw_end=9), "sources", "the files end at 9"),
    ("sources", change({"doc_id": ISSUE}, articles=3), "sources", "3 articles"),
    ("sources", change({"doc_id": ISSUE}, status="failed"), "collation", "failed"),
    ("sources", change({"doc_id": "pages", "seq": 2}, encodings=[{"raw_start": 22, "encoding": "utf-16-le"}]), "sources", "(sha256)"),
    ("sources", change({"doc_id": ISSUE}, encodings=[{"raw_start": 0, "encoding": "klingon"}]), "sources", "(sha256)"),
    ("sources", change({"doc_id": ISSUE}, encodings=[{"raw_start": 0, "encoding": "latin-1"}]), "sources", "(sha256)"),
    ("sources", drop(doc_id=ISSUE), "collation", "not in sources"),
    ("sources", lambda rows: rows.reverse(), "sources", "out of order"),
    ("pages", change({"doc_id": ISSUE, "seq": 2}, raw_end=9999), "pages", "is not in a witness"),
    ("pages", change({"doc_id": ISSUE, "seq": 2}, seq=7), "pages", "page 7"),
    ("pages", change({"doc_id": ISSUE, "seq": 2}, block_start=400), "pages", "block_start 400"),
    ("pages", change({"doc_id": ISSUE, "seq": 2}, block_id="x/a01/p1"), "pages", "does not exist"),
    ("articles", change({"article_id": f"{ISSUE}/a01"}, text="别的"), "articles", "not its heads and paragraphs"),
    ("articles", change({"article_id": f"{ISSUE}/a01"}, n_chars=3), "articles", "not its heads and paragraphs"),
    ("articles", change({"article_id": f"{ISSUE}/a01"}, title="别的"), "articles", "the table '别的'"),
    ("articles", change({"article_id": f"{ISSUE}/a01"}, article_id=f"{ISSUE}/a02"), "articles", "used twice"),
    ("articles", drop(article_id=f"{ISSUE}/a02"), "paragraphs", "article_id"),
    ("articles", change({"article_id": f"{ISSUE}/a02"}, seq=1), "articles", "comes after"),
    ("sections", change({"section_id": S2}, title="别的"), "sections", "collation reads"),
    ("sections", change({"section_id": S2}, label="（二）"), "sections", "collation reads"),
    ("sections", change({"section_id": S2}, parent_id=f"{ISSUE}/a01/s0009"), "sections", "parent_id"),
    ("sections", drop(section_id=S2), "paragraphs", "section_id"),
    ("paragraphs", change({"paragraph_id": P1}, text="河港始于明代，后来衰落的经过不详"), "paragraphs", "at 16 the collation reads '。'"),
    ("paragraphs", change({"paragraph_id": P1}, raw_end=10**6), "paragraphs", "is not in a witness"),
    ("paragraphs", change({"paragraph_id": P1}, seq=9), "articles", "in order"),
    ("paragraphs", change({"paragraph_id": P1}, paragraph_id=f"{ISSUE}/a01/p0002"), "paragraphs", "used twice"),
    ("paragraphs", drop(paragraph_id=P1), "collation", "block_id"),
    ("sentences", change({"sentence_id": U1}, text="河港始于清代，后来衰落的经过不详。"), "sentences", "is not [0, 17)"),
    ("sentences", change({"sentence_id": U1}, end=9), "paragraphs", "end at 9"),
    ("sentences", change({"sentence_id": U1}, seq=2), "sentences", "does not follow"),
    ("sentences", change({"sentence_id": U1}, start=3, text="于明代，后来衰落的经过不详。"), "sentences", "does not follow"),
    ("sentences", change({"sentence_id": U1}, paragraph_id=f"{ISSUE}/a01/p0009"), "paragraphs", "end at 0"),
    ("sentences", change({"sentence_id": U1}, article_id=f"{ISSUE}/a09"), "sentences", "does not exist"),
    ("sentences", drop(sentence_id=U1), "paragraphs", "end at 0"),
    ("notes", change({"note_id": N2}, text="见别处"), "notes", "collation reads"),
    ("notes", change({"note_id": N2}, refs=[{"block_id": P1, "offset": 99}]), "notes", "offset 99"),
    ("notes", change({"note_id": N2}, refs=[{"block_id": f"{P1}0", "offset": 0}]), "notes", "nothing at"),
    ("notes", change({"note_id": N2}, article_id=f"{ISSUE}/a07"), "notes", "article_id"),
    ("collation", drop(**KEPT), "collation", "covered up to"),
    ("collation", change(KEPT, raw="的经过不明。"), "sources", "text_sha256"),
    ("collation", change(KEPT, raw="的经过"), "collation", "code points"),
    ("collation", change(KEPT, raw=None), "collation", "raw or raw_bytes"),
    ("collation", change(KEPT, raw_bytes=b"x"), "collation", "raw or raw_bytes"),
    ("collation", change(KEPT, seq=1), "collation", "has seq 1"),
    ("collation", change(KEPT, fate="lost"), "collation", "not known"),
    ("collation", change(KEPT, fate="dropped"), "collation", "does not fit"),
    ("collation", change(KEPT, reading="的"), "collation", "does not fit"),
    ("collation", change(KEPT, fate="emended", reading="的"), "paragraphs", "collation reads"),
    ("collation", change(KEPT, block_start=3), "collation", "block_start is 3"),
    ("collation", change(KEPT, block_id=None), "collation", "must have a block_id"),
    ("collation", change(KEPT, block_id=f"{ISSUE}/a01/p0044"), "collation", "does not exist"),
    ("collation", change({"doc_id": ISSUE, "tag": "ref"}, block_start=77), "collation", "a marker stands at 77"),
    ("collation", change({"raw_bytes": b"\xff\xfe"}, raw_bytes=b"\xff\xfd"), "sources", "(sha256)"),
    ("remarks", change({"doc_id": ISSUE}, raw_end=10**6), "remarks", "is not in a witness"),
    ("remarks", change({"doc_id": ISSUE}, doc_id="nowhere"), "remarks", "not in sources"),
    ("alignments", change({"level": "article"}, to_id=f"{ISSUE}/a05"), "alignments", "to_id"),
    ("alignments", change({"level": "article"}, doc_id="nowhere"), "alignments", "not in sources"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "damage", "where", "message"), DAMAGES)
def test_damage_is_found(tables: Path, table: str, damage: Damage, where: str, message: str) -> None:
    rewrite(tables, table, damage)
    findings = check_tables(tables)
    assert any(Path(found.file).parent == Path("parquet", where) and message in found.message for found in findings), findings  # fmt: skip


def test_a_finding_names_the_row(tables: Path) -> None:
    rewrite(tables, "paragraphs", change({"paragraph_id": P1}, lang="en", text="x"))
    rows = pq.read_table(tables / "paragraphs").column("paragraph_id").to_pylist()
    finding = next(found for found in check_tables(tables) if "paragraphs" in found.file)
    assert finding.line == rows.index(P1) + 1


def test_missing_and_damaged_files(tables: Path) -> None:
    shutil.rmtree(tables / "notes")
    path = file_of(tables, "pages")
    path.write_bytes(path.read_bytes()[:-40])
    found = check_tables(tables)
    assert Finding("parquet/notes", 0, "the table is missing") in found
    assert [one.file for one in found if "cannot be read" in one.message] == [f"parquet/pages/{path.name}"]


def test_damage_inside_a_file(tables: Path) -> None:
    path = file_of(tables, "collation")
    data = bytearray(path.read_bytes())
    data[200:600] = bytes(400)
    path.write_bytes(data)
    assert any("cannot be read" in found.message for found in check_tables(tables))


def test_other_columns(tables: Path) -> None:
    path = file_of(tables, "remarks")
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["message"]), path)
    assert check_tables(tables) == [
        Finding(f"parquet/remarks/{path.name}", 0, "other columns than schemas/dataset.json says: message")
    ]
    pq.write_table(table.set_column(1, "raw_start", table["raw_start"].cast(pa.int32())), path)
    assert "raw_start" in check_tables(tables)[0].message


def test_rows_of_one_document_over_two_files(tables: Path) -> None:
    path = file_of(tables, "collation")
    table = pq.read_table(path)
    half = table.num_rows // 2
    pq.write_table(table.slice(0, half), path)
    pq.write_table(table.slice(half), tables / "collation/part-00001.parquet")
    assert check_tables(tables) == []
    rewrite(tables, "paragraphs", change({"paragraph_id": P1}, text="x"))
    assert [found.file for found in check_tables(tables)][:1] == [
        f"parquet/paragraphs/{file_of(tables, 'paragraphs').name}"
    ]


@pytest.mark.parametrize(
    ("codec", "data"),
    [
        ("utf-8", "\ufeff河港 port\xff".encode() + b"\xff\xfe tail\xe6\xb2 end"),
        ("utf-16-le", "\ufeff河港 port ".encode("utf-16-le") + b"\x00\xd8 \x00a\x00" + b"x"),
        ("utf-32-be", "河港".encode("utf-32-be") + b"\xff\xff\xff\xff" + b"\x00\x00\x00a\x00\x00"),
        (
            "gb18030",
            "河港".encode("gb18030") + b"\xff \x80 \xa2\xe3 \xfe\x59 \x84\x31\xa4\x37" + "。".encode("gb18030"),
        ),
        ("big5hkscs", "河港".encode("big5hkscs") + b"\xff \xa1\xc3 \xa2\xcc \xa2\xce \x88\x62 \xf9\xfe" + b"\x80 end"),
        ("latin-1", b"caf\xe9 \x85 \xff"),
    ],
)
def test_any_bytes_pass(tmp_path: Path, codec: str, data: bytes) -> None:
    text, exceptions = decode(data, codec)
    half = len(text) // 2
    part = Part("raw/x.txt", sha256(data).hexdigest(), len(data), 0, len(text), ((0, codec),), exceptions)
    blocks = {name: Block(name, "p", (span,), handmade.FOUND, 90) for name, span in
              (("a", (0, half)), ("b", (half, len(text))))}  # fmt: skip
    article = handmade.Article(1, "article", ("a", "b"), handmade.FOUND, 90)
    document = Document(Source("x", text, (part,)), blocks=blocks, articles=(article,))
    parquet.write_tables(tmp_path, [parquet.rows_of(Edition(document))])
    assert check_tables(tmp_path) == []
    stored = pq.read_table(tmp_path / "collation").to_pylist()
    assert any(row["raw_bytes"] for row in stored) == any("\ud800" <= letter <= "\udfff" for letter in text)
