"""The collation: what became of every character of the witness.

`collate` is the only place where it is derived; it refuses a document whose rows would not partition the
witness, or that lets a visible character fall between its blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from . import insertions
from .codes import Codes
from .errors import AlgebraError
from .insertions import Insertion
from .model import Block, Document, Rule, Run
from .tiling import NONE, Tiling, Whole

BETWEEN = Rule("between-blocks", "dropped", 100, "Blanks and line ends between two blocks.")

TAGS = {"title": "title", "subtitle": "title", "alt-title": "title", "byline": "author", "quote": "quote",
        "caption": "head", "table": "ab", "formula": "ab", "matter": "matter"}  # fmt: skip

# What may stand between two blocks: all that prints nothing.  Blanks, line ends, byte-order marks, controls,
# characters without width.
BLANK = (
    "".join(map(chr, range(0x21)))
    + "\x7f\u0085\u00a0\u1680\u180e\u3000\ufeff"
    + "".join(map(chr, (*range(0x80, 0x9F), *range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2070))))
)


class Look(NamedTuple):
    """What the rows of a block share: what they are, and the block's id; all empty between blocks."""

    tag: str
    type: str
    block: str


class Reason(NamedTuple):
    """What became of a stretch, by which rules, and how certain that is."""

    fate: str
    rules: tuple[str, ...]
    certainty: int


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


class Collation(NamedTuple):
    """All rows in the order of the witness, by columns.

    `looks`, `reasons` and `pages` are places in the lists beside them; a reading is `None` where it equals the
    witness, a block start `NONE` for what is in no block's text.
    """

    starts: Whole
    ends: Whole
    looks: Whole
    look_list: Sequence[Look]
    reasons: Whole
    reason_list: Sequence[Reason]
    readings: list[str | None]
    pages: Whole
    page_list: Sequence[str]
    block_starts: Whole

    @staticmethod
    def of_rows(rows: Sequence[Row]) -> Collation:
        """The columns of rows."""
        looks: Codes[Look] = Codes()
        reasons: Codes[Reason] = Codes()
        pages: Codes[str] = Codes()
        return Collation(
            np.array([row.start for row in rows]), np.array([row.end for row in rows]),
            np.array([looks[Look(row.tag, row.type, row.block)] for row in rows]), looks.listed,
            np.array([reasons[Reason(row.fate, row.rules, row.certainty)] for row in rows]), reasons.listed,
            [row.reading for row in rows], np.array([pages[row.page] for row in rows]), pages.listed,
            np.array([NONE if row.block_start is None else row.block_start for row in rows]),
        )  # fmt: skip

    def rows(self) -> list[Row]:
        """The same row by row."""
        return [
            Row(start, end, fate, tag, kind, rules, certainty, reading, page, block, None if at == NONE else at)
            for start, end, (tag, kind, block), (fate, rules, certainty), reading, page, at in zip(
                self.starts.tolist(), self.ends.tolist(), map(self.look_list.__getitem__, self.looks.tolist()),
                map(self.reason_list.__getitem__, self.reasons.tolist()), self.readings,
                map(self.page_list.__getitem__, self.pages.tolist()), self.block_starts.tolist(), strict=True,
            )
        ]  # fmt: skip


def fate_of(run: Run) -> str:
    """The fate of a touched run: joined, emended or dropped, by its rules and by what is left of it."""
    if run.new in ("", " "):
        for rule in run.rules:
            if rule.fate == "joined":
                return "joined"
    return "emended" if run.new else "dropped"


def collate(document: Document) -> Collation:
    """All rows, in order; raises `AlgebraError` where they would not tile the witness.

    An insertion goes to the row before it, or to the row behind it where it begins a block or a span of one,
    or follows a note marker: the rows of a block, read in order, always give the block's text.
    """
    tiling = Tiling(document)
    made = _Rows(document, tiling, insertions.place(document, tiling))
    made.touch()
    made.check_gaps()
    starts = made.block_starts()
    made.add_insertions(starts)
    breaks = sorted((mark.start, mark.n) for mark in document.marks if mark.tag == "pb")
    pages = np.searchsorted([start for start, _ in breaks], tiling.starts, side="right")
    return Collation(
        tiling.starts, tiling.ends, made.looks, made.look_codes.listed, made.reasons,
        made.reason_codes.listed, made.readings, pages, ["", *(n for _, n in breaks)], starts,
    )  # fmt: skip


