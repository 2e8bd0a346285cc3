"""The rows of one document in one table, as plain values, and those of many documents as Arrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain

import pyarrow as pa

from ...errors import AlgebraError
from .columns import Row, from_rows
from .schema import tables
from .spans import Spans, spans_batch

Rows = Sequence[Row] | Spans
"""Rows of any table; or, of `collation`, by columns."""
Tables = Mapping[str, Rows]
"""All tables of one document by name."""


def batch_of(table: str, documents: Sequence[Rows]) -> pa.RecordBatch:
    """The rows of documents behind each other; lone surrogates become U+FFFD.

    Raises `AlgebraError` for a null where the schema allows none.
    """
    filled = [rows for rows in documents if len(rows)]
    spans = [rows for rows in filled if isinstance(rows, Spans)]
    if spans:
        return spans_batch(spans)
    return from_rows(table, list(chain.from_iterable(filled)))  # type: ignore[arg-type]


def check_rows(table: str, rows: Rows) -> None:
    """Raise `AlgebraError` for a null where the schema allows none."""
    if isinstance(rows, Spans):
        return
    for at, name in _required(table):
        for number, row in enumerate(rows, 1):
            if row[at] is None:
                raise AlgebraError(f"{table}.{name} has a null in row {number}")


@cache
def _required(table: str) -> tuple[tuple[int, str], ...]:
    """Place and name of every column that must have a value."""
    return tuple((at, column.name) for at, column in enumerate(tables()[table].columns) if not column.nullable)
