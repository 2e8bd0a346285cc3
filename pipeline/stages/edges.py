"""The lines at the edges of pages: what comes again there, and where.  Which of them are forme work: `forme.py`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..evidence import Evidence, letters_of
from .breaks import readings_of
from .numbers import Number

REACH = 14  # lines from a page's edge that can be forme work; inwards only while forme work goes on


def edge_lines(start: int, end: int) -> Iterable[int]:
    """Lines of a page within reach of its edges."""
    if end - start <= 2 * REACH:
        return range(start, end)
    return [*range(start, start + REACH), *range(end - REACH, end)]


class Surroundings:
    """What the scores need to know of the whole source: keys that come again, and where on their pages."""

    def __init__(self, evidence: Evidence, pages: Sequence[tuple[int, int]]) -> None:
        self.numbers = {line: readings[0] for line, readings in readings_of(evidence).items()}
        self.key = list(evidence.keys)  # of each line; beside a number the running head alone counts
        for line, number in self.numbers.items():
            if number.head:
                self.key[line] = letters_of(number.head)
        self.repeats: Counter[str] = Counter()  # pages that the key stands on
        edges: list[int] = []
        for start, end in pages:
            lines = edge_lines(start, end)
            self.repeats.update({self.key[line] for line in lines} - {""})
            edges += lines
        edges.reverse()
        self.first = {self.key[line]: line for line in edges}
        self._pages = pages
        self._places = self._find_places([self.key[line] for line in edges])
        self.size = "few" if len(pages) <= 4 else "some" if len(pages) <= 9 else "many"  # pages
        # whether a page number stands at the top (else the foot) of each page, and whether it does on most
        self._zones: dict[bool, tuple[list[bool], bool]] = {}
        self.everywhere = evidence.key_counts
        self._starts = _Starts(evidence)

    def _find_places(self, keys: Sequence[str]) -> Mapping[tuple[str, bool, int], int]:
        """How often each key that comes again stands how far from the top (else foot) of a page."""
        places: defaultdict[tuple[str, bool, int], int] = defaultdict(int)
        counts = Counter(keys)
        for start, end in self._pages:
            for line in edge_lines(start, end):
                key = self.key[line]
                if counts[key] < 2:
                    continue
                if line - start < REACH:
                    places[key, True, line - start] += 1
                if end - 1 - line < REACH:
                    places[key, False, end - 1 - line] += 1
        return places

    def zone_numbers(self, page: int, numbers: dict[int, Number], *, top: bool) -> str:
        """Whether a page number stands at this edge of the page, and whether it does on most pages."""
        if top not in self._zones:
            zones = [_has_number(start, end, numbers, top=top) for start, end in self._pages]
            self._zones[top] = zones, sum(zones) * 2 > len(zones)
        zones, usual = self._zones[top]
        here = zones[min(page, len(zones) - 1)]
        return ("has" if here else "lacks") + ("-as-usual" if here == usual else "-unlike-others")

    def same_place(self, line: int, depth: int, *, top: bool) -> int:
        """Pages on which the line's key stands as far from the same edge, or one line nearer or farther."""
        key, places = self.key[line], self._places
        if not key:
            return 0
        if (key, top, depth) not in places:
            return 1  # the line itself
        return sum(places.get((key, top, other), 0) for other in (depth - 1, depth, depth + 1))

    def is_shortened(self, key: str) -> bool:
        """Whether some other short line of the source, with those after it, goes on from this key."""
        if len(key) < 3 or not self._starts.are_several(key[:3]):
            return False
        starts = self._starts.beginning(key[:3])
        at = bisect_left(starts, key)
        return sum(text.startswith(key[:60]) for text in starts[at : at + 2]) > 1


def _has_number(start: int, end: int, numbers: dict[int, Number], *, top: bool) -> bool:
    """Whether a page number stands among the first or the last three lines of a page."""
    zone = range(start, min(end, start + 3)) if top else range(max(start, end - 3), end)
    return any(line in numbers for line in zone)


class _Starts:
    """The letters that short lines and the first lines of the source begin with, those after them included."""

    def __init__(self, evidence: Evidence) -> None:
        self._keys = evidence.keys
        self._sorted: dict[str, list[str]] = {}
        self._lines: defaultdict[str, list[int]] = defaultdict(list)  # by the first three letters
        limit = evidence.measure * 19 // 20
        for line, (key, width) in enumerate(zip(self._keys, evidence.lines.width, strict=True)):
            if width < limit or line < 40:
                self._lines[key[:3] if len(key) > 2 else self._letters(line)[:3]].append(line)

    def _letters(self, line: int) -> str:
        return "".join(self._keys[line : line + 4])[:60]

    def beginning(self, letters: str) -> list[str]:
        """Those that begin with these three letters, each once, sorted."""
        if letters not in self._sorted:
            self._sorted[letters] = sorted({self._letters(line) for line in self._lines.get(letters, ())})
        return self._sorted[letters]

    def are_several(self, letters: str) -> bool:
        """Whether more than one line begins with these three letters."""
        return len(self._lines.get(letters, ())) > 1
