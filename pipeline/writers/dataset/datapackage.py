"""`datapackage.json`: the tables as a Data Package with table schemas."""

from __future__ import annotations

from typing import Any

from ..parquet.schema import Column, Table, tables
from .about import GENERATOR, About
from .figures import Figures

TYPES = {
    "string": "string",
    "binary": "string",
    "bool": "boolean",
    "int32": "integer",
    "int64": "integer",
    "float64": "number",
}


def datapackage(about: About, figures: Figures) -> dict[str, Any]:
    """The descriptor; a resource is a table with all its files."""
    found: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "sources": [{"title": f"made with {GENERATOR}"}],
        "keywords": list(about.keywords),
    }
    if about.version:
        found["version"] = about.version
    if about.address:
        found["homepage"] = about.address
    if about.licence:
        key = "name" if about.is_spdx else "path" if about.is_linked else "title"
        found["licenses"] = [{key: about.licence, **({"name": "other"} if key == "title" else {})}]
    if about.authors:
        found["contributors"] = [{"title": author.name, "roles": ["creator"]} for author in about.authors]
    return {**found, "resources": [_resource(table, figures) for table in tables().values()]}


def _resource(table: Table, figures: Figures) -> dict[str, Any]:
    files = [file for file in figures.files if file.table == table.name]
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": files[0].path if len(files) == 1 else [file.path for file in files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **({"bytes": files[0].bytes, "hash": f"sha256:{files[0].sha256}"} if len(files) == 1 else {}),
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    # An empty text is a value here, and only null is none.
    found: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": []}
    if table.primary_key:
        found["primaryKey"] = list(table.primary_key)
    keys = [
        {
            "fields": list(key.columns),
            "reference": {"resource": "" if key.table == table.name else key.table, "fields": list(key.reference)},
        }
        for key in table.foreign_keys
        if key.table in tables() and set(key.reference) == set(tables()[key.table].primary_key)
    ]
    return {**found, **({"foreignKeys": keys} if keys else {})}


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.type, "array"),
        "description": column.description + (f" Unit: {column.unit}." if column.unit else ""),
    }
    if column.type == "binary":
        found["format"] = "binary"
    if column.example is not None:
        found["example"] = column.example
    if not column.nullable:
        found["constraints"] = {"required": True}
    return found
