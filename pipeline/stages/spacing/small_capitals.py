"""Words in small capitals whose large initial came apart, as programs read PDFs: `I NTRODUCTION`, `R ELATED W ORK`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Rule
from ...vocabulary import general_words
from ..stretches import Change

SMALL_CAPITALS = Rule("small-capitals", "joined", 92, "A blank behind the large initial of a word in small capitals.")

# Not `A. B SMITH`: what stands behind another letter or a full stop may be initials.
_WORD = re.compile(r"(?<![\w'’@/&-])(?<!\b[A-Z]\.)(?<!\b[A-Z] )([A-Z]) ([A-Z]{2,})(?![\w'’@/&]|-[a-z])")
_ALONE = frozenset("AI")  # letters that are words


def find_small_capitals(text: str) -> Iterator[Change]:
    """The blanks within such words: what they make is a word, and what stands behind them is none or not here alone.

    >>> [text for *_, text, _, _ in find_small_capitals("II. R ELATED W ORK")]
    ['', '']
    """
    words = general_words()
    found = [match for match in _WORD.finditer(text) if "".join(match.groups()).lower() in words]
    sure = [match[2].lower() not in words for match in found]
    for match, is_sure in zip(found, sure, strict=True):
        if is_sure or (any(sure) and match[1] not in _ALONE):
            yield match.end(1), match.start(2), "", SMALL_CAPITALS, SMALL_CAPITALS.certainty
