"""Several changes of one reading as edits: none inside a mark, and one only where they share a run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from ..model import Document, Edit, Mark, Rule, Span
from ..rewrite import Reading

Change = tuple[int, int, str, Rule, int]


def place_changes(reading: Reading, changes: Iterable[Change]) -> list[Edit]:
    """Edits for changes (start, end, new, rule, certainty) of a reading, in ascending order, disjoint.

    Changes that touch one run of earlier edits become one edit, with the rule of the first and the
    lowest certainty.
    """
    edits: list[Edit] = []
    last: Change | None = None
    last_edits: list[Edit] = []
    for change in changes:
        found = reading.edit(*change)
        while last is not None and found and last_edits and found[0].start < last_edits[-1].end:
            change = _unite(reading.text, last, change)
            del edits[len(edits) - len(last_edits) :]
            found, last, last_edits = reading.edit(*change), None, []
        edits += found
        last, last_edits = change, found
    return edits


def _unite(text: str, left: Change, right: Change) -> Change:
    new = left[2] + text[left[1] : right[0]] + right[2]
    return left[0], right[1], new, left[3], min(left[4], right[4])


class Guards:
    """The marks of a document, for asking which stretches of a reading they cover."""

    def __init__(self, document: Document) -> None:
        self._marks = sorted(document.marks, key=lambda mark: mark[:2])
        self._starts = [mark.start for mark in self._marks]

    def marks(self, spans: Sequence[Span]) -> list[Mark]:
        """The marks that begin in these spans."""
        return [
            mark
            for start, end in spans
            for mark in self._marks[bisect_left(self._starts, start) : bisect_right(self._starts, end)]
        ]

    def markers(self, reading: Reading) -> list[Span]:
        """Stretches of a reading that are note markers, in order."""
        found = []
        for mark in self.marks(reading.spans):
            start, end = (reading.offset(mark.start), reading.offset(mark.end)) if mark.tag == "ref" else (None, None)
            if start is not None and end is not None:
                found.append((start, end))
        return found

    def covered(self, reading: Reading) -> list[Span]:
        """Stretches of a reading that no change may touch or span, in order; a milestone is an empty one."""
        found = []
        for mark in self.marks(reading.spans):
            start = reading.offset(mark.start)
            end = start if mark.end == mark.start else reading.offset(mark.end)
            if start is not None:
                found.append((start, start if end is None else max(start, end)))
        return sorted(found)


def is_free(covered: Sequence[Span], start: int, end: int) -> bool:
    """Whether [start, end) lies outside the covered stretches and has no milestone inside.

    >>> is_free([(3, 5)], 5, 7), is_free([(3, 5)], 4, 7), is_free([(3, 3)], 2, 4)
    (True, False, False)
    """
    return all(right <= start or end <= left for left, right in covered)
