"""The lines of running text with their place on the page, and the habits of the source they are measured by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, groupby, repeat

import numpy as np
from numpy.typing import NDArray

from ...evidence import Evidence

Column = NDArray[np.int64]


@dataclass(slots=True)
class Line:
    """A line of running text (forme work is out): its index in `Lines`, page, and place on the page."""

    index: int
    page: int
    place: int
    left: int


def left_out(evidence: Evidence, lines: Sequence[Line]) -> list[int]:
    """The lines of a source that are not among those of running text: its forme work."""
    taken = {line.index for line in lines}
    return [index for index in range(len(evidence.lines)) if index not in taken]


def are_adjacent(lines: Sequence[Line], at: int) -> bool:
    """Whether the line behind `at` stands right below it on the page."""
    behind = at + 1
    return behind < len(lines) and lines[behind].page == lines[at].page and lines[behind].index == lines[at].index + 1


def text_lines(page_of: Sequence[int], is_forme: Sequence[bool]) -> list[Line]:
    """The lines that are not forme work, with their place on the page from the top and from the foot.

    The page of a line is never one before that of the line above it.
    """
    lines: list[Line] = []
    kept = [index for index, forme in enumerate(is_forme) if not forme]
    for page, group in groupby(kept, page_of.__getitem__):
        found = list(group)
        left = range(len(found) - 1, -1, -1)
        lines += map(Line, found, repeat(page), count(), left)
    return lines


class Regime:
    """Habits of the source: the usual gap, blanks left at line ends, indents; for every line the measure of its
    page and what lead the page's lines begin at."""

    def __init__(
        self,
        page: Column,
        place: Column,
        lead: Column,
        trail: Column,
        gap: Column,
        usual_gap: Column,
    ) -> None:
        whole = max(1, len(page))
        sizes = np.bincount(page)
        sizes = sizes[sizes > 0]
        ends = np.cumsum(sizes)
        pages = [slice(end - size, end) for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]
        self.base = np.repeat([_lower(lead[lines].tolist()) for lines in pages], sizes)
        self.gap = usual_gap
        self.trails = 35 <= 100 * np.count_nonzero(trail) // whole <= 97
        indents = lead - self.base
        self.indents = 3 <= 100 * np.count_nonzero((indents > 1) & (indents <= 12)) // whole <= 45
        gaps = np.count_nonzero((place > 0) & (gap > self.gap))
        self.spaced = "rare" if gaps * 25 < len(page) else "some" if gaps * 5 < len(page) else "many"


def _lower(leads: list[int]) -> int:
    """The lead of a page: one that few of its lines fall short of."""
    return sorted(leads)[len(leads) // 4]
