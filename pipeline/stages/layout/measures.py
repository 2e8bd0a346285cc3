"""The measure of pages and the size of type of lines, from the widths of full lines.

A line that ends within a sentence fills its measure, to all appearance.  The width most of them have is the measure
of the text; lines of smaller type, as that of notes, have more to the same measure, for a width is the sum of
advances at one size.  What stands between full lines takes its type from those above and below it.  How much a
difference says depends on how much the full lines of the source differ from one to the next: much where columns are
narrow.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .templates import Codes

Flags = NDArray[np.bool_]

_TOLERANCE = 106  # per cent that full lines of one measure can be of each other
_LEAST = 10  # half ems of a line that can be full
_LEAST_LINES = 6  # full lines that tell a measure
_SHORT, _JOINED = 70, 135  # per cent of the measure: too short to fill it; several lines that the extractor joined
_REACH = 12  # lines to look at
_AWAY = np.array(((-1, -2, -3), (0, 1, 2)))[:, :, None]  # of the full ones those above a line, those from it on
# Limits of the classes of type and of change, in hundredths of what would be usual by chance (standard deviations).
_LIMITS = np.array((-1200, -500, -200, 200, 500, 1200))
_LEAST_SPREAD = 8  # thousandths of a line
# Hundredths of the square roots of counts of lines, and of n·m / (n + m) for two of them.
_ROOTS = np.array((0, 100, 141, 173))
_PAIR_ROOTS = np.array(((0, 0, 0, 0), (0, 71, 82, 87), (0, 82, 100, 110), (0, 87, 110, 122)))


class Measures:
    """The measures of lines; every array has a value a line.

    measure  that of its page, in half ems
    full     whether it fills its measure, to all appearance
    above, own, change
             classes from 1 to 7 of the type of the full lines above it and from itself on below it, beside that of the
             text, and of the change between them: smaller numbers are narrower lines, thus larger type; 0 unknown
    """

    def __init__(self, width: Codes, unended: Flags, chinese: Flags, page: Codes, usual: Codes) -> None:
        usual, spread = np.maximum(1, usual), np.full_like(width, _LEAST_SPREAD)
        tell = unended & (width >= _LEAST)
        for script in (chinese, ~chinese):  # a text in two scripts has two measures
            widths = width[tell & script]
            if len(widths) >= _LEAST_LINES:
                usual[script] = peak(widths)
                spread[script] = max(_LEAST_SPREAD, _spread(widths))
        self.measure = _page_measures(width, tell, page, usual)
        self.full: Flags = unended & (width * 100 >= self.measure * _SHORT) & (width * 100 < self.measure * _JOINED)
        self.wide: Flags = width * 20 > usual * 21
        self._find_types(width, page, usual, spread)

    def _find_types(self, width: Codes, page: Codes, usual: Codes, spread: Codes) -> None:
        ats = np.flatnonzero(self.full)
        if not len(ats):
            self.above = self.own = self.change = np.zeros_like(width)
            return
        totals, counts = _full_lines(width, page, ats)
        self.above, self.own = _classes(totals - counts * usual, counts * usual, _ROOTS[counts], spread)
        (total, below), (count, count_below) = totals, counts
        roots = _PAIR_ROOTS[count, count_below]
        self.change = _classes(below * count - total * count_below, total * count_below, roots, spread)


def _classes(difference: Codes, whole: Codes, root: Codes, spread: Codes) -> Codes:
    """The classes of differences beside what is usual by chance; 0 where nothing is known."""
    deviation = 1000 * difference // np.maximum(1, whole) * root // spread
    return np.where((whole > 0) & (root > 0), 1 + _LIMITS.searchsorted(deviation, side="right"), 0)


def _page_measures(width: Codes, tell: Flags, page: Codes, usual: Codes) -> Codes:
    """The measure of each line's page: the usual one where some of its lines have it, else that of its own lines."""
    near = tell & (width * 100 <= usual * _TOLERANCE) & (width * _TOLERANCE >= usual * 100)
    pages = int(page.max()) + 1
    of_usual, of_all = np.bincount(page[near], minlength=pages), np.bincount(page[tell], minlength=pages)
    found = usual.copy()
    for number in np.flatnonzero((of_usual * 4 < of_all) & (of_all >= _LEAST_LINES)).tolist():
        found[page == number] = peak(width[tell & (page == number)])
    return found


def _full_lines(width: Codes, page: Codes, ats: Codes) -> tuple[Codes, Codes]:
    """The widths, summed, and the number of the nearest full lines of a page: a row of those above each line, and one
    of those from it on."""
    lines = np.arange(len(width))
    places = np.searchsorted(ats, lines, side="left") + _AWAY
    at = ats.take(places, mode="clip")
    near = (places >= 0) & (places < len(ats)) & (np.abs(at - lines) <= _REACH) & (page.take(at) == page)
    return np.where(near, width.take(at), 0).sum(axis=1), near.sum(axis=1)


def peak(widths: Codes) -> int:
    """The width that most lines have, or nearly."""
    ordered = np.sort(widths)
    alike = np.searchsorted(ordered, ordered * _TOLERANCE // 100, side="right") - np.arange(len(ordered))
    first = int(alike.argmax())
    return int(ordered[first + int(alike[first]) // 2])


def _spread(widths: Codes) -> int:
    """The standard deviation of full lines in thousandths, from how those that follow one another differ."""
    longer = np.maximum(widths[1:], widths[:-1])
    unlike = 1000 * np.abs(widths[1:] - widths[:-1]) // longer
    unlike = unlike[unlike < 1000 - 10 * _SHORT]
    return int(unlike.sum()) * 886 // 1000 // max(1, len(unlike))  # for the normal distribution
