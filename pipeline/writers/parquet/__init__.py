"""The Parquet data set: one document to rows in a worker, all documents to files at the end.

    rows_of(edition, metadata)                  one document -> {table: rows}
    rows_of_failure(doc_id, files, reader, error)     the same for a source that failed
    tables_of(edition, metadata)                the same as record batches, for those who read them at once
    pack(rows), unpack(data)                    one document to and from bytes
    store(data, folder), Shelf(folder).load     these bytes to and from a file that many documents share
    write_shard(folder, documents, work)        some documents to one file of each table -> files by table
    write_tables(folder, documents, cuts)       all documents, in the order of their doc_id -> rows per table
    arrow_schema(table), tables()               what `schemas/dataset.json` says

The bytes that are written depend on the rows only, never on how documents were spread over workers: files are cut
at borders of documents that depend on ids and lengths (`cuts_of`), and into row groups of a fixed number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from ...edition import Edition
from ...options import Metadata
from .contents import contents_of
from .files import cuts_of, write_empty, write_shard, write_tables
from .rows import Rows, Tables, batch_of, check_rows
from .schema import arrow_schema, tables
from .spans import Spans
from .stored import Shelf, Stored, pack, store, unpack
from .witness import collation_of, failed_source, pages_of, remarks_of, sources_of

__all__ = [
    "Rows", "Shelf", "Spans", "Stored", "Tables", "arrow_schema", "batch_of", "cuts_of", "pack", "rows_of", "rows_of_failure",
    "store", "tables", "tables_of", "unpack", "write_empty", "write_shard", "write_tables",
]  # fmt: skip


def rows_of(edition: Edition, metadata: Metadata | None = None) -> dict[str, Rows]:
    """All tables of one document, in the order of the contract; `metadata` is what its sidecar says.

    Raises `AlgebraError` where the document contradicts itself.
    """
    found: dict[str, Rows] = {
        **contents_of(edition, metadata or Metadata()),
        "sources": sources_of(edition),
        "pages": pages_of(edition),
        "collation": collation_of(edition),
        "remarks": remarks_of(edition),
    }
    for name, rows in found.items():
        if name != "sentences":  # which are cut from paragraphs
            check_rows(name, rows)
    return {name: found[name] for name in tables()}


def rows_of_failure(
    doc_id: str, files: Sequence[tuple[str, str | None, int | None]], reader: str | None, error: str
) -> dict[str, Rows]:
    """The tables of a source that failed: rows in `sources` only.

    `files` are (path below the corpus root, SHA-256, bytes) in order, the last two `None` where unread.
    """
    none: dict[str, Rows] = {name: [] for name in tables()}
    return none | {"sources": failed_source(doc_id, files, reader, error)}


def tables_of(edition: Edition, metadata: Metadata | None = None) -> dict[str, pa.RecordBatch]:
    """`rows_of` as record batches."""
    return {name: batch_of(name, [rows]) for name, rows in rows_of(edition, metadata).items()}
