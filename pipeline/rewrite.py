"""The algebra of edits: the only code that changes text.

The text of a document is its witness with *touched runs* laid over it.  `rewrite` merges edits into
runs, `Reading` reads a list of spans through them and turns what a stage wants into edits again,
`differences` turns the answer of a library into edits, `apply` folds a stage's changes into a document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress, count, pairwise
from operator import itemgetter, ne
from typing import Any

from .errors import AlgebraError
from .model import Block, Changes, Document, Edit, Rule, Run, Span, spans_in_order

_start = itemgetter(0)
_end = itemgetter(1)
_make = tuple.__new__  # a named tuple without the cost of its own constructor


def rewrite(runs: Sequence[Run], edits: Iterable[Edit]) -> tuple[Run, ...]:
    """Touched runs after `edits`.

    An edit takes in every run that lies inside it, with its rules; one that cuts through a run, or
    overlaps another edit, raises `AlgebraError`.  An insertion stands before a replacement that begins
    at the same offset, and each is edited by itself: a replacement leaves an insertion at its own start
    alone, an insertion of nothing takes an earlier one away.
    """
    out: list[Run] = []
    append = out.append
    at, size = 0, len(runs)
    previous_start = previous_end = -1
    last_rule: Rule | None = None
    single: tuple[Rule, ...] = ()
    for edit in sorted(sorted(edits, key=_end), key=_start):
        start, end, new, rule, certainty = edit
        if start < previous_end or end <= start:
            _check_order(edit, previous_start, previous_end)
        previous_start, previous_end = start, end
        if rule is not last_rule:
            last_rule, single = rule, (rule,)
        while at < size and (runs[at][1] < start or (runs[at][1] == start and (runs[at][0] < start or start < end))):
            append(runs[at])
            at += 1
        if at == size or (runs[at][0] >= end and (start < end or runs[at][1] > end)):
            if start < end or new:
                append(_make(Run, (start, end, new, single, certainty)))
            continue
        at, merged = _merge(runs, at, edit)
        if merged is not None:
            append(merged)
    out.extend(runs[at:])
    return tuple(out)


def _check_order(edit: Edit, previous_start: int, previous_end: int) -> None:
    start, end, _, rule, _ = edit
    if end < start:
        raise AlgebraError(f"an edit ends before it begins at witness offset {start} (rule {rule.id})")
    if start < previous_end or previous_start == previous_end == start == end:
        raise AlgebraError(f"two edits at witness offset {start} overlap (rule {rule.id})")


def _merge(runs: Sequence[Run], at: int, edit: Edit) -> tuple[int, Run | None]:
    """The run an edit makes of the runs from `at` on that lie inside it, and the next run behind it."""
    start, end, new, rule, certainty = edit
    rules: tuple[Rule, ...] = ()
    while at < len(runs) and (runs[at][0] < end or runs[at][1] == start == end):
        if runs[at][0] < start or runs[at][1] > end:
            raise AlgebraError(f"an edit at witness offset {start} cuts through a run (rule {rule.id})")
        rules += tuple(known for known in runs[at][3] if known not in rules)
        certainty = min(certainty, runs[at][4])
        at += 1
    if start == end and not new:
        return at, None
    return at, _make(Run, (start, end, new, rules if rule in rules else (*rules, rule), certainty))


def differences(old: str, new: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Where `old` must be changed to read `new`, as (start, end, text), moved by `start`.

    Of equal length: position by position, neighbours united.  Otherwise the stretch between the common
    prefix and the common suffix: meant for one line, never a general diff.
    """
    if old == new:
        return []
    if len(old) == len(new):
        found: list[tuple[int, int, str]] = []
        first = last = -1
        for at in compress(count(), map(ne, old, new)):
            if at != last:
                if last > 0:
                    found.append((start + first, start + last, new[first:last]))
                first = at
            last = at + 1
        return [*found, (start + first, start + last, new[first:last])]
    limit = min(len(old), len(new))
    head = next(compress(count(), map(ne, old, new)), limit)
    tail = min(next(compress(count(), map(ne, reversed(old), reversed(new))), limit), limit - head)
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


def text_of(source: str, runs: Sequence[Run], spans: Sequence[Span]) -> str:
    """How these spans read; a run that a span cuts raises `AlgebraError`."""
    texts: list[str] = []
    append, size = texts.append, len(runs)
    for start, end in spans:
        at = bisect_left(runs, start, key=_start)
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
        runs, spans = self._runs, self.spans
        starts: list[int] = []
        found: list[tuple[int, int, Run | None]] = []
        heads: set[int] = set()  # the pieces that begin a span
        at = 0
        for start, end in spans:
            heads.add(len(found))
            for piece in pieces(runs, start, end):
                left, right, run = piece
                starts.append(at)
                found.append(piece)
                at += right - left if run is None else len(run[2])
        self._starts, self._pieces, self._heads = starts, found, heads
        self._ends = [*starts[1:], at]
        self._ascending = all(left[1] <= right[0] for left, right in pairwise(spans))

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
            at = bisect_right(self._pieces, place, key=_start) - 1
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


def apply(document: Document, changes: Changes) -> Document:
    """The document after a stage: blocks are checked to be disjoint, edits to keep within them."""
    blocks = document.blocks if changes.blocks is None else {block.id: block for block in changes.blocks}
    if changes.blocks is not None and len(blocks) != len(changes.blocks):
        raise AlgebraError("two blocks have one id")
    runs = document.runs
    if changes.blocks is not None or changes.edits:
        borders = _borders(spans_in_order(blocks), len(document.source.text))
        _check_borders(borders, changes.edits)
        runs = rewrite(runs, changes.edits) if changes.edits else runs
    return replace(
        document,
        runs=runs,
        readings=document.readings if runs is document.runs else {},
        blocks=blocks,
        marks=document.marks if changes.marks is None else changes.marks,
        articles=document.articles if changes.articles is None else changes.articles,
        journal=document.journal if changes.journal is None else changes.journal,
        links=document.links if changes.links is None else changes.links,
        remarks=document.remarks + changes.remarks,
    )


def _borders(spans: Sequence[tuple[int, int, Block]], length: int) -> list[int]:
    """Where spans begin and end, and the witness; spans that overlap, are empty or leave it raise."""
    borders = [0]
    previous = 0
    for start, end, block in spans:
        if start < previous or end <= start or end > length:
            raise AlgebraError(f"a span overlaps, is empty or leaves the witness at offset {start}: block {block.id}")
        borders += start, end
        previous = end
    return [*borders, length]


def _check_borders(borders: Sequence[int], edits: Iterable[Edit]) -> None:
    """An edit lies inside one span, or outside them all; an insertion at the very end is held by nothing."""
    left, right = 0, -1
    for start, end, _, rule, _ in edits:
        if left <= start < right and end <= right:
            continue
        if not 0 <= start < borders[-1]:
            raise AlgebraError(f"an edit outside the witness at offset {start} (rule {rule.id})")
        at = bisect_right(borders, start)
        left, right = borders[at - 1], borders[at]
        if end > right:
            raise AlgebraError(f"an edit crosses a block's border at witness offset {start} (rule {rule.id})")
