"""Lists of names that an extractor tore at their raised keys, put in the order in which they were printed.

Of a line with raised keys pdftotext writes what stands before the first key whose height differs, then the line
below, then the key and the rest.  A key alone on a line therefore goes on with the line above that lacks one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_KEY = r"(?:\d{1,2}[*∗†‡§¶#✉]?|[*∗†‡§¶#✉]\d{0,2}|[a-f])"
_KEYS = re.compile(rf"{_KEY}(?:\s?,\s?{_KEY})*\s*,?")
_GOES_ON = re.compile(r"[,;]\s*\S|(?:and|und|et|&)\s")
_ENDS_KEYED = re.compile(r"(?:\d|[*∗†‡§¶#✉])\s*,?\s*$|,\s*$")


def keys_alone(text: str) -> bool:
    """Whether a line is nothing but keys."""
    return _KEYS.fullmatch(text.strip()) is not None


def is_torn(rows: Sequence[str]) -> bool:
    """Whether lines of a byline are pieces: one begins with what divides names."""
    return any(map(_GOES_ON.match, rows)) and len(rows) > 1


def in_order(rows: Sequence[str]) -> str:
    """The lines of a torn list as one text."""
    return " ".join(_printed(rows)[0])


def lacks_beginning(rows: Sequence[str]) -> bool:
    """Whether a key stands among these lines that none of those above it lacks."""
    return _printed(rows)[1]


def _printed(rows: Sequence[str]) -> tuple[list[str], bool]:
    """The lines as they were printed, and whether some key was one too many."""
    printed: list[str] = []
    last, before, is_surplus = 0, "", False
    for row in rows:
        if printed and keys_alone(row):
            lacking = [at for at, line in enumerate(printed) if not _ENDS_KEYED.search(line)]
            is_surplus |= not lacking
            own = lacking[0] if lacking else last
            last = last if keys_alone(before) else own  # of two keys the second is of the line below
            printed[own] += f" {row}"
        elif printed and _GOES_ON.match(row):
            printed[last] += f" {row}"
        else:
            last = len(printed)
            printed.append(row)
        before = row
    return printed, is_surplus
