"""Rows to a Parquet file of one table: row groups of a fixed size, the file named after its content."""

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


class Part:
    """One file of a table: the rows of documents in, row groups of a fixed number of rows out.

    What the file holds and is called depends on the rows only, not on how many come at once.  Until it is complete it
    is `new`.
    """

    def __init__(self, name: str, new: Path) -> None:
        self._name, self._new, self._schema = name, new, arrow_schema(name)
        self._size = GROUP_ROWS.get(name, GROUP_ROWS_ELSE)
        self._rest: list[pa.RecordBatch] = []
        self._waiting: list[Rows] = []
        self._count = 0  # rows of both
        self._file: pq.ParquetWriter | None = None

    def add(self, rows: Rows) -> None:
        """Take rows in."""
        if not len(rows):
            return
        self._waiting.append(rows)
        self._count += len(rows)
        if self._count >= self._size:
            self._flush(self._size)

    def close(self, folder: Path, *, if_empty: bool = False) -> Path | None:
        """End the file and give it its name in `folder`; without rows there is none, unless `if_empty`."""
        if self._count:
            self._flush(1)
        if self._file is None and not if_empty:
            return None
        (self._file or self._open(self._schema.empty_table())).close()
        self._file = None
        with self._new.open("rb") as written:
            digest = file_digest(written, "sha256").hexdigest()
        folder.mkdir(parents=True, exist_ok=True)
        return self._new.rename(folder / f"part-{digest[:DIGITS]}.parquet")

    def abandon(self) -> None:
        """Close what is open, unfinished as it is."""
        if self._file is not None:
            self._file.close()
            self._new.unlink(missing_ok=True)

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
        filters = {
            column: {"ndv": max(1, pc.count_distinct(group.column(column)).as_py()), "fpp": FALSE_POSITIVES}
            for column in self._schema.names
            if column.endswith(FILTERED)
        }
        settings = _settings(self._name, self._schema)
        return pq.ParquetWriter(self._new, self._schema, bloom_filter_options=filters, **settings)


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
