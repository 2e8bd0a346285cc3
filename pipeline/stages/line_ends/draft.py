"""What is wanted of one block: changes in offsets of its reading, turned into edits of the witness."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from ...model import Block, Document, Edit, Rule, Span
from ...rewrite import read, text_of
from .marks import PRINTED, Place

# Half the time of calling `Edit`; a source has as many edits as lines.
_new = tuple.__new__
# (start, end, new, rule, certainty) in offsets of a reading.
_Wanted = tuple[int, int, str, Rule, int]


class Draft:
    """One block's text and the edits that are wanted of it.

    `text` is the block's reading with a line end where two spans meet that have a gap between them, so
    that a page end inside a paragraph is read like any line end.  All offsets are those of `text`.
    """

    __slots__ = ("_borders", "_edits", "_reading", "_shift", "_wanted", "block", "text")

    def __init__(self, document: Document, block: Block, edits: list[Edit], run_starts: list[int]) -> None:
        self.block, self._edits = block, edits
        self._wanted: list[_Wanted] = []
        self._borders: list[int] = []
        self._shift: int | None = None
        start, end = block.spans[0]
        if len(block.spans) == 1 and bisect_left(run_starts, start) == bisect_left(run_starts, end):
            # Without touched runs and in one span, offsets of text and witness differ by a constant.
            self._shift, self.text = start, document.source.text[start:end]
            return
        self._reading = read(document, block.spans)
        self._borders = _find_borders(document, block.spans)
        self.text = self._reading.text
        for border in self._borders:
            self.text = f"{self.text[:border]}\n{self.text[border:]}"

    def edit(self, start: int, end: int, new: str, rule: Rule, certainty: int) -> None:
        """[start, end) should read `new`; nothing is done where it does already."""
        if self._shift is not None:
            if self.text[start:end] != new:
                self._edits.append(_new(Edit, (start + self._shift, end + self._shift, new, rule, certainty)))
            return
        start, end = self._place(start), self._place(end)
        if self._reading.text[start:end] != new:
            self._wanted.append((start, end, new, rule, certainty))

    def _place(self, offset: int) -> int:
        """The same place in the reading."""
        return offset - bisect_left(self._borders, offset)

    def witness(self, offset: int) -> int:
        """The same place in the witness."""
        return offset + self._shift if self._shift is not None else self._reading.start(self._place(offset))

    def finish(self) -> None:
        """Turn what is wanted of a reading with touched runs or gaps into edits.

        Two that fall into one touched run become one.
        """
        if not self._wanted:
            return
        previous: _Wanted | None = None
        made: list[Edit] = []
        for wanted in sorted(self._wanted, key=itemgetter(0, 1)):
            edits = self._reading.edit(*wanted)
            if previous is not None and made and edits and made[-1].start < edits[0].end and edits[0].start < made[-1].end:  # fmt: skip
                between = self._reading.text[previous[1] : wanted[0]]
                wanted = (previous[0], wanted[1], previous[2] + between + wanted[2], wanted[3], min(previous[4], wanted[4]))  # fmt: skip
                edits = self._reading.edit(*wanted)
            else:
                self._edits += made
            previous, made = wanted, edits
        self._edits += made

    def close_up(self, place: Place, rule: Rule, certainty: int) -> None:
        """Leave the hyphen out, and the line end behind it."""
        self.edit(place.start, place.end, "", rule, certainty)

    def keep(self, place: Place, rule: Rule, certainty: int) -> None:
        """Keep the hyphen as it is printed; a mark that stands for one becomes one."""
        if self.text[place.start] in PRINTED:
            self.edit(place.start + 1, place.end, place.then, rule, certainty)
        else:
            self.edit(place.start, place.end, "-" + place.then, rule, certainty)


def _find_borders(document: Document, spans: Sequence[Span]) -> list[int]:
    """Where two spans meet with a gap between them, as offsets of the text, line ends put in before them.

    A span that stands behind one of a later place was set into its line: no line ends before it or behind it.
    """
    found: list[int] = []
    at, moved = 0, False
    if len(spans) == 1:
        return found
    for span, following in zip(spans, spans[1:], strict=False):
        at += len(text_of(document.source.text, document.runs, (span,)))
        if span[1] < following[0] and not moved:
            found.append(at + len(found))
        moved = following[0] < span[1]
    return found
