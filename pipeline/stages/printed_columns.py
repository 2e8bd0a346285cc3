"""Over which columns each place of a line can stand, in a text whose columns an extractor kept.

Such an extractor sets a piece of text so far right as lines of the page reach at its place: the lines around it at
least, at most the longest, notes in smaller type that have more characters to the same width.
"""

from __future__ import annotations

from bisect import bisect_right

from ..advances import advances_of
from ..evidence import Lines

_LEAST = 20  # characters of a line that counts
_NEAR = 3  # lines above and below, of which one has the full measure


def columns_of(lines: Lines, line: int, page: range) -> list[tuple[int, int]]:
    """The least and the greatest column before every character of a line and behind its last; else nothing."""
    full = [at for at in page if _is_full(lines, at, page)]
    near = [at for at in full if abs(at - line) <= _NEAR]
    if not near:
        return []
    reached = {at: advances_of(lines.text[at]) for at in full}
    own = advances_of(lines.text[line])
    measure = own[-1] if line in near else max(own[-1], min(reached[at][-1] for at in near))

    def column(advance: int, at: int) -> int:
        return lines.lead[at] + bisect_right(reached[at], advance * reached[at][-1] // measure) - 1

    found = []
    for place, advance in enumerate(own):
        greatest = max(column(advance, at) for at in full)
        found.append((min(lines.lead[line] + place, greatest), greatest))
    return found


def _is_full(lines: Lines, at: int, page: range) -> bool:
    """Whether a line fills the measure: its sentence goes on below it with a small letter."""
    text = lines.text[at]
    if len(text) < _LEAST or at + 1 not in page or not (text[-1].isalpha() or text[-1] in ",-"):
        return False
    return lines.text[at + 1][0].islower()
