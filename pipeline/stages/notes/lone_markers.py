"""Markers that an extractor set on lines of their own: the line ends around them are none of the text's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from ...model import Edit, Rule, Span
from ...rewrite import Reading

MARKER_LINE = Rule("marker-line", "joined", 90, "The line end before a note marker that stands on a line of its own.")

_LINE_ENDS = "\n\r\f\u2028\u2029"
_BLANK_TO_CLOSE = re.compile(r" (?=[,.;:!?)\u2e80-\u9fff，。；：！？）」』、])")
_INDENT = re.compile(r" (?=[^\s\d])")
_MARGIN = 40  # blanks beside it at the most


def is_line(source: str, start: int, end: int) -> bool:
    """Whether a stretch of the witness is all of its line, but for blanks."""
    before, behind = source[max(0, start - _MARGIN) : start].rstrip(" "), source[end : end + _MARGIN].lstrip(" ")
    return before[-1:] in ("", *_LINE_ENDS) and behind[:1] in ("", *_LINE_ENDS)


def breaks_line(source: str, end: int) -> bool:
    """Whether the line ends at a place of the witness and the next begins with a blank and a word or stop."""
    return source[end : end + 1] == "\n" and _INDENT.match(source, end + 1) is not None


def close_up(source: str, markers: Sequence[Span], readings: Sequence[Reading]) -> list[Edit]:
    """No blank before a marker that stood on a line of its own, nor between it and Chinese or a stop behind it."""
    lone = [marker for marker in sorted(markers) if is_line(source, *marker)]
    if not lone:
        return []
    spans = sorted((start, end, number) for number, reading in enumerate(readings) for start, end in reading.spans)
    changes: dict[int, list[tuple[int, int, str]]] = {}
    for start, end in lone:
        at = bisect_right(spans, start, key=itemgetter(0)) - 1
        if at >= 0 and end <= spans[at][1]:
            found = _blanks_around(readings[spans[at][2]], start, end)
            changes.setdefault(spans[at][2], []).extend(found)
    return [
        edit for number, found in sorted(changes.items()) for edit in readings[number].edits(sorted(found), MARKER_LINE)
    ]


def _blanks_around(reading: Reading, start: int, end: int) -> list[tuple[int, int, str]]:
    first, last = reading.offset(start), reading.offset(end - 1)
    if first is None or last is None:
        return []
    found = []
    if first > 1 and reading.text[first - 1] == " ":
        found.append((first - 1, first, ""))
    if _BLANK_TO_CLOSE.match(reading.text, last + 1):
        found.append((last + 1, last + 2, ""))
    return found
