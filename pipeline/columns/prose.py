"""Whether the lines of a column are running text: not the cells of a table, verse, or a list of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from ..evidence import WIDE, is_wide, width
from .rows import Cell

_LEAST_MEASURE = 20  # half ems, of the wider lines
_NEAR = 2  # lines on either side whose width makes the measure: notes are set smaller than text
_FULL, _FULL_KNOWN = 50, 35  # per cent of the lines that fill the measure
_FLUSH = 30  # per cent of the lines that begin at one place
_BROKEN = 25  # per cent of the lines that begin in mid-sentence
_DIGITS = 30  # per cent of the characters
_LEAST_GROUPS, _MEAN_GROUP = 3, 5  # groups of rows between blank ones, and rows in each, of a table at most
_LEAST_FRESH, _FEW_ROWS = 4, 6  # rows in which cells begin beside each other, and how many rows for one at most
_STOPS = frozenset("。！？；：，、.!?;:,")


def is_prose(text: str, cells: Sequence[Cell], *, is_known: bool) -> bool:
    """Whether these lines of a column fill a measure, begin at its margin and go on from one to the next."""
    lines = [text[cell.start : cell.end] for cell in cells]
    widths = [width(line) for line in lines]
    full = sum(5 * wide >= 4 * max(widths[max(0, at - _NEAR) : at + _NEAR + 1]) for at, wide in enumerate(widths))
    if sorted(widths)[len(widths) * 4 // 5] < _LEAST_MEASURE or full * 100 < (_FULL_KNOWN if is_known else _FULL) * len(
        lines
    ):
        return False
    if sum(character.isdigit() for line in lines for character in line) * 100 > _DIGITS * sum(map(len, lines)):
        return False
    flush = Counter(cell.left for cell in cells).most_common(1)[0][1]
    return flush * 100 >= _FLUSH * len(lines) and (is_known or _goes_on(lines))


def is_table(text: str, sides: Sequence[tuple[Sequence[Cell], Sequence[Cell]]]) -> bool:
    """Whether these rows are a table's, whose cells begin again side by side: behind blank rows, or shorter cells."""
    groups = [list(same) for is_blank, same in groupby(sides, lambda one: not any(one)) if not is_blank]
    if len(groups) >= _LEAST_GROUPS and sum(map(len, groups)) < _MEAN_GROUP * len(groups):
        return True
    fresh = [
        (text[right[0][0].start], text[right[1][0].start])
        for group in groups
        for left, right in pairwise(group)
        if all(right) and not all(left)
    ]
    begun = sum(not (one.islower() or other.islower() or is_wide(one)) for one, other in fresh)
    return len(fresh) >= _LEAST_FRESH and len(fresh) * _FEW_ROWS >= len(sides) and begun * 5 >= len(fresh) * 4


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether sentences run on over the lines' ends: in small letters, or, in Chinese, without a stop."""
    asian = sum(len(WIDE.findall(line)) for line in lines) * 3 > sum(map(len, lines))
    if asian:
        stopped = sum(line[-1] in _STOPS for line in lines)
        return stopped * 2 <= len(lines)
    return sum(line[0].islower() for line in lines) * 100 >= _BROKEN * len(lines)
