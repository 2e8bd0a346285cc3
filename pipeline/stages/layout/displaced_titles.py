"""Title blocks that an extractor put at a page's end, below text that goes on on the next page."""

from __future__ import annotations

from collections.abc import Sequence

from ...evidence import Evidence
from ..patterns import SIGNS
from .features import Line, are_adjacent
from .note_ends import CLOSED, MARKERS

_SHORT = 60  # per cent of the measure below which a line is a short one
_LONGEST_TITLE_LINE, _FULL = 95, 90
_MOST = 3  # lines of a title
_OFFICES = [row.regex for row in SIGNS if row.name in ("byline-han", "byline-reversed")]
_STOPS = tuple("。；.;：:")


def find_displaced_titles(evidence: Evidence, lines: Sequence[Line], labels: list[str]) -> None:
    """Labels put right in place."""
    for at, line in enumerate(lines[:-1]):  # below the last nothing goes on
        if line.left or not at or not are_adjacent(lines, at - 1):
            continue
        if labels[at] == "p" and _is_in_capitals(evidence, lines, at):
            labels[at] = "T"
        elif labels[at] in "PpHBA" and any(form.match(evidence.lines.text[line.index]) for form in _OFFICES):
            start = _title_above(evidence, lines, labels, at)
            if start < at:
                labels[start:at] = ["T"] * (at - start)
                labels[at] = "B"


def _is_in_capitals(evidence: Evidence, lines: Sequence[Line], at: int) -> bool:
    """Whether a short line whose words begin with capitals stands apart below a sentence left open."""
    columns = evidence.lines
    index, above = lines[at].index, columns.text[lines[at - 1].index]
    if above.rstrip(MARKERS).endswith(CLOSED):
        return False
    short = columns.advance[index] * 100 < evidence.measures[index] * _SHORT
    words = [word for word in columns.text[index].split() if word[0].isalpha() and len(word) > 3]
    return short and len(words) > 1 and evidence.is_apart(index) and all(word[0].isupper() for word in words)


def _title_above(evidence: Evidence, lines: Sequence[Line], labels: Sequence[str], at: int) -> int:
    """The first of the few lines above a name and office that are no text: short of full, below a full line or the end
    of a sentence; `at` itself where there are none.  Full is as wide as any line of the page."""
    columns = evidence.lines
    widest = max(columns.advance[line.index] for line in lines[at - lines[at].place : at + 1])

    def share(of: int) -> int:
        return columns.advance[lines[of].index] * 100 // max(1, widest)

    start = at
    while start and at - start <= _MOST and are_adjacent(lines, start - 1):
        text = columns.text[lines[start - 1].index]
        if labels[start - 1] not in "PpHhTA" or text.endswith(_STOPS) or share(start - 1) > _LONGEST_TITLE_LINE:
            break
        start -= 1
    above = columns.text[lines[start - 1].index] if start else ""
    bounded = start and at - start <= _MOST and (above.endswith(_STOPS) or share(start - 1) >= _FULL)
    return start if bounded and labels[start - 1] in "Pp" else at
