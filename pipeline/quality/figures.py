"""What is counted of every document, read from the tables in one pass with one document in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ..tables import KEY, rows_by_document, table_files

BATCH = 65_536
UNBALANCED = ("marker-without-note", "note-without-marker")  # rules of the remarks on them
_BINS = 101  # certainties from 0 to 100 per cent


@dataclass(slots=True)
class Figures:
    """One document.  `certainties` are its raw characters by certainty in per cent, empty where not asked for."""

    doc_id: str
    path: str
    status: str
    error: str
    characters: int = 0
    articles: int = 0
    untitled: int = 0
    remarks: Counter[str] = field(default_factory=Counter)
    certainties: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def unbalanced(self) -> int:
        """Notes without a marker and markers without a note."""
        return sum(self.remarks[rule] for rule in UNBALANCED)

    @property
    def median(self) -> int:
        """The certainty, in per cent, that half of the characters do not exceed; 100 where there are none."""
        sums = np.cumsum(self.certainties)
        return int(np.searchsorted(sums, (sums[-1] + 1) // 2)) if len(sums) and sums[-1] else 100

    def below(self, certainty: int) -> int:
        """Characters of a certainty below so many per cent."""
        return int(self.certainties[:certainty].sum())


def measure(out: Path, *, certainties: bool) -> Iterator[Figures]:
    """Every document of an output folder, in the order of ids; `certainties` reads the collation too."""
    folder = out / "parquet"
    remarks = _Stream(folder, "remarks", ("rule",))
    articles = _Stream(folder, "articles", ("seq", "title"))
    collation = _Stream(folder, "collation", ("raw_start", "raw_end", "certainty")) if certainties else None
    for rows in rows_by_document(folder, "sources", ("path", "status", "error", "raw_start", "raw_end", "articles")):
        found = Figures(rows.doc_id, rows["path"][0], rows["status"][0], rows["error"][0] or "")
        found.characters = sum(end - start for start, end in rows.rows("raw_start", "raw_end") if end is not None)
        found.articles = sum(rows["articles"])
        for piece in remarks.of(rows.doc_id):
            found.remarks.update(piece.column("rule").to_pylist())
        for piece in articles.of(rows.doc_id):
            is_untitled = pc.and_(pc.greater(piece.column("seq"), 0), _is_blank(piece.column("title")))
            found.untitled += pc.sum(is_untitled).as_py() or 0
        if collation is not None:
            found.certainties = np.zeros(_BINS, np.int64)
            for piece in collation.of(rows.doc_id):
                found.certainties += _by_certainty(piece)
        yield found


def _is_blank(titles: pa.Array) -> pa.Array:
    return pc.equal(pc.utf8_trim_whitespace(pc.fill_null(titles, "")), "")


def _by_certainty(piece: pa.RecordBatch) -> NDArray[np.int64]:
    starts, ends = piece.column("raw_start").to_numpy(), piece.column("raw_end").to_numpy()
    bins = np.rint(piece.column("certainty").to_numpy() * 100).astype(np.int64)  # hundredths, so this is exact
    found = np.zeros(_BINS, np.int64)
    np.add.at(found, bins, ends - starts)
    return found


class _Stream:
    """The rows of a table by document; documents are asked for in the order of ids."""

    def __init__(self, folder: Path, table: str, columns: Sequence[str]) -> None:
        self._pieces = _pieces(folder, table, [KEY, *columns])
        self._next = next(self._pieces, None)

    def of(self, doc_id: str) -> Iterator[pa.RecordBatch]:
        while self._next is not None and self._next[0] <= doc_id:
            if self._next[0] == doc_id:
                yield self._next[1]
            self._next = next(self._pieces, None)


def _pieces(folder: Path, table: str, columns: list[str]) -> Iterator[tuple[str, pa.RecordBatch]]:
    for path in table_files(folder, table):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, columns=columns):
                runs = pc.run_end_encode(batch.column(KEY).cast(pa.string()))
                start = 0
                for name, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
                    yield name, batch.slice(start, end - start)
                    start = end
