"""The word list of a corpus: how often each word stands in all its sources, for `line_ends.words`.

Words are counted in the text after `letters` and before any line end is decided, halves of cut words
left out: so the list never repeats a decision that was made with its help.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from . import engines, settings
from .cleaning import Cleaned, read
from .corpus import Failure, Origin, discover, failure
from .errors import JiaokanError, OutputError, SourceError
from .evidence import Evidence
from .places import Place
from .runner import run
from .settings import Settings
from .vocabulary import vocabulary

SCHEMA = pa.schema(
    [
        pa.field("word", pa.string(), False, {"description": "The word in lower case; a compound with its hyphens."}),
        pa.field("count", pa.int64(), False, {"description": "How often it stands in the corpus."}),
    ]
)


class Task(NamedTuple):
    """One source whose words are to be counted."""

    origin: Origin
    settings: Settings


class Counted(NamedTuple):
    """The words of one source, or why there are none."""

    words: Counter[str]
    failure: Failure | None


class WordList(NamedTuple):
    """What was counted: different words, all words, and sources that could not be read."""

    different: int
    total: int
    failures: tuple[Failure, ...]


def count(task: Task) -> Counted:
    """The words of one source; never raises for a source that cannot be read."""
    try:
        source, remarks = read(task.origin, task.settings, Cleaned())
        document = run(source, task.settings.options, remarks, until="letters").document
        return Counted(Counter(vocabulary(Evidence(document))), None)
    except JiaokanError as error:
        return Counted(Counter(), failure(task.origin.doc_id, error.path or task.origin.files[0], error))


def write(raw: Place, path: Path, jobs: int = 0) -> WordList:
    """Count the words of every source of `raw` and write them to a Parquet file, sorted.

    Raises `SettingsError`, and `OutputError` where the file cannot be written; sources that fail are left out
    and returned.
    """
    # The list must not depend on the list it replaces, nor fail because that one is not there yet.
    corpus_settings = settings.load(settings.find(raw), words=False)
    corpus = discover(raw)
    words: Counter[str] = Counter()
    failures = list(corpus.failures)
    tasks = [Task(origin, corpus_settings) for origin in corpus.origins]
    for number, counted in engines.run(count, tasks, jobs or engines.cores()):
        if isinstance(counted, engines.Lost):
            origin = tasks[number].origin
            failures.append(failure(origin.doc_id, origin.files[0], SourceError(str(counted), mend="give it memory")))
            continue
        words.update(counted.words)
        failures += [counted.failure] if counted.failure else []
    ordered = sorted(words.items())
    table = pa.table([[word for word, _ in ordered], [number for _, number in ordered]], schema=SCHEMA)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="zstd", write_page_index=True)
    except OSError as error:
        told = f"cannot be written: {error.strerror or error}"
        raise OutputError(told, path=str(path), mend="choose another file with -o") from None
    failures.sort(key=lambda one: (one.path, one.message))
    return WordList(len(ordered), words.total(), tuple(failures))
