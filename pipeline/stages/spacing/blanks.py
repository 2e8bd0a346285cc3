"""Blanks that are too wide, of an odd sort, or at the border of a block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Rule
from ..stretches import Change

WIDE_BLANK = Rule("wide-blank", "emended", 98, "Several blanks, or one of an odd width, for one blank.")
BORDER_BLANK = Rule("border-blank", "dropped", 99, "A blank at the beginning or end of a block.")

BLANK = " \t\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = "\t\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ANY_ODD = re.compile(f"[{_ODD}]")
_RUN = re.compile(f" [{BLANK}]+|[{_ODD}][{BLANK}]*")
# Thin blanks that part the thousands of a number say what they say.
_THOUSANDS = re.compile(r"(?<=\d)[\u2009\u202f](?=\d)")


def find_blanks(text: str) -> Iterator[Change]:
    """Runs of blanks that should be one blank, or none at the borders.

    >>> [(start, end, new) for start, end, new, _, _ in find_blanks("with  the\u2003new ")]
    [(5, 6, ''), (9, 10, ' '), (13, 14, '')]
    """
    for found in _RUN.finditer(text) if "  " in text or _ANY_ODD.search(text) else ():
        start, end = found.span()
        if start == 0 or end == len(text):
            yield start, end, "", BORDER_BLANK, BORDER_BLANK.certainty
        elif found[0][0] == " ":
            yield start + 1, end, "", WIDE_BLANK, WIDE_BLANK.certainty
        elif not _THOUSANDS.match(text, start):
            yield start, end, " ", WIDE_BLANK, WIDE_BLANK.certainty
    if text[:1] == " " and not text[1:2].isspace():
        yield 0, 1, "", BORDER_BLANK, BORDER_BLANK.certainty
    if len(text) > 1 and text[-1] == " " and not text[-2].isspace():
        yield len(text) - 1, len(text), "", BORDER_BLANK, BORDER_BLANK.certainty
