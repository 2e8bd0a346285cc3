"""Which labels go to which notes of a page, where an extractor set the labels on lines of their own.

Both stand in one order, the notes on the page and the labels in their series.  A label right above a text is
most likely its own; a text without one goes on with a note of the page before, or lost its label; a text
that several labels fall to is several notes that run together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_ELSEWHERE = 2  # a label that does not stand right above its text
_BARE, _BARE_AT_FIRST = 3, 1  # a text without a label where the series has no gap; the same, above all labels
_CUT = 3  # a text that is several notes
_SPARE = 5  # a label without a text
_KEPT = 32  # the best beginnings that are gone on with


class Way(NamedTuple):
    """How the texts so far share the labels so far: the cost, the labels used up, texts without one since the last
    label, and the way up to the text before."""

    cost: int
    used: int
    bare: int
    share: range
    before: Way | None


def share_labels(
    own: Sequence[int], sizes: Sequence[int], positions: Sequence[int], last: int, *, opens: bool
) -> tuple[int, list[range]]:
    """What the best sharing costs, and for every text the labels that are its own, by number.

    `own` has for every text the label that stands right above it, or -1; `sizes` of how many notes it can be
    made; `positions` the place of every label in its series, `last` that of the last label of the page before.
    `opens` says that the first text stands above all labels: it may go on from another page.
    """
    ways = [Way(0, 0, 0, range(0), None)]
    for text, (above, size) in enumerate(zip(own, sizes, strict=True)):
        best: dict[int, Way] = {}
        for way in ways:
            for share in _shares(way, size, len(positions)):
                cost = way.cost + _SPARE * (share.start - way.used)
                if share:
                    cost += _cost(above, share)
                elif way.bare >= _gap(share.start, positions, last):
                    cost += _BARE_AT_FIRST if opens and not text else _BARE
                if share.stop not in best or cost < best[share.stop].cost:
                    best[share.stop] = Way(cost, share.stop, 0 if share else way.bare + 1, share, way)
        ways = sorted(best.values(), key=lambda way: (way.cost, -way.used))[:_KEPT]
    cost, _, way = min((way.cost + _SPARE * (len(positions) - way.used), -way.used, way) for way in ways)
    return cost, _trace(way)


def _trace(last: Way) -> list[range]:
    shares = []
    way = last
    while way.before is not None:
        shares.append(way.share)
        way = way.before
    return shares[::-1]


def _shares(way: Way, size: int, count: int) -> Iterable[range]:
    """What a text can take of the labels that are left: the next ones, with or without the very next left over."""
    for begin in (way.used, way.used + 1):
        for end in range(begin, min(begin + size, count) + 1):
            yield range(begin, end)


def _cost(above: int, share: range) -> int:
    return (0 if above == share.start else _ELSEWHERE) + _CUT * (len(share) - 1)


def _gap(at: int, positions: Sequence[int], last: int) -> int:
    """How many labels the series lacks before this one.  It goes on from the page before, or begins anew."""
    if at == len(positions):
        return 0
    due = positions[at - 1] + 1 if at else last + 1 if positions[at] > last else 1
    return max(0, positions[at] - due)
