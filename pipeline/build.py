"""The main job: find the sources, run each, write and check it, publish everything in one step.

What stands in the output folder is taken over, what the cache holds is taken from it.  For the rest a worker takes
one source to its TEI files and its tables in the staging folder and hands back an `Outcome` of counts; when all are
done, each worker puts the tables of some documents together, file by file.  Nothing of one source depends on another,
so any number of workers, and any state of the cache and of the output folder, makes the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from time import perf_counter

from . import engines, manifest, publishing, quality, settings, standing, uploading
from .cache import Cache, Record, uses
from .corpus import Corpus, Failure, Origin, discover
from .errors import OutputError
from .fingerprint import fingerprint
from .jobs import Engine, Job, Outcome, Workers
from .keys import Keys, keys_of
from .places import Place, Remote
from .settings import Settings
from .standing import Standing
from .validation.finding import Finding
from .writers.tally import Shard


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
    with (uploading if isinstance(out, Remote) else publishing).holding(out, wait=wait):
        workers = Workers(jobs or engines.cores(), timeout, engine, scheduler)
        corpus, corpus_settings = discover(raw), settings.load(settings.find(raw))
        before = results.recall(out) if results else None
        if (force or before is None) and len(corpus.origins) > engines.MANY and workers.are_many_here:
            engines.prepare("pipeline.tasks")
        job = _look(corpus, raw, corpus_settings, results, force)
        begun(len(job.corpus.origins))
        summary = Summary(out, failures=list(job.corpus.failures), ignored=job.corpus.ignored)
        stands = Standing() if force else standing.look(out, before)
        if before and before.state and stands.is_whole and before.state == _state(job, list(job.keys.values())):
            _repeat(summary, before, len(job.corpus.origins), strict)
        else:
            _make(job, summary, stands, before, workers, strict, done)
    summary.seconds = perf_counter() - began
    return summary


def _make(
    job: Job,
    summary: Summary,
    stands: Standing,
    before: Record | None,
    workers: Workers,
    strict: bool,
    done: Callable[[Outcome], None],
) -> None:
    """Do what is to be done, and publish it."""
    # Loaded only now: a build with nothing to do does without, and workers have begun to load before.
    from .assembly import complete, finish
    from .dispatch import dispatch

    gates, where = job.settings.options.gates, uploading if isinstance(summary.out, Remote) else publishing
    shards: Mapping[str, Shard] = {}
    with where.staging(summary.out) as stage:
        outcomes = dispatch(job, stage, stands, workers, summary.retried, done)
        plan = complete(job, stage, outcomes, stands, workers, summary.retried)
        _collect(summary, outcomes)
        summary.published = not (summary.status and strict)
        if summary.published or quality.is_any(gates):
            shards = finish(stage, plan, [*outcomes, *job.refused], stands, job.settings, workers.jobs)
            summary.broken = quality.check(stage, gates)
            summary.published = not (summary.status and strict)
        if summary.published:
            where.publish(stage, summary.out)
    if job.cache and summary.published:
        job.cache.remember(_record(job, summary, before, outcomes, shards))


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


def entries_of(origin: Origin) -> tuple[manifest.Entry, ...]:
    """The files of a source as they stand on disk, its sidecar last; none where one cannot be read."""
    names = (*origin.files, *([origin.sidecar] if origin.sidecar else []))
    try:
        return tuple(manifest.entry(name, (origin.root / name).read_bytes()) for name in names)
    except OSError:
        return ()


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


def _repeat(summary: Summary, before: Record, sources: int, strict: bool) -> None:
    """Say again what was said when `out` was published."""
    summary.counts += Counter(before.counts)
    summary.failures, summary.findings = list(before.failures), list(before.findings)
    summary.broken = list(before.broken)
    summary.cached, summary.is_unchanged = sources, True
    summary.published = not (strict and summary.status)


def _record(
    job: Job, summary: Summary, before: Record | None, outcomes: Sequence[Outcome], shards: Mapping[str, Shard]
) -> Record:
    keys = [outcome.keys for outcome in outcomes]
    return Record(
        str(summary.out),
        _state(job, keys),
        sha256((summary.out / manifest.MANIFEST).read_bytes()).hexdigest(),
        dict(summary.counts),
        tuple(summary.failures),
        tuple(summary.findings),
        uses(before, [key for one in keys if one for key in one]),
        tuple(summary.broken),
        {outcome.keys.output: outcome.header for outcome in outcomes if outcome.keys},
        dict(shards),
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
