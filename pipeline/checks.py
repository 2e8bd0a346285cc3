"""Hold `out/parquet` to account: `check_tables(folder)` says everything that does not fit together.

The strongest check: the rows of the collation, put together again, give the raw files (by their SHA-256)
on one side and the text of every paragraph, note, head and title on the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from .model import FATES
from .readers.encodings import encode
from .tables import Rows, rows_by_document, table_files
from .writers.parquet.schema import arrow_schema, tables

# What is read of each table; `sources` leads, the others follow it document by document.
READ = {
    "sources": ("seq", "path", "sha256", "bytes", "raw_start", "raw_end", "encodings", "exceptions", "text_sha256",
                "articles", "status"),
    "pages": ("seq", "raw_start", "raw_end", "block_id", "block_start"),
    "articles": ("article_id", "seq", "title", "subtitle", "text", "n_chars"),
    "sections": ("section_id", "article_id", "parent_id", "seq", "label", "title"),
    "paragraphs": ("paragraph_id", "article_id", "section_id", "seq", "kind", "text", "raw_start", "raw_end"),
    "notes": ("note_id", "article_id", "text", "refs"),
    "collation": ("seq", "raw_start", "raw_end", "fate", "tag", "raw", "raw_bytes", "reading", "block_id",
                  "block_start"),
    "remarks": ("raw_start", "raw_end"),
    "alignments": ("group", "from_id", "to_id"),
}  # fmt: skip


class Finding(NamedTuple):
    """Something that is wrong: file below `out/`, row in it (0: the file as a whole), and what."""

    file: str
    line: int
    message: str


def check_tables(folder: Path) -> list[Finding]:
    """All findings in `out/parquet`, none if it is sound; damaged files are findings, not errors."""
    findings = list(_check_columns(folder))
    if findings:
        return findings
    try:
        for document in _documents(folder, findings):
            findings.extend(_check_document(document))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        findings.append(Finding(folder.name, 0, f"cannot be read: {error}"))
    return findings


@dataclass(slots=True)
class _Document:
    """The rows of one document in every table, and the texts of its blocks as the collation gives them."""

    doc_id: str
    tables: Mapping[str, Rows]
    length: int = 0
    blocks: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, table: str) -> Rows:
        return self.tables[table]

    def finding(self, table: str, index: int, message: str) -> Finding:
        return Finding(*self.tables[table].place(index), message)


def _check_columns(folder: Path) -> Iterator[Finding]:
    for table in tables():
        files = table_files(folder, table)
        if not files:
            yield Finding(f"{folder.name}/{table}", 0, "the table is missing")
        for path in files:
            name = f"{folder.name}/{table}/{path.name}"
            try:
                found = pq.read_schema(path)
            except (pa.ArrowException, OSError) as error:
                yield Finding(name, 0, f"cannot be read: {error}")
                continue
            wanted = arrow_schema(table)
            if not found.equals(wanted):
                differing = sorted({*found.names} ^ {*wanted.names}) or [
                    field.name for field, other in zip(found, wanted, strict=True) if not field.equals(other)
                ]
                yield Finding(name, 0, f"other columns than schemas/dataset.json says: {', '.join(differing)}")


def _documents(folder: Path, findings: list[Finding]) -> Iterator[_Document]:
    """Every document with its rows; rows of no document, or out of order, are findings."""
    streams = {table: rows_by_document(folder, table, READ[table]) for table in tables() if table != "sources"}
    heads = {table: next(stream, None) for table, stream in streams.items()}
    previous = ""

    def take(table: str, doc_id: str | None) -> Rows:
        while (rows := heads[table]) is not None and (doc_id is None or rows.doc_id <= doc_id):
            heads[table] = next(streams[table], None)
            if rows.doc_id == doc_id:
                return rows
            findings.append(Finding(*rows.place(0), f"{rows.doc_id!r} is not in sources, or out of order"))
        return Rows("", {column: [] for column in READ[table]})

    for sources in rows_by_document(folder, "sources", READ["sources"]):
        if sources.doc_id <= previous:
            findings.append(Finding(*sources.place(0), f"{sources.doc_id!r} comes twice, or out of order"))
            continue
        previous = sources.doc_id
        yield _Document(previous, {"sources": sources, **{table: take(table, previous) for table in streams}})
    for table in streams:
        take(table, None)


def _check_document(document: _Document) -> Iterator[Finding]:
    if "failed" in document["sources"]["status"]:
        for table in tables():
            if table != "sources" and len(document[table]):
                yield document.finding(table, 0, f"{document.doc_id!r} failed and has rows all the same")
        return
    yield from _check_partition(document)
    yield from _check_bytes(document)
    yield from _rebuild(document)
    yield from _check_texts(document)
    yield from _check_article_texts(document)
    yield from _check_ids(document)
    yield from _check_places(document)


def _check_partition(document: _Document) -> Iterator[Finding]:
    """The rows tile the witness, each with what its fate asks for."""
    place = 0
    columns = ("seq", "raw_start", "raw_end", "fate", "raw", "raw_bytes", "reading")
    for index, (seq, start, end, fate, raw, data, reading) in enumerate(document["collation"].rows(*columns)):
        wrong = ""
        if start != place or end <= start:
            wrong = f"the witness is covered up to {place}, the row is [{start}, {end})"
        elif seq != index + 1:
            wrong = f"row {index + 1} of the document has seq {seq}"
        elif (raw is None) == (data is None):
            wrong = "either raw or raw_bytes must be there"
        elif raw is not None and len(raw) != end - start:
            wrong = f"raw has {len(raw)} code points for [{start}, {end})"
        elif fate not in FATES:
            wrong = f"the fate {fate!r} is not known"
        elif not _fits(fate, raw, reading):
            wrong = f"the reading {reading!r} does not fit the fate {fate!r}"
        if wrong:
            yield document.finding("collation", index, wrong)
        place = end
    document.length = place


def _fits(fate: str, raw: str | None, reading: str | None) -> bool:
    if reading is None:
        return raw is not None and fate != "dropped"
    if fate == "kept":
        return False
    return reading != raw and (reading == "" if fate == "dropped" else fate == "emended" or reading in ("", " "))


def _check_bytes(document: _Document) -> Iterator[Finding]:
    """The raw files can be written again: text and bytes by their digests."""
    sources, place = document["sources"], 0
    stretches = _by_file(document)
    columns = ("raw_start", "raw_end", "sha256", "text_sha256", "encodings", "exceptions", "path")
    for index, (start, end, digest, text_digest, encodings, exceptions, path) in enumerate(sources.rows(*columns)):
        if start != place or end < start:
            yield document.finding("sources", index, f"{path}: [{start}, {end}) does not follow {place}")
        place = end
        rows = stretches[index]
        text = "".join("\ufffd" * (right - left) if raw is None else raw for left, right, raw, _ in rows)
        if sha256(text.encode()).hexdigest() != text_digest:
            yield document.finding("sources", index, f"{path}: the collation does not give its text (text_sha256)")
        elif encodings and sha256(_encode(rows, encodings, exceptions)).hexdigest() != digest:
            yield document.finding("sources", index, f"{path}: the collation does not give its bytes (sha256)")
    if place != document.length:
        yield document.finding("sources", 0, f"the files end at {place}, the collation at {document.length}")


def _by_file(document: _Document) -> list[list[tuple[int, int, str | None, bytes | None]]]:
    """The rows of the collation for each raw file; rows that cross its border go with the first."""
    found: list[list[tuple[int, int, str | None, bytes | None]]] = [[] for _ in range(len(document["sources"]))]
    ends, at = document["sources"]["raw_end"], 0
    for row in document["collation"].rows("raw_start", "raw_end", "raw", "raw_bytes"):
        while at < len(ends) - 1 and row[0] >= (ends[at] or 0):
            at += 1
        found[at].append(row)
    return found


def _encode(
    rows: list[tuple[int, int, str | None, bytes | None]],
    encodings: list[dict[str, Any]],
    exceptions: list[dict[str, Any]],
) -> bytes:
    """The bytes of one raw file: bytes where the collation has them, text through its codec elsewhere."""
    codecs = [(entry["raw_start"], entry["encoding"]) for entry in encodings]
    kept = [(entry["raw_start"], entry["bytes"]) for entry in exceptions]
    out: list[bytes] = []
    texts: list[str] = []
    first = rows[0][0] if rows else 0
    for _, end, raw, data in [*rows, (-1, -1, None, b"")]:
        if raw is not None:
            texts.append(raw)
            continue
        text = "".join(texts)
        if text:
            before = [codec for place, codec in codecs if place <= first]
            inside = [(place, codec) for place, codec in codecs if first < place < first + len(text)]
            out.append(encode(text, [(first, before[-1] if before else "utf-8"), *inside], kept, first))
        out.append(data or b"")
        texts, first = [], end
    return b"".join(out)


def _rebuild(document: _Document) -> Iterator[Finding]:
    """The text of every block from its rows; `block_start` must be where each row's reading begins."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    markers: list[tuple[int, str, int]] = []
    columns = ("tag", "raw", "reading", "block_id", "block_start")
    for index, (tag, raw, reading, block, at) in enumerate(document["collation"].rows(*columns)):
        if block is None or at is None:
            if block is not None or at is not None or (raw if reading is None else reading):
                yield document.finding("collation", index, "text that is kept must have a block_id and a block_start")
        elif tag == "ref":
            markers.append((index, block, at))
        else:
            found.setdefault(block, []).append((at, index, (raw or "") if reading is None else reading))
    for block, pieces in found.items():
        pieces.sort(key=lambda piece: piece[:2])
        place = 0
        for at, index, text in pieces:
            if at != place:
                yield document.finding("collation", index, f"block_start is {at}, the text before it ends at {place}")
                break
            place += len(text)
        document.blocks[block] = "".join(text for _, _, text in pieces)
    for index, block, at in markers:
        if not 0 <= at <= len(document.blocks.setdefault(block, "")):
            yield document.finding("collation", index, f"a marker stands at {at}, outside the text of {block}")


