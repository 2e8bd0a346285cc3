"""The tables of a build, read one document at a time, cheapest in the order of ids.

Of every table one or two row groups are in memory, whatever the size of the corpus.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..errors import OutputError
from ..manifest import FORMAT, MANIFEST
from ..tables import KEY, Rows, rows_by_document, table_files

# What is read of each table.  What one of two builds, of another version, does not have is not compared.
SOURCES = ("seq", "path", "sha256", "raw_start", "raw_end", "text_sha256", "status", "error")
READ: Mapping[str, tuple[str, ...]] = {
    "articles": ("doc_id", "article_id", "seq", "kind", "lang", "title", "subtitle", "alt_titles", "authors", "abstracts",
                 "keywords", "doi", "class_codes", "journal", "volume", "issue", "date", "page_first", "page_last",
                 "rule"),
    "sections": ("section_id", "article_id", "parent_id", "seq", "level", "label", "title", "run_in"),
    "paragraphs": ("paragraph_id", "article_id", "section_id", "seq", "kind", "lang", "text"),
    "notes": ("note_id", "article_id", "labels", "place", "type", "text", "refs"),
    "collation": ("doc_id", "raw_start", "raw_end", "fate", "tag", "rules", "raw", "reading", "page", "block_id",
                  "block_start"),
}  # fmt: skip
GROUPS = 2  # row groups of a table that are kept


class SourceFile(msgspec.Struct):
    """An entry of the manifest."""

    path: str
    sha256: str


class Facts(msgspec.Struct):
    """What of a manifest is needed; all else in it is passed over."""

    jiaokan: str
    format: int
    settings: str
    sources: list[SourceFile]
    options: dict[str, Any] | None = None


class Build:
    """An output folder; raises `OutputError` for one that is none or is damaged."""

    def __init__(self, out: Path) -> None:
        self.folder = out / "parquet"
        self.facts = _facts(out)
        self.sidecars = {one.path: one.sha256 for one in self.facts.sources if one.path.endswith(".toml")}
        missing = next((name for name in ("sources", *READ) if not table_files(self.folder, name)), None)
        if missing:
            raise OutputError(f"has no table {missing!r}", path=str(out), mend="build it again")
        self._tables = {name: _Table(self.folder, name, columns) for name, columns in READ.items()}

    def sources(self) -> Iterator[Rows]:
        """The rows of `sources`, document by document in the order of ids."""
        return rows_by_document(self.folder, "sources", SOURCES)

    def rows(self, table: str, doc_id: str) -> pa.Table:
        """The rows of a document in one table."""
        return self._tables[table].rows(doc_id)

    def restrict(self, other: Build) -> None:
        """Read only columns that the other build has too."""
        for name, table in self._tables.items():
            table.columns = [column for column in table.columns if column in other._tables[name].columns]


class _Table:
    """One table with an index of its row groups: first and last document of each."""

    def __init__(self, folder: Path, name: str, columns: Sequence[str]) -> None:
        self._files = table_files(folder, name)
        self._groups: list[tuple[str, str, int, int]] = []  # (last document, first document, file, group)
        self._loaded: OrderedDict[int, tuple[pa.Table, dict[str, tuple[int, int]]]] = OrderedDict()
        for number, path in enumerate(self._files):
            try:
                with pq.ParquetFile(path) as file:
                    there = set(file.schema_arrow.names)
                    for group in range(file.num_row_groups):
                        keys = file.read_row_group(group, columns=[KEY]).column(0)
                        self._groups.append((keys[-1].as_py(), keys[0].as_py(), number, group))
            except (OSError, pa.ArrowException) as error:
                raise OutputError(f"cannot be read: {error}", path=str(path), mend="build it again") from None
            self.columns = [column for column in columns if column in there]
        self._groups.sort()

    def rows(self, doc_id: str) -> pa.Table:
        """The rows of a document; none where it has none."""
        found = []
        at = bisect_left(self._groups, (doc_id, "", -1, -1))
        for number in range(at, len(self._groups)):
            if self._groups[number][1] > doc_id:
                break
            table, stretches = self._load(number)
            if doc_id in stretches:
                start, end = stretches[doc_id]
                found.append(table.slice(start, end - start))
        if found:
            return pa.concat_tables(found)
        return self._load(0)[0].slice(0, 0) if self._groups else pa.table({column: [] for column in self.columns})

    def _load(self, number: int) -> tuple[pa.Table, dict[str, tuple[int, int]]]:
        if number in self._loaded:
            self._loaded.move_to_end(number)
            return self._loaded[number]
        _, _, file, group = self._groups[number]
        with pq.ParquetFile(self._files[file]) as opened:
            table = opened.read_row_group(group, columns=list(dict.fromkeys([KEY, *self.columns])))
        if len(self._loaded) >= GROUPS:
            self._loaded.popitem(last=False)
        self._loaded[number] = table.select(self.columns), self._stretches(table.column(KEY))
        return self._loaded[number]

    def _stretches(self, keys: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
        runs = pc.run_end_encode(keys.combine_chunks().cast(pa.string()))
        found: dict[str, tuple[int, int]] = {}
        start = 0
        for key, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            found[key] = (found[key][0] if key in found else start, end)
            start = end
        return found


def _facts(out: Path) -> Facts:
    path = out / MANIFEST
    try:
        facts = msgspec.json.decode(path.read_bytes(), type=Facts)
    except OSError:
        raise OutputError("is no output of jiaokan: it has no manifest.json", path=str(out), mend="run `jiaokan build`") from None  # fmt: skip
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise OutputError("is damaged", path=str(path), mend="build it again") from None
    if facts.format != FORMAT:
        raise OutputError(f"has format {facts.format}, not {FORMAT}", path=str(path), mend="build it again")
    return facts
