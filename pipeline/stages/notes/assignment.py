"""The best assignment of marker places to notes, both in their order.

Places rise with the notes; of all such assignments the one of the greatest weight is found, by the
weighted form of the longest increasing subsequence (patience with a frontier of best ends), in
O(n log n) for n possible pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chain:
    """An assignment that ends here: its weight, the last pair, and what came before."""

    weight: int
    note: int
    place: int
    before: Chain | None


def assign(candidates: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """(note, place) pairs for notes in order, each with its possible (place, weight) pairs.

    Places are any ascending numbers; a place is given to one note at most, a note gets one at most.
    """
    ends: list[int] = []  # places at which the best chains end, ascending
    best: list[Chain] = []  # the best chain that ends at or before it, of ascending weight
    for note, possible in enumerate(candidates):
        grown = []
        for place, weight in possible:
            at = bisect_left(ends, place)
            before = best[at - 1] if at else None
            grown.append(Chain(weight + (before.weight if before else 0), note, place, before))
        for chain in grown:
            _insert(ends, best, chain)
    last = best[-1] if best else None
    pairs = []
    while last is not None:
        pairs.append((last.note, last.place))
        last = last.before
    return pairs[::-1]


def _insert(ends: list[int], best: list[Chain], chain: Chain) -> None:
    at = bisect_left(ends, chain.place)
    if at and best[at - 1].weight >= chain.weight:
        return
    if at < len(ends) and ends[at] == chain.place and best[at].weight >= chain.weight:
        return
    last = at
    while last < len(ends) and best[last].weight <= chain.weight:
        last += 1
    ends[at:last] = [chain.place]
    best[at:last] = [chain]
