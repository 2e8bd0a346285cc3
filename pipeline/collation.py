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
        if run is None and document.source.text[left:right].strip(" \t\r\n\f\v\u00a0\u2028\u2029\u3000\ufeff\u0085\u2002\u2003\u2009\u200b\x00\x1c\x1d\x1e\x1f"):  # fmt: skip
            raise AlgebraError(
                f"text outside every block at witness offset {left}: {document.source.text[left:right][:60]!r}"
            )
        if run is not None and run.new.strip():
            raise AlgebraError(f"a change outside every block keeps text at witness offset {left}")
        yield left, right, run, None, 0


def _cut(document: Document, tiles: Iterator[tuple[int, int, Run | None, Block | None, int]]) -> Iterator[Row]:
    """Rows from tiles: cut at pages, marks and raw files; insertions go to the row before them."""
    pages = [mark for mark in document.marks if mark.tag == "pb"]
    page_starts = [mark.start for mark in pages]
    inline = sorted((mark for mark in document.marks if mark.end > mark.start), key=lambda mark: mark[:2])
    cuts = sorted(
        set(page_starts)
        | {mark.start for mark in inline}
        | {mark.end for mark in inline}
        | {part.start for part in document.source.parts}
    )
    waiting: Row | None = None
    at_mark = 0
    markers: dict[str, int] = {}  # by block: characters of note markers so far; a block's text is without them
    for start, end, run, block, offset in tiles:
        if start == end and run is not None:
            if waiting is not None:
                text = document.source.text[waiting.start : waiting.end] if waiting.reading is None else waiting.reading
                waiting = waiting._replace(
                    fate="emended",
                    reading=text + run.new,
                    rules=(*waiting.rules, *(rule.id for rule in run.rules)),
                    certainty=min(waiting.certainty, run.certainty),
                )
            continue
        for left, right in _split(start, end, cuts) if run is None else [(start, end)]:
            while at_mark < len(inline) and inline[at_mark].end <= left:
                at_mark += 1
            mark = inline[at_mark] if at_mark < len(inline) and inline[at_mark].start <= left else None
            page = bisect_right(page_starts, left) - 1
            taken = markers.get(block.id, 0) if block is not None else 0
            row = _row(left, right, run, block, offset + left - start - taken, mark)
            if row.tag == "ref" and block is not None:
                markers[block.id] = taken + (right - left if run is None else len(run.new))
            row = row._replace(page=pages[page].n if page >= 0 else "")
            if waiting is not None:
                yield waiting
            waiting = row
    if waiting is not None:
        yield waiting


def _split(start: int, end: int, cuts: list[int]) -> list[tuple[int, int]]:
    inner = cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]
    return list(zip([start, *inner], [*inner, end], strict=True))


def _row(start: int, end: int, run: Run | None, block: Block | None, offset: int, mark: Mark | None) -> Row:
    rules: tuple[str, ...] = ()
    if block is None:
        fate, tag, kind, certainty, reading = "dropped", "", "", BETWEEN.certainty, ""
        rules = (BETWEEN.id,) if run is None else tuple(rule.id for rule in run.rules)
        return Row(start, end, fate, tag, kind, rules, certainty if run is None else run.certainty, reading, "", "", None)  # fmt: skip
    tag, certainty = TAGS.get(block.kind, block.kind), block.certainty
    rules = (block.rule.id,)
    fate, reading_text = ("dropped", "") if block.kind == "fw" else ("kept", None)
    if mark is not None and mark.tag == "ref":
        tag, rules, certainty = "ref", (*rules, mark.rule.id), min(certainty, mark.certainty)
    if run is not None:
        rules += tuple(rule.id for rule in run.rules)
        certainty = min(certainty, run.certainty)
        if block.kind != "fw":
            fate, reading_text = fate_of(run), run.new
    return Row(start, end, fate, tag, block.type if block.kind in ("fw", "note", "matter", "head") else "", rules, certainty, reading_text, "", block.id, None if block.kind == "fw" else offset)  # fmt: skip