def _check_texts(document: _Document) -> Iterator[Finding]:
    """What the tables say a block reads is what the collation gives."""
    for table, key in (("paragraphs", "paragraph_id"), ("notes", "note_id")):
        for index, (name, text) in enumerate(document[table].rows(key, "text")):
            if document.blocks.get(name, "") != text:
                yield document.finding(table, index, _differs(name, document.blocks.get(name, ""), text))
    for index, (name, label, title) in enumerate(document["sections"].rows("section_id", "label", "title")):
        text = document.blocks.get(name, "")
        if _head_end(text, 0, label, title) != len(text):
            yield document.finding("sections", index, _differs(name, text, f"{label or ''}{title}"))
    if sum(seq > 0 for seq in document["articles"]["seq"]) == 1:
        return  # a sidecar may give the only article another title than the one that stands in the text
    for column in ("title", "subtitle"):
        for index, (name, text) in enumerate(document["articles"].rows("article_id", column)):
            built = document.blocks.get(f"{name}/{column}")
            if built is not None and built != (text or ""):
                yield document.finding("articles", index, _differs(f"{name}/{column}", built, text or ""))


def _differs(name: str, built: str, text: str) -> str:
    at = next((at for at, (left, right) in enumerate(zip(built, text, strict=False)) if left != right), None)
    at = min(len(built), len(text)) if at is None else at
    return f"{name}: at {at} the collation reads {built[at : at + 30]!r}, the table {text[at : at + 30]!r}"


