"""How spans of the witness read through touched runs, and the map back.

`Reading` reads a list of spans as one stretch and turns what a stage wants into edits; `pieces` is the tiling
that all of it stands on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from .errors import AlgebraError
from .model import Document, Edit, Rule, Run, Span

_make = tuple.__new__  # a named tuple without the cost of its own constructor


def pieces(runs: Sequence[Run], start: int, end: int) -> Iterator[tuple[int, int, Run | None]]:
    """The tiling of [start, end): stretches as in the witness (`None`) and touched runs, in order.

    A run that is cut by `start` or `end` raises `AlgebraError`.
    """
    at = bisect_left(runs, (start,))
    if at and runs[at - 1][1] > start:
        raise AlgebraError(f"a run cuts through witness offset {start}")
    place = start
    while at < len(runs) and (runs[at][0] < end or (runs[at][0] == end == runs[at][1] and place == end == start)):
        run = runs[at]
        if run[0] > place:
            yield place, run[0], None
        if run[1] > end:
            raise AlgebraError(f"a run cuts through witness offset {end}")
        yield run[0], run[1], run
        place = run[1]
        at += 1
    if place < end:
        yield place, end, None


def text_of(source: str, runs: Sequence[Run], spans: Sequence[Span]) -> str:
    """How these spans read; a run that a span cuts raises `AlgebraError`."""
    texts: list[str] = []
    append, size = texts.append, len(runs)
    for start, end in spans:
        at = bisect_left(runs, (start,))
        if at and runs[at - 1][1] > start:
            raise AlgebraError(f"a run cuts through witness offset {start}")
        place = start
        while at < size:
            left, right, new, _, _ = runs[at]
            if left >= end and not left == right == start == end:
                break
            if right > end:
                raise AlgebraError(f"a run cuts through witness offset {end}")
            append(source[place:left])
            append(new)
            place = right
            at += 1
        append(source[place:end])
    return "".join(texts)


class Reading:
    """Some spans of the witness read as one stretch: the text, and the map back.

    An insertion belongs to the span it begins or lies in, never to the one that ends there.
    """

    __slots__ = ("_ascending", "_ends", "_heads", "_pieces", "_runs", "_starts", "spans", "text")

    _ascending: bool
    _ends: list[int]
    _heads: set[int]
    _pieces: list[tuple[int, int, Run | None]]
    _starts: list[int]

    def __init__(self, source: str, runs: Sequence[Run], spans: Sequence[Span]) -> None:
        self.spans = spans
        self.text = text_of(source, runs, spans)
        self._runs = runs

    def __getattr__(self, name: str) -> Any:
        """The map is made when it is first asked for: most readings are only read."""
        if name not in Reading.__slots__:
            raise AttributeError(name)
        self._make_map()
        return getattr(self, name)

    def _make_map(self) -> None:
        runs, spans, size = self._runs, self.spans, len(self._runs)
        starts: list[int] = []
        found: list[tuple[int, int, Run | None]] = []
        heads: set[int] = set()  # the pieces that begin a span
        at = 0
        for start, end in spans:  # as `pieces` has them; that no run is cut was seen when the text was read
            heads.add(len(found))
            number, place = bisect_left(runs, (start,)), start
            while number < size:
                run = runs[number]
                left, right, new, _, _ = run
                if left >= end and not left == right == start == end:
                    break
                if place < left:
                    starts.append(at)
                    found.append((place, left, None))
                    at += left - place
                starts.append(at)
                found.append((left, right, run))
                at += len(new)
                place = right
                number += 1
            if place < end:
                starts.append(at)
                found.append((place, end, None))
                at += end - place
        self._starts, self._pieces, self._heads = starts, found, heads
        self._ends = [*starts[1:], at]
        self._ascending = len(spans) == 1 or all(left[1] <= right[0] for left, right in pairwise(spans))

    def stretches(self) -> Iterator[tuple[int, int, Run | None, int, int]]:
        """The reading cut where it changes: (start, end, run or `None`, witness start, witness end)."""
        for start, end, (left, right, run) in zip(self._starts, self._ends, self._pieces, strict=True):
            yield start, end, run, left, right

    def start(self, offset: int) -> int:
        """Witness offset of a stretch that begins at `offset`: behind text dropped there."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return self.spans[0][0] if self.spans else 0
        start, end, run = self._pieces[at]
        if offset >= self._ends[at]:
            return end
        return start if run is not None else start + offset - self._starts[at]

    def end(self, offset: int) -> int:
        """Witness offset of a stretch that ends at `offset`: before text dropped there."""
        at = bisect_left(self._starts, offset) - 1
        if at < 0:
            return self._pieces[0][0] if self._pieces else 0
        start, end, run = self._pieces[at]
        if run is not None:
            return end
        return start + offset - self._starts[at]

    def starts(self, offsets: Sequence[int]) -> list[int]:
        """`start` of many offsets."""
        if len(self._pieces) == 1 and self._pieces[0][2] is None:  # a bare witness is only moved
            shift = self._pieces[0][0]
            return [offset + shift for offset in offsets]
        starts, ends, tiling, found = self._starts, self._ends, self._pieces, []
        for offset in offsets:
            at = bisect_right(starts, offset) - 1
            left, right, run = tiling[at]
            found.append(right if offset >= ends[at] else left if run is not None else left + offset - starts[at])
        return found

    def ends(self, offsets: Sequence[int]) -> list[int]:
        """`end` of many offsets, none of them 0."""
        if len(self._pieces) == 1 and self._pieces[0][2] is None:
            shift = self._pieces[0][0]
            return [offset + shift for offset in offsets]
        starts, tiling, found = self._starts, self._pieces, []
        for offset in offsets:
            at = bisect_left(starts, offset) - 1
            left, right, run = tiling[at]
            found.append(left + offset - starts[at] if run is None else right)
        return found

    def offset(self, witness: int) -> int | None:
        """Reading offset of a witness offset, or `None` where it lies outside the spans.

        Inside a touched run: where the run begins.  Where two spans meet: the earlier one's end.
        """
        if self._ascending:
            return self.offsets([witness])[0]
        for at, (start, end, run) in enumerate(self._pieces):
            if start <= witness < end:
                return self._starts[at] if run is not None else self._starts[at] + witness - start
        for at, (_, end, _run) in enumerate(self._pieces):
            if end == witness:
                return self._ends[at]
        return None

    def offsets(self, witness: Sequence[int]) -> list[int | None]:
        """`offset` of many witness offsets: by bisection where the spans ascend."""
        if not self._ascending:
            return [self.offset(place) for place in witness]
        found: list[int | None] = []
        at = -1
        for place in witness:
            at = bisect_left(self._pieces, (place + 1,)) - 1
            start, end, run = self._pieces[at] if at >= 0 else (place + 1, place + 1, None)
            if start <= place < end:
                found.append(self._starts[at] if run is not None else self._starts[at] + place - start)
            else:
                found.append(self._ends[at] if end == place else None)
        return found

    def edit(self, start: int, end: int, new: str, rule: Rule, certainty: int | None = None) -> list[Edit]:
        """Edits that make [start, end) of this reading read `new`.

        A touched run is always taken in whole: where several changes may fall into one run, ask for them
        together with `edits`.  Over a gap between two spans the first part takes the new text and the
        others are emptied.
        """
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and start < end <= self._ends[at] and self._pieces[at][2] is None:  # by far the most
            shift = self._pieces[at][0] - self._starts[at]
            certainty = rule.certainty if certainty is None else certainty
            return [_make(Edit, (start + shift, end + shift, new, rule, certainty))]
        return self.edits([(start, end, new)], rule, certainty)

    def edit_head(self, end: int, new: str, rule: Rule) -> list[Edit]:
        """`edit` of the first characters; where they stand so in the first span, no map is needed."""
        left, right = self.spans[0]
        at = bisect_left(self._runs, (left,))
        if 0 < end <= right - left and (at == len(self._runs) or self._runs[at][0] >= left + end):
            return [_make(Edit, (left, left + end, new, rule, rule.certainty))]
        return self.edit(0, end, new, rule)

    def edits(self, changes: Iterable[tuple[int, int, str]], rule: Rule, certainty: int | None = None) -> list[Edit]:
        """Edits for many (start, end, new), ascending and disjoint: `differences` gives such a list."""
        certainty = rule.certainty if certainty is None else certainty
        found: list[Edit] = []
        left = right = 0  # the change that waits for the next one: they may have to be one edit
        text, first, last = "", 0, -1
        for start, end, new in changes:
            if not right <= start <= end <= len(self.text):
                raise AlgebraError(f"[{start}, {end}) is not in order, or not in the reading (rule {rule.id})")
            low, high = self._touched(start, end)
            if last >= 0 and (right == start == end or (low == last and self._pieces[low][2] is not None)):
                right, text, last = end, text + self.text[right:start] + new, high
                continue
            if last >= 0:
                self._change(found, left, right, text, first, last, rule, certainty)
            left, right, text, first, last = start, end, new, low, high
        if last >= 0:
            self._change(found, left, right, text, first, last, rule, certainty)
        return found

    def _touched(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last piece that a change of [start, end) rewrites."""
        if start < end:
            first = bisect_right(self._starts, start) - 1
            return first, bisect_left(self._starts, end, lo=first) - 1
        at = bisect_left(self._starts, start) - 1
        if at < 0 or self._pieces[at][2] is not None or start < self._ends[at]:
            return max(at, 0), max(at, 0)
        at += self._is_insertion(at + 1)
        return at, at

    def _is_insertion(self, at: int) -> bool:
        return at < len(self._pieces) and self._pieces[at][0] == self._pieces[at][1]

    def _change(
        self, found: list[Edit], start: int, end: int, new: str, first: int, last: int, rule: Rule, certainty: int
    ) -> None:
        """Add the edits for one change: one for each part between gaps, and for each insertion at its border."""
        if start == end:
            if new:
                found.append(self._insertion(start, new, rule, certainty))
            return
        w_start, _, run = self._pieces[first]
        if first == last and run is None:
            shift = w_start - self._starts[first]
            found.append(_make(Edit, (start + shift, end + shift, new, rule, certainty)))
            return
        before, behind = self._kept(first, start, head=True), self._kept(last, end, head=False)
        part = first
        for at in range(first, last + 1):
            if at < last and at + 1 not in self._heads:
                continue
            left = self._pieces[part][0]
            right = self._pieces[at][1]
            if part == first and self._pieces[part][2] is None:
                left += start - self._starts[part]
            if at == last and self._pieces[at][2] is None:
                right = self._pieces[at][0] + end - self._starts[at]
            lead = before if part == first else ""
            trail = behind if at == last else ""
            middle = new if part == first else ""
            if part < at and self._is_insertion(part):
                found.append(Edit(left, left, lead, rule, certainty))
                lead = ""
            if part < at and self._is_insertion(at):
                found.append(Edit(left, right, lead + middle, rule, certainty))
                found.append(Edit(right, right, trail, rule, certainty))
            else:
                found.append(Edit(left, right, lead + middle + trail, rule, certainty))
            part = at + 1

    def _kept(self, at: int, offset: int, *, head: bool) -> str:
        """What a touched run keeps before (`head`) or behind a change that begins or ends at `offset` in it."""
        run = self._pieces[at][2]
        if run is None:
            return ""
        cut = offset - self._starts[at]
        return run[2][:cut] if head else run[2][cut:]

    def _insertion(self, offset: int, new: str, rule: Rule, certainty: int) -> Edit:
        """An insertion goes into the run it stands in or behind, else into the insertion that follows."""
        if not self._pieces:
            if not self.spans:
                raise AlgebraError(f"an insertion into nothing (rule {rule.id})")
            return Edit(self.spans[0][0], self.spans[0][0], new, rule, certainty)
        at, _ = self._touched(offset, offset)
        start, end, run = self._pieces[at]
        if run is not None and (start == end or offset > self._starts[at]):
            cut = offset - self._starts[at]
            return Edit(start, end, run[2][:cut] + new + run[2][cut:], rule, certainty)
        place = start if run is not None else start + offset - self._starts[at]
        if start < place == end and at + 1 == len(self._pieces):
            # At the very end it would belong to what follows: it goes onto the last character.
            return Edit(place - 1, place, self.text[offset - 1] + new, rule, certainty)
        if start < place == end and at + 1 in self._heads:
            place = self._pieces[at + 1][0]  # between two spans it begins the second
        return Edit(place, place, new, rule, certainty)


def read(document: Document, spans: Sequence[Span]) -> Reading:
    """These spans of a document as they read now; every stage asks for most of them again."""
    spans = tuple(spans)
    found: Reading | None = document.readings.get(spans)
    if found is None:
        found = document.readings[spans] = Reading(document.source.text, document.runs, spans)
    return found
