"""One document at a time, with its rows in every table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..tables import Rows, rows_by_document
from ..writers.parquet.schema import tables

# What is read of each table; `sources` leads, the others follow it document by document.
READ = {
    "sources": ("seq", "path", "sha256", "bytes", "raw_start", "raw_end", "encodings", "exceptions", "text_sha256",
                "articles", "status"),
    "pages": ("seq", "raw_start", "raw_end", "block_id", "block_start"),
    "articles": ("article_id", "seq", "title", "subtitle", "text", "n_chars"),
    "sections": ("section_id", "article_id", "parent_id", "seq", "label", "title"),
    "paragraphs": ("paragraph_id", "article_id", "section_id", "seq", "kind", "text", "raw_start", "raw_end"),
    "sentences": ("sentence_id", "paragraph_id", "article_id", "seq", "start", "end", "text"),
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


@dataclass(slots=True)
class Document:
    """The rows of one document in every table, and the texts of its blocks as the collation gives them."""

    doc_id: str
    tables: Mapping[str, Rows]
    length: int = 0
    blocks: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, table: str) -> Rows:
        return self.tables[table]

    def finding(self, table: str, index: int, message: str) -> Finding:
        return Finding(*self.tables[table].place(index), message)


def documents(folder: Path, findings: list[Finding]) -> Iterator[Document]:
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
        yield Document(previous, {"sources": sources, **{table: take(table, previous) for table in streams}})
    for table in streams:
        take(table, None)
