"""Columns that stand side by side in the rows of a text, as in what keeps the picture of a page, or line by line.

`find` gives the source as it is read, one column after the other, and the way back to the witness: the stages work
on that text, and `put_back` brings what they found to the offsets of the witness, which is never changed.

shuffled.py  lines of two columns in turn   units.py     lines and halves of lines
turns.py     the best way through them      signposts.py what is counted in them
continuity.py  which Chinese line goes on another
rows.py      rows and their cells          gutters.py   places at which rows are parted
prose.py     is a column running text?     pages.py     pages, and forme work across the columns
order.py     the order of reading          view.py      the text in that order, and the way back
witness.py   a document put back
"""

from __future__ import annotations

from typing import NamedTuple

from ..model import Source
from .gutters import Finder
from .order import lay_out
from .pages import Stretch, stretches_of
from .rows import Grid
from .shuffled import find_shuffled
from .view import Piece, View
from .witness import COLUMN_GUTTER, put_back, put_runs, read_verdicts, remark_on

__all__ = ["COLUMN_GUTTER", "View", "find", "put_back", "put_runs", "read_verdicts", "remark_on"]

_WIDE_BLANKS = ("   ", "\t", "\u3000\u3000")
_DEEP = 20  # blanks before a line that may stand in a column further right
_NEAR, _LEAST_NEAR = 60, 12  # lines in a row, and how many of them must have wide blanks
_LEAST_SCORE = 12  # rows of a source that show columns
_LEAST_CERTAIN, _MOST_CERTAIN = 70, 95  # per cent: with few such rows, and with many


class _Layout(NamedTuple):
    """The stretches of a source in one grid, and how many of their rows show columns."""

    grid: Grid
    stretches: list[Stretch]
    score: int


def find(source: Source) -> View | None:
    """The source as it is read, or `None` where no columns stand side by side, nor their lines in turn."""
    return _find_side_by_side(source) or find_shuffled(source)


def _find_side_by_side(source: Source) -> View | None:
    text = source.text
    if not may_have_columns(text):
        return None
    grids: tuple[Grid, ...] = ("characters",) if text.isascii() else ("characters", "half ems")
    layout = max((_look(source, grid) for grid in grids), key=lambda one: one.score)
    if layout.score < _LEAST_SCORE:
        return None
    return _view(source, layout)


def may_have_columns(text: str) -> bool:
    """Whether lines with wide blanks stand close together: a quick look, before the thorough one."""
    blanks = [blank for blank in _WIDE_BLANKS if text.count(blank) >= _LEAST_NEAR]
    wide: list[int] = []
    for blank in blanks:
        lines = enumerate(text.replace("\r", "\n").split("\n"))
        wide += [at for at, line in lines if blank in line and (blank in line.strip() or line[:_DEEP].isspace())]
    wide.sort()
    return any(last - first < _NEAR for first, last in zip(wide, wide[_LEAST_NEAR - 1 :], strict=False))


def _look(source: Source, grid: Grid) -> _Layout:
    finder = Finder(source.text, grid, is_known=False)
    stretches = stretches_of(source, grid)
    score = sum(gutter.score for one in stretches if not one.is_edge for gutter in finder.find(one.rows))
    return _Layout(grid, stretches, score)


def _view(source: Source, layout: _Layout) -> View:
    finder = Finder(source.text, layout.grid, is_known=True)
    pieces: list[Piece] = []
    bands: list[tuple[int, int]] = []
    at = 0
    for rows, is_edge, is_double in layout.stretches:
        if not rows:
            continue
        if at < rows[0].begin:  # form feeds
            pieces.append(Piece(at, rows[0].begin))
        at = rows[-1].end
        if is_edge:
            pieces.append(Piece(rows[0].begin, at))
            continue
        bands += [(rows[one.first].begin, rows[one.last - 1].end) for one in finder.find(rows)]
        pieces += lay_out(finder, rows, int(is_double))
    pieces.append(Piece(at, len(source.text)))
    return View(source, pieces, bands, min(_MOST_CERTAIN, _LEAST_CERTAIN + layout.score // 4))
