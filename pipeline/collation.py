"""The collation: what became of every character of the witness.

`collate` is the only place where it is derived; it refuses a document whose rows would not partition the
witness, or that lets a visible character fall between its blocks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from .errors import AlgebraError
from .model import Block, Document, Mark, Rule, Run, spans_in_order
from .rewrite import pieces

BETWEEN = Rule("between-blocks", "dropped", 100, "Blanks and line ends between two blocks.")

TAGS = {"title": "title", "subtitle": "title", "alt-title": "title", "byline": "author", "quote": "quote",
        "caption": "head", "table": "ab", "formula": "ab", "matter": "matter"}  # fmt: skip

# What may stand between two blocks: blanks, line ends, byte-order marks and controls.
BLANK = " \t\r\n\f\v\u00a0\u2028\u2029\u3000\ufeff\u0085\u2002\u2003\u2009\u200b\x00\x1c\x1d\x1e\x1f"


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
    """The fate of a touched run: emended if any rule emends, else joined if one joins, else dropped."""
    fates = {rule.fate for rule in run.rules}
    if "joined" in fates and run.new in ("", " "):
        return "joined"
    return "emended" if run.new else "dropped"


def collate(document: Document) -> list[Row]:
    """All rows, in order; raises `AlgebraError` where they would not tile the witness."""
    rows = list(_cut(document, _tile(document)))
    place = 0
    for row in rows:
        if row.start != place or row.end <= place:
            raise AlgebraError(f"the collation does not partition the witness at offset {place}")
        place = row.end
    if place != len(document.source.text):
        raise AlgebraError(f"the collation ends at {place}, the witness at {len(document.source.text)}")
    return rows


def _tile(document: Document) -> Iterator[tuple[int, int, Run | None, Block | None, int]]:
    """(start, end, run, block, offset in the block's text) over the whole witness; insertions included."""
    place = 0
    lengths: dict[str, int] = {}
    order: dict[tuple[int, int], int] = {}
    for block in document.blocks.values():
        at = 0
        for start, end in block.spans:
            order[start, end] = at
            for left, right, run in pieces(document.runs, start, end):
                at += right - left if run is None else len(run.new)
        lengths[block.id] = at
    for start, end, block in spans_in_order(document.blocks):
        yield from _outside(document, place, start)
        at = order[start, end]
        for left, right, run in pieces(document.runs, start, end):
            yield left, right, run, block, at
            at += right - left if run is None else len(run.new)
        place = end
    yield from _outside(document, place, len(document.source.text))


def _outside(document: Document, start: int, end: int) -> Iterator[tuple[int, int, Run | None, None, int]]:
    for left, right, run in pieces(document.runs, start, end) if start < end else ():
        text = document.source.text[left:right]
        if run is None and text.strip(BLANK):
            raise AlgebraError(f"text outside every block at witness offset {left}: {text[:60]!r}")
        if run is not None and run.new.strip():
            raise AlgebraError(f"a change outside every block keeps text at witness offset {left}")
        yield left, right, run, None, 0


def _cut(document: Document, tiles: Iterator[tuple[int, int, Run | None, Block | None, int]]) -> Iterator[Row]:
    """Rows from tiles: cut at pages, marks and raw files.

    An insertion goes to the row before it, or to the row behind it where it begins a block or a span of one,
    or follows a note marker: the rows of a block, read in order, always give the block's text.
    """
    pages = sorted(mark for mark in document.marks if mark.tag == "pb")
    page_starts = [mark.start for mark in pages]
    inline = sorted((mark for mark in document.marks if mark.end > mark.start), key=lambda mark: mark[:2])
    cuts = sorted(
        set(page_starts)
        | {mark.start for mark in inline}
        | {mark.end for mark in inline}
        | {part.start for part in document.source.parts}
    )
    markers = [mark for mark in inline if mark.tag == "ref"]
    waiting: Row | None = None
    ahead: Run | None = None  # an insertion that begins a stretch: part of the row behind it
    at_mark = 0
    taken_of: dict[str, int] = {}  # by block: characters of note markers so far; a block's text is without them
    for start, end, run, block, offset in tiles:
        taken = taken_of.get(block.id, 0) if block is not None else 0
        if start == end and run is not None:
            if waiting is not None and block is not None and _continues(waiting, block, offset - taken):
                waiting = _with_insertion(waiting, run, document.source.text, behind=True)
            elif block is not None:
                ahead = run
            continue
        for left, right in _split(start, end, cuts) if run is None else [(start, end)]:
            while at_mark < len(markers) and markers[at_mark].end <= left:
                at_mark += 1
            mark = markers[at_mark] if at_mark < len(markers) and markers[at_mark].start <= left else None
            page = bisect_right(page_starts, left) - 1
            row = _row(left, right, run, block, offset + left - start - taken, mark)
            if row.tag == "ref" and block is not None:
                taken = taken_of[block.id] = taken + (right - left if run is None else len(run.new))
            row = row._replace(page=pages[page].n if page >= 0 else "")
            if ahead is not None:
                row, ahead = _with_insertion(row, ahead, document.source.text, behind=False), None
            if waiting is not None:
                yield waiting
            waiting = row
    if waiting is not None:
        yield waiting


def _continues(row: Row, block: Block, offset: int) -> bool:
    """Whether an insertion at `offset` of the block's text stands right behind this row, in the same flow."""
    if row.block != block.id or row.tag == "ref" or row.block_start is None:
        return False
    return row.block_start + (row.end - row.start if row.reading is None else len(row.reading)) == offset


def _with_insertion(row: Row, run: Run, text: str, *, behind: bool) -> Row:
    reading = text[row.start : row.end] if row.reading is None else row.reading
    if row.tag == "fw":
        return row
    return row._replace(
        fate="emended",
        reading=reading + run.new if behind else run.new + reading,
        rules=(*row.rules, *(rule.id for rule in run.rules)),
        certainty=min(row.certainty, run.certainty),
        block_start=row.block_start if behind or row.block_start is None else row.block_start - len(run.new),
    )


def _split(start: int, end: int, cuts: list[int]) -> list[tuple[int, int]]:
    inner = cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]
    return list(zip([start, *inner], [*inner, end], strict=True))


def _row(start: int, end: int, run: Run | None, block: Block | None, offset: int, mark: Mark | None) -> Row:
    if block is None:
        rules = (BETWEEN.id,) if run is None else tuple(rule.id for rule in run.rules)
        certainty = BETWEEN.certainty if run is None else run.certainty
        return Row(start, end, "dropped", "", "", rules, certainty, "", "", "", None)
    is_fw = block.kind == "fw"
    tag, certainty = TAGS.get(block.kind, block.kind), block.certainty
    kind = block.type if block.kind in ("fw", "note", "matter", "head") else ""
    rules = (block.rule.id,)
    fate, reading = ("dropped", "") if is_fw else ("kept", None)
    if mark is not None:
        tag, rules, certainty = "ref", (*rules, mark.rule.id), min(certainty, mark.certainty)
    if run is not None:
        rules += tuple(rule.id for rule in run.rules)
        certainty = min(certainty, run.certainty)
        if not is_fw:
            fate, reading = fate_of(run), run.new
    return Row(start, end, fate, tag, kind, rules, certainty, reading, "", block.id, None if is_fw else offset)
