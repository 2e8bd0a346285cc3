"""Hold `out/parquet` to account: `check_tables(folder)` says everything that does not fit together.

The strongest check: the rows of the collation, put together again, give the raw files (by their SHA-256)
on one side and the text of every paragraph, note, head and title on the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ..tables import table_files
from ..writers.parquet.schema import arrow_schema, tables
from .document import Document, Finding, documents
from .ids import check_ids, check_places
from .texts import check_article_texts, check_sentences, check_texts, rebuild
from .witness import check_bytes, check_partition

__all__ = ["Finding", "check_tables"]


def check_tables(folder: Path) -> list[Finding]:
    """All findings in `out/parquet`, none if it is sound; damaged files are findings, not errors."""
    findings = list(_check_columns(folder))
    if findings:
        return findings
    try:
        for document in documents(folder, findings):
            findings.extend(_check_document(document))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        findings.append(Finding(folder.name, 0, f"cannot be read: {error}"))
    return findings


def _check_columns(folder: Path) -> Iterator[Finding]:
    for table in tables():
        files = table_files(folder, table)
        if not files:
            yield Finding(f"{folder.name}/{table}", 0, "the table is missing")
        for path in files:
            name = f"{folder.name}/{table}/{path.name}"
            try:
                found = pq.read_schema(path)
            except (pa.ArrowException, OSError) as error:
                yield Finding(name, 0, f"cannot be read: {error}")
                continue
            wanted = arrow_schema(table)
            if not found.equals(wanted):
                differing = sorted({*found.names} ^ {*wanted.names}) or [
                    field.name for field, other in zip(found, wanted, strict=True) if not field.equals(other)
                ]
                yield Finding(name, 0, f"other columns than schemas/dataset.json says: {', '.join(differing)}")


def _check_document(document: Document) -> Iterator[Finding]:
    if "failed" in document["sources"]["status"]:
        for table in tables():
            if table != "sources" and len(document[table]):
                yield document.finding(table, 0, f"{document.doc_id!r} failed and has rows all the same")
        return
    yield from check_partition(document)
    yield from check_bytes(document)
    yield from rebuild(document)
    yield from check_texts(document)
    yield from check_article_texts(document)
    yield from check_sentences(document)
    yield from check_ids(document)
    yield from check_places(document)
