"""The tables of an output folder, read back."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import OutputError

Row = dict[str, Any]


def load(out: Path, name: str, doc_id: str = "", columns: Sequence[str] | None = None) -> pa.Table:
    """A table, or only the rows of one document; raises `OutputError` where it cannot be read."""
    folder = out / "parquet" / name
    if not folder.is_dir():
        raise OutputError(f"has no table {name!r}", path=str(out), mend="run `jiaokan build`")
    try:
        return pq.read_table(folder, columns=columns, filters=[("doc_id", "=", doc_id)] if doc_id else None)
    except (OSError, pa.ArrowException, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise OutputError(f"the table {name!r} cannot be read: {told}", path=str(out), mend="build it again") from None


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
