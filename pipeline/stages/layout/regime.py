"""The lines of running text with their place on the page, and the habits of the source they are measured by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...evidence import Evidence


@dataclass(slots=True)
class Line:
    """A line of running text (forme work is out): its index in `Lines`, page, and place on the page."""

    index: int
    page: int
    place: int
    left: int


def text_lines(page_of: Sequence[int], is_forme: Sequence[bool]) -> list[Line]:
    """The lines that are not forme work, with their place on the page from the top and from the foot.

    The page of a line is never one before that of the line above it.
    """
    pages: dict[int, list[int]] = {}
    for index, page in enumerate(page_of):
        if not is_forme[index]:
            pages.setdefault(page, []).append(index)
    return [
        Line(index, page, place, len(found) - 1 - place)
        for page, found in pages.items()
        for place, index in enumerate(found)
    ]


class Regime:
    """Habits of the source: its measure by page, the usual gap, blanks left at line ends, indents."""

    def __init__(self, evidence: Evidence, lines: Sequence[Line]) -> None:
        columns = evidence.lines
        widths: dict[int, list[int]] = {}
        leads: dict[int, list[int]] = {}
        for line in lines:
            widths.setdefault(line.page, []).append(columns.width[line.index])
            leads.setdefault(line.page, []).append(columns.lead[line.index])
        self.measure = {page: _upper(found, evidence.measure) for page, found in widths.items()}
        self.base = {page: sorted(found)[len(found) // 4] for page, found in leads.items()}
        self.whole = evidence.measure
        self.gap = evidence.usual_gap
        trailing = sum(1 for line in lines if columns.trail[line.index])
        share = 100 * trailing // max(1, len(lines))
        self.trails = 35 <= share <= 97
        indented = sum(1 for line in lines if 1 < columns.lead[line.index] - self.base[line.page] <= 12)
        self.indents = 3 <= 100 * indented // max(1, len(lines)) <= 45
        gaps = sum(1 for line in lines if line.place and columns.gap[line.index] > self.gap)
        self.spaced = "rare" if gaps * 25 < len(lines) else "some" if gaps * 5 < len(lines) else "many"


def _upper(widths: list[int], whole: int) -> int:
    """Measure of a page: a width that few of its longer lines pass; the source's own where there are few."""
    longer = sorted(width for width in widths if width >= 16)
    return longer[len(longer) * 17 // 20] if len(longer) >= 8 else whole
