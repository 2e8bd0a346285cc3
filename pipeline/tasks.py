"""One source of a build: cleaned, written into the staging folder and kept in the cache; or what went wrong."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from . import manifest
from .cache import Header, Result
from .checkpoints import keep, recall
from .cleaning import Cleaned, finish, read, uncollected
from .corpus import Failure, Origin, failure
from .errors import AlgebraError, JiaokanError
from .fingerprint import fingerprint
from .jobs import Outcome, Task
from .keys import Keys, keys_of
from .places import Place
from .standing import Standing
from .validation import errors, validate
from .writers import parquet, tei

WORK = ".work"  # in the staging folder: the tables of single documents, gone before publication


@uncollected()
def work(task: Task) -> Outcome:
    """One source into the staging folder and the cache; never raises."""
    cleaned = Cleaned()
    origin = task.origin
    try:
        source, remarks = read(origin, task.settings, cleaned)
        keys = keys_of(origin, _entries(cleaned), task.settings)
        known = recall(task.cache, keys) if task.cache and keys and not task.force else ()
        edition, finished = finish(source, remarks, cleaned, known)
        if task.cache and keys:
            keep(task.cache, keys, finished.changes, len(known))
        del finished
        files = tei.write(edition, cleaned.options, cleaned.options.metadata)
        tables = parquet.rows_of(edition, cleaned.options.metadata)
        findings = tuple(errors(validate(files))) if files else ()
        result = Result(Header(dict(_count(tables)), findings), files, parquet.pack(tables))
    except Exception as error:
        return _failed(task, cleaned, error)
    outcome = _outcome(task, _entries(cleaned), result.header, keys, dict(cleaned.timings))
    if task.stage is not None:
        try:
            outcome = replace(outcome, **_write(origin, result, task.stage))
        except OSError as error:
            return Outcome(origin.doc_id, task.number, origin.files, unwritten=error)
    if task.cache and keys:
        task.cache.store(keys.output, result)
    return outcome


def take(
    task: Task, standing: Standing, stage: Path, keys: Keys, entries: tuple[manifest.Entry, ...]
) -> Outcome | None:
    """The outcome of a source as it stands in the output folder; its tables are left where they are."""
    found = standing.take_result(keys.output, f"tei/{task.origin.doc_id}", stage)
    return found and replace(_outcome(task, entries, found[0], keys, {}, is_cached=True), written=found[1])


def unpack(task: Task, stage: Path, keys: Keys, entries: tuple[manifest.Entry, ...]) -> Outcome | None:
    """The outcome of a source from the cache, its outputs written; `None` where it has to be cleaned.

    Raises `OSError` where the staging folder cannot be written.
    """
    result: Result | None = task.cache.load(keys.output) if task.cache else None
    if result is None:
        return None
    outcome = _outcome(task, entries, result.header, keys, {}, is_cached=True)
    return outcome if result.header.failure else replace(outcome, **_write(task.origin, result, stage))


def tables_of(task: Task, stage: Path, keys: Keys) -> parquet.Stored | None:
    """The tables of a source from the cache, put into the staging folder; `None` where it has to be cleaned.

    Raises `OSError` where the staging folder cannot be written.
    """
    result = task.cache.load(keys.output) if task.cache else None
    return parquet.store(result.tables, stage / WORK) if result and result.tables else None


def what_is_missing(expected: str, beacon: Place, raw: Place) -> str:
    """What keeps a worker on another machine from a build; `beacon` is a file in its cache."""
    if fingerprint() != expected:
        return "another version of jiaokan, of Python or of a library than where the build was begun"
    for path, is_there in ((beacon.parent, beacon.is_file()), (raw, raw.is_dir())):
        if not is_there:
            return f"{path} is not to be seen from here"
    return ""


def _write(origin: Origin, result: Result, stage: Path) -> dict[str, Any]:
    """Write what a source came to; returns where its tables are and which files there are."""
    name = f"tei/{origin.doc_id}"
    folder = stage / name
    if result.files:
        folder.mkdir(parents=True, exist_ok=True)
    for file, data in result.files.items():
        (folder / file).write_bytes(data)
    written = tuple(manifest.entry(f"{name}/{file}", data) for file, data in result.files.items())
    return {"tables": parquet.store(result.tables, stage / WORK), "written": written}


def _failed(task: Task, cleaned: Cleaned, error: Exception) -> Outcome:
    """What went wrong; kept where it can only go wrong again: the files were read, and it was no bug."""
    header = Header(failure=_told(task.origin, error))
    is_final = isinstance(error, JiaokanError) and not isinstance(error, AlgebraError)
    keys = keys_of(task.origin, _entries(cleaned), task.settings) if is_final else None
    if task.cache and keys:
        task.cache.store(keys.output, Result(header))
    return _outcome(task, _entries(cleaned), header, keys, {})


def _outcome(
    task: Task,
    entries: tuple[manifest.Entry, ...],
    header: Header,
    keys: Keys | None,
    timings: dict[str, float],
    *,
    is_cached: bool = False,
) -> Outcome:
    origin = task.origin
    return Outcome(
        origin.doc_id,
        task.number,
        origin.files,
        entries,
        Counter(header.counts),
        tuple(header.findings),
        header.failure,
        timings,
        keys,
        is_cached,
    )


def _entries(cleaned: Cleaned) -> tuple[manifest.Entry, ...]:
    return (*cleaned.files, *([cleaned.sidecar] if cleaned.sidecar else []))


def _told(origin: Origin, error: Exception) -> Failure:
    """A failure for any exception: a user's mistake in its own words, a bug of ours with its place."""
    if isinstance(error, JiaokanError) and not isinstance(error, AlgebraError):
        return failure(origin.doc_id, error.path or origin.files[0], error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    told = JiaokanError(f"{type(error).__name__} in {where}: {error}", mend="a bug: please report it with the source")
    return failure(origin.doc_id, origin.files[0], told)


def _count(tables: parquet.Tables) -> Counter[str]:
    """The figures of the summary."""
    collation, articles = tables["collation"], tables["articles"]
    assert isinstance(collation, parquet.Spans)
    assert not isinstance(articles, parquet.Spans)
    fates = [fate for fate, _, _ in collation.reason_list]
    is_joined, is_emended = (
        np.array([one == fate for one in fates], bool)[collation.reasons] for fate in ("joined", "emended")
    )
    is_forme_work = np.array([tag == "fw" for tag, _, _ in collation.look_list], bool)[collation.looks]
    return Counter(
        articles=sum(row[2] > 0 for row in articles),
        paragraphs=len(tables["paragraphs"]),
        notes=len(tables["notes"]),
        pages=len(tables["pages"]),
        remarks=len(tables["remarks"]),
        forme_work=int(is_forme_work.sum()),
        joined=int(is_joined.sum()),
        emended=int((collation.ends - collation.starts)[is_emended].sum()),
        characters=collation.length,
    )
