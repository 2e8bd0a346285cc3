"""The raw bytes of a source, from `out/` alone: the collation's `raw`, encoded again, digest checked."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..errors import OutputError, SourceError
from ..readers.encodings import encode
from .tables import Row, require_document, rows


class RawFile(NamedTuple):
    """A raw file: its path below the raw folder, and its bytes."""

    path: str
    data: bytes


def restore(out: Path, doc_id: str) -> list[RawFile]:
    """The raw files of a document in order; raises `SourceError` where one cannot be given back as it was.

    `OutputError` tells of an id that is not known.
    """
    sources = require_document(out, doc_id)
    for source in sources:
        if source["status"] == "failed":
            told = f"{doc_id!r} was not read and cannot be restored: {source['error']}"
            raise SourceError(told, path=source["path"], mend="see the source itself")
    columns = ["doc_id", "raw_start", "raw_end", "raw", "raw_bytes"]
    spans = sorted(rows(out, "collation", doc_id, columns), key=lambda row: row["raw_start"])
    files = [RawFile(source["path"], _bytes(source, spans)) for source in sources]
    for source, file in zip(sources, files, strict=True):
        if sha256(file.data).hexdigest() != source["sha256"]:
            told = "cannot be restored: its SHA-256 is not that of the source"
            raise SourceError(told, path=file.path, mend="the output is damaged: build it again")
    return files


def write(files: Sequence[RawFile], folder: Path) -> list[Path]:
    """Write raw files below `folder` under their own paths; files that exist are not overwritten."""
    written = []
    for file in files:
        path = folder / file.path
        if not path.resolve().is_relative_to(folder.resolve()):
            raise OutputError(f"the path {file.path!r} leads out of the folder", path=str(folder))
        if path.is_file() and path.read_bytes() != file.data:
            raise OutputError("is there already, with other content", path=str(path), mend="choose another -o")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        except OSError as error:
            told = f"cannot be written: {error.strerror}"
            raise OutputError(told, path=str(path), mend="choose another folder with -o") from None
        written.append(path)
    return written


def _bytes(source: Row, spans: Sequence[Row]) -> bytes:
    """Neighbouring spans are encoded together; a span that is not Unicode has its bytes in the table."""
    encodings = [(one["raw_start"], one["encoding"]) for one in source["encodings"]]
    exceptions = [(one["raw_start"], one["bytes"]) for one in source["exceptions"]]
    out: list[bytes] = []
    texts: list[str] = []
    start = place = source["raw_start"]
    for span in spans:
        if not source["raw_start"] <= span["raw_start"] < source["raw_end"]:
            continue
        if span["raw"] is not None:
            texts.append(span["raw"])
        else:
            out += [encode("".join(texts), encodings, exceptions, start), span["raw_bytes"]]
            texts, start = [], span["raw_end"]
        place = span["raw_end"]
    if place != source["raw_end"]:
        told = f"cannot be restored: its collation ends at {place}, not at {source['raw_end']}"
        raise SourceError(told, path=source["path"], mend="the output is damaged: build it again")
    return b"".join([*out, encode("".join(texts), encodings, exceptions, start)])
