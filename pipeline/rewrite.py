"""The algebra of edits: the only code that changes text.

The text of a document is its witness with *touched runs* laid over it.  `rewrite` merges edits into
runs, `Reading` (`reading.py`) reads a list of spans through them and turns what a stage wants into edits
again, `differences` turns the answer of a library into edits, `apply` folds a stage's changes into a document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from operator import itemgetter, lt
from typing import Any

from .differences import differences
from .errors import AlgebraError
from .model import Block, Changes, Document, Edit, Rule, Run, Span, spans_in_order
from .reading import Reading, pieces, read, text_of

__all__ = ["Reading", "apply", "differences", "pieces", "read", "rewrite", "text_of"]

_start = itemgetter(0)
_end = itemgetter(1)
_make = tuple.__new__  # a named tuple without the cost of its own constructor
_SPARSE = 8  # runs to an edit from which on many of them stand between two edits


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
    ordered = sorted(sorted(edits, key=_end), key=_start)
    is_sparse = len(ordered) * _SPARSE < size
    for edit in ordered:
        start, end, new, rule, certainty = edit
        if start < previous_end or end <= start:
            _check_order(edit, previous_start, previous_end)
        previous_start, previous_end = start, end
        if rule is not last_rule:
            last_rule, single = rule, (rule,)
        if is_sparse:  # all runs that begin before the edit end before it, too, but for the last
            before = max(at, bisect_left(runs, (start,), at) - 1)
            out += runs[at:before]
            at = before
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


def apply(document: Document, changes: Changes) -> Document:
    """The document after a stage: blocks are checked to be disjoint, edits to keep within them."""
    blocks = document.blocks if changes.blocks is None else {block.id: block for block in changes.blocks}
    if changes.blocks is not None and len(blocks) != len(changes.blocks):
        raise AlgebraError("two blocks have one id")
    runs = document.runs
    if changes.blocks is not None or changes.edits:
        borders = _borders(blocks, len(document.source.text))
        _check_borders(borders, changes.edits)
        runs = rewrite(runs, changes.edits) if changes.edits else runs
    return Document(
        document.source,
        runs=runs,
        order=document.order,
        readings=document.readings if runs is document.runs else _untouched(document.readings, changes.edits),
        blocks=blocks,
        marks=document.marks if changes.marks is None else changes.marks,
        articles=document.articles if changes.articles is None else changes.articles,
        journal=document.journal if changes.journal is None else changes.journal,
        links=document.links if changes.links is None else changes.links,
        remarks=document.remarks + changes.remarks,
    )


def _untouched(readings: Mapping[Sequence[Span], Any], edits: Iterable[Edit]) -> dict[Sequence[Span], Any]:
    """The readings that no edit touches, not even at the border of a span: they read as before."""
    ordered = sorted(edits, key=_start)
    starts = [edit[0] for edit in ordered]
    ends = [-1, *accumulate([edit[1] for edit in ordered], max)]  # of all edits before each, and of all
    untouched = {}
    for spans, reading in readings.items():
        for start, end in spans:
            if ends[bisect_right(starts, end)] >= start:
                break
        else:
            untouched[spans] = reading
    return untouched


def _borders(blocks: Mapping[str, Block], length: int) -> list[int]:
    """Where spans begin and end, and the witness; spans that overlap, are empty or leave it raise."""
    ordered = sorted(chain.from_iterable([block.spans for block in blocks.values()]))
    borders = [0, *chain.from_iterable(ordered), length]
    if borders != sorted(borders) or not all(map(lt, borders[1:-1:2], borders[2::2])):
        _refuse(spans_in_order(blocks), length)
    return borders


def _refuse(spans: Sequence[tuple[int, int, Block]], length: int) -> None:
    previous = 0
    for start, end, block in spans:
        if start < previous or end <= start or end > length:
            raise AlgebraError(f"a span overlaps, is empty or leaves the witness at offset {start}: block {block.id}")
        previous = end


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
