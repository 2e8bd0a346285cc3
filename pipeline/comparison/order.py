"""What moved: of things that stand in another order than before, those without which the order is the old one."""

from __future__ import annotations

from collections.abc import Sequence


def find_moved(places: Sequence[int], weights: Sequence[int]) -> set[int]:
    """Indexes of what moved.

    `places` are the old places (all different) of things in their new order, `weights` (above 0) what it
    means to move each: the heaviest sequence of rising places stays.  Takes n log n steps.
    """
    ranks = {place: rank for rank, place in enumerate(sorted(places), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)  # a Fenwick tree of (weight so far, its last index)
    before: list[int] = []
    for index, place in enumerate(places):
        weight, last = _heaviest(best, ranks[place] - 1)
        before.append(last)
        _enter(best, ranks[place], (weight + weights[index], index))
    _, at = _heaviest(best, len(places))
    stays: set[int] = set()
    while at >= 0:
        stays.add(at)
        at = before[at]
    return set(range(len(places))) - stays


def _heaviest(tree: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank > 0:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found


def _enter(tree: list[tuple[int, int]], rank: int, entry: tuple[int, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], entry)
        rank += rank & -rank
