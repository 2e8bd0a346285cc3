"""The table `sentences`: the paragraphs cut up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from ...sentences import split
from .columns import batch, repeated
from .schema import arrow_schema

# One sentence each: their stops end no sentences.
WHOLE = frozenset(("bibl", "table", "formula"))


def sentences_of(paragraphs: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """The sentences of rows of `paragraphs`; ids go on with `/u`, as `/s` is a section's."""
    owners: list[int] = []
    names: list[str] = []
    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    texts: list[str] = []
    for at, (name, _, _, _, _, kind, lang, text, *_) in enumerate(paragraphs):
        for seq, (start, end) in enumerate(_whole(text) if kind in WHOLE else split(text, lang), 1):
            owners.append(at)
            names.append(f"{name}/u{seq:04}")
            numbers.append(seq)
            starts.append(start)
            ends.append(end)
            texts.append(text[start:end])
    columns: dict[str, Any] = {
        column: repeated([row[place] for row in paragraphs], owners, arrow_schema("sentences").field(column).type)
        for place, column in enumerate(("paragraph_id", "article_id", "doc_id"))
    }
    columns |= {"sentence_id": names, "seq": numbers, "start": starts, "end": ends, "text": texts}
    return batch("sentences", columns)


def _whole(text: str) -> list[tuple[int, int]]:
    kept = text.strip()
    start = len(text) - len(text.lstrip())
    return [(start, start + len(kept))] if kept else []
