"""Monotone alignment of two lists of units by dynamic programming, after Gale and Church (1993).

Scores are integers: the nearer the weights and the more numbers and names are shared, the higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from .units import Unit

FULL = 60  # the score of two units of the same weight
GAP = -12  # of a unit without a counterpart
MERGE = -16  # added where two units stand against one
SHARED, SHARED_MOST = 8, 40  # for each number or name both have, and at most
SLACK = 12  # letters of difference that say nothing
BAND = 10  # units off the diagonal that are looked at, at least
_NEVER = -1000
_UNREACHED = -(1 << 60)


class Bead(NamedTuple):
    """Units [a0, a1) of one text against [b0, b1) of the other."""

    a0: int
    a1: int
    b0: int
    b1: int
    score: int


# Of a cell: its total, and the shape and score of the bead that led there.
_Cell = tuple[int, int, int, int]


def align(left: Sequence[Unit], right: Sequence[Unit], least: int | None = None) -> tuple[int, list[Bead]] | None:
    """The best alignment: its score and its beads in order; both lists are covered.

    Weights are compared after the right side is scaled to the left one as a whole, within limits: how
    many letters a Chinese character is worth differs from translator to translator.  Where no alignment
    scores `least` there is none, which mostly shows long before the end.
    """
    table = _Table(left, right)
    rows, columns = len(left), len(right)
    width = max(BAND, abs(rows - columns) + BAND // 2)
    needed = _Needed(table.common, rows, columns, _UNREACHED if least is None else least)
    best: list[dict[int, _Cell]] = []
    for row in range(rows + 1):
        middle = row * columns // rows if rows else 0
        within = range(max(0, middle - width), min(columns, middle + width) + 1)
        above, second = best[-1] if row else {}, best[-2] if row > 1 else {}
        if row and not above and not second:
            return None
        best.append(needed.sift(row, _row(table, row, within, above, second, needed.rows[row])))
    return (best[rows][columns][0], _trace(best, rows, columns)) if columns in best[rows] else None


class _Needed:
    """What each cell must have reached: `least` without the most that can still follow.

    No bead gives a unit more than an equal weight and what it shares with two others.  A cell below that
    lies on no alignment that comes to `least`, and without it the best of these is found all the same.
    """

    def __init__(self, common: Sequence[Mapping[int, int]], rows: int, columns: int, least: int) -> None:
        by_column: list[list[int]] = [[] for _ in range(columns)]
        for shared in common:
            for column, score in shared.items():
                by_column[column].append(score)
        self.rows = _needs((_most(shared.values()) for shared in common), least)
        self._columns = _needs((_most(scores) for scores in by_column), least)

    def sift(self, row: int, cells: dict[int, _Cell]) -> dict[int, _Cell]:
        """The cells of a row that can still come to it."""
        by_row, by_column = self.rows[row], self._columns
        return {column: cell for column, cell in cells.items() if cell[0] >= by_row and cell[0] >= by_column[column]}


def _most(shared: Iterable[int]) -> int:
    """The most that a bead can give a unit which shares so much with each of the others."""
    return FULL + min(SHARED_MOST, sum(sorted(shared)[-2:]))


def _needs(most: Iterable[int], least: int) -> list[int]:
    """For every place, the end included: `least` without what can follow from there on."""
    sums = _sums(most)
    return [least - sums[-1] + done for done in sums]


def _row(
    table: _Table, row: int, columns: range, above: dict[int, _Cell], second: dict[int, _Cell], needed: int
) -> dict[int, _Cell]:
    """The best way to reach each cell of a row; of beads that come to the same the first tried wins.

    A bead of three units is scored only where it would be better if their weights agreed.  Where only
    gaps are left, the row ends with the first cell below what is `needed`.
    """
    first, last = _reach(above, second) if row else (0, 0)
    here: dict[int, _Cell] = {} if row else {0: (0, 0, 0, 0)}
    common, common_above = table.common[row - 1] if row else {}, table.common[row - 2] if row > 1 else {}
    is_head, weight, right = (*table.left[row - 1], table.right) if row else (False, 0, table.right)
    for column in range(max(first, columns.start), columns.stop):
        cell = here.get(column)
        total = _UNREACHED if cell is None else 0
        before = above.get(column - 1)
        if before is not None and right[column - 1][0] == is_head:
            bead = _agreement(weight, right[column - 1][1])
            if column - 1 in common:
                bead += min(SHARED_MOST, common[column - 1])
            total = before[0] + bead
            cell = (total, 1, 1, bead)
        before = above.get(column)
        if before is not None and before[0] + GAP > total:
            total = before[0] + GAP
            cell = (total, 1, 0, GAP)
        before = here.get(column - 1)
        if before is not None and before[0] + GAP > total:
            total = before[0] + GAP
            cell = (total, 0, 1, GAP)
        before = second.get(column - 1)
        if before is not None:
            shared = common_above.get(column - 1, 0) + common.get(column - 1, 0)
            if before[0] + FULL + MERGE + shared > total:
                bead = table.score_three(row - 2, row, column - 1, column, shared)
                if bead > _NEVER and before[0] + bead > total:
                    total = before[0] + bead
                    cell = (total, 2, 1, bead)
        before = above.get(column - 2)
        if before is not None:
            shared = common.get(column - 2, 0) + common.get(column - 1, 0)
            if before[0] + FULL + MERGE + shared > total:
                bead = table.score_three(row - 1, row, column - 2, column, shared)
                if bead > _NEVER and before[0] + bead > total:
                    cell = (before[0] + bead, 1, 2, bead)
        if cell is not None:
            here[column] = cell
            if column > last and cell[0] < needed:
                break
    return here


def _reach(above: Mapping[int, _Cell], second: Mapping[int, _Cell]) -> tuple[int, int]:
    """The first and the last column of a row that a bead from the two rows above leads to; gaps lead further."""
    columns = [*above, *second]
    return min(columns), max(columns) + 2


def _trace(best: list[dict[int, _Cell]], rows: int, columns: int) -> list[Bead]:
    beads: list[Bead] = []
    row, column = rows, columns
    while row or column:
        _, a, b, bead = best[row][column]
        beads.append(Bead(row - a, row, column - b, column, bead))
        row, column = row - a, column - b
    return beads[::-1]


class _Table:
    """What any bead of two lists scores; `left` and `right` are the units, each as (is a head, weight)."""

    def __init__(self, left: Sequence[Unit], right: Sequence[Unit]) -> None:
        total, other = sum(unit.weight for unit in left), sum(unit.weight for unit in right)
        scale = min(150, max(67, 100 * total // max(1, other)))
        self.left = [(unit.is_head, unit.weight) for unit in left]
        self.right = [(unit.is_head, unit.weight * scale // 100) for unit in right]
        self._left, self._right = _sums(weight for _, weight in self.left), _sums(weight for _, weight in self.right)
        self._left_heads = _sums(int(unit.is_head) for unit in left)
        self._right_heads = _sums(int(unit.is_head) for unit in right)
        self.common = _common(left, right)

    def score_three(self, a0: int, a1: int, b0: int, b1: int, shared: int) -> int:
        """How well two units correspond to one, which share so much; no head does."""
        if self._left_heads[a1] > self._left_heads[a0] or self._right_heads[b1] > self._right_heads[b0]:
            return _NEVER
        one, other = self._left[a1] - self._left[a0], self._right[b1] - self._right[b0]
        return _agreement(one, other) + MERGE + min(SHARED_MOST, shared)


def _agreement(one: int, other: int) -> int:
    """What two weights score: the less the nearer."""
    apart = abs(one - other) - SLACK
    return FULL if apart <= 0 else FULL - min(2 * FULL, apart * 3 * FULL // (one + other + 1))


def _sums(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))


def _common(left: Sequence[Unit], right: Sequence[Unit]) -> list[dict[int, int]]:
    """For every unit on the left, and those on the right, the score of the tokens both have; what stands in many units says less."""
    places: dict[str, list[int]] = {}
    for at, unit in enumerate(right):
        for token in unit.tokens:
            places.setdefault(token, []).append(at)
    found: list[dict[int, int]] = []
    for unit in left:
        shared: dict[int, int] = {}
        for token in unit.tokens & places.keys():
            others = places[token]
            for other in others:
                shared[other] = shared.get(other, 0) + (SHARED if len(others) < 4 else SHARED // 4)
        found.append(shared)
    return found
