"""The order in which the rows of a stretch are read: above the columns, down one after the other, below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..evidence import LINE_END
from .gutters import Finder, Gutter
from .rows import Row
from .view import Piece


def lay_out(finder: Finder, rows: Sequence[Row], usual: int = 0, *, in_column: bool = False) -> Iterator[Piece]:
    """The pieces of the witness that these rows are, in the order they are read; `usual` blank lines between lines."""
    at = 0
    for gutter in finder.find(rows):
        yield from lay_out(finder, rows[at : gutter.first], usual, in_column=in_column)
        for side in part_rows(rows[gutter.first : gutter.last], gutter):
            yield from lay_out(finder, side, usual, in_column=True)
        at = gutter.last
    if in_column:
        yield from _read_column(finder.text, rows[at:], usual)
    elif at < len(rows):
        yield Piece(rows[at].begin, rows[-1].end)


def part_rows(rows: Sequence[Row], gutter: Gutter) -> tuple[list[Row], list[Row]]:
    """Rows parted at a gutter: its blanks go with the left side, what is more with the right one as its indent."""
    lefts, rights = [], []
    for row, sides in zip(rows, gutter.sides, strict=True):
        left, right, _ = sides
        empty = Row(row.begin, (), row.end, is_blank=row.is_blank)
        if not right:
            lefts.append(row._replace(cells=left) if left else empty)
            rights.append(empty)
            continue
        begin = right[0].start - (right[0].left - gutter.place)
        if left:
            begin = min(max(begin, left[-1].end + 1), right[0].start)
            lefts.append(Row(row.begin, left, begin, is_cut=True))
        else:
            lefts.append(empty)
        begin = max(begin, row.begin)
        rights.append(row._replace(begin=begin, cells=right))
    return lefts, rights


def _read_column(text: str, rows: Sequence[Row], usual: int) -> Iterator[Piece]:
    """The lines of a column, each from the column's margin on, with a blank line where there is room for one."""
    starts = Counter(row.cells[0].left for row in rows if row.cells)
    margin = min(starts, key=lambda place: (-starts[place], place), default=0)
    usual_rows = _usual_gap(rows)
    is_first, blank, beside = True, 0, 0
    for row in rows:
        if not row.cells:
            blank, beside = blank + row.is_blank, beside + 1
            continue
        first = row.cells[0]
        begin = max(row.begin, first.start - max(0, first.left - margin))
        if not is_first:
            yield from [Piece(begin, begin, is_break=True)] * (usual + (blank or int(beside > usual_rows + 1)))
        yield Piece(begin, row.cells[-1].end)
        end = row.cells[-1].end
        found = None if row.is_cut else LINE_END.search(text, end, row.end)
        yield Piece(end, found.end() if found else row.end, is_break=not found)
        is_first, blank, beside = False, 0, 0


def _usual_gap(rows: Sequence[Row]) -> int:
    """How many rows without text in a column mostly stand between two that have some."""
    places = [at for at, row in enumerate(rows) if row.cells]
    counts = Counter(below - above for above, below in pairwise(places))
    return max(counts, key=lambda count: (counts[count], count), default=1) - 1
