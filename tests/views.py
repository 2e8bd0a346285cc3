"""What holds of every text that is read in another order than it stands in."""

from __future__ import annotations

from itertools import pairwise

from printed import source_of

from pipeline import columns
from pipeline.collation import collate
from pipeline.model import Document
from pipeline.rewrite import read


def check_view(text: str) -> None:
    """The way there and back is one to one, and only blanks are not read."""
    view = columns.find(source_of(text))
    if view is None:
        return
    shown = view.source.text
    assert sorted(filter(str.strip, shown)) == sorted(filter(str.strip, text))
    for offset, character in enumerate(shown):
        if character.strip():
            assert text[view.place(offset)] == character
            assert view.offset(view.place(offset)) == offset
    spans = sorted(span for span in view.spans(0, len(shown)))
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def check_rows(document: Document, text: str) -> None:
    """The rows tile the witness, and the blocks read as their rows do."""
    rows = collate(document).rows()
    assert [row.start for row in rows] == [0, *[row.end for row in rows[:-1]]]
    assert "".join(text[row.start : row.end] for row in rows) == text
    for block in document.blocks.values():
        held = [row for span in block.spans for row in rows if span[0] <= row.start < span[1]]
        if block.kind != "fw" and not any(row.tag == "ref" for row in held):
            shown = "".join(text[row.start : row.end] if row.reading is None else row.reading for row in held)
            assert shown == read(document, block.spans).text
