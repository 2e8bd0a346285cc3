"""The tables of all documents put together: each worker writes the files of some documents that follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from . import engines
from .cleaning import uncollected
from .errors import OutputError
from .writers import parquet
from .writers.dataset import count_files
from .writers.parquet import Stored
from .writers.tally import Shard

# So many times the text for which other processes clean, they write tables too: where they have begun, and where not.
WORTH, WORTH_BEGINNING = 10, 100


class Failed(NamedTuple):
    """A source that has only rows in `sources`: what `parquet.rows_of_failure` wants to know."""

    doc_id: str
    files: tuple[tuple[str, str | None, int | None], ...]
    reader: str | None
    error: str


class Stretch(NamedTuple):
    """The documents of one shard, in the order of their ids, and the characters of their witnesses."""

    documents: Sequence[Stored | Failed]
    length: int


@dataclass(frozen=True, slots=True)
class Task:
    """The tables of some documents, which lie in `shelf`, into `folder`."""

    folder: Path
    shelf: Path
    documents: Sequence[Stored | Failed]


def gather(
    folder: Path, shelf: Path, stretches: Sequence[Stretch], jobs: int, *, have_begun: bool = False
) -> list[Shard]:
    """Write `folder/<table>/*.parquet`, one file for each stretch; the documents lie in `shelf`.

    `have_begun` says that other processes were at work in this build.
    Raises `OSError` where the folder cannot be written, and `OutputError`.
    """
    is_long = sum(one.length for one in stretches) >= engines.ALONE * (WORTH if have_begun else WORTH_BEGINNING)
    order = sorted(range(len(stretches)), key=lambda at: -stretches[at].length)
    tasks = [Task(folder, shelf, stretches[at].documents) for at in order]
    found: dict[int, Shard] = {}
    with closing(engines.run(write, tasks, jobs if is_long else 1)) as results:
        for number, told in results:
            if isinstance(told, engines.Lost):
                raise OutputError(
                    f"the tables could not be written: {told}", mend="give it more memory, or fewer --jobs"
                )
            if isinstance(told, Exception):
                raise told
            found[order[number]] = told
    return [found[at] for at in range(len(stretches))]


@uncollected()
def write(task: Task) -> Shard | Exception:
    """Write the tables of a task and count them; or what went wrong."""
    try:
        return count_files(parquet.write_shard(task.folder, _documents(task), task.shelf))
    except Exception as error:
        return error


def _documents(task: Task) -> Iterator[parquet.Tables]:
    shelf = parquet.Shelf(task.shelf)
    for one in task.documents:
        yield shelf.load(one) if isinstance(one, Stored) else parquet.rows_of_failure(*one)
