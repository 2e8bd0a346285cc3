"""The main job: find the sources, run each, write and check it, publish everything in one step.

What the cache holds is taken from it.  For the rest a worker takes one source to its TEI files and its
tables in the staging folder and hands back an `Outcome` of counts; when all are done, each worker puts some
tables of all documents together, in the order of ids.  Nothing of one source depends on another, so any number of workers, and any state of
the cache, makes the same bytes.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from . import engines, manifest, publishing, quality, settings, uploading
from .cache import Cache, Record, uses
from .checkpoints import Keys, keys_of
from .corpus import Corpus, Failure, discover
from .dispatch import Engine, Job, Workers, dispatch
from .errors import OutputError
from .fingerprint import fingerprint
from .gathering import Failed, gather
from .places import Place, Remote
from .settings import Settings
from .tasks import WORK, Outcome, entries_of, work
from .validation import Finding
from .writers.dataset import about_of, write_dataset
from .writers.parquet import Stored


@dataclass(slots=True)
class Summary:
    """What a build did; `published` is false where `--strict` kept the old output.

    `cached` counts the sources that were not cleaned again; `is_unchanged` says that there was nothing to
    publish; `retried` holds (doc_id, why) of sources that were tried twice; `broken` the gates that do not hold.
    """

    out: Place
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    findings: list[tuple[str, Finding]] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    timings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    published: bool = True
    cached: int = 0
    is_unchanged: bool = False
    retried: list[tuple[str, str]] = field(default_factory=list)
    broken: list[quality.Broken] = field(default_factory=list)

    @property
    def status(self) -> int:
        """Exit status: 1 where a source failed or a check did not hold."""
        return 1 if self.failures or self.findings or self.broken else 0


def build(
    raw: Place,
    out: Place,
    *,
    jobs: int = 0,
    strict: bool = False,
    timeout: float = 0,
    wait: bool = False,
    force: bool = False,
    cache: Place | None = None,
    engine: Engine = "local",
    scheduler: str = "",
    begun: Callable[[int], None] = lambda sources: None,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> Summary:
    """Clean every source of `raw` into `out`.

    `cache` is the folder of results of earlier builds, none if `None`; the engine `dask` needs one that all
    its workers see, at `scheduler` or on this machine.  `begun` is told the number of
    sources, `done` each outcome as it comes.
    Raises `JiaokanError` only for what concerns the whole corpus: settings, folders, another build at work.
    """
    began = perf_counter()
    raw, out = raw.resolve(), out.resolve()
    _check_folders(raw, out)
    results = Cache(cache.resolve()) if cache else None
    where = uploading if isinstance(out, Remote) else publishing
    with where.holding(out, wait=wait):
        workers = Workers(jobs or engines.cores(), timeout, engine, scheduler)
        corpus, corpus_settings = discover(raw), settings.load(settings.find(raw))
        before = results.recall(out) if results else None
        if before is None and len(corpus.origins) > engines.MANY and workers.jobs > 1 and not workers.are_elsewhere:
            engines.prepare(work)
        job = _look(corpus, raw, corpus_settings, results, force)
        begun(len(job.corpus.origins))
        summary = Summary(out, failures=list(job.corpus.failures), ignored=job.corpus.ignored)
        if before and before.state and before.state == _state(job, list(job.keys.values())) and _stands(before, out):
            _repeat(summary, before, len(job.corpus.origins), strict)
        else:
            with where.staging(out) as stage:
                outcomes = dispatch(job, stage, workers, summary.retried, done)
                _collect(summary, outcomes)
                gates = job.settings.options.gates
                summary.published = not (summary.status and strict)
                if summary.published or quality.is_any(gates):
                    _finish(stage, [*outcomes, *job.refused], job.settings, workers.jobs)
                    summary.broken = quality.check(stage, gates)
                    summary.published = not (summary.status and strict)
                if summary.published:
                    where.publish(stage, out)
            if results and summary.published:
                keys = [outcome.keys for outcome in outcomes]
                used = [key for one in keys if one for key in one]
                results.remember(_record(summary, _state(job, keys), uses(before, used)))
    summary.seconds = perf_counter() - began
    return summary


def _look(corpus: Corpus, raw: Place, corpus_settings: Settings, cache: Cache | None, force: bool) -> Job:
    refused = tuple(_refused(raw, one) for one in corpus.failures if one.doc_id)
    asked = {} if cache is None or force else dict(enumerate(corpus.origins))
    read = uploading.each if isinstance(raw, Remote) else map
    entries = dict(zip(asked, read(entries_of, asked.values()), strict=True))
    keys = {number: keys_of(origin, entries[number], corpus_settings) for number, origin in asked.items()}
    return Job(corpus, corpus_settings, refused, cache, entries, keys, force)


def _check_folders(raw: Place, out: Place) -> None:
    try:
        is_there = raw.is_dir()
    except OSError as error:
        told = f"cannot be reached: {error.strerror or error}"
        raise OutputError(told, path=str(raw), mend="check the address, the rights and the credentials") from error
    if not is_there:
        raise OutputError("is not a folder of raw files", path=str(raw), mend="give the folder that holds them")
    if raw == out or raw in out.parents or out in raw.parents:
        raise OutputError("the raw and the output folder must lie apart", path=str(out), mend="choose another -o")


def _state(job: Job, keys: Sequence[Keys | None]) -> str:
    """Digest of all that decides what is published and said; empty where a source may come out otherwise."""
    outputs = [one.output for one in keys if one]
    if len(outputs) < len(job.corpus.origins):
        return ""
    doc_ids = [origin.doc_id for origin in job.corpus.origins]
    failures = [asdict(one) for one in job.corpus.failures]
    gates = asdict(job.settings.options.gates)
    refused = [one.entries for one in job.refused]
    parts = [fingerprint(), job.settings.digest, gates, doc_ids, outputs, failures, refused]
    return sha256(json.dumps(parts).encode()).hexdigest()


def _stands(before: Record, out: Place) -> bool:
    """Whether `out` is still, byte for byte, what was published."""
    try:
        if sha256((out / manifest.MANIFEST).read_bytes()).hexdigest() != before.manifest:
            return False
        return uploading.stands(out) if isinstance(out, Remote) else not any(True for _ in manifest.differences(out))
    except (OSError, OutputError):
        return False


def _repeat(summary: Summary, before: Record, sources: int, strict: bool) -> None:
    """Say again what was said when `out` was published."""
    summary.counts += Counter(before.counts)
    summary.failures, summary.findings = list(before.failures), list(before.findings)
    summary.broken = list(before.broken)
    summary.cached, summary.is_unchanged = sources, True
    summary.published = not (strict and summary.status)


def _record(summary: Summary, state: str, used: tuple[tuple[str, ...], ...]) -> Record:
    published = sha256((summary.out / manifest.MANIFEST).read_bytes()).hexdigest()
    failures, findings = tuple(summary.failures), tuple(summary.findings)
    return Record(
        str(summary.out), state, published, dict(summary.counts), failures, findings, used, tuple(summary.broken)
    )


def _collect(summary: Summary, outcomes: Sequence[Outcome]) -> None:
    summary.cached = sum(outcome.is_cached for outcome in outcomes)
    for outcome in outcomes:
        summary.counts += outcome.counts
        summary.timings += Counter(outcome.timings)
        summary.findings += [(outcome.doc_id, finding) for finding in outcome.findings]
        if outcome.failure is not None:
            summary.failures.append(outcome.failure)
    summary.counts["sources"] = len(outcomes)
    summary.retried.sort()
    summary.failures.sort(key=lambda one: (one.path, one.message))


def _refused(raw: Place, failed: Failure) -> Outcome:
    """The outcome of a source that was not even tried, with the digests of the files that could be read."""
    entries = []
    for name in failed.files:
        with suppress(OSError):
            entries.append(manifest.entry(name, (raw / name).read_bytes()))
    return Outcome(failed.doc_id, -1, failed.files or (failed.path,), tuple(entries), failure=failed)


def _finish(stage: Path, outcomes: Sequence[Outcome], corpus_settings: Settings, jobs: int) -> None:
    """Tables, data set and manifest of the whole corpus, from what the workers left in `stage`."""
    lengths = {outcome.doc_id: outcome.counts["characters"] for outcome in outcomes}
    anew = sum(one.bytes for outcome in outcomes if not outcome.is_cached for one in outcome.entries)
    documents = list(_documents(outcomes))
    gather(stage / "parquet", stage / WORK, documents, lengths, jobs, have_begun=anew >= engines.ALONE)
    write_dataset(stage / "dataset", stage / "parquet", about_of(corpus_settings.options.metadata))
    shutil.rmtree(stage / WORK, ignore_errors=True)
    sources = {one for outcome in outcomes for one in outcome.entries}
    written = [one for outcome in outcomes for one in outcome.written]
    manifest.write(stage, corpus_settings.digest, corpus_settings.values, sources, written)


def _documents(outcomes: Sequence[Outcome]) -> Iterator[Stored | Failed]:
    """Where the tables of every document are, in the order of ids; what is to be said of sources that failed."""
    by_id: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_id[outcome.doc_id].append(outcome)
    for doc_id in sorted(by_id):
        same = by_id[doc_id]
        failures = [outcome.failure for outcome in same if outcome.failure is not None]
        if not failures:
            assert same[0].tables is not None
            yield same[0].tables
            continue
        read = {one.path: one for outcome in same for one in outcome.entries}
        names = dict.fromkeys(name for outcome in same for name in outcome.files)
        files = tuple(
            (name, read[name].sha256, read[name].bytes) if name in read else (name, None, None) for name in names
        )
        told = "; ".join(dict.fromkeys(_sentence(one, names) for one in failures))
        yield Failed(doc_id, files, "text" if same[0].number >= 0 else None, told)


def _sentence(one: Failure, files: Container[str]) -> str:
    place = "" if one.path in files or not one.path else f"{one.path}: "
    return place + one.message + (f" ({one.mend})" if one.mend else "")
