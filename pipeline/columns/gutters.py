"""Gutters: a place at which nearly all rows of a stretch of a page are blank, with text on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from .prose import is_prose, is_table
from .rows import Cell, Grid, Row, break_cell

_CANDIDATES = 4  # places that are tried
_LEAST_VOTES = 3
_JITTER = 2  # places by which rows of one column may begin apart
_SHIFTS = (0, 1, -1, 2, -2, 3)  # where the one blank of a squeezed gutter is looked for
_DEEP = 20  # places before a column that is not the first
_EDGE = 4  # places behind its margin at which a line of a column may begin
_LEAST_PAIRS, _LEAST_KNOWN = 8, 3


class Sides(NamedTuple):
    """The cells of a row left and right of a place; `is_close`: with one blank between them."""

    left: tuple[Cell, ...]
    right: tuple[Cell, ...]
    is_close: bool = False


class Gutter(NamedTuple):
    """Rows [first, last) of a stretch with text on both sides of `place`, where the right side begins.

    `score` is how many rows show it: both sides at once, or in turn, less those with no more than one blank there.
    """

    first: int
    last: int
    place: int
    sides: Sequence[Sides]
    score: int


class Finder:
    """What to look for gutters with.  `is_known`: the source is known to have columns, so that less will do."""

    def __init__(self, text: str, grid: Grid, *, is_known: bool) -> None:
        self.text, self.grid, self.is_known = text, grid, is_known
        self.least = _LEAST_KNOWN if is_known else _LEAST_PAIRS

    def find(self, rows: Sequence[Row]) -> list[Gutter]:
        """The gutters at the one place that parts most rows, in order; empty where there is none."""
        best: tuple[int, int, list[Gutter]] = (0, 0, [])
        if sum(1 for row in rows if len(row.cells) > 1 or (row.cells and row.cells[0].left >= _DEEP)) < self.least:
            return []
        for place in _candidates(rows):
            sides = self._part(rows, place)
            found = [gutter for gutter in _stretches(rows, sides, place) if self._is_column(gutter)]
            best = max(best, (sum(gutter.score for gutter in found), -place, found), key=lambda one: one[:2])
        return best[2]

    def _part(self, rows: Sequence[Row], place: int) -> list[Sides | None]:
        """Each row parted at a place; `None` where its text runs across."""
        parted: list[Sides | None] = []
        close: list[tuple[int, Sides]] = []  # rows with a single blank there, to be looked at again
        for number, row in enumerate(rows):
            left = tuple([cell for cell in row.cells if cell.right < place])
            right = row.cells[len(left) :]
            if not right or right[0].left >= place:
                parted.append(Sides(left, right))
                continue
            parted.append(None)
            tries = (break_cell(self.text, right[0], place - shift, self.grid) for shift in _SHIFTS)
            broken = next(filter(None, tries), None)
            if broken is not None:
                close.append((number, Sides((*left, broken[0]), (broken[1], *right[1:]), is_close=True)))
        for step in (1, -1):
            for number, sides in close[::step]:
                near = _beside(parted, number, -step)
                if parted[number] is None and near and (_beside(parted, number, step) or step < 0):
                    parted[number] = sides
        return parted

    def _is_column(self, gutter: Gutter) -> bool:
        lefts = [sides.left[-1] for sides in gutter.sides if sides.left]
        rights = [sides.right[0] for sides in gutter.sides if sides.right]
        if gutter.score < self.least or is_table(self.text, [sides[:2] for sides in gutter.sides]):
            return False
        return is_prose(self.text, lefts, is_known=self.is_known) and is_prose(
            self.text, rights, is_known=self.is_known
        )


def _candidates(rows: Sequence[Row]) -> list[int]:
    """The most likely places: text of many rows begins there, or just behind, and the others are blank before it."""
    starts = Counter(cell.left for row in rows for cell in row.cells if cell.left)
    often = {place for place, count in starts.items() if count >= _LEAST_VOTES}
    often |= {near for place in often for near in range(place - _JITTER, place) if near in starts}
    parted = _count_parted(rows)
    return sorted(sorted(often, key=lambda place: (-parted[place], place))[:_CANDIDATES])


def _count_parted(rows: Sequence[Row]) -> list[int]:
    """For every place how many rows show a gutter before it: text on both sides at once, or in turn."""
    size = max((row.cells[-1].right for row in rows if row.cells), default=0) + 2
    both, left, right = [0] * size, [0] * size, [0] * size
    for row in rows:
        cells = row.cells
        if not cells:
            continue
        right[0] += 1
        right[cells[0].left + 1] -= 1
        left[cells[-1].right + 1] += 1
        for one, other in pairwise(cells):
            both[one.right + 1] += 1
            both[other.left + 1] -= 1
    return [
        pairs + min(lefts, rights)
        for pairs, lefts, rights in zip(accumulate(both), accumulate(left), accumulate(right), strict=True)
    ]


def _beside(parted: Sequence[Sides | None], number: int, step: int) -> bool:
    """Whether the next row has text on one side or both."""
    near = parted[number + step] if 0 <= number + step < len(parted) else None
    return near is not None and bool(near.left or near.right)


def _stretches(rows: Sequence[Row], parted: Sequence[Sides | None], place: int) -> Iterator[Gutter]:
    """Stretches of rows none of which runs across, without what stands above and below the columns."""
    at = 0
    for is_parted, same in groupby(parted, lambda sides: sides is not None):
        size = len(list(same))
        if is_parted:
            first, last = _trim(rows, parted, at, at + size, place)
            sides = [one for one in parted[first:last] if one is not None]
            if first < last:
                yield Gutter(first, last, place, sides, _score(sides))
        at += size


def _score(sides: Sequence[Sides]) -> int:
    pairs = sum(1 for one in sides if one.left and one.right and not one.is_close)
    lefts = sum(1 for one in sides if one.left and not one.right)
    rights = sum(1 for one in sides if one.right and not one.left)
    return pairs + min(lefts, rights) - sum(1 for one in sides if one.is_close)


def _trim(rows: Sequence[Row], parted: Sequence[Sides | None], first: int, last: int, place: int) -> tuple[int, int]:
    """The stretch without groups of rows at its edges that have text on one side only, and are no part of a column."""
    groups: list[tuple[int, int]] = []
    at = first
    for is_blank, same in groupby(range(first, last), lambda number: rows[number].is_blank):
        size = len(list(same))
        if not is_blank:
            groups.append((at, at + size))
        at += size
    margin = _margin([sides.left[0].left for sides in parted[first:last] if sides and sides.left])
    while groups and not _is_two_sided(parted, *groups[0]):
        del groups[0]
    while groups and not _is_two_sided(parted, *groups[-1]) and not _is_in_column(parted, *groups[-1], margin, place):
        del groups[-1]
    return (groups[0][0], groups[-1][1]) if groups else (first, first)


def _margin(starts: Sequence[int]) -> int:
    return Counter(starts).most_common(1)[0][0] if starts else 0


def _is_two_sided(parted: Sequence[Sides | None], first: int, last: int) -> bool:
    sides = [one for one in parted[first:last] if one]
    return any(one.left for one in sides) and any(one.right for one in sides)


def _is_in_column(parted: Sequence[Sides | None], first: int, last: int, margin: int, place: int) -> bool:
    """Whether every row of a group with text on one side begins about where that column does."""
    return all(
        (one.left[0].left - margin if one.left else one.right[0].left - place) <= _EDGE
        for one in parted[first:last]
        if one and (one.left or one.right)
    )
