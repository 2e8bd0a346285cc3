"""All documents to the Parquet files of each table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ...errors import OutputError
from .parts import Parts
from .rows import Tables
from .schema import tables
from .shards import MOST, first_documents


def cuts_of(lengths: Mapping[str, int]) -> frozenset[str]:
    """The ids of the documents that begin another file; `lengths` are the characters of each one's witness."""
    return first_documents(lengths, MOST)


def write_tables(
    folder: Path, documents: Iterable[Tables], cuts: Collection[str] = (), names: Collection[str] | None = None
) -> dict[str, int]:
    """Write `folder/<table>/part-*.parquet`; `documents` come in ascending order of their doc_id.

    `cuts` are those that begin another file (`cuts_of`).  Tables without rows are written too.  `names` are the
    tables to be written, all if `None`; besides them a document must have `sources`.  Returns the
    rows of each table; raises `OutputError` where the documents are out of order or one comes twice.
    """
    parts = {name: Parts(folder / name, name) for name in names or tables()}
    previous = ""
    try:
        for document in documents:
            doc_id = document["sources"][0][0]  # type: ignore[index]
            if doc_id <= previous:
                raise OutputError(f"document {doc_id!r} comes after {previous!r}: a bug, they must be in order")
            previous = doc_id
            for name, part in parts.items():
                if doc_id in cuts:
                    part.cut()
                part.add(document[name])
    except BaseException:
        for part in parts.values():
            part.abandon()
        raise
    for part in parts.values():
        part.close()
    return {name: part.rows for name, part in parts.items()}
