"""What the sources came to put together: the tables, what describes them, and the manifest."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from . import engines, manifest
from .corpus import Failure
from .dispatch import fetch
from .fingerprint import fingerprint
from .gathering import Failed, Stretch, gather
from .jobs import Job, Outcome, Workers
from .settings import Settings
from .standing import PARQUET, Standing
from .tasks import WORK
from .writers import parquet
from .writers.dataset import Figures, about_of, count_files, write_dataset
from .writers.parquet import Stored
from .writers.tally import Shard


class Document(NamedTuple):
    """One document: its rows, `None` where they are in the cache, the characters of its witness, and a digest of all
    that its rows depend on, empty where that is not known."""

    doc_id: str
    rows: Stored | Failed | None
    length: int
    made_of: str


class Planned(NamedTuple):
    """Documents that have their tables in the same files: these as they stand, or `None` where they are to be written.

    `key` is the digest of all they depend on, empty where that is not known.
    """

    documents: Sequence[Document]
    key: str
    shard: Shard | None


def complete(
    job: Job, stage: Path, outcomes: list[Outcome], standing: Standing, workers: Workers, retried: list[tuple[str, str]]
) -> list[Planned]:
    """What files the tables make, and which stand; `outcomes` get what is needed to write the others.

    What was taken as it stands and is not whole in the cache is cleaned again; it may fail then, so all is planned anew.
    """
    numbers = {outcome.doc_id: at for at, outcome in enumerate(outcomes)}
    while True:
        plan = list(_plan([*outcomes, *job.refused], standing))
        lacking = [one.doc_id for shard in plan if not shard.shard for one in shard.documents if one.rows is None]
        if not lacking:
            return plan
        for outcome in fetch(job, stage, [outcomes[numbers[doc_id]] for doc_id in lacking], workers, retried):
            outcomes[numbers[outcome.doc_id]] = outcome


def finish(
    stage: Path, plan: Sequence[Planned], outcomes: Sequence[Outcome], standing: Standing, options: Settings, jobs: int
) -> Mapping[str, Shard]:
    """Tables, data set and manifest of the whole corpus, from what the workers left in `stage`; the shards by key."""
    shards = _shards(stage, plan, outcomes, standing, jobs)
    lacking = set(parquet.tables()) - {file.table for shard in shards for file in shard.files}
    empty = count_files(parquet.write_empty(stage / PARQUET, lacking))
    write_dataset(stage / "dataset", Figures.of([*shards, empty]), about_of(options.options.metadata))
    shutil.rmtree(stage / WORK, ignore_errors=True)
    sources = {one for outcome in outcomes for one in outcome.entries}
    tables = (manifest.Entry(one.path, one.sha256, one.bytes) for shard in [*shards, empty] for one in shard.files)
    written = [*(one for outcome in outcomes for one in outcome.written), *tables]
    manifest.write(stage, options.digest, options.values, sources, written)
    return {one.key: shard for one, shard in zip(plan, shards, strict=True) if one.key}


def _shards(
    stage: Path, plan: Sequence[Planned], outcomes: Sequence[Outcome], standing: Standing, jobs: int
) -> list[Shard]:
    """The shards of the plan: as they stand, or written."""
    for one in plan:
        if one.shard is not None:
            standing.take_shard(one.shard, stage)
    stretches = [
        Stretch([document.rows for document in one.documents if document.rows is not None], _length(one.documents))
        for one in plan
        if one.shard is None
    ]
    anew = sum(one.bytes for outcome in outcomes if not outcome.is_cached for one in outcome.entries)
    made = iter(gather(stage / PARQUET, stage / WORK, stretches, jobs, have_begun=anew >= engines.ALONE))
    return [one.shard or next(made) for one in plan]


def _plan(outcomes: Sequence[Outcome], standing: Standing) -> Iterator[Planned]:
    documents = list(_documents(outcomes))
    cuts = parquet.cuts_of({one.doc_id: one.length for one in documents})
    begins = [at for at, one in enumerate(documents) if not at or one.doc_id in cuts]
    for start, end in pairwise([*begins, len(documents)]):
        found = documents[start:end]
        made_of = [one.made_of for one in found]
        key = sha256(json.dumps([fingerprint(), *made_of]).encode()).hexdigest() if all(made_of) else ""
        yield Planned(found, key, standing.find_shard(key))


def _length(documents: Sequence[Document]) -> int:
    return sum(one.length for one in documents)


def _documents(outcomes: Sequence[Outcome]) -> Iterator[Document]:
    """Every document in the order of ids; of sources that failed what is to be said."""
    by_id: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_id[outcome.doc_id].append(outcome)
    for doc_id in sorted(by_id):
        same = by_id[doc_id]
        failures = [outcome.failure for outcome in same if outcome.failure is not None]
        if failures:
            failed = _failed(doc_id, same, failures)
            yield Document(doc_id, failed, 0, json.dumps(failed))
        else:
            (one,) = same
            yield Document(doc_id, one.tables, one.counts["characters"], one.keys.output if one.keys else "")


def _failed(doc_id: str, outcomes: Sequence[Outcome], failures: Sequence[Failure]) -> Failed:
    read = {one.path: one for outcome in outcomes for one in outcome.entries}
    names = dict.fromkeys(name for outcome in outcomes for name in outcome.files)
    files = tuple((name, read[name].sha256, read[name].bytes) if name in read else (name, None, None) for name in names)
    told = "; ".join(dict.fromkeys(_sentence(one, names) for one in failures))
    return Failed(doc_id, files, "text" if outcomes[0].number >= 0 else None, told)


def _sentence(one: Failure, files: Container[str]) -> str:
    place = "" if one.path in files or not one.path else f"{one.path}: "
    return place + one.message + (f" ({one.mend})" if one.mend else "")
