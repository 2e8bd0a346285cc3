"""The printed rows of a page, and where text stands in them.

A row is cut into cells where two or more blanks stand.  Places in a row are counted either in characters, as
`pdftotext -layout` sets them, or in half ems, as most others do: `Grid` says which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from ..evidence import LINE_END, is_wide

Grid = Literal["characters", "half ems"]

_BLANK = " \t\u00a0\u3000"
_CELL = re.compile(rf"[^{_BLANK}]+(?:[{_BLANK}](?=[^{_BLANK}])[^{_BLANK}]+)*")
_TAB = 8


class Cell(NamedTuple):
    """Text without a wide blank in it: its places [left, right) in the row, its witness offsets [start, end)."""

    left: int
    right: int
    start: int
    end: int


class Row(NamedTuple):
    """A row, or what stands of it in one column.

    `begin` is the witness offset from which on its blanks count, `end` that behind its line end or its gutter:
    `is_cut` says that blanks of a gutter stand for its line end.
    """

    begin: int
    cells: tuple[Cell, ...]
    end: int
    is_cut: bool = False
    is_blank: bool = False


def rows_of(text: str, start: int, end: int, grid: Grid) -> list[Row]:
    """The rows of [start, end), blank ones too; a row holds its line end."""
    borders = [start, *(found.end() for found in LINE_END.finditer(text, start, end))]
    if borders[-1] < end:
        borders.append(end)
    return [_row(text, left, right, grid) for left, right in zip(borders, borders[1:], strict=False)]


def _row(text: str, start: int, end: int, grid: Grid) -> Row:
    line = text[start:end].rstrip()
    spans = [found.span() for found in _CELL.finditer(line)]
    if "\t" in line or (grid == "half ems" and not line.isascii()):
        places = _places(line, grid)
        cells = tuple(Cell(places[left], places[right], start + left, start + right) for left, right in spans)
    else:
        cells = tuple(Cell(left, right, start + left, start + right) for left, right in spans)
    return Row(start, cells, end, is_blank=not cells)


class _HalfEms(dict[str, int]):
    """The width of a character, once it was asked for."""

    def __missing__(self, character: str) -> int:
        self[character] = found = 2 if character == "\u3000" or is_wide(character) else 1
        return found


_HALF_EMS = _HalfEms()


@lru_cache(maxsize=256)  # a cell is asked for again for every place it may be broken at
def _places(line: str, grid: Grid) -> Sequence[int]:
    """The place of every character of a line, and of its end."""
    if "\t" not in line:
        return (
            tuple(accumulate(map(_HALF_EMS.__getitem__, line), initial=0))
            if grid == "half ems"
            else range(len(line) + 1)
        )

    def advance(place: int, character: str) -> int:
        if character == "\t":
            return (place // _TAB + 1) * _TAB
        return place + (_HALF_EMS[character] if grid == "half ems" else 1)

    return tuple(accumulate(line, advance, initial=0))


def break_cell(text: str, cell: Cell, place: int, grid: Grid) -> tuple[Cell, Cell] | None:
    """A cell broken at the one blank before `place`, if its text goes on just there."""
    inner = text[cell.start : cell.end]
    if grid == "characters":
        at = place - cell.left
    else:
        places = _places(inner, grid)
        at = places.index(place - cell.left) if place - cell.left in places else 0
    if not 1 < at < len(inner) or inner[at - 1] not in _BLANK:
        return None
    left = cell._replace(right=place - 1, end=cell.start + at - 1)
    return left, cell._replace(left=place, start=cell.start + at)
