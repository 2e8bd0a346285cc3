"""Text that goes on behind notes in the middle of a page: in the next column, or where the page's end was not seen.

What the text above the notes left open tells how it goes on: behind half a sentence with a small letter, and a
note does not begin so.  A note without a label among notes that have one, with text right below, is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ..patterns import label_shown, note_label_of
from .features import Line

_NOTE_BELOW_TEXT = re.compile("(?<=[Pp])N")
_ENDS = tuple(".!?。！？")
_LABELS = "*†‡§¶0123456789"
_SHORTEST = 4  # letters of a word that a full stop behind it does not shorten
_REACH = 8  # lines a note can have been cut short by
_FULL = 85  # per cent of the measure


def resume_text(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str]) -> None:
    """Labels put right in place."""
    end = 0
    for found in _NOTE_BELOW_TEXT.finditer("".join(labels)):
        at = found.start()
        if at < end or lines[at].page != lines[at - 1].page:
            continue
        end = at + 1
        while end < len(lines) and labels[end] in "Nn" and lines[end].page == lines[at].page:
            end += 1
        _find_cut_short(lines, texts, labels, at, end)
        _find_run_on(evidence, lines, texts, labels, at, end)
        _find_bare(lines, texts, labels, at, end)
        _find_apart(evidence, lines, texts, labels, at, end)


def is_open(text: str) -> bool:
    """Whether a line of text in a script with small letters ends in the middle of a sentence."""
    bare = text.rstrip(_LABELS)
    return bool(bare) and (bare[-1] in ",-;‐￾¬\u00ad" or (bare[-1].isalpha() and bare[-1] < "\u2e80"))


def is_ended(text: str) -> bool:
    """Whether a line ends a sentence, and not in a shortened word or within an address."""
    if not text.endswith(_ENDS):
        bare = text.rstrip("”’\"')]")
        return bare != text and bare.endswith(_ENDS)
    word = text.rstrip("".join(_ENDS)).split(" ")[-1]
    return (len(word) >= _SHORTEST or word.isdigit()) and "/" not in word


def _find_cut_short(lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int, end: int) -> None:
    """Half a sentence cannot go on with a capital: the note does, up to where a sentence ends before a small letter."""
    if end == len(lines) or labels[end] != "p" or lines[end].page != lines[at].page:
        return
    if not is_open(texts[at - 1]) or texts[end][0].islower():
        return
    for below in range(end + 1, min(end + _REACH, len(lines))):
        if lines[below].page != lines[at].page or labels[below] not in "pP":
            return
        if texts[below][0].islower() and texts[below - 1].endswith(_ENDS):
            labels[end:below] = ["n"] * (below - end)
            labels[below] = "p"
            return


def _find_run_on(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int, end: int
) -> None:
    """A line of a note that begins with a small letter behind a full stop goes on with half a sentence above."""
    labelled = label_shown(texts[at]) or texts[at - 1][-1] in _LABELS  # the label can stand on the line above
    if not labelled or not is_open(texts[at - 1]) or texts[at][0].islower():
        return
    columns = evidence.lines
    followed = end < len(lines) and lines[end].page == lines[at].page and labels[end] in "pP"
    for below in range(at + 1, end):
        if labels[below] != "n" or not texts[below][0].islower() or not is_ended(texts[below - 1]):
            continue
        above = lines[below - 1].index
        apart = evidence.is_apart(lines[below].index)
        short = columns.advance[above] * 100 < evidence.measures[above] * _FULL
        if not (apart or (short and followed)):
            continue
        while below < end and not (labels[below] == "N" and label_shown(texts[below])):
            labels[below] = "p" if labels[below] == "n" else "P"
            below += 1
        return


def _find_bare(lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int, end: int) -> None:
    """Notes without a label behind notes that have one, with text right below, are text."""
    if end == len(lines) or lines[end].page != lines[at].page or labels[end] not in "pP":
        return
    starts = [one for one in range(at, end) if labels[one] == "N"]
    alone = [one for one in starts if note_label_of(texts[one])[0] == "note-alone" or len(texts[one]) < 3]
    if any(one + 1 < end and labels[one + 1] == "N" for one in alone):
        return
    bare = [one for one in starts if not label_shown(texts[one]) and one - 1 not in alone]
    labelled = [one for one in starts if one not in bare]
    if not bare or not labelled or bare[0] < labelled[-1] or not is_ended(texts[bare[0] - 1]):
        return
    for one in range(bare[0], end):
        labels[one] = "P" if labels[one] == "N" else "p"


def _find_apart(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int, end: int
) -> None:
    """Lines set apart behind the end of a note, whose text goes on right below, are that text."""
    if end == len(lines) or lines[end].page != lines[at].page or labels[end] != "p":
        return
    for one in range(end - 1, at, -1):
        if labels[one] != "n":
            return
        if evidence.is_apart(lines[one].index) and is_ended(texts[one - 1]):
            labels[one:end] = ["P"] + ["p"] * (end - one - 1)
            return