def _head_end(text: str, at: int, label: str | None, title: str) -> int:
    """Where a head that stands at `at` of a text ends, -1 if it does not stand there."""
    if label:
        if not text.startswith(label, at):
            return -1
        at += len(label)
        while at < len(text) and text[at].isspace() and not text.startswith(title, at):
            at += 1
    return at + len(title) if text.startswith(title, at) else -1


def _check_article_texts(document: _Document) -> Iterator[Finding]:
    """An article's text is its heads and paragraphs, in order; those without an article are found by their ids."""
    parts: dict[str, list[tuple[int, str | None, str]]] = {}
    for article, seq, label, title in document["sections"].rows("article_id", "seq", "label", "title"):
        parts.setdefault(article, []).append((seq, label, title))
    for article, seq, kind, text in document["paragraphs"].rows("article_id", "seq", "kind", "text"):
        if kind != "bibl":
            parts.setdefault(article, []).append((seq, None, text))
    columns = ("article_id", "text", "n_chars", "seq")
    number = -1
    for index, (name, text, n_chars, seq) in enumerate(document["articles"].rows(*columns)):
        at = 0
        for count, (_, label, part) in enumerate(sorted(parts.get(name, []), key=lambda part: part[0])):
            if count:
                at = at + 2 if at >= 0 and text.startswith("\n\n", at) else -1
            at = _head_end(text, at, label, part) if at >= 0 else -1
        if at != len(text) or n_chars != len(text):
            yield document.finding("articles", index, f"{name}: text is not its heads and paragraphs in order")
        if seq <= number:
            yield document.finding("articles", index, f"{name}: seq {seq} comes after {number}")
        number = seq


