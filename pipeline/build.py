"""The main job: find the sources, run each, write and check it, publish everything in one step.

A worker takes one source to its TEI files and one Arrow file in the staging folder and hands back an
`Outcome` of counts; the parent puts the tables together in the order of ids.  Nothing of one source
depends on another, so any number of workers makes the same bytes.
"""

from __future__ import annotations

import os
import shutil
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from . import engines, manifest, settings
from .cleaning import Cleaned, clean, uncollected
from .corpus import Corpus, Failure, Origin, discover, failure
from .errors import AlgebraError, JiaokanError, OutputError
from .publishing import publish, staging
from .settings import Settings
from .validation import Finding, errors, validate
from .writers import parquet, tei
from .writers.dataset import write_dataset

WORK = ".work"  # in the staging folder: one Arrow file a document, gone before publication


@dataclass(frozen=True, slots=True)
class Task:
    """One source to be cleaned into `stage`; `number` names its Arrow file."""

    number: int
    origin: Origin
    settings: Settings
    stage: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: counts and findings, or a failure.

    `files` are its raw files by name, `entries` those that could be read, with its sidecar.
    """

    doc_id: str
    number: int
    files: tuple[str, ...]
    entries: tuple[manifest.Entry, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    findings: tuple[Finding, ...] = ()
    failure: Failure | None = None
    timings: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """What a build did; `published` is false where `--strict` kept the old output."""

    out: Path
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    findings: list[tuple[str, Finding]] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    timings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    published: bool = True

    @property
    def status(self) -> int:
        """Exit status: 1 where a source failed or a check did not hold."""
        return 1 if self.failures or self.findings else 0


def build(
    raw: Path,
    out: Path,
    *,
    jobs: int = 0,
    strict: bool = False,
    begun: Callable[[int], None] = lambda sources: None,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> Summary:
    """Clean every source of `raw` into `out`.

    `jobs` 0 means one a core.  `begun` is told the number of sources, `done` each outcome as it comes.
    Raises `JiaokanError` only for what concerns the whole corpus: settings, folders.
    """
    began = perf_counter()
    raw, out = raw.resolve(), out.resolve()
    _check_folders(raw, out)
    settings_path = settings.find(raw)
    corpus_settings = settings.load(settings_path)
    corpus = discover(raw)
    begun(len(corpus.origins))
    summary = Summary(out, failures=list(corpus.failures), ignored=corpus.ignored)
    with staging(out) as stage:
        outcomes = _run(corpus, corpus_settings, stage, jobs, done)
        _collect(summary, outcomes)
        outcomes += [_refused(raw, one) for one in corpus.failures if one.doc_id]
        if summary.status and strict:
            summary.published = False
        else:
            _finish(stage, outcomes, corpus_settings)
            publish(stage, out)
    summary.seconds = perf_counter() - began
    return summary


@uncollected()
def work(task: Task) -> Outcome:
    """One source into the staging folder; never raises."""
    cleaned = Cleaned()
    origin = task.origin
    try:
        edition = clean(origin, task.settings, cleaned)
        files = tei.write(edition, cleaned.options, cleaned.options.metadata)
        tables = parquet.tables_of(edition, cleaned.options.metadata)
        findings = tuple(errors(validate(files))) if files else ()
        folder = task.stage / "tei" / origin.doc_id
        if files:
            folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        parquet.store_tables(tables, _arrow_path(task.stage, task.number))
    except Exception as error:
        return Outcome(origin.doc_id, task.number, origin.files, _entries(cleaned), failure=_told(origin, error))
    timings = dict(cleaned.timings)
    return Outcome(
        origin.doc_id, task.number, origin.files, _entries(cleaned), _count(tables), findings, timings=timings
    )


def _check_folders(raw: Path, out: Path) -> None:
    if not raw.is_dir():
        raise OutputError("is not a folder of raw files", path=str(raw), mend="give the folder that holds them")
    if raw == out or raw.is_relative_to(out) or out.is_relative_to(raw):
        raise OutputError("the raw and the output folder must lie apart", path=str(out), mend="choose another -o")


def _run(
    corpus: Corpus, corpus_settings: Settings, stage: Path, jobs: int, done: Callable[[Outcome], None]
) -> list[Outcome]:
    """Outcomes in the order of the sources; the largest are begun first."""
    (stage / WORK).mkdir()
    sizes = [_size(origin) for origin in corpus.origins]
    order = sorted(range(len(sizes)), key=lambda number: (-sizes[number], number))
    tasks = [Task(number, corpus.origins[number], corpus_settings, stage) for number in order]
    jobs = 1 if sum(sizes) < engines.ALONE else jobs or engines.cores()
    outcomes: dict[int, Outcome] = {}
    for at, result in engines.run(work, tasks, jobs):
        task = tasks[at]
        if isinstance(result, engines.Lost):
            told = failure(
                task.origin.doc_id, task.origin.files[0], JiaokanError(str(result), mend="give it more memory")
            )
            result = Outcome(task.origin.doc_id, task.number, task.origin.files, failure=told)
        outcomes[task.number] = result
        done(result)
    return [outcomes[number] for number in sorted(outcomes)]


def _collect(summary: Summary, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        summary.counts += outcome.counts
        summary.timings += Counter(outcome.timings)
        summary.findings += [(outcome.doc_id, finding) for finding in outcome.findings]
        if outcome.failure is not None:
            summary.failures.append(outcome.failure)
    summary.counts["sources"] = len(outcomes)
    summary.failures.sort(key=lambda one: (one.path, one.message))


def _refused(raw: Path, failed: Failure) -> Outcome:
    """The outcome of a source that was not even tried, with the digests of the files that could be read."""
    entries = []
    for name in failed.files:
        with suppress(OSError):
            entries.append(manifest.entry(name, (raw / name).read_bytes()))
    return Outcome(failed.doc_id, -1, failed.files or (failed.path,), tuple(entries), failure=failed)


def _finish(stage: Path, outcomes: Sequence[Outcome], corpus_settings: Settings) -> None:
    """Tables, data set and manifest of the whole corpus, from what the workers left in `stage`."""
    parquet.write_tables(stage / "parquet", _documents(stage, outcomes))
    write_dataset(stage / "dataset", stage / "parquet")
    shutil.rmtree(stage / WORK)
    manifest.write(stage, corpus_settings.digest, {one for outcome in outcomes for one in outcome.entries})


def _documents(stage: Path, outcomes: Sequence[Outcome]) -> Iterator[dict[str, pa.RecordBatch]]:
    """The tables of every document in the order of ids; those of failed sources hold only `sources` rows."""
    by_id: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_id[outcome.doc_id].append(outcome)
    for doc_id in sorted(by_id):
        same = by_id[doc_id]
        failures = [outcome.failure for outcome in same if outcome.failure is not None]
        if not failures:
            yield parquet.load_tables(_arrow_path(stage, same[0].number))
            continue
        read = {one.path: one for outcome in same for one in outcome.entries}
        names = dict.fromkeys(name for outcome in same for name in outcome.files)
        files = [(name, read[name].sha256, read[name].bytes) if name in read else (name, None, None) for name in names]
        told = "; ".join(dict.fromkeys(_sentence(one, names) for one in failures))
        yield parquet.tables_of_failure(doc_id, files, "text" if same[0].number >= 0 else None, told)


def _sentence(one: Failure, files: Container[str]) -> str:
    place = "" if one.path in files or not one.path else f"{one.path}: "
    return place + one.message + (f" ({one.mend})" if one.mend else "")


def _arrow_path(stage: Path, number: int) -> Path:
    return stage / WORK / f"{number:08}.arrow"


def _entries(cleaned: Cleaned) -> tuple[manifest.Entry, ...]:
    return (*cleaned.files, *([cleaned.sidecar] if cleaned.sidecar else []))


def _size(origin: Origin) -> int:
    """Bytes of a source; a file that cannot be asked counts as empty and fails later."""
    total = 0
    for name in origin.files:
        try:
            total += os.stat(origin.root / name).st_size
        except OSError:
            continue
    return total


def _told(origin: Origin, error: Exception) -> Failure:
    """A failure for any exception: a user's mistake in its own words, a bug of ours with its place."""
    if isinstance(error, JiaokanError) and not isinstance(error, AlgebraError):
        return failure(origin.doc_id, error.path or origin.files[0], error)
    if isinstance(error, OSError):
        told = JiaokanError(f"cannot be written: {error.strerror}", mend="check space and permissions")
        return failure(origin.doc_id, origin.files[0], told)
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    told = JiaokanError(f"{type(error).__name__} in {where}: {error}", mend="a bug: please report it with the source")
    return failure(origin.doc_id, origin.files[0], told)


def _count(tables: dict[str, Any]) -> Counter[str]:
    """The figures of the summary."""
    collation = tables["collation"]
    fate, tag = collation.column("fate"), collation.column("tag")
    lengths = pc.subtract(collation.column("raw_end"), collation.column("raw_start"))
    emended = pc.sum(lengths.filter(pc.equal(fate, "emended"))).as_py() or 0
    matter = pc.sum(pc.equal(tables["articles"].column("seq"), 0)).as_py() or 0
    return Counter(
        articles=tables["articles"].num_rows - matter,
        paragraphs=tables["paragraphs"].num_rows,
        notes=tables["notes"].num_rows,
        pages=tables["pages"].num_rows,
        remarks=tables["remarks"].num_rows,
        forme_work=pc.sum(pc.equal(tag, "fw")).as_py() or 0,
        joined=pc.sum(pc.equal(fate, "joined")).as_py() or 0,
        emended=emended,
        characters=pc.sum(lengths).as_py() or 0,
    )
