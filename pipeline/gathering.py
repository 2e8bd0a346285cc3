"""The tables of all documents put together: each worker writes some tables, from what all of them left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from . import engines
from .cleaning import uncollected
from .errors import OutputError
from .writers import parquet
from .writers.parquet import Stored

# Tables that take about as long as each other, the longest first.
GROUPS = (
    ("collation",),
    ("articles", "paragraphs", "sections", "notes"),
    ("sentences", "sources", "pages", "remarks", "alignments"),
)
# So many times the text for which other processes clean, they write tables too: where they have begun, and where not.
WORTH, WORTH_BEGINNING = 10, 100


class Failed(NamedTuple):
    """A source that has only rows in `sources`: what `parquet.rows_of_failure` wants to know."""

    doc_id: str
    files: tuple[tuple[str, str | None, int | None], ...]
    reader: str | None
    error: str


@dataclass(frozen=True, slots=True)
class Task:
    """Some tables of all documents, which lie in `shelf`, into `folder`; `cuts` begin another file."""

    folder: Path
    shelf: Path
    documents: Sequence[Stored | Failed]
    cuts: frozenset[str]
    names: Sequence[str]


def gather(
    folder: Path,
    shelf: Path,
    documents: Sequence[Stored | Failed],
    lengths: Mapping[str, int],
    jobs: int,
    *,
    have_begun: bool = False,
) -> None:
    """Write `folder/<table>/*.parquet`; the documents, in the order of their ids, lie in `shelf`.

    `lengths` are the characters of each document's witness; `have_begun` says that other processes were at work in this build.
    Raises `OSError` where the folder cannot be written, and `OutputError`.
    """
    is_long = sum(lengths.values()) >= engines.ALONE * (WORTH if have_begun else WORTH_BEGINNING)
    groups = GROUPS if jobs > 1 and is_long else [tuple(parquet.tables())]
    cuts = parquet.cuts_of(lengths)
    tasks = [Task(folder, shelf, documents, cuts, names) for names in groups]
    with closing(engines.run(write, tasks, jobs)) as results:
        for _, told in results:
            if isinstance(told, engines.Lost):
                raise OutputError(
                    f"the tables could not be written: {told}", mend="give it more memory, or fewer --jobs"
                )
            if told is not None:
                raise told


@uncollected()
def write(task: Task) -> Exception | None:
    """Write the tables of a task; what went wrong."""
    try:
        parquet.write_tables(task.folder, _documents(task), task.cuts, task.names)
    except Exception as error:
        return error
    return None


def _documents(task: Task) -> Iterator[parquet.Tables]:
    shelf, names = parquet.Shelf(task.shelf), {*task.names, "sources"}
    for one in task.documents:
        yield shelf.load(one, names) if isinstance(one, Stored) else parquet.rows_of_failure(*one)
