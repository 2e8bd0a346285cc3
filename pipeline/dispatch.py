"""The sources of a build handed out: what the cache holds is taken from it, workers do the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from . import cluster, engines
from .corpus import Origin, failure
from .errors import JiaokanError, OutputError
from .fingerprint import fingerprint
from .jobs import Job, Outcome, Task, Workers
from .standing import Standing, drop
from .tasks import WORK, tables_of, take, unpack, what_is_missing, work


def dispatch(
    job: Job,
    stage: Path,
    standing: Standing,
    workers: Workers,
    retried: list[tuple[str, str]],
    done: Callable[[Outcome], None],
) -> list[Outcome]:
    """Outcomes in the order of the sources: as they stand, from the cache, or cleaned, the largest first.

    `retried` is added to; `done` is told each outcome as it comes.  Raises `OSError` where the staging folder cannot be written.
    """
    (stage / WORK).mkdir()
    outcomes: dict[int, Outcome] = {}
    missing: list[Task] = []
    for number in range(len(job.corpus.origins)):
        task, keys = _task(job, number, stage, workers), job.keys.get(number)
        known = keys and (
            take(task, standing, stage, keys, job.entries[number]) or unpack(task, stage, keys, job.entries[number])
        )
        if not known:
            missing.append(task)
        else:
            outcomes[number] = known
            done(known)
    for outcome in _clean(missing, stage, workers, retried):
        outcomes[outcome.number] = outcome
        done(outcome)
    return [outcomes[number] for number in sorted(outcomes)]


def fetch(
    job: Job, stage: Path, outcomes: Sequence[Outcome], workers: Workers, retried: list[tuple[str, str]]
) -> Iterator[Outcome]:
    """Outcomes of sources that were taken as they stand, with their tables too: out of the cache, or cleaned."""
    lost: list[Task] = []
    for outcome in outcomes:
        task = _task(job, outcome.number, stage, workers)
        tables = outcome.keys and tables_of(task, stage, outcome.keys)
        if tables:
            yield replace(outcome, tables=tables)
        else:
            drop(outcome.written, stage)  # nothing is ever written into a file that the old output holds too
            lost.append(task)
    yield from _clean(lost, stage, workers, retried)


def _task(job: Job, number: int, stage: Path, workers: Workers) -> Task:
    """A source to be cleaned; `stage` is of no use to workers elsewhere."""
    origin = job.corpus.origins[number]
    return Task(number, origin, job.settings, None if workers.are_elsewhere else stage, job.cache, job.force)


def _clean(tasks: Sequence[Task], stage: Path, workers: Workers, retried: list[tuple[str, str]]) -> Iterator[Outcome]:
    if not tasks:
        return
    sizes = {task.number: _size(task.origin) for task in tasks}
    tasks = sorted(tasks, key=lambda task: (-sizes[task.number], task.number))

    def again(at: int, why: str) -> None:
        retried.append((tasks[at].origin.doc_id, why))

    with _engine(tasks, sum(sizes.values()), workers) as run, closing(run(again=again)) as results:
        for at, result in results:
            outcome = _lost(tasks[at], result) if isinstance(result, engines.Lost) else result
            if outcome.unwritten is not None:
                raise outcome.unwritten
            if workers.are_elsewhere and outcome.failure is None:
                outcome = _take_over(tasks[at], outcome, stage)
            yield outcome


@contextmanager
def _engine(tasks: Sequence[Task], size: int, workers: Workers) -> Iterator[Callable[..., Any]]:
    """The engine with all it needs; the two have one signature."""
    if not workers.are_elsewhere:
        jobs = 1 if size < engines.ALONE else workers.jobs
        yield partial(engines.run, work, tasks, jobs, timeout=workers.timeout)
        return
    cache = tasks[0].cache
    if cache is None:
        raise OutputError("the engine dask needs a cache", mend="name a folder that all workers see with --cache")
    with cache.beacon() as beacon:
        check = partial(what_is_missing, fingerprint(), beacon, tasks[0].origin.root)
        scheduler, timeout = workers.scheduler, workers.timeout
        yield partial(cluster.run, work, tasks, workers.jobs, timeout=timeout, scheduler=scheduler, check=check)


def _take_over(task: Task, outcome: Outcome, stage: Path) -> Outcome:
    """The outputs of a source that was cleaned elsewhere, out of the cache."""
    found = outcome.keys and unpack(task, stage, outcome.keys, outcome.entries)
    if not found:
        where = str(task.cache.folder) if task.cache else ""
        told = f"the result of {task.origin.doc_id} did not arrive"
        raise OutputError(told, path=where, mend="can all workers write there, and is there room?")
    return replace(outcome, tables=found.tables, written=found.written)


def _lost(task: Task, why: engines.Lost) -> Outcome:
    """The outcome of a source that was tried again and again in vain."""
    error = JiaokanError(str(why), mend="give it more memory, or a longer --timeout")
    told = failure(task.origin.doc_id, task.origin.files[0], error)
    return Outcome(task.origin.doc_id, task.number, task.origin.files, failure=told)


def _size(origin: Origin) -> int:
    """Bytes of a source; a file that cannot be asked counts as empty and fails later."""
    total = 0
    for name in origin.files:
        try:
            total += (origin.root / name).stat().st_size
        except OSError:
            continue
    return total
