"""Notes told from text by the size of type: lines of smaller type have more to the same measure.

Only where the full lines of what was labelled as text and as notes differ clearly over the whole source.  Then on
every page the text ends and the notes begin where the widths change: a note that goes on from the page before,
its lines taken for text, and text taken for a note are put right.  Lines that do not fill the measure tell nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...evidence import Evidence
from ..patterns import note_label_of
from .features import Line
from .measures import peak
from .resumed import is_open

Numbers = NDArray[np.int64]

_ENDS = tuple(".!?。！？:：;；”’\"'」』)）]】")
_LEAST = 30  # full lines of either
_SMALLER = 108  # per cent that the measures differ by at the least
_SURE = 85  # per cent of full lines that must be on their own side
_NARROWEST, _WIDEST = 85, 125  # per cent of the measures of full lines
_FEWEST = 3  # full lines that prove a run
_MOST_AGAINST = 5  # of so many full lines one may be on the other side
_NUMBERED = ("note-dotted", "note-round", "note-bracket", "note-brackets", "note-raised", "note-circle", "note-symbol")


def mend_by_type(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels of text and notes put right in place."""
    sides = _sides(evidence, lines, labels)
    if sides is None:
        return
    texts = [evidence.lines.text[line.index] for line in lines]
    start = end = 0
    while end < len(lines):
        before, start, end = start, end, end + lines[end].left + 1
        foot = _foot(sides, labels, start, end)
        _give_back_text(texts, labels, sides, start, foot)
        _find_notes(texts, labels, sides, foot, end, before)


def _sides(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str]) -> Numbers | None:
    """1 for full lines of the type of notes, -1 for those of the type of the text; None if they do not differ."""
    advance = np.array([evidence.lines.advance[line.index] for line in lines])
    tell = np.array([not evidence.lines.text[line.index].endswith(_ENDS) for line in lines])
    of_text, of_notes = (tell & np.isin(labels, list(names)) for names in ("Pp", "Nn"))
    if min(np.count_nonzero(of_text), np.count_nonzero(of_notes)) < _LEAST:
        return None
    text, note = peak(advance[of_text]), peak(advance[of_notes])
    limit = (text + note) / 2
    is_full = tell & (advance * 100 > text * _NARROWEST) & (advance * 100 < note * _WIDEST)
    sides = np.where(is_full, np.where(advance > limit, 1, -1), 0)
    if note * 100 < text * _SMALLER or not (_are_sure(-sides[of_text]) and _are_sure(sides[of_notes])):
        return None
    return sides


def _are_sure(sides: Numbers) -> bool:
    """Whether most of the full lines are on the side that is 1."""
    return bool(100 * np.count_nonzero(sides > 0) >= _SURE * np.count_nonzero(sides))


def _foot(sides: Numbers, labels: Sequence[str], start: int, end: int) -> int:
    """Where on a page the notes begin, by the widths; where they do by the labels, if the widths have nothing against it."""
    below = np.concatenate((np.cumsum(sides[start:end][::-1])[::-1], [0]))
    best = (np.flatnonzero(below == below.max()) + start).tolist()
    begun = [at for at in best if at < end and labels[at] == "N" and (at == start or labels[at - 1] not in "Nn")]
    return begun[0] if begun else best[-1]


def _find_notes(
    texts: Sequence[str], labels: list[str], sides: Numbers, start: int, end: int, page_before: int
) -> None:
    """Text in the type of notes goes on with the note above or on the page before that broke off, or has a label."""
    for first, last in _runs(labels, "Pp", start, end):
        before = next((at for at in range(first - 1, page_before - 1, -1) if labels[at] in "Nn"), None)
        goes_on = before is not None and is_open(texts[before])
        if _prove(sides[first:last]) and (goes_on or _is_labelled(texts[first])):
            for at in range(first, last):
                labels[at] = "N" if labels[at] == "P" and _is_labelled(texts[at]) else "n"
            if not goes_on:
                labels[first] = "N"


def _give_back_text(texts: Sequence[str], labels: list[str], sides: Numbers, start: int, end: int) -> None:
    """Notes without a label in the type of the text are text."""
    for first, last in _runs(labels, "Nn", start, end):
        if not _prove(-sides[first:last]) or any(
            labels[at] == "N" and _is_labelled(texts[at]) for at in range(first, last)
        ):
            continue
        goes_on = first > start and labels[first - 1] in "Pp" and is_open(texts[first - 1])
        labels[first:last] = ["P" if label == "N" else "p" for label in labels[first:last]]
        labels[first] = "p" if goes_on else "P"


def _runs(labels: Sequence[str], names: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of lines that have one of these labels."""
    found: list[tuple[int, int]] = []
    for at in range(start, end):
        if labels[at] in names:
            if found and found[-1][1] == at:
                found[-1] = found[-1][0], at + 1
            else:
                found.append((at, at + 1))
    return found


def _prove(sides: Numbers) -> bool:
    """Whether the full lines are on the side that is 1, but for a few."""
    count, against = np.count_nonzero(sides > 0), np.count_nonzero(sides < 0)
    return bool(count >= _FEWEST and against * _MOST_AGAINST <= count)


def _is_labelled(text: str) -> bool:
    return note_label_of(text)[0] in _NUMBERED
