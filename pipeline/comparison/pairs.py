"""Which document of one build is which of the other: the same id, or the same bytes under another id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from ..readers import PAGES
from ..tables import Rows
from .builds import Build


class File(NamedTuple):
    """A raw file of a document; `text` is the digest of its part of the witness."""

    path: str
    sha256: str | None
    text: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the table `sources` has it."""

    doc_id: str
    files: tuple[File, ...]
    status: str
    error: str

    @property
    def digests(self) -> tuple[str | None, ...]:
        """SHA-256 of its files, in order."""
        return tuple(file.sha256 for file in self.files)

    @property
    def witness(self) -> tuple[tuple[str | None, int | None, int | None], ...]:
        """What the witness is known by."""
        return tuple((file.text, file.start, file.end) for file in self.files)

    @property
    def sidecar(self) -> str:
        """The path its sidecar has, if it has one."""
        path = PurePosixPath(self.files[0].path)
        path = path.parent if path.parent.suffix.lower() == PAGES else path
        return path.with_suffix(".toml").as_posix()


class Pair(NamedTuple):
    """A document in both builds; `None` where it is in one only."""

    old: Entry | None
    new: Entry | None

    @property
    def doc_id(self) -> str:
        entry = self.new or self.old
        assert entry is not None
        return entry.doc_id


def pair_documents(old: Build, new: Build) -> Iterator[Pair]:
    """All documents of both builds in the order of ids.

    The tables are read twice; only documents whose bytes or id changed are kept in memory.
    """
    pool: list[Pair] = [pair for pair in _merged(old, new) if not _is_same(pair)]
    settled = sorted(_settle(pool), key=lambda pair: pair.doc_id)
    at = 0
    for pair in _merged(old, new):
        while at < len(settled) and settled[at].doc_id <= pair.doc_id:
            yield settled[at]
            at += 1
        if _is_same(pair):
            yield pair
    yield from settled[at:]


def _is_same(pair: Pair) -> bool:
    return pair.old is not None and pair.new is not None and pair.old.digests == pair.new.digests


def _settle(pool: list[Pair]) -> Iterator[Pair]:
    """Pairs of equal bytes first, then of equal ids; the rest was added or removed."""
    olds = {pair.old.doc_id: pair.old for pair in pool if pair.old}
    news = {pair.new.doc_id: pair.new for pair in pool if pair.new}
    by_digest: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
    for name in sorted(news):
        by_digest[news[name].digests].append(name)
    for name in sorted(olds):
        same = by_digest.get(olds[name].digests)
        if same and None not in olds[name].digests:
            yield Pair(olds.pop(name), news.pop(same.pop(0)))
    for name in sorted(set(olds) | set(news)):
        yield Pair(olds.get(name), news.get(name))


def _merged(old: Build, new: Build) -> Iterator[Pair]:
    """Documents of both builds with the same id together, in the order of ids."""
    olds, news = map(_entry, old.sources()), map(_entry, new.sources())
    left, right = next(olds, None), next(news, None)
    while left or right:
        if left and right and left.doc_id == right.doc_id:
            yield Pair(left, right)
            left, right = next(olds, None), next(news, None)
        elif right is None or (left and left.doc_id < right.doc_id):
            yield Pair(left, None)
            left = next(olds, None)
        else:
            yield Pair(None, right)
            right = next(news, None)


def _entry(rows: Rows) -> Entry:
    files = sorted(rows.rows("seq", "path", "sha256", "text_sha256", "raw_start", "raw_end"))
    return Entry(rows.doc_id, tuple(File(*file[1:]) for file in files), rows["status"][0], rows["error"][0] or "")
