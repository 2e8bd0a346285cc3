"""A document found in the text as it is read, put back on the witness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..model import Block, Document, Mark, Remark, Rule, Run
from ..options import Verdict
from ..verdicts.proof import line_of
from .view import View

COLUMN_GUTTER = Rule(
    "column-gutter", "joined", 90, "Blanks between two columns side by side, read one after the other: a line's end."
)
COLUMN_ORDER = Rule("column-order", "kept", 90, "Columns side by side in the source are read one after the other.")
COLUMN_TURNS = Rule(
    "column-turns", "kept", 85, "Lines of two columns written in turn are read one column after the other."
)
_BREAK = "\n"


def remark_on(view: View) -> Remark:
    """What is said of a source with columns; its place is where they begin, in the text as it is read."""
    start, end = view.offset(view.bands[0][0]), len(view.source.text)
    count = len(view.bands)
    rule, what = (
        (COLUMN_TURNS, "two columns whose lines stand in turn")
        if view.in_turn
        else (COLUMN_ORDER, "columns side by side")
    )
    message = f"{what} are read one after the other, in {count} {'place' if count == 1 else 'places'}"
    return Remark(start, min(start + 1, end), rule.id, view.certainty, message)


def read_verdicts(verdicts: Iterable[Verdict], view: View) -> tuple[Verdict, ...]:
    """Corrections by hand with the offsets of the text as it is read, and the line of the witness."""
    return tuple(
        replace(
            verdict,
            start=view.offset(verdict.start),
            end=view.offset(verdict.end - 1) + 1,
            line=line_of(view.witness, verdict.start),
        )
        for verdict in verdicts
    )


def put_back(document: Document, view: View, remarks: tuple[Remark, ...] = ()) -> Document:
    """The document with the offsets of the witness; `remarks` have them already.

    A run over a line end that stands for a gutter, or over lines that stand apart in the witness, is parted: the
    first of its stretches has the new text, the others are empty.
    """
    blocks = {name: _put_block(block, view) for name, block in document.blocks.items()}
    return replace(
        document,
        source=view.witness,
        order=view.order,
        runs=put_runs(document.runs, document.blocks.values(), view),
        blocks=blocks,
        marks=tuple(sorted(one for mark in document.marks for one in _put_mark(mark, view))),
        remarks=(*remarks, *(_put_remark(remark, view) for remark in document.remarks)),
        readings={},
    )


def put_runs(runs: Sequence[Run], blocks: Iterable[Block], view: View) -> tuple[Run, ...]:
    """Touched runs on the witness; the line ends of `blocks` that no run touches are runs of their own."""
    found = [one for run in runs for one in _put_run(run, view)]
    found += _untouched_breaks(runs, blocks, view)
    return tuple(sorted(found, key=lambda run: run[:2]))


def _put_block(block: Block, view: View) -> Block:
    return replace(block, spans=tuple(one for span in block.spans for one in view.spans(*span)))


def _put_run(run: Run, view: View) -> Iterator[Run]:
    if run.start == run.end:
        place = view.place(run.start)
        yield run._replace(start=place, end=place)
        return
    if any(is_break for *_, is_break in view.cut(run.start, run.end)):
        run = run._replace(rules=(*run.rules, COLUMN_GUTTER), certainty=min(run.certainty, view.certainty))
    spans = view.spans(run.start, run.end)
    if not spans:  # a line end that is nowhere in the witness
        place = view.place(run.end)
        yield from [run._replace(start=place, end=place)] if run.new else []
        return
    new = run.new
    for start, end in spans:
        yield run._replace(start=start, end=end, new=new)
        new = ""


def _untouched_breaks(runs: Sequence[Run], blocks: Iterable[Block], view: View) -> Iterator[Run]:
    """Line ends inside blocks that are kept, as those of a table."""
    touched = [(run.start, run.end) for run in runs]
    at = 0
    for start, end in sorted(span for block in blocks for span in block.spans):
        for offset, left, right, is_break in view.cut(start, end):
            while at < len(touched) and touched[at][1] <= offset:
                at += 1
            if not is_break or (at < len(touched) and touched[at][0] <= offset):
                continue
            place = left if left < right else view.place(offset)
            yield Run(place, max(place, right), _BREAK, (COLUMN_GUTTER,), view.certainty)


def _put_mark(mark: Mark, view: View) -> Iterator[Mark]:
    if mark.start == mark.end:
        place = view.milestone(mark.start)
        yield mark._replace(start=place, end=place)
        return
    for _, start, end, is_break in view.cut(mark.start, mark.end):
        if not is_break:
            yield mark._replace(start=start, end=end)


def _put_remark(remark: Remark, view: View) -> Remark:
    spans = view.spans(remark.start, remark.end)
    start, end = spans[0] if spans else (view.place(remark.start),) * 2
    return remark._replace(start=start, end=end)
