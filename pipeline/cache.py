"""Results of single sources, kept from one build to the next by what they were made of.

    entries/<2>/<62>    one thing: a digest over all that follows, and its bytes, packed
    builds/<16>.json    what the last builds of one output folder used, and what they said

An entry is found by its key, the digest of the source's bytes, its sidecar, the settings that matter and the
program itself; it is what some stages found (`checkpoints`), or a result: a header, TEI files and tables.  So nothing in here ever has to be declared out of date.  What cannot be read, is cut short or does
not have its digest is no entry.  A cache that cannot be written costs time, never a build.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

import msgspec

from .corpus import Failure
from .errors import OutputError
from .places import Place, Remote, entries, place
from .quality.broken import Broken
from .validation.finding import Finding
from .writers.tally import Shard

BUILDS = 3  # entries that none of so many last different builds of an output folder used are removed
_DIGEST = 32  # bytes of SHA-256
_LENGTH = 8  # bytes of a number
_TEMPORARY = ".new-"
_ABANDONED = 3600.0  # seconds after which an unfinished file belongs to a build that was killed
_CODEC = ("zstd", 1)  # a third of the room for a tenth of the time that writing takes

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a source without its outputs; a failed one has nothing else.

    `sizes` are the names and bytes of its TEI files.
    """

    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    failure: Failure | None = None
    sizes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One source's outputs: TEI files by name, and its tables packed."""

    header: Header
    files: Mapping[str, bytes] = field(default_factory=dict)
    tables: bytes = b""


@dataclass(frozen=True, slots=True)
class Record:
    """What the last build of an output folder was made of and said; `used` holds the keys of the last builds.

    `state` is the digest of all that decided it, `manifest` that of the manifest it published.  `results` says what
    of it came from which source, by the keys of the outputs; `shards` which tables, by what they were made of.
    """

    out: str
    state: str
    manifest: str
    counts: dict[str, int]
    failures: tuple[Failure, ...]
    findings: tuple[tuple[str, Finding], ...]
    used: tuple[tuple[str, ...], ...] = ()
    broken: tuple[Broken, ...] = ()
    results: dict[str, Header] = field(default_factory=dict)
    shards: dict[str, Shard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of results."""

    folder: Place

    def get(self, key: str) -> bytes | None:
        """The bytes of an entry; `None` where there is none that is whole."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_DIGEST:]
        if sha256(body).digest() != data[:_DIGEST]:
            return None
        size = int.from_bytes(body[:_LENGTH], "big")
        import pyarrow as pa  # where nothing has changed nothing is unpacked

        try:
            return bytes(pa.Codec(*_CODEC).decompress(body[_LENGTH:], size, asbytes=True)) if size else b""
        except (OSError, pa.ArrowException):
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry, in one step."""
        import pyarrow as pa

        body = len(data).to_bytes(_LENGTH, "big") + pa.Codec(*_CODEC).compress(data, asbytes=True)
        with suppress(OSError):
            self._write(self._path(key), sha256(body).digest() + body)

    def load(self, key: str) -> Result | None:
        """The result of a key; `None` where there is none that is whole."""
        data = self.get(key)
        if data is None:
            return None
        at = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
        header = _decode(memoryview(data)[_LENGTH:at], Header)
        if header is None:
            return None
        files = {}
        for name, size in header.sizes:
            files[name] = data[at : at + size]
            at += size
        return Result(header, files, data[at:])

    def store(self, key: str, result: Result) -> None:
        """Keep a result, in one step."""
        sizes = tuple((name, len(data)) for name, data in result.files.items())
        with suppress(UnicodeEncodeError):
            head = msgspec.msgpack.encode(replace(result.header, sizes=sizes))
            self.put(key, b"".join([len(head).to_bytes(_LENGTH, "big"), head, *result.files.values(), result.tables]))

    @contextmanager
    def beacon(self) -> Iterator[Place]:
        """A file that is there as long as the block runs: who sees it sees this cache.  Raises `OutputError`."""
        path = self.folder / f"beacon-{token_hex(8)}"
        try:
            self._write(path, b"lit")
        except OSError as error:
            told = f"cannot be written: {error.strerror or error}"
            raise OutputError(told, path=str(self.folder), mend="name another folder with --cache") from error
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def recall(self, out: Place) -> Record | None:
        """What the last build of `out` left, if it can be read."""
        try:
            data = self._record_path(str(out)).read_bytes()
        except OSError:
            return None
        record = _decode(data[_DIGEST * 2 :], Record, text=True)
        is_whole = sha256(data[_DIGEST * 2 :]).hexdigest().encode() == data[: _DIGEST * 2]
        return record if is_whole and record is not None and record.out == str(out) else None

    def remember(self, record: Record) -> None:
        """Keep what a build said, and remove what no build has used for long."""
        with suppress(OSError, UnicodeEncodeError):
            data = msgspec.json.encode(record)
            self._write(self._record_path(record.out), sha256(data).hexdigest().encode() + data)
            self._prune()

    def _path(self, key: str) -> Place:
        return self.folder / "entries" / key[:2] / key[2:]

    def _record_path(self, out: str) -> Place:
        return self.folder / "builds" / (sha256(os.fsencode(out)).hexdigest()[:16] + ".json")

    def _write(self, path: Place, data: bytes) -> None:
        """A whole file or none."""
        if isinstance(path, Remote):
            path.write_bytes(data)
            return
        assert isinstance(self.folder, Path)
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            ignore = self.folder.parent / ".gitignore"
            if self.folder.parent.name == ".jiaokan" and not ignore.exists():
                ignore.write_text("*\n", "utf-8")
        new = path.with_name(_TEMPORARY + token_hex(8))
        try:
            new.write_bytes(data)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def _prune(self) -> None:
        """Remove records of folders that are gone, entries in no record, and what killed builds left half done."""
        used: set[str] = set()
        for path in entries(self.folder / "builds"):
            record = _decode(path.read_bytes()[_DIGEST * 2 :], Record, text=True)
            if record is None or not place(record.out).is_dir():
                path.unlink(missing_ok=True)
            else:
                used.update(key for keys in record.used for key in keys)
        for path in self._entries():
            if path.name.startswith(_TEMPORARY):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink(missing_ok=True)
            elif path.parent.name + path.name not in used:
                path.unlink(missing_ok=True)

    def _entries(self) -> Iterator[Place]:
        for folder in entries(self.folder / "entries"):
            yield from entries(folder)


def uses(previous: Record | None, keys: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The keys of this build and of the last different ones, this one's first."""
    own = tuple(sorted(set(keys)))
    before = () if previous is None else previous.used
    return (own, *(one for one in before if one != own))[:BUILDS]


def _decode(data: bytes | memoryview, kind: type[Kept], *, text: bool = False) -> Kept | None:
    try:
        return msgspec.json.decode(data, type=kind) if text else msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, ValueError):
        return None
