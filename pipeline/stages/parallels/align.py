"""Monotone alignment of two lists of units by dynamic programming, after Gale and Church (1993).

Scores are integers: the nearer the weights and the more numbers and names are shared, the higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


class Bead(NamedTuple):
    """Units [a0, a1) of one text against [b0, b1) of the other."""

    a0: int
    a1: int
    b0: int
    b1: int
    score: int


# How many units of each side a bead may hold, in the order ties are broken.
_SHAPES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
# Of a cell: its total, and the shape and score of the bead that led there.
_Cell = tuple[int, int, int, int]


def align(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[int, list[Bead]]:
    """The best alignment: its score and its beads in order; both lists are covered.

    Weights are compared after the right side is scaled to the left one as a whole, within limits: how
    many letters a Chinese character is worth differs from translator to translator.
    """
    table = _Table(left, right)
    rows, columns = len(left), len(right)
    width = max(BAND, abs(rows - columns) + BAND // 2)
    best: list[dict[int, _Cell]] = [{} for _ in range(rows + 1)]
    best[0][0] = (0, 0, 0, 0)
    for row in range(rows + 1):
        middle = row * columns // rows if rows else 0
        for column in range(max(0, middle - width), min(columns, middle + width) + 1):
            cell = _best_cell(best, table, row, column)
            if cell is not None:
                best[row][column] = cell
    return best[rows][columns][0], _trace(best, rows, columns)


def _best_cell(best: list[dict[int, _Cell]], table: _Table, row: int, column: int) -> _Cell | None:
    """The best way to reach a cell; earlier shapes win a tie."""
    cell = best[row].get(column)
    for a, b in _SHAPES:
        before = best[row - a].get(column - b) if a <= row and b <= column else None
        if before is None:
            continue
        bead = table.score(row - a, row, column - b, column) if a and b else GAP
        if bead > _NEVER and (cell is None or before[0] + bead > cell[0]):
            cell = (before[0] + bead, a, b, bead)
    return cell


def _trace(best: list[dict[int, _Cell]], rows: int, columns: int) -> list[Bead]:
    beads: list[Bead] = []
    row, column = rows, columns
    while row or column:
        _, a, b, bead = best[row][column]
        beads.append(Bead(row - a, row, column - b, column, bead))
        row, column = row - a, column - b
    return beads[::-1]


class _Table:
    """What any bead of two lists scores; weights and heads as running sums."""

    def __init__(self, left: Sequence[Unit], right: Sequence[Unit]) -> None:
        total, other = sum(unit.weight for unit in left), sum(unit.weight for unit in right)
        scale = min(150, max(67, 100 * total // max(1, other)))
        self._left = _sums(unit.weight for unit in left)
        self._right = _sums(unit.weight * scale // 100 for unit in right)
        self._left_heads = _sums(int(unit.is_head) for unit in left)
        self._right_heads = _sums(int(unit.is_head) for unit in right)
        self._common = _common(left, right)

    def score(self, a0: int, a1: int, b0: int, b1: int) -> int:
        """How well these units correspond; a head only to a head, and only one to one."""
        size = a1 - a0 + b1 - b0
        heads = self._left_heads[a1] - self._left_heads[a0] + self._right_heads[b1] - self._right_heads[b0]
        if heads and (heads < size or size > 2):
            return _NEVER
        one, other = self._left[a1] - self._left[a0], self._right[b1] - self._right[b0]
        apart = max(0, abs(one - other) - SLACK) * 3 * FULL // (one + other + 1)
        score = FULL - (apart if apart < 2 * FULL else 2 * FULL)
        if size == 2:
            return score + min(SHARED_MOST, self._common.get((a0, b0), 0))
        common = self._common.get((a0, b0), 0) + self._common.get((a1 - 1, b1 - 1), 0)  # two units against one
        return score + MERGE + min(SHARED_MOST, common)


def _sums(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))


def _common(left: Sequence[Unit], right: Sequence[Unit]) -> dict[tuple[int, int], int]:
    """For pairs of units the score of the tokens both have; what stands in many units says less."""
    places: dict[str, list[int]] = {}
    for at, unit in enumerate(right):
        for token in unit.tokens:
            places.setdefault(token, []).append(at)
    found: dict[tuple[int, int], int] = {}
    for at, unit in enumerate(left):
        for token in unit.tokens:
            others = places.get(token, ())
            for other in others:
                found[at, other] = found.get((at, other), 0) + (SHARED if len(others) < 4 else SHARED // 4)
    return found
