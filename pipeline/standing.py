"""What the last build left in the output folder, and what of it the next one can take over.

A file is taken over by a hard link: so it is neither read from the cache nor written again.  Only one that is byte
for byte as it was published is: every file is read and its digest compared first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from . import manifest
from .cache import Header, Record
from .errors import OutputError
from .manifest import Entry
from .places import Place
from .writers.tally import Shard

PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Standing:
    """An output folder as the last build left it: `files` are those that are whole, by path.

    `results` says what came from which source, by the keys of their outputs, `shards` which tables, by what they
    were made of.  Nothing at all where there is no such build.
    """

    out: Place = Path()
    files: Mapping[str, Entry] = field(default_factory=dict)
    results: Mapping[str, Header] = field(default_factory=dict)
    shards: Mapping[str, Shard] = field(default_factory=dict)
    is_whole: bool = False

    def take_result(self, key: str, folder: str, stage: Path) -> tuple[Header, tuple[Entry, ...]] | None:
        """What a source came to, its TEI files brought to `folder` in `stage`; `None` where not all is there."""
        header = self.results.get(key)
        if header is None:
            return None
        entries = self._take([f"{folder}/{name}" for name, _ in header.sizes], stage)
        return None if entries is None else (header, entries)

    def find_shard(self, key: str) -> Shard | None:
        """The tables of a shard, where all are there."""
        shard = self.shards.get(key)
        return shard if shard is not None and all(one.path in self.files for one in shard.files) else None

    def take_shard(self, shard: Shard, stage: Path) -> None:
        """Bring the tables of a shard to `stage`; raises `OutputError` where one is gone meanwhile."""
        if self._take([one.path for one in shard.files], stage) is None:
            raise OutputError("was changed while it was read", path=str(self.out), mend="build again")

    def _take(self, names: Iterable[str], stage: Path) -> tuple[Entry, ...] | None:
        entries = [self.files.get(name) for name in names]
        known = [one for one in entries if one is not None]
        if len(known) < len(entries) or not isinstance(self.out, Path):
            return None
        for folder in {os.path.dirname(one.path) for one in known}:
            os.makedirs(f"{stage}/{folder}", exist_ok=True)
        for at, one in enumerate(known):
            try:
                _link(f"{self.out}/{one.path}", f"{stage}/{one.path}")
            except FileNotFoundError:
                drop(known[:at], stage)
                return None
        return tuple(known)


def look(out: Place, before: Record | None) -> Standing:
    """What stands in an output folder of what `before` says of it."""
    try:
        if before is None or sha256((out / manifest.MANIFEST).read_bytes()).hexdigest() != before.manifest:
            return Standing()
        if not isinstance(out, Path):
            from . import uploading

            return Standing(is_whole=uploading.stands(out))
        entries = [Entry(**one) for one in manifest.read(out)["files"]]
    except (OSError, OutputError):
        return Standing()
    files = {one.path: one for one in _whole(out, entries)}
    return Standing(out, files, before.results, before.shards, len(files) == len(entries))


def drop(entries: Iterable[Entry], stage: Path) -> None:
    """Take files that were taken over out of `stage` again, and their folders that are empty then."""
    for one in entries:
        path = stage / one.path
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()


def _whole(out: Path, entries: Iterable[Entry]) -> Iterator[Entry]:
    for one in entries:
        path = f"{out}/{one.path}"
        try:
            with open(path, "rb", buffering=0) as file:
                is_whole = sha256(file.read()).hexdigest() == one.sha256
        except OSError:
            continue
        if is_whole and not os.path.islink(path):
            yield one


def _link(source: str, target: str) -> None:
    """The very file; a copy where links are not possible."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)
