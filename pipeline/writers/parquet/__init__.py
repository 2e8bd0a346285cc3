"""The Parquet data set: one document to record batches in a worker, all documents to files at the end.

    tables_of(edition, metadata)                one document -> {table: record batch}
    tables_of_failure(doc_id, files, reader, error)   the same for a source that failed
    pack(tables), unpack(data)                  one document to and from bytes
    store(data, folder), Shelf(folder).load     these bytes to and from a file that many documents share
    write_tables(folder, documents)             all documents, in the order of their doc_id -> rows per table
    arrow_schema(table), tables()               what `schemas/dataset.json` says

The bytes that `write_tables` writes depend on the rows only, never on how documents were spread over
workers or batches: every file is cut into row groups of a fixed number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from ...edition import Edition
from ...options import Metadata
from .columns import empty
from .contents import contents_of
from .files import write_tables
from .schema import arrow_schema, tables
from .stored import Shelf, Stored, pack, store, unpack
from .witness import collation_of, failed_source, pages_of, remarks_of, sources_of

__all__ = [
    "Shelf", "Stored", "arrow_schema", "pack", "store", "tables", "tables_of", "tables_of_failure", "unpack",
    "write_tables",
]  # fmt: skip


def tables_of(edition: Edition, metadata: Metadata | None = None) -> dict[str, pa.RecordBatch]:
    """All tables of one document, in the order of the contract; `metadata` is what its sidecar says.

    Raises `AlgebraError` where the document contradicts itself.
    """
    found = {
        **contents_of(edition, metadata or Metadata()),
        "sources": sources_of(edition),
        "pages": pages_of(edition),
        "collation": collation_of(edition),
        "remarks": remarks_of(edition),
    }
    return {name: found[name] for name in tables()}


def tables_of_failure(
    doc_id: str, files: Sequence[tuple[str, str | None, int | None]], reader: str | None, error: str
) -> dict[str, pa.RecordBatch]:
    """The tables of a source that failed: rows in `sources` only.

    `files` are (path below the corpus root, SHA-256, bytes) in order, the last two `None` where unread.
    """
    return {**{name: empty(name) for name in tables()}, "sources": failed_source(doc_id, files, reader, error)}
