"""The algebra of edits: the only code that changes text.

The text of a document is its witness with *touched runs* laid over it.  `rewrite` merges edits into
runs, `Reading` reads a list of spans through them and turns what a stage wants into edits again,
`differences` turns the answer of a library into edits, `apply` folds a stage's changes into a document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from .errors import AlgebraError
from .model import Block, Changes, Document, Edit, Rule, Run, Span, spans_in_order

_start = itemgetter(0)


def rewrite(runs: Sequence[Run], edits: Iterable[Edit]) -> tuple[Run, ...]:
    """Touched runs after `edits`.

    An edit takes in every run that lies inside it, with its rules; one that cuts through a run, or
    overlaps another edit, raises `AlgebraError`.  An insertion stands before a replacement that begins
    at the same offset; a replacement takes in an insertion at its own start.
    """
    out: list[Run] = []
    at, count = 0, len(runs)
    previous_start = previous_end = -1
    make = tuple.__new__
    for start, end, new, rule, certainty in sorted(edits, key=itemgetter(0, 1)):
        if start < previous_end or (start == end and previous_start == previous_end == start):
            raise AlgebraError(f"two edits at witness offset {start} overlap (rule {rule.id})")
        if end < start:
            raise AlgebraError(f"an edit ends before it begins at witness offset {start} (rule {rule.id})")
        previous_start, previous_end = start, end
        while at < count and (runs[at][1] <= start and runs[at][0] < start):
            out.append(runs[at])
            at += 1
        rules: tuple[Rule, ...] = ()
        if start == end:
            if at < count and runs[at][0] == runs[at][1] == start:
                rules, certainty = runs[at][3], min(certainty, runs[at][4])
                at += 1
            elif at < count and runs[at][0] < start < runs[at][1]:
                raise AlgebraError(f"an insertion at witness offset {start} cuts through a run (rule {rule.id})")
        else:
            while at < count and runs[at][0] < end:
                if runs[at][0] < start or runs[at][1] > end:
                    raise AlgebraError(f"an edit at witness offset {start} cuts through a run (rule {rule.id})")
                rules += runs[at][3]
                certainty = min(certainty, runs[at][4])
                at += 1
        if rule not in rules:
            rules += (rule,)
        out.append(make(Run, (start, end, new, rules, certainty)))
    out.extend(runs[at:])
    return tuple(out)


def differences(old: str, new: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Where `old` must be changed to read `new`, as (start, end, text), moved by `start`.

    Of equal length: position by position, neighbours united.  Otherwise the stretch between the common
    prefix and the common suffix: meant for one line, never a general diff.
    """
    if old == new:
        return []
    if len(old) == len(new):
        found: list[tuple[int, int, str]] = []
        at, size = 0, len(old)
        while at < size:
            if old[at] == new[at]:
                at += 1
                continue
            end = at + 1
            while end < size and old[end] != new[end]:
                end += 1
            found.append((start + at, start + end, new[at:end]))
            at = end
        return found
    head, limit = 0, min(len(old), len(new))
    while head < limit and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [(start + head, start + len(old) - tail, new[head : len(new) - tail])]


def pieces(runs: Sequence[Run], start: int, end: int) -> Iterator[tuple[int, int, Run | None]]:
    """The tiling of [start, end): stretches as in the witness (`None`) and touched runs, in order.

    A run that is cut by `start` or `end` raises `AlgebraError`.
    """
    at = bisect_left(runs, start, key=_start)
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


