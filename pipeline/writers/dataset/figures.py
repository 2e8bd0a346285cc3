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


class File(NamedTuple):
    """A Parquet file; `path` counts from the folder that holds `parquet/`."""

    table: str
    path: str
    bytes: int
    sha256: str


class RuleCount(NamedTuple):
    """Rows of the collation in which a rule had a part, and their characters, by fate."""

    rule: str
    fate: str
    rows: int
    characters: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted; languages and rules are in alphabetical order."""

    files: tuple[File, ...]
    rows: Mapping[str, int]
    statuses: Mapping[str, int]
    languages: tuple[str, ...]
    fates: Mapping[str, int]  # characters
    rules: tuple[RuleCount, ...]


def count(folder: Path) -> Figures:
    """Count the tables of a folder.  Raises `OutputError` where one is missing or cannot be read."""
    try:
        files = tuple(_file(folder, table, path) for table in tables() for path in _paths(folder, table))
        rows = {name: sum(pq.read_metadata(path).num_rows for path in _paths(folder, name)) for name in tables()}
        statuses = Counter(_column(folder, "sources", "status"))
        languages = {lang for lang in _column(folder, "articles", "lang") if lang}
        fates, rules = _count_rules(folder)
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"cannot be read: {error}", path=folder.name, mend="build again") from error
    return Figures(files, rows, dict(sorted(statuses.items())), tuple(sorted(languages)), fates, rules)


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


def _count_rules(folder: Path) -> tuple[dict[str, int], tuple[RuleCount, ...]]:
    """Characters by fate, and what each rule did: row group by row group."""
    fates: Counter[str] = Counter()
    rows: Counter[tuple[str, str]] = Counter()
    characters: Counter[tuple[str, str]] = Counter()
    for path in _paths(folder, "collation"):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(65_536, columns=["raw_start", "raw_end", "fate", "rules"]):
                lengths = pc.subtract(batch.column("raw_end"), batch.column("raw_start"))
                for fate, _, total in _grouped([batch.column("fate")], lengths):
                    fates[fate] += total
                rules, at = batch.column("rules"), pc.list_parent_indices(batch.column("rules"))
                keys = [pc.list_flatten(rules), batch.column("fate").take(at)]
                for rule, fate, number, total in _grouped(keys, lengths.take(at)):
                    rows[rule, fate] += number
                    characters[rule, fate] += total
    counted = (RuleCount(*key, rows[key], characters[key]) for key in sorted(rows))
    return dict(sorted(fates.items())), tuple(counted)


def _grouped(keys: list[pa.Array], lengths: pa.Array) -> list[tuple]:  # type: ignore[type-arg]
    """(keys …, rows, sum of lengths) of every distinct combination of keys."""
    names = [f"key{number}" for number in range(len(keys))]
    grouped = pa.table([*keys, lengths], [*names, "length"]).group_by(names)
    found = grouped.aggregate([("length", "count"), ("length", "sum")])
    columns = [found.column(name).to_pylist() for name in (*names, "length_count", "length_sum")]
    return list(zip(*columns, strict=True))
