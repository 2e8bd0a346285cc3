"""Read `out/parquet` back, one document at a time: what checks and the audit stand on.

rows_by_document(folder, table, columns)   Rows of one document after the other, in the order of the file
table_files(folder, table)                 the Parquet files of a table
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BATCH = 16_384
KEY = "doc_id"  # every table has it


@dataclass(slots=True)
class Rows:
    """The rows of one document in one table, as columns of Python values."""

    doc_id: str
    columns: dict[str, list[Any]]
    _places: list[tuple[int, str, int]] = field(default_factory=list)  # (index, file, row there) of each stretch

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, column: str) -> list[Any]:
        return self.columns[column]

    def rows(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """The values of some columns, row by row."""
        return zip(*(self.columns[column] for column in columns), strict=True)

    def place(self, index: int) -> tuple[str, int]:
        """File and row (from 1) of a row by its index."""
        first, file, line = next((place for place in reversed(self._places) if place[0] <= index), (0, "", 0))
        return file, line + index - first

    def extend(self, columns: dict[str, list[Any]], file: str, line: int) -> None:
        """Add a stretch of rows that stands at `line` of `file`."""
        self._places.append((len(self), file, line))
        for name, values in columns.items():
            self.columns[name].extend(values)


def table_files(folder: Path, table: str) -> list[Path]:
    """The Parquet files of a table, in the order of the documents they begin with; their names tell no order."""
    found = sorted((folder / table).glob("*.parquet"))
    return sorted(found, key=_first_document) if len(found) > 1 else found


def rows_by_document(folder: Path, table: str, columns: Sequence[str]) -> Iterator[Rows]:
    """The rows of each document; one whose rows stand in two places comes twice."""
    current: Rows | None = None
    for path in table_files(folder, table):
        name, line = f"{folder.name}/{table}/{path.name}", 1
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, columns=list(dict.fromkeys([KEY, *columns]))):
                values = {column: batch.column(column).to_pylist() for column in batch.schema.names}
                for doc_id, start, end in _stretches(values[KEY]):
                    if current is None or current.doc_id != doc_id:
                        if current is not None:
                            yield current
                        current = Rows(doc_id, {column: [] for column in values})
                    current.extend({column: found[start:end] for column, found in values.items()}, name, line + start)
                line += batch.num_rows
    if current is not None:
        yield current


def _first_document(path: Path) -> str:
    """The doc_id of a file's first row; empty where there is none or the file cannot be read."""
    try:
        with pq.ParquetFile(path) as file:
            batch = next(file.iter_batches(1, columns=[KEY]), None)
    except (OSError, pa.ArrowException):
        return ""
    return batch.column(0)[0].as_py() if batch else ""


def _stretches(keys: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    start = 0
    for value, group in groupby(keys):
        end = start + sum(1 for _ in group)
        yield value, start, end
        start = end
