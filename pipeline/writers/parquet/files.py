"""All documents to the Parquet files of each table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow.parquet as pq

from ...arrow import leave_pandas_out
from ...errors import OutputError
from .parts import Part
from .rows import Tables
from .schema import tables
from .shards import first_documents

# The most characters of the witness in a file: some 10 MB of Parquet for `collation`, the largest table.  Files are
# shorter, down to LEAST, as long as some FILES of them are enough: they are what is written again when a document changes.
MOST, LEAST = 16_000_000, 2_000_000
FILES = 64


def cuts_of(lengths: Mapping[str, int]) -> frozenset[str]:
    """The ids of the documents that begin another file; `lengths` are the characters of each one's witness."""
    most, whole = MOST, sum(lengths.values())
    while most > LEAST and whole <= most // 2 * FILES:
        most //= 2
    return first_documents(lengths, most)


def write_tables(folder: Path, documents: Iterable[Tables], cuts: Collection[str] = ()) -> dict[str, int]:
    """Write `folder/<table>/part-*.parquet`; `documents` come in ascending order of their doc_id.

    `cuts` are those that begin another file (`cuts_of`).  Tables without rows are written too.  Returns the
    rows of each table; raises `OutputError` where the documents are out of order or one comes twice.
    """
    rows: Counter[str] = Counter()
    for _, shard in groupby(_numbered(documents, cuts), itemgetter(0)):
        for name, path in write_shard(folder, (document for _, document in shard), folder).items():
            rows[name] += pq.read_metadata(path).num_rows
    write_empty(folder, set(tables()) - set(rows))
    return {name: rows[name] for name in tables()}


def write_shard(folder: Path, documents: Iterable[Tables], work: Path) -> dict[str, Path]:
    """Write one file for each table in which these documents have rows; returns the files by table.

    `work` is a folder on the same disk for what is not complete.
    """
    leave_pandas_out()
    work.mkdir(parents=True, exist_ok=True)
    parts = {name: Part(name, work / f"{name}-{os.getpid()}.new") for name in tables()}
    try:
        for document in documents:
            for name, part in parts.items():
                part.add(document[name])
        closed = {name: part.close(folder / name) for name, part in parts.items()}
    except BaseException:
        for part in parts.values():
            part.abandon()
        raise
    return {name: path for name, path in closed.items() if path is not None}


def write_empty(folder: Path, names: Collection[str]) -> dict[str, Path]:
    """Write a file without rows for each of these tables."""
    leave_pandas_out()
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in (name for name in tables() if name in names):
        path = Part(name, folder / f"{name}.new").close(folder / name, if_empty=True)
        assert path is not None
        found[name] = path
    return found


def _numbered(documents: Iterable[Tables], cuts: Collection[str]) -> Iterator[tuple[int, Tables]]:
    """Every document with the number of its file."""
    number, previous = 0, ""
    for document in documents:
        doc_id = document["sources"][0][0]  # type: ignore[index]
        if doc_id <= previous:
            raise OutputError(f"document {doc_id!r} comes after {previous!r}: a bug, they must be in order")
        number, previous = number + (doc_id in cuts), doc_id
        yield number, document
