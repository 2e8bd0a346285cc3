"""The tables of one document as bytes, and the files in which many documents wait behind each other.

Every process that cleans has a file of its own, so that nobody waits for anybody; a file for each document
would cost more than what stands in it.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Collection
from functools import cache
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow as pa

from ...errors import OutputError
from . import spans
from .columns import scrub
from .rows import Rows, Tables
from .schema import arrow_schema, tables
from .spans import Spans

CODEC = "lz4"
VERSION = 16  # bytes that say which columns are stored


class Stored(NamedTuple):
    """Where the tables of a document wait: a file, and which bytes of it."""

    file: str
    start: int
    size: int


def pack(document: Tables) -> bytes:
    """The tables of one document: a head that names the columns' version and all sizes, then each table compressed.

    Lone surrogates become U+FFFD; a table without rows takes no room.
    """
    codec = pa.Codec(CODEC)
    wholes = [_dump(document[name]) if len(document[name]) else b"" for name in tables()]
    parts = [codec.compress(whole, asbytes=True) if whole else b"" for whole in wholes]
    return b"".join([_version(), _head().pack(*map(len, wholes), *map(len, parts)), *parts])


def unpack(data: bytes | pa.Buffer, names: Collection[str] | None = None) -> dict[str, Rows]:
    """Read what `pack` made, all tables or those of some names.

    Raises `OutputError` for what is damaged or not ours.
    """
    data = pa.py_buffer(data)
    try:
        if data.slice(0, VERSION).to_pybytes() != _version():
            raise OutputError("holds other columns than this version writes", mend="build again")
        head = _head()
        sizes = head.unpack(data.slice(VERSION, head.size))
        wholes, packed = sizes[: len(tables())], sizes[len(tables()) :]
        places = [*accumulate(packed, initial=VERSION + head.size)]
        if places[-1] != data.size:
            raise OutputError("is not as long as it should be", mend="build again")
        codec = pa.Codec(CODEC)
        return {
            name: _load(name, codec.decompress(data.slice(start, end - start), whole, asbytes=True)) if whole else []
            for name, whole, (start, end) in zip(tables(), wholes, pairwise(places), strict=True)
            if names is None or name in names
        }
    except (pa.ArrowException, msgspec.DecodeError, OSError, IndexError, ValueError, struct.error) as error:
        raise OutputError(f"the tables of a document are damaged: {error}", mend="build again") from error


def _dump(rows: Rows) -> bytes:
    values = spans.dump(rows) if isinstance(rows, Spans) else rows
    try:
        return msgspec.msgpack.encode(values)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(scrub(values))


def _load(name: str, data: bytes) -> Rows:
    values = msgspec.msgpack.decode(data, type=list)
    return spans.load(values) if name == "collation" else values


def store(data: bytes, folder: Path) -> Stored:
    """Put the tables of a document behind those that this process has put into the folder before.

    Raises `OSError` where there is no room; what was written of them then is passed over.
    """
    path = folder / f"{os.getpid()}.tables"
    with path.open("ab") as file:
        start = file.tell()
        file.write(data)
    return Stored(path.name, start, len(data))


class Shelf:
    """All the files of such a folder, open for reading."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, pa.MemoryMappedFile] = {}

    def load(self, stored: Stored, names: Collection[str] | None = None) -> dict[str, Rows]:
        """The tables of one document, all or those of some names; raises `OutputError`."""
        file = self._files.get(stored.file)
        if file is None:
            file = self._files[stored.file] = pa.memory_map(str(self._folder / stored.file))
        file.seek(stored.start)
        return unpack(file.read_buffer(stored.size), names)


@cache
def _head() -> struct.Struct:
    """The sizes of all batches, as they are and compressed."""
    return struct.Struct(f"<{2 * len(tables())}q")


@cache
def _version() -> bytes:
    """What says which columns are stored."""
    schemas = b"".join(arrow_schema(name).serialize().to_pybytes() for name in tables())
    return sha256(schemas).digest()[:VERSION]
