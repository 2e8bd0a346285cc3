"""Columns of Python values to Arrow: types as the schema says, nothing that is not Unicode."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from ...errors import AlgebraError
from .schema import arrow_schema

SURROGATES = re.compile("[\ud800-\udfff]+")
# Certainties are whole per cent inside and hundredths outside; a table, so that no float is ever computed.
HUNDREDTHS = tuple(per_cent / 100 for per_cent in range(101))


def batch(table: str, columns: Mapping[str, Sequence[Any] | pa.Array]) -> pa.RecordBatch:
    """A record batch of a table; lone surrogates become U+FFFD.

    Raises `AlgebraError` for a null where the schema allows none.
    """
    schema = arrow_schema(table)
    arrays = [_array(columns[field.name], field.type) for field in schema]
    for field, array in zip(schema, arrays, strict=True):
        if not field.nullable and array.null_count:
            raise AlgebraError(f"{table}.{field.name} has a null in row {array.is_null().index(True).as_py() + 1}")
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def from_rows(table: str, rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """A record batch from rows, their values in the order of the schema."""
    names = arrow_schema(table).names
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return batch(table, dict(zip(names, columns, strict=True)))


def repeated(values: Sequence[Hashable], kind: pa.DataType) -> pa.Array:
    """An array of few distinct values, each converted once."""
    places: dict[Hashable, int] = {}
    indices = [places.setdefault(value, len(places)) for value in values]
    return pa.array(list(places), kind).take(pa.array(indices, pa.int32()))


def scrub(value: Any) -> Any:
    """The value with U+FFFD for every lone surrogate, in lists, tuples and dictionaries too."""
    if isinstance(value, str):
        return SURROGATES.sub(lambda found: "\ufffd" * len(found.group()), value)
    if isinstance(value, dict):
        return {name: scrub(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [scrub(inner) for inner in value]
    return value


def _array(values: Sequence[Any] | pa.Array, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([scrub(value) for value in values], kind)