class Reading:
    """Some spans of the witness read as one stretch: the text, and the map back.

    An insertion belongs to the span it begins or lies in, never to the one that ends there.
    """

    __slots__ = ("_ends", "_pieces", "_starts", "spans", "text")

    def __init__(self, source: str, runs: Sequence[Run], spans: Sequence[Span]) -> None:
        self.spans = spans
        texts: list[str] = []
        starts: list[int] = []
        found: list[tuple[int, int, Run | None]] = []
        at = 0
        for start, end in spans:
            for piece in pieces(runs, start, end):
                run = piece[2]
                text = source[piece[0] : piece[1]] if run is None else run[2]
                starts.append(at)
                found.append(piece)
                texts.append(text)
                at += len(text)
        self.text = "".join(texts)
        self._starts, self._pieces = starts, found
        self._ends = [*starts[1:], at]

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

    def offset(self, witness: int) -> int | None:
        """Reading offset of a witness offset, or `None` where it lies outside the spans.

        Inside a touched run: where the run begins.  Where two spans meet: the earlier one's end.
        """
        for at, (start, end, run) in enumerate(self._pieces):
            if start <= witness < end:
                return self._starts[at] if run is not None else self._starts[at] + witness - start
        for at, (_, end, _run) in enumerate(self._pieces):
            if end == witness:
                return self._ends[at]
        return None

    def offsets(self, witness: Sequence[int]) -> list[int | None]:
        """`offset` of many ascending witness offsets; for readings whose spans ascend this is linear."""
        if any(left[0] > right[0] for left, right in zip(self._pieces, self._pieces[1:], strict=False)):
            return [self.offset(place) for place in witness]
        found: list[int | None] = []
        at, count = 0, len(self._pieces)
        for place in witness:
            while at < count and self._pieces[at][1] <= place:
                at += 1
            if at < count and self._pieces[at][0] <= place:
                start, _, run = self._pieces[at]
                found.append(self._starts[at] if run is not None else self._starts[at] + place - start)
            elif at and self._pieces[at - 1][1] == place:
                found.append(self._ends[at - 1])
            else:
                found.append(None)
        return found

    def edit(self, start: int, end: int, new: str, rule: Rule, certainty: int | None = None) -> list[Edit]:
        """Edits that make [start, end) of this reading read `new`.

        A touched run is always taken in whole.  Over a gap between two spans the first part takes the
        new text and the others are emptied.
        """
        certainty = rule.certainty if certainty is None else certainty
        if not 0 <= start <= end <= len(self.text):
            raise AlgebraError(f"[{start}, {end}) is not inside a reading of {len(self.text)} (rule {rule.id})")
        if start == end:
            return [self._insertion(start, new, rule, certainty)]
        first = bisect_right(self._starts, start) - 1
        while self._ends[first] <= start:
            first += 1
        last = bisect_left(self._starts, end, lo=first) - 1
        while self._starts[last] == self._ends[last]:
            last -= 1
        w_start, _, run = self._pieces[first]
        if run is None:
            w_start += start - self._starts[first]
            before = first - 1
            if w_start == self._pieces[first][0] and before >= 0 and self._is_insertion(before, w_start):
                new = self._pieces[before][2][2] + new  # type: ignore[index]
        else:
            new = run[2][: start - self._starts[first]] + new
            if run[0] == run[1] and first == last:
                return [Edit(run[0], run[1], new + run[2][end - self._starts[first] :], rule, certainty)]
        w_end, run = self._pieces[last][1], self._pieces[last][2]
        if run is None:
            w_end = self._pieces[last][0] + end - self._starts[last]
        else:
            new += run[2][end - self._starts[last] :]
            if run[0] == run[1]:
                w_end, new, last = self._take_in_next(last, new)
        return self._over_gaps(first, last, w_start, w_end, new, rule, certainty)

    def _is_insertion(self, at: int, place: int) -> bool:
        start, end, run = self._pieces[at]
        return run is not None and start == end == place

    def _take_in_next(self, last: int, new: str) -> tuple[int, str, int]:
        """An edit that ends within an insertion must reach over the character behind it to hold it."""
        start, end, run = self._pieces[last + 1]
        if run is not None:
            return end, new + run[2], last + 1
        return start + 1, new + self.text[self._starts[last + 1]], last + 1

    def _over_gaps(
        self, first: int, last: int, start: int, end: int, new: str, rule: Rule, certainty: int
    ) -> list[Edit]:
        """One edit, or one for each part where the pieces first..last have a gap between them."""
        edits: list[Edit] = []
        part_start = start
        for at in range(first, last):
            if self._pieces[at][1] != self._pieces[at + 1][0]:
                edits.append(Edit(part_start, self._pieces[at][1], new, rule, certainty))
                part_start, new = self._pieces[at + 1][0], ""
        edits.append(Edit(part_start, end, new, rule, certainty))
        return [edit for edit in edits if edit.start < edit.end or edit.new]

    def _insertion(self, offset: int, new: str, rule: Rule, certainty: int) -> Edit:
        at = bisect_left(self._starts, offset) - 1
        if at >= 0:
            start, end, run = self._pieces[at]
            if run is not None:
                cut = offset - self._starts[at]
                return Edit(start, end, run[2][:cut] + new + run[2][cut:], rule, certainty)
            place = start + offset - self._starts[at]
            if place == end and place == self._last_of_span(place):
                # an insertion at the very end of a span would belong to what follows: put it on the
                # last character instead
                return Edit(place - 1, place, self.text[offset - 1] + new, rule, certainty)
            if at + 1 < len(self._pieces) and self._is_insertion(at + 1, place):
                return Edit(place, place, new + self._pieces[at + 1][2][2], rule, certainty)  # type: ignore[index]
            return Edit(place, place, new, rule, certainty)
        place = self.spans[0][0] if self.spans else 0
        if self._pieces and self._is_insertion(0, place):
            return Edit(place, place, new + self._pieces[0][2][2], rule, certainty)  # type: ignore[index]
        return Edit(place, place, new, rule, certainty)

    def _last_of_span(self, place: int) -> int:
        return next((end for _, end in self.spans if end == place), -1)


def read(document: Document, spans: Sequence[Span]) -> Reading:
    """These spans of a document as they read now."""
    return Reading(document.source.text, document.runs, spans)


def apply(document: Document, changes: Changes) -> Document:
    """The document after a stage: blocks are checked to be disjoint, edits to keep within them."""
    blocks = document.blocks if changes.blocks is None else {block.id: block for block in changes.blocks}
    if changes.blocks is not None and len(blocks) != len(changes.blocks):
        raise AlgebraError("two blocks have one id")
    runs = document.runs
    spans = spans_in_order(blocks)
    if changes.blocks is not None:
        _check_disjoint(spans)
    if changes.edits:
        _check_borders(spans, changes.edits)
        runs = rewrite(runs, changes.edits)
    return replace(
        document,
        runs=runs,
        blocks=blocks,
        marks=document.marks if changes.marks is None else changes.marks,
        articles=document.articles if changes.articles is None else changes.articles,
        journal=document.journal if changes.journal is None else changes.journal,
        links=document.links if changes.links is None else changes.links,
        remarks=document.remarks + changes.remarks,
    )


def _check_disjoint(spans: Sequence[tuple[int, int, Block]]) -> None:
    previous = 0
    for start, end, block in spans:
        if start < previous or end <= start:
            raise AlgebraError(f"spans overlap or are empty at witness offset {start}: {block}")
        previous = end


def _check_borders(spans: Sequence[tuple[int, int, Block]], edits: Iterable[Edit]) -> None:
    """An edit lies inside one span, or outside them all."""
    borders = [place for start, end, _ in spans for place in (start, end)]
    for edit in edits:
        if bisect_right(borders, edit.start) != bisect_left(borders, edit.end) and edit.start < edit.end:
            raise AlgebraError(f"an edit crosses a block's border at witness offset {edit.start} (rule {edit.rule.id})")
