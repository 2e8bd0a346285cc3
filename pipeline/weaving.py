"""The content of a passage: its text as it reads, with the marks in their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .model import Mark, Run
from .passages import Break, Foreign, Inline, Pointer, Url
from .reading import Reading


class Placed(NamedTuple):
    """A mark, and where it begins and ends in a reading: `None` outside its spans; an end is before an insertion there."""

    mark: Mark
    start: int | None
    end: int | None


def place_marks(marks: Sequence[Mark], reading: Reading, runs: Sequence[Run]) -> list[Placed]:
    """Marks in the order given; `runs` are those the reading was made with."""
    starts = reading.offsets([mark.start for mark in marks])
    ends = reading.offsets([mark.end for mark in marks])
    for number, (_, place, *_) in enumerate(marks):
        at, end = bisect_left(runs, (place,)), ends[number]
        if end is None or at == len(runs) or not runs[at][0] == runs[at][1] == place:
            continue
        if any(start <= place < stop for start, stop in reading.spans):
            ends[number] = end - len(runs[at][2])
    return list(map(Placed, marks, starts, ends))


def unite_marks(places: Sequence[Placed], text: str) -> list[Placed]:
    """The same with one where several of one kind follow each other, as those over two lines of a column do.

    `text` is that of the reading.
    """
    found: list[Placed] = []
    for one in places:
        last = found[-1] if found else None
        if last and last.mark[2:] == one.mark[2:] and not text[last.end : one.start].strip():
            found[-1] = last._replace(end=one.end)
        else:
            found.append(one)
    return found


def place_refs(places: Iterable[Placed]) -> list[tuple[str, int]]:
    """The notes that a block points to, each with the offset of its marker in the text, which is without markers."""
    found: list[tuple[str, int]] = []
    taken = 0  # by the markers before
    for mark, start, end in places:
        if mark.tag == "ref":
            start = start or 0
            found += [(target, start - taken) for target in mark.target.split()]
            taken += (end or start) - start
    return found


def cut_markers(text: str, places: Iterable[Placed]) -> str:
    """The text of a reading without its note markers."""
    out, at = [], 0
    for mark, start, end in places:
        if mark.tag == "ref" and start is not None and end is not None and start >= at:
            out.append(text[at:start])
            at = end
    return "".join([*out, text[at:]])


class Weaver:
    """A passage in the making: what is put is content, and text where it is neither a page break nor a marker.

    `names` are the public ids of blocks; `choices` makes content of a stretch of the text.
    """

    def __init__(
        self, text: str, names: dict[str, str], choices: Callable[[int, int], Sequence[Inline]] | None
    ) -> None:
        self._text, self._names, self._choices = text, names, choices
        self._content: list[Inline] = []
        self._texts: list[str] = []
        self._at = 0
        self._foreign: tuple[int, str] | None = None  # end and language of the foreign passage we are in

    def weave(self, breaks: Iterable[tuple[int, Mark]], places: Iterable[Placed]) -> tuple[tuple[Inline, ...], str]:
        """The content with these page breaks, each with its offset, and marks; and the text."""
        events: list[tuple[int, int, Mark, int | None]] = [(offset, 0, mark, offset) for offset, mark in breaks]
        events += [(start, 1, mark, end) for mark, start, end in places if start is not None]
        for offset, _, mark, end in sorted(events):
            self._put_mark(offset, end, mark)
        self._put_text(len(self._text), last=True)
        return tuple(self._content), "".join(self._texts)

    def _put_mark(self, start: int, end: int | None, mark: Mark) -> None:
        if start >= self._at:
            self._put_text(start)
        if mark.tag == "pb":  # a page that begins inside a marker or an address: behind it
            self._content.append(Break(mark.n, mark.inferred, mark.certainty, mark.start))
        elif start < self._at:
            if mark.tag == "foreign":  # a passage that begins with a marker
                self._foreign = end or self._at, mark.target
        elif end is not None and end > start:
            if mark.tag == "foreign":
                self._foreign = end, mark.target
                return
            inner = self._text[start:end]
            if mark.tag == "ref":
                targets = [self._names[target] for target in mark.target.split() if target in self._names]
                self._content.append(Pointer(inner, tuple(targets)))
            else:
                self._content.append(Url(inner, mark.target))
                self._texts.append(inner)
            self._at = end

    def _put_text(self, end: int, *, last: bool = False) -> None:
        """Put the text up to here, a foreign passage by itself."""
        if self._foreign is not None and (self._foreign[0] <= end or last):
            inner, lang = self._foreign
            self._foreign = None
            if inner > self._at:
                self._put_foreign(inner, lang)
        if end > self._at:
            if self._foreign is not None:
                self._put_foreign(end, self._foreign[1])
                return
            text = self._text[self._at : end]
            self._content.extend(self._choices(self._at, end) if self._choices else (text,))
            self._texts.append(text)
            self._at = end

    def _put_foreign(self, end: int, lang: str) -> None:
        text = self._text[self._at : end]
        self._content.append(Foreign(text, lang))
        self._texts.append(text)
        self._at = end
