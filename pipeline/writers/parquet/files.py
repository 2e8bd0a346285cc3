"""Record batches to files: one Arrow file a document, Parquet files for each table."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

import pyarrow as pa

from ...errors import OutputError
from .parts import Parts
from .schema import arrow_schema, tables
from .shards import MOST, first_documents

CODEC = "lz4"
VERSION = 16  # bytes that say which columns a stored file holds


def store_tables(batches: Mapping[str, pa.RecordBatch], path: Path) -> None:
    """Write the tables of one document into one file: a head that names the columns' version and all sizes, then
    the batches, compressed together.

    The strings of most columns are few and come again and again: most of the time went into writing them out.
    """
    parts = [batches[name].serialize() for name in tables()]
    whole = b"".join(parts)
    head = struct.pack(f"<{len(parts)}q", *map(len, parts))
    path.write_bytes(b"".join([_version(), head, pa.Codec(CODEC).compress(whole, asbytes=True)]))


def load_tables(path: Path) -> dict[str, pa.RecordBatch]:
    """Read what `store_tables` wrote.  Raises `OutputError` for a file that is damaged or not ours."""
    try:
        data = memoryview(path.read_bytes())
        version, rest = data[:VERSION], data[VERSION:]
        if version != _version():
            raise OutputError("holds other columns than this version writes", path=path.name, mend="build again")
        head = struct.calcsize(f"<{len(tables())}q")
        sizes = struct.unpack(f"<{len(tables())}q", rest[:head])
        whole = pa.Codec(CODEC).decompress(rest[head:], sum(sizes))
        places = accumulate(sizes, initial=0)
        return {
            name: pa.ipc.read_record_batch(whole.slice(at, size), arrow_schema(name))
            for name, at, size in zip(tables(), places, sizes, strict=False)
        }
    except (pa.ArrowException, OSError, struct.error, OverflowError) as error:
        raise OutputError(str(error), path=path.name, mend="delete it and build again") from error


@cache
def _version() -> bytes:
    """What says which columns a file holds."""
    schemas = b"".join(arrow_schema(name).serialize().to_pybytes() for name in tables())
    return sha256(schemas).digest()[:VERSION]


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
