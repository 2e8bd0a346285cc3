"""Which row of the collation holds an insertion: a touched run without width is no row of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .errors import AlgebraError
from .model import Block, Document, Run
from .tiling import NONE, Tiling


class Insertion(NamedTuple):
    """A run without width, the row before which it stands, the row that holds it, and whether behind its text."""

    run: Run
    before: int
    row: int
    behind: bool


def place(document: Document, tiling: Tiling) -> list[Insertion]:
    """All insertions, block by block in the order they are read; cuts the rows whose first character holds one.

    Raises `AlgebraError` for one outside every block.
    """
    by_span: dict[int, list[Run]] = {}  # by the beginning of the span that holds them
    blocks: dict[str, Block] = {}
    for run in [run for run in document.runs if run[0] == run[1]]:
        at = bisect_right(tiling.spans, run.start, key=_start_of) - 1
        start, end, block = tiling.spans[at]
        if at < 0 or run.start >= end:
            raise AlgebraError(f"an insertion outside every block at witness offset {run.start}")
        if block.kind != "fw":
            by_span.setdefault(start, []).append(run)
            blocks[block.id] = block
    if not blocks:
        return []
    starts, is_marker = tiling.starts.tolist(), tiling.is_marker().tolist()
    found = [one for block in blocks.values() for one in _place_in_block(block, by_span, starts, is_marker)]
    leading = np.array(sorted({one.row for one in found if not one.behind}), np.int64)
    leading = leading[(tiling.run_of[leading] == NONE) & (tiling.marker_of[leading] == NONE)]
    leading = leading[tiling.ends[leading] - tiling.starts[leading] > 1]
    tiling.split(leading)
    split = leading.tolist()
    return [
        one._replace(
            before=one.before + bisect_left(split, one.before),
            row=one.row + (bisect_right if one.behind else bisect_left)(split, one.row),
        )
        for one in found
    ]


def _place_in_block(
    block: Block, by_span: Mapping[int, Sequence[Run]], starts: Sequence[int], is_marker: Sequence[bool]
) -> list[Insertion]:
    """The insertions of one block: behind the text before them in their span, else before the text behind them.

    With nothing but note markers behind it, one goes behind the last text of the block, or to its last marker.
    """
    found: list[Insertion] = []
    rows = [row for start, end in block.spans for row in range(bisect_left(starts, start), bisect_left(starts, end))]
    texts = [place for place, row in enumerate(rows) if not is_marker[row]]
    places = {row: place for place, row in enumerate(rows)}
    for start, _ in block.spans:
        for run in by_span.get(start, ()):
            before = bisect_left(starts, run.start)
            if run.start > start and not is_marker[before - 1]:
                found.append(Insertion(run, before, before - 1, behind=True))
                continue
            at = bisect_left(texts, places[before])
            if at < len(texts):
                found.append(Insertion(run, before, rows[texts[at]], behind=False))
            else:
                found.append(Insertion(run, before, rows[texts[-1] if texts else -1], behind=bool(texts)))
    return found


def _start_of(span: tuple[int, int, Block]) -> int:
    return span[0]
