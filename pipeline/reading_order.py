"""Where a place of the witness comes when the text is read: behind what stands before it, or in another column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from .model import Span


class ReadingOrder:
    """`order` are the stretches of the witness in the order they are read; empty where it is read as it stands."""

    def __init__(self, order: Sequence[Span]) -> None:
        read = list(accumulate([end - start for start, end in order], initial=0))
        self._stretches = sorted((start, end, at) for (start, end), at in zip(order, read, strict=False))
        self._until = list(accumulate([at + end - start for start, end, at in self._stretches], max, initial=0))

    def position(self, place: int) -> int:
        """Characters read before a place; before one that is not read itself, all that stands above it."""
        if not self._stretches:
            return place
        number = bisect_left(self._stretches, (place + 1,)) - 1
        if number >= 0 and self._stretches[number][0] <= place < self._stretches[number][1]:
            start, _, at = self._stretches[number]
            return at + place - start
        return self._until[number + 1]
