"""Bylines that say so, `By Wen Su`, alone on their line below a title: old magazines set them in the middle of a page.

What stands below must begin a text, and be no imprint: `By Wen Su. Quay Press, 1901. Price 6s.` is a book reviewed.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...evidence import Evidence
from ..front.bylines import is_publication
from ..institutions import INSTITUTION
from .features import Line, are_adjacent

_BY = ("By ", "BY ", "Von ", "VON ", "Par ", "PAR ")
_SMALL = frozenset(("and", "und", "et", "AND", "de", "of", "von", "van", "der"))  # words that stand between names
_TITLE = 3  # lines at the most
_MOST = 5  # of one that stands above a line labelled as a byline
_SHORT = 80  # per cent of the measure that a line of the title is narrower than
_LEAST = 4  # characters of a line of the title
_LONGEST = 70  # characters of such a byline
_BELOW = 3  # lines in which an imprint is looked for
_CLOSED = tuple('.!?:;”"')
_OPEN = tuple(",;-\u00ad\ufffe")


def find_by_lines(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    texts = [evidence.lines.text[line.index] for line in lines]
    for at in range(1, len(lines)):
        if labels[at] == "B" and _names_author(texts[at]):
            _raise_title(lines, texts, labels, at)
            if labels[at - 1] in "PpHh" and texts[at - 1].isupper():
                start = _title_above(evidence, lines, texts, labels, at)
                labels[start:at] = ["T"] * (at - start)
        if labels[at] not in "PpHhXA" or len(texts[at]) > _LONGEST or not _names_author(texts[at]):
            continue
        if any(map(is_publication, texts[at : at + 1 + _BELOW])):
            continue
        start = _title_above(evidence, lines, texts, labels, at)
        if start == at or (start and labels[start] == "p" and texts[start - 1].endswith(_OPEN)):
            continue
        labels[start : at + 1] = ["T"] * (at - start) + ["B"]
        if labels[at + 1 : at + 2] in (["p"], ["h"]):
            labels[at + 1] = "P"


def _names_author(text: str) -> bool:
    """Whether a line is a word for authors with names behind it, and nothing else.

    Among capitals a sign alone is an initial misread.
    """
    if not text.startswith(_BY):
        return False
    words = text.split()[1:]
    names = words[words[0].lower() == "the" :] if words else []
    signs = {word for word in names if text.isupper() and len(word.strip(".,")) == 1}
    return (
        bool(names)
        and (names[0][0].isupper() or names[0] in signs)
        and all(word[0].isupper() or word in _SMALL or word in signs or word.strip("*†‡") == "" for word in names)
    )


def _raise_title(lines: Sequence[Line], texts: Sequence[str], labels: list[str], at: int) -> None:
    """What stands right above such a byline and was taken for names or institutions is of the title."""
    start = at
    while start and at - start < _MOST and are_adjacent(lines, start - 1) and labels[start - 1] in "TBA":
        if _names_author(texts[start - 1]) or (labels[start - 1] == "A" and INSTITUTION.search(texts[start - 1])):
            break
        start -= 1
    labels[start:at] = ["T"] * (at - start)


def _title_above(
    evidence: Evidence, lines: Sequence[Line], texts: Sequence[str], labels: Sequence[str], at: int
) -> int:
    """Where the title above a byline begins: short lines, the first of them below space or the end of a sentence."""
    columns = evidence.lines
    start = at
    while start and at - start < _TITLE and are_adjacent(lines, start - 1):
        index = lines[start - 1].index
        is_short = columns.advance[index] * 100 < evidence.measures[index] * _SHORT
        if labels[start - 1] not in "PpHhTX" or not is_short or len(texts[start - 1]) < _LEAST:
            break
        if start < at and (texts[start - 1].endswith(_CLOSED) or evidence.is_apart(lines[start].index)):
            break
        start -= 1
    while start < at and not texts[start][0].isupper():
        start += 1
    return start
