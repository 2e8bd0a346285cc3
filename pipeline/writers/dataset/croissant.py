"""`croissant.json`: the tables as record sets of Croissant 1.0 (JSON-LD)."""

from __future__ import annotations

from typing import Any

from ..parquet.schema import Column, Table, tables
from ..tally import File
from .about import About
from .figures import Figures

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {
    "string": "sc:Text",
    "binary": "sc:Text",
    "bool": "sc:Boolean",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "float64": "sc:Float",
    "list<string>": "sc:Text",
}


def croissant(about: About, figures: Figures) -> dict[str, Any]:
    """The description: a file object for each Parquet file, a file set and a record set for each table."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.name,
        "alternateName": about.title,
        "description": about.description,
        "keywords": list(about.keywords),
        "inLanguage": list(figures.languages),
    }
    for key, value in (("version", about.version), ("license", about.licence), ("url", about.address)):
        if value:
            found[key] = value
    if about.authors:
        kinds = [("sc:Person" if author.given else "sc:Organization", author.name) for author in about.authors]
        found["creator"] = [{"@type": kind, "name": name} for kind, name in kinds]
    found["distribution"] = [*(_file(file) for file in figures.files), *(_files(name) for name in tables())]
    found["recordSet"] = [_record_set(table) for table in tables().values()]
    return found


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _files(table: str) -> dict[str, Any]:
    """All files of a table: they lie in the folder of the description, so that they are in nothing else."""
    return {
        "@type": "cr:FileSet",
        "@id": f"{table}-files",
        "name": f"{table}-files",
        "encodingFormat": "application/x-parquet",
        "includes": f"parquet/{table}/*.parquet",
    }


def _record_set(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
    }
    if table.primary_key:
        found["key"] = [{"@id": f"{table.name}/{column}"} for column in table.primary_key]
    # No `references`: readers take them for joins; the keys are in datapackage.json.
    found["field"] = [_field(table.name, column) for column in table.columns]
    return found


def _field(table: str, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.description + (f" Unit: {column.unit}." if column.unit else ""),
        "source": {"fileSet": {"@id": f"{table}-files"}, "extract": {"column": column.name}},
    }
    if column.type.startswith("list<"):
        found["repeated"] = True
    if column.fields:
        found["subField"] = [_sub_field(table, column, inner) for inner in column.fields]
    else:
        found["dataType"] = TYPES[column.type]
    return found


def _sub_field(table: str, column: Column, inner: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}/{inner.name}",
        "name": inner.name,
        "description": inner.description,
        "dataType": TYPES[inner.type],
        **({"repeated": True} if inner.type.startswith("list<") else {}),
        "source": {
            "fileSet": {"@id": f"{table}-files"},
            "extract": {"column": column.name},
            "transform": {"jsonPath": inner.name},
        },
    }
