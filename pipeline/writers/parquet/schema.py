"""The columns of every table, read from `schemas/dataset.json`: the only place where they are written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from ...resources import schema_path

SIMPLE = {
    "string": pa.string(),
    "binary": pa.binary(),
    "bool": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one field of a `struct`; `example` is JSON, bytes in it base64."""

    name: str
    type: str
    nullable: bool
    description: str
    unit: str = ""
    example: object = None
    fields: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that name rows of another table; the table `blocks` is whatever has a block id."""

    columns: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table.  `sorted_by` is empty where rows follow their documents and articles, not a column."""

    name: str
    description: str
    sorted_by: tuple[str, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[Key, ...]
    columns: tuple[Column, ...]


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name, in the order of the contract."""
    described = json.loads(schema_path("dataset.json").read_text("utf-8"))
    return {entry["name"]: _table(entry) for entry in described["tables"]}


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table, with `description` and `unit` as metadata of its fields."""
    return pa.schema([_field(column) for column in tables()[name].columns])


def _table(entry: Mapping[str, object]) -> Table:
    known = dict(entry)
    keys = [
        Key(tuple(key["columns"]), key["table"], tuple(key["reference"]))
        for key in known["foreign_keys"]  # type: ignore[attr-defined]
    ]
    return Table(
        str(known["name"]),
        str(known["description"]),
        tuple(known["sorted_by"]),  # type: ignore[arg-type]
        tuple(known["primary_key"]),  # type: ignore[arg-type]
        tuple(keys),
        tuple(_column(column) for column in known["columns"]),  # type: ignore[attr-defined]
    )


def _column(entry: dict[str, object]) -> Column:
    fields = tuple(_column(field) for field in entry.get("fields", ()))  # type: ignore[attr-defined]
    return Column(**{**entry, "fields": fields})  # type: ignore[arg-type]


def _field(column: Column) -> pa.Field:
    metadata = {"description": column.description, **({"unit": column.unit} if column.unit else {})}
    return pa.field(column.name, _type(column), column.nullable, metadata)


def _type(column: Column) -> pa.DataType:
    if column.type == "list<struct>":
        item: pa.DataType = pa.struct([_field(field) for field in column.fields])
    elif column.type.startswith("list<"):
        item = SIMPLE[column.type[5:-1]]
    else:
        return SIMPLE[column.type]
    return pa.list_(pa.field("element", item, nullable=False))