class _Rows:
    """The rows of a document in the making."""

    def __init__(self, document: Document, tiling: Tiling, placed: Sequence[Insertion]) -> None:
        self.document, self.tiling, self.insertions = document, tiling, placed
        self.look_codes: Codes[Look] = Codes([Look("", "", "")])
        self.reason_codes: Codes[Reason] = Codes([Reason("dropped", (BETWEEN.id,), BETWEEN.certainty)])
        own = [_own(block) for _, _, block in tiling.spans]
        # The last of these is for rows between blocks, whose span is `NONE`.
        self.looks = np.array([*[self.look_codes[look] for look, _ in own], 0])[tiling.span_of]
        self.reasons = np.array([*[self.reason_codes[reason] for _, reason in own], 0])[tiling.span_of]
        self._is_text = tiling.is_text()
        self._is_marker = tiling.is_marker()
        self.readings: list[str | None] = [None if is_text else "" for is_text in self._is_text.tolist()]

    def touch(self) -> None:
        """Reasons and readings of note markers and touched runs."""
        tiling, text = self.tiling, self.document.source.text
        starts = tiling.starts
        for row in np.flatnonzero(self._is_marker).tolist():
            mark = tiling.markers[tiling.marker_of[row]]
            fate, rules, certainty = self.reason_codes.listed[self.reasons[row]]
            self.looks[row] = self.look_codes[self.look_codes.listed[self.looks[row]]._replace(tag="ref")]
            self.reasons[row] = self.reason_codes[Reason(fate, (*rules, mark.rule.id), min(certainty, mark.certainty))]
        rows = np.flatnonzero(tiling.run_of != NONE)
        known: dict[tuple[int, str | tuple[str, ...], str | None, int], int] = {}
        found = []
        for row, start, own, number, is_text in zip(
            rows.tolist(), starts[rows].tolist(), self.reasons[rows].tolist(), tiling.run_of[rows].tolist(),
            self._is_text[rows].tolist(), strict=True,
        ):  # fmt: skip
            run = self.document.runs[number]
            _, end, new, made, certainty = run
            reading = "" if not is_text else None if len(new) == end - start and new == text[start:end] else new
            self.readings[row] = reading
            shown = reading if not reading or reading == " " else "visible"  # what the fate depends on
            touch = own, made[0].id if len(made) == 1 else _ids(made), shown, certainty
            code = known.get(touch)
            if code is None:
                code = known[touch] = self.reason_codes[self._reason(self.reason_codes.listed[own], run, reading)]
            found.append(code)
        self.reasons[rows] = found

    @staticmethod
    def _reason(own: Reason, run: Run, reading: str | None) -> Reason:
        if own.rules == (BETWEEN.id,):
            return Reason("dropped", _ids(run.rules), run.certainty)
        fate = own.fate if own.fate == "dropped" or reading is None else fate_of(run)
        return Reason(fate, (*own.rules, *_ids(run.rules)), min(own.certainty, run.certainty))

    def check_gaps(self) -> None:
        """Visible text between two blocks, dropped or not by a rule, raises: only what a run empties may be."""
        tiling, text = self.tiling, self.document.source.text
        rows = np.flatnonzero(tiling.span_of == NONE)
        for start, end, number in zip(
            tiling.starts[rows].tolist(), tiling.ends[rows].tolist(), tiling.run_of[rows].tolist(), strict=True
        ):
            between = text[start:end] if number == NONE else self.document.runs[number].new
            if not between.isspace() and between.strip(BLANK):
                raise AlgebraError(f"text outside every block at witness offset {start}: {between[:60]!r}")

    def block_starts(self) -> Whole:
        """Where every row begins in its block's text, which is without note markers."""
        tiling = self.tiling
        lengths = tiling.ends - tiling.starts
        rows = np.flatnonzero(tiling.run_of != NONE)
        lengths[rows] = [len(self.document.runs[number].new) for number in tiling.run_of[rows].tolist()]
        lengths[self._is_marker] = 0
        inserted = np.zeros(len(lengths) + 1, np.int64)
        for insertion in self.insertions:
            inserted[insertion.before] += len(insertion.run.new)
        # What is read before each row, and before the insertion that stands there.
        read = np.concatenate([[0], np.cumsum(lengths + inserted[:-1])])
        firsts = np.searchsorted(tiling.starts, tiling.span_starts)
        lasts = np.searchsorted(tiling.starts, tiling.span_ends)
        bases = dict(zip(tiling.span_starts.tolist(), (-read[firsts]).tolist(), strict=True))
        sizes = dict(zip(tiling.span_starts.tolist(), (read[lasts] - read[firsts]).tolist(), strict=True))
        for block in self.document.blocks.values():
            at = 0
            for start, _ in block.spans if len(block.spans) > 1 else ():
                bases[start] += at
                at += sizes[start]
        shifts = np.array([*bases.values(), 0])[tiling.span_of]
        return np.where(self._is_text, read[:-1] + inserted[:-1] + shifts, NONE)

    def add_insertions(self, block_starts: Whole) -> None:
        """Make every insertion part of its row; those before one row in the order they are read."""
        text = self.document.source.text
        by_row: dict[int, list[Insertion]] = {}
        for insertion in self.insertions:
            by_row.setdefault(insertion.row, []).append(insertion)
        for row, held in by_row.items():
            old = self.readings[row]
            if old is None:
                old = text[self.tiling.starts[row] : self.tiling.ends[row]]
            if self._is_marker[row]:  # the block has no other text: the marker gives up its own for theirs
                old = ""
                self.looks[row] = self.look_codes[_own(self.tiling.spans[self.tiling.span_of[row]][2])[0]]
            front = "".join(one.run.new for one in held if not one.behind)
            back = "".join(one.run.new for one in held if one.behind)
            self.readings[row] = front + old + back
            _, rules, certainty = self.reason_codes.listed[self.reasons[row]]
            rules += tuple(rule.id for one in held for rule in one.run.rules)
            certainty = min(certainty, *(one.run.certainty for one in held))
            self.reasons[row] = self.reason_codes[Reason("emended", rules, certainty)]
            block_starts[row] -= len(front)


def _own(block: Block) -> tuple[Look, Reason]:
    """What the rows of a block start from."""
    if block.kind == "fw":
        return Look("fw", block.type, block.id), Reason("dropped", (block.rule.id,), block.certainty)
    kind = block.type if block.kind in ("note", "matter", "head") else ""
    return Look(TAGS.get(block.kind, block.kind), kind, block.id), Reason("kept", (block.rule.id,), block.certainty)


def _ids(rules: Sequence[Rule]) -> tuple[str, ...]:
    return tuple([rule.id for rule in rules])