def _check_ids(document: _Document) -> Iterator[Finding]:
    """Ids are unique; what refers to an id finds it."""
    known: set[str] = set()
    for table, key in (("articles", "article_id"), ("sections", "section_id"), ("paragraphs", "paragraph_id"), ("notes", "note_id")):  # fmt: skip
        for index, name in enumerate(document[table][key]):
            if name in known:
                yield document.finding(table, index, f"the id {name!r} is used twice")
            known.add(name)
    articles = set(document["articles"]["article_id"])
    sections = set(document["sections"]["section_id"])
    blocks = known - articles
    for table in ("sections", "paragraphs", "notes"):
        yield from _missing(document, table, "article_id", articles)
    yield from _missing(document, "sections", "parent_id", sections)
    yield from _missing(document, "paragraphs", "section_id", sections)
    front = {name for name in document.blocks if name.rpartition("/")[0] in articles and not name[-1:].isdigit()}
    numbered = {name for name in document.blocks if _is_front(name, articles)}
    yield from _missing(document, "collation", "block_id", blocks | front | numbered)
    yield from _missing(document, "pages", "block_id", blocks | front | numbered)
    yield from _missing(document, "alignments", "from_id", known)
    yield from _missing(document, "alignments", "to_id", known)
    for index, refs in enumerate(document["notes"]["refs"]):
        for ref in refs:
            if not 0 <= ref["offset"] <= len(document.blocks.get(ref["block_id"], "")) or ref["block_id"] not in document.blocks:  # fmt: skip
                yield document.finding("notes", index, f"nothing at {ref['block_id']}, offset {ref['offset']}")
    begun = sum(document["sources"]["articles"])
    if begun != sum(seq > 0 for seq in document["articles"]["seq"]):
        yield document.finding("sources", 0, f"{begun} articles in sources, another number in articles")


def _is_front(name: str, articles: set[str]) -> bool:
    """Whether an id is one of the front matter (`…/a01/author2`), which no table lists block by block."""
    article, _, last = name.rpartition("/")
    return article in articles and len(last.rstrip("0123456789")) > 1


def _missing(document: _Document, table: str, column: str, known: set[str]) -> Iterator[Finding]:
    values = document[table][column]
    if known.issuperset(values):
        return
    for index, name in enumerate(values):
        if name is not None and name not in known:
            yield document.finding(table, index, f"{column} {name!r} does not exist")


def _check_places(document: _Document) -> Iterator[Finding]:
    """Offsets into the witness and into blocks lie inside them."""
    for table in ("pages", "paragraphs", "remarks"):
        for index, (start, end) in enumerate(document[table].rows("raw_start", "raw_end")):
            if not 0 <= start <= end <= document.length:
                yield document.finding(table, index, f"[{start}, {end}) is not in a witness of {document.length}")
    place = 0
    columns = ("seq", "raw_start", "raw_end", "block_id", "block_start")
    for index, (seq, start, end, block, at) in enumerate(document["pages"].rows(*columns)):
        if seq != index + 1 or start < place:
            yield document.finding("pages", index, f"page {seq} at {start} comes after {place}")
        elif (block is None) != (at is None) or (block is not None and at > len(document.blocks.get(block, ""))):
            yield document.finding("pages", index, f"block_start {at} is not in {block}")
        place = end
