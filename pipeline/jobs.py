"""The plain types of a build: what is to be done, by whom, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .cache import Cache, Header
from .corpus import Corpus, Failure, Origin
from .keys import Keys
from .manifest import Entry
from .settings import Settings
from .validation.finding import Finding

if TYPE_CHECKING:
    from .writers.parquet import Stored

Engine = Literal["local", "dask"]


@dataclass(frozen=True, slots=True)
class Task:
    """One source to be cleaned into `stage`, or without one into the cache only.

    `force` takes nothing from the cache.
    """

    number: int
    origin: Origin
    settings: Settings
    stage: Path | None
    cache: Cache | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: counts and findings, or a failure.

    `files` are its raw files by name, `entries` those that could be read, with its sidecar; `keys` are its
    keys in the cache, `None` where the result is not to be kept.  `written` says which TEI files are in the staging
    folder, `tables` where its tables are there: `None` where its TEI was taken over and nobody has asked for its tables
    yet.  `unwritten` is why that could not be written: no fault of the source, and the end of the build.
    """

    doc_id: str
    number: int
    files: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    findings: tuple[Finding, ...] = ()
    failure: Failure | None = None
    timings: dict[str, float] = field(default_factory=dict)
    keys: Keys | None = None
    is_cached: bool = False
    tables: Stored | None = None
    written: tuple[Entry, ...] = ()
    unwritten: OSError | None = None

    @property
    def header(self) -> Header:
        """What is kept of it."""
        sizes = tuple((one.path.rpartition("/")[2], one.bytes) for one in self.written)
        return Header(dict(self.counts), self.findings, self.failure, sizes)


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be built: `keys` are those of the sources as they stand, none where the cache is not asked."""

    corpus: Corpus
    settings: Settings
    refused: tuple[Outcome, ...]
    cache: Cache | None
    entries: dict[int, tuple[Entry, ...]]
    keys: dict[int, Keys | None]
    force: bool


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: processes here, or a cluster."""

    jobs: int
    timeout: float
    engine: Engine
    scheduler: str

    @property
    def are_elsewhere(self) -> bool:
        """Whether they cannot write into the staging folder: then the cache hands over what they did."""
        return self.engine == "dask"

    @property
    def are_many_here(self) -> bool:
        """Whether they are several processes of this machine."""
        return self.jobs > 1 and not self.are_elsewhere
