"""Where in a line a marker stood that an extractor lifted out of it, by what the line shows.

A reader by place sets a raised number on a line of its own above the line it stands in.  Between Chinese letters
its gap is left; where columns are kept it stands above its place; else it most likely stood behind a sentence, or a
clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WIDE = r"[\u3400-\u9fff\u3001-\u3011\uff01-\uff1f“”‘’…—]"
# In other scripts a gap is left before a stop.
_GAP = re.compile(rf"(?<={_WIDE}) (?={_WIDE})|(?<=[^\W\d_]) (?=[.,](?:\s|$))")
_WORD_END = re.compile(r"(?<=\S)(?=\s|$)")
_STOP = re.compile(r"[.!?][”’\"'»)\]]*(?=\s|$)")
_PAUSE = re.compile(r"[,;:][”’\"'»)\]]*(?=\s|$)")
_CLOSING = re.compile(r"[.!?,;:”’\"'»)\]]$")
_BEHIND_WORD = 32  # eighths of a column by which a place behind a word is less likely than one behind a stop
_LAST = 3  # letters of a word that a full stop shortens


def find_places(text: str, columns: Sequence[int], over: Sequence[tuple[int, int]]) -> list[int]:
    """Offsets in a line of text behind which its markers stood, ascending; none where it does not show them all.

    columns  the column that every marker is printed at, or -1 where it is not known
    over     the least and the greatest column that every offset of the text can stand over; empty where unknown
    """
    gaps = [found.start() for found in _GAP.finditer(text)]
    if len(gaps) == len(columns):
        return gaps
    if over and min(columns) >= 0:
        return _nearest(text, columns, over, gaps)
    if gaps:
        return gaps[: len(columns)] if len(gaps) > len(columns) else []
    for pattern in (_STOP, _PAUSE):
        ends = [found.end() for found in pattern.finditer(text) if not _is_shortened(text, found.start())]
        if len(ends) >= len(columns):
            return ends[: len(columns)]
    return []


def _nearest(text: str, columns: Sequence[int], over: Sequence[tuple[int, int]], gaps: Sequence[int]) -> list[int]:
    """For every column the end of a word or clause that is nearest to it."""
    ends = gaps or [found.start() for found in _WORD_END.finditer(text)]
    places: list[int] = []
    for column in columns:
        left = [end for end in ends if not places or end > places[-1]]
        if not left:
            return []
        places.append(min(left, key=lambda end: (_cost(text, end, column, over[end]), end)))
    return places


def _cost(text: str, end: int, column: int, over: tuple[int, int]) -> int:
    """How unlikely a marker behind `end` is printed at a column, in eighths of a column."""
    least, greatest = over
    outside = max(least - column, column - greatest, 0)
    usual = least + (greatest - least) // 3
    return 8 * outside + abs(column - usual) + (0 if _CLOSING.search(text, 0, end) else _BEHIND_WORD)


def _is_shortened(text: str, stop: int) -> bool:
    """Whether a full stop only shortens a word: a letter or two before it."""
    word = text[:stop].rpartition(" ")[2]
    return text[stop] == "." and len(word) < _LAST
