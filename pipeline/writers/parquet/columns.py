"""Columns of Python values to Arrow: types as the schema says, nothing that is not Unicode."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ...errors import AlgebraError
from .schema import arrow_schema

Row = Sequence[Any]
"""Values in the order of the schema."""

SURROGATES = re.compile("[\ud800-\udfff]+")
# Certainties are whole per cent inside and hundredths outside; a table, so that no float is ever computed.
HUNDREDTHS = tuple(per_cent / 100 for per_cent in range(101))


def batch(table: str, columns: Mapping[str, Sequence[Any] | pa.Array]) -> pa.RecordBatch:
    """A record batch of a table; lone surrogates become U+FFFD.

    Raises `AlgebraError` for a null where the schema allows none.
    """
    arrays = []
    for name, kind, nullable in _fields(table):
        array = as_array(columns[name], kind)
        if not nullable and array.null_count:
            raise AlgebraError(f"{table}.{name} has a null in row {array.is_null().index(True).as_py() + 1}")
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table))


def from_rows(table: str, rows: Sequence[Row]) -> pa.RecordBatch:
    """A record batch from rows, their values in the order of the schema."""
    if not rows:
        return empty(table)
    columns = zip(*rows, strict=True)
    return batch(table, {name: column for (name, _, _), column in zip(_fields(table), columns, strict=True)})


@cache
def empty(table: str) -> pa.RecordBatch:
    """A table without rows."""
    return batch(table, {name: () for name, _, _ in _fields(table)})


@cache
def _fields(table: str) -> tuple[tuple[str, pa.DataType, bool], ...]:
    """Name, type and whether null is allowed of every column."""
    return tuple((field.name, field.type, field.nullable) for field in arrow_schema(table))


def repeated(values: Sequence[Any], codes: Sequence[int] | NDArray[np.integer], kind: pa.DataType) -> pa.Array:
    """An array of few distinct values, each converted once: `codes` are places in `values`."""
    return as_array(values, kind).take(pa.array(codes, pa.int64()))


def places_in_bytes(encoded: bytes, places: NDArray[np.integer]) -> NDArray[np.integer]:
    """Where characters of a text begin in its UTF-8."""
    if encoded.isascii():
        return places
    firsts = np.flatnonzero(np.frombuffer(encoded, np.int8) >= -64)  # the other bytes go on with a character
    found: NDArray[np.integer] = firsts[places]
    return found


def stretches(encoded: bytes, starts: NDArray[np.integer], nulls: Sequence[int] = ()) -> pa.Array:
    """A text in UTF-8 as strings that tile it, each from its start, in bytes, to the next one's; `nulls` are none."""
    offsets, valid = pa.py_buffer(np.append(starts, len(encoded)).astype(np.int32)), None
    if nulls:
        is_valid = np.ones(len(starts), bool)
        is_valid[list(nulls)] = False
        valid = pa.py_buffer(np.packbits(is_valid, bitorder="little"))
    return pa.StringArray.from_buffers(len(starts), offsets, pa.py_buffer(encoded), valid, len(nulls))


def is_unicode(text: str) -> bool:
    """Whether a text holds no lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def scrub(value: Any) -> Any:
    """The value with U+FFFD for every lone surrogate, in lists, tuples and dictionaries too."""
    if isinstance(value, str):
        return SURROGATES.sub(lambda found: "\ufffd" * len(found.group()), value)
    if isinstance(value, dict):
        return {name: scrub(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [scrub(inner) for inner in value]
    return value


def as_array(values: Sequence[Any] | pa.Array, kind: pa.DataType) -> pa.Array:
    """Values as an array of a type; lone surrogates become U+FFFD."""
    if isinstance(values, pa.Array):
        return values
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([scrub(value) for value in values], kind)
