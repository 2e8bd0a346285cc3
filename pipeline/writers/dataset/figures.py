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

from ...errors import OutputError
from ...tables import table_files
from ..parquet.schema import tables

BATCH = 65_536


class File(NamedTuple):
    """A Parquet file; `path` counts from the folder that holds `parquet/`."""

    table: str
    path: str
    bytes: int
    sha256: str


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


def count(folder: Path) -> Figures:
    """Count the tables of a folder.  Raises `OutputError` where one is missing or cannot be read."""
    try:
        files = tuple(_file(folder, table, path) for table in tables() for path in _paths(folder, table))
        rows = {name: sum(pq.read_metadata(path).num_rows for path in _paths(folder, name)) for name in tables()}
        statuses = Counter(_column(folder, "sources", "status"))
        languages = {lang for lang in _column(folder, "articles", "lang") if lang}
        fates, rules = _count_rules(folder)
        certainties = {name: _certainties(folder, name) for name in JUDGED}
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"cannot be read: {error}", path=folder.name, mend="build again") from error
    return Figures(files, rows, dict(sorted(statuses.items())), tuple(sorted(languages)), fates, rules, certainties)


def _paths(folder: Path, table: str) -> list[Path]:
    found = table_files(folder, table)
    if not found:
        raise OutputError(f"the table {table!r} is missing", path=folder.name, mend="build again")
    return found


def _file(folder: Path, table: str, path: Path) -> File:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return File(table, f"{folder.name}/{table}/{path.name}", path.stat().st_size, digest)


def _column(folder: Path, table: str, column: str) -> list[str]:
    values: list[str] = []
    for path in _paths(folder, table):
        values += pq.read_table(path, columns=[column]).column(column).to_pylist()
    return values


def _certainties(folder: Path, table: str) -> tuple[int, ...]:
    """Rows of a table by class of certainty."""
    values: Counter[int] = Counter()
    for path in _paths(folder, table):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, columns=["certainty"]):
                counted = pc.value_counts(_per_cent(batch.column("certainty")))
                values.update(dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)))
    bounds = [101, *CLASSES]
    return tuple(
        sum(rows for value, rows in values.items() if low <= value < high)
        for high, low in zip(bounds, CLASSES, strict=False)
    )


def _per_cent(hundredths: pa.Array) -> pa.Array:
    """Certainties as whole numbers, so that no sum depends on the order of its parts."""
    return pc.cast(pc.round(pc.multiply(hundredths, 100)), pa.int64())


def _count_rules(folder: Path) -> tuple[dict[str, int], tuple[RuleCount, ...]]:
    """Characters by fate, and what each rule did: row group by row group."""
    fates: Counter[str] = Counter()
    sums: dict[tuple[str, str], list[int]] = {}
    for path in _paths(folder, "collation"):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, columns=["raw_start", "raw_end", "fate", "rules", "certainty"]):
                lengths = pc.subtract(batch.column("raw_end"), batch.column("raw_start"))
                sure = _per_cent(batch.column("certainty"))
                for fate, _, total, _, _ in _grouped([batch.column("fate")], lengths, sure):
                    fates[fate] += total
                rules, at = batch.column("rules"), pc.list_parent_indices(batch.column("rules"))
                keys = [pc.list_flatten(rules), batch.column("fate").take(at)]
                for rule, fate, rows, total, certainty, least in _grouped(keys, lengths.take(at), sure.take(at)):
                    known = sums.setdefault((rule, fate), [0, 0, 0, 100])
                    known[:3] = known[0] + rows, known[1] + total, known[2] + certainty
                    known[3] = min(known[3], least)
    counted = (
        RuleCount(*key, rows, total, certainty // rows, least)
        for key, (rows, total, certainty, least) in sorted(sums.items())
    )
    return dict(sorted(fates.items())), tuple(counted)


def _grouped(keys: list[pa.Array], lengths: pa.Array, sure: pa.Array) -> list[tuple]:  # type: ignore[type-arg]
    """(keys …, rows, sum of lengths, sum of certainties, the lowest) of every distinct combination of keys."""
    names = [f"key{number}" for number in range(len(keys))]
    grouped = pa.table([*keys, lengths, sure], [*names, "length", "sure"]).group_by(names)
    found = grouped.aggregate([("length", "count"), ("length", "sum"), ("sure", "sum"), ("sure", "min")])
    columns = (*names, "length_count", "length_sum", "sure_sum", "sure_min")
    return list(zip(*(found.column(name).to_pylist() for name in columns), strict=True))
