"""Rows to the Parquet files of one table: row groups of a fixed size, files named after their content."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .rows import Rows, batch_of
from .schema import arrow_schema, tables

# Rows in a row group: few where a row holds a whole article.  Also what the parent keeps in memory.
GROUP_ROWS = {"articles": 256, "paragraphs": 16_384, "notes": 16_384}
GROUP_ROWS_ELSE = 65_536
UNNAMED = "part.new"  # a file until it is complete
DIGITS = 16  # of the SHA-256 of a file, in its name

# Columns of few distinct values are dictionaries; numbers that ascend are written as differences.
DICTIONARY = ("doc_id", "kind", "lang", "script", "rule", "certainty", "status", "reader", "fate", "tag", "type",
              "rules.list.element", "page", "level", "place", "journal", "volume", "issue", "date", "article_id",
              "section_id", "parent_id", "block_id", "page_first", "page_last", "n", "score", "label", "reading",
              "encodings.list.element.encoding")  # fmt: skip
DELTA = ("seq", "raw_start", "raw_end", "block_start")
# Columns by which single rows are looked up; the filter tells which row groups do not hold a value.
FILTERED = "_id"  # the end of their names
FALSE_POSITIVES = 0.01


class Parts:
    """One table's files: the rows of documents in, row groups of a fixed number of rows out.

    `rows` is the number of rows taken in so far.  What the files hold and are called depends on the rows
    and the cuts only, not on how many come at once.
    """

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._folder, self._name, self._schema = folder, name, arrow_schema(name)
        self._size = GROUP_ROWS.get(name, GROUP_ROWS_ELSE)
        self._rest: list[pa.RecordBatch] = []
        self._waiting: list[Rows] = []
        self._count = 0  # rows of both
        self._file: pq.ParquetWriter | None = None
        self._is_empty = True

    def add(self, rows: Rows) -> None:
        """Take rows in."""
        if not len(rows):
            return
        self.rows += len(rows)
        self._waiting.append(rows)
        self._count += len(rows)
        if self._count >= self._size:
            self._flush(self._size)

    def cut(self) -> None:
        """End a file, if there are rows for one."""
        if self._count:
            self._flush(1)
        if self._file is not None:
            self._finish(self._file)

    def close(self) -> None:
        """End the last file; a table without rows is a file without rows."""
        self.cut()
        if self._is_empty:
            self._finish(self._open(self._schema.empty_table()))

    def abandon(self) -> None:
        """Close what is open, unfinished as it is."""
        if self._file is not None:
            self._file.close()

    def _flush(self, least: int) -> None:
        """Write full row groups while at least `least` rows wait; the last one may be short."""
        table = pa.Table.from_batches([*self._rest, batch_of(self._name, self._waiting)], self._schema)
        at = 0
        while table.num_rows - at >= least and at < table.num_rows:
            group = table.slice(at, self._size).combine_chunks()
            self._file = self._file or self._open(group)
            self._file.write_table(group, row_group_size=self._size)
            at += group.num_rows
        rest = table.slice(at)
        self._rest, self._waiting, self._count = rest.to_batches(), [], rest.num_rows

    def _open(self, group: pa.Table) -> pq.ParquetWriter:
        """A file whose filters have room for what its first row group holds."""
        self._is_empty = False
        filters = {
            column: {"ndv": max(1, pc.count_distinct(group.column(column)).as_py()), "fpp": FALSE_POSITIVES}
            for column in self._schema.names
            if column.endswith(FILTERED)
        }
        settings = _settings(self._name, self._schema)
        return pq.ParquetWriter(self._folder / UNNAMED, self._schema, bloom_filter_options=filters, **settings)

    def _finish(self, file: pq.ParquetWriter) -> None:
        file.close()
        self._file = None
        with (self._folder / UNNAMED).open("rb") as written:
            digest = file_digest(written, "sha256").hexdigest()
        (self._folder / UNNAMED).rename(self._folder / f"part-{digest[:DIGITS]}.parquet")


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
        "max_rows_per_page": 20_000,
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
