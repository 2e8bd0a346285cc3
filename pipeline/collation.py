"""The collation: what became of every character of the witness.

`collate` is the only place where it is derived; it refuses a document whose rows would not partition the
witness, or that lets a visible character fall between its blocks.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from .errors import AlgebraError
from .model import Block, Document, Mark, Rule, Run, Span, spans_in_order
from .rewrite import pieces

BETWEEN = Rule("between-blocks", "dropped", 100, "Blanks and line ends between two blocks.")

BETWEEN_IDS = (BETWEEN.id,)

_start = itemgetter(0)
_make = tuple.__new__  # a named tuple without the cost of its own constructor

TAGS = {"title": "title", "subtitle": "title", "alt-title": "title", "byline": "author", "quote": "quote",
        "caption": "head", "table": "ab", "formula": "ab", "matter": "matter"}  # fmt: skip

# What may stand between two blocks: all that prints nothing.  Blanks, line ends, byte-order marks, controls,
# characters without width.
BLANK = (
    "".join(map(chr, range(0x21)))
    + "\x7f\u0085\u00a0\u1680\u180e\u3000\ufeff"
    + "".join(map(chr, (*range(0x80, 0x9F), *range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2070))))
)


class Row(NamedTuple):
    """A stretch of the witness and what became of it; `reading` is `None` where it equals the witness."""

    start: int
    end: int
    fate: str
    tag: str
    type: str
    rules: tuple[str, ...]
    certainty: int
    reading: str | None
    page: str
    block: str
    block_start: int | None


def fate_of(run: Run) -> str:
    """The fate of a touched run: joined, emended or dropped, by its rules and by what is left of it."""
    if run.new in ("", " "):
        for rule in run.rules:
            if rule.fate == "joined":
                return "joined"
    return "emended" if run.new else "dropped"


def collate(document: Document) -> list[Row]:
    """All rows, in order; raises `AlgebraError` where they would not tile the witness.

    An insertion goes to the row before it, or to the row behind it where it begins a block or a span of one,
    or follows a note marker: the rows of a block, read in order, always give the block's text.
    """
    cuts = _Cuts(document)
    rows: list[Row] = []
    for block in document.blocks.values():
        _add_block(rows, document, block, cuts)
    place = 0
    for start, end, _ in spans_in_order(document.blocks):
        _add_gap(rows, document, place, start, cuts)
        place = end
    _add_gap(rows, document, place, len(document.source.text), cuts)
    rows.sort(key=_start)
    place = 0
    for row in rows:
        if row[0] != place or row[1] <= place:
            raise AlgebraError(f"the collation does not partition the witness at offset {place}")
        place = row[1]
    if place != len(document.source.text):
        raise AlgebraError(f"the collation ends at {place}, the witness at {len(document.source.text)}")
    return rows


class _Cuts:
    """Where rows are cut, whatever the blocks: at pages, marks and raw files.

    `pages` and `markers` are what holds between one place and the next: the page's number, the note marker.
    """

    __slots__ = ("markers", "pages", "places")

    def __init__(self, document: Document) -> None:
        breaks = sorted((mark.start, mark.n) for mark in document.marks if mark.tag == "pb")
        inline = [mark for mark in document.marks if mark.end > mark.start]
        self.places = sorted(
            {0, *(start for start, _ in breaks), *(part.start for part in document.source.parts)}
            | {place for mark in inline for place in mark[:2]}
        )
        refs = sorted((mark for mark in inline if mark.tag == "ref"), key=lambda mark: mark[:2])
        self.pages: list[str] = []
        self.markers: list[Mark | None] = []
        page, at_break, at_ref = "", 0, 0
        for place in self.places:
            while at_break < len(breaks) and breaks[at_break][0] <= place:
                page = breaks[at_break][1]
                at_break += 1
            while at_ref < len(refs) and refs[at_ref].end <= place:
                at_ref += 1
            self.pages.append(page)
            self.markers.append(refs[at_ref] if at_ref < len(refs) and refs[at_ref].start <= place else None)

    def at(self, offset: int) -> tuple[str, Mark | None, int]:
        """What holds at an offset, the page and the note marker, and up to where."""
        at = bisect_right(self.places, offset)
        return self.pages[at - 1], self.markers[at - 1], self.places[at] if at < len(self.places) else sys.maxsize

    def split(self, start: int, end: int) -> list[tuple[int, int, str, Mark | None]]:
        """[start, end) cut: (start, end, page, note marker)."""
        places, found = self.places, []
        at = bisect_right(places, start)
        while at < len(places) and places[at] < end:
            found.append((start, places[at], self.pages[at - 1], self.markers[at - 1]))
            start = places[at]
            at += 1
        found.append((start, end, self.pages[at - 1], self.markers[at - 1]))
        return found

    def whole(self, start: int, end: int) -> list[tuple[int, int, str, Mark | None]]:
        """[start, end) uncut, as touched runs are."""
        at = bisect_right(self.places, start) - 1
        return [(start, end, self.pages[at], self.markers[at])]


def _add_gap(rows: list[Row], document: Document, start: int, end: int, cuts: _Cuts) -> None:
    """Rows of what stands between two blocks; visible text there raises."""
    for left, right, run in pieces(document.runs, start, end) if start < end else ():
        if left == right:
            raise AlgebraError(f"an insertion outside every block at witness offset {left}")
        text = document.source.text[left:right] if run is None else run.new
        if not text.isspace() and text.strip(BLANK):
            raise AlgebraError(f"text outside every block at witness offset {left}: {text[:60]!r}")
        rules = BETWEEN_IDS if run is None else tuple([rule.id for rule in run.rules])
        certainty = BETWEEN.certainty if run is None else run.certainty
        for first, last, page, _ in cuts.split(left, right) if run is None else cuts.whole(left, right):
            rows.append(_make(Row, (first, last, "dropped", "", "", rules, certainty, "", page, "", None)))


def _add_block(rows: list[Row], document: Document, block: Block, cuts: _Cuts) -> None:
    """Rows of a block, span by span in the order they are read."""
    if block.kind == "fw":
        _add_forme_work(rows, document, block, cuts)
        return
    tag = TAGS.get(block.kind, block.kind)
    kind = block.type if block.kind in ("note", "matter", "head") else ""
    look = (tag, kind, (block.rule.id,), block.certainty, block.id)
    at = 0  # in the block's text, which is without note markers
    ahead: list[Run] = []  # insertions that begin a stretch: part of the row behind them
    first_row = len(rows)
    for span in block.spans:
        at = _add_span(rows, document, span, look, cuts, at, ahead)
    if ahead:
        _hold(rows, first_row, ahead, document.source.text, tag)


def _add_span(
    rows: list[Row],
    document: Document,
    span: Span,
    look: tuple[str, str, tuple[str, ...], int, str],
    cuts: _Cuts,
    at: int,
    ahead: list[Run],
) -> int:
    """Rows of a span of a block whose text is read up to `at`; returns how far it is read then.

    `look` is what the rows of the block share: tag, type, rules, certainty, id.
    """
    text, append = document.source.text, rows.append
    tag, kind, own, certainty, name = look
    span_row = len(rows)
    page, mark, limit = "", None, -1  # what holds up to the next cut
    for left, right, run in pieces(document.runs, *span):
        if left >= limit:
            page, mark, limit = cuts.at(left)
        if mark is None and not ahead:  # by far the most
            if run is None and right <= limit:
                append(_make(Row, (left, right, "kept", tag, kind, own, certainty, None, page, name, at)))
                at += right - left
                continue
            if run is not None and left < right:
                append(_touched(text, left, right, run, look, page, at))
                at += len(run[2])
                continue
        if run is not None and left == right:
            at += len(run.new)
            if len(rows) > span_row and rows[-1].tag != "ref":
                rows[-1] = _with_insertions(rows[-1], [run], text, behind=True)
            else:
                ahead.append(run)
            continue
        for first, last, page, mark in cuts.split(left, right) if run is None else cuts.whole(left, right):
            if ahead and mark is None and run is None and last - first > 1:  # the first character holds them
                row = _row(document, (first, first + 1), run, look, page, mark, at)
                append(_with_insertions(row, ahead, text, behind=False))
                ahead.clear()
                first, at = first + 1, at + 1
            row = _row(document, (first, last), run, look, page, mark, at)
            if mark is None:
                at += last - first if run is None else len(run.new)
                if ahead:
                    row = _with_insertions(row, ahead, text, behind=False)
                    ahead.clear()
            append(row)
        limit = -1
    return at


def _touched(
    text: str, left: int, right: int, run: Run, look: tuple[str, str, tuple[str, ...], int, str], page: str, at: int
) -> Row:
    """The row of a touched run outside every marker."""
    tag, kind, own, certainty, name = look
    _, _, new, made, sure = run
    rules = (*own, made[0].id) if len(made) == 1 else (*own, *[rule.id for rule in made])
    fate, reading = ("kept", None) if new == text[left:right] else (fate_of(run), new)
    return _make(Row, (left, right, fate, tag, kind, rules, min(certainty, sure), reading, page, name, at))


def _hold(rows: list[Row], first: int, ahead: Sequence[Run], text: str, tag: str) -> None:
    """Insertions with nothing but note markers behind them go to the last text of the block.

    Where the block has no other text, the last marker's row gives up its own reading for theirs.
    """
    for number in range(len(rows) - 1, first - 1, -1):
        if rows[number].tag != "ref":
            rows[number] = _with_insertions(rows[number], ahead, text, behind=True)
            return
    rows[-1] = _with_insertions(rows[-1]._replace(tag=tag, reading=""), ahead, text, behind=False)


def _add_forme_work(rows: list[Row], document: Document, block: Block, cuts: _Cuts) -> None:
    """Rows of forme work: dropped, whatever was changed in it."""
    for start, end in block.spans:
        for left, right, run in pieces(document.runs, start, end):
            made = () if run is None else run.rules
            rules = (block.rule.id, *[rule.id for rule in made])
            certainty = block.certainty if run is None else min(block.certainty, run.certainty)
            for first, last, page, _ in (
                (cuts.split if run is None else cuts.whole)(left, right) if left < right else ()
            ):
                rows.append(Row(first, last, "dropped", "fw", block.type, rules, certainty, "", page, block.id, None))


def _row(
    document: Document,
    span: Span,
    run: Run | None,
    look: tuple[str, str, tuple[str, ...], int, str],
    page: str,
    mark: Mark | None,
    at: int,
) -> Row:
    """One row of a block; `look` is what its rows share: tag, type, rules, certainty, id."""
    tag, kind, rules, certainty, block_id = look
    fate, reading = "kept", None
    if mark is not None:
        tag, rules, certainty = "ref", (*rules, mark.rule.id), min(certainty, mark.certainty)
    if run is not None:
        rules = (*rules, run.rules[0].id) if len(run.rules) == 1 else (*rules, *[rule.id for rule in run.rules])
        certainty = min(certainty, run.certainty)
        if run.new != document.source.text[span[0] : span[1]]:
            fate, reading = fate_of(run), run.new
    return _make(Row, (*span, fate, tag, kind, rules, certainty, reading, page, block_id, at))


def _with_insertions(row: Row, runs: Sequence[Run], text: str, *, behind: bool) -> Row:
    reading = text[row.start : row.end] if row.reading is None else row.reading
    new = "".join(run.new for run in runs)
    return row._replace(
        fate="emended",
        reading=reading + new if behind else new + reading,
        rules=row.rules + tuple(rule.id for run in runs for rule in run.rules),
        certainty=min(row.certainty, *(run.certainty for run in runs)),
        block_start=row.block_start if behind or row.block_start is None else row.block_start - len(new),
    )
