"""The stretches of a source in which columns are looked for: pages, or what stands between running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ..evidence import letters_of
from ..model import Source
from .rows import Cell, Grid, Row, rows_of

_FEEDS = re.compile(r"\f+")
_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlc]{1,6})[\W_]*")
_PAGE = re.compile(r"[1-9][0-9]{0,3}")
_LEAST_NUMBERED, _LEAST_PLAIN = 2, 3  # how often a running head comes, with a number in it and without
_DOUBLED = 90  # per cent
_RAISED = 3  # places between a raised number and the text it belongs to
_MOST_ROWS = 2  # of forme work at the edge of a page


class Stretch(NamedTuple):
    """Rows in order; `is_edge`: forme work across all columns; `is_double`: a blank row below each is part of it."""

    rows: Sequence[Row]
    is_edge: bool
    is_double: bool


def stretches_of(source: Source, grid: Grid) -> list[Stretch]:
    """All rows of a source, cut at page marks and at what is forme work by its place and look."""
    spans = list(_pages(source))
    pages = [rows_of(source.text, start, end, grid) for start, end in spans]
    is_double = _is_double(pages)
    if is_double:
        pages = [list(_folded(rows)) for rows in pages]
    has_gaps = not is_double or len(spans) > 1 or any(row.is_blank for rows in pages for row in rows)
    edges = _find_edges(source.text, pages, is_marked=len(spans) > len(source.parts), has_gaps=has_gaps)
    found = []
    for rows in pages:
        for is_edge, same in groupby(rows, lambda row: row.begin in edges):
            found.append(Stretch(list(same), is_edge, is_double))
    return found


def _is_double(pages: Sequence[Sequence[Row]]) -> bool:
    """Whether nearly every row with text has a blank one below it, as where line ends were doubled."""
    pairs = [below.is_blank for rows in pages for row, below in pairwise(rows) if row.cells]
    return sum(pairs) * 100 >= _DOUBLED * len(pairs)


def _folded(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows with the blank row below each in it."""
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        if row.cells and at < len(rows) and rows[at].is_blank:
            row = row._replace(end=rows[at].end)
            at += 1
        yield row


def _pages(source: Source) -> Iterator[tuple[int, int]]:
    """Pages without the form feeds between them."""
    for start, end in [(part.start, part.end) for part in source.parts] or [(0, len(source.text))]:
        at = start
        for feeds in _FEEDS.finditer(source.text, start, end):
            yield at, feeds.start()
            at = feeds.end()
        yield at, end


def _find_edges(text: str, pages: Sequence[Sequence[Row]], *, is_marked: bool, has_gaps: bool) -> set[int]:
    """Where rows begin that are running heads or numbers: alone between blank rows, and alike, or at a page's edge."""
    apart = [row for rows in pages for row in _standing_apart(text, rows, has_gaps=has_gaps)]
    keys = {row.begin: letters_of(_line(text, row)) for row in apart}
    counts = Counter(keys.values())
    found = set()
    numbers = {row.begin: _numbers(text, row) for row in apart}
    sequence = {number for own in numbers.values() for number in own}
    for row in apart:
        line = _line(text, row)
        if any(number + step in sequence for number in numbers[row.begin] for step in (-1, 1)):
            found.add(row.begin)
        least = _LEAST_NUMBERED if any(map(str.isdigit, line)) else _LEAST_PLAIN
        if _NUMBER.fullmatch(line) or (keys[row.begin] and counts[keys[row.begin]] >= least + (not has_gaps)):
            found.add(row.begin)
    for rows in pages if is_marked else ():
        found.update(_at_edges(rows, found))
    return found


def _numbers(text: str, row: Row) -> set[int]:
    """Numbers that stand by themselves at the beginning or the end of a row that has more in it."""
    found = [int(text[cell.start : cell.end]) for cell in row.cells if _PAGE.fullmatch(text, cell.start, cell.end)]
    ends = (row.cells[0], row.cells[-1]) if row.cells and len(found) < len(row.cells) else ()
    return {int(text[cell.start : cell.end]) for cell in ends if _PAGE.fullmatch(text, cell.start, cell.end)}


def _at_edges(rows: Sequence[Row], known: set[int]) -> Iterator[int]:
    groups = [list(same) for is_blank, same in groupby(rows, lambda row: row.is_blank) if not is_blank]
    for group in (groups[0], groups[-1]) if len(groups) > 1 else ():
        if len(group) == 1 or (len(group) <= _MOST_ROWS and any(row.begin in known for row in group)):
            yield from (row.begin for row in group)


def _standing_apart(text: str, rows: Sequence[Row], *, has_gaps: bool) -> Iterator[Row]:
    """Rows with a blank row, or the page's edge, above or below; no raised number of the note below it.

    Where there are no gaps between rows, or the same between all, any may stand apart.
    """
    for at, row in enumerate(rows):
        if row.cells and (not has_gaps or at in (0, len(rows) - 1) or rows[at - 1].is_blank or rows[at + 1].is_blank):
            below = rows[at + 1].cells if at + 1 < len(rows) else ()
            if not (
                below and _NUMBER.fullmatch(_line(text, row)) and any(_is_behind(row.cells[0], one) for one in below)
            ):
                yield row


def _is_behind(number: Cell, cell: Cell) -> bool:
    return number.right <= cell.left <= number.right + _RAISED


def _line(text: str, row: Row) -> str:
    return text[row.cells[0].start : row.cells[-1].end]
