"""Lines that begin with the rest of a word that the line above has cut belong to the block above.

So are lines below notes that begin with the rest of a word of the text above them.  The word must be one: where columns are interleaved, the line below is not always the one that goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...evidence import Evidence
from ...vocabulary import LETTER, general_words, vocabulary
from .features import Line

CUT_END = re.compile(f"([{LETTER}]+)[-\u00ad\u2010\ufffe¬]\\Z")
FIRST_LETTERS = re.compile(f"[{LETTER}]+")
_LONG = 4  # letters of a word that does not stand where it does by chance
_NOTES = re.compile("(?<=[Pp])[Nn]+(?=p)")
_LAST = 2  # lines of notes that can be text
_GOES_ON = {"P": "p", "p": "p", "N": "n", "n": "n", "R": "r", "r": "r", "X": "X"}


def join_cut_words(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    columns = evidence.lines
    for at in range(1, len(lines)):
        wanted = _GOES_ON.get(labels[at - 1], labels[at])
        if labels[at] == wanted or labels[at] == "M" or lines[at].index != lines[at - 1].index + 1:
            continue
        text = columns.text[lines[at].index]
        if not text[:1].islower():
            continue
        left, right = CUT_END.search(columns.text[lines[at - 1].index]), FIRST_LETTERS.match(text)
        if left and right and is_cut(evidence, left[1], right[0]):
            labels[at] = wanted


def give_back_cut_words(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Last lines of notes, above text: from one on that begins with the rest of the word which the text above the
    notes has cut, and which with the line above it makes no word, they are text."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for found in _NOTES.finditer("".join(labels)):
        start, end = found.span()
        cut = CUT_END.search(texts[start - 1])
        for at in range(max(start + 1, end - _LAST), end) if cut else ():
            left, right = CUT_END.search(texts[at - 1]), FIRST_LETTERS.match(texts[at])
            if not (cut and left and right and right[0].islower()):
                continue
            whole = (cut[1] + right[0]).lower()
            is_word = whole in vocabulary(evidence) or whole in general_words()
            if is_word and not is_cut(evidence, left[1], right[0]):
                labels[at:end] = ["p"] * (end - at)
                break


def is_cut(evidence: Evidence, left: str, right: str) -> bool:
    """Whether the halves make a word of the source or of the general list, in one or with a hyphen, or are long words."""
    words, general = vocabulary(evidence), general_words()

    def is_word(word: str) -> bool:
        return word in words or word in general

    left, right = left.lower(), right.lower()
    if is_word(left + right) or is_word(f"{left}-{right}"):
        return True
    return min(len(left), len(right)) >= _LONG and is_word(left) and is_word(right)
