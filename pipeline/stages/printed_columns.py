"""Over which column each place of a line stands, in a text whose columns an extractor kept.

Such an extractor sets a piece of text so far right as the longest line of the page reaches at its place: notes in
smaller type have more characters to the same width.  So the column of a place is the greatest number of characters
that a full line of the page has up to there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..advances import advances_of
from ..evidence import Lines

_LEAST = 20  # characters of a line that counts
_NEAR = 3  # lines above and below, of which one has the full measure


def columns_of(lines: Lines, line: int, page: range) -> list[int]:
    """The column before every character of a line and behind its last, by the full lines of its page; else nothing."""
    full = [at for at in page if _is_full(lines, at, page)]
    near = [at for at in full if abs(at - line) <= _NEAR]
    if not near:
        return []
    reached = [(lines.lead[at], advances_of(lines.text[at])) for at in full]
    own = advances_of(lines.text[line])
    measure = own[-1] if line in near else max(own[-1], min(advances_of(lines.text[at])[-1] for at in near))
    return [
        max(lead + bisect_right(advances, advance * advances[-1] // measure) - 1 for lead, advances in reached)
        for advance in own
    ]


def _is_full(lines: Lines, at: int, page: range) -> bool:
    """Whether a line fills the measure: its sentence goes on below it with a small letter."""
    text = lines.text[at]
    if len(text) < _LEAST or at + 1 not in page or not (text[-1].isalpha() or text[-1] in ",-"):
        return False
    return lines.text[at + 1][0].islower()
