"""The witness in the order it is read: its stretches one behind the other, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from ..model import Part, Source, Span


class Piece(NamedTuple):
    """A stretch [start, end) of the witness as it stands; with `is_break` a line end that stands for it.

    Such a stretch is blank, a gutter, or without width: where a line of a column has no line end of its own.
    """

    start: int
    end: int
    is_break: bool = False


class View:
    """A source as it is read.  `pieces` are its stretches in this order; what is in none of them is blank.

    `source` has the text as it is read; `bands` are the stretches of the witness that hold columns, side by side or
    (`in_turn`) line by line.
    """

    def __init__(
        self, witness: Source, pieces: Iterable[Piece], bands: Sequence[Span], certainty: int, *, in_turn: bool = False
    ) -> None:
        self.witness, self.bands, self.certainty, self.in_turn = witness, bands, certainty, in_turn
        self.pieces = list(_united(pieces))
        texts = ["\n" if piece.is_break else witness.text[piece.start : piece.end] for piece in self.pieces]
        self._starts = list(accumulate(map(len, texts), initial=0))
        ordered = sorted(
            (piece.start, piece.end, at) for at, piece in enumerate(self.pieces) if piece.end > piece.start
        )
        self._ordered = ordered
        self._begins = {self._starts[min(self._pieces_of(*band))]: band[0] for band in bands}
        text = "".join(texts)
        self.source = replace(witness, text=text, parts=tuple(map(self._part, witness.parts)))

    @property
    def order(self) -> tuple[Span, ...]:
        """The stretches of the witness that are read, in order."""
        return tuple([(piece.start, piece.end) for piece in self.pieces if piece.start < piece.end])

    def spans(self, start: int, end: int) -> list[Span]:
        """The stretches of the witness that are read as [start, end)."""
        found: list[Span] = []
        for _, left, right, _ in self.cut(start, end):
            if left == right:
                continue
            if found and found[-1][1] == left:
                left = found.pop()[0]
            found.append((left, right))
        return found

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
        """The pieces of [start, end): where each is read, its witness offsets, and whether it is a break."""
        at = max(bisect_right(self._starts, start) - 1, 0)
        while at < len(self.pieces) and self._starts[at] < end:
            piece, begin = self.pieces[at], self._starts[at]
            if piece.is_break:
                yield begin, piece.start, piece.end, True
            else:
                left, right = max(start, begin), min(end, self._starts[at + 1])
                yield left, piece.start + left - begin, piece.start + right - begin, False
            at += 1

    def place(self, offset: int) -> int:
        """The witness offset of what is read from `offset` on."""
        at = bisect_right(self._starts, offset) - 1
        while at < len(self.pieces) and self.pieces[at].is_break and self.pieces[at].start == self.pieces[at].end:
            at += 1
        if at >= len(self.pieces):
            return len(self.witness.text)
        piece = self.pieces[at]
        return piece.start if piece.is_break else piece.start + max(0, offset - self._starts[at])

    def milestone(self, offset: int) -> int:
        """The same for a page: before columns it begins above all of them."""
        return self._begins.get(offset, self.place(offset))

    def offset(self, place: int) -> int:
        """Where a place of the witness is read; what is not read, where the next text of the witness is."""
        at = max(bisect_right(self._ordered, (place, len(self.witness.text) + 1)) - 1, 0)
        while at < len(self._ordered) and self._ordered[at][1] <= place:
            at += 1
        if at == len(self._ordered):
            return len(self.source.text)
        start, _, number = self._ordered[at]
        inner = 0 if self.pieces[number].is_break else max(0, place - start)
        return self._starts[number] + inner

    def stretch(self, start: int, end: int) -> Span | None:
        """Where the visible text of the witness's [start, end) is read; `None` where other text is read between it."""
        text = self.witness.text
        visible = [place for place in range(start, end) if not text[place].isspace()]
        if not visible:
            return self.offset(start), self.offset(end)
        places = [self.offset(place) for place in visible]
        first, last = min(places), max(places)
        between = self.source.text[first : last + 1]
        return (first, last + 1) if len("".join(between.split())) == len(visible) else None

    def _pieces_of(self, start: int, end: int) -> Iterator[int]:
        return (number for left, right, number in self._ordered if start <= left < end)

    def _part(self, part: Part) -> Part:
        """A raw file where it is read; columns never pass its end."""
        return replace(part, start=self._border(part.start), end=self._border(part.end))

    def _border(self, place: int) -> int:
        """How much is read of what stands before a place that no column passes."""
        return max(
            (
                min(self._starts[number + 1], self._starts[number] + place - start)
                for start, _, number in self._ordered
                if start < place
            ),
            default=0,
        )


def _united(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that are neighbours in the witness, too, as one."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and not (held.is_break or piece.is_break) and held.end == piece.start:
            held = Piece(held.start, piece.end)
            continue
        if held is not None:
            yield held
        held = piece if piece.is_break or piece.start < piece.end else None
    if held is not None:
        yield held
