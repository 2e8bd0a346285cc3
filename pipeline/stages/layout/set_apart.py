"""Lines set apart by blank lines: paragraphs that begin there, and heads that stand as others of their source do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ...evidence import Evidence
from .features import Line
from .resumed import is_ended

_FULL = 85  # per cent of the measure
_LEAST_HEADS = 3  # that stand so in a source which is known to have them
_WORD = re.compile(r"[^\W\d_]{4,}")  # not the small words of a title
_CLOSED = tuple(".!?;:,。！？；：，…-”’\"'")


def mend_set_apart(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    apart = [False] * len(lines)
    for at, (above, line) in enumerate(pairwise(lines), 1):
        gap = evidence.lines.gap[line.index]
        apart[at] = gap > 0 and above.page == line.page and gap > evidence.usual_gaps[line.index]
    if not any(apart):
        return
    heads = sum(label == "H" and apart[at] and _is_followed(lines, apart, at) for at, label in enumerate(labels))
    for at in range(1, len(lines)):
        if not apart[at] or labels[at] not in "Pp" or labels[at - 1] not in "PpHh":
            continue
        if labels[at] == "p" and _begins(evidence, lines, at):
            labels[at] = "P"
        if labels[at] == "P" and heads >= _LEAST_HEADS:
            _make_head(evidence, lines, labels, apart, at)


def _is_followed(lines: Sequence[Line], apart: Sequence[bool], at: int) -> bool:
    return at + 1 < len(lines) and apart[at + 1]


def _begins(evidence: Evidence, lines: Sequence[Line], at: int) -> bool:
    """Whether a sentence ends above a line and another can begin with it."""
    first = evidence.lines.text[lines[at].index][0]
    return is_ended(evidence.lines.text[lines[at - 1].index]) and (first.isupper() or first in '“"')


def _make_head(evidence: Evidence, lines: Sequence[Line], labels: list[str], apart: Sequence[bool], at: int) -> None:
    """One or two short lines in capitals, with text set apart below, are a head."""
    end = at + 2 if at + 1 < len(lines) and labels[at + 1] == "p" and not apart[at + 1] else at + 1
    if end >= len(lines) or labels[end] != "P" or not apart[end]:
        return
    columns = evidence.lines
    texts = [columns.text[line.index] for line in lines[at:end]]
    short = all(columns.advance[line.index] * 100 < evidence.measures[line.index] * _FULL for line in lines[at:end])
    words = _WORD.findall(" ".join(texts))
    if short and words and not texts[-1].endswith(_CLOSED) and all(word[0].isupper() for word in words):
        labels[at:end] = ["H", "h"][: end - at]
