"""Record batches to files: one Arrow file a document, one Parquet file a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ...errors import OutputError
from .schema import arrow_schema, tables

# Rows in a row group: few where a row holds a whole article.  Also what the parent keeps in memory.
GROUP_ROWS = {"articles": 256, "sections": 65_536, "paragraphs": 16_384, "notes": 16_384, "collation": 65_536}
GROUP_ROWS_ELSE = 65_536
FILE = "part-00000.parquet"
BUFFER = 1 << 16  # bytes that wait to be written

# Columns of few distinct values are dictionaries; numbers that ascend are written as differences.
DICTIONARY = ("doc_id", "kind", "lang", "script", "rule", "certainty", "status", "reader", "fate", "tag", "type",
              "rules.list.element", "page", "level", "place", "journal", "volume", "issue", "date", "article_id",
              "section_id", "parent_id", "block_id", "page_first", "page_last", "n", "score", "label", "reading",
              "encodings.list.element.encoding")  # fmt: skip
DELTA = ("seq", "raw_start", "raw_end", "block_start")


def store_tables(batches: Mapping[str, pa.RecordBatch], path: Path) -> None:
    """Write the tables of one document into one file, one Arrow stream after the other.

    Arrow writes every buffer of a column by itself: without a buffer most of the time goes to the system.
    """
    with pa.OSFile(str(path), "wb") as file, pa.BufferedOutputStream(file, BUFFER) as sink:
        for name in tables():
            with pa.ipc.new_stream(sink, arrow_schema(name)) as writer:
                writer.write_batch(batches[name])


def load_tables(path: Path) -> dict[str, pa.RecordBatch]:
    """Read what `store_tables` wrote.  Raises `OutputError` for a file that is damaged or not ours."""
    found: dict[str, pa.RecordBatch] = {}
    try:
        with pa.OSFile(str(path), "rb") as file:
            for name in tables():
                with pa.ipc.open_stream(file) as reader:
                    table = reader.read_all()
                found[name] = _one_batch(table)
    except (pa.ArrowInvalid, OSError) as error:
        raise OutputError(str(error), path=path.name, mend="delete it and build again") from error
    if any(not batch.schema.equals(arrow_schema(name)) for name, batch in found.items()):
        raise OutputError("holds other columns than this version writes", path=path.name, mend="build again")
    return found


def write_tables(folder: Path, documents: Iterable[Mapping[str, pa.RecordBatch]]) -> dict[str, int]:
    """Write `folder/<table>/*.parquet`; `documents` come in ascending order of their doc_id.

    Tables without rows are written too.  Returns the rows of each table; raises `OutputError` where the
    documents are out of order or one comes twice.
    """
    writers = {name: _Writer(folder / name, name) for name in tables()}
    previous = ""
    try:
        for document in documents:
            doc_id = document["sources"].column("doc_id")[0].as_py()
            if doc_id <= previous:
                raise OutputError(f"document {doc_id!r} comes after {previous!r}: a bug, they must be in order")
            previous = doc_id
            for name, writer in writers.items():
                writer.add(document[name])
    finally:
        for writer in writers.values():
            writer.close()
    return {name: writer.rows for name, writer in writers.items()}


class _Writer:
    """One table's file: batches of any size in, row groups of a fixed size out."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._schema = arrow_schema(name)
        self._size = GROUP_ROWS.get(name, GROUP_ROWS_ELSE)
        self._waiting: list[pa.RecordBatch] = []
        self._count = 0
        self._file = pq.ParquetWriter(folder / FILE, self._schema, **_settings(name, self._schema))

    def add(self, batch: pa.RecordBatch) -> None:
        self.rows += batch.num_rows
        self._waiting.append(batch)
        self._count += batch.num_rows
        if self._count >= self._size:
            self._flush(self._size)

    def close(self) -> None:
        if self._count:
            self._flush(1)
        self._file.close()

    def _flush(self, least: int) -> None:
        """Write full row groups while at least `least` rows wait; the last one may be short."""
        table = pa.Table.from_batches(self._waiting, self._schema)
        at = 0
        while table.num_rows - at >= least and at < table.num_rows:
            group = table.slice(at, self._size).combine_chunks()
            self._file.write_table(group, row_group_size=self._size)
            at += group.num_rows
        rest = table.slice(at)
        self._waiting, self._count = rest.to_batches(), rest.num_rows


def _settings(name: str, schema: pa.Schema) -> dict[str, object]:
    """Every choice written out, so that another version's defaults change nothing."""
    leaves = _leaves(schema)
    delta = [leaf for leaf in leaves if leaf in DELTA]
    return {
        "version": "2.6",
        "compression": "zstd",
        "compression_level": 3,
        "use_dictionary": [leaf for leaf in leaves if leaf in DICTIONARY],
        "column_encoding": dict.fromkeys(delta, "DELTA_BINARY_PACKED"),
        "write_statistics": True,
        "write_page_index": True,
        "data_page_version": "1.0",
        "data_page_size": 1 << 20,
        "write_batch_size": 1024,
        "dictionary_pagesize_limit": 1 << 20,
        "use_compliant_nested_type": True,
        "store_schema": True,
        "sorting_columns": pq.SortingColumn.from_ordering(
            schema, [(column, "ascending") for column in tables()[name].sorted_by]
        ),
    }


def _leaves(schema: pa.Schema) -> list[str]:
    """Parquet's names of all leaf columns."""

    def walk(field: pa.Field, path: str) -> list[str]:
        if pa.types.is_list(field.type):
            return walk(field.type.value_field, f"{path}.list.element")
        if pa.types.is_struct(field.type):
            return [leaf for inner in field.type for leaf in walk(inner, f"{path}.{inner.name}")]
        return [path]

    return [leaf for field in schema for leaf in walk(field, field.name)]


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
