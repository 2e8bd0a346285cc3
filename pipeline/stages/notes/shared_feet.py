"""Notes at the foot of a page on which one article ends and the next begins: those whose markers stand above the title
of the second belong to the first.

The notes stand in the order of their markers, so the first few go to the first article; how many is what gives the
most markers to notes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from ...model import Article, Block, Document
from ...rewrite import read
from .markers import bracketed_places, form_of, places_of, plain_label

_TEXT = ("p", "head", "quote", "item", "caption")


def share_feet(
    document: Document, articles: Sequence[Article], blocks: Mapping[str, Block], page_starts: Sequence[int]
) -> list[Article]:
    """The articles with such notes given back to the one before; `page_starts` are witness offsets."""
    out = list(articles)
    for at in range(len(out) - 1, 0, -1):  # the notes of three articles on a page are all with the last
        before, own = out[at - 1], out[at]
        if not (before.seq and own.seq):
            continue
        begin = min(blocks[name].start for name in own.blocks)
        page = bisect_right(page_starts, begin)
        start, end = (page_starts[page - 1] if page else 0), page_starts[page] if page < len(page_starts) else 1 << 62
        notes = sorted(
            (
                b
                for name in own.blocks
                if (b := blocks[name]).kind == "note" and b.n and b.start < end and b.type != "author"
            ),
            key=lambda note: note.start,
        )
        if notes:
            above = _labels_in(document, [blocks[name] for name in before.blocks], notes, start, begin)
            below = _labels_in(document, [blocks[name] for name in own.blocks], notes, begin, end)
            given = {note.id for note in notes[: _count(notes, above, below)]}
            out[at - 1] = replace(before, blocks=(*before.blocks, *(name for name in own.blocks if name in given)))
            out[at] = replace(own, blocks=tuple(name for name in own.blocks if name not in given))
    return out


def _labels_in(
    document: Document, blocks: Sequence[Block], notes: Sequence[Block], start: int, end: int
) -> dict[str, int]:
    """The labels of the notes that stand as markers in a stretch of the witness, and the weight of the likeliest."""
    found: dict[str, int] = {}
    forms = sorted({form_of(note.n) for note in notes})
    for block in blocks:
        if block.kind in _TEXT and block.start < end and block.end > start:
            reading = read(document, block.spans)
            places = [place for form in forms for place in places_of(reading.text, form)]
            for place in (*places, *bracketed_places(reading.text)):
                if start <= reading.start(place.start) < end:
                    label = plain_label(place.label)
                    found[label] = max(place.weight, found.get(label, 0))
    return found


def _count(notes: Sequence[Block], above: Mapping[str, int], below: Mapping[str, int]) -> int:
    """How many of the notes go to the article above: what gives the greatest sum of weights, of several the fewest."""
    gains = [above.get(plain_label(note.n), 0) - below.get(plain_label(note.n), 0) for note in notes]
    sums = [0, *accumulate(gains)]
    return max(range(len(sums)), key=lambda count: (sums[count], -count))
