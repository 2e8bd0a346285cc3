"""Why something differs: what can have changed it, and which rules decided on one side only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..verdicts.rules import HAND_KEPT
from .documents import Block, Document, Row
from .model import CAUSES, Cause, Rules


@dataclass(frozen=True, slots=True)
class Reasons:
    """Two documents and what can have changed: `causes` by the whole document.

    `is_same_witness` says that offsets mean the same on both sides.
    """

    old: Document
    new: Document
    causes: tuple[Cause, ...]
    is_same_witness: bool

    def of_stretch(self, old: Block, new: Block, cut: tuple[int, int, int, int]) -> tuple[tuple[Cause, ...], Rules]:
        """Causes and rules of a stretch of the text of two blocks."""
        ones, others = _touched(self.old, old, *cut[:2]), _touched(self.new, new, *cut[2:])
        rules = self._rules(ones, others)
        return self._causes(ones, others, rules), rules

    def of_blocks(
        self, olds: Iterable[Block], news: Iterable[Block], *, is_whole: bool = True
    ) -> tuple[tuple[Cause, ...], Rules]:
        """Causes of what became of blocks, and the rules: of blocks as a whole only those that found them."""
        ones = [self.old.rows[place] for block in olds for place in block.rows]
        others = [self.new.rows[place] for block in news for place in block.rows]
        rules = self._rules(ones, others, is_whole=is_whole)
        return self._causes(ones, others, rules), rules

    def _causes(self, ones: Sequence[Row], others: Sequence[Row], rules: Rules) -> tuple[Cause, ...]:
        if "source" in self.causes and self._is_from_source(ones, others):
            return ("source",)
        rest = tuple(cause for cause in self.causes if cause != "source")
        if "sidecar" in rest and HAND_KEPT.id in (*rules.old, *rules.new):
            return ("sidecar",)
        return rest or self.causes or ("program",)

    def _is_from_source(self, ones: Sequence[Row], others: Sequence[Row]) -> bool:
        """Whether a line of the witness here is in one of the two only."""
        if self.is_same_witness:
            return False
        here = (line for row in ones for line in self.old.lines(row.start, row.end))
        there = (line for row in others for line in self.new.lines(row.start, row.end))
        return any(line not in self.new.line_texts for line in here) or any(
            line not in self.old.line_texts for line in there
        )

    def _rules(self, ones: Sequence[Row], others: Sequence[Row], *, is_whole: bool = False) -> Rules:
        if self.is_same_witness:
            spans = sorted({(row.start, row.end) for row in (*ones, *others)})
            ones, others = _within(self.old, spans), _within(self.new, spans)
        same = set(map(_look, ones)) & set(map(_look, others))
        left = [row for row in ones if _look(row) not in same]
        right = [row for row in others if _look(row) not in same]
        olds, news = _names(left, is_whole), _names(right, is_whole)
        if set(olds) == set(news):
            return Rules(_names([row for row in left if row.fate != "kept"], is_whole),
                         _names([row for row in right if row.fate != "kept"], is_whole))  # fmt: skip
        return Rules(tuple(r for r in olds if r not in news), tuple(r for r in news if r not in olds))


def order_of(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Causes without repetition in their usual order."""
    found = set(causes)
    return tuple(cause for cause in CAUSES if cause in found)


def _touched(document: Document, block: Block, start: int, end: int) -> list[Row]:
    """Rows of a block that read something of [start, end) of its text, or stand at its borders and read nothing."""
    begins, ends, places = document.readings(block)
    first, last = bisect_left(ends, start), bisect_right(begins, end)
    found = []
    for at in range(first, last):
        is_inside = begins[at] < end and ends[at] > start
        if is_inside or start == end or begins[at] == ends[at]:
            found.append(document.rows[places[at]])
    return found


def _within(document: Document, spans: Sequence[tuple[int, int]]) -> list[Row]:
    places = dict.fromkeys(place for start, end in spans for place in document.overlapping(start, end))
    return [document.rows[place] for place in places]


def _look(row: Row) -> tuple[int, int, str, str, tuple[str, ...]]:
    return row.start, row.end, row.fate, row.text, row.rules


def _names(rows: Iterable[Row], is_whole: bool) -> tuple[str, ...]:
    """Rules of rows in order; of whole blocks only the first of each row, which is what found it."""
    return tuple(sorted({rule for row in rows for rule in (row.rules[:1] if is_whole else row.rules)}))
