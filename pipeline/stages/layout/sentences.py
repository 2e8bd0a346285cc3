"""Sentences of running text that were taken for title blocks: narrow columns break them into lines like titles.

Half a sentence above goes on, in a script with small letters, to where it ends; and no title that is set like a
sentence ends in the middle of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from .features import Line, are_adjacent
from .resumed import is_ended, is_open

_FRONT = re.compile("[TBA]+")
_MOST = 8  # lines that go on with a sentence
_SMALL = re.compile(r"\b[a-zß-ÿ]{4,}\b")  # words that titles set with capitals have but few of
_WORD = re.compile(r"[^\W\d_]{4,}")


def give_back_sentences(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for found in _FRONT.finditer("".join(labels)):
        at, end = found.span()
        while at < end:
            stop = _end_of_sentence(evidence, lines, texts, at, end)
            if stop <= at:
                break
            if at and labels[at - 1] in "PpX" and _goes_on(evidence, lines, at) and is_open(texts[at - 1]):
                labels[at:stop] = ["p"] * (stop - at)
            elif "T" in labels[at:stop] and _is_set_small(texts[at:stop]):
                first = _start_of_head(lines, texts, labels, at)
                labels[first:stop] = ["P"] + ["p"] * (stop - first - 1)
            else:
                break
            at = stop


def _end_of_sentence(evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], at: int, end: int) -> int:
    """Where, behind these lines, the first sentence ends, or nowhere: 0."""
    for row in range(at, min(end, at + _MOST)):
        if row > at and not _goes_on(evidence, lines, row):
            return 0
        if is_ended(texts[row]) and len(_SMALL.findall(" ".join(texts[at : row + 1]))) > 1:
            return row + 1
    return 0


def _goes_on(evidence: Evidence, lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands right below the one before, as close as lines of text do, or is the first of its page."""
    return not lines[at].place or (are_adjacent(lines, at - 1) and not evidence.is_apart(lines[at].index))


def _start_of_head(lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int) -> int:
    """The line where a head above begins that the sentence goes on from; this line, if there is none."""
    if not at or labels[at - 1] not in "Hh" or not are_adjacent(lines, at - 1) or not is_open(texts[at - 1]):
        return at
    first = at - 1
    while first and labels[first] == "h":
        first -= 1
    return first


def _is_set_small(texts: Sequence[str]) -> bool:
    """Whether most of the longer words begin with small letters, and a line with one of them."""
    whole = " ".join(texts)
    is_small = 2 * len(_SMALL.findall(whole)) > len(_WORD.findall(whole))
    return is_small and any(text[0].islower() for text in texts)
