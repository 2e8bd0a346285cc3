"""The table `sentences`: the paragraphs cut up."""

from __future__ import annotations

from collections.abc import Sequence

from ...sentences import split
from .columns import Row

# One sentence each: their stops end no sentences.
WHOLE = frozenset(("bibl", "table", "formula"))


def sentences_of(paragraphs: Sequence[Row]) -> list[Row]:
    """The sentences of rows of `paragraphs`; ids go on with `/u`, as `/s` is a section's."""
    return [
        (f"{name}/u{seq:04}", name, article, doc_id, seq, start, end, text[start:end])
        for name, article, doc_id, _, _, kind, lang, text, *_ in paragraphs
        for seq, (start, end) in enumerate(_whole(text) if kind in WHOLE else split(text, lang), 1)
    ]


def _whole(text: str) -> list[tuple[int, int]]:
    kept = text.strip()
    start = len(text) - len(text.lstrip())
    return [(start, start + len(kept))] if kept else []
