"""Paragraphs of the text that are counted as notes are, and were taken for notes.

The numbers go up by one, text stands below one of them on its page, and no marker calls any of them: a note stands
at the foot, and one in the middle of a page (the foot of a column) is called on that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...evidence import Evidence
from .features import Line
from .note_forms import make_item
from .note_marks import Marks

_FAR = 75  # lines from one such paragraph to the next, and to a marker
_LEAST = 2
_CIRCLED = 20  # numbers that have a sign in a circle
_GROUPS = ("digit", "circle")


def give_back_counted(
    evidence: Evidence,
    lines: Sequence[Line],
    texts: Sequence[str],
    labels: list[str],
    marks: Marks,
    listed: set[int],
) -> None:
    """Labels of such paragraphs and of what goes on with them set in place; those of lists with a head are kept."""
    starts = [
        at
        for at in sorted(marks.of)
        if labels[at] == "N" and at not in listed and marks.of[at].group in _GROUPS and marks.of[at].value
    ]
    for chain in _chains(starts, marks):
        above_text = any(_has_text_below(lines, labels, at) for at in chain)
        if len(chain) >= _LEAST and above_text and not any(_is_called(evidence, lines, marks, at) for at in chain):
            for at in chain:
                make_item(evidence, lines, texts, labels, at)


def _chains(starts: Sequence[int], marks: Marks) -> Iterator[list[int]]:
    """Lines whose numbers follow one another, not far apart and in one form."""
    chain: list[int] = []
    for at in starts:
        mark = marks.of[at]
        last = marks.of[chain[-1]] if chain else mark
        follows = mark.value == last.value + 1 and mark.name == last.name and at - chain[-1] <= _FAR if chain else True
        if not follows:
            yield chain
            chain = []
        chain.append(at)
    if chain:
        yield chain


def _has_text_below(lines: Sequence[Line], labels: Sequence[str], at: int) -> bool:
    return any(label in "PpHh" for label in labels[at + 1 : at + 1 + lines[at].left])


def _is_called(evidence: Evidence, lines: Sequence[Line], marks: Marks, at: int) -> bool:
    """Whether a marker with the number stands on the page or so above, behind a word or alone on a line."""
    value, index = marks.of[at].value, lines[at].index
    signs = f"(?:{value}|{chr(0x245F + value)})" if value <= _CIRCLED else str(value)
    called = re.compile(
        rf"(?<=[^\s(（])(?<!\d)(?<!\d[.,]){signs}(?!\d|[.,．、]\d)|^\s*[\[(（]?{signs}[\])）]?\s*$|[\[〔［]{signs}[\]〕］]"
    )
    above = [
        text for text in evidence.lines.text[max(0, index - 3 * _FAR) : index] if text
    ]  # some are set with blank ones
    return any(called.search(text) for text in above[-_FAR:])
