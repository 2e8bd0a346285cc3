"""The witness cut into the rows of the collation, by columns: where each begins, and what holds in it.

A text has some thirty thousand rows a megabyte, so nothing here is done row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from .errors import AlgebraError
from .model import Document, spans_in_order

Whole = NDArray[np.int64]

NONE = -1  # no span, no run, no note marker


class Tiling:
    """Rows by columns, all of one length.

    `starts` and `ends` tile the witness.  `span_of`, `run_of` and `marker_of` are numbers in `spans`, in the
    document's runs and in `markers`, or `NONE`.  Rows are cut where a span or a run begins or ends, and
    outside runs at pages, marks and raw files.
    Raises `AlgebraError` where spans overlap, or a run crosses the border of one.
    """

    def __init__(self, document: Document) -> None:
        self.spans = spans_in_order(document.blocks)
        self.span_starts = _whole([span[0] for span in self.spans])
        self.span_ends = _whole([span[1] for span in self.spans])
        self._spans_with_text = np.array([*[block.kind != "fw" for _, _, block in self.spans], False])
        self.markers = sorted(
            (mark for mark in document.marks if mark.tag == "ref" and mark.end > mark.start), key=itemgetter(0, 1)
        )
        length = len(document.source.text)
        run_starts = np.fromiter(map(itemgetter(0), document.runs), np.int64, len(document.runs))
        run_ends = np.fromiter(map(itemgetter(1), document.runs), np.int64, len(document.runs))
        solid = np.flatnonzero(run_starts < run_ends)
        self._starts, self._ends = run_starts[solid], run_ends[solid]
        self._refuse(length)
        cuts = _whole(list(_places(document)))
        outside = cuts[~self._inside_run(cuts)]
        edges = np.concatenate([[0, length], self.span_starts, self.span_ends, run_starts, run_ends, outside])
        edges.sort()
        is_new = edges[:-1] < edges[1:]  # not np.unique, which takes ten times as long
        self.starts, self.ends = edges[:-1][is_new], edges[1:][is_new]
        self.span_of = _holding(self.span_starts, self.span_ends, self.starts)
        at_run = _holding(self._starts, self._ends, self.starts)
        self.run_of = np.append(solid, NONE)[at_run]
        self.marker_of = self._find_markers()

    def _refuse(self, length: int) -> None:
        wrong = np.flatnonzero(self.span_starts[1:] < self.span_ends[:-1])
        if len(wrong):
            raise AlgebraError(f"two spans overlap at witness offset {self.span_starts[wrong[0] + 1]}")
        borders = np.concatenate([self.span_starts, self.span_ends])
        if len(borders) and not 0 <= borders.min() <= borders.max() <= length:
            raise AlgebraError("a span leaves the witness")
        wrong = np.flatnonzero(self._inside_run(borders))
        if len(wrong):
            raise AlgebraError(f"a run cuts through witness offset {borders[wrong[0]]}")

    def _find_markers(self) -> Whole:
        """The first note marker that has not ended where a row begins, if it has begun there."""
        found = np.full(len(self.starts), NONE)
        firsts = np.searchsorted(self.starts, _whole([mark.start for mark in self.markers])).tolist()
        lasts = np.searchsorted(self.starts, _whole([mark.end for mark in self.markers])).tolist()
        at = 0
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            if last > at:
                found[max(at, first) : last] = number
                at = last
        return found

    def is_text(self) -> NDArray[np.bool_]:
        """Whether a row stands in a block whose text is kept: not between blocks, not in forme work."""
        found: NDArray[np.bool_] = self._spans_with_text[self.span_of]
        return found

    def is_marker(self) -> NDArray[np.bool_]:
        """Whether a row is a note marker: in the text as printed, in no block's text."""
        found: NDArray[np.bool_] = (self.marker_of != NONE) & self.is_text()
        return found

    def split(self, rows: Whole) -> None:
        """Cut each of these rows, untouched ones in ascending order, behind its first character."""
        order = np.sort(np.concatenate([np.arange(len(self.starts)), rows]))
        seconds = rows + np.arange(1, len(rows) + 1)
        self.starts, self.ends = self.starts[order], self.ends[order]
        self.starts[seconds] += 1
        self.ends[seconds - 1] = self.starts[seconds]
        self.span_of, self.run_of, self.marker_of = self.span_of[order], self.run_of[order], self.marker_of[order]

    def _inside_run(self, places: Whole) -> NDArray[np.bool_]:
        """Whether a place lies inside a touched run, not at its border."""
        at = _holding(self._starts, self._ends, places)
        inside: NDArray[np.bool_] = (at != NONE) & (np.append(self._starts, NONE)[at] != places)
        return inside


def _whole(numbers: Sequence[int]) -> Whole:
    return np.array(numbers, np.int64)


def _places(document: Document) -> set[int]:
    """Where rows are cut, whatever the blocks: at pages, marks and raw files."""
    places = {part.start for part in document.source.parts}
    for mark in document.marks:
        if mark.start < mark.end:
            places.update(mark[:2])
        elif mark.tag == "pb":
            places.add(mark.start)
    return places


def _holding(starts: Whole, ends: Whole, places: Whole) -> Whole:
    """The number of the stretch that holds each place, or `NONE`; the stretches ascend and are disjoint."""
    at = np.searchsorted(starts, places, side="right") - 1
    return np.where(places < np.append(ends, 0)[at], at, NONE)
