"""Rows of `sentences`: the paragraphs cut up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...sentences import split

# One sentence each: their stops end no sentences.
WHOLE = frozenset(("bibl", "table", "formula"))


def sentences_of(paragraph: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The sentences of a row of `paragraphs`; ids go on with `/u`, as `/s` is a section's."""
    paragraph_id, article_id, doc_id, _, _, kind, lang, text = paragraph[:8]
    for seq, (start, end) in enumerate(_whole(text) if kind in WHOLE else split(text, lang), 1):
        yield f"{paragraph_id}/u{seq:04}", paragraph_id, article_id, doc_id, seq, start, end, text[start:end]


def _whole(text: str) -> list[tuple[int, int]]:
    kept = text.strip()
    start = len(text) - len(text.lstrip())
    return [(start, start + len(kept))] if kept else []
