"""Figures of a data set: its files, its rows, and what the rules did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ...arrow import leave_pandas_out
from ...errors import OutputError
from ...tables import table_files
from ..parquet.schema import tables
from ..tally import File, Shard, Sums, Tally, total

BATCH = 65_536


class RuleCount(NamedTuple):
    """Rows of the collation in which a rule had a part, and their characters, by fate.

    `certainty` is the mean of these rows, `least` the lowest, both in whole per cent, rounded down.
    """

    rule: str
    fate: str
    rows: int
    characters: int
    certainty: int
    least: int


# Classes of certainty, in per cent: the least of each.  Tables that tell one for each row.
CLASSES = (95, 80, 50, 0)
JUDGED = ("pages", "articles", "sections", "paragraphs", "notes", "collation")


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted; languages and rules are in alphabetical order."""

    files: tuple[File, ...]
    rows: Mapping[str, int]
    statuses: Mapping[str, int]
    languages: tuple[str, ...]
    fates: Mapping[str, int]  # characters
    rules: tuple[RuleCount, ...]
    certainties: Mapping[str, tuple[int, ...]]  # rows by class, the highest first

    @classmethod
    def of(cls, shards: list[Shard]) -> Figures:
        """The figures of all shards, which come in the order of their documents."""
        found = total(shard.tally for shard in shards)
        files = [file for shard in shards for file in shard.files]
        return cls(
            tuple(file for table in tables() for file in files if file.table == table),
            {table: found.rows.get(table, 0) for table in tables()},
            dict(sorted(found.statuses.items())),
            found.languages,
            dict(sorted(found.fates.items())),
            tuple(RuleCount(*one[:4], one.certainty // one.rows, one.least) for one in found.rules),
            {table: _classes(found.certainties.get(table, {})) for table in JUDGED},
        )


def count(folder: Path) -> Figures:
    """Count the tables of a folder.  Raises `OutputError` where one is missing or cannot be read."""
    return Figures.of([count_files({name: path}) for name in tables() for path in _paths(folder, name)])


def count_files(files: Mapping[str, Path]) -> Shard:
    """Count some files, each of another table.  Raises `OutputError` where one cannot be read."""
    leave_pandas_out()
    try:
        told = tuple(_file(table, path) for table, path in files.items())
        return Shard(told, total(_tally(table, path) for table, path in files.items()))
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"cannot be read: {error}", path="parquet", mend="build again") from error


def _paths(folder: Path, table: str) -> list[Path]:
    found = table_files(folder, table)
    if not found:
        raise OutputError(f"the table {table!r} is missing", path=folder.name, mend="build again")
    return found


def _file(table: str, path: Path) -> File:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return File(table, "/".join(path.parts[-3:]), path.stat().st_size, digest)


def _tally(table: str, path: Path) -> Tally:
    with pq.ParquetFile(path) as file:
        rows = {table: file.metadata.num_rows}
        certainties = {table: _certainties(file)} if table in JUDGED else {}
        statuses = Counter(_column(file, "status")) if table == "sources" else {}
        languages = {lang for lang in _column(file, "lang") if lang} if table == "articles" else ()
        fates, rules = _count_rules(file) if table == "collation" else ({}, ())
    return Tally(rows, statuses, tuple(sorted(languages)), fates, rules, certainties)


def _column(file: pq.ParquetFile, column: str) -> list[str]:
    return [value for batch in file.iter_batches(BATCH, columns=[column]) for value in batch.column(0).to_pylist()]


def _certainties(file: pq.ParquetFile) -> Counter[int]:
    """Rows by certainty in per cent."""
    found: Counter[int] = Counter()
    for batch in file.iter_batches(BATCH, columns=["certainty"]):
        counted = pc.value_counts(_per_cent(batch.column("certainty")))
        found.update(dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)))
    return found


def _classes(certainties: Mapping[int, int]) -> tuple[int, ...]:
    """Rows by class of certainty."""
    bounds = [101, *CLASSES]
    return tuple(
        sum(rows for value, rows in certainties.items() if low <= value < high)
        for high, low in zip(bounds, CLASSES, strict=False)
    )


def _per_cent(hundredths: pa.Array) -> pa.Array:
    """Certainties as whole numbers, so that no sum depends on the order of its parts."""
    return pc.cast(pc.round(pc.multiply(hundredths, 100)), pa.int64())


def _count_rules(file: pq.ParquetFile) -> tuple[dict[str, int], tuple[Sums, ...]]:
    """Characters by fate, and what each rule did: row group by row group."""
    fates: Counter[str] = Counter()
    found: list[Tally] = []
    for batch in file.iter_batches(BATCH, columns=["raw_start", "raw_end", "fate", "rules", "certainty"]):
        lengths = pc.subtract(batch.column("raw_end"), batch.column("raw_start"))
        sure = _per_cent(batch.column("certainty"))
        for fate, _, characters, _, _ in _grouped([batch.column("fate")], lengths, sure):
            fates[fate] += characters
        rules, at = batch.column("rules"), pc.list_parent_indices(batch.column("rules"))
        keys = [pc.list_flatten(rules), batch.column("fate").take(at)]
        found.append(Tally(rules=tuple(Sums(*one) for one in _grouped(keys, lengths.take(at), sure.take(at)))))
    return dict(fates), total(found).rules


def _grouped(keys: list[pa.Array], lengths: pa.Array, sure: pa.Array) -> list[tuple]:  # type: ignore[type-arg]
    """(keys …, rows, sum of lengths, sum of certainties, the lowest) of every distinct combination of keys."""
    names = [f"key{number}" for number in range(len(keys))]
    grouped = pa.table([*keys, lengths, sure], [*names, "length", "sure"]).group_by(names)
    found = grouped.aggregate([("length", "count"), ("length", "sum"), ("sure", "sum"), ("sure", "min")])
    columns = (*names, "length_count", "length_sum", "sure_sum", "sure_min")
    return list(zip(*(found.column(name).to_pylist() for name in columns), strict=True))
