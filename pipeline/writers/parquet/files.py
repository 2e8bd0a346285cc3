"""Record batches to files: one Arrow file a document, Parquet files for each table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from ...errors import OutputError
from .parts import Parts
from .schema import arrow_schema, tables
from .shards import MOST, first_documents

BUFFER = 1 << 16  # bytes that wait to be written


def store_tables(batches: Mapping[str, pa.RecordBatch], path: Path) -> None:
    """Write the tables of one document into one file, one Arrow stream after the other.

    Arrow writes every buffer of a column by itself: without a buffer most of the time goes to the system.
    """
    with pa.OSFile(str(path), "wb") as file, pa.BufferedOutputStream(file, BUFFER) as sink:
        for name in tables():
            with pa.ipc.new_stream(sink, arrow_schema(name)) as writer:
                writer.write_batch(batches[name])


def load_tables(path: Path) -> dict[str, pa.RecordBatch]:
    """Read what `store_tables` wrote.  Raises `OutputError` for a file that is damaged or not ours."""
    found: dict[str, pa.RecordBatch] = {}
    try:
        with pa.OSFile(str(path), "rb") as file:
            for name in tables():
                with pa.ipc.open_stream(file) as reader:
                    table = reader.read_all()
                found[name] = _one_batch(table)
    except (pa.ArrowInvalid, OSError) as error:
        raise OutputError(str(error), path=path.name, mend="delete it and build again") from error
    if any(not batch.schema.equals(arrow_schema(name)) for name, batch in found.items()):
        raise OutputError("holds other columns than this version writes", path=path.name, mend="build again")
    return found


def write_tables(
    folder: Path, documents: Iterable[Mapping[str, pa.RecordBatch]], lengths: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Write `folder/<table>/part-*.parquet`; `documents` come in ascending order of their doc_id.

    `lengths` are the characters of each document's witness, by which tables are cut into files; without
    them, and for what is not in them, there is no cut.  Tables without rows are written too.  Returns the
    rows of each table; raises `OutputError` where the documents are out of order or one comes twice.
    """
    cuts = first_documents(lengths or {}, MOST)
    parts = {name: Parts(folder / name, name) for name in tables()}
    previous = ""
    try:
        for document in documents:
            doc_id = document["sources"].column("doc_id")[0].as_py()
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


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
