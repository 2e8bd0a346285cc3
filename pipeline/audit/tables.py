"""The tables of an output folder, read back."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..arrow import leave_pandas_out
from ..errors import OutputError
from ..tables import KEY, table_files

Row = dict[str, Any]


def load(out: Path, name: str, doc_id: str = "", columns: Sequence[str] | None = None) -> pa.Table:
    """A table, or only the rows of one document; raises `OutputError` where it cannot be read."""
    folder = out / "parquet" / name
    if not folder.is_dir():
        raise OutputError(f"has no table {name!r}", path=str(out), mend="run `jiaokan build`")
    leave_pandas_out()
    try:
        return pa.concat_tables([_read(path, doc_id, columns) for path in table_files(folder.parent, name)])
    except (OSError, pa.ArrowException, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise OutputError(f"the table {name!r} cannot be read: {told}", path=str(out), mend="build it again") from None


def _read(path: Path, doc_id: str, columns: Sequence[str] | None) -> pa.Table:
    """A file, or only the rows of one document: other row groups are passed over."""
    with pq.ParquetFile(path) as file:
        if not doc_id:
            return file.read(columns)
        groups = [at for at in range(file.num_row_groups) if _may_hold(file.metadata.row_group(at), doc_id)]
        table = file.read_row_groups(groups, columns and [*columns, KEY])
    found = table.filter(pc.equal(table.column(KEY), doc_id))
    return found.select(columns) if columns else found


def _may_hold(group: pq.RowGroupMetaData, doc_id: str) -> bool:
    """Whether a row group may hold rows of a document, as far as its statistics say."""
    chunks = (group.column(at) for at in range(group.num_columns))
    told = next((chunk.statistics for chunk in chunks if chunk.path_in_schema == KEY), None)
    return bool(told is None or not told.has_min_max or told.min <= doc_id <= told.max)


def rows(out: Path, name: str, doc_id: str = "", columns: Sequence[str] | None = None) -> list[Row]:
    """The rows of a table, or of one document in it."""
    found: list[Row] = load(out, name, doc_id, columns).to_pylist()
    return found


def require_document(out: Path, doc_id: str) -> list[Row]:
    """The `sources` rows of a document, in order; raises `OutputError` naming the nearest id."""
    found = sorted(rows(out, "sources", doc_id), key=lambda row: row["seq"])
    if found:
        return found
    known = sorted(set(load(out, "sources", columns=["doc_id"]).column("doc_id").to_pylist()))
    close = get_close_matches(doc_id, known, 1, 0.3)
    mend = f"did you mean {close[0]!r}?" if close else "see the table `sources` for all ids"
    raise OutputError(f"holds no document {doc_id!r}", path=str(out), mend=mend)
